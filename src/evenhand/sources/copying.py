"""Who takes values from whom? The gain of every pair over independence, and the best forest of origins."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from evenhand.model import BadInputError
from evenhand.sources.accu import Layout, Settings, State
from evenhand.sources.blocks import in_blocks
from evenhand.sources.testimony import Floats, Ints

PAIR_BLOCKS = 2
MOST_SOURCES = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Both [S, S], above the diagonal: items that two sources both speak of, and on which they say the same."""

    both: Floats
    same: Floats


def shared(laid: Layout) -> Shared:
    """How often do two sources speak of the same items, and say the same? Raises ``BadInputError`` over 5,000 sources."""
    facts = laid.facts
    if facts.sources > MOST_SOURCES:
        hint = f"at most {MOST_SOURCES:,}; leave out those that say little, or use accu without copying"
        raise BadInputError(f"copying among {facts.sources:,} sources is too much to compare pair by pair", hint=hint)
    both = _over_pairs(laid, np.ones(len(facts.item)), facts.item_start, facts.start[facts.item_start])
    same = _over_pairs(laid, np.ones(len(facts.item)), np.arange(len(facts.item) + 1), facts.start)
    return Shared(both, same)


def shared_truth(laid: Layout, support: Floats) -> Floats:
    """[S, S] above the diagonal: the expected number of items on which two sources share the true value."""
    return _over_pairs(laid, support, np.arange(len(laid.facts.item) + 1), laid.facts.start)


def _over_pairs(laid: Layout, value: Floats, of: Any, edges: Any) -> Floats:
    facts = laid.facts
    parts = np.zeros((PAIR_BLOCKS, facts.sources, facts.sources))
    first_fact = np.asarray(of[:-1])

    def work(block: int, first: int, last: int) -> None:
        _add_pairs(edges, facts.source, facts.weight, value, first_fact, parts[block], first, last)

    in_blocks(work, len(edges) - 1, PAIR_BLOCKS)
    parts[0] += parts[1]
    return parts[0]


def gains(laid: Layout, pairs: Shared, state: State, settings: Settings) -> Floats:
    """[S child, S origin] how many nats better is it to say that the child copies the origin than that it copies nobody,
    given what is held true? Its own accuracy and its copy rate are fitted for every pair; no prior of links is in it.
    """
    facts = laid.facts
    truth = shared_truth(laid, state.support)
    held = np.bincount(facts.source, weights=facts.weight * state.support[laid.row_fact], minlength=facts.sources)
    said = np.bincount(facts.source, weights=facts.weight, minlength=facts.sources)
    result = np.full((facts.sources, facts.sources), -np.inf)
    prior = np.array([settings.right, settings.wrong, settings.copied, settings.own, settings.caution])

    def work(_: int, first: int, last: int) -> None:
        _gain_rows(pairs.both, pairs.same, truth, held, said, laid.false_values, prior, result, first, last)

    in_blocks(work, facts.sources, 8)
    return result


def forest(weights: Floats) -> Ints:
    """[S] the origins that gain most in all, no source being its own ancestor; -1 where none gains.

    weights: [S child, S origin] gains with the priors in them. The best spanning forest of the pairs, each tree then
    hung from the source that makes it gain most.
    """
    sources = len(weights)
    both_ways = np.maximum(weights, weights.T)
    child, parent = np.nonzero(np.triu(both_ways, 1) > 0)
    order = np.lexsort((parent, child, -both_ways[child, parent]))
    return _grow(weights, child[order], parent[order], sources)


@njit(nogil=True, cache=True)
def _add_pairs(edges, source, weight, value, first_fact, total, first, last):  # type: ignore[no-untyped-def]
    for group in range(first, last):
        worth = value[first_fact[group]]
        for one in range(edges[group], edges[group + 1]):
            for other in range(one + 1, edges[group + 1]):
                a, b = source[one], source[other]
                if a != b:
                    if a > b:
                        a, b = b, a
                    total[a, b] += worth * weight[one] * weight[other]


