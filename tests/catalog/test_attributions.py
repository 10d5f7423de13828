"""Every work, court or commission that an attribution names with a year has its full citation in one of two tables."""

import csv
import re
from importlib.resources import files

import pytest

YEAR = r"(?:18|19|20)\d\d"
BRACKET = re.compile(rf"\(([^()]*{YEAR}[^()]*)\)")
CITED = re.compile(rf"(\D*)({YEAR})(?:-\d\d\b| and later)?")
MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December) $"
)  # a date, not a work
NAME = re.compile(r"((?:(?:[^\W\d_a-zß-ÿ][\w'’-]*|and|others|of|for|on|the|de|von) )+)$")
LINKS = {"and", "others", "of", "for", "on", "the", "The", "A", "de", "De", "von"}


def table(name: str) -> list[dict[str, str]]:
    text = files("evenhand.catalog").joinpath("reference", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


EVENTS = table("events")
EVENT_SOURCES = {row["id"]: row["citation"] for row in table("event_sources")}
ATTRIBUTION_SOURCES = table("attribution_sources")
FORMS = [form for row in ATTRIBUTION_SOURCES for form in row["cited_as"].split(";")]


def says(text: str, form: str) -> bool:
    """Whether the text has these words, and not as the end of longer ones: "Li (2007)" is not in "Ali (2007)"."""
    return re.search(rf"(?<!\w){re.escape(form)}", text) is not None


def is_source(name: str, year: str, citations: list[str]) -> bool:
    """Whether one citation has every name of these words, and that year."""
    names = [word.rstrip(",") for word in name.split() if word not in LINKS]
    return bool(names) and any(
        f"({year}" in citation and all(says(citation, n) for n in names) for citation in citations
    )


def unknown(attribution: str, own: list[str]) -> list[str]:
    """What the attribution cites and no table has; ``own`` are the citations of the event's estimates."""
    missing = []
    for bracket in BRACKET.finditer(attribution):
        before, upto = attribution[: bracket.start()], attribution[: bracket.end()]
        for lead, year in CITED.findall(bracket[1]):
            name = lead.strip(", ").removeprefix("against ")
            if name:  # (Name year, Name year)
                dated = MONTH.search(lead) is not None
                found = dated or f"{name} {year}" in FORMS or f"{name}, {year}" in FORMS
                found = found or is_source(name, year, [*EVENT_SOURCES.values()])
            else:  # Name (year)
                run = NAME.search(before)
                found = any(upto.endswith(form) and says(upto, form) for form in FORMS)
                found = found or bool(run and is_source(run[1], year, [*EVENT_SOURCES.values()]))
                found = found or (before.endswith("he commission ") and any(f"({year}" in c for c in own))
            if not found:
                missing.append(f"{before[-40:]}{bracket[0]}")
    return missing


@pytest.mark.parametrize("event", sorted({row["id"] for row in EVENTS}))
def test_every_work_named_with_a_year_has_its_citation(event):
    rows = [row for row in EVENTS if row["id"] == event]
    assert len({row["attribution"] for row in rows}) == 1
    assert unknown(rows[0]["attribution"], [EVENT_SOURCES[row["source"]] for row in rows]) == []


def test_every_citation_is_named_in_an_attribution():
    texts = {row["attribution"] for row in EVENTS}
    assert [form for form in FORMS if not any(says(text, form) for text in texts)] == []
    assert len(FORMS) == len(set(FORMS))


def test_the_table_is_sorted_and_repeats_no_source_of_an_estimate():
    ids = [row["id"] for row in ATTRIBUTION_SOURCES]
    assert ids == sorted(set(ids))
    assert not set(ids) & set(EVENT_SOURCES)
    assert all(row["citation"].strip() for row in ATTRIBUTION_SOURCES)


@pytest.mark.parametrize("text", ["Nobody (1990) says so.", "It is disputed (Nobody 1990).", "Ali (2007) says so.",
                                  "A UN commission (1931) says so.", "It is disputed (Suny 2015, Nobody 1990)."])  # fmt: skip
def test_what_no_table_has_is_found(text):
    assert len(unknown(text, [])) == 1


@pytest.mark.parametrize("text", ["Li (2007) says so.", "It is disputed (Suny 2015, against Frank 1999).",
                                  "Ordered (23 August 1945) by them.", "The commission (1999) says so."])  # fmt: skip
def test_what_a_table_has_is_not(text):
    assert unknown(text, ["Commission (1999), Report"]) == []
