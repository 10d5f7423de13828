"""A stack of score rows, set against what each setting asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evenhand.compare.columns import GroupColumns
from evenhand.compare.counting import Counted, Counts, Fixed, PeerMedian, Rows, Words, WorldMedian, common, pack
from evenhand.compare.judge import ENOUGH_FOR_PAIR, ENOUGH_PEERS, Bench
from evenhand.compare.panel import Bools, Codes, Floats, Ints, Panel, Window
from evenhand.compare.plan import OWN_CHANGE
from evenhand.compare.scoring import ScoreRow, spread
from evenhand.compare.settings import NO_PEERS, Setting, Settings
from evenhand.model import Form, ReasonCode


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The stack as the columns see it. own, codes: [K, M]; below, to: [W, K, M] the units below and not above each."""

    own: Floats
    codes: Codes
    below: Words
    to: Words


@dataclass(slots=True, eq=False)
class Stack:
    """Some score rows and, sorted, the others' scores in them."""

    form: Form
    settings: Settings
    found: Sequence[ScoreRow]
    margin_unit: Bools
    rows: Rows = field(init=False)
    other_codes: Codes = field(init=False)
    spread: Floats = field(init=False)
    _views: dict[Any, View] = field(default_factory=dict)

    def __post_init__(self) -> None:
        grain = np.array([row.grain for row in self.found])
        others = np.array([row.others for row in self.found])
        self.rows = Rows.of(others, grain)
        self.other_codes = np.array([row.other_codes for row in self.found])
        self.spread = spread(others)

    def view(self, setting: Setting) -> View:
        """The columns' own scores, and who lies below them."""
        grouped = self.settings.plan.subject is not None
        key = (setting.aggregate, self.settings.subject_under(setting.memberships)) if grouped else None
        if key not in self._views:
            columns = self.settings.columns(setting.memberships)
            own = columns.scores(np.array([row.own for row in self.found]), self._aggregate(setting))
            codes = columns.codes(np.array([row.codes for row in self.found]), own)
            left, right = self.rows.places(own)
            self._views[key] = View(own, codes, self.rows.sets(left), self.rows.sets(right))
        return self._views[key]

    def bench(self, setting: Setting, at: Ints, where: Sequence[tuple[Panel, Window]]) -> Bench:
        """Rows ``at`` under one setting, each with its panel and window."""
        view = self.view(setting)
        whole = len(at) == len(self.found) and bool((at == np.arange(len(at))).all())
        rows = self.rows if whole else self.rows.pick(at)
        own = view.own if whole else view.own[at]
        codes = view.codes if whole else view.codes[at]
        parts = self._parts(at)
        if setting.peers == NO_PEERS:
            return self._against_number(setting, own, codes, at, parts)
        named = self.settings.named(setting, where)
        counted = PeerMedian(rows, named.words).count(
            view.below if whole else view.below[:, at], view.to if whole else view.to[:, at]
        )
        total = common(named.words, named.words)
        absent, blind = self._sets(at, ReasonCode.NO_OVERLAP), self._sets(at, ReasonCode.BLIND_SPOT)
        if absent is not None and not named.lists:
            total = total - common(absent, named.words)
        unseeing = np.zeros_like(total) if blind is None else common(blind, named.words)
        codes = refuse_peers(codes, counted.scored, total, unseeing)
        return Bench(own, codes, PeerMedian(rows, named.words, (own, counted)), counted, zero=False, **parts)

    def world(self, setting: Setting, k: int, where: tuple[Panel, Window]) -> Bench:
        """One row in which every unit meets scores of the others that depend on it."""
        row, at = self.found[k], np.array([k])
        assert row.worlds is not None
        own, codes, parts = row.own[None], row.codes[None], self._parts(at)
        rest = row.worlds.copy()
        np.fill_diagonal(rest, row.own)
        parts["spread"] = spread(rest)[None, :]
        if setting.peers == NO_PEERS:
            return self._against_number(setting, own, codes, at, parts)
        peers = self.settings.matrix(setting, where)
        median = WorldMedian(row.worlds, peers, row.grain)
        counted = median.counted(own)
        counts = np.ones((1, 1), dtype=np.int16) * peers.sum(axis=1, dtype=np.int16)
        if not self.settings.lists(setting):
            counts = counts - (peers & (row.other_codes == ReasonCode.NO_OVERLAP)).sum(axis=1, dtype=np.int16)
        blind = (peers & (row.other_codes == ReasonCode.BLIND_SPOT)).sum(axis=1, dtype=np.int16)[None]
        codes = refuse_peers(codes, counted.scored, counts, blind)
        return Bench(own, codes, median, counted, zero=False, **parts)

    def percentiles(self, setting: Setting, at: Ints) -> tuple[Counts, Counts]:
        """[K, M] twice the mid-rank of each column among the units that stand, itself included, and how many those are.

        The first is -1 where the column has no score.
        """
        view, stands = self.view(setting), self.settings.stands()[:, None, None]
        below, to = common(view.below[:, at], stands), common(view.to[:, at], stands)
        total = np.broadcast_to(common(self.rows.scored()[:, at], stands), below.shape)
        if self.settings.plan.subject is None:
            below, to, total = self._less_itself(at, view.own[at], below, to, total)
        twice: Counts = np.where(np.isnan(view.own[at]), np.int16(-1), below + to + 1).astype(np.int16)
        return twice, total + 1

    def exists(self) -> Bools:
        """[K, N] who existed in the window."""
        there: Bools = self.other_codes != ReasonCode.NO_OVERLAP
        return there

    def _less_itself(self, at: Ints, own: Floats, *counts: Any) -> list[Any]:
        """The unit as one of the others does not count beside the unit as the one judged."""
        below, to, total = counts
        stands = self.settings.plan.stands
        other, grain = self.rows.scores[at], self.rows.grain[at][:, None]
        there = ~np.isnan(other) & (True if stands is None else stands)
        with np.errstate(invalid="ignore"):
            return [below - (there & (other < own - grain)), to - (there & (other <= own + grain)), total - there]

    def _against_number(self, setting: Setting, own: Floats, codes: Codes, at: Ints, parts: Any) -> Bench:
        plan, grain = self.settings.plan, self.rows.grain[at]
        if plan.against is None or self.form.name in OWN_CHANGE:
            return Bench(own, codes, Fixed(np.zeros((len(at), 1)), grain), None, zero=True, **parts)
        mask, reasons = self.settings.opponent(setting.memberships), self.other_codes[at]
        worlds = self.found[int(at[0])].worlds
        other, why = self._rival(setting, self.rows.scores[at], reasons, mask)
        seen = (reasons == 0).sum(axis=1)[:, None]
        if worlds is not None:
            other = self._rival(setting, worlds, reasons, mask)[0].T
            unscored = np.where(why == 0, np.uint8(ReasonCode.TOO_FEW_PEERS), why)
            why = np.where(np.isnan(other), unscored, np.uint8(0))
            seen = (~np.isnan(worlds)).sum(axis=1)[None, :] + (codes == 0)
        few = np.where(seen < ENOUGH_FOR_PAIR, np.uint8(ReasonCode.TOO_FEW_PEERS), np.uint8(0))
        itself = self.settings.columns(setting.memberships).has(mask)
        apart = np.where(itself, np.uint8(ReasonCode.EXCLUDED_KIN), np.uint8(0))
        for reason in (apart[None, :], why, few):
            codes = np.where(codes == 0, reason, codes)
        return Bench(own, codes, Fixed(other, grain), None, zero=False, **parts)

    def _rival(self, setting: Setting, scores: Floats, codes: Codes, mask: Bools) -> tuple[Floats, Codes]:
        """The score of the one, or of the group, that the claim is against, [R, 1], and why it has none."""
        if mask.sum() == 1:
            return scores[:, mask], codes[:, mask]
        rival = GroupColumns.of(np.flatnonzero(mask).astype(np.int16)[None], len(mask), self.settings.plan.weights)
        found = rival.scores(scores, self._aggregate(setting))
        return found, rival.codes(codes, found[: len(codes)])

    def _parts(self, at: Ints) -> Any:
        found = [self.found[int(k)] for k in at]
        return {
            "grain": self.rows.grain[at],
            "spread": self.spread[at][:, None],
            "low_figures": np.array([row.low_figures for row in found]),
            "ratio_scale": np.array([row.ratio_scale for row in found]),
            "in_margin_unit": self.margin_unit[at],
        }

    def _sets(self, at: Ints, code: ReasonCode) -> Words | None:
        mask: Bools = self.other_codes[at] == code
        return pack(mask)[:, :, None] if mask.any() else None

    def _aggregate(self, setting: Setting) -> str:
        name: str = self.settings.plan.option("aggregate", setting.aggregate, "median")
        return name


