"""How far do the cells that a text cites favour one side, beyond what picking at random would?

A cell is one unit and one concept. Its favour lies between -1/2 and 1/2: where the unit stands among all units that have
a score, counted from the middle, turned by the concept's direction, and negated for the other side's units.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator

from evenhand.compare.panel import Bools, Floats, Ints
from evenhand.model import BadInputError

FEWEST_CELLS = 5
FEWEST_OTHERS = 3
DRAWS = 9_999
MOST_LISTED = 100_000
GRAIN = 1e-9
DIGITS = 12
Pool = Literal["domain", "any"]


@dataclass(frozen=True, slots=True)
class Selectivity:
    """The mean favour of the cited cells, set beside that of random picks of concepts for the same units.

    cells: cited cells that have a favour; concepts: how many they belong to. favour: their mean; None under five cells,
    and then all that follows is None or 0, too. expected: the mean over the picks. p_high, p_low: the chance that a
    random pick favours the side at least as much, at most as much. at_least, at_most: how many of the ``picks`` (the
    text's own not counted) do. listed: all picks were gone through; else they are draws. choices: for each cited concept,
    in the order of the columns, among how many it was picked.
    """

    cells: int
    concepts: int
    favour: float | None = None
    expected: float | None = None
    p_high: float | None = None
    p_low: float | None = None
    at_least: int = 0
    at_most: int = 0
    picks: int = 0
    listed: bool = False
    choices: tuple[int, ...] = ()


def percentiles(scores: Floats, grain: float = 0.0, *, kin: Bools | None = None, stands: Bools | None = None) -> Floats:
    """Where does each unit stand among all that have a score? [N], from 0 (last) to 1 (first), 1/2 in the middle.

    The mid-rank percentile: the share of units below, plus half of those at the same place, itself among them. scores:
    [N], NaN where there is none; two that differ by no more than ``grain`` are equal. kin: [N, N], units that are never
    set against each other; stands: [N], those whom everybody is set against (by default all). NaN where there is no score,
    or fewer than three others have one.

    >>> percentiles(np.array([1.0, 2.0, 2.0, 4.0, np.nan]))
    array([0.125, 0.5  , 0.5  , 0.875,   nan])
    """
    scored = ~np.isnan(scores)
    others = np.broadcast_to(scored if stands is None else scored & stands, (len(scores), len(scores))).copy()
    others &= scored[:, None] & ~np.eye(len(scores), dtype=bool)
    if kin is not None:
        others &= ~kin
    apart = np.where(others, np.nan_to_num(scores)[None, :] - np.nan_to_num(scores)[:, None], 0.0)
    below = (others & (apart < -grain)).sum(axis=1)
    equal = (others & (np.abs(apart) <= grain)).sum(axis=1)
    count = others.sum(axis=1)
    found: Floats = np.where(scored & (count >= FEWEST_OTHERS), (2 * below + equal + 1) / (2 * (count + 1)), np.nan)
    return found


def favour(percentile: Floats, direction: Ints, side: Ints) -> Floats:
    """How far does each cell speak for a side? [U, K], from -1/2 to 1/2; NaN where it does not count.

    percentile: [U, K] of :func:`percentiles`. direction: [K], 1 where more is better, -1 where less is, 0 where neither.
    side: [U], 1 for the side's own units, -1 for the other's, 0 for nobody's.
    """
    if percentile.shape != (len(side), len(direction)):
        message = f"percentiles of shape {percentile.shape} do not fit {len(side)} units and {len(direction)} concepts"
        raise BadInputError(message, hint="give one row for each unit, one column for each concept")
    factor = side[:, None] * direction[None, :]
    found: Floats = np.where(factor == 0, np.nan, (percentile - 0.5) * factor)
    return found


def selectivity(
    favours: Floats,
    cited: Bools,
    domains: Sequence[str],
    rng: Generator,
    *,
    pool: Pool = "domain",
    draws: int = DRAWS,
    most: int = MOST_LISTED,
) -> Selectivity:
    """Do the cited cells favour the side more than the same units would by concepts picked at random?

    favours: [U, K] of :func:`favour`. cited: [U, K]. domains: [K]. Each cited concept is replaced by a random one of the
    same domain (``pool="domain"``), or of any (``"any"``: every domain is as likely as every other, and within it every
    concept), keeping the units that it was cited for; one that says nothing of any of them is not among those picked
    from. All picks are gone through up to ``most``, else ``draws`` are drawn. p = (1 + #at least) / (1 + B), B without
    the text's own pick: where concepts are picked so, P(p <= a) <= a. Under five cited cells there is no figure.

    Raises BadInputError where the shapes do not fit or ``draws`` is below one.
    """
    _check(favours, cited, domains, draws)
    scored = ~np.isnan(favours)
    columns = np.flatnonzero((cited & scored).any(axis=0))
    cells = int((cited & scored).sum())
    if cells < FEWEST_CELLS:
        return Selectivity(cells, len(columns))
    sums = cited.T.astype(np.float64) @ np.where(scored, favours, 0.0)
    counts = cited.T.astype(np.int64) @ scored.astype(np.int64)
    slots = [_slot(int(k), sums, counts, domains, pool) for k in columns]
    own = float(sums[columns, columns].sum() / counts[columns, columns].sum())
    sizes = tuple(len(slot.sums) for slot in slots)
    if math.prod(sizes) <= most:
        return _listed(slots, own, cells, sizes)
    return _drawn(slots, own, cells, sizes, draws, rng)


@dataclass(frozen=True, slots=True, eq=False)
class _Slot:
    """What a cited concept may be replaced by: the sum and number of cells for its units, how likely, and which it is."""

    sums: Floats
    counts: Ints
    chances: Floats
    own: int


def _check(favours: Floats, cited: Bools, domains: Sequence[str], draws: int) -> None:
    if favours.shape != cited.shape or favours.ndim != 2 or favours.shape[1] != len(domains):
        message = f"favours {favours.shape}, cited {cited.shape} and {len(domains)} domains do not fit"
        raise BadInputError(message, hint="all have one column for each concept, the first two one row for each unit")
    if draws < 1:
        raise BadInputError(f"{draws} draws are too few", hint="take 9,999")


def _slot(concept: int, sums: Floats, counts: Ints, domains: Sequence[str], pool: Pool) -> _Slot:
    known = np.flatnonzero(counts[concept] > 0)
    if pool == "domain":
        known = np.array([j for j in known if domains[int(j)] == domains[concept]], dtype=np.int64)
    inside = [sum(domains[int(i)] == domains[int(j)] for i in known) for j in known]
    chances = 1.0 / np.array(inside, dtype=np.float64)
    at = int(np.flatnonzero(known == concept)[0])
    return _Slot(sums[concept, known], counts[concept, known], chances / chances.sum(), at)


def _listed(slots: Sequence[_Slot], own: float, cells: int, sizes: tuple[int, ...]) -> Selectivity:
    total, count, chance, at = np.zeros(1), np.zeros(1, dtype=np.int64), np.ones(1), 0
    for slot in slots:
        total = (total[:, None] + slot.sums).ravel()
        count = (count[:, None] + slot.counts).ravel()
        chance = (chance[:, None] * slot.chances).ravel()
        at = at * len(slot.sums) + slot.own
    means = total / count
    high, low = means >= own - GRAIN, means <= own + GRAIN
    high[at] = low[at] = True
    return Selectivity(
        cells, len(slots), round(own, DIGITS), round(float((means * chance).sum()), DIGITS),
        _chance(chance, high), _chance(chance, low),
        int(high.sum()) - 1, int(low.sum()) - 1, len(means) - 1, listed=True, choices=sizes,
    )  # fmt: skip


def _drawn(
    slots: Sequence[_Slot], own: float, cells: int, sizes: tuple[int, ...], draws: int, rng: Generator
) -> Selectivity:
    total, count = np.zeros(draws), np.zeros(draws, dtype=np.int64)
    for slot in slots:
        picked = rng.choice(len(slot.sums), size=draws, p=slot.chances)
        total += slot.sums[picked]
        count += slot.counts[picked]
    means = total / count
    high, low = int((means >= own - GRAIN).sum()), int((means <= own + GRAIN).sum())
    return Selectivity(
        cells, len(slots), round(own, DIGITS), round(float(means.mean()), DIGITS),
        (1 + high) / (1 + draws), (1 + low) / (1 + draws), high, low, draws, listed=False, choices=sizes,
    )  # fmt: skip


def _chance(chance: Floats, picks: Bools) -> float:
    """How likely is one of these picks? Where all are alike, a plain fraction."""
    if (chance == chance[0]).all():
        return int(picks.sum()) / len(chance)
    return min(1.0, round(float(chance[picks].sum()), DIGITS))
