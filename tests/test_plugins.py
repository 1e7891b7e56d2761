"""Tabs from packages: order, allow-list, needs, loud faults, and what happens when one of them fails."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest
from conftest import MakeScene

from wbok.errors import ConfigError
from wbok.plugins import GROUP

TAB = """
from flask import Blueprint
from wbok.api import Banner, Card, Help, MenuEntry, Section, Unavailable, hookimpl, render_part
from markupsafe import Markup

blueprint = Blueprint("NAME", __name__)

class Settings(Section):
    colour: str = "green"

@blueprint.get("/")
def index():
    return "the page of NAME"

@hookimpl
def wbok_settings():
    return Settings

@hookimpl
def wbok_blueprint():
    return blueprint

@hookimpl
def wbok_menu(panel, customer_id):
    return (MenuEntry("Menu of NAME", "NAME.index", "tag", badge=lambda: BADGE),)

@hookimpl
def wbok_cards(panel, customer_id):
    return (Card("Card of NAME", "tag", Markup("<p>CARD {}</p>").format(panel.tab_settings("NAME").colour)),)

@hookimpl
def wbok_banners(panel, customer_id):
    return (Banner("Banner of NAME", f"for {customer_id}", "warn"),)

@hookimpl
def wbok_help(panel):
    return Help("Help of NAME", Markup("<p>help</p>"))
