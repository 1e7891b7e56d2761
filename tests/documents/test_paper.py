"""What all papers have in common: typefaces, text that can be found again, tags, the same bytes each time."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from support.prints import MADE_AT, catalog, checked, squeezed, text_of

from wbok.documents.fonts import FILES, FOLDER, typefaces
from wbok.documents.paper import MARGIN, Paper

PANGRAM = "Zażółć gęślą jaźń ĄĆĘŁŃÓŚŹŻ „Ünïcødé” € № – − … → Їжак ґанок 0123456789"


def new_paper(title: str = "Próba") -> Paper:
    paper = Paper(title=title, language="pl", author="SuperNet", made_at=MADE_AT)
    paper.new_page()
    return paper


def test_every_letter_of_poland_and_its_neighbours_can_be_printed_and_found() -> None:
    paper = new_paper()
    for y, bold in ((20, False), (30, True)):
        with paper.part():
            paper.text(MARGIN, y, PANGRAM, 10, bold=bold)
    assert text_of(paper.finish()).count(squeezed(PANGRAM)) == 2
    for face in typefaces():
        assert face.printable(PANGRAM) == PANGRAM


@pytest.mark.parametrize(
    ("text", "printable"),
    [
        ("a😀b", "a□b"),
        ("❤\ufe0f", "□"),
        ("👍🏽", "□"),
        ("a\u202eb\u200f\u200bc\ufeff", "abc"),
        ("a\x00\x07b\x1b", "ab"),
        ("a\tb\nc\u2028d\u3000e", "a b c d e"),
        ("z\u0307o\u0301\u0142c\u0301", "żółć"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ud800x", "x"),
        ("שלום", "□□□□"),
    ],
)
def test_what_cannot_be_printed_is_seen_and_breaks_nothing(text: str, printable: str) -> None:
    assert typefaces()[0].printable(text) == printable


@given(st.text(st.characters(), max_size=60))
def test_whatever_a_name_is_it_is_drawn(text: str) -> None:
    paper = new_paper(title=text)
    with paper.part():
        paper.lines(MARGIN, 20, paper.fit(text, 40, 10))
    pdf = paper.finish()
    assert pdf.startswith(b"%PDF-1.7")
    assert pdf.rstrip().endswith(b"%%EOF")


@given(st.text("abc ółW", max_size=200), st.floats(5, 80), st.floats(4, 20))
def test_no_line_is_wider_than_it_may_be(text: str, width: float, size: float) -> None:
    paper = new_paper()
    lines = paper.wrap(text, width, size)
    assert all(len(line) == 1 or paper.width(line, size) <= width for line in lines)
    assert squeezed("".join(lines)) == squeezed(text)


def test_a_text_gets_smaller_before_it_is_cut() -> None:
    paper = new_paper()
    small = paper.fit("słowo " * 20, 60, 10, height=9)
    assert small.size < 10
    assert not small.cut
    assert squeezed("".join(small.lines)) == "słowo" * 20
    cut = paper.fit("słowo " * 2000, 60, 10, height=9)
    assert cut.cut
    assert cut.lines[-1].endswith("…")


def test_typefaces_are_embedded_parts_with_their_unicode() -> None:
    paper = new_paper()
    with paper.part():
        paper.text(MARGIN, 20, "Ż", 10)
        paper.text(MARGIN, 30, "Ż", 10, bold=True)
    (page,) = catalog(checked(paper.finish()))["/Pages"]["/Kids"]
    fonts = page["/Resources"]["/Font"]
    assert len(fonts) == 2
    for reference in fonts.values():
        font = reference.get_object()
        assert font["/BaseFont"].startswith("/WBOKPL+DejaVuSans")
        assert "/ToUnicode" in font
        inner = font["/DescendantFonts"][0].get_object()
        assert len(inner["/FontDescriptor"]["/FontFile2"].get_data()) < 60_000


def test_the_shipped_files_are_whole_fonts_with_their_licence() -> None:
    for name in FILES.values():
        with TTFont(FOLDER / name) as font:
            assert font["name"].getBestFullName().startswith("DejaVu Sans")
    assert "Bitstream" in (FOLDER / "DejaVuSans.LICENSE").read_text()


def test_a_document_says_its_language_title_and_maker() -> None:
    reader = checked(new_paper("Druk „wpłaty”").finish())
    assert catalog(reader)["/Lang"] == "pl"
    assert catalog(reader)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Druk „wpłaty”"
    assert reader.metadata.author == "SuperNet"
    assert reader.metadata.creation_date == MADE_AT


def test_parts_are_tagged_in_the_order_in_which_they_are_read() -> None:
    paper = new_paper()
    with paper.part("H1"):
        paper.text(MARGIN, 20, "Tytuł", 15)
    with paper.part("Figure", alt="Kod QR"):
        paper.modules(50, 50, 20, [[True, False], [False, True]])
    with paper.part():
        paper.text(MARGIN, 30, "Treść", 10)
    paper.line(0, 0, 10, 10)
    reader = checked(paper.finish(lambda page, pages: paper.text(MARGIN, 290, f"{page}/{pages}", 8)))
    assert catalog(reader)["/MarkInfo"]["/Marked"]
    document = catalog(reader)["/StructTreeRoot"]["/K"][0].get_object()
    kinds = [element.get_object() for element in document["/K"]]
    assert [kind["/S"] for kind in kinds] == ["/H1", "/Figure", "/P"]
    assert kinds[1]["/Alt"] == "Kod QR"
    assert [list(kind["/K"]) for kind in kinds] == [[0], [1], [2]]
    content = reader.pages[0].get_contents()
    assert content is not None
    drawn = content.get_data()
    assert drawn.count(b"BDC") + drawn.count(b"BMC") == drawn.count(b"EMC") == 5


def test_the_same_paper_is_the_same_bytes() -> None:
    def made() -> bytes:
        paper = new_paper()
        with paper.part():
            paper.text(MARGIN, 20, PANGRAM, 10)
        return paper.finish()

    assert made() == made()


def test_who_prints_nothing_loads_nothing_that_prints() -> None:
    code = "import sys, wbok.documents; assert 'fpdf' not in sys.modules and 'fontTools' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0
