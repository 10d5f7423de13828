"""What a verdict hinges on: how much of the variance of the outcome each choice explains.

First-order Sobol indices of the 0/1 outcome under the weights (Saltelli et al. 2008). Where an option lost many of its
combinations the choices are no longer independent: then the Shapley shares of a main-effects fit (Lindeman, Merenda,
Gold 1980). Nothing is imputed. All sums are of integers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np

from evenhand.compare.multiverse import Multiverse
from evenhand.compare.panel import Bools, Floats, Ints
from evenhand.model import Hinge, OptionShare, Outcome

LOST = Fraction(1, 10)
MOST_FOR_SHAPLEY = 10


@dataclass(frozen=True, slots=True, eq=False)
class ByOption:
    """Weights by option of one choice: in all, judged, held."""

    choice: int
    total: tuple[int, ...]
    judged: tuple[int, ...]
    held: tuple[int, ...]

    @property
    def unbalanced(self) -> bool:
        """Has any option lost over 10 % of its combinations?"""
        return any(t and Fraction(t - j, t) > LOST for t, j in zip(self.total, self.judged, strict=True))


def hinges(found: Multiverse, unit: str, tables: Sequence[ByOption]) -> tuple[tuple[Hinge, ...], float | None]:
    """Which choices tip the outcome, most telling first, and how much no single choice explains?

    tables: :func:`by_options`. Empty, and None, where the outcome never changes: "nothing that we tried changes it".
    """
    outcomes = found.of(unit)
    judged, held = outcomes != Outcome.NOT_JUDGED, outcomes == Outcome.HOLDS
    whole, part = int(found.weights[judged].sum()), int(found.weights[held].sum())
    if part in {0, whole}:
        return (), None
    unbalanced = any(table.unbalanced for table in tables)
    if unbalanced and len(tables) <= MOST_FOR_SHAPLEY:
        shares: list[Fraction | float] = list(_shapley(found, tables, judged, held))
    else:
        shares = [_first_order(table, whole, part) for table in tables]
    order = sorted(range(len(tables)), key=lambda i: (-shares[i], tables[i].choice))
    made = tuple(_hinge(found, tables[i], float(shares[i]), unbalanced=unbalanced) for i in order)
    return made, float(1 - sum(shares))


def by_options(found: Multiverse, judged: Bools, held: Bools) -> list[ByOption]:
    """The choices of two or more options that something reads, with their weights by option."""
    tree = found.tree
    weights = tree.full_weights.astype(np.float64)
    layers = (weights, weights * judged[tree.leaf], weights * held[tree.leaf])
    tables = []
    for i in tree.read:
        size = len(tree.choices[i].options)
        total, *rest = (
            np.bincount(tree.digits[:, i], weights=layer, minlength=size).astype(int).tolist() for layer in layers
        )
        if sum(weight > 0 for weight in total) > 1:
            tables.append(ByOption(i, tuple(total), tuple(rest[0]), tuple(rest[1])))
    return tables


def _hinge(found: Multiverse, table: ByOption, share: float, *, unbalanced: bool) -> Hinge:
    choice = found.choices[table.choice]
    options = []
    for option, total, judged, held in zip(choice.options, table.total, table.judged, table.held, strict=True):
        if total:
            portion = held / judged if judged else None
            options.append(OptionShare(option.id, option.label, portion, (total - judged) / total))
    return Hinge(choice.id, choice.kind, share, tuple(options), unbalanced)


def _first_order(table: ByOption, whole: int, part: int) -> Fraction:
    mean = Fraction(part, whole)
    parts = zip(table.judged, table.held, strict=True)
    between = sum((Fraction(j, whole) * (Fraction(h, j) - mean) ** 2 for j, h in parts if j), Fraction(0))
    return between / (mean * (1 - mean))


def _shapley(found: Multiverse, tables: Sequence[ByOption], judged: Bools, held: Bools) -> list[float]:
    """The average gain in the explained variance when a choice joins those before it, over all orders."""
    normal, target, blocks = _normal_equations(found, tables, judged, held)
    mean = target[0] / normal[0, 0]
    variance = normal[0, 0] * mean * (1 - mean)
    n = len(tables)
    explained: dict[tuple[int, ...], float] = {}
    for size in range(n + 1):
        for chosen in combinations(range(n), size):
            at = np.concatenate([np.array([0]), *(blocks[i] for i in chosen)])
            fit = np.linalg.lstsq(normal[np.ix_(at, at)], target[at], rcond=None)[0]
            explained[chosen] = float(fit @ target[at] - mean * target[0]) / variance
    shares = []
    for i in range(n):
        rest = [j for j in range(n) if j != i]
        gain = 0.0
        for size in range(n):
            for chosen in combinations(rest, size):
                gain += (explained[tuple(sorted((*chosen, i)))] - explained[chosen]) / (n * comb(n - 1, size))
        shares.append(max(gain, 0.0))
    return shares


def _normal_equations(
    found: Multiverse, tables: Sequence[ByOption], judged: Bools, held: Bools
) -> tuple[Floats, Floats, list[Ints]]:
    """Of the outcome on an intercept and the options of every choice, weighted; scaled to a total weight of 1."""
    tree = found.tree
    here = judged[tree.leaf]
    weights, hits = tree.full_weights[here].astype(np.float64), held[tree.leaf][here]
    digits = [tree.digits[here, table.choice].astype(np.int64) for table in tables]
    sizes = [len(table.total) for table in tables]
    firsts = np.concatenate([[1], 1 + np.cumsum(sizes)]).astype(np.int64)
    normal, target = np.zeros((firsts[-1], firsts[-1])), np.zeros(firsts[-1])
    normal[0, 0], target[0] = weights.sum(), weights[hits].sum()
    blocks = [np.arange(firsts[i], firsts[i + 1]) for i in range(len(tables))]
    for i, one in enumerate(digits):
        normal[0, blocks[i]] = normal[blocks[i], 0] = np.bincount(one, weights=weights, minlength=sizes[i])
        target[blocks[i]] = np.bincount(one[hits], weights=weights[hits], minlength=sizes[i])
        for j, other in enumerate(digits):
            cells = np.bincount(one * sizes[j] + other, weights=weights, minlength=sizes[i] * sizes[j])
            normal[np.ix_(blocks[i], blocks[j])] = cells.reshape(sizes[i], sizes[j])
    return normal / weights.sum(), target / weights.sum(), blocks
