"""AIF and xAIF JSON as claims and links; what is neither claim, support nor attack is said."""

import json
from collections import Counter
from typing import Any

from evenhand.exchange.imported import Ids, Imported, ImportedClaim, ImportedLink, unique
from evenhand.exchange.schemes import scheme_of
from evenhand.model import BadInputError, Problem

KINDS = {"RA": "support", "CA": "attack"}
NAMES = {
    "L": "locutions", "YA": "illocutionary nodes", "TA": "transitions", "MA": "rephrases", "PA": "preferences",
}  # fmt: skip


def read_aif(text: str, where: str) -> Imported:
    """AIF, or xAIF (where it stands under ``AIF``). Raises BadInputError with every problem."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}:{error.colno}"
        raise BadInputError(f"this is not JSON: {error.msg.lower()}", hint="check this line", where=place) from None
    except RecursionError:
        raise BadInputError("this JSON is nested too deeply", hint="AIF is flat", where=where) from None
    found = data.get("AIF", data) if isinstance(data, dict) else None
    if not isinstance(found, dict) or not isinstance(found.get("nodes"), list):
        raise BadInputError(
            "this is not AIF: it has no list of nodes", hint='needed: {"nodes": [...], "edges": [...]}', where=where
        )
    return _Reading(found, where).imported()


class _Reading:
    def __init__(self, data: dict[str, Any], where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []
        self.nodes = {str(node["nodeID"]): node for node in self.checked(data["nodes"], "node", ("nodeID", "type"))}
        edges = data.get("edges", [])
        self.edges = [
            (str(edge["fromID"]), str(edge["toID"]))
            for edge in self.checked(edges if isinstance(edges, list) else [], "edge", ("fromID", "toID"))
        ]
        for start, end in self.edges:
            for name in (start, end):
                if name not in self.nodes:
                    self.problems.append(Problem(where, f"an edge from {start} to {end}: there is no node {name}"))
        if self.problems:
            raise BadInputError.of(self.problems)
        self.into: dict[str, list[str]] = {}
        self.out: dict[str, list[str]] = {}
        for start, end in dict.fromkeys(self.edges):
            self.into.setdefault(end, []).append(start)
            self.out.setdefault(start, []).append(end)

    def checked(self, entries: list[Any], what: str, needed: tuple[str, ...]) -> list[dict[str, Any]]:
        good = []
        for k, entry in enumerate(entries, 1):
            missing = [key for key in needed if not isinstance(entry, dict) or entry.get(key) in (None, "")]
            if missing:
                self.problems.append(
                    Problem(self.where, f"{what} {k} has no {missing[0]}", f"needed: {', '.join(needed)}")
                )
            else:
                good.append(entry)
        return good

    def kind(self, name: str) -> str:
        return str(self.nodes[name]["type"])

    def imported(self) -> Imported:
        ids = Ids()
        claims, of = [], {}
        for name, node in self.nodes.items():
            if node["type"] == "I":
                said = " ".join(str(node.get("text", "")).split())
                of[name] = ids.of(" ".join(said.split()[:6]), f"claim-{name}")
                claims.append(ImportedClaim(of[name], name, said or f"(node {name} has no words)"))
        steps = [name for name in self.nodes if self.kind(name) in KINDS]
        of |= {name: ids.of("", f"l{k}") for k, name in enumerate(steps, 1)}
        links, lost = [], []
        for name in steps:
            made = self.link(name, of)
            if isinstance(made, str):
                lost.append(made)
            else:
                links += made
        known = {link.id for link in links} | {claim.id for claim in claims}
        dangling = [link for link in links if link.target not in known]
        lost += [f"{self.where}: {link.kind} {link.id}: what it is against was not loaded" for link in dangling]
        kept = tuple(link for link in links if link.target in known)
        return Imported(tuple(claims), kept, not_loaded=(*lost, *self.others()))

    def link(self, name: str, of: dict[str, str]) -> list[ImportedLink] | str:
        """The link, or links where one node leads to several; or why it cannot be taken over."""
        kind, node = KINDS[self.kind(name)], self.nodes[name]
        sources = unique(of[one] for one in self.into.get(name, ()) if self.kind(one) == "I")
        targets = unique(one for one in self.out.get(name, ()) if one in of)
        what = f"{self.where}: {self.kind(name)}-node {name}"
        if not sources or not targets:
            return f"{what} has {'nothing that leads to it' if not sources else 'nothing that it leads to'}"
        if kind == "support" and any(self.kind(one) != "I" for one in targets):
            return f"{what} supports another step; a step can only be attacked here"
        scheme = scheme_of((str(node.get("scheme", "")), str(node.get("text", ""))))
        joint = len(sources) > 1
        first = ImportedLink(of[name], sources, of[targets[0]], kind, joint, scheme)
        more = [
            ImportedLink(f"{of[name]}-{k}", sources, of[one], kind, joint, scheme)
            for k, one in enumerate(targets[1:], 2)
        ]
        return [first, *more]

    def others(self) -> list[str]:
        counts = Counter(self.kind(name) for name in self.nodes if self.kind(name) not in {"I", *KINDS})
        return [
            f"{self.where}: {count} {NAMES.get(kind, f'nodes of the type {kind}')}"
            for kind, count in sorted(counts.items())
        ]
