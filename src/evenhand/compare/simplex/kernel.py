"""Least squares over the simplex, compiled: one active set, checked on the data and polished there.

    minimise  |t - X w|^2 + p.w + rho |w|^2   over  w >= 0, sum(w) = 1, w[j] = 0 where j is not allowed

The inverse H of the Gram matrix of the support is kept and updated by one rank as a column enters or leaves (the active
set of Wolfe 1976 and of Lawson and Hanson 1974, with the sum as a constraint). Newton steps on the support use the
gradient from the Gram matrix until it shows no better column; from then on the gradient is computed from the data
themselves, and the duality gap from it, until the gap is narrow enough:

    |X d|^2 + rho |d|^2 + 2 (w.g - min g)    with g half the gradient at w + d

It bounds how far the loss at w can still fall, whatever d is (weak duality, with the residual at w + d as the dual
point); d is what of the last step was lost when w was rounded, and without it the gap would be that of Frank and Wolfe
(Jaggi 2013), which rounding alone keeps too wide where the fit is nearly perfect.

The helpers are inlined before compilation (``inline="always"``): all is one compiled function, so that compiling takes
seconds, once. Importing this file imports numba: only :mod:`evenhand.compare.simplex.solve` does so, when it solves.
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
INDEPENDENT = 1e-13
DATA_STEPS = 60
STALLS = 12
SUM = 1e-14
REBUILD = 2
FAST = {"reassoc", "contract", "nsz", "arcp"}
SWEEP = (
    "void(f8[:,::1], i8[::1], i8[::1], f8[:,::1], b1[:,:,::1], i8[::1], i8[::1], f8[:,::1], f8[:,::1], b1, b1,"
    " f8[:,:,::1], f8[:,:,::1])"
)


@njit(inline="always")
def append(M: Any, j: int, k: int, S: Any, H: Any, ones: Any, v: Any) -> bool:
    """Take column j into the support; False where it is a combination of those there. ones: H 1."""
    for a in range(k):
        v[a] = 0.0
    for b in range(k):
        m = M[j, S[b]]
        for a in range(k):
            v[a] += H[b, a] * m
    s, one = M[j, j], 1.0
    for a in range(k):
        m = M[j, S[a]]
        s -= m * v[a]
        one -= m * ones[a]
    fits: bool = s > INDEPENDENT * M[j, j]
    if fits:
        inverse = 1.0 / s
        one *= inverse
        for a in range(k):
            ones[a] -= v[a] * one
            factor = v[a] * inverse
            for b in range(k):
                H[a, b] += factor * v[b]
            H[a, k] = -factor
            H[k, a] = -factor
        H[k, k] = inverse
        ones[k] = one
        S[k] = j
    return fits


@njit(inline="always")
def drop(p: int, last: int, S: Any, w: Any, low: Any, gs: Any, H: Any, ones: Any, v: Any) -> None:
    """Take the p-th column out of the support; the last takes its place."""
    inverse = 1.0 / H[p, p]
    one = ones[p] * inverse
    for a in range(last + 1):
        v[a] = H[p, a]
    for a in range(last + 1):
        ones[a] -= v[a] * one
        factor = v[a] * inverse
        for b in range(last + 1):
            H[a, b] -= factor * v[b]
    S[p], w[p], gs[p], ones[p], low[p] = S[last], w[last], gs[last], ones[last], low[last]
    for a in range(last):
        H[p, a] = H[last, a]
    for a in range(last):
        H[a, p] = H[a, last]
    H[p, p] = H[last, last]


@njit(inline="always")
def newton(k: int, gs: Any, H: Any, ones: Any, w: Any, low: Any, z: Any) -> float:
    """The step from w to the optimum on the support's plane into z; gives the slope that all its columns have there."""
    for a in range(k):
        z[a] = 0.0
    for b in range(k):
        slope = gs[b]
        for a in range(k):
            z[a] -= H[b, a] * slope
    total, unit, weight, lower = 0.0, 0.0, 0.0, 0.0
    for a in range(k):
        total += z[a]
        unit += ones[a]
        weight += w[a]
        lower += low[a]
    mu = (1.0 - weight - lower - total) / unit
    for a in range(k):
        z[a] += mu * ones[a] + low[a]
    return mu


