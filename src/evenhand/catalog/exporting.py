"""Figures taken out of the catalogue: CSV and Parquet, a README, and every citation. Importing it gives the same figures."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.entries import Measure, Source, Unit
from evenhand.catalog.imported.figures import ROW_GROUP
from evenhand.catalog.panel import take
from evenhand.catalog.tables import Figures
from evenhand.files import whole_folder
from evenhand.model import BadInputError

FIGURES = ("unit", "code", "year", "value", "low", "high", "source", "flags")
MEASURES = (
    "id", "concept", "domain", "name", "definition", "unit", "better", "because", "scale", "minimum", "maximum", "spacing",
    "caveats", "tolls",
)  # fmt: skip
SOURCES = ("id", "citation", "publisher", "kind", "licence", "url", "retrieved")
UNITS = (
    "id",
    "name",
    "kind",
    "start",
    "end",
    "predecessors",
    "successors",
    "part_of",
    "codes",
    "other_names",
    "region",
)
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be taken out; nothing named means everything."""

    measures: Sequence[str] = ()
    units: Sequence[str] = ()
    start: int | None = None
    end: int | None = None


def export(catalog: Catalog, folder: Path, wanted: Wanted, tell: Tell) -> dict[str, int]:
    """Writes a new folder: all of it, or nothing. Raises ``BadInputError`` where there is one already, or no figure.

    Gives how many figures, measures, units and sources were written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError("there is something already", hint="name a new folder", where=str(folder))
    if not folder.absolute().parent.is_dir():
        raise BadInputError("this folder does not exist", hint="make it first", where=str(folder.parent))
    measures = [catalog.measure(name) for name in wanted.measures] or list(catalog.measures())
    units = {catalog.unit(name).id for name in wanted.units}
    try:
        with whole_folder(folder) as beside:
            return _written(catalog, beside, measures, units, wanted, tell)
    except OSError as error:
        raise BadInputError(f"cannot be written: {error.strerror}", where=str(folder)) from error


def _written(
    catalog: Catalog, folder: Path, measures: Iterable[Measure], units: set[str], wanted: Wanted, tell: Tell
) -> dict[str, int]:
    (folder / "measures").mkdir()
    connection = duckdb.connect()
    connection.execute("CREATE TABLE figures (measure VARCHAR, unit VARCHAR, code VARCHAR, year INTEGER, value DOUBLE, "
                       "low DOUBLE, high DOUBLE, source VARCHAR, flags VARCHAR)")  # fmt: skip
    used: tuple[list[Measure], dict[str, Unit], dict[str, Source]] = ([], {}, {})
    listed = list(measures)
    for i, measure in enumerate(listed):
        tell("writing measures", i + 1, len(listed))
        rows = _chosen(catalog.figures(measure.id), units, wanted)
        if len(rows.year):
            used[0].append(measure)
            used[1].update({id_: catalog.unit(id_) for id_ in np.unique(rows.unit.astype(str)).tolist()})
            used[2].update({id_: catalog.source(id_) for id_ in np.unique(rows.source.astype(str)).tolist()})
            _figures(connection, folder, measure.id, rows, used[1])
    if not used[0]:
        raise BadInputError("there are no such figures", hint="`evenhand data list` shows what there is")
    target = str(folder / "figures.parquet").replace("'", "''")
    connection.execute(f"COPY (SELECT * FROM figures ORDER BY measure, unit, year, source) TO '{target}' "  # noqa: S608
                       f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})")  # fmt: skip
    counted = connection.execute("SELECT count(*) FROM figures").fetchone() or (0,)
    _tables(folder, *used)
    (folder / "README.md").write_text(_readme(used[0], used[2].values()), encoding="utf-8")
    return {"figures": int(counted[0]), "measures": len(used[0]), "units": len(used[1]), "sources": len(used[2])}


def _chosen(rows: Figures, units: set[str], wanted: Wanted) -> Figures:
    keep = np.ones(len(rows.year), dtype=bool)
    if units:
        keep &= np.array([unit in units for unit in rows.unit], dtype=bool)
    if wanted.start is not None:
        keep &= rows.year >= wanted.start
    if wanted.end is not None:
        keep &= rows.year <= wanted.end
    rows = take(rows, keep)
    return take(rows, np.lexsort((rows.source.astype(str), rows.year, rows.unit.astype(str))))


def _figures(
    connection: duckdb.DuckDBPyConnection, folder: Path, id_: str, rows: Figures, units: dict[str, Unit]
) -> None:
    names = np.array([units[unit].name for unit in rows.unit], dtype=object)
    batch = {
        "measure": np.full(len(rows.year), id_, dtype=object), "unit": names, "code": rows.unit, "year": rows.year,
        "value": rows.value, "low": rows.low, "high": rows.high, "source": rows.source, "flags": rows.flags,
    }  # fmt: skip
    connection.register("batch", batch)
    connection.execute(
        "INSERT INTO figures SELECT measure, unit, code, year, value, nullif(low, 'nan'::DOUBLE), "
        "nullif(high, 'nan'::DOUBLE), source, flags FROM batch"
    )
    connection.unregister("batch")
    with (folder / "measures" / f"{id_}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIGURES)
        for i in range(len(rows.year)):
            numbers = ("" if np.isnan(x) else repr(float(x)) for x in (rows.value[i], rows.low[i], rows.high[i]))
            writer.writerow((names[i], rows.unit[i], int(rows.year[i]), *numbers, rows.source[i], rows.flags[i]))


def _tables(folder: Path, measures: Sequence[Measure], units: dict[str, Unit], sources: dict[str, Source]) -> None:
    listed = (
        ("measures.csv", MEASURES, measures), ("units.csv", UNITS, [units[id_] for id_ in sorted(units)]),
        ("sources.csv", SOURCES, [sources[id_] for id_ in sorted(sources)]),
    )  # fmt: skip
    for name, columns, entries in listed:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([_cell(getattr(entry, column)) for column in columns] for entry in entries)


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return ";".join("=".join(one) if isinstance(one, tuple) else str(one) for one in value)
    return "" if value is None else value


def _readme(measures: Sequence[Measure], sources: Iterable[Source]) -> str:
    lines = ["# Figures from an evenhand catalogue", "",
             "`measures/` has one CSV for each measure, `figures.parquet` the same in one file. Each row names its source.",
             "", "## Measures", ""]  # fmt: skip
    for measure in measures:
        unit = f", in {measure.unit}" if measure.unit else ""
        lines.append(f"- `{measure.id}`: {measure.name}{unit}. {measure.definition} {measure.caveats}".rstrip())
    lines += ["", "## Sources, to be cited", ""]
    for source in sorted(sources, key=lambda one: one.id):
        more = [
            part
            for part in (source.publisher, source.url, f"retrieved {source.retrieved}" if source.retrieved else "")
            if part
        ]
        licence = source.licence or "licence not known: ask the publisher before you hand it on"
        lines.append(f"- `{source.id}`: {source.citation}. {'. '.join(more)}{'. ' if more else ''}{licence}")
    return "\n".join(lines) + "\n"
