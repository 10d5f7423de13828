"""What an Argdown document holds: statements, arguments with their steps, and relations, each with its place."""

from dataclasses import dataclass, field
from typing import Any, Literal

RelationKind = Literal["support", "attack", "undercut", "contradiction"]
RefKind = Literal["statement", "argument"]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ref:
    """A statement or an argument by its title."""

    kind: RefKind
    title: str


@dataclass(slots=True)
class Element:
    """A statement or argument. text: its first definition; texts: every further wording of the same title."""

    title: str
    place: Place
    text: str = ""
    texts: list[str] = field(default_factory=list)
    named: bool = True
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    def define(self, text: str, tags: list[str], data: dict[str, Any]) -> None:
        """One more wording, with its tags and data."""
        if text and not self.text:
            self.text = text
        elif text and text != self.text and text not in self.texts:
            self.texts.append(text)
        self.tags += [tag for tag in tags if tag not in self.tags]
        self.data.update(data)


@dataclass(frozen=True, slots=True)
class Step:
    """One inference: from statements, all together, to a statement."""

    premises: tuple[str, ...]
    conclusion: str
    rules: tuple[str, ...]
    data: dict[str, Any]
    place: Place


@dataclass(slots=True)
class Argument(Element):
    """An argument: its gist, and its steps where it is reconstructed."""

    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Relation:
    """What one element does to another."""

    kind: RelationKind
    source: Ref
    target: Ref
    place: Place


@dataclass(slots=True)
class ArgdownMap:
    """A whole document. statements and arguments by title, in the order of the text; front: its front matter."""

    front: dict[str, Any] = field(default_factory=dict)
    statements: dict[str, Element] = field(default_factory=dict)
    arguments: dict[str, Argument] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    known: set[tuple[RelationKind, Ref, Ref]] = field(default_factory=set)
    headings: list[str] = field(default_factory=list)

    def statement(self, title: str, place: Place, *, named: bool = True) -> Element:
        """The statement of a title, new where it is met for the first time."""
        return self.statements.setdefault(title, Element(title, place, named=named))

    def argument(self, title: str, place: Place) -> Argument:
        """The argument of a title, new where it is met for the first time."""
        return self.arguments.setdefault(title, Argument(title, place))

    def relate(self, relation: Relation) -> None:
        """One relation, once."""
        key = (relation.kind, relation.source, relation.target)
        if key not in self.known:
            self.known.add(key)
            self.relations.append(relation)
