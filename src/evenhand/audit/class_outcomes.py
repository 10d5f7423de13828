"""How a group's members came out by our own figures: what a measure did over the years, or which events are catalogued."""

from collections.abc import Iterator

import numpy as np

from evenhand.audit.classes import Class, Entry, when
from evenhand.audit.opening import default_tolerance
from evenhand.audit.wording import mid_sentence, number
from evenhand.case import ClassRef
from evenhand.catalog import Catalog, Members
from evenhand.model import BadInputError

EVENT_SELECTION = (
    "Counted are the events that our catalogue holds. It was compiled from published lists and is not complete: that it has none "
    "for a member does not show that there was none."
)
CHANGE_ALONE = "Whether a figure rose or fell is all that is counted here, not by how much, nor against whom."


def by_own_figures(given: ClassRef, catalog: Catalog) -> Class | None:
    """The class with outcomes from the catalogue, where the claim names a measure, or a kind of event that it holds."""
    kind = given.event.strip().casefold().replace(" ", "-")
    kinds = {event.kind for event in catalog.events()}
    if given.measure is None and kind not in kinds:
        return None
    if given.start is None or given.end is None:
        raise BadInputError("the class names no years", hint="add from: and to: to count what happened in them")
    group = catalog.group(given.group)
    units = tuple(dict.fromkeys(spell.unit for spell in catalog.memberships(group.id)))
    if given.measure is not None:
        found = catalog.membership(group.id, units, (given.start, given.end))
        members, sources = _moved(given, catalog, units, found)
        name, verb = mid_sentence(catalog.measure(given.measure).name), given.moved or "rose"
        success, mind = f"{name} {verb} from {given.start} to {given.end}", CHANGE_ALONE
    else:
        members, sources = tuple(_struck(given, kind, catalog, units)), ()
        success, mind = f"a {kind.replace('-', ' ')} on its land between {given.start} and {given.end}", EVENT_SELECTION
    members = _without_stand_ins(members, catalog)
    half = "for at least half of" if given.measure is not None else "in any of"
    told = (mind, f"Members are those that belonged {half} the years from {given.start} to {given.end}.")
    listed = tuple(s for s in (group.source or "").split(";") if s)
    return Class(
        group.id, group.name, success, group.definition, told, None, members, (*listed, *sources), in_years=True
    )


def _entry(
    unit: str, given: ClassRef, catalog: Catalog, belongs: tuple[str, str], came: tuple[bool | None, str, str]
) -> Entry:
    """belongs: status and why. came: the outcome, what shows it, and who says so."""
    name, (status, why), (outcome, told, source) = catalog.unit(unit).name, belongs, came
    return Entry(
        name, name, str(given.start), str(given.end), when(str(given.start)), None, False, outcome, status,
        "; ".join(filter(None, [told, why])), source, (unit,),
    )  # fmt: skip


def _moved(
    given: ClassRef, catalog: Catalog, units: tuple[str, ...], found: Members
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    measure = catalog.measure(given.measure or "")
    start, end = given.start or 0, given.end or 0
    panel = catalog.panel(measure.id, tolerance=default_tolerance(measure), units=units, years=(start, end))
    names = [source.id for source in catalog.sources()]
    out: list[Entry] = []
    used: dict[str, None] = {}
    because = dict(found.because)
    for at in np.flatnonzero(found.core | found.disputed).tolist():
        belongs = ("core" if found.core[at] else "disputed", because.get(units[at], ""))
        first, last = float(panel.values[0, at]), float(panel.values[-1, at])
        blind = panel.blind is not None and bool(panel.blind[[0, -1], at].any())
        if blind or np.isnan(first) or np.isnan(last):
            told = "its figures cannot see an event of those years" if blind else "no figures for both years"
            out.append(_entry(units[at], given, catalog, belongs, (None, told, "")))
            continue
        came = last > first if (given.moved or "rose") == "rose" else last < first
        years = panel.year_used[[0, -1], at].tolist()
        source = names[int(panel.source_id[-1, at])] if panel.source_id[-1, at] >= 0 else ""
        used |= {source: None} if source else {}
        told = f"{number(first)} in {years[0]}, {number(last)} in {years[1]}"
        out.append(_entry(units[at], given, catalog, belongs, (came, told, source)))
    return tuple(out), tuple(used)


def _struck(given: ClassRef, kind: str, catalog: Catalog, units: tuple[str, ...]) -> Iterator[Entry]:
    """Members on whose land an event of the kind is catalogued, in years in which they belonged to the group."""
    first, last = given.start or 0, given.end or 0
    for unit in units:
        spells = [(max(first, s.start or first), min(last, s.end or last), s) for s in catalog.memberships(given.group)
                  if s.unit == unit]  # fmt: skip
        spells = [(start, end, s) for start, end, s in spells if start <= end]
        if not spells:
            continue
        there = [event for event in catalog.events_in(unit) if event.kind == kind
                 and any(event.start <= end and event.end >= start for start, end, _ in spells)]  # fmt: skip
        told = ", ".join(f"{event.name} ({event.start} to {event.end})" for event in there) or "none in our catalogue"
        source = ";".join(dict.fromkeys(e.source for event in there for e in event.estimates))
        status = "core" if any(s.status == "core" for _, _, s in spells) else "disputed"
        why = "; ".join(dict.fromkeys(s.because for _, _, s in spells if s.because))
        yield _entry(unit, given, catalog, (status, why), (bool(there), told, source))


def _without_stand_ins(members: tuple[Entry, ...], catalog: Catalog) -> tuple[Entry, ...]:
    """Of kin that belonged at one time only one counts: the core one, else the one whose outcome is known, else the first."""
    order = sorted(members, key=lambda m: (m.status != "core", m.outcome is None))
    kept: list[Entry] = []
    for one in order:
        if not any(one.units[0] in catalog.kin(other.units[0]) for other in kept):
            kept.append(one)
    return tuple(m for m in members if m in kept)
