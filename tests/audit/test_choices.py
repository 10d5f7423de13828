"""Choices are tried, not made: the standing ones, what a casefile adds and leaves out, and the shares with and without."""

import pytest
from small_case import TOWNS, audited, case, comparison, findings
from small_reference import compares, judged

from evenhand.model import BadInputError

SHORT = {"id": "years", "kind": "window", "options": [
    {"id": "short", "value": {"start": 2013, "end": 2016}, "because": "the new rails"},
    {"id": "own", "value": {"start": 2005, "end": 2019}, "because": "the claim's own"},
]}  # fmt: skip
MOST = {"name": "among-the-most", "direction": "down"}


def one(folder, claim, *choices, **more) -> dict:
    return findings(audited(folder, case(claim, choices=list(choices), **more)))["more"]


def left_out(*options: str, kind: str = "standard") -> list[dict]:
    return [{"choice": kind, "option": option, "because": "not what is meant"} for option in options]


def test_the_standing_choices_are_tried_without_being_asked_for(tmp_path):
    tried = one(tmp_path, comparison())["comparison"]["tried"]
    assert tried == [
        "the measure: Delay of the mean train",
        "the years: 2005 to 2019, 2002 to 2019, 2008 to 2019, 2005 to 2016 and 2005 to 2022",
        "the rule: change, growth rate, share of the gap to the best closed, average over the whole path and set against "
        "those nearest at the start",
        "whom it is compared with: all others and the 10 nearest at the start",
        "the figures' own range: central figures, bounds against it and bounds in its favour",
    ]


def test_regions_are_tried_where_there_are_any(tmp_path):
    tried = judged(tmp_path, compares()).claims[0].finding.comparison.tried
    assert "whom it is compared with: all others, others of its region and the 10 nearest at the start" in tried


def test_what_a_casefile_adds_is_printed_and_changes_its_own_share_alone(tmp_path):
    plain = one(tmp_path, comparison(form=MOST))
    added = one(tmp_path, comparison(form=MOST, choices=["years"]), SHORT)
    assert added["comparison"]["excluded"] == ["added: the years, 2013 to 2016 (the new rails)"]
    assert added["combinations"] > plain["combinations"]
    assert added["standing_share"] == plain["share"] == plain["standing_share"]
    assert added["share"] == added["case_share"] != added["standing_share"]


def test_what_a_casefile_leaves_out_is_printed_with_the_share_that_it_would_have_given(tmp_path):
    plain = one(tmp_path, comparison(form=MOST))
    short = one(tmp_path, comparison(form=MOST, exclude=left_out("nearest-peers", "growth")))
    assert short["comparison"]["excluded"] == [
        "left out: the rule, set against those nearest at the start (not what is meant)",
        "left out: the rule, growth rate (not what is meant)",
    ]
    assert short["comparison"]["share_without_exclusions"] == plain["share"]
    assert short["standing_share"] == plain["share"]
    assert short["share"] != plain["share"]
    assert plain["comparison"]["share_without_exclusions"] is None
    assert not any("growth" in line for line in short["comparison"]["tried"])


@pytest.mark.parametrize(
    ("option", "message", "hint"),
    [
        ("growht", "claim more: the rule: there is no option ‘growht’ to leave out", "closest: growth"),
        (
            "change",
            "claim more: the rule: ‘change’ is the claim's own and cannot be left out",
            "open the claim another way",
        ),
    ],
)
def test_what_cannot_be_left_out_is_an_error_and_not_ignored(tmp_path, option, message, hint):
    with pytest.raises(BadInputError) as caught:
        one(tmp_path, comparison(exclude=left_out(option)))
    (problem,) = caught.value.problems
    assert problem.message == message
    assert hint in problem.hint
    assert "essay.case.yaml:1" in problem.where


def test_an_option_can_be_left_out_by_the_name_that_the_casefile_gives_it(tmp_path):
    again = {"id": "years", "kind": "window", "options": [
        {"id": "early", "value": {"start": 2002, "end": 2019}, "because": "the old rails"}]}  # fmt: skip
    claim = comparison(choices=["years"], exclude=left_out("early", kind="years"))
    finding = one(tmp_path, claim, again)
    assert finding["comparison"]["excluded"] == ["left out: the years, 2002 to 2019 (not what is meant)"]
    assert "the years: 2005 to 2019, 2008 to 2019, 2005 to 2016 and 2005 to 2022" in finding["comparison"]["tried"]


def test_an_exclusion_of_a_choice_that_is_not_read_is_said(tmp_path):
    level = comparison(
        against={"unit": "Birchley"}, standard="level", window={"start": 2020, "end": 2020},
        exclude=left_out("region", kind="peers"),
    )  # fmt: skip
    assert one(tmp_path, level)["comparison"]["excluded"] == [
        "the choice “peers” is not read by this comparison, so nothing of it is left out"
    ]


def test_a_choice_that_the_comparison_does_not_read_is_said(tmp_path):
    pool = {"id": "pool", "kind": "pool", "options": [{"id": "all", "value": "all", "because": "why not"}]}
    finding = one(tmp_path, comparison(choices=["pool"]), pool)
    assert finding["comparison"]["excluded"] == ["the choice “pool” is not read by this comparison"]


