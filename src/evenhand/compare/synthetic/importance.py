"""The search for what each predictor of a synthetic control should count (Abadie, Diamond, Hainmueller 2010)."""

from dataclasses import dataclass, field

import numpy as np

from evenhand.compare.panel import Bools, Floats, Ints
from evenhand.compare.simplex.solve import GAP, Problems, certify, one_block, ties
from evenhand.compare.synthetic.places import ALIKE, Ground, Places

NEARLY, NOTHING, DIGITS = 1e-9, 1e-20, 10
DECADE = float(np.log(10.0))
DEPTHS = (6 * DECADE, 8 * DECADE, 10 * DECADE)
STARTS, WIDE, KEPT = 80, 50, 20
GENERATIONS, CHILDREN, POLISHES, BESIDE = 60, 10, 4, 10
SCANS, SCANNED, LEVELS = 4, 105, 5
STEPS, LITTLE, LAST_STEPS, LAST_LITTLE = 60, 1e-7, 100, 1e-12
SEED = 0


@dataclass(slots=True, eq=False)
class Search:
    """features: [P, N], each in standard deviations of the units. outcomes: [m, N] by which the weights of the predictors
    are judged. unit: [K] whose each job is; allowed: [K, N].

    After ``run``: importance: [K, P] the predictors' weights, of sum 1; weights: [K, N] the donors' under them;
    certificate, failed: [K] of those.
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
        """Descents from a fixed list of starts, and from what comes of varying the best places.

        The weights lie within ten decades of each other (within eight: Becker and Klößner 2018, Econometrics and
        Statistics 5, 1-19). A unit inside the hull of its donors is met exactly whatever the weights are: all alike then.
        The draws are the same for all jobs, donors stand in the order of their figures, and those are rounded to ten
        digits: names, order, company and units of measurement do not matter.
        """
        ground, count = self._rounded(), len(self.features)
        every = np.arange(len(self.unit))
        points = np.zeros((len(every), count))
        losses = ground.descended(every, points[:, None], DEPTHS[-1], 0, 0.0)[2][:, 0]
        outside = np.flatnonzero(losses > NOTHING * count)
        if count > 1 and len(outside):
            points[outside] = _found(ground, outside, np.random.default_rng(SEED))
        raised = np.exp(points)
        self.importance = raised / raised.sum(axis=1, keepdims=True)
        self.finish()

    def finish(self) -> None:
        """The donors' weights under the importance found, each with its proof.

        Where several fit the predictors equally well, those among them whose outcomes come nearest.
        """
        every = np.arange(len(self.unit))
        ground = Ground(
            np.ascontiguousarray(self.features.T), np.ascontiguousarray(self.outcomes.T), self.unit, self.allowed
        )
        self.weights = ground.descended(every, np.log(self.importance)[:, None], np.inf, 0, 0.0)[3][:, 0]
        self.certificate = np.array([self._proved(k) for k in range(len(every))])
        self.failed = ~(self.certificate <= GAP)

    def _proved(self, k: int) -> float:
        """The certificate of the k-th weights, which are replaced where others fit as well or better."""
        rows = np.sqrt(self.importance[k])[:, None] * self.features
        means = rows.mean(axis=1)
        may, own = self.allowed[k], self.unit[k]
        proof = certify(rows, rows[:, own], self.weights[k], allowed=may)
        if not proof.holds:
            other = one_block(Problems(rows, may[None], rows[:, own][:, None])).weights[0]
            again = certify(rows, rows[:, own], other, allowed=may)
            if again.relative < proof.relative:
                self.weights[k], proof = other, again
        tied = ties(rows - means[:, None], rows[:, own] - means, self.weights[k], may)
        if tied.sum() > np.linalg.matrix_rank(np.vstack([self.features[:, tied], np.ones(tied.sum())])):
            scale = NEARLY**0.5 / (float(self.outcomes.std()) or 1.0)
            both = np.vstack([self.features, scale * self.outcomes])
            target = np.concatenate([self.features @ self.weights[k], scale * self.outcomes[:, own]])
            other = one_block(Problems(both, tied[None], target[:, None])).weights[0]
            again = certify(rows, rows[:, own], other, allowed=may)
            if again.holds:
                self.weights[k], proof = other, again
        return proof.relative

    def _rounded(self) -> Ground:
        """What is searched on: figures in ten digits, donors in their order."""
        features = np.round(self.features.T, DIGITS)
        outcomes = self.outcomes.T - self.outcomes.mean()
        outcomes = np.round(outcomes / (float(outcomes.std()) or 1.0), DIGITS)
        order = np.lexsort(np.hstack([features, outcomes]).T[::-1])
        place = np.argsort(order)
        return Ground(
            np.ascontiguousarray(features[order]), np.ascontiguousarray(outcomes[order]), place[self.unit],
            np.ascontiguousarray(self.allowed[:, order]),
        )  # fmt: skip


def _found(ground: Ground, jobs: Ints, rng: np.random.Generator) -> Floats:
    """[J, P] the log weights of the least error found.

    First within six decades. From the best of these places the lesser predictors are moved down as groups: at many an
    optimum the leading ones are met exactly and decide nothing more. Some starts lie within all ten decades at once. Then
    the best places are varied as an evolution would (Storn and Price 1997, Journal of Global Optimization 11, 341-359),
    one weight after the other is led through all decades, and the best is followed from near by.
    """
    count, depth = ground.features.shape[1], DEPTHS[0]
    fixed = np.vstack([-depth * (1 - np.eye(count)), np.zeros(count)])
    best = _ends(ground, jobs, np.vstack([fixed, -depth * rng.random((STARTS, count))]), depth).distinct(KEPT)
    for deeper in DEPTHS[1:]:
        best, depth = _lowered(ground, jobs, best, (depth, deeper)).distinct(KEPT), deeper
    best = best.joined(_ends(ground, jobs, -depth * rng.random((WIDE, count)), depth)).distinct(KEPT)
    for _ in range(GENERATIONS):
        best = best.joined(_ends(ground, jobs, best.children(CHILDREN, depth, rng), depth)).distinct(KEPT)
    best = _scanned(ground, jobs, best, depth)
    for _ in range(POLISHES):
        starts = best.beside(BESIDE, depth, rng)
        best = best.joined(_ends(ground, jobs, starts, depth, LAST_STEPS, LAST_LITTLE)).distinct(KEPT)
    found: Floats = best.points[:, 0]
    return found


def _ends(
    ground: Ground, jobs: Ints, starts: Floats, depth: float, steps: int = STEPS, little: float = LITTLE
) -> Places:
    """Where descents end, from starts [J, M, P], or [M, P] for all jobs."""
    each = np.broadcast_to(starts, (len(jobs), *starts.shape[-2:]))
    return Places(*ground.descended(jobs, each, depth, steps, little)[:2])


def _lowered(ground: Ground, jobs: Ints, places: Places, depths: tuple[float, float]) -> Places:
    """Each place followed deeper, from where it is least after its lesser predictors were lowered."""
    choices = places.lowered(depths[1] - depths[0])
    flat = choices.reshape(len(choices), -1, choices.shape[3])
    errors = _ends(ground, jobs, flat, depths[1], 0).errors.reshape(choices.shape[:3])
    chosen = np.take_along_axis(choices, errors.argmin(axis=2)[:, :, None, None], axis=2)[:, :, 0]
    return _ends(ground, jobs, chosen, depths[1])


def _scanned(ground: Ground, jobs: Ints, places: Places, depth: float) -> Places:
    """One weight of the best place after the other led through all decades, again where that led to a better one."""
    points, errors = places.points.copy(), places.errors.copy()
    left, levels = np.arange(len(jobs)), max(SCANNED // points.shape[2], LEVELS)
    for _ in range(SCANS):
        here = Places(points[left], errors[left])
        found = here.joined(_ends(ground, jobs[left], here.scanned(levels, depth), depth)).distinct(KEPT)
        better = found.errors[:, 0] < here.errors[:, 0] * (1 - ALIKE)
        points[left], errors[left] = found.points, found.errors
        left = left[better]
        if not len(left):
            break
    return Places(points, errors)
