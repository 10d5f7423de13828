"""What a fit reads: the periods that count, everybody's figures in them, and who may be whose donor."""

from dataclasses import dataclass

import numpy as np

from evenhand.compare.fits import Jobs
from evenhand.compare.panel import Bools, Codes, Floats, Groups, Ints, Names, Panel, Window
from evenhand.compare.pools import Pool, donor_pools, exposed_in
from evenhand.compare.reading import NO_YEAR, blind_path, borders_crossed, path, weights_in_time
from evenhand.model import BadInputError, ReasonCode

ENOUGH_DONORS = 3
ENOUGH_PERIODS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """K jobs. unit: [K] the column of each. targets: [R, K] their figures; donors: [R, N] everybody's as a donor; 0 where
    there is no full path. plain: the k-th job is unit k with its figures as a donor. own_figures: nobody's figures are
    replaced. names: [N]. event: the first row from the event on. periods: [R]. times: [R] what a row counts in means over
    time. allowed: [K, N] the donors of each. codes: [K] why one is not fitted. used: [K, 2].
    """

    unit: Ints
    targets: Floats
    donors: Floats
    plain: bool
    own_figures: bool
    names: Names
    event: int
    periods: Ints
    times: Floats
    allowed: Bools
    codes: Codes
    used: Ints

    def mean_after(self, rows: Floats) -> Floats:
        """The mean over time of [R, K] from the event on, [K]; NaN where no row is."""
        if self.event == len(rows):
            return np.full(rows.shape[1], np.nan)
        times = self.times[self.event :]
        mean: Floats = times @ rows[self.event :] / times.sum()
        return mean


def read_design(
    own: Panel,
    others: Panel,
    window: Window,
    groups: Groups,
    pool: Pool,
    *,
    least_pre: int = ENOUGH_PERIODS,
    jobs: Jobs | None = None,
) -> Design:
    """Which figures can be fitted?

    A period counts if at least half of the units with figures in the window have one of its own there (a figure borrowed
    from a neighbouring year counts once, never across the event). A unit that lacks one of those periods is not fitted
    and is nobody's donor, and says why. Fewer than ``least_pre`` periods before the event, or none after it though the
    window has some: ``TOO_FEW_PERIODS``. First exposed before the event and in the window: ``EXPOSED_EARLY``. Fewer than
    three donors, or than half of the pool: ``TOO_FEW_PEERS``; over 20 % of them blind: ``BLIND_SPOT``.
    """
    rows, has = _rows(others, window)
    kept = _kept(has)
    years = others.periods[rows][kept]
    event = int(np.searchsorted(years, window.event))
    donors, donor_codes, used = _figures(others, window, rows, kept, has)
    targets, codes = donors, donor_codes
    if own is not others:
        targets, codes, used = _figures(own, window, rows, kept, _rows(own, window)[1])
    times = weights_in_time(np.ones((len(years), 1), dtype=bool), years[:, None], outward=True)[:, 0]
    open_end = window.event > window.end
    if event < least_pre or (event == len(years) and not open_end):
        codes = np.where(codes == 0, np.uint8(ReasonCode.TOO_FEW_PERIODS), codes)
    if groups.exposed.any() and not open_end:
        early = exposed_in(own, groups, window.start, window.event - 1)
        codes = np.where((codes == 0) & early, np.uint8(ReasonCode.EXPOSED_EARLY), codes)
    pools = donor_pools(own, window, groups, pool)
    unit, plain = np.arange(len(codes)), own is others and jobs is None
    if jobs is not None:
        unit, targets, pools = _of_jobs(jobs, targets, pools, rows, kept)
    codes = _refused(codes[unit], pools, donor_codes)
    allowed = pools & (donor_codes == 0)[None, :] & (codes == 0)[:, None]
    replaced = own is not others or (jobs is not None and jobs.target is not None)
    return Design(
        unit, targets, donors, plain, not replaced, own.units, event, years, times, allowed, codes, used[unit]
    )


