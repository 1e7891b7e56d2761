"""Original files of documents: byte for byte, to whom they belong, and never anything else of the disk."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT, Make, finance, people, write_tables
from support.exports import Exports

from wbok.adapters.originals import MEGABYTE
from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.billing.check import Severity
from wbok.errors import ConfigError, FileUnusable, NotFound

PRINTED = b"%PDF-1.7\n" + bytes(range(256)) * 1000
DOCUMENTS = [
    {
        "id": i,
        "customer_id": owner,
        "number": f"FV/{i}",
        "kind": "invoice",
        "issued_on": "2026-11-01",
        "gross": 5,
    }
    for i, owner in ((1, 1), (2, 1), (3, 2))
]


def over(tmp_path: Path, path: str | None, *, content: bytes | None = None, **settings: Any) -> Billing:
    """Document 1 of customer 1 has the file; `originals` is the directory."""
    (tmp_path / "originals").mkdir(exist_ok=True)
    database = tmp_path / "billing.sqlite"
    database.unlink(missing_ok=True)
    files = [{"document_id": 1, "customer_id": 1, "name": "FV-1.pdf", "path": path, "content": content}]
    write_tables(database, **people(2), ledger=[LEDGER], documents=DOCUMENTS, document_files=files)
    names = ("customers", "credentials", "ledger", "documents", "document_files")
    config = {"url": f"sqlite:///{database}", "relations": {name: name for name in names}}
    return connect(config | {"files_dir": str(tmp_path / "originals")} | settings, CONTEXT)


LEDGER = {"id": 1, "customer_id": 1, "booked_on": "2026-11-01", "amount": -5, "description": "x"}


def given(billing: Billing, customer: str = "1", document: str = "1") -> bytes | None:
    file = finance(billing).document_file(customer, document)
    if file is None:
        return None
    content = b"".join(file.chunks)
    assert len(content) == file.size
    return content


def test_a_file_is_given_as_it_lies_there(tmp_path: Path) -> None:
    billing = over(tmp_path, "2026/11/FV 1 ż.pdf")
    (tmp_path / "originals/2026/11").mkdir(parents=True)
    (tmp_path / "originals/2026/11/FV 1 ż.pdf").write_bytes(PRINTED)
    assert given(billing) == PRINTED
    assert given(billing, document="2") is None
    assert finance(billing).document_details("1", "1").has_file
    assert not finance(billing).document_details("1", "2").has_file


def test_a_file_of_the_database_is_given_on_every_kind(make_anywhere: Make) -> None:
    rows = [{"document_id": 1, "customer_id": 1, "name": "FV-1.pdf", "content": PRINTED[:60_000]}]
    billing = make_anywhere(ledger=[LEDGER], documents=DOCUMENTS, document_files=rows)
    assert given(billing) == PRINTED[:60_000]
    assert given(billing, "2") is None


@pytest.mark.parametrize("customer", ["2", "1 ", "01", "9"])
def test_a_file_is_its_customers_alone(tmp_path: Path, customer: str) -> None:
    billing = over(tmp_path, "a.pdf")
    (tmp_path / "originals/a.pdf").write_bytes(PRINTED)
    with suppress(NotFound):
        assert given(billing, customer) is None


@pytest.mark.parametrize(
    "path",
    [
        "../secret.pdf",
        "a/../../secret.pdf",
        "/etc/passwd",
        "./secret.pdf",
        "a//b.pdf",
        "a.pdf/",
        "..",
        "\x00.pdf",
    ],
)
def test_a_path_leads_nowhere_else(tmp_path: Path, path: str, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "secret.pdf").write_bytes(PRINTED)
    billing = over(tmp_path, path)
    (tmp_path / "originals/a.pdf").write_bytes(PRINTED)
    with pytest.raises(FileUnusable):
        given(billing)
    assert "the original file of document 1 is not given: " in caplog.text


def test_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.pdf").write_bytes(PRINTED)
    for path, link, target in (
        ("link.pdf", "link.pdf", "../elsewhere/secret.pdf"),
        ("linked/secret.pdf", "linked", "../elsewhere"),
    ):
        billing = over(tmp_path, path)
        (tmp_path / "originals" / link).symlink_to(target)
        with pytest.raises(FileUnusable, match="link"):
            given(billing)


def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path) -> None:
    billing = over(tmp_path, "pipe.pdf")
    os.mkfifo(tmp_path / "originals/pipe.pdf")
    with pytest.raises(FileUnusable, match="no ordinary file"):
        given(billing)
    with pytest.raises(FileUnusable):
        given(over(tmp_path, "directory"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>", "does not begin as a PDF"),
        (b"", "does not begin as a PDF"),
        (b"\n%PDF-1.4", "does not begin as a PDF"),
        (PRINTED + bytes(MEGABYTE), "files_max_mb allows 1 MB"),
        (None, "it is not there"),
    ],
)
def test_what_cannot_be_given_is_said_in_the_log(
    tmp_path: Path, content: bytes | None, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    billing = over(tmp_path, "a.pdf", files_max_mb=1)
    if content is not None:
        (tmp_path / "originals/a.pdf").write_bytes(content)
    with pytest.raises(FileUnusable):
        given(billing)
    assert reason in caplog.text


def test_the_check_names_a_missing_directory_and_missing_files(tmp_path: Path) -> None:
    billing = over(tmp_path, "a.pdf", files_dir=str(tmp_path / "nowhere"))
    assert "nowhere cannot be used: it is not there" in found_by_check(billing)
    assert "it is not there; see its path" in found_by_check(over(tmp_path, "a.pdf"))
    (tmp_path / "originals/a.pdf").write_bytes(PRINTED)
    assert found_by_check(over(tmp_path, "a.pdf")) == ""


def found_by_check(billing: Billing) -> str:
    assert billing.check is not None
    return "\n".join(
        finding.found
        for checked in billing.check(show_values=False)
        for finding in checked.findings
        if checked.relation == "document_files" and finding.severity is Severity.FAULT
    )


@pytest.mark.parametrize("settings", [{"files_dir": "originals"}, {"files_dir": 7}, {"files_max_mb": 0}])
def test_a_setting_that_makes_no_sense_stops_the_start(tmp_path: Path, settings: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="files_"):
        over(tmp_path, "a.pdf", **settings)


def test_exports_name_paths_and_no_bytes(tmp_path: Path) -> None:
    exports = Exports.written(tmp_path)
    exports.write("document_files.csv", "document_id,customer_id,name,path\n1,1,FV-1.pdf,a.pdf\n")
    exports.config["files"]["document_files"] = "document_files.csv"
    exports.config["files_dir"] = str(exports.folder)
    (exports.folder / "a.pdf").write_bytes(PRINTED)
    exports.take_in()
    assert given(exports.billing()) == PRINTED
    columns = {"document_id": "d", "customer_id": "c", "name": "n", "content": "x"}
    exports.config["files"]["document_files"] = {"file": "document_files.csv", "columns": columns}
    with pytest.raises(ConfigError, match="no file holds files"):
        exports.billing()
