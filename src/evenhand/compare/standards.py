"""Rules that score every unit of a panel. None of them learns which unit is on trial.

Raw scores are in the measure's own sense; the multiverse turns them towards the claim's direction.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

import numpy as np

from evenhand.compare.panel import Bools, Codes, Floats, Groups, Panel, Scores, Window
from evenhand.compare.reading import (
    GRAIN,
    EndPoints,
    blind_path,
    end_point,
    end_points,
    grain_of,
    path,
    weights_in_time,
)
from evenhand.model import ReasonCode

PANEL_KINDS = frozenset({"measure", "scale", "tolerance", "sources", "stitching", "attribution"})
ENOUGH_FIGURES = 3
Reference = Literal["peers", "zero"]


class Standard(Protocol):
    """A rule that scores every unit alike.

    name: in casefiles. reads: kinds of choices that change its scores or what they are set against; the others are
    dropped from its key. needs_pre: it rests on the time before the event. reference: what a score is set against.
    equal_to: the standard that orders units alike where it uses two end points and has no kin to leave out. oriented:
    its scores already point the claim's way. separable: a unit's score rests on its own figures alone. is_level: a
    score is a figure as it stands, and no change of it. unit: what a score is counted in.
    """

    @property
    def name(self) -> str: ...
    @property
    def reads(self) -> frozenset[str]: ...
    @property
    def needs_pre(self) -> bool: ...
    @property
    def reference(self) -> Reference: ...
    @property
    def equal_to(self) -> str | None: ...
    @property
    def oriented(self) -> bool: ...
    @property
    def separable(self) -> bool: ...
    @property
    def is_level(self) -> bool: ...
    @property
    def unit(self) -> str: ...
    def read(self, window: Window) -> Window:
        """The part of a window that it reads: windows that are equal here are one."""
        ...

    def before(self, window: Window) -> int | None:
        """The last year whose figures count as "before": a higher figure there lowers the score. None: no year does."""
        ...

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores: ...


@dataclass(frozen=True, slots=True)
class _OwnFigures:
    """What the standards have in common whose scores are set against the peers' scores."""

    name: ClassVar[str] = ""
    reads: ClassVar[frozenset[str]] = PANEL_KINDS | {"window", "values", "membership", "aggregate", "peers"}
    needs_pre: ClassVar[bool] = False
    reference: ClassVar[Reference] = "peers"
    equal_to: ClassVar[str | None] = None
    oriented: ClassVar[bool] = False
    separable: ClassVar[bool] = True
    is_level: ClassVar[bool] = False
    unit: ClassVar[str] = "measure"

    def read(self, window: Window) -> Window:
        return window

    def before(self, window: Window) -> int | None:
        return window.start


@dataclass(frozen=True, slots=True)
class Level(_OwnFigures):
    """How high did it stand at the end? Score: the figure at ``window.end``, in the measure's unit."""

    name: ClassVar[str] = "level"
    is_level: ClassVar[bool] = True

    def read(self, window: Window) -> Window:
        if window.start < window.event:
            return Window(window.event - 1, window.event, window.end)
        return Window(window.end, window.end, window.end)

    def before(self, window: Window) -> int | None:  # noqa: ARG002
        return None

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores:  # noqa: ARG002
        ends = end_point(panel, window)
        return _scores(ends, ends.end, grain_of(panel))


@dataclass(frozen=True, slots=True)
class Change(_OwnFigures):
    """By how much did it rise? Score: the end minus the start, in the measure's unit."""

    name: ClassVar[str] = "change"

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores:  # noqa: ARG002
        ends = end_points(panel, window)
        return _scores(ends, ends.end - ends.start, grain_of(panel))


