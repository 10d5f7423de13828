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
def order_within(start, source, value, weight, sources, begin, end):
    """Sorts the statements of each item of a range by value and source, shares the weight of a source that says several
    things, and returns how many facts there are.

    weight: [R] of ones. Items with more than ``FEW`` statements come sorted. The others are ranked pair by pair: no branch
    to guess wrong.
    """
    last_item, times = np.full(sources, -1, np.int64), np.zeros(sources, np.int32)
    keys, ranks = np.empty(FEW, np.int64), np.empty(FEW, np.int64)
    facts = 0
    for item in range(begin, end):
        first, last = start[item], start[item + 1]
        if last - first <= FEW:
            for one in range(last - first):
                key, rank = (np.int64(value[first + one]) << 32) | np.int64(source[first + one]), np.int64(0)
                for other in range(one):
                    above = np.int64(keys[other] > key)
                    ranks[other] += above
                    rank += 1 - above
                keys[one], ranks[one] = key, rank
            for one in range(last - first):
                to = first + ranks[one]
                value[to], source[to] = keys[one] >> 32, keys[one] & 0xFFFFFFFF
        several = False
        for row in range(first, last):
            facts += row == first or value[row] != value[row - 1]
            several |= last_item[source[row]] == item
            last_item[source[row]] = item
        if several:
            share(source, weight, times, first, last)
    return facts


@njit(nogil=True, cache=True)
def share(source, weight, times, first, last):
    """The weight of each statement on one item, shared by all that its source says of it. times: [S] zeros, and so left."""
    for row in range(first, last):
        times[source[row]] += 1
    for row in range(first, last):
        weight[row] = 1.0 / times[source[row]]
    for row in range(first, last):
        times[source[row]] = 0


@njit(nogil=True, cache=True)
def cut(start, value, begin, end, fact, fact_item, fact_value, item_start, fact_start):
    """Where each item's facts and each fact's statements begin, over a range of items; ``fact`` is the first of theirs."""
    for item in range(begin, end):
        item_start[item] = fact
        for row in range(start[item], start[item + 1]):
            if row == start[item] or value[row] != value[row - 1]:
                fact_item[fact], fact_value[fact], fact_start[fact] = item, value[row], row
                fact += 1
