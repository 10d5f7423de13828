"""What the answers look like: standing, ways out, ways in, what bears the load."""

from dataclasses import dataclass
from typing import Literal

from evenhand.argue.graph import Label

Accepted = Literal["in all", "in some", "in none", "no extension", "not finished"]


@dataclass(frozen=True, slots=True)
class ElementStanding:
    """Whether one claim or link stands.

    label: grounded. because: in plain words. preferred, stable: in how many of the extensions it is; ``no extension``
    where there is none. strength: (lowest, highest), 0 to 1, by quadratic energy or, where asked for, by DF-QuAD; one number
    twice where no premise that it rests on is undetermined; None where it did not settle. disagree: where the ways of
    judging differ, in words.
    """

    id: str
    label: Label
    because: str = ""
    preferred: Accepted | None = None
    stable: Accepted | None = None
    strength: tuple[float, float] | None = None
    disagree: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands, claim by claim and link by link, in the graph's order. notes: what could not be finished, in words."""

    claims: tuple[ElementStanding, ...]
    links: tuple[ElementStanding, ...]
    notes: tuple[str, ...] = ()

    def of(self, element: str) -> ElementStanding:
        """The standing of a claim or link by its id."""
        return next(one for one in (*self.claims, *self.links) if one.id == element)


@dataclass(frozen=True, slots=True)
class Way:
    """One minimal set. reject: premises and links whose rejection does it; show: premises that would have to be shown.

    falls: what else in the text stood and stands no longer; rises: what did not stand and then does.
    """

    reject: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    rises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaysOut:
    """All minimal sets of premises and links whose rejection brings a conclusion down, smallest first.

    label: the conclusion's label now; where it does not stand there is nothing to bring down, and no sets. complete: are
    these all there are, of any size? searched: all sets up to this size were found. note: why it stopped, where it did.
    """

    conclusion: str
    label: Label
    sets: tuple[Way, ...]
    complete: bool
    searched: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaysIn:
    """All minimal sets of premises to be shown (and of the opponents' to be refuted) for a conclusion to stand."""

    conclusion: str
    label: Label
    sets: tuple[Way, ...]
    complete: bool
    searched: int
    note: str = ""
