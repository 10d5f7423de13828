"""Where a series jumps because the borders changed, and not what it measures."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from evenhand.catalog.entries import BorderChange, Scale
from evenhand.catalog.tables import Figures

AS_IT_WAS, PRESENT = "state-as-it-was", "present-territory"
NEAR = 5
TIMES, LEAST = 5.0, 0.1
ENOUGH, ALONE = 6, 0.2


def border_jumps(figures: Figures, changes: Iterable[BorderChange], scale: Scale) -> dict[str, tuple[int, ...]]:
    """For each unit the first years after jumps that come from a change of its borders.

    Looked at are steps from one figure to the next, over ten years at most, that touch the year of a known change. Only
    figures that follow the state's borders of the time can jump so: those flagged ``state-as-it-was``, and counts
    without a flag. A step is a jump if it is more than five times the unit's usual step for so many years, and more than
    a tenth of the figure (in logs; on an interval scale: of the range of the unit's figures); where a unit has fewer than
    six other steps, if it is more than a fifth. Where the flags of both sides differ, it always is one.
    """
    of_unit: dict[str, list[int]] = {}
    for change in changes:
        of_unit.setdefault(change.unit, []).append(change.year)
    rows = _series(figures, of_unit)
    found = {unit: _jumps(figures, mine, of_unit[unit], scale) for unit, mine in rows.items()}
    return {unit: years for unit, years in found.items() if years}


def _series(figures: Figures, units: Iterable[str]) -> dict[str, list[int]]:
    """The rows of each of the units by year, of each year the row that wins."""
    wanted = set(units)
    cells: dict[str, dict[int, int]] = {}
    for i, unit in enumerate(figures.unit):
        if unit in wanted:
            cells.setdefault(str(unit), {})[int(figures.year[i])] = i
    return {unit: [row for _, row in sorted(mine.items())] for unit, mine in cells.items()}


def _jumps(figures: Figures, rows: Sequence[int], changes: Sequence[int], scale: Scale) -> tuple[int, ...]:
    years, steps = figures.year[rows], _steps(figures.value[rows], scale)
    gaps = np.diff(years)
    out = []
    for k, (before, after) in enumerate(pairwise(rows)):
        touched = any(years[k] <= change <= years[k + 1] for change in changes)
        if not touched or gaps[k] > 2 * NEAR or np.isnan(steps[k]):
            continue
        flags = [set(str(figures.flags[i]).split(";")) & {AS_IT_WAS, PRESENT} for i in (before, after)]
        if flags[0] != flags[1] and all(flags):
            out.append(int(years[k + 1]))
        elif (AS_IT_WAS in flags[0] and AS_IT_WAS in flags[1]) or (scale == "count" and not any(flags)):
            others = np.delete(np.abs(steps) / gaps, k)
            if _unusual(abs(float(steps[k])), others[~np.isnan(others)], int(gaps[k])):
                out.append(int(years[k + 1]))
    return tuple(out)


def _steps(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], scale: Scale
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """From each figure to the next: in logs, or as a part of the range where figures may be zero or below."""
    if scale != "interval" and (values > 0).all():
        return np.diff(np.log(values))
    span = float(np.ptp(values)) or 1.0
    return np.diff(values) / span


def _unusual(step: float, others: np.ndarray[tuple[int, ...], np.dtype[np.float64]], years: int) -> bool:
    if len(others) < ENOUGH:
        return step > ALONE
    return step > max(LEAST, TIMES * float(np.median(others)) * years)
