"""What the findings add up to: counted, withheld, lopsided; the matrix; the same rule for all; the sources in full."""

import pytest
from small_case import FELL, PAIR, SUM, VALUE, audited, case, comparison, figures
from small_reference import compares, event, judged

from evenhand.report import to_json

SIDES = [
    {"id": "a", "name": "The islands", "units": ["ISL", "VAL"]},
    {"id": "b", "name": "The east", "groups": ["east"]},
]
UNJUDGED = {"kind": "value"}
TRUE = {"kind": "quantity", "arithmetic": {"expression": "1 + 1", "stated": 2}}
FALSE = {"kind": "quantity", "arithmetic": {"expression": "1 + 1", "stated": 3}}


def on(side: str, *claims: dict) -> list[dict]:
    return [{**claim, "side": side} for claim in claims]


def test_the_answer_is_withheld_where_under_half_could_be_judged(tmp_path):
    found = judged(tmp_path, TRUE, UNJUDGED, UNJUDGED)
    assert found.withheld
    assert found.summary[0].startswith("Only 1 of 3 claims could be judged, so this page gives no answer")
    assert not any("came out as stated" in sentence for sentence in found.summary)


def test_half_is_enough(tmp_path):
    found = judged(tmp_path, TRUE, UNJUDGED)
    assert not found.withheld
    assert found.summary == ("Of 1 figure or sums that could be checked, 1 came out as stated.",)


def test_refused_claims_are_not_judged_ones(tmp_path):
    found = judged(tmp_path, TRUE, compares("GAP"), compares("GAP"))
    assert found.withheld
    assert (found.coverage.judged, found.coverage.refused) == (1, 2)
    assert found.coverage.reasons == (("our figures of Years of life have none for Gapland in these years", 2),)


def test_denials_are_named_even_where_the_answer_is_withheld(tmp_path):
    found = judged(tmp_path, event("hunger", "denied"), UNJUDGED, UNJUDGED)
    assert found.withheld
    assert len(found.denied) == 1
    assert "Great Hunger" in found.denied[0]


def test_comparisons_are_counted_by_how_they_came_out(tmp_path):
    best = compares("HIL", form={"name": "rose"}, against=None)
    worst = compares("BAY")
    found = judged(tmp_path, best, worst, TRUE, FALSE)
    bands = [claim.finding.band for claim in found.claims[:2]]
    assert bands == ["every", "otherwise-in-most"]
    assert found.summary[0] == (
        "Of 2 comparisons that could be made, 1 came out as the text says in most or all of the ways of comparing that we "
        "tried, 1 came out otherwise in most or all of them, and 0 depend on the way of comparing."
    )
    assert found.summary[1].startswith("Most steady: “Sentence one” (100\xa0%")
    assert found.summary[2].startswith("Least steady: “Sentence two” (21\xa0%")
    assert "8 of 8 others fit the claim at least as well" in found.summary[2]
    assert found.summary[3] == "Of 2 figures or sums that could be checked, 1 came out as stated."


@pytest.mark.parametrize(("full", "empty"), [("a", "b"), ("b", "a")])
def test_a_lopsided_count_is_said_whichever_side_it_falls_on(tmp_path, full, empty):
    names = {"a": "The islands", "b": "The east"}
    found = judged(tmp_path, *on(full, TRUE, TRUE), *on(empty, TRUE, UNJUDGED), sides=SIDES)
    assert found.summary[-1] == (
        f"More could be judged for one side than for the other: 2 of 2 for {names[full]}, 1 of 2 for {names[empty]}."
    )


def test_it_is_said_where_the_answer_is_withheld_too(tmp_path):
    found = judged(tmp_path, *on("a", TRUE, TRUE), *on("b", UNJUDGED, UNJUDGED, UNJUDGED), sides=SIDES)
    assert found.withheld
    assert found.summary[-1].endswith("2 of 2 for The islands, 0 of 3 for The east.")


