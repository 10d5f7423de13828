"""Synthetic controls of one panel over many windows at once: fits that share their rows are solved once."""

from collections.abc import Sequence

import numpy as np

from evenhand.compare.panel import Bools, Floats, Groups, Ints, Panel, Scores, Window
from evenhand.compare.pools import Pool, donor_pools
from evenhand.compare.reading import grain_of, weights_in_time
from evenhand.compare.simplex.solve import FAILED, Problems, Solutions, solve
from evenhand.compare.synthetic.design import ENOUGH_DONORS
from evenhand.model import ReasonCode

THREADS = 2


def is_whole(panel: Panel, windows: Sequence[Window], groups: Groups) -> bool:
    """Has every unit a figure of its own in every period, is nobody blind or exposed, and is there a donor for all?"""
    if groups.exposed.any() or (panel.blind is not None and panel.blind.any()):
        return False
    if any(window.event > window.end for window in windows) or len(panel.units) - 1 < ENOUGH_DONORS:
        return False
    own = bool((panel.year_used == panel.periods[:, None]).all())
    return own and not bool(np.isnan(panel.values).any()) and not groups.kin.any()


def score_windows(
    panel: Panel, windows: Sequence[Window], groups: Groups, pool: Pool, *, demean: bool, least_pre: int
) -> list[Scores]:
    """What ``score`` gives for each window, for a panel that is whole."""
    starts = np.searchsorted(panel.periods, np.array([window.start for window in windows]))
    events = np.searchsorted(panel.periods, np.array([window.event for window in windows]))
    ends = np.searchsorted(panel.periods, np.array([window.end for window in windows]), side="right")
    enough = (events - starts >= least_pre) & (ends > events)
    spans, which = np.unique(np.column_stack([starts, events])[enough], axis=0, return_inverse=True)
    solved = None
    if len(spans):
        allowed = donor_pools(panel, windows[0], groups, pool)
        first, last = (np.ascontiguousarray(column, dtype=np.int64) for column in spans.T)
        solved = solve(Problems(panel.values, allowed, first=first, last=last, demean=demean), threads=THREADS)
    block = np.full(len(windows), -1)
    block[enough] = which.ravel()
    rows = zip(starts, events, ends, block, strict=True)
    return [_scores(panel, solved, tuple(int(x) for x in row), demean=demean) for row in rows]


def _scores(panel: Panel, solved: Solutions | None, rows: tuple[int, ...], *, demean: bool) -> Scores:
    start, event, end, block = rows
    n = len(panel.units)
    used: Ints = np.full((n, 2), -1, dtype=np.int64)
    if end > start:
        used[:] = panel.periods[start], panel.periods[end - 1]
    if block < 0 or solved is None:
        few = np.full(n, ReasonCode.TOO_FEW_PERIODS, dtype=np.uint8)
        return Scores(np.full(n, np.nan), few, "zero", used, grain_of(panel))
    after = _mean_after(panel, start, event, end)
    if demean:
        after = after - panel.values[start:event].mean(axis=0)
    effects = after - solved.weights[block] @ after
    failed: Bools = solved.status[block] == FAILED
    codes = np.where(failed, np.uint8(ReasonCode.SOLVER_FAILED), np.uint8(0))
    return Scores(np.where(failed, np.nan, effects), codes, "zero", used, grain_of(panel))


def _mean_after(panel: Panel, start: int, event: int, end: int) -> Floats:
    """[N] the mean over time from the event on."""
    years, rows = panel.periods[start:end], panel.values[event:end]
    if years[-1] - years[0] == len(years) - 1:
        plain: Floats = rows.sum(axis=0) / len(rows)
        return plain
    times = weights_in_time(np.ones((len(years), 1), dtype=bool), years[:, None], outward=True)[event - start :, 0]
    weighed: Floats = times @ rows / times.sum()
    return weighed
