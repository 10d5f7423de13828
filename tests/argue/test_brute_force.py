"""The engine against brute force: 10,000 random frameworks of up to 9 arguments, every semantics, and minimal sets.

The brute force looks at every subset of arguments, one bit an argument, all frameworks of one size at once. For graphs with
supports, joint premises and attacked links it builds every ASPIC+ argument and evaluates the framework of these.
"""

import random
from itertools import combinations

import numpy as np
import pytest

from evenhand.argue import Budget, Graph, Link, Node, extensions, labels, ways_in, ways_out
from evenhand.argue.extensions import acceptance
from evenhand.argue.wiring import wire

FRAMEWORKS = 10_000
SIZES = tuple(range(1, 10))
GIVEN = ("holds", "holds", "argued", "argued", "undetermined", "fails")


def frameworks(n: int, count: int) -> np.ndarray:
    """[count, n] who attacks each argument, as bits."""
    rng = np.random.default_rng(n)
    density = rng.uniform(0.05, 0.5, size=(count, 1, 1))
    hits = rng.random((count, n, n)) < density
    return (hits * (1 << np.arange(n))).sum(axis=2)


def every_subset(attackers: np.ndarray) -> dict[str, np.ndarray]:
    """[count, 2 ** n] for each semantics: is this subset one of its extensions?"""
    n = attackers.shape[1]
    subsets = np.arange(1 << n)
    inside = subsets >> np.arange(n)[:, None] & 1 == 1  # [n, 2 ** n]
    hit = np.stack([(subsets[None] & attackers[:, i : i + 1]) != 0 for i in range(n)], axis=1)  # [count, n, 2 ** n]
    out_of = (hit * (1 << np.arange(n))[None, :, None]).sum(axis=1)  # what each subset attacks
    defended = np.stack([(attackers[:, i : i + 1] & ~out_of) == 0 for i in range(n)], axis=1)
    free = (out_of & subsets[None]) == 0
    admissible = free & (defended | ~inside[None]).all(axis=1)
    complete = admissible & (defended == inside[None]).all(axis=1)
    stable = free & ((out_of | subsets[None]) == (1 << n) - 1)
    grounded = complete & ~_has_smaller(complete, n)
    return {"preferred": admissible & ~_has_larger(admissible, n), "stable": stable, "grounded": grounded}


def _has_larger(found: np.ndarray, n: int) -> np.ndarray:
    above = found.copy()
    for i in range(n):
        without = np.flatnonzero(np.arange(1 << n) >> i & 1 == 0)
        above[:, without] |= above[:, without | 1 << i]
    strictly = np.zeros_like(found)
    for i in range(n):
        without = np.flatnonzero(np.arange(1 << n) >> i & 1 == 0)
        strictly[:, without] |= above[:, without | 1 << i]
    return strictly


def _has_smaller(found: np.ndarray, n: int) -> np.ndarray:
    full = (1 << n) - 1
    return _has_larger(found[:, full - np.arange(1 << n)], n)[:, full - np.arange(1 << n)]


def graph_of(row: np.ndarray) -> Graph:
    n = len(row)
    pairs = [(a, b) for b in range(n) for a in range(n) if row[b] >> a & 1]
    return Graph(
        tuple(Node(str(i)) for i in range(n)), tuple(Link(f"{a}>{b}", (str(a),), str(b), "attack") for a, b in pairs)
    )


def sets_of(row: np.ndarray, n: int) -> set[frozenset[str]]:
    return {frozenset(str(i) for i in range(n) if s >> i & 1) for s in np.flatnonzero(row)}


