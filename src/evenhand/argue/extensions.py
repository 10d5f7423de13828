"""Preferred and stable extensions (Dung 1995): which claims are in all of them, which in some.

A SAT solver does the search (python-sat). Preferred extensions are found by growing a labelling until nothing can be
added; whether a claim is in all of them, by looking for one without it (Dvořák, Järvisalo, Wallner, Woltran 2014).
Where no loop has an odd number of attacks, preferred and stable extensions are the same (Dung 1995, theorem 33), and
one question each is enough.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from evenhand.argue.answering import answering
from evenhand.argue.budget import Budget
from evenhand.argue.core import core
from evenhand.argue.encoding import Encoding, encode, loop_clauses
from evenhand.argue.graph import Graph, Label
from evenhand.argue.standing import Accepted
from evenhand.argue.wiring import Wiring, cone, wire

Semantics = Literal["preferred", "stable"]
SOLVER = "glucose4"
CONFLICTS, STRIDE = 500, 10.0  # so many at a time, and what they cost, as budgets count
PATIENCE = 10_000
Grown = tuple[frozenset[int], list[bool]]


class OutOfTimeError(Exception):
    """The budget is spent; caught inside the engine."""


class StalledError(Exception):
    """More conflicts than there was patience for; caught inside the engine."""


@dataclass(slots=True)
class Search:
    """A solver over an encoding. Its labellings are complete, and founded. patience: conflicts after which it gives up."""

    made: Encoding
    solver: Any
    budget: Budget
    patience: int | None = None

    def model(self, assume: Sequence[int]) -> list[bool] | None:
        """Truth by variable, or None where there is no labelling. Raises OutOfTimeError."""
        while True:
            if not self._solved(assume):
                return None
            model = [False, *[literal > 0 for literal in self.solver.get_model()]]  # they come in the variables' order
            model += [False] * (self.made.top + 1 - len(model))
            cuts = loop_clauses(self.made, model) if self.made.looping else []
            if not cuts:
                return model
            for clause in cuts:
                self.solver.add_clause(clause)

    def _solved(self, assume: Sequence[int]) -> bool:
        while True:
            if self.budget.spend(STRIDE, len(self.made.wiring.ids)):
                raise OutOfTimeError
            self.solver.conf_budget(CONFLICTS)
            found = self.solver.solve_limited(assumptions=list(assume))
            if found is not None:
                return bool(found)
            if self.patience is not None:
                self.patience -= CONFLICTS
                if self.patience <= 0:
                    raise StalledError

    def grown(self, model: list[bool], within: Sequence[int]) -> list[bool]:
        """A labelling in which as much stands as can, starting from one. within: the elements that count."""
        inside = set(within)
        opened = [var for i, var in self.made.open.items() if i in inside]
        fixed = [var if model[var] else -var for var in opened]
        while True:
            standing = [self.made.certain[i] for i in within if model[self.made.certain[i]]]
            more = [self.made.certain[i] for i in within if not model[self.made.certain[i]]]
            if not more:
                return model
            switch = self.made.variable()
            self.solver.add_clause([-switch, *more])
            larger = self.model([switch, *standing, *fixed])
            self.solver.add_clause([-switch])
            if larger is None:
                return model
            model = larger

    def other_than(self, model: Sequence[bool], within: Sequence[int]) -> list[int]:
        """What at least one of must be true in every other preferred extension."""
        more = [self.made.certain[i] for i in within if not model[self.made.certain[i]]]
        inside = set(within)
        opened = [var for i, var in self.made.open.items() if i in inside]
        return [*more, *(-var if model[var] else var for var in opened)]


@contextmanager
def searching(wiring: Wiring, budget: Budget) -> Iterator[Search]:
    """A search over an argument; the solver's memory is given back at the end."""
    from pysat.solvers import Solver  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded only where it searches

    made = encode(wiring)
    with Solver(name=SOLVER, bootstrap_with=made.clauses) as solver:
        solver.set_phases(made.certain)  # guess that things stand: first models are large
        yield Search(made, solver, budget)


def extensions(
    graph: Graph, semantics: Semantics, *, most: int | None = None, budget: Budget | None = None
) -> list[frozenset[str]]:
    """The preferred or stable extensions, as sets of claims; ``most`` of them, or all. Raises OutOfTimeError.

    Two extensions that differ only in an undetermined premise's turning out false, or in links, may hold the same claims;
    each set is told once.
    """
    wiring = wire(graph)
    out: dict[frozenset[str], None] = {}
    with searching(wiring, budget or Budget()) as search:
        every = search.made.live
        assume = [search.made.stable] if semantics == "stable" else []
        while most is None or len(out) < most:
            model = _preferred(search, first=not out) if semantics == "preferred" else search.model(assume)
            if model is None:
                break
            standing = [i for i in range(wiring.nodes) if model[search.made.certain[i]]]
            out[frozenset(wiring.ids[i] for i in standing)] = None
            search.solver.add_clause(search.other_than(model, every))
    return list(out)


