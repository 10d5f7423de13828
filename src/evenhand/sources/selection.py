"""Can money make a community err although nobody is corrupted? Industrial selection, after Holman and Bruner (2017).

Inquirers are honest, and differ in their ways of finding out: some ways lean one way, some the other. Who pays gives
grants to those whose way already suits it. They run more trials, so that their results weigh more; and when somebody
retires, the successor is trained by a colleague, the likelier the more that one has published. Our own simplification of
Holman and Bruner, Experimentation by industrial selection (2017): one-parameter ways, even retirement, everybody inquires.
"""

from dataclasses import dataclass
from math import sqrt

import numba as nb
import numpy as np

from evenhand.model import BadInputError
from evenhand.sources.draws import Floats, Ints, Keys, advance, in_threads, keys, unit
from evenhand.sources.learners import log_odds
from evenhand.sources.network import Network


@dataclass(frozen=True, slots=True)
class Field:
    """Inquirers whose ways differ.

    edge: epsilon, by which a trial favours the truth. leaning: each one's way moves that chance by up to so much, evenly to
    both sides. trials: of each one's studies in a round. against, in_favour: further trials in a round that are paid for
    to the one whose way leans most against the truth, or most toward it. retire: the chance that in a round one of them
    is succeeded. rounds: how long it goes on.
    """

    network: Network
    edge: float = 0.05
    leaning: float = 0.1
    trials: int = 10
    against: int = 0
    in_favour: int = 0
    retire: float = 0.2
    rounds: int = 200


@dataclass(frozen=True, slots=True)
class Selected:
    """What came of it.

    right: the mean share of inquirers who believe the truth at the end; all_wrong: the share of runs in which nobody does;
    leaning: the mean by which their ways lean toward the truth; error: the Monte Carlo standard error of ``right``.
    """

    runs: int
    right: float
    all_wrong: float
    leaning: float
    error: float
    seed: int


def select(field: Field, *, runs: int = 2_000, seed: int = 0, threads: int | None = None) -> Selected:
    """What does a field believe that is paid for? Raises BadInputError where it cannot be simulated."""
    _check(field, runs)
    right, leaning = np.zeros(runs), np.zeros(runs)
    start_keys, net = keys(seed, runs, 4), field.network

    def work(first: int, last: int) -> None:
        _run(
            start_keys[first:last], net.start, net.heard, field.edge, field.leaning, field.trials, field.against,
            field.in_favour, field.retire, field.rounds, log_odds(field.edge), right[first:last], leaning[first:last],
        )  # fmt: skip

    in_threads(work, runs, threads)
    error = float(right.std()) / sqrt(runs)
    return Selected(runs, float(right.mean()), float(np.mean(right == 0)), float(leaning.mean()), error, seed)


def _check(field: Field, runs: int) -> None:
    if not 0 < field.edge < 0.5 or not 0 <= field.leaning <= 0.5 - field.edge:
        raise BadInputError(
            f"an edge of {field.edge} and a leaning of {field.leaning} leave no chances",
            hint="both positive, together at most 0.5",
        )
    if not 0 <= field.retire <= 1:
        raise BadInputError(f"a chance of {field.retire} to retire cannot be", hint="0 to 1")
    for what, value, low in (
        ("trials", field.trials, 1), ("rounds", field.rounds, 1), ("runs", runs, 1),
        ("trials paid for", field.against, 0), ("trials paid for", field.in_favour, 0),
    ):  # fmt: skip
        if value < low:
            raise BadInputError(f"{what}: {value} is not possible", hint=f"{low} or more")


@nb.njit(nogil=True, cache=True)
def _successes(state: np.uint64, trials: int, chance: float) -> tuple[np.uint64, int]:
    """One trial after the other: chances differ by agent, and studies are small."""
    count = 0
    for _ in range(trials):
        state = advance(state)
        count += unit(state) < chance
    return state, count


@nb.njit(nogil=True, cache=True)
def _run(
    start_keys: Keys, start: Ints, heard: Ints, edge: float, widest: float, trials: int, against: int, in_favour: int,
    retire: float, rounds: int, weight: float, right: Floats, leaning: Floats,
) -> None:  # fmt: skip
    many = len(start) - 1
    odds, way, output = np.empty(many), np.empty(many), np.empty(many)
    found = np.empty(many, np.int64)
    for r in range(len(start_keys)):
        state = start_keys[r]
        for i in range(many):
            state = advance(state)
            u = unit(state)
            odds[i] = np.log(u / (1 - u))
            state = advance(state)
            way[i] = widest * (2 * unit(state) - 1)
            output[i] = 0.0
        for _ in range(rounds):
            worst, best = np.argmin(way), np.argmax(way)
            for i in range(many):
                runs_now = trials + (against if i == worst else 0) + (in_favour if i == best else 0)
                state, won = _successes(state, runs_now, 0.5 + edge + way[i])
                found[i] = 2 * won - runs_now
                output[i] += runs_now
            for i in range(many):
                for at in range(start[i], start[i + 1]):
                    odds[i] += weight * found[heard[at]]
            state = advance(state)
            if unit(state) < retire:
                state = advance(state)
                leaves = min(int(unit(state) * many), many - 1)
                state = advance(state)
                left = unit(state) * output.sum()
                teacher = 0
                while teacher < many - 1 and left >= output[teacher]:
                    left -= output[teacher]
                    teacher += 1
                way[leaves] = way[teacher]
                output[leaves] = 0.0
        right[r] = np.mean(odds > 0)
        leaning[r] = way.mean()
