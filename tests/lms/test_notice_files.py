"""Files of messages of LMS: the customer's own, from the folder where LMS keeps its documents."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lms.test_notices import NEIGHBOUR, TALKER, notices_of
from support.billing import CONTEXT
from support.clock import HandClock
from support.scene import make_scene, make_settings

from bench.lms.messages import FILE_MD5
from bench.lms.odd import Odd
from bench.lms.people import pin_of
from wbok.adapters.lms import connect
from wbok.billing import Billing, NoticeFiles
from wbok.domain.attachments import Attachment
from wbok.errors import NotFound

WITH_FILE, WHOLE = "Do Pani", b"%PDF-1.4 regulamin"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / FILE_MD5[:2]
    place.mkdir()
    (place / FILE_MD5).write_bytes(WHOLE)
    return tmp_path


@pytest.fixture
def billing(lms_url: str, folder: Path) -> Billing:
    config = {"url": lms_url, "documents_dir": str(folder)}
    return connect(config, replace(CONTEXT, clock=HandClock()))


@pytest.fixture
def files(billing: Billing) -> NoticeFiles:
    assert billing.notice_files is not None
    return billing.notice_files


def test_a_notice_has_its_file(billing: Billing, files: NoticeFiles) -> None:
    notice = notices_of(billing, TALKER)[WITH_FILE].id
    (found,) = files.of(TALKER, notice)
    assert found == Attachment(found.id, "Regulamin 2026.pdf", "application/pdf", len(WHOLE))
    assert b"".join(files.content(TALKER, notice, found.id).chunks) == WHOLE
    assert files.of(TALKER, notices_of(billing, TALKER)["Pilne"].id) == ()


def test_another_customer_has_none(billing: Billing, files: NoticeFiles) -> None:
    notice = notices_of(billing, TALKER)[WITH_FILE].id
    (found,) = files.of(TALKER, notice)
    own = notices_of(billing, NEIGHBOUR)["Do sąsiada"].id
    assert files.of(NEIGHBOUR, notice) == ()
    for customer, which, key in (
        (NEIGHBOUR, notice, found.id),
        (NEIGHBOUR, own, found.id),
        (str(Odd.FULL.value), notice, found.id),
        (TALKER, notice, "99"),
        (TALKER, "x", found.id),
        (TALKER, "99999999999999999999", found.id),
        ("x", notice, found.id),
    ):
        with pytest.raises(NotFound):
            files.content(customer, which, key)


def test_a_file_that_is_not_there_is_named_and_not_found(
    billing: Billing, files: NoticeFiles, folder: Path
) -> None:
    (folder / FILE_MD5[:2] / FILE_MD5).unlink()
    notice = notices_of(billing, TALKER)[WITH_FILE].id
    (found,) = files.of(TALKER, notice)
    assert found.size is None
    with pytest.raises(NotFound):
        files.content(TALKER, notice, found.id)


def test_the_page_of_a_notice_gives_its_file_and_only_to_its_customer(
    lms_url: str, folder: Path, tmp_path: Path, billing: Billing
) -> None:
    config = {"adapter": "lms", "url": lms_url, "documents_dir": str(folder)}
    scene = make_scene(make_settings(tmp_path, config), clock=HandClock())
    ref = f"B-{notices_of(billing, TALKER)[WITH_FILE].id}"
    talker = scene.customer(TALKER, pin_of(int(TALKER)))
    page = talker.get(f"/notifications/{ref}").text
    assert "Regulamin 2026.pdf" in page
    (link,) = re.findall(rf'href="(/notifications/{ref}/attachments/[^"]+)"', page)
    served = talker.get(link)
    assert served.data == WHOLE
    assert served.headers["Content-Disposition"].startswith("attachment; ")
    assert served.headers["Content-Security-Policy"].startswith("sandbox")
    assert talker.get(link.replace(ref, "P-1")).status_code == 404
    neighbour = scene.customer(NEIGHBOUR, pin_of(int(NEIGHBOUR)))
    assert neighbour.get(link).status_code == 404
    own = f"B-{notices_of(billing, NEIGHBOUR)['Do sąsiada'].id}"
    assert neighbour.get(link.replace(ref, own)).status_code == 404


def test_without_the_folder_there_are_no_files(lms: Billing) -> None:
    assert lms.notice_files is None
