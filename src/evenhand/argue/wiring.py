"""The graph in the order in which it can be computed: numbered, with its loops."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.argue.graph import Graph

Bodies = tuple[tuple[tuple[int, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Wiring:
    """Elements are the nodes, then the links, in the graph's order.

    ids: of the elements. nodes: how many of them are nodes. supports, attacks: for each element, what bears on it: (the
    sources that must stand together, the link). parts: the strongly connected parts, sources first; each is a tuple of
    elements. loops: which parts feed back into themselves.
    """

    graph: Graph
    ids: tuple[str, ...]
    nodes: int
    supports: tuple[Bodies, ...]
    attacks: tuple[Bodies, ...]
    parts: tuple[tuple[int, ...], ...]
    loops: tuple[bool, ...]

    @property
    def index(self) -> dict[str, int]:
        """Where each id stands among the elements."""
        return {name: i for i, name in enumerate(self.ids)}


def wire(graph: Graph) -> Wiring:
    """Which elements bear on which, and in what order can they be computed?"""
    ids = (*(n.id for n in graph.nodes), *(k.id for k in graph.links))
    at = {name: i for i, name in enumerate(ids)}
    supports: list[list[tuple[tuple[int, ...], int]]] = [[] for _ in ids]
    attacks: list[list[tuple[tuple[int, ...], int]]] = [[] for _ in ids]
    for link in graph.links:
        sources, number = tuple(at[s] for s in link.sources), at[link.id]
        bodies = [(sources, number)] if link.joint else [((s,), number) for s in sources]
        (supports if link.kind == "support" else attacks)[at[link.target]] += bodies
    before = [
        sorted({i for sources, link in (*supports[e], *attacks[e]) for i in (*sources, link)}) for e in range(len(ids))
    ]
    parts = strong_parts(before)
    loops = tuple(len(part) > 1 or part[0] in before[part[0]] for part in parts)
    return Wiring(graph, ids, len(graph.nodes), tuple(map(tuple, supports)), tuple(map(tuple, attacks)), parts, loops)


def cone(wiring: Wiring, goals: Sequence[int]) -> set[int]:
    """Every element that bears on the goals, at whatever remove, and the goals."""
    seen, todo = set(goals), list(goals)
    while todo:
        element = todo.pop()
        for sources, link in (*wiring.supports[element], *wiring.attacks[element]):
            for i in (*sources, link):
                if i not in seen:
                    seen.add(i)
                    todo.append(i)
    return seen


def strong_parts(before: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Strongly connected parts, each after all that it depends on. before: for each vertex, what it depends on.

    Tarjan (1972), without recursion.
    """
    number = [0] * len(before)
    low = [0] * len(before)
    on_stack = [False] * len(before)
    stack: list[int] = []
    parts: list[tuple[int, ...]] = []
    count = 0
    for root in range(len(before)):
        if number[root]:
            continue
        work = [(root, 0)]
        while work:
            vertex, step = work.pop()
            if step == 0:
                count += 1
                number[vertex] = low[vertex] = count
                stack.append(vertex)
                on_stack[vertex] = True
            else:
                low[vertex] = min(low[vertex], low[before[vertex][step - 1]])
            onward = next((k for k in range(step, len(before[vertex])) if not number[before[vertex][k]]), None)
            seen = before[vertex][step:onward] if onward is not None else before[vertex][step:]
            low[vertex] = min([low[vertex], *(number[u] for u in seen if on_stack[u])])
            if onward is not None:
                work += [(vertex, onward + 1), (before[vertex][onward], 0)]
            elif low[vertex] == number[vertex]:
                parts.append(_popped(stack, on_stack, vertex))
    return tuple(parts)


def _popped(stack: list[int], on_stack: list[bool], vertex: int) -> tuple[int, ...]:
    part = []
    while True:
        top = stack.pop()
        on_stack[top] = False
        part.append(top)
        if top == vertex:
            return tuple(sorted(part))
