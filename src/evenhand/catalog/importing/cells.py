"""A table's rows turned into cells, one figure each, inside a database on disk, so that size does not matter."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from evenhand.catalog.importing.layout import Columns, Measured, Table
from evenhand.catalog.importing.records import Records, batched, records_of
from evenhand.model import BadInputError, closest_words

BATCH = 50_000
YEAR = r"^-?[0-9]{1,4}$"
SPAN = r"^([0-9]{4}) ?[-–/] ?([0-9]{2,4})$"
HEADING_YEAR = re.compile(r"(?<!\d)(-?\d{4})(?!\d)")
CELLS = """
CREATE OR REPLACE TABLE cells (row BIGINT, col VARCHAR, low_col VARCHAR, high_col VARCHAR, name VARCHAR, code VARCHAR,
  said VARCHAR, word VARCHAR, source VARCHAR, value VARCHAR, low VARCHAR, high VARCHAR, flags VARCHAR)
"""
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table that stands in ``cells``. rows: below the header. notes: how it was read."""

    rows: int
    notes: tuple[str, ...]


def quoted(word: str) -> str:
    """A word as an SQL literal."""
    return "'" + word.replace("'", "''") + "'"


def load(connection: duckdb.DuckDBPyConnection, table: Table, tell: Tell) -> Loaded:
    """Reads the table into ``cells``, one row for every place of a figure, nothing left out."""
    if table.path.suffix.casefold() in {".parquet", ".pq"} and table.records is None:
        header, rows = _parquet(connection, table)
        notes: tuple[str, ...] = ()
    else:
        records = records_of(table)
        header, notes = records.header, records.notes
        rows = _raw(connection, records, table, tell)
    _check_header(header, table)
    connection.execute(CELLS)
    for selected in _selections(header, table):
        connection.execute(f"INSERT INTO cells {selected}")
    connection.execute("DROP TABLE raw")
    return Loaded(rows, notes)


def _raw(connection: duckdb.DuckDBPyConnection, records: Records, table: Table, tell: Tell) -> int:
    columns = ", ".join(f"c{i} VARCHAR" for i in range(len(records.header)))
    connection.execute(f"CREATE OR REPLACE TABLE raw (row BIGINT, {columns})")
    rows = 0
    for batch in batched(records.rows, BATCH):
        numbers, cells = zip(*batch, strict=True)
        arrays = {"row": np.array(numbers, dtype=np.int64)}
        for i, column in enumerate(zip(*cells, strict=True)):
            arrays[f"c{i}"] = np.array(column, dtype=object)
        connection.register("batch", arrays)
        connection.execute("INSERT INTO raw SELECT * FROM batch")
        connection.unregister("batch")
        rows += len(batch)
        tell(table.file, rows, 0)
    if not rows:
        raise BadInputError("holds a header and no rows", where=table.file)
    return rows


def _parquet(connection: duckdb.DuckDBPyConnection, table: Table) -> tuple[tuple[str, ...], int]:
    try:
        found = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(table.path)]).fetchall()
        header = tuple(str(row[0]) for row in found)
        cast = ", ".join(f"CAST({_column(name)} AS VARCHAR) AS c{i}" for i, name in enumerate(header))
        connection.execute(
            f"CREATE OR REPLACE TABLE raw AS SELECT row_number() OVER () + 1 AS row, {cast} FROM read_parquet(?)",  # noqa: S608 (names are quoted)
            [str(table.path)],
        )
    except duckdb.Error as error:
        raise BadInputError("is no Parquet file", hint=str(error).splitlines()[0], where=table.file) from error
    counted = connection.execute("SELECT count(*) FROM raw").fetchone()
    return header, int(counted[0]) if counted else 0


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _wanted(columns: Columns, measured: Sequence[Measured]) -> list[str]:
    named = [getattr(columns, name) for name in Columns.__slots__]
    return [word for word in (*named, *(c for m in measured for c in (m.column, m.low, m.high))) if word]


def _check_header(header: tuple[str, ...], table: Table) -> None:
    where = f"{table.file}: row {table.dialect.header}"
    for word in dict.fromkeys([*_wanted(table.columns, table.measured), *table.wide]):
        if word not in header:
            close = closest_words(word, header) or header[:8]
            raise BadInputError(f"no column ‘{word}’", hint=f"closest: {', '.join(close)}", where=where)
        if header.count(word) > 1:
            raise BadInputError(f"the column ‘{word}’ stands twice", hint="rename one of them", where=where)


