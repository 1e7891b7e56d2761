"""The tab over a real panel and a real REST billing."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from click.testing import CliRunner
from rest_billing import RestBilling, status

from wbok.api import Billing
from wbok.testing import OpenPanel, open_panel
from wbok_usage.commands import usage

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HERE = Path(__file__).parent.parent


def opened(folder: Path, billing: Billing, **settings: Any) -> OpenPanel:
    return open_panel(
        folder, billing=billing, tabs=["info", "usage"], settings={"usage": settings}, clock=lambda: NOW
    )


def test_the_page_shows_the_data_of_each_day(tmp_path: Path, billing: Billing) -> None:
    page = opened(tmp_path, billing, limit_gb=100).customer("1001", "4711").get("/usage/").text
    for words in ("Zużycie danych, listopad 2026", "89,4 GB", "z 100 GB na miesiąc", "20.11.2026", "85 GB"):
        assert words in page.replace("\xa0", " "), words


def test_another_customer_sees_his_own_data(tmp_path: Path, billing: Billing) -> None:
    panel = opened(tmp_path, billing)
    assert "1 MB" in panel.customer("1002", "4712").get("/usage/").text.replace("\xa0", " ")
    assert "89,4" in panel.customer("1001", "4711").get("/usage/").text
    assert "1000000;2000" not in panel.customer("1001", "4711").get("/usage/days.csv").text


def test_card_banner_and_badge_warn_who_is_near_the_limit(tmp_path: Path, billing: Billing) -> None:
    panel = opened(tmp_path, billing, limit_gb=100, warn_percent=80)
    page = panel.customer("1001", "4711").get("/info/").text.replace("\xa0", " ")
    assert "Zostało mało danych" in page
    assert "W tym miesiącu wykorzystano 89,4 GB z 100 GB." in page
    assert 'class="count">1<' in page
    other = panel.customer("1002", "4712").get("/info/").text
    assert "Zostało mało danych" not in other
    assert 'class="count"' not in other


def test_a_month_is_asked_once_in_ten_minutes_for_all_pages(
    tmp_path: Path, billing: Billing, server: RestBilling
) -> None:
    customer = opened(tmp_path, billing, limit_gb=100).customer("1001", "4711")
    for _ in range(3):
        customer.get("/info/")
    assert len([path for path in server.asked if "traffic" in path]) == 1


def test_a_billing_that_fails_takes_no_page_of_others(
    tmp_path: Path, billing: Billing, server: RestBilling
) -> None:
    customer = opened(tmp_path, billing).customer("1001", "4711")
    server.faults = [status(500)]
    assert customer.get("/usage/").status_code == 503
    assert customer.get("/info/").status_code == 200


def test_a_month_that_is_not_offered_is_not_found(tmp_path: Path, billing: Billing) -> None:
    customer = opened(tmp_path, billing).customer("1001", "4711")
    for month in ("2020-01", "2026-12", "x", "2026-13"):
        assert customer.get(f"/usage/?month={month}").status_code == 404


def test_the_table_comes_as_csv(tmp_path: Path, billing: Billing) -> None:
    answer = opened(tmp_path, billing).customer("1001", "4711").get("/usage/days.csv")
    assert answer.mimetype == "text/csv"
    assert "2026-11-20;85000000000;1000000000" in answer.text


def test_the_manual_names_limit_and_warning(tmp_path: Path, billing: Billing) -> None:
    page = opened(tmp_path, billing, limit_gb=100).visitor().get("/help").text.replace("\xa0", " ")
    assert "Gdy wykorzystane zostanie 80%, na każdej stronie pojawi się ostrzeżenie." in page


def test_the_command_prints_a_month(tmp_path: Path, billing: Billing) -> None:
    panel = opened(tmp_path, billing).panel
    said = CliRunner().invoke(usage, ["show", "K-1"], obj=SimpleNamespace(panel=panel))
    assert "2026-11-20\t85000000000\t1000000000\n" in said.output
    nobody = CliRunner().invoke(usage, ["show", "K-9"], obj=SimpleNamespace(panel=panel))
    assert nobody.exit_code == 1


def test_nothing_of_wbok_is_imported_but_api_and_testing() -> None:
    found = set()
    for path in HERE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
            elif isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
    assert {name for name in found if name.partition(".")[0] == "wbok"} == {"wbok.api", "wbok.testing"}
