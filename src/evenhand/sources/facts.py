"""Testimony laid out for counting: by item, then by value, then by source. A fact is a value that somebody says of an item."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from evenhand.sources.testimony import Floats, Ints, Testimony

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """F facts over I items by S sources, from R statements.

    item, value: [F] what each fact says. item_start: [I + 1] the facts of item i are ``item_start[i]:item_start[i + 1]``.
    start: [F + 1] its statements are ``start[f]:start[f + 1]``. source, weight: [R] who makes each, and what part of that
    source's word on the item it is (1, or less where a source says several things).
    """

    sources: int
    items: int
    item: Ints
    value: Ints
    item_start: Longs
    start: Longs
    source: Ints
    weight: Floats

    @property
    def said(self) -> Longs:
        """[F] how many statements make each fact."""
        return np.diff(self.start)

    @property
    def row_fact(self) -> Ints:
        """[R] the fact of each statement."""
        return np.repeat(np.arange(len(self.item), dtype=np.int32), self.said)


def facts_of(testimony: Testimony) -> Facts:
    """Which values are said of each item, and by whom? Order of the rows does not matter."""
    sources, items = len(testimony.sources), len(testimony.items)
    start, source, value = sorted_by_item(testimony.item, testimony.source, testimony.value, items)
    weight = np.ones(len(source))
    _order_within(start, source, value, weight, sources)
    fact_item, fact_value, item_start, fact_start = _cut(start, value)
    return Facts(sources, items, fact_item, fact_value, item_start, fact_start, source, weight)


@njit(nogil=True, cache=True)
def sorted_by_item(item, source, value, items):  # type: ignore[no-untyped-def]
    """Counting sort of the statements by item, stable: start [I + 1], source [R], value [R]."""
    start = np.zeros(items + 1, np.int64)
    for row in range(len(item)):
        start[item[row] + 1] += 1
    for one in range(items):
        start[one + 1] += start[one]
    place = start[:-1].copy()
    by_source = np.empty(len(item), np.int32)
    by_value = np.empty(len(item), np.int32)
    for row in range(len(item)):
        to = place[item[row]]
        by_source[to] = source[row]
        by_value[to] = value[row]
        place[item[row]] = to + 1
    return start, by_source, by_value


@njit(nogil=True, cache=True)
def _order_within(start, source, value, weight, sources):  # type: ignore[no-untyped-def]
    """Sorts each item's statements by value and source, and shares the weight of a source that says several things."""
    times = np.zeros(sources, np.int32)
    for one in range(len(start) - 1):
        first, last = start[one], start[one + 1]
        if last - first > 48:
            key = value[first:last].astype(np.int64) * sources + source[first:last]
            key.sort()
            for row in range(first, last):
                value[row] = key[row - first] // sources
                source[row] = key[row - first] % sources
        else:
            for row in range(first + 1, last):
                v, s, back = value[row], source[row], row - 1
                while back >= first and (value[back] > v or (value[back] == v and source[back] > s)):
                    value[back + 1], source[back + 1] = value[back], source[back]
                    back -= 1
                value[back + 1], source[back + 1] = v, s
        for row in range(first, last):
            times[source[row]] += 1
        for row in range(first, last):
            weight[row] = 1.0 / times[source[row]]
        for row in range(first, last):
            times[source[row]] = 0


@njit(nogil=True, cache=True)
def _cut(start, value):  # type: ignore[no-untyped-def]
    """Where each item's facts and each fact's statements begin."""
    items, rows = len(start) - 1, len(value)
    facts = 0
    for one in range(items):
        for row in range(start[one], start[one + 1]):
            facts += row == start[one] or value[row] != value[row - 1]
    fact_item = np.empty(facts, np.int32)
    fact_value = np.empty(facts, np.int32)
    fact_start = np.empty(facts + 1, np.int64)
    item_start = np.empty(items + 1, np.int64)
    fact = 0
    for one in range(items):
        item_start[one] = fact
        for row in range(start[one], start[one + 1]):
            if row == start[one] or value[row] != value[row - 1]:
                fact_item[fact], fact_value[fact], fact_start[fact] = one, value[row], row
                fact += 1
    item_start[items], fact_start[facts] = facts, rows
    return fact_item, fact_value, item_start, fact_start
