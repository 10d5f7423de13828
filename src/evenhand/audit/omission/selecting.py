"""How lopsided are the picks? Selectivity and the double standard, with contested directions listed, turned, left out."""

from collections.abc import Mapping, Sequence

import numpy as np

from evenhand.audit.omission.cells import Laid
from evenhand.case import Case
from evenhand.compare import DoubleStandard, Tally, double_standard, favour, selectivity
from evenhand.compare.panel import Bools, Ints
from evenhand.compare.selectivity import FEWEST_CELLS, Pool
from evenhand.model import Outcome, Reason
from evenhand.model.omission import (
    Directions,
    DoubleStandardAnswer,
    Picks,
    SelectivityAnswer,
    SelectivityRow,
    Votes,
    VotesRow,
)

POOLS: tuple[Pool, ...] = ("domain", "any")
MIRRORED = {Outcome.HOLDS: Outcome.FAILS, Outcome.FAILS: Outcome.HOLDS}


def directions(laid: Laid) -> Mapping[Directions, Ints]:
    """For each way of taking contested directions, [K]: 1 as the catalogue has it, -1 turned, 0 without a direction."""
    listed = laid.directed.astype(np.int64)
    out: dict[Directions, Ints] = {
        "as-listed": listed,
        "turned": np.where(laid.contested, -listed, listed),
        "left-out": np.where(laid.contested, 0, listed),
    }
    if any(concept.set_to is not None for concept in laid.map.concepts):
        out["as-the-casefile-sets-them"] = np.array(laid.set_by_case, dtype=np.int64)
    return out


def selectivity_of(laid: Laid, case: Case, seed: int) -> SelectivityAnswer:
    """How far do the cited cells favour the side that the text argues for, beyond picking at random?"""
    cited = laid.cited.any(axis=0) & laid.contested
    names = tuple(c.name for c, there in zip(laid.map.concepts, cited, strict=True) if there)
    if case.argues_for is None:
        reason = Reason("no_side", "the casefile names no side that the text argues for")
        return SelectivityAnswer(None, (), names, seed, reason)
    side = np.array([1 if s == case.argues_for else -1 for s in laid.side], dtype=np.int64)
    rows = tuple(_row(laid, way, along, side, seed) for way, along in directions(laid).items())
    few = rows[0].cells < FEWEST_CELLS
    detail = f"under {FEWEST_CELLS} cited cells there is no figure; here are {rows[0].cells}"
    return SelectivityAnswer(case.argues_for, rows, names, seed, Reason("too_few_cells", detail) if few else None)


def _row(laid: Laid, way: Directions, along: Ints, side: Ints, seed: int) -> SelectivityRow:
    favours = favour(laid.standing, along, side)
    domains = [concept.domain for concept in laid.map.concepts]
    found = [selectivity(favours, laid.cited, domains, np.random.default_rng(seed), pool=pool) for pool in POOLS]
    picks = tuple(
        Picks(pool, f.favour, f.expected, f.p_high, f.p_low, f.at_least, f.at_most, f.picks, f.listed)
        for pool, f in zip(POOLS, found, strict=True)
        if f.favour is not None
    )
    return SelectivityRow(way, found[0].cells, found[0].concepts, picks)


def double_standards(laid: Laid, case: Case) -> tuple[DoubleStandardAnswer, ...]:
    """For every two sides: what is cited for each, and who is ahead on it."""
    return tuple(_pair(laid, case, pair, outcomes) for pair, outcomes in laid.outcomes.items())


def _pair(laid: Laid, case: Case, pair: tuple[str, str], outcomes: Sequence[Outcome]) -> DoubleStandardAnswer:
    sides = np.array(laid.side)
    first, second = (laid.cited[sides == side].any(axis=0) for side in pair)
    whole = double_standard(outcomes, first, second)
    cited = _names(laid, whole.first), _names(laid, whole.second), _names(laid, whole.both)
    one, other = (next(s.name for s in case.sides if s.id == side) for side in pair)
    if whole.one_sided:
        named = [name for name, part in ((one, cited[0]), (other, cited[1])) if part]
        detail = f"the text cites figures for {f'one side only: {named[0]}' if named else 'neither side'}"
        return DoubleStandardAnswer(one, other, *cited, None, (), Reason("one_sided_text", detail))
    rows = tuple(_votes(outcomes, first, second, way, along) for way, along in directions(laid).items())
    return DoubleStandardAnswer(one, other, *cited, whole.overlap, rows)


def _names(laid: Laid, columns: Sequence[int]) -> tuple[str, ...]:
    return tuple(laid.map.concepts[k].name for k in columns)


def _votes(outcomes: Sequence[Outcome], first: Bools, second: Bools, way: Directions, along: Ints) -> VotesRow:
    """Concepts without a direction have no vote."""
    turned = [MIRRORED.get(o, o) if d < 0 else o for o, d in zip(outcomes, along, strict=True)]
    has = along != 0
    lists = (first, second, first & second, first | second)
    found = [_tally(turned, mask & has) for mask in lists]
    return VotesRow(way, *found)


def _tally(outcomes: Sequence[Outcome], voting: Bools) -> Votes:
    found: DoubleStandard = double_standard(outcomes, voting, voting)
    tally: Tally = found.on_first or Tally(0, 0, 0, 0)
    return Votes(tally.ahead, tally.behind, tally.tied, tally.not_judged)
