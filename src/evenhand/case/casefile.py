"""The casefile: a text's claims, each tied to its exact words, and how each is opened.

Names are ids where a vocabulary was given to ``load`` or ``bind``; else they stand as written.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evenhand.case.classes import CaseClass, Says as ClassSays
from evenhand.case.direction import Direction
from evenhand.case.own import CaseGroup, CaseSource, DataFile
from evenhand.model import Choice, ClaimKind, Form, Move, Problem, Stance, Voice
from evenhand.text import Document, Span

PeersRule = Literal["all", "region", "nearest", "group", "list"]
Says = Literal["happened", "denied", "scale", "responsible", "intent"]
Number = int | float


@dataclass(frozen=True, slots=True)
class TextRef:
    """The text that a case is about, as the casefile names it."""

    file: str
    sha256: str | None = None
    title: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The years before and after which a judgement is made; event None where the casefile names none."""

    start: int
    end: int
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Peers:
    """A rule for peers: all, region, nearest; ``group`` with its id; ``list`` with its units."""

    rule: PeersRule
    units: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class MembershipRule:
    """Which disputed members of a group count. with_: all, none or list, and then ``units``."""

    group: str
    with_: Literal["all", "none", "list"]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what is judged: exactly one of unit, group, units is set."""

    unit: str | None = None
    group: str | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Against:
    """What the subject is compared with: exactly one of peers, unit, group is set."""

    peers: Peers | None = None
    unit: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One option that the casefile leaves out, with its reason."""

    choice: str
    option: str
    because: str


@dataclass(frozen=True, slots=True)
class OpenComparison:
    """Subject, peers, measure, window, form. against: None only for rose, fell, none and always.

    window: the claim's own, else the case's; None only where the options of a window choice give it. standard: the
    claim's own, else the case's default; None where neither is given. choices: ids in ``Case.choices``.
    """

    subject: Subject
    against: Against | None
    measure: str
    form: Form
    window: Window | None = None
    standard: str | None = None
    choices: tuple[str, ...] = ()
    exclude: tuple[Exclusion, ...] = ()
    needs_to_see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A sum that the text states; what ``evenhand.text.recompute`` takes."""

    expression: str
    stated: str | Number
    tolerance: str | Number | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated figure to hold against the catalogue's."""

    unit: str
    measure: str
    year: int
    stated: str | Number
    tolerance: str | Number | None = None


@dataclass(frozen=True, slots=True)
class EventRef:
    """Which catalogued event a claim speaks of, and what it says of it."""

    id: str
    says: Says
    stated: str | Number | None = None


@dataclass(frozen=True, slots=True)
class ClassRef:
    """The class that a claim about how often, or how long, is counted in, and what the claim says of it."""

    group: str
    event: str
    start: int | None = None
    end: int | None = None
    says: ClassSays | None = None
    share: float | None = None
    years: float | None = None
    who: Literal["typical", "all"] = "typical"
    against: str | None = None
    measure: str | None = None
    moved: Literal["rose", "fell"] | None = None


@dataclass(frozen=True, slots=True)
class SaidTie:
    """Which tie a claim speaks of: a source's, and to whom; None where it names nobody."""

    source: str
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What is known to have been done for an agreement, or for its opposite; None where nobody says."""

    by: str
    pushes: Literal["agreement", "opposite"]
    studies: int | None = None
    size: int | None = None
    reach: float | None = None
    money: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a claim of consensus speaks of: the agreement, its opposite, and the setting in which it would be made."""

    agreement: str
    opposite: str = ""
    event: str | None = None
    inquirers: int = 20
    network: str = "cycle"
    trials: int = 10
    edge: float = 0.05
    hears: int = 10
    inquiry: Literal["everyone", "believers"] = "everyone"
    spent: tuple[Spent, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of one item."""

    source: str
    item: str
    value: str | Number
    low: Number | None = None
    high: Number | None = None
    when: int | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who marked a claim; when: the day, of a model."""

    who: Literal["person", "rule", "model"]
    name: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A person has gone through a claim's finding and stands by it. date: as 2026-11-25."""

    by: str
    date: str
    says: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the text. span: its quote's code points in ``Case.document``. line: its line in the casefile."""

    id: str
    kind: ClaimKind
    quote: str
    span: Span
    line: int
    prefix: str | None = None
    suffix: str | None = None
    reads: str | None = None
    readings: tuple[str, ...] = ()
    by: By | None = None
    voice: Voice = "author"
    stance: Stance | None = None
    veiled: bool = False
    move: Move | None = None
    side: str | None = None
    cites: tuple[str, ...] = ()
    open: OpenComparison | None = None
    arithmetic: tuple[Arithmetic, ...] = ()
    figure: Figure | None = None
    event: EventRef | None = None
    klass: ClassRef | None = None
    tie: SaidTie | None = None
    consensus: Agreement | None = None
    equates: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    reviewed: Reviewed | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the argument: the units and groups that stand for it."""

    id: str
    name: str
    units: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """How claims bear on another claim, or on a link. unstated: a premise that the step needs and the text leaves unsaid."""

    sources: tuple[str, ...]
    target: str
    kind: Literal["support", "attack"]
    id: str
    joint: bool = False
    scheme: str | None = None
    unstated: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A camp in the dispute: the claims that it holds, and those that it rejects."""

    id: str
    name: str
    holds: tuple[str, ...]
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A reader's objection to a claim's verdict."""

    claim: str
    by: str
    reason: str
    choice: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A reader's note at a claim, a unit or a year."""

    at: str | int
    text: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A casefile that was checked whole, with the text it is tied to.

    Values of options: a measure's or standard's id, ``Window``, ``Peers``, ``MembershipRule``, a word, or years of
    tolerance. unchecked: what stands in the file and this version does not use, each with its place.
    digest: the SHA-256 of the casefile as read.
    """

    version: int
    path: Path
    text: TextRef
    document: Document
    window: Window | None
    default_standard: str | None
    sides: tuple[Side, ...]
    argues_for: str | None
    data: tuple[DataFile, ...]
    groups: tuple[CaseGroup, ...]
    sources: tuple[CaseSource, ...]
    choices: tuple[Choice, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    disputes: tuple[Dispute, ...]
    notes: tuple[Note, ...]
    unchecked: tuple[Problem, ...]
    positions: tuple[Position, ...] = ()
    digest: str = ""
    testimony: tuple[Statement, ...] = ()
    directions: tuple[Direction, ...] = ()
    classes: tuple[CaseClass, ...] = ()

    @property
    def title(self) -> str:
        """What the text is called: by the casefile, else by the text itself."""
        return self.text.title or self.document.title

    def choice(self, choice_id: str) -> Choice:
        """One of the case's choices by its id."""
        return next(choice for choice in self.choices if choice.id == choice_id)

    def claim(self, claim_id: str) -> Claim:
        """One of the case's claims by its id."""
        return next(claim for claim in self.claims if claim.id == claim_id)
