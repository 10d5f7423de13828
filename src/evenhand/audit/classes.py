"""The classes that "how often" and "how long" are counted in: lists of the catalogue, groups, leaders, the casefile's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evenhand.case import Case, CaseClass
from evenhand.catalog import Catalog, Membership, reigns
from evenhand.catalog.entries import moment

REIGNS = "long-reigns"
ADJACENT = 1.01
WHOLE_YEAR = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One member. began, ended: moments in years; ended is when it was last seen where it goes on, None where nobody says."""

    name: str
    where: str
    start: str
    end: str
    began: float
    ended: float | None
    goes_on: bool
    outcome: bool | None
    status: str
    because: str
    source: str
    units: tuple[str, ...] = ()

    @property
    def years(self) -> float | None:
        """How long it lasted, or has so far."""
        return None if self.ended is None else max(0.0, self.ended - self.began)


@dataclass(frozen=True, slots=True)
class Class:
    """A class with all members. joins: spells of one territory that touch are one spell (as in groups of states).

    in_years: what happened to the members in the years that the claim names is counted, whenever they began.
    """

    id: str
    name: str
    success: str
    definition: str
    mind: tuple[str, ...]
    opens: int | None
    members: tuple[Entry, ...]
    sources: tuple[str, ...]
    joins: bool = False
    has_outcomes: bool = True
    in_years: bool = False


def class_of(id_: str, case: Case, catalog: Catalog) -> Class:
    """The class of that id: the casefile's own first, then a list of the catalogue, then a group."""
    own = next((one for one in case.classes if one.id == id_), None)
    if own is not None:
        return _of_case(own)
    listed = next((one for one in catalog.tables.classes if one.id == id_), None)
    if listed is None:
        return _of_group(id_, catalog)
    members = _leaders(catalog) if id_ == REIGNS else tuple(
        Entry(m.name, catalog.unit(m.unit).name, m.start, m.end, when(m.start), when(m.end) if m.end else None, m.goes_on,
              {"yes": True, "no": False}.get(m.outcome), m.status, m.because, m.source, (m.unit,))
        for m in catalog.tables.class_members if m.klass == id_
    )  # fmt: skip
    return Class(
        listed.id, listed.name, listed.succeeded, listed.definition, (listed.mind,) if listed.mind else (), listed.opens,
        members, tuple(s for s in (listed.source or "").split(";") if s), has_outcomes=bool(listed.succeeded),
    )  # fmt: skip


def _leaders(catalog: Catalog) -> tuple[Entry, ...]:
    """Every tenure of ten years or more. An end against the rules is an outcome of yes; an unknown one is undecided."""
    out = []
    for reign in reigns(catalog.tenures()):
        tenure = reign.tenure
        known = tenure.end and tenure.exit not in {"", "Unknown"}
        end = tenure.end or f"{reign.end}-12-31"
        out.append(Entry(
            tenure.person, catalog.unit(reign.state).name, tenure.start, end, when(tenure.start), when(end), not tenure.end,
            tenure.exit == "Irregular" if known else None, "core", f"end: {tenure.exit.lower()}" if tenure.exit else "",
            tenure.source, (reign.state,),
        ))  # fmt: skip
    return tuple(out)


def when(date: str) -> float:
    """A date in years; of one before our era only the year counts."""
    return float(date.split("-")[1]) * -1 + 0.5 if date.startswith("-") else moment(date)


def _of_case(own: CaseClass) -> Class:
    closes = str(own.closes) if own.closes is not None else ""
    members = []
    for one in own.members:
        end = one.end or (closes if one.goes_on else "")
        members.append(Entry(one.name, "", one.start, end, when(one.start), when(end) if end else None, one.goes_on,
                             one.succeeded, one.status, one.because, one.source))  # fmt: skip
    known = any(m.outcome is not None for m in members)
    told = ("As the casefile lists it; nobody but its author says that the list is whole.",)
    sources = tuple(dict.fromkeys(m.source for m in members if m.source))
    return Class(
        own.id, own.name, own.success, own.definition, told, own.opens, tuple(members), sources, has_outcomes=known
    )


