"""Testimony laid out for counting: by item, then by value, then by source. A fact is a value that somebody says of an item."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.sources.blocks import in_blocks
from evenhand.sources.kernels import facts as kernels
from evenhand.sources.testimony import Floats, Ints, Testimony

Longs = NDArray[np.int64]
BLOCKS = 16


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
    sources, items, rows = len(testimony.sources), len(testimony.items), len(testimony)
    start, source, value = kernels.sorted_by_item(testimony.item, testimony.source, testimony.value, items)
    weight = np.ones(rows)
    _order_large(start, source, value, sources)
    before = np.zeros(BLOCKS + 1, np.int64)

    def order(block: int, first: int, last: int) -> None:
        before[block + 1] = kernels.order_within(start, source, value, weight, sources, first, last)

    in_blocks(order, items, BLOCKS, rows)
    before = np.cumsum(before)
    count = int(before[-1])
    item, of_item = np.empty((2, count), np.int32)
    item_start, fact_start = np.empty(items + 1, np.int64), np.empty(count + 1, np.int64)
    item_start[-1], fact_start[-1] = count, rows

    def cut(block: int, first: int, last: int) -> None:
        kernels.cut(start, value, first, last, before[block], item, of_item, item_start, fact_start)

    in_blocks(cut, items, BLOCKS, rows)
    return Facts(sources, items, item, of_item, item_start, fact_start, source, weight)


def _order_large(start: Longs, source: Ints, value: Ints, sources: int) -> None:
    """Sorts items of many statements by value and source; a sort within the kernel would take seconds to compile."""
    for one in np.flatnonzero(np.diff(start) > kernels.FEW).tolist():
        part = slice(int(start[one]), int(start[one + 1]))
        key = value[part].astype(np.int64) * sources + source[part]
        key.sort()
        value[part], source[part] = key // sources, key % sources
