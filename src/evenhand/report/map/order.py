"""In which order do the vertices of each layer stand, so that few lines cross?

Sugiyama, Tagawa and Toda (1981): vertices wander to the median of their neighbours above and below, layer by layer;
then neighbours change places where that saves crossings (Gansner, Koutsofios, North, Vo 1993).
"""

import itertools
from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROUNDS, PATIENCE = 24, 6
MANY = 4_000
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Layered:
    """rows: the vertices of each layer, in order. up, down: the neighbours in the layers next to each. bends: the vertices
    that only carry a long line through a layer; chains: for a line (upper, lower), its bends from top to bottom.
    """

    rows: Rows
    up: dict[str, list[str]]
    down: dict[str, list[str]]
    bends: frozenset[str]
    chains: dict[tuple[str, str], tuple[str, ...]]


def layered(below: Mapping[str, Sequence[str]], layer: Mapping[str, int]) -> Layered:
    """The rows with bends for long lines, in the order of a walk from the top."""
    rows: Rows = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    up: dict[str, list[str]] = {vertex: [] for vertex in below}
    down: dict[str, list[str]] = {vertex: [] for vertex in below}
    bends: dict[str, int] = {}
    chains: dict[tuple[str, str], tuple[str, ...]] = {}
    for vertex, under in below.items():
        for lower in under:
            chain = [f"{vertex}\t{lower}\t{k}" for k in range(layer[vertex] + 1, layer[lower])]
            chains[vertex, lower] = tuple(chain)
            for k, bend in enumerate(chain, layer[vertex] + 1):
                bends[bend] = k
                up[bend], down[bend] = [], []
            path = [vertex, *chain, lower]
            for a, b in itertools.pairwise(path):
                down[a].append(b)
                up[b].append(a)
    for vertex in _walk(below, down, layer):
        rows[bends.get(vertex, layer.get(vertex, 0))].append(vertex)
    return Layered(rows, up, down, frozenset(bends), chains)


def _walk(below: Mapping[str, Sequence[str]], down: Mapping[str, Sequence[str]], layer: Mapping[str, int]) -> list[str]:
    """Depth first from the tops, so that what belongs together starts side by side."""
    seen: dict[str, None] = {}
    for start in sorted(below, key=lambda vertex: layer[vertex]):
        stack = [start]
        while stack:
            vertex = stack.pop()
            if vertex not in seen:
                seen[vertex] = None
                stack.extend(reversed(down[vertex]))
    return list(seen)


def order(graph: Layered, rounds: int = ROUNDS) -> Rows:
    """The rows with the fewest crossings that were met; the same input gives the same rows."""
    rows = [list(row) for row in graph.rows]
    best, fewest, since = [list(row) for row in rows], crossings(rows, graph.down), 0
    many = len(graph.up) > MANY
    for turn in range(rounds if not many else rounds // 4):
        if not fewest or since == PATIENCE:
            break
        _sweep(rows, graph.up if turn % 2 == 0 else graph.down, downwards=turn % 2 == 0, means=turn % 4 > 1)
        if not many:
            _swap(rows, graph)
        found = crossings(rows, graph.down)
        since += 1
        if found < fewest:
            best, fewest, since = [list(row) for row in rows], found, 0
    return best


def _sweep(rows: Rows, towards: Mapping[str, Sequence[str]], *, downwards: bool, means: bool) -> None:
    """Sorts each row by the middle of its neighbours in the row just passed; those without any keep their places."""
    numbers = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
    for k in numbers:
        beside = rows[k - 1] if downwards else rows[k + 1]
        at = {vertex: i for i, vertex in enumerate(beside)}
        middles = {v: _middle(sorted(at[n] for n in towards[v]), means=means) for v in rows[k] if towards[v]}
        moved = iter(sorted(middles, key=lambda vertex: middles[vertex]))
        rows[k] = [next(moved) if vertex in middles else vertex for vertex in rows[k]]


def _middle(places: Sequence[int], *, means: bool) -> float:
    if means:
        return sum(places) / len(places)
    half = len(places) // 2
    return float(places[half]) if len(places) % 2 else (places[half - 1] + places[half]) / 2


def _swap(rows: Rows, graph: Layered) -> None:
    """Neighbours change places while that saves crossings."""
    for _ in range(4):
        saved = 0
        at = {vertex: i for row in rows for i, vertex in enumerate(row)}
        for row in rows:
            for i in range(len(row) - 1):
                a, b = row[i], row[i + 1]
                gain = sum(_gain(near[a], near[b], at) for near in (graph.up, graph.down))
                if gain > 0:
                    row[i], row[i + 1] = b, a
                    at[a], at[b] = i + 1, i
                    saved += gain
        if not saved:
            return


def _gain(left: Sequence[str], right: Sequence[str], at: Mapping[str, int]) -> int:
    """How many crossings are saved if the two change places?"""
    a, b = sorted(at[n] for n in left), sorted(at[n] for n in right)
    now = sum(bisect_left(b, place) for place in a)
    then = sum(bisect_left(a, place) for place in b)
    return now - then


def crossings(rows: Sequence[Sequence[str]], down: Mapping[str, Sequence[str]]) -> int:
    """How many pairs of lines cross, between all neighbouring rows?"""
    total = 0
    for upper, lower in itertools.pairwise(rows):
        at = {vertex: i for i, vertex in enumerate(lower)}
        seen: list[int] = []
        for vertex in upper:
            ends = sorted(at[n] for n in down[vertex])
            total += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
