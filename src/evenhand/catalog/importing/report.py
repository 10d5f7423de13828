"""What became of every row that was read: kept, merged, empty or refused, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from evenhand.catalog.importing.layout import Left


@dataclass(frozen=True, slots=True)
class Refusal:
    """Figures that were not taken: why, how many, and of what (a name, with the closest that the catalogue knows)."""

    because: str
    name: str
    figures: int
    first_row: int
    closest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableReport:
    """One table: rows below the header, and what became of its cells. ``cells`` is the sum of the other four.

    cells: every place of a figure, so rows times measures (or years of a wide table). empty: without a figure.
    merged: said already by another row, with the same value.
    """

    file: str
    rows: int
    cells: int
    kept: int
    empty: int
    merged: int
    refused: int
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole import. entries: rows of tenures, regimes, events; verbatim: rows of tables that are kept as they are."""

    id: str
    title: str
    format: str
    tables: tuple[TableReport, ...]
    entries: dict[str, int] = field(default_factory=dict)
    verbatim: dict[str, int] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    new_units: tuple[str, ...] = ()
    replaced: bool = False

    def total(self, what: str) -> int:
        """The sum of a count over all tables."""
        return sum(getattr(table, what) for table in self.tables)

    def refusals(self) -> list[Refusal]:
        """Refused figures by reason and name, over all tables, the most first."""
        return merged_refusals(refusal for table in self.tables for refusal in table.refusals)


def merged_refusals(refusals: Iterable[Refusal]) -> list[Refusal]:
    """One for each reason and name, with the sum of the figures, the most first."""
    found: dict[tuple[str, str], Refusal] = {}
    for one in refusals:
        key = (one.because, one.name)
        before = found.get(key)
        count = one.figures + (before.figures if before else 0)
        found[key] = Refusal(*key, count, before.first_row if before else one.first_row, one.closest)
    return sorted(found.values(), key=lambda one: (-one.figures, one.because, one.name))
