"""Whose figures are these? Names and codes of a table resolved to units of the catalogue; what is not known is listed."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from evenhand.catalog.entries import Unit
from evenhand.catalog.gazetteer import SCHEMES, CodeBook
from evenhand.catalog.importing.layout import Table
from evenhand.catalog.names import fold, life_of
from evenhand.catalog.own import Known, slug

EVER = (-1_000_000, 1_000_000)
IDS = {"iso3": "iso3", "owid": "iso3", "worldbank": "iso3"}
"""Schemes whose codes are the catalogue's ids, as far as they are ISO's."""
NOT_KNOWN = "no unit of that name"
LEFT_OUT = "left out by the mapping file"
SHARED = "the name of several units"
ASKED_CLOSEST = 40
"""So many unknown names, those with most figures, are told with what comes closest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A name and code as they stand in a table, with the years and the number of their figures."""

    name: str
    code: str
    first: int
    last: int
    figures: int
    row: int


@dataclass(frozen=True, slots=True)
class Meant:
    """For the years first to last, the name and code mean this unit."""

    name: str
    code: str
    first: int
    last: int
    unit: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that means no unit, or several: why, and what comes closest."""

    asked: Asked
    because: str
    closest: tuple[str, ...]


@cache
def aliases() -> dict[tuple[str, str], str]:
    """What publishers call units in a way of their own, by scheme and folded name."""
    with Path(__file__).with_name("aliases.csv").open(encoding="utf-8", newline="") as file:
        return {(row["scheme"], fold(row["name"])): row["unit"] for row in csv.DictReader(file)}


def declared_by(units: Iterable[Unit]) -> dict[str, Unit]:
    """Units that a source declares, by id and by the codes of its own."""
    found: dict[str, Unit] = {}
    for unit in units:
        for word in (unit.id, *(code for scheme, code in unit.codes if scheme not in SCHEMES)):
            found.setdefault(word, unit)
    return found


@dataclass(slots=True)
class Resolver:
    """Resolves names against the catalogue's units and those that the source declares.

    declared: units that the source brings, by its own codes. added: those that were used and are new to the catalogue.
    """

    known: Known
    declared: Mapping[str, Unit] = field(default_factory=dict)
    added: dict[str, Unit] = field(default_factory=dict)
    _codes: CodeBook | None = None

    def resolve(self, asked: Iterable[Asked], table: Table) -> list[Meant]:
        """What each name means, year by year where it changed hands; nothing for names that mean no unit."""
        by_hand = {fold(name): unit for name, unit in table.names.items()}
        return [Meant(one.name, one.code, *span) for one in asked for span in self._spans(one, table, by_hand)]

    def unknown(self, asked: Iterable[Asked], table: Table) -> list[Unknown]:
        """Why names mean no unit, and what comes closest."""
        out = {fold(name) for name in table.leave_out}
        return [
            Unknown(one, LEFT_OUT, ())
            if fold(one.name or one.code) in out
            else self._unknown(one, tell=i < ASKED_CLOSEST)
            for i, one in enumerate(asked)
        ]

    def unit(self, id_: str) -> Unit:
        """A unit of the catalogue, or one that this import adds."""
        return self.added[id_] if id_ in self.added else self.known.units[id_]

    def _spans(self, one: Asked, table: Table, by_hand: Mapping[str, str]) -> list[tuple[int, int, str]]:
        if table.leave_out and fold(one.name or one.code) in {fold(name) for name in table.leave_out}:
            return []
        for word in (one.name, one.code):
            if word and fold(word) in by_hand:
                return [(*EVER, self.named(by_hand[fold(word)]))]
            publishers = aliases().get((table.scheme, fold(word))) if word else None
            if publishers in self.known.units:
                return [(*EVER, str(publishers))]
        if one.code and one.code in self.declared:
            return [(*EVER, self.bring(one.code))]
        if table.territory == "today":
            found = self._today(one, table)
            return [(*EVER, found)] if found else self._added(one, table)
        return self._as_it_was(one, table) or self._added(one, table)

    def named(self, word: str) -> str:
        """The unit that a mapping file names; raises BadInputError where there is none."""
        return self.known.names.find("unit", word)

    def bring(self, code: str) -> str:
        """A declared unit: the catalogue's, where it has the id or the name; else added."""
        unit = self.declared[code]
        if unit.id in self.known.units or unit.id in self.added:
            return unit.id
        if unit.kind != "region":
            same = self.known.names.units_named(unit.name, unit.start)
            if len(same) == 1 and self.known.units[same[0]].kind != "leader":
                return same[0]
        self.added[unit.id] = unit
        return unit.id

    def _today(self, one: Asked, table: Table) -> str | None:
        by_code = self._by_code(one.code, table.scheme, one.last) if one.code else None
        if by_code:
            return by_code
        found = self.known.names.units_named(one.name) if one.name else ()
        return found[0] if len(found) == 1 else None

    def _as_it_was(self, one: Asked, table: Table) -> list[tuple[int, int, str]]:
        spans: list[tuple[int, int, str]] = []
        for year in range(one.first, one.last + 1):
            found = self._in_year(one, table, year)
            if found is None:
                continue
            if spans and spans[-1][2] == found and spans[-1][1] == year - 1:
                spans[-1] = (spans[-1][0], year, found)
            else:
                spans.append((year, year, found))
        return spans

    def _in_year(self, one: Asked, table: Table, year: int) -> str | None:
        by_code = self._by_code(one.code, table.scheme, year) if one.code else None
        if by_code:
            return by_code
        found = self.known.names.units_named(one.name, year) if one.name else ()
        if len(found) > 1:
            # in the year of a change two go by a name: the one that goes on does
            after = self.known.names.units_named(one.name, year + 1)
            found = after if len(after) == 1 and after[0] in found else ()
        return found[0] if len(found) == 1 else None

    def _by_code(self, code: str, scheme: str, year: int) -> str | None:
        if scheme in IDS and code in self.known.units:
            return code
        if self._codes is None:
            self._codes = CodeBook(self.known.codes)
        found = self._codes.units(IDS.get(scheme, scheme), code, year)
        return found[0] if len(found) == 1 else None

    def _added(self, one: Asked, table: Table) -> list[tuple[int, int, str]]:
        if not table.new_units or not (one.name or one.code):
            return []
        if len(self.known.names.units_named(one.name)) > 1:
            return []
        name = one.name or one.code
        by_name = {fold(unit.name): unit.id for unit in self.added.values()}
        id_ = by_name.get(fold(name))
        if id_ is None:
            id_ = slug(name)
            while id_ in self.added or id_ in self.known.units:
                id_ += "-own"
            self.added[id_] = Unit(id_, name)
        return [(*EVER, id_)]

    def _unknown(self, one: Asked, *, tell: bool) -> Unknown:
        name = one.name or one.code
        shared = self.known.names.units_named(name)
        for year in range(one.first, one.last + 1):
            shared = shared if len(shared) > 1 else self.known.names.units_named(name, year)
        if len(shared) > 1:
            return Unknown(one, SHARED, tuple(life_of(self.unit(id_)) for id_ in shared))
        return Unknown(one, NOT_KNOWN, tuple(self.known.names.closest(name, kind="unit")) if tell else ())
