"""Who holds what: where two positions part, and what each would have to give up."""

from dataclasses import dataclass, replace

from evenhand.argue.budget import Budget
from evenhand.argue.graph import Given, Graph, Link, Node, Position
from evenhand.argue.grounded import labels
from evenhand.argue.standing import Way
from evenhand.argue.ways import ways_out
from evenhand.model import BadInputError, closest_words

PARTING = "~ the points at issue"


@dataclass(frozen=True, slots=True)
class Parting:
    """Two positions side by side.

    common: claims that both hold. apart: claims that one holds and the other rejects. clashes: links by which a claim of one
    attacks a claim or link of the other. first_alone, second_alone: what follows for one and not for the other, beyond
    what they hold. first_gives, second_gives: the minimal sets of premises and links that one would have to give up so that
    nothing that the other rejects or attacks follows for it any more; each with what else falls.
    """

    first: str
    second: str
    common: tuple[str, ...]
    apart: tuple[str, ...]
    clashes: tuple[str, ...]
    first_alone: tuple[str, ...]
    second_alone: tuple[str, ...]
    first_gives: tuple[Way, ...]
    second_gives: tuple[Way, ...]


def parting(graph: Graph, first: str, second: str, *, budget: Budget | None = None) -> Parting:
    """Where do two positions part, and what does each have to give up? Raises BadInputError where there is none by that id."""
    one, other = _position(graph, first), _position(graph, second)
    by_first, by_second = (_standing(seen_by(graph, who)) for who in (one, other))
    held = {*one.holds, *other.holds}
    return Parting(
        one.id, other.id,
        common=tuple(c for c in one.holds if c in other.holds),
        apart=tuple(c for c in _in_order(graph) if _held_and_rejected(c, one, other) or _held_and_rejected(c, other, one)),
        clashes=tuple(k.id for k in graph.links if _clash(graph, k, one, other) or _clash(graph, k, other, one)),
        first_alone=tuple(c for c in _in_order(graph) if c in by_first - by_second - held),
        second_alone=tuple(c for c in _in_order(graph) if c in by_second - by_first - held),
        first_gives=_gives(graph, one, other, budget), second_gives=_gives(graph, other, one, budget),
    )  # fmt: skip


def seen_by(graph: Graph, position: Position) -> Graph:
    """The argument as a position has it: what it holds, holds; what it rejects, fails."""
    taken: dict[str, Given | float] = dict.fromkeys(position.holds, "holds")
    return graph.with_given(taken | dict.fromkeys(position.rejects, "fails"))


def _gives(graph: Graph, who: Position, other: Position, budget: Budget | None) -> tuple[Way, ...]:
    attacked = {k.target for k in graph.links if _clash(graph, k, other, who)}
    claims = [c for c in _in_order(graph) if c in other.rejects or c in attacked]
    view = seen_by(graph, who)
    follows = _standing(_without(view, [k.id for k in graph.links if _clash(graph, k, other, who)]))
    at_issue = [c for c in claims if c in follows]
    if not at_issue:
        return ()
    asked = _without(view, [k.id for k in graph.links if _clash(graph, k, other, who)])
    links = tuple(Link(f"{PARTING} {i}", (c,), PARTING) for i, c in enumerate(at_issue))
    asked = replace(asked, nodes=(*asked.nodes, Node(PARTING, given="argued")), links=(*asked.links, *links))
    found = ways_out(asked, PARTING, budget=budget)
    return tuple(way for way in found.sets if not any(name.startswith(PARTING) for name in way.reject))


def _without(graph: Graph, links: list[str]) -> Graph:
    """The graph with some links rejected: what the other side says, left out of account."""
    return graph.with_given(dict.fromkeys(links, "fails"))


def _standing(graph: Graph) -> set[str]:
    found = labels(graph)
    return {n.id for n in graph.nodes if found[n.id] == "stands"}


def _clash(graph: Graph, link: Link, attacker: Position, attacked: Position) -> bool:
    """Does this link carry an attack from what one holds onto what only the other holds, or onto a link of its own?"""
    if link.kind != "attack" or not any(s in attacker.holds and s not in attacked.holds for s in link.sources):
        return False
    onto = next((k for k in graph.links if k.id == link.target), None)
    targets = (link.target,) if onto is None else onto.sources
    return any(t in attacked.holds and t not in attacker.holds for t in targets)


def _held_and_rejected(claim: str, one: Position, other: Position) -> bool:
    return claim in one.holds and claim in other.rejects


def _in_order(graph: Graph) -> list[str]:
    return [n.id for n in graph.nodes]


def _position(graph: Graph, name: str) -> Position:
    for position in graph.positions:
        if name in {position.id, position.name}:
            return position
    known = [p.id for p in graph.positions]
    near = closest_words(name, known, 1)
    hint = f"allowed: {', '.join(known) or 'none is declared'}" + (f"; closest: {near[0]}" if near else "")
    raise BadInputError(f"there is no position {name!r}", hint=hint)
