"""Augmented synthetic controls: what the mix still misses before the event is made up by ridge regression (Ben-Michael,
Feller, Rothstein 2021).
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from evenhand.compare.panel import Floats
from evenhand.compare.simplex.solve import FAILED, Problems, one_block, solve
from evenhand.compare.synthetic.design import Design
from evenhand.compare.synthetic.fitting import Fitted, Fitting

STEPS = 20
LEAST = 1e-8


@dataclass(frozen=True, slots=True)
class AugmentedSC(Fitting):
    """Did it break away after the event from a mix of others, corrected for what the mix missed before?

    With X the donors' figures before the event less their mean ([N0, T0]), x the unit's, s the synthetic control's
    weights: w = s + X (X'X + penalty I)^-1 (x - X's). They sum to 1 and may be negative. penalty None: the largest on a
    grid of 21 (from the largest squared singular value of X down to 1e-8 of it) whose error, leaving out one period after
    the other, is within one standard error of the least.
    """

    penalty: float | None = None
    name: ClassVar[str] = "augmented-synthetic-control"

    def fitted(self, design: Design) -> Fitted:
        m = design.event
        found = one_block(Problems(design.donors[:m], design.allowed, None if design.plain else design.targets[:m]))
        weights = np.zeros_like(found.weights)
        chosen = np.full(len(design.unit), np.nan if self.penalty is None else float(self.penalty))
        left_out = _left_out(design) if self.penalty is None else None
        for k in np.flatnonzero(design.codes == 0):
            donors = np.flatnonzero(design.allowed[k])
            x, t = _centred(design.donors[:m, donors].T, design.targets[:m, k])
            if left_out is not None:
                chosen[k] = _penalty(x, t, left_out[:, k][:, donors])
            weights[k, donors] = (
                found.weights[k, donors] + _correction(x, t, found.weights[k, donors], chosen[k : k + 1])[0]
            )
        return Fitted(
            design.donors @ weights.T,
            np.full(len(chosen), np.nan),
            np.zeros(len(chosen), dtype=bool),
            found.status == FAILED,
            weights,
            settings=chosen,
        )


def _centred(x: Floats, t: Floats) -> tuple[Floats, Floats]:
    """[N0, T0] donors and [T0] the unit, less the donors' mean in each period."""
    mean = x.mean(axis=0)
    return x - mean, t - mean


def _correction(x: Floats, t: Floats, weights: Floats, penalties: Floats) -> Floats:
    """[L, N0]: what ridge regression adds to the weights, for each penalty."""
    u, d, v = np.linalg.svd(x, full_matrices=False)
    missed = v @ (t - weights @ x)
    with np.errstate(divide="ignore", invalid="ignore"):
        shrunk = np.where(d > 0, d / (d**2 + penalties[:, None]), 0.0)
    return np.asarray((shrunk * missed) @ u.T)


def _left_out(design: Design) -> Floats:
    """[m, K, N]: the synthetic controls without each period before the event."""
    m = design.event
    rows = np.array([r for out in range(m) for r in range(m) if r != out], dtype=np.int64)
    starts = np.arange(m, dtype=np.int64) * (m - 1)
    targets = None if design.plain else design.targets[rows]
    found = solve(Problems(design.donors[rows], design.allowed, targets, starts, starts + m - 1, warm=True))
    return found.weights


def _penalty(x: Floats, t: Floats, left_out: Floats) -> float:
    """The largest penalty whose error is within one standard error of the least."""
    m = len(t)
    top = float(np.linalg.svd(x, compute_uv=False)[0] ** 2)
    penalties = top * LEAST ** (np.arange(STEPS + 1) / STEPS)
    errors = np.empty((m, STEPS + 1))
    for out in range(m):
        keep = np.arange(m) != out
        added = _correction(x[:, keep], t[keep], left_out[out], penalties)
        errors[out] = (t[out] - (left_out[out] + added) @ x[:, out]) ** 2
    mean = errors.mean(axis=0)
    best = int(mean.argmin())
    within = mean <= mean[best] + errors[:, best].std(ddof=1) / np.sqrt(m)
    return float(penalties[within.argmax()])
