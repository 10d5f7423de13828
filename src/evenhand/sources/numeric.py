"""Numbers by several authors: a robust answer, and random effects with errors that are correlated by ties.

Random effects after DerSimonian and Laird (1986), "Meta-analysis in clinical trials", Controlled Clinical Trials 7(3), with
the spread between authors by restricted maximum likelihood and the interval of Hartung and Knapp (2001), Statistics in
Medicine 20(12); the covariance of two authors' errors is their declared dependence.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.stats import t as student

from evenhand.model import BadInputError
from evenhand.sources.dependence import declared, effective
from evenhand.sources.reach import DOCUMENTED
from evenhand.sources.testimony import Floats, Testimony
from evenhand.sources.ties import Status, Ties

NUMERIC = ("robust", "random-effects")
WIDTH = 2 * 1.959963984540054
"""A range is read as a 95 % one: low to high is so many standard errors."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One item's number. value, low, high: None where nobody speaks. sources: how many speak; effective: as how many
    independent ones they count, by declared ties. between: standard deviation between authors beyond their own ranges,
    in the scale's unit. scale: ``as is``, or ``log`` where all figures are positive and differ by over three times.
    lowest, highest: of all figures and bounds. note: what to know.
    """

    item: str
    method: str
    value: float | None
    low: float | None
    high: float | None
    sources: int
    effective: float
    between: float | None
    scale: str
    lowest: float | None
    highest: float | None
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    """k figures of one item on the scale of the fit: y, own standard errors (NaN where no range is given), dependence."""

    y: Floats
    error: Floats
    weight: Floats
    log: bool
    lowest: float
    highest: float


def estimates(
    testimony: Testimony, *, method: str = "random-effects", ties: Ties | None = None,
    statuses: Iterable[Status] = DOCUMENTED, ever: bool = False,
) -> tuple[Estimate, ...]:  # fmt: skip
    """What do the figures come to, item by item (numbers and dates)? Never a sum of different things: one item, one thing
    counted. Raises ``BadInputError`` for an unknown method and where no item has numbers.
    """
    if method not in NUMERIC:
        raise BadInputError(f"there is no numeric method {method!r}", hint=f"methods: {', '.join(NUMERIC)}")
    wanted = [code for code, kind in enumerate(testimony.kinds) if kind != "category"]
    if not wanted:
        raise BadInputError("no item has numbers as values", hint="categories are for vote, dawid-skene, accu, ...")
    weight = declared(testimony, ties or Ties(), statuses=statuses, ever=ever)[0]
    return tuple(_estimate(testimony, code, method, weight) for code in wanted)


def _estimate(testimony: Testimony, item: int, method: str, weight: Floats) -> Estimate:
    name = testimony.items[item]
    rows = np.flatnonzero(testimony.item == item)
    if not len(rows):
        return Estimate(name, method, None, None, None, 0, 0.0, None, "as is", None, None, "no source left")
    figures = _figures(testimony, rows, weight)
    count = effective(weight[np.ix_(who := np.unique(testimony.source[rows]), who)])
    centre, low, high, between = (_robust if method == "robust" else _random_effects)(figures)
    back = np.exp if figures.log else float
    note = "one source: its own figure, neither confirmed nor refuted" if len(who) == 1 else ""
    return Estimate(
        name, method, float(back(centre)), float(back(low)), float(back(high)), len(who), count, between,
        "log" if figures.log else "as is", figures.lowest, figures.highest, note,
    )  # fmt: skip


def _figures(testimony: Testimony, rows: NDArray[np.int64], weight: Floats) -> _Figures:
    """Each source's figure (the mean, where it gives several), with its range as a standard error."""
    value = testimony.number[rows]
    low, high = (np.where(np.isnan(bound[rows]), value, bound[rows]) for bound in (testimony.low, testimony.high))
    log = bool((low > 0).all() and high.max() > 3 * low.min() and testimony.kinds[testimony.item[rows[0]]] == "number")
    scaled = [np.log(part) if log else part for part in (value, low, high)]
    who, source = np.unique(testimony.source[rows], return_inverse=True)
    mean = [np.bincount(source, weights=part) / np.bincount(source) for part in scaled]
    error = (mean[2] - mean[1]) / WIDTH
    part = weight[np.ix_(who, who)]
    return _Figures(mean[0], np.where(error > 0, error, np.nan), part, log, float(low.min()), float(high.max()))


