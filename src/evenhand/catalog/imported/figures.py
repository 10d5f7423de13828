"""Figures that lie in Parquet files, queried where they are: only the rows that are asked for are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from evenhand.catalog.imported.shelf import COVERAGE, FIGURES, Held
from evenhand.catalog.tables import Figures, no_figures
from evenhand.model import EvenhandError

ORDER = "measure, unit, year, source"
COLUMNS = (
    "measure VARCHAR, unit VARCHAR, year INTEGER, value DOUBLE, low DOUBLE, high DOUBLE, source VARCHAR, flags VARCHAR"
)
SELECTED = (
    "unit, CAST(year AS BIGINT) AS year, value, coalesce(low, 'nan'::DOUBLE) AS low, coalesce(high, 'nan'::DOUBLE) AS high, "
    "source, coalesce(flags, '') AS flags"
)
ROW_GROUP = 61_440
SPELLED = 2_000
MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is of a measure: its units, first and last year, number of figures, and sources."""

    units: frozenset[str]
    first: int
    last: int
    figures: int
    sources: tuple[str, ...]


def written(connection: duckdb.DuckDBPyConnection, selected: str, path: str) -> None:
    """Writes figures as Parquet, in the order in which they are asked for."""
    connection.execute(
        f"COPY (SELECT measure, unit, year, value, low, high, source, flags FROM {selected} ORDER BY {ORDER}) "  # noqa: S608
        f"TO '{_literal(path)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    )


def covered(connection: duckdb.DuckDBPyConnection, figures: str, path: str) -> None:
    """Writes what a table of figures holds, by measure, source and unit."""
    connection.execute(
        f"COPY (SELECT measure, source, unit, min(year) AS first, max(year) AS last, count(*) AS figures "  # noqa: S608
        f"FROM {figures} GROUP BY ALL ORDER BY ALL) TO '{_literal(path)}' (FORMAT parquet, COMPRESSION zstd)"
    )


def _literal(path: str) -> str:
    return path.replace("'", "''")


class ImportedFigures:
    """The figures of all imports, and what they cover."""

    def __init__(self, held: Sequence[Held]) -> None:
        self.held = tuple(held)
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._of = {measure.id for one in held for measure in one.manifest.measures}
        self._coverage: dict[str, Coverage | None] = {}

    def has(self, measure: str) -> bool:
        """Does any import hold figures of the measure?"""
        return measure in self._of

    def figures(
        self, measure: str, units: Iterable[str] | None = None, years: tuple[int, int] | None = None
    ) -> Figures:
        """The figures of a measure, for some units and years or for all."""
        files = self._files(measure, FIGURES)
        if not files:
            return no_figures()
        where, values = "measure = ?", list[object]((files, measure))
        if years is not None:
            where += " AND year BETWEEN ? AND ?"
            values += [*years]
        if units is not None and len(named := list(units)) <= SPELLED:
            # spelled out, so that row groups without any of them are not read
            where += f" AND unit IN ({', '.join('?' * len(named))})" if named else " AND false"
            values += named
        elif units is not None:
            where += " AND unit IN (SELECT unnest(?))"
            values.append(named)
        got = self._run(f"SELECT {SELECTED} FROM read_parquet(?) WHERE {where}", values).fetchnumpy()  # noqa: S608
        arrays = {name: np.asarray(np.ma.getdata(column)) for name, column in got.items()}
        words = {name: arrays[name].astype(object) for name in ("unit", "source", "flags")}
        return Figures(**{**arrays, **words}, layer=np.full(len(arrays["year"]), -1, dtype=np.int64))

    def coverage(self, measure: str) -> Coverage | None:
        """What there is of a measure; None for nothing."""
        if measure not in self._coverage:
            self._coverage[measure] = self._covered(measure)
        return self._coverage[measure]

    def _covered(self, measure: str) -> Coverage | None:
        files = self._files(measure, COVERAGE)
        if not files:
            return None
        rows = self._run(
            "SELECT unit, min(first), max(last), sum(figures), list(DISTINCT source) FROM read_parquet(?) "
            "WHERE measure = ? GROUP BY unit", [files, measure],
        ).fetchall()  # fmt: skip
        if not rows:
            return None
        sources = sorted({source for row in rows for source in row[4]})
        return Coverage(
            frozenset(row[0] for row in rows), min(row[1] for row in rows), max(row[2] for row in rows),
            sum(int(row[3]) for row in rows), tuple(sources),
        )  # fmt: skip

    def _files(self, measure: str, name: str) -> list[str]:
        return [str(one.folder / name) for one in self.held if any(m.id == measure for m in one.manifest.measures)]

    def _run(self, query: str, values: list[object]) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            self._connection = duckdb.connect()
            self._connection.execute(f"SET memory_limit = '{MEMORY}'")
            self._connection.execute("SET enable_progress_bar = false")
        try:
            return self._connection.execute(query, values)
        except duckdb.Error as error:
            hint = "`evenhand data sources` lists the imports; remove the broken one and import it again"
            raise EvenhandError(
                "imported figures cannot be read", hint=hint, where=str(error).splitlines()[0]
            ) from error
