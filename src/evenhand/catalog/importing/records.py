"""A table's rows as text, one by one with their numbers: from CSV, Excel, or records that were read already."""

import csv
import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from evenhand.catalog.importing.layout import Table
from evenhand.catalog.importing.looks import looked_at
from evenhand.model import BadInputError

MARKS = ",;\t|"
MARK_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
WORKBOOKS = (".xlsx", ".xlsm")
Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Records:
    """The header's cells, the rows below it (numbered as a spreadsheet does), and what a reader should know."""

    header: tuple[str, ...]
    rows: Iterator[Row]
    notes: tuple[str, ...] = ()


def records_of(table: Table) -> Records:
    """The rows of a table; blank ones are left out. Raises ``BadInputError`` at the row that cannot be read."""
    if table.records is not None:
        numbered = enumerate(table.records[1:], start=2)
        return Records(table.records[0], iter(numbered))
    if table.path.suffix.casefold() in WORKBOOKS:
        return _trimmed(_sheet(table), table, ())
    return _text(table)


def delimiter_of(line: str) -> str:
    """Which mark stands between the columns of a header?"""
    return max(MARKS, key=lambda mark: (line.count(mark), -MARKS.index(mark)))


def _text(table: Table) -> Records:
    look = looked_at(table.path, table.file, table.dialect.encoding)
    lines = look.head.splitlines()
    line = lines[min(table.dialect.header, len(lines)) - 1]
    found = delimiter_of(line)
    mark = table.dialect.delimiter or found
    notes = () if mark == "," or table.dialect.delimiter else (f"read with {MARK_NAMES[mark]} between columns",)
    if mark not in line and found in line:
        raise BadInputError(
            f"the header is one cell, ‘{line[:60]}’", where=f"{table.file}: row {table.dialect.header}",
            hint=f'its columns seem to be set apart by {MARK_NAMES[found]}: `delimiter: "{found}"`',
        )  # fmt: skip
    return _trimmed(_parsed(table, look.encoding, mark), table, notes)


def _parsed(table: Table, encoding: str, mark: str) -> Iterator[Row]:
    csv.field_size_limit(1 << 24)
    with table.path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
        rows = csv.reader(file, delimiter=mark, strict=True)
        number = 0
        try:
            for number, row in enumerate(rows, start=1):
                yield number, tuple(row)
        except csv.Error as error:
            where = f"{table.file}: row {number + 1} (line {rows.line_num})"
            hint = "is a quotation mark left open, or does one stand inside a quoted cell without being doubled?"
            raise BadInputError(f"cannot be read: {error}", hint=hint, where=where) from error


def _sheet(table: Table) -> Iterator[Row]:
    sheet = workbook_sheet(table.path, table.file, table.dialect.sheet)
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield number, tuple(_cell(value) for value in row)


def workbook_sheet(path: Path, file: str, name: str) -> Any:
    """A sheet of a workbook, by name, or the first."""
    from openpyxl import load_workbook  # noqa: PLC0415 (slow to load, and seldom needed)

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # whatever is wrong inside, it is no workbook
        raise BadInputError("is no Excel workbook", hint="save it as .xlsx or as CSV", where=file) from error
    if name and name not in book.sheetnames:
        raise BadInputError(f"has no sheet ‘{name}’", hint=f"its sheets are {', '.join(book.sheetnames)}", where=file)
    return book[name] if name else book.worksheets[0]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value).strip()


def _trimmed(rows: Iterable[Row], table: Table, notes: tuple[str, ...]) -> Records:
    """Header found, blank rows and the footer left out, every row as wide as the header."""
    below = iter(rows)
    header = next(
        (cells for number, cells in below if number >= table.dialect.header and any(map(str.strip, cells))), None
    )
    if header is None:
        raise BadInputError("has no header", hint="is `header` the row that names the columns?", where=table.file)
    names = tuple(cell.strip() for cell in header)
    while names and not names[-1]:
        names = names[:-1]
    return Records(names, _checked(below, names, table), notes)


def _checked(rows: Iterable[Row], names: tuple[str, ...], table: Table) -> Iterator[Row]:
    waiting: deque[Row] = deque()
    wide, footer = len(names), table.dialect.footer
    for row in rows:
        cells = row[1]
        if not any(cells) or not (cells[0].strip() or any(map(str.strip, cells))):
            continue
        if not footer:
            yield row if len(cells) == wide else _fitted(*row, names, table)
            continue
        waiting.append(row)
        if len(waiting) > footer:
            yield _fitted(*waiting.popleft(), names, table)


def _fitted(number: int, cells: tuple[str, ...], names: tuple[str, ...], table: Table) -> Row:
    if len(cells) == len(names):
        return number, cells
    if len(cells) > len(names) and not any(map(str.strip, cells[len(names) :])):
        return number, cells[: len(names)]
    workbook = table.path.suffix.casefold() in WORKBOOKS
    if workbook and len(cells) < len(names):
        return number, cells + ("",) * (len(names) - len(cells))
    where = f"{table.file}: row {number}, column {min(len(cells), len(names)) + 1}"
    only = next((cell for cell in cells if cell.strip()), "")
    if sum(bool(cell.strip()) for cell in cells) == 1 and len(only) > 3:
        raise BadInputError(
            f"‘{only[:60]}’ is a note and not a row of figures", where=where,
            hint="delete the notes below the table, or say in a mapping file how many rows they take: `footer: 3`",
        )  # fmt: skip
    hint = "quote text that holds the mark between columns; a decimal comma needs another mark between columns"
    raise BadInputError(f"{len(cells)} cells under {len(names)} columns", hint=hint, where=where)


def batched(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of at most ``size``."""
    while batch := list(itertools.islice(rows, size)):
        yield batch