def _preferred(search: Search, *, first: bool) -> list[bool] | None:
    """A preferred extension. Where the solver stalls at the first, a set that answers every attack is looked for another way."""
    every = search.made.live
    search.patience = PATIENCE if first else None
    try:
        model = search.model([])
        return None if model is None else search.grown(model, every)
    except StalledError:
        search.patience = None
    found = answering(search.made.wiring, search.budget)
    model = search.model([search.made.certain[i] for i in found or ()])
    return None if model is None else search.grown(model, every)


def acceptance(wiring: Wiring, labels: Mapping[str, Label], budget: Budget) -> tuple[list[Accepted], list[Accepted]]:
    """For each element: in how many of the preferred, and of the stable extensions is it?

    labels: the grounded ones; what stands or falls there does so in every extension, so only the rest is searched.
    """
    n = len(wiring.ids)
    sure: dict[Label, Accepted] = {"stands": "in all", "falls": "in none", "undecided": "not finished"}
    known: list[Accepted] = [sure[labels[name]] for name in wiring.ids]
    asked = [i for i in range(n) if known[i] == "not finished"]
    with searching(wiring, budget) as search:
        try:
            stable = _by_stable(search, asked, known)
        except OutOfTimeError:
            return list(known), ["not finished"] * n
        if stable is not None and not odd_loops(wiring):
            return list(stable), stable
        preferred = list(known)
        found: list[Grown] = []
        for i in asked:
            preferred[i] = _by_preferred(search, i, found)
        return preferred, ["no extension"] * n if stable is None else stable


def _by_stable(search: Search, asked: Sequence[int], known: Sequence[Accepted]) -> list[Accepted] | None:
    """None where there is no stable extension."""
    made, on, found = search.made, search.made.stable, list(known)
    model = search.model([on])
    if model is None:
        return None
    seen = {i: {model[made.certain[i]]} for i in asked}
    for i in asked:
        for wanted in (True, False):
            if wanted in seen[i]:
                continue
            model = search.model([on, made.certain[i] if wanted else -made.certain[i]])
            if model is not None:
                for k in asked:
                    seen[k].add(model[made.certain[k]])
        found[i] = "in some" if len(seen[i]) == 2 else "in all" if True in seen[i] else "in none"
    return found


def _by_preferred(search: Search, i: int, found: list[Grown]) -> Accepted:
    try:
        if search.model([search.made.certain[i]]) is None:
            return "in none"
        return "in some" if _without(search, i, found) else "in all"
    except OutOfTimeError:
        return "not finished"


def _without(search: Search, i: int, found: list[Grown]) -> bool:
    """Is there a preferred extension without this element? Only what bears on it counts.

    found: the preferred extensions seen so far, each of the elements that counted then; cut down to what bears on this one
    they are preferred still (directionality, Baroni and Giacomin 2007). Those seen here are added.
    """
    made = search.made
    within = sorted(cone(made.wiring, [i]).intersection(made.live))
    if any(not model[made.certain[i]] and counted.issuperset(within) for counted, model in found):
        return True
    query = made.variable()
    while True:
        model = search.model([query, -made.certain[i]])
        if model is None:
            return False
        model = search.grown(model, within)
        found.append((frozenset(within), model))
        if not model[made.certain[i]]:
            return True
        search.solver.add_clause([-query, *_otherwise(search, i, model, within)])


def _otherwise(search: Search, i: int, model: Sequence[bool], within: Sequence[int]) -> list[int]:
    """What at least one of must be true in every preferred extension without i, given one that has it."""
    made = search.made
    every = cone(made.wiring, [i])
    opened = {o: model[var] for o, var in made.open.items() if o in every}
    idle_links = every.difference(within)
    kept, needed = core(made.wiring, i, idle_links.union(k for k in within if model[made.certain[k]]), opened, every)
    attacked = [-made.possible[k] for k in sorted(kept.difference(idle_links))]
    return [*attacked, *(-made.open[o] if opened[o] else made.open[o] for o in sorted(needed))]


def odd_loops(wiring: Wiring) -> bool:
    """Does some loop run through an odd number of attacks?"""
    return any(loops and _odd(wiring, set(part)) for part, loops in zip(wiring.parts, wiring.loops, strict=True))


def _odd(wiring: Wiring, part: set[int]) -> bool:
    """In a strongly connected part: can its elements not be put on two sides so that attacks cross and supports do not?"""
    arrows: dict[int, list[tuple[int, int]]] = {i: [] for i in part}
    for i in part:
        for bodies, turn in ((wiring.supports[i], 0), (wiring.attacks[i], 1)):
            for sources, link in bodies:
                for s in part.intersection((*sources, link)):
                    arrows[i].append((s, turn))
                    arrows[s].append((i, turn))
    start = min(part)
    side, todo = {start: 0}, [start]
    while todo:
        i = todo.pop()
        for other, turn in arrows[i]:
            if other not in side:
                side[other] = side[i] ^ turn
                todo.append(other)
            elif side[other] != side[i] ^ turn:
                return True
    return False