def refuse_peers(codes: Codes, scored: Any, named: Any, blind: Any) -> Codes:
    """Over 20 % of the peers with figures are blind, or fewer than three, or than half of those named, are scored."""
    codes = np.where((codes == 0) & (5 * blind > blind + scored), np.uint8(ReasonCode.BLIND_SPOT), codes)
    few = (scored < ENOUGH_PEERS) | (2 * scored < named)
    return np.where((codes == 0) & few, np.uint8(ReasonCode.TOO_FEW_PEERS), codes)


def class_counts(stack: Stack, setting: Setting) -> tuple[Counted, Any, int]:
    """How many members of each column fell, stayed and rose, how many are blind, and how many there are."""
    columns = stack.settings.members(setting.memberships)
    members = columns.bits[:, None]
    own = np.array([row.own for row in stack.found])
    rows = Rows.of(own, stack.rows.grain)
    left, right = rows.places(np.zeros((len(own), 1)))
    below, to = rows.sets(left), rows.sets(right)
    fewer = common(below, members)
    counted = Counted(fewer, common(to, members) - fewer, common(rows.scored(), members))
    codes = np.array([row.codes for row in stack.found])
    blind = common(pack(codes == ReasonCode.BLIND_SPOT)[:, :, None], members)
    return counted, blind, columns.members.shape[1]
