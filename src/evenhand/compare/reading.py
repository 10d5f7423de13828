"""Which figures a standard reads: the end points of a window, and the path between them."""

from dataclasses import dataclass, replace

import numpy as np

from evenhand.compare.panel import Bools, Codes, Floats, Ints, Panel, Window
from evenhand.model import ReasonCode

GRAIN = 1e-10
NO_YEAR = -1


@dataclass(frozen=True, slots=True, eq=False)
class EndPoints:
    """The figures at both ends of a window.

    start, end: [N], NaN where there is none; kept where the unit is blind. used: [N, 2] the years whose figures they
    are. codes: [N] of ``ReasonCode``.
    """

    start: Floats
    end: Floats
    used: Ints
    codes: Codes

    @property
    def sees(self) -> Bools:
        """Who can be scored: [N]."""
        seeing: Bools = self.codes == ReasonCode.OK
        return seeing

    @property
    def blind(self) -> Bools:
        """Who has figures that cannot see what happened: [N]."""
        unseeing: Bools = self.codes == ReasonCode.BLIND_SPOT
        return unseeing


def grain_of(panel: Panel) -> float:
    """Below what difference are two figures of this panel the same figure, written by a machine that rounds?"""
    if panel.memo is not None and "grain" in panel.memo:
        return float(panel.memo["grain"])
    grain = GRAIN * float(np.fmax.reduce(np.abs(panel.values), axis=None, initial=0.0))
    if panel.memo is not None:
        panel.memo["grain"] = grain
    return grain


def end_points(panel: Panel, window: Window) -> EndPoints:
    """Which figures stand at the start and the end of a window?

    A year borrowed within the tolerance never lies across the event, and the span of the years used lies within 20 % of
    the asked one; else ``OUTSIDE_TOLERANCE``. A year used that lies in a blind spot makes the unit ``BLIND_SPOT``; a jump of the
    borders between the years used ``BORDER_CHANGE``.
    """
    if panel.memo is not None and panel.memo.get("window") == window:
        kept: EndPoints = panel.memo["ends"]
        return kept
    ends = _end_points(panel, window)
    if panel.memo is not None:
        panel.memo.update(window=window, ends=ends)
    return ends


def _end_points(panel: Panel, window: Window) -> EndPoints:
    start, start_codes, start_used = _at(panel, window.start)
    end, end_codes, end_used = _at(panel, window.end)
    codes = _join(start_codes, end_codes)
    used = np.stack([start_used, end_used], axis=1)
    if (start_used != window.start).any() or (end_used != window.end).any():
        codes = np.where((codes == 0) & _strays(used, window), np.uint8(ReasonCode.OUTSIDE_TOLERANCE), codes)
    if panel.blind is not None:
        blind = _blind_at(panel, window.start, start_used) | _blind_at(panel, window.end, end_used)
        codes = np.where((codes == 0) & blind, np.uint8(ReasonCode.BLIND_SPOT), codes)
    if panel.borders is not None:
        crossed = (codes == 0) & borders_crossed(panel, used[:, 0], used[:, 1])
        codes = np.where(crossed, np.uint8(ReasonCode.BORDER_CHANGE), codes)
    return EndPoints(start, end, used, codes)


def end_point(panel: Panel, window: Window) -> EndPoints:
    """Which figure stands at the end of a window? ``start`` repeats it."""
    end, codes, used = _at(panel, window.end)
    if window.start < window.event:
        codes = np.where((codes == 0) & (used < window.event), np.uint8(ReasonCode.OUTSIDE_TOLERANCE), codes)
    if panel.blind is not None:
        blind = _blind_at(panel, window.end, used)
        codes = np.where((codes == 0) & blind, np.uint8(ReasonCode.BLIND_SPOT), codes)
    return EndPoints(end, end, np.stack([used, used], axis=1), codes)


def path(panel: Panel, first: int, last: int) -> tuple[slice, Bools]:
    """Which cells from one year to another hold a figure of their own? The rows, and a mask [rows, N].

    A figure that the tolerance repeats in neighbouring rows counts once: in the row of its own year, or else the first.
    """
    rows = slice(int(np.searchsorted(panel.periods, first)), int(np.searchsorted(panel.periods, last, side="right")))
    has: Bools = ~np.isnan(panel.values[rows])
    years, used = panel.periods[rows], panel.year_used[rows]
    own = used == years[:, None]
    if len(has) < 2 or (own | ~has).all():
        return rows, has
    again = np.zeros_like(has)
    again[1:] = has[1:] & has[:-1] & (used[1:] == used[:-1])
    place = np.minimum(np.searchsorted(years, used), len(years) - 1)
    elsewhere = np.take_along_axis(has & own, place, axis=0) & (years[place] == used)
    return rows, has & (own | ~(again | elsewhere))


