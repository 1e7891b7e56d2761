"""A page that notes every complaint of the browser and every request that leaves the server."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What Chromium shows a PDF with.
VIEWER = ("chrome-extension:", "chrome:")
# Chromium reports a page that is answered with an error status as a failed resource: that is the page we test.
ERROR_PAGE = "Failed to load resource: the server responded with a status of"


@dataclass
class Watched:
    page: Page
    complaints: list[str] = field(default_factory=list)

    def log_in(self, login: str, pin: str) -> None:
        self.page.goto("/login")
        self.type_login(login, pin)

    def type_login(self, login: str, pin: str) -> None:
        self.page.fill("#customer_id", login)
        self.page.fill("#pin", pin)
        self.page.click("main form button")


def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen; of the page that is on its way, when one is."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def watch(page: Page, *, origin: str) -> Watched:
    watched = Watched(page)
    page.on(
        "console",
        lambda message: (
            watched.complaints.append(f"{message.type}: {message.text}")
            if message.type in {"error", "warning"} and not message.text.startswith(ERROR_PAGE)
            else None
        ),
    )
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((origin + "/", "data:", *VIEWER))
            else watched.complaints.append(f"outside request: {request.url}")
        ),
    )
    return watched
