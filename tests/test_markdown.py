"""Markdown of the office: what it makes of it, and that nothing else comes through."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.marked_words import marked_words

from wbok.markdown import to_blocks, to_html, to_plain
from wbok.store.drafts import MAX_BODY

ALLOWED = re.compile(
    r"</?(?:p|h3|h4|ul|ol|li|strong|em)>|<br />|<br>|</a>|<ol start=\"\d{1,9}\">"
    r"|<a href=\"(?:https?://|mailto:|tel:)[^\"<>]*\" rel=\"noopener nofollow\">"
)
NOTICE = """# Prace 12 grudnia

Od **8.00** do *11.00*: zobacz https://example.pl/a?b=1&c=2.
Telefon [32 012 34 56](tel:320123456), [strona](https://example.pl "tytuł").

- światłowód
- internet
  1. radiowy

### Pytania?
Piszcie: <biuro@example.pl>
"""


def test_what_the_office_writes_becomes_a_page() -> None:
    html = to_html(NOTICE)
    assert "<h3>Prace 12 grudnia</h3>" in html
    assert "<h4>Pytania?</h4>" in html
    assert "<strong>8.00</strong> do <em>11.00</em>" in html
    assert '<a href="https://example.pl/a?b=1&amp;c=2" rel="noopener nofollow">' in html
    assert '<a href="tel:320123456" rel="noopener nofollow">32 012 34 56</a>' in html
    assert ">strona</a> (tytuł)." in html
    assert '<a href="mailto:biuro@example.pl" rel="noopener nofollow">' in html
    assert re.search(r"c=2</a>\.<br ?/?>\nTelefon", html), "a line stays a line"
    assert "<li>internet\n<ol>\n<li>radiowy</li>" in html


def test_in_a_letter_it_reads_as_plain_text() -> None:
    assert to_plain(NOTICE) == (
        "Prace 12 grudnia\n\n"
        "Od 8.00 do 11.00: zobacz https://example.pl/a?b=1&c=2.\n"
        "Telefon 32 012 34 56, strona (https://example.pl) (tytuł).\n\n"
        "• światłowód\n• internet\n  1. radiowy\n\n"
        "Pytania?\n\n"
        "Piszcie: biuro@example.pl"
    )
    assert [block.kind for block in to_blocks(NOTICE)][:3] == ["heading", "paragraph", "item"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div\n>\n\n**x**",
        "[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x](data:text/html;base64,PHN2Zz4=)",
        "[x](&#106;avascript:alert(1)) <javascript:alert(1)> [x](vbscript:x) [x](file:///etc/passwd)",
        "[x](//evil.example) [x](/logout) [x](http:) [x](https://) [x](mailto:)",
        '[x](https://a.example/"onmouseover="alert(1)) [x](https://a.example "t\\" onclick=\\"x")',
        "![x](https://evil.example/pixel.png)",
        "[a]: javascript:alert(1)\n[a]",
        "```\n<b>\n```\n    <b>\n> <b>\n***\n| a |\n|---|\n| <b> |",
        "https://a.example/<script> ftp://a.example http://[::1",
        "[" * 3000 + "x" + "](https://a.example)" * 300,
        "*" * 9000 + "\n" + "- " * 400,
    ],
)
def test_nothing_else_comes_through(hostile: str) -> None:
    assert "<" not in ALLOWED.sub("", to_html(hostile))


@given(st.text(alphabet="<>[]()*_#-!&;:/\\\"'`|=\n 1.axjhtps@", max_size=120))
def test_whatever_is_typed_there_are_no_other_tags(text: str) -> None:
    assert "<" not in ALLOWED.sub("", to_html(text))
    to_plain(text)


@pytest.mark.parametrize(
    ("typed", "starts", "read"),
    [
        ("1. a\n1. b\n1. c", ["1"], "1. a\n2. b\n3. c"),
        ("7) a\n3) b", ["7"], "7) a\n8) b"),
        ("0. a\n5. b", ["0"], "0. a\n1. b"),
        ("1. a\n\n   4. x\n   4. y\n1. b", ["1", "4"], "1. a\n  4. x\n  5. y\n2. b"),
        ("1. a\n\ntekst\n\n5. b\n5. c", ["1", "5"], "1. a\n\ntekst\n\n5. b\n6. c"),
        ("1. a\n2.\n3. c", ["1"], "1. a\n2.\n3. c"),
        ("3. 1. a\n   1. b", ["3", "1"], "3.\n  1. a\n  2. b"),
        ("- a\n\n  1.\n\n  b", ["1"], "• a\n  1.\n  b"),
    ],
)
def test_items_are_counted_as_a_browser_counts_them(typed: str, starts: list[str], read: str) -> None:
    assert [start or "1" for start in re.findall(r'<ol(?: start="(\d+)")?>', to_html(typed))] == starts
    assert to_plain(typed) == read


@pytest.mark.parametrize("mark", ["- ", "* ", "1. ", "> ", "[", "**", "_"])
def test_words_behind_many_marks_are_read(mark: str) -> None:
    for times in range(1, 40):
        typed = f"{mark * times}głęboko\n\nna końcu"
        for form in (to_html(typed), to_plain(typed)):
            assert "głęboko" in form
            assert "na końcu" in form


@given(marked_words())
def test_no_word_is_lost_on_the_page_or_in_a_letter(typed: str) -> None:
    for word in re.findall(r"w\d+x", typed):
        assert word in to_html(typed)
        assert word in to_plain(typed)


@pytest.mark.parametrize(
    "flood",
    ["> ", "- ", "-\n", "- x\n", "1. ", "*", "_a*", "[", "[a](", "[](", "<", "http://a ", "# a\n", "\\"],
)
def test_a_flood_of_marks_is_read_quickly(flood: str) -> None:
    began = process_time()
    to_html((flood * MAX_BODY)[:MAX_BODY])
    assert process_time() - began < 1


def test_a_staircase_of_lists_is_read_quickly() -> None:
    stairs = "\n".join("  " * step + "- x" for step in range(100))[:MAX_BODY]
    began = process_time()
    assert to_plain(stairs).count("x") == stairs.count("x")
    assert process_time() - began < 1