def weights_in_time(has: Bools, years: Ints, *, outward: bool = False) -> Floats:
    """How much time does each figure stand for? [rows, ...], 0 where there is none; years ascend along the rows.

    Half the time from the figure before to the one after; for the first and the last figure half the time to their only
    neighbour. With them the mean is that of the line from figure to figure. outward: the first and last stand for as
    much time on their outer side, so that figures at equal distances weigh the same, and a single figure weighs 1.
    """
    none = np.iinfo(np.int64).min // 4
    before, after = np.full(has.shape, none), np.full(has.shape, -none)
    before[1:] = np.maximum.accumulate(np.where(has, years, none), axis=0)[:-1]
    after[:-1] = np.minimum.accumulate(np.where(has, years, -none)[::-1], axis=0)[::-1][1:]
    first, last = before == none, after == -none
    if outward:
        twice = np.where(
            first, np.where(last, 2, 2 * (after - years)), np.where(last, 2 * (years - before), after - before)
        )
    else:
        twice = np.where(last, years, after) - np.where(first, years, before)
    weights: Floats = np.where(has, twice, 0) / 2
    return weights


def blind_path(panel: Panel, first: Ints | int, last: Ints | int) -> Bools:
    """Who is blind in any year from first to last? [N]."""
    if panel.blind is None:
        return np.zeros(len(panel.units), dtype=bool)
    years = panel.periods[:, None]
    inside: Bools = panel.blind & (years >= first) & (years <= last)
    seen: Bools = np.logical_or.reduce(inside, axis=0)
    return seen


def borders_crossed(panel: Panel, first: Ints | int, last: Ints | int) -> Bools:
    """Whose figures jump, since the borders changed, after the first year and by the last? [N]."""
    crossed = np.zeros(len(panel.units), dtype=bool)
    if not panel.borders:
        return crossed
    place = {unit: i for i, unit in enumerate(panel.units)}
    starts, ends = (np.broadcast_to(np.asarray(year), crossed.shape) for year in (first, last))
    for unit, years in panel.borders.items():
        i = place.get(unit)
        if i is not None:
            crossed[i] = any(starts[i] < year <= ends[i] for year in years)
    return crossed


def seeing_all(panel: Panel) -> Panel:
    """The same figures, as if the measure had no blind spots."""
    return panel if panel.blind is None else replace(panel, blind=None)


def _at(panel: Panel, year: int) -> tuple[Floats, Codes, Ints]:
    row = int(np.searchsorted(panel.periods, year))
    if row == len(panel.periods) or panel.periods[row] != year:
        n = len(panel.units)
        nothing = np.full(n, ReasonCode.NOT_PUBLISHED, dtype=np.uint8)
        return np.full(n, np.nan), nothing, np.full(n, NO_YEAR, dtype=np.int64)
    values, codes = panel.values[row], panel.reason_codes[row]
    missing = np.isnan(values)
    if not missing.any():
        return values, np.zeros(len(values), dtype=np.uint8), panel.year_used[row]
    codes = np.where(missing, np.where(codes == 0, np.uint8(ReasonCode.NOT_PUBLISHED), codes), np.uint8(0))
    return values, codes, np.where(missing, NO_YEAR, panel.year_used[row])


def _join(start: Codes, end: Codes) -> Codes:
    """The first reason; that a unit did not exist goes before all others."""
    absent = np.uint8(ReasonCode.NO_OVERLAP)
    return np.where((start == absent) | (end == absent), absent, np.where(start != 0, start, end))


def _strays(used: Ints, window: Window) -> Bools:
    asked = window.end - window.start
    stray: Bools = 5 * np.abs(used[:, 1] - used[:, 0] - asked) > asked
    if window.start < window.event:
        stray |= (used[:, 0] >= window.event) | (used[:, 1] < window.event)
    return stray


def _blind_at(panel: Panel, asked: int, used: Ints) -> Bools:
    """Blind in the year used; where that year has no row of its own, in the year asked."""
    assert panel.blind is not None
    last = len(panel.periods) - 1
    rows = np.minimum(np.searchsorted(panel.periods, used), last)
    own = panel.periods[rows] == used
    row = min(int(np.searchsorted(panel.periods, asked)), last)
    units = np.arange(len(panel.units))
    blind: Bools = np.where(own, panel.blind[rows, units], panel.blind[row]) & (used != NO_YEAR)
    return blind
