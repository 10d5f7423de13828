"""The text's argument as a graph: its claims with what was found of them, and the links of the casefile."""

from collections.abc import Sequence

from evenhand.argue import Given, Graph, Link, Node, given_of, labels
from evenhand.audit.result import Argument, AuditedClaim
from evenhand.case import Case
from evenhand.model import Finding


def argument_of(case: Case, claims: Sequence[AuditedClaim]) -> Argument | None:
    """The argument, and what still follows; None where the casefile links nothing."""
    if not case.links:
        return None
    nodes = tuple(_node(claim) for claim in claims)
    links = tuple(Link(link.id, link.sources, link.target, link.kind, link.joint, link.scheme) for link in case.links)
    graph = Graph(nodes, links)
    return Argument(graph, labels(graph), _conclusions(graph))


def _node(claim: AuditedClaim) -> Node:
    given, share = entering(claim.finding)
    return Node(claim.id, claim.reads or claim.quote, given, share)


def entering(finding: Finding) -> tuple[Given, float | None]:
    """What a claim enters the argument with: its share, or whether its figures agree; nothing is made up for the rest."""
    if finding.share is not None:
        return given_of(finding.share), finding.share
    if finding.kind == "inference":
        return "argued", None
    if finding.quantity is not None and finding.quantity.agrees is not None:
        return ("holds" if finding.quantity.agrees else "fails"), None
    return "undetermined", None


def _conclusions(graph: Graph) -> tuple[str, ...]:
    """Claims that something bears on and that bear on nothing; those with most below them first."""
    bearing = {source for link in graph.links for source in link.sources}
    borne: dict[str, int] = {}
    for link in graph.links:
        borne[link.target] = borne.get(link.target, 0) + len(link.sources)
    found = [node.id for node in graph.nodes if node.id in borne and node.id not in bearing]
    return tuple(sorted(found, key=lambda name: -borne[name]))
