"""Annotations, reviews, tables and references: each read by another tool, or against the format's own rules."""

import csv
import io
import json
import re

import duckdb
import jsonschema
import pytest
from bakeries import TEXT
from other_tools import NPM, node_script, node_tool

from evenhand.cli import run
from evenhand.exchange.annotations import quote_selector
from evenhand.exchange.citation import read_citation

SELECTOR = {
    "oneOf": [
        {
            "properties": {"type": {"const": "TextQuoteSelector"}, "exact": {"type": "string", "minLength": 1}, "prefix": {"type": "string"}, "suffix": {"type": "string"}},
            "required": ["type", "exact"], "additionalProperties": False,
        },
        {
            "properties": {"type": {"const": "TextPositionSelector"}, "start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 0}},
            "required": ["type", "start", "end"], "additionalProperties": False,
        },
    ]
}  # fmt: skip
MOTIVATIONS = [
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking",
    "moderating", "questioning", "replying", "tagging",
]  # fmt: skip
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": MOTIVATIONS},
        "body": {
            "type": "array",
            "items": {"type": "object", "required": ["type", "value"], "properties": {"type": {"const": "TextualBody"}, "purpose": {"enum": MOTIVATIONS}}},
        },
        "target": {"type": "object", "required": ["source", "selector"], "properties": {"selector": {"type": "array", "items": SELECTOR}}},
    },
}  # fmt: skip
"""What the Web Annotation Data Model (W3C, 2017) says of annotations, as far as we write them."""


def test_annotations_follow_the_model_and_point_at_the_exact_words(exported):
    made = json.loads(exported("web-annotation"))
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert made["type"] == "AnnotationCollection"
    items = made["first"]["items"]
    assert made["total"] == len(items) == 4
    for item in items:
        jsonschema.validate(item, ANNOTATION)
        quote, position = item["target"]["selector"]
        exact = quote["exact"]
        assert TEXT[position["start"] : position["end"]] == exact
        found = [m.start() for m in re.finditer(re.escape(quote["prefix"] + exact + quote["suffix"]), TEXT)]
        assert found == [position["start"] - len(quote["prefix"])]
    assert len({item["id"] for item in items}) == 4


def test_a_quote_that_stands_often_gets_enough_around_it():
    text = "again and again " * 50
    start = text.index("again", 400)
    made = quote_selector(text, start, start + 5)
    whole = made["prefix"] + made["exact"] + made["suffix"]
    assert len(re.findall(f"(?={re.escape(whole)})", text)) == 1


def test_only_claims_that_a_person_reviewed_become_reviews(exported):
    made = json.loads(exported("claimreview"))
    (review,) = made["@graph"]
    assert review["claimReviewed"] == "120 is half as many again as 80."
    assert review["author"] == {"@type": "Person", "name": "A. Reader"}
    assert review["datePublished"] == "2026-11-20"
    assert "ratingValue" not in review["reviewRating"]
    assert review["itemReviewed"]["author"]["name"] == "Ada B. Example"


def test_without_a_review_nothing_is_written(case_path, capsys):
    text = case_path.read_text(encoding="utf-8")
    case_path.write_text(re.sub(r", reviewed: \{[^}]*\}", "", text), encoding="utf-8")
    target = case_path.parent / "out.jsonld"
    assert run(["export", str(case_path), "--to", "claimreview", "-o", str(target)]) == 2
    said = capsys.readouterr().err
    assert "no claim of this casefile is marked as reviewed" in said
    assert "Traceback" not in said
    assert not target.exists()


