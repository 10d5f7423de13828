"""A comparison's outcomes made small enough for a page, so that a reader can leave choices out and count again there.

Outcomes are two bits each, packed as the engine packs them but column by column; whole numbers are little-endian, as narrow as
they fit. Nothing is compressed: libraries that compress differ in their bytes.
"""

import base64
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evenhand.audit.evidence import Tried
from evenhand.compare import Multiverse
from evenhand.compare.packing import outcome_column, pack_outcomes
from evenhand.compare.place import standing
from evenhand.model import Outcome

MOST_FOR_PLACES = 600_000
MOST = 1_500_000
"""Bytes of one claim, before base64: beyond the first the page cannot count places again, beyond the second nothing."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Whole numbers. width: bytes of each; data: base64."""

    width: int
    data: str


@dataclass(frozen=True, slots=True)
class SwitchOption:
    """One option. kept: the audit takes it; because: why the casefile leaves it out. same, near: the first option that is
    the same thing, or nearly so.
    """

    id: str
    label: str
    kept: bool
    because: str
    same: int
    near: int


@dataclass(frozen=True, slots=True)
class SwitchChoice:
    """A choice. read: something reads it, so that it can be switched."""

    id: str
    kind: str
    label: str
    read: bool
    options: tuple[SwitchOption, ...]


@dataclass(frozen=True, slots=True)
class Others:
    """What counting places again needs: every unit that is ranked, the subject first.

    names: empty for random groups. rivals: one digit a unit, 1 where it is ranked against the subject. outcomes: unit by unit,
    two bits a combination. rows: the row of each combination in ``twice``; twice: row by row, 1 + twice the mid-rank of
    each unit (0 for none); of: among how many, one for each row, or where that differs one for each unit of each row.
    """

    names: tuple[str, ...]
    rivals: str
    outcomes: Packed
    rows: Packed
    twice: Packed
    of: Packed


@dataclass(frozen=True, slots=True)
class Recount:
    """One claim's outcomes. window, rule: which of the choices they are, -1 for none. rules: by option of the window,
    the first option of the rule that comes out alike. leaf: of each full combination, the last choice running fastest, which
    of the different ones it is; near: of each of these, which are nearly the same. outcomes: the subject's, two bits each.
    Both are None where no two combinations are the same. percentiles: 1 + twice the subject's mid-rank, 0 for none; among: of
    how many. others: None where they are too many for a page. others_size, size: bytes of base64, of the others and of the
    rest.
    """

    claim: str
    unit: str
    combinations: int
    choices: tuple[SwitchChoice, ...]
    window: int
    rule: int
    rules: tuple[tuple[int, ...], ...]
    leaf: Packed | None
    near: Packed | None
    outcomes: Packed
    percentiles: Packed
    among: Packed
    others: Others | None
    others_size: int
    size: int
    group: bool


def recount(tried: Tried, claim: str) -> Recount | None:
    """What the page needs to count again with some options left out; None where it is too much for a page."""
    whole, column = tried.whole, tried.opened.column
    tree = whole.tree
    _, near = np.unique(tree.near, return_inverse=True)
    different = np.array_equal(tree.leaf, np.arange(len(tree.keys)))
    twice, ranked = _ranks(whole, whole.column(column))
    found = Recount(
        claim, column, len(whole.keys), _choices(tried), _at(whole, "window"), _at(whole, "standard"),
        tuple(tuple(int(s) for s in row) for row in whole.alike.standards),
        None if different else _packed(tree.leaf), None if different else _packed(near.ravel()),
        _bits(whole.of(column)[:, None]), _packed(twice, alike=True),
        _packed(ranked, alike=True), None, 0, 0, tried.opened.is_group,
    )  # fmt: skip
    parts = (found.leaf, found.near, found.outcomes, found.percentiles, found.among)
    size = sum(len(part.data) for part in parts if part is not None)
    if size > MOST:
        return None
    others = _others(tried)
    return replace(found, others=others, size=size, others_size=_size(others) if others else _estimate(whole))


