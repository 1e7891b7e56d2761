"""`make screenshots`: pictures of every page, to be looked at. Asserts only that there is something to see."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from e2e.conftest import NewPage

FOLDER = os.environ.get("WBOK_SCREENSHOTS")
PAGES = [
    "login",
    "help",
    "nowhere",
    "info/",
    "finance/",
    "finance/ledger",
    "finance/ledger?kind=charge",
    "finance/documents/",
    "phone/",
    "phone/calls",
    "phone/calls?kind=voice",
    "phone/calls?from=2026-10-05&to=2026-11-20&mask=yes",
    "phone/calls?order=price",
    "login/pin",
    "notifications/",
    "helpdesk/",
    "helpdesk/new",
    "helpdesk/new?category=internet",
    "helpdesk/new?category=complaint",
    "helpdesk/P-3",
    "helpdesk/P-4",
]


@pytest.mark.skipif(not FOLDER, reason="pictures are made by: make screenshots")
@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
)
def test_screenshots(new_page: NewPage, width: int, scheme: str) -> None:
    folder = Path(FOLDER or "")
    folder.mkdir(exist_ok=True)
    watched = new_page(width=width, scheme=scheme)
    for path in PAGES:
        if path == "info/":
            watched.log_in("10427", "4271")
        watched.page.goto(f"/{path}")
        name = path.strip("/").translate(str.maketrans("/?=", "---"))
        picture = watched.page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
        assert len(picture) > 5000
