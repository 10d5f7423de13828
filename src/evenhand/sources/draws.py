"""Exact and repeatable chance: binomial draws in a few nanoseconds, and streams that no thread can reorder.

Every run has a key of its own (from numpy's SeedSequence), and draws from a SplitMix64 stream that starts there
(Steele, Lea and Flood 2014): the same seed gives the same bits in any order, on any number of threads. Binomial counts
come from Walker's alias table (1977) of their exact probabilities.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from math import lgamma, log, log1p, sqrt

import numba as nb
import numpy as np
from numpy.typing import NDArray

from evenhand.model import BadInputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
TAILS = 14.0
"""How many standard deviations a table reaches: what lies beyond has a probability under 1e-40."""
GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
TO_UNIT = 1.0 / (1 << 53)


@dataclass(frozen=True, slots=True)
class Table:
    """An alias table of whole numbers: value ``low + i`` is kept with probability keep[i], else it is ``low + other[i]``."""

    low: int
    keep: Floats
    other: Ints


def keys(seed: int, runs: int, *purpose: int) -> Keys:
    """One key for each run. purpose: numbers that tell one use of a seed from another. Raises BadInputError."""
    if seed < 0:
        raise BadInputError(f"the seed {seed} is negative", hint="0 or more")
    return np.random.SeedSequence([seed, *purpose]).generate_state(runs, np.uint64).astype(np.uint64, copy=False)


def binomial_chances(n: int, p: float) -> tuple[int, Floats]:
    """The probabilities of k, k + 1, ... successes in n trials, and k; tails under 1e-40 are left out."""
    spread = TAILS * sqrt(n * p * (1 - p)) + TAILS
    low, high = max(0, int(n * p - spread)), min(n, int(n * p + spread) + 1)
    k = np.arange(low, high + 1)
    ways = np.array([lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) for i in k.tolist()])
    odds = k * (log(p) if p > 0 else 0.0) + (n - k) * (log1p(-p) if p < 1 else 0.0)
    chances = np.exp(ways + odds)
    if p in {0.0, 1.0}:
        chances = (k == n * p).astype(np.float64)
    return low, chances / chances.sum()


def binomial_table(n: int, p: float) -> Table:
    """Successes in n trials of probability p."""
    low, chances = binomial_chances(n, p)
    keep, other = _alias(chances)
    return Table(low, keep, other)


@nb.njit(cache=True)
def _alias(chances: Floats) -> tuple[Floats, Ints]:
    """Vose's construction (1991): each column holds one value and tops it up with another."""
    size = len(chances)
    scaled, keep, other = np.empty(size), np.empty(size), np.empty(size, np.int64)
    small, large = np.empty(size, np.int64), np.empty(size, np.int64)
    n_small, n_large = 0, 0
    for i in range(size):
        scaled[i], keep[i], other[i] = chances[i] * size, 1.0, i
        if scaled[i] < 1.0:
            small[n_small] = i
            n_small += 1
        else:
            large[n_large] = i
            n_large += 1
    while n_small and n_large:
        n_small -= 1
        less, more = small[n_small], large[n_large - 1]
        keep[less], other[less] = scaled[less], more
        scaled[more] -= 1.0 - scaled[less]
        if scaled[more] < 1.0:
            n_large -= 1
            small[n_small] = more
            n_small += 1
    return keep, other


@nb.njit(inline="always")
def advance(state: np.uint64) -> np.uint64:
    """The next state of a stream."""
    return state + GAMMA


@nb.njit(inline="always")
def unit(state: np.uint64) -> float:
    """A state's number strictly between 0 and 1."""
    z = (state ^ (state >> S30)) * MIX_1
    z = (z ^ (z >> S27)) * MIX_2
    return ((z ^ (z >> S31)) >> S11) * TO_UNIT + 0.5 * TO_UNIT


@nb.njit(inline="always")
def draw(u: float, keep: Floats, other: Ints) -> int:
    """A table's column for a number between 0 and 1; add the table's ``low``."""
    at = u * len(keep)
    column = min(int(at), len(keep) - 1)
    return column if at - column < keep[column] else other[column]


def in_threads(work: Callable[[int, int], None], runs: int, threads: int | None) -> None:
    """Shares runs out among threads. work(first, last) must write to its own runs alone. Raises BadInputError."""
    many = threads if threads is not None else os.cpu_count() or 1
    if many < 1:
        raise BadInputError(f"{many} threads cannot work", hint="1 or more")
    edges = np.linspace(0, runs, 4 * many + 1).astype(int).tolist()
    parts = [(a, b) for a, b in pairwise(edges) if b > a]
    if many == 1:
        for first, last in parts:
            work(first, last)
        return
    with ThreadPoolExecutor(many) as pool:
        for done in [pool.submit(work, first, last) for first, last in parts]:
            done.result()