def without_others(found: Recount) -> Recount:
    """The same, but for what counts places again."""
    return replace(found, others=None)


def _choices(tried: Tried) -> tuple[SwitchChoice, ...]:
    whole = tried.whole
    lists = {known.kind: known for known in tried.opened.lists}
    out = []
    for i, choice in enumerate(whole.choices):
        known, same, near = lists[choice.kind], whole.alike.same[i], whole.tree.classes[i]
        options = tuple(
            SwitchOption(o.id, o.label, o.id in known.kept, known.excluded.get(o.id, ""), int(same[k]), int(near[k]))
            for k, o in enumerate(choice.options)
        )
        out.append(SwitchChoice(choice.id, choice.kind, known.label, i in whole.tree.read, options))
    return tuple(out)


def _at(whole: Multiverse, kind: str) -> int:
    at = whole.plan.of_kind(kind)
    return -1 if at is None else at


def _ranks(whole: Multiverse, column: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """[C] 1 + twice the subject's mid-rank where there is one and it was judged, else 0; and among how many."""
    twice, of = whole.twice_rank[whole.rank_row, column].astype(np.int64), whole.ranked[whole.rank_row, column]
    known = (outcome_column(whole.outcomes, column) != Outcome.NOT_JUDGED) & (twice >= 0)
    return np.where(known, twice + 1, 0), np.where(known, np.maximum(of, 1), 0).astype(np.int64)


def _others(tried: Tried) -> Others | None:
    whole, mine = tried.whole, tried.whole.column(tried.opened.column)
    columns = standing(whole)
    rivals = columns.copy()
    if whole.plan.subject is None:
        rivals &= ~whole.plan.groups.kin[mine]
    rivals[mine], columns[mine] = False, False
    taken = np.concatenate([[mine], np.flatnonzero(columns)])
    twice, ranked = whole.twice_rank[:, taken], whole.ranked[:, taken]
    if _bytes(whole, len(taken)) > MOST_FOR_PLACES:
        return None
    among = ranked.max(axis=1, initial=0)
    if ((twice >= 0) & (ranked != among[:, None])).any():
        among = ranked.ravel()
    outcomes = np.stack([outcome_column(whole.outcomes, int(c)) for c in taken], axis=1)
    if ((outcomes != Outcome.NOT_JUDGED) & (twice[whole.rank_row] < 0)).any():
        return None  # a place without a rank: the engine would count what is not carried here
    group = whole.plan.subject is not None
    names = () if group else tuple(tried.opened.catalog.unit(whole.units[int(c)]).name for c in taken)
    return Others(
        names, "".join("1" if rivals[c] else "0" for c in taken), _bits(outcomes), _packed(whole.rank_row, alike=True),
        _packed((twice.astype(np.int64) + 1).ravel()), _packed(among),
    )  # fmt: skip


def _bytes(whole: Multiverse, columns: int) -> int:
    return columns * (-(-len(whole.keys) // 4) + 2 * len(whole.twice_rank))


def _estimate(whole: Multiverse) -> int:
    return 4 * _bytes(whole, len(whole.units)) // 3


def _size(others: Others) -> int:
    parts = (others.outcomes, others.rows, others.twice, others.of)
    return sum(len(part.data) for part in parts)


def _bits(outcomes: NDArray[np.uint8]) -> Packed:
    """[C, M] outcomes, unit by unit, four to a byte, each unit on bytes of its own."""
    packed = pack_outcomes(np.ascontiguousarray(outcomes.T))
    return Packed(1, base64.b64encode(packed.tobytes()).decode("ascii"))


def _packed(numbers: NDArray[np.integer], *, alike: bool = False) -> Packed:
    """alike: where all are the same number, it is told once."""
    if alike and len(numbers) and (numbers == numbers[0]).all():
        numbers = numbers[:1]  # one number stands for as many of it as there are combinations
    most = int(numbers.max(initial=0))
    width = 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4
    return Packed(width, base64.b64encode(numbers.astype(f"<u{width}").tobytes()).decode("ascii"))