def test_padding_a_choice_with_what_is_there_already_moves_nothing(tmp_path):
    again = {"id": "again", "kind": "window", "options": [
        {"id": "a", "value": {"start": 2002, "end": 2019}, "because": "x"},
        {"id": "b", "value": {"start": 2005, "end": 2019}, "because": "x"}]}  # fmt: skip
    rules = {"id": "rules", "kind": "standard", "options": [{"id": "g", "value": "growth", "because": "x"}]}
    peers = {"id": "peers", "kind": "peers", "options": [{"id": "all-of-them", "value": "all", "because": "x"}]}
    plain = one(tmp_path, comparison(form=MOST))
    padded = one(tmp_path, comparison(form=MOST, choices=["again", "rules", "peers"]), again, rules, peers)
    assert {**padded, "comparison": None} == {**plain, "comparison": None}
    assert padded["comparison"]["excluded"] == []


def test_padding_with_a_near_duplicate_window_moves_nothing(tmp_path):
    near = {"id": "near", "kind": "window", "options": [
        {"id": f"n{i}", "value": {"start": 2005 + i, "end": 2019}, "because": "x"} for i in (1, 2)]}  # fmt: skip
    plain = one(tmp_path, comparison(form=MOST))
    padded = one(tmp_path, comparison(form=MOST, choices=["near"]), near)
    window = next(h for h in padded["hinges_on"] if h["choice"] == "window")["options"]
    before = next(h for h in plain["hinges_on"] if h["choice"] == "window")["options"]
    others = set(before) - {"2005-2019"}
    assert {name: window[name] for name in others} == {name: before[name] for name in others}
    close = [window["2005-2019"], window["n1"], window["n2"]]
    assert padded["share"] == pytest.approx(sum([*(window[n] for n in others), sum(close) / 3]) / 5)


def test_the_same_members_under_another_name_are_no_new_option(tmp_path):
    who = {"id": "who", "kind": "membership", "options": [
        {"id": "strict", "value": {"group": "riverside", "with": "none"}, "because": "x"},
        {"id": "wide", "value": {"group": "riverside", "with": "all"}, "because": "x"}]}  # fmt: skip
    claim = comparison(subject={"group": "riverside"}, against={"group": "hillside"}, choices=["who"])
    plain = one(tmp_path, comparison(subject={"group": "riverside"}, against={"group": "hillside"}))
    padded = one(tmp_path, claim, who)
    assert (padded["combinations"], padded["share"]) == (plain["combinations"], plain["share"])
    assert padded["comparison"]["excluded"] == []


def test_weighing_by_people_is_tried_only_where_people_are_known(tmp_path):
    finding = one(tmp_path, comparison(subject={"group": "riverside"}, against={"group": "hillside"}))
    assert (
        "how the group is summed up: the group's middle member and the group's average"
        in finding["comparison"]["tried"]
    )
    assert finding["not_judged"] == {}


def test_years_may_come_from_a_choice_of_windows_alone(tmp_path):
    claim = comparison(choices=["years"])
    del claim["open"]["window"]
    content = case(claim, choices=[SHORT])
    del content["window"]
    found = findings(audited(tmp_path, content))["more"]
    assert found["comparison"]["judged"]["years"] == [2013, 2016]
    assert "2005 to 2019" in found["comparison"]["tried"][1]


def test_whose_figures_is_a_choice_that_is_tried(tmp_path):
    whose = {"id": "whose", "kind": "sources", "options": [{"id": "atlas", "value": "atlas", "because": "older"}]}
    found = judged(tmp_path, compares(choices=["whose"]), choices=[whose])
    finding = found.claims[0].finding
    assert "added: whose figures, atlas (older)" in finding.comparison.excluded
    assert finding.not_judged["not_published"] > 0
    assert found.unchecked == ()


@pytest.mark.parametrize("form", [{"name": "by-at-least", "margin": 1.5}, {"name": "same", "within": 2}])
def test_a_claim_in_the_measure_s_unit_is_not_judged_in_another(tmp_path, form):
    finding = one(tmp_path, comparison(form={**form, "direction": "down"}))
    assert finding["not_judged"] == {"not_defined": 60}
    assert "60 since the rule does not say anything of it" in finding["caveats"][-1]


def test_a_group_named_by_the_claim_is_not_replaced_by_others(tmp_path):
    tried = one(tmp_path, comparison(against={"group": "hillside"}))["comparison"]["tried"]
    assert "whom it is compared with: members of “Hillside towns”" in tried


def test_peers_are_listed_by_name_with_why_one_has_no_score(tmp_path):
    early = compares(window={"start": 1935, "end": 1960})
    peers = {peer.unit: peer for peer in judged(tmp_path, early).claims[0].finding.comparison.peers}
    assert set(peers) == {"BAY", "CAP", "COL", "FEN", "HIL", "MOR", "NEW", "VAL", "OLD"}
    assert [unit for unit, peer in peers.items() if peer.modelled] == ["COL"]
    assert {unit: peer.reason for unit, peer in peers.items() if peer.reason} == {
        "NEW": "the figures cannot see an event that falls on or between the years",
        "OLD": "no figure, or none with the bounds asked for, has been published for those years",
    }


def test_the_strip_holds_every_unit_with_a_score_once(tmp_path):
    strip = one(tmp_path, comparison())["comparison"]["strip"]
    assert sorted(mark["name"] for mark in strip) == sorted(TOWNS)
    assert [mark["role"] for mark in strip].count("subject") == 1
    assert [mark["score"] for mark in strip] == sorted(mark["score"] for mark in strip)
