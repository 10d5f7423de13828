"""Who is judged, column by column: every unit, or a group and its placebos."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.counting import Words, pack
from evenhand.compare.panel import Bools, Codes, Floats, Groups, Ints, Names, Panel
from evenhand.model import BadInputError, ReasonCode

ENOUGH_MEMBERS = 3
Members = NDArray[np.int16]


class Columns(Protocol):
    """Those that are judged."""

    @property
    def size(self) -> int: ...
    def scores(self, values: Floats, aggregate: str) -> Floats:
        """[K, N] scores of the units to [K, M] scores of the columns."""
        ...

    def codes(self, codes: Codes, scores: Floats) -> Codes:
        """[K, N] reasons of the units to [K, M] reasons of the columns with these scores."""
        ...

    def peers(self, peers: Bools, kin: Bools) -> Words:
        """[N, N] peers of the units to [W, M] peers of the columns."""
        ...

    def has(self, units: Bools) -> Bools:
        """[M]: which columns are, or contain, any of these units?"""
        ...

    def itself(self) -> Ints | None:
        """[M] the unit that a column is; None where columns are groups."""
        ...


@dataclass(frozen=True, slots=True)
class Units:
    """Every unit is a column."""

    size: int

    def scores(self, values: Floats, aggregate: str) -> Floats:  # noqa: ARG002
        return values

    def codes(self, codes: Codes, scores: Floats) -> Codes:  # noqa: ARG002
        return codes

    def peers(self, peers: Bools, kin: Bools) -> Words:  # noqa: ARG002
        return pack(peers)

    def has(self, units: Bools) -> Bools:
        return units

    def itself(self) -> Ints | None:
        return np.arange(self.size)


@dataclass(frozen=True, slots=True, eq=False)
class GroupColumns:
    """A group, its placebos, and its placebos of the same regional mix, all of one size.

    members: [M, m] indices of units, the group first. weights: [N] or None. bits: [W, M] the members of each column;
    inside: [N, M] the same as 0 and 1.
    """

    members: Members
    units: int
    weights: Floats | None
    bits: Words
    inside: Floats

    @classmethod
    def of(cls, members: Members, units: int, weights: Floats | None) -> "GroupColumns":
        """Columns of these members."""
        masks = np.zeros((len(members), units), dtype=bool)
        np.put_along_axis(masks, members.astype(np.int64), values=True, axis=1)
        return cls(members, units, weights, pack(masks), np.ascontiguousarray(masks.T, dtype=np.float64))

    @property
    def size(self) -> int:
        return len(self.members)

    def scores(self, values: Floats, aggregate: str) -> Floats:
        """At least three members (all of a group of fewer) and half of them, else NaN."""
        if aggregate != "median":
            return self._means(values, aggregate)
        return np.array([self._medians(row) for row in values]).reshape(len(values), self.size)

    def codes(self, codes: Codes, scores: Floats) -> Codes:
        """The members' own reason where they all have the same; ``BLIND_SPOT`` where over 20 % of those with figures
        are.
        """
        found = np.zeros(scores.shape, dtype=np.uint8)
        for k, row in enumerate(codes):
            if (row == ReasonCode.BLIND_SPOT).any():
                blind, seen = self.count(row == ReasonCode.BLIND_SPOT), self.count(row == 0)
                found[k, 5 * blind > blind + seen] = ReasonCode.BLIND_SPOT
            refused = np.flatnonzero(np.isnan(scores[k]) & (found[k] == 0))
            each = row[self.members[refused]]
            alike = (each == each[:, :1]).all(axis=1) & (each[:, 0] != 0)
            found[k, refused] = np.where(alike, each[:, 0], np.uint8(ReasonCode.GROUP_TOO_SMALL))
        return found

    def peers(self, peers: Bools, kin: Bools) -> Words:
        """The union of the members' peers, without members and their kin."""
        near, barred = pack(peers), pack(kin | np.eye(self.units, dtype=bool))
        union, out = near[:, self.members[:, 0]].copy(), barred[:, self.members[:, 0]].copy()
        for j in range(1, self.members.shape[1]):
            union |= near[:, self.members[:, j]]
            out |= barred[:, self.members[:, j]]
        return union & ~out

    def has(self, units: Bools) -> Bools:
        found: Bools = np.logical_or.reduce(units[self.members], axis=1)
        return found

    def itself(self) -> Ints | None:
        return None

    def count(self, units: Bools) -> Members:
        """[M]: how many members of each column are among these units?"""
        counted: Members = np.bitwise_count(self.bits & pack(units)[:, None]).sum(axis=0, dtype=np.int16)
        return counted

    def _enough(self, scored: Members) -> Bools:
        enough: Bools = (scored >= min(ENOUGH_MEMBERS, self.members.shape[1])) & (2 * scored >= self.members.shape[1])
        return enough

    def _medians(self, row: Floats) -> Floats:
        """By sorting the members' places among all units, a member at a time for all columns."""
        order = np.argsort(row)
        place = np.empty(len(row), dtype=np.int16)
        place[order] = np.arange(len(row))
        lines = list(place[self.members.T])
        for i, j in network(len(lines)):
            lines[i], lines[j] = np.minimum(lines[i], lines[j]), np.maximum(lines[i], lines[j])
        table, columns = np.array(lines), np.arange(self.size)
        scored = self.count(~np.isnan(row)) if np.isnan(row).any() else np.full(self.size, len(lines), dtype=np.int16)
        low = table[np.maximum(scored - 1, 0) // 2, columns]
        high = table[np.minimum(scored // 2, len(lines) - 1), columns]
        ascending = row[order]
        return np.where(self._enough(scored), (ascending[low] + ascending[high]) / 2, np.nan)

    def _means(self, values: Floats, aggregate: str) -> Floats:
        """[K, N] to [K, M] by one product; its rounding lies far below the grain within which scores are equal.

        A member without a weight is missing where members are weighted.
        """
        weights = np.ones(self.units) if aggregate == "mean" or self.weights is None else self.weights
        there = ~np.isnan(values) & ~np.isnan(weights)
        weight = there * np.nan_to_num(weights)
        total = np.where(there, weight * np.nan_to_num(values), 0.0) @ self.inside
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = total / (weight @ self.inside)
        scored = np.array([self.count(row) for row in there]).reshape(mean.shape)
        return np.where(self._enough(scored), mean, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Random orders of the units, so that the first m of each are a random group of size m, whatever m.

    anyone: [P, pool] units in random order. by_region: for each region, [R, units in it].
    """

    anyone: Members
    by_region: tuple[Members, ...]
    region: Names

    @classmethod
    def of(cls, panels: Sequence[Panel], groups: Groups, pool: Bools, counts: tuple[int, int], seed: int) -> "Draws":
        """Drawn in an order that the figures give and not the names: exchanging names exchanges nothing else.

        counts: P random groups, and R of the same regional mix.
        """
        rng = np.random.Generator(np.random.PCG64(seed))
        table = np.concatenate([panel.values for panel in panels])
        order = np.lexsort(table[::-1])
        order = order[pool[order]]
        region = np.array(groups.region)
        anyone = cls._shuffle(rng, order, counts[0])
        names = list(dict.fromkeys(region[order].tolist()))
        by_region = tuple(cls._shuffle(rng, order[region[order] == name], counts[1]) for name in names)
        return cls(anyone, by_region, tuple(names))

    @staticmethod
    def _shuffle(rng: np.random.Generator, units: Ints, count: int) -> Members:
        return rng.permuted(np.tile(units.astype(np.int16), (count, 1)), axis=1)

    def columns(self, mask: Bools, region: Names, weights: Floats | None) -> GroupColumns:
        """The group of these members, with its placebos."""
        members = np.flatnonzero(mask).astype(np.int16)
        if not len(members):
            raise BadInputError("a group under one of its membership options has no members")
        mix = [sum(region[i] == name for i in members) for name in self.region]
        alike = np.concatenate([one[:, :n] for one, n in zip(self.by_region, mix, strict=True)], axis=1)
        rows = np.concatenate([members[None, :], self.anyone[:, : len(members)], alike])
        return GroupColumns.of(rows, len(mask), weights)


@cache
def network(n: int) -> tuple[tuple[int, int], ...]:
    """Which pairs to put in order, one by one, so that n things are sorted? Batcher's odd-even merge sort (1968)."""
    pairs: list[tuple[int, int]] = []
    p = 1
    while p < n:
        k = p
        while k:
            for j in range(k % p, n - k, 2 * k):
                near = range(j, j + min(k, n - j - k))
                pairs += [(i, i + k) for i in near if i // (2 * p) == (i + k) // (2 * p)]
            k //= 2
        p *= 2
    return tuple(pairs)


def pool_of(panels: Sequence[Panel], stands: Bools | None, members: Sequence[Bools]) -> Bools:
    """[N]: who can be drawn into a placebo: who has figures and stands for its territory, and whoever may be a member."""
    n = len(panels[0].units)
    figures = np.any([~np.isnan(panel.values).all(axis=0) for panel in panels], axis=0)
    pool: Bools = figures & (np.ones(n, dtype=bool) if stands is None else stands)
    for mask in members:
        pool = pool | mask
    return pool
