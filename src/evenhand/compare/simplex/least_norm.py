"""The smallest of all weights that fit equally well, compiled."""

from typing import Any

import numpy as np
from numba import njit

FAST = {"reassoc", "contract", "nsz", "arcp"}
DEPENDENT = 1e-9
STEPS = 200


@njit(inline="always")
def row_space(X: Any, m: int, e: int, size: float, Q: Any) -> int:
    """Orthonormal rows that span those of [X; 1] (Gram and Schmidt, twice); how many they are."""
    rank = 0
    for r in range(m + 1):
        if rank == e:
            break
        for i in range(e):
            Q[rank, i] = 1.0 if r == 0 else X[r - 1, i]
        for _ in range(2):
            for q in range(rank):
                dot = 0.0
                for i in range(e):
                    dot += Q[q, i] * Q[rank, i]
                for i in range(e):
                    Q[rank, i] -= dot * Q[q, i]
        norm = 0.0
        for i in range(e):
            norm += Q[rank, i] ** 2
        norm = np.sqrt(norm)
        if norm > DEPENDENT * (1.0 if r == 0 else size):
            for i in range(e):
                Q[rank, i] /= norm
            rank += 1
    return rank


@njit(inline="always")
def cholesky_solve(J: Any, f: Any, r: int) -> None:
    """Solve J x = f in place."""
    for i in range(r):
        for j in range(i + 1):
            s = J[i, j]
            for q in range(j):
                s -= J[i, q] * J[j, q]
            if i == j:
                J[i, i] = np.sqrt(max(s, 1e-13))
            else:
                J[i, j] = s / J[j, j]
    for i in range(r):
        s = f[i]
        for q in range(i):
            s -= J[i, q] * f[q]
        f[i] = s / J[i, i]
    for i in range(r - 1, -1, -1):
        s = f[i]
        for q in range(i + 1, r):
            s -= J[q, i] * f[q]
        f[i] = s / J[i, i]


@njit("f8(f8[:,::1], i8, i8, f8[::1], f8[::1], f8[::1], f8[::1])", cache=True, nogil=True, fastmath=FAST,
      error_model="numpy")  # fmt: skip
def dual_value(Q: Any, rank: int, e: int, b: Any, y: Any, v: Any, f: Any) -> float:
    """The dual's value at y, v = Q'y, f = b - Q max(v, 0)."""
    for i in range(e):
        v[i] = 0.0
    value = 0.0
    for q in range(rank):
        value += b[q] * y[q]
        for i in range(e):
            v[i] += y[q] * Q[q, i]
    for i in range(e):
        value -= 0.5 * max(v[i], 0.0) ** 2
    for q in range(rank):
        dot = 0.0
        for i in range(e):
            dot += Q[q, i] * max(v[i], 0.0)
        f[q] = b[q] - dot
    return value


@njit("f8(f8[:,::1], f8[::1])", cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def least_norm(X: Any, w: Any) -> float:
    """The smallest w >= 0 with the same fit X w and the same sum; X: [m, e], w: [e], replaced. Gives what is left of the
    equations.

    The dual, max b.y - |max(Q'y, 0)|^2 / 2 with Q the rows of [X; 1] made orthonormal and b = Q w, by Newton's method
    with halved steps (it is piecewise quadratic: the last step is exact).
    """
    m, e = X.shape
    size = 0.0
    for r in range(m):
        norm = 0.0
        for i in range(e):
            norm += X[r, i] * X[r, i]
        size = max(size, np.sqrt(norm))
    Q = np.empty((min(m + 1, e) + 1, e))
    rank = row_space(X, m, e, size, Q)
    b, y, f, trial = np.zeros(rank), np.zeros(rank), np.zeros(rank), np.zeros(rank)
    after, J, v = np.zeros(rank), np.empty((rank, rank)), np.empty(e)
    for q in range(rank):
        for i in range(e):
            b[q] += Q[q, i] * w[i]
        y[q] = b[q]
    left = np.inf
    for _ in range(STEPS):
        value = dual_value(Q, rank, e, b, y, v, f)
        left = 0.0
        for q in range(rank):
            left = max(left, abs(f[q]))
        if left <= 1e-15:
            break
        for q in range(rank):
            for s in range(q + 1):
                total = 1e-13 if q == s else 0.0
                for i in range(e):
                    if v[i] > 0.0:
                        total += Q[q, i] * Q[s, i]
                J[q, s] = total
            trial[q] = f[q]
        cholesky_solve(J, f, rank)
        slope = 0.0
        for q in range(rank):
            slope += trial[q] * f[q]
        step, found = 1.0, False
        for _ in range(40):
            for q in range(rank):
                trial[q] = y[q] + step * f[q]
            other = dual_value(Q, rank, e, b, trial, v, after)
            close = 0.0
            for q in range(rank):
                close = max(close, abs(after[q]))
            if other >= value + 1e-4 * step * slope or close < left * (1.0 - 1e-4 * step):
                found = True
                break
            step *= 0.5
        if not found:
            break
        for q in range(rank):
            y[q] = trial[q]
    dual_value(Q, rank, e, b, y, v, f)
    left = 0.0
    for q in range(rank):
        left = max(left, abs(f[q]))
    for i in range(e):
        w[i] = max(v[i], 0.0)
    return left
