"""Rows of tenures, regimes and events that an import brought, in the catalogue's own columns, as Parquet."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from evenhand.catalog.entries import Regime, Tenure
from evenhand.catalog.imported.rows import insert
from evenhand.catalog.imported.shelf import Held
from evenhand.catalog.reference import Tables, events_of, with_new
from evenhand.catalog.tables import COLUMNS, SQL_TYPES, cell

KEPT = ("events", "tenures", "regimes")


def written_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Writes rows of one of the catalogue's tables; lists are joined by ``;``."""
    kinds = COLUMNS[table]
    columns = ", ".join(f'"{name}" {SQL_TYPES[kind]}' for name, kind in kinds.items())
    connection.execute(f'CREATE OR REPLACE TABLE entries ("_place" BIGINT, {columns})')
    values = [[i, *(_flat(row.get(name)) for name in kinds)] for i, row in enumerate(rows)]
    insert(connection, "entries", values)
    target = str(path).replace("'", "''")
    connection.execute(f"COPY (SELECT * FROM entries ORDER BY _place) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")  # noqa: S608


def _flat(value: Any) -> Any:
    return ";".join(value) if isinstance(value, tuple | list) else value


def with_imports(tables: Tables, held: Sequence[Held]) -> Tables:
    """The tables with what the imports bring: units, measures, sources, tenures, regimes and events, after those there."""
    if not held:
        return tables
    manifests = [one.manifest for one in held]
    sources = (one.source for manifest in manifests for one in manifest.sources)
    return _with_entries(
        replace(
            tables,
            units=with_new(tables.units, (unit for manifest in manifests for unit in manifest.units)),
            measures=with_new(tables.measures, (measure for manifest in manifests for measure in manifest.measures)),
            sources=with_new(tables.sources, sources),
        ),
        [one for one in held if one.manifest.entries],
    )


def _with_entries(tables: Tables, held: Sequence[Held]) -> Tables:
    connection = duckdb.connect()
    events = [*tables.event_rows]
    tenures, regimes = [*tables.tenures], [*tables.regimes]
    for one in held:
        there = [name for name in KEPT if one.manifest.entries.get(name)]
        rows = {name: list(read_entries(connection, name, one.folder / f"{name}.parquet")) for name in there}
        events += rows.get("events", [])
        tenures += [Tenure(**row) for row in rows.get("tenures", [])]
        regimes += [Regime(**row) for row in rows.get("regimes", [])]
    if len(events) == len(tables.event_rows):
        return replace(tables, tenures=tuple(tenures), regimes=tuple(regimes))
    added = events_of(events[len(tables.event_rows) :])
    return replace(
        tables,
        events=(*tables.events, *added),
        event_rows=tuple(events),
        tenures=tuple(tenures),
        regimes=tuple(regimes),
    )


def read_entries(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> Iterable[dict[str, Any]]:
    """The rows of one table, text never None, lists as tuples."""
    kinds = COLUMNS[table]
    names = ", ".join(f'"{name}"' for name in kinds)
    found = connection.execute(f"SELECT {names} FROM read_parquet(?) ORDER BY _place", [str(path)]).fetchall()  # noqa: S608
    for row in found:
        yield {name: cell(value, kinds[name]) for name, value in zip(kinds, row, strict=True)}
