"""Where several weights fit equally well: are there others at all, and what is the least and the most they say?"""

from typing import Any

import numpy as np

from evenhand.compare.panel import Bools, Floats
from evenhand.compare.simplex.solve import ties

ALONE = 1e-7


def effect_range(
    columns: Floats, after: Floats, weights: Floats, allowed: Bools, target: Floats
) -> tuple[float, float] | None:
    """The least and the largest after.w over all optimal weights w; None where there is only one.

    columns: [m, N] before the event; after: [N]; weights: [N] an optimum; target: [m]. All optima give the same fit, so
    they are the w >= 0 with columns w = columns weights, sum(w) = 1, on the columns whose gradient ties. Two linear
    programs (HiGHS).
    """
    means = columns.mean(axis=1)
    tied = ties(columns - means[:, None], target - means, weights, allowed)
    x = (columns - means[:, None])[:, tied]
    size = float(np.abs(x).max(initial=0.0)) or 1.0
    rows = np.vstack([x / size, np.ones(int(tied.sum()))])
    rank = int(np.linalg.matrix_rank(rows, tol=1e-9 * max(rows.shape)))
    if rank == rows.shape[1]:
        return None
    basis = np.linalg.svd(rows, full_matrices=False)[2][:rank]
    at = basis @ weights[tied]
    goal = after[tied]
    if not _others(basis, at, weights[tied]):
        return None
    low, high = _extreme(basis, at, goal), _extreme(basis, at, -goal)
    return low, -high


def _others(basis: Floats, at: Floats, weights: Floats) -> bool:
    """Is there another point? The weights are the smallest, so they have the widest support that ties allow or nearly
    so: another point exists where those at 0 can rise, or the support is dependent.
    """
    free = weights > 0
    if np.linalg.matrix_rank(basis[:, free], tol=1e-9) < free.sum():
        return True
    return -_extreme(basis, at, -(~free).astype(float)) > ALONE


def _extreme(basis: Floats, at: Floats, goal: Floats) -> float:
    from scipy.optimize import linprog  # noqa: PLC0415

    size = float(np.abs(goal).max(initial=0.0)) or 1.0
    found: Any = linprog(goal / size, A_eq=basis, b_eq=at, bounds=(0, None), method="highs",
                         options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10})  # fmt: skip
    return float(found.fun) * size if found.status == 0 else float("nan")
