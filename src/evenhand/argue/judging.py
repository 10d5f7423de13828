"""What stands under each way of judging, and where the ways disagree."""

from evenhand.argue.budget import Budget
from evenhand.argue.energy import NEUTRAL, Gradual, strengths
from evenhand.argue.extensions import acceptance
from evenhand.argue.graph import Given, Graph, Label
from evenhand.argue.grounded import entries, givens, labels_of
from evenhand.argue.standing import Accepted, ElementStanding, Standing
from evenhand.argue.wiring import Wiring, wire

MOST_NAMED = 3
RESTLESS = "the strengths did not settle: some loop keeps them moving"
TIME_UP = "the time was up before the strengths settled"
SIDE: dict[Accepted, Label | None] = {"in all": "stands", "in some": "undecided", "in none": "falls"}


def standing(graph: Graph, *, gradual: Gradual = "quadratic energy", budget: Budget | None = None) -> Standing:
    """What stands: the grounded labels and why, in how many preferred and stable extensions, how strongly.

    gradual: the rule by which strengths come about. budget: how long it may take, half of it for the search for extensions;
    what it could not finish is marked and said.
    """
    wiring = wire(graph)
    found = labels_of(wiring, entries(wiring))
    preferred, stable = acceptance(wiring, found, (budget or Budget()).half)
    strong = strengths(wiring, gradual=gradual, budget=budget)
    given = givens(wiring)
    out = []
    for i, name in enumerate(wiring.ids):
        strength = None if strong is None else strong[i]
        one = ElementStanding(name, found[name], because(wiring, found, i, given[i]), preferred[i], stable[i], strength)
        out.append(
            ElementStanding(
                one.id,
                one.label,
                one.because,
                one.preferred,
                one.stable,
                one.strength,
                disagreement(one, i < wiring.nodes),
            )
        )
    restless = "" if strong is not None else TIME_UP if budget is not None and budget.spent else RESTLESS
    return Standing(tuple(out[: wiring.nodes]), tuple(out[wiring.nodes :]), _notes(preferred, stable, restless))


def because(wiring: Wiring, labels: dict[str, Label], i: int, given: Given) -> str:
    """Why an element has its grounded label, in plain words. given: what it enters with."""
    label = labels[wiring.ids[i]]
    is_link = i >= wiring.nodes
    if given == "fails":
        return "the step was rejected" if is_link else "its own finding fails"
    against = {x: _bodies(wiring, labels, wiring.attacks[i], x) for x in ("stands", "undecided")}
    if label == "falls" and against["stands"]:
        return f"attacked by {_listed(against['stands'])}"
    if label == "falls":
        return "nothing that stands supports it" if wiring.supports[i] else "nothing supports it"
    if label == "undecided" and against["undecided"]:
        return f"hangs on the attack of {_listed(against['undecided'])}"
    if label == "undecided" and given == "undetermined":
        return "there is no finding on it that settles it"
    if label == "undecided":
        return f"hangs on {_listed(_bodies(wiring, labels, wiring.supports[i], 'undecided'))}"
    defended = ", and what attacks it falls" if wiring.attacks[i] else ""
    if is_link:
        return f"nothing that stands attacks the step{'' if wiring.attacks[i] else ', as nothing attacks it'}"
    if given == "holds":
        unstated = wiring.graph.nodes[i].unstated
        return ("it is left unsaid, and taken for granted" if unstated else "its own finding holds") + defended
    return f"supported by {_listed(_bodies(wiring, labels, wiring.supports[i], 'stands'))}{defended}"


def disagreement(one: ElementStanding, is_claim: bool) -> str:
    """Where the ways of judging differ on one element, in words; empty where they agree."""
    said = []
    for name, accepted in (("preferred", one.preferred), ("stable", one.stable)):
        if accepted == "no extension":
            said.append(f"there is no {name} extension, so that reading says nothing")
        elif accepted is not None and SIDE.get(accepted, one.label) != one.label:
            said.append(f"it is {accepted.replace('in ', 'in ')} of the {name} extensions")
    if is_claim and one.strength is not None:
        low, high = one.strength
        if (one.label == "stands" and high < NEUTRAL) or (one.label == "falls" and low > NEUTRAL):
            said.append(f"its strength is {_range(low, high)}")
    if not said:
        return ""
    word = {"stands": "It stands", "falls": "It falls", "undecided": "It is undecided"}[one.label]
    return f"{word} by the grounded reading, but {'; '.join(said)}."


def _range(low: float, high: float) -> str:
    return f"{low:.2f}" if high - low < 0.005 else f"between {low:.2f} and {high:.2f}"


def _bodies(
    wiring: Wiring, labels: dict[str, Label], bodies: tuple[tuple[tuple[int, ...], int], ...], wanted: str
) -> list[str]:
    """The links whose sources, with the link, come to this label: "a and b"."""
    out = []
    for sources, link in bodies:
        found = [labels[wiring.ids[e]] for e in (*sources, link)]
        label = "falls" if "falls" in found else "undecided" if "undecided" in found else "stands"
        if label == wanted:
            out.append(" with ".join(wiring.ids[s] for s in sources))
    return list(dict.fromkeys(out))


def _listed(names: list[str]) -> str:
    shown = names[:MOST_NAMED]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return (
        ", ".join(shown[:-1])
        + (" and " if len(shown) > 1 and not more else ", " if more and shown[:-1] else "")
        + shown[-1]
        + more
    )


def _notes(preferred: list[Accepted], stable: list[Accepted], restless: str) -> tuple[str, ...]:
    out = []
    left = preferred.count("not finished")
    if left or "not finished" in stable:
        out.append(f"the time was up before the extensions of {left or len(stable)} claims and links were settled")
    if "no extension" in stable:
        out.append("there is no stable extension: some loop of attacks lets no side win")
    if restless:
        out.append(restless)
    return tuple(out)
