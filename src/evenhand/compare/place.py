"""Where a claim stands among all units, under the same ways of comparing."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from statistics import median

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.multiverse import Multiverse
from evenhand.compare.panel import Bools, Ints
from evenhand.model import Outcome, Place

CELLS = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """What all columns weigh: [M] judged, and held."""

    judged: Ints
    held: Ints

    def shares(self, columns: Bools) -> list[Fraction]:
        """The shares of those of these columns that were judged at all."""
        return [
            Fraction(int(held), int(judged))
            for held, judged in zip(self.held[columns], self.judged[columns], strict=True)
            if judged
        ]


def totals(found: Multiverse) -> Totals:
    """How much of the multiverse was judged for every column, and in how much did the claim hold?"""
    judged, held = _sums(found, found.weights[None, :])
    return Totals(judged[0], held[0])


def place(found: Multiverse, unit: str, columns: Bools | None = None, among: str = "units") -> Place:
    """How many fit the claim at least as well?

    Another counts if it was judged in at least half of what was judged for the unit, and only what was judged for both
    is compared: by share, then by the mean mid-rank percentile; what is still tied counts against the claim. Kin never
    count, nor whoever does not stand for its territory.
    """
    mine = found.column(unit)
    outcomes = found.of(unit)
    weighed = found.weights * (outcomes != Outcome.NOT_JUDGED)
    both, theirs = _sums(found, np.stack([weighed, found.weights * (outcomes == Outcome.HOLDS)]))
    rivals = _rivals(found, mine) if columns is None else columns.copy()
    rivals &= 2 * both[0] >= weighed.sum()
    rivals[mine] = False
    ahead, level = rivals & (theirs[0] > both[1]), rivals & (theirs[0] == both[1])
    better, ties = int(ahead.sum()), 0
    for order in _by_rank(found, np.flatnonzero(level), mine):
        better += order > 0
        ties += order == 0
    of = int(rivals.sum()) + 1
    at_least = better + ties
    return Place(better + 1, of, ties, at_least, float(Fraction(1 + at_least, of)), among)


def regional_place(found: Multiverse, unit: str) -> Place | None:
    """The same against whole regions, as neighbours are not independent.

    A unit's share against the share of the median unit of every other region; a group against random groups of the same
    regional mix. None where there is nothing to set it against.
    """
    if found.plan.subject is not None:
        columns = np.zeros(len(found.units), dtype=bool)
        columns[1 + found.plan.placebos :] = True
        return place(found, unit, columns, "groups of the same regional mix") if columns.any() else None
    mine, region = found.column(unit), np.array(found.plan.groups.region)
    summed = totals(found)
    if not summed.judged[mine]:
        return None
    share = found.share(unit)
    others = [name for name in sorted(set(region.tolist())) if name != region[mine]]
    medians = [median(shares) for name in others if (shares := summed.shares(standing(found) & (region == name)))]
    if not medians:
        return None
    better, at_least = sum(one > share for one in medians), sum(one >= share for one in medians)
    of = len(medians) + 1
    return Place(better + 1, of, at_least - better, at_least, float(Fraction(1 + at_least, of)), "regions")


def standing(found: Multiverse) -> Bools:
    """[M]: the columns among which places are counted. For a group, the group and its random groups of any region."""
    columns = np.ones(len(found.units), dtype=bool)
    if found.plan.subject is not None:
        columns[1 + found.plan.placebos :] = False
    elif found.plan.stands is not None:
        columns &= found.plan.stands
    return columns


def size_by_quartile(found: Multiverse, level: float = 0.1) -> tuple[float | None, ...]:
    """In each quartile of the starting level, what fraction of the units would be called unusual at this level?

    Near the level everywhere if units are exchangeable; far from it where the start decides.
    """
    columns = np.flatnonzero(standing(found) & ~np.isnan(found.start) & (totals(found).judged > 0))
    if len(columns) < 4:
        return (None,) * 4
    unusual = np.array([place(found, found.units[c]).at_least_as_good <= level for c in columns])
    ranked = np.searchsorted(np.sort(found.start[columns]), found.start[columns], side="left")
    quartile = 4 * ranked // len(columns)
    sizes = [unusual[quartile == q] for q in range(4)]
    return tuple(float(one.mean()) if len(one) else None for one in sizes)


def _rivals(found: Multiverse, mine: int) -> Bools:
    rivals = standing(found)
    if found.plan.subject is None:
        rivals &= ~found.plan.groups.kin[mine]
    return rivals


def _sums(found: Multiverse, weights: Ints) -> tuple[Ints, Ints]:
    """[R, M]: what each row of weights [R, C] sums to over each column's judged, and held, combinations.

    Combinations that weigh the same are counted first, then weighed; all in integers.
    """
    size = len(found.units)
    judged, held = np.zeros((len(weights), size), dtype=np.int64), np.zeros((len(weights), size), dtype=np.int64)
    kinds, kind_of = np.unique(weights, axis=1, return_inverse=True)
    kind_of, step = kind_of.ravel(), max(1, CELLS // size)
    for kind in np.flatnonzero(kinds.any(axis=0)):
        rows = np.flatnonzero(kind_of == kind)
        for start in range(0, len(rows), step):
            packed = found.outcomes[rows[start : start + step]]
            for shift in range(4):
                value = packed >> 2 * shift & 3
                columns = np.arange(shift, size, 4)
                for table, hits in ((judged, value != Outcome.NOT_JUDGED), (held, value == Outcome.HOLDS)):
                    counted = np.add.reduce(hits, axis=0, dtype=np.int32)[: len(columns)]
                    table[:, columns] += kinds[:, kind, None] * counted
    return judged, held


def _by_rank(found: Multiverse, columns: Ints, u: int) -> list[int]:
    """For each of these columns: is its mean percentile above u's (1), the same (0) or below, over what was judged for
    both?

    In exact fractions: sums of weighted ranks, one for each number of units that were ranked.
    """
    signs: list[int] = []
    mine = found.of(found.units[u]) != Outcome.NOT_JUDGED
    rows, weights = found.rank_row[mine], found.weights[mine]
    packed, own = found.outcomes[mine], (found.twice_rank[rows, u], found.ranked[rows, u])
    for part in np.array_split(columns, 1 + len(columns) * len(rows) // CELLS):
        judged = (packed[:, part // 4] >> (2 * (part % 4)).astype(np.uint8) & 3) != Outcome.NOT_JUDGED
        rank, among = found.twice_rank[np.ix_(rows, part)], found.ranked[np.ix_(rows, part)]
        numbers = np.unique(np.concatenate([np.unique(among[judged]), np.unique(own[1])]))
        common, gaps = lcm(*numbers.tolist()), [0] * len(part)
        for n in numbers.tolist():
            theirs = _weigh(weights, np.where(judged & (among == n), rank, 0))
            less = _weigh(weights, np.where(judged & (own[1] == n)[:, None], own[0][:, None], 0))
            gaps = [gap + int(d) * (common // n) for gap, d in zip(gaps, theirs - less, strict=True)]
        signs += [(gap > 0) - (gap < 0) for gap in gaps]
    return signs


def _weigh(weights: Ints, table: NDArray[np.int16]) -> Ints:
    """[V] sums of weights [C] times [C, V], in integers."""
    summed: Ints = weights @ table.astype(np.int64)
    return summed
