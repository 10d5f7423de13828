"""Rows of Python values put into a table of a database at once: a statement for each row would take minutes."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Adds rows to a table. None is NULL; a column holds words, or numbers."""
    if not rows:
        return
    columns = {f"c{i}": _column(column) for i, column in enumerate(zip(*rows, strict=True))}
    connection.register("added", columns)
    connection.execute(f"INSERT INTO {table} SELECT * FROM added")  # noqa: S608 (our own tables)
    connection.unregister("added")


def _column(column: Sequence[Any]) -> np.ndarray[Any, Any]:
    """Numbers travel as floats with NaN for None where some are None; words as objects."""
    if all(value is None or isinstance(value, int | float) for value in column):
        if any(value is None for value in column):
            return np.ma.masked_invalid(
                np.array([np.nan if value is None else value for value in column], dtype=np.float64)
            )
        return np.array(column)
    return np.array(column, dtype=object)
