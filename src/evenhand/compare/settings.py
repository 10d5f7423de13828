"""What a score is set against under the options of peers, membership and aggregate; each is worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evenhand.compare.columns import Columns, Draws, GroupColumns, Units, pool_of
from evenhand.compare.counting import Words, pack, unpack
from evenhand.compare.distinct import Small, distinct
from evenhand.compare.panel import Bools, Groups, Ints, Names, Panel, Window
from evenhand.compare.peers import Peers, member_of, unit_index
from evenhand.compare.plan import Panels, Plan

NO_PEERS = -1


@dataclass(frozen=True, slots=True, order=True)
class Setting:
    """peers: the option, or NO_PEERS where none is read. memberships: the option of each membership choice."""

    peers: int
    aggregate: int
    memberships: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """Who is named as a peer: [W, R, M] sets (R is 1 where panel and window do not matter), and whether as a list."""

    words: Words
    lists: bool


@dataclass(slots=True, eq=False)
class Settings:
    """The columns, groups and peers under each setting, remembered. by_rank: kin count as one among the peers."""

    plan: Plan
    panels: Panels
    by_rank: bool = False
    draws: Draws | None = None
    _columns: dict[bytes, Columns] = field(default_factory=dict)
    _subjects: dict[tuple[int, ...], bytes] = field(default_factory=dict)
    _groups: dict[tuple[int, ...], Groups] = field(default_factory=dict)
    _words: dict[Any, Words] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, panels: Panels, taken: Sequence[tuple[int, ...]], *, by_rank: bool) -> "Settings":
        """taken: the membership options that occur."""
        made = cls(plan, panels, by_rank)
        if plan.subject is not None:
            tables = list(panels.by_ids.values())
            masks = [member_of(made.groups(members), plan.subject) for members in taken]
            pool = pool_of(tables, plan.stands, masks)
            made.draws = Draws.of(tables, plan.groups, pool, (plan.placebos, plan.regional), plan.seed)
        return made

    def groups(self, memberships: tuple[int, ...]) -> Groups:
        """Who belongs to what."""
        if memberships not in self._groups:
            taken = dict(zip(self.plan.memberships, memberships, strict=True))
            self._groups[memberships] = self.plan.groups_at(taken)
        return self._groups[memberships]

    def columns(self, memberships: tuple[int, ...]) -> Columns:
        """Who is judged."""
        if self.plan.subject is None:
            return Units(len(self.panels.units))
        key = self.subject_under(memberships)
        if key not in self._columns:
            assert self.draws is not None
            mask = member_of(self.groups(memberships), self.plan.subject)
            self._columns[key] = self.draws.columns(mask, self.plan.groups.region, self.plan.weights)
        return self._columns[key]

    def subject_under(self, memberships: tuple[int, ...]) -> bytes:
        """Equal for membership options under which the group that is judged has the same members."""
        if self.plan.subject is None:
            return b""
        if memberships not in self._subjects:
            self._subjects[memberships] = member_of(self.groups(memberships), self.plan.subject).tobytes()
        return self._subjects[memberships]

    def members(self, memberships: tuple[int, ...]) -> GroupColumns:
        """The columns, where they are groups."""
        columns = self.columns(memberships)
        assert isinstance(columns, GroupColumns)
        return columns

    def names(self) -> Names:
        """[M] what the columns are called."""
        if self.plan.subject is None:
            return self.panels.units
        alone = [f"placebo {i + 1}" for i in range(self.plan.placebos)]
        return (self.plan.subject, *alone, *[f"regional placebo {i + 1}" for i in range(self.plan.regional)])

    def named(self, setting: Setting, where: Sequence[tuple[Panel, Window]]) -> Named:
        """The peers of every column, for each panel and window."""
        rule: Peers = self.plan.option("peers", setting.peers, None)
        if not rule.of_figures:
            return Named(self._peers(setting, rule, where[0])[:, None], rule.lists)
        return Named(np.stack([self._peers(setting, rule, at) for at in where], axis=1), rule.lists)

    def matrix(self, setting: Setting, where: tuple[Panel, Window]) -> Bools:
        """[M, N] the same for one panel and window, unpacked."""
        rule: Peers = self.plan.option("peers", setting.peers, None)
        return unpack(self._peers(setting, rule, where), len(self.panels.units))

    def lists(self, setting: Setting) -> bool:
        """Are those named a list?"""
        rule: Peers = self.plan.option("peers", setting.peers, None)
        return rule.lists

    def opponent(self, memberships: tuple[int, ...] | None = None) -> Bools:
        """[N] the unit, or the members of the group (without options given: its core), that a pairwise claim is against."""
        against = self.plan.against
        assert against is not None
        if against in self.plan.groups.names:
            return member_of(self.plan.groups if memberships is None else self.groups(memberships), against)
        mask = np.zeros(len(self.panels.units), dtype=bool)
        mask[unit_index(next(iter(self.panels.by_ids.values())), against)] = True
        return mask

    def stands(self) -> Words:
        """[W] the units among which places are counted."""
        n = len(self.panels.units)
        stands = np.ones(n, dtype=bool) if self.plan.stands is None else self.plan.stands
        return pack(stands)

    def _peers(self, setting: Setting, rule: Peers, where: tuple[Panel, Window]) -> Words:
        panel, window = where
        key: Any = (setting.peers, setting.memberships)
        if rule.of_figures:
            key = (*key, id(panel), window.start)
        if key not in self._words:
            groups = self.groups(setting.memberships)
            named = rule.of(panel, window, groups)
            if self.by_rank and self.plan.stands is not None:
                named = named & _counting(named, self.plan.stands, groups.kin, lists=rule.lists)
            self._words[key] = self.columns(setting.memberships).peers(named, groups.kin)
        return self._words[key]


def _counting(named: Bools, stands: Bools, kin: Bools, *, lists: bool) -> Bools:
    """[N, N] or less: which peers count in ranks? Those that stand; of a list also whoever has no standing kin in it."""
    if not lists:
        return stands[None, :]
    counting: Bools = stands[None, :] | ~(named @ (kin & stands[:, None]))
    return counting


def settings_of(plan: Plan, digits: Small, reads_peers: Bools) -> tuple[tuple[Setting, ...], Ints]:
    """The settings that occur, and [C] which one each key has, from [C, n] options taken."""
    peers_at, aggregate_at = plan.of_kind("peers"), plan.of_kind("aggregate")
    nothing = np.zeros(len(digits), dtype=np.int32)
    peers = np.where(reads_peers, nothing if peers_at is None else digits[:, peers_at], NO_PEERS)
    aggregate = nothing if aggregate_at is None else digits[:, aggregate_at]
    columns: list[Small] = [peers - NO_PEERS, aggregate, *[digits[:, i] for i in plan.memberships]]
    first, which = distinct(columns)
    found = np.column_stack([column[first] for column in columns]).tolist()
    return tuple(Setting(row[0] + NO_PEERS, row[1], tuple(row[2:])) for row in found), which