def _selections(header: tuple[str, ...], table: Table) -> list[str]:
    """One SELECT for each column of figures."""
    columns = table.columns

    def at(name: str, default: str = "''") -> str:
        return f"coalesce(c{header.index(name)}, '')" if name else default

    fixed = {
        "name": at(columns.unit),
        "code": at(columns.code),
        "source": at(columns.source),
        "flags": at(columns.flags),
    }
    if table.wide:
        word = at(columns.measure, quoted(table.measured[0].word if table.measured else ""))
        places = [(name, "", "", quoted(_heading_year(name, table)), word) for name in table.wide]
    elif columns.value:
        word = at(columns.measure, quoted(table.measured[0].word if table.measured else ""))
        places = [(columns.value, columns.low, columns.high, at(columns.year), word)]
    else:
        places = [(m.column, m.low, m.high, at(columns.year), quoted(m.word)) for m in table.measured]
    return [
        f"SELECT row, {quoted(value)}, {quoted(low)}, {quoted(high)}, {fixed['name']}, {fixed['code']}, {year}, {word}, "  # noqa: S608 (literals are quoted)
        f"{fixed['source']}, {at(value)}, {at(low)}, {at(high)}, {fixed['flags']} FROM raw"
        for value, low, high, year, word in places
    ]


def _heading_year(heading: str, table: Table) -> str:
    found = HEADING_YEAR.search(heading)
    if found is None:
        raise BadInputError(
            f"the column ‘{heading}’ names no year", where=f"{table.file}: row {table.dialect.header}",
            hint="a wide table has one column for each year",
        )  # fmt: skip
    return found[1]


def parse(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """``parsed``: the cells with years and numbers read; what cannot be read is NULL, and told by ``faults``."""
    missing = ", ".join(quoted(word) for word in dict.fromkeys(("", *table.dialect.missing)))
    year = "trim(regexp_replace(said, '\\.0+$', ''))"
    first = f"regexp_extract({year}, '{SPAN}', 1)"
    second = f"regexp_extract({year}, '{SPAN}', 2)"
    spans = {
        "refuse": "NULL",
        "first": f"TRY_CAST({first} AS INTEGER)",
        "last": f"TRY_CAST(left({first}, greatest(0, 4 - length({second}))) || {second} AS INTEGER)",
    }
    bounds = bool(table.columns.low or table.columns.high or any(one.low or one.high for one in table.measured))
    numbers = ", ".join(
        f"{_number(name, table) if name == 'value' or bounds else 'NULL::DOUBLE'} AS {name}"
        for name in ("value", "low", "high")
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE parsed AS SELECT row, col, trim(name) AS name, trim(code) AS code,
        trim(word) AS word, trim(source) AS source, trim(flags) AS flags,
        CASE WHEN CAST(TRY_CAST(said AS SMALLINT) AS VARCHAR) = said AND abs(TRY_CAST(said AS INTEGER)) <= 3000
               THEN TRY_CAST(said AS INTEGER)
             WHEN regexp_matches({year}, '{YEAR}') AND abs(TRY_CAST({year} AS INTEGER)) <= 3000 THEN TRY_CAST({year} AS INTEGER)
             WHEN regexp_matches({year}, '{SPAN}') THEN {spans[table.period]} END AS year,
        {numbers}, trim(value) IN ({missing}) AS empty,
        said, value AS said_value, low AS said_low, high AS said_high, low_col, high_col FROM cells"""  # noqa: S608
    )


def _number(column: str, table: Table) -> str:
    text = f"replace(trim({column}), '−', '-')"
    if table.dialect.thousands:
        text = f"replace({text}, {quoted(table.dialect.thousands)}, '')"
    if table.dialect.decimal != ".":
        text = f"replace(replace({text}, '.', '?'), {quoted(table.dialect.decimal)}, '.')"
    # Words that a database takes for numbers, and people do not write as such (inf, 0x1F, 1_000), are none.
    number = f"TRY_CAST({text} AS DOUBLE)"
    return f"CASE WHEN translate({text}, '0123456789.+-eE', '') = '' AND isfinite({number}) THEN {number} END"
