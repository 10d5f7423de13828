"""What a casefile's links and positions cannot say: each check lists what is wrong, at its place."""

from collections.abc import Iterator
from typing import Any

from evenhand.case.names import entries, numbered
from evenhand.case.tree import Tree
from evenhand.model import Problem


def link_problems(tree: Tree, data: Any) -> Iterator[Problem]:
    """Ids that name a claim and a link, links that point at themselves or support a link, positions of two minds."""
    claims = {entry.get("id") for entry in entries(data, "claims")}
    links = {entry.get("id") for entry in entries(data, "links")}
    for i, link in numbered(data, "links"):
        if link.get("id") in claims and isinstance(link.get("id"), str):
            message = f"the id {link['id']!r} names a claim and a link"
            yield tree.problem(("links", i, "id"), message, "give the link another id")
        if link.get("to") in links and link.get("to") == link.get("id"):
            yield tree.problem(
                ("links", i, "to"), "the link points at itself", "name the claim or link that it bears on"
            )
        elif link.get("to") in links - claims and link.get("kind") == "support":
            hint = "a link can only be attacked; to support it, support the claim that it comes from"
            yield tree.problem(("links", i, "to"), f"the link supports the link {link['to']!r}", hint)
        sources = link.get("from")
        if link.get("unstated") and not link.get("joint") and isinstance(sources, list) and len(sources) > 1:
            hint = "add joint: true, or write a link for each of them"
            message = "what is left unsaid belongs to several claims that each work alone"
            yield tree.problem(("links", i, "unstated"), message, hint, key=True)
    for i, position in numbered(data, "positions"):
        held, rejected = position.get("holds"), position.get("rejects")
        both = [c for c in held if c in rejected] if isinstance(held, list) and isinstance(rejected, list) else []
        for claim in both:
            message = f"position {position.get('id')!r} holds and rejects {claim!r}"
            yield tree.problem(("positions", i, "rejects"), message, "take it out of one of the two")
