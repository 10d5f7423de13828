"""What things are called: ids, names and other names, folded, so that "the U.S.S.R." finds SUN."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from evenhand.catalog.entries import DatedName, Unit
from evenhand.catalog.reference import Tables
from evenhand.model import BadInputError, closest_words

KINDS = ("unit", "measure", "group", "standard", "source", "event")
"""Where a name without a kind is looked for; classes have a register of their own, which holds the groups, too."""


class Named(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str: ...


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The form in which names are compared: no case, accents or punctuation, single spaces, no leading "the".

    >>> fold("The  U.S.S.R."), fold("Côte d’Ivoire"), fold("gdp-per_head")
    ('ussr', 'cote divoire', 'gdp per head')
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = []
    for character in plain:
        if character.isalnum():
            kept.append(character)
        elif character.isspace() or character in "-_/–—":
            kept.append(" ")
    words = "".join(kept).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@dataclass(frozen=True, slots=True)
class Register:
    """The names of one kind of thing: id by exact id, ids by folded first name, ids by any folded name."""

    ids: frozenset[str]
    first: Mapping[str, tuple[str, ...]]
    all: Mapping[str, tuple[str, ...]]
    spelled: tuple[str, ...]

    def candidates(self, name: str) -> tuple[str, ...]:
        """Every id that goes by that name; an exact id or a first name goes before other names."""
        if name in self.ids:
            return (name,)
        folded = fold(name)
        return self.first.get(folded) or self.all.get(folded, ())

    def all_candidates(self, name: str) -> tuple[str, ...]:
        """Every id that goes by that name, first or other."""
        return (name,) if name in self.ids else self.all.get(fold(name), ())


def register(entries: Iterable[tuple[str, str, tuple[str, ...]]]) -> Register:
    """A register of (id, name, other names)."""
    first: dict[str, dict[str, None]] = {}
    every: dict[str, dict[str, None]] = {}
    spelled: dict[str, None] = {}
    ids = []
    for id_, name, others in entries:
        ids.append(id_)
        first.setdefault(fold(name), {})[id_] = None
        for word in (id_, name, *others):
            every.setdefault(fold(word), {})[id_] = None
            spelled[word] = None
    return Register(
        frozenset(ids),
        {word: tuple(found) for word, found in first.items()},
        {word: tuple(found) for word, found in every.items()},
        tuple(spelled),
    )


class Names:
    """What a casefile may name: an implementation of ``evenhand.model.Vocabulary``."""

    def __init__(self, tables: Tables, standards: Iterable[str]) -> None:
        self._units = {unit.id: unit for unit in tables.units}
        self._dated: dict[tuple[str, str], list[DatedName]] = {}
        for name in tables.names:
            self._dated.setdefault((name.unit, fold(name.name)), []).append(name)
        self._registers = {
            "unit": register((u.id, u.name, u.other_names) for u in tables.units),
            "measure": register((m.id, m.name, ()) for m in tables.measures),
            "group": register((g.id, g.name, ()) for g in tables.groups),
            "class": register(
                [(g.id, g.name, ()) for g in tables.groups] + [(c.id, c.name, ()) for c in tables.classes]
            ),
            "standard": register((name, name, ()) for name in standards),
            "source": register((s.id, s.id, ()) for s in tables.sources),
            "event": register((e.id, e.name, e.other_names) for e in tables.events),
        }

    def unit(self, name: str, year: int | None = None) -> str | None:
        """The unit of that name, and with a year the one that existed then; None where there is none, or several."""
        found = self.units_named(name, year)
        return found[0] if len(found) == 1 else None

    def units_named(self, name: str, year: int | None = None) -> tuple[str, ...]:
        """Every unit of that name; with a year, all that lived and were so called then, if there are any.

        Without a year a first name goes before other names: "Russia" is RUS. In 1950 it is a question, since many called
        the Soviet Union so.
        """
        register_ = self._registers["unit"]
        found = register_.candidates(name)
        if year is None or name in register_.ids:
            return found
        then = tuple(id_ for id_ in register_.all_candidates(name) if self._so_called(id_, name, year))
        return then or found

    def also_called(self, name: str, id_: str) -> tuple[str, ...]:
        """The other units that some call by that name, with the years of the use: "SUN (Soviet Union, 1922 to 1991)"."""
        others = [other for other in self._registers["unit"].all_candidates(name) if other != id_]
        return tuple(life_of(self._units[other]) for other in others)

    def question(self, name: str, year: int | None = None) -> tuple[str, ...]:
        """Where a name could mean several units: each with its years; else nothing."""
        found = self.units_named(name, year)
        return tuple(life_of(self._units[id_]) for id_ in found) if len(found) > 1 else ()

    def own_years(self, id_: str) -> bool:
        """Is it judged over years of its own, as a leader is over the time in office?"""
        return id_ in self._units and self._units[id_].kind == "leader"

    def measure(self, name: str) -> str | None:
        """The measure of that name."""
        return self._only("measure", name)

    def group(self, name: str) -> str | None:
        """The group of that name."""
        return self._only("group", name)

    def counted_class(self, name: str) -> str | None:
        """The class of that name in which things are counted: a group, or one of the lists with outcomes or dates."""
        return self._only("class", name)

    def standard(self, name: str) -> str | None:
        """The standard of that name."""
        return self._only("standard", name)

    def source(self, name: str) -> str | None:
        """The source of that id."""
        return self._only("source", name)

    def event(self, name: str) -> str | None:
        """The event of that name."""
        return self._only("event", name)

    def closest(self, name: str, n: int = 3, *, kind: str | None = None) -> list[str]:
        """Names that come closest. A name that several units share gives their ids first."""
        shared = self.units_named(name) if kind in {None, "unit"} else ()
        if len(shared) > 1:
            return list(shared)[:n]
        kinds = KINDS if kind is None else (kind,)
        return closest_words(name, (word for k in kinds for word in self._registers[k].spelled), n)

    def find(self, kind: str, name: str, year: int | None = None) -> str:
        """The id of that name, or an error that lists what it could be."""
        found = self.units_named(name, year) if kind == "unit" else self._registers[kind].candidates(name)
        if len(found) == 1:
            return found[0]
        if found:
            raise BadInputError(
                f"‘{name}’ is the name of several {kind}s", hint=f"say which: {self._told(kind, found)}"
            )
        close = self.closest(name, kind=kind)
        raise BadInputError(f"no {kind} is called ‘{name}’", hint=f"closest: {', '.join(close)}" if close else "")

    def shared(self, kind: str) -> dict[str, tuple[str, ...]]:
        """Each folded name that several entries of a kind own, with their ids."""
        return {word: ids for word, ids in self._registers[kind].all.items() if len(ids) > 1}

    def _only(self, kind: str, name: str) -> str | None:
        found = self._registers[kind].candidates(name)
        return found[0] if len(found) == 1 else None

    def _so_called(self, id_: str, name: str, year: int) -> bool:
        """Did the unit live in that year, and was the name one of its own then? A name without dates always was."""
        if not self._units[id_].lived(year, year):
            return False
        folded = fold(name)
        if folded == fold(self._units[id_].name):
            return True
        spells = self._dated.get((id_, folded))
        return spells is None or any(spell.used(year) for spell in spells)

    def _told(self, kind: str, ids: Iterable[str]) -> str:
        return ", ".join(life_of(self._units[id_]) if kind == "unit" else id_ for id_ in ids)


def life_of(unit: Unit) -> str:
    """A unit with its years: "SUN (Soviet Union, 1922 to 1991)"."""
    start = "" if unit.start is None else str(unit.start)
    years = f"{start} to {unit.end}" if unit.end is not None else f"from {start}" if start else ""
    return f"{unit.id} ({unit.name}{', ' if years else ''}{years.strip()})"
