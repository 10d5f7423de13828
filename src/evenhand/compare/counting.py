"""How many peers score below, and on which side of their median does a score lie? By counting, never by adding up.

Rows of scores are sorted once. The units below a score are then a set of bits, its peers another; what is in both is
counted. Whether a score lies above the median follows from the counts alone, but where it falls between the two middle
peers of an even number: there the two are looked up. Scores no further apart than the grain are equal.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.panel import Bools, Floats, Ints

WORD = 64
Words = NDArray[np.uint64]
Signs = NDArray[np.int8]
Counts = NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Peers below, equal to, and scored: [K, M] each."""

    below: Counts
    equal: Counts
    scored: Counts

    @property
    def above(self) -> Counts:
        return self.scored - self.below - self.equal


class Reference(Protocol):
    """What scores are set against."""

    def sign(self, own: Floats) -> Signs:
        """On which side does each of these scores lie? [K, M]: 1 above, -1 below, 0 within the grain."""
        ...

    def value(self) -> Floats:
        """[K, M] the reference itself."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of scores of all units, sorted once.

    values: [K, N] ascending, NaN last. order: [K, N] whose they are. prefix: [W, K, N + 1] the sets of the first so
    many. grain: [K].
    """

    scores: Floats
    values: Floats
    order: Ints
    prefix: Words
    grain: Floats

    @classmethod
    def of(cls, scores: Floats, grain: Floats) -> "Rows":
        order = np.argsort(scores, axis=1)
        values = np.take_along_axis(scores, order, axis=1)
        bits = pack(np.eye(scores.shape[1], dtype=bool))
        prefix = np.zeros((len(bits), scores.shape[0], scores.shape[1] + 1), dtype=np.uint64)
        missing = np.isnan(values)
        for w, words in enumerate(bits):
            steps = words[order]
            steps[missing] = 0
            np.cumsum(steps, axis=1, out=prefix[w, :, 1:])
        return cls(scores, values, order, prefix, grain)

    def places(self, own: Floats) -> tuple[Ints, Ints]:
        """How many of all units score below, and how many not above? [K, M] each; NaN counts as above all."""
        left, right = np.empty(own.shape, dtype=np.int64), np.empty(own.shape, dtype=np.int64)
        low, high = own - self.grain[:, None], own + self.grain[:, None]
        few = own.shape[1] <= 2 * self.values.shape[1]
        for k, row in enumerate(self.values):
            left[k] = row.searchsorted(low[k], side="left")
            right[k] = row.searchsorted(high[k], side="right") if few else _onwards(row, left[k], high[k])
        return left, right

    def sets(self, places: Ints) -> Words:
        """[W, K, M]: the units at the first so many places."""
        return np.stack([np.take_along_axis(prefix, places, axis=1) for prefix in self.prefix])

    def scored(self) -> Words:
        """[W, K, 1]: the units that have a score."""
        return self.prefix[:, :, -1:]

    def pick(self, rows: Ints) -> "Rows":
        """Some of the rows."""
        return Rows(self.scores[rows], self.values[rows], self.order[rows], self.prefix[:, rows], self.grain[rows])