def _of_jobs(jobs: Jobs, targets: Floats, pools: Bools, rows: slice, kept: Bools) -> tuple[Ints, Floats, Bools]:
    unit = np.asarray(jobs.unit, dtype=np.int64)
    pools = pools[unit] if jobs.donors is None else pools[unit] & jobs.donors
    return unit, targets[:, unit] if jobs.target is None else jobs.target[rows][kept], pools


def _refused(codes: Codes, pools: Bools, donor_codes: Codes) -> Codes:
    scored = (pools & (donor_codes == 0)[None, :]).sum(axis=1)
    blind = (pools & (donor_codes == ReasonCode.BLIND_SPOT)[None, :]).sum(axis=1)
    named = (pools & (donor_codes != ReasonCode.NO_OVERLAP)[None, :]).sum(axis=1)
    codes = np.where((codes == 0) & (5 * blind > blind + scored), np.uint8(ReasonCode.BLIND_SPOT), codes)
    few = (scored < ENOUGH_DONORS) | (2 * scored < named)
    return np.where((codes == 0) & few, np.uint8(ReasonCode.TOO_FEW_PEERS), codes)


def _rows(panel: Panel, window: Window) -> tuple[slice, Bools]:
    """The rows of the window, and which cells hold a figure of their own that does not cross the event."""
    rows, has = path(panel, window.start, window.end)
    late = panel.periods[rows][:, None] >= window.event
    used = panel.year_used[rows]
    inside: Bools = has & (late == (used >= window.event))
    return rows, inside


def periods_fitted(panel: Panel, window: Window) -> Ints:
    """Which periods of the window count? Those in which at least half of the units with figures have one of their own."""
    rows, has = _rows(panel, window)
    years: Ints = panel.periods[rows][_kept(has)]
    return years


def _kept(has: Bools) -> Bools:
    some = int(has.any(axis=0).sum())
    return np.asarray(2 * has.sum(axis=1) >= max(some, 1))


def _figures(panel: Panel, window: Window, rows: slice, kept: Bools, has: Bools) -> tuple[Floats, Codes, Ints]:
    values = panel.values[rows][kept]
    if np.isinf(values).any():
        row, column = (int(i) for i in np.argwhere(np.isinf(values))[0])
        message = f"the figure of {panel.units[column]} for {panel.periods[rows][kept][row]} is infinite"
        raise BadInputError(message, hint="put NaN where nothing is known")
    there: Bools = has[kept, :]
    count = there.shape[0]
    whole = there.all(axis=0) & (count > 0)
    codes = np.where(whole, np.uint8(0), _why(panel.reason_codes[rows][kept], there))
    used = np.full((len(whole), 2), NO_YEAR, dtype=np.int64)
    if count:
        years = panel.year_used[rows][kept]
        used = np.where(whole[:, None], np.stack([years[0], years[-1]], axis=1), NO_YEAR)
        blind = blind_path(panel, np.minimum(used[:, 0], window.start), np.maximum(used[:, 1], window.end))
        codes = np.where((codes == 0) & blind, np.uint8(ReasonCode.BLIND_SPOT), codes)
        crossed = borders_crossed(panel, used[:, 0], used[:, 1])
        codes = np.where((codes == 0) & crossed, np.uint8(ReasonCode.BORDER_CHANGE), codes)
    return np.where(whole, values, 0.0), codes, used


def _why(codes: Codes, has: Bools) -> Codes:
    """That a unit did not exist goes before all; else the first reason given; else ``NOT_PUBLISHED``."""
    missing = np.where(has, 0, codes)
    first = np.zeros(codes.shape[1], dtype=np.uint8)
    for row in missing[::-1]:
        first = np.where(row != 0, row, first).astype(np.uint8)
    absent = (missing == ReasonCode.NO_OVERLAP).any(axis=0)
    first = np.where(absent, np.uint8(ReasonCode.NO_OVERLAP), first)
    return np.where(first == 0, np.uint8(ReasonCode.NOT_PUBLISHED), first)
