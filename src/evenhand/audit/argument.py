"""The argument of a case: its claims and links as a graph, each premise with its finding, and what stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from evenhand.argue import (
    Budget,
    Check,
    Equation,
    Given,
    Graph,
    Label,
    Link,
    LoadBearing,
    Node,
    Position,
    Reach,
    Standing,
    Ways,
    WaysIn,
    WaysOut,
    broken_chains,
    checks,
    given_of,
    load_bearing,
    reach,
    scheme,
    standing,
    ways_in,
    ways_out,
    with_chains,
)
from evenhand.case import Case, Claim
from evenhand.compare import Multiverse
from evenhand.model import Finding, Follows, Reason

ARGUED = ("inference",)
VERDICTS: dict[Label, str] = {
    "stands": "still follows from what the text gives for it",
    "falls": "does not follow from what the text gives for it",
    "undecided": "cannot be told: it hangs on what could not be settled",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A critical question to ask of a link, by the scheme that it follows. unsaid: the premise such steps leave out."""

    link: str
    scheme: str
    unsaid: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """What a text concludes from what, and what of it stands.

    conclusions: ids, the main one first: claims that others support and that support nothing themselves. ways_out,
    ways_in, load, reach: one for each conclusion, in that order. questions: for links that follow a scheme.
    """

    graph: Graph
    standing: Standing
    conclusions: tuple[str, ...]
    ways_out: tuple[WaysOut, ...]
    ways_in: tuple[WaysIn, ...]
    load: tuple[LoadBearing, ...]
    reach: tuple[Reach, ...]
    checks: tuple[Check, ...]
    questions: tuple[Question, ...]

    @property
    def labels(self) -> dict[str, Label]:
        """The grounded label of every claim and link."""
        return {one.id: one.label for one in (*self.standing.claims, *self.standing.links)}


def graph_of(case: Case, findings: Mapping[str, Finding]) -> Graph | None:
    """The claims of a case that bear on each other, as a graph; None where the casefile links nothing.

    findings: by claim; a claim without one is undetermined.
    """
    used = {c for link in case.links for c in (*link.sources, link.target)}
    used |= {c for position in case.positions for c in (*position.holds, *position.rejects)}
    claims = [c for c in case.claims if c.id in used or c.equates]
    if not claims:
        return None
    supported = {link.target for link in case.links if link.kind == "support"}
    nodes = [_node(c, findings.get(c.id), supported) for c in claims]
    links = []
    for link in case.links:
        sources = link.sources
        if link.unstated:
            nodes.append(Node(f"{link.id}:unsaid", link.unstated, "holds", unstated=True))
            sources = (*sources, f"{link.id}:unsaid")
        joint = link.joint or bool(link.unstated)
        links.append(Link(link.id, sources, link.target, link.kind, joint, link.scheme))
    equations = tuple(Equation(c.id, c.equates) for c in claims if c.equates)
    positions = tuple(Position(p.id, p.name, p.holds, p.rejects) for p in case.positions)
    return with_chains(Graph(tuple(nodes), tuple(links), equations, positions))


def _node(claim: Claim, finding: Finding | None, supported: set[str]) -> Node:
    """A claim with what it enters with; conclusions, and chains of equations, stand by what supports them alone."""
    text = claim.reads or claim.quote
    leans = claim.kind in ARGUED or len(claim.equates) > 2 or (claim.kind == "value" and claim.id in supported)
    if finding is None or finding.status != "judged" or finding.follows is not None:
        return Node(claim.id, text, "argued" if leans else "undetermined")
    if finding.share is not None:
        return Node(claim.id, text, given_of(finding.share), finding.share)
    return Node(claim.id, text, "argued" if leans else _given(finding))


def _given(finding: Finding) -> Given:
    """What a finding without a share says: sums that agree or do not, events that are attested or denied, ties on record."""
    if finding.quantity is not None and finding.quantity.agrees is not None:
        return "holds" if finding.quantity.agrees else "fails"
    if finding.event is not None and finding.event.says in {"happened", "denied"}:
        return "fails" if finding.event.denied else "holds"
    if finding.tie is not None and any(note.status == "documented" for note in finding.tie.ties):
        return "holds"
    return "undetermined"


