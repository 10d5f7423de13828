"""What hangs on single donors: leave one out, leave two out."""

from dataclasses import dataclass

import numpy as np

from evenhand.compare.panel import Bools, Floats, Groups, Ints, Names, Panel, Window
from evenhand.compare.placebo import By, column_of, rank_all
from evenhand.compare.refit import Refits, design_of, fitting, refit, rests_on_its_donors
from evenhand.compare.standards import Standard
from evenhand.compare.synthetic.design import Design
from evenhand.compare.synthetic.fitting import Fitting
from evenhand.model import BadInputError

MOST_FOR_ALL = 120
BATCH = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """Every unit's effect without each of its donors.

    effects: [N] with all of them. without: [N, N] row u, column j: u's effect when j may not be a donor; NaN where j is
    none, or nothing could be fitted. weights: [N, N] with all of them; None for standards without. solved: how many fits
    it took; free: how many needed none, as the donor left out had no weight.
    """

    units: Names
    effects: Floats
    without: Floats
    weights: Floats | None
    solved: int
    free: int

    def range(self, unit: str) -> tuple[float, float]:
        """The least and the largest effect of a unit when one donor is left out."""
        row = self.without[column_of(self.units, unit)]
        if np.isnan(row).all():
            raise BadInputError(f"no donor of {unit} can be left out", hint="it was not fitted, or has a single donor")
        return float(np.nanmin(row)), float(np.nanmax(row))


@dataclass(frozen=True, slots=True, eq=False)
class LeftTwoOut:
    """The refined placebo test of Lei and Sudijono (2025).

    p: [N] the share of pairs of rivals against which a unit is not strictly first, each of the three fitted without the
    other two; NaN for who was not asked or not scored. not_first, pairs: [N] the counts behind it. of: how many units
    take part, the one judged counted. by: what is compared.
    """

    units: Names
    by: By
    p: Floats
    not_first: Ints
    pairs: Ints
    of: Ints
    solved: int

    def bound(self, unit: str, level: float) -> float:
        """How often can p be ``level`` or less when nothing happened, if each unit was equally likely to be exposed?"""
        return type_one_bound(int(self.of[column_of(self.units, unit)]), level)

    def powered(self, unit: str, level: float) -> float:
        """The p to hold against ``level``, with the slack that the bound leaves: rejecting more often costs nothing."""
        u = column_of(self.units, unit)
        return float(self.p[u] - slack(int(self.of[u]), level))


