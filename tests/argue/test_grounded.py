"""Grounded labels: the examples of the literature, then what supports, joint premises and attacked links add."""

import pytest

from evenhand.argue import Graph, Link, Node, labels
from evenhand.model import BadInputError


def attacks(pairs: str, more: str = "") -> Graph:
    """A graph of attacks alone: "ab ba" is a and b attacking each other."""
    names = sorted({*pairs.replace(" ", ""), *more})
    links = tuple(Link(f"{a}>{b}", (a,), b, "attack") for a, b in pairs.split())
    return Graph(tuple(Node(name) for name in names), links)


def told(graph: Graph) -> str:
    """The claims' labels in order: i in, o out, u undecided."""
    found = labels(graph)
    return "".join({"stands": "i", "falls": "o", "undecided": "u"}[found[node.id]] for node in graph.nodes)


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (attacks("ab bc"), "ioi"),  # Dung 1995, example 3 and 10: c, though attacked by b, is defended by a
        (attacks("ab ba"), "uu"),  # the Nixon diamond (Dung 1995, example 9)
        (attacks("ab bc ca"), "uuu"),  # an odd cycle
        (attacks("ab bc cd da"), "uuuu"),  # an even cycle
        (attacks("aa"), "u"),  # an argument that attacks itself
        (
            attacks("ab ba ac bc cd"),
            "uuuu",
        ),  # floating acceptance: sceptics of preferred semantics take d, grounded does not
        (attacks("", "a"), "i"),
    ],
)
def test_examples_of_the_literature(graph: Graph, expected: str) -> None:
    assert told(graph) == expected


def test_claims_that_only_support_each_other_stand_on_nothing() -> None:
    graph = Graph(
        (Node("a", given="argued"), Node("b", given="argued")), (Link("1", ("a",), "b"), Link("2", ("b",), "a"))
    )
    assert told(graph) == "oo"
    assert told(graph.with_given({"a": "holds"})) == "ii"


@pytest.mark.parametrize(("joint", "expected"), [(True, "ioo"), (False, "ioi")])
def test_joint_premises_stand_together_or_not_at_all(joint: bool, expected: str) -> None:
    nodes = (Node("a"), Node("b", given="fails"), Node("c", given="argued"))
    assert told(Graph(nodes, (Link("1", ("a", "b"), "c", joint=joint),))) == expected


def test_a_link_that_falls_carries_nothing() -> None:
    nodes = (Node("a"), Node("b", given="argued"), Node("objection"))
    graph = Graph(nodes, (Link("1", ("a",), "b"), Link("2", ("objection",), "1", "attack")))
    assert told(graph) == "ioi"
    assert labels(graph)["1"] == "falls"
    assert told(graph.with_given({"objection": "undetermined"})) == "iuu"


def test_a_finding_that_fails_is_not_mended_by_support() -> None:
    graph = Graph((Node("a"), Node("b", given="fails")), (Link("1", ("a",), "b"),))
    assert told(graph) == "io"


def test_a_graph_with_holes_is_refused_whole() -> None:
    with pytest.raises(BadInputError) as error:
        Graph((Node("here"), Node("here")), (Link("1", ("her",), "there"), Link("2", (), "here")))
    told_ = [str(problem) for problem in error.value.problems]
    assert len(told_) == 4
    assert "did you mean 'here'?" in told_[1]
