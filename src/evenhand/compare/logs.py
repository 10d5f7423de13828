"""Where the change of logarithms is the growth: one combination under two names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.panel import Bools, Codes, Floats, Panel, Window
from evenhand.compare.plan import OWN_CHANGE, Plan
from evenhand.compare.reading import EndPoints, end_points
from evenhand.compare.standards import Change, Growth, Standard
from evenhand.model import Form, ReasonCode

ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Logs:
    """One option of the scale that is the logarithm of another.

    choice: the index of the scale; log, plain: its two options; change, growth: two options of the standard. others: the
    other choices of the panel, in order. same: by their options and the window, are the two one combination?
    """

    choice: int
    log: int
    plain: int
    change: int
    growth: int
    others: tuple[int, ...]
    same: Bools

    def where(self, digits: NDArray[np.int32], window_at: int) -> Bools:
        """[F]: in which of these combinations are they one?"""
        found: Bools = self.same[(*[digits[:, i] for i in self.others], digits[:, window_at])]
        return found


def find_logs(
    plan: Plan,
    form: Form,
    panels: Mapping[tuple[str, ...], Panel],
    standards: Sequence[Standard],
    windows: Sequence[Window],
) -> tuple[Logs, ...]:
    """Growth is the change of logs over the years used: where those are the same for all units, only the unit differs.

    Then forms without a margin, a ratio or a width come out alike.
    """
    if form.name in OWN_CHANGE or (form.margin, form.ratio, form.within) != (None, None, None):
        return ()
    change = [i for i, rule in enumerate(standards) if isinstance(rule, Change)]
    growth = [i for i, rule in enumerate(standards) if isinstance(rule, Growth)]
    found = []
    for at in [i for i in plan.of_panel if plan.choices[i].kind == "scale"] if change and growth else []:
        others = tuple(i for i in plan.of_panel if i != at)
        place, names = plan.of_panel.index(at), [option.id for option in plan.choices[at].options]
        cells = list(product(*[[option.id for option in plan.choices[i].options] for i in others]))
        for log, plain in permutations(range(len(names)), 2):
            logs, figures = (
                [panels[(*ids[:place], names[scale], *ids[place:])] for ids in cells] for scale in (log, plain)
            )
            rows = [[_is_growth(*both, window) for window in windows] for both in zip(logs, figures, strict=True)]
            same = np.array(rows)
            if same.any():
                shape = (*[len(plan.choices[i].options) for i in others], len(windows))
                found.append(Logs(at, log, plain, change[0], growth[0], others, same.reshape(shape)))
    return tuple(found)


def _is_growth(log: Panel, plain: Panel, window: Window) -> bool:
    if log.scale != "interval" or plain.scale not in {"ratio", "count"} or log.direction != plain.direction:
        return False
    if len(log.periods) != len(plain.periods) or (log.periods != plain.periods).any():
        return False
    logs, figures = end_points(log, window), end_points(plain, window)
    seen = logs.sees
    if not seen.any() or (logs.codes != _codes_of_growth(figures)).any() or (logs.used != figures.used)[seen].any():
        return False
    if len(np.unique(logs.used[seen, 1] - logs.used[seen, 0])) > 1:
        return False
    rows = np.isin(log.periods, (window.start, window.end))
    tables = ((log.values, plain.values), (log.low, plain.low), (log.high, plain.high))
    return all(_are_logs(one[rows][:, seen], other[rows][:, seen]) for one, other in tables)


def _codes_of_growth(ends: EndPoints) -> Codes:
    positive = (ends.start > 0) & (ends.end > 0)
    return np.where((ends.codes == 0) & ~positive, np.uint8(ReasonCode.NOT_RATIO_SCALE), ends.codes)


def _are_logs(logs: Floats, figures: Floats) -> bool:
    expected = np.log(figures, out=np.full_like(figures, np.nan), where=figures > 0)
    return bool(np.allclose(logs, expected, rtol=ROUNDING, atol=ROUNDING, equal_nan=True))
