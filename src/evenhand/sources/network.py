"""Who hears whom: the networks over which results travel."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.model import BadInputError, closest_words

Ints = NDArray[np.int64]
Edges = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Network:
    """Who hears whose results; everybody hears their own.

    Agent i hears ``heard[start[i]:start[i + 1]]``. start: [K + 1]; heard: agents by number, from 0.
    """

    name: str
    agents: int
    start: Ints
    heard: Ints


def _ring(nodes: list[int]) -> Edges:
    return [(nodes[i - 1], nodes[i]) for i in range(len(nodes))]


def _cycle(agents: int) -> Edges:
    return _ring(list(range(agents)))


def _wheel(agents: int) -> Edges:
    return [*_star(agents), *_ring(list(range(1, agents)))]


def _star(agents: int) -> Edges:
    return [(0, i) for i in range(1, agents)]


def _complete(agents: int) -> Edges:
    return [(i, j) for i in range(agents) for j in range(i)]


def _line(agents: int) -> Edges:
    return [(i - 1, i) for i in range(1, agents)]


def _alone(_agents: int) -> Edges:
    return []


SHAPES: dict[str, Callable[[int], Edges]] = {
    "cycle": _cycle, "wheel": _wheel, "complete": _complete, "star": _star, "line": _line, "alone": _alone,
}  # fmt: skip


def network(name: str, agents: int) -> Network:
    """The network of a name: cycle, wheel (a ring and its hub), complete, star, line, or alone.

    Raises BadInputError for another name, and for no agents at all.
    """
    if name not in SHAPES:
        near = closest_words(name, SHAPES, 1)
        hint = f"one of {', '.join(SHAPES)}" + (f"; closest: {near[0]}" if near else "")
        raise BadInputError(f"there is no network ‘{name}’", hint=hint)
    if agents < 1:
        raise BadInputError(f"a network of {agents} has nobody in it", hint="one or more")
    return from_edges(agents, SHAPES[name](agents), name=name)


def from_edges(agents: int, edges: Iterable[tuple[int, int]], *, name: str = "own") -> Network:
    """A network of one's own: pairs of agents that hear each other, numbered from 0. Raises BadInputError."""
    hears: list[set[int]] = [{i} for i in range(agents)]
    for a, b in edges:
        if not (0 <= a < agents and 0 <= b < agents):
            raise BadInputError(f"the pair {a}, {b} names nobody", hint=f"agents are 0 to {agents - 1}")
        hears[a].add(b)
        hears[b].add(a)
    start = np.cumsum([0, *(len(h) for h in hears)], dtype=np.int64)
    return Network(name, agents, start, np.array([j for h in hears for j in sorted(h)], dtype=np.int64))
