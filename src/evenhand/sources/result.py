"""What a method says is true, and how it got there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from evenhand.sources.facts import Longs
from evenhand.sources.testimony import Floats, Ints

NO_ANSWER = -1
GRAIN = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The answer of one method on every item.

    answer: [I] value code, -1 where nobody speaks or two values come out level (none is preferred for its name).
    item, value, support: [F] each fact with its support, from 0 to 1 (a probability for the methods that are models, a
    share of votes or a confidence for the others). accuracy: [S] of each source, NaN where the method has none.
    log_likelihood: of the testimony under the fitted model, None where there is no model. settings: what was used.
    """

    method: str
    answer: Ints
    item: Ints
    value: Ints
    support: Floats
    accuracy: Floats
    log_likelihood: float | None = None
    iterations: int = 0
    settings: Mapping[str, float | str] = field(default_factory=dict)


def best(item_start: Longs, value: Ints, support: Floats, *, grain: float = GRAIN) -> Ints:
    """[I] the value with the highest support; -1 where there is none, or where the two highest are level."""
    items = len(item_start) - 1
    answer = np.full(items, NO_ANSWER, dtype=np.int32)
    some = np.flatnonzero(np.diff(item_start))
    if not len(some):
        return answer
    starts = item_start[some]
    highest = np.maximum.reduceat(support, starts)
    lengths = np.diff(item_start)[some]
    level = support >= np.repeat(highest, lengths) * (1 - grain)
    alone = np.add.reduceat(level.astype(np.int64), starts) == 1
    winner = np.flatnonzero(level & np.repeat(alone, lengths))
    answer[some[alone]] = value[winner]
    return answer
