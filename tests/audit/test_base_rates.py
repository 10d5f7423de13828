"""Claims about how often and how long: the class counted whole, disputed members in and out."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from small_reference import judged

from evenhand.audit.classes import class_of
from evenhand.catalog import Catalog
from evenhand.model import BadInputError
from evenhand.report import page

STRIKES = {
    "id": "strikes", "name": "Strikes at the works", "success": "the firm gave in", "closes": 1960,
    "members": [
        {"name": "the first", "from": 1901, "to": 1902, "succeeded": True},
        {"name": "the long one", "from": 1910, "to": 1920, "succeeded": False},
        {"name": "the short one", "from": "1926-05-04", "to": "1926-05-12", "succeeded": False},
        {"name": "the lockout", "from": 1931, "to": 1934, "succeeded": True, "status": "disputed", "because": "it was none"},
        {"name": "the last", "from": 1955, "goes_on": True},
    ],
}  # fmt: skip
LOCKOUTS = {
    "id": "lockouts", "success": "the firm gave in", "closes": 1960,
    "members": [{"name": f"L{i}", "from": 1900 + i, "to": 1930 + i, "succeeded": i < 8} for i in range(10)],
}  # fmt: skip


def claims(*given) -> list[dict]:
    return [{"kind": "base-rate", "class": {"group": "strikes", "event": "it was won", **one}} for one in given]


def findings(folder, *given, classes=(STRIKES, LOCKOUTS)):
    return [c.finding for c in judged(folder, *claims(*given), classes=list(classes)).claims]


@pytest.mark.parametrize(
    ("said", "holds", "sets"),
    [
        ({"says": "never"}, 0, 4),
        ({"says": "always"}, 0, 4),
        ({"says": "sometimes"}, 4, 4),
        ({"says": "mostly"}, 0, 4),
        ({"says": "rarely"}, 0, 4),
        ({"says": "at-most", "share": 0.4}, 2, 4),
        ({"says": "at-least", "share": 0.5}, 2, 4),
        ({"says": "about", "share": 0.4}, 4, 4),
        ({"says": "less-often", "against": "lockouts"}, 4, 4),
        ({"says": "more-often", "against": "lockouts"}, 0, 4),
        ({"says": "under", "years": 8}, 4, 4),
        ({"says": "over", "years": 8}, 0, 4),
        ({"says": "shorter", "against": "lockouts"}, 4, 4),
        ({"says": "longer", "against": "lockouts"}, 0, 4),
    ],
)
def test_what_the_text_says_is_held_against_every_set_of_members(tmp_path, said, holds, sets):
    (found,) = findings(tmp_path, said)
    made = found.base_rate
    assert (found.status, made.sets_hold, made.sets, made.sets_not_judged) == ("judged", holds, sets, 0)
    word = "depends on who is counted" if 0 < holds < sets else "as the text says" if holds else "comes out otherwise"
    assert word in found.verdict


def test_a_count_lists_its_members_and_says_who_is_not_counted(tmp_path):
    (found,) = findings(tmp_path, {"says": "never"})
    core, with_all = found.base_rate.rates[:2]
    assert (core.successes, core.of, with_all.successes, with_all.of) == (1, 3, 2, 4)
    assert core.wilson == pytest.approx((0.0615, 0.7923), abs=1e-4)
    assert [m.name for m in found.base_rate.members if m.counter] == ["the first", "the lockout"]
    assert (found.base_rate.undecided, found.base_rate.left_out) == (
        1,
        (("how it came out is not known, or not yet", 1),),
    )


def test_who_still_goes_on_counts_for_as_long_as_it_was_seen(tmp_path):
    (found,) = findings(tmp_path, {"says": "under", "years": 8})
    core = found.base_rate.spans[0]
    assert (core.of, core.ended, core.going_on, core.median, core.longest) == (4, 3, 1, 1.0, 10.0)
    assert found.base_rate.curves[0].at_risk == (4, 4, 3, 2, 1)
    assert "1 still went on when last seen" in found.base_rate.answer[0]


def test_of_all_one_that_is_longer_is_enough_and_one_that_goes_on_may_still_be(tmp_path):
    shorter, longer = findings(
        tmp_path, {"says": "under", "years": 10, "who": "all"}, {"says": "under", "years": 11, "who": "all"}
    )
    assert (shorter.base_rate.sets_hold, shorter.base_rate.members[0].name) == (0, "the long one")
    assert longer.verdict == "nothing contradicts it so far, and some still go on"


def test_years_choose_members_by_their_start_and_look_no_further_than_the_last(tmp_path):
    (found,) = findings(tmp_path, {"says": "always", "from": 1900, "to": 1915})
    assert [(m.name, m.end, m.goes_on) for m in found.base_rate.members] == [
        ("the first", "1902", False),
        ("the long one", "1915", True),
    ]
    assert found.base_rate.undecided == 1


def test_a_list_that_opens_late_is_counted_without_and_with_what_began_before(tmp_path):
    late = {**LOCKOUTS, "opens": 1904}
    (found,) = findings(tmp_path, {"group": "lockouts", "says": "under", "years": 40}, classes=[STRIKES, late])
    without, with_them = found.base_rate.spans
    assert (without.of, with_them.of) == (6, 10)
    assert ("began before the list opens in 1904", 4) in found.base_rate.left_out


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"group": "east", "says": "never"}, "refused", "no_outcomes"),
        ({"group": "east"}, "not-judged-yet", "no_saying"),
        ({"says": "never", "from": 1956}, "refused", "no_figures"),
        ({"says": "over", "years": 2, "from": 1955}, "refused", "no_durations"),
    ],
)
def test_without_figures_it_is_refused_with_what_to_supply(tmp_path, given, status, code):
    (found,) = findings(tmp_path, given)
    assert (found.status, found.reason.code) == (status, code)


def test_where_all_are_disputed_there_is_no_core_to_count(tmp_path):
    members = [{"name": n, "from": 1900, "succeeded": n == "a", "status": "disputed", "because": "x"} for n in "abc"]
    (found,) = findings(tmp_path, {"says": "rarely", "share": 0.4}, classes=[{"id": "strikes", "members": members}])
    assert found.base_rate.rates[0].who == "with all disputed ones"
    assert (found.base_rate.sets, found.base_rate.sets_hold, found.base_rate.sets_not_judged) == (7, 4, 0)


def test_without_a_class_the_claim_stays_open(tmp_path):
    found = judged(tmp_path, {"kind": "base-rate"}).claims[0].finding
    assert (found.status, found.reason.code) == ("not-judged-yet", "no_class")


def test_a_group_is_counted_by_a_measure_or_by_catalogued_events(tmp_path):
    moved = {
        "group": "east",
        "event": "it rose",
        "measure": "years",
        "moved": "rose",
        "from": 1945,
        "to": 1960,
        "says": "always",
    }
    struck = {"group": "east", "event": "famine", "from": 1930, "to": 1940, "says": "never"}
    rose, hunger = findings(tmp_path, moved, struck)
    assert [(r.successes, r.of) for r in rose.base_rate.rates[:2]] == [(3, 3), (4, 4)]
    assert rose.base_rate.members[0].because == "50 in 1945, 53.75 in 1960; in part"
    assert [m.name for m in hunger.base_rate.members if m.counter] == ["Newland"]
    assert any("not complete" in caveat for caveat in hunger.caveats)


def test_years_of_membership_are_durations_and_open_ones_go_on(tmp_path):
    (found,) = findings(tmp_path, {"group": "east", "event": "it left", "says": "under", "years": 500})
    assert found.base_rate.spans[0].going_on == 3


def test_the_page_shows_counts_curve_and_every_member(tmp_path):
    case = judged(tmp_path, *claims({"says": "under", "years": 8}, {"says": "never"}), classes=[STRIKES, LOCKOUTS])
    html = page(case)
    assert html.count('data-chart="lasting"') == 1
    assert all(member["name"] in html for member in STRIKES["members"])
    assert "Kaplan" in html
    assert "1 of 3" in html


@pytest.mark.parametrize(
    ("class_", "said"),
    [
        ({"says": "about"}, "about needs share"),
        ({"says": "under"}, "under needs years"),
        ({"says": "longer"}, "longer needs against"),
        ({"says": "never", "years": 3}, "years does not belong to never"),
        ({"says": "longer", "against": "strikes"}, "compared with itself"),
        ({"says": "never", "measure": "years"}, "measure needs from, to and moved"),
        ({"says": "ever"}, "'ever' is not allowed"),
        ({"group": "strike"}, "unknown class 'strike'"),
    ],
)
def test_what_does_not_belong_together_is_said_with_its_line(tmp_path, class_, said):
    with pytest.raises(BadInputError) as caught:
        findings(tmp_path, class_)
    assert len(caught.value.problems) == 1
    assert said in caught.value.problems[0].message
    assert caught.value.problems[0].where.startswith(str(tmp_path))


ROWS = "name,start,end,success\n"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS + "one,1901,1902,maybe\n", ":2: success ‘maybe’ is neither yes nor no"),
        (ROWS + "one,1901,1902,yes\ntwo,MCM,,\n", ":3: start ‘MCM’ is no date"),
        (ROWS + "one,1903,1902,yes\n", ":2: it ends in 1902, before it starts in 1903"),
        (ROWS, "has no rows"),
        ("name,won\na,1\n", "has no column start"),
    ],
)
def test_a_list_of_ones_own_says_which_row_is_wrong(tmp_path, rows, said):
    (tmp_path / "own.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        findings(tmp_path, {"says": "never"}, classes=[{"id": "strikes", "file": "own.csv"}])
    (problem,) = caught.value.problems
    assert said.split(": ")[-1] in problem.message


ENTRIES = st.lists(
    st.tuples(st.integers(1800, 1900), st.integers(0, 90), st.booleans(), st.sampled_from(["core", "disputed"])),
    min_size=1, max_size=8,
)  # fmt: skip


@given(ENTRIES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_never_and_always_mirror_each_other_when_success_is_turned_round(tmp_path, entries):
    def class_(turned):
        return {"id": "strikes", "members": [
            {"name": f"m{i}", "from": a, "to": a + b, "succeeded": won != turned, "status": status}
            for i, (a, b, won, status) in enumerate(entries)]}  # fmt: skip

    one = findings(tmp_path, {"says": "never"}, {"says": "at-least", "share": 0.5}, classes=[class_(False)])
    other = findings(tmp_path, {"says": "always"}, {"says": "at-most", "share": 0.5}, classes=[class_(True)])
    for mine, theirs in zip(one, other, strict=True):
        assert mine.verdict == theirs.verdict
        assert mine.base_rate.sets_hold == theirs.base_rate.sets_hold


def test_the_classes_that_ship_are_whole_and_both_hands_are_dated(tmp_path):
    catalog = Catalog.open(home=tmp_path)
    known = {one.id for one in catalog.tables.classes}
    assert {m.klass for m in catalog.tables.class_members} | {"long-reigns"} == known
    sources = {s.id for s in catalog.sources()}
    for member in catalog.tables.class_members:
        assert set(member.source.split(";")) <= sources
        assert catalog.unit(member.unit)
        assert member.status == "core" or member.because
    for one in known:
        made = class_of(one, type("Empty", (), {"classes": ()})(), catalog)
        assert len(made.members) >= 10
        assert all(m.years is not None for m in made.members)