@pytest.mark.parametrize("n", SIZES)
def test_every_semantics_agrees_on_random_frameworks(n: int) -> None:
    count = FRAMEWORKS // len(SIZES) + (n <= FRAMEWORKS % len(SIZES))
    attackers = frameworks(n, count)
    truth = every_subset(attackers)
    for k in range(count):
        graph = graph_of(attackers[k])
        found = labels(graph)
        grounded = frozenset(str(i) for i in range(n) if found[str(i)] == "stands")
        assert {grounded} == sets_of(truth["grounded"][k], n)
        wiring = wire(graph)
        preferred, stable = acceptance(wiring, found, Budget())
        for name, told in (("preferred", preferred), ("stable", stable)):
            rows = np.flatnonzero(truth[name][k])
            for i in range(n):
                inside = [bool(s >> i & 1) for s in rows]
                wanted = (
                    "no extension"
                    if not inside
                    else "in all"
                    if all(inside)
                    else "in some"
                    if any(inside)
                    else "in none"
                )
                assert told[i] == wanted, (name, graph)


@pytest.mark.parametrize("n", SIZES)
def test_extensions_are_all_found(n: int) -> None:
    attackers = frameworks(n, 40)
    truth = every_subset(attackers)
    for k, row in enumerate(attackers):
        for name in ("preferred", "stable"):
            assert set(extensions(graph_of(row), name)) == sets_of(truth[name][k], n)


def grounded_without(attackers: np.ndarray) -> np.ndarray:
    """[count, 2 ** n] the grounded extension, as bits, once a subset of arguments is rejected."""
    count, n = attackers.shape
    gone = np.broadcast_to(np.arange(1 << n), (count, 1 << n))
    stands = np.zeros((count, 1 << n), dtype=np.int64)
    for _ in range(n + 1):
        hit = sum((((stands & attackers[:, i : i + 1]) != 0).astype(np.int64) << i) for i in range(n))
        beaten = hit | gone
        stands = sum(
            (((attackers[:, i : i + 1] & ~beaten) == 0) & (gone >> i & 1 == 0)).astype(np.int64) << i for i in range(n)
        )
    return stands


def brought_down(row: np.ndarray, goal: int, largest: int) -> set[frozenset[str]]:
    """The minimal sets of arguments and attacks, of up to this size, without which the goal is not in the grounded extension."""
    n = len(row)
    elements = [
        *((a, None) for a in range(n) if a != goal),
        *((a, b) for b in range(n) for a in range(n) if row[b] >> a & 1),
    ]
    sets = [one for size in range(1, largest + 1) for one in combinations(range(len(elements)), size)]
    attackers = np.tile(row, (len(sets), 1))
    gone = np.zeros(len(sets), dtype=np.int64)
    for k, one in enumerate(sets):
        for a, b in (elements[e] for e in one):
            if b is None:
                gone[k] |= 1 << a
            else:
                attackers[k, b] &= ~(1 << a)
    stands, places = np.zeros(len(sets), dtype=np.int64), np.arange(n)
    for _ in range(n + 1):
        beaten = (((stands[:, None] & attackers) != 0) << places).sum(axis=1) | gone
        stands = (((attackers & ~beaten[:, None]) == 0) << places).sum(axis=1) & ~gone
    names = [str(a) if b is None else f"{a}>{b}" for a, b in elements]
    found: list[frozenset[str]] = []
    for k in np.flatnonzero(stands >> goal & 1 == 0):
        candidate = frozenset(names[e] for e in sets[k])
        if not any(one < candidate for one in found):
            found.append(candidate)
    return set(found)


@pytest.mark.parametrize("n", SIZES)
def test_minimal_sets_agree_on_random_frameworks(n: int) -> None:
    """Of arguments alone, of any size; and of arguments and attacks together, up to size two."""
    count = FRAMEWORKS // len(SIZES) + (n <= FRAMEWORKS % len(SIZES))
    attackers = frameworks(n, count)
    stands = grounded_without(attackers)
    subsets = np.arange(1 << n)
    goal = n - 1
    candidates = subsets >> goal & 1 == 0
    down = (stands >> goal & 1 == 0) & candidates
    minimal = down & ~_has_smaller(down, n)
    for k in np.flatnonzero(stands[:, 0] >> goal & 1):
        found = ways_out(graph_of(attackers[k]), str(goal), largest=None)
        assert found.complete
        sets = {frozenset(w.reject) for w in found.sets}
        assert {one for one in sets if not any(">" in name for name in one)} == sets_of(minimal[k], n)
        assert {one for one in sets if len(one) <= 2} == brought_down(attackers[k], goal, 2)


