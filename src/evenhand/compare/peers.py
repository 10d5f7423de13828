"""Rules that name the peers of every unit. Never the unit itself, never its kin."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from evenhand.compare.nearness import at_start, distances, nearest
from evenhand.compare.panel import Bools, Groups, Panel, Window
from evenhand.model import BadInputError, closest_words


class Peers(Protocol):
    """A rule that names peers for every unit alike.

    lists: those named count as named even where they did not exist. of_figures: who is named depends on the panel and
    the window. reads: kinds of choices beyond those that change who is named.
    """

    @property
    def lists(self) -> bool: ...
    @property
    def of_figures(self) -> bool: ...
    @property
    def reads(self) -> frozenset[str]: ...
    def of(self, panel: Panel, window: Window, groups: Groups) -> Bools:
        """[N, N], row u: the peers of u."""
        ...


@dataclass(frozen=True, slots=True)
class _Named:
    lists: ClassVar[bool] = False
    of_figures: ClassVar[bool] = False
    reads: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class AllPeers(_Named):
    """Everybody else."""

    def of(self, panel: Panel, window: Window, groups: Groups) -> Bools:  # noqa: ARG002
        return _without_kin(np.ones(len(panel.units), dtype=bool), groups)


@dataclass(frozen=True, slots=True)
class GroupPeers(_Named):
    """The members of a group, whoever is judged. Its membership can be a choice."""

    group: str
    lists: ClassVar[bool] = True
    reads: ClassVar[frozenset[str]] = frozenset({"membership"})

    def of(self, panel: Panel, window: Window, groups: Groups) -> Bools:  # noqa: ARG002
        return _without_kin(member_of(groups, self.group), groups)


@dataclass(frozen=True, slots=True)
class RegionPeers(_Named):
    """Those in the same region."""

    def of(self, panel: Panel, window: Window, groups: Groups) -> Bools:  # noqa: ARG002
        region = np.array(groups.region)
        return _without_kin(region[:, None] == region[None, :], groups)


@dataclass(frozen=True, slots=True)
class ListedPeers(_Named):
    """These units, whoever is judged."""

    units: tuple[str, ...]
    lists: ClassVar[bool] = True

    def of(self, panel: Panel, window: Window, groups: Groups) -> Bools:  # noqa: ARG002
        for unit in self.units:
            unit_index(panel, unit)
        return _without_kin(np.isin(np.array(panel.units), np.array(self.units)), groups)


@dataclass(frozen=True, slots=True)
class NearestUnits(_Named):
    """The k units nearest at the start, on the panel's measure and those of the panels ``on``; tied ones all enter."""

    k: int = 10
    on: tuple[Panel, ...] = ()
    of_figures: ClassVar[bool] = True

    def of(self, panel: Panel, window: Window, groups: Groups) -> Bools:
        start = at_start(panel, window.start)
        allowed = _without_kin(np.ones(len(panel.units), dtype=bool), groups)
        return nearest(distances(start, start, self.on, window.start), self.k, allowed)


def member_of(groups: Groups, group: str) -> Bools:
    """Who belongs to a group? [N]."""
    if group not in groups.names:
        near = closest_words(group, groups.names)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(groups.names) or 'none'}"
        raise BadInputError(f"there is no group {group!r}", hint=hint)
    members: Bools = groups.member[groups.names.index(group)]
    return members


def unit_index(panel: Panel, unit: str) -> int:
    """Where does a unit stand among the columns?"""
    if unit not in panel.units:
        near = closest_words(unit, panel.units)
        raise BadInputError(f"there is no unit {unit!r}", hint=f"did you mean {near[0]}?" if near else "")
    return panel.units.index(unit)


def _without_kin(named: Bools, groups: Groups) -> Bools:
    """[N] or [N, N] named, less the unit itself and its kin."""
    others = ~groups.kin & ~np.eye(len(groups.kin), dtype=bool)
    peers: Bools = others & named
    return peers
