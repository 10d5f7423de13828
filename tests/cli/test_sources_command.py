"""``evenhand sources`` and ``evenhand consensus``: the how-tos work as written, both speak JSON, mistakes have one message."""

import json
import re
from pathlib import Path

import pytest

from evenhand.cli import run

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(autouse=True)
def _alone(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def written(name: str) -> None:
    """The tables of a how-to, as files."""
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    for file, block in re.findall(r"^```csv (\S+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        Path(file).write_text(block, encoding="utf-8")


def test_ten_feeds_and_one_wire_story(capsys):
    written("how-to-ten-feeds")
    assert run(["sources", "--testimony", "feeds.csv", "--ties", "ties.csv", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    rows = {row["kind"]: row["answer"] for row in told["without"]}
    assert (rows["all-ties"], rows["no-ties"], rows["without"]) == ("open", "closed", "open")
    closed = next(voices for voices in told["voices"] if voices["value"] == "closed")
    assert (closed["heads"], closed["by_roots"]) == (10, 1)
    assert run(["sources", "--testimony", "feeds.csv", "--ties", "ties.csv", "--sweep"]) == 0
    said = capsys.readouterr().out
    assert "Ties can show that voices depend on one another; that none is known shows nothing." in said
    assert "These figures alone do not decide" in said


def test_ties_from_followthemoney_entities(capsys):
    entities = [
        {"id": "pay", "schema": "Payment", "properties": {"payer": ["the-mill"], "beneficiary": ["feed"], "sourceUrl": ["x"]}},
        {"id": "the-mill", "schema": "Company", "properties": {"name": ["The Mill"]}},
        {"id": "feed", "schema": "Company", "properties": {"name": ["a feed"]}},
    ]  # fmt: skip
    Path("entities.jsonl").write_text("\n".join(map(json.dumps, entities)), encoding="utf-8")
    Path("t.csv").write_text("source,item,value\na feed,x,yes\nb,x,no\n", encoding="utf-8")
    assert run(["sources", "--testimony", "t.csv", "--ties", "entities.jsonl", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(tie["from_"], tie["to"], tie["kind"]) for tie in told["ties"]] == [("a feed", "The Mill", "funding")]
    assert [group["members"] for group in told["groups"]] == [["a feed"]]
    assert (
        run(["sources", "--testimony", "t.csv", "--ties", "entities.jsonl", "--side", "The Mill=mill", "--json"]) == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert [(group["party"], group["side"]) for group in told["groups"]] == [("The Mill", "mill")]
    assert {row["kind"]: row["removed"] for row in told["without"]}["without-side"] == ["a feed"]
    for side, says in (("The Mil=mill", "did you mean The Mill?"), ("The Mill", "is no party and side")):
        assert run(["sources", "--testimony", "t.csv", "--ties", "entities.jsonl", "--side", side]) == 2
        assert says in capsys.readouterr().err
    Path("entities.jsonl").write_text("from,to,kind\n", encoding="utf-8")
    assert run(["sources", "--testimony", "t.csv", "--ties", "entities.jsonl"]) == 2
    assert "this is no FollowTheMoney entity" in capsys.readouterr().err


CASE = """\
version: 1
text: {file: t.txt}
sources:
- {id: miller-2001, citation: "Miller, Ann (2001), The Mill"}
- {id: weir-2002, citation: "Weir Board (2002), Report of a very long name that nobody would want to see cut off in the middle of it, volume two"}
claims:
- {id: c1, kind: consensus, quote: "The mill is safe.", reads: The mill is safe., cites: [miller-2001, weir-2002]}
"""
ENTITIES = [
    {"id": "e1", "schema": "Employment", "properties": {"employer": ["mill"], "employee": ["ann"], "sourceUrl": ["x"]}},
    {"id": "o1", "schema": "Ownership", "properties": {"owner": ["trust"], "asset": ["mill"], "sourceUrl": ["x"]}},
    {"id": "ann", "schema": "Person", "properties": {"name": ["Ann Miller"]}},
    {"id": "mill", "schema": "Company", "properties": {"name": ["The Mill"]}},
    {"id": "trust", "schema": "Company", "properties": {"name": ["The Trust"]}},
]  # fmt: skip


def test_entities_beside_a_casefile(capsys):
    """Found by the author's name; whom the party is tied to stands behind it; nothing is cut."""
    Path("t.txt").write_text("The mill is safe.", encoding="utf-8")
    Path("t.case.yaml").write_text(CASE, encoding="utf-8")
    Path("e.jsonl").write_text("\n".join(map(json.dumps, ENTITIES)), encoding="utf-8")
    assert run(["sources", "t.case.yaml", "--ties", "e.jsonl", "--side", "The Mill=mill", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(tie["source"], tie["to"], tie["side"]) for tie in told["ties"]] == [
        ("miller-2001", "The Mill", "mill"), ("The Mill", "The Trust", ""),
    ]  # fmt: skip
    assert run(["sources", "t.case.yaml", "--ties", "e.jsonl"]) == 0
    said = capsys.readouterr().out
    assert "…" not in said
    assert "middle of it, volume two" in " ".join(said.split())
    assert max(map(len, said.splitlines())) <= 100
    Path("k.csv").write_text("from,to,kind\nsomebody,The Mill,funding\n", encoding="utf-8")
    assert run(["sources", "t.case.yaml", "--ties", "k.csv"]) == 2
    assert "no tie leads from a source of the casefile: ties are from somebody" in capsys.readouterr().err


def test_every_fixed_point_is_told(capsys):
    rows = "a,q1,yes|a,q2,yes|a,q3,no|a,q4,yes|b,q1,yes|b,q2,no|b,q3,no|b,q4,no|c,q1,no|c,q2,no|c,q3,yes|c,q4,no|d,q1,yes|d,q3,yes"
    Path("t.csv").write_text("source,item,value\n" + rows.replace("|", "\n"), encoding="utf-8")
    assert run(["sources", "--testimony", "t.csv", "--method", "dawid-skene"]) == 0
    said = capsys.readouterr().out
    assert "Every fixed point of dawid-skene, by where it starts" in said
    assert "The first 2 are as likely: these figures alone do not decide between them." in said
    answers = {}
    for start in ("shares", "majority"):
        assert run(["sources", "--testimony", "t.csv", "--method", "one-coin", "--start", start, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        first = next(point for point in told["fixed_points"] if start in point["starts"])
        answers[start] = {row["item"]: row["answer"] for row in told["without"] if row["kind"] == "all-ties"}
        assert answers[start] == first["answers"]
    assert answers["shares"] != answers["majority"]


def test_disputed_tolls(capsys):
    written("how-to-disputed-tolls")
    assert run(["sources", "--testimony", "tolls.csv", "--ties", "toll-ties.csv", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {row["side"] for row in told["without"]} == {"", "government", "exiles"}
    swapped = Path("toll-ties.csv").read_text(encoding="utf-8").replace(",government\n", ",x\n")
    Path("swapped.csv").write_text(
        swapped.replace(",exiles\n", ",government\n").replace(",x\n", ",exiles\n"), encoding="utf-8"
    )
    assert run(["sources", "--testimony", "tolls.csv", "--ties", "swapped.csv", "--json"]) == 0
    other = json.loads(capsys.readouterr().out)
    numbers = [
        {(r["kind"], r["side"], r["party"]): (r["answer"], r["low"], r["high"], r["left"]) for r in t["without"]}
        for t in (told, other)
    ]
    turn = {"government": "exiles", "exiles": "government", "": ""}
    assert numbers[0] == {(kind, turn[side], party): found for (kind, side, party), found in numbers[1].items()}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name a casefile, or a table with --testimony"),
        (["a.yaml", "--testimony", "t.csv"], "name a casefile, or a table with --testimony"),
        (["nobody.case.yaml", "--ties", "t.csv"], "there is no such file"),
        (["--testimony", "t.csv", "--start", "majority"], "--start does not go with accu-copy"),
        (["--testimony", "t.csv", "--method", "one-coin", "--start", "x"], "there is no start ‘x’; one of shares, majority"),
        (["--testimony", "t.csv", "--side", "a=b"], "--side goes with --ties"),
        (["nobody.case.yaml"], "there is no such file"),
        (["--testimony", "nobody.csv"], "there is no such file"),
        (["--testimony", "t.csv", "--method", "vot"], "there is no method ‘vot’"),
        (["--testimony", "n.csv", "--sweep"], "there is nothing to sweep"),
        (["--testimony", "t.csv", "--ties", "k.csv"], "'fondness' is no kind of tie"),
    ],
)  # fmt: skip
def test_mistakes_of_sources(arguments, says, capsys):
    Path("t.csv").write_text("source,item,value\na,x,yes\n", encoding="utf-8")
    Path("n.csv").write_text("source,item,value\na,x,1\nb,x,2\n", encoding="utf-8")
    Path("k.csv").write_text("from,to,kind\na,b,fondness\n", encoding="utf-8")
    assert run(["sources", *arguments]) == 2
    out = capsys.readouterr()
    assert says in out.err
    assert "Traceback" not in out.err
    assert out.out == ""


def test_an_effort_is_told_for_both(capsys):
    quick = [
        "--inquirers",
        "6",
        "--hears",
        "3",
        "--runs",
        "200",
        "--size",
        "10",
        "--reach",
        "1",
        "--spent-for",
        "20,10,0.9",
    ]
    assert run(["consensus", "effort", *quick, "--agreement", "the mill is harmless"]) == 0
    said = capsys.readouterr().out
    assert "To make 50% of the public believe “the mill is harmless”" in said
    assert "To make 50% of the public believe “the opposite”" in said
    assert "Nothing is said of what was done for it." in said
    assert "never that it was made" in said
    assert run(["consensus", "effort", *quick, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["agreements"][0]["cells"] == told["agreements"][1]["cells"]
    assert [known["for"] for known in told["known"]] == ["the agreement"]


def test_learning_and_hearing(capsys):
    assert run(["consensus", "learn", "--network", "cycle", "--inquirers", "5", "--runs", "50", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"] == 50
    assert (
        run(["consensus", "hear", "--hears", "3", "--inquirers", "6", "--runs", "50", "--against", "share", "--json"])
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert [row["hears"] for row in told["public"]] == [3]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["effort", "--event", "Bengal famine of 1943"], "our catalogue knows archival evidence"),
        (["effort", "--event", "no such event at all"], "no such event at all"),
        (["effort", "--spent-for", "3"], "'3' is no effort"), (["effort", "--size", "0"], "studies of 0"),
        (["effort", "--network", "wheele"], "closest: wheel"), (["effort", "--hears", "99"], "hear 99 of 20 inquirers"),
        (["hear", "--prior", "0.9", "0.1"], "priors from 0.9 to 0.1"), (["learn", "--edge", "0.7"], "an edge of 0.7"),
        (["learn", "--seed", "-1"], "the seed -1 is negative"),
    ],
)  # fmt: skip
def test_mistakes_of_consensus(arguments, says, capsys):
    assert run(["consensus", *arguments]) == 2
    out = capsys.readouterr()
    assert says in out.err
    assert "Traceback" not in out.err
