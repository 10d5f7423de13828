"""Ties: from a source to somebody with an interest, each with its evidence, years and status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from evenhand.model import Reason
from evenhand.sources.kinds import KindOfTie, tie_kinds

Status = Literal["asserted", "documented", "disputed"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a source to a party.

    from_, to: ids or names of sources or parties. kind: one of the vocabulary's. start, end: first and last year, None
    where not known. status: asserted (somebody says so), documented (``source`` shows it) or disputed. evidence: what
    shows it; source: where to look that up. side: in the interest of which side the party ``to`` stands, "" for none.
    """

    from_: str
    to: str
    kind: str
    start: int | None = None
    end: int | None = None
    status: Status = "asserted"
    evidence: str = ""
    source: str = ""
    side: str = ""
    certainty: float | None = None
    where: str = ""

    def covers(self, year: int | None) -> bool | None:
        """Was the tie in force in that year? None where its years or the year are not known."""
        if year is None or (self.start is None and self.end is None):
            return None
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)

    def swapped(self, sides: Mapping[str, str]) -> "Tie":
        """The same tie with the sides' labels exchanged."""
        return Tie(
            self.from_, self.to, self.kind, self.start, self.end, self.status, self.evidence, self.source,
            sides.get(self.side, self.side), self.certainty, self.where,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ties:
    """All ties of a case, in the order given, with the vocabulary that they use.

    notes: what the reader should know of them (a source that is its own tie, a cycle of ownership, ...).
    """

    ties: tuple[Tie, ...] = ()
    kinds: Mapping[str, KindOfTie] = field(default_factory=tie_kinds)
    notes: tuple[Reason, ...] = ()

    def keep(self, ties: Iterable[Tie]) -> "Ties":
        """The same vocabulary and notes with other ties."""
        return Ties(tuple(ties), self.kinds, self.notes)

    def with_status(self, *statuses: Status) -> "Ties":
        """Only the ties of these statuses; ``with_status("documented")`` are those that may take a source out."""
        return self.keep(tie for tie in self.ties if tie.status in statuses)

    def of_side(self, side: str) -> "Ties":
        """Only the ties to parties with an interest on that side."""
        return self.keep(tie for tie in self.ties if tie.side == side)

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that any tie names, sorted."""
        return tuple(sorted({tie.side for tie in self.ties} - {""}))
