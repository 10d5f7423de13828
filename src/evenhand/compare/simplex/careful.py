"""The slow and careful way to the same optimum, for the few problems that the compiled one could not certify."""

import numpy as np

from evenhand.compare.panel import Bools, Floats
from evenhand.compare.simplex.duality import duality_gap

STEPS, STALLS = 500, 20
FLOOR = 1e-6
AIM = 1e-11


def careful_weights(x: Floats, t: Floats, may: Bools, linear: Floats | None, ridge: float) -> Floats:
    """The optimal weights, [N]: an active set whose steps are least squares on the data, never on a Gram matrix.

    x: [m, N], t: [m]. Each step solves min |left - X_S d|^2 with sum(d) = 0 by singular values on differences of columns,
    and slopes are those of the narrowest bound, in long double.
    """
    n = x.shape[1]
    p = np.zeros(n) if linear is None else linear
    start = np.where(may, ((x - t[:, None]) ** 2).sum(axis=0) + p + ridge, np.inf)
    w, support = np.zeros(n), [int(start.argmin())]
    w[support[0]] = 1.0
    best, best_gap, stalled = w, np.inf, 0
    for _ in range(STEPS):
        exact = w.astype(np.longdouble)
        left = t - x @ exact
        gap, slope = duality_gap(x, left, exact, may, p, ridge)
        if gap < best_gap:
            best, best_gap = w, gap
        worth = max(abs(float(left @ left + p @ exact)), FLOOR * float(t @ t))
        free = np.where(may & ~np.isin(np.arange(n), support), slope, np.inf)
        j = int(free.argmin())
        if gap <= AIM * worth:
            break
        enters = [j] if free[j] < float(exact @ slope) else []
        w, support, moved = _step(x, t, w, [*support, *enters], p, ridge)
        stalled = 0 if gap == best_gap else stalled + 1
        if not moved or stalled > STALLS:
            break
    return best


def _step(
    x: Floats, t: Floats, w: Floats, support: list[int], p: Floats, ridge: float
) -> tuple[Floats, list[int], bool]:
    """To the optimum on the support's plane, dropping what turns negative on the way."""
    moved = False
    while len(support) > 1:
        base, rest = support[0], support[1:]
        rows = x[:, rest] - x[:, [base]]
        left = np.asarray(t - x @ w.astype(np.longdouble), dtype=np.float64)
        if ridge or p.any():
            back = -np.ones((1, len(rest)))
            bend = rows.T @ rows + ridge * (np.eye(len(rest)) + back.T @ back)
            pull = rows.T @ left - (p[rest] - p[base]) / 2 - ridge * (w[rest] - w[base])
            d = np.linalg.lstsq(bend, pull, rcond=1e-15)[0]
        else:
            d = np.linalg.lstsq(rows, left, rcond=1e-13)[0]
        z = w[support] + np.concatenate([[-d.sum()], d])
        low = z < 0
        if not low.any():
            moved = moved or bool((np.abs(z - w[support]) > 0).any())
            w = np.zeros_like(w)
            w[support] = z / z.sum()
            return w, support, moved
        now = w[support]
        reach = np.where(low & (now > z), now / np.where(now > z, now - z, 1.0), np.where(low, 0.0, np.inf))
        at = int(reach.argmin())
        new = now + min(1.0, float(reach[at])) * (z - now)
        new[at] = 0.0
        w = np.zeros_like(w)
        w[support] = np.maximum(new, 0.0)
        w /= w.sum()
        support = [s for i, s in enumerate(support) if i != at]
        moved = moved or reach[at] > 0
    w = np.zeros_like(w)
    w[support] = 1.0
    return w, support, moved
