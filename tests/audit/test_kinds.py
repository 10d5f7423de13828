"""Each kind of claim has its own finding; what has no check yet is shown, and never scored."""

import pytest
from small_case import FELL, SUM, VALUE, audited, case, comparison, findings
from small_reference import compares, event, judged

UNCHECKED = ("cause", "definition", "inference", "value")


def quantity(**fields) -> dict:
    return {"kind": "quantity", **fields}


def sums(expression: str, stated: object, **more: object) -> dict:
    return quantity(arithmetic={"expression": expression, "stated": stated, **more})


@pytest.mark.parametrize("kind", UNCHECKED)
def test_kinds_without_a_check_are_shown_and_not_judged(tmp_path, kind):
    finding = judged(tmp_path, {"kind": kind, "reads": "As we read it."}).claims[0].finding
    assert (finding.status, finding.share, finding.sentence) == ("not-judged-yet", None, "As we read it.")
    assert finding.reason.code == "not_judged_yet"
    assert f"“{kind}”" in finding.reason.detail


def test_a_veiled_value_that_is_opened_is_judged_as_a_comparison(tmp_path):
    veiled = {**compares(), "kind": "value", "veiled": True}
    finding = judged(tmp_path, veiled).claims[0].finding
    assert (finding.kind, finding.status, finding.our_reading) == ("value", "judged", True)
    assert 0 < finding.share < 1


def test_a_comparison_left_open_says_what_is_missing(tmp_path):
    found = judged(tmp_path, {"kind": "comparison", "questions": ["Worse than whom?"]}, {"kind": "comparison"})
    asked, bare = (claim.finding for claim in found.claims)
    assert (asked.status, asked.reason.code, asked.questions) == ("not-judged-yet", "left_open", ("Worse than whom?",))
    assert "Worse than whom?" in asked.reason.detail
    assert "by what?" in bare.reason.detail


@pytest.mark.parametrize(
    ("expression", "stated", "agrees"),
    [
        ("(60 - 45) / 60", "a quarter", True),
        ("(60 - 45) / 60", "a third", False),
        ("5.8 / 18.7", "close to a third", True),
        ("5.8 / 18.7", "more than a third", False),
        ("2 + 2", 4, True),
        ("2 + 2", 5, False),
    ],
)
def test_a_sum_is_done_again(tmp_path, expression, stated, agrees):
    finding = judged(tmp_path, sums(expression, stated)).claims[0].finding
    assert finding.status == "judged"
    assert finding.quantity.agrees is agrees
    assert finding.verdict == ("comes out as stated" if agrees else "does not come out as stated")
    assert (finding.share, finding.place) == (None, None)


def test_one_wrong_sum_of_two_is_enough(tmp_path):
    both = [{"expression": "1 + 1", "stated": 2}, {"expression": "1 + 2", "stated": 4}]
    finding = judged(tmp_path, quantity(arithmetic=both)).claims[0].finding
    assert [one.agrees for one in finding.quantity.sums] == [True, False]
    assert finding.quantity.agrees is False


def test_a_stated_figure_stands_beside_every_source_of_the_concept(tmp_path):
    def stated(value: object) -> dict:
        return quantity(figure={"unit": "ISL", "measure": "years", "year": 1960, "stated": value})

    right, near, wrong = (c.finding for c in judged(tmp_path, stated(67), stated("65"), stated(80)).claims)
    assert right.quantity.figures == (
        ("stated", "67"),
        ("Years of life, 1960 (yearbook)", "67 years"),
        ("Years by an older hand, 1960 (atlas)", "66 years (source gives 64 to 68)"),
    )
    assert (right.quantity.agrees, near.quantity.agrees, wrong.quantity.agrees) == (True, True, False)
    assert right.sources == ("yearbook", "atlas")


def test_a_figure_that_we_lack_is_refused_and_said(tmp_path):
    asked = {"unit": "ISL", "measure": "years", "year": 1961, "stated": 67}
    alone, with_sum = (
        claim.finding
        for claim in judged(tmp_path, quantity(figure=asked), {**sums("1 + 1", 2), "figure": asked}).claims
    )
    assert (alone.status, alone.reason.code) == ("refused", "no_figures")
    assert "no figure for that unit and year" in alone.reason.detail
    assert with_sum.status == "judged"
    assert ("Years of life, 1961", "none in our figures") in with_sum.quantity.figures


def test_words_that_are_no_number_are_not_called_a_gap_in_the_figures(tmp_path):
    stated = {"unit": "ISL", "measure": "years", "year": 1960, "stated": "a ripe old age"}
    finding = judged(tmp_path, quantity(figure=stated)).claims[0].finding
    assert finding.status == "refused"
    assert finding.reason.detail == "the stated figure cannot be read as a number"


def test_a_quantity_with_nothing_to_check_is_not_judged(tmp_path):
    finding = judged(tmp_path, quantity()).claims[0].finding
    assert (finding.status, finding.quantity) == ("not-judged-yet", None)


def test_a_comparison_that_states_a_sum_says_how_the_sum_came_out(tmp_path):
    plain = compares()
    told = {**plain, "arithmetic": {"expression": "67 - 64", "stated": 4}}
    without, with_sum = (claim.finding for claim in judged(tmp_path, plain, told).claims)
    assert with_sum.share == without.share
    assert with_sum.caveats[:-1] == without.caveats
    assert "67 - 64" in with_sum.caveats[-1]
    assert "does not come out as stated" in with_sum.caveats[-1]


def test_an_event_outside_the_catalogue_is_not_denied_by_us(tmp_path):
    finding = judged(tmp_path, {"kind": "event"}).claims[0].finding
    assert (finding.status, finding.reason.code) == ("not-judged-yet", "not_in_catalogue")
    assert "not to say that it did not happen" in finding.reason.detail


def test_every_kind_stands_in_the_coverage(tmp_path):
    claims = [compares(), event("raid", "happened"), sums("1 + 1", 2), {"kind": "value"}, {"kind": "value"}]
    counted = judged(tmp_path, *claims).coverage
    assert (counted.claims, counted.judged, counted.refused, counted.not_judged_yet) == (5, 3, 0, 2)
    assert counted.by_kind == (("comparison", 1, 1), ("event", 1, 1), ("quantity", 1, 1), ("value", 2, 0))
    assert counted.reasons == (("claims of the kind “value” are shown, and not judged yet", 2),)


def test_the_small_case_of_towns_is_judged_but_for_its_value(tmp_path):
    found = findings(audited(tmp_path, case(FELL, comparison(), SUM, VALUE)))
    assert {name: finding["status"] for name, finding in found.items()} == {
        "fell": "judged", "more": "judged", "sum": "judged", "value": "not-judged-yet",
    }  # fmt: skip
