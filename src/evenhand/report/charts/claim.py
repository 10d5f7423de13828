"""The pictures of one comparison."""

from evenhand.model import Comparison
from evenhand.report.charts.curve import curve
from evenhand.report.charts.frame import Chart, Setting
from evenhand.report.charts.strip import strip
from evenhand.report.charts.tracks import tracks

__all__ = ["Chart", "Setting", "claim_charts"]


def claim_charts(comparison: Comparison, setting: Setting) -> dict[str, Chart]:
    """Those that there are figures for, by name."""
    drawn = (strip(comparison, setting), tracks(comparison, setting), curve(comparison, setting))
    return {chart.name: chart for chart in drawn if chart is not None}
