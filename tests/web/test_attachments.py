"""Photos and PDF files with tickets: what the form takes, says and gives back; hostile ones are opened as they are
served."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeScene
from PIL import Image
from support.files import GPS, HEIC, HTML, PDF, PLACE, SVG, bomb, photo, picture, written
from support.scene import Scene, Visitor
from support.statements import counted
from support.tickets import TITLE, filled, sent, ticket
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from wbok.domain.attachments import Attachment, AttachmentContent
from wbok.store.desk.folder import attachments_folder
from wbok.web.download import attachment_download

LINK = re.compile(r'href="(/helpdesk/[^"]+/attachments/[^"]+)"')
SMALL = {"attachments": {"max_files": 2, "max_mb": 1, "quota_mb": 1}}


def post(visitor: Visitor, path: str, form: dict[str, Any], *given: tuple[str, bytes]) -> TestResponse:
    files = [FileStorage(BytesIO(content), filename=name) for name, content in given]
    boundary, body = encode_multipart({**form, "attachments": files})
    return visitor.post(path, body, content_type=f"multipart/form-data; boundary={boundary}")


def send(visitor: Visitor, *given: tuple[str, bytes], **fields: Any) -> TestResponse:
    return post(visitor, "/helpdesk/new", ticket(visitor, **fields), *given)


def links(visitor: Visitor, answer: TestResponse) -> list[str]:
    """Of the ticket to which sending has led."""
    assert answer.status_code == 303, answer.text
    return LINK.findall(visitor.get(answer.headers["Location"]).text)


def assert_sandboxed(answer: TestResponse) -> None:
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    (policy,) = answer.headers.getlist("Content-Security-Policy")
    assert policy.startswith("sandbox; default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype in {"image/jpeg", "image/png", "application/pdf"}


def test_a_photo_and_a_pdf_come_back_and_the_place_does_not(desk_scene: Scene) -> None:
    customer = desk_scene.customer()
    found = links(customer, send(customer, ("licznik.jpg", photo()), ("umowa ą.pdf", PDF)))
    assert len(found) == 2
    image, pdf = (customer.get(link) for link in found)
    for answer in (image, pdf):
        assert_sandboxed(answer)
        assert PLACE.encode() not in answer.data
    shown = Image.open(BytesIO(image.data))
    assert shown.size == (60, 40)
    assert dict(shown.getexif().get_ifd(GPS)) == {}
    assert pdf.data == PDF
    name = pdf.headers["Content-Disposition"]
    assert "\u0105" not in name
    assert name.endswith(("%C4%85.pdf", "umowa__.pdf"))


def test_a_reply_takes_files_too(desk_scene: Scene) -> None:
    customer = desk_scene.customer()
    path = f"/helpdesk/{sent(customer)}"
    form = filled(customer, path, body="Oto zdjęcie", action="reply")
    answer = post(customer, path, form, ("image.jpg", photo()), ("image.jpg", PDF))
    found = links(customer, answer)
    assert len(found) == 2
    assert {customer.get(link).mimetype for link in found} == {"image/jpeg", "application/pdf"}
    with counted(desk_scene.panel) as statements:
        page = customer.get(path)
    assert len(statements.store) <= 2, statements.store
    assert len(statements.billing) <= 4, statements.billing
    assert "kB" in page.text or "B)" in page.text


def test_the_same_form_twice_has_its_files_once_and_other_files_are_another_reply(desk_scene: Scene) -> None:
    customer = desk_scene.customer()
    path = f"/helpdesk/{sent(customer)}"
    form = filled(customer, path, body="Oto zdjęcie", action="reply")
    again = filled(customer, path, body="Oto zdjęcie", action="reply")
    for one, content in ((form, photo()), (form, photo()), (again, photo((30, 30)))):
        answer = post(customer, path, one, ("a.jpg", content))
    assert len(links(customer, answer)) == 2


def test_another_customer_gets_no_file(desk_scene: Scene) -> None:
    customer, other = desk_scene.customer(), desk_scene.customer("11206", "9034")
    (link,) = links(customer, send(customer, ("licznik.jpg", photo())))
    own = sent(other)
    for path in (link, re.sub(r"[PB]-\d+", own, link), link + "9", link.rsplit("/", 1)[0] + "/1"):
        if path != link or customer.get(path).status_code == 200:
            assert other.get(path).status_code == 404
    assert desk_scene.visitor().get(link).status_code == 303


def test_a_file_that_is_gone_or_cannot_be_read_now_is_a_page_in_words(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    customer = scene.customer()
    (link,) = links(customer, send(customer, ("licznik.jpg", photo())))
    folder = attachments_folder(None, scene.panel.store)
    assert folder is not None
    away = folder.rename(folder.with_name("away"))
    gone = customer.get(link)
    assert (gone.status_code, "chwil" in gone.text) == (503, True)
    away.rename(folder)
    for file in folder.iterdir():
        file.unlink()
    answer = customer.get(link)
    assert answer.status_code == 500
    assert "Nie można otworzyć tego pliku" in answer.text
    assert "attachments.dir" in caplog.text
    assert "the billing" not in caplog.text
    thread = customer.get(link.partition("/attachments/")[0]).text
    assert "licznik.jpg" in thread
    assert "plik jest niedostępny" in thread
    assert not LINK.findall(thread)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("pusty.jpg", b"", "„pusty.jpg” jest pusty"),
        ("obraz.jpg", SVG, "„obraz.jpg” nie można wysłać"),
        ("strona.jpg", HTML, "„strona.jpg” nie można wysłać"),
        ("paczka.jpg", b"PK\x03\x04" + b"\0" * 1000, "„paczka.jpg” nie można wysłać"),
        ("IMG_1.HEIC", HEIC, "Ustawienia, Aparat, Formaty"),
        ("urwane.jpg", photo((300, 200))[:-700], "„urwane.jpg” jest uszkodzone"),
        ("bomba.png", bomb(8001), "„bomba.png” ma za dużo pikseli"),
        ("duzy.pdf", PDF + b"x" * 1_000_000, "„duzy.pdf” jest za duży: może mieć najwyżej 1 MB"),
        ("../\u202egpj.exe", b"MZ", "„gpj.exe” nie można wysłać"),
    ],
)
def test_a_file_that_is_not_taken_is_named_and_what_was_typed_stays(
    make_demo_scene: MakeScene, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    customer = make_demo_scene(**SMALL).customer()
    answer = send(customer, ("dobre.jpg", photo()), (name, content))
    assert answer.status_code == 400
    assert words in answer.text
    assert "Pliki trzeba wybrać jeszcze raz" in answer.text
    assert f'value="{TITLE}"' in answer.text
    assert "nr P-" not in customer.get("/helpdesk/").text
    assert not list(tmp_path.glob("attachments/*"))


def test_hostile_files_that_are_taken_are_served_harmless(scene: Scene) -> None:
    customer = scene.customer()
    behind = written(picture(), "PNG") + HTML
    answer = send(
        customer, ("a.html", behind), ("x\r\nSet-Cookie: a=b.svg", photo()), ("<b>.jpg", PDF + HTML)
    )
    found = links(customer, answer)
    assert "<b>." not in customer.get(answer.headers["Location"]).text
    for link in found:
        served = customer.get(link)
        assert_sandboxed(served)
        assert "Set-Cookie" not in served.headers
        if served.mimetype != "application/pdf":
            assert HTML not in served.data
            Image.open(BytesIO(served.data)).load()


@pytest.mark.parametrize(
    ("name", "served_as"),
    [
        ("../../../etc/cron.d/x.jpg", "x.jpg"),
        # Each written twice, as they come in a header.
        (r"..\\..\\windows\\x.jpg", "x.jpg"),
        ("faktura\u202egpj.exe", "fakturagpj.exe.jpg"),
        ("\u202e\u2066gpj.svg\u2069", "gpj.svg.jpg"),
        (".htaccess", "htaccess.jpg"),
    ],
)
def test_a_hostile_name_is_a_harmless_one_where_it_is_served(
    desk_scene: Scene, tmp_path: Path, name: str, served_as: str
) -> None:
    customer = desk_scene.customer()
    (link,) = links(customer, send(customer, (name, photo() + b"PK\x03\x04" + HTML)))
    served = customer.get(link)
    assert_sandboxed(served)
    assert served.headers["Content-Disposition"] == (
        f"attachment; filename=\"{served_as}\"; filename*=UTF-8''{served_as}"
    )
    assert HTML not in served.data
    Image.open(BytesIO(served.data)).load()
    assert not [path for path in tmp_path.rglob("*") if path.name in {"x", "cron.d", "windows"}]


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/xhtml+xml; charset=utf-8", "x"])
def test_what_the_office_attached_is_bytes_whatever_it_is_called(scene: Scene, kind: str) -> None:
    hostile = Attachment("1", "\u0105.html\r\nSet-Cookie: a=b", kind, len(HTML))
    with scene.app.test_request_context():
        answer = attachment_download(AttachmentContent(hostile, [HTML]))
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="a.html-Set-Cookie-a-b"')
    assert "\n" not in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_too_many_files_are_counted_in_words(make_demo_scene: MakeScene) -> None:
    customer = make_demo_scene(**SMALL).customer()
    answer = send(customer, *[(f"{place}.jpg", photo()) for place in range(5)])
    assert answer.status_code == 400
    assert "Liczba wybranych plików to 5, a naraz można wysłać najwyżej 2" in answer.text
    assert TITLE in answer.text


def test_a_form_larger_than_any_is_answered_in_words(make_demo_scene: MakeScene) -> None:
    customer = make_demo_scene(**SMALL).customer()
    huge = ("film.pdf", b"x" * 7_000_000)
    assert send(customer, huge).status_code == 413
    form = ticket(customer)
    assert post(customer, "/login", form, huge).status_code == 413
    form = ticket(customer)
    assert customer.post("/helpdesk/new", {**form, "body": "x" * 3_000_000}).status_code == 413


def test_who_has_sent_too_much_is_told_so_and_nothing_is_sent(make_desk_scene: MakeScene) -> None:
    customer = make_desk_scene(**SMALL).customer()
    big = PDF + b"x" * 600_000
    assert send(customer, ("a.pdf", big)).status_code == 303
    answer = send(customer, ("b.pdf", big), title="Drugie")
    assert answer.status_code == 413
    assert "mogą mieć razem 1 MB" in answer.text
    assert "Drugie" not in customer.get("/helpdesk/").text
    assert send(customer, title="Bez plików").status_code == 303


def test_where_files_have_no_place_none_is_offered_and_none_gets_lost(make_demo_scene: MakeScene) -> None:
    customer = make_demo_scene(attachments={"max_files": 0}).customer()
    for path in ("/helpdesk/new", f"/helpdesk/{sent(customer)}"):
        assert 'type="file"' not in customer.get(path).text
    answer = send(customer, ("licznik.jpg", photo()), title="Drugie")
    assert answer.status_code == 400
    assert "Tutaj nie można wysyłać plików" in answer.text
    assert "Drugie" not in customer.get("/helpdesk/").text


def test_no_file_chosen_is_no_file(scene: Scene) -> None:
    customer = scene.customer()
    assert links(customer, send(customer, ("", b""))) == []


def test_after_a_session_that_ended_the_text_stays_and_files_must_be_chosen_again(scene: Scene) -> None:
    customer = scene.customer()
    form = ticket(customer)
    scene.clock.advance(minutes=31)
    large = PDF + b"x" * 3_000_000
    post(customer, "/helpdesk/new", form, ("a.pdf", large))
    assert "a pliki trzeba wybrać jeszcze raz" in customer.get("/login?next=/helpdesk/new").text
    customer.log_in("10427", "4271", next="/helpdesk/new")
    assert TITLE in customer.get("/helpdesk/new").text


def test_a_token_that_is_too_old_says_so_of_files(scene: Scene) -> None:
    customer = scene.customer()
    form = ticket(customer) | {"csrf_token": "x"}
    post(customer, "/helpdesk/new", form, ("a.pdf", PDF))
    assert "Pliki trzeba wybrać jeszcze raz." in customer.get("/helpdesk/new").text


def test_a_store_that_is_away_says_that_files_did_not_come_through(scene: Scene) -> None:
    customer = scene.customer()
    form = ticket(customer)
    with scene.panel.store.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE desk_attachments RENAME TO away")
    answer = post(customer, "/helpdesk/new", form, ("a.pdf", PDF))
    assert answer.status_code == 503
    assert "Wybrane pliki nie dotarły" in answer.text
    assert TITLE in answer.text
