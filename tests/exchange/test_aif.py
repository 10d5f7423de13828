"""AIF and xAIF out and in; read back by arguebuf and by ARG-tech's own xaif."""

import html
import io
import json
import re
import warnings

import pytest
from bakeries import TEXT
from hypothesis import given, settings, strategies as st
from random_arguments import argument

from evenhand.cli import run
from evenhand.exchange.aif_read import read_aif
from evenhand.model import BadInputError


def test_a_case_comes_back_as_it_was(exported):
    for form in ("aif", "xaif"):
        found = read_aif(exported(form, f"m.{form}.json").decode(), "m.json")
        words = {claim.id: claim.text for claim in found.claims}
        said = {(tuple(sorted(words[s] for s in k.sources)), words[k.target], k.kind, k.joint) for k in found.links}
        assert said == {
            (("120 is half as many again as 80.", "Its bread is better"), "The old bakery should [stay] open_now.", "support", True),
            (("nobody counted on Sundays",), "120 is half as many again as 80.", "attack", False),
        }  # fmt: skip


def written(graph):
    """What the exporter writes of a graph, by its own writer."""
    from evenhand.exchange.aif import _Writer, link_nodes

    out = _Writer("1970-01-01 00:00:00")
    link_nodes(graph, out)
    return json.dumps({"nodes": out.nodes, "edges": out.edges})


@settings(max_examples=80)
@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(0, 9))
def test_random_arguments_come_back(seed, claims, links):
    graph = argument(claims, links, seed)
    found = read_aif(written(graph), "m")
    name = {claim.id: node.id for claim, node in zip(found.claims, graph.nodes, strict=True)}
    of = {link.id: link for link in found.links}

    def end(target, depth=0):
        return name.get(target) or (sorted(name[s] for s in of[target].sources), end(of[target].target, depth + 1))

    links_by_id = {link.id: link for link in graph.links}

    def meant(target, first=None):
        if target in set(name.values()):
            return target
        link = links_by_id[target]
        sources = link.sources if link.joint else link.sources[:1]
        return (sorted(sources), meant(link.target))

    expected = [
        (sorted(sources), meant(link.target), link.kind)
        for link in graph.links
        for sources in ([link.sources] if link.joint else [(s,) for s in link.sources])
    ]
    assert sorted(map(repr, expected)) == sorted(
        repr((sorted(name[s] for s in k.sources), end(k.target), k.kind)) for k in found.links
    )


def test_the_text_of_xaif_is_the_text_with_its_quotes_marked(exported):
    made = json.loads(exported("xaif"))
    marked = made["text"]["txt"]
    assert html.unescape(re.sub(r"<[^>]*>", "", marked)) == TEXT
    spans = {
        number: html.unescape(words) for number, words in re.findall(r'id="node(\d+)">(.*?)</span>', marked, re.DOTALL)
    }
    said = {node["nodeID"]: node["text"] for node in made["AIF"]["nodes"] if node["type"] == "L"}
    assert {number: " ".join(words.split()) for number, words in spans.items()} == {
        number: " ".join(words.split()) for number, words in said.items()
    }


def test_arguebuf_reads_it(exported):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        arguebuf = pytest.importorskip("arguebuf", reason="arguebuf is not installed: pip install -e '.[interop]'")
        graph = arguebuf.load.aif(json.loads(exported("aif")))
    assert {" ".join(str(node.text).split()) for node in graph.atom_nodes.values()} == {
        "120 is half as many again as 80.", "Its bread is better", "The old bakery should [stay] open_now.", "nobody counted on Sundays",
    }  # fmt: skip
    schemes = [type(node.scheme).__name__ for node in graph.scheme_nodes.values()]
    assert sorted(schemes) == ["Attack", "Support"]


def test_xaif_of_arg_tech_reads_it(exported):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        xaif = pytest.importorskip("xaif", reason="xaif is not installed: pip install -e '.[interop]'")
        found = xaif.AIF(json.loads(exported("xaif")))
    assert found.is_valid_json_aif()
    assert found.is_json_aif_dialog()
    said = next(node["nodeID"] for node in found.nodes if node["type"] == "L")
    assert found.get_speaker(said)[0] == "Ada B. Example"


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("{", "m.json:1:2", "not JSON"),
        ("[1]", "m.json", "not AIF"),
        ('{"nodes": [{"type": "I"}], "edges": []}', "m.json", "node 1 has no nodeID"),
        (
            '{"nodes": [{"nodeID": 1, "type": "I"}], "edges": [{"fromID": 1, "toID": 2}]}',
            "m.json",
            "there is no node 2",
        ),
    ],
)
def test_a_mistake_is_one_clear_message(text, where, said):
    with pytest.raises(BadInputError) as raised:
        read_aif(text, "m.json")
    assert raised.value.problems[0].where == where
    assert said in raised.value.problems[0].message


def test_what_is_neither_claim_nor_link_is_said(tmp_path, capsys):
    nodes = [
        {"nodeID": "1", "type": "I", "text": "a"}, {"nodeID": "2", "type": "MA", "text": "Default Rephrase"},
        {"nodeID": "3", "type": "RA", "text": "Default Inference"}, {"nodeID": "4", "type": "TA", "text": "x"},
    ]  # fmt: skip
    path = tmp_path / "m.aif.json"
    path.write_text(json.dumps({"nodes": nodes, "edges": [{"fromID": "1", "toID": "3"}]}), encoding="utf-8")
    assert run(["import", str(path)]) == 0
    said = io.StringIO(capsys.readouterr().err).read()
    assert "RA-node 3 has nothing that it leads to" in said
    assert "1 rephrases" in said
    assert run(["check", str(tmp_path / "m.case.yaml")]) == 0
