"""Charts drawn on the server: geometry only, `wbok/parts.html` has the SVG. x in per cent, y in pixels."""

from wbok.charts.bars import BarChart, bar_chart

__all__ = ["BarChart", "bar_chart"]
