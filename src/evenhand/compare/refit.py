"""Fits again under other donors or other figures: many problems in one call of the standard's batch solver."""

from dataclasses import dataclass, replace

import numpy as np

from evenhand.compare.panel import Bools, Floats, Groups, Ints, Panel, Window
from evenhand.compare.standards import Standard
from evenhand.compare.synthetic.control import SyntheticControl
from evenhand.compare.synthetic.design import Design, read_design
from evenhand.compare.synthetic.fitting import Fitting
from evenhand.model import BadInputError

FEWEST_DONORS = 1


@dataclass(frozen=True, slots=True, eq=False)
class Refits:
    """K fits. unit: [K] whose. gaps: [R, K] observed less counterfactual, NaN where there was no fit. weights: [K, N];
    None for standards without donor weights. event: first row from the event on.
    """

    unit: Ints
    gaps: Floats
    weights: Floats | None
    event: int
    times: Floats

    @property
    def effects(self) -> Floats:
        """[K] the mean over time from the event on."""
        times = self.times[self.event :]
        found: Floats = times @ self.gaps[self.event :] / times.sum()
        return found

    @property
    def pre_error(self) -> Floats:
        """[K] root mean squared gap before the event."""
        found: Floats = np.sqrt((self.gaps[: self.event] ** 2).mean(axis=0))
        return found

    @property
    def ratio(self) -> Floats:
        """[K] the error from the event on over the error before it."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.sqrt((self.gaps[self.event :] ** 2).mean(axis=0)) / self.pre_error
        return found


def fitting(standard: Standard, what: str) -> Fitting:
    """The standard, if it fits a counterfactual from donors. Raises ``BadInputError``."""
    if not isinstance(standard, Fitting):
        raise BadInputError(f"{what} wants a standard that fits donors, {standard.name} does not",
                            hint="synthetic-control does")  # fmt: skip
    return standard


def design_of(standard: Fitting, panel: Panel, window: Window, groups: Groups) -> Design:
    """The figures and pools that the standard reads."""
    return read_design(panel, panel, window, groups, standard.pool, least_pre=standard.least_pre)


def refit(
    standard: Fitting, design: Design, unit: Ints, allowed: Bools, targets: Floats | None = None, event: int | None = None
) -> Refits:
    """Fits these units among these donors.

    unit: [K]. allowed: [K, N] who may be a donor. targets: [R, K] figures in place of the units' own. event: another
    first row from the event on; the number of rows where all are before it.
    """
    rows = design.event if event is None else event
    figures = design.targets[:, unit] if targets is None else targets
    codes = np.where((design.codes[unit] == 0) & (allowed.sum(axis=1) < FEWEST_DONORS), np.uint8(255), design.codes[unit])
    asked = replace(
        design, targets=figures, allowed=allowed, codes=codes, event=rows, used=design.used[unit]
    )
    found = standard.fitted(asked)
    fine = (codes == 0) & ~found.failed
    gaps = np.where(fine[None, :], figures - found.counterfactual, np.nan)
    weights = None if found.weights is None else np.where(fine[:, None], found.weights, 0.0)
    return Refits(unit, gaps, weights, rows, design.times)


def rests_on_its_donors(standard: Standard) -> bool:
    """Does leaving out a donor without weight change nothing?

    So it is where the weights are the least-norm optimum over a simplex: it stays feasible, optimal and smallest in the
    smaller pool.
    """
    return type(standard) is SyntheticControl
