"""Looking things up in the catalogue, by id or name."""

import importlib
import re
from functools import cached_property

from evenhand.catalog.entries import (
    BlindSpot,
    BorderChange,
    Event,
    Group,
    Measure,
    Membership,
    Regime,
    Source,
    Tenure,
    Unit,
)
from evenhand.catalog.kin import Relation, kin_of, touching
from evenhand.catalog.own import Known
from evenhand.catalog.reference import Tables
from evenhand.catalog.said import Said

EVENT_ID = re.compile(r"\b[a-z]+(?:-[a-z]+)*-\d{4}\b")
STANDARDS = (
    "level", "change", "growth", "gap-closed", "whole-path", "nearest-peers", "difference-in-differences",
    "synthetic-control", "synthetic-did", "augmented-synthetic-control", "matrix-completion", "penalized-synthetic-control",
)  # fmt: skip


class Index:
    """What can be read off the tables at once. Look-ups raise ``BadInputError`` with the closest names."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def units(self) -> tuple[Unit, ...]:
        """Every unit, ordered by id."""
        return tuple(self._units.values())

    def unit(self, id_: str) -> Unit:
        """The unit of that id or name."""
        return self._units.get(id_) or self._units[self.names.find("unit", id_)]

    def groups(self) -> tuple[Group, ...]:
        """Every group, as listed."""
        return self.tables.groups

    def group(self, id_: str) -> Group:
        """The group of that id or name."""
        return self._groups.get(id_) or self._groups[self.names.find("group", id_)]

    def has_group(self, id_: str) -> bool:
        """Is there a group of exactly that id?"""
        return id_ in self._groups

    def memberships(self, group: str | None = None) -> tuple[Membership, ...]:
        """Every spell in the group, or in any."""
        return tuple(spell for spell in self.tables.memberships if group is None or spell.group == group)

    def measures(self) -> tuple[Measure, ...]:
        """Every measure, as listed."""
        return self.tables.measures

    def measure(self, id_: str) -> Measure:
        """The measure of that id or name."""
        return self._measures.get(id_) or self._measures[self.names.find("measure", id_)]

    def has_measure(self, id_: str) -> bool:
        """Is there a measure of exactly that id?"""
        return id_ in self._measures

    def measures_of_concept(self, concept: str) -> tuple[Measure, ...]:
        """All ways in which a concept is measured, as listed."""
        return tuple(measure for measure in self.tables.measures if measure.concept == concept)

    def sources(self) -> tuple[Source, ...]:
        """Every source; ``Panel.source_id`` counts along this tuple."""
        return self.tables.sources

    def source(self, id_: str) -> Source:
        """The source of that id."""
        return self._sources.get(id_) or self._sources[self.names.find("source", id_)]

    def events(self) -> tuple[Event, ...]:
        """Every event, as listed."""
        return self.tables.events

    def event(self, id_: str) -> Event:
        """The event of that id or name."""
        return self._events.get(id_) or self._events[self.names.find("event", id_)]

    def tenures(self, state: str | None = None) -> tuple[Tenure, ...]:
        """Every leader's time in office, or those of one state, as listed."""
        id_ = None if state is None else self.unit(state).id
        return tuple(tenure for tenure in self.tables.tenures if id_ is None or tenure.unit == id_)

    def regimes(self, state: str | None = None) -> tuple[Regime, ...]:
        """Every regime, or those of one state, as listed."""
        id_ = None if state is None else self.unit(state).id
        return tuple(regime for regime in self.tables.regimes if id_ is None or regime.unit == id_)

    def border_changes(self, unit: str) -> tuple[BorderChange, ...]:
        """The years in which a unit gained or lost land, in order."""
        id_ = self.unit(unit).id
        return tuple(sorted((c for c in self.tables.border_changes if c.unit == id_), key=lambda c: c.year))

    def in_words(self, text: str) -> str:
        """A sentence of the tables with the ids of events turned into their names."""
        return EVENT_ID.sub(
            lambda found: f"“{self._events[found[0]].name}”" if found[0] in self._events else found[0], text
        )

    def blind_spots(self, measure: str | None = None) -> tuple[BlindSpot, ...]:
        """Every blind spot, or those of a measure."""
        return tuple(spot for spot in self.tables.blind_spots if measure is None or spot.measure == measure)

    def kin(self, unit: str) -> frozenset[str]:
        """What the unit came from and became, is part of, and has as parts."""
        return self._kin.get(self.unit(unit).id, frozenset())

    def events_in(self, unit: str) -> tuple[Event, ...]:
        """The events that took place in the unit."""
        id_ = self.unit(unit).id
        return tuple(event for event in self.tables.events if id_ in event.place)

    def events_around(self, unit: str) -> tuple[Event, ...]:
        """The events in the unit, and in kin that existed at the time: those that no tolerance may step over."""
        return tuple(self._touching.get(self.unit(unit).id, ()))

    def vocabulary(self) -> Said:
        """The names that a casefile may use, as ``evenhand.model.Vocabulary``."""
        return self.names

    @cached_property
    def names(self) -> Said:
        """All names, folded."""
        return Said(self.tables, getattr(importlib.import_module("evenhand.compare"), "STANDARDS", STANDARDS))

    @cached_property
    def known(self) -> Known:
        """What figures of one's own may name."""
        return Known(self.names, self._units, self._measures, self._sources, self.tables.codes)

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in sorted(self.tables.units, key=lambda unit: unit.id)}

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {group.id: group for group in self.tables.groups}

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {measure.id: measure for measure in self.tables.measures}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.tables.sources}

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {event.id: event for event in self.tables.events}

    @cached_property
    def _kin(self) -> Relation:
        return kin_of(self.tables.units)

    @cached_property
    def _touching(self) -> dict[str, list[Event]]:
        return touching(self.tables.events, self._units, self._kin)
