"""Conformal inference: is what came after the event like what came before, once the claimed effect is taken away?

Chernozhukov, Wuethrich and Zhu (2021), "An Exact and Robust Conformal Inference Method for Counterfactual and Synthetic
Controls": under a claimed effect the outcome without it is known, so the standard is fitted to *all* periods; then the
residuals from the event on are compared with those of every shift of the calendar.
"""

from dataclasses import dataclass, replace

import numpy as np

from evenhand.compare.fits import FittingStandard, Jobs
from evenhand.compare.panel import Bools, Floats, Groups, Ints, Names, Panel, Window
from evenhand.compare.placebo import column_of
from evenhand.compare.refit import Refits, reads_predictors, refit
from evenhand.compare.standards import Standard
from evenhand.model import BadInputError

GRID = 201
REFINEMENTS = 24
WIDENINGS = 20
TIE = 1e-9
TIME_WEIGHTED = frozenset({"synthetic-did"})


@dataclass(frozen=True, slots=True, eq=False)
class Conformal:
    """What effects are compatible with each unit's own calendar?

    p: [N] of "no effect at all"; at least one over the number of periods. NaN for who could not be fitted. level: of the
    intervals (0.9: nine in ten). interval: [N, 2] the constant effects that are not rejected at 1 - level, NaN for units
    that were not asked; infinite where no effect can be rejected, as where there are too few periods. each: [M, N, 2] the
    same for each period from the event on by itself. periods: [M].
    """

    units: Names
    p: Floats
    level: float
    interval: Floats
    whole: Bools
    each: Floats
    periods: Ints

    def at(self, unit: str) -> tuple[float, float, float]:
        """A unit's p, and its interval."""
        u = column_of(self.units, unit)
        return float(self.p[u]), float(self.interval[u, 0]), float(self.interval[u, 1])


def conformal(
    standard: Standard,
    panel: Panel,
    window: Window,
    groups: Groups,
    *,
    level: float = 0.9,
    units: tuple[str, ...] = (),
    each: bool = False,
) -> Conformal:
    """Which constant effects are compatible with a unit's own calendar?

    p for every unit; intervals for those asked, and with ``each`` for every period by itself. Shifts of the calendar
    (moving blocks), so that what hangs together in time stays together. Raises ``BadInputError`` for a standard whose
    weights read the time from the event on (synthetic difference-in-differences: use ``placebo_errors``).
    """
    rule = _apt(standard)
    if not 0 < level < 1:
        raise BadInputError(f"the level {level:g} does not lie between 0 and 1", hint="0.9 covers nine in ten")
    found = refit(rule, panel, window, groups)
    n, post = len(panel.units), found.periods[found.event :]
    fine = np.flatnonzero(found.codes == 0)
    world = _World(rule, panel, groups, window, tuple(post.tolist()))
    p = np.full(n, np.nan)
    p[fine] = world.p(fine, np.zeros(len(fine)))
    interval, single = np.full((n, 2), np.nan), np.full((len(post), n, 2), np.nan)
    whole = np.zeros(n, dtype=bool)
    for unit in units:
        u = column_of(panel.units, unit)
        if found.codes[u]:
            continue
        spread = _spread(found, u)
        *interval[u], whole[u] = _invert(world, u, float(found.effects[u]), spread, 1 - level)
        for t, year in enumerate(post.tolist()) if each else ():
            alone = _World(rule, *_only(panel, groups, post, year), window, (year,))
            single[t, u] = _invert(alone, u, float(found.gaps[found.event + t, u]), spread, 1 - level)[:2]
    return Conformal(panel.units, p, level, interval, whole, single, post)


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    """Everything but the claimed effect."""

    rule: FittingStandard
    panel: Panel
    groups: Groups
    window: Window
    post: tuple[int, ...]

    def p(self, unit: Ints, effect: Floats) -> Floats:
        """[K] the p of each unit's claimed constant effect."""
        rows = np.isin(self.panel.periods, self.post)
        target = self.panel.values[:, unit] - np.where(rows[:, None], effect[None, :], 0.0)
        last = int(self.panel.periods[self.panel.periods <= self.window.end].max())
        whole = Window(self.window.start, last + 1, last)
        found = refit(self.rule, self.panel, whole, self.groups, Jobs(unit=unit, target=target))
        return shifted_p(found.gaps, np.isin(found.periods, self.post), found.grain)


