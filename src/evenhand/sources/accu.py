"""ACCU: one accuracy a source, many false values; and the same where a source may take its values from another.

The model after Dong, Berti-Equille and Srivastava (2009), "Integrating Conflicting Data: The Role of Source Dependence",
PVLDB 2(1), made one joint likelihood: each source has at most one origin, takes a value from it with its copy rate, and
else says what it finds itself, so that every fixed point has a likelihood that can be set beside another's.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln

from evenhand.sources.blocks import SMALL, in_blocks, summed
from evenhand.sources.facts import Facts, Longs
from evenhand.sources.kernels import accu as kernels
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
    right: float = 6.0
    wrong: float = 4.0
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
        held, said = spoken(laid, support)
        accuracy = _mean(held, said, settings.right, settings.wrong)
    before = -np.inf
    sums = np.zeros((4, facts.sources))
    right, wrong = expected(laid, origin, settings)
    done, likelihood, posterior = 0, -np.inf, -np.inf
    for done in range(1, rounds + 1):  # noqa: B007 (told in the result)
        support, sums, likelihood = expect(laid, same, accuracy, rates)
        posterior = likelihood + _log_prior(accuracy, rates, origin, right, wrong, settings)
        if posterior - before < tolerance * max(1.0, abs(posterior)):
            break
        before = posterior
        accuracy = _mean(sums[0], sums[1], right, wrong)
        rates = np.where(origin >= 0, _mean(sums[2], sums[3], settings.copied, settings.own), 0.0)
    evidence = likelihood + _averaged(sums, accuracy, rates, origin, right, wrong, settings)
    return State(support, accuracy, rates, origin, evidence, likelihood, done)


def expected(laid: Layout, origin: Ints, settings: Settings) -> tuple[Floats, Floats]:
    """[S] each, pseudo-counts of right and wrong: who copies gets no credit in advance for what it finds itself."""
    right, wrong = unskilled(laid.false_values, settings)
    linked = origin >= 0
    return np.where(linked, right, settings.right), np.where(linked, wrong, settings.wrong)


def unskilled(false_values: float, settings: Settings) -> tuple[float, float]:
    """Pseudo-counts as many as any source's, with their mode at chance."""
    many = max(settings.right + settings.wrong - 2, 0.0)
    chance = 1 / (false_values + 1)
    return 1 + many * chance, 1 + many * (1 - chance)


def _averaged(
    sums: Floats, accuracy: Floats, rate: Floats, origin: Ints, right: Floats, wrong: Floats, settings: Settings
) -> float:
    """What the log-likelihood gains when accuracies and rates are averaged over their priors instead of fitted
    (Cheeseman and Stutz 1996, "Bayesian Classification (AutoClass)").
    """
    s, linked = settings, origin >= 0
    true, false = sums[0], np.maximum(sums[1] - sums[0], 0)
    value = betaln(right + true, wrong + false) - betaln(right, wrong)
    value -= true * np.log(accuracy) + false * np.log1p(-accuracy)
    taken, free = sums[2][linked], np.maximum(sums[3] - sums[2], 0)[linked]
    links = betaln(s.copied + taken, s.own + free) - betaln(s.copied, s.own)
    links -= taken * np.log(rate[linked]) + free * np.log1p(-rate[linked])
    return float(value.sum() + links.sum())


def spoken(laid: Layout, support: Floats) -> tuple[Floats, Floats]:
    """[S] how much of what each source says is held true, and how much it says."""
    facts = laid.facts
    held = np.bincount(facts.source, weights=facts.weight * support[laid.row_fact], minlength=facts.sources)
    said = np.bincount(facts.source, weights=facts.weight, minlength=facts.sources)
    return held.astype(np.float64), said.astype(np.float64)


def _mean(part: Floats, whole: Floats, more: Floats | float, less: Floats | float) -> Floats:
    """The mode of a share under a Beta prior with these pseudo-counts, kept off 0 and 1."""
    result: Floats = np.clip((part + more - 1) / np.maximum(whole + more + less - 2, 1e-9), 0.01, 0.99)
    return result


def _log_prior(accuracy: Floats, rate: Floats, origin: Ints, right: Floats, wrong: Floats, settings: Settings) -> float:
    s = settings
    value = ((right - 1) * np.log(accuracy) + (wrong - 1) * np.log1p(-accuracy)).sum()
    linked = rate[origin >= 0]
    return float(value + ((s.copied - 1) * np.log(linked) + (s.own - 1) * np.log1p(-linked)).sum())


def _relations(laid: Layout, origin: Ints) -> NDArray[np.int8]:
    """[R] 0 where the origin is silent on the item, 1 where it says the same, 2 where it says otherwise."""
    return kernels.relate(laid.source_start, laid.by_source, laid.row_fact, laid.facts.item, origin)


def expect(laid: Layout, same: Any, accuracy: Floats, rate: Floats) -> tuple[Floats, Floats, float]:
    """E-step: support [F]; own true, own, copied, could have copied [4, S]; and the log-likelihood."""
    facts = laid.facts
    steps = 20 * len(facts.source)
    blocks = max(1, min(BLOCKS, ROOM // max(4 * facts.sources, 1))) if steps >= SMALL else 1
    sums = np.zeros((blocks, 4, facts.sources))
    likelihood = np.zeros((blocks, 1))
    support = np.empty(len(facts.item))

    def work(block: int, first: int, last: int) -> None:
        kernels.expect(
            facts.item_start, facts.start, facts.source, facts.weight, same, accuracy, rate, laid.false, support,
            sums[block], likelihood[block], first, last,
        )  # fmt: skip

    in_blocks(work, facts.items, blocks, steps)
    return support, summed(sums), float(summed(likelihood)[0])
