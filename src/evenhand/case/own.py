"""What a casefile brings along: measures and figures, groups, sources and their ties."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class CaseMeasure:
    """A measure of the case's own, for the columns of its CSV."""

    id: str
    name: str
    unit: str
    better: Literal["higher", "lower", "neither"]
    concept: str | None = None
    domain: str | None = None
    definition: str | None = None
    because: str | None = None
    scale: Literal["ratio", "interval", "count", "share"] = "interval"
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class DataFile:
    """A CSV of the case's own. file: as written; path: where it lies. It goes before the catalogue."""

    file: str
    path: Path
    source: str | None = None
    new_units: bool = False
    measures: tuple[CaseMeasure, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a group of the case's own."""

    unit: str
    start: int | None = None
    end: int | None = None
    status: Literal["core", "disputed"] = "core"
    because: str = ""


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """A class of units of the case's own."""

    id: str
    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class CaseTie:
    """What ties a source to somebody with an interest."""

    to: str
    kind: str
    start: int | None = None
    end: int | None = None
    status: str = "asserted"
    evidence: str = ""
    source: str | None = None
    certainty: float | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class CaseSource:
    """Who says so."""

    id: str
    citation: str
    publisher: str = ""
    kind: str = ""
    licence: str = ""
    url: str = ""
    retrieved: str = ""
    ties: tuple[CaseTie, ...] = ()
