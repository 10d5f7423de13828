"""How often, and for how long, the members of a class did something: the class itself, counts, and a curve."""

from dataclasses import dataclass

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MemberNote:
    """One member by name. start, end: as the list dates them. years: how long it lasted, or has so far.

    outcome: yes, no, undecided, or empty where the class has none. counter: it alone contradicts a "never", an "always" or an
    "all". left_out: why it is in no count, where it is in none.
    """

    name: str
    where: str
    start: str
    end: str
    years: float | None
    goes_on: bool
    outcome: str
    status: str
    because: str
    source: str
    counter: bool = False
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class RateRow:
    """How often, with one set of members. sets: how many sets the row stands for; lowest, highest: of their shares.

    successes, of, share, wilson and exact (95 % intervals) are of one set alone. holds: in how many of the sets it comes out
    as the text says; None where the text says nothing that could be counted.
    """

    who: str
    sets: int
    successes: int | None
    of: int | None
    share: float | None
    wilson: Bounds | None
    exact: Bounds | None
    lowest: float | None
    highest: float | None
    holds: int | None = None


@dataclass(frozen=True, slots=True)
class SpanRow:
    """How long, with one set of members: the median and the mean of the first ``horizon`` years, each with its 95 % bounds.

    median: None where more than half outlast all that was seen. of, ended, going_on: members, and what became of them.
    """

    who: str
    sets: int
    of: int | None
    ended: int | None
    going_on: int | None
    median: float | None
    median_low: float | None
    median_high: float | None
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    horizon: float | None
    longest: float | None
    holds: int | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """Who still lasts after how long: years from 0, share (of 1) that lasts longer, its 95 % band, how many were left."""

    who: str
    lead: bool
    years: tuple[float, ...]
    shares: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    at_risk: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BaseRate:
    """All that a card shows of a claim about how often or how long. undecided: members whose outcome nobody knows yet."""

    klass: str
    name: str
    definition: str
    counted: str
    asked: str
    answer: tuple[str, ...]
    rates: tuple[RateRow, ...]
    spans: tuple[SpanRow, ...]
    curves: tuple[Curve, ...]
    members: tuple[MemberNote, ...]
    undecided: int
    left_out: tuple[tuple[str, int], ...]
    sets: int
    sets_hold: int | None
    sets_not_judged: int = 0
