"""All that the page's section on the argument reads: the picture, the outline, and the data that its script weighs again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from evenhand.argue import Given, Graph, Label, labels
from evenhand.report.map.draw import legend_picture, svg
from evenhand.report.map.outline import Outline, outline
from evenhand.report.map.plan import top
from evenhand.report.map.view import MapView, Told, map_view

GIVENS_IN_WORDS: Mapping[Given, str] = {
    "holds": "comes out as said", "fails": "comes out otherwise", "undetermined": "is not known",
    "argued": "rests on what speaks for it",
}  # fmt: skip
SCRIPT = Path(__file__).parent.parent / "templates" / "map" / "map.js"


@dataclass(frozen=True, slots=True)
class Section:
    """picture: SVG; legend: what its signs mean, beside a picture that scrolls; data: JSON for the script, safe inside a
    script element; wide: is the picture wider than a column?
    """

    view: MapView
    picture: Markup
    legend: Markup
    outline: Outline
    data: Markup
    conclusions: tuple[tuple[str, str, Label], ...]
    wide: bool


def section(
    graph: Graph,
    *,
    conclusions: Sequence[str] = (),
    told: Mapping[str, Told] | None = None,
    found: Mapping[str, Label] | None = None,
) -> Section:
    """The section of one argument; found: its grounded labels, computed where they are not given."""
    found = labels(graph) if found is None else found
    chosen = tuple(conclusions) or top(graph)
    view = map_view(graph, conclusions=chosen, told=told, found=found)
    texts = {node.id: node.text or node.id for node in graph.nodes}
    return Section(
        view, svg(view), legend_picture(), outline(graph, conclusions=chosen, told=told, found=found), data(graph),
        tuple((name, texts[name].rstrip(". "), found.get(name, "undecided")) for name in chosen), view.width > 1100,
    )  # fmt: skip


def data(graph: Graph) -> Markup:
    """Elements are the nodes, then the links; bodies: what bears on what. No text is in it."""
    at = {name: i for i, name in enumerate([*(n.id for n in graph.nodes), *(k.id for k in graph.links)])}
    bodies = [
        [at[link.target], int(link.kind == "attack"), at[link.id], *(at[source] for source in together)]
        for link in graph.links
        for together in ([link.sources] if link.joint else [(source,) for source in link.sources])
    ]
    given = [*(n.given for n in graph.nodes), *(k.given for k in graph.links)]
    text = json.dumps({"ids": list(at), "given": given, "bodies": bodies}, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - no markup is left


@cache
def script() -> Markup:
    """The script that weighs the argument again in the browser."""
    return Markup(SCRIPT.read_text(encoding="utf-8"))  # noqa: S704 - our own file