@njit(nogil=True, cache=True)
def _gain_rows(both, same, truth, held, said, n, prior, result, first, last):  # type: ignore[no-untyped-def]
    for child in range(first, last):
        for origin in range(len(said)):
            a, b = min(child, origin), max(child, origin)
            if a != b and both[a, b] > 0:
                result[child, origin] = _gain(both[a, b], same[a, b], truth[a, b], held[child], said[child], n, prior)


@njit(nogil=True, cache=True)
def _gain(both, same, true, held, said, n, prior):  # type: ignore[no-untyped-def]
    """Profile likelihood of copying against independence, each with its own best accuracy, priors on both."""
    right, wrong, copied, own = prior[0] - 1, prior[1] - 1, prior[2] - 1, prior[3] - 1
    alone = min(max((held + right) / (said + right + wrong), 0.01), 0.99)
    without = (held + right) * np.log(alone) + (said - held + wrong) * np.log(1 - alone) - (said - held) * np.log(n)
    false, differ = same - true, both - same
    a, c = alone, 0.5
    for _ in range(12):
        from_true = c / (c + (1 - c) * a)
        from_false = c / (c + (1 - c) * (1 - a) / n)
        taken = true * from_true + false * from_false
        a = min(max((held - true * from_true + right) / (said - taken + right + wrong), 0.01), 0.99)
        c = min(max((taken + copied) / (both + copied + own), 0.01), 0.99)
    value = true * np.log(c + (1 - c) * a) + false * np.log(c + (1 - c) * (1 - a) / n) + differ * np.log(1 - c)
    value += (held - true + right) * np.log(a) + (said - held - false + wrong) * np.log(1 - a)
    value -= (said - held - false) * np.log(n)
    value += copied * np.log(c) + own * np.log(1 - c)
    return value - without - prior[4] * np.log(max(both, 2.0))


@njit(nogil=True, cache=True)
def _grow(weights, child, parent, sources):  # type: ignore[no-untyped-def]
    root = np.arange(sources)
    links = np.zeros((sources, 2), np.int64)
    count = 0
    for edge in range(len(child)):
        a, b = child[edge], parent[edge]
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]
        if a != b:
            root[max(a, b)] = min(a, b)
            links[count, 0], links[count, 1] = child[edge], parent[edge]
            count += 1
    best = np.full(sources, -1, np.int32)
    best_value = np.full(sources, -np.inf)
    trial = np.empty(sources, np.int32)
    start, ahead = _neighbours(links, count, sources)
    for top in range(sources):
        tree = top
        while root[tree] != tree:
            tree = root[tree]
        value = _hang(weights, top, start, ahead, trial)
        if value > best_value[tree] + 1e-9:
            best_value[tree] = value
            _write(top, start, ahead, trial, best)
    for s in range(sources):
        if best[s] >= 0 and weights[s, best[s]] <= 0:
            best[s] = -1
    return best


@njit(nogil=True, cache=True)
def _neighbours(links, count, sources):  # type: ignore[no-untyped-def]
    start = np.zeros(sources + 1, np.int64)
    for edge in range(count):
        start[links[edge, 0] + 1] += 1
        start[links[edge, 1] + 1] += 1
    for s in range(sources):
        start[s + 1] += start[s]
    place = start[:-1].copy()
    ahead = np.empty(2 * count, np.int64)
    for edge in range(count):
        a, b = links[edge, 0], links[edge, 1]
        ahead[place[a]], ahead[place[b]] = b, a
        place[a] += 1
        place[b] += 1
    return start, ahead


@njit(nogil=True, cache=True)
def _hang(weights, top, start, ahead, trial):  # type: ignore[no-untyped-def]
    """The gain of the tree hung from ``top``; ``trial`` gets each member's origin."""
    stack = [top]
    trial[top] = -1
    value = 0.0
    while len(stack):
        at = stack.pop()
        for to in ahead[start[at] : start[at + 1]]:
            if to != trial[at]:
                trial[to] = at
                value += max(weights[to, at], 0.0)
                stack.append(to)
    return value


@njit(nogil=True, cache=True)
def _write(top, start, ahead, trial, best):  # type: ignore[no-untyped-def]
    stack = [top]
    while len(stack):
        at = stack.pop()
        best[at] = trial[at]
        for to in ahead[start[at] : start[at + 1]]:
            if to != trial[at]:
                stack.append(to)
