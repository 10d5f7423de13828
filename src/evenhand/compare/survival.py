"""How long: Kaplan-Meier, the median, and the mean up to a horizon, of members some of which still go on.

Kaplan and Meier (1958), JASA 53: 457-481, by ``scipy.stats.ecdf``; bands by Greenwood's variance on the log-minus-log scale;
the median's bounds where the bands cross one half (Brookmeyer and Crowley 1982, Biometrics 38: 29-41); the restricted mean
and its standard error after Royston and Parmar (2013), BMC Medical Research Methodology 13: 152.
"""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
HALF = 0.5
NORMAL = 1.959963984540054


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """How many last how long. times: [K] when some ended or were lost from sight, rising.

    surviving: [K] the share that lasts longer than that; low, high: [K] its 95 % band, NaN where it has none (before the
    first end, and where nobody is left). at_risk, ended: [K] how many had lasted until then, and how many ended there.
    n, ends: members, and those of them that ended. median: None where more than half outlast all that was seen; its bounds
    are None where a band does not reach one half. mean: of what is lasted of the first ``horizon`` years; error: its
    standard error.
    """

    times: Floats
    surviving: Floats
    low: Floats
    high: Floats
    at_risk: Ints
    ended: Ints
    n: int
    ends: int
    median: float | None
    median_low: float | None
    median_high: float | None
    horizon: float
    mean: float
    error: float


def survival(durations: Floats, ended: NDArray[np.bool_], horizon: float | None = None) -> Survival:
    """How long do members last? durations: [N] years, none below zero. ended: [N] False where it still went on when last seen.

    horizon: up to when the mean is taken, the longest duration by default; it is cut to that. Order does not matter, and
    scaling durations and horizon scales all times alike. Raises ValueError without members or below zero.
    """
    if len(durations) == 0 or durations.min() < 0:
        raise ValueError("needs durations, none below zero")
    from scipy.stats import CensoredData, ecdf  # noqa: PLC0415 (slow to load, and only such claims need it)

    curve = ecdf(CensoredData(uncensored=durations[ended], right=durations[~ended])).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where nobody is left the band has no width: NaN, and said so
        band = curve.confidence_interval(method="log-log")
    times, surviving = np.asarray(curve.quantiles, float), np.asarray(curve.probabilities, float)
    low, high = (np.asarray(part.probabilities, float) for part in (band.low, band.high))
    at_risk = (durations[:, None] >= times[None]).sum(axis=0)
    ends = ((durations[:, None] == times[None]) & ended[:, None]).sum(axis=0)
    longest = float(durations.max())
    until = longest if horizon is None else min(float(horizon), longest)
    mean, error = _restricted(times, surviving, at_risk, ends, until)
    return Survival(
        times, surviving, low, high, at_risk, ends, len(durations), int(ended.sum()), _crosses(times, surviving),
        _crosses(times, low), _crosses(times, high), until, mean, error,
    )  # fmt: skip


def _crosses(times: Floats, shares: Floats) -> float | None:
    """When is one half reached for the first time?"""
    with np.errstate(invalid="ignore"):
        reached = np.flatnonzero(shares <= HALF + 1e-12)
    return float(times[reached[0]]) if len(reached) else None


def _restricted(times: Floats, surviving: Floats, at_risk: Ints, ends: Ints, horizon: float) -> tuple[float, float]:
    """The area under the curve up to the horizon, and its standard error."""
    knots = np.concatenate([[0.0], np.minimum(times, horizon), [horizon]])
    areas = np.diff(knots) * np.concatenate([[1.0], surviving])
    beyond = np.cumsum(areas[::-1])[::-1][1:]  # [K] the area from each time to the horizon
    left = at_risk - ends
    weight = np.where(left > 0, ends / np.maximum(at_risk * left, 1), 0.0)
    return float(areas.sum()), float(np.sqrt((beyond**2 * weight).sum()))


def difference_of_means(first: Survival, second: Survival) -> tuple[float, float, float]:
    """How much longer does the first last, of the same first years? (difference, low, high) in years, 95 %."""
    gap = first.mean - second.mean
    wide = NORMAL * float(np.hypot(first.error, second.error))
    return gap, gap - wide, gap + wide
