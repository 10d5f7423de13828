"""Who takes values from whom? The gain of every pair over independence, and the best forest of origins."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import betaln

from evenhand.model import BadInputError
from evenhand.sources.accu import Layout, Settings, State, spoken, unskilled
from evenhand.sources.blocks import in_blocks
from evenhand.sources.kernels import copying as kernels
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
        kernels.add_pairs(edges, facts.source, facts.weight, value, first_fact, parts[block], first, last)

    steps = int((np.diff(edges).astype(np.float64) ** 2).sum())
    in_blocks(work, len(edges) - 1, PAIR_BLOCKS, steps)
    parts[0] += parts[1]
    return parts[0]


def gains(laid: Layout, pairs: Shared, state: State, settings: Settings) -> Floats:
    """[S child, S origin] how many nats better is it to say that the child copies the origin than that it copies nobody,
    given what is held true? Its own accuracy and its copy rate are fitted for every pair; no prior of links is in it.
    """
    facts = laid.facts
    truth = shared_truth(laid, state.support)
    held, said = spoken(laid, state.support)
    result = np.full((facts.sources, facts.sources), -np.inf)
    right, wrong = unskilled(laid.false_values, settings)
    level = betaln(settings.right, settings.wrong) - betaln(right, wrong)
    prior = np.array(
        [settings.right, settings.wrong, settings.copied, settings.own, settings.caution, right, wrong, level]
    )

    def work(_: int, first: int, last: int) -> None:
        kernels.gain_rows(pairs.both, pairs.same, truth, held, said, laid.false_values, prior, result, first, last)

    in_blocks(work, facts.sources, 8, 100 * facts.sources**2)
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
    return kernels.grow(weights, child[order], parent[order], sources)


def stars(weights: Floats, origin: Ints) -> Ints:
    """[S] the same trees, each hung from the member whose links gain most in all; those it gains no link to stay where
    they are. weights: [S child, S origin] as for ``forest``.
    """
    result, top = origin.copy(), np.arange(len(origin))
    while (below := origin[top] >= 0).any():
        top[below] = origin[top[below]]
    for root in np.unique(top[origin >= 0]).tolist():
        members = np.flatnonzero(top == root)
        gain = np.maximum(weights[np.ix_(members, members)], 0)
        at = int(np.argmax(gain.sum(axis=0)))
        result[members[gain[:, at] > 0]] = members[at]
        result[members[at]] = -1
    return result