def _of_group(id_: str, catalog: Catalog) -> Class:
    group, spells = catalog.group(id_), catalog.memberships(id_)
    dated = [s.end or s.start or 0 for s in catalog.memberships()] + [event.end for event in catalog.events()]
    closes = max(dated, default=0)
    told = (
        (
            "How long each belonged to it; spells of one territory that touch count as one, whatever the state was called then, "
            "and so does a state with the present-day one that stands in for it."
        ),
        f"Of those that still belong we know until {closes}.",
    )
    return Class(
        group.id, group.name, "", group.definition, told, None,
        tuple(_spell(s, catalog, closes) for s in spells if s.start is not None),
        tuple(s for s in (group.source or "").split(";") if s), joins=True, has_outcomes=False,
    )  # fmt: skip


def _spell(spell: Membership, catalog: Catalog, closes: int) -> Entry:
    end = spell.end if spell.end is not None else max(closes, spell.start or 0)
    name, start = catalog.unit(spell.unit).name, str(spell.start)
    return Entry(name, name, start, str(end), when(start), when(str(end)), spell.end is None, None, spell.status,
                 spell.because, spell.source, (spell.unit,))  # fmt: skip


def joined(members: Sequence[Entry], catalog: Catalog) -> tuple[Entry, ...]:
    """Spells of one territory that touch or overlap made one: a state that changes its name has not ended."""
    left = sorted(members, key=lambda m: (m.began, m.name))
    out: list[Entry] = []
    for one in left:
        place = next((i for i, other in enumerate(out) if _touch(other, one, catalog)), None)
        if place is None:
            out.append(one)
        else:
            out[place] = _both(out[place], one)
    return tuple(out)


def _touch(first: Entry, then: Entry, catalog: Catalog) -> bool:
    same = any(a == b or b in catalog.kin(a) for a in first.units for b in then.units)
    return same and first.ended is not None and then.began - first.ended <= ADJACENT


def _both(first: Entry, then: Entry) -> Entry:
    later = then if (then.ended or 0) > (first.ended or 0) or then.goes_on else first
    names = dict.fromkeys([*first.name.split(", then "), then.name])
    return replace(
        first, name=", then ".join(names), end=later.end, ended=later.ended, goes_on=later.goes_on,
        units=tuple(dict.fromkeys([*first.units, *then.units])),
        status="core" if "core" in {first.status, then.status} else "disputed",
        because="; ".join(dict.fromkeys(filter(None, [first.because, then.because]))),
    )  # fmt: skip


def within(members: Sequence[Entry], start: int | None, end: int | None) -> tuple[Entry, ...]:
    """The members that began in these years, seen until the end of the last of them."""
    kept = [m for m in members if (start is None or m.began >= start) and (end is None or m.began < end + 1)]
    return tuple(kept if end is None else (_until(m, end) for m in kept))


def _until(member: Entry, year: int) -> Entry:
    if member.ended is None or member.ended < year + 1:
        return member
    outcome = None if member.outcome is not None and member.end[:WHOLE_YEAR] > str(year) else member.outcome
    return replace(member, ended=float(year + 1), end=str(year), goes_on=True, outcome=outcome)


@dataclass(frozen=True, slots=True)
class MemberSet:
    """One answer to who belongs. who: in words; alone: only one disputed member was added or taken out."""

    who: str
    members: tuple[Entry, ...]
    alone: bool = False


def member_sets(members: Sequence[Entry]) -> Iterator[MemberSet]:
    """The core, the core with all disputed, and each disputed one added alone and taken out alone: never every subset."""
    core = [m for m in members if m.status == "core"]
    disputed = [m for m in members if m.status != "core"]
    if not disputed:
        yield MemberSet("all members", tuple(core))
        return
    if core:
        yield MemberSet("the members that nobody disputes", tuple(core))
    yield MemberSet("with all disputed ones", tuple(members))
    for one in disputed:
        yield MemberSet(ADDED, (*core, one), alone=True)
    for one in disputed if len(members) > 1 else ():
        yield MemberSet(TAKEN_OUT, tuple(m for m in members if m is not one), alone=True)


ADDED = "with one disputed member added, each in turn"
TAKEN_OUT = "with all disputed but one, each in turn"
