"""The literal reading comes first: what the words say as they stand, before anything is compared."""

import pytest
from small_case import GROUP, LEVEL, audited, case, comparison, findings
from small_reference import TABLES, compares, judged

from evenhand.model import Outcome

ROSE, FELL = {"name": "rose"}, {"name": "fell"}


def literals(folder, *claims) -> list:
    return [claim.finding.literal for claim in judged(folder, *claims).claims]


def test_it_rose_with_the_figures_of_both_ends(tmp_path):
    (literal,) = literals(tmp_path, compares(against=None, form=ROSE))
    assert literal.sentence == "Years of life in Isle rose, 64 to 67 years (1945 to 1960)."
    assert (literal.start, literal.end, literal.start_year, literal.end_year) == (64.0, 67.0, 1945, 1960)
    assert literal.sources == ("yearbook",)


@pytest.mark.parametrize(
    ("unit", "form", "verb", "agrees"),
    [
        ("ISL", ROSE, "rose", True),
        ("ISL", FELL, "rose", False),
        ("BAY", ROSE, "fell", False),
        ("BAY", FELL, "fell", True),
        ("BAY", {"name": "fell", "direction": "down"}, "fell", True),
        ("ISL", {"name": "rose", "direction": "down"}, "rose", True),
        ("MOR", ROSE, "did not change", False),
        ("MOR", FELL, "did not change", False),
    ],
)
def test_what_it_did_and_whether_the_words_say_so(tmp_path, unit, form, verb, agrees):
    found = judged(tmp_path, compares(unit, None, form=form)).claims[0].finding
    assert f" {verb}" in found.literal.sentence
    assert found.literal.agrees is agrees


def test_the_direction_of_a_comparison_is_read_as_well(tmp_path):
    up, down = literals(tmp_path, compares("BAY"), compares("BAY", form={"name": "more", "direction": "down"}))
    assert up.sentence == down.sentence
    assert (up.agrees, down.agrees) == (False, True)


def test_a_pair_shows_the_figures_of_both(tmp_path):
    (literal,) = literals(tmp_path, compares("ISL", "BAY"))
    assert literal.sentence == (
        "Years of life in Isle rose, 64 to 67 years (1945 to 1960); "
        "years of life in Bay fell, 40 to 38.5 years (1945 to 1960)."
    )
    assert (literal.start, literal.end) == (64.0, 67.0)


def test_a_level_speaks_of_one_year(tmp_path):
    found = findings(audited(tmp_path, case(LEVEL)))["level"]
    literal = found["literal"]
    assert literal["sentence"].startswith("Delay of the mean train in Alderton stood at ")
    assert "in 2020; delay of the mean train in Birchley stood at " in literal["sentence"]
    assert literal["start_year"] == literal["end_year"] == 2020
    assert literal["agrees"] is None
    assert found["sentence"] == "In 2020, delay of the mean train stood lower in Alderton than in Birchley."


def test_a_group_is_counted_by_its_undisputed_members(tmp_path):
    found = findings(audited(tmp_path, case(GROUP)))["group"]["literal"]
    assert found["sentence"] == "Delay of the mean train fell in 5 of 5 members with figures."
    assert (found["agrees"], found["start"]) == (None, None)  # said of the group, not of every member


def test_a_group_names_those_who_went_the_other_way(tmp_path):
    mixed = {"id": "mixed", "name": "Mixed", "members": [{"unit": unit} for unit in ("ISL", "MOR", "BAY")]}
    claims = [compares(against=None, form={"name": name, "direction": "up"}) for name in ("always", "none")]
    for claim in claims:
        claim["open"]["subject"] = {"group": "mixed"}
    always, never = (c.finding for c in judged(tmp_path, *claims, groups=[mixed]).claims)
    assert always.literal.sentence == "Years of life rose in 1 of 3 members with figures; not in Bay and Moor."
    assert never.literal.sentence == "Years of life rose in 1 of 3 members with figures; in Isle."
    assert (always.literal.agrees, never.literal.agrees) == (False, False)
    assert (always.comparison.judged.outcome, never.comparison.judged.outcome) == (Outcome.FAILS, Outcome.FAILS)
    assert always.comparison.counterexamples == ("Bay: −1.5 years, 1945 to 1960", "Moor: 0 years, 1945 to 1960")
    assert never.comparison.counterexamples == ("Isle: +3 years, 1945 to 1960",)


def test_there_is_none_where_an_end_has_no_figure(tmp_path):
    before, after = judged(
        tmp_path,
        compares(against=None, form=ROSE, window={"start": 1901, "end": 1960}),
        compares(against=None, form=ROSE, window={"start": 1945, "end": 2020}),
    ).claims
    assert (before.finding.literal, after.finding.literal) == (None, None)


def test_a_year_between_figures_takes_the_nearest_and_says_which(tmp_path):
    (literal,) = literals(tmp_path, compares(against=None, form=ROSE, window={"start": 1946, "end": 1958}))
    assert (literal.start_year, literal.end_year) == (1945, 1960)


def test_a_source_at_each_end_is_named(tmp_path, monkeypatch):
    rows = TABLES["observations/years"].replace("ISL,1960,67.0,,,yearbook,", "ISL,1960,67.0,,,atlas,")
    monkeypatch.setitem(TABLES, "observations/years", rows)
    (literal,) = literals(tmp_path, compares(against=None, form=ROSE))
    assert literal.sources == ("yearbook", "atlas")


def test_a_word_with_no_number_in_it_is_still_a_sentence(tmp_path):
    found = findings(audited(tmp_path, case(comparison(form={"name": "most", "direction": "down"}))))["more"]
    assert found["sentence"] == (
        "From 2005 to 2019, delay of the mean train fell more in Alderton than in any other with figures."
    )
