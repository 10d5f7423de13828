"""Who says so: ties with their evidence, an agreement and what it would take to make it, answers without the tied."""

from dataclasses import dataclass

NO_TIE_SHOWS_NOTHING = "Ties can show that voices depend on one another; that none is known shows nothing."
COULD_NOT_WAS = "It says what it would take, never that it was done; it covers what people say, and changes no verdict."


@dataclass(frozen=True, slots=True)
class TieNote:
    """One tie of a source, with what shows it. years: in words. A motive is a label here, and is computed with nowhere."""

    source: str
    name: str
    to: str
    kind: str
    says: str
    years: str
    status: str
    evidence: str
    shown_by: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class TieAnswer:
    """What is known of the tie that a claim speaks of. rests: the claims that rest on the source."""

    source: str
    name: str
    asked: str
    ties: tuple[TieNote, ...]
    rests: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class EffortRow:
    """The least number of studies of one size that reach one share of a public. studies: None where no number would do."""

    size: int
    reach: float
    studies: int | None
    published: float | None
    trials: int | None


@dataclass(frozen=True, slots=True)
class SpentRow:
    """What is known to have been done, and how far it falls.

    studies, size, reach: None where nobody says; then nothing is compared, rather than guessed. wrong: the share of the
    public that would be wrong after it; needed: as many as it would take, None where no number would do; times: needed
    over known.
    """

    by: str
    studies: int | None
    size: int | None
    reach: float | None
    wrong: float | None
    needed: int | None
    times: float | None
    money: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Making:
    """What it would take to make one agreement although it is false.

    found_out: the share of runs in which those who inquire find the truth; without: the share of the public that is wrong
    with nobody pushing; shared: where somebody only hands on those of the inquirers' own studies that suit.
    """

    agreement: str
    found_out: float
    without: float
    shared: float
    shared_studies: float
    rows: tuple[EffortRow, ...]
    spent: tuple[SpentRow, ...]


@dataclass(frozen=True, slots=True)
class ConsensusAnswer:
    """An agreement: who is cited for it, and what it would take to make it, and its opposite, under the same settings.

    setting: in words, with runs and seed. makings: the agreement and its opposite; none where nothing is simulated.
    """

    agreement: str
    voices: str
    setting: tuple[str, ...]
    makings: tuple[Making, ...]
    refused: str
    note: str = COULD_NOT_WAS


@dataclass(frozen=True, slots=True)
class WithoutRow:
    """One claim answered again without some of the sources.

    without: who is heard, in words; side: in whose interest those left out are tied. before, after: the answers in
    words. removed: source ids. left: how many sources remain; none left is not a refutation.
    """

    claim: str
    without: str
    side: str
    removed: tuple[str, ...]
    left: int
    before: str
    after: str
    same: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """A source, or somebody that sources are tied to, in the picture. claims: which cite it or rest on it."""

    id: str
    name: str
    is_source: bool
    side: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """How many independent voices are behind a claim, by each way of counting; None where one cannot be told.

    heads: how many sources. lowest, highest: of the other counts. What each counts: ``evenhand.sources.Voices``.
    """

    claim: str
    heads: int
    by_roots: int
    by_ties: float
    by_agreement: float | None
    by_odds: float | None
    lowest: float
    highest: float
    sentence: str


@dataclass(frozen=True, slots=True)
class WhoSays:
    """Who is cited for what, how they are tied, and every answer without the tied; notes on what is odd in the ties."""

    voices: tuple[Voice, ...]
    ties: tuple[TieNote, ...]
    without: tuple[WithoutRow, ...]
    sweep: tuple[tuple[str, str, float], ...]
    """(item, answer, the share of the settings tried in which it wins) of the casefile's testimony."""
    notes: tuple[str, ...]
    rule: str = NO_TIE_SHOWS_NOTHING
    counts: tuple[VoiceCount, ...] = ()
    """How many independent voices are behind each claim that rests on more than one source."""
