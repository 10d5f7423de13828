"""The reference table that ships with the package, and any folder of the same shape."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from evenhand.catalog.classes import ClassMember, CountedClass, class_member
from evenhand.catalog.entries import (
    BlindSpot,
    BorderChange,
    Code,
    DatedName,
    Estimate,
    Event,
    Group,
    Measure,
    Membership,
    NestedEvent,
    Regime,
    Source,
    Tenure,
    Unit,
)
from evenhand.catalog.gazetteer import complete
from evenhand.catalog.tables import COLUMNS, Figures, no_figures, read_figures, read_rows

REFERENCE = Path(__file__).parent / "reference"
ESTIMATE = ("counted", "low", "central", "high", "author", "year", "source", "evidence", "attribution")
EVENT = ("id", "kind", "name", "other_names", "place", "responsible", "start", "end")
Entry = TypeVar("Entry", Unit, Measure, Source)


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything but the figures, in the order listed. event_rows: the events as they stand, one per estimate."""

    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()
    memberships: tuple[Membership, ...] = ()
    measures: tuple[Measure, ...] = ()
    sources: tuple[Source, ...] = ()
    events: tuple[Event, ...] = ()
    blind_spots: tuple[BlindSpot, ...] = ()
    event_rows: tuple[dict[str, Any], ...] = ()
    tenures: tuple[Tenure, ...] = ()
    regimes: tuple[Regime, ...] = ()
    names: tuple[DatedName, ...] = ()
    codes: tuple[Code, ...] = ()
    border_changes: tuple[BorderChange, ...] = ()
    nested_events: tuple[NestedEvent, ...] = ()
    classes: tuple[CountedClass, ...] = ()
    class_members: tuple[ClassMember, ...] = ()


class Reference:
    """A folder of CSV tables, queried where it lies; figures are read measure by measure, when asked for."""

    def __init__(self, folder: Path = REFERENCE) -> None:
        self.folder = folder

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """One database in memory, which holds nothing and only reads."""
        return duckdb.connect()

    def tables(self) -> Tables:
        """Everything but the figures. A table that is not there is empty; the check says so."""
        rows = {name: self._rows(name) for name in COLUMNS if name != "observations"}
        names = tuple(DatedName(**row) for row in rows["names"])
        codes = tuple(Code(**row) for row in rows["codes"])
        return Tables(
            units=complete(_units(rows["units"]), _units(rows["states"]), names, codes),
            names=names,
            codes=codes,
            nested_events=tuple(NestedEvent(**row) for row in rows["nested_events"]),
            border_changes=tuple(BorderChange(**row) for row in rows["border_changes"]),
            groups=tuple(Group(**row) for row in rows["groups"]),
            memberships=tuple(Membership(**row) for row in rows["memberships"]),
            measures=tuple(Measure(**row) for row in rows["measures"]),
            sources=tuple(Source(**row) for row in [*rows["sources"], *rows["event_sources"]]),
            events=events_of(rows["events"]),
            blind_spots=tuple(BlindSpot(**row) for row in rows["blind_spots"]),
            event_rows=tuple(rows["events"]),
            tenures=tuple(Tenure(**row) for row in rows["tenures"]),
            regimes=tuple(Regime(**row) for row in rows["regimes"]),
            classes=tuple(CountedClass(**row) for row in rows["classes"]),
            class_members=tuple(class_member(row) for row in rows["class_members"]),
        )

    def path(self, table: str) -> Path:
        """Where a table lies."""
        return self.folder / f"{table}.csv"

    def figures_path(self, measure: str) -> Path:
        """Where the figures of a measure lie."""
        return self.folder / "observations" / f"{measure}.csv"

    def figures(self, measure: str) -> Figures:
        """All figures of a measure; none where there is no file."""
        path = self.figures_path(measure)
        return read_figures(self.connection, path) if path.exists() else no_figures()

    def files(self) -> list[Path]:
        """Every table of the folder, in order."""
        return sorted(self.folder.rglob("*.csv"))

    def _rows(self, table: str) -> list[dict[str, Any]]:
        path = self.path(table)
        return list(read_rows(self.connection, path, table)) if path.exists() else []


def _units(rows: list[dict[str, Any]]) -> tuple[Unit, ...]:
    return tuple(Unit(**{**row, "codes": _codes(row["codes"])}) for row in rows)


def _codes(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = (word.partition("=") for word in words)
    return tuple((name.strip(), code.strip()) for name, _, code in pairs)


def with_new(there: tuple[Entry, ...], new: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, and after them those whose ids are new: what is there stays as it is said there."""
    by_id = {entry.id: entry for entry in there}
    for entry in new:
        by_id.setdefault(entry.id, entry)
    return tuple(by_id.values())


def events_of(rows: list[dict[str, Any]]) -> tuple[Event, ...]:
    """One event of all rows with its id; what is said of it is the first row's (the check holds the rows to agree)."""
    by_id: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
    return tuple(
        Event(
            **{name: first[0][name] for name in EVENT},
            estimates=tuple(Estimate(**{name: row[name] for name in ESTIMATE}) for row in first),
        )
        for first in by_id.values()
    )