def shifted_p(residuals: Floats, post: Bools, grain: float = 0.0) -> Floats:
    """How often are the residuals of a shifted calendar as large? [K] of residuals [T, K].

    Size: the sum of absolute residuals in the ``post`` rows. The calendar as it is counts as one of its T shifts.
    Residuals within the grain are 0.
    """
    size = np.where(np.abs(residuals) <= grain, 0.0, np.abs(residuals))
    periods = len(post)
    rows = np.flatnonzero(post)
    shifts = np.array([size[(rows + shift) % periods].sum(axis=0) for shift in range(periods)])
    p: Floats = (shifts >= shifts[0] * (1 - TIE)).mean(axis=0)
    return np.where(np.isnan(shifts[0]), np.nan, p)


def apt_for_conformal(standard: Standard) -> bool:
    """Does the standard fit donors on outcomes alone, without a look at what came after the event?"""
    outcomes_only = standard.name not in TIME_WEIGHTED and not reads_predictors(standard)
    return isinstance(standard, FittingStandard) and outcomes_only


def _apt(standard: Standard) -> FittingStandard:
    if not isinstance(standard, FittingStandard):
        raise BadInputError(f"{standard.name} fits nothing before the event", hint="synthetic-control does")
    if not apt_for_conformal(standard):
        raise BadInputError(
            f"{standard.name} reads more for its weights than outcomes before the event",
            hint="its placebo errors give an interval",
        )
    return standard


def _only(panel: Panel, groups: Groups, post: Ints, year: int) -> tuple[Panel, Groups]:
    """The panel with one of the years from the event on, and none of the others."""
    keep = ~np.isin(panel.periods, post) | (panel.periods == year)
    names = ("values", "low", "high", "periods", "reason_codes", "year_used", "source_id")
    tables = {name: getattr(panel, name)[keep] for name in names}
    blind = None if panel.blind is None else panel.blind[keep]
    years = panel.periods if groups.periods is None else groups.periods
    return replace(panel, **tables, blind=blind, memo=None), replace(groups, periods=years)


def _spread(found: Refits, u: int) -> float:
    """How far do a unit's gaps stray, its mean effect taken away? So what is tried moves with the effect."""
    gaps = found.gaps[:, u].copy()
    gaps[found.event :] -= found.effects[u]
    return max(float(np.abs(gaps).max()), found.grain)


def _invert(world: _World, u: int, centre: float, spread: float, alpha: float) -> tuple[float, float, bool]:
    """The least and the greatest effect that is not rejected, NaN where every effect is; and are all between kept?"""
    width = 2 * spread
    if world.p(np.array([u]), np.array([centre + 1e6 * spread]))[0] > alpha:
        return -np.inf, np.inf, True
    for _ in range(WIDENINGS):
        grid = np.unique(np.append(np.linspace(centre - width, centre + width, GRID), centre))
        kept = world.p(np.full(len(grid), u), grid) > alpha
        if not kept.any():
            width /= 4
        elif kept[0] or kept[-1]:
            width *= 2
        else:
            first, last = np.flatnonzero(kept)[[0, -1]]
            low, high = _edges(world, u, (grid[first - 1], grid[first]), (grid[last + 1], grid[last]), alpha)
            return low, high, bool(kept[first : last + 1].all())
    return np.nan, np.nan, False


def _edges(
    world: _World, u: int, low: tuple[float, float], high: tuple[float, float], alpha: float
) -> tuple[float, float]:
    """Halves both brackets (rejected, kept) until they are fine."""
    out, inside = np.array([low[0], high[0]]), np.array([low[1], high[1]])
    for _ in range(REFINEMENTS):
        middle = (out + inside) / 2
        kept = world.p(np.array([u, u]), middle) > alpha
        inside, out = np.where(kept, middle, inside), np.where(kept, out, middle)
    return float(inside[0]), float(inside[1])
