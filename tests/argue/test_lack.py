"""What a conclusion lacks: one of the moves named is in every set of moves that makes it stand."""

from evenhand.argue import Graph, Link, Node, labels, ways_in
from evenhand.argue.grounded import entries
from evenhand.argue.lack import lack
from evenhand.argue.wiring import cone, wire


def lacks(graph: Graph, goal: str) -> tuple[set[str], set[str]] | None:
    wiring = wire(graph)
    at = wiring.index[goal]
    found = lack(wiring, entries(wiring), at, cone(wiring, [at]))
    return None if found is None else ({wiring.ids[i] for i in found[0]}, {wiring.ids[i] for i in found[1]})


def test_what_stands_lacks_nothing() -> None:
    assert lacks(Graph((Node("a"),)), "a") is None


def test_a_conclusion_without_its_premise_lacks_it() -> None:
    graph = Graph(
        (Node("p", given="fails"), Node("q"), Node("c", given="argued")), (Link("l", ("p", "q"), "c", joint=True),)
    )
    found = lacks(graph, "c")
    assert found is not None
    assert found[0] - {"c"} == {"p"}
    assert found[1] == set()


def test_an_attacked_conclusion_lacks_the_fall_of_what_attacks_it() -> None:
    nodes = (Node("p"), Node("c"), Node("d", given="undetermined"))
    graph = Graph(nodes, (Link("l", ("p",), "c", "attack"), Link("m", ("d",), "p", "attack")))
    found = lacks(graph, "c")
    assert found is not None
    assert found[1] == {"p", "l"}
    assert "d" in found[0]
    assert {way.reject or way.show for way in ways_in(graph, "c").sets} == {("p",), ("l",), ("d",)}


def test_claims_that_only_support_each_other_do_not_stand_for_each_other() -> None:
    nodes = (Node("a", given="argued"), Node("b", given="argued"), Node("p", given="fails"))
    graph = Graph(nodes, (Link("l", ("a",), "b"), Link("m", ("b",), "a"), Link("n", ("p",), "a")))
    assert labels(graph)["b"] == "falls"
    found = ways_in(graph, "b")
    assert [way.show for way in found.sets] == [("p",)]
    assert found.complete


def test_where_nothing_helps_that_is_known() -> None:
    """Its only support comes from a claim that attacks it too."""
    nodes = (Node("p", given="fails"), Node("c", given="argued"))
    graph = Graph(nodes, (Link("l", ("p",), "c"), Link("m", ("c",), "l", "attack")))
    found = ways_in(graph, "c")
    assert (len(found.sets), found.complete) == (1, True)  # p shown and the attack on the step rejected
    assert (found.sets[0].show, found.sets[0].reject) == (("p",), ("m",))
    bare = ways_in(Graph((Node("c", given="argued"),)), "c")
    assert (bare.sets, bare.complete) == ((), True)
