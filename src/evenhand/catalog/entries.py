"""What the catalogue holds: units, groups, measures, figures, events and where each comes from. Plain data."""

from dataclasses import dataclass, field
from typing import Literal, get_args

UnitKind = Literal["state", "colony", "historical-state", "leader", "region", "other"]
Status = Literal["core", "disputed"]
Better = Literal["higher", "lower", "neither"]
Scale = Literal["ratio", "interval", "count", "share"]
UNIT_KINDS: tuple[UnitKind, ...] = get_args(UnitKind)
STATUSES: tuple[Status, ...] = get_args(Status)
BETTER: tuple[Better, ...] = get_args(Better)
SCALES: tuple[Scale, ...] = get_args(Scale)
MASS_DEATH = 10_000
"""From how many people on an event counts as one that a tolerance must not step over."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is judged. start, end: first and last year of its life, None for "not bounded" or "still there"."""

    id: str
    name: str
    kind: UnitKind = "other"
    start: int | None = None
    end: int | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()
    region: str = ""

    def lived(self, start: int, end: int) -> bool:
        """Did it exist in any year from ``start`` to ``end``?"""
        return (self.start is None or self.start <= end) and (self.end is None or self.end >= start)


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name of a unit and the years in which it was so called; None for "as long as it lived". language: as given."""

    unit: str
    name: str
    start: int | None = None
    end: int | None = None
    language: str = ""

    def used(self, year: int) -> bool:
        """Was the unit so called in that year?"""
        return (self.start is None or self.start <= year) and (self.end is None or self.end >= year)


@dataclass(frozen=True, slots=True)
class Code:
    """What a scheme of codes calls a unit, and in which years. scheme: iso2, iso3, iso-numeric, iso3166-3, gw or cow."""

    unit: str
    scheme: str
    code: str
    start: int | None = None
    end: int | None = None
    source: str = ""

    def used(self, year: int) -> bool:
        """Did the code stand for the unit in that year?"""
        return (self.start is None or self.start <= year) and (self.end is None or self.end >= year)


@dataclass(frozen=True, slots=True)
class BorderChange:
    """A year in which a unit gained or lost land that matters for its figures, and what happened."""

    unit: str
    year: int
    change: str
    source: str


@dataclass(frozen=True, slots=True)
class NestedEvent:
    """An event that is a part of another: their tolls are never added."""

    event: str
    part_of: str


@dataclass(frozen=True, slots=True)
class Group:
    """A class of units, with the definition that decides who belongs. source: ids, a ``;`` list."""

    id: str
    name: str
    definition: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """One unit's spell in a group; None for an open end. Disputed membership is a choice. source: ids, a ``;`` list."""

    group: str
    unit: str
    start: int | None = None
    end: int | None = None
    status: Status = "core"
    because: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What units are judged on. ``better`` is a convention, declared with its reason in ``because``.

    tolls: "yes" where it counts, or lists, people killed by violence or hunger. Nobody is ranked by such figures.
    """

    id: str
    concept: str
    domain: str
    name: str
    definition: str = ""
    unit: str = ""
    better: Better = "neither"
    because: str = ""
    scale: Scale = "ratio"
    minimum: float | None = None
    maximum: float | None = None
    spacing: str = ""
    caveats: str = ""
    tolls: str = ""


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """Years in which a measure cannot see a kind of event in these units; ``*`` stands for every unit."""

    measure: str
    units: tuple[str, ...]
    start: int
    end: int
    event_kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so."""

    id: str
    citation: str
    publisher: str = ""
    kind: str = ""
    licence: str = ""
    url: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure: unit, period, measure, value, and bounds where the source gives them."""

    unit: str
    start: int
    end: int
    measure: str
    value: float
    low: float | None = None
    high: float | None = None
    source: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's unbroken time at the head of one state, as one source dates it.

    start, end: ISO dates as exact as the source gives them (``1923``, ``1923-01`` or ``1923-01-27``); end is empty where
    it had not ended when the source was made. entry, exit: in the source's own words (``Regular``, ``Died in office``).
    leader: the id of the catalogue's unit for that person's time in office, where it has one.
    """

    person: str
    unit: str
    start: str
    end: str = ""
    entry: str = ""
    exit: str = ""
    source: str = ""
    leader: str = ""

    @property
    def began(self) -> float:
        """The moment of taking office, in years: 1923.0 for the first day of 1923; a year alone counts from its middle."""
        return moment(self.start)

    @property
    def ended(self) -> float | None:
        """The moment of leaving office, in years; None where it had not ended."""
        return moment(self.end) if self.end else None


@dataclass(frozen=True, slots=True)
class Regime:
    """One spell of one kind of rule in one state, as one source codes it. start, end: as in :class:`Tenure`."""

    name: str
    unit: str
    kind: str
    start: str
    end: str = ""
    exit: str = ""
    source: str = ""


def moment(date: str) -> float:
    """An ISO date of any exactness, in years; what is not said lies in the middle.

    >>> moment("1923"), moment("1923-07"), round(moment("1923-12-31"), 3)
    (1923.5, 1923.5416666666667, 1923.997)
    """
    year, month, day = ([int(part) for part in date.split("-")] + [0, 0])[:3]
    if not month:
        return year + 0.5
    return year + (month - 1 + ((day - 1) / 31 if day else 0.5)) / 12


@dataclass(frozen=True, slots=True)
class Estimate:
    """One author's toll of an event: what is counted, the range, on what evidence, and to whom it is attributed."""

    counted: str
    low: int | None
    central: int | None
    high: int | None
    author: str
    year: int | None
    source: str
    evidence: str
    attribution: str

    @property
    def largest(self) -> int:
        """The highest figure that the author gives; 0 where none is given."""
        return max(self.low or 0, self.central or 0, self.high or 0)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a place and time, with who was responsible and estimates by author."""

    id: str
    kind: str
    name: str
    other_names: tuple[str, ...]
    place: tuple[str, ...]
    responsible: tuple[str, ...]
    start: int
    end: int
    estimates: tuple[Estimate, ...] = field(default=())

    @property
    def counted(self) -> tuple[str, ...]:
        """Everything that somebody counted, in the order listed."""
        return tuple(dict.fromkeys(e.counted for e in self.estimates))

    @property
    def attributions(self) -> tuple[str, ...]:
        """Every attribution, in the order listed."""
        return tuple(dict.fromkeys(e.attribution for e in self.estimates if e.attribution))

    @property
    def mass_death(self) -> bool:
        """Does any estimate reach ``MASS_DEATH`` people?"""
        return any(e.largest >= MASS_DEATH for e in self.estimates)
