"""Tables that hold no figures, kept as they are: every row and column, as text."""

import csv
from pathlib import Path
from typing import Any

import duckdb

from evenhand.catalog.importing.layout import Other
from evenhand.model import BadInputError


def rows_of(other: Other) -> list[dict[str, Any]]:
    """The rows of a table by column name."""
    try:
        with other.path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInputError("cannot be read as CSV", hint=str(error), where=other.file) from error


def kept_as_is(connection: duckdb.DuckDBPyConnection, other: Other, folder: Path) -> int:
    """Writes a table as Parquet, all columns as text; gives the number of its rows."""
    folder.mkdir(exist_ok=True)
    target = str(folder / f"{other.name}.parquet").replace("'", "''")
    try:
        connection.execute(
            "CREATE OR REPLACE TABLE kept AS SELECT * FROM read_csv(?, header=true, all_varchar=true, delim=',', "
            "quote='\"', escape='\"')",
            [str(other.path)],
        )
    except duckdb.Error as error:
        raise BadInputError("cannot be read as CSV", hint=str(error).splitlines()[0], where=other.file) from error
    connection.execute(f"COPY kept TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    counted = connection.execute("SELECT count(*) FROM kept").fetchone()
    return int(counted[0]) if counted else 0
