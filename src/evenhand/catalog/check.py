"""Is the catalogue consistent? Every problem of every table, in the order of the tables."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.entries import (
    BETTER,
    SCALES,
    STATUSES,
    UNIT_KINDS,
    Measure,
    Membership,
    Regime,
    Tenure,
    Unit,
    moment,
)
from evenhand.catalog.names import fold, life_of
from evenhand.catalog.reference import EVENT
from evenhand.catalog.tables import COLUMNS, Figures, listed
from evenhand.model import Problem

OPTIONAL = {"observations", "states", "names", "codes", "border_changes", "nested_events", "tenures", "regimes"}
OPTIONAL |= {"classes", "class_members"}
"""Tables that a folder may lack."""
AROUND = 2
"""Years before and after an event that belong to the grid of every unit it touched."""
TOLD = 5
"""Of many rows with the same fault, so many are told one by one."""


def check(catalog: Catalog) -> list[Problem]:
    """What is wrong with the reference tables beneath a catalogue; nothing, if they are consistent."""
    bare = Catalog(catalog.reference, catalog.reference.tables())
    checks: tuple[Callable[[Catalog], Iterator[Problem]], ...] = (
        _tables, _ids, _words, _units, _kin, _names, _memberships, _measures, _sources, _events, _tenures,
        _borders, _blind_spots, _figures,
    )  # fmt: skip
    return [problem for one in checks for problem in one(bare)]


def _tables(catalog: Catalog) -> Iterator[Problem]:
    reference = catalog.reference
    for table in COLUMNS:
        if table not in OPTIONAL and not reference.path(table).exists():
            yield Problem(f"{table}.csv", "there is no such table")
    for measure in catalog.measures():
        if not reference.figures_path(measure.id).exists():
            yield Problem("measures.csv", f"{measure.id} has no figures", f"expected observations/{measure.id}.csv")
    folder = reference.folder / "observations"
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        if not catalog.has_measure(path.stem):
            yield Problem(f"observations/{path.name}", "these are figures of no measure")


def _ids(catalog: Catalog) -> Iterator[Problem]:
    tables = catalog.tables
    for name in ("units", "groups", "measures", "sources"):
        ids = [entry.id for entry in getattr(tables, name)]
        for id_, times in Counter(ids).items():
            if times > 1 or not id_:
                yield Problem(f"{name}.csv", f"the id ‘{id_}’ stands {times} times" if id_ else "a row without an id")


def _words(catalog: Catalog) -> Iterator[Problem]:
    tables = catalog.tables
    given = (
        *(("units.csv", unit.id, "kind", unit.kind, UNIT_KINDS) for unit in tables.units),
        *(("memberships.csv", spell.unit, "status", spell.status, STATUSES) for spell in tables.memberships),
        *(("measures.csv", measure.id, "better", measure.better, BETTER) for measure in tables.measures),
        *(("measures.csv", measure.id, "scale", measure.scale, SCALES) for measure in tables.measures),
    )
    for file, id_, column, word, allowed in given:
        if word not in allowed:
            yield Problem(f"{file}: {id_}", f"{column} cannot be ‘{word}’", f"one of {', '.join(allowed)}")


def _units(catalog: Catalog) -> Iterator[Problem]:
    known = {unit.id for unit in catalog.units()}
    for unit in catalog.units():
        where = f"units.csv: {unit.id}"
        if not unit.name:
            yield Problem(where, "no name")
        if unit.start is not None and unit.end is not None and unit.start > unit.end:
            yield Problem(where, f"ends in {unit.end}, before it starts in {unit.start}")
        if unit.kind != "other" and unit.start is None:
            yield Problem(where, "no first year")
        for other in (*unit.predecessors, *unit.successors, *unit.part_of):
            if other not in known or other == unit.id:
                yield Problem(where, f"‘{other}’ is no other unit")


def _kin(catalog: Catalog) -> Iterator[Problem]:
    by_id = {unit.id: unit for unit in catalog.units()}
    for unit in catalog.units():
        for here, there in (("predecessors", "successors"), ("successors", "predecessors")):
            for other in getattr(unit, here):
                if other in by_id and unit.id not in getattr(by_id[other], there):
                    yield Problem(f"units.csv: {unit.id}", f"{other} is among its {here}, but not the other way round")
        for whole in unit.part_of:
            if whole in by_id and not _lived_together(unit, by_id[whole]):
                yield Problem(f"units.csv: {unit.id}", f"never lived together with {life_of(by_id[whole])}")


def _lived_together(unit: Unit, other: Unit) -> bool:
    start = -10_000 if unit.start is None else unit.start
    return other.lived(start, 10_000 if unit.end is None else unit.end)


def _names(catalog: Catalog) -> Iterator[Problem]:
    for kind in ("measure", "group", "event"):
        for name, ids in catalog.names.shared(kind).items():
            yield Problem(f"{kind}s.csv", f"‘{name}’ is the name of {', '.join(ids)}")
    declared = {(named.unit, fold(named.name)) for named in catalog.tables.names}
    for name, ids in catalog.names.shared("unit").items():
        units = [catalog.unit(id_) for id_ in ids if (id_, name) not in declared and catalog.unit(id_).kind != "leader"]
        if any(_lived_together(a, b) for i, a in enumerate(units) for b in units[i + 1 :]):
            yield Problem("units.csv", f"‘{name}’ is at one time the name of {', '.join(ids)}")


def _memberships(catalog: Catalog) -> Iterator[Problem]:
    units = {unit.id: unit for unit in catalog.units()}
    for group in catalog.groups():
        if not group.name or not group.definition:
            yield Problem(f"groups.csv: {group.id}", "needs a name and a definition")
        if not catalog.memberships(group.id):
            yield Problem(f"groups.csv: {group.id}", "has no members")
    for spell in catalog.memberships():
        where = f"memberships.csv: {spell.unit} in {spell.group}"
        if not catalog.has_group(spell.group):
            yield Problem(where, f"‘{spell.group}’ is no group")
        if spell.unit not in units:
            yield Problem(where, f"‘{spell.unit}’ is no unit")
            continue
        yield from _spell(spell, units[spell.unit], where)


def _spell(spell: Membership, unit: Unit, where: str) -> Iterator[Problem]:
    if not spell.because or not spell.source:
        yield Problem(where, "needs a reason and a source")
    if spell.start is not None and spell.end is not None and spell.start > spell.end:
        yield Problem(where, f"ends in {spell.end}, before it starts in {spell.start}")
    early = unit.start is not None and spell.start is not None and spell.start < unit.start
    late = unit.end is not None and spell.end is not None and spell.end > unit.end
    if early or late:
        yield Problem(where, f"the spell {spell.start} to {spell.end} is not within the life of {life_of(unit)}")


def _measures(catalog: Catalog) -> Iterator[Problem]:
    for measure in catalog.measures():
        for column in ("name", "concept", "domain", "definition", "unit", "because"):
            if not getattr(measure, column):
                yield Problem(f"measures.csv: {measure.id}", f"no {column}")
        low, high = measure.minimum, measure.maximum
        if low is not None and high is not None and low >= high:
            yield Problem(f"measures.csv: {measure.id}", f"minimum {low:g} is not below maximum {high:g}")


def _sources(catalog: Catalog) -> Iterator[Problem]:
    used = _used_sources(catalog)
    known = {source.id for source in catalog.sources()}
    for source in catalog.sources():
        if not source.citation:
            yield Problem(f"sources: {source.id}", "no citation")
        if source.id not in used:
            yield Problem(f"sources: {source.id}", "nothing rests on it")
    for id_, where in used.items():
        if id_ and id_ not in known:
            yield Problem(where, f"‘{id_}’ is no source")


def _used_sources(catalog: Catalog) -> dict[str, str]:
    """Every source id that is used, with a place where it is."""
    used: dict[str, str] = {}
    for measure in catalog.measures():
        for id_ in np.unique(catalog.figures(measure.id).source.astype(str)).tolist():
            used.setdefault(id_, f"observations/{measure.id}.csv")
    for event in catalog.events():
        for estimate in event.estimates:
            used.setdefault(estimate.source, f"events.csv: {event.id}")
    tables = catalog.tables
    used |= {code.source: f"codes.csv: {code.unit}" for code in tables.codes if code.source not in used}
    used |= {one.source: f"border_changes.csv: {one.unit}" for one in tables.border_changes if one.source not in used}
    used |= {one.source: f"tenures.csv: {one.person}" for one in tables.tenures if one.source not in used}
    used |= {one.source: f"regimes.csv: {one.name}" for one in tables.regimes if one.source not in used}
    named = [(one.name, one.source) for one in tables.classes] + [
        (one.name, one.source) for one in tables.class_members
    ]
    for name, source in named:
        used |= {id_: f"class_members.csv: {name}" for id_ in listed(source) if id_ not in used}
    for group in catalog.groups():
        used |= {id_: f"groups.csv: {group.id}" for id_ in listed(group.source) if id_ not in used}
    for spell in catalog.memberships():
        used |= {
            id_: f"memberships.csv: {spell.unit} in {spell.group}" for id_ in listed(spell.source) if id_ not in used
        }
    return used


def _events(catalog: Catalog) -> Iterator[Problem]:
    known = {unit.id for unit in catalog.units()}
    first = {event.id: event for event in catalog.events()}
    for row in catalog.tables.event_rows:
        where = f"events.csv: {row['id']}"
        differing = [column for column in EVENT if row[column] != getattr(first[row["id"]], column)]
        if differing:
            yield Problem(where, f"its rows differ in {', '.join(differing)}")
        for column in ("name", "kind", "place", "counted", "author", "source", "evidence", "attribution"):
            if not row[column]:
                yield Problem(where, f"no {column}", f"author {row['author']}")
        numbers = [row[column] for column in ("low", "central", "high") if row[column] is not None]
        if not numbers or numbers != sorted(numbers) or numbers[0] < 0:
            yield Problem(where, f"low, central and high are not in order: {numbers}", f"author {row['author']}")
    for event in catalog.events():
        if event.start is None or event.end is None or event.start > event.end:
            yield Problem(f"events.csv: {event.id}", f"cannot run from {event.start} to {event.end}")
        for unit in (*event.place, *event.responsible):
            if unit not in known:
                yield Problem(f"events.csv: {event.id}", f"‘{unit}’ is no unit")


def _tenures(catalog: Catalog) -> Iterator[Problem]:
    known = {unit.id: unit for unit in catalog.units()}
    spells: list[Tenure | Regime] = [*catalog.tenures(), *catalog.regimes()]
    for one in spells:
        where = f"{'tenures' if isinstance(one, Tenure) else 'regimes'}.csv: {one.unit} {one.start}"
        if one.unit not in known:
            yield Problem(where, f"‘{one.unit}’ is no unit")
        if isinstance(one, Tenure) and one.leader and one.leader not in known:
            yield Problem(where, f"‘{one.leader}’ is no unit")
        try:
            if one.end and moment(one.end) < moment(one.start):
                yield Problem(where, f"ends on {one.end}, before it starts")
        except ValueError:
            yield Problem(where, f"‘{one.start}’ or ‘{one.end}’ is no date", "write 1953, 1953-03 or 1953-03-05")


def _borders(catalog: Catalog) -> Iterator[Problem]:
    known = {unit.id for unit in catalog.units()}
    events = {event.id for event in catalog.events()}
    for nested in catalog.tables.nested_events:
        for id_ in {nested.event, nested.part_of} - events:
            yield Problem(f"nested_events.csv: {nested.event}", f"‘{id_}’ is no event")
    for change in catalog.tables.border_changes:
        if change.unit not in known:
            yield Problem(f"border_changes.csv: {change.unit}", f"‘{change.unit}’ is no unit")


def _blind_spots(catalog: Catalog) -> Iterator[Problem]:
    known = {unit.id for unit in catalog.units()} | {"*"}
    kinds = {event.kind for event in catalog.events()}
    for spot in catalog.blind_spots():
        where = f"blind_spots.csv: {spot.measure}"
        if not catalog.has_measure(spot.measure):
            yield Problem(where, f"‘{spot.measure}’ is no measure")
        for unit in spot.units or ("",):
            if unit not in known:
                yield Problem(where, f"‘{unit}’ is no unit")
        if spot.start > spot.end or not spot.evidence:
            yield Problem(where, "needs years in order and evidence")
        if kinds and spot.event_kind not in kinds:
            yield Problem(where, f"no event is of the kind ‘{spot.event_kind}’")


def _figures(catalog: Catalog) -> Iterator[Problem]:
    for measure in catalog.measures():
        rows = catalog.reference.figures(measure.id)
        where = f"observations/{measure.id}.csv"
        for fault, bad in _faults(catalog, measure, rows):
            places = np.flatnonzero(bad).tolist()
            told = ", ".join(f"{rows.unit[i]} {rows.year[i]} ({rows.value[i]:g})" for i in places[:TOLD])
            if places:
                more = f" and {len(places) - TOLD} more" if len(places) > TOLD else ""
                yield Problem(where, f"{fault}: {told}{more}")


def _faults(
    catalog: Catalog, measure: Measure, rows: Figures
) -> Iterable[tuple[str, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]]:
    units = {unit.id: unit for unit in catalog.units()}
    keys = list(zip(rows.unit, rows.year.tolist(), rows.source, strict=True))
    times = Counter(keys)
    yield "no such unit", np.array([unit not in units for unit in rows.unit], dtype=bool)
    yield "twice", np.array([times[key] > 1 for key in keys], dtype=bool)
    yield "no source", np.array([not source for source in rows.source], dtype=bool)
    yield "low is above the value", rows.low > rows.value
    yield "high is below the value", rows.high < rows.value
    yield "below the measure's minimum", rows.value < (-np.inf if measure.minimum is None else measure.minimum)
    yield "above the measure's maximum", rows.value > (np.inf if measure.maximum is None else measure.maximum)
    yield (
        "outside the unit's life",
        np.array([unit in units and not units[unit].lived(year, year) for unit, year, _ in keys], dtype=bool),
    )
    years = {unit: _around_events(catalog, unit) for unit in set(rows.unit.tolist()) if unit in units}
    yield (
        "not a year of the rule",
        np.array([year % 5 != 0 and year not in years.get(unit, {year}) for unit, year, _ in keys], dtype=bool),
    )


def _around_events(catalog: Catalog, unit: str) -> set[int]:
    """The years from two before to two after each event that touched the unit."""
    touching = (event for event in catalog.events_around(unit))
    return {year for event in touching for year in range(event.start - AROUND, event.end + AROUND + 1)}
