"""The argument as a graph: claims, the links between them, equations, positions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from evenhand.model import BadInputError, Problem, closest_words

Given = Literal["holds", "fails", "undetermined", "argued"]
LinkKind = Literal["support", "attack"]
Label = Literal["stands", "falls", "undecided"]
GIVENS: tuple[Given, ...] = ("holds", "fails", "undetermined", "argued")
CUT = 0.7


@dataclass(frozen=True, slots=True)
class Node:
    """A claim of the argument.

    given: what it enters with. ``holds`` or ``fails`` by its finding; ``undetermined`` where there is no finding;
    ``argued`` where it has no evidence of its own and stands by what supports it alone. share: the share of the
    multiverse in which it holds, 0 to 1; None where there is none. unstated: a premise that the text leaves unsaid.
    """

    id: str
    text: str = ""
    given: Given = "holds"
    share: float | None = None
    unstated: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """How claims bear on a claim, or on another link ("that does not follow").

    sources: ids of nodes. target: the id of a node or of a link. joint: the sources only work together; else each works
    alone. scheme: an id of ``SCHEMES``, or None. given: whether the step itself is granted; ``fails`` where it was rejected.
    """

    id: str
    sources: tuple[str, ...]
    target: str
    kind: LinkKind = "support"
    joint: bool = False
    scheme: str | None = None
    given: Given = "holds"


@dataclass(frozen=True, slots=True)
class Equation:
    """A claim that its terms are one: A = B, or a chain A = B = C. steps: the nodes of its steps, in order, for a chain."""

    claim: str
    terms: tuple[str, ...]
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A camp in the dispute: the claims that it holds, and those that it rejects."""

    id: str
    name: str
    holds: tuple[str, ...]
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """Claims and links, checked: every id is declared once, every link ends somewhere.

    Raises BadInputError with every problem at once.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...] = ()
    equations: tuple[Equation, ...] = ()
    positions: tuple[Position, ...] = ()

    def __post_init__(self) -> None:
        problems = graph_problems(self)
        if problems:
            raise BadInputError.of(problems)

    def node(self, node_id: str) -> Node:
        """A node by its id. Raises BadInputError where there is none."""
        for node in self.nodes:
            if node.id == node_id:
                return node
        raise BadInputError(f"there is no claim {node_id!r}", hint=_near(node_id, [n.id for n in self.nodes]))

    def with_given(self, changes: Mapping[str, Given | float]) -> "Graph":
        """The same argument with other findings: a share, or what a node or link enters with.

        Raises BadInputError where an id names nothing, or a share is not between 0 and 1.
        """
        known = [*(n.id for n in self.nodes), *(k.id for k in self.links)]
        for name in changes:
            if name not in known:
                raise BadInputError(f"there is no claim or link {name!r}", hint=_near(name, known))
        nodes = tuple(_changed(node, changes[node.id]) if node.id in changes else node for node in self.nodes)
        links = tuple(
            replace(k, given=given_of(v) if isinstance(v := changes[k.id], float | int) else v)
            if k.id in changes
            else k
            for k in self.links
        )
        return replace(self, nodes=nodes, links=links)


def given_of(share: float | None, cut: float = CUT) -> Given:
    """What a premise enters with by its share: it holds in most ways, fails in most, or hangs on the way.

    cut: from this share on it holds; from one minus it downwards it fails. Raises BadInputError for a share outside 0 to 1.
    """
    if share is None:
        return "undetermined"
    if not 0 <= share <= 1:
        raise BadInputError(f"{share} is not a share", hint="allowed: 0 to 1")
    if share >= cut:
        return "holds"
    return "fails" if share <= round(1 - cut, 12) else "undetermined"


def graph_problems(graph: Graph) -> list[Problem]:
    """Ids that are declared twice, links that end nowhere, equations and positions of claims that there are not."""
    nodes = dict.fromkeys(n.id for n in graph.nodes)
    ids = {*nodes, *(k.id for k in graph.links)}
    out = [Problem("", f"the id {name!r} stands twice", "give one of them another id") for name in _twice(graph)]
    for link in graph.links:
        where = f"link {link.id!r}"
        out += [_nowhere(where, name, nodes, "claim") for name in link.sources if name not in nodes]
        if not link.sources:
            out.append(Problem("", f"{where} comes from nowhere", "name at least one claim in its sources"))
        if link.target not in ids:
            out.append(_nowhere(where, link.target, sorted(ids), "claim or link"))
        if link.target == link.id:
            out.append(Problem("", f"{where} points at itself", "name the claim or link that it bears on"))
        if link.kind == "support" and link.target in ids and link.target not in nodes:
            out.append(
                Problem("", f"{where} supports a link", "a link can only be attacked; support its claim instead")
            )
    for equation in graph.equations:
        named = (equation.claim, *equation.steps)
        out += [_nowhere("an equation", name, nodes, "claim") for name in named if name not in nodes]
        if len(equation.terms) < 2:
            out.append(Problem("", f"the equation {equation.claim!r} has under two terms", "name what is equated"))
    for position in graph.positions:
        named = (*position.holds, *position.rejects)
        out += [_nowhere(f"position {position.id!r}", n, nodes, "claim") for n in named if n not in nodes]
    return out


def _twice(graph: Graph) -> list[str]:
    seen: set[str] = set()
    again: dict[str, None] = {}
    for name in (*(n.id for n in graph.nodes), *(k.id for k in graph.links)):
        if name in seen:
            again[name] = None
        seen.add(name)
    return list(again)


def _changed(node: Node, to: Given | float) -> Node:
    if isinstance(to, float | int):
        return replace(node, given=given_of(float(to)), share=float(to))
    return replace(node, given=to, share=None)


def _nowhere(where: str, name: str, known: Iterable[str], what: str) -> Problem:
    return Problem("", f"{where}: there is no {what} {name!r}", _near(name, list(known)))


def _near(name: str, known: list[str]) -> str:
    close = closest_words(name, known[:5000], 1)
    return f"did you mean {close[0]!r}?" if close else ""
