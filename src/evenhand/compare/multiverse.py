"""A claim under every combination of the choices, for every unit alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.cluster import on_cluster
from evenhand.compare.frames import to_frame
from evenhand.compare.judge import Outcomes
from evenhand.compare.packing import code_column, outcome_column
from evenhand.compare.panel import Codes, Floats, Ints, Names, Panel
from evenhand.compare.plan import Plan, check_plan, gather_panels
from evenhand.compare.run import Progress, Run
from evenhand.compare.tree import Alike, Tree, find_alike, grow
from evenhand.model import BadInputError, Choice, Form, Option, Outcome, ReasonCode, closest_words


@dataclass(frozen=True, slots=True, eq=False)
class Multiverse:
    """How a claim came out under every combination, for every unit, or for a group and its placebos.

    choices: the plan's. outcomes: uint8 [C, ceil(M / 4)], two bits each. weights: [C] integers, over
    ``tree.denominator``. keys: [C] the combinations' ids, mixed-radix over the choices in order. units: M names, of
    units or of the group and its placebos. reasons_packed: [C, ceil(M / 2)], four bits each. twice_rank, ranked: [V, M]
    twice the mid-rank of each score in the claim's direction (-1 for none) and among how many; rank_row: [C] which of
    the V a combination has. start: [M] the units' figures at the start of the first window of the first panel.
    """

    choices: tuple[Choice, ...]
    outcomes: Outcomes
    weights: Ints
    keys: Ints
    units: Names
    plan: Plan
    form: Form
    tree: Tree
    alike: Alike
    reasons_packed: Codes
    twice_rank: NDArray[np.int16]
    ranked: NDArray[np.int16]
    rank_row: Ints
    start: Floats

    def outcome(self, c: int, unit: str) -> Outcome:
        """How did the claim come out for a unit under the c-th combination?"""
        column = self.column(unit)
        return Outcome(int(self.outcomes[c, column // 4]) >> 2 * (column % 4) & 3)

    def of(self, unit: str) -> Outcomes:
        """[C] the outcomes of one unit."""
        return outcome_column(self.outcomes, self.column(unit))

    def share(self, unit: str) -> Fraction:
        """In what weighted share of the judged combinations does the claim hold for a unit?"""
        outcomes = self.of(unit)
        judged = int(self.weights[outcomes != Outcome.NOT_JUDGED].sum())
        if not judged:
            raise BadInputError(f"no combination could be judged for {unit!r}", hint=", ".join(self.reasons(unit)))
        return Fraction(int(self.weights[outcomes == Outcome.HOLDS].sum()), judged)

    def counts(self, choice: str) -> Mapping[str, Ints]:
        """For each option of a choice, [M, 4] weights by outcome; combinations that do not read it count under each
        alike.
        """
        i = self._choice(choice)
        weights = full_weights(self.tree, i)
        cells = np.zeros((len(self.choices[i].options), len(self.units), 4), dtype=np.int64)
        for start in range(0, len(self.outcomes), 4096):
            part = slice(start, start + 4096)
            for shift in range(4):
                value = self.outcomes[part] >> 2 * shift & 3
                for outcome in range(4):
                    summed = weights[part].T.astype(np.float64) @ (value == outcome).astype(np.float64)
                    columns = np.arange(shift, len(self.units), 4)
                    cells[:, columns, outcome] += summed[:, : len(columns)].astype(np.int64)
        return {option.id: cells[o] for o, option in enumerate(self.choices[i].options)}

    def reasons(self, unit: str) -> dict[str, int]:
        """Under how many combinations was a unit not judged, by reason?"""
        found, counts = np.unique(self.codes(unit)[self.of(unit) == Outcome.NOT_JUDGED], return_counts=True)
        return {ReasonCode(int(code)).word: int(n) for code, n in zip(found, counts, strict=True)}

    def codes(self, unit: str) -> Codes:
        """[C] why a unit was not judged; 0 where it was."""
        return code_column(self.reasons_packed, self.column(unit))

    def percentiles(self, unit: str) -> NDArray[np.float32]:
        """[C] the mid-rank percentile of the unit's score in the claim's direction, 0 to 1; NaN where it was not
        judged.
        """
        column = self.column(unit)
        twice, of = self.twice_rank[self.rank_row, column], self.ranked[self.rank_row, column]
        judged = (self.of(unit) != Outcome.NOT_JUDGED) & (twice >= 0)
        return np.where(judged, twice / (2.0 * np.maximum(of, 1)), np.nan).astype(np.float32)

    def lead(self) -> int:
        """Which combination takes the first option of every choice?"""
        return int(self.tree.leaf[0]) if len(self.tree.leaf) else 0

    def combination(self, c: int) -> dict[str, Option | None]:
        """The option of each choice under the c-th combination; None where nothing reads the choice.

        Where options are the same thing, the first of them.
        """
        taken = self.tree.key_digits[c]
        reads = self.reads(c)
        return {
            choice.id: choice.options[int(taken[i])] if choice.kind in reads else None
            for i, choice in enumerate(self.choices)
        }

    def reads(self, c: int) -> frozenset[str]:
        """The kinds of choices that the c-th combination reads."""
        at = self.plan.of_kind("standard")
        several = at is not None and len(self.alike.reads) > 1
        return self.alike.reads[int(self.tree.key_digits[c, at]) if several and at is not None else 0]

    def restricted(self, only: Mapping[str, Iterable[str]]) -> "Multiverse":
        """The same claim under some of the options alone, weighed anew. only: option ids by choice id."""
        tree = grow(self.plan, self.alike, {name: tuple(ids) for name, ids in only.items()})
        rows = np.searchsorted(self.keys, tree.keys)
        return replace(
            self,
            outcomes=self.outcomes[rows],
            weights=tree.weights,
            keys=tree.keys,
            tree=tree,
            reasons_packed=self.reasons_packed[rows],
            rank_row=self.rank_row[rows],
        )

    def to_frame(self, unit: str | None = None, backend: str | None = None) -> Any:
        """A data frame of every unit's share and place; with ``unit`` of its outcome under every combination."""
        from evenhand.compare.multiverse_table import combinations, shares  # noqa: PLC0415

        return to_frame(shares(self) if unit is None else combinations(self, unit), backend)

    def plot(self, kind: str, unit: str, ax: Any = None) -> Any:
        """Draws all results in order (``curve``) or what they hinge on (``hinges``); gives the axes."""
        from evenhand.compare import plots  # noqa: PLC0415 - matplotlib is an extra

        return plots.draw_multiverse(self, kind, unit, ax)

    def _repr_html_(self) -> str:
        from evenhand.compare.multiverse_table import html  # noqa: PLC0415

        return html(self)

    def column(self, unit: str) -> int:
        """Where a unit stands among the columns."""
        if unit not in self.units:
            near = closest_words(unit, self.units)
            raise BadInputError(f"there is no unit {unit!r}", hint=f"did you mean {near[0]}?" if near else "")
        return self.units.index(unit)

    def _choice(self, name: str) -> int:
        ids = [choice.id for choice in self.choices]
        if name not in ids:
            raise BadInputError(f"there is no choice {name!r}", hint=", ".join(ids))
        return ids.index(name)


