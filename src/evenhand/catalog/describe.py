"""Everything that is known of one thing, as plain data that can be printed or written as JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.classes import CountedClass
from evenhand.catalog.entries import Event, Membership, Observation
from evenhand.catalog.heads import people_of
from evenhand.catalog.names import KINDS
from evenhand.catalog.tables import listed
from evenhand.catalog.tenures import reigns
from evenhand.model import BadInputError

Told = dict[str, Any]


def listing(catalog: Catalog, kind: str) -> list[Told]:
    """One row for each measure, unit, event, group or source."""
    if kind == "measure":
        return [_measure_row(catalog, measure.id) for measure in catalog.measures()]
    if kind == "unit":
        return [asdict(unit) for unit in catalog.units()]
    if kind == "event":
        return [{**_event_row(event), "estimates": len(event.estimates)} for event in catalog.events()]
    if kind == "group":
        return [_group_row(catalog, group.id) for group in catalog.groups()]
    if kind == "class":
        return [_class_row(catalog, one) for one in catalog.tables.classes]
    return [asdict(source) for source in catalog.sources()]


def _class_row(catalog: Catalog, one: CountedClass) -> Told:
    own = [member for member in catalog.tables.class_members if member.klass == one.id]
    if one.id == "long-reigns":
        return {**asdict(one), "members": len(reigns(catalog.tenures())), "disputed": 0}
    return {**asdict(one), "members": len(own), "disputed": sum(member.status == "disputed" for member in own)}


def found_as(catalog: Catalog, name: str) -> list[tuple[str, str]]:
    """(kind, id) of everything of that name; an error with the closest names where there is nothing."""
    look_up: Mapping[str, Callable[[str], str | None]] = {
        "measure": catalog.names.measure, "unit": catalog.names.unit, "event": catalog.names.event,
        "group": catalog.names.group, "source": catalog.names.source,
    }  # fmt: skip
    found = [(kind, id_) for kind, find in look_up.items() if (id_ := find(name)) is not None]
    if found:
        return found
    if catalog.names.units_named(name):
        catalog.names.find("unit", name)
    close = [word for kind in KINDS if kind != "standard" for word in catalog.names.closest(name, 2, kind=kind)]
    hint = f"closest: {', '.join(close[:5])}" if close else "`evenhand data list` shows what there is"
    raise BadInputError(f"nothing in the catalogue is called ‘{name}’", hint=hint)


def described(catalog: Catalog, kind: str, id_: str) -> Told:
    """All that is known of one entry, with the sources that it rests on in full."""
    tell = {"measure": measure, "unit": unit, "event": event, "group": group, "source": source}[kind]
    return {"entry": kind, **tell(catalog, id_)}


def measure(catalog: Catalog, id_: str) -> Told:
    """A measure: its definition, what it cannot see, and its figures by unit."""
    figures = catalog.observations(id_)
    told = asdict(catalog.measure(id_))
    others = catalog.measures_of_concept(catalog.measure(id_).concept)
    told["same_concept"] = [other.id for other in others if other.id != id_]
    told["blind_spots"] = [asdict(spot) for spot in catalog.blind_spots(id_)]
    told["figures"] = [
        {"unit": name, "name": catalog.unit(name).name, "figures": rows}
        for name, rows in _by(figures, lambda seen: seen.unit).items()
        if catalog.names.unit(name) == name
    ]
    told["sources"] = _sources(catalog, (seen.source for seen in figures))
    return told


def unit(catalog: Catalog, id_: str) -> Told:
    """A unit: names, kin, groups, events, and its figures by measure."""
    told = asdict(catalog.unit(id_))
    told["codes"] = dict(told["codes"])
    for relation in ("predecessors", "successors", "part_of"):
        told[relation] = _named(catalog, told[relation])
    parts = [u for u in catalog.units() if id_ in u.part_of]
    told["parts"] = _named(catalog, [u.id for u in parts if u.kind != "leader"])
    told["leaders"] = _named(catalog, [u.id for u in sorted(parts, key=lambda u: u.start or 0) if u.kind == "leader"])
    tables = catalog.tables
    told["dated_names"] = [asdict(one) for one in tables.names if one.unit == id_]
    told["dated_codes"] = [asdict(one) for one in tables.codes if one.unit == id_]
    told["border_changes"] = [asdict(one) for one in catalog.border_changes(id_)]
    told["heirs"] = _named(catalog, catalog.heirs(id_))
    told["tenures"] = [asdict(one) for one in tables.tenures if id_ in {one.unit, one.leader}]
    told["regimes"] = [asdict(one) for one in sorted(catalog.regimes(id_), key=lambda one: one.start)]
    told["name_also_of"] = list(catalog.names.also_called(told["name"], id_))
    spells = [spell for spell in catalog.memberships() if spell.unit == id_]
    told["groups"] = [_spell(catalog, spell) for spell in spells]
    told["events"] = [_event_row(event) for event in catalog.events_in(id_)]
    told["held_responsible_for"] = [_event_row(event) for event in catalog.events() if id_ in event.responsible]
    told["figures"] = []
    used = [source for spell in spells for source in listed(spell.source)]
    for known in catalog.measures():
        seen = catalog.observations(known.id, [id_])
        if seen:
            row = {"measure": known.id, "name": known.name, "unit_of_measure": known.unit}
            told["figures"].append({**row, "figures": [_figure(one) for one in seen]})
            used += [one.source for one in seen]
    used += [one["source"] for key in ("dated_codes", "border_changes", "tenures", "regimes") for one in told[key]]
    told["sources"] = _sources(catalog, used)
    return told


def event(catalog: Catalog, id_: str) -> Told:
    """An event: every estimate with author, what it counts and evidence; attributions as their authors make them."""
    known = catalog.event(id_)
    told = _event_row(known)
    told["place"] = _named(catalog, known.place)
    told["responsible"] = _named(catalog, known.responsible)
    told["attributions"] = [catalog.in_words(words) for words in known.attributions]
    people = people_of(catalog, known)
    told["people"] = people.sentence if people else ""
    told["estimates"] = [
        {**asdict(estimate), "per_head": people.per_thousand(estimate) if people else ""}
        for estimate in known.estimates
    ]
    told["sources"] = _sources(catalog, (estimate.source for estimate in known.estimates))
    return told


def group(catalog: Catalog, id_: str) -> Told:
    """A group: its definition and every spell, with who disputes nothing and why else."""
    spells = catalog.memberships(id_)
    used = [*listed(catalog.group(id_).source), *(source for spell in spells for source in listed(spell.source))]
    members = [{**_spell(catalog, spell), "name": catalog.unit(spell.unit).name} for spell in spells]
    return {**asdict(catalog.group(id_)), "members": members, "sources": _sources(catalog, used)}


def source(catalog: Catalog, id_: str) -> Told:
    """A source in full, and what rests on it."""
    measures = [known.id for known in catalog.measures() if id_ in set(catalog.figures(known.id).source)]
    events = [known.id for known in catalog.events() if any(e.source == id_ for e in known.estimates)]
    return {**asdict(catalog.source(id_)), "measures": measures, "events": events}


def _event_row(known: Event) -> Told:
    row = {name: value for name, value in asdict(known).items() if name != "estimates"}
    row["authors"] = [f"{estimate.author} ({estimate.year or 'not dated'})" for estimate in known.estimates]
    return row


def _measure_row(catalog: Catalog, id_: str) -> Told:
    known, figures = catalog.measure(id_), catalog.figures(id_)
    some = len(figures.year) > 0
    return {
        "id": id_,
        "name": known.name,
        "concept": known.concept,
        "domain": known.domain,
        "unit": known.unit,
        "better": known.better,
        "caveats": known.caveats,
        "from": int(figures.year.min()) if some else None,
        "to": int(figures.year.max()) if some else None,
        "units": len(set(figures.unit)),
        "figures": len(figures.year),
        "sources": list(dict.fromkeys(figures.source.tolist())),
    }


def _group_row(catalog: Catalog, id_: str) -> Told:
    status = {spell.unit: spell.status for spell in catalog.memberships(id_)}
    status |= {spell.unit: "core" for spell in catalog.memberships(id_) if spell.status == "core"}
    known = asdict(catalog.group(id_))
    return {**known, "core": list(status.values()).count("core"), "disputed": list(status.values()).count("disputed")}


def _spell(catalog: Catalog, spell: Membership) -> Told:
    name = catalog.group(spell.group).name if catalog.has_group(spell.group) else spell.group
    return {**asdict(spell), "group_name": name}


def _named(catalog: Catalog, ids: Iterable[str]) -> list[Told]:
    return [{"id": id_, "name": catalog.unit(id_).name} for id_ in ids]


def _figure(seen: Observation) -> Told:
    kept = {"year": seen.start, "value": seen.value, "low": seen.low, "high": seen.high, "source": seen.source}
    return {**kept, "flags": list(seen.flags)}


def _by(figures: Iterable[Observation], key: Callable[[Observation], str]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for seen in figures:
        found.setdefault(key(seen), []).append(_figure(seen))
    return found


def _sources(catalog: Catalog, ids: Iterable[str]) -> list[Told]:
    return [asdict(catalog.source(id_)) for id_ in dict.fromkeys(ids) if catalog.names.source(id_) is not None]
