"""Where a method that goes in rounds can end: from several starts, every end with its likelihood.

Dawid and Skene's EM climbs to a local maximum that depends on where it starts (Wu 1983, "On the Convergence Properties of
the EM Algorithm", Annals of Statistics 11(1)); so does every method that takes sources and answers in turns.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from evenhand.model import BadInputError
from evenhand.sources.accu import Settings
from evenhand.sources.confusion import Start, confusion_truth
from evenhand.sources.facts import facts_of
from evenhand.sources.methods import METHODS, NO_TIES, categories, fixed_points, only_said
from evenhand.sources.reach import DOCUMENTED
from evenhand.sources.result import NO_ANSWER, Truth
from evenhand.sources.search import ALL_STARTS
from evenhand.sources.testimony import Floats, Ints, Testimony
from evenhand.sources.ties import Status, Ties
from evenhand.sources.voting import truth_finder

STARTED = ("dawid-skene", "one-coin")
TRUSTS = (0.5, 0.7, 0.9, 0.99)
LEVEL = 0.01
"""Ends with the same answers whose log-likelihoods differ by less are one."""
ROUNDS, TOLERANCE = 2_000, 1e-9
Run = Callable[[], Truth]


@dataclass(frozen=True, slots=True)
class Ending:
    """One end. starts: from which starts it is reached. log_likelihood: of the testimony, None where there is no model.

    weight: its share of the posterior of all ends, where the method takes their mean; else None. answers: by item; None
    where two values are level.
    """

    starts: tuple[str, ...]
    log_likelihood: float | None
    weight: float | None
    answers: tuple[tuple[str, str | None], ...]


def endings(
    testimony: Testimony, method: str = "accu-copy", *, ties: Ties = NO_TIES, settings: Settings | None = None,
    statuses: Iterable[Status] = DOCUMENTED, ever: bool = False, progress: Callable[[int, int], None] | None = None,
) -> tuple[Ending, ...]:  # fmt: skip
    """Every end of ``method`` on the items whose values are categories, the likeliest first; one of ``METHODS``.

    Starts: the shares of the votes, the majority taken as sure, and the word of each source (up to 60 sources);
    TruthFinder starts from several trusts; voting has no rounds and one end. Raises BadInputError as ``truth`` does.
    """
    if method not in METHODS:
        raise BadInputError(f"there is no method {method!r}", hint=f"methods: {', '.join(METHODS)}")
    given = only_said(categories(testimony))
    if method in {"accu", "accu-copy"}:
        tied = ties if method == "accu-copy" else None
        points = fixed_points(given, ties=tied, settings=settings, statuses=statuses, ever=ever, progress=progress)
        return tuple(Ending(p.starts, p.state.likelihood, p.weight, _told(given, p.answer)) for p in points)
    runs = [] if method == "vote" else list(_judged(given, method) if method in STARTED else _trusted(given))
    ends: list[Ending] = []
    for number, (start, run) in enumerate(runs):
        if progress:
            progress(number, len(runs))
        found = run()
        _add(ends, Ending((start,), found.log_likelihood, None, _told(given, found.answer)))
    return tuple(sorted(ends, key=lambda end: -(end.log_likelihood or 0.0)))


def as_likely(ends: Sequence[Ending]) -> int:
    """How many of the first ends are as likely as the first: with more than one, the testimony alone decides nothing.

    0 where there is no likelihood. A method of classes is blind to their names, so an answer and its mirror can be level.
    """
    if not ends or ends[0].log_likelihood is None:
        return 0
    first = ends[0].log_likelihood
    return sum(end.log_likelihood is not None and first - end.log_likelihood < LEVEL for end in ends)


def _add(ends: list[Ending], one: Ending) -> None:
    """Joins an end to the same one reached from elsewhere."""
    for i, end in enumerate(ends):
        near = abs((end.log_likelihood or 0.0) - (one.log_likelihood or 0.0)) < LEVEL
        if near and end.answers == one.answers:
            ends[i] = replace(end, starts=end.starts + one.starts)
            return
    ends.append(one)


def _told(given: Testimony, answer: Ints) -> tuple[tuple[str, str | None], ...]:
    spoken = np.unique(given.item).tolist()
    return tuple((given.items[i], None if answer[i] == NO_ANSWER else given.values[answer[i]]) for i in spoken)


def _judged(given: Testimony, method: str) -> Iterator[tuple[str, Run]]:
    """Dawid-Skene, or its one-coin version, from each start."""
    starts: list[tuple[str, Start | Floats]] = [("shares", "shares"), ("majority", "majority")]
    sources = np.unique(given.source).tolist()
    if len(sources) <= ALL_STARTS:
        starts += [(f"the word of {given.sources[source]}", _word_of(given, source)) for source in sources]
    for name, start in starts:
        yield (
            name,
            partial(
                confusion_truth, given, one_coin=method == "one-coin", start=start, rounds=ROUNDS, tolerance=TOLERANCE
            ),
        )


def _trusted(given: Testimony) -> Iterator[tuple[str, Run]]:
    facts = facts_of(given)
    for trust in TRUSTS:
        yield f"trust {trust:g}", partial(truth_finder, facts, trust=trust, tolerance=TOLERANCE, rounds=ROUNDS)


def _word_of(given: Testimony, source: int) -> Floats:
    """[I, K] what one source says taken as sure, the shares of the votes where it is silent."""
    shares = np.zeros((len(given.items), len(given.values)))
    np.add.at(shares, (given.item, given.value), 1.0)
    its = given.source == source
    shares[given.item[its]] = 0.0
    np.add.at(shares, (given.item[its], given.value[its]), 1.0)
    word: Floats = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1.0)
    return word
