"""Truth with copying: from several starts to every fixed point, each with its likelihood."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy.special import betaln, gammaln

from evenhand.sources.accu import Layout, Settings, State, fit, spoken
from evenhand.sources.copying import Shared, forest, gains, shared, stars
from evenhand.sources.result import best
from evenhand.sources.testimony import Floats, Ints
from evenhand.sources.voting import vote

STRUCTURE_ROUNDS = 12
COUNTS = 1e-6
ALL_STARTS = 60
"""Up to so many sources, the word of each is a start of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class FixedPoint:
    """Where the search ended. starts: from which starts it was reached. state: as fitted; answer: [I] value codes.

    posterior: log posterior with the prior of links in it. weight: its share of the posterior of all points found; what is
    held true is the mean over the points, so that two level ones decide nothing.
    """

    starts: tuple[str, ...]
    state: State
    posterior: float
    answer: Ints
    weight: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """All fixed points, best first, and their means by weight: support [F], accuracy [S], and gains [S child, S origin] in
    nats, with the prior of each link.
    """

    points: tuple[FixedPoint, ...]
    support: Floats
    accuracy: Floats
    gains: Floats


def link_prior(sources: int, settings: Settings, declared: Floats | None = None) -> Floats:
    """[S child, S origin] log prior odds that the child takes its values from the origin, against from nobody.

    declared: prior probabilities of declared ties, 0 for none; the rest of a child's prior is shared by all others.
    """
    each = settings.copying / max(sources - 1, 1)
    odds = np.full((sources, sources), np.log(max(each, 1e-12)) - np.log1p(-min(settings.copying, 0.999)))
    if declared is not None:
        tied = declared > 0
        odds[tied] = np.log(declared[tied]) - np.log1p(-np.minimum(declared[tied], 0.999))
    return odds


def search(
    laid: Layout, settings: Settings, *, declared: Floats | None = None, copying: bool = True, starts: int = ALL_STARTS,
    progress: Callable[[int, int], None] | None = None,
) -> Found:  # fmt: skip
    """What is true, who copies whom? Every start is followed to its end; equal ends are one fixed point."""
    sources = laid.facts.sources
    prior = link_prior(sources, settings, declared) if copying else np.zeros((0, 0))
    pairs = shared(laid) if copying else None
    ends: dict[bytes, FixedPoint] = {}
    seen: dict[tuple[bytes, bytes], tuple[State, float]] = {}
    every = list(_starts(laid, pairs, starts))
    for number, (name, begin) in enumerate(every):
        support = begin()
        if progress:
            progress(number, len(every))
        state, value = _follow(laid, pairs, support, prior, settings, seen)
        answer = best(laid.facts.item_start, laid.facts.value, state.support)
        key = answer.tobytes()
        known = ends.get(key)
        names = (*(known.starts if known else ()), name)
        if known is None or value > known.posterior:
            ends[key] = FixedPoint(names, state, value, answer)
        else:
            ends[key] = replace(known, starts=names)
    points = _weighed(ends.values())
    gain = np.zeros((0, 0))
    if pairs is not None:
        gain = prior + _mean([(p.weight, gains(laid, pairs, p.state, settings)) for p in points if p.weight > COUNTS])
    support = _mean([(p.weight, p.state.support) for p in points])
    return Found(points, support, _mean([(p.weight, p.state.accuracy) for p in points]), gain)


def _weighed(ends: Iterable[FixedPoint]) -> tuple[FixedPoint, ...]:
    """Best first, each with its share of the posterior."""
    points = sorted(ends, key=lambda point: -point.posterior)
    odds = np.exp([point.posterior - points[0].posterior for point in points])
    return tuple(replace(point, weight=float(w)) for point, w in zip(points, odds / odds.sum(), strict=True))


def _mean(parts: list[tuple[float, Floats]]) -> Floats:
    """The weighted mean; where a gain is minus infinity in all, it stays so."""
    total: Floats = np.sum([weight * part for weight, part in parts], axis=0) / sum(weight for weight, _ in parts)
    return total


