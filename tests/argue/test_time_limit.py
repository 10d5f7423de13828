"""What cannot be finished in the time given is said, and what was finished before is kept."""

import random
import time

import pytest

from evenhand.argue import Graph, Link, Node, budget, counted, labels, load_bearing, standing, ways_in, ways_out


def tangle(claims: int, attacks: int) -> Graph:
    """Claims that attack each other at random: one large loop."""
    chance = random.Random(1)
    pairs = {tuple(chance.sample(range(claims), 2)) for _ in range(attacks)}
    links = tuple(Link(f"{a}>{b}", (str(a),), str(b), "attack") for a, b in sorted(pairs))
    return Graph(tuple(Node(str(i)) for i in range(claims)), links)


def test_what_the_search_could_not_settle_is_marked_and_said() -> None:
    graph = tangle(300, 5000)
    found = standing(graph, budget=budget(0.0))
    grounded = labels(graph)
    assert {one.id: one.label for one in (*found.claims, *found.links)} == grounded
    assert {one.preferred for one in found.claims if one.label == "undecided"} == {"not finished"}
    assert {one.strength for one in found.claims} == {None}
    assert [note.partition(" before ")[0] for note in found.notes] == ["the time was up"] * 2


def test_the_premises_that_were_not_weighed_are_counted() -> None:
    nodes = (*(Node(f"p{i}") for i in range(5)), Node("top", given="argued"))
    graph = Graph(nodes, tuple(Link(f"l{i}", (f"p{i}",), "top") for i in range(5)))
    found = load_bearing(graph, "top", budget=budget(0.0))
    assert found.bearings == ()
    assert found.note == "the time was up before 5 of 5 premises were weighed"
    assert load_bearing(graph, "top").note == ""
    assert ways_out(graph, "top", budget=budget(0.0)).note.startswith("the time was up")


def test_half_of_the_time_left() -> None:
    assert budget(None).half.ends is None
    now = time.monotonic()
    ends = budget(100.0).half.ends
    assert ends is not None
    assert 49.0 < ends - now < 51.0


def test_open_findings_that_do_not_matter_are_not_tried_out_one_by_one() -> None:
    """A floating conclusion: d is in every preferred extension, whatever 40 open findings turn out to be."""
    opened = [f"o{k}" for k in range(40)]
    pairs = [("a", "b"), ("b", "a"), ("a", "c"), ("b", "c"), ("c", "d"), ("x", "y"), ("y", "z"), ("z", "x")]
    pairs += [(o, "c") for o in opened]
    nodes = (*(Node(x) for x in "abcdxyz"), *(Node(o, given="undetermined") for o in opened))
    graph = Graph(nodes, tuple(Link(f"{s}>{t}", (s,), t, "attack") for s, t in pairs))
    found = standing(graph, budget=budget(20.0))
    assert found.of("d").preferred == "in all"
    assert {found.of(one).preferred for one in ("a", "b", "o7")} == {"in some"}
    assert {found.of(one).preferred for one in ("c", "x")} == {"in none"}


def test_a_size_with_too_many_sets_of_ways_in_is_not_searched_and_that_is_said() -> None:
    """Each of three claims would be borne by any of sixty premises: 216,000 ways in."""
    premises = [Node(f"{x}{i}", given="fails") for x in "abc" for i in range(60)]
    links = [Link(f"l{p.id}", (p.id,), p.id[0]) for p in premises]
    nodes = (*premises, *(Node(x, given="argued") for x in "abc"), Node("top", given="argued"))
    found = ways_in(Graph(nodes, (*links, Link("l", ("a", "b", "c"), "top", joint=True))), "top")
    assert (found.searched, found.sets, found.complete) == (2, (), False)
    assert found.note == "sets of 3 were not looked for: more than 100,000 of them may be enough"


def test_ways_in_of_three_are_found_among_millions_of_sets() -> None:
    """Of 100 premises, 1,274,196 sets of three could be shown; those that are enough are the ones that bear the claim together."""
    premises = [Node(f"p{i}", given="fails") for i in range(100)]
    links = tuple(Link(f"l{i}", (f"p{i}", f"p{i + 1}", f"p{i + 2}"), "top", joint=True) for i in range(98))
    found = ways_in(Graph((*premises, Node("top", given="argued")), links), "top")
    assert {way.show for way in found.sets} == {tuple(f"p{k}" for k in range(i, i + 3)) for i in range(98)}
    assert found.searched == 3


def test_work_is_counted_and_not_the_clock(monkeypatch):
    """However slow the machine, a counted budget stops at the same place."""
    nodes = (Node("c", given="argued"), *(Node(f"p{i}", given="undetermined") for i in range(30)))
    links = tuple(Link(f"l{i}", tuple(f"p{k}" for k in range(i, 30, 3)), "c", "support", joint=True) for i in range(3))
    graph = Graph(nodes, links)

    def found(within):
        told = ways_in(graph, "c", budget=within), ways_out(graph, "c", budget=within)
        return told, load_bearing(graph, "c", budget=within)

    quick = [found(counted(seconds)) for seconds in (0.005, 0.05, 60.0)]
    clock = iter(range(10**9))
    monkeypatch.setattr(time, "monotonic", lambda: 1_000.0 * next(clock))
    assert [found(counted(seconds)) for seconds in (0.005, 0.05, 60.0)] == quick
    assert quick[0] != quick[2]


def test_half_of_the_work_is_kept_for_what_follows():
    whole = counted(1.0)
    half = whole.half
    while not half.spend(10.0):
        pass
    assert half.spent
    assert not whole.spent
    assert whole.work is not None
    assert whole.work.left == pytest.approx(500)
    assert counted(1.0).spend(600, elements=800) is False
    large = counted(1.0)
    assert not large.spend(600, elements=800)  # twice the elements, twice the cost
    assert large.spent
