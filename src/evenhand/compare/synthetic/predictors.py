"""Predictors of a synthetic control, and the search for what each of them should count (Abadie, Diamond, Hainmueller 2010)."""

from dataclasses import dataclass, field

import numpy as np

from evenhand.compare.panel import Bools, Floats, Ints, Panel
from evenhand.compare.simplex.solve import FAILED, TIED, Problems, solve
from evenhand.compare.synthetic.nelder_mead import minimise
from evenhand.model import BadInputError

LEAST = 1e-9
NEARLY = 1e-8
FIRST, STAGES, FINAL = 20, ((4, 40), (1, 60)), 100
SIZE, SIZES = 0.15, (1.0, 2.0, 1.0)
LEANING = 0.8
THREADS = 1


@dataclass(frozen=True, slots=True, eq=False)
class Predictor:
    """The mean of a panel's figures from one year to another; its units are found by name."""

    panel: Panel
    first: int
    last: int

    def of(self, units: tuple[str, ...]) -> Floats:
        """[N] the means; NaN where there is no figure."""
        place = {unit: i for i, unit in enumerate(self.panel.units)}
        lacking = [unit for unit in units if unit not in place]
        if lacking:
            message = f"a predictor has no column for {', '.join(lacking[:3])}"
            raise BadInputError(message, hint="give every unit of the panel one, with NaN where nothing is known")
        rows = (self.panel.periods >= self.first) & (self.panel.periods <= self.last)
        if not rows.any():
            message = f"a predictor has no period from {self.first} to {self.last}"
            raise BadInputError(message, hint=f"its panel has {self.panel.periods.min()} to {self.panel.periods.max()}")
        values = self.panel.values[rows][:, [place[unit] for unit in units]]
        there = ~np.isnan(values)
        with np.errstate(invalid="ignore"):
            mean: Floats = np.where(there, values, 0.0).sum(axis=0) / there.sum(axis=0)
        return mean


@dataclass(slots=True, eq=False)
class Search:
    """features: [P, N], each in standard deviations of the units. outcomes: [m, N] by which the weights of the predictors
    are judged. unit: [K] whose each job is; allowed: [K, N].
    """

    features: Floats
    outcomes: Floats
    unit: Ints
    allowed: Bools
    weights: Floats = field(init=False)
    importance: Floats = field(init=False)
    certificate: Floats = field(init=False)
    failed: Bools = field(init=False)

    def run(self) -> None:
        """From a fixed list of starts: all alike, each predictor leaning, and the regression of the outcomes on them.

        All are followed for some steps of Nelder and Mead (1965), the best of them further, and the best of these again
        from its end, over the logarithms of the weights, as at the optimum some are close to 0.
        """
        starts = self._starts()
        every = np.arange(len(self.unit))
        jobs = np.repeat(every, len(starts))
        found, errors = self._search(np.tile(starts, (len(every), 1)), jobs, FIRST)
        for kept, steps in STAGES:
            order = np.argsort(errors.reshape(len(every), -1), axis=1, kind="stable")[:, :kept]
            rows = (every[:, None] * (len(jobs) // len(every)) + order).ravel()
            jobs = jobs[rows]
            found, errors = self._search(found[rows], jobs, steps)
        points = np.log(importance(found))
        for size in SIZES:
            points, _ = minimise(lambda at, rows: self.errors(np.exp(at.clip(-30, 30)), rows), points, FINAL, size)
        self.importance = importance(np.exp(points.clip(-30, 30)))
        self.finish()

    def finish(self) -> None:
        """The donors' weights under the importance found."""
        every = np.arange(len(self.unit))
        self.weights, self.certificate, self.failed = self.solved(self.importance, every, final=True)

    def _search(self, starts: Floats, jobs: Ints, steps: int) -> tuple[Floats, Floats]:
        return minimise(lambda at, rows: self.errors(at, jobs[rows]), starts, steps, SIZE)

    def errors(self, at: Floats, jobs: Ints) -> Floats:
        """[B] the mean squared error before the event of each job at the points ``at`` [B, P] (see ``importance``)."""
        weights, _, _ = self.solved(importance(at), jobs)
        left = self.outcomes[:, self.unit[jobs]] - self.outcomes @ weights.T
        found: Floats = (left**2).mean(axis=0)
        return found

    def solved(self, v: Floats, jobs: Ints, *, final: bool = False) -> tuple[Floats, Floats, Bools]:
        """[B, N] the donors' weights under predictors' weights v [B, P], certificates, and which failed.

        Where several fit the predictors equally well, those among them whose outcomes come nearest.
        """
        weights, proof, status = self._weights(v, jobs, self.features, final=final)
        again = np.flatnonzero(status == TIED)
        if len(again):
            scale = NEARLY**0.5 / (float(self.outcomes.std()) or 1.0)
            rows = np.vstack([self.features, self.outcomes * scale])
            full = np.hstack([v[again], np.ones((len(again), len(self.outcomes)))])
            weights[again], proof[again], status[again] = self._weights(full, jobs[again], rows, final=final)
        return weights, proof, status == FAILED

    def _weights(self, v: Floats, jobs: Ints, rows: Floats, *, final: bool) -> tuple[Floats, Floats, Floats]:
        blocks, count = v.shape
        stacked = (np.sqrt(v)[:, :, None] * rows).reshape(blocks * count, -1)
        own = np.repeat(self.unit[jobs], count)
        first = np.arange(blocks, dtype=np.int64) * count
        found = solve(
            Problems(
                stacked, self.allowed[jobs][:, None, :], stacked[np.arange(len(stacked)), own][:, None], first,
                first + count, np.arange(blocks, dtype=np.int64),
            ),
            smallest=False,
            careful=final,
            threads=THREADS,
        )  # fmt: skip
        return found.weights[:, 0], found.certificate[:, 0], found.status[:, 0].astype(np.float64)

    def _starts(self) -> Floats:
        count = len(self.features)
        rows = np.column_stack([np.ones(self.features.shape[1]), self.features.T])
        slopes = np.linalg.lstsq(rows, self.outcomes.T, rcond=None)[0][1:]
        strength = np.maximum((slopes**2).sum(axis=1), 1e-30)
        even = np.full((1, count), 1.0 / count)
        return np.vstack([even, LEANING * np.eye(count) + (1 - LEANING) * even, strength / strength.sum()])


def importance(at: Floats) -> Floats:
    """[B, P] weights of the predictors, none negative, that sum to 1."""
    raised = np.abs(at) + LEAST
    found: Floats = raised / raised.sum(axis=1, keepdims=True)
    return found
