"""One question put to one standard: what it finds for every unit, where the subject stands, and how far to trust it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from evenhand.compare.asking import check_study
from evenhand.compare.conformal import Conformal, apt_for_conformal, conformal
from evenhand.compare.errors import PlaceboErrors, placebo_errors
from evenhand.compare.fits import Fits, FittingStandard
from evenhand.compare.frames import to_frame
from evenhand.compare.in_time import InTime, in_time
from evenhand.compare.leave_out import LeftOut, LeftTwoOut, leave_one_out, leave_two_out
from evenhand.compare.panel import Floats, Groups, Panel, Scores, Window, groups_of
from evenhand.compare.placebo import By, GroupPlacebo, Placebos, group_placebo, placebo
from evenhand.compare.pools import exposed_in, exposing
from evenhand.compare.size import Size, size
from evenhand.compare.standards import Standard
from evenhand.model import BadInputError, ReasonCode

PLOTS = ("paths", "gaps", "ratios", "weights")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A standard, a panel, a window and a subject. The standard never learns who the subject is: all are judged alike.

    Made by :func:`study`. notes: what a reader must know beside the result. What is asked for is computed once.
    """

    standard: Standard
    panel: Panel
    window: Window
    groups: Groups
    subject: str
    notes: tuple[str, ...]
    _known: dict[Any, Any] = field(default_factory=dict, repr=False)

    def found(self) -> Fits | Scores:
        """The fits of all units, or their scores where the standard shows no fit."""
        return self._once("found", self._all)

    def _all(self) -> Fits | Scores:
        if isinstance(self.standard, FittingStandard):
            return self.standard.fit(self.panel, self.window, self.groups)
        return self.standard.score(self.panel, self.window, self.groups)

    def effect(self) -> float:
        """What the standard finds for the subject, in the measure's unit. Raises ``BadInputError`` where it says why not."""
        found, u = self.found(), self.panel.units.index(self.subject)
        codes = found.codes if isinstance(found, Fits) else found.reason_codes
        if codes[u]:
            raise BadInputError(
                f"{self.subject} could not be judged by {self.standard.name}: {ReasonCode(int(codes[u])).word}"
            )
        return float((found.effects if isinstance(found, Fits) else found.values)[u])

    def placebo(self, by: By = "effect") -> Placebos:
        """Placebo in space: every unit's place and p."""
        return self._once(("placebo", by), lambda: placebo(self.standard, self.panel, self.window, self.groups, by=by))

    def in_time(self, by: By = "effect") -> InTime:
        """Placebo in time: what would have been found at earlier dates."""
        return self._once(("time", by), lambda: in_time(self.standard, self.panel, self.window, self.groups, by=by))

    def leave_one_out(self) -> LeftOut:
        """Every unit's effect without each of its donors."""
        return self._once("one", lambda: leave_one_out(self.standard, self.panel, self.window, self.groups))

    def leave_two_out(self, by: By = "ratio") -> LeftTwoOut:
        """The refined placebo test of Lei and Sudijono for the subject."""
        return self._once(
            ("two", by),
            lambda: leave_two_out(self.standard, self.panel, self.window, self.groups, by=by, units=(self.subject,)),
        )

    def conformal(self, level: float = 0.9, *, each: bool = False) -> Conformal:
        """The constant effects that the subject's own calendar is compatible with; each: period by period as well."""
        return self._once(
            ("conformal", level, each),
            lambda: conformal(
                self.standard, self.panel, self.window, self.groups, level=level, units=(self.subject,), each=each
            ),
        )

    def placebo_errors(self) -> PlaceboErrors:
        """How far the effects of others stray where nothing happened: the subject's standard error."""
        return self._once(
            "errors",
            lambda: placebo_errors(self.standard, self.panel, self.window, self.groups, units=(self.subject,)),
        )

    def size(self, by: By = "effect", level: float = 0.1) -> Size:
        """How often the test rejects on this panel when nothing happened, and what it would find."""
        return self._once(
            ("size", by, level),
            lambda: size(self.standard, self.panel, self.window, self.groups, subject=self.subject, by=by, level=level),
        )

    def together(self) -> GroupPlacebo:
        """All exposed units' mean effect beside groups of as many units in which nothing happened."""
        at = exposed_in(self.panel, self.groups, self.window.start, self.window.end)
        members = tuple(self.panel.units[u] for u in np.flatnonzero(at))
        return self._once(
            "together", lambda: group_placebo(self.found(), self.panel, self.window, self.groups, members)
        )

    def columns(self) -> dict[str, list[Any]]:
        """What was found for every unit, column by column; None where there is nothing."""
        found, by_effect = self.found(), self.placebo()
        codes = by_effect.codes
        effects = found.effects if isinstance(found, Fits) else found.values
        table: dict[str, list[Any]] = {
            "unit": list(self.panel.units),
            "exposed": exposed_in(self.panel, self.groups, self.window.start, self.window.end).tolist(),
            "effect": _plain(effects),
            "rank_by_effect": [rank or None for rank in by_effect.rank.tolist()],
            "p_by_effect": _plain(by_effect.p),
            "of": [of or None for of in by_effect.of.tolist()],
        }
        if isinstance(found, Fits):
            by_ratio = self.placebo("ratio")
            table |= {"error_before": _plain(found.pre_error), "error_after": _plain(found.post_error),
                      "ratio": _plain(found.ratio), "rank_by_ratio": [rank or None for rank in by_ratio.rank.tolist()],
                      "p_by_ratio": _plain(by_ratio.p)}  # fmt: skip
        if not np.isnan(by_effect.p_region).all():
            table["p_by_regions"] = _plain(by_effect.p_region)
        table["reason"] = [ReasonCode(int(code)).word if code else None for code in codes]
        return table

    def to_frame(self, backend: str | None = None) -> Any:
        """What was found for every unit as a data frame: pandas, polars or pyarrow."""
        return to_frame(self.columns(), backend)

    def paths(self, backend: str | None = None) -> Any:
        """The subject's figures, its counterfactual and the gap by period, as a data frame."""
        found, u = self.fits(), self.panel.units.index(self.subject)
        return to_frame(
            {"period": found.periods.tolist(), "observed": _plain(found.observed[:, u]),
             "counterfactual": _plain(found.counterfactual[:, u]), "gap": _plain(found.gaps[:, u])}, backend)  # fmt: skip

    def weights(self, backend: str | None = None) -> Any:
        """The subject's donors with their weights, largest first, as a data frame."""
        rows = self.donors()
        return to_frame({"donor": [name for name, _ in rows], "weight": [weight for _, weight in rows]}, backend)

    def donors(self) -> list[tuple[str, float]]:
        """The subject's donors with a weight, largest first. Raises ``BadInputError`` where the standard weighs none."""
        found = self.fits()
        if found.weights is None:
            raise BadInputError(f"{self.standard.name} gives donors no weights")
        row = found.weights[self.panel.units.index(self.subject)]
        order = np.argsort(-np.nan_to_num(row), kind="stable")
        return [(self.panel.units[n], float(row[n])) for n in order if np.nan_to_num(row[n]) != 0]

    def fits(self) -> Fits:
        """The fits. Raises ``BadInputError`` where the standard shows none."""
        found = self.found()
        if not isinstance(found, Fits):
            raise BadInputError(f"{self.standard.name} fits no path to compare with", hint="synthetic-control does")
        return found

    def plot(self, kind: str = "paths", ax: Any = None) -> Any:
        """Draws paths, gaps, ratios or weights with matplotlib; gives the axes. Raises ``BadInputError``."""
        from evenhand.compare import plots  # noqa: PLC0415 - matplotlib is an extra

        return plots.draw(self, kind, ax)

    def prepare(self) -> None:
        """Computes all that the summary and the columns tell, so that they come at once."""
        self.columns()
        self.summary()

    def summary(self) -> str:
        """The result in plain lines; beside each p how often its test rejects when nothing happened."""
        from evenhand.compare.telling import summary  # noqa: PLC0415

        return summary(self)

    def _repr_html_(self) -> str:
        from evenhand.compare.telling import html  # noqa: PLC0415

        return html(self)

    def can_be_conformal(self) -> bool:
        """Can the standard be fitted without a look at what came after the event?"""
        return apt_for_conformal(self.standard)

    def _once(self, key: Any, make: Callable[[], Found]) -> Found:
        if key not in self._known:
            self._known[key] = make()
        kept: Found = self._known[key]
        return kept


def study(
    standard: Standard, panel: Panel, window: Window, groups: Groups | None = None, *, subject: str | None = None
) -> Study:
    """What does this standard find, for whom, and how far is it to be trusted?

    subject: whose result is pointed out; None: the one unit that is exposed in the window. Where ``groups`` exposes
    nobody, the subject counts as exposed from the event on, so that it is nobody's donor. Raises ``BadInputError`` with
    every problem at once (see :func:`evenhand.compare.asking.check_study`).
    """
    known = groups if groups is not None else groups_of(panel)
    if subject is None:
        exposed = np.flatnonzero(exposed_in(panel, known, window.start, window.end))
        if len(exposed) != 1:
            names = ", ".join(panel.units[u] for u in exposed[:5]) or "nobody"
            raise BadInputError("whose result is asked for?", hint=f"subject=…; exposed in the window: {names}")
        subject = panel.units[int(exposed[0])]
    notes = check_study(standard, panel, window, known, subject)
    given = exposing(panel, known, panel.units.index(subject), window.event)
    return Study(standard, panel, window, given, subject, notes)


def _plain(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]
