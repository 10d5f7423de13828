"""The argument as boxes and joints to be laid out: who stands under whom, in which layer, with loops broken."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evenhand.argue import Graph, Link

MOST_DRAWN = 300


@dataclass(frozen=True, slots=True)
class Joint:
    """Where a link gathers its sources. link: its id; sources: what comes in; target: a node's id or a joint's.

    A link whose sources each work alone has a joint for each of them; ``first`` is that of the first.
    """

    id: str
    link: Link
    sources: tuple[str, ...]
    target: str
    first: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn. boxes: ids of nodes; joints by id; below: for each vertex, what stands under it; layer: 0 on top.

    turned: the edges (upper, lower) that run against the argument, so that no loop is left. left_out: the nodes that are
    not drawn because there are too many; alone: those that no link touches.
    """

    boxes: tuple[str, ...]
    joints: dict[str, Joint]
    below: dict[str, tuple[str, ...]]
    layer: dict[str, int]
    turned: frozenset[tuple[str, str]]
    left_out: tuple[str, ...]
    alone: tuple[str, ...]


def plan(graph: Graph, *, conclusions: Sequence[str] = (), most: int = MOST_DRAWN) -> Plan:
    """Which boxes, which joints, which layers? At most ``most`` boxes: those nearest to the conclusions."""
    linked = _linked(graph)
    kept, left_out = _nearest(graph, linked, conclusions or top(graph), most)
    owner = {link.id: link for link in graph.links}
    links = [link for link in graph.links if kept.issuperset(link.sources) and _ends_in(owner, link, kept)]
    joints = _joints(links)
    boxes = tuple(node.id for node in graph.nodes if node.id in kept)
    edges = [(joint.target, joint.id) for joint in joints.values()]
    edges += [(joint.id, source) for joint in joints.values() for source in joint.sources]
    below, turned = without_loops([*boxes, *joints], edges, first=conclusions)
    alone = tuple(node.id for node in graph.nodes if node.id not in linked)
    return Plan(boxes, joints, below, layers(below), turned, left_out, alone)


def top(graph: Graph) -> tuple[str, ...]:
    """The conclusions: nodes that something supports or attacks, and that bear on nothing."""
    bearing = {source for link in graph.links for source in link.sources}
    borne = {link.target for link in graph.links}
    return tuple(node.id for node in graph.nodes if node.id in borne and node.id not in bearing)


def _linked(graph: Graph) -> set[str]:
    ids = {node.id for node in graph.nodes}
    touched = {source for link in graph.links for source in link.sources}
    return touched | {link.target for link in graph.links if link.target in ids}


def _nearest(graph: Graph, linked: set[str], starts: Sequence[str], most: int) -> tuple[set[str], tuple[str, ...]]:
    """The nodes to draw, breadth first from the conclusions, then the others in their order."""
    if len(linked) <= most:
        return linked, ()
    owner = {link.id: link for link in graph.links}
    under: dict[str, list[str]] = {}
    for link in graph.links:
        under.setdefault(_node_at_end(link, owner), []).extend(link.sources)
    order: dict[str, None] = {}
    for start in (*starts, *(node.id for node in graph.nodes if node.id in linked)):
        waiting = deque([start])
        while waiting and len(order) < most:
            node = waiting.popleft()
            if node in linked and node not in order:
                order[node] = None
                waiting.extend(under.get(node, ()))
    kept = set(order)
    left_out = linked - kept
    return kept, tuple(node.id for node in graph.nodes if node.id in left_out)


def _node_at_end(link: Link, owner: dict[str, Link]) -> str:
    """The node that a link bears on in the end, through the links that it attacks."""
    seen = {link.id}
    while link.target in owner and owner[link.target].id not in seen:
        link = owner[link.target]
        seen.add(link.id)
    return link.target


def _ends_in(owner: dict[str, Link], link: Link, kept: set[str]) -> bool:
    """Is all that a link bears on drawn: its node, or the link that it attacks with all of its own?"""
    seen: set[str] = set()
    while link.target in owner:
        if link.id in seen:
            return False
        seen.add(link.id)
        link = owner[link.target]
        if not kept.issuperset(link.sources):
            return False
    return link.target in kept


def _joints(links: Sequence[Link]) -> dict[str, Joint]:
    made: dict[str, Joint] = {}
    firsts = {link.id: f"{link.id}\n0" for link in links}
    for link in links:
        bodies = [link.sources] if link.joint or len(link.sources) == 1 else [(source,) for source in link.sources]
        for i, sources in enumerate(bodies):
            joint = Joint(f"{link.id}\n{i}", link, sources, firsts.get(link.target, link.target), first=i == 0)
            made[joint.id] = joint
    return made


def without_loops(
    vertices: Sequence[str], edges: Iterable[tuple[str, str]], *, first: Sequence[str] = ()
) -> tuple[dict[str, tuple[str, ...]], frozenset[tuple[str, str]]]:
    """The edges with those turned round that close a loop, going down from the conclusions; depth first, no recursion."""
    down: dict[str, list[str]] = {vertex: [] for vertex in vertices}
    has_upper: set[str] = set()
    for upper, lower in edges:
        if lower not in down[upper]:
            down[upper].append(lower)
        has_upper.add(lower)
    state: dict[str, int] = {}
    turned: set[tuple[str, str]] = set()
    starts = [*first, *(v for v in vertices if v not in has_upper), *vertices]
    for start in starts:
        if start in state or start not in down:
            continue
        state[start] = 1
        stack = [(start, iter(down[start]))]
        while stack:
            vertex, rest = stack[-1]
            for lower in rest:
                if state.get(lower) == 1:
                    turned.add((vertex, lower))
                elif lower not in state:
                    state[lower] = 1
                    stack.append((lower, iter(down[lower])))
                    break
            else:
                state[vertex] = 2
                stack.pop()
    below = {vertex: [lower for lower in down[vertex] if (vertex, lower) not in turned] for vertex in vertices}
    for upper, lower in sorted(turned):
        if upper != lower and upper not in below[lower]:
            below[lower].append(upper)
    return {vertex: tuple(under) for vertex, under in below.items()}, frozenset(turned)


def layers(below: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Each vertex as high as it can be: one under the lowest of those above it."""
    waiting = dict.fromkeys(below, 0)
    for under in below.values():
        for lower in under:
            waiting[lower] += 1
    layer = dict.fromkeys(below, 0)
    ready = deque(vertex for vertex, count in waiting.items() if not count)
    while ready:
        vertex = ready.popleft()
        for lower in below[vertex]:
            layer[lower] = max(layer[lower], layer[vertex] + 1)
            waiting[lower] -= 1
            if not waiting[lower]:
                ready.append(lower)
    return layer
