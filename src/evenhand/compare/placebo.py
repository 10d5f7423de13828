"""Placebo in space: how often does a unit in which nothing happened look as unusual as this one?

Every unit is judged as if it had been the one on trial, and each has its own p, itself counted (Abadie, Diamond,
Hainmueller 2010). Neighbours are not independent: beside it stands a p by whole regions.
"""

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Literal

import numpy as np

from evenhand.compare.fits import Fits, FittingStandard
from evenhand.compare.panel import Bools, Codes, Floats, Groups, Ints, Names, Panel, Scores, Window
from evenhand.compare.pools import exposed_in
from evenhand.compare.refit import Refits, refit
from evenhand.compare.standards import Standard
from evenhand.model import BadInputError, ReasonCode, closest_words

By = Literal["effect", "ratio"]
Side = Literal["both", "up", "down"]
EXHAUSTIVE = 100_000
DRAWS = 9_999


@dataclass(frozen=True, slots=True, eq=False)
class Placebos:
    """Where every unit stands among all those in which nothing happened.

    statistic: [N] what is ranked, NaN where ``codes`` gives a reason. by: the effect (its size, or on one side its
    value), or the ratio of the error from the event on to the error before it. rivals: [N, N] row u, the units that u is
    ranked among: scored, not exposed in the window, neither u nor its kin. rank: [N] 1 + how many of them are ahead, 0
    for none; of: [N] how many they are, u counted. p: [N] (1 + how many are as far out or further) / of: at least 1 / of.
    p_region: [N] the same by exchanging whole regions; NaN where there are not two. grain: equal below it.
    """

    standard: str
    units: Names
    by: By
    side: Side
    statistic: Floats
    codes: Codes
    rivals: Bools
    rank: Ints
    of: Ints
    p: Floats
    p_region: Floats
    regions: int
    grain: float

    def at(self, unit: str) -> "Standing":
        """Where does this unit stand? Raises ``BadInputError`` where it was not scored."""
        u = column_of(self.units, unit)
        if self.codes[u]:
            word = ReasonCode(int(self.codes[u])).word
            raise BadInputError(f"{unit} could not be judged by {self.standard}: {word}")
        region = None if np.isnan(self.p_region[u]) else float(self.p_region[u])
        return Standing(unit, float(self.statistic[u]), int(self.rank[u]), int(self.of[u]), float(self.p[u]), region)


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit among all: its statistic, its place, and its p; p_region: by whole regions, None without regions."""

    unit: str
    statistic: float
    rank: int
    of: int
    p: float
    p_region: float | None


@dataclass(frozen=True, slots=True)
class GroupPlacebo:
    """Several units that were exposed together, beside groups of as many that were not.

    effect: the mean of their effects. groups: how many were drawn, or all there are (exhaustive). as_far: how many of
    them are as far out. p: (as_far, the group itself counted) / (groups and the group).
    """

    members: Names
    effect: float
    groups: int
    exhaustive: bool
    as_far: int
    p: float


def placebo(
    standard: Standard,
    panel: Panel,
    window: Window,
    groups: Groups,
    *,
    by: By = "effect",
    side: Side = "both",
) -> Placebos:
    """How unusual is each unit's score among those of units in which nothing happened?

    side: ``both`` ranks the size of the effect, ``up`` and ``down`` its value. Raises ``BadInputError`` where a ratio is
    asked of a standard that has no fit before the event.
    """
    found = outcome(standard, panel, window, groups)
    return rank_all(found, panel, window, groups, by=by, side=side)


def outcome(standard: Standard, panel: Panel, window: Window, groups: Groups) -> Refits | Scores:
    """The fits, of a standard that shows them, or its scores."""
    if isinstance(standard, FittingStandard):
        return refit(standard, panel, window, groups)
    return standard.score(panel, window, groups)


def rank_all(
    found: Fits | Refits | Scores,
    panel: Panel,
    window: Window,
    groups: Groups,
    *,
    by: By = "effect",
    side: Side = "both",
) -> Placebos:
    """The same from fits or scores already made."""
    if by == "ratio" and isinstance(found, Scores):
        raise BadInputError("there is no ratio of errors without a fit before the event", hint="ask by='effect'")
    values, codes, name = _values(found, by, side)
    exposed = exposed_in(panel, groups, window.start, window.end)
    rivals = ~np.eye(len(values), dtype=bool) & ~groups.kin & (~exposed & (codes == 0))[None, :]
    grain = found.grain if by == "effect" else 1e-10 * float(np.nanmax(values, initial=0.0, where=np.isfinite(values)))
    with np.errstate(invalid="ignore"):
        as_far = rivals & (values[None, :] >= values[:, None] - grain)
        ahead = rivals & (values[None, :] > values[:, None] + grain)
    there = codes == 0
    of = np.where(there, 1 + rivals.sum(axis=1), 0)
    p = np.where(there, (1 + as_far.sum(axis=1)) / np.maximum(of, 1), np.nan)
    by_region, regions = _by_region(as_far, rivals, there, groups.region)
    rank = np.where(there, 1 + ahead.sum(axis=1), 0)
    return Placebos(name, panel.units, by, side, values, codes, rivals, rank, of, p, by_region, regions, grain)


def group_placebo(
    found: Fits | Refits | Scores, panel: Panel, window: Window, groups: Groups, members: Names, *, seed: int = 0
) -> GroupPlacebo:
    """How unusual is the mean effect of several units among groups of as many units in which nothing happened?

    All groups where there are no more than 100,000, else 9,999 seeded ones. Raises ``BadInputError`` where a member was
    not scored or too few units are left.
    """
    values, codes, _ = _values(found, "effect", "up")
    at = [column_of(panel.units, unit) for unit in members]
    missing = [panel.units[u] for u in at if codes[u]]
    if missing or len(set(at)) < len(at) or not at:
        raise BadInputError(
            f"no mean effect of {', '.join(members) or 'nobody'}", hint=f"not judged: {', '.join(missing)}"
        )
    free = ~exposed_in(panel, groups, window.start, window.end) & (codes == 0)
    free[at] = False
    free &= ~groups.kin[at].any(axis=0)
    pool = np.flatnonzero(free)
    if len(pool) < len(at) + 2:
        raise BadInputError(f"only {len(pool)} units are left to draw groups of {len(at)} from")
    means, exhaustive = _means(values, pool, len(at), seed)
    effect = float(values[at].mean())
    as_far = int((np.abs(means) >= abs(effect) - found.grain).sum())
    return GroupPlacebo(tuple(members), effect, len(means), exhaustive, as_far, (1 + as_far) / (1 + len(means)))


def _means(values: Floats, pool: Ints, size: int, seed: int) -> tuple[Floats, bool]:
    if comb(len(pool), size) <= EXHAUSTIVE:
        drawn = np.array(list(combinations(pool.tolist(), size)), dtype=np.int64)
        return values[drawn].mean(axis=1), True
    rng = np.random.Generator(np.random.PCG64(seed))
    ordered = pool[np.argsort(values[pool], kind="stable")]  # by figures, not by names
    drawn = rng.permuted(np.tile(ordered, (DRAWS, 1)), axis=1)[:, :size]
    return values[drawn].mean(axis=1), False


def _values(found: Fits | Refits | Scores, by: By, side: Side) -> tuple[Floats, Codes, str]:
    if isinstance(found, Scores):
        values, codes, name = found.values, found.reason_codes, ""
    else:
        values, codes, name = found.effects if by == "effect" else found.ratio, found.codes, found.standard
    codes = np.where((codes == 0) & np.isnan(values), np.uint8(ReasonCode.NOT_DEFINED), codes)
    turned = values if by == "ratio" or side == "up" else -values if side == "down" else np.abs(values)
    return np.where(codes == 0, turned, np.nan), codes, name


def _by_region(as_far: Bools, rivals: Bools, there: Bools, region: Names) -> tuple[Floats, int]:
    """The region on trial is exchanged with every other, and the unit with each unit there.

    (1 + the sum over other regions of the share of their units that are as far out) / the number of regions: valid if
    the region was drawn at random, however alike the units within one are.
    """
    labels = np.array(region)
    names = sorted({label for label in set(labels[there].tolist()) if label})
    if len(names) < 2:
        return np.full(len(there), np.nan), len(names)
    shares = np.zeros((len(there), len(names)))
    known = np.zeros((len(there), len(names)), dtype=bool)
    for r, name in enumerate(names):
        inside = rivals & (labels == name)[None, :]
        count = inside.sum(axis=1)
        known[:, r] = (count > 0) & (labels != name)
        shares[:, r] = (as_far & inside).sum(axis=1) / np.maximum(count, 1)
    p = (1 + (shares * known).sum(axis=1)) / (1 + known.sum(axis=1))
    return np.where(there & (labels != "") & known.any(axis=1), p, np.nan), len(names)


def column_of(units: Names, unit: str) -> int:
    """Where does a unit stand among the columns?"""
    if unit not in units:
        near = closest_words(unit, units)
        raise BadInputError(f"there is no unit {unit!r}", hint=f"did you mean {near[0]}?" if near else "")
    return units.index(unit)
