"""What hangs on single donors: leave one out, leave two out."""

from dataclasses import dataclass

import numpy as np

from evenhand.compare.fits import FittingStandard, Jobs
from evenhand.compare.panel import Bools, Floats, Groups, Ints, Names, Panel, Window
from evenhand.compare.placebo import By, column_of, rank_all
from evenhand.compare.refit import Refits, fits_donors, matters, refit
from evenhand.compare.standards import Standard
from evenhand.model import BadInputError

MOST_FOR_ALL = 120
BATCH = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """Every unit's effect without each of its donors.

    effects: [N] with all of them. without: [N, N] row u, column j: u's effect when j may not be a donor; NaN where j is
    none, or nothing could be fitted. weights: [N, N] with all of them; None for standards without. solved: how many fits
    it took; free: how many needed none, as the donor left out had no weight.
    """

    units: Names
    effects: Floats
    without: Floats
    weights: Floats | None
    solved: int
    free: int

    def range(self, unit: str) -> tuple[float, float]:
        """The least and the largest effect of a unit when one donor is left out."""
        row = self.without[column_of(self.units, unit)]
        if np.isnan(row).all():
            raise BadInputError(f"no donor of {unit} can be left out", hint="it was not fitted, or has a single donor")
        return float(np.nanmin(row)), float(np.nanmax(row))


@dataclass(frozen=True, slots=True, eq=False)
class LeftTwoOut:
    """The refined placebo test of Lei and Sudijono (2025).

    p: [N] the share of pairs of rivals against which a unit is not strictly first, each of the three fitted without the
    other two; NaN for who was not asked or not scored. not_first, pairs: [N] the counts behind it. of: how many units
    take part, the one judged counted. by: what is compared.
    """

    units: Names
    by: By
    p: Floats
    not_first: Ints
    pairs: Ints
    of: Ints
    solved: int

    def bound(self, unit: str, level: float) -> float:
        """How often can p be ``level`` or less when nothing happened, if each unit was equally likely to be exposed?"""
        return type_one_bound(int(self.of[column_of(self.units, unit)]), level)

    def guaranteed(self, unit: str) -> float:
        """How often can p be as small as this unit's, or smaller, when nothing happened? At least 1 over ``of``.

        p itself may be 0, where a unit is first against every pair; the guarantee never is.
        """
        u = column_of(self.units, unit)
        return float("nan") if np.isnan(self.p[u]) else type_one_bound(int(self.of[u]), float(self.p[u]))

    def powered(self, unit: str, level: float) -> float:
        """The p to hold against ``level``, with the slack that the bound leaves: rejecting more often costs nothing."""
        u = column_of(self.units, unit)
        return float(self.p[u] - slack(int(self.of[u]), level))


