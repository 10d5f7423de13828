"""What a casefile's names stand for: its own things first, then the vocabulary's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from evenhand.case.schema import label, shown
from evenhand.case.tree import Path, Tree
from evenhand.model import CHOICE_KINDS, Problem, Vocabulary, closest_words

# Where a name may stand, and what it names. * is any entry of a list; a choice's options are found by its kind.
REFERENCES = {
    "default_standard": "standard",
    "argues_for": "side",
    "sides.*.units.*": "unit",
    "sides.*.groups.*": "group",
    "data.*.source": "source",
    "groups.*.members.*.unit": "unit",
    "sources.*.ties.*.source": "source",
    "sources.*.ties.*.side": "side",
    "testimony.*.source": "source",
    "directions.*.measure": "measure",
    "choices:measure.*.options.*.value": "measure",
    "choices:standard.*.options.*.value": "standard",
    "choices:peers.*.options.*.value.*": "unit",
    "choices:peers.*.options.*.value.group": "group",
    "choices:membership.*.options.*.value.group": "group",
    "choices:membership.*.options.*.value.with.*": "member",
    "claims.*.side": "side",
    "claims.*.cites.*": "source",
    "claims.*.open.subject.unit": "unit",
    "claims.*.open.subject.group": "group",
    "claims.*.open.subject.units.*": "unit",
    "claims.*.open.against.unit": "unit",
    "claims.*.open.against.group": "group",
    "claims.*.open.against.peers.*": "unit",
    "claims.*.open.against.peers.group": "group",
    "claims.*.open.measure": "measure",
    "claims.*.open.standard": "standard",
    "claims.*.open.choices.*": "choice",
    "claims.*.open.exclude.*.choice": "choice or kind of choice",
    "claims.*.figure.unit": "unit",
    "claims.*.figure.measure": "measure",
    "claims.*.event.id": "event",
    "claims.*.class.group": "class",
    "claims.*.class.against": "class",
    "claims.*.class.measure": "measure",
    "claims.*.tie.source": "source",
    "claims.*.consensus.event": "event",
    "claims.*.consensus.spent.*.source": "source",
    "links.*.from.*": "claim",
    "links.*.to": "claim or link",
    "positions.*.holds.*": "claim",
    "positions.*.rejects.*": "claim",
    "disputes.*.claim": "claim",
    "disputes.*.choice": "choice or kind of choice",
    "disputes.*.source": "source",
    "notes.*.at": "claim or unit",
}
OF_UNITS = ("unit", "member", "claim or unit")
WHERE_TO_LOOK = {
    "unit": "allowed: units of the catalogue (`evenhand data list --units`) and of the case's own data with new_units: true",
    "member": "allowed: members of the group, by the names that it gives them",
    "measure": "allowed: measures of the catalogue (`evenhand data list`) and of the case's own data",
    "group": "allowed: groups of the catalogue (`evenhand data list --groups`) and the case's own",
    "class": "allowed: classes and groups of the catalogue (`evenhand data list --classes`, `--groups`) and the case's own",
    "source": "allowed: the case's own sources and the catalogue's",
    "standard": "allowed: level, change, growth, gap-closed, whole-path, nearest-peers, difference-in-differences, "
    "synthetic-control, synthetic-did, augmented-synthetic-control, matrix-completion, penalized-synthetic-control",
    "event": "allowed: events of the catalogue (`evenhand data list --events`)",
    "claim or unit": "allowed: the claims of this casefile, units of the catalogue and of the case's own data, and years",
}


@dataclass(frozen=True, slots=True)
class Names:
    """own: by kind, the id for each name that the case declares. vocabulary: None takes other names as they stand.

    unread: a file that brings units of its own is not there, so a unit that nobody knows may be one of those.
    """

    own: dict[str, dict[str, str]]
    vocabulary: Vocabulary | None
    unread: bool = False

    def id_of(self, kind: str, name: str, year: int | None) -> str | None:
        """The id that a name stands for, or None."""
        if name in self.own.get(kind, {}):
            return self.own[kind][name]
        if kind not in WHERE_TO_LOOK:
            return None
        if self.vocabulary is None:
            return name
        found = _looked_up(self.vocabulary, "unit" if kind == "claim or unit" else kind, name, year)
        if found is None and self.unread and kind in OF_UNITS and not _meant(self.vocabulary, name, year):
            return name
        return found

    def problem(self, kind: str, name: str, year: int | None) -> tuple[str, str]:
        """What is wrong with a name that stands for nothing, or for several units, and what to write instead."""
        if kind in OF_UNITS and self.vocabulary is not None:
            several = _meant(self.vocabulary, name, year)
            if several:
                then = "" if year is None else f" in {year}"
                return f"{shown(name)} is the name of several units{then}", f"say which: {', '.join(several)}"
        return f"unknown {kind} {shown(name)}", self.hint(kind, name)

    def hint(self, kind: str, name: str) -> str:
        """What is allowed instead, and what comes closest."""
        own = self.own.get(kind, {})
        listed = WHERE_TO_LOOK.get(kind) or f"allowed: {', '.join(sorted(set(own.values()))) or 'none is declared'}"
        found = closest_words(name, own, 3)
        if self.vocabulary is not None and kind in WHERE_TO_LOOK:
            found += self.vocabulary.closest(name, 3, kind="unit" if kind in OF_UNITS else kind)
        return f"{listed}; closest: {', '.join(dict.fromkeys(found))}" if found else listed


def _looked_up(vocabulary: Vocabulary, kind: str, name: str, year: int | None) -> str | None:
    if kind in ("unit", "member"):
        return vocabulary.unit(name, year) or (None if _meant(vocabulary, name, year) else vocabulary.unit(name))
    look: dict[str, Callable[[str], str | None]] = {
        "measure": vocabulary.measure,
        "group": vocabulary.group,
        "class": getattr(vocabulary, "counted_class", vocabulary.group),
        "source": vocabulary.source,
        "standard": vocabulary.standard,
        "event": vocabulary.event,
    }
    return look[kind](name)


def _meant(vocabulary: Vocabulary, name: str, year: int | None) -> tuple[str, ...]:
    """The units that a name could mean, each with its years, where the vocabulary knows of several; else nothing."""
    ask: Callable[[str, int | None], tuple[str, ...]] | None = getattr(vocabulary, "question", None)
    return () if ask is None else ask(name, year)


def names_of(data: Any, vocabulary: Vocabulary | None, *, unread: bool = False) -> Names:
    """Everything that a casefile itself declares, however broken the rest of it is."""
    own: dict[str, dict[str, str]] = {}
    for key, kind in (
        ("sides", "side"),
        ("groups", "group"),
        ("sources", "source"),
        ("choices", "choice"),
        ("claims", "claim"),
    ):
        own[kind] = _declared(data, key, named=kind == "group")
    own["class"] = own["group"] | _declared(data, "classes", named=True)
    own["measure"] = {}
    for entry in entries(data, "data"):
        own["measure"] |= _declared(entry, "measures", named=True)
    own["member"] = {}
    for group in entries(data, "groups"):
        for member in entries(group, "members"):
            own["member"] |= _member(member, vocabulary)
    own["claim or link"] = own["claim"] | _declared(data, "links", named=False)
    own["claim or unit"] = own["claim"]
    own["choice or kind of choice"] = own["choice"] | {kind: kind for kind in CHOICE_KINDS}
    return Names(own, vocabulary, unread)


def _declared(data: Any, key: str, *, named: bool) -> dict[str, str]:
    known = {one: one for one in (entry.get("id") for entry in entries(data, key)) if isinstance(one, str)}
    if named:
        both = [(e.get("name"), e.get("id")) for e in entries(data, key)]
        return {name: id_ for name, id_ in both if isinstance(name, str) and isinstance(id_, str)} | known
    return known


def _member(member: dict[str, Any], vocabulary: Vocabulary | None) -> dict[str, str]:
    """A member's name and id, in the year in which it joins: the same when a choice takes it in or out."""
    name = member.get("unit")
    if not isinstance(name, str) or not name:
        return {}
    found = _looked_up(vocabulary, "unit", name, _year(member, None)) if vocabulary else name
    return {name: found or name}