# Graphs with supports, joint premises and attacked links: ASPIC+ arguments, built one by one


def random_graph(rng: random.Random, claims: tuple[int, int] = (2, 5), steps: tuple[int, int] = (1, 5)) -> Graph:
    n = rng.randint(*claims)
    nodes = tuple(Node(f"n{i}", given=rng.choice(GIVEN)) for i in range(n))
    links: list[Link] = []
    for k in range(rng.randint(*steps)):
        sources = tuple(f"n{i}" for i in sorted(rng.sample(range(n), rng.choice([1, 1, 2]) if n > 1 else 1)))
        kind = rng.choice(["support", "attack"])
        onto = [x.id for x in links] if kind == "attack" and links and rng.random() < 0.3 else [x.id for x in nodes]
        links.append(Link(f"l{k}", sources, rng.choice(onto), kind, joint=rng.random() < 0.5))
    return Graph(nodes, tuple(links))


def built(graph: Graph) -> list[tuple[str, frozenset[str]]]:
    """Every argument: what it concludes, and every claim and link that it uses.

    That an undetermined finding holds ("+a"), and that it fails ("!a"), are arguments of their own, which attack each other.
    """
    found: dict[tuple[str, frozenset[str]], None] = {}
    for node in graph.nodes:
        if node.given in ("holds", "undetermined"):
            extra = {f"?{node.id}"} if node.given == "undetermined" else set()
            found[node.id, frozenset({node.id, *extra})] = None
        if node.given == "undetermined":
            found[f"+{node.id}", frozenset({f"?{node.id}"})] = None
            found[f"!{node.id}", frozenset({f"!{node.id}"})] = None
    failing = {n.id for n in graph.nodes if n.given == "fails"}
    for _ in range(len(graph.nodes)):
        for link in graph.links:
            bodies = [link.sources] if link.joint else [(s,) for s in link.sources]
            if link.kind != "support" or link.target in failing:
                continue
            for body in bodies:
                for parts in _combined(body, list(found)):
                    used = frozenset({link.target, link.id}).union(*parts)
                    if not any(link.target in part for part in parts):
                        found[link.target, used] = None
    return list(found)


def _combined(body: tuple[str, ...], arguments: list[tuple[str, frozenset[str]]]) -> list[tuple[frozenset[str], ...]]:
    combos: list[tuple[frozenset[str], ...]] = [()]
    for source in body:
        combos = [(*c, used) for c in combos for concluded, used in arguments if concluded == source]
    return combos


def framework_of(graph: Graph) -> tuple[list[tuple[str, frozenset[str]]], list[tuple[int, int]]]:
    """Arguments and attacks. An attack link is an argument of its own that concludes "target is attacked"."""
    arguments = built(graph)
    plain = list(arguments)
    for link in graph.links:
        bodies = [link.sources] if link.joint else [(s,) for s in link.sources]
        for body in bodies if link.kind == "attack" else ():
            for parts in _combined(body, plain):
                arguments.append((f"-{link.target}", frozenset({link.id}).union(*parts)))
    pairs = []
    for a, (concluded, _) in enumerate(arguments):
        for b, (_, used) in enumerate(arguments):
            if concluded.startswith("-") and concluded[1:] in used:
                pairs.append((a, b))
            if concluded.startswith("!") and f"?{concluded[1:]}" in used:
                pairs.append((a, b))
            if concluded.startswith("+") and f"!{concluded[1:]}" in used:
                pairs.append((a, b))
    return arguments, pairs


