"""Words and names that other formats could take for signs of their own come back as they were, through each format's own tool."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import duckdb
import pytest
import yaml
from other_tools import NPM, node_script, node_tool

QUOTES = {
    "eq": '=HYPERLINK("http://x.example","click")',
    "plus": "+1+1 and “half” of it",
    "at": "@SUM(A1:A9)",
    "minus": "-2+3 — cmd|' /C calc'!A0",
    "brace": "} { ]] [[a] <b> \\ {x: 1} // no comment /* nor this */ #tag @[x] *bold* _it_",
    "right": "עולם שלום \u200f(123)\u200e והعالم",
    "joined": "👩\u200d👩\u200d👧 می\u200cخواهم e\u0301",
    "feed": "page one\x0cpage two",
    "breaks": "line one\n\nline two: 50 % & more",
    "bell": "vertical\x0btab and bell\x07.",
    "signs": "1. (1) [2]: ---- === -- + - -> <- ><",
    "yaml": 'no: {a: "b"} | > ` %',
    "long": "long " + "word " * 1500 + "end",
}
SOURCES = {
    "odd": "=cmd, Ann and {Bo (2019), “A } unbalanced { \\ title” % & # _ ~ ^ $, Journal 3(2): 10–19",
    "open": "Notes {never closed, 2020",
    "right": "عنوان (2020). نص\nwith a break @article{x, y}",
}
LINKS = [
    {"id": "l1", "from": ["eq", "plus"], "to": "at", "kind": "support", "joint": True},
    {"id": "l2", "from": ["brace"], "to": "l1", "kind": "attack"},
    {"id": "l3", "from": ["joined"], "to": "eq", "kind": "support"},
    {
        "id": "l4",
        "from": ["long", "bell", "feed", "breaks", "signs", "yaml", "minus"],
        "to": "right",
        "kind": "attack",
        "joint": True,
    },
]


@pytest.fixture
def odd_path(case_path):
    text = case_path.parent / "odd.txt"
    text.write_bytes(("\n\n".join(QUOTES.values()) + "\n").encode("utf-8"))
    case = {
        "version": 1,
        "text": {"file": "odd.txt", "title": '=1+1 "odd" {t} \\ <x> עולם', "author": '@A, "B" {C} <d> &', "language": "en"},
        "sources": [{"id": name, "citation": citation} for name, citation in SOURCES.items()],
        "claims": [{"id": name, "kind": "value", "quote": quote, "reads": quote, "cites": list(SOURCES)} for name, quote in QUOTES.items()],
        "links": LINKS,
    }  # fmt: skip
    path = case_path.parent / "odd.case.yaml"
    path.write_text(yaml.safe_dump(case, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def plain(text: str) -> str:
    """As it stands on one line: without control characters, breaks as spaces."""
    return " ".join("".join(sign if ord(sign) >= 32 else " " for sign in text).split())


@pytest.mark.parametrize("form", ["argdown", "aif", "xaif"])
def test_words_come_back(exported, odd_path, tmp_path, capfd, form):
    from evenhand.cli import run

    name = {"argdown": "odd.argdown", "aif": "odd.aif.json", "xaif": "odd.xaif.json"}[form]
    exported(form, name, odd_path)
    target = tmp_path / "back"
    target.mkdir()
    assert run(["import", str(odd_path.parent / name), "-o", str(target)]) == 0
    capfd.readouterr()
    found = yaml.safe_load((target / "odd.case.yaml").read_text(encoding="utf-8"))
    assert {claim["reads"] for claim in found["claims"]} == {plain(quote) for quote in QUOTES.values()}
    assert sorted(link["kind"] for link in found["links"]) == ["attack", "attack", "support", "support"]


def test_argdown_of_npm_reads_the_same_words(exported, odd_path):
    exported("argdown", "odd.argdown", odd_path)
    ran = node_tool("argdown", "json", "odd.argdown", "read", cwd=odd_path.parent)
    assert ran.returncode == 0, ran.stderr
    found = json.loads((odd_path.parent / "read" / "odd.json").read_text(encoding="utf-8"))
    assert {name: plain(found["statements"][name]["members"][0]["text"]) for name in QUOTES} == {
        name: plain(quote) for name, quote in QUOTES.items()
    }
    assert set(found["arguments"]) == {"l1", "l2", "l3", "l4"}


def test_no_cell_begins_as_a_formula_and_parquet_has_the_words_as_they_are(exported, odd_path):
    rows = list(csv.DictReader(io.StringIO(exported("csv", "odd.csv", odd_path).decode(), newline="")))
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]
    assert {row["claim"]: row["quote"].removeprefix("'") for row in rows} == QUOTES
    exported("parquet", "odd.parquet", odd_path)
    found = duckdb.read_parquet(str(odd_path.parent / "odd.parquet")).select("claim", "quote").fetchall()
    assert dict(found) == QUOTES


def test_citation_js_reads_odd_citations(exported, odd_path):
    exported("bibtex", "odd.bib", odd_path)
    exported("csl-json", "odd.csl.json", odd_path)
    script = (
        "const {Cite} = require('@citation-js/core'); require('@citation-js/plugin-bibtex');"
        "require('@citation-js/plugin-csl'); const fs = require('fs');"
        f"const read = path => new Cite(fs.readFileSync(path, 'utf8')).data;"
        f"console.log(JSON.stringify([read({json.dumps(str(odd_path.parent / 'odd.bib'))}),"
        f"read({json.dumps(str(odd_path.parent / 'odd.csl.json'))})]));"
    )
    ours, theirs = json.loads(node_script(script, cwd=NPM))
    assert [item["id"] for item in ours] == list(SOURCES)
    assert [plain(item["title"]) for item in ours] == [plain(item["title"]) for item in theirs]


def test_every_entry_closes_where_bibtex_counts_its_braces(exported, odd_path):
    """BibTeX counts braces even behind a backslash."""
    depth = 0
    for line in exported("bibtex", "odd.bib", odd_path).decode().splitlines():
        assert (depth == 0) == (line.startswith("@") or not line)
        depth += line.count("{") - line.count("}")
        assert depth >= 0
    assert depth == 0


def test_pictures_are_xml_whatever_stands_in_the_text(exported, odd_path, capfd):
    from evenhand.cli import run

    ET.fromstring(exported("map-svg", "odd.svg", odd_path))  # noqa: S314 - our own
    assert exported("map-png", "odd.png", odd_path).startswith(b"\x89PNG")
    for claim in ("bell", "feed", "brace"):
        assert run(["export", f"{odd_path}#{claim}", "--to", "card-svg", "-o", str(odd_path.parent / "card.svg")]) == 0
        ET.fromstring((odd_path.parent / "card.svg").read_bytes())  # noqa: S314 - our own
        (odd_path.parent / "card.svg").unlink()
    capfd.readouterr()
