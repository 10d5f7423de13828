"""Synthetic controls: the mix of donors that comes nearest to a unit before the event (Abadie and Gardeazabal 2003)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from evenhand.compare.panel import Bools, Floats, Groups, Panel, Scores, Window
from evenhand.compare.simplex.ranges import effect_range
from evenhand.compare.simplex.solve import FAILED, TIED, Problems, one_block
from evenhand.compare.synthetic.design import ENOUGH_DONORS, Design
from evenhand.compare.synthetic.fitting import Fitted, Fitting
from evenhand.compare.synthetic.importance import Search
from evenhand.compare.synthetic.many import is_whole, score_windows
from evenhand.compare.synthetic.predictors import Predictor
from evenhand.model import BadInputError


@dataclass(frozen=True, slots=True)
class SyntheticControl(Fitting):
    """Did it break away after the event from the mix of others that it followed before?

    Score: the mean over time of its figures from the event on, less those of its synthetic control: the weights, none
    negative and summing to 1, under which the donors' figures before the event come nearest to its own. Where several
    weights fit equally well, the smallest.

    intercept: the two may run in parallel: figures less their own mean before the event (Doudchenko and Imbens 2016;
    Ferman and Pinto 2021). predictors: the mix comes nearest in these instead (Abadie, Diamond, Hainmueller 2010), each
    counting as much as makes the mean squared error of the figures least, before the event or in the years ``judged``.
    training: predictors from an earlier time, by which that is decided (out-of-sample validation: Abadie, Diamond,
    Hainmueller 2015); in number and order as ``predictors``.
    """

    intercept: bool = False
    predictors: tuple[Predictor, ...] = ()
    training: tuple[Predictor, ...] = ()
    judged: tuple[int, int] | None = None
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

    def score_many(self, panel: Panel, windows: Sequence[Window], groups: Groups) -> list[Scores]:
        """``score`` for each window; windows that share the time before the event share their fits."""
        if self.predictors or not is_whole(panel, windows, groups):
            return [self.score(panel, window, groups) for window in windows]
        return score_windows(panel, windows, groups, self.pool, demean=self.intercept, least_pre=self.least_pre)

    def optima(self, design: Design, found: Fitted, fine: Bools, effects: Floats) -> tuple[Bools, Floats]:
        unique, ranges = fine & ~found.tied, np.stack([effects, effects], axis=1)
        if design.event == len(design.donors) or not (found.tied & fine).any():
            return unique, ranges
        targets, donors = self._centred(design)
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
        if self.training and len(self.training) != len(self.predictors):
            message = f"there are {len(self.training)} predictors for training and {len(self.predictors)} in all"
            raise BadInputError(message, hint="give as many, in the same order")
        features, whole = _features(self.predictors, design)
        trained, also = _features(self.training, design) if self.training else (features, whole)
        whole = whole & also
        allowed = design.allowed & whole & whole[design.unit][:, None]
        k, n = allowed.shape
        few = allowed.sum(axis=1) < ENOUGH_DONORS
        some = np.flatnonzero(~few)
        weights, proof, failed = np.zeros((k, n)), np.full(k, np.nan), np.zeros(k, dtype=bool)
        v = np.full((k, len(trained)), np.nan)
        if len(some):
            search = Search(trained, design.donors[self._judged(design)], design.unit[some], allowed[some])
            search.run()
            if self.training:
                search.features = features
                search.finish()
            weights[some], proof[some], failed[some] = search.weights, search.certificate, search.failed
            v[some] = search.importance
        no = np.zeros(k, dtype=bool)
        unread = ~whole[design.unit]
        return Fitted(
            design.donors @ weights.T, proof, no, failed, weights, features=v, unread=unread, few=few & ~unread
        )

    def _judged(self, design: Design) -> Bools:
        """[R] the rows by which the predictors' weights are judged."""
        before = np.arange(len(design.periods)) < design.event
        if self.judged is None:
            return before
        rows = before & (design.periods >= self.judged[0]) & (design.periods <= self.judged[1])
        if not rows.any():
            message = f"no period before the event lies in {self.judged[0]} to {self.judged[1]}"
            raise BadInputError(message, hint="give years for `judged` that the window has before its event")
        return rows


def _features(predictors: tuple[Predictor, ...], design: Design) -> tuple[Floats, Bools]:
    """[P, N] the predictors in standard deviations of the units that have all, 0 elsewhere; [N] who has all."""
    raw = np.array([predictor.of(design.names) for predictor in predictors])
    whole = ~np.isnan(raw).any(axis=0)
    if whole.sum() < ENOUGH_DONORS:
        return np.zeros_like(raw), whole
    spread = raw[:, whole].std(axis=1, ddof=1)[:, None]
    scaled = (raw - raw[:, whole].mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)
    return np.where(whole, scaled, 0.0), whole
