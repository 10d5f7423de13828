"""What a casefile may name, looked up by whoever holds the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


class Vocabulary(Protocol):
    """Each look-up gives the id for a name, or None where nothing has that name."""

    def unit(self, name: str, year: int | None = None) -> str | None: ...
    def measure(self, name: str) -> str | None: ...
    def group(self, name: str) -> str | None: ...
    def standard(self, name: str) -> str | None: ...
    def source(self, name: str) -> str | None: ...
    def event(self, name: str) -> str | None: ...
    def closest(self, name: str, n: int = 3, *, kind: str | None = None) -> list[str]:
        """Names that come closest; ``kind`` is unit, measure, group, standard, source, event, or None for any."""
        ...


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody's time at the head of a state, in calendar years. end: None where it had not ended.

    unit: the id of the unit that stands for it, where there is one.
    """

    person: str
    state: str
    start: int
    end: int | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """A catalogued event by its id, kind, names, places (ids of units) and years."""

    id: str
    kind: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    start: int
    end: int


@runtime_checkable
class Chronicle(Protocol):
    """A vocabulary that also knows who ruled when, what happened, and in what a measure is counted."""

    def offices(self) -> Sequence[Office]: ...
    def happenings(self) -> Sequence[Happening]: ...
    def counted_in(self, measure: str) -> str:
        """The unit of measurement of a measure, in words; empty where it is not known."""
        ...
