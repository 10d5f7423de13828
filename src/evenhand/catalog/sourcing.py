"""Whose word counts where several sources give a figure for one unit and year: one source, their median, their range."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from evenhand.catalog.tables import Figures
from evenhand.compare.panel import Bools, Floats, Ints

COMBINED: tuple[Literal["median", "range"], ...] = ("median", "range")
RULES = ("preferred", *COMBINED)
MOST_SOURCES = 4
"""So many single sources are tried of themselves; a casefile may name any other."""


def combined(figures: Figures, rule: Literal["median", "range"]) -> Figures:
    """One figure for each unit and year: the median of what the sources say.

    figures: in order of preference, what comes last wins; each source has one voice. Under ``median`` the bounds are the
    medians of the sources' own lows and highs; under ``range`` they are the lowest and the highest that any source says,
    by its own bounds where it gives some. A figure of one source alone keeps what that source says. ``source`` is the
    most preferred of those whose figure is nearest the median; ``flags`` says of how many sources it is.
    """
    if not len(figures.year):
        return figures
    rows = _last_of_each_source(figures)
    starts = np.flatnonzero(np.r_[True, _differs(figures, rows)])
    parts = np.split(rows, starts[1:])
    medians = [float(np.median(figures.value[part])) for part in parts]
    bounds = [_bounds(figures, part, rule) for part in parts]
    chosen = np.array([_nearest(figures, p, m) for p, m in zip(parts, medians, strict=True)], dtype=np.int64)
    flags = [
        f"{figures.flags[i]};{rule}-of-{len(part)}-sources".strip(";") if len(part) > 1 else str(figures.flags[i])
        for i, part in zip(chosen, parts, strict=True)
    ]
    return Figures(
        unit=figures.unit[chosen],
        year=figures.year[chosen],
        value=np.array(medians),
        low=np.array([low for low, _ in bounds]),
        high=np.array([high for _, high in bounds]),
        source=figures.source[chosen],
        flags=np.array(flags, dtype=object),
        layer=figures.layer[chosen],
    )


def voices(figures: Figures) -> tuple[tuple[str, int], ...]:
    """The sources that speak where another does, too, each with the number of such cells; those with most come first."""
    if not len(figures.year):
        return ()
    rows = _last_of_each_source(figures)
    starts = np.flatnonzero(np.r_[True, _differs(figures, rows)])
    counted: dict[str, int] = {}
    for part in np.split(rows, starts[1:]):
        for i in part if len(part) > 1 else ():
            counted[str(figures.source[i])] = counted.get(str(figures.source[i]), 0) + 1
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _last_of_each_source(figures: Figures) -> Ints:
    """The rows ordered by unit, year and source, of each source the one that wins."""
    words = (_places(figures.unit), figures.year, _places(figures.source))
    order = np.lexsort((np.arange(len(figures.year)), words[2], words[1], words[0]))
    last = np.r_[_changes([word[order] for word in words]), True]
    kept: Ints = order[last]
    return kept


def _differs(figures: Figures, rows: Ints) -> Bools:
    """[R - 1] does the next row speak of another unit or year?"""
    return _changes([_places(figures.unit)[rows], figures.year[rows]])


def _changes(columns: Sequence[Ints]) -> Bools:
    changed: Bools = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return changed


def _places(words: np.ndarray[tuple[int, ...], np.dtype[np.object_]]) -> Ints:
    _, place = np.unique(words.astype(str), return_inverse=True)
    return place.ravel().astype(np.int64)


def _bounds(figures: Figures, rows: Ints, rule: Literal["median", "range"]) -> tuple[float, float]:
    low, high, value = figures.low[rows], figures.high[rows], figures.value[rows]
    if len(rows) == 1:
        return float(low[0]), float(high[0])
    if rule == "range":
        return float(np.fmin(low, value).min()), float(np.fmax(high, value).max())
    return _median_of_known(low), _median_of_known(high)


def _median_of_known(bounds: Floats) -> float:
    known = bounds[~np.isnan(bounds)]
    return float(np.median(known)) if len(known) == len(bounds) else float("nan")


def _nearest(figures: Figures, rows: Ints, median: float) -> int:
    return int(min(rows, key=lambda i: (abs(figures.value[i] - median), -i)))