def test_an_even_count_is_not_called_lopsided(tmp_path):
    found = judged(tmp_path, *on("a", TRUE, TRUE, UNJUDGED), *on("b", TRUE, TRUE), *on("b", UNJUDGED), sides=SIDES)
    assert not any("one side" in sentence for sentence in found.summary)


def test_each_side_counts_what_was_judged_and_what_not(tmp_path):
    found = judged(tmp_path, *on("a", TRUE, UNJUDGED), *on("b", compares("GAP")), TRUE, sides=SIDES)
    first, second = found.sides
    assert (first.side, first.name, first.units) == ("a", "The islands", ("Isle", "Vale"))
    assert (first.claims, first.judged, first.not_yet, first.refused) == (2, 1, 1, ())
    assert (second.units, second.claims, second.judged, second.not_yet) == (("The East",), 1, 0, 0)
    assert second.refused[0][1] == 1


def test_the_matrix_marks_what_the_text_cites(tmp_path):
    figure = {"kind": "quantity", "figure": {"unit": "VAL", "measure": "income", "year": 1950, "stated": 900}}
    window = {"start": 1945, "end": 1960}
    found = judged(tmp_path, compares("ISL", "FEN"), figure, sides=SIDES, window=window)
    matrix = found.matrix
    assert [row[:1] + row[2:] for row in matrix.units] == [
        ("ISL", "a"), ("VAL", "a"), ("NEW", "b"), ("FEN", "b"), ("HIL", "b")
    ]  # fmt: skip
    assert [column[0] for column in matrix.measures] == ["years", "income"]
    states = {(cell.unit, cell.measure): (cell.state, cell.value) for row in matrix.cells for cell in row}
    assert states["ISL", "years"] == ("cited", "64 (1945) to 67 (1960)")
    assert states["FEN", "years"][0] == "cited"
    assert states["VAL", "income"] == ("cited", "900 (1950)")
    assert states["VAL", "years"][0] == "figures"
    assert states["ISL", "income"] == ("figures", "1,000 (1950)")
    assert states["HIL", "income"] == ("none", "")
    assert matrix.years == (1945, 1960)


def test_a_cited_measure_takes_the_place_of_the_concept_s_first_and_none_is_lost(tmp_path):
    both = [compares("ISL", "FEN", measure="years-old"), compares("ISL", "FEN")]
    window = {"start": 1945, "end": 1960}
    (old_alone,) = [
        c[0] for c in judged(tmp_path, both[0], sides=SIDES, window=window).matrix.measures if "years" in c[0]
    ]
    assert old_alone == "years-old"
    together = judged(tmp_path, *both, sides=SIDES, window=window).matrix
    assert {"years", "years-old"} <= {column[0] for column in together.measures}


def test_a_full_matrix_loses_no_measure_that_is_cited(tmp_path, monkeypatch):
    monkeypatch.setattr("evenhand.audit.matrix.MOST_MEASURES", 2)
    both = [compares("ISL", "FEN"), compares("ISL", "FEN", measure="years-old")]
    full = judged(tmp_path, *both, sides=SIDES, window={"start": 1945, "end": 1960}).matrix
    assert [column[0] for column in full.measures] == ["years", "years-old"]


def test_groups_are_cited_with_their_undisputed_members(tmp_path):
    own = {
        "id": "own",
        "name": "Own",
        "members": [{"unit": "ISL"}, {"unit": "VAL"}, {"unit": "BAY", "status": "disputed"}],
    }
    claim = compares("MOR", against={"group": "own"})
    claim["open"]["subject"] = {"group": "east"}
    sides = [*SIDES, {"id": "c", "units": ["CAP", "BAY"]}]
    found = judged(tmp_path, claim, sides=sides, groups=[own], window={"start": 1945, "end": 1960})
    states = {cell.unit: cell.state for row in found.matrix.cells for cell in row if cell.measure == "years"}
    cited = dict.fromkeys(("ISL", "VAL", "NEW", "FEN", "HIL"), "cited")
    assert states == {**cited, "CAP": "figures", "BAY": "figures"}


