"""What is wrong with the shape of an argument, whatever its premises are worth."""

from dataclasses import dataclass
from typing import Literal

from evenhand.argue.graph import Graph, Link
from evenhand.argue.wiring import strong_parts

CheckKind = Literal["circular support", "its own premise", "unsupported", "supported and attacked by the same", "loop of attacks",
                    "contradictory links", "broken chain"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at. at: the claims and links concerned, ids in order. sentence: what it is, in plain words."""

    kind: CheckKind
    at: tuple[str, ...]
    sentence: str


def checks(graph: Graph) -> tuple[Check, ...]:
    """Circular support, a conclusion that is its own premise, claims that nobody supports, and claims pulled both ways."""
    return (*_own_premise(graph), *_circles(graph), *_attack_loops(graph), *_both_ways(graph), *_unsupported(graph))


def _own_premise(graph: Graph) -> list[Check]:
    out = []
    for link in graph.links:
        if link.target in link.sources:
            does = "supports" if link.kind == "support" else "attacks"
            kind: CheckKind = "its own premise" if link.kind == "support" else "loop of attacks"
            out.append(Check(kind, (link.target, link.id), f"{link.target} {does} itself ({link.id})"))
    return out


def _circles(graph: Graph) -> list[Check]:
    """Loops of support: each is named once, with the claims on it."""
    out = []
    for part in _loops(graph, "support"):
        stands = [n.id for n in graph.nodes if n.id in set(part) and n.given == "holds"]
        rest = (
            f"only {', '.join(stands)} has a finding of its own" if stands else "none of them has a finding of its own"
        )
        out.append(
            Check("circular support", part, f"{' → '.join((*part, part[0]))} support each other in a circle; {rest}")
        )
    return out


def _attack_loops(graph: Graph) -> list[Check]:
    return [Check("loop of attacks", part, f"{', '.join(part)} attack each other") for part in _loops(graph, "attack")]


def _loops(graph: Graph, kind: str) -> list[tuple[str, ...]]:
    ids = [n.id for n in graph.nodes]
    at = {name: i for i, name in enumerate(ids)}
    before: list[set[int]] = [set() for _ in ids]
    for link in graph.links:
        if link.kind == kind and link.target in at:
            before[at[link.target]] |= {at[s] for s in link.sources if s != link.target}
    parts = strong_parts([sorted(b) for b in before])
    return [tuple(ids[i] for i in _round(part, before)) for part in parts if len(part) > 1]


def _round(part: tuple[int, ...], before: list[set[int]]) -> list[int]:
    """One loop inside of a part, in the direction of its links; the shortest one through its first element."""
    start, inside = part[0], set(part)
    came: dict[int, int] = {}
    todo = [start]
    while todo:
        now = todo.pop(0)
        for other in sorted(before[now] & inside):
            if other == start:
                path = [now]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return [start, *path[:-1]]
            if other not in came:
                came[other] = now
                todo.append(other)
    return list(part)


def _both_ways(graph: Graph) -> list[Check]:
    """Claims that one and the same claim both supports and attacks; and links that say the same thing twice."""
    out = []
    bearing: dict[tuple[str, str], dict[str, list[str]]] = {}
    for link in graph.links:
        for source in link.sources:
            bearing.setdefault((source, link.target), {}).setdefault(link.kind, []).append(link.id)
    for (source, target), found in bearing.items():
        if len(found) > 1:
            links = (*found["support"], *found["attack"])
            sentence = f"{source} both supports and attacks {target} ({', '.join(links)})"
            out.append(Check("supported and attacked by the same", (source, target, *links), sentence))
    return [*out, *_doubled(graph)]


def _doubled(graph: Graph) -> list[Check]:
    out = []
    seen: dict[tuple[frozenset[str], str, str], Link] = {}
    for link in graph.links:
        key = (frozenset(link.sources), link.target, link.kind)
        if key in seen and seen[key].joint != link.joint and len(link.sources) > 1:
            sentence = f"{seen[key].id} and {link.id} say of the same premises that they work jointly, and that each works alone"
            out.append(Check("contradictory links", (seen[key].id, link.id), sentence))
        seen.setdefault(key, link)
    return out


def _unsupported(graph: Graph) -> list[Check]:
    """Claims without evidence of their own that nothing supports, and undetermined premises that others lean on."""
    supported = {link.target for link in graph.links if link.kind == "support"}
    leaned_on = {source for link in graph.links for source in link.sources}
    out = []
    for node in graph.nodes:
        if node.id in supported:
            continue
        if node.given == "argued":
            out.append(Check("unsupported", (node.id,), f"{node.id} is concluded, but nothing supports it"))
        elif node.given == "undetermined" and node.id in leaned_on:
            out.append(
                Check(
                    "unsupported",
                    (node.id,),
                    f"{node.id} is leaned on, but nothing supports it and whether it holds is undetermined",
                )
            )
    return out
