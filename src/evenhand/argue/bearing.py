"""Which single finding moves a conclusion most, and how much would it have to move?"""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.argue.budget import Budget
from evenhand.argue.energy import strengths
from evenhand.argue.graph import CUT, Given, Graph, Label, given_of
from evenhand.argue.grounded import Entries, entries, givens, labels_of
from evenhand.argue.reach import Reach, Ways, reach
from evenhand.argue.wiring import Wiring, cone, wire

ENTER: tuple[Given, ...] = ("holds", "fails", "undetermined")
STRIDE = 10.0  # what the turns of one premise cost, as budgets count


@dataclass(frozen=True, slots=True)
class Bearing:
    """What one premise does to the conclusion.

    share: its own share, where it has one. if_holds, if_fails, if_open: the conclusion's label if the premise held in every
    way, in none, or could not be judged. needed: the nearest share at which the conclusion's label changes, and
    becomes: to what; None where no share of it changes the label. moves: by how much the share of combinations in which
    the conclusion stands differs between the premise holding and failing throughout; None where that was not summed up.
    strength_moves: the same for the conclusion's strength by quadratic energy.
    """

    premise: str
    share: float | None
    if_holds: Label
    if_fails: Label
    if_open: Label
    needed: float | None
    becomes: Label | None
    moves: float | None
    strength_moves: float | None


@dataclass(frozen=True, slots=True)
class LoadBearing:
    """The premises that bear on a conclusion, those that move it most first.

    cut: from which share on a premise holds. note: what could not be weighed in the time given, in words.
    """

    conclusion: str
    label: Label
    bearings: tuple[Bearing, ...]
    cut: float = CUT
    note: str = ""


def load_bearing(
    graph: Graph,
    conclusion: str,
    ways: Mapping[str, Ways] | None = None,
    *,
    cut: float = CUT,
    budget: Budget | None = None,
) -> LoadBearing:
    """Each premise's pull on the conclusion, one at a time with the others as they are.

    First those whose turning changes the label, by how far the conclusion's share moves, then its strength. The swing between
    holding and failing is the importance measure of Birnbaum (1969).
    """
    wiring = wire(graph)
    goal = wiring.index[graph.node(conclusion).id]
    found = givens(wiring)
    premises = [i for i in sorted(cone(wiring, [goal])) if i < wiring.nodes and i != goal and found[i] != "argued"]
    now = labels_of(wiring, entries(wiring))[conclusion]
    turned = _turned(wiring, goal, premises, budget or Budget())
    out: list[Bearing] = []
    for i, turns in zip(premises, turned, strict=False):
        if budget is not None and budget.spent:
            break
        out.append(_bearing(graph, conclusion, wiring.ids[i], turns, now, ways or {}, cut, budget))
    left = len(premises) - len(out)
    note = f"the time was up before {left} of {len(premises)} premises were weighed" if left else ""
    return LoadBearing(conclusion, now, tuple(sorted(out, key=_pull)), cut, note)


def _pull(one: Bearing) -> tuple[bool, float, float, str]:
    turns = one.if_holds != one.if_fails
    return (not turns, -abs(one.moves or 0.0), -abs(one.strength_moves or 0.0), one.premise)


def _turned(wiring: Wiring, goal: int, premises: list[int], budget: Budget) -> list[dict[Given, Label]]:
    """The goal's label with each premise turned each way: one state a turn; those that the time did not suffice for lack."""
    width = 3 * len(premises)
    if not width:
        return []
    state = entries(wiring, width)
    for k, i in enumerate(premises):
        for s, given in enumerate(ENTER):
            bit = 1 << 3 * k + s
            state.sure[i] = state.sure[i] | bit if given == "holds" else state.sure[i] & ~bit
            state.maybe[i] = state.maybe[i] & ~bit if given == "fails" else state.maybe[i] | bit
            state.barred[i] = state.barred[i] | bit if given == "fails" else state.barred[i] & ~bit
    out = []
    for k in range(len(premises)):
        if budget.spend(STRIDE, len(wiring.ids)):
            break
        labels: dict[Given, Label] = {}
        for s, given in enumerate(ENTER):
            labels[given] = _label_at(wiring, state, goal, 3 * k + s)
        out.append(labels)
    return out


def _label_at(wiring: Wiring, state: Entries, goal: int, bit: int) -> Label:
    one = Entries(
        [s >> bit & 1 for s in state.sure], [s >> bit & 1 for s in state.maybe], [s >> bit & 1 for s in state.barred], 1
    )
    return labels_of(wiring, one)[wiring.ids[goal]]


def _bearing(
    graph: Graph, conclusion: str, premise: str, turned: Mapping[Given, Label], now: Label, ways: Mapping[str, Ways],
    cut: float, budget: Budget | None,
) -> Bearing:  # fmt: skip
    share = graph.node(premise).share
    needed, becomes = _needed(share, turned, now, cut)
    others = {name: one for name, one in ways.items() if name != premise}
    high, low = (reach(graph.with_given({premise: g}), conclusion, others, budget=budget) for g in ENTER[:2])
    strong = [_strength(graph, conclusion, premise, weight, budget) for weight in (1.0, 0.0)]
    moves = (
        high.stands - low.stands
        if high.stands is not None and low.stands is not None
        else _label_move(ways, high, turned)
    )
    by_strength = strong[0] - strong[1] if strong[0] is not None and strong[1] is not None else None
    return Bearing(
        premise, share, turned["holds"], turned["fails"], turned["undetermined"], needed, becomes, moves, by_strength
    )


def _label_move(ways: Mapping[str, Ways], high: Reach, turned: Mapping[Given, Label]) -> float | None:
    """Where it is the only premise with ways: everything or nothing."""
    if not ways or high.premises:
        return None
    return float((turned["holds"] == "stands") - (turned["fails"] == "stands"))


def _needed(
    share: float | None, turned: Mapping[Given, Label], now: Label, cut: float
) -> tuple[float | None, Label | None]:
    """The nearest share at which the label is another one, and which. The ends of the bands are cut and 1 - cut."""
    ends: dict[Given, float] = {"holds": cut, "fails": round(1 - cut, 12), "undetermined": 0.5}
    if share is None:
        return None, None
    mine = given_of(share, cut)
    if mine == "holds":
        ends["undetermined"] = cut
    elif mine == "fails":
        ends["undetermined"] = round(1 - cut, 12)
    changed = [(abs(ends[g] - share), ends[g], label) for g, label in turned.items() if label != now and g != mine]
    if not changed:
        return None, None
    _, at, label = min(changed)
    return at, label


def _strength(graph: Graph, conclusion: str, premise: str, weight: float, budget: Budget | None) -> float | None:
    """The middle of the conclusion's range of strength."""
    wiring = wire(graph)
    found = strengths(wiring, {premise: (weight, weight)}, budget=budget)
    if found is None:
        return None
    low, high = found[wiring.index[conclusion]]
    return (low + high) / 2
