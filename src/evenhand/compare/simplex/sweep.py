"""Many problems over the same columns, compiled: the Gram matrix once, then one problem after another."""

from typing import Any

import numpy as np
from numba import njit

from evenhand.compare.simplex.kernel import FAILED, FAST, FLOOR, GAP, TIED, gradient, p_is_zero, solve_one
from evenhand.compare.simplex.least_norm import least_norm


@njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def sweep(X: Any, targets: Any, allowed: Any, linear: Any, rho: float, W: Any, out: Any) -> None:
    """Solve U problems.

    X: [m, N]. targets: [m, U]; of width 0 where the u-th target is the u-th column. allowed: [U, N]. linear: [U, N], of
    width 0 for none. W: [U, N] receives the weights. out: [U, 4] receives loss, duality gap, the target's sum of squares
    (after centring by row), and the status; in the data's own units.
    """
    m, n, units = X.shape[0], X.shape[1], allowed.shape[0]
    own = targets.shape[1] == 0
    D, M, scale = np.empty((m, n)), np.zeros((n, n)), 0.0
    means = np.zeros(m)
    for r in range(m):
        for i in range(n):
            means[r] += X[r, i]
        means[r] /= n
        for i in range(n):
            D[r, i] = X[r, i] - means[r]
            scale += D[r, i] * D[r, i]
    scale = np.sqrt(scale / n)
    if scale == 0.0:
        scale = 1.0
    for r in range(m):
        for i in range(n):
            D[r, i] /= scale
        for i in range(n):
            d = D[r, i]
            for j in range(n):
                M[i, j] += d * D[r, j]
    ridge = rho / scale**2
    for i in range(n):
        for j in range(n):
            M[i, j] += 1.0
        M[i, i] += ridge
    c, t, p = np.empty(n), np.empty(m), np.zeros(n)
    S, E = np.empty(n + 1, np.int64), np.empty(n, np.int64)
    H = np.empty((n + 1, n + 1))
    w, z, z1, z2, v = np.empty(n + 1), np.empty(n + 1), np.empty(n + 1), np.empty(n + 1), np.empty(n + 1)
    g, bar, small = np.empty(n), np.empty(n), np.empty(n)
    for u in range(units):
        some = False
        for i in range(n):
            bar[i] = 0.0 if allowed[u, i] else np.inf
            some = some or allowed[u, i]
            W[u, i] = 0.0
        if not some:
            out[u, 0], out[u, 1], out[u, 2], out[u, 3] = np.nan, np.nan, np.nan, FAILED
            continue
        for r in range(m):
            t[r] = D[r, u] if own else (targets[r, u] - means[r]) / scale
        if linear.shape[1]:
            for i in range(n):
                p[i] = linear[u, i] / scale**2
        if own:
            for i in range(n):
                c[i] = M[u, i] - 0.5 * p[i]
            c[u] -= ridge
        else:
            for i in range(n):
                c[i] = 1.0 - 0.5 * p[i]
            for r in range(m):
                for i in range(n):
                    c[i] += t[r] * D[r, i]
        k = solve_one(M, c, D, t, p, ridge, m, n, 0, S, w, H, z1, z2, v, z, g, bar, out[u])
        if out[u, 3] == TIED:
            k = smallest(D, t, p, m, n, k, S, w, g, bar, E, small, out[u])
        for a in range(k):
            W[u, S[a]] = w[a]
        for i in range(3):
            out[u, i] *= scale**2


@njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def smallest(D: Any, t: Any, p: Any, m: int, n: int, k: int, S: Any, w: Any, g: Any, bar: Any, E: Any, small: Any,
             out: Any) -> int:  # fmt: skip
    """Of all weights that fit as well, the smallest; what was found stays where that could not be certified."""
    scale = max(abs(out[0]), FLOOR * out[2])
    inside, nothing = 0.0, out[0] <= 1e-22 * n
    for a in range(k):
        inside += w[a] * g[S[a]]
    e = 0
    for a in range(k):
        E[e], small[e] = S[a], w[a]
        e += 1
    for i in range(n):
        if bar[i] == 0.0 and (nothing or 2.0 * (g[i] - inside) <= 1e-9 * scale):
            E[e], small[e] = i, 0.0
            e += 1
    left = least_norm(D, m, E, e, small)
    total = 0.0
    for i in range(e):
        total += small[i]
    for i in range(e):
        small[i] /= total
    loss = gradient(D, t, p, 0.0, m, n, e, E, small, g)
    if not left <= 1e-10 or loss > out[0] + GAP * scale:
        return k
    k = 0
    for i in range(e):
        if small[i] > 0.0:
            S[k], w[k] = E[i], small[i]
            k += 1
    gap, least = 0.0, np.inf
    for a in range(k):
        gap += w[a] * g[S[a]]
        least = min(least, g[S[a]])
    for i in range(n):
        least = min(least, g[i] + bar[i])
    gap = max(0.0, 2.0 * (gap - least))
    out[1] = min(gap, loss) if p_is_zero(p, n) else gap
    out[0] = loss
    return k