def test_the_types_of_schema_org_accept_the_review(exported, tmp_path):
    review = json.loads(exported("claimreview"))["@graph"][0]
    code = f'import type {{ WithContext, ClaimReview }} from "schema-dts";\nconst review: WithContext<ClaimReview> = {json.dumps({"@context": "https://schema.org", **review})};\nexport {{ review }};\n'
    wrong = (
        code.partition("\n")[2]
        .replace("review:", "other:")
        .replace("{ review }", "{ other }")
        .replace('"claimReviewed"', '"claimsReviewed"')
    )
    (tmp_path / "node_modules").symlink_to(NPM / "node_modules")
    (tmp_path / "both.ts").write_text(f"{code}// @ts-expect-error: no such property\n{wrong}", encoding="utf-8")
    options = ["--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "bundler", "--module", "esnext"]
    ran = node_tool("tsc", *options, "both.ts", cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout


def test_csv_and_parquet_say_the_same_and_nothing_is_lost(exported, case_path):
    rows = list(csv.DictReader(io.StringIO(exported("csv").decode(), newline="")))
    exported("parquet", "out.parquet")
    found = duckdb.read_parquet(str(case_path.parent / "out.parquet"))
    columns = [name for name, *_ in found.description]
    assert list(rows[0]) == columns
    for row, typed in zip(rows, found.fetchall(), strict=True):
        assert {name: ("" if cell is None else str(cell)) for name, cell in zip(columns, typed, strict=True)} == row
    assert [row["claim"] for row in rows] == ["half", "better", "stay", "sundays"]
    for row in rows:
        assert TEXT[int(row["start"]) : int(row["end"])].split() == row["quote"].split()


def test_arrow_reads_the_parquet(exported, case_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install -e '.[interop]'")
    exported("parquet", "out.parquet")
    table = parquet.read_table(case_path.parent / "out.parquet")
    assert table.num_rows == 4
    assert str(table.schema.field("share").type) == "double"
    assert str(table.schema.field("start").type) == "int64"


def test_bibtexparser_reads_the_sources(exported):
    bibtexparser = pytest.importorskip(
        "bibtexparser", reason="bibtexparser is not installed: pip install -e '.[interop]'"
    )
    text = exported("bibtex").decode()
    entries = (
        bibtexparser.parse_string(text).entries
        if hasattr(bibtexparser, "parse_string")
        else bibtexparser.loads(text).entries
    )
    keys = {entry.key if hasattr(entry, "key") else entry["ID"] for entry in entries}
    assert keys == {"ledger", "hearsay"}


def test_citation_js_reads_both_as_one_and_the_same(exported, case_path):
    bib, csl = case_path.parent / "out.bib", case_path.parent / "out.csl.json"
    exported("bibtex", bib.name)
    exported("csl-json", csl.name)
    script = (
        "const {Cite} = require('@citation-js/core'); require('@citation-js/plugin-bibtex');"
        "require('@citation-js/plugin-csl'); const fs = require('fs');"
        f"const read = path => new Cite(fs.readFileSync(path, 'utf8')).data;"
        f"console.log(JSON.stringify([read({json.dumps(str(bib))}), read({json.dumps(str(csl))})]));"
    )
    ours, theirs = json.loads(node_script(script, cwd=NPM))
    by_id = [{item["id"]: item for item in items} for items in (ours, theirs)]
    for items in by_id:
        ledger, hearsay = items["ledger"], items["hearsay"]
        assert next(name["family"] for name in ledger["author"]) == "Baker"
        assert ledger["title"] == "Loaves & rolls"
        assert ledger["container-title"] == "Journal of Bread"
        assert (ledger["volume"], ledger["type"]) == ("3", "article-journal")
        assert ledger["issued"]["date-parts"][0][0] == 2019
        assert hearsay["title"] == "What the neighbours say, 100 % from memory"
        assert "author" not in hearsay


@pytest.mark.parametrize(
    "text",
    [
        "World Bank, World Development Indicators, SI.POV.GINI",
        "Conquest, Robert (1968), The Great Terror, London: Macmillan; and (1986), The Harvest of Sorrow, London: Hutchinson",
        "Gapminder (2010), Ratio, joined from World Health Organization (2019)",
        "",
    ],
)
def test_what_a_citation_does_not_tell_is_not_made_up(text):
    found = read_citation(text)
    assert (found.title, found.authors, found.year) == (text, (), None)


def test_a_body_is_no_person():
    found = read_citation('NCD Risk Factor Collaboration (2016), "A century of trends", eLife 5: e13410')
    assert [name.family for name in found.authors] == [None]
    assert (found.journal, found.volume, found.pages) == ("eLife", "5", "e13410")
