"""Standards whose scores are already relative to peers of their own choosing: the reference is 0."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from evenhand.compare.nearness import distances, nearest, row_medians
from evenhand.compare.panel import Bools, Codes, Floats, Groups, Ints, Panel, Scores, Window
from evenhand.compare.reading import NO_YEAR, blind_path, end_points, grain_of, path
from evenhand.compare.standards import PANEL_KINDS, Reference
from evenhand.model import BadInputError, ReasonCode

ENOUGH_PEERS = 3


@dataclass(frozen=True, slots=True)
class _Relative:
    """What the standards have in common whose reference is 0."""

    name: ClassVar[str] = ""
    reads: ClassVar[frozenset[str]] = PANEL_KINDS | {"window", "values", "membership", "aggregate"}
    needs_pre: ClassVar[bool] = False
    reference: ClassVar[Reference] = "zero"
    oriented: ClassVar[bool] = False
    separable: ClassVar[bool] = False
    unit: ClassVar[str] = "measure"

    def read(self, window: Window) -> Window:
        return window

    def before(self, window: Window) -> int | None:
        return window.start


@dataclass(frozen=True, slots=True)
class NearestPeers(_Relative):
    """Did it do better than those that started where it did?

    Score: its change minus the median change of the k units nearest at the start, on the panel's own measure and on those of
    the panels ``on`` (units in the panel's order). Units at a tied distance all enter, kin never. Fewer than min(3, k) of
    them: ``TOO_FEW_PEERS``; over 20 % of them blind: ``BLIND_SPOT``.
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


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences(_Relative):
    """Did it break away after the event, more than the others did?

    Score: the mean of its years in [event, end] minus that of [start, event), minus the same of the mean donor; where start
    is the event, of the two end points. A donor is met on the years that both have figures for, so that gaps do not change
    who is compared. pool: ``unexposed`` (nobody uses a donor exposed in the window: Abadie, Diamond, Hainmueller 2010),
    ``not-alike`` (the exposed leave each other's pools) or ``all``; kin never. At least three donors and half of the pool.
    """

    pool: Literal["unexposed", "not-alike", "all"] = "unexposed"
    name: ClassVar[str] = "difference-in-differences"
    reads: ClassVar[frozenset[str]] = _Relative.reads | {"pool"}
    needs_pre: ClassVar[bool] = True

    @property
    def equal_to(self) -> str | None:
        """Against all others, on end points, x - mean(others) is N / (N - 1) times x less a constant: it orders as Change."""
        return "change" if self.pool == "all" else None

    def before(self, window: Window) -> int | None:
        return window.event - 1 if window.start < window.event else window.start

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores:
        return self.score_among(panel, panel, window, groups)

    def score_among(self, own: Panel, others: Panel, window: Window, groups: Groups) -> Scores:
        """What does each u score when it alone has its figures from ``own``, and all others from ``others``?"""
        mine, theirs = _spells(own, window), _spells(others, window)
        donors = self._donors(own, window, groups)
        pool = donors & (theirs.codes != ReasonCode.NO_OVERLAP)[None, :]
        there = (theirs.codes == 0) | (theirs.codes == ReasonCode.BLIND_SPOT)
        before, common_before = _apart(mine.before, theirs.before)
        after, common_after = _apart(mine.after, theirs.after)
        near = donors & there[None, :] & common_before & common_after
        seen = near & (theirs.codes == 0)[None, :]
        count = seen.sum(axis=1)
        table = np.sort(np.where(seen, after - before, np.inf), axis=1)  # sorted: the sum knows no order of units
        values = np.where(np.isinf(table), 0.0, table).sum(axis=1) / np.maximum(count, 1)
        codes = _refuse(mine.codes, near & ~seen, near, (count < ENOUGH_PEERS) | (2 * count < pool.sum(axis=1)))
        return Scores(np.where(codes == 0, values, np.nan), codes, "zero", mine.used, grain_of(own))

    def _donors(self, panel: Panel, window: Window, groups: Groups) -> Bools:
        free = ~groups.kin & ~np.eye(len(panel.units), dtype=bool)
        if self.pool == "all":
            return free
        years = panel.periods if groups.periods is None else groups.periods
        if groups.exposed.shape != (len(years), len(panel.units)):
            message = f"exposed has shape {groups.exposed.shape}, the panel {panel.values.shape}"
            raise BadInputError(message, hint="give Groups.periods, the years of exposed")
        exposed = groups.exposed[(years >= window.start) & (years <= window.end)].any(axis=0)
        if self.pool == "unexposed":
            return free & ~exposed[None, :]
        return free & ~(exposed[:, None] & exposed[None, :])


@dataclass(frozen=True, slots=True, eq=False)
class _Spells:
    """Figures before and after the event, [rows, N], NaN where there is none of their own; years used and reasons."""

    before: Floats
    after: Floats
    used: Ints
    codes: Codes


def _spells(panel: Panel, window: Window) -> _Spells:
    ends = end_points(panel, window)
    if window.start == window.event:
        return _Spells(ends.start[None, :], ends.end[None, :], ends.used, ends.codes)
    before, first = _spell(panel, window.start, window.event - 1, last=False)
    after, last = _spell(panel, window.event, window.end, last=True)
    used = np.stack([first, last], axis=1)
    whole = (used != NO_YEAR).all(axis=1)
    codes = np.where(whole, np.uint8(0), np.where(ends.codes == 0, np.uint8(ReasonCode.NOT_PUBLISHED), ends.codes))
    asked = window.end - window.start
    strays = 5 * np.abs(used[:, 1] - used[:, 0] - asked) > asked
    codes = np.where((codes == 0) & strays, np.uint8(ReasonCode.OUTSIDE_TOLERANCE), codes)
    blind = blind_path(panel, np.minimum(first, window.start), np.maximum(last, window.end))
    return _Spells(before, after, used, np.where((codes == 0) & blind, np.uint8(ReasonCode.BLIND_SPOT), codes))


def _spell(panel: Panel, first: int, final: int, *, last: bool) -> tuple[Floats, Ints]:
    """The figures from first to final whose own years do not cross the event, and the first or last year used."""
    rows, has = path(panel, first, final)
    used = panel.year_used[rows]
    has &= used >= first if last else used <= final
    values = np.where(has, panel.values[rows], np.nan)
    if last:
        return values, np.where(has, used, NO_YEAR).max(axis=0, initial=NO_YEAR)
    latest = np.iinfo(np.int64).max
    years = np.where(has, used, latest).min(axis=0, initial=latest)
    return values, np.where(years == latest, NO_YEAR, years)


def _apart(own: Floats, others: Floats) -> tuple[Floats, Bools]:
    """By how much is u above v, on average over the years that both have? [N, N], and whether there is such a year.

    ``einsum`` adds year after year whatever the order of the units; a BLAS product would not.
    """
    has_own, has_others = ~np.isnan(own), ~np.isnan(others)
    mine, theirs = np.where(has_own, own, 0.0), np.where(has_others, others, 0.0)
    count = np.einsum("tu,tv->uv", has_own.astype(float), has_others.astype(float))
    above = np.einsum("tu,tv->uv", mine, has_others.astype(float))
    above -= np.einsum("tu,tv->uv", has_own.astype(float), theirs)
    return above / np.maximum(count, 1.0), count > 0


def _refuse(codes: Codes, blind: Bools, all_of_them: Bools, too_few: Bools) -> Codes:
    """Over 20 % of those that u is set against are blind, or too few are left."""
    many = 5 * blind.sum(axis=1) > all_of_them.sum(axis=1)
    codes = np.where((codes == 0) & many, np.uint8(ReasonCode.BLIND_SPOT), codes)
    return np.where((codes == 0) & too_few, np.uint8(ReasonCode.TOO_FEW_PEERS), codes)


