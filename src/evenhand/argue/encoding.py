"""The argument as clauses, for a SAT solver.

Two variables for each element: it stands (t), and what stands does not bring it down (p). Sets of claims that stand together
and answer every attack are the admissible ones; the largest of them are the preferred extensions, and t = p throughout
gives the stable ones. An undetermined premise is a variable of its own: its finding could
turn out either way, and an extension takes one of the two. Claims that support each other in a loop need more than
their completion: sets that stand on nothing are cut off when they turn up (loop formulas, Lin and Zhao 2004).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from evenhand.argue.grounded import givens
from evenhand.argue.wiring import Bodies, Wiring, strong_parts

Clause = list[int]


@dataclass(slots=True)
class Encoding:
    """clauses: of the admissible labellings. certain, possible: the variables of each element. open: the variable of each
    undetermined one. stable: a variable that, when true, makes them the same. bodies: (sources and link, t, p) by body.
    live: the elements whose label is in question: not the links that nothing attacks. looping: the elements in loops of
    support. top: the highest variable in use.
    """

    wiring: Wiring
    certain: list[int]
    possible: list[int]
    open: dict[int, int]
    stable: int
    clauses: list[Clause] = field(default_factory=list)
    bodies: dict[tuple[tuple[int, ...], int], tuple[int, int]] = field(default_factory=dict)
    live: tuple[int, ...] = ()
    looping: tuple[int, ...] = ()
    top: int = 0

    def variable(self) -> int:
        """A new variable."""
        self.top += 1
        return self.top


def encode(wiring: Wiring) -> Encoding:
    """The clauses of an argument."""
    n = len(wiring.ids)
    found = givens(wiring)
    undetermined = [i for i in range(n) if found[i] == "undetermined"]
    opened = {i: 2 * n + 1 + k for k, i in enumerate(undetermined)}
    top = 2 * n + len(undetermined) + 1
    made = Encoding(wiring, list(range(1, n + 1)), list(range(n + 1, 2 * n + 1)), opened, top, top=top)
    made.live = tuple(i for i in range(n) if not idle(wiring, i))
    for i in made.live:
        t, p = made.certain[i], made.possible[i]
        made.clauses += [[-t, p], [-made.stable, -p, t]]
        if found[i] == "fails":
            made.clauses += [[-t], [-p]]
            continue
        basis = [opened[i]] if i in opened else []
        if found[i] == "holds":
            _define(made, i, None)
        else:
            _define(made, i, basis)
    made.looping = _looping(wiring)
    return made


def _define(made: Encoding, i: int, basis: list[int] | None) -> None:
    """The clauses of an element's t and p from its supports and attacks. basis: None where its finding holds."""
    attacks = [_body(made, *body) for body in made.wiring.attacks[i]]
    supports = [_body(made, *body) for body in made.wiring.supports[i]]
    for own, side in ((made.certain[i], 0), (made.possible[i], 1)):
        against = [-pair[1 - side] for pair in attacks]
        grounds = None if basis is None else [*basis, *(pair[side] for pair in supports)]
        made.clauses += [[-own, lit] for lit in against]
        made.clauses += [] if grounds is None else [[-own, *grounds]]
        if side == 1:
            must = [own, *(-lit for lit in against)]
            made.clauses += [must] if grounds is None else [[*must, -ground] for ground in grounds]


def _body(made: Encoding, sources: tuple[int, ...], link: int) -> tuple[int, int]:
    """The variables of "all sources stand, and so does the link"."""
    found = made.bodies.get((sources, link))
    if found is not None:
        return found
    parts = sources if idle(made.wiring, link) else (*sources, link)
    pair = (_all(made, [made.certain[i] for i in parts]), _all(made, [made.possible[i] for i in parts]))
    made.bodies[sources, link] = pair
    return pair


def idle(wiring: Wiring, i: int) -> bool:
    """Is this a link that was not rejected and that nothing attacks? It stands, come what may."""
    return i >= wiring.nodes and not wiring.attacks[i] and wiring.graph.links[i - wiring.nodes].given == "holds"


def _all(made: Encoding, literals: Sequence[int]) -> int:
    if len(literals) == 1:
        return literals[0]
    both = made.variable()
    made.clauses += [[-both, lit] for lit in literals]
    made.clauses.append([both, *(-lit for lit in literals)])
    return both


def _looping(wiring: Wiring) -> tuple[int, ...]:
    """The elements that lie in loops of support."""
    before = [sorted({s for sources, _ in bodies for s in sources}) for bodies in wiring.supports]
    parts = strong_parts(before)
    return tuple(i for part in parts for i in part if len(part) > 1 or i in before[i])


def loop_clauses(made: Encoding, model: Sequence[bool]) -> list[Clause]:
    """What must hold of the sets in this model that stand on nothing but themselves; none where the model is founded.

    model: by variable; its place 0 is not used.
    """
    out: list[Clause] = []
    for side, variables in ((0, made.certain), (1, made.possible)):
        standing = {i for i in made.looping if model[variables[i]]}
        unfounded = standing - _founded(made, model, standing, side)
        if unfounded:
            grounds = list(_from_outside(made, unfounded, side))
            out += [[-variables[i], *grounds] for i in unfounded]
    return out


def _founded(made: Encoding, model: Sequence[bool], standing: set[int], side: int) -> set[int]:
    """Which of the standing elements can be reached from findings and from supports outside of the loops?"""
    not_yet = set(standing)
    while new := {i for i in not_yet if _has_ground(made, model, i, not_yet, side)}:
        not_yet -= new
    return standing - not_yet


def _has_ground(made: Encoding, model: Sequence[bool], i: int, not_yet: set[int], side: int) -> bool:
    if _by_finding(made, i) or (i in made.open and model[made.open[i]]):
        return True
    bodies = made.wiring.supports[i]
    return any(model[made.bodies[body][side]] and not_yet.isdisjoint(body[0]) for body in bodies)


def _by_finding(made: Encoding, i: int) -> bool:
    wiring = made.wiring
    return i >= wiring.nodes or wiring.graph.nodes[i].given == "holds"


def _from_outside(made: Encoding, unfounded: set[int], side: int) -> Iterator[int]:
    for i in sorted(unfounded):
        if i in made.open:
            yield made.open[i]
        yield from _outside(made, made.wiring.supports[i], unfounded, side)


def _outside(made: Encoding, bodies: Bodies, unfounded: set[int], side: int) -> Iterable[int]:
    return (made.bodies[body][side] for body in bodies if not unfounded.intersection(body[0]))
