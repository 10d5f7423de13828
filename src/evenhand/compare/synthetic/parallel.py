"""Difference-in-differences as a fit: the mean donor's path, moved to the unit's level before the event."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from evenhand.compare.synthetic.design import Design
from evenhand.compare.synthetic.fitting import Fitted, Fitting


@dataclass(frozen=True, slots=True)
class Parallel(Fitting):
    """What ``DifferenceInDifferences.fit`` shows."""

    least_pre: int = 1
    name: ClassVar[str] = "difference-in-differences"

    def fitted(self, design: Design) -> Fitted:
        count = np.maximum(design.allowed.sum(axis=1), 1)
        weights = design.allowed / count[:, None]
        mean = design.donors @ weights.T
        times = design.times[: design.event] / design.times[: design.event].sum()
        level = times @ (design.targets - mean)[: design.event]
        k = len(count)
        no = np.zeros(k, dtype=bool)
        return Fitted(mean + level, np.full(k, np.nan), no, no, weights)
