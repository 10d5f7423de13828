"""The map: conclusions on top, boxes apart, few crossings, loops and ten thousand claims no trouble."""

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings, strategies as st
from random_arguments import argument, tree

from evenhand.argue import Graph, Link, Node
from evenhand.report.map import Told, map_view, section, svg
from evenhand.report.map.lettering import broken, width_of
from evenhand.report.map.order import Layered, crossings, layered, order
from evenhand.report.map.place import apart
from evenhand.report.map.plan import plan

ARGUMENTS = st.builds(argument, st.integers(1, 14), st.integers(0, 16), st.integers(0, 10**6))


@settings(max_examples=40)
@given(ARGUMENTS)
def test_every_linked_claim_is_drawn_once_and_nothing_overlaps(graph):
    view = map_view(graph)
    touched = {s for link in graph.links for s in link.sources} | {link.target for link in graph.links}
    assert sorted(box.id for box in view.boxes) == sorted(node.id for node in graph.nodes if node.id in touched)
    assert set(view.alone) == {node.id for node in graph.nodes} - touched
    for a, b in combinations(view.boxes, 2):
        aside = abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.01
        below = abs(a.y - b.y) >= (a.height + b.height) / 2 - 0.01
        assert aside or below, (a.id, b.id)
    for box in view.boxes:
        assert box.x - box.width / 2 >= -0.01
        assert box.y + box.height / 2 <= view.height + 0.01


@settings(max_examples=40)
@given(ARGUMENTS)
def test_every_link_is_drawn_with_its_kind(graph):
    view = map_view(graph)
    for link in graph.links:
        bodies = 1 if link.joint or len(link.sources) == 1 else len(link.sources)
        heads = [line for line in view.lines if line.link == link.id and line.head]
        tails = [line for line in view.lines if line.link == link.id and not line.head]
        assert len(heads) == bodies
        assert len(tails) == len(link.sources)
        assert {line.kind for line in heads + tails} == {link.kind}


@settings(max_examples=30)
@given(st.integers(2, 30), st.integers(0, 1000))
def test_in_a_tree_every_premise_is_under_what_it_bears_on_and_no_lines_cross(claims, seed):
    graph = tree(claims, seed)
    where = {box.id: box.y for box in map_view(graph).boxes}
    for link in graph.links:
        assert all(where[source] > where[link.target] for source in link.sources)
    whole = plan(graph)
    lay = layered(whole.below, whole.layer)
    assert crossings(order(lay), lay.down) == 0


def test_crossings_are_counted_one_by_one():
    down = {"a": ["y", "z"], "b": ["x"], "c": ["x", "y"], "x": [], "y": [], "z": []}
    rows = [["a", "b", "c"], ["x", "y", "z"]]
    lines = [(i, rows[1].index(end)) for i, v in enumerate(rows[0]) for end in down[v]]
    slow = sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(lines, 2))
    assert crossings(rows, down) == slow == 5


def test_ordering_finds_the_order_without_crossings():
    down = {"a": ["z"], "b": ["y"], "c": ["x"], "x": [], "y": [], "z": []}
    up = {"a": [], "b": [], "c": [], "x": ["c"], "y": ["b"], "z": ["a"]}
    rows = [["a", "b", "c"], ["x", "y", "z"]]
    assert crossings(rows, down) == 3
    assert crossings(order(Layered(rows, up, down, frozenset(), {})), down) == 0


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(0.1, 5)), min_size=1, max_size=8), st.floats(0, 50))
def test_places_keep_their_order_and_their_space(wanted, space):
    found = apart([w for w, _ in wanted], [h for _, h in wanted], [space] * (len(wanted) - 1))
    assert all(b - a >= space - 1e-6 for a, b in pairwise(found))


def test_loops_and_self_support_are_drawn():
    nodes = tuple(Node(f"c{i}", str(i)) for i in range(3))
    links = (
        Link("a", ("c0",), "c1"),
        Link("b", ("c1",), "c2"),
        Link("c", ("c2",), "c0"),
        Link("d", ("c1",), "c1", "attack"),
    )
    view = map_view(Graph(nodes, links))
    assert len(view.boxes) == 3
    assert sum(line.head for line in view.lines) == 4


def test_of_ten_thousand_claims_the_nearest_are_drawn_and_the_rest_is_counted():
    nodes = tuple(Node(f"c{i}", f"claim {i}") for i in range(10_000))
    links = tuple(Link(f"l{i}", (f"c{i}",), f"c{(i - 1) // 3}") for i in range(1, 10_000))
    made = section(Graph(nodes, links), conclusions=("c0",))
    assert len(made.view.boxes) == 300
    assert len(made.view.left_out) == 9_700
    assert made.outline.more > 0
    assert "c0" in {box.id for box in made.view.boxes}


def test_a_chain_of_five_thousand_is_told_without_breaking():
    nodes = tuple(Node(f"c{i}") for i in range(5_000))
    links = tuple(Link(f"l{i}", (f"c{i}",), f"c{i - 1}") for i in range(1, 5_000))
    made = section(Graph(nodes, links))
    assert len(made.view.boxes) == 300


def test_the_picture_is_well_formed_and_says_what_it_shows():
    graph = argument(9, 12, 3)
    told = {"c0": Told("7", "claim-7", 'the words & "quotes" <b>', "comes out in most ways that we tried")}
    alone = svg(map_view(graph, told=told), links=False, title="A title & more", source="Text: X")
    root = ET.fromstring(alone)  # noqa: S314 - made here
    said = "".join(root.itertext())
    assert "A title & more" in said
    assert "Text: X" in said
    assert "speaks against" in said
    assert 'the words & "quotes" <b>' in said
    dashed = [p for p in root.iter("{http://www.w3.org/2000/svg}path") if "map-line map-attack" in p.get("class", "")]
    assert dashed
    assert all(path.get("stroke-dasharray") for path in dashed)


def test_hostile_texts_stay_texts():
    nodes = (Node("a", '<script>alert(1)</script>"&'), Node("b", "</text></svg><img src=x onerror=alert(1)>"))
    made = section(Graph(nodes, (Link("l", ("a",), "b"),)))
    assert "<script" not in made.picture
    assert "<img" not in made.picture
    ET.fromstring(made.picture)  # noqa: S314 - made here


@pytest.mark.parametrize("text", ["", "a" * 300, "word " * 80, "漢字" * 60, "one"])
def test_lines_fit_their_room(text):
    lines = broken(text, size=13, room=190, most=5)
    assert len(lines) <= 5
    assert all(width_of(line, 13) <= 190 for line in lines)


def test_the_same_argument_gives_the_same_picture():
    assert svg(map_view(argument(12, 14, 5))) == svg(map_view(argument(12, 14, 5)))
