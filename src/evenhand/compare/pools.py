"""Who may be a donor of whom? The same answer in every standard."""

from dataclasses import replace
from typing import Literal

import numpy as np

from evenhand.compare.panel import Bools, Groups, Panel, Window
from evenhand.model import BadInputError

Pool = Literal["unexposed", "not-alike", "all"]
POOLS: tuple[Pool, ...] = ("unexposed", "not-alike", "all")


def donor_pools(panel: Panel, window: Window, groups: Groups, pool: Pool) -> Bools:
    """Whom may each unit be compared with? [N, N], row u the donors of u: never u, never its kin.

    unexposed: nobody uses a unit that is exposed in any year of the window (Abadie, Diamond, Hainmueller 2010).
    not-alike: exposed units leave each other's pools only. all: everybody. Raises ``BadInputError``.
    """
    if pool not in POOLS:
        raise BadInputError(f"there is no pool {pool!r}", hint=", ".join(POOLS))
    free = ~groups.kin & ~np.eye(len(panel.units), dtype=bool)
    if pool == "all":
        return free
    exposed = exposed_in(panel, groups, window.start, window.end)
    barred: Bools = exposed[None, :] & (True if pool == "unexposed" else exposed[:, None])
    return free & ~barred


def exposed_in(panel: Panel, groups: Groups, first: int, last: int) -> Bools:
    """Who is exposed in any year from first to last? [N]."""
    years = panel.periods if groups.periods is None else groups.periods
    if groups.exposed.shape != (len(years), len(panel.units)):
        message = f"exposed has shape {groups.exposed.shape}, the panel {panel.values.shape}"
        raise BadInputError(message, hint="give Groups.periods, the years of exposed")
    found: Bools = np.logical_or.reduce(groups.exposed[(years >= first) & (years <= last)], axis=0)
    return found


def exposing(panel: Panel, groups: Groups, u: int, event: int, *, also: bool = False) -> Groups:
    """The groups, with unit u exposed from the event on: where they name nobody as exposed, or beside those (``also``)."""
    if groups.exposed.any() and not also:
        return groups
    years = panel.periods if groups.periods is None else groups.periods
    exposed = groups.exposed.copy()
    exposed[years >= event, u] = True
    return replace(groups, exposed=exposed)
