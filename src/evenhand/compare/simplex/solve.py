"""Solves batches of simplex least-squares problems and certifies any answer to one.

``solve`` is the one door to the compiled code: arrays in, arrays out, no state. Another backend (a GPU) would be a
second function of this signature.
"""

import gc
import math
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evenhand.compare.panel import Bools, Codes, Floats, Ints
from evenhand.compare.simplex.careful import careful_weights
from evenhand.compare.simplex.duality import duality_gap
from evenhand.model import BadInputError

CERTIFIED, TIED, FAILED = 0, 1, 2
GAP = 1e-10
FLOOR = 1e-6
SUM = 1e-12
TIE = 1e-9
NOTHING = 1e-22
LEFT = 1e-11
FIRST, NOTHING_LINEAR = np.zeros(1, dtype=np.int64), np.empty((0, 0))


class Problems(NamedTuple):
    """B blocks of U problems: minimise |t_u - X w|^2 + linear[u].w + ridge[b, u] |w|^2 over the simplex of u's allowed columns.

    columns: [T, N], finite; X are its rows first[b] to last[b] - 1 (without them, all rows: one block). targets: [T, U],
    t_u; None: the u-th column. allowed: [A, U, N], of which block b has pool[b]; or [U, N] for all blocks. base: [B] an
    earlier block over the same rows with pools that contain this block's, or -1. linear: [U, N]. ridge: [B, U], [U] or one.
    demean: figures less their own mean over the block's rows. warm: start each block from the one before.
    """

    columns: Floats
    allowed: Bools
    targets: Floats | None = None
    first: Ints | None = None
    last: Ints | None = None
    pool: Ints | None = None
    base: Ints | None = None
    linear: Floats | None = None
    ridge: Floats | float = 0.0
    demean: bool = False
    warm: bool = False


