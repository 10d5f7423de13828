"""All units on one line, a dot each, the subject marked: where does it stand?"""

from collections.abc import Sequence
from dataclasses import replace

from evenhand.model import Comparison, Mark
from evenhand.model.words import plural
from evenhand.report import words
from evenhand.report.charts.frame import WIDTH, Chart, Setting, framed
from evenhand.report.charts.plot import LETTER, Axis, Label, Lines, Plot, Point, beside, nice_axis
from evenhand.report.comparing import has_members, own_way_judged, score_unit, shown_score, units_drawn, years_told

DOT = 5.0
SIDE = 10


def strip(comparison: Comparison, setting: Setting) -> Chart | None:
    """A dot for every unit, stacked where they fall together; None where nothing was scored."""
    judged = comparison.judged
    marks = [
        replace(mark, score=shown_score(judged, mark.score))
        for mark in sorted(comparison.strip, key=lambda mark: (mark.score, mark.unit))
    ]
    if not marks:
        return None
    reference = None if judged.reference is None else shown_score(judged, judged.reference)
    if any(mark.role == "opponent" and mark.score == reference for mark in marks):
        reference = None
    values = [mark.score for mark in marks] + ([] if reference is None else [reference])
    pad = (max(values) - min(values)) * 0.03 or 1.0
    axis = nice_axis(min(values) - pad, max(values) + pad, 5)
    spots = _stack(marks, axis)
    tall = max((y for _, y in spots), default=0.0)
    plot = _plot(marks, spots, axis, tall, reference)
    title = f"{words.sentence(words.rule(judged.standard)).rstrip('.')}: {judged.measure} ({score_unit(judged)})"
    return Chart(
        "strip",
        framed(
            "strip",
            setting,
            plot,
            title=title,
            describe=_describe(comparison, marks, setting),
            years=years_told(judged, setting.subject),
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
            labels.append(_beside(x, tall + 22, mark.name, axis))
    for mark, (x, y) in zip(marks, spots, strict=True):
        if mark.role == "subject":
            layers += [Lines((((x, y + 4), (x, tall + 34)),), "accent", 1), Lines((((x, y), (x, y)),), "accent", 9)]
            labels.append(_beside(x, tall + 35, mark.name, axis, bold=True))
    height = round(top) + 4 + 20
    return Plot(
        WIDTH, height, axis, Axis(0, top), tuple(layers), tuple(labels), left=SIDE, right=SIDE, top=4, bottom=20
    )


def _beside(x: float, y: float, text: str, axis: Axis, *, bold: bool = False) -> Label:
    """A name on that side of its dot on which it stays in the picture."""
    inner = WIDTH - 2 * SIDE
    shown = words.shorten(text, int((WIDTH - 8) / LETTER))
    at = (x - axis.low) / (axis.high - axis.low) * inner
    align, dx = beside(at, shown, (4 - SIDE, inner + SIDE - 4))
    return Label(x, y, shown, "accent" if bold else "ink", align, round(dx, 1), 0, bold=bold)


def _describe(comparison: Comparison, marks: Sequence[Mark], setting: Setting) -> str:
    count = plural(units_drawn(comparison), "unit")
    ends = f"from {words.number(marks[0].score)} to {words.number(marks[-1].score)}"
    return f"{count}, a dot each, {ends}{_marked(comparison, setting)}."


def _marked(comparison: Comparison, setting: Setting) -> str:
    return f"; {setting.subject} is marked" if any(mark.role == "subject" for mark in comparison.strip) else ""


def _caption(comparison: Comparison, setting: Setting) -> str:
    judged, roles = comparison.judged, {mark.role for mark in comparison.strip}
    parts = [f"Every unit with figures, {units_drawn(comparison):,} in all, under the same rule."]
    if "subject" in roles:
        own = ", the group as a whole" if has_members(comparison) else ""
        parts.append(f"Large dot: {setting.subject}{own}.")
    if "member" in roles:
        parts.append(f"Small dots in {'its' if 'subject' in roles else 'the dark'} colour: the group's members.")
    if "opponent" in roles:
        parts.append("Square: the one it is set against.")
    if "peer" in roles:
        parts.append("Filled small dots: those it is compared with; hollow: all others.")
    if not own_way_judged(comparison):
        why = f": {judged.why}" if judged.why else ""
        parts.append(f"In the claim's own words it could not be judged{why}. The share comes from the other ways.")
    elif judged.rank and judged.of and not has_members(comparison):
        parts.append(f"In this one way of comparing it is number {judged.rank:,} of {judged.of:,}.")
    return " ".join(parts)
