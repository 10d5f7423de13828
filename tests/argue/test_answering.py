"""Sets that answer every attack, found by local search: checked by the definition, the same in every run."""

import random
import sys

import pytest

from evenhand.argue import Graph, Link, Node, budget, extensions
from evenhand.argue.answering import answering
from evenhand.argue.wiring import wire

ENGINE = sys.modules["evenhand.argue.extensions"]
Pairs = set[tuple[int, int]]


def framework(pairs: Pairs, size: int) -> Graph:
    links = tuple(Link(f"{a}>{b}", (str(a),), str(b), "attack") for a, b in sorted(pairs))
    return Graph(tuple(Node(str(i)) for i in range(size)), links)


def halves(size: int, sets: int, seed: int) -> Pairs:
    """Each of so many random halves attacks every argument outside it once."""
    chance = random.Random(seed)
    out: Pairs = set()
    for _ in range(sets):
        inside = [i for i in range(size) if chance.random() < 0.5]
        out |= {(chance.choice(inside), i) for i in range(size) if i not in set(inside)}
    return out


def answers(found: set[int], pairs: Pairs) -> bool:
    attacked = {b for a, b in pairs if a in found}
    return not attacked & found and {a for a, b in pairs if b in found} <= attacked


def test_what_is_found_attacks_all_that_attack_it_and_none_of_its_own() -> None:
    for seed in range(4):
        pairs = halves(200, 40, seed)
        wiring = wire(framework(pairs, 200))
        found = answering(wiring, budget(None))
        assert found
        assert answers(set(found), pairs)
        assert found == answering(wiring, budget(None))


def test_what_attacks_itself_is_in_no_set() -> None:
    ring = {(0, 0), (0, 1), (1, 2), (2, 1)}
    assert answering(wire(framework(ring, 3)), budget(None)) == [2]


def test_nothing_is_found_where_there_is_nothing() -> None:
    odd = {(0, 1), (1, 2), (2, 0)}
    assert answering(wire(framework(odd, 3)), budget(None), steps=10_000) is None
    assert answering(wire(framework({(0, 1), (1, 0)}, 2)), budget(0.0)) is None


def test_more_than_attacks_of_claims_on_claims_is_left_to_the_solver() -> None:
    two = (Link("l", ("a",), "b", "attack"), Link("k", ("b",), "a", "attack"))
    nodes = (Node("a"), Node("b"))
    assert answering(wire(Graph(nodes, two)), budget(None))
    assert answering(wire(Graph(nodes, (*two, Link("m", ("a",), "b")))), budget(None)) is None
    assert answering(wire(Graph((*nodes, Node("c")), (*two, Link("m", ("c",), "l", "attack")))), budget(None)) is None
    assert answering(wire(Graph((nodes[0], Node("b", given="undetermined")), two)), budget(None)) is None


def test_a_preferred_extension_is_found_where_the_solver_stalls(monkeypatch: pytest.MonkeyPatch) -> None:
    stalled = []

    def stall(search: object, assume: list[int]) -> bool:
        if search.patience is not None:  # type: ignore[attr-defined]
            stalled.append(1)
            raise ENGINE.StalledError
        return solved(search, assume)

    solved = ENGINE.Search._solved  # noqa: SLF001
    every = [set(extensions(framework(halves(30, 8, seed), 30), "preferred")) for seed in range(5)]
    monkeypatch.setattr(ENGINE.Search, "_solved", stall)
    for seed in range(5):
        assert set(extensions(framework(halves(30, 8, seed), 30), "preferred", most=1)) <= every[seed]
        assert set(extensions(framework(halves(30, 8, seed), 30), "preferred")) == every[seed]
    assert stalled
