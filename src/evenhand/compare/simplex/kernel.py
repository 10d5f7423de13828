"""Least squares over the simplex, compiled: one active set, checked on the data and polished there.

    minimise  |t - X w|^2 + p.w + rho |w|^2   over  w >= 0, sum(w) = 1, w[j] = 0 where j is not allowed

The inverse H of the Gram matrix of the support is kept and updated by one rank as a column enters or leaves (the active
set of Wolfe 1976 and of Lawson and Hanson 1974 with the sum as a constraint). Then the gradient is computed anew from
the data, the duality gap of Frank and Wolfe (Jaggi 2013) from it, and while the gap is too wide, Newton steps on the
support follow. Importing this file imports numba: only :mod:`evenhand.compare.simplex.solve` does so, when it solves.
"""

from typing import Any

import numpy as np
from numba import njit

CERTIFIED, TIED, FAILED = 0, 1, 2
GAP = 1e-10
FLOOR = 1e-6
AIM = 0.1
TIE = 1e-9
NOTHING = 1e-22
INDEPENDENT = 1e-11
FAST = {"reassoc", "contract", "nsz", "arcp"}
DATA_STEPS = 60


@njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def append(M: Any, c: Any, j: int, k: int, S: Any, H: Any, z1: Any, z2: Any, v: Any) -> bool:
    """Take column j into the support; False where it is a combination of those there."""
    for a in range(k):
        v[a] = 0.0
    for b in range(k):
        m = M[j, S[b]]
        for a in range(k):
            v[a] += H[b, a] * m
    s = M[j, j]
    one, two = c[j], 1.0
    for a in range(k):
        m = M[j, S[a]]
        s -= m * v[a]
        one -= m * z1[a]
        two -= m * z2[a]
    if s <= INDEPENDENT * M[j, j]:
        return False
    inverse = 1.0 / s
    one *= inverse
    two *= inverse
    for a in range(k):
        z1[a] -= v[a] * one
        z2[a] -= v[a] * two
        factor = v[a] * inverse
        for b in range(k):
            H[a, b] += factor * v[b]
        H[a, k] = -factor
        H[k, a] = -factor
    H[k, k] = inverse
    z1[k] = one
    z2[k] = two
    S[k] = j
    return True


@njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def drop(p: int, k: int, S: Any, w: Any, H: Any, z1: Any, z2: Any, v: Any) -> int:
    """Take the p-th column out of the support; the last takes its place."""
    inverse = 1.0 / H[p, p]
    one, two = z1[p] * inverse, z2[p] * inverse
    for a in range(k):
        v[a] = H[p, a]
    for a in range(k):
        z1[a] -= v[a] * one
        z2[a] -= v[a] * two
        factor = v[a] * inverse
        for b in range(k):
            H[a, b] -= factor * v[b]
    k -= 1
    S[p], w[p], z1[p], z2[p] = S[k], w[k], z1[k], z2[k]
    for a in range(k):
        H[p, a] = H[k, a]
    for a in range(k):
        H[a, p] = H[a, k]
    H[p, p] = H[k, k]
    return k


@njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def walk(k: int, S: Any, w: Any, z: Any, H: Any, z1: Any, z2: Any, v: Any, bar: Any) -> int:
    """From w towards z as far as no weight turns negative; those that reach 0 leave. -1 - k where none had to."""
    step, at = 1.0, -1
    for a in range(k):
        if z[a] <= 0.0:
            reach = w[a] / (w[a] - z[a]) if w[a] > z[a] else 0.0
            if reach < step or at < 0:
                step, at = min(reach, step), a
    if at < 0:
        for a in range(k):
            w[a] = z[a]
        return -1 - k
    for a in range(k):
        w[a] += step * (z[a] - w[a])
    bar[S[at]] = 0.0
    return drop(at, k, S, w, H, z1, z2, v)


@njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def on_gram(M: Any, c: Any, n: int, k: int, S: Any, w: Any, H: Any, z1: Any, z2: Any, v: Any, z: Any, g: Any, bar: Any,
            tol: float) -> int:  # fmt: skip
    """The active set on the Gram matrix. bar: [n] inf where a column may not enter. Gives the size of the support."""
    if k == 0:
        best, j = np.inf, -1
        for i in range(n):
            value = 0.5 * M[i, i] - c[i] + bar[i]
            if value < best:
                best, j = value, i
        H[0, 0] = 1.0 / M[j, j]
        z1[0], z2[0], w[0], S[0] = c[j] * H[0, 0], H[0, 0], 1.0, j
        bar[j] = np.inf
        k = 1
    for _ in range(6 * n + 20):
        for i in range(n):
            g[i] = -c[i]
        for a in range(k):
            row, weight = S[a], w[a]
            for i in range(n):
                g[i] += M[row, i] * weight
        inside, least = 0.0, np.inf
        for a in range(k):
            inside += w[a] * g[S[a]]
        for i in range(n):
            g[i] += bar[i]
            least = min(least, g[i])
        if least >= inside - tol:
            return k
        j = 0
        while g[j] != least:
            j += 1
        if not append(M, c, j, k, S, H, z1, z2, v):
            return k
        bar[j] = np.inf
        w[k] = 0.0
        k += 1
        while True:
            one, two = 0.0, 0.0
            for a in range(k):
                one += z1[a]
                two += z2[a]
            mu = (1.0 - one) / two
            for a in range(k):
                z[a] = z1[a] + mu * z2[a]
            k = walk(k, S, w, z, H, z1, z2, v, bar)
            if k < 0:
                k = -1 - k
                break
    return k


@njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def gradient(X: Any, t: Any, p: Any, rho: float, m: int, n: int, k: int, S: Any, w: Any, g: Any) -> float:
    """Half the gradient, from the data, into g; gives the loss |t - X w|^2 + p.w + rho |w|^2."""
    for i in range(n):
        g[i] = 0.5 * p[i]
    loss = 0.0
    for r in range(m):
        left = t[r]
        for a in range(k):
            left -= w[a] * X[r, S[a]]
        loss += left * left
        for i in range(n):
            g[i] -= left * X[r, i]
    for a in range(k):
        g[S[a]] += rho * w[a]
        loss += w[a] * p[S[a]] + rho * w[a] * w[a]
    return loss


@njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def solve_one(M: Any, c: Any, X: Any, t: Any, p: Any, rho: float, m: int, n: int, k: int, S: Any, w: Any, H: Any,
              z1: Any, z2: Any, v: Any, z: Any, g: Any, bar: Any, out: Any) -> int:  # fmt: skip
    """One problem. M, c: X'X + shift 11' + rho I and X't - p/2 + shift. out: loss, gap, centred sum of squares, status.

    k, S, w, H, z1, z2: the support to start from (k = 0: none); bar: 0 where allowed and not in the support, else inf.
    """
    size = 0.0
    for i in range(n):
        size = max(size, M[i, i])
    k = on_gram(M, c, n, k, S, w, H, z1, z2, v, z, g, bar, 1e-14 * size)
    spread = 0.0
    for r in range(m):
        spread += t[r] * t[r]
    out[2] = spread
    status, before = FAILED, np.inf
    for _ in range(DATA_STEPS):
        total = 0.0
        for a in range(k):
            total += w[a]
        for a in range(k):
            w[a] /= total
        loss = gradient(X, t, p, rho, m, n, k, S, w, g)
        inside = 0.0
        for a in range(k):
            inside += w[a] * g[S[a]]
        least, inner = np.inf, np.inf
        for i in range(n):
            least = min(least, g[i] + bar[i])
        for a in range(k):
            inner = min(inner, g[S[a]])
        gap = max(0.0, 2.0 * (inside - min(least, inner)))
        if rho == 0.0 and loss >= 0.0:
            gap = min(gap, loss) if p_is_zero(p, n) else gap
        scale = max(abs(loss), FLOOR * spread)
        out[0], out[1] = loss, gap
        if gap <= AIM * GAP * scale or (gap <= GAP * scale and gap >= before):
            status = CERTIFIED
            if loss <= NOTHING * size or (least < np.inf and 2.0 * (least - inside) <= TIE * scale):
                status = TIED if rho == 0.0 else CERTIFIED
            break
        before = gap
        if least < inside - 0.25 * AIM * GAP * scale and least < inner:
            j = 0
            while g[j] + bar[j] != least:
                j += 1
            if append(M, c, j, k, S, H, z1, z2, v):
                bar[j] = np.inf
                w[k] = 0.0
                k += 1
        while True:
            # a Newton step on the support from the data's own gradient
            one, two = 0.0, 0.0
            for a in range(k):
                z[a] = 0.0
                two += z2[a]
            for b in range(k):
                gb = g[S[b]]
                for a in range(k):
                    z[a] -= H[b, a] * gb
            for a in range(k):
                one += z[a]
            for a in range(k):
                z[a] += w[a] - one / two * z2[a]
            k = walk(k, S, w, z, H, z1, z2, v, bar)
            if k < 0:
                k = -1 - k
                break
            gradient(X, t, p, rho, m, n, k, S, w, g)
    out[3] = status
    return k


@njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")
def p_is_zero(p: Any, n: int) -> bool:
    """Is there no linear penalty? Then the loss itself bounds the gap."""
    total = 0.0
    for i in range(n):
        total += abs(p[i])
    return total == 0.0
