"""Where two casefiles part. Plain data, ready to draw or print; first and second stand for the two, in the user's order."""

from dataclasses import dataclass
from typing import Literal

What = Literal["reading", "choice", "figure", "source"]
By = Literal["first", "second", "either"]


@dataclass(frozen=True, slots=True)
class OneSide:
    """A claim as one of the two marked and judged it. share: of the ways, or of the sets of members, in which it comes out."""

    id: str
    kind: str
    quote: str
    reads: str
    status: str
    verdict: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Parting:
    """One point on which the two differ. where: the key of the casefile; label: what it is about, in words."""

    what: What
    where: str
    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A passage that both marked. gap: how far apart the two findings are, 0 to 1."""

    first: OneSide
    second: OneSide
    gap: float
    partings: tuple[Parting, ...]


@dataclass(frozen=True, slots=True)
class Concession:
    """One change, tried by auditing anew. claim: of the first (of the second where only it has one); "" for the whole file.

    by: who gives way; either, where it comes to the same. after: the distance that is then left.
    """

    parting: Parting
    claim: str
    quote: str
    by: By
    after: float


@dataclass(frozen=True, slots=True)
class CaseDiff:
    """Two audits of one text. distance: the sum of the gaps of the passages that both marked.

    general: where the files part for more than one claim. concessions: every single change that was tried, the one that
    brings them closest first; best: those that share the first place. untried: (what, why) of those that could not be made.
    """

    first: str
    second: str
    title: str
    distance: float
    matched: tuple[Matched, ...]
    only_first: tuple[OneSide, ...]
    only_second: tuple[OneSide, ...]
    general: tuple[Parting, ...]
    concessions: tuple[Concession, ...]
    best: tuple[Concession, ...]
    untried: tuple[tuple[str, str], ...]
    kind: Literal["same-text"] = "same-text"


@dataclass(frozen=True, slots=True)
class Cited:
    """One thing that a text cites. kind: figure, event, class or source; claims: the ids of those that cite it."""

    kind: str
    id: str
    name: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that both cite. agree: yes, no, or empty where nothing that both say can be set side by side."""

    kind: str
    id: str
    name: str
    first_claims: tuple[str, ...]
    second_claims: tuple[str, ...]
    agree: Literal["yes", "no", ""]
    first_says: str = ""
    second_says: str = ""


@dataclass(frozen=True, slots=True)
class PairDiff:
    """Two texts of a pair: what each cites and the other leaves out, what both accept, and what one says and the other denies."""

    first: str
    second: str
    first_title: str
    second_title: str
    only_first: tuple[Cited, ...]
    only_second: tuple[Cited, ...]
    accepted: tuple[Shared, ...]
    contested: tuple[Shared, ...]
    both_cite: tuple[Shared, ...]
    sides: tuple[str, ...]
    kind: Literal["pair"] = "pair"
