"""Argdown out and in; the Argdown command line reads what we write as we mean it, and real maps as we read them."""

import json
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from other_tools import node_tool
from random_arguments import argument

from evenhand.argue import Graph, Link, Node
from evenhand.cli import run
from evenhand.exchange.argdown.parse import parse
from evenhand.exchange.argdown.read import read_argdown
from evenhand.exchange.argdown.write import argdown_lines
from evenhand.model import BadInputError

MAPS = Path(__file__).parents[2].parent / "shared" / "texts" / "argdown"
RELATIONS = {"contradictory": "contradiction", "contrary": "attack", "entails": "support"}
MISTAKES = [
    ("[A]: text\n\n  + [B]: more", "3:3", "nothing above it"),
    ("[A]: text\n  +\n", "2:3", "nothing stands behind +"),
    ("[A]: text\n    + [B]: b\n  + [C]: c\n", "3:3", "indented like none above it"),
    ("<X>: gist\n\n(1) a\n(2) b\n", "3:1", "no conclusion"),
    ("<X>: gist\n\n(1) a\n----\n", "4:1", "no conclusion below it"),
    ("<X>: gist\n\n(1) a\n--\nrule\n(2) b\n", "4:1", "never closed"),
    ("<X>: gist\n\n(1) a\n----\n(2) b\n(3) c\n", "3:1", "ends with a premise"),
    ("<X>: gist\n\n(1) a\n-- rule {uses: [4]} --\n(2) b\n", "4:1", "uses names (4)"),
    ("[A]: one [B] two\n", "1:10", "in the middle of [A]"),
    ("[A]:\n\n[B]: b\n", "1:1", "defined with no text"),
    ("[A] text behind it\n", "1:5", "text behind [A]"),
    ("/* never closed\n[A]: b\n", "1:1", "comment that is never closed"),
    ("===\ntitle: x\n\n[A]: b\n", "1:1", "front matter that is never closed"),
    ("===\ntitle: [x\n===\n\n[A]: b\n", "1:1", "not YAML"),
    ("[A]: text {a: [1}\n", "1:11", "not YAML"),
    ("\n\n", "", "no statement or argument"),
]


@pytest.mark.parametrize(("text", "place", "said"), MISTAKES)
def test_a_mistake_is_one_message_with_line_and_column(text, place, said):
    with pytest.raises(BadInputError) as raised:
        read_argdown(text, "m.argdown")
    problem = raised.value.problems[0]
    assert problem.where == (f"m.argdown:{place}" if place else "m.argdown")
    assert said in problem.message
    assert problem.hint
    assert len(raised.value.problems) == 1


def test_relations_run_as_their_signs_say():
    text = "[A]: a\n  + [B]: b\n  - [C]: c\n  +> [D]: d\n  -> [E]: e\n  >< [F]: f\n  <+ [G]: g\n  <- [H]: h\n"
    found = {(r.kind, r.source.title, r.target.title) for r in parse(text, "").relations}
    assert found == {
        ("support", "B", "A"), ("attack", "C", "A"), ("support", "A", "D"), ("attack", "A", "E"), ("contradiction", "A", "F"),
        ("support", "G", "A"), ("attack", "H", "A"),
    }  # fmt: skip


def test_a_reconstruction_is_a_link_whose_premises_work_together_and_an_undercut_attacks_it():
    text = "<X>: gist\n  <_ [U]: no\n\n(1) [P]: p\n(2) [Q]: q\n-- from sign --\n(3) [R]: r\n"
    found = read_argdown(text, "m")
    joint = next(link for link in found.links if link.joint)
    assert (joint.sources, joint.target, joint.kind, joint.scheme) == (("P", "Q"), "R", "support", "sign")
    assert any(link.target == joint.id and link.kind == "attack" and link.sources == ("U",) for link in found.links)


def test_what_cannot_be_held_is_said_with_its_line():
    text = "<X>: gist of it #tag\n\n(1) [P]: p\n----\n(2) [R]: r\n\n[S]: s\n  +> <X>\n"
    lost = read_argdown(text, "m.argdown").not_loaded
    assert any(line.startswith("m.argdown:8:3: support of 'X'") for line in lost)
    assert any("gist of it" in line for line in lost)
    assert any("tags tag" in line for line in lost)


def comparable(nodes, links):
    """What an argument says, whatever its non-joint links are called."""
    said = {(node.id, " ".join(node.text.split())) for node in nodes}
    apart = set()
    for link in links:
        for sources in [link.sources] if link.joint or len(link.sources) == 1 else [(s,) for s in link.sources]:
            apart.add((sources, link.target, link.kind, link.scheme))
    return said, apart


SAYINGS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x2FFF), min_size=1, max_size=40)


