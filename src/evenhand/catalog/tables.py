"""How the catalogue's CSV tables are read: DuckDB queries them where they lie, with every column's type said."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from evenhand.model import EvenhandError

COLUMNS: dict[str, dict[str, str]] = {
    "units": {
        "id": "text", "name": "text", "kind": "text", "start": "int", "end": "int", "predecessors": "list",
        "successors": "list", "part_of": "list", "codes": "list", "other_names": "list", "region": "text",
    },
    "groups": {"id": "text", "name": "text", "definition": "text", "source": "text"},
    "memberships": {
        "group": "text", "unit": "text", "start": "int", "end": "int", "status": "text", "because": "text",
        "source": "text",
    },
    "measures": {
        "id": "text", "concept": "text", "domain": "text", "name": "text", "definition": "text", "unit": "text",
        "better": "text", "because": "text", "scale": "text", "minimum": "float", "maximum": "float",
        "spacing": "text", "caveats": "text", "tolls": "text",
    },
    "sources": {
        "id": "text", "citation": "text", "publisher": "text", "kind": "text", "licence": "text", "url": "text",
        "retrieved": "text",
    },
    "events": {
        "id": "text", "kind": "text", "name": "text", "other_names": "list", "place": "list", "responsible": "list",
        "start": "int", "end": "int", "counted": "text", "low": "int", "central": "int", "high": "int",
        "author": "text", "year": "int", "source": "text", "evidence": "text", "attribution": "text",
    },
    "blind_spots": {
        "measure": "text", "units": "list", "start": "int", "end": "int", "event_kind": "text", "evidence": "text",
    },
    "names": {"unit": "text", "name": "text", "start": "int", "end": "int", "language": "text"},
    "codes": {"unit": "text", "scheme": "text", "code": "text", "start": "int", "end": "int", "source": "text"},
    "border_changes": {"unit": "text", "year": "int", "change": "text", "source": "text"},
    "nested_events": {"event": "text", "part_of": "text"},
    "tenures": {
        "person": "text", "unit": "text", "start": "text", "end": "text", "entry": "text", "exit": "text",
        "source": "text", "leader": "text",
    },
    "regimes": {
        "name": "text", "unit": "text", "kind": "text", "start": "text", "end": "text", "exit": "text",
        "source": "text",
    },
    "classes": {
        "id": "text", "name": "text", "one": "text", "succeeded": "text", "opens": "int", "closes": "int",
        "definition": "text", "mind": "text", "source": "text",
    },
    "class_members": {
        "class": "text", "name": "text", "unit": "text", "start": "text", "end": "text", "goes_on": "text",
        "outcome": "text", "status": "text", "because": "text", "source": "text",
    },
    "observations": {
        "unit": "text", "year": "int", "value": "float", "low": "float", "high": "float", "source": "text",
        "flags": "text",
    },
}  # fmt: skip
COLUMNS["event_sources"] = COLUMNS["sources"]
COLUMNS["states"] = COLUMNS["units"]
SQL_TYPES = {"text": "VARCHAR", "list": "VARCHAR", "int": "BIGINT", "float": "DOUBLE"}


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """All figures of one measure, one row each, as arrays of equal length R.

    unit, source, flags: [R] words. year: [R]. value, low, high: [R], NaN for no bound. layer: [R] whose word counts
    more: 0 the reference table, higher for figures that the user gave.
    """

    unit: NDArray[np.object_]
    year: NDArray[np.int64]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    source: NDArray[np.object_]
    flags: NDArray[np.object_]
    layer: NDArray[np.int64]


def listed(text: str | None) -> tuple[str, ...]:
    """The words of a ``;`` list."""
    return tuple(word.strip() for word in (text or "").split(";") if word.strip())


def _query(table: str, select: str) -> str:
    columns = ", ".join(f"'{name}': '{SQL_TYPES[kind]}'" for name, kind in COLUMNS[table].items())
    return (
        f"SELECT {select} FROM read_csv(?, header=true, auto_detect=false, "  # noqa: S608 (our own words, no user's)
        f"delim=',', quote='\"', escape='\"', columns={{{columns}}})"
    )


def _check_header(path: Path, table: str) -> None:
    """Columns are typed by position, so the header must be as declared."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file), [])
    if header != list(COLUMNS[table]):
        raise EvenhandError(
            "the columns are not those of the table",
            hint=f"expected {','.join(COLUMNS[table])}; found {','.join(header)}",
            where=str(path),
        )


def _run(connection: duckdb.DuckDBPyConnection, path: Path, table: str, select: str) -> duckdb.DuckDBPyConnection:
    _check_header(path, table)
    try:
        return connection.cursor().execute(_query(table, select), [str(path)])
    except duckdb.Error as error:
        first = str(error).splitlines()
        raise EvenhandError("the table cannot be read", hint=" ".join(first[:3]), where=str(path)) from error


def read_rows(connection: duckdb.DuckDBPyConnection, path: Path, table: str) -> Iterator[dict[str, Any]]:
    """Each row of a table by column name; text is never None, lists are tuples."""
    kinds = COLUMNS[table]
    for row in _run(connection, path, table, "*").fetchall():
        yield {name: cell(value, kinds[name]) for name, value in zip(kinds, row, strict=True)}


def cell(value: Any, kind: str) -> Any:
    """One cell as the catalogue holds it: text never None, a list as a tuple."""
    if kind == "list":
        return listed(value)
    return (value or "") if kind == "text" else value


FIGURES = (
    "unit, year, value, COALESCE(low, 'nan'::DOUBLE) AS low, COALESCE(high, 'nan'::DOUBLE) AS high, "
    "COALESCE(source, '') AS source, COALESCE(flags, '') AS flags"
)


def read_figures(connection: duckdb.DuckDBPyConnection, path: Path) -> Figures:
    """The figures of ``observations/<measure>.csv``; rows without unit, year or value are left to the check."""
    got = _run(connection, path, "observations", FIGURES).fetchnumpy()
    given = ~(np.ma.getmaskarray(got["value"]) | np.ma.getmaskarray(got["unit"]) | np.ma.getmaskarray(got["year"]))
    arrays = {name: np.asarray(np.ma.getdata(column))[given] for name, column in got.items()}
    return Figures(**arrays, layer=np.zeros(int(given.sum()), dtype=np.int64))


def no_figures() -> Figures:
    """A table without rows."""
    words = np.empty(0, dtype=object)
    numbers = np.empty(0)
    whole = np.empty(0, dtype=np.int64)
    return Figures(words, whole, numbers, numbers, numbers, words, words, whole)


def stack(parts: list[Figures]) -> Figures:
    """The rows of several tables under each other."""
    names = ("unit", "year", "value", "low", "high", "source", "flags", "layer")
    return Figures(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
