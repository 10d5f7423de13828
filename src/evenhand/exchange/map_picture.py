"""The map of the argument as SVG, PNG and PDF, with its title and source on it, for slides and handouts."""

import vl_convert

from evenhand.exchange.material import Exported, Material
from evenhand.exchange.needs import argument_graph
from evenhand.report.map import Told, map_view, svg

SCALE = 2.0
LOST = ("the quotes and verdicts but as hover texts, and what follows if a finding is changed (the page has them)",)
MOST_PIXELS = 60_000_000


def to_svg(material: Material, stem: str) -> Exported:
    """The map by itself. Raises BadInputError where the casefile links nothing."""
    text, lost = _drawn(material)
    return Exported({f"{stem}.map.svg": text}, lost)


def to_png(material: Material, stem: str) -> Exported:
    """At twice its size, or as large as 60 million pixels allow."""
    text, lost = _drawn(material)
    wide, high = _size(text)
    scale = min(SCALE, (MOST_PIXELS / (wide * high)) ** 0.5)
    return Exported({f"{stem}.map.png": vl_convert.svg_to_png(text, scale=scale)}, (*lost, "hover texts"))


def to_pdf(material: Material, stem: str) -> Exported:
    """On one page of its own size."""
    text, lost = _drawn(material)
    return Exported({f"{stem}.map.pdf": vl_convert.svg_to_pdf(text)}, (*lost, "hover texts"))


def _drawn(material: Material) -> tuple[str, tuple[str, ...]]:
    graph, found = argument_graph(material), material.found
    told = {claim.id: Told(str(k), "", claim.quote, claim.finding.verdict) for k, claim in enumerate(found.claims, 1)}
    given = found.argument
    assert given is not None
    view = map_view(graph, conclusions=given.conclusions, told=told)
    author = f" ({found.author})" if found.author else ""
    source = f"Text: {found.title}{author}. Map: evenhand {found.provenance.version}"
    lost = LOST + ((f"{len(view.left_out)} claims that are furthest from the conclusion",) if view.left_out else ())
    return str(svg(view, links=False, title=found.title, source=source)), lost


def _size(text: str) -> tuple[float, float]:
    box = text.partition('viewBox="')[2].partition('"')[0].split()
    return float(box[2]), float(box[3])
