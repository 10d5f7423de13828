"""Several exposed units that start at different times: group-time averages (Callaway and Sant'Anna 2021)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenhand.compare.panel import Bools, Floats, Groups, Ints, Panel, Window
from evenhand.model import BadInputError

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class GroupTime:
    """The effect on those that start in one year, year by year.

    cohorts: [G] the years in which some units start; sizes: [G] how many. periods: [T]. effects: [G, T]: from the start
    on, the mean rise of the cohort since the period before its start, less that of those it is compared with; before the
    start, the rise since the period before, less theirs: about 0 where the trends were parallel. NaN where the cohort or
    nobody else has figures in both periods, and in the first. compared: [G, T] how many units it is compared with.
    """

    cohorts: Ints
    sizes: Ints
    periods: Ints
    effects: Floats
    compared: Ints

    def average(self) -> float:
        """The mean over all cohorts and the years from their start on, each cohort counting by its units (the "simple"
        aggregate). NaN where nothing is known.
        """
        after = (self.periods[None, :] >= self.cohorts[:, None]) & ~np.isnan(self.effects)
        weights = np.where(after, self.sizes[:, None], 0)
        total = int(weights.sum())
        return float(np.where(after, self.effects, 0.0).ravel() @ weights.ravel() / total) if total else float("nan")

    def by_cohort(self) -> Floats:
        """[G] the mean over the years from each cohort's start on."""
        after = (self.periods[None, :] >= self.cohorts[:, None]) & ~np.isnan(self.effects)
        with np.errstate(invalid="ignore"):
            found: Floats = np.where(after, self.effects, 0.0).sum(axis=1) / after.sum(axis=1)
        return found

    def by_years_since(self) -> tuple[Ints, Floats]:
        """Years since the start, ascending (negative before it), and the mean effect then, cohorts counting by units."""
        since = self.periods[None, :] - self.cohorts[:, None]
        there = ~np.isnan(self.effects)
        steps = np.unique(since[there])
        weights = np.where(there, self.sizes[:, None], 0)
        means = [np.average(self.effects[at], weights=weights[at]) for at in (there & (since == s) for s in steps)]
        return steps, np.asarray(means, dtype=np.float64)


def starts_of(panel: Panel, groups: Groups, window: Window) -> Ints:
    """[N] the first year of the window in which each unit is exposed; the largest integer for never."""
    years = panel.periods if groups.periods is None else groups.periods
    if groups.exposed.shape != (len(years), len(panel.units)):
        message = f"exposed has shape {groups.exposed.shape}, the panel {panel.values.shape}"
        raise BadInputError(message, hint="give Groups.periods, the years of exposed")
    inside = groups.exposed & ((years >= window.start) & (years <= window.end))[:, None]
    first: Ints = np.where(inside.any(axis=0), years[inside.argmax(axis=0)], NEVER)
    return first


def group_time(
    panel: Panel, window: Window, groups: Groups, *, against: Literal["not-yet", "never"] = "not-yet"
) -> GroupTime:
    """What was the effect on each cohort, year by year?

    Cohorts come from ``groups.exposed`` within the window; whoever is exposed from its first year on has no time before
    and is in no cohort and no comparison. against: those that never start in the window, or also those that start later
    than the year in question. Kin of a cohort's members are not compared with it. Callaway and Sant'Anna (2021) without
    covariates, by outcome means, base period the one before the start; no standard errors: put random or permuted starts
    beside it. Raises ``BadInputError`` where nobody starts inside the window.
    """
    rows = (panel.periods >= window.start) & (panel.periods <= window.end)
    values, periods = panel.values[rows], panel.periods[rows]
    starts = starts_of(panel, groups, window)
    begins = starts <= (periods[0] if len(periods) else window.start)
    cohorts = np.unique(starts[(starts != NEVER) & ~begins])
    if not len(cohorts):
        message = f"no unit is first exposed after {window.start} and by {window.end}"
        raise BadInputError(message, hint="set Groups.exposed: [periods, units], True from each unit's start on")
    effects = np.full((len(cohorts), len(periods)), np.nan)
    compared = np.zeros(effects.shape, dtype=np.int64)
    for g, start in enumerate(cohorts):
        members = starts == start
        free = ~begins & ~members & ~groups.kin[members].any(axis=0)
        for t in range(1, len(periods)):
            base = int(np.searchsorted(periods, start)) - 1 if periods[t] >= start else t - 1
            later = NEVER if against == "never" else max(int(periods[t]), int(start)) + 1
            others = free & (starts >= later)
            effects[g, t], compared[g, t] = _apart(values[t] - values[base], members, others)
    return GroupTime(cohorts, np.array([(starts == s).sum() for s in cohorts]), periods, effects, compared)


def _apart(rise: Floats, members: Bools, others: Bools) -> tuple[float, int]:
    there = ~np.isnan(rise)
    own, their = rise[members & there], rise[others & there]
    if not len(own) or not len(their):
        return float("nan"), len(their)
    return float(own.mean() - their.mean()), len(their)
