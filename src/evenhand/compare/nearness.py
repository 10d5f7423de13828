"""Who was nearest at the start?"""

from collections.abc import Sequence

import numpy as np

from evenhand.compare.panel import Bools, Floats, Panel
from evenhand.compare.reading import GRAIN


def at_start(panel: Panel, year: int) -> Floats:
    """The figures of one year, [N]; NaN where there is none."""
    row = int(np.searchsorted(panel.periods, year))
    if row == len(panel.periods) or panel.periods[row] != year:
        return np.full(len(panel.units), np.nan)
    figures: Floats = panel.values[row]
    return figures


def distances(own: Floats, others: Floats, on: Sequence[Panel], year: int) -> Floats:
    """How far apart were the units at the start? [N, N], row u from u's own figure to the others'.

    On one measure the plain difference. With further measures the root of the sum of squares, each in standard
    deviations of all units that have figures on every one of them.
    """
    if not on:
        return np.abs(own[:, None] - others[None, :])
    more = [at_start(panel, year) for panel in on]
    total = np.zeros((len(own), len(own)))
    for mine, theirs in [(own, others), *((figures, figures) for figures in more)]:
        spread = float(np.nanstd(theirs)) if np.isfinite(theirs).any() else np.nan
        total += ((mine[:, None] - theirs[None, :]) / (spread or 1.0)) ** 2
    return np.sqrt(total)


def nearest(far: Floats, k: int, allowed: Bools) -> Bools:
    """Which k of the allowed are nearest? [N, N]; units at a tied distance all enter, all where fewer than k are."""
    reach = np.where(allowed & ~np.isnan(far), far, np.inf)
    kth = np.partition(reach, min(k, reach.shape[1]) - 1, axis=1)[:, min(k, reach.shape[1]) - 1]
    finite = np.where(np.isinf(reach), 0.0, reach)
    found: Bools = ~np.isinf(reach) & (reach <= (kth + GRAIN * finite.max(initial=0.0))[:, None])
    return found


def row_medians(values: Floats, chosen: Bools) -> Floats:
    """The median of the chosen values for each row of ``chosen`` [N, N]; NaN where none is chosen."""
    table = np.where(chosen, values[None, :], np.inf)
    table.sort(axis=1)
    count = chosen.sum(axis=1)
    units = np.arange(len(count))
    low = table[units, np.maximum(count - 1, 0) // 2]
    high = table[units, np.minimum(count // 2, table.shape[1] - 1)]
    return np.where(count > 0, (low + high) / 2, np.nan)
