"""ACCU: one accuracy a source, many false values; and the same where a source may take its values from another.

The model after Dong, Berti-Equille and Srivastava (2009), "Integrating Conflicting Data: The Role of Source Dependence",
PVLDB 2(1), made one joint likelihood: each source has at most one origin, takes a value from it with its copy rate, and
else says what it finds itself, so that every fixed point has a likelihood that can be set beside another's.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import betaln

from evenhand.sources.blocks import in_blocks, summed
from evenhand.sources.facts import Facts, Longs
from evenhand.sources.testimony import Floats, Ints

BLOCKS = 8
ROOM = 16_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What defensible analysts set otherwise.

    false_values: how many wrong answers an item has, 0 for "one fewer than the most that any item got". right, wrong:
    pseudo-counts of the prior of an accuracy. copied, own: the same of a copy rate. copying: prior probability that a
    source takes its values from some other, before any declared tie. caution: how many nats per log of the shared items
    a link must gain beyond its prior (.5 is the Bayesian information criterion).
    """

    false_values: float = 0
    right: float = 3.0
    wrong: float = 2.0
    copied: float = 2.0
    own: float = 1.0
    copying: float = 0.1
    caution: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Facts with what the copying model reads: statements by source, and how many false values each item may have.

    row_fact: [R]. by_source: [R] rows in order of source, then item; source_start: [S + 1]. false: [I] false values.
    """

    facts: Facts
    row_fact: Ints
    by_source: Longs
    source_start: Longs
    false: Floats
    false_values: float


def layout(facts: Facts, settings: Settings) -> Layout:
    """Lays facts out once for all rounds."""
    several = np.diff(facts.item_start) - 1
    most = settings.false_values or float(max(several.max(initial=1), 1))
    by_source = np.argsort(facts.source, kind="stable")
    counts = np.bincount(facts.source, minlength=facts.sources)
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Layout(facts, facts.row_fact, by_source, start, np.maximum(several, most).astype(np.float64), most)


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """One point of the search.

    support: [F] probability of each fact. accuracy, rate: [S]. origin: [S] whom a source takes values from, -1 for
    nobody. posterior: log posterior (testimony, origins, accuracies and rates together); likelihood: of the testimony.
    """

    support: Floats
    accuracy: Floats
    rate: Floats
    origin: Ints
    posterior: float
    likelihood: float
    rounds: int = 0


def fit(
    laid: Layout, support: Floats, origin: Ints, settings: Settings, *, rounds: int = 60, tolerance: float = 1e-7,
    rate: Floats | None = None, accuracy: Floats | None = None,
) -> State:  # fmt: skip
    """What is true, how good is each source, and how much does each copy, given who copies whom? EM from ``support``.

    Without ``accuracy`` the first accuracies are those that ``support`` gives.
    """
    facts = laid.facts
    same = _relations(laid, origin)
    rates = np.where(origin >= 0, 0.8, 0.0) if rate is None else rate
    if accuracy is None:
        held = np.bincount(facts.source, weights=facts.weight * support[laid.row_fact], minlength=facts.sources)
        said = np.bincount(facts.source, weights=facts.weight, minlength=facts.sources)
        accuracy = _mean(held, said, settings.right, settings.wrong)
    before = -np.inf
    sums = np.zeros((4, facts.sources))
    done, likelihood, posterior = 0, -np.inf, -np.inf
    for done in range(1, rounds + 1):  # noqa: B007 (told in the result)
        support, sums, likelihood = expect(laid, same, accuracy, rates)
        posterior = likelihood + _log_prior(accuracy, rates, origin, settings)
        if posterior - before < tolerance * max(1.0, abs(posterior)):
            break
        before = posterior
        accuracy = _mean(sums[0], sums[1], settings.right, settings.wrong)
        rates = np.where(origin >= 0, _mean(sums[2], sums[3], settings.copied, settings.own), 0.0)
    evidence = likelihood + _averaged(sums, accuracy, rates, origin, settings)
    return State(support, accuracy, rates, origin, evidence, likelihood, done)


def _averaged(sums: Floats, accuracy: Floats, rate: Floats, origin: Ints, settings: Settings) -> float:
    """What the log-likelihood gains when accuracies and rates are averaged over their priors instead of fitted
    (Cheeseman and Stutz 1996, "Bayesian Classification (AutoClass)").
    """
    s, linked = settings, origin >= 0
    true, false = sums[0], np.maximum(sums[1] - sums[0], 0)
    value = betaln(s.right + true, s.wrong + false) - betaln(s.right, s.wrong)
    value -= true * np.log(accuracy) + false * np.log1p(-accuracy)
    taken, free = sums[2][linked], np.maximum(sums[3] - sums[2], 0)[linked]
    links = betaln(s.copied + taken, s.own + free) - betaln(s.copied, s.own)
    links -= taken * np.log(rate[linked]) + free * np.log1p(-rate[linked])
    return float(value.sum() + links.sum())


def _mean(part: Floats, whole: Floats, more: float, less: float) -> Floats:
    """The mode of a share under a Beta prior with these pseudo-counts, kept off 0 and 1."""
    result: Floats = np.clip((part + more - 1) / np.maximum(whole + more + less - 2, 1e-9), 0.01, 0.99)
    return result


def _log_prior(accuracy: Floats, rate: Floats, origin: Ints, settings: Settings) -> float:
    s = settings
    value = ((s.right - 1) * np.log(accuracy) + (s.wrong - 1) * np.log1p(-accuracy)).sum()
    linked = rate[origin >= 0]
    return float(value + ((s.copied - 1) * np.log(linked) + (s.own - 1) * np.log1p(-linked)).sum())


def _relations(laid: Layout, origin: Ints) -> NDArray[np.int8]:
    """[R] 0 where the origin is silent on the item, 1 where it says the same, 2 where it says otherwise."""
    return _relate(laid.source_start, laid.by_source, laid.row_fact, laid.facts.item, origin)


def expect(laid: Layout, same: Any, accuracy: Floats, rate: Floats) -> tuple[Floats, Floats, float]:
    """E-step: support [F]; own true, own, copied, could have copied [4, S]; and the log-likelihood."""
    facts = laid.facts
    blocks = max(1, min(BLOCKS, ROOM // max(4 * facts.sources, 1)))
    sums = np.zeros((blocks, 4, facts.sources))
    likelihood = np.zeros((blocks, 1))
    support = np.empty(len(facts.item))

    def work(block: int, first: int, last: int) -> None:
        _expect(
            facts.item_start, facts.start, facts.source, facts.weight, same, accuracy, rate, laid.false, support,
            sums[block], likelihood[block], first, last,
        )  # fmt: skip

    in_blocks(work, facts.items, blocks)
    return support, summed(sums), float(summed(likelihood)[0])


@njit(nogil=True, cache=True)
def _relate(source_start, by_source, row_fact, fact_item, origin):  # type: ignore[no-untyped-def]
    result = np.zeros(len(by_source), np.int8)
    for source in range(len(origin)):
        if origin[source] < 0:
            continue
        other, end = source_start[origin[source]], source_start[origin[source] + 1]
        for at in range(source_start[source], source_start[source + 1]):
            row = by_source[at]
            fact = row_fact[row]
            item = fact_item[fact]
            while other < end and fact_item[row_fact[by_source[other]]] < item:
                other += 1
            look = other
            while look < end and fact_item[row_fact[by_source[look]]] == item:
                result[row] = max(result[row], 2)
                if row_fact[by_source[look]] == fact:
                    result[row] = 3
                look += 1
            if result[row]:
                result[row] = 1 if result[row] == 3 else 2
    return result


@njit(nogil=True, cache=True)
def _expect(  # type: ignore[no-untyped-def]
    item_start, start, source, weight, same, accuracy, rate, false, support, sums, likelihood, first, last
):
    for item in range(first, last):
        n = false[item]
        begin, end = item_start[item], item_start[item + 1]
        if begin == end:
            continue
        base, top = 0.0, 0.0
        for fact in range(begin, end):
            score = 0.0
            for row in range(start[fact], start[fact + 1]):
                s = source[row]
                a, c, w = accuracy[s], rate[s], weight[row]
                wrong = (1 - a) / n
                if same[row] == 1:
                    no = np.log(c + (1 - c) * wrong)
                    base += w * no
                    score += w * (np.log(c + (1 - c) * a) - no)
                else:
                    no = np.log(wrong)
                    base += w * (no + (np.log(1 - c) if same[row] == 2 else 0.0))
                    score += w * (np.log(a) - no)
            support[fact] = score
            top = max(top, score)
        total = max(n + 1 - (end - begin), 0.0) * np.exp(-top)
        for fact in range(begin, end):
            support[fact] = np.exp(support[fact] - top)
            total += support[fact]
        likelihood[0] += base + top + np.log(total) - np.log(n + 1)
        for fact in range(begin, end):
            p = support[fact] / total
            support[fact] = p
            for row in range(start[fact], start[fact + 1]):
                s = source[row]
                a, c, w = accuracy[s], rate[s], weight[row]
                if same[row] == 1:
                    from_true = c / (c + (1 - c) * a)
                    from_false = c / (c + (1 - c) * (1 - a) / n)
                    copied = p * from_true + (1 - p) * from_false
                    sums[0, s] += w * p * (1 - from_true)
                    sums[1, s] += w * (1 - copied)
                    sums[2, s] += w * copied
                else:
                    sums[0, s] += w * p
                    sums[1, s] += w
                if same[row] > 0:
                    sums[3, s] += w