def test_there_is_no_matrix_without_sides_or_years(tmp_path):
    assert judged(tmp_path, compares(), window={"start": 1945, "end": 1960}).matrix is None
    assert judged(tmp_path, compares(), sides=SIDES).matrix is None


def test_the_same_rule_is_asked_of_everybody_the_case_names(tmp_path):
    found = audited(tmp_path, case(FELL, comparison(), PAIR, SUM))
    by_claim = {same.claim: same for same in found.same_standard}
    assert sorted(by_claim) == ["fell", "more", "pair"]
    rows = {row[0]: row for row in by_claim["more"].rows}
    finding = found.claims[1].finding
    assert rows["Alderton"] == ("Alderton", "subject", finding.share, finding.place.rank, finding.place.of)
    assert rows["Cedarby"][1] == "The river"
    assert rows["Birchley"][1] == "The hill"
    assert [row[1] for row in by_claim["pair"].rows[:2]] == ["subject", "opponent"]
    other = audited(tmp_path, case(comparison(subject={"unit": "Cedarby"}))).claims[0].finding
    assert rows["Cedarby"][2:] == (other.share, other.place.rank, other.place.of)


def test_sources_are_given_in_full_with_the_claims_that_rest_on_them(tmp_path):
    cited = {**comparison(), "cites": ["timetable"]}
    found = audited(tmp_path, case(cited, PAIR, VALUE))
    (note,) = found.sources
    assert (note.id, note.citation, note.publisher) == ("timetable", "The timetable (2025)", "Rail Board")
    assert (note.licence, note.url, note.used_by) == ("CC0", "https://example.org/timetable", ("more", "pair"))
    assert note.kind == "cited by the text; official"
    assert audited(tmp_path, case(PAIR)).sources[0].kind == "official"


def test_sources_of_the_catalogue_are_given_in_full(tmp_path):
    notes = {note.id: note for note in judged(tmp_path, compares(), event("raid", "happened")).sources}
    assert sorted(notes) == ["atlas", "chronicle", "yearbook"]
    assert (notes["yearbook"].citation, notes["yearbook"].licence) == ("Yearbook (2001)", "CC BY 4.0")
    assert notes["chronicle"].used_by == ("two",)


def test_no_source_is_named_that_no_finding_used(tmp_path):
    assert [note.id for note in judged(tmp_path, compares("ISL", measure="income")).sources] == ["yearbook"]


def test_made_up_figures_are_said_to_be_made_up(tmp_path):
    content = case(SUM)
    assert audited(tmp_path, content).made_up == ""
    content["text"]["title"] += " (made up)"
    assert "made up" in audited(tmp_path, content).made_up


def test_what_this_version_does_not_use_is_said(tmp_path):
    content = case(SUM, FELL, disputes=[{"claim": "sum", "by": "a reader", "reason": "not so"}])
    assert audited(tmp_path, content).unchecked == ()
    drawn = {"id": "t", "kind": "pool", "options": [{"id": "one", "value": "unexposed"}, {"id": "two", "value": "all"}]}
    assert any("choices entry 1" in line for line in audited(tmp_path, case(SUM, choices=[drawn])).unchecked)


def test_the_note_on_the_figures_tells_where_they_come_from(tmp_path):
    assert audited(tmp_path, case(SUM)).figures_note.startswith("Figures of the case's own (own.csv), then evenhand's")
    assert judged(tmp_path, TRUE).figures_note.startswith("Figures from evenhand's built-in table: ")


def test_the_json_holds_what_the_contract_names(tmp_path):
    told = to_json(audited(tmp_path, case(comparison()), rows=figures()))
    assert {"same_standard", "coverage", "provenance", "claims", "matrix", "sides", "sources"} <= set(told)
    finding = told["claims"][0]["finding"]
    wanted = """verdict share share_unweighted share_min share_max combinations distinct judged not_judged standing_share
        case_share typical_share units_in_band rank of ties at_least_as_good hinges_on interaction literal events_between
        caveats reason sources"""
    assert set(wanted.split()) <= set(finding)
