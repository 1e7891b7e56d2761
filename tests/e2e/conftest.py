"""A real server and a real browser."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.browser import Watched, watch
from support.server import Demo, free_port, start_demo

NewPage = Callable[..., Watched]


@pytest.fixture(scope="session")
def demo_server() -> Iterator[Demo]:
    with start_demo(free_port()) as demo:
        yield demo


@pytest.fixture
def new_page(browser: Browser, demo_server: Demo) -> Iterator[NewPage]:
    """Pages in contexts of their own; at the end none of them may have complained or asked anybody else."""
    pages: list[Watched] = []

    def open_page(
        *, width: int = 1280, scheme: str = "light", address: str | None = None, scripts: bool = True
    ) -> Watched:
        context = browser.new_context(
            base_url=address or demo_server.address,
            viewport={"width": width, "height": 844},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            locale="pl-PL",
        )
        pages.append(watch(context.new_page(), origin=address or demo_server.address))
        return pages[-1]

    yield open_page
    for watched in pages:
        watched.page.context.close()
        assert watched.complaints == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page().page


@pytest.fixture
def wbok() -> Path:
    return Path(sys.executable).parent / "wbok"


@pytest.fixture
def port() -> int:
    return free_port()
