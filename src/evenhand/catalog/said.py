"""What a text may say of the catalogue's tenures and events, for whoever reads texts: ``evenhand.model.Chronicle``."""

from collections.abc import Iterable
from functools import cached_property

from evenhand.catalog.names import Names
from evenhand.catalog.reference import Tables
from evenhand.catalog.tenures import one_voice, unit_of
from evenhand.model import Happening, Office


class Said(Names):
    """The names that a casefile may use, and who ruled when, what happened, and in what a measure is counted."""

    def __init__(self, tables: Tables, standards: Iterable[str]) -> None:
        super().__init__(tables, standards)
        self._tables = tables

    def offices(self) -> tuple[Office, ...]:
        """Who was at the head of which state, and when; of each state by one list."""
        return self._offices

    def happenings(self) -> tuple[Happening, ...]:
        """Every event of the tables."""
        return self._happenings

    def counted_in(self, measure: str) -> str:
        """The unit of measurement of a measure, in words; empty where nothing has that id."""
        return next((m.unit for m in self._tables.measures if m.id == measure), "")

    @cached_property
    def _offices(self) -> tuple[Office, ...]:
        known = {unit.id for unit in self._tables.units}
        found = []
        for tenure in one_voice(self._tables.tenures):
            last, _, first = tenure.person.partition(", ")  # "Duvalier, Francois"
            unit = unit_of(tenure)
            end = int(tenure.end[:4]) if tenure.end else None
            person = f"{first} {last}".strip()
            found.append(Office(person, tenure.unit, int(tenure.start[:4]), end, unit if unit in known else None))
        return tuple(found)

    @cached_property
    def _happenings(self) -> tuple[Happening, ...]:
        return tuple(
            Happening(e.id, e.kind, (e.name, *e.other_names), e.place, e.start, e.end) for e in self._tables.events
        )
