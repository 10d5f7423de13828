"""The subject's line among its peers' on one shared axis, the years that were actually used marked."""

from collections.abc import Sequence

from evenhand.model import Comparison, Track
from evenhand.model.words import plural
from evenhand.report import words
from evenhand.report.charts.frame import WIDTH, Chart, Setting, framed
from evenhand.report.charts.plot import LETTER, Axis, Ink, Label, Lines, Plot, Point, nice_axis, year_axis
from evenhand.report.comparing import years_told

HEIGHT = 224


def tracks(comparison: Comparison, setting: Setting) -> Chart | None:
    """Lines of all units that take part; None where there is no figure to draw."""
    shown = [track for track in comparison.tracks if track.values]
    if not shown:
        return None
    judged = comparison.judged
    values = [value for track in shown for value in (*track.values, *_bounds(track))]
    pad = (max(values) - min(values)) * 0.04 or 1.0
    all_years = [year for track in shown for year in track.years]
    x = year_axis(min(all_years), max(all_years))
    y = nice_axis(min(values) - pad, max(values) + pad, 5)
    layers = [*_events(comparison, x, y), *_lines(shown), *_used(shown, judged.used)]
    left = 10 + round(6.1 * max(len(f"{tick:{y.number_format}}") for tick in (*y.ticks, 0)))
    room = int((WIDTH - left - 4) / LETTER) - 4
    labels = _labels(shown, judged.used, x, y, room)
    plot = Plot(WIDTH, HEIGHT, x, y, tuple(layers), tuple(labels), left=left, right=14, top=32)
    title = f"{judged.measure} ({judged.unit_of_measure}), {'in office' if judged.years_in_office else 'year by year'}"
    svg = framed(
        "tracks",
        setting,
        plot,
        title=title,
        describe=_describe(shown, setting),
        years=years_told(judged, setting.subject, dots=True),
    )
    return Chart("tracks", svg, _caption(comparison, shown, setting))


def _bounds(track: Track) -> list[float]:
    return [bound for bound in (*track.low, *track.high) if bound is not None] if track.role == "subject" else []


def _path(track: Track) -> tuple[Point, ...]:
    return tuple((float(year), value) for year, value in zip(track.years, track.values, strict=True))


def _drawn(track: Track) -> tuple[Point, ...]:
    """A line; where there is one year only, a dot of the line's width."""
    path = _path(track)
    return path if len(path) > 1 else (*path, *path)


def _lines(shown: Sequence[Track]) -> list[Lines]:
    looks: tuple[tuple[str, Ink, float, tuple[int, ...]], ...] = (
        ("other", "faint", 0.7, ()),
        ("peer", "line", 0.7, ()),
        ("member", "accent", 0.6, ()),
        ("opponent", "ink", 1.8, (5, 3)),
        ("subject", "accent", 2.4, ()),
    )
    layers = [
        Lines(tuple(_drawn(track) for track in shown if track.role == role), ink, width, dash)
        for role, ink, width, dash in looks
    ]
    ranges = tuple(
        ((float(year), low), (float(year), high))
        for track in shown
        if track.role == "subject"
        for year, low, high in zip(track.years, track.low, track.high, strict=False)
        if low is not None and high is not None
    )
    return [layer for layer in (*layers, Lines(ranges, "accent", 1)) if layer.lines]


def _used(shown: Sequence[Track], used: tuple[int, int] | None) -> list[Lines]:
    spots = [spot for track in shown if track.role == "subject" for spot in _path(track) if used and spot[0] in used]
    dots = tuple((spot, spot) for spot in spots)
    return [Lines(dots, "accent", 9), Lines(dots, "card", 4)] if dots else []


def _labels(shown: Sequence[Track], used: tuple[int, int] | None, x: Axis, y: Axis, room: int) -> list[Label]:
    """Names above the plot, where they cross no line; the figures of the years used beside their dots.

    room: the letters that a name may have.
    """
    labels: list[Label] = []
    named = [track for role in ("subject", "opponent") for track in shown if track.role == role]
    for row, track in enumerate(named[:2]):
        own = track.role == "subject"
        name = f"{chr(8212) if own else '- -'} {words.shorten(track.name, room)}"
        labels.append(Label(x.low, y.high, name, "accent" if own else "ink", "left", -2, -22 + 13 * row, bold=own))
    for track in named[:1]:
        for year, value in _path(track):
            if used and year in used:
                late = year > (x.low + x.high) / 2
                labels.append(
                    Label(year, value, words.number(value), "accent", "right" if late else "left", 0, -12, bold=True)
                )
    return labels


def _events(comparison: Comparison, x: Axis, y: Axis) -> list[Lines]:
    years = sorted(
        {year for _, _, first, last in comparison.event_marks for year in (first, last) if x.low <= year <= x.high}
    )
    rules = tuple(((float(year), y.low), (float(year), y.high)) for year in years)
    return [Lines(rules, "ink", 0.8, (1, 3), "butt")] if rules else []


def _describe(shown: Sequence[Track], setting: Setting) -> str:
    thick = f"; {setting.subject} is the thick one" if any(track.role == "subject" for track in shown) else ""
    return f"{plural(len(shown), 'line')} on one axis{thick}."


def _caption(comparison: Comparison, shown: Sequence[Track], setting: Setting) -> str:
    members = sum(track.role == "member" for track in shown)
    others = sum(track.role not in {"subject", "member"} for track in shown)
    parts = []
    if any(track.role == "subject" for track in shown):
        dots = "; its large dots are the years used" if comparison.judged.used else ""
        middle = ", the middle one of its members with figures" if members else ""
        parts.append(f"Thick: {setting.subject}{middle}{dots}.")
    if members:
        parts.append(f"Thin in its colour: {plural(members, 'member')} of the group.")
    if others:
        parts.append(f"Thin: {plural(others, 'other')}.")
    if any(track.role == "opponent" for track in shown):
        parts.append("Dashed: the one it is set against.")
    if any(track.role == "subject" and any(low is not None for low in track.low) for track in shown):
        parts.append("Upright bars: from its lowest to its highest published figure.")
    if comparison.event_marks:
        named = "; ".join(
            f"{name} ({unit}, {words.years((first, last))})" for name, unit, first, last in comparison.event_marks
        )
        parts.append(f"Dotted uprights, events between the years: {named}.")
    return " ".join(parts)
