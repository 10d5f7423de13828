"""Published examples of each semantics, the formats, the share of joint combinations, equations, positions and checks."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from evenhand.argue import (
    Equation,
    Graph,
    Link,
    Node,
    Position,
    Ways,
    broken_chains,
    checks,
    extensions,
    labels,
    load_bearing,
    parse_iccma,
    parting,
    reach,
    schemes,
    standing,
    ways_in,
    ways_out,
    with_chains,
    write_iccma,
)
from evenhand.argue.energy import drawn, strengths
from evenhand.argue.wiring import wire
from evenhand.model import BadInputError

ICCMA = Path(__file__).parents[3] / "shared" / "texts" / "iccma"


def attacks(pairs: str) -> Graph:
    names = sorted(set(pairs.replace(" ", "")))
    links = tuple(Link(f"{a}>{b}", (a,), b, "attack") for a, b in pairs.split())
    return Graph(tuple(Node(name) for name in names), links)


def sets(words: str) -> set[frozenset[str]]:
    return {frozenset(word.strip("-")) for word in words.split()}


@pytest.mark.parametrize(
    ("pairs", "preferred", "stable"),
    [
        ("ab ba", "a b", "a b"),  # the Nixon diamond: Dung 1995, example 9
        ("ab bc", "ac", "ac"),  # example 10
        ("aa", "-", ""),  # one that attacks itself: a preferred extension, empty, and no stable one
        ("ab bc ca", "-", ""),  # an odd cycle has no stable extension
        ("ab bc cd da", "ac bd", "ac bd"),  # an even one has two
        ("ab ba ac bc cd", "ad bd", "ad bd"),  # floating conclusion: d is in both, though neither a nor b is
    ],
)
def test_preferred_and_stable_extensions(pairs: str, preferred: str, stable: str) -> None:
    assert set(extensions(attacks(pairs), "preferred")) == sets(preferred)
    assert set(extensions(attacks(pairs), "stable")) == sets(stable)


def test_a_floating_conclusion_is_where_the_ways_of_judging_disagree() -> None:
    found = standing(attacks("ab ba ac bc cd")).of("d")
    assert (found.label, found.preferred, found.stable) == ("undecided", "in all", "in all")
    assert "in all of the preferred extensions" in found.disagree


def test_potykas_stock_example() -> None:
    """Strengths as Potyka's own Uncertainpy prints them for it (Runge-Kutta, stopped where nothing moves by 1e-3 any more).

    The links are those with which the printed strengths agree.
    """
    names = {"Buy": 0.5, "Sell": 0.5, "1": 0.8, "2": 0.7, "3": 0.3, "4": 0.9, "5": 0.9}
    printed = {"Buy": 0.82082, "Sell": 0.36345, "1": 0.20495, "2": 0.80501, "3": 0.16578, "4": 0.9, "5": 0.9}
    arrows = [("Sell", "Buy", "attack"), ("2", "Buy", "support"), ("5", "Buy", "support"), ("Buy", "Sell", "attack"),
              ("1", "Sell", "support"), ("2", "1", "attack"), ("4", "1", "attack"), ("3", "2", "attack"), ("5", "2", "support"),
              ("4", "3", "attack")]  # fmt: skip
    nodes = tuple(Node(name, share=weight) for name, weight in names.items())
    graph = Graph(nodes, tuple(Link(f"l{i}", (a,), b, kind) for i, (a, b, kind) in enumerate(arrows)))
    found = strengths(wire(graph))
    assert found is not None
    for name, (low, high) in zip(names, found, strict=False):
        assert low == pytest.approx(high, abs=1e-9)
        assert low == pytest.approx(printed[name], abs=1.5e-3)


def test_an_example_of_quantitative_dispute_trees() -> None:
    """Strengths by quadratic energy as the notebook exampleQDT of kcyras/QDT prints them for its Example 4.1."""
    weights = {"a": 0.5, "b": 0.2, "c": 0.85, "d": 0.65, "e": 0.4, "f": 1.0}
    printed = {"a": 0.51875517241626, "b": 0.172413793103448, "c": 0.625, "d": 0.65, "e": 0.4, "f": 1.0}
    arrows = [("b", "a", "support"), ("c", "a", "attack"), ("d", "a", "support"), ("e", "b", "attack"), ("e", "c", "support"),
              ("f", "c", "attack")]  # fmt: skip
    nodes = tuple(Node(name, share=weight) for name, weight in weights.items())
    found = strengths(wire(Graph(nodes, tuple(Link(f"l{i}", (a,), b, kind) for i, (a, b, kind) in enumerate(arrows)))))
    assert found is not None
    assert [low for low, _ in found[: len(nodes)]] == pytest.approx(list(printed.values()), abs=1e-9)
    assert all(low == high for low, high in found[: len(nodes)])


def test_an_example_of_df_quad() -> None:
    """Strengths by DF-QuAD (product aggregation, linear influence) of Rago et al.'s debate, as Uncertainpy prints them.

    The graph is examples/gradual/BAG/RagoEtAlEDemocracy.bag of nicopotyka/Uncertainpy, the strengths are printed in its
    notebook examples/gradual/gradual_argumentation_examples.ipynb ("Computation via Forward Propagation").
    """
    weights = {"A1": 0.5, "A2": 0.5, "P1": 0.7, "P2": 0.5, "P3": 0.9, "C1": 0.2, "C2": 0.2, "C3": 0.6, "C4": 0.5}
    printed = {"A1": 0.862, "A2": 0.85, "P1": 0.7, "P2": 0.08, "P3": 0.9, "C1": 0.2, "C2": 0.2, "C3": 0.6, "C4": 0.5}
    arrows = [("C1", "A2", "attack"), ("C2", "P2", "attack"), ("C3", "P2", "attack"), ("C4", "P2", "attack"),
              ("P1", "A1", "support"), ("P2", "A1", "support"), ("P3", "A2", "support")]  # fmt: skip
    nodes = tuple(Node(name, share=weight) for name, weight in weights.items())
    graph = Graph(nodes, tuple(Link(f"l{i}", (a,), b, kind) for i, (a, b, kind) in enumerate(arrows)))
    found = standing(graph, gradual="df-quad")
    assert [one.strength[0] for one in found.claims if one.strength] == pytest.approx(list(printed.values()), abs=1e-12)


def test_strengths_in_a_loop_are_where_each_rule_rests() -> None:
    """In a loop without a way out, the strengths that flow to rest are those that the rule gives back for themselves."""
    nodes = (Node("a", share=0.8), Node("b", share=0.6), Node("c", share=0.3))
    links = (
        Link("l", ("a",), "b"),
        Link("m", ("b",), "a", "attack"),
        Link("n", ("c",), "a"),
        Link("o", ("b",), "c", "attack"),
    )
    for gradual in ("quadratic energy", "df-quad"):
        a, b, c = (low for low, _ in strengths(wire(Graph(nodes, links)), gradual=gradual)[:3])
        assert a == pytest.approx(drawn(0.8, c - b, gradual), abs=1e-7)
        assert b == pytest.approx(drawn(0.6, a, gradual), abs=1e-7)
        assert c == pytest.approx(drawn(0.3, -b, gradual), abs=1e-7)


def test_df_quad_ranges_hold_every_outcome_of_the_undetermined() -> None:
    nodes = (Node("p", given="undetermined"), Node("q", share=0.4), Node("c", given="argued"))
    graph = Graph(nodes, (Link("l", ("p",), "c"), Link("m", ("q",), "c", "attack"), Link("n", ("p",), "c")))
    low, high = strengths(wire(graph), gradual="df-quad")[2]
    for weight in (0.0, 0.3, 1.0):
        one = strengths(wire(graph), {"p": (weight, weight)}, gradual="df-quad")[2][0]
        assert low - 1e-12 <= one <= high + 1e-12
    assert (low, high) == pytest.approx((0.3, 0.8))


@pytest.mark.parametrize(("kind", "expected"), [("support", 0.75), ("attack", 0.25)])
def test_energy_of_one_is_half_way(kind: str, expected: float) -> None:
    """h(1) = 1/2 (Potyka 2018): one full support draws a weight half of the way to 1, one full attack half of the way to 0."""
    graph = Graph((Node("a", share=1.0), Node("b", share=0.5)), (Link("l", ("a",), "b", kind),))
    assert strengths(wire(graph))[1] == (expected, expected)


def test_an_undetermined_premise_gives_a_range() -> None:
    graph = Graph((Node("a", given="undetermined"), Node("b", given="argued")), (Link("l", ("a",), "b"),))
    assert strengths(wire(graph))[1] == (0.5, 0.75)


def test_ways_out_of_a_chain_and_what_else_falls() -> None:
    graph = with_chains(Graph((Node("c", given="argued"), Node("d", given="argued")), (Link("l", ("c",), "d"),),
                              (Equation("c", ("A", "B", "C")),)))  # fmt: skip
    assert [e.steps for e in graph.equations] == [("c:1", "c:2")]
    graph = graph.with_given({"c:1": "holds", "c:2": "holds"})
    found = ways_out(graph, "c")
    assert {(way.reject, way.falls) for way in found.sets} == {
        (("c:1",), ("d",)),
        (("c:2",), ("d",)),
        (("c:chain",), ("d",)),
    }
    assert found.complete


def test_a_step_that_a_claim_states_is_that_claim() -> None:
    nodes = (Node("whole", given="argued"), Node("step", given="holds"))
    graph = with_chains(Graph(nodes, (), (Equation("whole", ("A", "B", "C")), Equation("step", (" b", "A")))))
    assert graph.equations[0].steps == ("step", "whole:2")


def test_equations_that_do_not_lead_from_end_to_end_are_told() -> None:
    nodes = tuple(Node(n) for n in "xyz")
    equations = (Equation("x", ("A", "B")), Equation("y", ("C", "D")), Equation("z", ("A", "D")))
    broken = Graph(nodes, (Link("l", ("x", "y"), "z", joint=True),), equations)
    assert [check.kind for check in broken_chains(broken)] == ["broken chain"]
    assert not broken_chains(Graph(nodes, broken.links, (equations[0], Equation("y", ("D", "B")), equations[2])))


def test_ways_in_show_premises_and_refute_attackers() -> None:
    nodes = (Node("p", given="fails"), Node("q", given="undetermined"), Node("c", given="argued"))
    graph = Graph(nodes, (Link("l", ("p",), "c"), Link("m", ("q",), "c", "attack")))
    found = ways_in(graph, "c")
    assert {(way.show, way.reject) for way in found.sets} == {(("p",), ("q",)), (("p",), ("m",))}


def test_positions_part_on_what_one_holds_and_the_other_rejects() -> None:
    nodes = (Node("a", given="undetermined"), Node("b", given="undetermined"), Node("c", given="argued"))
    positions = (Position("p", "P", ("a",)), Position("q", "Q", ("b",), ("c",)))
    found = parting(Graph(nodes, (Link("l", ("a",), "c"), Link("m", ("b",), "l", "attack")), (), positions), "p", "q")
    assert (found.apart, found.clashes, found.first_alone) == ((), ("m",), ())
    assert {way.reject for way in found.first_gives} == {("a",), ("l",)}


@pytest.mark.parametrize(
    ("links", "kind"),
    [
        ((Link("l", ("a",), "b"), Link("m", ("b",), "a")), "circular support"),
        ((Link("l", ("a",), "a"),), "its own premise"),
        ((Link("l", ("a",), "b"), Link("m", ("a",), "b", "attack")), "supported and attacked by the same"),
        ((Link("l", ("a", "c"), "b", joint=True), Link("m", ("c", "a"), "b")), "contradictory links"),
        ((Link("l", ("a",), "b", "attack"), Link("m", ("b",), "a", "attack")), "loop of attacks"),
    ],
)
def test_the_shape_is_checked(links: tuple[Link, ...], kind: str) -> None:
    assert kind in {check.kind for check in checks(Graph(tuple(Node(n) for n in "abc"), links))}


def ways(choices: dict[str, list[str]], outcomes: list[int]) -> Ways:
    digits = np.array(list(product(*(range(len(o)) for o in choices.values()))))
    return Ways(tuple(choices), tuple(map(tuple, choices.values())), digits, np.ones(len(digits)), np.array(outcomes))


def both() -> Graph:
    return Graph((Node("p"), Node("q"), Node("c", given="argued")), (Link("l", ("p", "q"), "c", joint=True),))


def test_shared_choices_are_taken_together() -> None:
    """Two premises, each holding under one of two rules: one and the same rule, different rules, or rules of their own."""
    same = {"p": ways({"rule": ["x", "y"]}, [1, 0]), "q": ways({"rule": ["x", "y"]}, [1, 0])}
    other = {"p": same["p"], "q": ways({"rule": ["x", "y"]}, [0, 1])}
    apart = {"p": same["p"], "q": ways({"other": ["x", "y"]}, [1, 0])}
    assert [reach(both(), "c", w).stands for w in (same, other, apart)] == [0.5, 0.0, 0.25]
    assert reach(both(), "c", same).apart == 0.25


def test_options_that_only_one_premise_lists_are_its_own() -> None:
    w = {"p": ways({"rule": ["x", "y"]}, [1, 0]), "q": ways({"rule": ["x", "z"]}, [1, 0])}
    found = reach(both(), "c", w)
    assert (found.stands, found.apart) == (0.5, 0.25)
    assert found.shared == (("rule", ("p", "q")),)


def test_a_conclusion_from_one_premise_has_its_share_and_what_could_not_be_judged_is_undecided() -> None:
    graph = Graph((Node("p"), Node("c", given="argued")), (Link("l", ("p",), "c"),))
    found = reach(graph, "c", {"p": ways({"rule": ["x", "y", "z", "w"]}, [1, 0, 3, 2])})
    assert (found.stands, found.falls, found.undecided) == (0.25, 0.5, 0.25)


def test_the_joint_share_agrees_with_counting_every_combination() -> None:
    rng = np.random.default_rng(5)
    choices = [{"a": ["1", "2", "3"], "b": ["x", "y"]}, {"a": ["1", "2", "3"]}, {"b": ["x", "y"], "c": ["m", "n"]}]
    graph = Graph((Node("p"), Node("q"), Node("r"), Node("c", given="argued")),
                  (Link("l", ("p", "q"), "c", joint=True), Link("m", ("r",), "l", "attack"), Link("n", ("r",), "c")))  # fmt: skip
    for _ in range(20):
        outcomes = [rng.integers(0, 4, int(np.prod([len(o) for o in c.values()]))).tolist() for c in choices]
        found = reach(graph, "c", {n: ways(c, o) for n, c, o in zip("pqr", choices, outcomes, strict=True)})
        count = {"stands": 0, "falls": 0, "undecided": 0}
        for a, b, c in product(range(3), range(2), range(2)):
            taken = (outcomes[0][2 * a + b], outcomes[1][a], outcomes[2][2 * b + c])
            given = {
                n: {0: "fails", 1: "holds", 2: "fails", 3: "undetermined"}[t] for n, t in zip("pqr", taken, strict=True)
            }
            count[labels(graph.with_given(given))["c"]] += 1
        assert (found.stands, found.falls, found.undecided) == pytest.approx([n / 12 for n in count.values()])


def test_what_bears_most_and_how_far_it_would_have_to_move() -> None:
    nodes = (Node("p", share=0.8), Node("q", share=0.9), Node("c", given="argued"))
    graph = Graph(nodes, (Link("l", ("p",), "c"), Link("m", ("q",), "c", "attack"))).with_given({"q": 0.1})
    found = {one.premise: one for one in load_bearing(graph, "c").bearings}
    assert (found["p"].needed, found["p"].becomes) == (0.7, "undecided")
    assert (found["q"].needed, found["q"].becomes) == (0.3, "undecided")


@pytest.mark.parametrize("form", ["af", "apx", "tgf"])
def test_iccma_formats_are_read_and_written(form: str) -> None:
    text, lost = write_iccma(attacks("ab ba bc"), form)
    again = parse_iccma(text, form)
    assert len(again.nodes) == 3
    assert len(again.links) == 3
    assert lost == ()
    assert write_iccma(again, form)[0].splitlines()[-1] == text.splitlines()[-1]


@pytest.mark.parametrize(
    ("form", "text", "place"),
    [("af", "p af 2\n1 3\n", "f:2"), ("af", "1 2\n", "f:1"), ("apx", "arg(a).\natt(a,b).\n", "f:2"), ("apx", "arg(a)\n", "f:1"),
     ("tgf", "a\n#\na\n", "f:3"), ("tgf", "a\nb\n", "f")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_line(form: str, text: str, place: str) -> None:
    with pytest.raises(BadInputError) as error:
        parse_iccma(text, form, where="f")
    assert error.value.problems[0].where == place


@pytest.mark.shared
def test_the_iccma_examples_are_read_and_grounded() -> None:
    if not ICCMA.is_dir():
        pytest.skip("the folder of frameworks is not beside the checkout")
    graph = parse_iccma((ICCMA / "b.tgf").read_text(), "tgf")
    found = labels(graph)
    assert found["a"] == "stands"
    assert found["b"] == "falls"


def test_every_scheme_has_questions() -> None:
    assert {"example", "consequence", "authority", "analogy", "sign"} <= set(schemes())
    assert all(len(one.questions) >= 2 and one.unsaid for one in schemes().values())


def test_ten_thousand_claims_in_a_row_and_in_a_ring() -> None:
    nodes = tuple(Node(f"n{i}", given="argued" if i else "holds") for i in range(10_000))
    row = tuple(Link(f"l{i}", (f"n{i}",), f"n{i + 1}") for i in range(9_999))
    assert labels(Graph(nodes, row))["n9999"] == "stands"
    ring = (*row, Link("back", ("n9999",), "n1"))
    assert labels(Graph(nodes, ring))["n9999"] == "stands"
