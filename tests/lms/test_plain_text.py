"""Messages in HTML become plain text in paragraphs, whatever the HTML is."""

from __future__ import annotations

import time

import pytest

from wbok.adapters.lms.plain_text import MAX_LETTERS, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("bez znaczników", "bez znaczników"),
        ("<p>Pierwszy</p><p>Drugi</p>", "Pierwszy\n\nDrugi"),
        ("<div>Raz<br>dwa<br/>trzy</div>koniec", "Raz\ndwa\ntrzy\n\nkoniec"),
        ("raz<br><br>dwa<br><br><br>trzy", "raz\n\ndwa\n\ntrzy"),
        ("<P CLASS=x>Wielkie</P>", "Wielkie"),
        ("wiele \n\t  odstępów&nbsp;&nbsp;tu", "wiele odstępów tu"),
        ("a <b>b</b><i>c</i>", "a bc"),
        ("<ul><li>jeden</li> <li>dwa</li></ul>", "jeden\ndwa"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("&lt;script&gt; &amp; &#243; &oacute;", "<script> & ó ó"),
        ("2 < 3 i 4 > 3", "2 < 3 i 4 > 3"),
        ("przed<script>if (a < b) { x('<p>nie</p>') }</script>po", "przedpo"),
        ("przed<style>p > a { color: red }</style>po", "przedpo"),
        ("<SCRIPT>nie</SCRIPT >tak", "tak"),
        ("<script>bez końca", ""),
        ("<head><title>nie<body>tak", "tak"),
        ("<!-- <p>nie</p> -->tak<!-- bez końca", "tak"),
        ("<!DOCTYPE html><?php nie ?><![if !mso]>tak<![endif]>", "tak"),
        ('<img src="x" onerror="alert(1)" alt="a>b">tak', "tak"),
        ("<a href='javascript:x'>łącze</a>", "łącze"),
        ("\x00a\ud800", "\x00a\ud800"),
    ],
)
def test_what_html_says(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_what_is_too_long_is_cut_off() -> None:
    assert len(plain_text("x" * 3 * MAX_LETTERS)) == MAX_LETTERS


@pytest.mark.parametrize(
    "part",
    ["<", "<a", "<a x='", '<a x="', "<a x='>", "</", "</a", "<!", "<!--", "<?", "<![CDATA[", "&#", "<b>"],
)
def test_what_never_ends_takes_no_time(part: str) -> None:
    """Each of these took the parser up to half a minute."""
    start = time.process_time()
    plain_text(part * MAX_LETTERS)
    assert time.process_time() - start < 2
