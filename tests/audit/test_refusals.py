"""What cannot be judged says why: which figures could answer, what the event's range is, and never a share."""

import pytest
from small_reference import TABLES, compares, judged

from evenhand.model import BadInputError

HUNGER = "Great Hunger, by author: A. Author (1980): 100,000 to 200,000, famine deaths; B. Writer (1990): 300,000, excess deaths"
CANNOT = "Years of life cannot see the famine of 1934 to 1936 in Newland (It reads 54 throughout.)"
LONG = {"start": 1930, "end": 1960}
ONE_HAND = {"observations/years-old": "unit,year,value,low,high,source,flags\n"}


@pytest.fixture
def one_hand(monkeypatch):
    """No second measure that could answer, and a blind spot of forty years."""
    for name, table in ONE_HAND.items():
        monkeypatch.setitem(TABLES, name, table)
    monkeypatch.setitem(TABLES, "blind_spots", TABLES["blind_spots"].replace("1934,1936", "1926,1964"))


def finding(folder, *claims, **more):
    return judged(folder, *claims, **more).claims[0].finding


def refused(found) -> str:
    assert (found.status, found.verdict, found.share, found.place) == ("refused", "cannot be judged", None, None)
    assert found.comparison is None
    return found.reason.detail


def test_a_claim_that_needs_to_see_what_the_measure_cannot_is_refused(tmp_path):
    found = finding(tmp_path, compares("NEW", window=LONG, needs_to_see=["famine"]))
    assert refused(found) == f"{CANNOT}; Years by an older hand may be able to; {HUNGER}"
    assert found.reason.code == "blind_spot"
    assert found.literal.sentence == "Years of life in Newland rose, 52 to 64 years (1930 to 1960)."


def test_the_same_claim_without_that_need_is_judged_with_the_event_named_first(tmp_path):
    found = finding(tmp_path, compares("NEW", window=LONG))
    assert found.status == "judged"
    assert found.not_judged["blind_spot"] > 0
    assert found.events_between[0] == (
        "Great Hunger (1934 to 1936), which these figures cannot see", "Newland; held responsible: Isle"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("against", "refuses"),
    [("NEW", True), ({"group": "east"}, True), ({"peers": {"group": "east"}}, True), (["NEW", "FEN", "HIL"], True),
     (["FEN", "HIL", "CAP"], False), ("VAL", False), ({"group": "pair"}, False)],
)  # fmt: skip
def test_what_must_be_seen_must_be_seen_in_whoever_is_named(tmp_path, against, refuses):
    found = finding(tmp_path, compares("MOR", against, window=LONG, needs_to_see=["famine"]))
    assert (found.reason is not None and found.reason.code == "blind_spot") is refuses


@pytest.mark.parametrize(("needs", "window"), [(["war"], LONG), (["famine"], {"start": 1945, "end": 1960}), ([], LONG)])
def test_needing_to_see_something_else_or_another_time_refuses_nothing(tmp_path, needs, window):
    assert finding(tmp_path, compares("NEW", window=window, needs_to_see=needs)).status == "judged"


def test_a_blind_subject_is_refused_and_nothing_can_answer(tmp_path, one_hand):
    found = finding(tmp_path, compares("NEW"))
    assert refused(found) == (
        "Years of life cannot see the famine of 1926 to 1964 in Newland (It reads 54 throughout.); "
        f"no other figures of ours can; {HUNGER}"
    )


def test_a_blind_opponent_is_refused_with_the_same_words(tmp_path, one_hand):
    subject, opponent = (
        claim.finding for claim in judged(tmp_path, compares("NEW", "FEN"), compares("FEN", "NEW")).claims
    )
    assert refused(subject) == refused(opponent)
    assert opponent.reason.where == "NEW"


def test_too_many_blind_peers_are_named(tmp_path, one_hand):
    found = finding(tmp_path, compares("MOR", {"group": "east"}))
    assert refused(found) == (
        "too many of those it is set against have figures that cannot see an event of these years: Newland; Years by an older hand may be able to"
    )


def test_the_spot_that_lies_on_an_asked_year_is_the_one_that_is_told(tmp_path, one_hand, monkeypatch):
    more = TABLES["blind_spots"].replace("1926,1964", "1938,1940") + "years,NEW,1941,1964,war,It is smooth.\n"
    monkeypatch.setitem(TABLES, "blind_spots", more.replace("NEW,1938", "NEW,1926"))
    found = finding(tmp_path, compares("NEW", window={"start": 1950, "end": 1960}))
    assert "the war of 1941 to 1964" in refused(found)


