"""What do so many studies add up to, when only those are published that suit? The exact distribution, not a simulation.

A study's contribution is a whole number of net successes; that of N studies is its N-fold convolution, taken in one step
by the Fourier transform on a circle wide enough that what wraps around has a probability under 1e-20.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, sqrt

import numpy as np

from evenhand.model import BadInputError
from evenhand.sources.draws import Floats, binomial_chances

WIDE = 12.0
"""Half the circle, in standard deviations of the total."""
MOST_CELLS = 1 << 24


@dataclass(frozen=True, slots=True)
class Study:
    """One study: size trials, each of which suits who runs it with probability ``suits``.

    selects: published only where more suits than does not; the others add nothing.
    """

    size: int
    suits: float
    selects: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What one study adds for who runs it: net successes ``low``, ``low + 1``, ... with their chances.

    published: the share of studies that is.
    """

    low: int
    chances: Floats
    mean: float
    deviation: float
    published: float


@lru_cache(maxsize=256)
def effect(study: Study) -> Effect:
    """The exact distribution of what one study adds."""
    first, chances = binomial_chances(study.size, study.suits)
    net = 2 * np.arange(first, first + len(chances)) - study.size
    suits = net > 0
    kept = net * suits if study.selects else net
    low = int(kept.min())
    spread: Floats = np.bincount(kept - low, weights=chances).astype(np.float64)
    values = low + np.arange(len(spread))
    mean = float(spread @ values)
    deviation = sqrt(max(float(spread @ (values - mean) ** 2), 0.0))
    return Effect(low, spread, mean, deviation, float(chances[suits].sum()) if study.selects else 1.0)


def total_at(study: Study, studies: int, ranks: Floats) -> Floats:
    """The net successes of so many studies at ranks between 0 and 1 of their distribution. Raises BadInputError."""
    if studies == 0:
        return np.zeros(len(ranks))
    one = effect(study)
    if one.deviation == 0.0:
        return np.full(len(ranks), one.mean * studies)
    half = ceil(WIDE * one.deviation * sqrt(studies)) + len(one.chances)
    cells = 1 << (2 * half + 1).bit_length()
    if cells > MOST_CELLS:
        raise BadInputError(
            f"{studies:,} studies of {study.size:,} are more than can be added up", hint="fewer, smaller"
        )
    return _quantiles(one, studies, cells, ranks)


def _quantiles(one: Effect, studies: int, cells: int, ranks: Floats) -> Floats:
    places = (one.low + np.arange(len(one.chances))) % cells
    folded = np.bincount(places, weights=one.chances, minlength=cells)
    whole = np.fft.irfft(np.fft.rfft(folded) ** studies, cells)
    left = round(one.mean * studies) - cells // 2
    unwrapped = np.clip(np.roll(whole, -(left % cells)), 0, None)
    rising = np.cumsum(unwrapped)
    return np.asarray(left + np.searchsorted(rising / rising[-1], ranks), dtype=np.float64)
