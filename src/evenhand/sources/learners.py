"""Does a community that shares its results find the truth? Learners on a network, after Bala and Goyal (1998).

Two answers to one question are possible: that a new way succeeds with probability 1/2 + epsilon, or 1/2 - epsilon. All
hold credences; in each round those who look into it run n trials, and all update by Bayes' rule on what they hear. As in
Zollman (2007) only those who believe in the new way try it, unless everybody is to look into it.

Sources of the method: Bala and Goyal, Learning from neighbours (1998); Zollman, The communication structure of epistemic
communities (2007); Holman and Bruner, The problem of intransigently biased agents (2015).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, log, sqrt
from typing import Literal

import numba as nb
import numpy as np
from numpy.typing import NDArray

from evenhand.model import BadInputError
from evenhand.sources.draws import Floats, Ints, Keys, advance, binomial_table, draw, in_threads, keys, unit
from evenhand.sources.network import Network, network

Inquiry = Literal["believers", "everyone"]
Outcomes = NDArray[np.int8]
MOST_TRIALS = 10_000_000


@dataclass(frozen=True, slots=True)
class Community:
    """Those who look into a question.

    network: who hears whom. trials: n of each study. edge: epsilon, how far from 1/2 the truth lies. enough: the credence at
    which a run ends, if all reach it. rounds: after which a run counts as undecided. inquiry: whether only those who
    believe in the new way try it (Zollman) or everyone does. true: the new way is better; else it is worse. stubborn: the
    last so many agents never change their mind and draw from their own way, with success ``slant`` (Holman and Bruner).
    """

    network: Network
    trials: int = 1000
    edge: float = 0.001
    enough: float = 0.9999
    rounds: int = 100_000
    inquiry: Inquiry = "believers"
    true: bool = True
    stubborn: int = 0
    slant: float = 0.5


@dataclass(frozen=True, slots=True)
class History:
    """What happened in every run. R runs, K agents.

    outcome: [R], 1 all believe, -1 nobody does, 0 undecided. rounds: [R]. net: [R, K], successes less failures in all of an
    agent's studies. against, in_favour: [R, K], the same over the studies that came out against, or for, the new way;
    n_against, n_in_favour: how many these were. studies: [R, K], all that were run. weight: the log-odds of one net success.
    """

    community: Community
    seed: int
    outcome: Outcomes
    rounds: Ints
    net: Ints
    against: Ints
    n_against: Ints
    n_in_favour: Ints
    studies: Ints
    weight: float

    @property
    def in_favour(self) -> Ints:
        """Net successes of the studies that came out in favour of the new way."""
        return self.net - self.against


@dataclass(frozen=True, slots=True)
class Learning:
    """How often a community came out right. error: the Monte Carlo standard error of ``right``."""

    runs: int
    right: float
    wrong: float
    undecided: float
    mean_rounds: float
    error: float
    seed: int


def credence(prior: float, successes: int, trials: int, edge: float) -> float:
    """What should be believed after hearing of a study? Bayes' rule for 1/2 + edge against 1/2 - edge.

    >>> round(credence(0.5, 6, 10, 0.05), 3)
    0.599
    """
    _check_edge(edge)
    if not 0 < prior < 1:
        raise BadInputError(f"a credence of {prior} never changes", hint="more than 0 and less than 1")
    if not 0 <= successes <= trials:
        raise BadInputError(f"{successes} successes in {trials} trials cannot be", hint=f"0 to {trials}")
    odds = log(prior / (1 - prior)) + (2 * successes - trials) * log_odds(edge)
    return sigmoid(odds)


def one_round(
    net: Network,
    priors: Sequence[float],
    successes: Sequence[int],
    *,
    trials: int,
    edge: float,
    inquiry: Inquiry = "believers",
) -> Floats:
    """[K] what all believe after one round, by hand: who looks into it, what each of them finds, who hears of it.

    priors, successes: one for each of the K agents; of those who do not look into it the successes count for nothing. With
    ``believers`` only agents whose prior is above 1/2 look into it. Raises BadInputError where a number cannot be.
    """
    if not len(priors) == len(successes) == net.agents:
        told = f"{len(priors)} credences and {len(successes)} results for {net.agents} agents"
        raise BadInputError(told, hint="one of each for every agent")
    looks = [inquiry == "everyone" or prior > 0.5 for prior in priors]
    found = np.empty(net.agents)
    for i, prior in enumerate(priors):
        heard = [int(j) for j in net.heard[net.start[i] : net.start[i + 1]] if looks[j]]
        found[i] = credence(prior, sum(successes[j] for j in heard), trials * len(heard), edge)
    return found


def log_odds(edge: float) -> float:
    """By how much one success moves the log-odds."""
    return log((0.5 + edge) / (0.5 - edge))


def sigmoid(odds: float) -> float:
    """The credence of a log-odds."""
    return float(1 / (1 + np.exp(-np.clip(odds, -700, 700))))


def learn(community: Community, *, runs: int = 10_000, seed: int = 0, threads: int | None = None) -> Learning:
    """How often does the community come out right? Raises BadInputError where it cannot be simulated."""
    return learning(_played(community, runs, seed, threads, keep=False))


def learning(seen: History) -> Learning:
    """How often a community came out right over the runs of its history."""
    wanted = 1 if seen.community.true else -1
    right = float(np.mean(seen.outcome == wanted))
    runs = len(seen.outcome)
    return Learning(
        runs, right, float(np.mean(seen.outcome == -wanted)), float(np.mean(seen.outcome == 0)),
        float(seen.rounds.mean()), sqrt(right * (1 - right) / runs), seen.seed,
    )  # fmt: skip


def zollman_table(
    agents: range = range(4, 12), *, runs: int = 10_000, seed: int = 0, threads: int | None = None
) -> dict[str, tuple[Learning, ...]]:
    """Success of the cycle, the wheel and the complete graph by number of agents, as in Zollman (2007)."""
    return {
        shape: tuple(
            learn(Community(network(shape, many)), runs=runs, seed=seed + many, threads=threads) for many in agents
        )
        for shape in ("cycle", "wheel", "complete")
    }


def history(community: Community, *, runs: int = 10_000, seed: int = 0, threads: int | None = None) -> History:
    """Runs the community, and keeps what everybody found. Exact for a seed on any number of threads."""
    return _played(community, runs, seed, threads, keep=True)


def _played(community: Community, runs: int, seed: int, threads: int | None, *, keep: bool) -> History:
    """keep: whether what was found is kept; where only outcomes are asked for, the same runs are played faster without."""
    _check(community, runs)
    many, weight = community.network.agents, log_odds(community.edge)
    of_run, rounds = np.zeros(runs, dtype=np.int8), np.zeros(runs, dtype=np.int64)
    kept = np.zeros((5, runs, many), dtype=np.int64)
    sign = 1 if community.true else -1
    honest = binomial_table(community.trials, 0.5 + community.edge)
    own_way = binomial_table(community.trials, community.slant if community.true else 1 - community.slant)
    stubborn = np.arange(many) >= many - community.stubborn
    start_keys = keys(seed, runs)
    enough = log(community.enough / (1 - community.enough))

    def work(first: int, last: int) -> None:
        _run(
            start_keys[first:last], community.network.start, community.network.heard, stubborn, community.trials,
            honest.low, honest.keep, honest.other, own_way.low, own_way.keep, own_way.other, weight, enough,
            sign, community.inquiry == "everyone", keep, community.rounds,
            of_run[first:last], rounds[first:last], kept[:, first:last],
        )  # fmt: skip

    in_threads(work, runs, threads)
    return History(community, seed, of_run, rounds, kept[0], kept[1], kept[2], kept[3], kept[4], weight)


def _check(community: Community, runs: int) -> None:
    _check_edge(community.edge)
    for what, value, low, high in (
        ("runs", runs, 1, inf), ("trials", community.trials, 1, MOST_TRIALS), ("rounds", community.rounds, 1, inf),
        ("stubborn agents", community.stubborn, 0, community.network.agents - 1),
    ):  # fmt: skip
        if not low <= value <= high:
            allowed = f"{low} or more" if high == inf else f"{low} to {high:,}"
            raise BadInputError(f"{what}: {value} is not possible", hint=allowed)
    if not 0.5 < community.enough < 1:
        raise BadInputError(f"a credence of {community.enough} cannot end a run", hint="more than 0.5 and less than 1")
    if not 0 <= community.slant <= 1:
        raise BadInputError(f"a slant of {community.slant} is no probability", hint="0 to 1")


def _check_edge(edge: float) -> None:
    if not 0 < edge < 0.5:
        raise BadInputError(f"an edge of {edge} leaves nothing to find out", hint="more than 0 and less than 0.5")


@nb.njit(nogil=True, cache=True)
def _run(
    start_keys: Keys, start: Ints, heard: Ints, stubborn: NDArray[np.bool_], trials: int,
    low: int, keep: Floats, other: Ints, own_low: int, own_keep: Floats, own_other: Ints, weight: float, enough: float,
    sign: int, everyone: bool, keeping: bool, most_rounds: int, outcome: Outcomes, rounds: Ints, kept: NDArray[np.int64],
) -> None:  # fmt: skip
    """Every run of a part. A credence is a prior and a whole number of net successes, so nothing is rounded.

    Chance is drawn toward the truth and then turned by ``sign``, so that exchanging the two answers mirrors every number.
    """
    many = len(start) - 1
    acts, sure, lost = np.empty(many, np.int64), np.empty(many, np.int64), np.empty(many, np.int64)
    total, found, mine = np.empty(many, np.int64), np.empty(many, np.int64), np.empty((5, many), np.int64)
    for r in range(len(start_keys)):
        state = start_keys[r]
        for i in range(many):
            state = advance(state)
            u = unit(state)
            prior = sign * np.log(u / (1 - u))
            acts[i] = floor(-prior / weight) + 1
            sure[i] = ceil((enough - prior) / weight)
            lost[i] = floor((-enough - prior) / weight)
            total[i] = 0
            for what in range(5):
                mine[what, i] = 0
        ended = 0
        while rounds[r] < most_rounds and ended == 0:
            rounds[r] += 1
            anybody = False
            for i in range(many):
                found[i] = 0
                if stubborn[i]:
                    state = advance(state)
                    found[i] = sign * (2 * (own_low + draw(unit(state), own_keep, own_other)) - trials)
                elif everyone or total[i] >= acts[i]:
                    state = advance(state)
                    found[i] = sign * (2 * (low + draw(unit(state), keep, other)) - trials)
                else:
                    continue
                anybody = True
                if not keeping:
                    continue
                mine[0, i] += found[i]
                mine[1, i] += min(found[i], 0)
                mine[2, i] += found[i] < 0
                mine[3, i] += found[i] > 0
                mine[4, i] += 1
            if not anybody:
                ended = -1
                break
            all_sure, all_lost = True, True
            for i in range(many):
                news = 0
                for at in range(start[i], start[i + 1]):
                    news += found[heard[at]]
                total[i] += news
                if not stubborn[i]:
                    all_sure = all_sure and total[i] >= sure[i]
                    all_lost = all_lost and total[i] <= lost[i]
            ended = 1 if all_sure else (-1 if all_lost else 0)
        outcome[r] = ended
        if keeping:
            for i in range(many):  # one by one: assigning a slice takes seconds longer to compile
                for what in range(5):
                    kept[what, r, i] = mine[what, i]
