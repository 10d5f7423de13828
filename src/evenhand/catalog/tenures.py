"""Leaders as units: every long tenure that the tables know becomes a unit, and all are judged alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evenhand.catalog.entries import Tenure, Unit
from evenhand.catalog.names import fold
from evenhand.catalog.reference import Tables

LEAST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Reign:
    """A tenure with the unit that stands for it. start, end: calendar years; end is the last known year where it goes on."""

    unit: str
    person: str
    state: str
    start: int
    end: int
    tenure: Tenure


def with_leaders(tables: Tables) -> Tables:
    """The tables with a unit for each tenure of ten years or more that has none yet."""
    known = {unit.id: unit for unit in tables.units}
    new = [
        _unit(reign, known[reign.state])
        for reign in reigns(tables.tenures)
        if reign.unit not in known and reign.state in known
    ]
    return replace(tables, units=(*tables.units, *new)) if new else tables


def unit_of(tenure: Tenure) -> str:
    """The id of the unit that stands for a tenure: "franco-esp-1939", or the one that its row names."""
    word = fold(tenure.person).replace(" ", "-")
    return tenure.leader or f"{word}-{tenure.unit.lower()}-{tenure.start[:4]}"


def one_voice(tenures: Sequence[Tenure]) -> tuple[Tenure, ...]:
    """Of several lists of leaders, for each state those of one: the list that knows most tenures, of those with that state.

    Rows that name a unit of the catalogue stay; another list's row of the same state that began within a year of one is
    the same tenure, and is left out.
    """
    size = Counter(tenure.source for tenure in tenures)
    lists: dict[str, set[str]] = defaultdict(set)
    for tenure in tenures:
        lists[tenure.unit].add(tenure.source)
    chosen = {unit: min(sources, key=lambda s: (-size[s], s)) for unit, sources in lists.items()}
    ours = [tenure for tenure in tenures if tenure.leader]
    taken = {(tenure.unit, round(tenure.began)) for tenure in ours}
    others = [
        tenure
        for tenure in tenures
        if not tenure.leader
        and tenure.source == chosen[tenure.unit]
        and not any((tenure.unit, round(tenure.began) + by) in taken for by in (-1, 0, 1))
    ]
    return (*ours, *others)


def reigns(tenures: Sequence[Tenure], least: int = LEAST_YEARS) -> tuple[Reign, ...]:
    """The tenures of at least so many years, by unit id; one that goes on is taken to last until its list closes."""
    closes = _closes(tenures)
    found = [
        Reign(unit_of(t), t.person, t.unit, int(t.start[:4]), _last_year(t, closes), t)
        for t in one_voice(tenures)
        if _lasted(t, closes) >= least
    ]
    return tuple(sorted({reign.unit: reign for reign in found}.values(), key=lambda reign: reign.unit))


def _closes(tenures: Iterable[Tenure]) -> dict[str, int]:
    """For each list the last year that it knows."""
    closes: dict[str, int] = {}
    for tenure in tenures:
        last = int((tenure.end or tenure.start)[:4])
        closes[tenure.source] = max(closes.get(tenure.source, last), last)
    return closes


def _last_year(tenure: Tenure, closes: Mapping[str, int]) -> int:
    return int(tenure.end[:4]) if tenure.end else closes[tenure.source]


def _lasted(tenure: Tenure, closes: Mapping[str, int]) -> float:
    """In years; of one that goes on, until its list closes."""
    ended = tenure.ended
    return (closes[tenure.source] if ended is None else ended) - tenure.began


def _unit(reign: Reign, state: Unit) -> Unit:
    end = reign.end if reign.tenure.end else None
    name = (
        f"{reign.person} ({state.name}, {reign.start} to {end})"
        if end
        else f"{reign.person} ({state.name}, from {reign.start})"
    )
    return Unit(
        reign.unit,
        name,
        "leader",
        reign.start,
        end,
        part_of=(state.id,),
        other_names=(reign.person,),
        region=state.region,
    )


def same_person(one: Reign, other: Reign) -> bool:
    """Are they tenures of one person in one state?"""
    return one.state == other.state and fold(one.person) == fold(other.person)


def overlap(one: Reign, other: Reign) -> bool:
    """Did both rule in some year?"""
    return one.start < other.end and other.start < one.end


def states_of(all_: Iterable[Reign]) -> tuple[str, ...]:
    """The states that they ruled, by id."""
    return tuple(sorted({reign.state for reign in all_}))
