"""All results in order: where did the subject stand under each way of comparing, and how did the claim come out?"""

from collections.abc import Sequence
from itertools import groupby

from evenhand.model import Comparison, CurvePoint, Outcome
from evenhand.report.charts.frame import WIDTH, Chart, Setting, framed
from evenhand.report.charts.plot import Axis, Label, Lines, Plot, Point

RAILS = ((Outcome.HOLDS, "as stated"), (Outcome.FAILS, "otherwise"), (Outcome.TIED, "tied"))
LEFT = 62


def in_order(points: Sequence[CurvePoint]) -> list[CurvePoint]:
    """From the lowest place to the highest; ties by outcome, then by number."""
    return sorted(points, key=lambda point: (point.percentile, point.outcome, point.combination))


def curve(comparison: Comparison, setting: Setting) -> Chart | None:
    """A rising line of places, and below it one rail for each way a claim can come out; position tells them apart."""
    points = in_order(comparison.curve)
    if not points:
        return None
    rails = [(outcome, name) for outcome, name in RAILS if any(point.outcome == outcome for point in points)]
    layers = [
        Lines((((0, 50), (len(points), 50)),), "soft", 1, (3, 3)),
        Lines((_steps(points),), "accent", 1.8, cap="butt"),
    ]
    labels = [Label(0, y, text, "soft", "right", -6) for y, text in ((0, "last"), (50, "middle"), (100, "first"))]
    for row, (outcome, name) in enumerate(rails):
        y = -22.0 - 17 * row
        layers.append(Lines(_runs(points, outcome, y), "accent" if outcome == Outcome.HOLDS else "soft", 7, cap="butt"))
        layers.append(Lines((((0, y - 7.5), (len(points), y - 7.5)),), "faint", 0.6))
        labels.append(Label(0, y, name, "ink", "right", -6))
    low = -32.0 - 17 * (len(rails) - 1)
    plot = Plot(
        WIDTH,
        150 + 17 * len(rails),
        Axis(0, len(points)),
        Axis(low, 104),
        tuple(layers),
        tuple(labels),
        left=LEFT,
        bottom=4,
    )
    drawn = f"{len(points):,} of {comparison.curve_shown_of:,} results"
    svg = framed(
        "curve",
        setting,
        plot,
        title=f"All results in order: the place of {setting.subject}",
        years=f"Drawn: {drawn}",
        describe=f"{drawn} from the lowest place to the highest, and how the claim came out in each.",
    )
    return Chart("curve", svg, _caption(comparison, points))


def _steps(points: Sequence[CurvePoint]) -> tuple[Point, ...]:
    line: list[Point] = []
    at = 0
    for place, run in groupby(points, key=lambda point: round(100 * point.percentile, 1)):
        length = sum(1 for _ in run)
        line += [(at, place), (at + length, place)]
        at += length
    return tuple(line)


def _runs(points: Sequence[CurvePoint], outcome: Outcome, y: float) -> tuple[tuple[Point, ...], ...]:
    runs: list[tuple[Point, ...]] = []
    at = 0
    for value, run in groupby(points, key=lambda point: point.outcome):
        length = sum(1 for _ in run)
        if value == outcome:
            runs.append(((at, y), (at + length, y)))
        at += length
    return tuple(runs)


def _caption(comparison: Comparison, points: Sequence[CurvePoint]) -> str:
    drawn = f"{len(points):,} of {comparison.curve_shown_of:,} are drawn"
    spaced = "." if len(points) >= comparison.curve_shown_of else ", evenly spaced."
    return (
        "Each step is one way of comparing, sorted by where the subject then stood among all units (first at the top). "
        f"The rows below show in which of them the claim came out as stated; {drawn}{spaced}"
    )
