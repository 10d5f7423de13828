"""Work in fixed blocks, so that any number of threads gives the same bits."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from evenhand.sources.testimony import Floats


def threads() -> int:
    """How many threads are used: ``NUMBA_NUM_THREADS`` where it is set, else one for each core."""
    asked = os.environ.get("NUMBA_NUM_THREADS", "")
    return max(1, int(asked)) if asked.isdigit() else (os.cpu_count() or 1)


def block_edges(size: int, blocks: int) -> list[tuple[int, int]]:
    """``blocks`` nearly equal ranges over ``size``; they depend on the data alone, never on the threads."""
    edges = np.linspace(0, size, max(1, min(blocks, size)) + 1).astype(np.int64)
    return [(int(first), int(last)) for first, last in pairwise(edges)]


SMALL = 200_000
"""Under so many steps the threads would take longer to start than to work."""


def in_blocks(work: Callable[[int, int, int], None], size: int, blocks: int, steps: int) -> None:
    """Calls ``work(block, first, last)`` for every block. ``work`` releases the interpreter's lock and writes its own part.

    steps: about how many elementary steps there are in all.
    """
    edges = block_edges(size, blocks)
    count = min(threads(), len(edges)) if steps >= SMALL else 1
    if count <= 1:
        for number, (first, last) in enumerate(edges):
            work(number, first, last)
        return
    work(0, *edges[0])  # what is compiled when it is first called is compiled by one thread alone
    with ThreadPoolExecutor(count) as pool:
        for done in [pool.submit(work, number, *edge) for number, edge in enumerate(edges) if number]:
            done.result()


def summed(parts: Floats) -> Floats:
    """The sum over the first axis, in its order."""
    total: Floats = parts[0].copy()
    for part in parts[1:]:
        total += part
    return total
