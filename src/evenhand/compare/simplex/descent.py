"""Descent to predictors' weights under which the nearest mix of donors follows the outcomes best, compiled.

    least over v of  |y - Y w(v)|^2 / m,   w(v) = argmin  sum_p v_p (t_p - X_p w)^2  over the simplex

The inner problem is the point of the donors' hull next to the target (Wolfe 1976): an active set whose steps are least
squares by modified Gram-Schmidt on the data, never on a Gram matrix, as the v differ by up to ten orders of magnitude. Its
support is kept from one v to the next. On the support w is a smooth function of v, and one more solution with the same
triangle gives the slopes of the outer error in log v; where the support changes there are kinks. The outer steps are those
of BFGS with a weak Wolfe search, which copes with kinks (Lewis and Overton 2013, Mathematical Programming 141).

The two helpers are called in one place each, so that compiling takes seconds, once. Importing this file imports numba.
"""

from typing import Any

import numpy as np
from numba import njit

ENOUGH, ROUNDING, DEPENDENT = 1e-12, 1e-16, 1e-24
DECREASE, CURVATURE, TRIES, FAR, LONGEST = 1e-4, 0.9, 20, 20.0, 4.0
FAST = {"reassoc", "contract", "nsz", "arcp"}
DESCEND = "void(f8[:,::1], f8[:,::1], i8[::1], b1[:,::1], i8[::1], f8[:,::1], f8, i8, f8, f8[::1], f8[::1], f8[:,::1])"


@njit(inline="always")
def nearest(A: Any, n: int, P: int, k: int, S: Any, w: Any, Q: Any, R: Any, c: Any, left: Any, used: Any,
            along_q: Any, slope: Any) -> Any:  # fmt: skip
    """The least |A w|^2 over the simplex: its support S, of k, and weights w; left is minus the point.

    Starts from the support and the weights given. Q and R: of the support's differences to its first column; a column that
    enters leaves the others' as they are. Gives k and the loss.
    """
    size, nearest_norm = 0.0, np.inf
    for j in range(n):
        slope[j] = 0.0
    for r in range(P):
        for j in range(n):
            slope[j] += A[r, j] * A[r, j]
    for j in range(n):
        size = max(size, slope[j])
        used[j] = 0
        if k == 0 and slope[j] < nearest_norm:
            nearest_norm, S[0], w[0] = slope[j], j, 1.0
    k = max(k, 1)
    for a in range(k):
        used[S[a]] = 1
    loss, ready = 0.0, 1
    for _ in range(4 * n + 40):
        while True:
            out, reach = -1, 1.0
            if ready == 1:
                for r in range(P):
                    left[r] = -A[r, S[0]]
            for a in range(ready, k):
                whole, rest = 0.0, 0.0
                for r in range(P):
                    Q[a, r] = A[r, S[a]] - A[r, S[0]]
                    whole += Q[a, r] * Q[a, r]
                for b in range(1, a):
                    along = 0.0
                    for r in range(P):
                        along += Q[b, r] * Q[a, r]
                    R[b, a] = along
                    for r in range(P):
                        Q[a, r] -= along * Q[b, r]
                for r in range(P):
                    rest += Q[a, r] * Q[a, r]
                if rest <= DEPENDENT * whole:
                    out = a
                    break
                R[a, a] = np.sqrt(rest)
                along = 0.0
                for r in range(P):
                    Q[a, r] /= R[a, a]
                    along += Q[a, r] * left[r]
                along_q[a] = along
                for r in range(P):
                    left[r] -= along * Q[a, r]
            if out >= 0:
                used[S[out]] = 2
            else:
                c[0] = 1.0
                for a in range(k - 1, 0, -1):
                    c[a] = along_q[a]
                    for b in range(a + 1, k):
                        c[a] -= R[a, b] * c[b]
                    c[a] /= R[a, a]
                    c[0] -= c[a]
                for a in range(k):
                    if c[a] <= 0.0:
                        ratio = w[a] / (w[a] - c[a]) if w[a] > c[a] else 0.0
                        if out < 0 or ratio < reach:
                            reach, out = ratio, a
                for a in range(k):
                    w[a] = c[a] if out < 0 else w[a] + reach * (c[a] - w[a])
                if out < 0:
                    break
                used[S[out]] = 0
            k -= 1
            total, ready = 0.0, 1
            for a in range(k):
                if a >= out:
                    S[a], w[a] = S[a + 1], w[a + 1]
                total += w[a]
            for a in range(k):
                w[a] = w[a] / total if total > 0.0 else 1.0 / k
        loss, least, at = 0.0, np.inf, -1
        for r in range(P):
            loss += left[r] * left[r]
        for j in range(n):
            slope[j] = 0.0
        for r in range(P):
            for j in range(n):
                slope[j] -= A[r, j] * left[r]
        for j in range(n):
            if used[j] == 0 and slope[j] < least:
                least, at = slope[j], j
        if at < 0 or least >= loss - ENOUGH * loss - ROUNDING * size:
            break
        S[k], w[k] = at, 0.0
        used[at] = 1
        ready = k
        k += 1
    return k, loss


