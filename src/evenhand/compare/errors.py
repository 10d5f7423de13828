"""Placebo errors: how far do effects stray where nothing happened? Every placebo once, so that no seed matters.

Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), algorithm 4, for one exposed unit: there the placebos are drawn
at random; with one exposed unit there are only as many as units, and all of them are taken.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from evenhand.compare.fits import FittingStandard, Jobs, error_ratio
from evenhand.compare.panel import Bools, Floats, Groups, Ints, Names, Panel, Window
from evenhand.compare.placebo import column_of
from evenhand.compare.pools import exposed_in
from evenhand.compare.refit import fits_donors, matters, refit
from evenhand.compare.standards import Standard
from evenhand.model import BadInputError

BATCH = 20_000
FEWEST = 3


@dataclass(frozen=True, slots=True, eq=False)
class PlaceboErrors:
    """How far each unit's effect may be off by chance.

    effects: [N]. errors: [N] the standard deviation (over one fewer than there are) of the effects of all other units in
    which nothing happened, the one judged being nobody's donor; NaN for who was not asked or scored. placebos: [N] how
    many there were. An interval rests on the claim that the unit judged strays as others do, whatever its size: look at
    the quartiles of :func:`size`.
    """

    units: Names
    effects: Floats
    errors: Floats
    placebos: Ints

    def interval(self, unit: str, level: float = 0.95) -> tuple[float, float]:
        """The effect, give or take as many errors as the normal distribution asks for."""
        if not 0 < level < 1:
            raise BadInputError(f"the level {level:g} does not lie between 0 and 1", hint="0.95 covers 95 in 100")
        u = column_of(self.units, unit)
        reach = NormalDist().inv_cdf(0.5 + level / 2) * float(self.errors[u])
        return float(self.effects[u]) - reach, float(self.effects[u]) + reach


def placebo_errors(
    standard: Standard, panel: Panel, window: Window, groups: Groups, *, units: tuple[str, ...] | None = None
) -> PlaceboErrors:
    """How far do the effects of units in which nothing happened stray from 0? For each unit as the one judged.

    units: whom to judge; None for everybody. Raises ``BadInputError`` for standards that fit no donors.
    """
    rule = fits_donors(standard, "an error by placebos")
    n = len(panel.units)
    whole = refit(rule, panel, window, groups)
    asked = np.arange(n) if units is None else np.array([column_of(panel.units, unit) for unit in units])
    asked = asked[whole.codes[asked] == 0]
    free = ~exposed_in(panel, groups, window.start, window.end) & (whole.codes == 0)
    table = all_without(rule, panel, window, groups, asked).effects
    errors, count = np.full(n, np.nan), np.zeros(n, dtype=np.int64)
    for row, u in zip(table, asked.tolist(), strict=True):
        others = row[free & ~groups.kin[u] & (np.arange(n) != u) & ~np.isnan(row)]
        count[u] = len(others)
        errors[u] = others.std(ddof=1) if len(others) >= FEWEST else np.nan
    return PlaceboErrors(panel.units, whole.effects, errors, count)


@dataclass(frozen=True, slots=True, eq=False)
class Without:
    """What everybody does when each of A units in turn is nobody's donor.

    effects, ratio, before: [A, N] the effect, the ratio of errors and the error before the event. after: [A, M, N] the
    gaps from the event on.
    """

    effects: Floats
    ratio: Floats
    before: Floats
    after: Floats


def all_without(rule: FittingStandard, panel: Panel, window: Window, groups: Groups, asked: Ints) -> Without:
    """Fits everybody anew without each of the units asked; where that changes nothing, not again."""
    n = len(panel.units)
    whole = refit(rule, panel, window, groups)
    gaps = np.repeat(whole.gaps[:, None, :], len(asked), axis=1)
    row, unit = np.nonzero(matters(rule, whole)[:, asked].T & (whole.codes == 0)[None, :])
    for at in range(0, len(row), BATCH):
        here, v = row[at : at + BATCH], unit[at : at + BATCH]
        donors: Bools = np.ones((len(v), n), dtype=bool)
        donors[np.arange(len(v)), asked[here]] = False
        gaps[:, here, v] = refit(rule, panel, window, groups, Jobs(v, donors)).gaps
    times = whole.times[whole.event :]
    before, after = gaps[: whole.event], gaps[whole.event :]
    error, later = np.sqrt((before**2).mean(axis=0)), np.sqrt((after**2).mean(axis=0))
    effects = np.tensordot(times / times.sum(), after, axes=1)
    return Without(effects, error_ratio(error, later, whole.grain), error, np.moveaxis(after, 0, 1))
