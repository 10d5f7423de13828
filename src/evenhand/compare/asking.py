"""Is a study in order? Every problem at once, before anything is computed; and what a reader must know beside the result."""

import numpy as np

from evenhand.compare.panel import Bools, Floats, Groups, Panel, Window
from evenhand.compare.placebo import column_of
from evenhand.compare.pools import donor_pools, exposed_in
from evenhand.compare.standards import Standard
from evenhand.compare.synthetic.design import periods_fitted
from evenhand.compare.synthetic.fitting import Fitting
from evenhand.model import BadInputError, Problem

MOST_NAMED = 5


def check_study(standard: Standard, panel: Panel, window: Window, groups: Groups, subject: str) -> tuple[str, ...]:
    """Notes on units that are left out or stand still. Raises ``BadInputError`` with every problem there is.

    A window that does not run from start over event to end, or leaves the panel; infinite figures; fewer periods before
    the event than asked; a subject with gaps; nobody left to compare it with.
    """
    u = column_of(panel.units, subject)
    problems = [*_window(panel, window), *_infinite(panel)]
    if problems:
        raise BadInputError.of(problems)
    rows = _rows(standard, panel, window)
    values = panel.values[rows]
    early = panel.periods[rows] < window.event
    problems = [
        *_periods(standard, int(early.sum()), window),
        *_gaps_of_subject(standard, panel, rows, u),
        *_donors(standard, panel, window, groups, u),
    ]
    if problems:
        raise BadInputError.of(problems)
    left_out = _incomplete(panel, values, u) if isinstance(standard, Fitting) else []
    return (*left_out, *_constant(panel, values[early], window))


def _rows(standard: Standard, panel: Panel, window: Window) -> Bools:
    """[T] the periods that count: of those in the window, for a standard that fits, the ones it fits."""
    inside: Bools = (panel.periods >= window.start) & (panel.periods <= window.end)
    if not isinstance(standard, Fitting):
        return inside
    return inside & np.isin(panel.periods, periods_fitted(panel, window))


def _window(panel: Panel, window: Window) -> list[Problem]:
    first, last = int(panel.periods[0]), int(panel.periods[-1])
    if not window.start <= window.event <= window.end:
        message = f"the window {window.start}, {window.event}, {window.end} does not run from start over event to end"
        return [Problem("", message, "give start <= event <= end")]
    if not first <= window.event <= last:
        return [Problem("", f"the event {window.event} lies outside the panel, {first} to {last}", "choose one in it")]
    found = []
    if window.start < first:
        found.append(
            Problem("", f"the figures begin in {first}, the window in {window.start}", f"let it start in {first}")
        )
    if window.end > last:
        found.append(Problem("", f"the figures end in {last}, the window in {window.end}", f"let it end in {last}"))
    return found


def _infinite(panel: Panel) -> list[Problem]:
    at = np.argwhere(np.isinf(panel.values))
    return [
        Problem("", f"{panel.units[n]} has an infinite figure in {panel.periods[t]}", "leave unknown figures empty")
        for t, n in at[:MOST_NAMED].tolist()
    ]


def _periods(standard: Standard, before: int, window: Window) -> list[Problem]:
    least = getattr(standard, "least_pre", 1 if standard.needs_pre and window.start < window.event else 0)
    if before >= least:
        return []
    lie = "1 period lies" if before == 1 else f"{before} periods lie"
    message = f"{lie} before {window.event}, and {standard.name} asks for {least}"
    return [Problem("", message, "start the window earlier, or ask for fewer with least_pre=")]


def _gaps_of_subject(standard: Standard, panel: Panel, rows: Bools, u: int) -> list[Problem]:
    if not isinstance(standard, Fitting):
        return []
    missing = panel.periods[rows][np.isnan(panel.values[rows, u])].tolist()
    if not missing:
        return []
    message = f"{panel.units[u]} has no figure for {_some([str(year) for year in missing])}"
    return [Problem("", message, "nothing is filled in: choose a window, or a measure, in which it has all")]


def _donors(standard: Standard, panel: Panel, window: Window, groups: Groups, u: int) -> list[Problem]:
    pool = getattr(standard, "pool", None)
    if pool is None:
        return []
    allowed = donor_pools(panel, window, groups, pool)[u]
    if allowed.any():
        return []
    exposed = int(np.delete(exposed_in(panel, groups, window.start, window.end), u).sum())
    message = f"no donor is left for {panel.units[u]}: there are {len(panel.units) - 1} others, of which {exposed} are exposed"
    return [Problem("", message, "the pool 'not-alike' or 'all', or fewer exposed units, may leave some")]


def _incomplete(panel: Panel, values: Floats, u: int) -> list[str]:
    lacking = np.flatnonzero(np.isnan(values).any(axis=0))
    names = [panel.units[n] for n in lacking if n != u]
    if not names:
        return []
    return [f"{_some(names)}: without a figure for each period, so not fitted, and nobody's donor."]


def _constant(panel: Panel, early: Floats, window: Window) -> list[str]:
    if len(early) < 2:
        return []
    still = np.flatnonzero((early == early[0]).all(axis=0))
    if not len(still):
        return []
    names, tells = _some([panel.units[n] for n in still]), "which tells little about who would have moved alike"
    return [f"{names}: the same figure in all periods before {window.event}, {tells}."]


def _some(names: list[str]) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
