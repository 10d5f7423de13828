"""Distinct rows of small numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.panel import Ints

Small = NDArray[np.int32] | Ints


def distinct(columns: Sequence[Small]) -> tuple[Ints, Ints]:
    """Where each distinct row of some columns of small numbers from 0 up first stands, in order, and [C] which each is.

    By one number per row, as sorting rows of a million takes several times their memory.
    """
    code = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        code *= int(column.max(initial=0)) + 1
        code += column
    _, first, which = np.unique(code, return_index=True, return_inverse=True)
    return first, which.astype(np.int64)
