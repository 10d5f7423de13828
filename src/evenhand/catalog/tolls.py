"""What is attributed to a state or a leader, event by event, and what of it counts under which rule of attribution."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from statistics import median
from typing import Literal

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.entries import Estimate, Event, Unit

Kind = Literal["killing", "famine", "war"]
KINDS: Mapping[str, Kind] = {
    "state-killing": "killing", "deportation": "killing", "forced-labour": "killing",
    "famine": "famine", "blockade": "famine", "sanctions": "famine",
    "war": "war", "colonial-war": "war",
}  # fmt: skip
Range = tuple[float, float, float]
"""The lowest, the middle and the highest of the authors."""


@dataclass(frozen=True, slots=True)
class Part:
    """One event that is attributed to somebody. abroad: it happened on no land of the state's own. shared: others are held
    responsible, too. within: the events that it is a part of. toll: by the lowest, the middle and the highest author.
    """

    event: Event
    kind: Kind
    abroad: bool
    shared: bool
    within: frozenset[str]
    toll: Range


@dataclass(frozen=True, slots=True)
class Way:
    """A rule of attribution: is what happened abroad, in famines, in wars, and under several, counted?"""

    abroad: bool
    famine: bool
    war: bool
    shared: bool


WAYS: tuple[Way, ...] = tuple(Way(*flags) for flags in product((True, False), repeat=4))


def attributed(
    catalog: Catalog, who: str, years: tuple[int, int], nested: Mapping[str, frozenset[str]]
) -> tuple[Part, ...]:
    """The events that began in these years and for which a state, or a leader or the leader's state, is held responsible."""
    unit = catalog.unit(who)
    states = set(unit.part_of) if unit.kind == "leader" else {unit.id}
    ground = states | {kin for state in states for kin in catalog.kin(state)}
    out = []
    for event in catalog.events():
        named = set(event.responsible)
        toll = toll_of(event.estimates)
        if not (_own(catalog, unit, states) & named) or not years[0] <= event.start <= years[1] or toll is None:
            continue
        others = {u for u in named - {unit.id} - states if not states & set(catalog.unit(u).part_of)}
        within = nested.get(event.id, frozenset())
        out.append(Part(event, KINDS[event.kind], not ground & set(event.place), bool(others), within, toll))
    return tuple(sorted(out, key=lambda part: (part.event.start, part.event.id)))


def _own(catalog: Catalog, unit: Unit, states: set[str]) -> set[str]:
    """Whose responsibility is the unit's: its own, of a leader the state's, of a state its leaders'."""
    if unit.kind == "leader":
        return {unit.id, *states}
    return {unit.id, *(u.id for u in catalog.units() if u.kind == "leader" and unit.id in u.part_of)}


def toll_of(estimates: Sequence[Estimate]) -> Range | None:
    """By the lowest, the middle and the highest author. Rows that count a part (in brackets) only where no row counts the whole.

    An author's low is the lowest number given, the high the highest; the middle is the median of the authors' own middles.
    """
    given = [[n for n in (e.low, e.central, e.high) if n is not None] for e in _of_the_whole(estimates)]
    given = [numbers for numbers in given if numbers]
    if not given:
        return None
    middles = [median(numbers) for numbers in given]
    return float(min(map(min, given))), float(median(middles)), float(max(map(max, given)))


def _of_the_whole(estimates: Sequence[Estimate]) -> list[Estimate]:
    return [e for e in estimates if "(" not in e.counted] or list(estimates)


def authors_of(parts: Iterable[Part]) -> frozenset[str]:
    """Everybody who gives a number for any of the parts."""
    return frozenset(
        e.author for part in parts for e in _of_the_whole(part.event.estimates) if toll_of([e]) is not None
    )


def by_one_author(parts: Sequence[Part], author: str) -> tuple[Part, ...]:
    """The parts for which one author gives a number, each with that author's alone; all others are left out.

    Left out is, too, where the author counts parts alone (rows in brackets) and it cannot be told whether they overlap:
    several such rows of one event, or one beside numbers of the author's for events inside it.
    """
    rows = {part.event.id: [e for e in _of_the_whole(part.event.estimates) if e.author == author] for part in parts}
    holding = {whole for part in parts if toll_of(rows[part.event.id]) for whole in part.within}
    out = []
    for part in parts:
        mine = rows[part.event.id]
        in_parts = all("(" in e.counted for e in mine) and (len(mine) > 1 or part.event.id in holding)
        toll = toll_of(mine)
        if toll is not None and not in_parts:
            out.append(replace(part, toll=toll))
    return tuple(out)


def counted(parts: Iterable[Part], way: Way) -> tuple[Part, ...]:
    """The parts that count under a rule; of an event and its own part, both counted, the event alone."""
    kept = [
        part
        for part in parts
        if (way.abroad or not part.abroad)
        and (way.famine or part.kind != "famine")
        and (way.war or part.kind != "war")
        and (way.shared or not part.shared)
    ]
    there = {part.event.id for part in kept}
    return tuple(part for part in kept if not part.within & there)


def total(parts: Iterable[Part]) -> Range:
    """The sums of the lowest, of the middle and of the highest. Only ever shown beside the parts."""
    tolls = [part.toll for part in parts]
    return sum(t[0] for t in tolls), sum(t[1] for t in tolls), sum(t[2] for t in tolls)


def larger(one: Range, other: Range) -> Literal["first", "second", "same", "authors"]:
    """Whose is the larger: the same one's whichever authors are taken, or does it depend on the authors?"""
    if one == other:
        return "same"
    if one[0] > other[2]:
        return "first"
    return "second" if other[0] > one[2] else "authors"


def wholes(rows: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """For each event all those that it is a part of, through any number of steps."""
    above: dict[str, set[str]] = {}
    for event, part_of in rows:
        above.setdefault(event, set()).add(part_of)
    found: dict[str, frozenset[str]] = {}
    for event, direct in above.items():
        seen: set[str] = set()
        todo = list(direct)
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo += above.get(one, ())
        found[event] = frozenset(seen)
    return found
