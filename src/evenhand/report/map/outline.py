"""The same argument as an outline: every conclusion, what speaks for it and against it, down to the premises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evenhand.argue import Given, Graph, Label, Link, labels
from evenhand.report.map.plan import top
from evenhand.report.map.view import Told

DEEPEST = 12
MOST = 600


@dataclass(slots=True)
class Entry:
    """A claim in the outline. again: it stands further up (or down) already, so only its name is said here."""

    id: str
    text: str
    label: Label
    given: Given
    unstated: bool
    conclusion: bool
    told: Told
    again: bool = False
    groups: list["Group"] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A link in the outline, with its sources, and what attacks the link itself."""

    id: str
    kind: str
    joint: bool
    scheme: str
    label: Label
    given: Given
    entries: list[Entry] = field(default_factory=list)
    attacks: list["Group"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """entries: the conclusions, then what the others did not hold; alone: claims that no link touches; more: not listed."""

    entries: tuple[Entry, ...]
    alone: tuple[Entry, ...]
    more: int


def outline(
    graph: Graph,
    *,
    conclusions: Sequence[str] = (),
    told: Mapping[str, Told] | None = None,
    found: Mapping[str, Label] | None = None,
) -> Outline:
    """Every claim once in full; where it bears on several, the other places point to it."""
    return _Teller(graph, tuple(conclusions) or top(graph), told or {}, found or labels(graph)).outline()


class _Teller:
    def __init__(
        self, graph: Graph, conclusions: tuple[str, ...], told: Mapping[str, Told], found: Mapping[str, Label]
    ) -> None:
        self.graph, self.conclusions, self.told, self.found = graph, conclusions, told, found
        self.nodes = {node.id: node for node in graph.nodes}
        self.onto: dict[str, list[Link]] = {}
        for link in graph.links:
            self.onto.setdefault(link.target, []).append(link)
        self.seen: set[str] = set()
        self.steps: set[str] = set()
        self.waiting: list[str] = []

    def outline(self) -> Outline:
        linked = {name for link in self.graph.links for name in (*link.sources, link.target)}
        entries = []
        starts = [*self.conclusions, *(n.id for n in self.graph.nodes if n.id in linked)]
        for start in starts:
            if start not in self.seen and len(self.seen) < MOST:
                entries.append(self.entry(start, 0))
            while self.waiting and len(self.seen) < MOST:
                deeper = self.waiting.pop(0)
                if deeper not in self.seen:
                    entries.append(self.entry(deeper, 0))
        alone = [n.id for n in self.graph.nodes if n.id not in linked]
        more = sum(n.id in linked and n.id not in self.seen for n in self.graph.nodes) + max(len(alone) - MOST, 0)
        return Outline(tuple(entries), tuple(self.entry(one, DEEPEST) for one in alone[:MOST]), more)

    def entry(self, name: str, depth: int) -> Entry:
        node = self.nodes[name]
        entry = Entry(
            name, node.text or name, self.found.get(name, "undecided"), node.given, node.unstated,
            name in self.conclusions, self.told.get(name, Told()), again=name in self.seen,
        )  # fmt: skip
        if entry.again:
            return entry
        if depth == DEEPEST and self.onto.get(name):
            entry.again = True
            self.waiting.append(name)
            return entry
        self.seen.add(name)
        entry.groups = [self.group(link, depth) for link in self.onto.get(name, ()) if len(self.seen) < MOST]
        return entry

    def group(self, link: Link, depth: int) -> Group:
        scheme = (link.scheme or "").replace("-", " ").replace("_", " ")
        group = Group(link.id, link.kind, link.joint, scheme, self.found.get(link.id, "undecided"), link.given)
        if link.id in self.steps:
            return group
        self.steps.add(link.id)
        group.entries = [self.entry(source, depth + 1) for source in link.sources]
        if depth + 1 < DEEPEST:
            group.attacks = [self.group(one, depth + 1) for one in self.onto.get(link.id, ())]
        return group
