"""What a text leaves out: events that it does not mention, the map of what it cites, how lopsided its picks are.

Plain data: what the page draws and the JSON prints. Events are listed, never counted into a score.
"""

from dataclasses import dataclass
from typing import Literal as Word

from evenhand.model.finding import EventAccount
from evenhand.model.outcome import Reason

FIXED_SENTENCE = (
    "Of what our catalogue holds. Leaving out is not lying: a short text must. We cannot see intent, nor what nobody "
    "counted."
)
Directions = Word["as-listed", "turned", "left-out", "as-the-casefile-sets-them"]


@dataclass(frozen=True, slots=True)
class EventMention:
    """Where the text mentions an event, so that a reader can check it.

    how: claim (one of the casefile names it), name, place-and-year, place-and-kind. matched: the words found. passage: the
    sentence, as the text has it. claim: the claim's id, where one names it.
    """

    how: Word["claim", "name", "place-and-year", "place-and-kind"]
    matched: tuple[str, ...]
    passage: str
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class HeldEvent:
    """An event that units of a side are held responsible for.

    units: the side's units that are, by name, or what they stand for; disputed: those of them that belong to the side by a
    disputed membership alone. others: who else is. abroad: it happened on no land of theirs. within: events that it is a part
    of, by name. accounts: every author's estimate. mention: None where the text does not mention it; nearest: then the first
    sentence that may speak of it, if any. related: parts or wholes of it that the text does mention, by name.
    """

    event: str
    name: str
    kind: str
    start: int
    end: int
    place: tuple[str, ...]
    units: tuple[str, ...]
    disputed: tuple[str, ...]
    others: tuple[str, ...]
    abroad: bool
    within: tuple[str, ...]
    accounts: tuple[EventAccount, ...]
    attribution: str
    mention: EventMention | None
    nearest: str = ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SideEvents:
    """The catalogued events of a side, oldest first: those that the text does not mention, and those that it does.

    below: how many of 10,000 deaths or more are not listed since the threshold was raised.
    """

    side: str
    name: str
    missing: tuple[HeldEvent, ...]
    mentioned: tuple[HeldEvent, ...]
    below: int = 0


@dataclass(frozen=True, slots=True)
class MapConcept:
    """A column of the map: a concept, by one measure. better: the catalogue's direction; set_to: the casefile's own.

    contested: why people differ on the direction; empty where they hardly do.
    """

    concept: str
    measure: str
    name: str
    domain: str
    better: Word["higher", "lower", "neither"]
    contested: str = ""
    set_to: Word["higher", "lower", "neither"] | None = None


@dataclass(frozen=True, slots=True)
class MapCell:
    """One unit and concept. cited: by the text; figures: whether there are any of the concept in the window.

    stands: where the unit stands among all with a score under the map's rule, 0 (worst) to 1 (best), by the catalogue's
    direction (as the figures are where it has none); None where it has no score. score: in the rule's own unit.
    """

    cited: bool
    figures: bool
    stands: float | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class OmissionMap:
    """Units of the sides by concepts, in the text's window, under one rule. ``cells[i][j]``: ``units[i]``, ``concepts[j]``.

    units: (id, name, side). standard: the rule's name. instead_of: the casefile's default rule, where that cannot serve.
    left_aside: (measure or unit, why it is on no map).
    """

    units: tuple[tuple[str, str, str], ...]
    concepts: tuple[MapConcept, ...]
    cells: tuple[tuple[MapCell, ...], ...]
    years: tuple[int, int]
    standard: str
    instead_of: str = ""
    left_aside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Picks:
    """The cited cells set beside random picks from one pool. See ``evenhand.compare.Selectivity``."""

    pool: Word["domain", "any"]
    favour: float | None
    expected: float | None
    p_high: float | None
    p_low: float | None
    at_least: int
    at_most: int
    picks: int
    listed: bool


@dataclass(frozen=True, slots=True)
class SelectivityRow:
    """How far the cited cells favour the text's side, with contested directions one way. cells: cited, with a favour."""

    directions: Directions
    cells: int
    concepts: int
    pools: tuple[Picks, ...]


@dataclass(frozen=True, slots=True)
class SelectivityAnswer:
    """side: whom the text argues for. contested: the cited concepts whose direction is, by name. reason: why no figure."""

    side: str | None
    rows: tuple[SelectivityRow, ...]
    contested: tuple[str, ...] = ()
    seed: int = 0
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Votes:
    """On how many concepts of a list the first side is ahead, behind, level with the second, or cannot be judged."""

    ahead: int
    behind: int
    tied: int
    not_judged: int


@dataclass(frozen=True, slots=True)
class VotesRow:
    """Who is ahead on what the text cites for the first side, the second, both, either."""

    directions: Directions
    on_first: Votes
    on_second: Votes
    on_both: Votes
    on_either: Votes


@dataclass(frozen=True, slots=True)
class DoubleStandardAnswer:
    """Two sides: the concepts cited for each, by name; how far the lists overlap (both of either); who is ahead.

    reason: ``one_sided_text`` where the text cites figures for one side only; then there is no share and no row.
    """

    first: str
    second: str
    cited_first: tuple[str, ...]
    cited_second: tuple[str, ...]
    cited_both: tuple[str, ...]
    overlap: float | None
    rows: tuple[VotesRow, ...]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class NoFigures:
    """What the catalogue itself leaves out. events: the rule by which its table of events was made; unattributed: events of
    the window in the sides' lands that nobody in the catalogue is held responsible for. measures: those for which no unit of
    the sides has a figure; patchy: (side, cells without a figure, cells). never: what is in no table of ours.
    """

    events: str
    unattributed: tuple[str, ...]
    measures: tuple[str, ...]
    patchy: tuple[tuple[str, int, int], ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """The finding on the text as a whole. deaths_from: the threshold of the events. how_sought: how a mention is decided."""

    years: tuple[int, int] | None
    deaths_from: int
    how_sought: str
    sides: tuple[SideEvents, ...]
    map: OmissionMap | None
    without: NoFigures | None
    selectivity: SelectivityAnswer | None
    double_standard: tuple[DoubleStandardAnswer, ...]
    reason: Reason | None = None