def leave_one_out(standard: Standard, panel: Panel, window: Window, groups: Groups) -> LeftOut:
    """By how much does each unit's effect change when one donor may not be used? For every unit and donor."""
    rule = fitting(standard, "leaving out a donor")
    design = design_of(rule, panel, window, groups)
    n = len(panel.units)
    everyone = np.arange(n)
    whole = refit(rule, design, everyone, design.allowed)
    without = np.where(design.allowed, whole.effects[:, None], np.nan)
    matters = _matters(rule, design.allowed, whole)
    unit, left = np.nonzero(matters)
    solved = 0
    for part in np.array_split(np.arange(len(unit)), 1 + len(unit) // BATCH):
        allowed = design.allowed[unit[part]].copy()
        allowed[np.arange(len(part)), left[part]] = False
        without[unit[part], left[part]] = refit(rule, design, unit[part], allowed).effects
        solved += len(part)
    weights = whole.weights
    return LeftOut(panel.units, whole.effects, without, weights, solved, int((design.allowed & ~matters).sum()))


def leave_two_out(
    standard: Standard,
    panel: Panel,
    window: Window,
    groups: Groups,
    *,
    by: By = "ratio",
    units: tuple[str, ...] | None = None,
) -> LeftTwoOut:
    """How often is each unit the most unusual of three, if the other two are nobody's donors?

    units: whom to judge; None for everybody, up to 120 units (their number is cubed). Raises ``BadInputError``. Lei and
    Sudijono (2025), "Inference for Synthetic Controls via Refined Placebo Tests"; their statistic is the ratio.
    """
    rule = fitting(standard, "leaving out two")
    n = len(panel.units)
    if units is None and n > MOST_FOR_ALL:
        raise BadInputError(f"leaving two out for all of {n} units takes long", hint="name those to judge: units=(…,)")
    asked = np.arange(n) if units is None else np.array([column_of(panel.units, unit) for unit in units])
    design = design_of(rule, panel, window, groups)
    ranked = rank_all(rule.fit(panel, window, groups), panel, window, groups, by=by)
    table = _Table.of(rule, design, by, asked, ranked.rivals)
    p, not_first, pairs = np.full(n, np.nan), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for u in asked[ranked.codes[asked] == 0]:
        rivals = np.flatnonzero(ranked.rivals[u])
        k, other = (rivals[at] for at in np.triu_indices(len(rivals), 1))
        if len(k):
            own, first, second = table.at(u, k, other), table.at(k, u, other), table.at(other, u, k)
            wins = own > np.fmax(first, second) * (1 + 1e-10)
            not_first[u], pairs[u] = int((~wins).sum()), len(k)
            p[u] = not_first[u] / pairs[u]
    return LeftTwoOut(panel.units, by, p, not_first, pairs, ranked.of, table.solved)


def type_one_bound(n: int, level: float) -> float:
    """The largest share of n units that can all have a leave-two-out p of ``level`` or less.

    Each of m such units is not first in at most ``level`` of its C(n-1, 2) triples; but of a triple's units at most one is
    first, so those m are not first in 2 C(m, 3) + C(m, 2) (n - m) triples or more. The largest such m, over n.
    """
    m = 1
    while m < n and _forced(m + 1, n) <= level * (n - 1) * (n - 2) / 2 * (m + 1) + 1e-9:
        m += 1
    return m / n


def slack(n: int, level: float) -> float:
    """By how much can the level be raised before the bound rises? Lei and Sudijono's c(n, level)."""
    m = round(type_one_bound(n, level) * n)
    if m >= n:
        return 0.0
    return max(_forced(m + 1, n) / ((m + 1) * (n - 1) * (n - 2) / 2) - level, 0.0)


def _forced(m: int, n: int) -> float:
    """In how many triples, counted once for each of m units in them, must one of the m not be first?"""
    return m * (m - 1) * (m - 2) / 3 + m * (m - 1) / 2 * (n - m)


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Statistics of units without one or two donors, each solved once. place: for a unit u and donors i <= j (i = j: one;
    both n: none) the column of ``statistics``.
    """

    statistics: Floats
    place: dict[tuple[int, int, int], int]
    support: Bools
    solved: int

    @classmethod
    def of(cls, rule: Fitting, design: Design, by: By, asked: Ints, rivals: Bools) -> "_Table":
        everybody = np.arange(len(design.codes))
        n = len(everybody)
        who = np.flatnonzero(design.codes == 0)
        found, place = [refit(rule, design, who, design.allowed[who])], {(int(u), n, n): i for i, u in enumerate(who)}
        support = [_matters(rule, design.allowed[who], found[0])]
        jobs = [(int(u), int(i), n) for row, u in enumerate(who) for i in np.flatnonzero(support[0][row])]
        for _ in range(2):
            jobs = sorted({(u, *sorted(left)) for u, *left in jobs if not (set(left) & {u})})
            jobs = [job for job in jobs if job not in place]
            start = len(place)
            place |= {job: start + i for i, job in enumerate(jobs)}
            made = _solve(rule, design, jobs)
            found += made
            again = [_matters(rule, _without(design, jobs), one) for one in made]
            support += again
            here = np.concatenate(again) if again else np.zeros((0, n), dtype=bool)
            jobs = [(u, i, int(j)) for row, (u, i, j0) in enumerate(jobs) if j0 == n for j in np.flatnonzero(here[row])]
        values = np.concatenate([np.abs(one.effects) if by == "effect" else one.ratio for one in found])
        return cls(values, place, np.concatenate(support), len(place))

    def at(self, u: Ints, i: Ints, j: Ints) -> Floats:
        """The statistics of u without i and j, elementwise."""
        shape = np.broadcast_shapes(np.shape(u), np.shape(i), np.shape(j))
        cells = zip(*(np.broadcast_to(one, shape).tolist() for one in (u, i, j)), strict=True)
        return np.array([self.statistics[self._find(*cell)] for cell in cells])

    def _find(self, u: int, i: int, j: int) -> int:
        n = self.support.shape[1]
        whole = self.place[u, n, n]
        for one, other in ((i, j), (j, i)):
            if self.support[whole, one]:
                alone = self.place[u, one, n]
                return self.place[(u, *sorted((one, other)))] if self.support[alone, other] else alone
        return whole


def _solve(rule: Fitting, design: Design, jobs: list[tuple[int, int, int]]) -> list[Refits]:
    return [
        refit(rule, design, np.array([u for u, _, _ in part]), _without(design, part))
        for part in (jobs[at : at + BATCH] for at in range(0, len(jobs), BATCH))
    ]


def _without(design: Design, jobs: list[tuple[int, int, int]]) -> Bools:
    """[K, N] the donors that are left."""
    table = np.array(jobs, dtype=np.int64).reshape(-1, 3)
    padded = np.pad(design.allowed[table[:, 0]], ((0, 0), (0, 1)))
    rows = np.arange(len(table))
    padded[rows, table[:, 1]] = padded[rows, table[:, 2]] = False
    return padded[:, :-1]


def _matters(rule: Fitting, allowed: Bools, found: Refits) -> Bools:
    """[K, N]: would leaving out this donor change the fit?"""
    if rests_on_its_donors(rule) and found.weights is not None:
        return allowed & (found.weights > 0)
    return allowed
