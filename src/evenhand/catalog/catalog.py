"""The catalogue: what is known of units, measures and events, with the user's own figures on top."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np

from evenhand.catalog.borders import border_jumps
from evenhand.catalog.confirmed import confirmed
from evenhand.catalog.entries import Event, Group, Measure, Membership, Observation, Source
from evenhand.catalog.imported import ImportedFigures, Shelf
from evenhand.catalog.imported.entries import with_imports
from evenhand.catalog.index import Index
from evenhand.catalog.kin import STITCH_RULES, StitchRule, at_both_ends, by_figures, kin_matrix, stands
from evenhand.catalog.membership import Members, exposed_years, members, years_in
from evenhand.catalog.overlay import merged, own_figures
from evenhand.catalog.own import OwnData, read_table
from evenhand.catalog.panel import (
    POPULATION_TOLERANCE,
    SCALE_RULES,
    Grid,
    ScaleRule,
    blind_years,
    by_population,
    in_logs,
    lay_out,
    preferred,
    take,
)
from evenhand.catalog.reference import REFERENCE, Reference, Tables
from evenhand.catalog.sourcing import COMBINED, MOST_SOURCES, combined, voices
from evenhand.catalog.stitching import heirs, spots_of_heirs, stitched
from evenhand.catalog.store import data_home, read_stored, stored
from evenhand.catalog.tables import Figures, listed, stack
from evenhand.catalog.tenures import with_leaders
from evenhand.compare.panel import Bools, Groups, Ints, Names, Panel, Window
from evenhand.model import BadInputError

FOREIGN_RULE = "under-foreign-rule"
POPULATION = "population"
WITHOUT = "without:"
"""``without:ID,ID`` as a rule of sources: all but these are believed."""
FIRST = "first:"
"""``first:ID`` as a rule of sources: this one where it speaks, else the preferred."""
STATES = frozenset({"state", "colony", "historical-state"})
Span = Window | tuple[int, int]


class Catalog(Index):
    """Look things up, lay figures out as panels. Never changes: ``with_own`` and ``with_groups`` give new ones."""

    def __init__(
        self,
        reference: Reference,
        tables: Tables,
        own: tuple[OwnData, ...] = (),
        imported: ImportedFigures | None = None,
    ) -> None:
        super().__init__(with_leaders(tables))
        self.reference = reference
        self.own = own
        self.imported = imported or ImportedFigures(())
        self._read: dict[str, Figures] = {}
        self._near: dict[str, Figures] = {}
        self._panels: dict[tuple[object, ...], Panel] = {}

    @classmethod
    def open(
        cls, own: Iterable[OwnData] = (), *, folder: Path = REFERENCE, home: Path | None = None, without: str = ""
    ) -> "Catalog":
        """The reference tables, what was imported, what the user stored with ``evenhand data add``, then ``own``.

        Where several give a figure, the later wins, but for imports, which give way to the reference tables: to import
        something never changes what was there. folder: other tables of the same shape. home: the user's data folder, by
        default :func:`data_home`. without: an import that is left out.
        """
        reference = Reference(folder)
        held = [one for one in Shelf(home).held() if one.manifest.id != without]
        tables = with_imports(reference.tables(), held)
        tables = replace(tables, blind_spots=(*tables.blind_spots, *confirmed(home or data_home())))
        catalog = cls(reference, tables, (), ImportedFigures(held))
        for kept in stored(home):
            catalog = catalog.with_own([read_stored(kept, catalog.known, home)])
        return catalog.with_own(own)

    def with_own(self, own: Iterable[OwnData]) -> "Catalog":
        """The same catalogue with figures of one's own on top; they win over those that were there."""
        added = tuple(own)
        return (
            Catalog(self.reference, merged(self.tables, added), (*self.own, *added), self.imported) if added else self
        )

    def with_groups(self, groups: Iterable[Group], memberships: Iterable[Membership]) -> "Catalog":
        """The same catalogue with a casefile's groups; one with the id of a catalogued group replaces it."""
        new = tuple(groups)
        ids = {group.id for group in new}
        tables = replace(
            self.tables,
            groups=(*(g for g in self.tables.groups if g.id not in ids), *new),
            memberships=(*(m for m in self.tables.memberships if m.group not in ids), *memberships),
        )
        return Catalog(self.reference, tables, self.own, self.imported)

    def read_own(
        self,
        path: Path,
        *,
        measures: Sequence[Measure] = (),
        source: Source | str | None = None,
        sources: Sequence[Source] = (),
        new_units: bool = False,
    ) -> OwnData:
        """A CSV of one's own, checked whole; raises ``BadInputError`` with every problem. Nothing is added here."""
        full, id_ = ((source, *sources), source.id) if isinstance(source, Source) else (sources, source)
        return read_table(path, self.known, measures=measures, source=id_, sources=full, new_units=new_units)

    @cached_property
    def sha256(self) -> str:
        """One digest of all reference tables."""
        digest = hashlib.sha256()
        for path in self.reference.files():
            digest.update(path.relative_to(self.reference.folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def figures(self, measure: str) -> Figures:
        """All figures of a measure, in the order in which they give way: what comes last wins its cell."""
        id_ = self.measure(measure).id
        if id_ not in self._read:
            self._read[id_] = self._preferred([self.imported.figures(id_), self._at_hand(id_)])
        return self._read[id_]

    def _preferred(self, parts: list[Figures]) -> Figures:
        return preferred(stack(parts), self._source_ids)

    def _at_hand(self, measure: str) -> Figures:
        """The figures of the reference table and of the user's own."""
        if measure not in self._near:
            self._near[measure] = stack([self.reference.figures(measure), *own_figures(self.own, measure)])
        return self._near[measure]

    def _figures_on(self, measure: str, grid: Grid) -> Figures:
        """The figures that a panel of the grid's units rests on, of all years; of imports no more than these are read."""
        if measure in self._read or not self.imported.has(measure):
            return self.figures(measure)
        units = set(grid.ids)
        if grid.stitch not in {"as-it-was", "today"}:
            units |= {kin for unit in grid.ids for kin in self._kin.get(unit, ())}
        return self._preferred([self.imported.figures(measure, sorted(units)), self._at_hand(measure)])

    def observations(
        self, measure: str, units: Iterable[str] | None = None, start: int | None = None, end: int | None = None
    ) -> tuple[Observation, ...]:
        """The figures of a measure, by unit and year; where several sources speak, the preferred one first."""
        rows = self.figures(measure)
        wanted = np.ones(len(rows.year), dtype=bool)
        if units is not None:
            named = {self.unit(unit).id for unit in units}
            wanted &= np.array([unit in named for unit in rows.unit], dtype=bool)
        if start is not None:
            wanted &= rows.year >= start
        if end is not None:
            wanted &= rows.year <= end
        places = sorted(np.flatnonzero(wanted).tolist(), key=lambda i: (rows.unit[i], rows.year[i], -i))
        return tuple(_observation(rows, i, self.measure(measure).id) for i in places)

    def modelled(self, measure: str, unit: str, years: Iterable[int], source_rule: str = "preferred") -> bool:
        """Is any of the unit's figures of these years the source's model or its interpolation?"""
        wanted = set(years)
        first: dict[int, Observation] = {}
        for seen in self.observations(measure, [unit]):
            if seen.start in wanted and source_rule in {"preferred", seen.source}:
                first.setdefault(seen.start, seen)
        return any({"modelled", "interpolated-by-source"} & set(seen.flags) for seen in first.values())

    def panel(
        self,
        measure: str,
        source_rule: str = "preferred",
        stitch_rule: StitchRule = "as-it-was",
        tolerance: int = 0,
        *,
        scale: ScaleRule = "as-published",
        units: Sequence[str] | None = None,
        years: tuple[int, int] | None = None,
    ) -> Panel:
        """A measure's figures, periods by units.

        source_rule: ``preferred`` (the user's own figures, then sources in the order of the catalogue's list), the id of
        a source, ``first:ID``, ``without:ID,ID``, ``median`` or ``range``
        (:func:`evenhand.catalog.sourcing.combined`). stitch_rule:
        whose figures count in which years (:func:`evenhand.catalog.kin.lives`) and for a state that is gone
        (:mod:`evenhand.catalog.stitching`).
        scale: as published, in logs, per head or in all (by the population of the year, or the nearest within five).
        units: the columns; by default every state, colony and historical state, ordered by id, and of leaders and
        other units those that have figures. years: first and last period; by default from the first to the last
        figure, with the tolerance on both sides.
        """
        _check_rules(stitch_rule, scale, tolerance)
        id_ = self.measure(measure).id
        columns = tuple(self.unit(unit).id for unit in units) if units is not None else self._columns(id_)
        key = (id_, source_rule, stitch_rule, tolerance, scale, columns, years)
        if key not in self._panels:
            grid = self._grid(columns, years or self._years(id_, tolerance), stitch_rule, tolerance)
            self._panels[key] = _locked(self._scaled(self._laid_out(id_, source_rule, grid), id_, scale, grid))
        return self._panels[key]

    def _laid_out(self, measure: str, source_rule: str, grid: Grid) -> Panel:
        figures, scale = self._voiced(self._figures_on(measure, grid), source_rule), self.measure(measure).scale
        if grid.stitch not in {"as-it-was", "today"}:
            heads = self.figures(POPULATION) if self.has_measure(POPULATION) else None
            figures = stitched(figures, grid.stitch, self._units, scale=scale, heads=heads)
        # How a state is ruled is no sum over its land: such scores do not jump because of borders.
        changes = () if self.measure(measure).domain == "freedom" else self.tables.border_changes
        panel = replace(lay_out(figures, scale, grid), borders=border_jumps(figures, changes, scale) or None)
        spots = spots_of_heirs(self.blind_spots(measure), grid.stitch, self._units)
        return replace(panel, blind=blind_years(spots, measure, grid))

    def _voiced(self, figures: Figures, source_rule: str) -> Figures:
        """The figures of one source, or one for each cell out of all sources'."""
        if source_rule in COMBINED:
            return combined(figures, cast("Any", source_rule))
        if source_rule == "preferred":
            return figures
        if source_rule.startswith(WITHOUT):
            out = {self.source(id_.strip()).id for id_ in source_rule.removeprefix(WITHOUT).split(",")}
            return take(figures, np.array([word not in out for word in figures.source], dtype=bool))
        source = self.source(source_rule.removeprefix(FIRST)).id
        its = np.array([word == source for word in figures.source], dtype=bool)
        return take(figures, np.argsort(its, kind="stable") if source_rule.startswith(FIRST) else its)

    def source_rules(self, measure: str) -> tuple[str, ...]:
        """Whose word may count: where several sources speak of one cell, the preferred, each of the main ones, and their
        range; else the preferred alone.

        A source with figures of at least half of the units is tried alone; one with fewer could be set against nobody, so
        its estimates are tried where it gives some, beside the preferred of the others.
        """
        figures = self.figures(measure)
        several = voices(figures)[:MOST_SOURCES]
        units = len(set(figures.unit.tolist()))
        of = {id_: len(set(figures.unit[figures.source == id_].tolist())) for id_, _ in several}
        rules = (id_ if 2 * of[id_] >= units else f"{FIRST}{id_}" for id_, _ in several)
        return ("preferred", *rules, "range") if several else ("preferred",)

    def stitch_rules(self, measure: str, units: Iterable[str], years: tuple[int, int]) -> tuple[StitchRule, ...]:
        """Under which rules has any unit that is gone, and has heirs, a figure in these years? Its own figures first."""
        gone = tuple(u for u in dict.fromkeys(units) if heirs(self.unit(u), self._units))
        if not gone:
            return ("as-it-was",)
        rules: tuple[StitchRule, ...] = ("stand-in", "successors")
        tolerance = int(self.measure(measure).spacing) // 2 if self.measure(measure).spacing.isdigit() else 0
        panels = {
            rule: self.panel(measure, stitch_rule=rule, tolerance=tolerance, units=gone, years=years) for rule in rules
        }
        return ("as-it-was", *(rule for rule, panel in panels.items() if not np.isnan(panel.values).all()))

    def heirs(self, unit: str) -> tuple[str, ...]:
        """Those whose figures may stand for a state that is gone; the first has its capital."""
        return tuple(heir.id for heir in heirs(self.unit(unit), self._units))

    def _scaled(self, panel: Panel, measure: str, scale: ScaleRule, grid: Grid) -> Panel:
        if scale == "as-published":
            return panel
        if scale == "log":
            return in_logs(panel)
        heads = self._laid_out(POPULATION, "preferred", replace(grid, tolerance=POPULATION_TOLERANCE))
        return by_population(panel, heads, self.measure(measure), scale)

    def _grid(self, columns: Names, years: tuple[int, int], stitch: StitchRule, tolerance: int) -> Grid:
        periods = np.arange(years[0], years[1] + 1, dtype=np.int64)
        units = tuple(self._units[u] for u in columns)
        return Grid(units, periods, self._source_ids, self._spans, stitch, tolerance, self._borders)

    def _columns(self, measure: str) -> Names:
        covered = self.imported.coverage(measure)
        with_figures = {str(unit) for unit in self._at_hand(measure).unit} | (covered.units if covered else set())
        with_figures = {id_ for id_ in with_figures if self._units[id_].kind != "region"} or with_figures
        states = any(unit.kind in STATES for id_, unit in self._units.items() if id_ in with_figures)
        return tuple(
            id_ for id_, unit in self._units.items() if id_ in with_figures or (states and unit.kind in STATES)
        )

    def _years(self, measure: str, tolerance: int) -> tuple[int, int]:
        covered = self.imported.coverage(measure)
        years = [*self._at_hand(measure).year.tolist(), *((covered.first, covered.last) if covered else ())]
        return (min(years) - tolerance, max(years) + tolerance) if years else (0, -1)

    @cached_property
    def _source_ids(self) -> Names:
        return tuple(source.id for source in self.tables.sources)

    @cached_property
    def _spans(self) -> dict[str, list[tuple[int, int]]]:
        return {
            unit: [(event.start, event.end) for event in events if event.mass_death]
            for unit, events in self._touching.items()
        }

    @cached_property
    def _borders(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for change in self.tables.border_changes:
            found.setdefault(change.unit, []).append((change.year, change.year))
        return found

    def groups_of(self, panel: Panel, window: Span | None = None, *, exposed_to: str | None = None) -> Groups:
        """What is known of a panel's units beside their figures.

        member: core members over the window (see :meth:`membership`), or of any time. exposed: by years, the core
        members of the group ``exposed_to``, or the places of the event of that name; nobody by default.
        """
        masks = [self.membership(group.id, panel, window).core for group in self.tables.groups]
        return Groups(
            member=np.array(masks, dtype=bool).reshape(len(masks), len(panel.units)),
            names=tuple(group.id for group in self.tables.groups),
            kin=kin_matrix(self._kin, panel.units),
            exposed=self._exposed(exposed_to, panel.units, panel.periods),
            region=tuple(self.unit(unit).region for unit in panel.units),
        )

    def membership(self, group: str, panel: Panel | Sequence[str], window: Span | None = None) -> Members:
        """Who of the panel's units belongs to a group over a window: core, disputed, and why.

        A core member's core spells cover at least half of the window's years; a disputed one needs disputed spells too.
        """
        units = panel.units if isinstance(panel, Panel) else tuple(panel)
        return members(self.memberships(self.group(group).id), units, None if window is None else _years(window))

    def _exposed(self, to: str | None, units: Names, periods: Ints) -> Bools:
        if to is None:
            return np.zeros((len(periods), len(units)), dtype=bool)
        if self.names.group(to) is not None:
            return exposed_years(self.memberships(self.group(to).id), units, periods)
        event = self.event(to)
        there = np.array([unit in event.place for unit in units], dtype=bool)
        table: Bools = ((periods >= event.start) & (periods <= event.end))[:, None] & there
        return table

    def stands(self, panel: Panel, window: Span, rule: StitchRule = "as-it-was") -> Bools:
        """[N] who of kin stands for the territory in ranks? At most one of any two kin; first who has both ends' figures."""
        _check_rules(rule, "as-published", 0)
        years = _years(window)
        units = [self.unit(unit) for unit in panel.units]
        has = at_both_ends(panel.values, panel.periods, years)
        last = by_figures(panel.values).tolist()
        return stands(units, kin_matrix(self._kin, panel.units), has, years, rule, last)

    def sovereign(self, unit: str, start: int, end: int) -> bool | None:
        """Did it govern itself in every year? None where that is disputed, or where it is no state of those years."""
        found = self.unit(unit)
        if found.kind not in STATES or not self.has_group(FOREIGN_RULE) or not found.lived(start, end):
            return None
        spells = [spell for spell in self.memberships(FOREIGN_RULE) if spell.unit == found.id]
        years = np.arange(start, end + 1)
        if years_in([spell for spell in spells if spell.status == "core"], years).any():
            return False
        return None if years_in(spells, years).any() else True

    def events_between(self, units: Iterable[str], start: int, end: int) -> tuple[Event, ...]:
        """The events of these years in the units, or for which they or their leaders are held responsible."""
        named = {self.unit(unit).id for unit in units}
        led = {unit.id for unit in self._units.values() if unit.kind == "leader" and named & set(unit.part_of)}
        found = [
            event
            for event in self.tables.events
            if event.start <= end
            and event.end >= start
            and (named & set(event.place) or (named | led) & set(event.responsible))
        ]
        return tuple(sorted(found, key=lambda event: (event.start, event.id)))


def _years(window: Span) -> tuple[int, int]:
    return (window.start, window.end) if isinstance(window, Window) else window


def _check_rules(stitch: str, scale: str, tolerance: int) -> None:
    for what, given, allowed in (("stitching", stitch, STITCH_RULES), ("scale", scale, SCALE_RULES)):
        if given not in allowed:
            raise BadInputError(f"no rule of {what} is called ‘{given}’", hint=f"one of {', '.join(allowed)}")
    if tolerance < 0:
        raise BadInputError("a tolerance cannot be below zero")


def _locked(panel: Panel) -> Panel:
    """Panels are handed out many times over, so nobody may write into one."""
    for array in (
        panel.values,
        panel.low,
        panel.high,
        panel.periods,
        panel.reason_codes,
        panel.year_used,
        panel.source_id,
    ):
        array.setflags(write=False)
    return panel


def _observation(rows: Figures, i: int, measure: str) -> Observation:
    low, high = (None if np.isnan(bound) else float(bound) for bound in (rows.low[i], rows.high[i]))
    year, flags = int(rows.year[i]), listed(rows.flags[i])
    return Observation(
        str(rows.unit[i]), year, year, measure, float(rows.value[i]), low, high, str(rows.source[i]), flags
    )
