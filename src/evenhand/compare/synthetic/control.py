"""Synthetic controls: the mix of donors that comes nearest to a unit before the event (Abadie and Gardeazabal 2003)."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from evenhand.compare.panel import Bools, Floats
from evenhand.compare.simplex.ranges import effect_range
from evenhand.compare.simplex.solve import FAILED, TIED, Problems, one_block
from evenhand.compare.synthetic.design import Design
from evenhand.compare.synthetic.fitting import Fitted, Fitting
from evenhand.compare.synthetic.predictors import Predictor, Search
from evenhand.model import BadInputError


@dataclass(frozen=True, slots=True)
class SyntheticControl(Fitting):
    """Did it break away after the event from the mix of others that it followed before?

    Score: the mean over time of its figures from the event on, less those of its synthetic control: the weights, none
    negative and summing to 1, under which the donors' figures before the event come nearest to its own. Where several
    weights fit equally well, the smallest.

    intercept: the two may run in parallel: figures less their own mean before the event (Doudchenko and Imbens 2016;
    Ferman and Pinto 2021). predictors: the mix comes nearest in these instead (Abadie, Diamond, Hainmueller 2010), each
    counting as much as makes the mean squared error of the figures before the event least; choose: over all that time
    (``fit``), or over its second half only (``validation``: then give predictors from the first half).
    """

    intercept: bool = False
    predictors: tuple[Predictor, ...] = ()
    choose: Literal["fit", "validation"] = "fit"
    name: ClassVar[str] = "synthetic-control"

    def fitted(self, design: Design) -> Fitted:
        if self.predictors:
            return self._by_predictors(design)
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

    def _by_predictors(self, design: Design) -> Fitted:
        if self.intercept or not design.own_figures:
            message = "predictors go neither with an intercept nor with replaced figures"
            raise BadInputError(message, hint="leave one of them out")
        features = np.array([predictor.of(design.names) for predictor in self.predictors])
        whole = ~np.isnan(features).any(axis=0)
        features = np.where(whole, features, 0.0)
        spread = features[:, whole].std(axis=1, ddof=1) if whole.sum() > 1 else np.ones(len(features))
        scaled = (features - features[:, whole].mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)[
            :, None
        ]
        judged = design.donors[design.event // 2 if self.choose == "validation" else 0 : design.event]
        allowed = design.allowed & whole & whole[design.unit][:, None]
        some = np.flatnonzero(allowed.any(axis=1))
        search = Search(np.where(whole, scaled, 0.0), judged, design.unit[some], allowed[some])
        search.run()
        k, n = allowed.shape
        weights, proof, failed = np.zeros((k, n)), np.full(k, np.nan), np.ones(k, dtype=bool)
        v = np.full((k, len(features)), np.nan)
        weights[some], proof[some], failed[some], v[some] = (
            search.weights,
            search.certificate,
            search.failed,
            search.importance,
        )
        return Fitted(
            design.donors @ weights.T, proof, np.zeros(k, dtype=bool), failed, weights,
            features=v, unread=~whole[design.unit],
        )  # fmt: skip
