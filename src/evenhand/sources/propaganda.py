"""What does a public come to believe that hears some of the inquirers, and propagandists? Nobody needs to lie.

A member of the public updates by Bayes' rule on all that it hears: the studies of so many inquirers, and what each
propagandist that reaches it hands on. A propagandist shares the inquirers' own studies that suit it (``share``), runs
studies and publishes those that suit it (``publish``), or runs them in a way that makes them suit (``skew``).

Sources of the method: Holman and Bruner, The problem of intransigently biased agents (2015); Weatherall, O'Connor and
Bruner, How to beat science and influence people (2018, 2020).
"""

from dataclasses import dataclass
from itertools import product
from math import sqrt
from typing import Literal, get_args

import numpy as np

from evenhand.model import BadInputError
from evenhand.sources.draws import Floats, keys
from evenhand.sources.learners import History
from evenhand.sources.totals import Study, total_at

Way = Literal["share", "publish", "skew"]
WAYS: tuple[Way, ...] = get_args(Way)
MOST_ODDS = 300.0
"""Log-odds beyond which a credence is 0 or 1 in any number that a machine holds."""


@dataclass(frozen=True, slots=True)
class Public:
    """Those who look on. hears: how many inquirers each hears. prior: credences at the start are even between these two."""

    hears: int = 10
    prior: tuple[float, float] = (0.0, 1.0)

    def seen_from(self, *, true: bool) -> tuple[float, float]:
        """The priors as credences in the truth: in the new way where that is better, else in the old."""
        return self.prior if true else (1 - self.prior[1], 1 - self.prior[0])


@dataclass(frozen=True, slots=True)
class Propagandist:
    """One who wants the public to believe something, whatever is true.

    pushes: that the new way is better (True) or worse. way: share, publish or skew. studies: run in all (publish, skew);
    size: trials in each. skew: by how much its way of running them moves the chance of success. reach: the share of the
    public that hears it.
    """

    pushes: bool
    way: Way = "publish"
    studies: int = 0
    size: int = 10
    reach: float = 1.0
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class Belief:
    """What the public believes at the end, over the runs in which the inquirers settled.

    credence: the mean credence in the new way; wrong: the mean share of the public on the wrong side of one half;
    half_wrong: the share of runs in which that is half or more. error: the Monte Carlo standard errors of credence and
    wrong. unsettled: runs left out since the inquirers never settled.
    """

    credence: float
    wrong: float
    half_wrong: float
    error: tuple[float, float]
    runs: int
    unsettled: int
    seed: int


@dataclass(frozen=True, slots=True)
class Heard:
    """The log-odds toward the truth that a public takes from the inquirers, and that each propagandist hands on.

    science: [R, K], for each of R runs and K seats (see :func:`science`). handed: [R] of each propagandist.
    """

    science: Floats
    handed: tuple[Floats, ...] = ()
    reaches: tuple[float, ...] = ()


def believe(
    seen: History, public: Public, propagandists: tuple[Propagandist, ...] = (), *, right_only: bool = False
) -> Belief:
    """What does the public believe after all this? right_only: counts only runs in which the inquirers were right.

    Raises BadInputError where the public or a propagandist cannot be.
    """
    true = seen.community.true
    heard = hear(seen, public, propagandists, right_only=right_only)
    toward, wrong = by_run(heard, public.seen_from(true=true))
    runs = len(toward)
    credence = float(toward.mean()) if true else 1 - float(toward.mean())
    return Belief(
        credence, float(wrong.mean()), float(np.mean(wrong >= 0.5)),
        (float(toward.std()) / sqrt(runs), float(wrong.std()) / sqrt(runs)), runs, len(seen.outcome) - runs, seen.seed,
    )  # fmt: skip


def hear(
    seen: History, public: Public, propagandists: tuple[Propagandist, ...] = (), *, right_only: bool = False
) -> Heard:
    """What reaches the public in the runs in which the inquirers settled. Raises BadInputError where nothing can."""
    _check(seen, public, propagandists)
    settled = seen.outcome == sign_of(seen) if right_only else seen.outcome != 0
    if not settled.any():
        raise BadInputError("in no run did the inquirers settle", hint="more rounds, larger studies, or a larger edge")
    odds = tuple(handed(seen, one, place)[settled] for place, one in enumerate(propagandists))
    return Heard(science(seen, public.hears)[settled], odds, tuple(one.reach for one in propagandists))


def sign_of(seen: History) -> int:
    """1 where the new way is better, -1 where it is worse."""
    return 1 if seen.community.true else -1


def by_run(heard: Heard, prior: tuple[float, float]) -> tuple[Floats, Floats]:
    """The mean credence in the truth, and the share that is wrong, for each run. prior: of credences in the truth."""
    toward, wrong = np.zeros(len(heard.science)), np.zeros(len(heard.science))
    for weight, odds in audiences(heard):
        toward += weight * mean_credence(odds, prior).mean(axis=1)
        wrong += weight * share_under(odds_ratio(odds), prior).mean(axis=1)
    return toward, wrong


