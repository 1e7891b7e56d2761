"""Charts of one series and of two."""

from __future__ import annotations

from decimal import Decimal

from wbok.charts import bar_chart


def test_bars_of_one_series_stand_over_their_labels() -> None:
    chart = bar_chart(["1", "", "3"], [Decimal(10), Decimal(0), Decimal(30)])
    assert chart.second == ()
    assert [label.text for label in chart.labels] == ["1", "3"]
    for label, bar in zip(chart.labels, chart.first, strict=True):
        assert abs(bar.x + bar.width / 2 - label.x) < 0.02


def test_a_month_of_bars_does_not_overlap() -> None:
    chart = bar_chart([""] * 31, [Decimal(n) for n in range(1, 32)])
    ends = [bar.x + bar.width for bar in chart.first]
    assert all(end < bar.x for end, bar in zip(ends, chart.first[1:], strict=False))
    assert ends[-1] <= 100
