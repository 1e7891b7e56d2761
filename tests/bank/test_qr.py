"""QR codes: what a phone reads is what was written, on a page and on paper."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from support.prints import read_code

from wbok.bank import qr_modules, qr_svg

ASCII = "1234563218|PL|86109010141234000000012345|008625|SUPERNET|ABONAMENT ID 0012345 11/2026|||"
POLISH = ASCII.replace("ABONAMENT", "OPŁATA ZA ŁĄCZE")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> np.ndarray:
    """The picture of an SVG of horizontal strokes, six pixels a module."""
    root = ElementTree.fromstring(re.sub("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', svg, count=1))
    side = int(root.attrib["viewBox"].split()[2])
    modules = np.full((side, side), 255, np.uint8)
    (path,) = [p.attrib["d"] for p in root.iter(f"{SVG}path") if "stroke" in p.attrib]
    x = y = 0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]+)", path):
        values = [float(number) for number in re.findall(r"-?[0-9.]+", numbers)]
        if command == "h":
            modules[y, x : x + int(values[0])] = 0
            x += int(values[0])
        else:
            x, y = (0, 0) if command == "M" else (x, y)
            x, y = x + int(values[0]), y + int(values[1])
    return np.kron(modules, np.ones((6, 6), np.uint8))


@pytest.mark.parametrize("text", [ASCII, POLISH])
def test_the_code_on_a_page_is_read_as_it_was_written(text: str) -> None:
    assert read_code(drawn(qr_svg(text, title="Kod"))) == text


@pytest.mark.parametrize("text", [ASCII, POLISH])
def test_page_and_paper_have_the_same_modules(text: str) -> None:
    on_page = drawn(qr_svg(text, title="Kod"))[3::6, 3::6] == 0
    assert np.array_equal(on_page[4:-4, 4:-4], np.array(qr_modules(text)))
    assert not on_page[:4].any()
    assert not on_page[:, :4].any()


def test_utf_8_is_declared_only_where_it_matters() -> None:
    """A module count tells: the declaration takes 12 bits, here just enough for the next version."""
    longest_ascii, same_length_polish = "x" * 78, "x" * 76 + "ł"
    assert len(same_length_polish.encode()) == 78
    assert len(qr_modules(longest_ascii)) == 33
    assert len(qr_modules(same_length_polish)) == 37


def test_it_has_words_and_nothing_that_a_strict_policy_forbids() -> None:
    svg = qr_svg(ASCII, title='Kod <do> "przelewu"', description="Kwota 86,25 zł")
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root[0].tag == "title"
    assert root[0].text == 'Kod <do> "przelewu"'
    assert root[1].text == "Kwota 86,25 zł"
    assert "style" not in svg
    assert "<script" not in svg
    assert {"width", "height"}.isdisjoint(root.attrib)
