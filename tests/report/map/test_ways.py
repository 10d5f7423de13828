"""Under each conclusion the page tells what the engine found: the smallest ways, what goes with each, what bears the load."""

import re
from dataclasses import replace

from report_builders import audit

from evenhand.argue import Graph, Link, Node, labels, ways_out
from evenhand.audit import argue
from evenhand.report import page
from evenhand.report.map import Told, ways_told

PREMISES = (Node("a", "Rents rose", "holds"), Node("b", "Wages did not", "holds", share=0.9))
ARGUMENT = Graph(
    (*PREMISES, Node("m", "Tenants pay more of what they earn", "argued"), Node("top", "The law failed", "argued"),
     Node("side", "Landlords gained", "argued")),
    (Link("l1", ("a", "b"), "m", joint=True), Link("l2", ("m",), "top"), Link("l3", ("a",), "side")),
)  # fmt: skip


def told(graph: Graph, conclusion: str, numbers: dict[str, Told] | None = None):
    found = argue(graph, {})
    k = found.conclusions.index(conclusion)
    return ways_told(graph, found.ways_out[k], found.ways_in[k], found.load[k], numbers)


def shown(graph: Graph) -> str:
    """The words under the conclusions, without markup."""
    text = page(replace(audit(), argument=argue(graph, {})))
    blocks = re.findall(r'<details class="arg-ways".*?</details>', text, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", " ".join(blocks)))


def test_the_ways_out_and_what_falls_with_each_are_those_of_the_engine():
    found, expected = told(ARGUMENT, "top"), ways_out(ARGUMENT, "top")
    assert found.out
    assert [[one.id for one in way.reject] for way in found.ways] == [list(way.reject) for way in expected.sets[:5]]
    assert [[one.id for one in way.falls] for way in found.ways] == [list(way.falls) for way in expected.sets[:5]]
    for way in found.ways:
        after = labels(ARGUMENT.with_given({one.id: "fails" for one in way.reject}))
        assert after["top"] != "stands"
        assert all(after[one.id] != "stands" for one in way.falls)


def test_the_page_says_them():
    words = shown(ARGUMENT)
    assert "What would bring it down" in words
    assert "reject Rents rose. With it falls: Tenants pay more of what they earn, and Landlords gained." in words
    assert "reject the step from “Tenants pay more of what they earn” to “The law failed”." in words
    assert "Nothing else in the text moves." in words
    assert (
        "Wages did not. If it comes out as said, the conclusion stands; if it comes out otherwise, it falls." in words
    )
    assert "It comes out in 90" in words


def test_a_conclusion_that_falls_is_told_what_it_would_take():
    graph = ARGUMENT.with_given({"b": "fails"})
    words = shown(graph)
    assert "What it would take" in words
    assert "show Wages did not" in words
    assert labels(graph.with_given({"b": "holds"}))["top"] == "stands"


def test_claims_with_a_card_are_named_by_their_number_and_lead_to_it():
    found = told(ARGUMENT, "top", {"m": Told("3", "card-3"), "top": Told("4", "card-4")})
    steps = [one.text for way in found.ways for one in way.reject if one.id == "l2"]
    assert steps == ["the step from claim 3 to claim 4"]
    assert {one.card for way in found.ways for one in way.falls if one.id == "m"} == {"card-3"}


def test_where_more_is_left_or_time_was_up_the_page_says_so():
    many = tuple(Node(f"p{i}", f"Premise {i}", "holds") for i in range(8))
    graph = Graph(
        (*many, Node("top", "All of it", "argued")), (Link("l", tuple(n.id for n in many), "top", joint=True),)
    )
    found = told(graph, "top")
    assert len(found.ways) + found.more == len(ways_out(graph, "top").sets) == 9
    assert "And 4 more ways." in shown(graph)


def test_the_words_of_others_cannot_become_markup():
    graph = Graph((Node("a", "<b>Rents</b>"), Node("top", "So", "argued")), (Link("l", ("a",), "top"),))
    text = page(replace(audit(), argument=argue(graph, {})))
    assert "<b>Rents</b>" not in text
