"""The example of a stranger: an adapter over a REST billing and a tab, as a distribution of their own."""

from __future__ import annotations

import re
from pathlib import Path
from signal import SIGTERM

from playwright.sync_api import Browser, expect
from rest_billing import TOKEN, rest_billing
from strangers.conftest import THIRDPARTY
from support.browser import fits, watch
from support.second_environment import SecondEnvironment
from support.server import free_port, serve
from support.stores import upgrade

from wbok.store import Store

CONFIG = """
[panel]
name = "Kablonet"
tabs = ["info", "finance", "usage"]

[office]
name = "Kablonet"
phone = "22 000 00 00"
hours = { pl = "pon.–pt. 8.00–16.00" }
address = "ul. Kablowa 1, Miasto"

[web]
bind = "127.0.0.1:PORT"
https = false
workers = 1

[store]
url = "sqlite:///FOLDER/store.sqlite"

[keys]
session_file = "key"
pin_file = "key"

[billing]
adapter = "kablonet"
url = "URL"
token_file = "token"

[tabs.usage]
limit_gb = 1
"""
COMMANDS = """
from wbok.cli.commands import wbok
for line in ("kablonet ping", "usage show K-3"):
    wbok(line.split(), standalone_mode=False)
"""
"""One process for both: most of the time of a command is its start."""


def written(folder: Path, *, url: str, port: int) -> Path:
    (folder / "key").write_text("k" * 40)
    (folder / "token").write_text(TOKEN)
    config = folder / "wbok.toml"
    config.write_text(
        CONFIG.replace("PORT", str(port)).replace("FOLDER", str(folder)).replace("URL", url), encoding="utf-8"
    )
    return config


def test_its_own_tests_pass_in_a_second_environment(
    with_thirdparty: SecondEnvironment, tmp_path: Path
) -> None:
    ran = with_thirdparty.run(f"pytest -q {THIRDPARTY} -p no:cacheprovider", cwd=tmp_path)
    assert ran.code == 0, ran.said
    assert re.search(r"^[0-9]+ passed", ran.said, re.MULTILINE), ran.said


def test_a_customer_sees_the_tab_in_a_browser_and_the_office_has_its_commands(
    with_thirdparty: SecondEnvironment,
    tmp_path: Path,
    browser: Browser,
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    program, store = with_thirdparty.folder / "bin" / "wbok", f"sqlite:///{tmp_path / 'store.sqlite'}"
    with rest_billing() as server:
        config = written(tmp_path, url=server.address, port=port)
        upgrade(Store(store), store)
        with serve(config, address=address, program=program, stop=SIGTERM):
            context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
            watched = watch(context.new_page(), origin=address)
            watched.log_in("1001", "4711")
            page = watched.page
            page.get_by_role("link", name="Zużycie danych").first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Zużycie danych")
            expect(page.get_by_label("Miesiąc")).to_be_visible()
            assert fits(page)
            context.close()
        ran = with_thirdparty.run(f"python -c '{COMMANDS}'", cwd=tmp_path, WBOK_CONFIG=str(config))
        first, *_days, total = ran.said.splitlines()
        assert (first, total) == ("Kablonet answers; its version is 7.2.", "total\t0")
    assert watched.complaints == []
