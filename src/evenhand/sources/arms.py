"""Does a community that doubts both ways of doing something settle on the better one? Learners with beta priors.

Each agent holds a beta distribution on the success of either way, tries the one that it thinks better, and updates on what
its neighbours find. Nobody is sure of either, so that those who hear least stay diverse longest: Zollman, The epistemic
benefit of transient diversity (2010).
"""

from dataclasses import dataclass
from math import sqrt

import numba as nb
import numpy as np
from numpy.typing import NDArray

from evenhand.model import BadInputError
from evenhand.sources.draws import Floats, Ints, Keys, advance, binomial_table, draw, in_threads, keys, unit
from evenhand.sources.network import Network


@dataclass(frozen=True, slots=True)
class Doubters:
    """Those who try one of two ways.

    better, worse: chances of success; extremity: both parameters of every prior are even between 0 and this; trials: n of
    each study; rounds: after which they are asked which they prefer.
    """

    network: Network
    better: float = 0.5
    worse: float = 0.499
    extremity: float = 4.0
    trials: int = 1000
    rounds: int = 10_000


@dataclass(frozen=True, slots=True)
class Settled:
    """In which share of the runs everybody tries the better way, the worse, or both are still tried; and the error."""

    runs: int
    right: float
    wrong: float
    mixed: float
    error: float
    seed: int


def settle(doubters: Doubters, *, runs: int = 1_000, seed: int = 0, threads: int | None = None) -> Settled:
    """How often does everybody end up trying the better way? Raises BadInputError where it cannot be simulated."""
    _check(doubters, runs)
    tables = [binomial_table(doubters.trials, p) for p in (doubters.better, doubters.worse)]
    on_better = np.zeros(runs, dtype=np.int64)
    start_keys, net = keys(seed, runs, 3), doubters.network

    def work(first: int, last: int) -> None:
        _run(
            start_keys[first:last], net.start, net.heard, doubters.extremity, doubters.trials, doubters.rounds,
            tables[0].low, tables[0].keep, tables[0].other, tables[1].low, tables[1].keep, tables[1].other,
            on_better[first:last],
        )  # fmt: skip

    in_threads(work, runs, threads)
    right = float(np.mean(on_better == net.agents))
    wrong = float(np.mean(on_better == 0))
    mixed = float(np.mean((on_better > 0) & (on_better < net.agents)))
    return Settled(runs, right, wrong, mixed, sqrt(right * (1 - right) / runs), seed)


def _check(doubters: Doubters, runs: int) -> None:
    if not 0 < doubters.worse <= doubters.better < 1:
        raise BadInputError(
            f"chances of {doubters.better} and {doubters.worse} cannot be", hint="between 0 and 1, the better one first"
        )
    for what, value in (("trials", doubters.trials), ("rounds", doubters.rounds), ("runs", runs)):
        if value < 1:
            raise BadInputError(f"{what}: {value} is not possible", hint="1 or more")
    if doubters.extremity <= 0:
        raise BadInputError(f"an extremity of {doubters.extremity} is no prior", hint="more than 0")


@nb.njit(nogil=True, cache=True)
def _run(
    start_keys: Keys, start: Ints, heard: Ints, extremity: float, trials: int, rounds: int,
    low: int, keep: Floats, other: Ints, worse_low: int, worse_keep: Floats, worse_other: Ints, on_better: NDArray[np.int64],
) -> None:  # fmt: skip
    many = len(start) - 1
    wins, losses = np.empty((many, 2)), np.empty((many, 2))
    tried, found = np.empty(many, np.int64), np.empty(many, np.int64)
    for r in range(len(start_keys)):
        state = start_keys[r]
        for i in range(many):
            for arm in range(2):
                state = advance(state)
                wins[i, arm] = unit(state) * extremity
                state = advance(state)
                losses[i, arm] = unit(state) * extremity
        for _ in range(rounds):
            for i in range(many):
                # a / (a + b) of one arm against the other, without dividing
                tried[i] = 0 if wins[i, 0] * losses[i, 1] >= wins[i, 1] * losses[i, 0] else 1
                state = advance(state)
                if tried[i] == 0:
                    found[i] = low + draw(unit(state), keep, other)
                else:
                    found[i] = worse_low + draw(unit(state), worse_keep, worse_other)
            for i in range(many):
                for at in range(start[i], start[i + 1]):
                    j = heard[at]
                    wins[i, tried[j]] += found[j]
                    losses[i, tried[j]] += trials - found[j]
        for i in range(many):
            on_better[r] += wins[i, 0] * losses[i, 1] >= wins[i, 1] * losses[i, 0]