def full_weights(tree: Tree, i: int) -> Ints:
    """[C, options] how much of each combination's weight lies under each option of choice i."""
    options = len(tree.choices[i].options)
    cell = tree.leaf * options + tree.digits[:, i]
    if i not in tree.read:
        table = np.zeros((len(tree.keys), options), dtype=np.int64)
        table[:, 0] = tree.weights
        return table
    summed = np.bincount(cell, weights=tree.full_weights.astype(np.float64), minlength=len(tree.keys) * options)
    return summed.astype(np.int64).reshape(len(tree.keys), options)


def multiverse(
    plan: Plan,
    panels: Mapping[Any, Panel],
    form: Form,
    progress: Progress | None = None,
    *,
    chunk: int | None = None,
    client: Any = None,
) -> Multiverse:
    """How does a claim come out under every combination of the choices, for every unit?

    panels: by the ids of the panel-level options in the order of their choices (one id where there is one such choice).
    form: what is claimed. progress: called with (done, total) combinations. chunk: score rows worked on at a time;
    client: a ``dask.distributed.Client`` on whose workers they are judged (see ``evenhand.compare.cluster``). Neither
    changes a bit of the result. Raises ``BadInputError``. Simonsohn, Simmons, Nelson (2020) and Steegen et al.
    (2016), turned on every unit instead of one.
    """
    prepared = prepare(plan, panels, form)
    tree, found = prepared.tree, prepared.run.all(progress, chunk, on_cluster(client))
    return Multiverse(
        plan.choices, found.outcomes, tree.weights, tree.keys, found.names, plan, form, tree, prepared.alike,
        found.reasons, found.twice_rank, found.ranked, found.rank_row, found.start,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """The combinations, what is the same among them, and how they are judged."""

    run: Run
    tree: Tree
    alike: Alike


def prepare(plan: Plan, panels: Mapping[Any, Panel], form: Form) -> Prepared:
    """Does the plan make sense, and which scores does it need? Raises ``BadInputError``."""
    check_plan(plan, form)
    gathered = gather_panels(plan, panels, form, _panel_ids(plan))
    alike = find_alike(plan, form, gathered.by_ids)
    tree = grow(plan, alike)
    return Prepared(Run.of(plan, form, gathered, alike, tree), tree, alike)


def _panel_ids(plan: Plan) -> list[tuple[str, ...]]:
    grids: list[tuple[str, ...]] = [()]
    for i in plan.of_panel:
        grids = [(*ids, option.id) for ids in grids for option in plan.choices[i].options]
    return grids