@njit(inline="always")
def slopes_on_gram(M: Any, c: Any, n: int, k: int, S: Any, w: Any, g: Any) -> None:
    """Half the gradient into g."""
    for i in range(n):
        g[i] = -c[i]
    for a in range(k):
        row, weight = S[a], w[a]
        for i in range(n):
            g[i] += M[row, i] * weight


@njit(inline="always")
def slopes_on_data(D: Any, t: Any, p: Any, rho: float, m: int, n: int, k: int, S: Any, w: Any, low: Any, g: Any) -> Any:
    """Half the gradient at w + low into g, from the data; gives the loss at w and |X low|^2 + rho |low|^2."""
    for i in range(n):
        g[i] = 0.5 * p[i]
    loss, apart = 0.0, 0.0
    for r in range(m):
        left, back = t[r], 0.0
        for a in range(k):
            d = D[r, S[a]]
            left -= w[a] * d
            back += low[a] * d
        loss += left * left
        apart += back * back
        left -= back
        for i in range(n):
            g[i] -= left * D[r, i]
    for a in range(k):
        g[S[a]] += rho * (w[a] + low[a])
        loss += w[a] * p[S[a]] + rho * w[a] * w[a]
        apart += rho * low[a] * low[a]
    return loss, apart


@njit("f8(f8, f8, f8)", cache=True, nogil=True)
def rest(old: float, new: float, step: float) -> float:
    """What of old + step does not fit into new. Not compiled for speed: its terms must not be reordered."""
    return (old - new) + step


@njit(inline="always")
def prepare(X: Any, first: int, m: int, n: int, demean: bool, D: Any, M: Any, means: Any, own: Any,
            diagonal: Any) -> float:  # fmt: skip
    """Rows centred (and columns, if so asked) and scaled into D, the Gram matrix raised by 1 into M; gives the scale."""
    for i in range(n):
        own[i] = 0.0
    if demean:
        for r in range(m):
            for i in range(n):
                own[i] += X[first + r, i] / m
    scale = 0.0
    for r in range(m):
        mean = 0.0
        for i in range(n):
            D[r, i] = X[first + r, i] - own[i]
            mean += D[r, i]
        mean /= n
        means[r] = mean
        for i in range(n):
            D[r, i] -= mean
            scale += D[r, i] * D[r, i]
    scale = np.sqrt(scale / n) if scale > 0.0 else 1.0
    for i in range(n):
        for j in range(n):
            M[i, j] = 1.0
    for r in range(m):
        for i in range(n):
            D[r, i] /= scale
        for i in range(n):
            d = D[r, i]
            for j in range(n):
                M[i, j] += d * D[r, j]
    for i in range(n):
        diagonal[i] = M[i, i]
    return scale