@dataclass(frozen=True, slots=True)
class Growth(_OwnFigures):
    """At what rate did it grow? Score: log(end / start) per year actually used; times 100 it is per cent a year.

    Only for positive figures with a true zero: else ``NOT_RATIO_SCALE``.
    """

    name: ClassVar[str] = "growth"
    unit: ClassVar[str] = "per-year"

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores:  # noqa: ARG002
        ends = end_points(panel, window)
        positive = (ends.start > 0) & (ends.end > 0) & (panel.scale in {"ratio", "count"})
        years = np.maximum(ends.used[:, 1] - ends.used[:, 0], 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(positive, np.log(ends.end / ends.start) / years, np.nan)
        return _scores(ends, rate, GRAIN, ~positive, ReasonCode.NOT_RATIO_SCALE)


@dataclass(frozen=True, slots=True)
class GapClosed(_OwnFigures):
    """How much of its distance to the best did it close? Score: 1 - (B_end - x_end) / (B_start - x_start).

    B is the best figure, in the claim's direction, of any unit that is scored; so the score already points that way.
    The leader at the start had no gap: ``NOT_DEFINED``.
    """

    name: ClassVar[str] = "gap-closed"
    oriented: ClassVar[bool] = True
    separable: ClassVar[bool] = False
    unit: ClassVar[str] = "fraction"

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores:  # noqa: ARG002
        ends = end_points(panel, window)
        best_start, best_end = _best(panel, ends.start, ends.sees), _best(panel, ends.end, ends.sees)
        return self._closed(ends, best_start - ends.start, best_end - ends.end, grain_of(panel))

    def worlds(self, own: Panel, others: Panel, window: Window, groups: Groups) -> tuple[Scores, Floats]:  # noqa: ARG002
        """What does everybody score when unit u alone has its figures from ``own`` and all others from ``others``?

        The own score of each u, and [N, N]: row u, the scores of all under u's figures (NaN at u itself).
        """
        mine, theirs = end_points(own, window), end_points(others, window)
        best_start = _best_of_rest(own, np.where(mine.sees, mine.start, np.nan), theirs.start, theirs.sees)
        best_end = _best_of_rest(own, np.where(mine.sees, mine.end, np.nan), theirs.end, theirs.sees)
        own_scores = self._closed(mine, best_start - mine.start, best_end - mine.end, grain_of(others))
        gap = best_start[:, None] - theirs.start[None, :]
        with np.errstate(divide="ignore", invalid="ignore"):
            table = 1.0 - (best_end[:, None] - theirs.end[None, :]) / gap
        table[(np.abs(gap) <= grain_of(others)) | ~theirs.sees[None, :] | np.eye(len(gap), dtype=bool)] = np.nan
        return own_scores, table

    @staticmethod
    def _closed(ends: EndPoints, gap_start: Floats, gap_end: Floats, grain: float) -> Scores:
        with np.errstate(divide="ignore", invalid="ignore"):
            closed = 1.0 - gap_end / gap_start
        return _scores(ends, closed, 10 * GRAIN, np.abs(gap_start) <= grain, ReasonCode.NOT_DEFINED)


@dataclass(frozen=True, slots=True)
class WholePath(_OwnFigures):
    """How did it do on the way, not only at the end? Score: the mean of its figures over time, minus the start.

    The mean of the line from figure to figure, from the first year used to the last: further figures around an event do
    not make it count several times. At least three figures, both ends among them; else ``NOT_PUBLISHED``. Blind if any
    year of the window is.
    """

    name: ClassVar[str] = "whole-path"

    def score(self, panel: Panel, window: Window, groups: Groups) -> Scores:  # noqa: ARG002
        ends = end_points(panel, window)
        rows, has = path(panel, window.start, window.end)
        count = has.sum(axis=0)
        weights = weights_in_time(has, panel.year_used[rows])
        total = np.where(has, panel.values[rows] * weights, 0.0).sum(axis=0)
        rise = total / np.maximum(weights.sum(axis=0), 1.0) - ends.start
        blind = blind_path(panel, np.minimum(ends.used[:, 0], window.start), np.maximum(ends.used[:, 1], window.end))
        codes = np.where((ends.codes == 0) & blind, np.uint8(ReasonCode.BLIND_SPOT), ends.codes)
        seen = EndPoints(ends.start, ends.end, ends.used, codes)
        return _scores(seen, rise, grain_of(panel), count < ENOUGH_FIGURES, ReasonCode.NOT_PUBLISHED)


def _scores(
    ends: EndPoints,
    values: Floats,
    grain: float,
    refused: Bools | None = None,
    why: ReasonCode = ReasonCode.NOT_DEFINED,
) -> Scores:
    codes: Codes = ends.codes
    if refused is not None:
        codes = np.where((codes == 0) & refused, np.uint8(why), codes)
    return Scores(np.where(codes == 0, values, np.nan), codes, "peers", ends.used, grain)


def _best(panel: Panel, values: Floats, sees: Bools) -> float:
    if not sees.any():
        return np.nan
    return float(values[sees].max() if panel.direction == "up" else values[sees].min())


def _best_of_rest(panel: Panel, mine: Floats, theirs: Floats, sees: Bools) -> Floats:
    """[N]: the best of u's own figure and all others' figures."""
    sign = 1.0 if panel.direction == "up" else -1.0
    turned = np.where(sees, sign * theirs, -np.inf)
    first = int(turned.argmax())
    rest = np.full(len(turned), turned[first])
    rest[first] = np.delete(turned, first).max(initial=-np.inf)
    best: Floats = sign * np.fmax(rest, sign * mine)
    return best
