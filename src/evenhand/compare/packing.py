"""Outcomes at two bits, reasons at four."""

import numpy as np

from evenhand.compare.judge import Outcomes
from evenhand.compare.panel import Codes


def pack_outcomes(outcomes: Outcomes) -> Outcomes:
    """[K, M] outcomes as [K, ceil(M / 4)], two bits each, the first lowest. Padding is "not judged"."""
    rows, columns = outcomes.shape
    padded = np.full((rows, -(-columns // 4) * 4), 3, dtype=np.uint8)
    padded[:, :columns] = outcomes
    packed: Outcomes = padded[:, 0::4] | padded[:, 1::4] << 2 | padded[:, 2::4] << 4 | padded[:, 3::4] << 6
    return packed


def unpack_outcomes(packed: Outcomes, columns: int) -> Outcomes:
    """The reverse: [K, M]."""
    spread = np.stack([packed >> shift & 3 for shift in (0, 2, 4, 6)], axis=-1)
    return spread.reshape(len(packed), -1)[:, :columns]


def outcome_column(packed: Outcomes, column: int) -> Outcomes:
    """[C] the outcomes of one column."""
    return packed[:, column // 4] >> np.uint8(2 * (column % 4)) & np.uint8(3)


def pack_codes(codes: Codes) -> Codes:
    """[K, M] reasons as [K, ceil(M / 2)], four bits each."""
    rows, columns = codes.shape
    padded = np.zeros((rows, -(-columns // 2) * 2), dtype=np.uint8)
    padded[:, :columns] = codes
    packed: Codes = padded[:, 0::2] | padded[:, 1::2] << 4
    return packed


def code_column(packed: Codes, column: int) -> Codes:
    """[C] the reasons of one column."""
    return packed[:, column // 2] >> np.uint8(4 * (column % 2)) & np.uint8(15)