# no_…: passes that find nothing to do here and take a tenth of the compiler's time
@njit(SWEEP, cache=True, nogil=True, fastmath=FAST, error_model="numpy", no_rewrites=True, no_cfunc_wrapper=True)  # type: ignore[call-overload]
def sweep(X: Any, first: Any, last: Any, targets: Any, allowed: Any, pool: Any, base: Any, linear: Any, rhos: Any,
          demean: bool, warm: bool, W: Any, out: Any) -> None:  # fmt: skip
    """Solve B blocks of U problems each.

    X: [T, N]; a block reads the rows first[b] to last[b] - 1. targets: [T, U]; of width 0 where the u-th target is the
    u-th column. allowed: [A, U, N] and pool: [B] which of the A a block has. base: [B] an earlier block over the same
    rows whose pools contain this one's, or -1: an optimum that lies inside the smaller pool is not sought again. linear:
    [U, N], of width 0 for none. rhos: [B, U]. demean: figures less their own mean over the block's rows. warm: start from
    the block before. W: [B, U, N] receives the weights. out: [B, U, 5] loss, duality gap, the target's sum of squares
    about the columns' mean in each row (data units), status, and 1 where it was not sought again.
    """
    n, units, top = X.shape[1], allowed.shape[1], 0
    for b in range(len(first)):
        top = max(top, last[b] - first[b])
    plain = targets.shape[1] == 0
    D, M, H = np.empty((top, n)), np.empty((n, n)), np.empty((n + 1, n + 1))
    c, t, p, means, centre = np.empty(n), np.empty(top), np.empty(n), np.empty(top), np.empty(n)
    diagonal = np.empty(n)
    S, w, z, ones, v = np.empty(n + 1, np.int64), np.empty(n + 1), np.empty(n + 1), np.empty(n + 1), np.empty(n + 1)
    g, gs, bar, low = np.empty(n), np.empty(n + 1), np.empty(n), np.empty(n + 1)
    for i in range(n):
        p[i] = 0.0
    for b in range(len(first)):
        m, ready, scale, size = last[b] - first[b], False, 1.0, 0.0
        for u in range(units):
            if base[b] >= 0:
                inside_pool = out[base[b], u, 3] < FAILED
                for i in range(n):
                    if W[base[b], u, i] > 0.0 and not allowed[pool[b], u, i]:
                        inside_pool = False
                if inside_pool:
                    for i in range(n):
                        W[b, u, i] = W[base[b], u, i]
                    for i in range(4):
                        out[b, u, i] = out[base[b], u, i]
                    out[b, u, 4] = 1.0
                    continue
            if not ready:
                scale = prepare(X, first[b], m, n, demean, D, M, means, centre, diagonal)
                ready, size = True, 0.0
                for i in range(n):
                    size = max(size, diagonal[i])
            some, rho = False, rhos[b, u] / (scale * scale)
            for i in range(n):
                M[i, i] = diagonal[i] + rho
                bar[i] = np.inf
                if allowed[pool[b], u, i]:
                    bar[i] = 0.0
                    some = True
                W[b, u, i] = 0.0
            out[b, u, 4] = 0.0
            if not some:
                out[b, u, 0], out[b, u, 1], out[b, u, 2], out[b, u, 3] = np.nan, np.nan, np.nan, FAILED
                continue
            level, spread = 0.0, 0.0
            if demean and not plain:
                for r in range(m):
                    level += targets[first[b] + r, u] / m
            for r in range(m):
                t[r] = D[r, u] if plain else (targets[first[b] + r, u] - level - means[r]) / scale
                spread += t[r] * t[r]
            if plain:
                for i in range(n):
                    c[i] = M[u, i]
                c[u] -= rho
            else:
                for i in range(n):
                    c[i] = 1.0
                for r in range(m):
                    for i in range(n):
                        c[i] += t[r] * D[r, i]
            penalty = 0.0
            if linear.shape[1]:
                for i in range(n):
                    p[i] = linear[u, i] / (scale * scale)
                    penalty += abs(p[i])
                    c[i] -= 0.5 * p[i]
            k, taken, source = 0, 0 if warm and b > 0 else n, b - 1
            on_data, before, loss, apart, gap, status, stalled = False, np.inf, 0.0, 0.0, 0.0, FAILED, 0
            for _ in range(9 * n + DATA_STEPS):
                inside, least, inner, slack, j, loading = 0.0, np.inf, np.inf, 1e-14 * size, -1, taken < n
                if loading:
                    if W[source, u, taken] > 0.0 and bar[taken] == 0.0:
                        j = taken
                    taken += 1
                elif k == 0:
                    for i in range(n):
                        value = 0.5 * M[i, i] - c[i] + bar[i]
                        if value < least:
                            least, j = value, i
                else:
                    if on_data:
                        total = 0.0
                        for a in range(k):
                            total += w[a]
                        if abs(total - 1.0) > SUM:
                            for a in range(k):
                                w[a] /= total
                        loss, apart = slopes_on_data(D, t, p, rho, m, n, k, S, w, low, g)
                    else:
                        slopes_on_gram(M, c, n, k, S, w, g)
                    for a in range(k):
                        gs[a] = g[S[a]]
                        inside += w[a] * gs[a]
                        inner = min(inner, gs[a])
                    for i in range(n):
                        least = min(least, g[i] + bar[i])
                    if on_data:
                        gap = max(0.0, apart + 2.0 * (inside - min(least, inner)))
                        if rho == 0.0 and penalty == 0.0:
                            gap = min(gap, loss)
                        worth = max(abs(loss), FLOOR * spread)
                        if gap <= AIM * GAP * worth or (gap <= GAP * worth and gap >= 0.5 * before):
                            tied = loss <= NOTHING * size or 2.0 * (least - inside) <= TIE * worth
                            status = TIED if tied and rho == 0.0 else CERTIFIED
                            break
                        stalled = stalled + 1 if gap > 0.5 * before else 0
                        before = min(gap, before)
                        if stalled > STALLS:
                            break
                        if stalled == REBUILD:
                            # H has lost its digits: once more from the columns
                            for a in range(k):
                                W[b, u, S[a]] = w[a]
                                bar[S[a]] = 0.0
                            k, taken, source = 0, 0, b
                            continue
                        slack = 0.25 * AIM * GAP * worth
                    if least < inside - slack:
                        j = 0
                        while g[j] + bar[j] != least:
                            j += 1
                    elif not on_data:
                        on_data = True
                        continue
                weight = 0.0
                for _ in range(2 if j >= 0 else 0):
                    if append(M, j, k, S, H, ones, v):
                        bar[j] = np.inf
                        w[k] = W[source, u, j] if loading else weight
                        low[k] = 0.0
                        gs[k] = least
                        k += 1
                        break
                    if loading:
                        break
                    if penalty == 0.0:
                        on_data = True
                        break
                    # the same fit can be had for less: exchange along the dependence until a column is used up
                    weight, at = np.inf, -1
                    for a in range(k):
                        if v[a] > 0.0 and w[a] < weight * v[a]:
                            weight, at = w[a] / v[a], a
                    if at < 0:
                        on_data = True
                        break
                    for a in range(k):
                        w[a] -= weight * v[a]
                        low[a] = 0.0
                    bar[S[at]] = 0.0
                    k -= 1
                    drop(at, k, S, w, low, gs, H, ones, v)
                if loading:
                    continue
                while True:
                    mu = newton(k, gs, H, ones, w, low, z)
                    reach, at = 1.0, -1
                    for a in range(k):
                        if w[a] + z[a] <= 0.0:
                            ratio = min(1.0, -w[a] / z[a]) if z[a] < 0.0 else 0.0
                            if at < 0 or ratio < reach:
                                reach, at = ratio, a
                    for a in range(k):
                        step = reach * z[a] if at >= 0 else z[a]
                        new = w[a] + step
                        low[a] = rest(w[a], new, step) if at < 0 else 0.0
                        w[a] = new
                        gs[a] += reach * (mu - gs[a])
                    if at < 0:
                        break
                    bar[S[at]] = 0.0
                    k -= 1
                    drop(at, k, S, w, low, gs, H, ones, v)
            for i in range(n):
                W[b, u, i] = 0.0
            for a in range(k):
                W[b, u, S[a]] = w[a]
            out[b, u, 0], out[b, u, 1], out[b, u, 2] = loss * scale**2, gap * scale**2, spread * scale**2
            out[b, u, 3] = status
