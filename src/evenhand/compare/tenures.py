"""Times in office as units: each leader's own years, laid side by side, so that all are judged alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from evenhand.compare.panel import Bools, Groups, Ints, Panel, Window
from evenhand.compare.reading import NO_YEAR
from evenhand.model import ReasonCode

SPAN = 10
Years = Literal["whole", "a-year-later", "first-ten"]
YEARS: tuple[Years, ...] = ("whole", "a-year-later", "first-ten")


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Who ruled where and when. ids: K. column: [K] of the panel of states. start, end: [K] calendar years."""

    ids: tuple[str, ...]
    column: Ints
    start: Ints
    end: Ints


def in_office(panel: Panel, terms: Terms, years: Years) -> Panel:
    """What did the measure do over each time in office? A panel with two periods, 0 and 10, and a column for each.

    At 0 stands the figure of the state in the first year, at 10 what it would be ten years on at the pace of the whole
    time: start + 10 x (end - start) / years between. ``a-year-later``: both ends a year after taking and leaving office.
    ``first-ten``: the first ten years alone. A term is blind if the state's figure of either year is, and has no score
    across a jump of borders. The calendar years used are in ``used_years`` of :func:`calendar`.
    """
    first, last = _asked(terms, years)
    values, low, high, codes = (_empty(terms, fill) for fill in (np.nan, np.nan, np.nan, 0.0))
    blind = np.zeros(values.shape, dtype=bool)
    sources = np.full(values.shape, -1, dtype=np.int64)
    rows = [_row(panel, first), _row(panel, last)]
    used = calendar(panel, terms, years)
    for k, row in enumerate(rows):
        inside = row >= 0
        at = row[inside], terms.column[inside]
        values[k, inside], low[k, inside], high[k, inside] = panel.values[at], panel.low[at], panel.high[at]
        codes[k] = ReasonCode.NOT_PUBLISHED
        codes[k, inside] = panel.reason_codes[at]
        sources[k, inside] = panel.source_id[at]
        blind[k] = _blind(panel, terms.column, used[:, k])
    span = np.where((used != NO_YEAR).all(axis=1) & (used[:, 1] > used[:, 0]), used[:, 1] - used[:, 0], np.nan)
    values[1] = values[0] + SPAN * (values[1] - values[0]) / span
    low[1], high[1] = (values[0] + SPAN * (bound - values[0]) / span for bound in (low[1], high[1]))
    _refuse(values, codes, _crossed(panel, terms, used), ReasonCode.BORDER_CHANGE)
    _refuse(values, codes, _strays(used, last - first), ReasonCode.OUTSIDE_TOLERANCE)
    codes[~np.isnan(values)] = ReasonCode.OK
    codes[np.isnan(values) & (codes == 0)] = ReasonCode.NOT_PUBLISHED
    periods = np.array([0, SPAN], dtype=np.int64)
    return Panel(
        values, low, high, periods, terms.ids, codes.astype(np.uint8), np.repeat(periods[:, None], len(terms.ids), axis=1),
        sources, scale=panel.scale, blind=blind if blind.any() else None,
    )  # fmt: skip


def calendar(panel: Panel, terms: Terms, years: Years) -> Ints:
    """[K, 2] the calendar years whose figures stand at the two ends of each term, -1 for none."""
    out = []
    for asked in _asked(terms, years):
        row = _row(panel, asked)
        found = row >= 0
        used = np.full(len(row), NO_YEAR, dtype=np.int64)
        used[found] = panel.year_used[row[found], terms.column[found]]
        missing = np.isnan(panel.values[np.maximum(row, 0), terms.column])
        out.append(np.where(found & ~missing, used, NO_YEAR))
    return np.stack(out, axis=1)


def _asked(terms: Terms, years: Years) -> tuple[Ints, Ints]:
    if years == "first-ten":
        return terms.start, terms.start + SPAN
    later = 1 if years == "a-year-later" else 0
    return terms.start + later, terms.end + later


def _empty(terms: Terms, fill: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.full((2, len(terms.ids)), fill)


def _row(panel: Panel, years: Ints) -> Ints:
    row = np.searchsorted(panel.periods, years)
    inside = (row < len(panel.periods)) & (panel.periods[np.minimum(row, len(panel.periods) - 1)] == years)
    return np.where(inside, row, -1).astype(np.int64)


def _blind(panel: Panel, column: Ints, years: Ints) -> Bools:
    if panel.blind is None:
        return np.zeros(len(column), dtype=bool)
    row = _row(panel, years)
    seen: Bools = (row >= 0) & panel.blind[np.maximum(row, 0), column]
    return seen


def _crossed(panel: Panel, terms: Terms, used: Ints) -> Bools:
    borders = panel.borders or {}
    jumps = [borders.get(panel.units[column], ()) for column in terms.column]
    return np.array(
        [any(first < year <= last for year in years) for years, (first, last) in zip(jumps, used, strict=True)],
        dtype=bool,
    )


def _strays(used: Ints, asked: Ints) -> Bools:
    """The years used must lie within a fifth of those asked, as in every window."""
    both = (used != NO_YEAR).all(axis=1)
    strays: Bools = both & (5 * np.abs(used[:, 1] - used[:, 0] - asked) > asked)
    return strays


def _refuse(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    codes: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    refused: Bools,
    code: ReasonCode,
) -> None:
    values[1, refused] = np.nan
    codes[1, refused] = code


@dataclass(frozen=True, slots=True)
class Contemporaries:
    """Those who took office within so many years of one another. start: for each column, its first year."""

    start: tuple[int, ...]
    within: int = SPAN
    lists: ClassVar[bool] = False
    of_figures: ClassVar[bool] = False
    reads: ClassVar[frozenset[str]] = frozenset()

    def of(self, panel: Panel, window: Window, groups: Groups) -> Bools:  # noqa: ARG002
        """[N, N], row u: the peers of u."""
        years = np.array(self.start)
        near: Bools = (np.abs(years[:, None] - years[None, :]) <= self.within) & ~groups.kin
        np.fill_diagonal(near, val=False)
        return near


def kin_of_terms(people: Sequence[tuple[str, str]], start: Ints, end: Ints, states: Bools) -> Bools:
    """[K, K] who is never set against whom: terms of one person, and terms that ran at one time on one ground.

    people: (person, state) of each term. states: [K, K] whether the two states are one, or kin.
    """
    same = np.array([[one == other for other in people] for one in people], dtype=bool).reshape(len(people), -1)
    together = (start[:, None] < end[None, :]) & (start[None, :] < end[:, None])
    kin: Bools = same | (states & together)
    np.fill_diagonal(kin, val=False)
    return kin
