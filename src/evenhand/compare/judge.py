"""How a claim comes out, for rows of scores that are set against the same kind of reference."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.counting import Counted, Reference, Signs
from evenhand.compare.panel import Bools, Codes, Floats
from evenhand.compare.plan import BY_RANK
from evenhand.model import Form, Outcome, ReasonCode

ENOUGH_PEERS = 3
ENOUGH_FOR_PAIR = 5
ENOUGH_FOR_AMONG = 10
Outcomes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """Rows that are judged together.

    own: [K, M] turned scores of the columns. codes: [K, M] why one has none, or may not be set against its peers.
    reference: what they are set against; counted: its peers, for forms by rank. zero: the reference is 0 by its own
    rule. spread: the standard deviation of all scores, [K, 1] or [1, M]. low_figures: the scores are figures as they stand,
    and the lower is the better. grain, low_figures, ratio_scale, in_margin_unit: [K].
    """

    own: Floats
    codes: Codes
    reference: Reference
    counted: Counted | None
    zero: bool
    grain: Floats
    spread: Floats
    low_figures: Bools
    ratio_scale: Bools
    in_margin_unit: Bools


def judge(form: Form, bench: Bench, mirror: Bench | None = None) -> tuple[Outcomes, Codes]:
    """How does the claim come out for every column? Outcomes and reasons, [K, M] each.

    mirror: the same with the bounds exchanged; only ``same`` reads it, as a difference has two ends there.
    """
    codes = bench.codes if mirror is None else np.where(bench.codes == 0, mirror.codes, bench.codes)
    if _has_margin(form):
        codes = _refuse(codes, ~bench.in_margin_unit[:, None], ReasonCode.NOT_DEFINED)
    if form.name in BY_RANK:
        assert bench.counted is not None
        found, refused, why = _by_rank(form, bench.counted)
    elif form.ratio is not None and form.name == "by-at-least":
        found, refused, why = _by_ratio(form.ratio, bench)
    elif form.name == "same":
        found, refused, why = _same(form, bench, mirror or bench)
    else:
        found, refused, why = _by_side(form, bench)
    codes = _refuse(codes, refused, why)
    return np.where(codes == 0, found, np.uint8(Outcome.NOT_JUDGED)), codes


def judge_class(form: Form, fell: Counted, size: int, blind: NDArray[np.int16]) -> tuple[Outcomes, Codes]:
    """Does a statement about all members of a class hold? One counterexample is enough that it does not.

    fell: members below, at and above no change. Without a counterexample it holds if all are seen, or at least three
    and half of them are and no more than 20 % blind; else nobody knows.
    """
    against = counterexamples(form, fell)
    scored = fell.scored
    known = (scored == size) | ((scored >= ENOUGH_PEERS) & (2 * scored >= size) & (5 * blind <= scored + blind))
    blinded = 5 * blind > scored + blind
    codes = np.where(blinded, np.uint8(ReasonCode.BLIND_SPOT), np.uint8(ReasonCode.GROUP_TOO_SMALL))
    codes = np.where(known | (against > 0), np.uint8(0), codes)
    outcome = np.where(against > 0, np.uint8(Outcome.FAILS), np.uint8(Outcome.HOLDS))
    return np.where(codes == 0, outcome, np.uint8(Outcome.NOT_JUDGED)), codes


def counterexamples(form: Form, fell: Counted) -> NDArray[np.int16]:
    """How many members speak against it? ``none`` says that no member moved that way, ``always`` that each did."""
    moved = fell.above if form.direction == "up" else fell.below
    return moved if form.name == "none" else fell.scored - moved


def _refuse(codes: Codes, refused: Bools, why: ReasonCode) -> Codes:
    return np.where((codes == 0) & refused, np.uint8(why), codes)


def _has_margin(form: Form) -> bool:
    return form.name == "at-most" or (
        (form.name == "by-at-least" and form.margin is not None) or (form.name == "same" and form.unit == "absolute")
    )


def _nothing_refused(found: NDArray[np.uint8]) -> tuple[Outcomes, Bools, ReasonCode]:
    return found, np.zeros(found.shape, dtype=bool), ReasonCode.OK


def _as_outcome(holds: Bools) -> Outcomes:
    return holds.astype(np.uint8)


def _by_side(form: Form, bench: Bench) -> tuple[Outcomes, Bools, ReasonCode]:
    if form.name in {"by-at-least", "at-most"}:
        assert form.margin is not None
        sign = bench.reference.sign(bench.own - form.margin)
        return _nothing_refused(_as_outcome(sign >= 0 if form.name == "by-at-least" else sign <= 0))
    sign = bench.reference.sign(bench.own)
    wanted = 1 if form.name in {"more", "rose"} else -1
    return _nothing_refused(np.where(sign == 0, np.uint8(Outcome.TIED), _as_outcome(sign == wanted)))


def _by_rank(form: Form, counted: Counted) -> tuple[Outcomes, Bools, ReasonCode]:
    if form.name == "among-the-most":
        n = counted.scored + 1
        holds = counted.above + counted.equal <= -(-n // ENOUGH_FOR_AMONG) - 1
        return _as_outcome(holds), n < ENOUGH_FOR_AMONG, ReasonCode.TOO_FEW_PEERS
    beyond = counted.above if form.name == "most" else counted.below
    tied = (beyond == 0) & (counted.equal > 0)
    return _nothing_refused(np.where(tied, np.uint8(Outcome.TIED), _as_outcome(beyond == 0)))


def _by_ratio(ratio: float, bench: Bench) -> tuple[Outcomes, Bools, ReasonCode]:
    """The score is so many times the reference. A low figure is so many times lower: the reference is so many times it.

    Scores are turned: a fall that is claimed is positive, a low figure is not.
    """
    low = bench.low_figures[:, None]
    sign = bench.reference.sign(np.where(low, bench.own * ratio, bench.own / ratio))
    side = np.where(low, -1, 1)
    positive = (side * bench.own > bench.grain[:, None]) & (side * bench.reference.sign(np.zeros_like(bench.own)) < 0)
    refused = ~positive | ~bench.ratio_scale[:, None] | bench.zero
    return _as_outcome(sign >= 0), refused, ReasonCode.NOT_RATIO_SCALE


def _same(form: Form, bench: Bench, mirror: Bench) -> tuple[Outcomes, Bools, ReasonCode]:
    high_enough, not_comparable = _within(form, bench, 1)
    low_enough, also_not = _within(form, mirror, -1)
    holds = (high_enough >= 0) & (low_enough <= 0)
    return _as_outcome(holds), not_comparable | also_not, ReasonCode.NOT_RATIO_SCALE


def _within(form: Form, bench: Bench, side: int) -> tuple[Signs, Bools]:
    """On which side of the reference is the score, moved by what is still the same?"""
    assert form.within is not None
    if form.unit != "percent":
        width = form.within * (bench.spread if form.unit == "sd" else 1.0)
        return bench.reference.sign(bench.own + side * width), np.zeros(bench.own.shape, dtype=bool)
    at = bench.reference.value()
    moved = bench.own - at + side * form.within / 100 * np.abs(at)
    with np.errstate(invalid="ignore"):
        sign = (moved > bench.grain[:, None]).astype(np.int8) - (moved < -bench.grain[:, None]).astype(np.int8)
    return sign, np.broadcast_to(bench.zero | ~bench.ratio_scale[:, None], sign.shape)