def named(graph: Graph, texts: list[str]) -> Graph:
    """The argument with other words, and without attacks on links that speak several times."""
    nodes = tuple(
        Node(n.id, t.strip() or n.id, n.given, unstated=n.unstated) for n, t in zip(graph.nodes, texts, strict=False)
    )
    single = tuple(
        Link(k.id, k.sources, k.target, k.kind, len(k.sources) > 1, "sign" if i % 3 else None, k.given)
        for i, k in enumerate(graph.links)
    )
    return Graph(nodes, single)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.lists(SAYINGS, min_size=9, max_size=9))
def test_an_argument_comes_back_as_it_was(seed, texts):
    graph = named(argument(9, 8, seed), texts)
    found = read_argdown("\n".join(argdown_lines(graph, {})), "m")
    back = comparable(found.claims, found.links)
    assert back == comparable(graph.nodes, graph.links)


def by_the_command_line(text: str, folder: Path) -> dict:
    (folder / "m.argdown").write_text(text, encoding="utf-8")
    ran = node_tool("argdown", "json", "m.argdown", "out", cwd=folder)
    made = folder / "out" / "m.json"
    assert made.is_file(), ran.stdout + ran.stderr
    assert "rror" not in ran.stdout.replace("throwExceptions", ""), ran.stdout
    return json.loads(made.read_text(encoding="utf-8"))


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("seed", range(3))
def test_the_argdown_command_line_reads_what_we_write(tmp_path, seed):
    texts = [
        "A [b] <c> {d: 1} @[x] #tag *i* **k** _j_ // no comment", "See https://example.org/a_b?c=d#e (1) - + more.", "“Quotes” & 5 % \\ back",
        ".. :) ... 1. 2. 3.", "A = B = C; a -> b", "plain", "*", "100 % [sic]", "end of it {",
    ]  # fmt: skip
    graph = named(argument(9, 9, seed), texts)
    made = by_the_command_line("\n".join(argdown_lines(graph, {})), tmp_path)
    assert set(made["statements"]) == {node.id for node in graph.nodes}
    for node in graph.nodes:
        words = [plain(one["text"]) for one in made["statements"][node.id]["members"] if one.get("text")]
        assert plain(node.text).replace(" ", "") in [one.replace(" ", "") for one in words], node.text
    assert set(made["arguments"]) == {link.id for link in graph.links}
    for link in graph.links:
        if link.kind == "support":
            titles = [one["title"] for one in made["arguments"][link.id]["pcs"]]
            assert titles == [*link.sources, link.target]


@pytest.mark.shared
@pytest.mark.skipif(not MAPS.is_dir(), reason="the shared folder is not beside the checkout")
@pytest.mark.parametrize("path", sorted(MAPS.glob("*.argdown")) if MAPS.is_dir() else [], ids=lambda path: path.stem)
def test_real_maps_are_read_as_the_command_line_reads_them(tmp_path, path):
    text = path.read_text(encoding="utf-8")
    ours, theirs = parse(text, path.name), by_the_command_line(text, tmp_path)
    assert set(ours.statements) == set(theirs["statements"])
    assert set(ours.arguments) == set(theirs["arguments"])
    for title, argument_ in ours.arguments.items():
        concluded = [one for one in theirs["arguments"][title].get("pcs", ()) if "conclusion" in one.get("role", "")]
        assert [step.conclusion for step in argument_.steps] == [one["title"] for one in concluded]
    said = {(RELATIONS.get(r["relationType"], r["relationType"]), r["from"], r["to"]) for r in theirs["relations"]}
    mine = {(r.kind, r.source.title, r.target.title) for r in ours.relations}
    concluding = {title: a.steps[-1].conclusion for title, a in ours.arguments.items() if a.steps}
    moved = {(kind, concluding.get(source, source), target) for kind, source, target in mine}
    assert said <= mine | moved
    assert all(kind == "support" and source in concluding for kind, source, target in mine - said)


@pytest.mark.shared
@pytest.mark.skipif(not MAPS.is_dir(), reason="the shared folder is not beside the checkout")
@pytest.mark.parametrize("path", sorted(MAPS.glob("*.argdown")) if MAPS.is_dir() else [], ids=lambda path: path.stem)
def test_real_maps_become_casefiles_that_are_in_order(tmp_path, path, capsys):
    assert run(["import", str(path), "-o", str(tmp_path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["claims"] > 10
    assert all(line.startswith(str(path)) for line in said["not_loaded"])
    assert run(["check", str(tmp_path / f"{path.stem}.case.yaml")]) == 0
    words = (tmp_path / f"{path.stem}.txt").read_text(encoding="utf-8")
    found = read_argdown(path.read_text(encoding="utf-8"), path.name)
    assert all(plain(claim.text) in words for claim in found.claims)
    assert len(list(chain(found.links))) == said["links"]
