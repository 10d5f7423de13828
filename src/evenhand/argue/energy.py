"""How strongly does each claim stand, on a scale from 0 to 1? Quadratic energy (Potyka 2018), or DF-QuAD (Rago et al. 2016).

Each claim starts from a weight of its own; what supports it raises its energy, what attacks it lowers it, and the strength is
drawn towards 1 or 0: by h(x) = max(x, 0)^2 / (1 + max(x, 0)^2) of the summed energy, or, by DF-QuAD, by the difference
between the probabilistic sums of what supports and of what attacks. The weight of a premise is the share of the multiverse in
which it holds; of a claim without evidence of its own, one half; a premise that is undetermined could weigh
anything from 0 to 1, so that what rests on it has a range. Links that nothing attacks have the strength 1, joint premises
bear as much as the weakest of them.
"""

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.argue.budget import Budget
from evenhand.argue.wiring import Bodies, Wiring

NEUTRAL = 0.5
STEP = 0.25
MOST_STEPS = 5000
SETTLED = 1e-9
STRIDE = 0.2  # what a step costs, as budgets count
Floats = NDArray[np.float64]
Range = tuple[float, float]
Gradual = Literal["quadratic energy", "df-quad"]


def strengths(
    wiring: Wiring,
    weights: Mapping[str, Range] | None = None,
    *,
    gradual: Gradual = "quadratic energy",
    budget: Budget | None = None,
) -> list[Range] | None:
    """(lowest, highest) strength of each element; None where a loop did not settle in the steps or the time given.

    weights: of elements, where they are not the graph's own. gradual: the rule by which strengths come about. Without
    undetermined premises both are the same number. The range holds every strength that the undetermined premises can lead
    to; where a premise bears on a claim in both directions it can be wider than that.
    """
    base = [_weight(wiring, i, weights or {}) for i in range(len(wiring.ids))]
    low, high = [w[0] for w in base], [w[1] for w in base]
    within = budget or Budget()
    for part, loops in zip(wiring.parts, wiring.loops, strict=True):
        if not loops:
            i = part[0]
            low[i], high[i] = _ends(wiring, i, base[i], low, high, gradual)
        elif not _settle(wiring, part, base, low, high, within, gradual):
            return None
    return list(zip(low, high, strict=True))


def _weight(wiring: Wiring, i: int, weights: Mapping[str, Range]) -> Range:
    if wiring.ids[i] in weights:
        return weights[wiring.ids[i]]
    if i >= wiring.nodes:
        given = wiring.graph.links[i - wiring.nodes].given
        return {"holds": (1.0, 1.0), "argued": (1.0, 1.0), "fails": (0.0, 0.0), "undetermined": (0.0, 1.0)}[given]
    node = wiring.graph.nodes[i]
    if node.share is not None:
        return node.share, node.share
    return {"holds": (1.0, 1.0), "fails": (0.0, 0.0), "undetermined": (0.0, 1.0), "argued": (NEUTRAL, NEUTRAL)}[
        node.given
    ]


def _ends(
    wiring: Wiring, i: int, weight: Range, low: Sequence[float], high: Sequence[float], gradual: Gradual
) -> Range:
    supports, attacks = wiring.supports[i], wiring.attacks[i]
    least = _summed(supports, low, gradual) - _summed(attacks, high, gradual)
    most = _summed(supports, high, gradual) - _summed(attacks, low, gradual)
    return drawn(weight[0], least, gradual), drawn(weight[1], most, gradual)


def drawn(weight: float, energy: float, gradual: Gradual = "quadratic energy") -> float:
    """The strength to which an energy draws a weight."""
    pull = abs(energy) if gradual == "df-quad" else energy * energy / (1 + energy * energy)
    return weight + (1 - weight) * pull if energy > 0 else weight - weight * pull


def _summed(bodies: Bodies, strength: Sequence[float], gradual: Gradual) -> float:
    """What several links bear together."""
    borne = [strength[link] * min(strength[s] for s in sources) for sources, link in bodies]
    return 1 - prod(1 - one for one in borne) if gradual == "df-quad" else sum(borne)


def _settle(
    wiring: Wiring,
    part: Sequence[int],
    base: Sequence[Range],
    low: list[float],
    high: list[float],
    budget: Budget,
    gradual: Gradual,
) -> bool:
    """Lets the strengths of a loop flow to rest from their weights, as Potyka's differential equations do (Runge-Kutta)."""
    flow = _flow(wiring, part, base, low, high, gradual)
    state = np.array([[base[i][0] for i in part], [base[i][1] for i in part]])
    for _ in range(MOST_STEPS):
        if budget.spend(STRIDE, len(wiring.ids)):
            return False
        first = flow(state)
        if np.abs(first).max() < SETTLED:
            for k, i in enumerate(part):
                low[i], high[i] = float(state[0, k]), float(state[1, k])
            return True
        second = flow(state + STEP / 2 * first)
        third = flow(state + STEP / 2 * second)
        state = state + STEP / 6 * (first + 2 * second + 2 * third + flow(state + STEP * third))
    return False


def _flow(
    wiring: Wiring,
    part: Sequence[int],
    base: Sequence[Range],
    low: Sequence[float],
    high: Sequence[float],
    gradual: Gradual,
) -> Callable[[Floats], Floats]:
    """How the strengths of a loop change, [2, K] lowest and highest, as a function of what they are."""
    inside = {i: k for k, i in enumerate(part)}
    outside = sorted({e for i in part for s, k in (*wiring.supports[i], *wiring.attacks[i]) for e in (*s, k)} - {*part})
    column = inside | {e: len(part) + k for k, e in enumerate(outside)}
    fixed = np.array([[low[e] for e in outside], [high[e] for e in outside]])
    weight = np.array([[base[i][0] for i in part], [base[i][1] for i in part]])
    supports = [(inside[i], 1, body) for i in part for body in wiring.supports[i]]
    bodies = [*supports, *((inside[i], -1, body) for i in part for body in wiring.attacks[i])]
    target = np.array([t for t, _, _ in bodies])
    sign = np.array([s for _, s, _ in bodies])
    link = np.array([column[k] for _, _, (_, k) in bodies])
    sources = np.array([column[e] for _, _, (found, _) in bodies for e in found])
    starts = np.cumsum([0, *(len(found) for _, _, (found, _) in bodies)])[:-1]

    def flow(state: Floats) -> Floats:
        every = np.concatenate([state, fixed], axis=1)
        borne = every[:, link] * np.minimum.reduceat(every[:, sources], starts, axis=1)
        ends = np.where(sign > 0, borne, borne[::-1])
        energy = np.array([_energies(row, target, sign, len(part), gradual) for row in ends])
        pull = np.abs(energy) if gradual == "df-quad" else energy**2 / (1 + energy**2)
        drawn_to: Floats = np.where(energy > 0, weight + (1 - weight) * pull, weight - weight * pull) - state
        return drawn_to

    return flow


def _energies(borne: Floats, target: NDArray[np.int64], sign: NDArray[np.int64], n: int, gradual: Gradual) -> Floats:
    """[n] the energy of each element, from what each link bears, where it points and whether it supports (1) or attacks (-1)."""
    if gradual == "quadratic energy":
        summed: Floats = np.bincount(target, weights=borne * sign, minlength=n).astype(np.float64)
        return summed
    spared = np.ones((2, n))
    np.multiply.at(spared, ((sign > 0).astype(int), target), 1 - borne)
    apart: Floats = spared[0] - spared[1]
    return apart
