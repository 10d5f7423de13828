"""How far can the loss still fall? Bounds by weak duality, in long double."""

from typing import Any

import numpy as np

from evenhand.compare.panel import Bools, Floats

STEPS = 3


def duality_gap(
    x: Any, left: Any, w: Any, may: Bools, p: Floats, ridge: float, enough: float = 0.0
) -> tuple[float, Any]:
    """By how much can |t - x w|^2 + p.w + ridge |w|^2 fall at most, and half the gradient that shows it?

    x: [m, N]; left: t - x w, [m]; w: [N]. The bound |x d|^2 + ridge |d|^2 + 2 (w.g - min g), g half the gradient at
    w + d, holds for every d: d = 0 gives the gap of Frank and Wolfe (Jaggi 2013), and steps d towards the optimum on the
    support, too small to be added to w in its own digits, a narrower one. enough: a gap that need not be narrowed.
    """
    d = np.zeros_like(w)
    gap, slope = _bound(x, left, w, d, may, p, ridge)
    for _ in range(STEPS if ridge == 0 and not p.any() else 0):
        if gap <= enough:
            break
        d = d + _towards_optimum(x, left - x @ d, w > 0)
        other, its_slope = _bound(x, left, w, d, may, p, ridge)
        if other < gap:
            gap, slope = other, its_slope
    return gap, slope


def _bound(x: Any, left: Any, w: Any, d: Any, may: Bools, p: Floats, ridge: float) -> tuple[float, Any]:
    back = x @ d
    slope = (back - left) @ x + p / 2 + ridge * (w + d)
    return max(0.0, float(back @ back + ridge * (d @ d) + 2 * (w @ slope - slope[may].min()))), slope


def _towards_optimum(x: Any, left: Any, support: Bools) -> Any:
    """The step of sum 0 on the support that comes nearest to the least squares there."""
    d = np.zeros(len(support), dtype=np.longdouble)
    at = np.flatnonzero(support)
    if len(at) > 1:
        rows = (x[:, at[1:]] - x[:, at[:1]]).astype(np.float64)
        d[at[1:]] = np.linalg.lstsq(rows, left.astype(np.float64), rcond=1e-14)[0]
        d[at[0]] = -d[at[1:]].sum()
    return d
