"""What is true, by each method, under one roof: the same testimony and the same ties go in, the same result comes out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from evenhand.model import BadInputError
from evenhand.sources.accu import Settings, layout
from evenhand.sources.confusion import Start, confusion_truth
from evenhand.sources.dependence import declared
from evenhand.sources.facts import Facts, facts_of
from evenhand.sources.reach import DOCUMENTED
from evenhand.sources.result import Truth, best
from evenhand.sources.search import ALL_STARTS, FixedPoint, Found, search
from evenhand.sources.testimony import Floats, Testimony
from evenhand.sources.ties import Status, Ties
from evenhand.sources.voting import truth_finder, vote

METHODS = ("vote", "dawid-skene", "one-coin", "truthfinder", "accu", "accu-copy")
NO_TIES = Ties()
SHOWN = 0.05
LEVEL = 1e-5
"""Supports of models that differ by less are level: their search ends where it gains little more."""


@dataclass(frozen=True, slots=True)
class Link:
    """One source seems to take values from another. probability: under the best fixed point, of the pair being dependent
    (who copies whom the values alone can seldom tell). rate: how often, where this link is the one taken; else 0.
    declared: whether a tie between the two was given. gain: nats over independence, the prior in it.
    """

    source: str
    origin: str
    probability: float
    rate: float
    declared: bool
    gain: float


@dataclass(frozen=True, slots=True)
class Copied:
    """Truth under copying. points: every fixed point found, best first. links: pairs above 5 %, likeliest first."""

    truth: Truth
    points: tuple[FixedPoint, ...]
    links: tuple[Link, ...]
    found: Found


def truth(
    testimony: Testimony, method: str = "accu-copy", *, ties: Ties = NO_TIES, settings: Settings | None = None,
    statuses: Iterable[Status] = DOCUMENTED, ever: bool = False, start: Start = "shares",
) -> Truth:  # fmt: skip
    """What is true of each item, by one of ``METHODS``?

    start: where Dawid-Skene and one-coin begin; the others have no such choice (see :func:`endings`).
    Ties weigh in two: ``vote`` counts sources that depend on each other by their declared ties as fewer, ``accu-copy``
    takes the ties as priors of copying. The others know no dependence. Raises ``BadInputError`` for an unknown method
    and where no item has categories.
    """
    if method not in METHODS:
        raise BadInputError(f"there is no method {method!r}", hint=f"methods: {', '.join(METHODS)}")
    if method == "accu-copy":
        return truth_under_copying(testimony, ties=ties, settings=settings, statuses=statuses, ever=ever).truth
    given = categories(testimony)
    if method in {"dawid-skene", "one-coin"}:
        return _classes(given, one_coin=method == "one-coin", start=start)
    facts = facts_of(given)
    if method == "accu":
        return _of_found(facts, _accu(facts, settings or Settings()), "accu", settings or Settings())
    if method == "truthfinder":
        return truth_finder(facts)
    weight = declared(given, ties, statuses=statuses, ever=ever)[0] if ties.ties else None
    return vote(facts, None if weight is None else 1 / weight.sum(axis=1))


def _accu(facts: Facts, settings: Settings) -> Found:
    return search(layout(facts, settings), settings, copying=False)


def categories(testimony: Testimony) -> Testimony:
    """The statements whose values are categories; raises ``BadInputError`` where there are none."""
    given = testimony.of_kind("category")
    if not len(given):
        raise BadInputError(
            "no item has categories as values",
            hint="numbers and dates are for the methods robust and random-effects; kind='category' reads them as words",
        )
    return given


def only_said(given: Testimony) -> Testimony:
    """The same with the values that are said alone, coded anew: codes of other kinds of items are no classes."""
    used, value = np.unique(given.value, return_inverse=True)
    return replace(given, values=tuple(given.values[code] for code in used), value=value.astype(np.int32))


def _classes(given: Testimony, *, one_coin: bool, start: Start) -> Truth:
    """Dawid-Skene over the values that are said, in the codes of all."""
    result, used = confusion_truth(only_said(given), one_coin=one_coin, start=start), np.unique(given.value)
    answer = np.where(result.answer >= 0, used[result.answer], -1).astype(np.int32)
    return replace(result, answer=answer, value=used[result.value].astype(np.int32))


def fixed_points(
    given: Testimony, *, ties: Ties | None, settings: Settings | None = None, statuses: Iterable[Status] = DOCUMENTED,
    ever: bool = False, progress: Callable[[int, int], None] | None = None,
) -> tuple[FixedPoint, ...]:  # fmt: skip
    """Every fixed point of ACCU (``ties`` None), or of ACCU with copying under these ties; best first."""
    if ties is None:
        return _named(_accu(facts_of(given), settings or Settings()).points, given)
    return truth_under_copying(
        given, ties=ties, settings=settings, statuses=statuses, ever=ever, progress=progress
    ).points


def truth_under_copying(
    testimony: Testimony, *, ties: Ties = NO_TIES, settings: Settings | None = None,
    statuses: Iterable[Status] = DOCUMENTED, ever: bool = False, starts: int = ALL_STARTS,
    progress: Callable[[int, int], None] | None = None,
) -> Copied:  # fmt: skip
    """What is true where sources may copy, who copies whom, and which other readings are fixed points too?"""
    chosen = settings or Settings()
    given = categories(testimony)
    laid = layout(facts_of(given), chosen)
    prior = declared(given, ties, statuses=statuses, ever=ever)[1] if ties.ties else None
    found = search(laid, chosen, declared=prior, starts=starts, progress=progress)
    result = _of_found(laid.facts, found, "accu-copy", chosen)
    return Copied(result, _named(found.points, given), _links(given, found, prior), found)


def _of_found(facts: Facts, found: Found, method: str, settings: Settings) -> Truth:
    state = found.points[0].state
    answer = best(facts.item_start, facts.value, found.support, grain=LEVEL)
    spoke = np.bincount(facts.source, minlength=facts.sources) > 0
    used: dict[str, float | str] = {name: getattr(settings, name) for name in Settings.__dataclass_fields__}
    return Truth(
        method, answer, facts.item, facts.value, found.support, np.where(spoke, found.accuracy, np.nan),
        state.likelihood, state.rounds, used,
    )  # fmt: skip


def _named(points: tuple[FixedPoint, ...], testimony: Testimony) -> tuple[FixedPoint, ...]:
    """The fixed points with the names of the sources whose word was a start."""

    def name(start: str) -> str:
        kind, _, code = start.partition(" ")
        return f"the word of {testimony.sources[int(code)]}" if kind == "source" else start

    return tuple(replace(point, starts=tuple(map(name, point.starts))) for point in points)


def _links(testimony: Testimony, found: Found, prior: Floats | None) -> tuple[Link, ...]:
    gain = np.maximum(found.gains, found.gains.T)
    state = found.points[0].state
    ones, others = np.nonzero(np.triu(gain > np.log(SHOWN / (1 - SHOWN)), 1))
    links = []
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        child, origin = (one, other) if found.gains[one, other] >= found.gains[other, one] else (other, one)
        if state.origin[other] == one:
            child, origin = other, one
        elif state.origin[one] == other:
            child, origin = one, other
        tied = prior is not None and bool(prior[one, other] > 0 or prior[other, one] > 0)
        value = float(gain[one, other])
        names = testimony.sources[child], testimony.sources[origin]
        rate = float(state.rate[child]) if state.origin[child] == origin else 0.0
        links.append(Link(*names, float(1 / (1 + np.exp(-value))), rate, tied, value))
    return tuple(sorted(links, key=lambda link: (-link.gain, link.source, link.origin)))