def audiences(heard: Heard) -> list[tuple[float, Floats]]:
    """The public by whom it is reached by: what share that is, and the log-odds [R, K] that it takes."""
    parts: list[tuple[float, Floats]] = []
    for reached in product((False, True), repeat=len(heard.handed)):
        odds, weight = heard.science, 1.0
        for is_reached, hands, reach in zip(reached, heard.handed, heard.reaches, strict=True):
            weight *= reach if is_reached else 1 - reach
            odds = odds + hands[:, None] if is_reached else odds
        parts += [(weight, odds)] if weight else []
    return parts


def odds_ratio(odds: Floats) -> Floats:
    """Log-odds as odds, within what a machine can hold."""
    return np.asarray(np.exp(np.clip(odds, -MOST_ODDS, MOST_ODDS)))


def mean_credence(odds: Floats, prior: tuple[float, float]) -> Floats:
    """The mean credence of people with even priors who took these log-odds from what they heard.

    The mean over priors u of u / (u + (1 - u) e), e = exp(-odds), in closed form.
    """
    e = odds_ratio(-odds)
    low, high = prior
    if low == high:
        return np.asarray(low / (low + (1 - low) * e))
    near = np.abs(e - 1) < 1e-4
    safe = np.where(near, 2.0, e)

    def whole(u: float) -> Floats:
        return np.asarray(u / (1 - safe) - safe * np.log(u + safe * (1 - u)) / (1 - safe) ** 2)

    exact = (whole(high) - whole(low)) / (high - low)
    flat = (low + high) / 2 + (1 - e) * ((high**2 - low**2) / 2 - (high**3 - low**3) / 3) / (high - low)
    return np.asarray(np.where(near, flat, exact))


def share_under(ratio: Floats, prior: tuple[float, float]) -> Floats:
    """The share of people with even priors whose credence ends up under one half. ratio: the odds that they took."""
    turns = 1 / (1 + ratio)  # a prior under this ends up under one half
    low, high = prior
    return np.asarray((turns > low).astype(float) if low == high else np.clip((turns - low) / (high - low), 0, 1))


def science(seen: History, hears: int) -> Floats:
    """[R, K]: the log-odds toward the truth at each of K seats, which hear the next ``hears`` in a random seating."""
    runs, many = seen.net.shape
    order = np.random.default_rng(np.random.SeedSequence([seen.seed, 1])).random((runs, many)).argsort(axis=1)
    seated = np.take_along_axis(seen.net, order, axis=1) * sign_of(seen)
    twice = np.concatenate([np.zeros((runs, 1), np.int64), seated, seated[:, :hears]], axis=1).cumsum(axis=1)
    return np.asarray((twice[:, hears : hears + many] - twice[:, :many]) * seen.weight)


def handed(seen: History, one: Propagandist, place: int = 0) -> Floats:
    """[R]: the log-odds toward the truth that a propagandist hands on in each run. place: tells several apart."""
    if one.way == "share":
        return np.asarray((seen.in_favour if one.pushes else seen.against).sum(axis=1) * sign_of(seen) * seen.weight)
    pushed = total_at(study_of(seen, one), one.studies, ranks(seen, place)) * seen.weight
    return np.asarray(pushed if one.pushes == seen.community.true else -pushed)


def ranks(seen: History, place: int) -> Floats:
    """[R]: each run's luck, evenly spread between 0 and 1 in a random order."""
    order = keys(seen.seed, len(seen.outcome), 2, place).argsort().argsort()
    return np.asarray((order + 0.5) / len(order), dtype=np.float64)


def study_of(seen: History, one: Propagandist) -> Study:
    """One study of a propagandist: the truth decides how often its trials suit, its own way of running them adds to it."""
    edge = seen.community.edge if one.pushes == seen.community.true else -seen.community.edge
    skew = one.skew if one.way == "skew" else 0.0
    return Study(one.size, min(0.5 + edge + skew, 1.0), selects=one.way == "publish")


def _check(seen: History, public: Public, propagandists: tuple[Propagandist, ...]) -> None:
    many, (low, high) = seen.community.network.agents, public.prior
    if not 0 <= public.hears <= many:
        raise BadInputError(f"nobody can hear {public.hears} of {many} inquirers", hint=f"0 to {many}")
    if not 0 <= low <= high <= 1 or (low == high and low in {0.0, 1.0}):
        raise BadInputError(f"priors from {low} to {high} cannot be", hint="two numbers from 0 to 1, the lower first")
    for one in propagandists:
        _check_one(one)


def _check_one(one: Propagandist) -> None:
    if one.way not in WAYS:
        raise BadInputError(f"there is no way ‘{one.way}’", hint=f"one of {', '.join(WAYS)}")
    if not 0 <= one.reach <= 1:
        raise BadInputError(f"a reach of {one.reach} is no share of a public", hint="0 to 1")
    if one.studies < 0 or one.size < 1:
        raise BadInputError(f"{one.studies} studies of {one.size} cannot be", hint="0 or more studies of 1 or more")
    if not 0 <= one.skew <= 1:
        raise BadInputError(f"a skew of {one.skew} cannot be", hint="0 to 1")
