"""A case's argument as Argdown (version 1.7): claims as statements, links as arguments with premises and conclusion.

What Argdown has no sign for stands as data in braces, and comes back from there: which link an argument is, that the
premises of an attack only work together, what was found.
"""

import json
from collections.abc import Iterator
from typing import Any

from evenhand.argue import Graph, Link
from evenhand.exchange.material import Exported, Material
from evenhand.exchange.needs import argument_graph, verdicts


def export(material: Material, stem: str) -> Exported:
    """The map of a case. Raises BadInputError where its casefile links nothing."""
    graph = argument_graph(material)
    case = material.case
    lines = ["===", f"title: {json.dumps(case.title, ensure_ascii=False)}"]
    lines += [f"author: {json.dumps(case.text.author, ensure_ascii=False)}"] if case.text.author else []
    lines += ["===", "", *argdown_lines(graph, verdicts(material))]
    lost = ["the exact words and their places in the text (--to web-annotation has them)"]
    lost += ["the positions of the camps in the dispute"] if graph.positions else []
    lost += ["that terms are set equal, but for the words of the claim"] if graph.equations else []
    return Exported({f"{stem}.argdown": "\n".join(lines) + "\n"}, tuple(lost))


def argdown_lines(graph: Graph, found: dict[str, str]) -> Iterator[str]:
    """Statements first, then an argument for every link."""
    for node in graph.nodes:
        data: dict[str, Any] = {"given": node.given}
        data |= {"share": node.share} if node.share is not None else {}
        data |= {"verdict": found[node.id]} if node.id in found else {}
        data |= {"unstated": True} if node.unstated else {}
        yield f"[{node.id}]: {escaped(node.text or node.id)} {braces(data)}"
        yield ""
    for link in graph.links:
        bodies = [link.sources] if link.joint or len(link.sources) == 1 else [(source,) for source in link.sources]
        for k, sources in enumerate(bodies):
            title = f"{link.id}" if len(bodies) == 1 else f"{link.id}.{k + 1}"
            yield from (
                _support(link, title, sources) if link.kind == "support" else _attack(graph, link, title, sources)
            )


def _data(link: Link) -> dict[str, Any]:
    data: dict[str, Any] = {"link": link.id}
    data |= {"joint": True} if link.joint else {}
    data |= {"rejected": True} if link.given == "fails" else {}
    return data


def _support(link: Link, title: str, sources: tuple[str, ...]) -> Iterator[str]:
    """Premises, the scheme, the conclusion."""
    yield f"<{title}> {braces(_data(link))}"
    yield ""
    for number, source in enumerate(sources, 1):
        yield f"({number}) [{source}]"
    yield from ["----"] if link.scheme is None else ["--", link.scheme, "--"]
    yield f"({len(sources) + 1}) [{link.target}]"
    yield ""


def _attack(graph: Graph, link: Link, title: str, sources: tuple[str, ...]) -> Iterator[str]:
    """An argument that attacks, or undercuts, and what it rests on."""
    data = _data(link) | ({"scheme": link.scheme} if link.scheme else {})
    onto_link = any(other.id == link.target for other in graph.links)
    target = _titles(graph, link.target)[0] if onto_link else ""
    yield f"<{title}>: {'This does not follow' if onto_link else 'This speaks against it'} {braces(data)}"
    yield f"  _> <{target}>" if onto_link else f"  -> [{link.target}]"
    yield ""
    for source in sources:
        yield from (f"[{source}]", f"  +> <{title}>", "")


def _titles(graph: Graph, name: str) -> list[str]:
    link = next(one for one in graph.links if one.id == name)
    several = not link.joint and len(link.sources) > 1
    return [f"{link.id}.{k + 1}" for k in range(len(link.sources))] if several else [link.id]


def escaped(text: str) -> str:
    r"""Text in which nothing is a sign of Argdown.

    >>> escaped("A [b] costs 5 {x}")
    'A \\[b\\] costs 5 \\{x\\}'
    """
    words = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in MEANT else sign for sign in words)


MEANT = frozenset("\\[]<>{}@#*_/")


def braces(data: dict[str, Any]) -> str:
    """Data as Argdown takes it: YAML in braces, on one line. A closing brace within a text would end it: it is spelt out."""
    parts = ", ".join(f"{key}: {_value(value)}" for key, value in data.items())
    return f"{{{parts}}}"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("}", "\\u007d").replace("{", "\\u007b")