def leave_one_out(standard: Standard, panel: Panel, window: Window, groups: Groups) -> LeftOut:
    """By how much does each unit's effect change when one donor may not be used? For every unit and donor."""
    rule = fits_donors(standard, "leaving out a donor")
    whole = refit(rule, panel, window, groups)
    allowed, changes = whole.allowed, matters(rule, whole)
    without = np.where(allowed, whole.effects[:, None], np.nan)
    unit, left = np.nonzero(changes & (whole.codes == 0)[:, None])
    for part in np.array_split(np.arange(len(unit)), 1 + len(unit) // BATCH):
        donors = allowed[unit[part]].copy()
        donors[np.arange(len(part)), left[part]] = False
        without[unit[part], left[part]] = refit(rule, panel, window, groups, Jobs(unit[part], donors)).effects
    free = int((allowed & ~changes).sum())
    return LeftOut(panel.units, whole.effects, without, whole.weights, len(unit), free)


def leave_two_out(
    standard: Standard,
    panel: Panel,
    window: Window,
    groups: Groups,
    *,
    by: By = "ratio",
    units: tuple[str, ...] | None = None,
) -> LeftTwoOut:
    """How often is each unit the most unusual of three, if the other two are nobody's donors?

    units: whom to judge; None for everybody, up to 120 units (their number is cubed). Raises ``BadInputError``. Lei and
    Sudijono (2025), "Inference for Synthetic Controls via Refined Placebo Tests"; their statistic is the ratio.
    """
    rule = fits_donors(standard, "leaving out two")
    n = len(panel.units)
    if units is None and n > MOST_FOR_ALL:
        raise BadInputError(f"leaving two out for all of {n} units takes long", hint="name those to judge: units=(…,)")
    asked = np.arange(n) if units is None else np.array([column_of(panel.units, unit) for unit in units])
    ranked = rank_all(refit(rule, panel, window, groups), panel, window, groups, by=by)
    table = _Table.of(_World(rule, panel, window, groups), by, np.isin(np.arange(n), asked))
    grain = ranked.grain if by == "effect" else 0.0
    p, not_first, pairs = np.full(n, np.nan), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for u in asked[ranked.codes[asked] == 0]:
        rivals = np.flatnonzero(ranked.rivals[u])
        k, other = (rivals[at] for at in np.triu_indices(len(rivals), 1))
        if len(k):
            me = np.full(len(k), u)
            own, first, second = table.at(me, k, other), table.at(k, me, other), table.at(other, me, k)
            wins = own > np.fmax(first, second) * (1 + 1e-10) + grain
            not_first[u], pairs[u] = int((~wins).sum()), len(k)
            p[u] = not_first[u] / pairs[u]
    return LeftTwoOut(panel.units, by, p, not_first, pairs, ranked.of, table.solved)


def type_one_bound(n: int, level: float) -> float:
    """The largest share of n units that can all have a leave-two-out p of ``level`` or less.

    Each of m such units is not first in at most ``level`` of its C(n-1, 2) triples; but of a triple's units at most one is
    first, so those m are not first in 2 C(m, 3) + C(m, 2) (n - m) triples or more. The largest such m, over n.
    """
    m = 1
    while m < n and _forced(m + 1, n) <= level * (n - 1) * (n - 2) / 2 * (m + 1) + 1e-9:
        m += 1
    return m / n


def slack(n: int, level: float) -> float:
    """By how much can the level be raised before the bound rises? Lei and Sudijono's c(n, level)."""
    m = round(type_one_bound(n, level) * n)
    if m >= n:
        return 0.0
    return max(_forced(m + 1, n) / ((m + 1) * (n - 1) * (n - 2) / 2) - level, 0.0)


def _forced(m: int, n: int) -> float:
    """In how many triples, counted once for each of m units in them, must one of the m not be first?"""
    return m * (m - 1) * (m - 2) / 3 + m * (m - 1) / 2 * (n - m)


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    """All that a fit needs beside the donors."""

    rule: FittingStandard
    panel: Panel
    window: Window
    groups: Groups

    def solve(self, unit: Ints, donors: Bools) -> list[Refits]:
        """Fits of these units among these donors, in batches."""
        return [
            refit(self.rule, self.panel, self.window, self.groups, Jobs(unit[at : at + BATCH], donors[at : at + BATCH]))
            for at in range(0, len(unit), BATCH)
        ]

    def matters(self, found: list[Refits]) -> Bools:
        """[K, N]: who would be missed."""
        n = len(self.panel.units)
        return np.concatenate([np.zeros((0, n), dtype=bool), *(matters(self.rule, one) for one in found)])


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Statistics of units without one or two donors, as far as they are needed to judge those asked; only what differs is
    solved.

    whole: [N]. one: [N, N] the row of ``alone`` in which u lacks i, -1 where nothing changes. alone: [K] statistics.
    two: [K, N] the row of ``pairs`` in which that one lacks j as well. pairs: [L] statistics.
    """

    whole: Floats
    one: Ints
    alone: Floats
    two: Ints
    pairs: Floats

    @classmethod
    def of(cls, world: _World, by: By, asked: Bools) -> "_Table":
        n = len(world.panel.units)
        found = world.solve(np.arange(n), np.ones((n, n), dtype=bool))
        allowed, changes = found[0].allowed, world.matters(found) & (found[0].codes == 0)[:, None]
        unmissed = (asked[None, :] & ~changes).any(axis=1)
        wanted = asked[:, None] | asked[None, :] | unmissed[:, None]
        one, unit, donors = _leave(changes & wanted, np.arange(n), allowed)
        alone = world.solve(unit, donors)
        left = np.nonzero(changes & wanted)[1]
        wanted = (asked[unit] | asked[left])[:, None] | asked[None, :]
        two, unit2, donors2 = _leave(world.matters(alone) & wanted, unit, donors)
        pairs = world.solve(unit2, donors2)
        return cls(_statistics(found, by), one, _statistics(alone, by), two, _statistics(pairs, by))

    @property
    def solved(self) -> int:
        """How many fits it took."""
        return len(self.whole) + len(self.alone) + len(self.pairs)

    def at(self, u: Ints, i: Ints, j: Ints) -> Floats:
        """The statistics of u without i and j, elementwise."""
        first, second = self.one[u, i], self.one[u, j]
        by_first = self._without(first, j)
        by_second = self._without(second, i)
        found: Floats = np.where(first >= 0, by_first, np.where(second >= 0, by_second, self.whole[u]))
        return found

    def _without(self, row: Ints, other: Ints) -> Floats:
        """The statistics of a row of ``alone`` that lacks another donor as well."""
        if not len(self.alone):
            return np.full(row.shape, np.nan)
        again = self.two[row, other]
        both = self.pairs[again] if len(self.pairs) else self.alone[row]
        found: Floats = np.where(again >= 0, both, self.alone[row])
        return found


def _leave(changes: Bools, unit: Ints, donors: Bools) -> tuple[Ints, Ints, Bools]:
    """Every fit without each of the donors that matter: where it will stand, whose it is, and who is left."""
    row, left = np.nonzero(changes)
    place = np.full(changes.shape, -1, dtype=np.int64)
    place[row, left] = np.arange(len(row))
    fewer = donors[row].copy()
    fewer[np.arange(len(row)), left] = False
    return place, unit[row], fewer


def _statistics(found: list[Refits], by: By) -> Floats:
    parts = [np.abs(one.effects) if by == "effect" else one.ratio for one in found]
    return np.concatenate([np.empty(0), *parts])
