"""What a method says is true, and how it got there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from evenhand.sources.facts import Longs
from evenhand.sources.kernels import voting as kernels
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
    answer = np.full(len(item_start) - 1, NO_ANSWER, dtype=np.int32)
    kernels.best(item_start, value, support, grain, answer)
    return answer
