"""A measure's figures as a panel: which figure stands for which year and unit, and why a cell is empty."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

import numpy as np

from evenhand.catalog.entries import BlindSpot, Measure, Unit
from evenhand.catalog.kin import StitchRule, lives, spans_crossed
from evenhand.catalog.tables import Figures
from evenhand.compare.panel import Bools, Codes, Floats, Ints, Names, Panel
from evenhand.model import ReasonCode

ScaleRule = Literal["as-published", "log", "per-head", "in-all"]
SCALE_RULES: tuple[ScaleRule, ...] = ("as-published", "log", "per-head", "in-all")
A = TypeVar("A", Floats, Ints)
POPULATION_TOLERANCE = 5
"""How far from a figure's year the population by which it is divided or multiplied may be counted."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What a panel is laid out on.

    events: for each unit the (first, last) years that no tolerance may step over. borders: the same for the years of
    changes of its borders; a figure of such a year may be of the old or of the new ones, and stands for that year alone.
    """

    units: tuple[Unit, ...]
    periods: Ints
    sources: Names
    events: Mapping[str, Sequence[tuple[int, int]]]
    stitch: StitchRule
    tolerance: int = 0
    borders: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)

    @property
    def ids(self) -> Names:
        """The ids of the units, in the panel's order."""
        return tuple(unit.id for unit in self.units)


def preferred(figures: Figures, sources: Names) -> Figures:
    """The rows put in the order in which they give way to each other: what comes last wins its cell.

    What the user gave goes before the catalogue, then sources in the order in which the catalogue lists them.
    """
    rank = {source: i for i, source in enumerate(sources)}
    place = np.array([rank.get(source, len(sources)) for source in figures.source], dtype=np.int64)
    return take(figures, np.lexsort((-place, figures.layer)))


def take(figures: Figures, rows: Ints | Bools) -> Figures:
    """Some rows of the figures."""
    names = ("unit", "year", "value", "low", "high", "source", "flags", "layer")
    return Figures(*(getattr(figures, name)[rows] for name in names))


def lay_out(figures: Figures, scale: Literal["ratio", "interval", "count", "share"], grid: Grid) -> Panel:
    """A panel from figures that are in order of preference.

    A cell takes the figure of its own year, or of the nearest year within the tolerance (the earlier on ties) that does
    not lie beyond an end of the unit's life, nor across a change of its borders or the beginning or end of a mass-death
    event in it.
    """
    wide = _widened(grid)
    first, last = lives(grid.units, grid.stitch)
    alive = (wide[:, None] >= first) & (wide[:, None] <= last)
    found, border, event = _nearest(
        _rows(figures, grid.ids, wide), alive, spans_crossed(grid.events, grid.ids, wide),
        spans_crossed(grid.borders, grid.ids, wide), grid.tolerance,
    )  # fmt: skip
    codes = np.full(found.shape, ReasonCode.NOT_PUBLISHED, dtype=np.uint8)
    codes[event] = ReasonCode.OUTSIDE_TOLERANCE
    codes[border] = ReasonCode.BORDER_CHANGE
    codes[~alive] = ReasonCode.NO_OVERLAP
    codes[found >= 0] = ReasonCode.OK
    asked = slice(grid.tolerance, len(wide) - grid.tolerance)
    found, codes = found[asked], codes[asked]
    years = np.broadcast_to(grid.periods[:, None], found.shape)
    return Panel(
        values=_picked(figures.value, found, np.nan),
        low=_picked(figures.low, found, np.nan),
        high=_picked(figures.high, found, np.nan),
        periods=grid.periods,
        units=grid.ids,
        reason_codes=codes,
        year_used=np.where(found >= 0, _picked(figures.year, found, 0), years),
        source_id=_picked(_source_index(figures, grid.sources), found, -1),
        scale=scale,
    )


def _widened(grid: Grid) -> Ints:
    """The years asked, and those around them that the tolerance reaches."""
    if not len(grid.periods):
        return np.arange(0, 2 * grid.tolerance, dtype=np.int64)
    return np.arange(grid.periods[0] - grid.tolerance, grid.periods[-1] + grid.tolerance + 1, dtype=np.int64)


def _rows(figures: Figures, units: Names, years: Ints) -> Ints:
    """[T, N] the row whose figure is of exactly that year and unit, -1 for none."""
    table = np.full((len(years), len(units)), -1, dtype=np.int64)
    if not len(years):
        return table
    column = {unit: i for i, unit in enumerate(units)}
    columns = np.array([column.get(unit, -1) for unit in figures.unit], dtype=np.int64)
    places = figures.year - years[0]
    fits = np.flatnonzero((columns >= 0) & (places >= 0) & (places < len(years)))
    table[places[fits], columns[fits]] = fits
    return table


def _shifted(table: Ints, by: int, empty: int) -> Ints:
    """The table whose row t is the given one's row t + by."""
    out = np.full_like(table, empty)
    if by == 0:
        return table.copy()
    if abs(by) < len(table):
        if by > 0:
            out[:-by] = table[by:]
        else:
            out[-by:] = table[:by]
    return out


