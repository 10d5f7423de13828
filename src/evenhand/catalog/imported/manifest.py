"""What is kept of an import beside its figures: citations, licences, addresses, dates and hashes."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evenhand.catalog.entries import Measure, Source, Unit
from evenhand.model import EvenhandError

VERSION = 1


@dataclass(frozen=True, slots=True)
class SourceManifest:
    """One source of an import: who says so, under what licence, when fetched, and a digest of all that it says.

    sha256: over the source's figures in order, so that two imports of the same figures have the same.
    """

    source: Source
    figures: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One import. folder: where its tables lie, beside this file. files: what was read, name to SHA-256."""

    id: str
    title: str
    format: str
    address: str
    retrieved: str
    folder: str
    figures: int
    files: dict[str, str]
    sources: tuple[SourceManifest, ...]
    measures: tuple[Measure, ...]
    units: tuple[Unit, ...] = ()
    entries: dict[str, int] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """As JSON."""
        return json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False, indent=1) + "\n"


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file; raises ``EvenhandError`` where it is no such thing."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if found.pop("version") != VERSION:
            raise EvenhandError(
                "this import was written by another version",
                hint="import it again, or update evenhand",
                where=str(path),
            )
        found["sources"] = tuple(
            SourceManifest(Source(**one["source"]), one["figures"], one["sha256"]) for one in found["sources"]
        )
        found["measures"] = tuple(Measure(**one) for one in found["measures"])
        found["units"] = tuple(_unit(one) for one in found["units"])
        return Manifest(**found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = "`evenhand data remove` it, or delete the file, and import it again"
        raise EvenhandError("the record of an import cannot be read", hint=hint, where=str(path)) from error


def _unit(found: dict[str, Any]) -> Unit:
    lists = {name: tuple(found[name]) for name in ("predecessors", "successors", "part_of", "other_names")}
    return Unit(**{**found, **lists, "codes": tuple((scheme, code) for scheme, code in found["codes"])})
