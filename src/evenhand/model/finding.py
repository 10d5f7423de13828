"""What a check says of a claim: the verdict, its evidence, its figures, its caveats.

Plain data: what the page draws and the JSON prints. Shares are fractions of 1; a share that could not be had is None.
"""

from dataclasses import dataclass, field
from typing import Literal as Word

from evenhand.model.base_rate import BaseRate
from evenhand.model.claim import ClaimKind
from evenhand.model.outcome import Outcome, Reason
from evenhand.model.trail import Trail
from evenhand.model.who_says import ConsensusAnswer, TieAnswer

Status = Word["judged", "refused", "not-judged-yet"]


@dataclass(frozen=True, slots=True)
class OptionShare:
    """The share in which the claim holds where one option is taken. lost: its combinations that were not judged, 0 to 1."""

    option: str
    label: str
    share: float | None
    lost: float = 0.0


@dataclass(frozen=True, slots=True)
class Hinge:
    """How much of the variance of the outcome one choice explains, and the share under each of its options."""

    choice: str
    label: str
    share: float
    options: tuple[OptionShare, ...]
    unbalanced: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the claim stands among all units under the same ways of comparing.

    rank: 1 + number strictly better. at_least: how many others fit the claim at least as well. of: the units ranked, the subject
    counted. at_least_as_good: (1 + at_least) / (1 + others). among: what was permuted ("units", "regions", ...).
    """

    rank: int
    of: int
    ties: int
    at_least: int
    at_least_as_good: float
    among: str = "units"


@dataclass(frozen=True, slots=True)
class Literal:
    """What the words say as they stand, before any comparison: "it rose, 44 to 63"."""

    sentence: str
    start: float | None = None
    end: float | None = None
    start_year: int | None = None
    end_year: int | None = None
    agrees: bool | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The comparison as the casefile opens it, under the first option of every choice.

    score and reference are in the standard's own unit, as the figures stand (not turned). years: what was asked;
    used: the years whose figures were actually used for the subject.
    """

    standard: str
    measure: str
    unit_of_measure: str
    years: tuple[int, int]
    used: tuple[int, int] | None
    score: float | None
    reference: float | None
    outcome: Outcome
    rank: int | None
    of: int | None
    peers_named: int
    peers_scored: int
    rule_of_peers: str
    why: str = ""
    """Why this one way could not be judged, where it could not."""
    years_in_office: bool = False
    """years and used count from taking office; else they are calendar years."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One unit in the strip of all units. role: subject, peer, opponent or other."""

    unit: str
    name: str
    score: float
    role: str
    used: tuple[int, int] | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """One unit's line: its figures of the claim's measure over the window, years as published."""

    unit: str
    name: str
    role: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One combination among all results in order: where the subject stood (0 worst, 1 best) and how the claim came out."""

    combination: int
    percentile: float
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PeerNote:
    """A peer by name. sovereign: it governed itself through the window; modelled: a figure used is the source's model."""

    unit: str
    name: str
    sovereign: bool | None
    modelled: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a card shows of a comparison beside its share."""

    judged: Judged
    strip: tuple[Mark, ...]
    tracks: tuple[Track, ...]
    curve: tuple[CurvePoint, ...]
    curve_shown_of: int
    peers: tuple[PeerNote, ...]
    tried: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    share_without_exclusions: float | None = None
    share_with_blind: float | None = None
    opponent_place: Place | None = None
    regional_place: Place | None = None
    counterexamples: tuple[str, ...] = ()
    bounds_note: str = ""
    placebo_p: float | None = None
    size_by_quartile: tuple[float | None, ...] = ()
    event_marks: tuple[tuple[str, str, int, int], ...] = ()
    """(event, unit's name, first year, last year) of events between the dates, for the picture of the lines."""
    picture_sources: tuple[str, ...] = ()
    """The sources of the figures that the pictures draw."""
    trail: Trail | None = None
    """What it rests on, and the nearest way that turns it."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An arithmetic relation that the text states, recomputed. shown: the sum as a reader would write it."""

    shown: str
    value: float
    stated: str
    stated_value: float | None
    tolerance: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated quantity: its arithmetic, and the catalogue's range by source where there is one."""

    sums: tuple[Sum, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class EventAccount:
    """One author's estimate: who says so, when, what is counted, on what evidence. Numbers are people."""

    author: str
    year: int | None
    counted: str
    low: int | None
    central: int | None
    high: int | None
    evidence: str
    source: str
    source_kind: str = ""
    per_head: str = ""
    """The same numbers per 1,000 of the people who lived there, where these are known."""


@dataclass(frozen=True, slots=True)
class TollPart:
    """One event that is attributed to a state or leader, with every author's account.

    abroad: it happened on no land of the state's own. shared: others are held responsible, too. within: the events that it
    is a part of, with which it is never added.
    """

    event: str
    name: str
    kind: str
    start: int
    end: int
    place: tuple[str, ...]
    responsible: tuple[str, ...]
    abroad: bool
    shared: bool
    within: tuple[str, ...]
    accounts: tuple[EventAccount, ...]


@dataclass(frozen=True, slots=True)
class TollSide:
    """All that is attributed to one of the two in those years. people: who lived in the state about the middle of them."""

    unit: str
    name: str
    start: int
    end: int
    people: float | None
    people_year: int | None
    parts: tuple[TollPart, ...]


@dataclass(frozen=True, slots=True)
class TollByAuthor:
    """Both tolls under one rule of attribution by the numbers of one author alone, who has some on both sides.

    first_without, second_without: the events that the rule counts and for which this author gives no number of the whole;
    nothing stands for them, so that the toll may be larger than what stands here. larger: first, second, same, range (the
    author's own ranges overlap), incomplete (it hangs on the events without a number), or not-listed (none on one side).
    """

    author: str
    first: tuple[float, float, float]
    second: tuple[float, float, float]
    first_without: tuple[str, ...]
    second_without: tuple[str, ...]
    larger: str
    first_per_head: tuple[float, float, float] | None
    second_per_head: tuple[float, float, float] | None
    larger_per_head: str


@dataclass(frozen=True, slots=True)
class TollRule:
    """Both tolls under one rule of attribution, each by the lowest, the middle and the highest authors.

    larger: first, second, same, or authors (it depends on whom one takes). Per head: of every 1,000 people of the state.
    """

    rule: str
    first: tuple[float, float, float]
    second: tuple[float, float, float]
    larger: str
    first_per_head: tuple[float, float, float] | None
    second_per_head: tuple[float, float, float] | None
    larger_per_head: str
    by_author: tuple[TollByAuthor, ...] = ()
    """The same by each author alone who gives numbers for both."""


@dataclass(frozen=True, slots=True)
class Tolls:
    """“Worse than” between two, opened: parts by author, and under which rules either toll is the larger. No score."""

    first: TollSide
    second: TollSide
    rules: tuple[TollRule, ...]
    sentences: tuple[str, ...]
    mind: str


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """What the catalogue knows of an event; four questions, never a share."""

    event: str
    name: str
    kind: str
    place: tuple[str, ...]
    responsible: tuple[str, ...]
    start: int
    end: int
    attribution: str
    accounts: tuple[EventAccount, ...]
    lines_of_evidence: int
    per_head: str
    says: str = ""
    answer: str = ""
    denied: bool = False
    questions: tuple[tuple[str, str], ...] = ()
    """The four questions and who answers them how; where empty, the page puts them together from the other fields."""


@dataclass(frozen=True, slots=True)
class Follows:
    """Whether a conclusion still follows. label: stands, falls or undecided, by the grounded reading; because: why, in words.

    disagree: where other ways of judging differ, in words; empty where they agree.
    """

    label: Word["stands", "falls", "undecided"]
    because: str
    disagree: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a claim.

    verdict: in words. share: in how many of the ways tried the claim comes out as the text says, weighted;
    share_unweighted counts each way once; share_min and share_max hold if all that was not judged failed or held.
    standing_share: under the catalogue's standing choices alone; case_share: under the casefile's own.
    typical_share: the median unit's share; units_in_band: the fraction of units that reach this verdict's band.
    combinations: ways listed; distinct: different ways judged; judged: ways judged. not_judged: counts by reason.
    hinges_on: most telling choice first; interaction: the variance that no single choice explains.
    """

    claim: str
    kind: ClaimKind
    status: Status
    verdict: str
    band: str | None = None
    sentence: str = ""
    our_reading: bool = False
    side: str | None = None
    share: float | None = None
    share_unweighted: float | None = None
    share_min: float | None = None
    share_max: float | None = None
    combinations: int = 0
    distinct: int = 0
    judged: int = 0
    not_judged: dict[str, int] = field(default_factory=dict)
    standing_share: float | None = None
    case_share: float | None = None
    typical_share: float | None = None
    units_in_band: float | None = None
    place: Place | None = None
    hinges_on: tuple[Hinge, ...] = ()
    interaction: float | None = None
    literal: Literal | None = None
    events_between: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()
    reason: Reason | None = None
    sources: tuple[str, ...] = ()
    comparison: Comparison | None = None
    quantity: Quantity | None = None
    event: EventAnswer | None = None
    follows: Follows | None = None
    tolls: Tolls | None = None
    questions: tuple[str, ...] = ()
    tie: TieAnswer | None = None
    consensus: ConsensusAnswer | None = None
    base_rate: BaseRate | None = None
    lowest_share: float | None = None
    highest_share: float | None = None
    """lowest_share, highest_share: the range of the share over single options."""
