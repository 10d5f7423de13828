"""The scores of all units under one panel, window, standard and end of the data's bounds."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenhand.compare.panel import Bools, Codes, Floats, Groups, Ints, Panel, Scores, Window
from evenhand.compare.standards import Reference, Standard
from evenhand.model import ReasonCode


@dataclass(frozen=True, slots=True, eq=False)
class ScoreRow:
    """The scores of all units, turned so that the claim's direction is up.

    own: [N] of each unit as the one judged; others: [N] of each as one of the rest; worlds: [N, N] row u the scores of
    the rest when u is judged, where they depend on u. At the central figures all are the same. codes, other_codes: [N].
    low_figures: they are figures as they stand, and the claim is that they are low.
    """

    own: Floats
    others: Floats
    worlds: Floats | None
    codes: Codes
    other_codes: Codes
    used: Ints
    grain: float
    reference: Reference
    up: bool
    low_figures: bool
    ratio_scale: bool


@dataclass(frozen=True, slots=True, eq=False)
class Scoring:
    """One way to score.

    favour: 1 where a higher turned score helps the claim, -1 where a lower one does. in_worlds: others' scores are
    wanted in the world of each unit; a group is judged with others' scores in the world where all differ. rival: [N]
    whom a pairwise claim is against: then it alone stands at the other bound, and third parties at their central
    figures, so that swapping the two leaves the world as it is.
    """

    standard: Standard
    panel: Panel
    window: Window
    groups: Groups
    values: str = "central"
    favour: int = 1
    in_worlds: bool = False
    rival: Bools | None = None


def score_row(way: Scoring) -> ScoreRow:
    """What does every unit score, as the one judged and as one of the others?"""
    if way.values == "central":
        scores = way.standard.score(way.panel, way.window, way.groups)
        return _row(way, scores, scores, None)
    worst, best = _bounds(way)
    own, others = (worst, best) if way.values == "against" else (best, worst)
    if way.rival is not None:
        others = _only_at(way.rival, others, way.panel)
    if way.standard.separable:
        score = way.standard.score
        return _row(way, score(own, way.window, way.groups), score(others, way.window, way.groups), None)
    return _entangled(way, own, others)


def bound_panel(panel: Panel, before: int | None, *, raised: bool) -> Panel:
    """The figures at their bounds: after the start at the high ones and before it at the low ones (raised), or the
    reverse.

    A figure without bounds is ``NOT_PUBLISHED`` there.
    """
    early = np.zeros(len(panel.periods), dtype=bool) if before is None else panel.periods <= before
    values = np.where(early[:, None] == raised, panel.low, panel.high)
    values = np.where(np.isnan(panel.values), np.nan, values)
    missing = np.isnan(values) & ~np.isnan(panel.values)
    codes = np.where(missing, np.uint8(ReasonCode.NOT_PUBLISHED), panel.reason_codes)
    return replace(panel, values=values, reason_codes=codes, memo=None)


def _only_at(units: Bools, bound: Panel, panel: Panel) -> Panel:
    """The panel with the figures of some units at a bound."""
    values = np.where(units[None, :], bound.values, panel.values)
    codes = np.where(units[None, :], bound.reason_codes, panel.reason_codes)
    return replace(panel, values=values, reason_codes=codes, memo=None)


def _bounds(way: Scoring) -> tuple[Panel, Panel]:
    """The panel that speaks against a claim about a unit in it, and the one that speaks for it."""
    before = way.standard.before(way.window)
    rises = (way.panel.direction == "up") == (way.favour > 0)
    return bound_panel(way.panel, before, raised=not rises), bound_panel(way.panel, before, raised=rises)


def _entangled(way: Scoring, own: Panel, others: Panel) -> ScoreRow:
    """A unit's score rests on others' figures too: each is scored at one bound, with all others at the other."""
    rule: Any = way.standard
    if not way.in_worlds and hasattr(rule, "score_among"):
        mine = rule.score_among(own, others, way.window, way.groups)
        return _row(way, mine, rule.score_among(others, own, way.window, way.groups), None)
    if hasattr(rule, "worlds"):
        mine, table = rule.worlds(own, others, way.window, way.groups)
    else:
        mine, table = _worlds(way, own, others)
    flat = way.standard.score(others, way.window, way.groups)
    return _row(way, mine, flat, table if way.in_worlds else None)


def _worlds(way: Scoring, own: Panel, others: Panel) -> tuple[Scores, Floats]:
    n = len(own.units)
    table, codes = np.full((n, n), np.nan), np.zeros(n, dtype=np.uint8)
    scores = []
    for u in range(n):
        values, reasons = others.values.copy(), others.reason_codes.copy()
        values[:, u], reasons[:, u] = own.values[:, u], own.reason_codes[:, u]
        world = replace(others, values=values, reason_codes=reasons, memo=None)
        scores.append(way.standard.score(world, way.window, way.groups))
        table[u], codes[u] = scores[u].values, scores[u].reason_codes[u]
    mine = np.diag(table).copy()
    np.fill_diagonal(table, np.nan)
    used = np.array([one.used_years[u] for u, one in enumerate(scores)])
    return Scores(mine, codes, scores[0].reference, used, max(one.grain for one in scores)), table


def turned_row(scores: Scores, standard: Standard, panel: Panel) -> ScoreRow:
    """The row of scores that are the same for each unit as the one judged and as one of the others."""
    return _turned(standard, panel, scores, scores, None)


def _row(way: Scoring, own: Scores, others: Scores, worlds: Floats | None) -> ScoreRow:
    return _turned(way.standard, way.panel, own, others, worlds)


def _turned(standard: Standard, panel: Panel, own: Scores, others: Scores, worlds: Floats | None) -> ScoreRow:
    up = standard.oriented or panel.direction == "up"
    sign = 1.0 if up else -1.0
    turned = sign * own.values
    return ScoreRow(
        own=turned,
        others=turned if others is own else sign * others.values,
        worlds=None if worlds is None else sign * worlds,
        codes=own.reason_codes,
        other_codes=others.reason_codes,
        used=own.used_years,
        grain=max(own.grain, others.grain),
        reference=own.reference,
        up=up,
        low_figures=standard.is_level and not up,
        ratio_scale=panel.scale in {"ratio", "count"},
    )


def spread(rows: Floats) -> Floats:
    """[K]: the standard deviation of the scores there are in each row, over all of them (not over one fewer)."""
    there: Bools = ~np.isnan(rows)
    count = np.maximum(there.sum(axis=1), 1)
    centre = np.where(there, rows, 0.0).sum(axis=1) / count
    off = np.where(there, rows - centre[:, None], 0.0)
    deviation: Floats = np.sqrt((off**2).sum(axis=1) / count)
    return deviation
