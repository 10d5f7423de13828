"""What a person should look at in the figures: duplicates, jumps, values out of range, events that left no trace."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

import numpy as np

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.confirmed import CONFIRMED, confirmed
from evenhand.catalog.entries import BlindSpot, Event, Measure
from evenhand.catalog.heads import people_of
from evenhand.catalog.tables import COLUMNS, Figures
from evenhand.catalog.tolls import toll_of
from evenhand.model import BadInputError, closest_words

SuspectKind = Literal["duplicate", "out-of-range", "jump", "border-jump", "blind-spot"]
HEADINGS: dict[SuspectKind, str] = {
    "duplicate": "One source gives two figures for one unit and year",
    "out-of-range": "Figures outside the measure's range",
    "jump": "Implausible jumps, with no catalogued event or change of borders near",
    "border-jump": "Jumps that come from a change of borders (no change is counted across them)",
    "blind-spot": "Events that left no trace in a series that should show them: confirm or leave (--confirm ID)",
}
FACTOR, LEAST, GAP, ENOUGH = 15.0, 0.5, 5, 8
DEATHS, LONGEST, TRACE, NEAR = 0.01, 10, 0.05, 3
KINDS = ("famine", "state-killing", "war", "colonial-war", "blockade")
MOST_FIGURES = 3_000_000


@dataclass(frozen=True, slots=True)
class Suspect:
    """One thing to look at. id: what to confirm it by. where: measure, unit and years; told: what is odd."""

    kind: SuspectKind
    id: str
    measure: str
    unit: str
    start: int
    end: int
    told: str
    event: str = ""
    event_kind: str = ""


def suspects(catalog: Catalog, measures: Sequence[str] = ()) -> Iterator[Suspect]:
    """Everything to look at, measure by measure; measures of over three million figures are left out."""
    for measure in catalog.measures():
        if measures and measure.id not in measures:
            continue
        rows = catalog.figures(measure.id)
        if len(rows.year) > MOST_FIGURES:
            continue
        rows = ordered(rows)
        yield from duplicates(rows, measure)
        yield from out_of_range(rows, measure)
        yield from _jumps(catalog, rows, measure)
        yield from _without_trace(catalog, rows, measure)


def ordered(rows: Figures) -> Figures:
    """By unit, source and year, as the checks below take them."""
    order = np.lexsort((rows.year, rows.source.astype(str), rows.unit.astype(str)))
    names = ("unit", "year", "value", "low", "high", "source", "flags", "layer")
    return Figures(*(getattr(rows, name)[order] for name in names))


def _suspect(kind: SuspectKind, measure: Measure, unit: str, years: tuple[int, int], told: str) -> Suspect:
    return Suspect(kind, f"{kind}:{measure.id}:{unit}:{years[0]}", measure.id, unit, *years, told)


def duplicates(rows: Figures, measure: Measure) -> Iterator[Suspect]:
    """Where does one source give two figures for one unit and year?"""
    same = (rows.unit[1:] == rows.unit[:-1]) & (rows.year[1:] == rows.year[:-1]) & (rows.source[1:] == rows.source[:-1])
    for i in np.flatnonzero(same & (rows.layer[1:] == rows.layer[:-1]) & (rows.value[1:] != rows.value[:-1])):
        year = int(rows.year[i])
        told = f"{rows.source[i]} gives {rows.value[i]:g} and {rows.value[i + 1]:g}"
        yield _suspect("duplicate", measure, str(rows.unit[i]), (year, year), told)


def out_of_range(rows: Figures, measure: Measure) -> Iterator[Suspect]:
    """Which figures lie outside the measure's range?"""
    low = -np.inf if measure.minimum is None else measure.minimum
    high = np.inf if measure.maximum is None else measure.maximum
    for i in np.flatnonzero((rows.value < low) | (rows.value > high)):
        year = int(rows.year[i])
        told = f"{rows.source[i]} gives {rows.value[i]:g}; the range is {low:g} to {high:g}"
        yield _suspect("out-of-range", measure, str(rows.unit[i]), (year, year), told)


def _jumps(catalog: Catalog, rows: Figures, measure: Measure) -> Iterator[Suspect]:
    borders = catalog.panel(measure.id).borders or {} if len(rows.year) else {}
    for unit, years in borders.items():
        for year in years:
            changes = [c.change for c in catalog.border_changes(unit) if abs(c.year - year) <= GAP]
            yield _suspect("border-jump", measure, unit, (year, year), "; ".join(changes))
    if measure.scale == "interval" or measure.maximum == 1 or not len(rows.year) or (rows.value <= 0).any():
        return
    series = (rows.unit[1:] == rows.unit[:-1]) & (rows.source[1:] == rows.source[:-1])
    gaps = np.diff(rows.year)
    steps = np.abs(np.diff(np.log(rows.value)))
    usable = series & (gaps > 0) & (gaps <= GAP)
    if usable.sum() < ENOUGH:
        return
    usual = float(np.median(steps[usable] / gaps[usable]))
    for i in np.flatnonzero(usable & (steps > np.maximum(LEAST, FACTOR * usual * gaps))):
        unit, first, last = str(rows.unit[i]), int(rows.year[i]), int(rows.year[i + 1])
        if not _explained(catalog, unit, first, last, borders.get(unit, ())):
            told = f"{rows.value[i]:g} in {first}, {rows.value[i + 1]:g} in {last} ({rows.source[i]})"
            yield _suspect("jump", measure, unit, (first, last), told)


