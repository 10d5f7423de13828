"""Columns from a CSV or Parquet file, a data frame of any library, or rows in memory: lists of words, None for empty."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.model import BadInputError, closest_words


@dataclass(frozen=True, slots=True)
class Columns:
    """Named columns of equal length. name: how errors call the table; first: the number of its first row."""

    name: str
    columns: Mapping[str, Sequence[Any]]
    first: int = 1

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def where(self, row: int, column: str = "") -> str:
        """Where a cell is, for messages: ``ties.csv, row 3, column to``."""
        return f"{self.name}, row {self.first + row}" + (f", column {column}" if column else "")

    def get(self, column: str) -> Sequence[Any]:
        """A column, or as many None where the table has none of that name."""
        return self.columns.get(column, [None] * len(self))


def columns_of(table: Any, *, needed: Sequence[str], allowed: Sequence[str], name: str = "table") -> Columns:
    """The columns of a path, a data frame, a mapping of columns or a sequence of mappings, checked by name.

    Raises ``BadInputError`` for a file that cannot be read, and for columns that are missing or unknown.
    """
    columns = _read(table, name)
    unknown = [column for column in columns.columns if column not in allowed]
    missing = [column for column in needed if column not in columns.columns]
    if missing:
        raise BadInputError(
            f"there is no column {' nor '.join(missing)}",
            hint=f"needed: {', '.join(needed)}; found: {', '.join(columns.columns) or 'none'}",
            where=columns.name,
        )
    if unknown:
        close = closest_words(unknown[0], allowed, 1)
        guess = f"did you mean {close[0]}? " if close else ""
        raise BadInputError(
            f"unknown column {', '.join(unknown)}", hint=f"{guess}allowed: {', '.join(allowed)}", where=columns.name
        )
    return columns


def _read(table: Any, name: str) -> Columns:
    if isinstance(table, Columns):
        return table
    if isinstance(table, str | Path):
        path = Path(table)
        if not path.is_file():
            raise BadInputError("there is no such file", hint="give a CSV or a Parquet file", where=str(path))
        return _parquet(path) if path.suffix.lower() in {".parquet", ".pq"} else _csv(path)
    if isinstance(table, Mapping):
        return _equal(Columns(name, {str(key): list(values) for key, values in table.items()}))
    if isinstance(table, Sequence):
        keys = dict.fromkeys(str(key) for row in table for key in row)
        return Columns(name, {key: [row.get(key) for row in table] for key in keys})
    return _frame(table, name)


def _csv(path: Path) -> Columns:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, skipinitialspace=True, strict=True) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInputError(f"the table cannot be read ({error})", hint="CSV in UTF-8", where=str(path)) from error
    if not rows:
        raise BadInputError("the file is empty", hint="the first row names the columns", where=str(path))
    header = [word.strip() for word in rows[0]]
    if len(set(header)) != len(header):
        raise BadInputError("two columns have one name", hint=", ".join(header), where=f"{path}, row 1")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(header):
            raise BadInputError(
                f"{len(row)} cells under {len(header)} column names", hint="quote cells that hold commas",
                where=f"{path}, row {number}",
            )  # fmt: skip
    cells = zip(*rows[1:], strict=True) if len(rows) > 1 else ([] for _ in header)
    return Columns(
        str(path),
        {key: [cell.strip() or None for cell in column] for key, column in zip(header, cells, strict=True)},
        first=2,
    )


def _parquet(path: Path) -> Columns:
    import narwhals as nw  # noqa: PLC0415 (only who gives Parquet pays for it)

    try:
        frame = nw.scan_parquet(str(path), backend="duckdb")
        got = frame.to_native().fetchnumpy()
    except Exception as error:  # each engine has errors of its own
        raise BadInputError(f"the Parquet file cannot be read ({error})", where=str(path)) from error
    return Columns(str(path), {key: _plain(column) for key, column in got.items()})


def _plain(column: Any) -> list[Any]:
    values = column.tolist()
    return [None if value is None or value != value else value for value in values]  # noqa: PLR0124 (NaN, NaT)


def _frame(table: Any, name: str) -> Columns:
    import narwhals as nw  # noqa: PLC0415

    try:
        frame = nw.from_native(table)
    except TypeError as error:
        hint = "give a path, a data frame (pandas, polars, Arrow, DuckDB, ...), a mapping of columns or a list of rows"
        raise BadInputError(f"a {type(table).__name__} is no table", hint=hint, where=name) from error
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    return Columns(name, {key: _none_for_nan(frame[key].to_list()) for key in frame.columns})


def _none_for_nan(values: list[Any]) -> list[Any]:
    return [None if value is None or value != value or value == "" else value for value in values]  # noqa: PLR0124


def _equal(columns: Columns) -> Columns:
    lengths = {key: len(values) for key, values in columns.columns.items()}
    if len(set(lengths.values())) > 1:
        raise BadInputError("the columns are not equally long", hint=str(lengths), where=columns.name)
    return columns