@dataclass(frozen=True, slots=True, eq=False)
class PeerMedian:
    """The median of each column's peers. peers: [W, 1 or K, M] sets of units. known: scores counted already."""

    rows: Rows
    peers: Words
    known: tuple[Floats, Counted] | None = None

    def counted(self, own: Floats) -> Counted:
        """How many peers score below and equal to each of these scores?"""
        if self.known is not None and self.known[0] is own:
            return self.known[1]
        left, right = self.rows.places(own)
        return self.count(self.rows.sets(left), self.rows.sets(right))

    def count(self, below: Words, to: Words) -> Counted:
        """The same, from the sets of the units below and not above."""
        fewer, scored = common(below, self.peers), common(self.rows.scored(), self.peers)
        return Counted(fewer, common(to, self.peers) - fewer, scored)

    def sign(self, own: Floats) -> Signs:
        return self.sign_of(own, self.counted(own))

    def sign_of(self, own: Floats, counted: Counted) -> Signs:
        """On which side of the median do scores with these counts lie?"""
        sign = side(counted)
        k, m = np.nonzero(between(counted))
        if len(k):
            wide = self.peers.shape[1] > 1
            twice = np.empty(len(k))
            for part in np.array_split(np.arange(len(k)), 1 + len(k) // 20_000):
                at = k[part]
                members = unpack(self.peers[:, at if wide else np.zeros_like(at), m[part]], self.rows.scores.shape[1])
                twice[part] = _middle(self.rows.scores[at], members, own[at, m[part]])
            sign[k, m] = rounded(2 * own[k, m] - twice, 2 * self.rows.grain[k])
        return sign

    def value(self) -> Floats:
        rows, units = self.rows.scores.shape
        wide = self.peers.shape[1] > 1
        found = []
        for k in range(rows):
            members = unpack(self.peers[:, k if wide else 0], units)
            found.append(masked_medians(np.broadcast_to(self.rows.scores[k], members.shape), members))
        return np.array(found)


@dataclass(frozen=True, slots=True, eq=False)
class WorldMedian:
    """The median of each unit's peers where every unit has a row of others' scores of its own.

    others: [M, N] row u; peers: [M, N]; grain of all. Scores come as [1, M].
    """

    others: Floats
    peers: Bools
    grain: float

    def counted(self, own: Floats) -> Counted:
        """How many peers score below and equal to each of these scores?"""
        scored = self.peers & ~np.isnan(self.others)
        mine = own[0][:, None]
        with np.errstate(invalid="ignore"):
            below = (scored & (self.others < mine - self.grain)).sum(axis=1, dtype=np.int16)
            to = (scored & (self.others <= mine + self.grain)).sum(axis=1, dtype=np.int16)
        return Counted(below[None], (to - below)[None], scored.sum(axis=1, dtype=np.int16)[None])

    def sign(self, own: Floats) -> Signs:
        counted = self.counted(own)
        sign = side(counted)
        m = np.flatnonzero(between(counted)[0])
        if len(m):
            twice = _middle(self.others[m], self.peers[m] & ~np.isnan(self.others[m]), own[0, m])
            sign[0, m] = rounded(2 * own[0, m] - twice, 2 * self.grain)
        return sign

    def value(self) -> Floats:
        return masked_medians(self.others, self.peers)[None]


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """A number: 0, or the score of the one that a pairwise claim is against. at: [K, 1] or [K, M]; grain: [K]."""

    at: Floats
    grain: Floats

    def sign(self, own: Floats) -> Signs:
        return rounded(own - self.at, self.grain[:, None])

    def value(self) -> Floats:
        return self.at


def _onwards(row: Floats, left: Ints, high: Floats) -> Ints:
    """From the first place that is not below to the first that is above: few steps, and for many scores faster than a
    search.
    """
    padded, right = np.append(row, np.nan), left.copy()
    moving = np.flatnonzero(padded[right] <= high)
    while len(moving):
        right[moving] += 1
        moving = moving[padded[right[moving]] <= high[moving]]
    return right


def side(counted: Counted) -> Signs:
    """Above or below the median, as far as the counts alone tell; 0 where it is equal, and where it falls between."""
    below, above, half = counted.below, counted.above, counted.scored // 2
    even = counted.scored == 2 * half
    up = (2 * below > counted.scored) | (even & (below == half) & (above < half))
    down = (2 * above > counted.scored) | (even & (above == half) & (below < half))
    sign: Signs = up.astype(np.int8) - down.astype(np.int8)
    return sign


def between(counted: Counted) -> Bools:
    """Strictly between the two middle peers: half of them below, half above."""
    strictly: Bools = (counted.below == counted.above) & (counted.equal == 0) & (counted.scored > 0)
    return strictly


def rounded(difference: Floats, grain: Floats | float) -> Signs:
    """The sign of a difference; 0 within the grain and for NaN."""
    with np.errstate(invalid="ignore"):
        sign: Signs = (difference > grain).astype(np.int8) - (difference < -grain).astype(np.int8)
    return sign


def common(one: Words, other: Words) -> Counts:
    """How many are in both sets? [K, M]."""
    total: Counts = np.bitwise_count(one[0] & other[0]).astype(np.int16)
    for left, right in zip(one[1:], other[1:], strict=True):
        total += np.bitwise_count(left & right)
    return total


def pack(sets: Bools) -> Words:
    """[..., N] memberships as bits: [W, ...]."""
    n = sets.shape[-1]
    width = -(-n // WORD) * WORD
    padded = np.zeros((*sets.shape[:-1], width), dtype=bool)
    padded[..., :n] = sets
    packed = np.ascontiguousarray(np.packbits(padded, axis=-1, bitorder="little")).view("<u8")
    return np.ascontiguousarray(np.moveaxis(packed.astype(np.uint64), -1, 0))


def unpack(words: Words, n: int) -> Bools:
    """The reverse of :func:`pack`: [W, ...] to [..., n]."""
    rows = np.ascontiguousarray(np.moveaxis(words, 0, -1)).astype("<u8").view(np.uint8)
    return np.unpackbits(rows, axis=-1, count=n, bitorder="little").astype(bool)


def masked_medians(values: Floats, chosen: Bools) -> Floats:
    """The median of the chosen values of each row [M, N]; NaN where there is none. A chosen NaN does not count."""
    table = np.where(chosen & ~np.isnan(values), values, np.inf)
    table.sort(axis=-1)
    count = np.isfinite(table).sum(axis=-1)
    low = np.take_along_axis(table, np.maximum(count - 1, 0)[..., None] // 2, axis=-1)[..., 0]
    high = np.take_along_axis(table, np.minimum(count // 2, table.shape[-1] - 1)[..., None], axis=-1)[..., 0]
    return np.where(count > 0, (low + high) / 2, np.nan)


def _middle(scores: Floats, members: Bools, own: Floats) -> Floats:
    """The highest chosen score below plus the lowest above, [R]."""
    below, above = np.full_like(scores, -np.inf), np.full_like(scores, np.inf)
    np.copyto(below, scores, where=members & (scores < own[:, None]))
    np.copyto(above, scores, where=members & (scores > own[:, None]))
    middle: Floats = below.max(axis=1) + above.min(axis=1)
    return middle
