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
        (["a.case.yaml", "--ties", "t.csv"], "--ties goes with --testimony"),
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
