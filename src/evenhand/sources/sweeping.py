"""The sweep: every method, every setting, no ties, all ties and each side's ties alone; in which share each answer wins."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import numpy as np

from evenhand.sources.accu import Settings
from evenhand.sources.methods import METHODS, categories, truth, truth_under_copying
from evenhand.sources.reach import DOCUMENTED
from evenhand.sources.result import NO_ANSWER, Truth
from evenhand.sources.search import ALL_STARTS, FixedPoint
from evenhand.sources.testimony import Testimony
from evenhand.sources.ties import Status, Ties

COPYING = (0.02, 0.1, 0.5)
FALSE_VALUES = (0.0, 20.0, 100.0)
ACCURACY = ((6.0, 4.0), (8.0, 2.0))
CAUTION = (0.5, 0.0)
DECIDES = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class Tried:
    """One way: method, ties (``none``, ``all`` or a side), settings in words, weight in the sweep, and its answers by item
    (None where values are level or nobody speaks). posterior: log posterior of the model, None where there is none.
    """

    method: str
    ties: str
    settings: str
    weight: Fraction
    answers: Mapping[str, str | None]
    posterior: float | None


@dataclass(frozen=True, slots=True)
class Sweep:
    """All ways tried. shares: for each item, each answer with the weighted share of the ways in which it wins, largest
    first ("" for level). points: every fixed point of the default, best first. undecided: items on which, by one method
    or another, the answer that wins most often wins in under 95 % of that method's ways: methods that know of no copying
    may agree and cannot settle what hangs on it. sentence: what that comes to.
    """

    tried: tuple[Tried, ...]
    shares: Mapping[str, tuple[tuple[str, Fraction], ...]]
    points: tuple[FixedPoint, ...]
    undecided: tuple[str, ...]
    sentence: str


def sweep(
    testimony: Testimony, ties: Ties | None = None, *, settings: Settings | None = None,
    statuses: Iterable[Status] = DOCUMENTED, ever: bool = False, starts: int = ALL_STARTS,
    progress: Callable[[int, int], None] | None = None,
) -> Sweep:  # fmt: skip
    """In which share of the ways does each answer win? Methods weigh alike, and within a method its ways do."""
    given, chosen, allowed = categories(testimony), settings or Settings(), tuple(statuses)
    ways = list(_ways(ties or Ties(), chosen))
    tried = []
    for number, (method, name, used, some, weight) in enumerate(ways):
        if progress:
            progress(number, len(ways))
        if method == "accu-copy":
            found = truth_under_copying(given, ties=some, settings=used, statuses=allowed, ever=ever, starts=starts)
            result = found.truth
            posterior: float | None = found.points[0].posterior
        else:
            result = truth(given, method, ties=some, settings=used, statuses=allowed, ever=ever)
            posterior = result.log_likelihood
        tried.append(Tried(method, name, _words(method, used), weight, _named(given, result), posterior))
    default = truth_under_copying(
        given, ties=ties or Ties(), settings=chosen, statuses=allowed, ever=ever, starts=starts
    )
    shares = _shares(tried)
    open_items = tuple(item for item, answers in shares.items() if _open(item, answers[0][0], tried))
    return Sweep(tuple(tried), shares, default.points, open_items, _sentence(shares, open_items))


def _ways(ties: Ties, settings: Settings) -> Iterator[tuple[str, str, Settings, Ties, Fraction]]:
    """Method, name of the ties, settings, ties, weight."""
    tied = [("none", ties.keep(()))]
    if ties.ties:
        tied += [("all", ties), *((side, ties.of_side(side)) for side in ties.sides)]
    models = {"accu": [(s, t) for s in _grid(settings, (settings.copying,), (settings.caution,)) for t in tied[:1]]}
    models["accu-copy"] = list(product(_grid(settings, COPYING, CAUTION), tied))
    models["vote"] = [(settings, t) for t in tied]
    for method in METHODS:
        ways = models.get(method, [(settings, tied[0])])
        for used, (name, some) in ways:
            yield method, name, used, some, Fraction(1, len(METHODS) * len(ways))


def _grid(settings: Settings, copying: Iterable[float], caution: Iterable[float]) -> list[Settings]:
    return [
        replace(settings, copying=c, caution=k, false_values=n, right=right, wrong=wrong)
        for c, k, n, (right, wrong) in product(copying, caution, FALSE_VALUES, ACCURACY)
    ]


def _words(method: str, used: Settings) -> str:
    if method not in {"accu", "accu-copy"}:
        return ""
    false = f"{used.false_values:g}" if used.false_values else "as many as seen"
    said = f"false values {false}, prior of accuracy {used.right:g} to {used.wrong:g}"
    return f"copying {used.copying:g}, caution {used.caution:g}, {said}" if method == "accu-copy" else said


def _named(testimony: Testimony, result: Truth) -> dict[str, str | None]:
    spoken = np.unique(testimony.item).tolist()
    codes = {testimony.items[item]: int(result.answer[item]) for item in spoken}
    return {item: None if code == NO_ANSWER else testimony.values[code] for item, code in codes.items()}


def _shares(tried: list[Tried]) -> dict[str, tuple[tuple[str, Fraction], ...]]:
    totals: dict[str, Counter[str]] = {}
    for way in tried:
        for item, answer in way.answers.items():
            totals.setdefault(item, Counter())[answer or ""] += way.weight  # type: ignore[assignment]
    return {
        item: tuple(
            sorted(((answer, Fraction(share)) for answer, share in counted.items()), key=lambda p: (-p[1], p[0]))
        )
        for item, counted in totals.items()
    }


def _open(item: str, answer: str, tried: list[Tried]) -> bool:
    """Does any method, in over 5 % of its ways, come to another answer than the one that wins most often?"""
    for method in {way.method for way in tried}:
        ways = [way for way in tried if way.method == method and item in way.answers]
        if sum((way.answers[item] or "") == answer for way in ways) < DECIDES * len(ways):
            return True
    return False


def _sentence(shares: Mapping[str, object], undecided: tuple[str, ...]) -> str:
    if not undecided:
        return "On every item one answer wins in at least 95 % of the ways of every method that we tried."
    if len(undecided) == len(shares):
        return "These figures alone do not decide: on every item the answer depends on the method, the settings or the ties."
    return (
        f"These figures alone do not decide {len(undecided)} of {len(shares)} items: there, which answer wins depends on "
        "the method, the settings or the ties."
    )
