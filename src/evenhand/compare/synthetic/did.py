"""Synthetic difference-in-differences: weights on donors and on periods (Arkhangelsky, Athey, Hirshberg, Imbens, Wager 2021)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from evenhand.compare.fits import Jobs
from evenhand.compare.panel import Bools, Floats, Groups, Panel, Window
from evenhand.compare.simplex.solve import FAILED, Problems, one_block, solve
from evenhand.compare.synthetic.design import Design, read_design
from evenhand.compare.synthetic.fitting import Fitted, Fitting

TIME_RIDGE = 1e-6


@dataclass(frozen=True, slots=True)
class SyntheticDiD(Fitting):
    """Did it break away after the event from a mix of others that moved in parallel before, over the years that matter?

    Score: its mean from the event on less its weighted mean before, minus the same of the weighted donors. Donor weights
    come nearest to its path before the event but for a constant, with the penalty zeta^2 T0 |w|^2, zeta = T1^(1/4) times
    the standard deviation of the donors' yearly changes before the event; period weights come nearest to the donors'
    means after it but for a constant, with the penalty (1e-6 sd)^2 N0 |l|^2. Both are unique, and exact.
    """

    name: ClassVar[str] = "synthetic-did"

    def fitted(self, design: Design) -> Fitted:
        m, donors = design.event, design.donors
        spread = _noise(donors[:m], design.allowed)
        after = len(donors) - m
        ridge = np.sqrt(max(after, 1)) * spread**2 * m
        found = one_block(
            Problems(donors[:m], design.allowed, None if design.plain else design.targets[:m], ridge=ridge, demean=True)
        )
        periods, proof, failed = _period_weights(design, TIME_RIDGE**2 * spread**2)
        level = (periods * design.targets[:m].T).sum(axis=1) - (found.weights * (periods @ donors[:m])).sum(axis=1)
        return Fitted(
            counterfactual=donors @ found.weights.T + level,
            certificate=np.maximum(found.certificate, proof),
            tied=np.zeros(len(level), dtype=bool),
            failed=(found.status == FAILED) | failed,
            weights=found.weights,
            time_weights=np.hstack([periods, np.zeros((len(periods), after))]),
        )

    def placebo_errors(self, panel: Panel, window: Window, groups: Groups) -> Floats:
        """How uncertain is each effect? [N], the standard deviation (ddof 1) of the effects of all its donors, each set
        against the other donors, as if the event had been theirs: every donor once, so that nothing is drawn by lot.
        NaN under two donors.
        """
        design = read_design(panel, panel, window, groups, self.pool, least_pre=self.least_pre)
        subject, donor = np.nonzero(design.allowed)
        errors = np.full(len(design.codes), np.nan)
        if not len(subject):
            return errors
        jobs = Jobs(donor, design.allowed[subject])
        placebo = read_design(panel, panel, window, groups, self.pool, least_pre=self.least_pre, jobs=jobs)
        found = self.fitted(placebo)
        effects = placebo.mean_after(placebo.targets - found.counterfactual)
        effects = np.where((placebo.codes == 0) & ~found.failed, effects, np.nan)
        for u in np.unique(subject):
            own = effects[subject == u]
            own = own[~np.isnan(own)]
            if len(own) > 1:
                errors[u] = own.std(ddof=1)
        return errors


def _noise(before: Floats, allowed: Bools) -> Floats:
    """[K]: the standard deviation (ddof 1) of the yearly changes of each job's donors before the event."""
    steps = np.diff(before, axis=0)
    steps = steps - steps.mean()
    count = np.maximum(allowed.sum(axis=1) * len(steps), 2)
    total, squares = allowed @ steps.sum(axis=0), allowed @ (steps**2).sum(axis=0)
    found: Floats = np.sqrt(np.maximum(squares - total**2 / count, 0.0) / (count - 1))
    return found


def _period_weights(design: Design, ridge: Floats) -> tuple[Floats, Floats, Bools]:
    """[K, m] the weights of the periods before the event, their certificates, and where there are none.

    Jobs with the same donors have the same weights.
    """
    m, donors = design.event, design.donors
    if m == len(donors):
        even = np.full((len(design.unit), m), 1.0 / m)
        return even, np.zeros(len(even)), np.zeros(len(even), dtype=bool)
    pools, first, which = np.unique(design.allowed, axis=0, return_index=True, return_inverse=True)
    which = which.ravel()
    size = pools.sum(axis=1)
    _, member = np.nonzero(pools)
    last = np.cumsum(size)
    filled = size > 0
    found = solve(
        Problems(
            donors[:m, member].T,
            np.ones((1, m), dtype=bool),
            targets=design.mean_after(donors)[member][:, None],
            first=(last - size)[filled],
            last=last[filled],
            ridge=(ridge[first] * size)[filled][:, None],
            demean=True,
        )
    )
    weights, proof, failed = np.zeros((len(pools), m)), np.full(len(pools), np.nan), np.ones(len(pools), dtype=bool)
    weights[filled], proof[filled] = found.weights[:, 0], found.certificate[:, 0]
    failed[filled] = found.status[:, 0] == FAILED
    return weights[which], proof[which], failed[which]
