"""Places in the space of predictors' weights: where descents ended, and where the next ones start."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from evenhand.compare.panel import Bools, Floats, Ints
from evenhand.compare.simplex.solve import kernel, shares

ALIKE, THREADS = 1e-4, 2
ANEW, CROSSED, SOME = 0.35, 0.6, 0.8
FROM_OTHER, DRAWN = 0.4, 0.3
SHIFT, NEAR, BESIDE, DOWN = 4.0, 0.3, (0.1, 0.5), 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """features: [N, P]; outcomes: [N, m]; unit: [K] and allowed: [K, N] of the jobs. All contiguous."""

    features: Floats
    outcomes: Floats
    unit: Ints
    allowed: Bools

    def descended(
        self, jobs: Ints, starts: Floats, depth: float, steps: int, little: float
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Descents from ``starts`` [J, M, P], log weights, M for each of the jobs: their ends, the errors there and how
        far the predictors are missed, [J, M], and, where there are no steps, the donors' weights [J, M, N].
        """
        shape = starts.shape[:2]
        points = np.array(starts, dtype=np.float64, order="C").reshape(-1, starts.shape[2])
        errors, losses = np.empty(len(points)), np.empty(len(points))
        weights = np.empty((len(points), len(self.features)))
        descend, whose = kernel("descent", "descend"), np.repeat(jobs, shape[1])

        def followed(part: slice) -> None:
            descend(
                self.features, self.outcomes, self.unit, self.allowed, whose[part], points[part], depth, steps, little,
                errors[part], losses[part], weights[part],
            )  # fmt: skip

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(followed, shares(len(points), THREADS)))
        return (
            points.reshape(starts.shape), errors.reshape(shape), losses.reshape(shape), weights.reshape(*shape, -1)
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """points: [J, E, P] log weights, the greatest 0; errors: [J, E]."""

    points: Floats
    errors: Floats

    def joined(self, other: "Places") -> "Places":
        """Both, unsorted."""
        return Places(
            np.concatenate([self.points, other.points], axis=1), np.concatenate([self.errors, other.errors], axis=1)
        )

    def distinct(self, kept: int) -> "Places":
        """The best of them; of those whose errors are alike, the best counts and the rest come last."""
        order = np.argsort(self.errors, axis=1, kind="stable")
        rising = np.take_along_axis(self.errors, order, axis=1)
        alike = np.zeros(rising.shape, dtype=bool)
        alike[:, 1:] = rising[:, 1:] - rising[:, :-1] <= ALIKE * rising[:, 1:]
        order = np.take_along_axis(order, np.argsort(alike, axis=1, kind="stable"), axis=1)[:, :kept]
        return Places(
            np.take_along_axis(self.points, order[:, :, None], axis=1), np.take_along_axis(self.errors, order, axis=1)
        )

    def children(self, count: int, depth: float, rng: np.random.Generator) -> Floats:
        """[J, count, P] the better ones varied: a weight drawn anew, crossed with another, some anew, a group moved."""
        places, width = self.points.shape[1:]
        parent = self.points[:, rng.integers(places, size=(2, count)).min(axis=0)]
        other = self.points[:, rng.integers(places, size=count)]
        kind, level = rng.random((2, count, 1))
        one = np.arange(width) == rng.integers(width, size=(count, 1))
        chosen, drawn = rng.random((2, count, width))
        noise, shift = rng.normal(size=(count, width)), SHIFT * rng.normal(size=(count, 1))
        anew = -depth * drawn
        found: Floats = np.select(
            [np.broadcast_to(kind < least, parent.shape) for least in (ANEW, CROSSED, SOME, 1.0)],
            [
                np.where(one, anew, parent),
                np.where(chosen < FROM_OTHER, other + noise, parent),
                np.where(chosen < DRAWN, anew, parent),
                parent + np.where(parent <= -depth * level, shift, 0.0) + NEAR * noise,
            ],
        )
        return found

    def lowered(self, by: float) -> Floats:
        """[J, E, P, P] each place, and with all but its first 1, 2, ... predictors lowered."""
        rank = np.argsort(np.argsort(-self.points, axis=2, kind="stable"), axis=2, kind="stable")
        split = np.arange(rank.shape[2])[:, None]
        found: Floats = self.points[:, :, None, :] - by * ((rank[:, :, None, :] >= split) & (split > 0))
        return found

    def scanned(self, levels: int, depth: float) -> Floats:
        """[J, P * levels, P] the best place with one weight after the other led through all decades."""
        width = self.points.shape[2]
        grid = -depth * (np.arange(levels) + 0.5) / levels
        found = np.repeat(self.points[:, :1], width * levels, axis=1)
        found[:, np.arange(width * levels), np.repeat(np.arange(width), levels)] = np.tile(grid, width)
        return found

    def beside(self, count: int, depth: float, rng: np.random.Generator) -> Floats:
        """[J, count, P] the best place itself, twice shaken, and its lesser predictors lowered."""
        best = np.repeat(self.points[:, :1], count, axis=1)
        level, down = rng.random((2, count, 1))
        noise, kind = rng.normal(size=best.shape[1:]), np.arange(count)[:, None] % 4
        return np.select(
            [np.broadcast_to(kind == i, best.shape) for i in range(4)],
            [
                best,
                best + BESIDE[0] * noise,
                best - np.where(best <= -depth * level, DOWN * down, 0.0),
                best + BESIDE[1] * noise,
            ],
        )
