"""What the standards have in common that fit a counterfactual: from figures to effects, errors and reasons."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from evenhand.compare.fits import Fits, Jobs
from evenhand.compare.panel import Bools, Codes, Floats, Groups, Panel, Scores, Window
from evenhand.compare.pools import Pool
from evenhand.compare.reading import grain_of
from evenhand.compare.relative import Relative
from evenhand.compare.synthetic.design import Design, read_design
from evenhand.model import ReasonCode


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """counterfactual: [R, N]. weights: [N, N]. time_weights: [N, R]. certificate, settings: [N]. features: [N, K].
    tied: [N] other weights fit as well. failed: [N] no optimum was certified. unread: [N] a predictor is
    missing. few: [N] under three donors have all predictors.
    """

    counterfactual: Floats
    certificate: Floats
    tied: Bools
    failed: Bools
    weights: Floats | None = None
    time_weights: Floats | None = None
    features: Floats | None = None
    settings: Floats | None = None
    unread: Bools | None = None
    few: Bools | None = None


@dataclass(frozen=True, slots=True)
class Fitting(Relative):
    """A standard that sets each unit against a counterfactual fitted before the event.

    pool: whose donors are left out where units are exposed (see ``donor_pools``). least_pre: how many periods there must
    be before the event.
    """

    pool: Pool = "unexposed"
    least_pre: int = 2
    reads: ClassVar[frozenset[str]] = Relative.reads | {"pool"}
    needs_pre: ClassVar[bool] = True
    equal_to: ClassVar[str | None] = None

    def before(self, window: Window) -> int | None:
        return window.event - 1

    @abstractmethod
    def fitted(self, design: Design) -> Fitted:
        """The counterfactual of every unit; where ``design.codes`` is not 0 anything may stand."""

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores:
        return self.score_among(panel, panel, window, groups)

    def score_among(self, own: Panel, others: Panel, window: Window, groups: Groups) -> Scores:
        """What does each u score when it alone has its figures from ``own``, and all others from ``others``?"""
        design = read_design(own, others, window, groups, self.pool, least_pre=self.least_pre)
        if (design.codes != 0).all():
            nothing = np.full(len(design.codes), np.nan)
            return Scores(nothing, design.codes, "zero", design.used, grain_of(own))
        found = self.fitted(design)
        codes = _codes(design, found)
        effects = design.mean_after(design.targets - found.counterfactual)
        return Scores(np.where(codes == 0, effects, np.nan), codes, "zero", design.used, grain_of(own))

    def fit(self, panel: Panel, window: Window, groups: Groups, jobs: Jobs | None = None) -> Fits:
        """The fit of every unit: paths, weights, errors, certificates, and the range of effects over all optima.

        jobs: other fits than each unit once. A window whose event lies after its end is fitted whole: the effects are
        NaN, the gaps those of the fit.
        """
        design = read_design(panel, panel, window, groups, self.pool, least_pre=self.least_pre, jobs=jobs)
        found = self.fitted(design) if (design.codes == 0).any() else _nothing(design)
        codes = _codes(design, found)
        fine = codes == 0
        observed = np.where(fine, design.targets, np.nan)
        counterfactual = np.where(fine, found.counterfactual, np.nan)
        gaps = observed - counterfactual
        effects = design.mean_after(gaps)
        unique, ranges = self.optima(design, found, fine, effects)
        return Fits(
            standard=self.name,
            units=panel.units,
            unit=design.unit,
            periods=design.periods,
            event=design.event,
            times=design.times,
            effects=effects,
            observed=observed,
            counterfactual=counterfactual,
            weights=None if found.weights is None else np.where(fine[:, None], found.weights, np.nan),
            time_weights=None if found.time_weights is None else np.where(fine[:, None], found.time_weights, np.nan),
            pool=design.allowed,
            pre_error=_root_mean_square(gaps[: design.event]),
            post_error=_root_mean_square(gaps[design.event :]),
            unique=unique,
            certificate=np.where(fine, found.certificate, np.nan),
            ranges=ranges,
            codes=codes,
            used_years=design.used,
            grain=grain_of(panel),
            features=found.features,
            settings=found.settings,
        )

    def optima(self, design: Design, found: Fitted, fine: Bools, effects: Floats) -> tuple[Bools, Floats]:  # noqa: ARG002
        """Is each optimum the only one, [N], and the range of effects over all of them, [N, 2]?"""
        return fine.copy(), np.stack([effects, effects], axis=1)


def _codes(design: Design, found: Fitted) -> Codes:
    codes = design.codes
    if found.unread is not None:
        codes = np.where((codes == 0) & found.unread, np.uint8(ReasonCode.NOT_PUBLISHED), codes)
    if found.few is not None:
        codes = np.where((codes == 0) & found.few, np.uint8(ReasonCode.TOO_FEW_PEERS), codes)
    return np.where((codes == 0) & found.failed, np.uint8(ReasonCode.SOLVER_FAILED), codes)


def _nothing(design: Design) -> Fitted:
    n = len(design.codes)
    no = np.zeros(n, dtype=bool)
    return Fitted(np.full(design.targets.shape, np.nan), np.full(n, np.nan), no, no)


def _root_mean_square(gaps: Floats) -> Floats:
    if not len(gaps):
        return np.full(gaps.shape[1], np.nan)
    found: Floats = np.sqrt((gaps**2).mean(axis=0))
    return found
