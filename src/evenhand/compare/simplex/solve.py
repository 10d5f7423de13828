"""Solves batches of simplex least-squares problems and certifies any answer to one.

``solve`` is the one door to the compiled code: arrays in, arrays out, no state. Another backend (a GPU) would be a
second function of this signature.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evenhand.compare.panel import Bools, Codes, Floats

CERTIFIED, TIED, FAILED = 0, 1, 2
GAP = 1e-10
FLOOR = 1e-6
SUM = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Problems:
    """minimise |targets[:, u] - columns w|^2 + linear[u].w + ridge |w|^2 over the simplex of u's allowed columns.

    columns: [m, N], finite. targets: [m, U]; None: the u-th target is the u-th column. allowed: [U, N]. linear: [U, N].
    """

    columns: Floats
    allowed: Bools
    targets: Floats | None = None
    linear: Floats | None = None
    ridge: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Solutions:
    """weights: [U, N]. loss, gap: [U] in squared data units. spread: [U] the target's sum of squares about the mean of
    the columns in each row. status: [U] CERTIFIED, TIED (other weights fit as well; these are the smallest) or FAILED.
    """

    weights: Floats
    loss: Floats
    gap: Floats
    spread: Floats
    status: Codes

    @property
    def certificate(self) -> Floats:
        """[U]: the duality gap over max(loss, 1e-6 of the target's centred sum of squares); 1e-10 or less is a proof."""
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


def solve(problems: Problems) -> Solutions:
    """Which weights fit best? All problems of a batch, each to a certified optimum."""
    columns = np.ascontiguousarray(problems.columns, dtype=np.float64)
    allowed = np.ascontiguousarray(problems.allowed)
    units, n = allowed.shape
    targets = np.empty((len(columns), 0)) if problems.targets is None else problems.targets
    linear = np.empty((units, 0)) if problems.linear is None else problems.linear
    weights, out = np.zeros((units, n)), np.empty((units, 4))
    kernel("sweep")(
        columns, np.ascontiguousarray(targets, dtype=np.float64), allowed, np.ascontiguousarray(linear), problems.ridge,
        weights, out,
    )  # fmt: skip
    return Solutions(weights, out[:, 0], out[:, 1], out[:, 2], out[:, 3].astype(np.uint8))


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

    columns: [m, N]; target: [m]; weights: [N]. The loss is convex, so no feasible w' has a loss below
    loss(w) + grad.(w' - w), whose least value over the simplex is at a vertex (Jaggi 2013).
    """
    means = columns.mean(axis=1, dtype=np.longdouble)
    x, t, w = columns - means[:, None], target - means, weights.astype(np.longdouble)
    may = np.ones(len(weights), dtype=bool) if allowed is None else allowed
    p = np.zeros(len(weights)) if linear is None else linear
    left = t - x @ w
    slope = -2 * (left @ x) + p + 2 * ridge * w
    loss = float(left @ left + p @ w + ridge * (w @ w))
    gap = float(w @ slope - slope[may].min())
    if linear is None and ridge == 0:
        gap = min(gap, loss)
    share = float(relative(np.array(gap), np.array(loss), np.array(float(t @ t))))
    off, lowest = abs(float(w.sum()) - 1.0), float(w.min())
    outside = float(np.abs(w[~may]).max(initial=0.0))
    return Certificate(
        loss, gap, share, off, lowest, outside, bool(share <= GAP and off <= SUM and lowest >= 0 and outside == 0)
    )


_KERNELS: dict[str, Callable[..., Any]] = {}


def kernel(name: str) -> Callable[..., Any]:
    """A compiled function; the first time ever that takes some seconds, which is said on stderr."""
    if name not in _KERNELS:
        _tell_if_new(name)
        from evenhand.compare.simplex import compiled  # noqa: PLC0415

        _KERNELS[name] = getattr(compiled, name)
    return _KERNELS[name]


def _tell_if_new(name: str) -> None:
    folder = Path(__file__).parent
    cached = any((folder / "__pycache__").glob(f"*.{name}-*.nbc"))
    if not cached:
        sys.stderr.write("evenhand: compiling the solver, once; later runs start at once\n")
