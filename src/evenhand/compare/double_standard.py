"""Does a text judge both sides by the same things? What it cites for either, and who is ahead on each list."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.compare.columns import ENOUGH_MEMBERS
from evenhand.compare.panel import Bools, Floats
from evenhand.model import BadInputError, Outcome

ENOUGH_SCORED = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """On how many concepts of a list the first side is ahead, behind, level, or cannot be judged. One vote each.

    share: ahead of all that could be judged; None where none could.
    """

    ahead: int
    behind: int
    tied: int
    not_judged: int

    @property
    def share(self) -> float | None:
        judged = self.ahead + self.behind + self.tied
        return self.ahead / judged if judged else None


@dataclass(frozen=True, slots=True)
class DoubleStandard:
    """first, second, both, either: the concepts (their columns) cited for the one side, the other, each, any.

    overlap: Jaccard's: both of either. The tallies are of the first side against the second on each list; without a
    share where the text cites concepts for one side only (``one_sided``): there is nothing to overlap.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    both: tuple[int, ...]
    either: tuple[int, ...]
    one_sided: bool
    overlap: float | None = None
    on_first: Tally | None = None
    on_second: Tally | None = None
    on_both: Tally | None = None
    on_either: Tally | None = None


def ahead(scores: Floats, grain: float, first: Bools, second: Bools) -> Outcome:
    """Is the first side ahead of the second? A side's score is the middle one of its members' scores.

    scores: [N], turned so that more is better, NaN where there is none. first, second: [N], the members. A side needs
    three scored members and half of them, one of fewer than three all; and five units a score. Changing places turns
    ahead into behind.

    >>> ahead(np.array([5.0, 4.0, 3.0, 2.0, 1.0]), 0.0, np.array([1, 0, 0, 0, 0], bool), np.array([0, 1, 0, 0, 0], bool)).name
    'HOLDS'
    """
    one, other = _middle(scores, first), _middle(scores, second)
    if one is None or other is None or int((~np.isnan(scores)).sum()) < ENOUGH_SCORED:
        return Outcome.NOT_JUDGED
    if abs(one - other) <= grain:
        return Outcome.TIED
    return Outcome.HOLDS if one > other else Outcome.FAILS


def double_standard(outcomes: Sequence[Outcome], first: Bools, second: Bools) -> DoubleStandard:
    """What is cited for either side, how far the two lists overlap, and who is ahead on each?

    outcomes: [K] of :func:`ahead`. first, second: [K], the concepts cited for the one side and for the other. Raises
    BadInputError where the lengths differ.
    """
    if not len(outcomes) == len(first) == len(second):
        message = f"{len(outcomes)} outcomes, {len(first)} and {len(second)} concepts do not fit"
        raise BadInputError(message, hint="give one of each for every concept")
    lists = [first, second, first & second, first | second]
    a, b, both, either = (tuple(int(k) for k in np.flatnonzero(mask)) for mask in lists)
    if not a or not b:
        return DoubleStandard(a, b, both, either, one_sided=True)
    tallies = (_tally(outcomes, columns) for columns in (a, b, both, either))
    return DoubleStandard(a, b, both, either, False, len(both) / len(either), *tallies)


def _middle(scores: Floats, members: Bools) -> float | None:
    inside = scores[members]
    known = inside[~np.isnan(inside)]
    wanted = len(inside) if len(inside) < ENOUGH_MEMBERS else max(ENOUGH_MEMBERS, -(-len(inside) // 2))
    if not len(inside) or len(known) < wanted:
        return None
    return float(np.median(known))


def _tally(outcomes: Sequence[Outcome], columns: Sequence[int]) -> Tally:
    found = [outcomes[k] for k in columns]
    return Tally(*(found.count(o) for o in (Outcome.HOLDS, Outcome.FAILS, Outcome.TIED, Outcome.NOT_JUDGED)))