@njit(inline="always")
def slopes(Z: Any, m: int, P: int, k: int, S: Any, w: Any, Q: Any, R: Any, left: Any, z: Any, back: Any, g: Any) -> Any:
    """The mean of squares of the mix of the rows of Z, and into g its slopes in log v."""
    error = 0.0
    for r in range(m):
        z[r] = 0.0
        for a in range(k):
            z[r] += w[a] * Z[S[a], r]
        error += z[r] * z[r]
    first = 0.0
    for r in range(m):
        first += Z[S[0], r] * z[r]
    for a in range(1, k):
        along = -first
        for r in range(m):
            along += Z[S[a], r] * z[r]
        along *= 2.0 / m
        for b in range(1, a):
            along -= R[b, a] * back[b]
        back[a] = along / R[a, a]
    for r in range(P):
        along = 0.0
        for a in range(1, k):
            along += Q[a, r] * back[a]
        g[r] = left[r] * along
    return error / m


@njit(DESCEND, cache=True, nogil=True, fastmath=FAST, error_model="numpy", no_rewrites=True, no_cfunc_wrapper=True)  # type: ignore[call-overload]
def descend(X: Any, Y: Any, unit: Any, allowed: Any, jobs: Any, points: Any, depth: float, steps: int, little: float,
            errors: Any, losses: Any, W: Any) -> None:  # fmt: skip
    """Follow the error downhill from each of B points, in place.

    X: [N, P] predictors; Y: [N, m] outcomes. unit: [K] and allowed: [K, N] of the jobs. jobs: [B] whose each point is.
    points: [B, P] log v, the greatest 0 and none below -depth. steps: at most so many; 0 only evaluates. little: a gain
    that ends the descent, as a share of the error. errors, losses: [B] receive the outer and the inner mean and sum of
    squares; W: [B, N] the weights.
    """
    N, P, m = X.shape[0], X.shape[1], Y.shape[1]
    top = P + 3
    D, Z, A = np.empty((P, N)), np.empty((N, m)), np.empty((P, N))
    who, used, each = np.empty(N, np.int64), np.empty(N, np.int64), np.empty(N)
    S, w, c, back, along_q = np.zeros(top, np.int64), np.zeros(top), np.zeros(top), np.zeros(top), np.zeros(top)
    Q, R, left, z = np.zeros((top, P)), np.zeros((top, top)), np.zeros(P), np.zeros(m)
    g, new_g, at, new, d = np.zeros(P), np.zeros(P), np.zeros(P), np.zeros(P), np.zeros(P)
    H, free, moved, turned, s = np.zeros((P, P)), np.zeros(P), np.zeros(P), np.zeros(P), np.zeros(P)
    job, n = -1, 0
    for q in range(len(jobs)):
        if jobs[q] != job:
            job, n = jobs[q], 0
            for j in range(N):
                if allowed[job, j]:
                    for r in range(P):
                        D[r, n] = X[j, r] - X[unit[job], r]
                    for r in range(m):
                        Z[n, r] = Y[j, r] - Y[unit[job], r]
                    who[n] = j
                    n += 1
        for r in range(P):
            at[r], d[r] = points[q, r], 0.0
        k, done, tries, begun, fresh, found = 0, 0, 0, False, True, False
        error, loss, slope, step, low, high, longest = 0.0, 0.0, 0.0, 0.0, 0.0, np.inf, 0.0
        while True:
            peak = -np.inf
            for r in range(P):
                new[r] = at[r] + step * d[r]
                peak = max(peak, new[r])
            for r in range(P):
                new[r] = max(new[r] - peak, -depth)
                s[r] = np.exp(0.5 * new[r])
            for r in range(P):
                for j in range(n):
                    A[r, j] = s[r] * D[r, j]
            k, loss = nearest(A, n, P, k, S, w, Q, R, c, left, used, along_q, each)
            value = slopes(Z, m, P, k, S, w, Q, R, left, z, back, new_g)
            if begun:
                tries += 1
                if not value <= error + DECREASE * step * slope:
                    high = step
                else:
                    found, along = True, 0.0
                    for r in range(P):
                        along += new_g[r] * d[r]
                    if along >= CURVATURE * slope or step * longest >= FAR:
                        tries = TRIES
                    else:
                        low = step
                if tries < TRIES and not (found and high - low < 0.1 * high < np.inf):
                    step = 0.5 * (low + high) if high < np.inf else 2.0 * low
                    continue
                if value < error:
                    bend, turn = 0.0, 0.0
                    for r in range(P):
                        moved[r], turned[r] = new[r] - at[r], new_g[r] - g[r]
                        bend += moved[r] * turned[r]
                        turn += turned[r] * turned[r]
                    if bend > 0.0 and turn > 0.0:
                        factor = bend / turn
                        along = 0.0
                        for a in range(P):
                            c[a] = 0.0
                            for b in range(P):
                                if fresh:
                                    H[a, b] = factor if a == b else 0.0
                                c[a] += H[a, b] * turned[b]
                            along += c[a] * turned[a]
                        factor = (1.0 + along / bend) / bend
                        for a in range(P):
                            for b in range(P):
                                H[a, b] += factor * moved[a] * moved[b] - (c[a] * moved[b] + moved[a] * c[b]) / bend
                        fresh = False
                    else:
                        fresh = True
                    done += 1
                    if error - value <= little * value and not fresh:
                        done = steps
                elif fresh:
                    done = steps
                else:
                    fresh = True
            if not begun or value < error:
                begun, error = True, value
                for r in range(P):
                    at[r], g[r] = new[r], new_g[r]
            while done < steps:
                if fresh:
                    for a in range(P):
                        for b in range(P):
                            H[a, b] = 1.0 if a == b else 0.0
                for a in range(P):
                    free[a] = 0.0 if at[a] <= -depth and g[a] >= 0.0 else 1.0
                slope, longest = 0.0, 0.0
                for a in range(P):
                    d[a] = 0.0
                    for b in range(P):
                        d[a] -= H[a, b] * g[b] * free[a] * free[b]
                    slope += d[a] * g[a]
                    longest = max(longest, abs(d[a]))
                if slope < -ROUNDING * error:
                    break
                if fresh:
                    done = steps
                fresh = True
            if done >= steps:
                break
            step, low, high, tries, found = min(1.0, LONGEST / longest), 0.0, np.inf, 0, False
            if fresh:
                step = 1.0 / longest
        for r in range(P):
            points[q, r] = at[r]
        errors[q], losses[q] = error, loss
        for j in range(N):
            W[q, j] = 0.0
        for a in range(k):
            W[q, who[S[a]]] = w[a]
