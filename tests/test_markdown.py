"""Markdown of the office: what it makes of it, and that nothing else comes through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.markdown import to_blocks, to_html, to_plain

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
    assert '<a href="mailto:biuro@example.pl" rel="noopener nofollow">' in html
    assert re.search(r"c=2</a>\.<br ?/?>\nTelefon", html), "a line stays a line"
    assert "<li>internet\n<ol>\n<li>radiowy</li>" in html


def test_in_a_letter_it_reads_as_plain_text() -> None:
    assert to_plain(NOTICE) == (
        "Prace 12 grudnia\n\n"
        "Od 8.00 do 11.00: zobacz https://example.pl/a?b=1&c=2.\n"
        "Telefon 32 012 34 56, strona (https://example.pl).\n\n"
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