"""

Install = Callable[..., EntryPoint]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Writes a tab's module where Python finds it, as an installed package would be."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(name: str, source: str = TAB, *, badge: str = "3") -> EntryPoint:
        module = f"stranger_{name}_{tmp_path.name.replace('-', '_')}"
        (tmp_path / f"{module}.py").write_text(source.replace("NAME", name).replace("BADGE", badge))
        sys.modules.pop(module, None)
        return EntryPoint(name, module, GROUP)

    return write


def ours() -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=GROUP))


def test_the_menu_has_the_tabs_in_the_order_of_the_config_then_logout(
    make_demo_scene: MakeScene, install: Install
) -> None:
    scene = make_demo_scene(
        panel={"tabs": ["info", "usage", "finance"]}, available_tabs=(*ours(), install("usage"))
    )
    page = scene.customer().get("/finance/").text
    menu = page[page.index("<nav") : page.index("</nav>")]
    places = [menu.index(word) for word in ("Informacje", "Menu of usage", "Finanse", "Wyloguj")]
    assert places == sorted(places)
    assert menu.count("<li>") == 4
    assert '<span class="count">3<span class="vh"> nieprzeczytane</span></span>' in menu


def test_the_first_tab_is_where_the_slash_leads_and_has_all_cards(
    make_demo_scene: MakeScene, install: Install
) -> None:
    scene = make_demo_scene(
        panel={"tabs": ["finance", "usage"]},
        available_tabs=(*ours(), install("usage")),
        tabs={"usage": {"colour": "blue"}},
    )
    customer = scene.customer()
    assert customer.get("/").headers["Location"] == "/finance/"
    assert "CARD blue" in customer.get("/finance/").text
    assert "CARD blue" not in customer.get("/finance/ledger").text


def test_banners_stand_on_every_page_of_a_customer(make_demo_scene: MakeScene, install: Install) -> None:
    scene = make_demo_scene(panel={"tabs": ["info", "usage"]}, available_tabs=(*ours(), install("usage")))
    customer = scene.customer()
    for path in ("/info/", "/help"):
        assert "for 10427" in customer.get(path).text
    assert "Banner of usage" not in scene.visitor().get("/help").text
    assert "Help of usage" in scene.visitor().get("/help").text


@pytest.mark.parametrize("fault", ["raise Unavailable('gone')", "1 / 0"])
def test_a_failing_tab_takes_nothing_from_the_others(
    make_demo_scene: MakeScene, install: Install, fault: str
) -> None:
    source = TAB.replace("    return (Card(", f"    {fault}\n    return (Card(")
    source = source.replace("    return (Banner(", f"    {fault}\n    return (Banner(")
    entry = install("usage", source, badge="1 / 0")
    scene = make_demo_scene(panel={"tabs": ["info", "usage", "finance"]}, available_tabs=(*ours(), entry))
    page = scene.customer().get("/info/").text
    assert "Ta część jest chwilowo niedostępna" in page
    assert "Menu of usage" in page
    assert "Banner of usage" not in page
    assert "163,52" in page


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"NAME.index"', '"NAME.nowhere"'),
        ("    return (MenuEntry(", "    return 5\n    return (MenuEntry("),
        ("    return (Card(", "    return 5\n    return (Card("),
        ("    return Help(", "    1 / 0\n    return Help("),
    ],
)
def test_a_tab_that_answers_nonsense_takes_no_page(
    make_demo_scene: MakeScene, install: Install, old: str, new: str
) -> None:
    entry = install("usage", TAB.replace(old, new))
    scene = make_demo_scene(panel={"tabs": ["info", "usage", "finance"]}, available_tabs=(*ours(), entry))
    customer = scene.customer()
    for path, code in (("/info/", 200), ("/help", 200), ("/finance/", 200), ("/nowhere", 404)):
        answer = customer.get(path)
        assert answer.status_code == code
        assert "Wyloguj" in answer.text


def test_a_tab_whose_needs_are_not_met_is_left_out(make_demo_scene: MakeScene, install: Install) -> None:
    needy = TAB + "\n@hookimpl\ndef wbok_needs():\n    return ('weather',)\n"
    scene = make_demo_scene(
        panel={"tabs": ["info", "usage"]}, available_tabs=(*ours(), install("usage", needy))
    )
    customer = scene.customer()
    assert customer.get("/usage/").status_code == 404
    assert "Menu of usage" not in customer.get("/info/").text
    assert scene.panel.plugins.off == {"usage": "the billing has no weather"}


def test_unlisted_tabs_are_never_imported(make_demo_scene: MakeScene, install: Install) -> None:
    bomb = install("bomb", "raise SystemExit('imported')")
    scene = make_demo_scene(panel={"tabs": ["info"]}, available_tabs=(*ours(), bomb))
    assert [tab.name for tab in scene.panel.plugins.tabs] == ["info"]


@pytest.mark.parametrize(
    ("tabs", "message"),
    [
        (
            ["info", "nothing"],
            'panel.tabs: no installed package has a tab "nothing". Installed: broken, empty, finance, helpdesk',
        ),
        (["info", "info"], 'panel.tabs: "info" stands there twice.'),
        (["login"], 'panel.tabs: "login" cannot be the name of a tab'),
        (["a-b"], 'panel.tabs: "a-b" cannot be the name of a tab'),
        (["info", "usage"], "there is no hook wbok_mneu"),
        (["info", "broken"], "tab broken: stranger_broken"),
        (["info", "twice"], 'panel.tabs: two installed packages have a tab "twice"'),
        (["info", "empty"], "has no wbok_blueprint"),
        (["info", "unmarked"], "tab unmarked: wbok_banners is not marked with hookimpl."),
        (["info", "other"], 'tab other: wbok_blueprint must give a Blueprint named "other"'),
        ([], "panel.tabs: no tab is left"),
    ],
)
def test_the_start_stops_with_a_message(
    make_demo_scene: MakeScene, install: Install, tabs: list[str], message: str
) -> None:
    strangers = (
        install("usage", TAB.replace("wbok_menu", "wbok_mneu")),
        install("broken", "import does_not_exist"),
        install("twice"),
        install("twice"),
        install("empty", ""),
        install("unmarked", TAB.replace("@hookimpl\n", "")),
        install("other", TAB.replace('Blueprint("NAME"', 'Blueprint("x"')),
    )
    with pytest.raises(ConfigError) as caught:
        make_demo_scene(panel={"tabs": tabs}, available_tabs=(*ours(), *strangers))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"usage": {"color": "x"}}, "[tabs.usage]: color: there is no such setting"),
        ({"phone": {}}, "panel.tabs does not list it. Add it there, or take the section away"),
        ({"finance": {"x": 1}}, "[tabs.finance]: x: there is no such setting"),
        ({"info": {"fields": ["shoe"]}}, "[tabs.info]: fields.0: Input should be"),
    ],
)
def test_settings_of_tabs_are_strict(
    make_demo_scene: MakeScene, install: Install, settings: dict[str, object], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        make_demo_scene(
            panel={"tabs": ["info", "finance", "usage"]},
            available_tabs=(*ours(), install("usage")),
            tabs=settings,
        )
    assert message in str(caught.value)


def test_a_tab_that_was_written_for_another_version_stops_the_start(
    make_demo_scene: MakeScene, install: Install
) -> None:
    entry = install("usage", 'WBOK_API = "99.0"\n' + TAB)
    with pytest.raises(ConfigError, match=r"tab usage: .* was written for version 99\.0"):
        make_demo_scene(panel={"tabs": ["info", "usage"]}, available_tabs=(*ours(), entry))