def ways_of(tried: Multiverse, unit: str) -> Ways:
    """How a claim came out for a unit under every combination, as the argument follows it."""
    tree = tried.tree
    names = {"membership": f"membership of {unit}", "aggregate": f"aggregate of {unit}"}
    return Ways(
        choices=tuple(names.get(choice.kind, choice.id) for choice in tried.choices),
        options=tuple(tuple(option.id for option in choice.options) for choice in tried.choices),
        digits=np.asarray(tree.digits), weights=tree.full_weights.astype(np.float64),
        outcomes=tried.of(unit)[tree.leaf],
    )  # fmt: skip


def argue(graph: Graph, ways: Mapping[str, Ways], *, budget: Budget | None = None, largest: int = 3) -> Argument:
    """Everything about an argument: standing, ways out and in, what bears the load, how far the multiverse reaches."""
    ends = conclusions(graph)
    found = standing(graph, budget=budget)
    asked = [
        Question(k.id, scheme(k.scheme).name, scheme(k.scheme).unsaid, scheme(k.scheme).questions)
        for k in graph.links
        if k.scheme is not None
    ]
    return Argument(
        graph, found, ends,
        ways_out=tuple(ways_out(graph, c, largest=largest, budget=budget) for c in ends),
        ways_in=tuple(ways_in(graph, c, largest=largest, budget=budget) for c in ends),
        load=tuple(load_bearing(graph, c, ways, budget=budget) for c in ends),
        reach=tuple(reach(graph, c, ways, budget=budget) for c in ends),
        checks=(*checks(graph), *broken_chains(graph)), questions=tuple(asked),
    )  # fmt: skip


def conclusions(graph: Graph) -> tuple[str, ...]:
    """The claims that others support and that support nothing themselves; the one that most bears on first."""
    supported = [k for k in graph.links if k.kind == "support"]
    onward = {s for k in supported for s in k.sources}
    ends = [n.id for n in graph.nodes if any(k.target == n.id for k in supported) and n.id not in onward]
    below: dict[str, list[Link]] = {n.id: [] for n in graph.nodes}
    for link in graph.links:
        below.get(link.target, []).append(link)

    def weight(claim: str) -> int:
        seen, todo = {claim}, [claim]
        while todo:
            for link in below[todo.pop()]:
                todo += [s for s in link.sources if s not in seen]
                seen.update(link.sources)
        return len(seen)

    return tuple(sorted(ends, key=lambda c: (-weight(c), ends.index(c))))


def with_standing(claim: Claim, finding: Finding, argument: Argument) -> Finding:
    """A conclusion's finding from its standing; a claim that was judged otherwise keeps its own.

    Conclusions that nothing supports are told so; a claim of value is not scored.
    """
    if finding.status == "judged" or claim.kind == "value" or not any(n.id == claim.id for n in argument.graph.nodes):
        return finding
    supported = any(k.target == claim.id and k.kind == "support" for k in argument.graph.links)
    if not supported and claim.kind != "inference":
        return finding
    one = argument.standing.of(claim.id)
    follows = Follows(one.label, one.because, one.disagree)
    if one.label == "undecided":
        reason = Reason("undecided", f"it {one.because}" if one.because.startswith("hangs") else one.because)
        return replace(finding, status="refused", verdict=VERDICTS[one.label], follows=follows, reason=reason)
    return replace(finding, status="judged", verdict=VERDICTS[one.label], follows=follows, reason=None)


def argument_of(
    case: Case, findings: Mapping[str, Finding], ways: Mapping[str, Ways], *, budget: Budget | None = None
) -> Argument | None:
    """The argument of a case, judged; None where its casefile links nothing."""
    graph = graph_of(case, findings)
    return None if graph is None else argue(graph, ways, budget=budget)
