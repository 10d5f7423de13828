"""Penalized synthetic controls: near in the mix, and each donor near by itself (Abadie and L'Hour 2021)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from evenhand.compare.panel import Bools, Floats
from evenhand.compare.simplex.solve import FAILED, Problems, Solutions, one_block
from evenhand.compare.synthetic.design import Design
from evenhand.compare.synthetic.fitting import Fitted, Fitting

GRID = (0.0, 0.001, 0.01, 0.03, 0.1, 0.3, 1.0)
TRAINING = 2 / 3


@dataclass(frozen=True, slots=True)
class PenalizedSC(Fitting):
    """Did it break away after the event from a mix of others that were each like it before?

    Weights minimise |x - X w|^2 + penalty * sum_j w_j |x - x_j|^2 over the simplex: with a penalty above 0 they are
    unique but for donors alike. penalty None: for each unit, that of ``GRID`` whose weights from the first two thirds of
    the periods before the event err least in the last third (the smallest where they tie).
    """

    penalty: float | None = None
    name: ClassVar[str] = "penalized-synthetic-control"

    def fitted(self, design: Design) -> Fitted:
        m = design.event
        chosen = _chosen(design) if self.penalty is None else np.full(len(design.unit), float(self.penalty))
        found = _solved(design, m, chosen)
        no: Bools = np.zeros(len(chosen), dtype=bool)
        return Fitted(
            design.donors @ found.weights.T,
            found.certificate,
            no,
            found.status == FAILED,
            found.weights,
            settings=chosen,
        )


def _solved(design: Design, rows: int, penalty: Floats) -> Solutions:
    targets, donors = design.targets[:rows], design.donors[:rows]
    apart = ((targets[:, :, None] - donors[:, None, :]) ** 2).sum(axis=0)
    return one_block(
        Problems(donors, design.allowed, None if design.plain else targets, linear=penalty[:, None] * apart)
    )


def _chosen(design: Design) -> Floats:
    """[K]: which penalty would have foretold the last third best?"""
    m = design.event
    cut = max(1, int(np.ceil(TRAINING * m)))
    if cut >= m:
        return np.full(len(design.unit), GRID[0])
    errors = []
    for penalty in GRID:
        weights = _solved(design, cut, np.full(len(design.unit), penalty)).weights
        left = design.targets[cut:m] - design.donors[cut:m] @ weights.T
        errors.append((left**2).sum(axis=0))
    table = np.array(errors)
    best = table.min(axis=0)
    first = (table <= best * (1 + 1e-9)).argmax(axis=0)
    found: Floats = np.asarray(GRID)[first]
    return found
