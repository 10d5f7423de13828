"""What an audit found: the findings claim by claim, and what they add up to. Plain data, ready to draw or print."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evenhand.audit.argument import Argument
from evenhand.audit.history import Correction
from evenhand.audit.recount import Recount
from evenhand.model import ClaimKind, Finding
from evenhand.model.omission import Omission
from evenhand.model.who_says import WhoSays


@dataclass(frozen=True, slots=True)
class Disputed:
    """A reader's objection to a verdict, which it does not change. choice: in words, where it is about one; shares: what comes
    out under each of its options; source: a citation.
    """

    by: str
    reason: str
    choice: str
    shares: tuple[tuple[str, float | None], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A reader's note. about: a unit or a year; empty where it is about the claim that it stands at."""

    about: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class AuditedClaim:
    """One claim of the text with its finding. start, end: code points in ``Audit.text``, end exclusive."""

    id: str
    kind: ClaimKind
    quote: str
    start: int
    end: int
    reads: str
    side: str | None
    voice: str
    stance: str | None
    veiled: bool
    move: str | None
    by: str
    finding: Finding
    disputes: tuple[Disputed, ...] = ()
    notes: tuple[Noted, ...] = ()


@dataclass(frozen=True, slots=True)
class SideCount:
    """What was judged for one side, and what was refused or could not be judged, by reason."""

    side: str
    name: str
    units: tuple[str, ...]
    claims: int
    judged: int
    refused: tuple[tuple[str, int], ...]
    not_yet: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit and measure of the matrix. state: cited, figures (we have some, the text cites none), or none."""

    unit: str
    measure: str
    state: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units of the sides by measures. ``cells[i][j]`` belongs to ``units[i]`` and ``measures[j]``."""

    units: tuple[tuple[str, str, str], ...]
    measures: tuple[tuple[str, str, str], ...]
    cells: tuple[tuple[Cell, ...], ...]
    years: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SameStandard:
    """One comparison's rule asked of the others: the share and place that each named unit gets under the same ways."""

    claim: str
    sentence: str
    rows: tuple[tuple[str, str, float | None, int | None, int | None], ...]
    """(unit name, role or side, share, rank, of)."""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source in full, and the claims whose figures rest on it."""

    id: str
    citation: str
    publisher: str
    kind: str
    licence: str
    url: str
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the text was judged. by_kind: (kind, claims, judged). reasons: (reason in words, number)."""

    claims: int
    judged: int
    refused: int
    not_judged_yet: int
    by_kind: tuple[tuple[str, int, int], ...]
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What rules over words see in the text, and how much of it the casefile opens.

    drafted: claims that a rule or a model marked and no person has signed. left_open: (what is missing, comparisons).
    """

    sentences: int
    quantities: int
    comparisons: int
    opened: int
    left_open: tuple[tuple[str, int], ...]
    drafted: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What makes the same page again. No clock time: ``date`` is SOURCE_DATE_EPOCH's or the data's own."""

    version: str
    command: str
    text_file: str
    text_sha256: str
    case_file: str
    case_sha256: str
    figures: str
    figures_sha256: str
    own_data: tuple[tuple[str, str], ...]
    seed: int
    date: str


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything on the page. summary: plain sentences made from the findings; withheld: under half could be judged.

    denied: sentences that name catalogued events which the text denies. figures_note: which figures were used.
    reading: None in a language that there are no cues for. omission: what the text leaves out, side by side. recounts: by claim,
    what its page counts again; not in the JSON.
    """

    title: str
    author: str
    text: str
    made_up: str
    summary: tuple[str, ...]
    withheld: bool
    denied: tuple[str, ...]
    claims: tuple[AuditedClaim, ...]
    coverage: Coverage
    sides: tuple[SideCount, ...]
    matrix: Matrix | None
    same_standard: tuple[SameStandard, ...]
    sources: tuple[SourceNote, ...]
    without_figures: tuple[str, ...]
    unchecked: tuple[str, ...]
    figures_note: str
    provenance: Provenance
    reading: Reading | None = None
    argument: Argument | None = None
    who_says: WhoSays | None = None
    omission: Omission | None = None
    recounts: Mapping[str, Recount] = field(default_factory=dict)
    notes: tuple[Noted, ...] = ()
    """Readers' notes that belong to no card."""
    history: tuple[Correction, ...] = ()
    """What changed from audit to audit since the page was first published, the first change first."""
