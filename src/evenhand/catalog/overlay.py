"""Figures of one's own over the catalogue's: what is new is added, what is there stays as it is said there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from evenhand.catalog.entries import Observation
from evenhand.catalog.own import OwnData
from evenhand.catalog.reference import Tables, with_new
from evenhand.catalog.tables import Figures


def merged(tables: Tables, own: Sequence[OwnData]) -> Tables:
    """The tables with the units, measures and sources that the user's figures bring; their sources are listed first."""
    return replace(
        tables,
        units=with_new(tables.units, (unit for data in own for unit in data.units)),
        measures=with_new(tables.measures, (measure for data in own for measure in data.measures)),
        sources=with_new((), (*(s for data in reversed(own) for s in data.sources), *tables.sources)),
    )


def own_figures(own: Sequence[OwnData], measure: str) -> list[Figures]:
    """The user's figures of a measure, file by file; a later file goes before an earlier one."""
    found = []
    for layer, data in enumerate(own, start=1):
        rows = [row for row in data.rows if row.measure == measure]
        if rows:
            found.append(_figures(rows, layer))
    return found


def _figures(rows: Sequence[Observation], layer: int) -> Figures:
    def words(found: Iterable[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
        return np.array(list(found), dtype=object)

    def numbers(found: Iterable[float | None]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.array([np.nan if value is None else value for value in found], dtype=np.float64)

    return Figures(
        unit=words(row.unit for row in rows),
        year=np.array([row.start for row in rows], dtype=np.int64),
        value=numbers(row.value for row in rows),
        low=numbers(row.low for row in rows),
        high=numbers(row.high for row in rows),
        source=words(row.source for row in rows),
        flags=words(";".join(row.flags) for row in rows),
        layer=np.full(len(rows), layer, dtype=np.int64),
    )
