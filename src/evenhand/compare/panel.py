"""Panels, windows and groups: the arrays that every standard works on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.model import BadInputError, ReasonCode

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Names = tuple[str, ...]
Table = Sequence[Sequence[float | None]] | Floats


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One measure for many units over many periods.

    values, low, high: [T, N], NaN where there is no figure (low and high NaN where the source gives no bounds).
    periods: [T] years, ascending. units: N ids. reason_codes: [T, N] of ``ReasonCode``: why a value is missing.
    year_used: [T, N] the year whose figure stands in the cell (differs from the period within a tolerance).
    source_id: [T, N] index of the source, -1 for none. direction: which way of the values the claim calls up; the
    multiverse sets it. scale: ratio, interval, count or share. blind: [T, N], True in years in which the measure cannot
    see what happened in that unit; None for never. borders: for a unit's id the first years after jumps that come from a
    change of its borders, so that nothing is scored across one; None for never. memo: what was last read of it, kept by
    the multiverse for its own copies.
    """

    values: Floats
    low: Floats
    high: Floats
    periods: Ints
    units: Names
    reason_codes: Codes
    year_used: Ints
    source_id: Ints
    direction: Literal["up", "down"] = "up"
    scale: Literal["ratio", "interval", "count", "share"] = "ratio"
    blind: Bools | None = None
    borders: Mapping[str, tuple[int, ...]] | None = None
    memo: dict[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Window:
    """The years before and after which a judgement is made. Standards without a pre-period have start = event."""

    start: int
    event: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """What is known of the units beside their figures.

    member: [G, N] core membership; names: G ids. kin: [N, N] predecessor, successor, part or whole, symmetric. exposed:
    [T, N] units under the event that is judged. region: [N] labels. periods: [T] the years of ``exposed``; None where
    they are the panel's own.
    """

    member: Bools
    names: Names
    kin: Bools
    exposed: Bools
    region: Names
    periods: Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What every unit of a panel scores under one standard.

    values: [N], NaN where there is none; in the measure's own sense (not turned) unless the standard is ``oriented``.
    reason_codes: [N] of ``ReasonCode``: why a score is missing. reference: what a score is set against, the peers'
    scores or 0. used_years: [N, 2] the years whose figures were used, -1 for none. grain: two scores no further apart
    than this are equal: it stands well above the rounding of the machine and well below any published figure.
    """

    values: Floats
    reason_codes: Codes
    reference: Literal["peers", "zero"]
    used_years: Ints
    grain: float


def panel_of(
    values: Table,
    periods: Sequence[int],
    units: Sequence[str],
    *,
    low: Table | None = None,
    high: Table | None = None,
    scale: Literal["ratio", "interval", "count", "share"] = "ratio",
) -> Panel:
    """A panel from plain figures, ``values[t][n]``; None or NaN where nothing was published."""
    table, years = _floats(values), np.asarray(periods, dtype=np.int64)
    if table.shape != (len(years), len(units)):
        message = f"the table of figures has shape {table.shape}"
        raise BadInputError(message, hint=f"{len(years)} periods by {len(units)} units are wanted")
    missing = np.isnan(table)
    codes = np.where(missing, ReasonCode.NOT_PUBLISHED, ReasonCode.OK).astype(np.uint8)
    lower = np.full_like(table, np.nan) if low is None else _floats(low)
    upper = np.full_like(table, np.nan) if high is None else _floats(high)
    used = np.broadcast_to(years[:, None], table.shape).copy()
    source = np.where(missing, -1, 0).astype(np.int64)
    return Panel(table, lower, upper, years, tuple(units), codes, used, source, scale=scale)


def groups_of(
    panel: Panel,
    *,
    members: Mapping[str, Sequence[str]] | None = None,
    region: Sequence[str] | None = None,
    kin: Sequence[tuple[str, str]] = (),
) -> Groups:
    """Groups from plain names: who belongs to what, where units lie, and which are kin. Nobody is exposed."""
    n, named = len(panel.units), dict(members or {})
    member = np.array([[unit in ids for unit in panel.units] for ids in named.values()], dtype=bool).reshape(-1, n)
    related = np.zeros((n, n), dtype=bool)
    for one, other in kin:
        i, j = panel.units.index(one), panel.units.index(other)
        related[i, j] = related[j, i] = True
    exposed = np.zeros(panel.values.shape, dtype=bool)
    return Groups(member, tuple(named), related, exposed, tuple(region) if region is not None else ("",) * n)


def _floats(table: Table) -> Floats:
    if isinstance(table, np.ndarray) and table.dtype == np.float64:
        return table.copy()
    return np.array([[np.nan if v is None else v for v in row] for row in table], dtype=np.float64)
