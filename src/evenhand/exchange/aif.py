"""AIF and xAIF as JSON, out and in (Chesñevar and others 2006; the shapes of AIFdb, OVA3 and the xAIF of ARG-tech).

I-nodes are claims, RA-nodes supports, CA-nodes attacks; premises into one RA- or CA-node work together. A locution (L) says
a claim in the text's own words, through a YA-node. xAIF adds the text with its quotes marked.
"""

import html
import json
from dataclasses import dataclass, field
from typing import Any

from evenhand.argue import Graph
from evenhand.argue.schemes import scheme
from evenhand.exchange.material import Exported, Material
from evenhand.exchange.needs import argument_graph

LOST = (
    "what each claim enters with, its share and verdict",
    "that a premise was left unsaid, and that a step was rejected",
)


@dataclass(slots=True)
class _Writer:
    """Numbers nodes and edges as they come."""

    time: str
    nodes: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    locutions: list[dict[str, Any]] = field(default_factory=list)

    def node(self, text: str, kind: str, scheme_name: str = "") -> str:
        number = str(len(self.nodes) + 1)
        entry = {"nodeID": number, "text": text, "type": kind, "timestamp": self.time}
        self.nodes.append(entry | ({"scheme": scheme_name} if scheme_name else {}))
        return number

    def edge(self, start: str, end: str) -> None:
        self.edges.append({"edgeID": str(len(self.edges) + 1), "fromID": start, "toID": end, "formEdgeID": None})


def to_aif(material: Material, stem: str) -> Exported:
    """One AIF document. Raises BadInputError where the casefile links nothing."""
    written, _ = _write(material)
    shape = {
        "nodes": written.nodes, "edges": written.edges, "locutions": written.locutions, "schemefulfillments": [],
        "descriptorfulfillments": [], "participants": _participants(material),
    }  # fmt: skip
    lost = (*LOST, "where in the text the words stand (--to xaif has it)")
    return Exported({f"{stem}.aif.json": _dumped(shape)}, lost)


def to_xaif(material: Material, stem: str) -> Exported:
    """The same with the text, each quote in a span of its locution."""
    written, spoken = _write(material)
    aif = {
        "nodes": written.nodes, "edges": written.edges, "locutions": written.locutions, "schemefulfillments": [],
        "descriptorfulfillments": [], "participants": _participants(material),
    }  # fmt: skip
    text, nested = _marked(material, spoken)
    shape = {"AIF": aif, "ova": [], "dialog": False, "text": {"txt": text}, "OVA": {"nodes": [], "edges": []}}
    lost = (*LOST, *(f"the place of {name} in the text: its quote overlaps another" for name in nested))
    return Exported({f"{stem}.xaif.json": _dumped(shape)}, lost)


def _dumped(shape: dict[str, Any]) -> str:
    return json.dumps(shape, ensure_ascii=False, indent=1) + "\n"


def _participants(material: Material) -> list[dict[str, Any]]:
    first, _, last = (material.case.text.author or "The author").rpartition(" ")
    return [{"participantID": 1, "firstname": first or last, "surname": last if first else ""}]


def _write(material: Material) -> tuple[_Writer, dict[str, str]]:
    """All nodes and edges; and the locution of each claim."""
    graph = argument_graph(material)
    out = _Writer(f"{material.found.provenance.date or '1970-01-01'} 00:00:00")
    at = link_nodes(graph, out)
    spoken = {}
    quotes = {claim.id: claim.quote for claim in material.case.claims}
    for node in graph.nodes:
        if node.id in quotes:
            said = out.node(quotes[node.id], "L")
            asserted = out.node("Asserting", "YA", "Asserting")
            out.edge(said, asserted)
            out.edge(asserted, at[node.id][0])
            entry = {"nodeID": said, "personID": 1, "timestamp": out.time, "start": None, "end": None, "source": None}
            out.locutions.append(entry)
            spoken[node.id] = said
    return out, spoken


def link_nodes(graph: Graph, out: _Writer) -> dict[str, list[str]]:
    """I-, RA- and CA-nodes with their edges; gives the numbers of each claim's and link's nodes."""
    at = {node.id: [out.node(node.text or node.id, "I")] for node in graph.nodes}
    for link in graph.links:
        named = scheme(link.scheme).name if link.scheme else ""
        kind, text = ("RA", "Default Inference") if link.kind == "support" else ("CA", "Default Conflict")
        several = 1 if link.joint else len(link.sources)
        shown = f"Argument {named}" if named else text
        at[link.id] = [out.node(shown, kind, shown) for _ in range(several)]
    for link in graph.links:
        bodies = [link.sources] if link.joint else [(source,) for source in link.sources]
        for number, sources in zip(at[link.id], bodies, strict=True):
            for source in sources:
                out.edge(at[source][0], number)
            out.edge(number, at[link.target][0])
    return at


def _marked(material: Material, spoken: dict[str, str]) -> tuple[str, list[str]]:
    """The text as HTML with every quote in a span; and the claims whose quotes overlap one that is marked already."""
    text, end, parts, nested = material.found.text, 0, [], []
    for claim in sorted(material.found.claims, key=lambda one: (one.start, -one.end)):
        if claim.id not in spoken:
            continue
        if claim.start < end:
            nested.append(claim.id)
            continue
        mark = f'<span class="highlighted" id="node{spoken[claim.id]}">'
        parts += [html.escape(text[end : claim.start]), mark, html.escape(text[claim.start : claim.end]), "</span>"]
        end = claim.end
    return "".join([*parts, html.escape(text[end:])]), nested