def entries(data: Any, key: str) -> list[dict[str, Any]]:
    """The mappings in a list under a key; nothing where there is no such list."""
    return [entry for _, entry in numbered(data, key)]


def ids(data: Any, key: str) -> set[str]:
    """The ids in a list under a key; what is no text is no id."""
    return {entry["id"] for entry in entries(data, key) if isinstance(entry.get("id"), str)}


def numbered(data: Any, key: str) -> list[tuple[int, dict[str, Any]]]:
    """The mappings in a list under a key, with their number in it."""
    found = data.get(key) if isinstance(data, dict) else None
    return [(i, entry) for i, entry in enumerate(found) if isinstance(entry, dict)] if isinstance(found, list) else []


def resolve(tree: Tree, names: Names) -> tuple[Any, list[Problem]]:
    """The casefile's data with every name replaced by its id, and the names that stand for nothing."""
    problems: list[Problem] = []

    def walk(value: Any, path: Path, pattern: str, year: int | None) -> Any:
        if isinstance(value, dict):
            year = _year(value, year)
            return {key: walk(item, (*path, key), f"{pattern}.{key}", year) for key, item in value.items()}
        if isinstance(value, list):
            return [walk(item, (*path, i), f"{_by_kind(item, pattern)}.*", year) for i, item in enumerate(value)]
        kind = REFERENCES.get(pattern[1:])
        if kind is None or not isinstance(value, str) or not value:
            return value
        found = names.id_of(kind, value, year)
        if found is None:
            message, hint = names.problem(kind, value, year)
            problems.append(tree.problem(path, f"{label(path)}: {message}", hint))
        return found or value

    return walk(tree.data, (), "", None), problems


def _by_kind(item: Any, pattern: str) -> str:
    """A choice's options mean what its kind says."""
    return f".choices:{item.get('kind')}" if pattern == ".choices" and isinstance(item, dict) else pattern


def _year(value: dict[str, Any], outer: int | None) -> int | None:
    """The year in which the names inside a mapping are meant: "Germany" was not always the same state."""
    window = value.get("window")
    years = (
        value.get("year"),
        window.get("start") if isinstance(window, dict) else None,
        value.get("from"),
        value.get("start"),
    )
    return next((year for year in years if isinstance(year, int)), outer)


def windows(value: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every mapping in the data that states a period."""
    if isinstance(value, dict):
        if {"start", "end"} <= value.keys() or {"from", "to"} <= value.keys():
            yield path, value
        for key, item in value.items():
            yield from windows(item, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from windows(item, (*path, i))
