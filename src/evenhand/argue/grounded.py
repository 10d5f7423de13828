"""What stands for certain: the grounded labels, for one state of the findings or for thousands at once.

The argument is read as ASPIC+ does (Prakken 2010), with its links as defeasible rules: a claim stands where its finding holds or
a support of it stands, and every attack on it falls. The labels are the well-founded ones: on a graph of attacks alone
Dung's grounded extension (1995), with supports the grounded extension of the arguments that can be built from the
links (Caminada, Sá, Alcântara, Dvořák 2015). Claims that only support each other stand on nothing, and fall.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.argue.graph import Given, Graph, Label
from evenhand.argue.wiring import Bodies, Wiring, wire

Bits = int


@dataclass(frozen=True, slots=True)
class Entries:
    """What each element enters with, in each of many states of the findings: one bit a state.

    sure, maybe: per element, the states in which it has a finding that holds, and those in which it holds or is
    undetermined. barred: the states in which it is rejected, or its finding fails. width: how many states.
    """

    sure: list[Bits]
    maybe: list[Bits]
    barred: list[Bits]
    width: int


def labels(graph: Graph) -> dict[str, Label]:
    """The grounded label of every claim and link."""
    wiring = wire(graph)
    return labels_of(wiring, entries(wiring))


def labels_of(wiring: Wiring, given: Entries) -> dict[str, Label]:
    """The labels in the first state."""
    certain, possible = settle(wiring, given)
    return {name: _label(certain[i], possible[i]) for i, name in enumerate(wiring.ids)}


def givens(wiring: Wiring) -> list[Given]:
    """What each element enters with: nodes, then links."""
    return [*(n.given for n in wiring.graph.nodes), *(k.given for k in wiring.graph.links)]


def entries(wiring: Wiring, width: int = 1, changes: Mapping[int, tuple[Bits, Bits]] | None = None) -> Entries:
    """The graph's own findings in every state, save where they are changed.

    changes: per element, (the states in which it is rejected, those in which it is shown).
    """
    every = (1 << width) - 1
    found = givens(wiring)
    sure = [every if g == "holds" else 0 for g in found]
    maybe = [every if g in {"holds", "undetermined"} else 0 for g in found]
    barred = [every if g == "fails" else 0 for g in found]
    for i, (rejected, shown) in (changes or {}).items():
        sure[i] = (sure[i] | shown) & ~rejected
        maybe[i] = (maybe[i] | shown) & ~rejected
        barred[i] = (barred[i] & ~shown) | rejected
    return Entries(sure, maybe, barred, width)


def settle(wiring: Wiring, given: Entries, within: set[int] | None = None) -> tuple[list[Bits], list[Bits]]:
    """For each element, the states in which it stands for certain, and those in which it may stand.

    Where it may stand but does not for certain it is undecided; where it may not, it falls. within: only these, which must
    hold all that bears on them; the others are left at 0.
    """
    every = (1 << given.width) - 1
    certain, possible = [0] * len(wiring.ids), [0] * len(wiring.ids)
    for part, loops in zip(wiring.parts, wiring.loops, strict=True):
        if within is not None and part[0] not in within:
            continue
        if not loops:
            i = part[0]
            certain[i] = _once(wiring, i, given.sure[i], certain, possible) & ~given.barred[i] & every
            possible[i] = _once(wiring, i, given.maybe[i], possible, certain) & ~given.barred[i] & every
        else:
            _settle_loop(wiring, part, given, certain, possible)
    return certain, possible


def _settle_loop(
    wiring: Wiring, part: Sequence[int], given: Entries, certain: list[Bits], possible: list[Bits]
) -> None:
    """The alternating fixpoint (Van Gelder 1993) within one strongly connected part."""
    every = (1 << given.width) - 1
    while True:
        before = [possible[i] for i in part]
        least(wiring, part, given.maybe, given.barred, possible, certain, every)
        least(wiring, part, given.sure, given.barred, certain, possible, every)
        if [possible[i] for i in part] == before:
            return


def least(
    wiring: Wiring,
    part: Sequence[int],
    basis: list[Bits],
    barred: list[Bits],
    own: list[Bits],
    other: list[Bits],
    every: Bits,
) -> None:
    """The least states of ``own`` in this part, given that attacks come from ``other``."""
    free = {i: ~barred[i] & ~_any(wiring.attacks[i], other) & every for i in part}
    for i in part:
        own[i] = 0
    grew = True
    while grew:
        grew = False
        for i in part:
            now = (basis[i] | _any(wiring.supports[i], own)) & free[i]
            if now != own[i]:
                own[i], grew = now, True


def _once(wiring: Wiring, i: int, basis: Bits, own: list[Bits], other: list[Bits]) -> Bits:
    return (basis | _any(wiring.supports[i], own)) & ~_any(wiring.attacks[i], other)


def _any(bodies: Bodies, states: list[Bits]) -> Bits:
    """The states in which one of these links carries: all its sources stand, and so does it."""
    out = 0
    for sources, link in bodies:
        carried = states[link]
        for source in sources:
            carried &= states[source]
        out |= carried
    return out


def _label(certain: Bits, possible: Bits) -> Label:
    if certain & 1:
        return "stands"
    return "undecided" if possible & 1 else "falls"
