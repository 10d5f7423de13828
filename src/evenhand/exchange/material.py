"""What an export is made from: the case, and what follows from it, computed only where a format asks for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from evenhand.audit import Audit, audit
from evenhand.case import Case
from evenhand.catalog import Catalog

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Material:
    """A case with its catalogue. data: the user's further CSVs. claim: the one whose card is wanted; None for all.

    ``found`` is the audit, made when it is first asked for.
    """

    case: Case
    catalog: Catalog
    data: Sequence[Path] = ()
    new_units: bool = False
    seed: int = 0
    progress: Progress | None = None
    claim: str | None = None

    @cached_property
    def found(self) -> Audit:
        """The audit of the case."""
        return audit(self.case, self.catalog, seed=self.seed, progress=self.progress, extra_data=self.data)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export gives. files: contents by the names that they get; left_out: what the format cannot hold."""

    files: dict[str, str | bytes]
    left_out: tuple[str, ...] = field(default=())
