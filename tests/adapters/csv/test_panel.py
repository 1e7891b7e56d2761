"""A panel over imported files: it starts before there are any, and notices nothing of an import that fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.exports import CUSTOMERS, LEDGER, Exports
from support.scene import TOKEN, Scene, Visitor, make_scene, make_settings
from support.statements import counted

from wbok.errors import ImportFailed


@pytest.fixture
def scene(exports: Exports, tmp_path: Path) -> Scene:
    return make_scene(make_settings(tmp_path, {"adapter": "csv", **exports.config}))


def take_in(scene: Scene, exports: Exports) -> None:
    """With the panel's own key for PINs."""
    importer = scene.panel.billing.importer
    assert importer is not None
    importer(exports.folder, dry_run=False, allow_shrink=False, progress=lambda step: None)


def pages(customer: Visitor) -> list[str]:
    """Without the token of the form to log out, which is another one each second."""
    return [TOKEN.sub("", customer.get(path).text) for path in ("/info/", "/finance/", "/finance/ledger")]


def test_before_the_first_import_the_panel_runs_and_the_login_says_try_later(
    scene: Scene, exports: Exports
) -> None:
    visitor = scene.visitor()
    assert visitor.get("/help").status_code == 200
    assert visitor.get("/healthz").status_code == 200
    answer = visitor.log_in("1", "4711")
    assert answer.status_code == 503
    assert "Logowanie jest chwilowo niemożliwe" in answer.text
    take_in(scene, exports)
    assert visitor.log_in("1", "4711").status_code == 303
    assert "Anna Żak" in visitor.get("/info/").text


def test_imported_pins_open_the_door_and_wrong_ones_do_not(scene: Scene, exports: Exports) -> None:
    take_in(scene, exports)
    assert scene.visitor().log_in("01", "04711").status_code == 303
    # 4712 is the PIN of customer 2.
    assert scene.visitor().log_in("1", "4712").status_code == 200


def test_a_running_panel_notices_nothing_of_an_import_that_fails(scene: Scene, exports: Exports) -> None:
    take_in(scene, exports)
    customer = scene.customer("1", "4711")
    before = pages(customer)
    exports.write("customers.csv", CUSTOMERS.replace("Anna Żak", "Anna Nowa"))
    for broken in ("", LEDGER + "3,1,31.02.2026,1,x\n", LEDGER + "3,9,2026-11-03,1,x\n", LEDGER[:90]):
        exports.write("ledger.csv", broken)
        with pytest.raises(ImportFailed):
            take_in(scene, exports)
        assert pages(customer) == before
    exports.write("ledger.csv", LEDGER)
    take_in(scene, exports)
    assert "Anna Nowa" in customer.get("/info/").text


def test_a_page_stays_within_its_statements(scene: Scene, exports: Exports) -> None:
    take_in(scene, exports)
    customer = scene.customer("1", "4711")
    for path in ("/info/", "/finance/", "/finance/ledger", "/finance/documents/"):
        customer.get(path)
        with counted(scene.panel) as statements:
            assert customer.get(path).status_code == 200
        assert len(statements.store) <= 2
        assert len(statements.billing) <= 4


def test_a_generation_that_disappears_is_a_page_in_words(scene: Scene, exports: Exports) -> None:
    take_in(scene, exports)
    customer = scene.customer("1", "4711")
    exports.current().unlink()
    answer = customer.get("/info/")
    assert answer.status_code == 503
    assert "Dane są chwilowo niedostępne" in answer.text
    take_in(scene, exports)
    assert customer.get("/info/").status_code == 200
