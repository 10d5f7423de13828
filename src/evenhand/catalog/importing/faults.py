"""What cannot be read in a table: one message for each kind of fault and column, with row, column and what to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from evenhand.catalog.importing.cells import SPAN, quoted
from evenhand.catalog.importing.layout import Table
from evenhand.model import BadInputError, Problem

TOLD = 20
GROUPED = re.compile(r"[-+−]?\d{1,3}([,.   '’]\d{3})+([.,]\d+)?")
COMMA = re.compile(r"[-+−]?\d+,\d+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault in one column: where it is first, what stands there, and how often."""

    kind: str
    column: str
    row: int
    found: str
    times: int


def check(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Raises ``BadInputError`` with one problem for each kind of fault and column of what was parsed."""
    if not _any(connection):
        return
    faults = [*_of_years(connection, table), *_of_numbers(connection), *_of_order(connection)]
    if faults:
        raise BadInputError.of([_problem(fault, table) for fault in sorted(faults, key=lambda one: one.row)[:TOLD]])


def _any(connection: duckdb.DuckDBPyConnection) -> bool:
    """Is there anything to look for? One pass in place of one for each kind."""
    found = connection.execute(
        "SELECT count(*) FROM parsed WHERE (NOT empty AND (year IS NULL OR value IS NULL OR (name = '' AND code = ''))) "
        "OR (empty AND trim(said) = '') OR value < low OR value > high "
        "OR (low IS NULL AND said_low <> '') OR (high IS NULL AND said_high <> '')"
    ).fetchone()
    return bool(found and found[0])


def _first(connection: duckdb.DuckDBPyConnection, kind: str, column: str, found: str, where: str) -> list[Fault]:
    rows = connection.execute(
        f"SELECT {column} AS col, min(row), arg_min({found}, row), count(*) FROM parsed WHERE {where} GROUP BY 1"  # noqa: S608
    ).fetchall()
    return [Fault(kind, str(col), int(row), str(word), int(times)) for col, row, word, times in rows]


def _of_years(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Fault]:
    year = quoted(table.columns.year) if table.columns.year else "col"
    span = f"regexp_matches(trim(said), '{SPAN}')"
    bad = "NOT empty AND year IS NULL AND trim(said) <> ''"
    faults = _first(connection, "span", year, "said", f"{bad} AND {span}")
    faults += _first(connection, "year", year, "said", f"{bad} AND NOT {span}")
    faults += _first(connection, "no year", year, "coalesce(nullif(name, ''), code)", "NOT empty AND trim(said) = ''")
    if not table.wide and len(table.measured) <= 1:
        faults += _first(
            connection, "note", quoted(table.columns.unit or table.columns.code), "name", "empty AND trim(said) = ''"
        )
    nobody = quoted(table.columns.unit or table.columns.code)
    return faults + _first(connection, "no unit", nobody, "said", "NOT empty AND name = '' AND code = ''")


def _of_numbers(connection: duckdb.DuckDBPyConnection) -> list[Fault]:
    faults = _first(connection, "number", "col", "said_value", "NOT empty AND value IS NULL")
    for bound in ("low", "high"):
        bad = f"{bound} IS NULL AND trim(said_{bound}) NOT IN ('', 'NA', '..', 'NaN', 'nan')"
        faults += _first(connection, "number", f"{bound}_col", f"said_{bound}", f"NOT empty AND {bad}")
    return faults


def _of_order(connection: duckdb.DuckDBPyConnection) -> list[Fault]:
    told = "format('{} is not between {} and {}', value, coalesce(low, '-inf'), coalesce(high, 'inf'))"
    return _first(connection, "order", "col", told, "value < low OR value > high")


def _problem(fault: Fault, table: Table) -> Problem:
    where = f"{table.file}: row {fault.row}, column {fault.column}"
    more = f" (and {fault.times - 1:,} more in this column)" if fault.times > 1 else ""
    word = fault.found if len(fault.found) <= 60 else fault.found[:60] + "…"
    messages = {
        "span": (f"‘{word}’ is more than one year", "say in a mapping file which counts: `period: first` or `last`"),
        "year": (f"‘{word}’ is not a year", "a whole number from -3000 to 3000"),
        "no year": (f"no year for ‘{word}’", "give one, or delete the row"),
        "note": (
            f"‘{word}’ has neither year nor figure: a note and not a row",
            "delete it, or say in a mapping file how many rows the notes below the table take: `footer: 1`",
        ),
        "no unit": ("no unit", "every figure needs a unit"),
        "number": (f"‘{word}’ is not a number", _number_hint(fault.found.strip(), table)),
        "order": (word, "low, value and high must be in this order"),
    }
    message, hint = messages[fault.kind]
    return Problem(where, message + more, hint)


def _number_hint(word: str, table: Table) -> str:
    if table.dialect.decimal == "," and "." in word:
        return 'with a decimal comma, a point can only set thousands apart: `thousands: "."` in the mapping file'
    if COMMA.fullmatch(word) and not re.fullmatch(r"[-+−]?\d{1,3},\d{3}", word):
        return 'is the comma a decimal comma? Say so in a mapping file: `decimal: ","`'
    if GROUPED.fullmatch(word):
        return 'a mark between thousands, or a decimal comma? Say which in a mapping file: `thousands: ","` or `decimal: ","`'
    return "leave the cell empty where there is no figure, or list the word under `missing` in a mapping file"


def problems_told(problems: Sequence[Problem]) -> list[Problem]:
    """At most ``TOLD`` problems, and how many more there are."""
    shown = list(problems[:TOLD])
    if len(problems) > TOLD:
        shown.append(Problem("", f"and {len(problems) - TOLD:,} more problems"))
    return shown
