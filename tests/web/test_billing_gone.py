"""The billing is gone: the tab says so, the login says "try later" and does not count, nothing needs a restart."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from conftest import MakeScene
from support.scene import Scene


@pytest.fixture
def billing_file(tmp_path: Path, demo: tuple[Path, object]) -> Path:
    return Path(shutil.copy(demo[0], tmp_path / "billing.sqlite"))


@pytest.fixture
def scene(make_demo_scene: MakeScene, billing_file: Path) -> Scene:
    return make_demo_scene(billing_file=billing_file)


def test_the_tab_says_so_and_recovers_without_a_restart(scene: Scene, billing_file: Path) -> None:
    customer = scene.customer()
    away = billing_file.rename(billing_file.with_suffix(".away"))
    for path, heading in (("/info/", "Informacje"), ("/finance/", "Finanse"), ("/finance/ledger", "Finanse")):
        answer = customer.get(path)
        assert answer.status_code == 503
        assert f"<h1>{heading}</h1>" in answer.text
        assert "Dane są chwilowo niedostępne" in answer.text
        assert "Wyloguj" in answer.text
    away.rename(billing_file)
    assert customer.get("/info/").status_code == 200


def test_the_login_says_try_later_and_does_not_count(scene: Scene, billing_file: Path) -> None:
    away = billing_file.rename(billing_file.with_suffix(".away"))
    visitor = scene.visitor()
    for _ in range(5):
        answer = visitor.log_in("10427", "48151623")
        assert answer.status_code == 503
        assert "Logowanie jest chwilowo niemożliwe" in answer.text
        assert 'value="10427"' in answer.text
        assert "48151623" not in answer.text
    away.rename(billing_file)
    assert visitor.log_in("10427", "4271").status_code == 303


def test_a_panel_that_boots_before_its_billing_works_when_it_comes(
    make_demo_scene: MakeScene, billing_file: Path
) -> None:
    away = billing_file.rename(billing_file.with_suffix(".away"))
    scene = make_demo_scene(billing_file=billing_file)
    assert scene.visitor().log_in("10427", "4271").status_code == 503
    away.rename(billing_file)
    assert scene.visitor().log_in("10427", "4271").status_code == 303


def test_a_replaced_file_is_read_anew(scene: Scene, billing_file: Path, tmp_path: Path) -> None:
    customer = scene.customer()
    assert "Halina Brzozowska" in customer.get("/info/").text
    new = Path(shutil.copy(billing_file, tmp_path / "new.sqlite"))
    _run(new, "UPDATE customers SET name = 'Halina Nowa' WHERE id = 10427")
    new.replace(billing_file)
    page = customer.get("/info/").text
    assert "<dd>Halina Nowa</dd>" in page


@pytest.mark.parametrize(
    "fault",
    [
        "DROP TABLE devices",
        "ALTER TABLE customers RENAME COLUMN name TO nazwa",
        "UPDATE services SET price = 'dużo'",
        "UPDATE addresses SET kind = 'palace'",
    ],
)
def test_a_broken_relation_is_a_page_in_words_and_named_in_the_log(
    scene: Scene, billing_file: Path, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    customer = scene.customer()
    assert customer.get("/info/").status_code == 200
    backup = shutil.copy(billing_file, billing_file.with_suffix(".good"))
    _run(billing_file, fault)
    assert customer.get("/info/").status_code == 503
    relation = fault.split()[2] if fault.split()[1] == "TABLE" else fault.split()[1]
    assert relation in caplog.text
    assert "Halina" not in caplog.text
    Path(backup).replace(billing_file)
    assert customer.get("/info/").status_code == 200


def test_only_the_tab_whose_data_are_broken_is_gone(scene: Scene, billing_file: Path) -> None:
    customer = scene.customer()
    _run(billing_file, "DROP TABLE ledger")
    page = customer.get("/info/")
    assert page.status_code == 200
    assert "Ta część jest chwilowo niedostępna" in page.text
    assert "Dane klienta" in page.text
    assert customer.get("/finance/").status_code == 503


def _run(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql)
    connection.close()
