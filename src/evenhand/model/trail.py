"""What a verdict rests on and what would turn it: figures with their sources, and the nearest way that comes out otherwise."""

from dataclasses import dataclass

from evenhand.model.outcome import Outcome


@dataclass(frozen=True, slots=True)
class UsedFigure:
    """One figure that the claim's own way of comparing read. role: subject, opponent, member, peer or other.

    year: that of the figure as published (of leaders the year in office). source: its id.
    """

    unit: str
    name: str
    role: str
    measure: str
    year: int
    value: float
    low: float | None
    high: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Series:
    """A table of figures that some way of comparing may have read: its measure, and a short digest of all its figures."""

    key: str
    measure: str
    digest: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One choice, taken otherwise: option ids, and what a reader calls them."""

    choice: str
    label: str
    instead_of: str
    taken: str
    instead_of_label: str
    taken_label: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A way of comparing near the claim's own, and how the claim comes out under it."""

    changed: tuple[Changed, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Nearest:
    """The ways nearest to the claim's own, the first option of each choice, that come out otherwise than it.

    own: how the claim comes out under its own way; where that could not be judged, the turns are the nearest that could.
    changes: how many choices are taken otherwise; None where no way turns it. of: how many ways are as near; turns: those
    of them that are listed.
    """

    own: Outcome
    changes: int | None
    of: int
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class TriedChoice:
    """A choice and the options that were tried, by id and by what a reader calls them."""

    choice: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """figures: all that the claim's own way read. series: digests of all that any way read. nearest: what would turn it.
    choices: all that was tried.
    """

    figures: tuple[UsedFigure, ...]
    series: tuple[Series, ...]
    nearest: Nearest
    choices: tuple[TriedChoice, ...] = ()
