"""How large must an effect be to be found? Every unit in turn is given one, and the placebo test is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evenhand.compare.errors import all_without
from evenhand.compare.fits import FittingStandard
from evenhand.compare.panel import Bools, Floats, Groups, Ints, Panel, Scores, Window
from evenhand.compare.placebo import By, rank_all
from evenhand.compare.pools import exposed_in, exposing
from evenhand.compare.refit import refit
from evenhand.compare.standards import Standard

WANTED = 0.8
STEPS = 25


@dataclass(frozen=True, slots=True, eq=False)
class Power:
    """The smallest added effect that is found: p reaches the level, and the estimate has the effect's sign.

    needed: [K, 2] for each placebo (a unit at a date) the smallest rise and the smallest fall that would have been found,
    in the measure's unit; infinite where no effect can be, as where 1 over the number of units exceeds the level. share:
    in what part of the placebos it is to be found. up, down: the smallest that are in that part; None without placebos.
    """

    needed: Floats
    share: float = WANTED

    @property
    def up(self) -> float | None:
        """The smallest rise."""
        return self._at(0)

    @property
    def down(self) -> float | None:
        """The smallest fall, as a positive number."""
        return self._at(1)

    def _at(self, side: int) -> float | None:
        if not len(self.needed):
            return None
        ordered = np.sort(self.needed[:, side])
        return float(ordered[int(np.ceil(self.share * len(ordered))) - 1])

    @classmethod
    def pooled(cls, parts: Sequence["Power"]) -> "Power":
        """The placebos of several dates together."""
        return cls(np.concatenate([np.empty((0, 2)), *(part.needed for part in parts)]))


def power(
    standard: Standard, panel: Panel, window: Window, groups: Groups, *, level: float = 0.1, by: By = "effect"
) -> Power:
    """How large an effect would have been found in each unit in which nothing happened?

    The unit with the effect is nobody's donor (as under the pool ``unexposed``), and is counted in its p.
    """
    if isinstance(standard, FittingStandard):
        return _of_fits(standard, panel, window, groups, level, by)
    if hasattr(standard, "pool"):
        return _of_pools(standard, panel, window, groups, level)
    if standard.separable:
        return _of_separable(standard, panel, window, groups, level)
    return _by_search(standard, panel, window, groups, level)


def _of_pools(standard: Standard, panel: Panel, window: Window, groups: Groups, level: float) -> Power:
    """As of fits, with each unit exposed in turn, so that it is nobody's donor."""
    scores = standard.score(panel, window, groups)
    whole = rank_all(scores, panel, window, groups)
    needed = []
    for u in _free(scores, panel, window, groups):
        found = standard.score(panel, window, exposing(panel, groups, int(u), window.event, also=True))
        rivals = whole.rivals[u] & (found.reason_codes == 0)
        bar = _bar(np.abs(found.values[rivals]), level)
        needed.append((bar - found.values[u], bar + found.values[u]))
    return Power(np.maximum(np.array(needed).reshape(-1, 2), 0.0))


def _of_separable(standard: Standard, panel: Panel, window: Window, groups: Groups, level: float) -> Power:
    """A unit's score rests on its own figures: all are given an effect at once, each found by halving."""
    scores = standard.score(panel, window, groups)
    whole = rank_all(scores, panel, window, groups)
    free = _free(scores, panel, window, groups)
    bars = np.array([_bar(np.abs(scores.values[whole.rivals[u]]), level) for u in free])
    late = _late(panel, window)

    def found(effect: Floats, sign: int) -> Bools:
        values = panel.values.copy()
        values[np.ix_(late, free)] += sign * effect
        own = standard.score(replace(panel, values=values, memo=None), window, groups).values[free]
        reached: Bools = (np.abs(own) > bars) & (sign * own > 0)
        return reached

    sides = []
    for sign in (1, -1):
        low, high = np.zeros(len(free)), np.full(len(free), _widest(panel))
        never, at_once = ~found(high, sign), found(low, sign)
        for _ in range(2 * STEPS):
            middle = (low + high) / 2
            there = found(middle, sign)
            low, high = np.where(there, low, middle), np.where(there, middle, high)
        sides.append(np.where(never, np.inf, np.where(at_once, 0.0, high)))
    return Power(np.stack(sides, axis=1))


def _free(scores: Scores, panel: Panel, window: Window, groups: Groups) -> Ints:
    """The units in which nothing happened."""
    return np.flatnonzero((scores.reason_codes == 0) & ~exposed_in(panel, groups, window.start, window.end))


def _late(panel: Panel, window: Window) -> Ints:
    return np.flatnonzero(panel.periods >= max(window.event, window.start + 1))


def _widest(panel: Panel) -> float:
    """An effect that dwarfs all figures."""
    return 1e3 * max(float(np.nanmax(np.abs(panel.values), initial=0.0)), 1.0)


def _of_fits(standard: FittingStandard, panel: Panel, window: Window, groups: Groups, level: float, by: By) -> Power:
    """In closed form: an effect moves a unit's own gaps by as much, and nobody else's.

    Found where the unit is ahead of all but as many rivals as the level allows.
    """
    exposed = exposed_in(panel, groups, window.start, window.end)
    whole = rank_all(refit(standard, panel, window, groups), panel, window, groups, by=by)
    free = np.flatnonzero((whole.codes == 0) & ~exposed)
    tables = all_without(standard, panel, window, groups, free)
    needed = np.empty((len(free), 2))
    for row, u in enumerate(free.tolist()):
        statistic = np.abs(tables.effects[row]) if by == "effect" else tables.ratio[row]
        rivals = whole.rivals[u] & ~np.isnan(statistic)
        bar = _bar(statistic[rivals], level)
        gaps = tables.after[row, :, u]
        if by == "effect":
            needed[row] = bar - tables.effects[row, u], bar + tables.effects[row, u]
        else:
            reach = np.sqrt(max((bar * tables.before[row, u]) ** 2 - gaps.var(), 0.0)) if np.isfinite(bar) else np.inf
            needed[row] = reach - gaps.mean(), reach + gaps.mean()
    return Power(np.maximum(needed, 0.0))


def _bar(rivals: Floats, level: float) -> float:
    """What must be exceeded, so that (1 + how many are as far out) / (1 + rivals) is at most the level."""
    may = int(np.floor(level * (1 + len(rivals)) + 1e-9)) - 1
    if may < 0:
        return np.inf
    ordered = np.sort(rivals)[::-1]
    return float(ordered[may]) if may < len(ordered) else 0.0


def _by_search(standard: Standard, panel: Panel, window: Window, groups: Groups, level: float) -> Power:
    """By halving, for scores of any kind: p falls as the effect grows."""
    free = _free(standard.score(panel, window, groups), panel, window, groups)
    needed = [[_search(standard, panel, window, groups, int(u), sign, level) for sign in (1, -1)] for u in free]
    return Power(np.array(needed).reshape(-1, 2))


def _search(standard: Standard, panel: Panel, window: Window, groups: Groups, u: int, sign: int, level: float) -> float:
    late, widest = _late(panel, window), _widest(panel)

    def found(effect: float) -> bool:
        values = panel.values.copy()
        values[late, u] += sign * effect
        moved = replace(panel, values=values, memo=None)
        scores = standard.score(moved, window, groups)
        ranked = rank_all(scores, moved, window, groups)
        return bool(ranked.p[u] <= level and sign * scores.values[u] > 0)

    if not found(widest):
        return np.inf
    if found(0.0):
        return 0.0
    low, high = 0.0, widest
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if found(middle) else (middle, high)
    return high
