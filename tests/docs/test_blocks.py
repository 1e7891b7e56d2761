"""Every code block of the integrators' documents is run by some test; here are those that need little."""

from __future__ import annotations

import re
import secrets
import tomllib
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from support.blocks import ADAPTERS, CONFIG, PLUGINS, RUN_BY, block, blocks
from support.places import SERVERS, new_urls
from support.reference import DOCUMENTS
from support.scene import make_settings
from web.test_trace import HEAD, LINE

from wbok.connections import connect_billing
from wbok.databases import database_url
from wbok.testing.sample import PINS


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_block_is_run_by_one_test(document: str) -> None:
    for found in blocks(document):
        known = [
            words
            for (where, language, words) in RUN_BY
            if (where, language) == (document, found.language) and words in found.text
        ]
        assert len(known) == 1, f"{document}: {known or 'no test'} for the block\n{found.text}"


@pytest.mark.parametrize("place", RUN_BY)
def test_the_test_that_runs_a_block_is_there(place: tuple[str, str, str]) -> None:
    assert (Path(__file__).parent.parent / RUN_BY[place]).exists()
    assert block(*place)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (ADAPTERS, "settle(invoices"),
        (ADAPTERS, "call_totals"),
        (ADAPTERS, "holds"),
        (ADAPTERS, "is_at"),
        (ADAPTERS, "NamedLogin"),
        (PLUGINS, "clean_nrb"),
    ],
)
def test_what_a_block_asserts_is_true(document: str, words: str) -> None:
    exec(compile(block(document, "python", words), words, "exec"), {})


def test_a_fault_of_a_file_reads_so(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block(ADAPTERS, "python", "raise ImportFailed"), "block", "exec"), {})
    assert capsys.readouterr().out == block(ADAPTERS, "text", "Nothing was imported")


def test_one_part_comes_from_another_system(tmp_path: Path) -> None:
    own = {"adapter": "sql", "url": f"sqlite:///{tmp_path}/x", "relations": dict.fromkeys(["customers"], "t")}
    own["relations"] = {"customers": "customers", "credentials": "credentials"}
    billing = {**own, **tomllib.loads(block(ADAPTERS, "toml", "[billing.finance]"))["billing"]}
    assert connect_billing(make_settings(tmp_path, billing), PINS).has("finance")


def test_original_files_lie_where_it_says(tmp_path: Path) -> None:
    words = 'files_dir = "/srv/invoices"           # where'
    text = block(ADAPTERS, "toml", words).replace("/srv/invoices", str(tmp_path))
    relations = {name: name for name in ("customers", "credentials", "ledger", "documents", "document_files")}
    billing = {"adapter": "sql", "url": f"sqlite:///{tmp_path}/x", "relations": relations}
    read = connect_billing(make_settings(tmp_path, {**billing, **tomllib.loads(text)["billing"]}), PINS)
    assert read.finance is not None
    assert "document_files" in read.finance.parts


CHECKED = {
    "postgresql": ("-- PostgreSQL\n", "SELECT has_table_privilege('{name}', 'clients', 'SELECT')"),
    "mysql": ("-- MariaDB\n", "SHOW GRANTS FOR {name}@'127.0.0.1'"),
}
HERE = {"postgresql": "current_schema()", "mysql": "DATABASE()"}
DROPPED = {"postgresql": "DROP OWNED BY {name}; DROP ROLE {name}", "mysql": "DROP USER {name}@'127.0.0.1'"}


@pytest.mark.parametrize("dialect", SERVERS)
def test_the_account_that_only_reads_can_be_made_so(dialect: str, tmp_path: Path) -> None:
    part, question = CHECKED[dialect]
    statements = block(ADAPTERS, "sql", "CREATE ROLE").split(part)[1].split("\n\n")[0]
    name = f"reader_{secrets.token_hex(4)}"
    with new_urls(dialect, tmp_path) as new_url:
        engine = create_engine(database_url(new_url(), where="test"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE clients (id INTEGER)")
            here = connection.exec_driver_sql(f"SELECT {HERE[dialect]}").scalar()
            ours = (
                statements.replace("reader", name)
                .replace("public", str(here))
                .replace("billing.", f"{here}.")
            )
            try:
                for statement in filter(None, map(str.strip, ours.split(";"))):
                    connection.exec_driver_sql(statement)
                found = connection.exec_driver_sql(question.format(name=name)).scalars().all()
                assert any(row is True or "GRANT SELECT ON" in str(row) for row in found)
            finally:
                connection.exec_driver_sql(DROPPED[dialect].format(name=name))
        engine.dispose()


def test_a_trace_looks_so() -> None:
    sample = block(CONFIG, "text", "GET /finance/")
    assert HEAD.search(sample)
    assert len(LINE.findall(sample)) == len(re.findall(r"^  ", sample, re.MULTILINE)) == 3
