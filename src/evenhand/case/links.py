"""What a casefile's links and positions cannot say: each check lists what is wrong, at its place."""

from collections.abc import Iterator
from typing import Any

from evenhand.case.names import ids, numbered
from evenhand.case.tree import Tree
from evenhand.model import Problem


def link_problems(tree: Tree, data: Any) -> Iterator[Problem]:
    """Ids that name a claim and a link, links that point at themselves or support a link, positions of two minds."""
    claims, links = ids(data, "claims"), ids(data, "links")
    for i, link in numbered(data, "links"):
        id_, to = (link.get(key) if isinstance(link.get(key), str) else None for key in ("id", "to"))
        if id_ in claims:
            message = f"the id {id_!r} names a claim and a link"
            yield tree.problem(("links", i, "id"), message, "give the link another id")
        if to in links and to == id_:
            yield tree.problem(
                ("links", i, "to"), "the link points at itself", "name the claim or link that it bears on"
            )
        elif to in links - claims and link.get("kind") == "support":
            hint = "a link can only be attacked; to support it, support the claim that it comes from"
            yield tree.problem(("links", i, "to"), f"the link supports the link {to!r}", hint)
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