def _follow(
    laid: Layout,
    pairs: Shared | None,
    support: Floats,
    prior: Floats,
    settings: Settings,
    seen: dict[tuple[bytes, bytes], tuple[State, float]],
) -> tuple[State, float]:
    """Origins and truth in turn until neither changes; the best state on the way. A start that comes to where another has
    been (the same origins and answers) ends where that ended.
    """
    nobody = np.full(laid.facts.sources, -1, dtype=np.int32)
    if pairs is None:
        state = fit(laid, support, nobody, settings)
        return state, state.posterior
    facts = laid.facts
    held, said = spoken(laid, support)
    state = State(support, held / np.maximum(said, 1e-9), np.zeros(facts.sources), nobody, -np.inf, -np.inf)
    usual = float(link_prior(2, settings)[0, 1] - np.log(max(facts.sources - 1, 1)))
    top: tuple[State, float] | None = None
    passed: list[tuple[bytes, bytes]] = []
    for _ in range(STRUCTURE_ROUNDS):
        origin = forest(gains(laid, pairs, state, settings) + prior)
        settled = top is not None and np.array_equal(origin, state.origin)
        state = fit(laid, state.support, origin, settings, rounds=8 if not settled else 100)
        here = (origin.tobytes(), best(facts.item_start, facts.value, state.support).tobytes())
        if here in seen:
            top = seen[here]
            seen.update(dict.fromkeys(passed, top))
            return top
        passed.append(here)
        value = state.posterior + _links(origin, prior, usual, settings)
        if top is None or value > top[1]:
            top = (state, value)
        if settled:
            break
    assert top is not None
    top = _hung_higher(laid, pairs, top, prior, usual, settings)
    seen.update(dict.fromkeys(passed, top))
    return top


def _hung_higher(
    laid: Layout, pairs: Shared, top: tuple[State, float], prior: Floats, usual: float, settings: Settings
) -> tuple[State, float]:
    """The state with each bloc hung from one origin, where that is likelier: the forest of single links may be a chain."""
    state, before = top
    origin = stars(gains(laid, pairs, state, settings) + prior, state.origin)
    if np.array_equal(origin, state.origin):
        return top
    hung = fit(laid, state.support, origin, settings, rounds=100)
    value = hung.posterior + _links(origin, prior, usual, settings)
    return (hung, value) if value > before else top


def _links(origin: Ints, prior: Floats, usual: float, settings: Settings) -> float:
    """Log prior of who copies whom: a Beta-binomial number of copiers (the worth of one source behind it: mostly nobody
    copies, or many do), whose origins are drawn so that one that has copiers draws more (a Chinese restaurant): a bloc of
    many copiers costs little more than one of few.
    """
    sources = len(origin)
    child = np.flatnonzero(origin >= 0)
    copiers = len(child)
    one = max(settings.copying, 1e-9)
    other = max(1 - one, 1e-9)
    value = betaln(one + copiers, other + sources - copiers) - betaln(one, other)
    tables = np.bincount(origin[child], minlength=sources)
    tables = tables[tables > 0]
    each = 1 / sources
    value += gammaln(1) - gammaln(1 + copiers) + (gammaln(each + tables) - gammaln(each)).sum()
    return float(value + (prior[child, origin[child]] - usual).sum())


def _starts(laid: Layout, pairs: Shared | None, most: int) -> Iterator[tuple[str, Callable[[], Floats]]]:
    facts = laid.facts
    yield "vote", lambda: vote(facts).support
    if pairs is not None:
        yield "alike as one", lambda: vote(facts, _collapsed(pairs)).support
    if facts.sources <= most:
        for source in np.unique(facts.source).tolist():
            yield f"source {source}", partial(_word_of, laid, source)


def _collapsed(pairs: Shared) -> Floats:
    """[S] weights under which sources that agree far more than most pairs do count as one."""
    both, same = pairs.both + pairs.both.T, pairs.same + pairs.same.T
    agree = np.divide(same, both, out=np.full_like(same, np.nan), where=both > 0)
    some = np.triu(both, 1) > 0
    usual = float(np.median(agree[some])) if some.any() else 0.0
    excess = np.clip((np.nan_to_num(agree, nan=usual) - usual) / max(1 - usual, 1e-9), 0, 1)
    np.fill_diagonal(excess, 0)
    weights: Floats = 1 / (1 + excess.sum(axis=1))
    return weights


def _word_of(laid: Layout, source: int) -> Floats:
    """What one source says, held nearly for sure; the vote where it is silent."""
    facts = laid.facts
    rows = laid.by_source[laid.source_start[source] : laid.source_start[source + 1]]
    support = vote(facts).support.copy()
    said = laid.row_fact[rows]
    spoke = np.zeros(facts.items, dtype=np.bool_)
    spoke[facts.item[said]] = True
    support[spoke[facts.item]] *= 0.1
    support[said] += 0.9
    return support
