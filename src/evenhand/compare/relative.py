"""Standards whose scores are already relative to peers of their own choosing: the reference is 0."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.counting import masked_medians
from evenhand.compare.fits import Fits, Jobs
from evenhand.compare.nearness import distances, nearest, row_medians
from evenhand.compare.panel import Bools, Codes, Floats, Groups, Ints, Panel, Scores, Window
from evenhand.compare.pools import Pool, donor_pools
from evenhand.compare.reading import (
    GRAIN,
    NO_YEAR,
    blind_path,
    borders_crossed,
    end_points,
    grain_of,
    path,
    weights_in_time,
)
from evenhand.compare.staggered import starts_of
from evenhand.compare.standards import PANEL_KINDS, Reference
from evenhand.model import ReasonCode

ENOUGH_PEERS = 3


@dataclass(frozen=True, slots=True)
class Relative:
    """What the standards have in common whose reference is 0."""

    name: ClassVar[str] = ""
    reads: ClassVar[frozenset[str]] = PANEL_KINDS | {"window", "values", "membership", "aggregate"}
    needs_pre: ClassVar[bool] = False
    reference: ClassVar[Reference] = "zero"
    oriented: ClassVar[bool] = False
    separable: ClassVar[bool] = False
    is_level: ClassVar[bool] = False
    unit: ClassVar[str] = "measure"

    def read(self, window: Window) -> Window:
        return window

    def before(self, window: Window) -> int | None:
        return window.start


@dataclass(frozen=True, slots=True)
class NearestPeers(Relative):
    """Did it do better than those that started where it did?

    Score: its change minus the median change of the k units nearest at the start, on the panel's own measure and on
    those of the panels ``on`` (units in the panel's order). Units at a tied distance all enter, kin never. Fewer than
    min(3, k) of them: ``TOO_FEW_PEERS``; over 20 % of them blind: ``BLIND_SPOT``.
    """

    k: int = 5
    on: tuple[Panel, ...] = ()
    name: ClassVar[str] = "nearest-peers"
    equal_to: ClassVar[str | None] = None

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores:
        return self.score_among(panel, panel, window, groups)

    def score_among(self, own: Panel, others: Panel, window: Window, groups: Groups) -> Scores:
        """What does each u score when it alone has its figures from ``own``, and all others from ``others``?"""
        mine, theirs = end_points(own, window), end_points(others, window)
        n = len(own.units)
        there = theirs.sees | theirs.blind
        allowed = there[None, :] & ~groups.kin & ~np.eye(n, dtype=bool)
        near = nearest(distances(mine.start, theirs.start, self.on, window.start), self.k, allowed)
        seen = near & theirs.sees[None, :]
        change = np.where(theirs.sees, theirs.end - theirs.start, 0.0)
        values = mine.end - mine.start - row_medians(change, seen)
        codes = _refuse(mine.codes, near & ~seen, near, seen.sum(axis=1) < min(ENOUGH_PEERS, self.k))
        return Scores(np.where(codes == 0, values, np.nan), codes, "zero", mine.used, grain_of(own))

    def worlds(self, own: Panel, others: Panel, window: Window, groups: Groups) -> tuple[Scores, Floats]:
        """The same, and [N, N]: row u, what all others score in u's world (NaN at u itself).

        Only u's figures differ from world to world, so the k-th distance from v moves by one place at most, and nobody
        beyond the k + 1 nearest of v can enter.
        """
        mine, theirs = end_points(own, window), end_points(others, window)
        n, k = len(own.units), self.k
        there = theirs.sees | theirs.blind
        free = ~groups.kin & ~np.eye(n, dtype=bool)
        start = distances(theirs.start, theirs.start, self.on, window.start)
        reach = np.where(free & there[None, :] & ~np.isnan(start), start, np.inf)
        moved = distances(mine.start, theirs.start, self.on, window.start)
        moved = np.where(free & (mine.sees | mine.blind)[:, None] & ~np.isnan(moved), moved, np.inf)
        order = np.argsort(reach, axis=1, kind="stable")
        ranked = np.pad(np.take_along_axis(reach, order, axis=1), ((0, 0), (1, k + 1)), constant_values=np.inf)
        ranked[:, 0] = -np.inf
        lower = np.where(ranked[:, k - 1] >= reach.T, ranked[:, k], ranked[:, k - 1])  # [u, v]: k - 1 nearest but for u
        upper = np.where(ranked[:, k] >= reach.T, ranked[:, k + 1], ranked[:, k])
        slack = GRAIN * float(np.where(np.isinf(reach), 0.0, reach).max(initial=0.0))
        limit = np.maximum(lower, np.minimum(moved, upper)) + slack
        widest = int((np.isfinite(reach) & (reach <= ranked[:, k + 1, None] + slack)).sum(axis=1).max(initial=0))
        cast = order[:, :widest]
        far = np.take_along_axis(reach, cast, axis=1)
        inside = np.isfinite(far)[None] & (far[None] <= limit[:, :, None]) & (cast[None] != np.arange(n)[:, None, None])
        enters = np.isfinite(moved) & (moved <= limit)
        near = np.concatenate([inside, enters[:, :, None]], axis=2)
        sees = np.concatenate([np.broadcast_to(theirs.sees[cast], inside.shape), _column(mine.sees, n)], axis=2)
        change = np.where(theirs.sees, theirs.end - theirs.start, 0.0)
        rises = np.concatenate([np.broadcast_to(change[cast], inside.shape), _column(mine.end - mine.start, n)], axis=2)
        seen = near & sees
        few = seen.sum(axis=2) < min(ENOUGH_PEERS, k)
        blind = 5 * (near & ~sees).sum(axis=2) > near.sum(axis=2)
        table = change - masked_medians(rises, seen)
        table[few | blind | ~theirs.sees[None, :] | np.eye(n, dtype=bool)] = np.nan
        return self.score_among(own, others, window, groups), table


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences(Relative):
    """Did it break away after the event, more than the others did?

    Score: the mean of its years in [event, end] minus that of [start, event), minus the same of the mean donor; where
    start is the event, of the two end points. A donor is met on the years that both have figures for, so that gaps do
    not change who is compared; each such year stands for the time nearest to it, so that where figures are dense they do
    not count for more (at equal distances: the plain mean).

    pool: ``unexposed`` (nobody uses a donor exposed in the window: Abadie, Diamond,
    Hainmueller 2010), ``not-alike`` (the exposed leave each other's pools) or ``all``; kin never. At least three donors
    and half of the pool.

    starts: where ``exposed``, the time after begins for each exposed unit in its own first exposed year of the window
    (its group-time averages' mean where all starts are its own; see ``group_time``), for all others at the event.
    """

    pool: Pool = "unexposed"
    starts: Literal["window", "exposed"] = "window"
    name: ClassVar[str] = "difference-in-differences"
    reads: ClassVar[frozenset[str]] = Relative.reads | {"pool"}
    needs_pre: ClassVar[bool] = True

    @property
    def equal_to(self) -> str | None:
        """On end points and against all, x - mean(others) is N / (N - 1) times x less a constant: it orders as Change."""
        return "change" if self.pool == "all" and self.starts == "window" else None

    def before(self, window: Window) -> int | None:
        return window.event - 1 if window.start < window.event else window.start

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores:
        return self.score_among(panel, panel, window, groups)

    def score_among(self, own: Panel, others: Panel, window: Window, groups: Groups) -> Scores:
        """What does each u score when it alone has its figures from ``own``, and all others from ``others``?"""
        if self.starts == "window":
            return self._score(own, others, window, groups)
        found = [(self._score(own, others, at, groups), who) for at, who in _cohorts(own, window, groups)]
        return _joined([scores for scores, _ in found], [who for _, who in found])

    def _score(self, own: Panel, others: Panel, window: Window, groups: Groups) -> Scores:
        mine, theirs = _spells(own, window), _spells(others, window)
        donors = donor_pools(own, window, groups, self.pool)
        pool = donors & (theirs.codes != ReasonCode.NO_OVERLAP)[None, :]
        apart, met = _did(mine, theirs)
        near = donors & _has_figures(theirs.codes)[None, :] & met
        seen = near & (theirs.codes == 0)[None, :]
        count = seen.sum(axis=1)
        table = np.sort(np.where(seen, apart, np.inf), axis=1)  # sorted: the sum knows no order of units
        values = np.where(np.isinf(table), 0.0, table).sum(axis=1) / np.maximum(count, 1)
        codes = _refuse(mine.codes, near & ~seen, near, (count < ENOUGH_PEERS) | (2 * count < pool.sum(axis=1)))
        return Scores(np.where(codes == 0, values, np.nan), codes, "zero", mine.used, grain_of(own))

    def worlds(self, own: Panel, others: Panel, window: Window, groups: Groups) -> tuple[Scores, Floats]:
        """The same, and [N, N]: row u, what all others score in u's world (NaN at u itself)."""
        if self.starts == "window":
            return self._worlds(own, others, window, groups)
        cohorts = _cohorts(own, window, groups)
        found = [self._worlds(own, others, at, groups) for at, _ in cohorts]
        table = sum(np.where(who[None, :], part, 0.0) for (_, part), (_, who) in zip(found, cohorts, strict=True))
        return _joined([scores for scores, _ in found], [who for _, who in cohorts]), np.asarray(table)

    def fit(self, panel: Panel, window: Window, groups: Groups, jobs: Jobs | None = None) -> Fits:
        """Paths, errors and the (equal) weights of the donors, of units with a figure in every period that counts.

        As ``SyntheticControl.fit``; where figures have gaps, ``score`` takes more units than this.
        """
        from evenhand.compare.synthetic.parallel import Parallel  # noqa: PLC0415

        return Parallel(self.pool).fit(panel, window, groups, jobs)

    def _worlds(self, own: Panel, others: Panel, window: Window, groups: Groups) -> tuple[Scores, Floats]:
        mine, theirs = _spells(own, window), _spells(others, window)
        donors = donor_pools(own, window, groups, self.pool)
        apart, met = _did(theirs, theirs)
        moved, met_moved = _did(mine, theirs)
        there, there_moved = (_has_figures(spells.codes) for spells in (theirs, mine))
        near, near_moved = donors & there & met, donors & there_moved & met_moved.T
        seen, seen_moved = near & (theirs.codes == 0), near_moved & (mine.codes == 0)
        named = donors & (theirs.codes != ReasonCode.NO_OVERLAP)
        named_moved = donors & (mine.codes != ReasonCode.NO_OVERLAP)

        count = _exchanged(seen, seen_moved)
        table = _exchanged(np.where(seen, apart, 0.0), np.where(seen_moved, -moved.T, 0.0)) / np.maximum(count, 1)
        refused = 5 * _exchanged(near & ~seen, near_moved & ~seen_moved) > _exchanged(near, near_moved)
        refused |= (count < ENOUGH_PEERS) | (2 * count < _exchanged(named, named_moved))
        table[refused | (theirs.codes != 0)[None, :] | np.eye(len(own.units), dtype=bool)] = np.nan
        return self._score(own, others, window, groups), table


@dataclass(frozen=True, slots=True, eq=False)
class _Spells:
    """Figures before and after the event, [rows, N], NaN where there is none of their own; years used and reasons."""

    before: Floats
    after: Floats
    years: tuple[Ints, Ints]
    used: Ints
    codes: Codes


def _cohorts(panel: Panel, window: Window, groups: Groups) -> list[tuple[Window, Bools]]:
    """The window of each start, and who starts then: [N]."""
    first = np.where(window.start < starts_of(panel, groups, window), starts_of(panel, groups, window), window.event)
    first = np.where(first > window.end, window.event, first)
    return [(Window(window.start, int(year), window.end), first == year) for year in np.unique(first)]


def _joined(parts: Sequence[Scores], who: Sequence[Bools]) -> Scores:
    """Each unit's score from the part that it belongs to."""
    values, codes, used = parts[0].values.copy(), parts[0].reason_codes.copy(), parts[0].used_years.copy()
    for scores, units in zip(parts, who, strict=True):
        values[units], codes[units] = scores.values[units], scores.reason_codes[units]
        used[units] = scores.used_years[units]
    return Scores(values, codes, "zero", used, parts[0].grain)


def _spells(panel: Panel, window: Window) -> _Spells:
    ends = end_points(panel, window)
    if window.start == window.event:
        single = np.array([window.start]), np.array([window.end])
        return _Spells(ends.start[None, :], ends.end[None, :], single, ends.used, ends.codes)
    before, first, early = _spell(panel, window.start, window.event - 1, last=False)
    after, last, late = _spell(panel, window.event, window.end, last=True)
    used = np.stack([first, last], axis=1)
    whole = (used != NO_YEAR).all(axis=1)
    codes = np.where(whole, np.uint8(0), np.where(ends.codes == 0, np.uint8(ReasonCode.NOT_PUBLISHED), ends.codes))
    asked = window.end - window.start
    strays = 5 * np.abs(used[:, 1] - used[:, 0] - asked) > asked
    codes = np.where((codes == 0) & strays, np.uint8(ReasonCode.OUTSIDE_TOLERANCE), codes)
    blind = blind_path(panel, np.minimum(first, window.start), np.maximum(last, window.end))
    codes = np.where((codes == 0) & blind, np.uint8(ReasonCode.BLIND_SPOT), codes)
    codes = np.where((codes == 0) & borders_crossed(panel, first, last), np.uint8(ReasonCode.BORDER_CHANGE), codes)
    return _Spells(before, after, (early, late), used, codes)


def _spell(panel: Panel, first: int, final: int, *, last: bool) -> tuple[Floats, Ints, Ints]:
    """The figures from first to final whose own years do not cross the event, the first or last year used, and all
    years.
    """
    rows, has = path(panel, first, final)
    used = panel.year_used[rows]
    has &= used >= first if last else used <= final
    values, periods = np.where(has, panel.values[rows], np.nan), panel.periods[rows]
    if last:
        return values, np.where(has, used, NO_YEAR).max(axis=0, initial=NO_YEAR), periods
    latest = np.iinfo(np.int64).max
    years = np.where(has, used, latest).min(axis=0, initial=latest)
    return values, np.where(years == latest, NO_YEAR, years), periods


def _has_figures(codes: Codes) -> Bools:
    there: Bools = (codes == 0) | (codes == ReasonCode.BLIND_SPOT)
    return there


def _column(values: NDArray[Any], n: int) -> NDArray[Any]:
    """[N] of u as [u, N, 1]."""
    return np.broadcast_to(values[:, None, None], (len(values), n, 1))


def _exchanged(old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
    """[u, v]: the sum over v's row, with what stands there for u exchanged."""
    total: NDArray[Any] = old.sum(axis=1)[None, :] - old.T.astype(np.float64) + new.T
    return total


def _did(own: _Spells, others: _Spells) -> tuple[Floats, Bools]:
    """By how much more did u rise than v, from before to after? [N, N], and whether they met in both spells."""
    before, met_before = _apart(own.before, others.before, own.years[0])
    after, met_after = _apart(own.after, others.after, own.years[1])
    return after - before, met_before & met_after


def _apart(own: Floats, others: Floats, years: Ints) -> tuple[Floats, Bools]:
    """By how much is u above v, on average over the years that both have? [N, N], and whether there is such a year.

    Added up year after year, so that the order of the units does not matter to a single bit.
    """
    mine, which = _patterns(own)
    theirs, whose = _patterns(others)
    both = mine[:, :, None] & theirs[:, None, :]
    weights = weights_in_time(both, years[:, None, None], outward=True)
    weights /= np.maximum(weights.max(axis=0, initial=0.0), 0.5)
    mine_summed = (weights[:, which, :] * np.nan_to_num(own)[:, :, None]).sum(axis=0)
    theirs_summed = (weights[:, :, whose] * np.nan_to_num(others)[:, None, :]).sum(axis=0)
    above = mine_summed[:, whose] - theirs_summed[which, :]
    summed = weights.sum(axis=0)[which[:, None], whose[None, :]]
    return above / np.where(summed > 0, summed, 1.0), summed > 0


def _patterns(figures: Floats) -> tuple[Bools, Ints]:
    """In which years is there a figure? The different answers, [T, P], and which of them is each unit's, [N]."""
    has = ~np.isnan(figures)
    seen: dict[bytes, int] = {}
    which = np.array([seen.setdefault(column.tobytes(), len(seen)) for column in np.packbits(has.T, axis=1)])
    _, first = np.unique(which, return_index=True)
    return has[:, first], which


def _refuse(codes: Codes, blind: Bools, all_of_them: Bools, too_few: Bools) -> Codes:
    """Over 20 % of those that u is set against are blind, or too few are left."""
    many = 5 * blind.sum(axis=1) > all_of_them.sum(axis=1)
    codes = np.where((codes == 0) & many, np.uint8(ReasonCode.BLIND_SPOT), codes)
    return np.where((codes == 0) & too_few, np.uint8(ReasonCode.TOO_FEW_PEERS), codes)
