"""Fits again under other donors or other figures: many problems in one call of the standard's batch solver."""

from dataclasses import dataclass, replace

import numpy as np

from evenhand.compare.fits import FittingStandard, Jobs, error_ratio
from evenhand.compare.panel import Bools, Codes, Floats, Groups, Ints, Panel, Window
from evenhand.compare.reading import grain_of
from evenhand.compare.standards import Standard
from evenhand.compare.synthetic.control import SyntheticControl
from evenhand.compare.synthetic.design import Design, read_design
from evenhand.compare.synthetic.fitting import Fitting
from evenhand.model import BadInputError, ReasonCode


@dataclass(frozen=True, slots=True, eq=False)
class Refits:
    """K fits. gaps: [R, K] observed less counterfactual, NaN where there was no fit. weights: [K, N], None for standards
    without donor weights. allowed: [K, N] who could be a donor. event: the first row from the event on. times, periods: [R].
    """

    standard: str
    gaps: Floats
    weights: Floats | None
    allowed: Bools
    codes: Codes
    event: int
    times: Floats
    periods: Ints
    grain: float

    @property
    def pre_error(self) -> Floats:
        """[K] root mean squared gap before the event."""
        found: Floats = np.sqrt((self.gaps[: self.event] ** 2).mean(axis=0))
        return found

    @property
    def effects(self) -> Floats:
        """[K] the mean over time from the event on."""
        times = self.times[self.event :]
        found: Floats = times @ self.gaps[self.event :] / times.sum()
        return found

    @property
    def ratio(self) -> Floats:
        """[K] the error from the event on over the error before it; see :func:`error_ratio`."""
        return error_ratio(self.pre_error, np.sqrt((self.gaps[self.event :] ** 2).mean(axis=0)), self.grain)


def fits_donors(standard: Standard, what: str) -> FittingStandard:
    """The standard, if it can show its fit. Raises ``BadInputError``."""
    if not isinstance(standard, FittingStandard):
        raise BadInputError(
            f"{what} wants a standard that fits donors; {standard.name} does not", hint="synthetic-control does"
        )
    return standard


def refit(standard: FittingStandard, panel: Panel, window: Window, groups: Groups, jobs: Jobs | None = None) -> Refits:
    """The fits of these jobs, without the ranges and certificates that a full fit comes with."""
    if not isinstance(standard, Fitting):
        full = standard.fit(panel, window, groups, jobs)
        return Refits(
            full.standard,
            full.gaps,
            full.weights,
            full.pool,
            full.codes,
            full.event,
            full.times,
            full.periods,
            full.grain,
        )
    design = read_design(panel, panel, window, groups, standard.pool, least_pre=standard.least_pre, jobs=jobs)
    if (design.codes != 0).all():
        nothing = np.full(design.targets.shape, np.nan)
        return _refits(standard, panel, design, nothing, None)
    found = standard.fitted(design)
    fine = (design.codes == 0) & ~found.failed
    gaps = np.where(fine[None, :], design.targets - found.counterfactual, np.nan)
    weights = None if found.weights is None else np.where(fine[:, None], found.weights, 0.0)
    codes = np.where((design.codes == 0) & found.failed, np.uint8(ReasonCode.SOLVER_FAILED), design.codes)
    return _refits(standard, panel, replace(design, codes=codes), gaps, weights)


def _refits(standard: Standard, panel: Panel, design: Design, gaps: Floats, weights: Floats | None) -> Refits:
    return Refits(
        standard.name, gaps, weights, design.allowed, design.codes, design.event, design.times, design.periods,
        grain_of(panel),
    )  # fmt: skip


def reads_predictors(standard: Standard) -> bool:
    """Does the standard search for what predictors count for, which takes long?"""
    return bool(getattr(standard, "predictors", ()))


def matters(standard: Standard, found: Refits) -> Bools:
    """[K, N]: would leaving out this donor change the fit?

    One without weight would not where the weights are the smallest optimum over a simplex: they stay feasible, optimal
    and smallest in the smaller pool. With predictors it would, as what they count for is sought in each pool anew.
    """
    if type(standard) is SyntheticControl and not reads_predictors(standard) and found.weights is not None:
        return found.allowed & (found.weights > 0)
    return found.allowed