def _explained(catalog: Catalog, unit: str, first: int, last: int, borders: Sequence[int]) -> bool:
    if catalog.names.unit(unit) is None or any(first < year <= last for year in borders):
        return True
    around = catalog.events_around(unit)
    return any(e.mass_death and e.start - 1 <= last and e.end + 1 >= first for e in around)


def _without_trace(catalog: Catalog, rows: Figures, measure: Measure) -> Iterator[Suspect]:
    """Events of up to ten years that killed one in a hundred or more, and by which no figure is worse by a twentieth."""
    if measure.domain != "health" or measure.better == "neither" or measure.tolls:
        return
    series: dict[str, dict[int, float]] = {}
    for unit, year, value in zip(rows.unit, rows.year, rows.value, strict=True):
        series.setdefault(str(unit), {})[int(year)] = float(value)
    for event in catalog.events():
        if event.kind not in KINDS or event.end - event.start >= LONGEST or not _one_ground(catalog, event):
            continue
        share = _share_killed(catalog, event)
        for unit in event.place if share >= DEATHS else ():
            told = _no_trace(series.get(unit, {}), event, better=measure.better)
            if told and not _known(catalog, measure.id, unit, event):
                yield Suspect("blind-spot", f"{measure.id}:{unit}:{event.id}", measure.id, unit, event.start, event.end,
                              f"{event.name}: {told}; its deaths were about {100 * share:.1f} % of the people",
                              event.id, event.kind)  # fmt: skip


def _one_ground(catalog: Catalog, event: Event) -> bool:
    """Did it happen in one state and its parts? Else nobody knows how many of its deaths fell where."""
    return bool(event.place) and all(other in catalog.kin(event.place[0]) for other in event.place[1:])


def _share_killed(catalog: Catalog, event: Event) -> float:
    people, toll = people_of(catalog, event), toll_of(event.estimates)
    return toll[1] / people.total if people is not None and people.total and toll is not None else 0.0


def _no_trace(figures: dict[int, float], event: Event, *, better: str) -> str:
    """The series around the event, where no year of it is worse than the line from before to after; else nothing."""
    before = [y for y in range(event.start - NEAR, event.start) if y in figures]
    after = [y for y in range(event.end + 1, event.end + NEAR + 1) if y in figures]
    during = [y for y in range(event.start, event.end + 1) if y in figures]
    if not before or not after or len(during) < event.end - event.start + 1:
        return ""
    left, right = median(figures[y] for y in before), median(figures[y] for y in after)
    middle = [(sum(before) / len(before)), (sum(after) / len(after))]
    worse = -1 if better == "higher" else 1
    for year in [*during, after[0]]:
        line = left + (right - left) * (year - middle[0]) / (middle[1] - middle[0])
        if line and worse * (figures[year] - line) / abs(line) >= TRACE:
            return ""
    return "the series reads " + ", ".join(f"{figures[y]:g} in {y}" for y in [before[-1], *during, after[0]])


def _known(catalog: Catalog, measure: str, unit: str, event: Event) -> bool:
    return any(
        (unit in spot.units or "*" in spot.units) and spot.start <= event.end and spot.end >= event.start
        for spot in catalog.blind_spots(measure)
    )


def confirm(catalog: Catalog, id_: str, home: Path) -> BlindSpot:
    """Write a candidate down as a blind spot of the user's own; comparisons that fall into it are refused from then on."""
    found = {one.id: one for one in suspects(catalog) if one.kind == "blind-spot"}
    if id_ not in found:
        close = closest_words(id_, found) or list(found)[:3]
        hint = f"closest: {', '.join(close)}" if close else "there are no candidates"
        raise BadInputError(f"no candidate is called ‘{id_}’", hint=hint)
    one = found[id_]
    spot = BlindSpot(one.measure, (one.unit,), one.start, one.end, one.event_kind, one.told)
    path = home / CONFIRMED
    rows = [*confirmed(home), spot]
    home.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".writing")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS["blind_spots"])
        writer.writerows((s.measure, ";".join(s.units), s.start, s.end, s.event_kind, s.evidence) for s in rows)
    beside.replace(path)
    return spot