def _robust(figures: _Figures) -> tuple[float, float, float, float | None]:
    """Weighted median, each source at the inverse of what it shares; the range between the weighted quartiles."""
    weights = 1 / figures.weight.sum(axis=1)
    middle, low, high = (_quantile(figures.y, weights, share) for share in (0.5, 0.25, 0.75))
    return middle, low, high, None


def _quantile(y: Floats, weights: Floats, share: float) -> float:
    """The value at which ``share`` of the weight lies below; between two values where it falls just between them."""
    order = np.lexsort((weights, y))
    y, reached = y[order], np.cumsum(weights[order]) / weights.sum()
    first = int(np.searchsorted(reached, share - 1e-12))
    second = int(np.searchsorted(reached, share + 1e-12))
    return float((y[min(first, len(y) - 1)] + y[min(second, len(y) - 1)]) / 2)


def _random_effects(figures: _Figures) -> tuple[float, float, float, float | None]:
    """Generalised least squares over authors with errors of their own, between them, and shared by ties."""
    y, k = figures.y, len(figures.y)
    own = figures.error
    usual = float(np.median(own[~np.isnan(own)])) if (~np.isnan(own)).any() else 0.0
    own = np.where(np.isnan(own), usual, own)
    if k == 1:
        return float(y[0]), float(y[0] - WIDTH / 2 * own[0]), float(y[0] + WIDTH / 2 * own[0]), None
    dependence = _positive(figures.weight)
    spread = float(y.max() - y.min())
    if spread == 0 and not own.any():
        return float(y[0]), float(y[0]), float(y[0]), 0.0
    between = _between(y, own, dependence, spread)
    mean, variance, residual = _least_squares(y, own, dependence, between)
    # Hartung and Knapp: the residual says how far the fitted variance is too small; never narrower than it
    half = float(student.ppf(0.975, k - 1)) * np.sqrt(variance * max(1.0, residual / (k - 1)))
    return mean, mean - half, mean + half, between


def _between(y: Floats, own: Floats, dependence: Floats, spread: float) -> float:
    """The standard deviation between authors that makes the figures likeliest (restricted likelihood)."""

    def loss(tau: float) -> float:
        covariance = _covariance(own, dependence, tau)
        sign, determinant = np.linalg.slogdet(covariance)
        if sign <= 0:
            return float("inf")
        _, variance, residual = _least_squares(y, own, dependence, tau)
        return float(determinant - np.log(variance) + residual)

    lowest = 1e-6 * max(spread, float(own.max()))
    found = minimize_scalar(loss, bounds=(lowest, 3 * max(spread, lowest)), method="bounded", options={"xatol": lowest})
    return float(found.x) if loss(float(found.x)) < loss(lowest) else lowest


def _covariance(own: Floats, dependence: Floats, tau: float) -> Floats:
    deviation = np.sqrt(own**2 + tau**2)
    covariance: Floats = dependence * np.outer(deviation, deviation)
    return covariance


def _least_squares(y: Floats, own: Floats, dependence: Floats, tau: float) -> tuple[float, float, float]:
    """Mean, its variance, and the weighted sum of squared residuals."""
    solved = np.linalg.solve(_covariance(own, dependence, tau), np.column_stack([np.ones_like(y), y]))
    variance = 1 / float(solved[:, 0].sum())
    mean = variance * float(solved[:, 1].sum())
    residual = y - mean
    return mean, variance, float(residual @ (solved[:, 1] - mean * solved[:, 0]))


def _positive(weight: Floats) -> Floats:
    """The dependence as a correlation matrix: off the diagonal at most .95, and no negative direction."""
    matrix = np.minimum(weight, 0.95)
    np.fill_diagonal(matrix, 1.0)
    values, vectors = np.linalg.eigh(matrix)
    if values[0] < 1e-3:
        matrix = (vectors * np.maximum(values, 1e-3)) @ vectors.T
        scale = np.sqrt(np.diag(matrix))
        matrix = matrix / np.outer(scale, scale)
    return matrix
