"""Synthetic controls: the mix of donors that comes nearest to a unit before the event (Abadie and Gardeazabal 2003)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from evenhand.compare.panel import Bools, Floats
from evenhand.compare.simplex.ranges import effect_range
from evenhand.compare.simplex.solve import FAILED, TIED, Problems, one_block
from evenhand.compare.synthetic.design import Design
from evenhand.compare.synthetic.fitting import Fitted, Fitting


@dataclass(frozen=True, slots=True)
class SyntheticControl(Fitting):
    """Did it break away after the event from the mix of others that it followed before?

    Score: the mean over time of its figures from the event on, less those of its synthetic control: the weights, none
    negative and summing to 1, under which the donors' figures before the event come nearest to its own (Abadie, Diamond,
    Hainmueller 2010, on outcomes alone). intercept: the two may run in parallel: figures less their own mean before the
    event (Doudchenko and Imbens 2016; Ferman and Pinto 2021). Where several weights fit equally well, the smallest.
    """

    intercept: bool = False
    name: ClassVar[str] = "synthetic-control"

    def fitted(self, design: Design) -> Fitted:
        targets, donors = self._centred(design)
        m = design.event
        found = one_block(Problems(donors[:m], design.allowed, None if design.plain else targets[:m]))
        counterfactual = donors @ found.weights.T + (design.targets - targets)
        return Fitted(
            counterfactual, found.certificate, found.status == TIED, found.status == FAILED, weights=found.weights
        )

    def optima(self, design: Design, found: Fitted, fine: Bools, effects: Floats) -> tuple[Bools, Floats]:
        unique, ranges = fine & ~found.tied, np.stack([effects, effects], axis=1)
        targets, donors = self._centred(design)
        if design.event == len(donors):
            return unique, ranges
        after = design.times[design.event :] / design.times[design.event :].sum()
        for u in np.flatnonzero(found.tied & fine):
            assert found.weights is not None
            span = effect_range(donors[: design.event], after @ donors[design.event :], found.weights[u],
                                design.allowed[u], targets[: design.event, u])  # fmt: skip
            unique[u] = span is None
            if span is not None:
                total = float(after @ targets[design.event :, u])
                ranges[u] = min(total - span[1], effects[u]), max(total - span[0], effects[u])
        return unique, ranges

    def _centred(self, design: Design) -> tuple[Floats, Floats]:
        if not self.intercept:
            return design.targets, design.donors
        donors = design.donors - design.donors[: design.event].mean(axis=0)
        if design.plain:
            return donors, donors
        return design.targets - design.targets[: design.event].mean(axis=0), donors
