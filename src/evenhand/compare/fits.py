"""What a standard that fits finds for every unit, beside the score: paths, weights, errors, and how sure the optimum is."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from evenhand.compare.panel import Bools, Codes, Floats, Groups, Ints, Names, Panel, Scores, Window
from evenhand.compare.pools import Pool
from evenhand.compare.standards import Standard


@dataclass(frozen=True, slots=True, eq=False)
class Jobs:
    """Which fits are wanted, where not every unit once with all its donors and its own figures.

    unit: [K] the column of each job. donors: [K, N] who may be a donor, within the pool; None for all. target: [T, K]
    figures in place of the unit's own, over the panel's rows; None for its own.
    """

    unit: Ints
    donors: Bools | None = None
    target: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """Every unit's fit under one standard; T here counts the periods of the window that the fit read.

    One fit for each unit, or for each of the K jobs that were asked for; then read K for N as the first of two axes.
    unit: [N] the column of each in ``units``. effects: [N] mean over the years from the event on of observed less
    counterfactual, in the measure's unit; NaN where ``codes`` gives a reason. observed, counterfactual: [T, N], NaN for
    who is not fitted. weights: [N, N], row u the weights of u's donors (0 for others; they may be negative and need not
    sum to 1 where the standard says so); None for standards without donor weights. time_weights: [N, T], 0 from the event
    on; None for standards without. pool: [N, N] who could be a donor. pre_error, post_error: [N] root mean squared gap
    before and from the event. unique: [N] is there only one optimum? certificate: [N] the duality gap over max(loss,
    1e-6 of the target's centred sum of squares): 1e-10 or less is a proof; NaN for closed forms. ranges: [N, 2] the
    least and the largest effect over all optimal weights. codes: [N] of ``ReasonCode``. periods: [T]; event: index of
    the first period from the event on. times: [T] what each period counts in means over time. used_years: [N, 2].
    grain: as in ``Scores``. features: [N, K] weights of the predictors where the standard has them, else None.
    settings: [N] the penalty that was chosen, where there is one.
    """

    standard: str
    units: Names
    unit: Ints
    periods: Ints
    event: int
    times: Floats
    effects: Floats
    observed: Floats
    counterfactual: Floats
    weights: Floats | None
    time_weights: Floats | None
    pool: Bools
    pre_error: Floats
    post_error: Floats
    unique: Bools
    certificate: Floats
    ranges: Floats
    codes: Codes
    used_years: Ints
    grain: float
    features: Floats | None = None
    settings: Floats | None = None

    @property
    def gaps(self) -> Floats:
        """[T, N]: observed less counterfactual."""
        apart: Floats = self.observed - self.counterfactual
        return apart

    @property
    def ratio(self) -> Floats:
        """[N]: the error from the event on over the error before it; see :func:`error_ratio`."""
        return error_ratio(self.pre_error, self.post_error, self.grain)

    def scores(self) -> Scores:
        """The effects as scores."""
        return Scores(self.effects, self.codes, "zero", self.used_years, self.grain)


def error_ratio(before: Floats, after: Floats, grain: float) -> Floats:
    """The error from the event on over the error before it.

    Infinite where the fit before is perfect, as near as a machine that rounds can tell: such units are all alike.
    """
    perfect = before <= 100 * grain
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(perfect & ~np.isnan(after), np.inf, after / before)
    return found


@runtime_checkable
class FittingStandard(Standard, Protocol):
    """A standard that can show its fit. Its scores are the effects; the reference is 0."""

    @property
    def pool(self) -> Pool: ...
    def fit(self, panel: Panel, window: Window, groups: Groups, jobs: Jobs | None = None) -> Fits: ...