class Solutions(NamedTuple):
    """weights: [B, U, N]. told: [B, U, 5] loss, gap, spread, status and whether it was not sought again, side by side."""

    weights: Floats
    told: Floats

    @property
    def loss(self) -> Floats:
        """[B, U], in squared data units."""
        return self.told[..., 0]

    @property
    def gap(self) -> Floats:
        """[B, U] by how much the loss can still fall, at most; in squared data units."""
        return self.told[..., 1]

    @property
    def spread(self) -> Floats:
        """[B, U] the target's sum of squares about the columns' mean in each row."""
        return self.told[..., 2]

    @property
    def status(self) -> Codes:
        """[B, U]: CERTIFIED, TIED (other weights fit as well; these are the smallest) or FAILED."""
        return self.told[..., 3].astype(np.uint8)

    @property
    def proved(self) -> Bools:
        """[B, U]: an optimum of ``base`` that lies in the smaller pool, and was not sought again."""
        return np.asarray(self.told[..., 4] > 0)

    @property
    def certificate(self) -> Floats:
        """[B, U]: the duality gap over max(loss, 1e-6 of the target's centred sum of squares); 1e-10 or less is a proof."""
        return relative(self.gap, self.loss, self.spread)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whether weights are optimal. gap: by how much the loss can still fall, at most. relative: over max(loss, 1e-6 of the
    target's centred sum of squares). off_sum: |sum - 1|. lowest: the smallest weight. outside: the largest weight on a
    column that is not allowed. holds: the relative gap is at most 1e-10, the sum is 1 to 1e-12, none is negative.
    """

    loss: float
    gap: float
    relative: float
    off_sum: float
    lowest: float
    outside: float
    holds: bool


def solve(problems: Problems, *, smallest: bool = True, careful: bool = True, threads: int = 1) -> Solutions:
    """Which weights fit best? All problems of a batch, each to a certified optimum.

    smallest: where several weights fit equally well, the smallest. careful: what the compiled solver cannot certify is
    solved once more, slowly. threads: blocks are split among them.
    """
    full = _complete(problems)
    blocks, units, n = len(full[1]), full[4].shape[1], full[0].shape[1]
    weights, out = np.empty((blocks, units, n)), np.empty((blocks, units, 5))
    run = kernel("kernel", "sweep")
    if threads <= 1 or blocks == 1:
        run(*full, weights, out)
    else:
        parts = [_shifted(full, part, weights, out) for part in shares(blocks, threads)]
        with ThreadPoolExecutor(len(parts)) as pool:
            list(pool.map(lambda part: run(*part), parts))
    found, status = Solutions(weights, out), out[:, :, 3]
    if np.count_nonzero(status):
        for b, u in np.argwhere(status == FAILED) if careful else ():
            _carefully(problems, full, found, (int(b), int(u)))
        for b, u in np.argwhere(status == TIED) if smallest else ():
            _smallest(full, found, (int(b), int(u)))
    return found


def one_block(problems: Problems) -> Solutions:
    """``solve`` for problems without blocks: weights [U, N] and the rest [U]."""
    found = solve(problems)
    return Solutions(found.weights[0], found.told[0])


def relative(gap: Floats, loss: Floats, spread: Floats) -> Floats:
    """The gap over max(loss, 1e-6 spread); 0 where the gap is 0."""
    scale = np.maximum(np.abs(loss), FLOOR * spread)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(gap <= 0, 0.0, gap / scale)
    return found


def certify(
    columns: Floats,
    target: Floats,
    weights: Floats,
    *,
    allowed: Bools | None = None,
    linear: Floats | None = None,
    ridge: float = 0.0,
) -> Certificate:
    """Are these weights, from any solver, the optimum? Computed from the data in long double, by duality alone.

    columns: [m, N]; target: [m]; weights: [N]. By weak duality no feasible weights have a loss more than
    |X d|^2 + 2 (w.g - min g) below that of w, g half the gradient at w + d, whatever d is; the least over d = 0 (the gap
    of Frank and Wolfe, Jaggi 2013) and steps towards the optimum on the support.
    """
    means = columns.mean(axis=1, dtype=np.longdouble)
    x, t, w = columns - means[:, None], target - means, weights.astype(np.longdouble)
    may = np.ones(len(weights), dtype=bool) if allowed is None else allowed
    p = np.zeros(len(weights)) if linear is None else linear
    left = t - x @ w
    loss = float(left @ left + p @ w + ridge * (w @ w))
    enough = 0.1 * GAP * max(abs(loss), FLOOR * float(t @ t))
    gap, _ = duality_gap(x, left, w, may, p, ridge, enough)
    if linear is None and ridge == 0:
        gap = min(gap, loss)
    share = float(relative(np.array(gap), np.array(loss), np.array(float(t @ t))))
    off, lowest = abs(float(w.sum()) - 1.0), float(w.min())
    outside = float(np.abs(w[~may]).max(initial=0.0))
    return Certificate(
        loss, gap, share, off, lowest, outside, bool(share <= GAP and off <= SUM and lowest >= 0 and outside == 0)
    )


def _complete(problems: Problems) -> tuple[Any, ...]:
    """The arguments of ``sweep`` up to its outputs."""
    columns = np.ascontiguousarray(problems.columns, dtype=np.float64)
    if not (_finite(columns) and (problems.targets is None or _finite(problems.targets))):
        raise BadInputError("a column or target holds a figure that is not finite", hint="leave out who has gaps")
    if problems.first is None or problems.last is None:
        first, last, blocks = FIRST, np.array((len(columns),)), 1
    else:
        first, last = np.ascontiguousarray(problems.first), np.ascontiguousarray(problems.last)
        blocks = len(first)
    allowed = np.ascontiguousarray(problems.allowed if problems.allowed.ndim == 3 else problems.allowed[None])
    nothing = np.empty((len(columns), 0))
    targets = nothing if problems.targets is None else np.ascontiguousarray(problems.targets, dtype=np.float64)
    pool = np.zeros(blocks, dtype=np.int64) if problems.pool is None else problems.pool
    base = np.full(blocks, -1) if problems.base is None else problems.base
    linear = NOTHING_LINEAR if problems.linear is None else np.ascontiguousarray(problems.linear)
    ridge = np.empty((blocks, allowed.shape[1]))
    ridge[:] = problems.ridge
    return columns, first, last, targets, allowed, pool, base, linear, ridge, problems.demean, problems.warm


def _finite(figures: Floats) -> bool:
    """Whether all are finite: the sum of squares tells, unless it overflows."""
    return math.isfinite(np.vdot(figures, figures)) or bool(np.isfinite(figures).all())


def _shifted(full: tuple[Any, ...], part: slice, weights: Floats, out: Floats) -> tuple[Any, ...]:
    """The arguments for some of the blocks."""
    base = full[6][part]
    return (
        full[0], full[1][part], full[2][part], full[3], full[4], full[5][part],
        np.where(base >= part.start, base - part.start, -1), full[7], full[8][part], full[9], full[10],
        weights[part], out[part],
    )  # fmt: skip


def shares(blocks: int, threads: int) -> list[slice]:
    """Which of so many blocks each thread takes."""
    cuts = np.linspace(0, blocks, threads + 1).astype(int)
    return [slice(int(a), int(b)) for a, b in pairwise(cuts) if b > a]


def _block(full: tuple[Any, ...], at: tuple[int, int]) -> tuple[Floats, Floats, Bools]:
    """The columns, the target and the allowed columns of one problem, rows centred on the columns' mean."""
    b, u = at
    columns, target = full[0][full[1][b] : full[2][b]], None
    rows = columns
    target = rows[:, u] if full[3].shape[1] == 0 else full[3][full[1][b] : full[2][b], u]
    if full[9]:
        rows, target = rows - rows.mean(axis=0), target - target.mean()
    means = rows.mean(axis=1)
    return rows - means[:, None], target - means, full[4][full[5][b], u]


def _carefully(problems: Problems, full: tuple[Any, ...], found: Solutions, at: tuple[int, int]) -> None:
    x, t, may = _block(full, at)
    if not may.any():
        return
    p = None if problems.linear is None else problems.linear[at[1]]
    ridge = float(full[8][at])
    weights = careful_weights(x, t, may, p, ridge)
    proof = certify(x, t, weights, allowed=may, linear=p, ridge=ridge)
    found.weights[at], found.loss[at], found.gap[at] = weights, proof.loss, proof.gap
    if proof.relative <= GAP:
        found.told[at][3] = (
            TIED if ridge == 0 and ties(x, t, weights, may, p).sum() > (weights > 0).sum() else CERTIFIED
        )


def ties(x: Floats, t: Floats, weights: Floats, may: Bools, linear: Floats | None = None) -> Bools:
    """[N]: which columns could carry weight at an optimum: those whose slope is the support's."""
    left = t - x @ weights
    slope = -left @ x if linear is None else -left @ x + linear / 2
    loss = float(left @ left)
    scale = max(loss if linear is None else abs(loss + float(linear @ weights)), FLOOR * float(t @ t))
    nothing = loss <= NOTHING * float((x * x).sum())
    tied: Bools = may & (nothing | (2 * (slope - weights @ slope) <= TIE * scale) | (weights > 0))
    return tied


def _smallest(full: tuple[Any, ...], found: Solutions, at: tuple[int, int]) -> None:
    """Of all weights that fit as well, the smallest; what was found stays where that could not be certified."""
    x, t, may = _block(full, at)
    linear = full[7][at[1]] if full[7].shape[1] else None
    tied = ties(x, t, found.weights[at], may, linear)
    rows = x[:, tied] if linear is None else np.vstack([x[:, tied], linear[tied][None]])
    rows = rows / (np.abs(rows).max() or 1.0)
    weights = found.weights[at][tied].copy()
    left = kernel("least_norm", "least_norm")(np.ascontiguousarray(rows), weights)
    whole = np.zeros(len(may))
    whole[tied] = weights / weights.sum()
    proof = certify(x, t, whole, allowed=may, linear=linear)
    if left <= LEFT and proof.relative <= GAP:
        found.weights[at], found.loss[at], found.gap[at] = whole, proof.loss, proof.gap


@cache
def kernel(file: str, name: str) -> Callable[..., Any]:
    """A compiled function; the first time ever that takes some seconds, which is said on stderr."""
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or Path(__file__).parent)
    if not any(folder.rglob(f"{file}.{name}-*.nbi")):
        sys.stderr.write("evenhand: compiling a solver for this machine, once; later runs start at once\n")
    collecting = gc.isenabled()
    gc.disable()  # numba makes a hundred thousand objects that all stay: looking through them takes a tenth of a second
    try:
        found: Callable[..., Any] = getattr(import_module(f"evenhand.compare.simplex.{file}"), name)
    finally:
        if collecting:
            gc.enable()
    return found