def test_too_few_to_compare_with_is_a_finding_and_not_an_error(tmp_path):
    two_lands = [line for line in TABLES["observations/income"].splitlines() if "ISL" in line or "VAL" in line]
    assert len(two_lands) == 2
    level = compares(measure="income", standard="level", window={"start": 1950, "end": 1950})
    found = finding(tmp_path, level)
    assert found.reason.code == "too_few_peers"
    assert refused(found) == "too few others with figures to compare with"


def test_a_pair_needs_five_units_with_figures(tmp_path):
    pair = compares("ISL", "VAL", measure="income", standard="level", window={"start": 1950, "end": 1950})
    assert finding(tmp_path, pair).reason.code == "too_few_peers"


@pytest.mark.parametrize("claim", [compares("GAP"), compares("ISL", "GAP"), compares("GAP", "ISL")])
def test_a_unit_without_figures_is_named(tmp_path, claim):
    assert refused(finding(tmp_path, claim)) == "our figures of Years of life have none for Gapland in these years"


def test_a_window_that_our_figures_do_not_reach_says_what_they_reach(tmp_path):
    found = finding(tmp_path, compares(window={"start": 1901, "end": 1960}))
    assert refused(found) == (
        "no figure, or none with the bounds asked for, has been published for those years; our figures of Years of life for Isle run from 1925 to 1965"
    )
    assert found.reason.code == "not_published"


def test_the_one_of_a_pair_whose_figures_are_missing_is_the_one_named(tmp_path, monkeypatch):
    rows = (
        TABLES["observations/years"]
        .replace("BAY,1945,40.0,,,yearbook,\n", "")
        .replace("BAY,1940,40.5,,,yearbook,\n", "")
    )
    rows = rows.replace("BAY,1950,39.5,,,yearbook,\n", "")
    monkeypatch.setitem(TABLES, "observations/years", rows)
    monkeypatch.setitem(TABLES, "observations/years-old", ONE_HAND["observations/years-old"])
    for claim in (compares("ISL", "BAY"), compares("BAY", "ISL")):
        assert "for Bay run from 1925 to 1965" in refused(finding(tmp_path, claim))


def test_multiples_of_what_is_not_above_zero_are_refused(tmp_path):
    found = finding(tmp_path, compares("BAY", form={"name": "by-at-least", "ratio": 2}))
    assert found.not_judged["not_ratio_scale"] > 0


@pytest.mark.parametrize(
    ("changes", "message", "hint"),
    [
        (
            {"window": {"start": 1700, "end": 1710}},
            "nobody has a figure of years from 1700 to 1710",
            "run from 1925 to 1965",
        ),
        ({"window": {"start": 1950, "end": 1950}}, "the window starts and ends in 1950", "standard: level"),
        (
            {"form": {"name": "rose"}, "window": {"start": 1950, "end": 1950}},
            "nothing changes within one year",
            "two years",
        ),
        ({"against": {"unit": "Isle"}}, "the subject is compared with itself", "name another unit"),
        (
            {"form": {"name": "most"}, "against": {"unit": "Vale"}},
            "the form most cannot be said against one unit",
            "more or less",
        ),
        ({"form": {"name": "none"}}, "the form none speaks of a class", "name the group"),
    ],
)
def test_what_cannot_be_asked_is_an_error_at_its_place(tmp_path, changes, message, hint):
    with pytest.raises(BadInputError) as caught:
        judged(tmp_path, compares(**changes))
    (problem,) = caught.value.problems
    assert message in problem.message
    assert hint in problem.hint
    assert "essay.case.yaml:1" in problem.where


def test_a_measure_without_any_figure_says_how_to_bring_some(tmp_path, monkeypatch):
    monkeypatch.setitem(TABLES, "observations/income", "unit,year,value,low,high,source,flags\n")
    with pytest.raises(BadInputError, match="no figures of income; bring your own"):
        judged(tmp_path, compares(measure="income"))


def test_refusals_are_counted_by_side_with_their_reasons(tmp_path):
    sides = [{"id": "a", "units": ["ISL"]}, {"id": "b", "units": ["NEW"]}]
    claims = [{**compares("GAP"), "side": "a"}, {**compares("ISL"), "side": "a"}, {**compares("VAL"), "side": "b"}]
    first, second = judged(tmp_path, *claims, sides=sides).sides
    assert (first.claims, first.judged, first.refused) == (
        2, 1, (("our figures of Years of life have none for Gapland in these years", 1),)
    )  # fmt: skip
    assert (second.claims, second.judged, second.refused, second.units) == (1, 1, (), ("Newland",))
