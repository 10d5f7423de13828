"""Placebo in time: had the event been earlier, when nothing had happened yet, would the rule have found as much?"""

from dataclasses import dataclass

import numpy as np

from evenhand.compare.panel import Floats, Groups, Ints, Names, Panel, Scores, Window
from evenhand.compare.placebo import By, column_of, outcome
from evenhand.compare.reading import grain_of
from evenhand.compare.standards import Standard
from evenhand.model import BadInputError

LEAST_PRE = 5


@dataclass(frozen=True, slots=True, eq=False)
class InTime:
    """What the rule finds at dates before the event, with no figure from the event on.

    events: [D] the earlier dates. effects: [D, N] from each to the year before the event, NaN where a unit was not
    scored. effect: [N] the true one. by: what is compared. p: [N] (1 + how many dates give as much or more) / (1 + how
    many dates): the dates overlap, so it is a description, and no test with a known error.
    """

    units: Names
    by: By
    events: Ints
    effects: Floats
    effect: Floats
    p: Floats

    def at(self, unit: str) -> tuple[Floats, float, float]:
        """A unit's effects at the earlier dates, its true one, and its p."""
        u = column_of(self.units, unit)
        return self.effects[:, u], float(self.effect[u]), float(self.p[u])


def in_time(
    standard: Standard,
    panel: Panel,
    window: Window,
    groups: Groups,
    *,
    by: By = "effect",
    least_pre: int = LEAST_PRE,
) -> InTime:
    """Had the event been earlier, would the rule have found as much? For every unit and date.

    least_pre: how many periods must lie before an earlier date; one at least from it on. Raises ``BadInputError`` where
    no date is left.
    """
    if not standard.needs_pre or window.start >= window.event:
        raise BadInputError(f"{standard.name} reads no time before the event", hint="a placebo in time needs one")
    years = panel.periods[(panel.periods >= window.start) & (panel.periods < window.event)]
    dates = years[least_pre:]
    if not len(dates):
        raise BadInputError(
            f"{len(years)} periods before {window.event} are too few for a placebo in time",
            hint=f"more than least_pre={least_pre} are wanted",
        )
    last = int(years[-1])
    rows = [_statistic(standard, panel, Window(window.start, int(date), last), groups, by) for date in dates]
    true = _statistic(standard, panel, window, groups, by)
    effects = np.array(rows)
    grain = grain_of(panel) if by == "effect" else 0.0
    size, own = (np.abs(effects), np.abs(true)) if by == "effect" else (effects, true)
    there = ~np.isnan(effects)
    with np.errstate(invalid="ignore"):
        as_much = (there & (size >= own[None, :] * (1 - 1e-10) - grain)).sum(axis=0)
    p = np.where(np.isnan(true) | ~there.any(axis=0), np.nan, (1 + as_much) / (1 + there.sum(axis=0)))
    return InTime(panel.units, by, dates, effects, true, p)


def _statistic(standard: Standard, panel: Panel, window: Window, groups: Groups, by: By) -> Floats:
    found = outcome(standard, panel, window, groups)
    if not isinstance(found, Scores):
        return np.where(found.codes == 0, found.effects if by == "effect" else found.ratio, np.nan)
    if by == "ratio":
        raise BadInputError("there is no ratio of errors without a fit before the event", hint="ask by='effect'")
    return found.values