def aspic(graph: Graph) -> dict[str, set[frozenset[str]]]:
    """The extensions, as sets of claims, from the framework of built arguments; every subset is looked at."""
    arguments, pairs = framework_of(graph)
    n = len(arguments)
    attackers = np.array([[sum(1 << a for a, b in set(pairs) if b == i) for i in range(n)]], dtype=np.int64).reshape(
        1, n
    )
    truth = every_subset(attackers)
    names = {node.id for node in graph.nodes}
    return {
        name: {frozenset(arguments[i][0] for i in range(n) if s >> i & 1 and arguments[i][0] in names) for s in np.flatnonzero(rows[0])}
        for name, rows in truth.items()
    }  # fmt: skip


def small_graphs(count: int, seed: int) -> list[Graph]:
    rng = random.Random(seed)
    out: list[Graph] = []
    while len(out) < count:
        graph = random_graph(rng)
        if 0 < len(framework_of(graph)[0]) <= 11:
            out.append(graph)
    return out


def test_supports_joint_premises_and_attacked_links_agree_with_the_arguments_that_can_be_built() -> None:
    for graph in small_graphs(400, 7):
        truth = aspic(graph)
        found = labels(graph)
        assert {frozenset(n.id for n in graph.nodes if found[n.id] == "stands")} == truth["grounded"], graph
        assert set(extensions(graph, "preferred")) == truth["preferred"], graph
        assert set(extensions(graph, "stable")) == truth["stable"], graph
        for name, told in zip(("preferred", "stable"), acceptance(wire(graph), found, Budget()), strict=True):
            for node, accepted in zip(graph.nodes, told, strict=False):  # the links come after the claims
                inside = [node.id in one for one in truth[name]]
                wanted = "in all" if inside and all(inside) else "in some" if any(inside) else "in none"
                assert accepted == (wanted if inside else "no extension"), (name, node.id, graph)


def test_ways_out_and_in_of_small_graphs_are_all_and_minimal() -> None:
    for graph in small_graphs(60, 11):
        now = labels(graph)
        for node in graph.nodes:
            stands = now[node.id] == "stands"
            found = ways_out(graph, node.id, largest=None) if stands else ways_in(graph, node.id, largest=3)
            told = {frozenset([*((n, "fails") for n in w.reject), *((n, "holds") for n in w.show)]) for w in found.sets}
            assert told == _by_trying(graph, node.id, stands), (graph, node.id)


def test_ways_in_of_larger_graphs_agree_with_trying_every_set() -> None:
    """More claims and links, loops of support and of attack among them, than can be built into arguments one by one."""
    rng = random.Random(3)
    for _ in range(40):
        graph = random_graph(rng, claims=(5, 8), steps=(6, 10))
        lost = next((node.id for node in graph.nodes if labels(graph)[node.id] != "stands"), None)
        if lost is not None:
            told = {(frozenset(w.reject), frozenset(w.show)) for w in ways_in(graph, lost, largest=3).sets}
            tried = _by_trying(graph, lost, stands=False)
            assert told == {
                tuple(frozenset(n for n, g in one if g == to) for to in ("fails", "holds")) for one in tried
            }


def _by_trying(graph: Graph, goal: str, stands: bool) -> set[frozenset[tuple[str, str]]]:
    given = {n.id: n.given for n in graph.nodes} | {k.id: k.given for k in graph.links}
    moves = [(name, "fails") for name, g in given.items() if g in ("holds", "undetermined") and name != goal]
    if not stands:
        moves += [(name, "holds") for name, g in given.items() if g in ("fails", "undetermined") and name != goal]
    found: list[frozenset[tuple[str, str]]] = []
    for size in range(1, (len(moves) if stands else min(3, len(moves))) + 1):
        for chosen in combinations(moves, size):
            twice = len({name for name, _ in chosen}) < size
            if twice or any(one <= set(chosen) for one in found):
                continue
            if (labels(graph.with_given(dict(chosen)))[goal] == "stands") != stands:
                found.append(frozenset(chosen))
    return set(found)
