"""Counting sorts of statements into facts."""

import numpy as np
from numba import njit

FEW = 48


@njit(nogil=True, cache=True)
def sorted_by_item(item, source, value, items):
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
def order_within(start, source, value, weight, sources):
    """Sorts each item's statements by value and source, and shares the weight of a source that says several things.

    weight: [R] of ones. Items with more than ``FEW`` statements come sorted.
    """
    times = np.zeros(sources, np.int32)
    keys = np.empty(FEW, np.int64)
    for one in range(len(start) - 1):
        first, last = start[one], start[one + 1]
        if last - first <= FEW:
            for row in range(first, last):
                key, back = (np.int64(value[row]) << 32) | np.int64(source[row]), row - first
                while back > 0 and keys[back - 1] > key:
                    keys[back] = keys[back - 1]
                    back -= 1
                keys[back] = key
            for row in range(first, last):
                value[row], source[row] = keys[row - first] >> 32, keys[row - first] & 0xFFFFFFFF
        several = False
        for row in range(first, last):
            times[source[row]] += 1
            several |= times[source[row]] > 1
        for row in range(first, last if several else first):
            weight[row] = 1.0 / times[source[row]]
        for row in range(first, last):
            times[source[row]] = 0


@njit(nogil=True, cache=True)
def cut(start, value):
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