def _nearest(row_of: Ints, alive: Bools, crossed: Ints, moved: Ints, tolerance: int) -> tuple[Ints, Bools, Bools]:
    """[T, N] the row that stands in each cell, and where a border or an event kept a figure within tolerance out."""
    own = np.where(alive, row_of, -1)
    found = own.copy()
    border = np.zeros(found.shape, dtype=bool)
    event = border.copy()
    for distance in range(1, tolerance + 1):
        for by in (-distance, distance):
            there = _shifted(row_of, by, -1)
            elsewhere = moved != _shifted(moved, by, -1)
            border |= (there >= 0) & (elsewhere | (_shifted(own, by, -1) < 0))
            across = crossed != _shifted(crossed, by, -1)
            event |= (there >= 0) & across
            there = np.where(across | elsewhere, -1, _shifted(own, by, -1))
            found = np.where((found < 0) & alive, there, found)
    return found, border, event


def _picked(column: A, rows: Ints, empty: float) -> A:
    if not len(column):
        return np.full(rows.shape, empty, dtype=column.dtype)
    return np.where(rows >= 0, column[rows], column.dtype.type(empty))


def _source_index(figures: Figures, sources: Names) -> Ints:
    index = {source: i for i, source in enumerate(sources)}
    return np.array([index.get(source, -1) for source in figures.source], dtype=np.int64)


def blind_years(spots: Iterable[BlindSpot], measure: str, grid: Grid) -> Bools | None:
    """[T, N] years in which the measure cannot see what happened in that unit; None for never."""
    here = [spot for spot in spots if spot.measure == measure]
    if not here:
        return None
    table = np.zeros((len(grid.periods), len(grid.units)), dtype=bool)
    for spot in here:
        named = np.array([unit in spot.units or "*" in spot.units for unit in grid.ids], dtype=bool)
        table |= ((grid.periods >= spot.start) & (grid.periods <= spot.end))[:, None] & named
    return table if table.any() else None


def in_logs(panel: Panel) -> Panel:
    """Natural logarithms of the figures; what is not above zero, or not on a scale with a zero, has none."""
    if panel.scale == "interval":
        return emptied(panel, ReasonCode.NOT_RATIO_SCALE)
    known = ~np.isnan(panel.values)
    positive = known & (panel.values > 0)
    codes = np.where(known & ~positive, np.uint8(ReasonCode.NOT_RATIO_SCALE), panel.reason_codes)
    return replace(
        panel,
        values=_log(np.where(positive, panel.values, np.nan)),
        low=_log(panel.low),
        high=_log(panel.high),
        reason_codes=codes.astype(np.uint8),
        scale="interval",
    )


def _log(table: Floats) -> Floats:
    return np.log(table, out=np.full_like(table, np.nan), where=table > 0)


def emptied(panel: Panel, code: ReasonCode) -> Panel:
    """The panel without its figures, for one reason; what was missing before keeps its own."""
    empty = np.full_like(panel.values, np.nan)
    codes: Codes = np.where(panel.reason_codes == 0, np.uint8(code), panel.reason_codes).astype(np.uint8)
    return replace(panel, values=empty, low=empty.copy(), high=empty.copy(), reason_codes=codes)


def heads_per_unit(measure: Measure) -> float | None:
    """Of how many people is the figure? 1 for "per person", 1000 for "per 1,000 people", None if of none.

    >>> heads_per_unit(Measure("m", "c", "d", "m", unit="deaths per 1,000 people"))
    1000.0
    >>> heads_per_unit(Measure("m", "c", "d", "m", unit="deaths per 1,000 live births")) is None
    True
    """
    words = measure.unit.casefold()
    many = re.search(r"per (\d[\d,. ]*)?(?:people|persons?|inhabitants?|head|capita)\b", words)
    if many:
        return float(re.sub(r"\D", "", many[1] or "") or 1)
    if re.search(r"% of (?:the )?(?:people|population|inhabitants)", words):
        return 100.0
    return 1.0 if re.search(r"per (?:person|head|capita)\b", measure.name.casefold()) else None


def by_population(panel: Panel, heads: Panel, measure: Measure, rule: ScaleRule) -> Panel:
    """The figures per head or in all, by a panel of population on the same grid.

    A measure that is already what is asked for is left as it is; one that has no such form has none of its figures.
    """
    rate = heads_per_unit(measure)
    counts = measure.scale == "count" and measure.maximum != 1  # a "0 or 1" is a count of nothing
    if (rule == "per-head" and rate is not None) or (rule == "in-all" and counts and rate is None):
        return panel
    if rule == "per-head" and counts:
        return _times(panel, 1 / heads.values, heads, "ratio")
    if rule == "in-all" and rate is not None:
        return _times(panel, heads.values / rate, heads, "count")
    return emptied(panel, ReasonCode.NOT_DEFINED)


def _times(panel: Panel, factor: Floats, heads: Panel, scale: Literal["ratio", "count"]) -> Panel:
    values = panel.values * factor
    lost = np.isnan(values) & (panel.reason_codes == 0)
    codes = np.where(lost, heads.reason_codes, panel.reason_codes).astype(np.uint8)
    return replace(
        panel, values=values, low=panel.low * factor, high=panel.high * factor, reason_codes=codes, scale=scale
    )
