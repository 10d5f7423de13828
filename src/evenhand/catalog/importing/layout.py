"""How a table of somebody else's figures is laid out, and what a source turned out to hold. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from evenhand.catalog.entries import Measure, Source, Unit

Territory = Literal["as-it-was", "today"]
Period = Literal["refuse", "first", "last"]
Duplicates = Literal["refuse", "first", "last"]
TERRITORIES: tuple[Territory, ...] = get_args(Territory)
PERIODS: tuple[Period, ...] = get_args(Period)
DUPLICATES: tuple[Duplicates, ...] = get_args(Duplicates)
MISSING = ("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None", ".", "..", "...", "-", "–", "—")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are written. delimiter: "" for the one that the header shows. header: the row that names the columns.

    footer: how many rows at the end are no figures. missing: words that stand for "no figure".
    """

    delimiter: str = ""
    decimal: str = "."
    thousands: str = ""
    encoding: str = "utf-8"
    header: int = 1
    footer: int = 0
    sheet: str = ""
    missing: tuple[str, ...] = MISSING


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns say what, by their headings; "" for none."""

    unit: str = ""
    code: str = ""
    year: str = ""
    value: str = ""
    measure: str = ""
    low: str = ""
    high: str = ""
    source: str = ""
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure, and the columns with its figures; without a column it is that of the table's ``value`` column.

    word: what the table calls it in its ``measure`` column.
    """

    measure: Measure
    column: str = ""
    low: str = ""
    high: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of figures. file: what it is called in messages. wide: the columns that are years.

    scheme: whose codes the ``code`` column holds. names: units by hand, for names that the catalogue does not know.
    leave_out: names whose rows are not taken. strict: a name that means no unit refuses the whole table.
    territory: do names stand for the state that existed in the year, or for today's territory in every year?
    """

    path: Path
    file: str
    columns: Columns
    measured: tuple[Measured, ...]
    source: str
    dialect: Dialect = field(default_factory=Dialect)
    wide: tuple[str, ...] = ()
    scheme: str = "iso3"
    territory: Territory = "today"
    period: Period = "refuse"
    duplicates: Duplicates = "refuse"
    names: Mapping[str, str] = field(default_factory=dict)
    new_units: bool = False
    leave_out: tuple[str, ...] = ()
    strict: bool = False
    records: tuple[tuple[str, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """A table that holds no figures: kept as it is, and read as ``entry`` (tenures, regimes, events) where it is that."""

    path: Path
    file: str
    name: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not stored, and why."""

    file: str
    rows: int
    because: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a SOURCE turned out to be: its tables, and the units and sources that it declares."""

    id: str
    title: str
    format: str
    address: str
    tables: tuple[Table, ...]
    sources: tuple[Source, ...]
    units: tuple[Unit, ...] = ()
    others: tuple[Other, ...] = ()
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()
