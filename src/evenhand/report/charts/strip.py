"""All units on one line, a dot each, the subject marked: where does it stand?"""

from collections.abc import Sequence

from evenhand.model import Comparison, Mark
from evenhand.report import words
from evenhand.report.charts.frame import WIDTH, Chart, Setting, framed
from evenhand.report.charts.plot import Axis, Label, Lines, Plot, Point, nice_axis

DOT = 5.0
SIDE = 10


def strip(comparison: Comparison, setting: Setting) -> Chart | None:
    """A dot for every unit, stacked where they fall together; None where nothing was scored."""
    marks = sorted(comparison.strip, key=lambda mark: (mark.score, mark.unit))
    if not marks:
        return None
    judged = comparison.judged
    reference = None if any(m.role == "opponent" and m.score == judged.reference for m in marks) else judged.reference
    values = [mark.score for mark in marks] + ([] if reference is None else [reference])
    pad = (max(values) - min(values)) * 0.03 or 1.0
    axis = nice_axis(min(values) - pad, max(values) + pad, 5)
    spots = _stack(marks, axis)
    tall = max((y for _, y in spots), default=0.0)
    plot = _plot(marks, spots, axis, tall, reference)
    title = f"{words.sentence(words.rule(judged.standard)).rstrip('.')}: {judged.measure} ({judged.unit_of_measure})"
    return Chart(
        "strip",
        framed(
            "strip",
            setting,
            plot,
            title=title,
            describe=_describe(marks, setting),
            years=f"Years asked for: {words.years(judged.years)}; used for {setting.subject}: "
            f"{words.years(judged.used)}",
        ),
        _caption(comparison, setting),
    )


def _stack(marks: Sequence[Mark], axis: Axis) -> list[Point]:
    """Where each dot sits: its column by its score, its row by how many are there already."""
    inner = WIDTH - 2 * SIDE
    heights: dict[int, int] = {}
    spots: list[Point] = []
    for mark in marks:
        column = round((mark.score - axis.low) / (axis.high - axis.low) * inner / DOT)
        row = heights.get(column, 0)
        heights[column] = row + 1
        spots.append((axis.low + column * DOT / inner * (axis.high - axis.low), DOT * (row + 0.7)))
    return spots


def _plot(marks: Sequence[Mark], spots: Sequence[Point], axis: Axis, tall: float, reference: float | None) -> Plot:
    def dots(role: str) -> tuple[tuple[Point, ...], ...]:
        return tuple((spot, spot) for mark, spot in zip(marks, spots, strict=True) if mark.role == role)

    top = tall + 42
    layers = [
        Lines(dots("other"), "soft", 4.2),
        Lines(dots("other"), "card", 2.6),
        Lines(dots("peer"), "soft", 4.2),
        Lines(dots("member"), "accent", 5.2),
    ]
    labels: list[Label] = []
    if reference is not None:
        layers.insert(0, Lines((((reference, 0.0), (reference, tall + 9)),), "ink", 1, (3, 3)))
        labels.append(
            _beside(reference, tall + 10, "no difference" if reference == 0 else "middle of the others", axis)
        )
    for mark, (x, y) in zip(marks, spots, strict=True):
        if mark.role == "opponent":
            spot = (((x, y), (x, y)),)
            layers += [Lines((((x, y + 4), (x, tall + 21)),), "ink", 0.8), Lines(spot, "ink", 7.5, cap="square")]
            layers.append(Lines(spot, "card", 4, cap="square"))
            labels.append(_beside(x, tall + 22, words.shorten(mark.name, 34), axis))
    for mark, (x, y) in zip(marks, spots, strict=True):
        if mark.role == "subject":
            layers += [Lines((((x, y + 4), (x, tall + 34)),), "accent", 1), Lines((((x, y), (x, y)),), "accent", 9)]
            labels.append(_beside(x, tall + 35, words.shorten(mark.name, 34), axis, bold=True))
    height = round(top) + 4 + 20
    return Plot(
        WIDTH, height, axis, Axis(0, top), tuple(layers), tuple(labels), left=SIDE, right=SIDE, top=4, bottom=20
    )


def _beside(x: float, y: float, text: str, axis: Axis, *, bold: bool = False) -> Label:
    late = (x - axis.low) / (axis.high - axis.low) > 0.5
    return Label(x, y, text, "accent" if bold else "ink", "right" if late else "left", -4 if late else 4, 0, bold=bold)


def _describe(marks: Sequence[Mark], setting: Setting) -> str:
    count = words.plural(len(marks), "unit")
    ends = f"from {words.number(marks[0].score)} to {words.number(marks[-1].score)}"
    return f"{count}, a dot each, {ends}; {setting.subject} is marked."


def _units(comparison: Comparison) -> int:
    """A group that is judged has a dot of its own beside its members'; it is no unit."""
    grouped = any(mark.role == "member" for mark in comparison.strip)
    return len(comparison.strip) - grouped


def _caption(comparison: Comparison, setting: Setting) -> str:
    judged = comparison.judged
    parts = [
        f"Every unit with figures, {_units(comparison)} in all, under the same rule. Large dot: {setting.subject}."
    ]
    if any(mark.role == "member" for mark in comparison.strip):
        parts.append("Small dots in its colour: its members.")
    if any(mark.role == "opponent" for mark in comparison.strip):
        parts.append("Square: the one it is set against.")
    if any(mark.role == "peer" for mark in comparison.strip):
        parts.append("Filled small dots: those it is compared with; hollow: all others.")
    if judged.rank and judged.of:
        parts.append(f"In this one way of comparing it is number {judged.rank} of {judged.of}.")
    return " ".join(parts)
