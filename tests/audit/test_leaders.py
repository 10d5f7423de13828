"""Leaders as units: each over the own time in office, all alike."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from evenhand.audit import judge, open_comparison, open_leaders
from evenhand.audit.without import share_without
from evenhand.case import Against, Claim, OpenComparison, Peers, Subject
from evenhand.catalog import Catalog, Tenure, reigns
from evenhand.catalog.entries import Group, Membership
from evenhand.catalog.tenures import one_voice
from evenhand.compare import panel_of
from evenhand.compare.tenures import Contemporaries, Terms, calendar, in_office, kin_of_terms
from evenhand.model import BadInputError, Form, Outcome
from evenhand.text import Span


@pytest.fixture(scope="module")
def shipped():
    return Catalog.open()


def asked(subject, *, against=None, form="more", direction="up", measure="life-expectancy"):
    other = Against(unit=against) if against else Against(peers=Peers("all"))
    return OpenComparison(Subject(unit=subject), other, measure, Form(form, direction=direction))


def found(catalog, comparison):
    opened = open_leaders(comparison, catalog)
    finding, _ = judge(opened, Claim("q", "comparison", "", Span(0, 0), 0, open=comparison), None)
    return finding


STATES = panel_of([[40.0, 50.0], [44.0, 50.0], [46.0, 53.0], [60.0, 57.0]], [1950, 1954, 1960, 1970], ["A", "B"])
TERMS = Terms(("a1", "a2", "b1"), np.array([0, 0, 1]), np.array([1950, 1960, 1950]), np.array([1960, 1970, 1970]))


def test_the_pace_is_that_of_ten_years():
    panel = in_office(STATES, TERMS, "whole")
    np.testing.assert_allclose(panel.values, [[40, 46, 50], [46, 60, 53.5]])
    assert panel.periods.tolist() == [0, 10]
    assert calendar(STATES, TERMS, "whole").tolist() == [[1950, 1960], [1960, 1970], [1950, 1970]]


def test_the_first_ten_years_alone():
    panel = in_office(STATES, TERMS, "first-ten")
    np.testing.assert_allclose(panel.values[1], [46, 60, 53])


def test_a_year_without_a_figure_is_no_score():
    assert np.isnan(in_office(STATES, TERMS, "a-year-later").values).all()


def test_the_order_of_leaders_changes_nothing():
    order = [2, 0, 1]
    turned = Terms(tuple(TERMS.ids[i] for i in order), TERMS.column[order], TERMS.start[order], TERMS.end[order])
    np.testing.assert_array_equal(
        in_office(STATES, turned, "whole").values, in_office(STATES, TERMS, "whole").values[:, order]
    )


def test_one_person_and_one_ground_are_never_set_against_themselves():
    people = [("x", "A"), ("y", "A"), ("x", "A"), ("z", "B")]
    start, end = np.array([1900, 1910, 1920, 1905]), np.array([1910, 1925, 1930, 1915])
    states = np.array([[a == b for b in "AAAB"] for a in "AAAB"])
    kin = kin_of_terms(people, start, end, states)
    assert kin[0, 2]
    assert kin[1, 2], "both ruled A in 1920"
    assert not kin[0, 1], "one after the other"
    assert not kin[:3, 3].any()
    assert not np.diag(kin).any()


def test_contemporaries_took_office_within_ten_years():
    groups = type("G", (), {"kin": np.zeros((3, 3), dtype=bool)})()
    near = Contemporaries((1900, 1909, 1920)).of(None, None, groups)
    assert near.tolist() == [[False, True, False], [True, False, False], [False, False, False]]


def test_of_two_lists_a_state_has_one():
    rows = [
        Tenure("X", "AAA", "1900", "1920", source="big"), Tenure("Y", "BBB", "1900", "1920", source="big"),
        Tenure("X.", "AAA", "1900-03", "1920", source="small"), Tenure("Z", "CCC", "1950", "1975", source="small"),
    ]  # fmt: skip
    assert [(t.person, t.source) for t in one_voice(rows)] == [("X", "big"), ("Y", "big"), ("Z", "small")]


def test_who_still_rules_is_counted_until_the_list_closes():
    rows = [Tenure("X", "AAA", "2000", "", source="s"), Tenure("Y", "BBB", "2004", "2015-06", source="s")]
    assert [(r.person, r.end) for r in reigns(rows)] == [("X", 2015), ("Y", 2015)]
    assert reigns(rows, least=12) == reigns(rows)[:1]


def test_a_leader_is_counted_among_all_who_ruled_for_ten_years(shipped):
    finding = found(shipped, asked("franco"))
    assert finding.status == "judged"
    assert "Francisco Franco" in finding.sentence
    assert finding.literal.sentence.startswith("Under Francisco Franco, life expectancy at birth moved at a pace of")
    assert "other leaders who ruled for ten years or more" in finding.literal.sentence
    assert finding.place is not None
    assert finding.place.of > 150
    assert any("not all done by that leader" in caveat for caveat in finding.caveats)


@pytest.mark.parametrize(
    ("one", "other", "measure", "direction"),
    [("castro", "franco", "infant-mortality", "down"), ("mao", "tito-yug-1945", "life-expectancy", "up")],
)
def test_swapping_the_two_mirrors_everything(shipped, one, other, measure, direction):
    there, back = (
        found(shipped, asked(a, against=b, measure=measure, direction=direction))
        for a, b in ((one, other), (other, one))
    )
    assert there.judged == back.judged
    held, mirrored = there.comparison.judged.outcome, back.comparison.judged.outcome
    assert {held, mirrored} in ({Outcome.HOLDS, Outcome.FAILS}, {Outcome.TIED}, {Outcome.NOT_JUDGED})
    assert there.share == pytest.approx(1 - back.share)


def test_a_leader_of_a_state_that_is_gone_is_judged_by_heirs_figures_and_that_is_said(shipped):
    finding = found(shipped, asked("stalin"))
    assert finding.status == "judged"
    assert any(line.startswith("borders: ") for line in finding.comparison.tried)


@pytest.mark.parametrize(
    ("comparison", "told"),
    [
        (asked("castro", against="CUB"), "Cuba is no leader"),
        (asked("castro", against="castro"), "compared with itself"),
        (asked("castro", form="rose"), "cannot be asked of a time in office"),
        (asked("castro", against="franco", form="most"), "cannot be said against one leader"),
        (asked("washington"), "does not know when George Washington"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(shipped, comparison, told):
    with pytest.raises(BadInputError, match=told):
        open_leaders(comparison, shipped)


@pytest.mark.parametrize(
    ("comparison", "told"),
    [
        (
            replace(asked("x"), subject=Subject(units=("castro", "franco"))),
            r"Fidel Castro and Francisco Franco\), and a",
        ),
        (replace(asked("x"), subject=Subject(units=("CUB", "franco"))), r"\(Francisco Franco\), and a time in office"),
        (asked("CUB", against="franco"), "the subject is no leader, and is set against Francisco Franco"),
        (replace(asked("CUB"), against=Against(peers=Peers("list", ("castro",)))), "set against Fidel Castro"),
    ],
)
def test_leaders_are_judged_one_by_one_and_what_to_do_is_said(shipped, comparison, told):
    with pytest.raises(BadInputError, match=told):
        open_comparison(comparison, shipped)


def test_a_group_of_leaders_is_refused(shipped):
    two = shipped.with_groups([Group("g", "Two", "", "")], [Membership("g", "castro"), Membership("g", "franco")])
    with pytest.raises(BadInputError, match="the group “Two” holds leaders"):
        open_comparison(replace(asked("x"), subject=Subject(group="g")), two)


def test_a_leader_is_judged_without_a_source_too(shipped):
    claim = Claim("q", "comparison", "", Span(0, 0), 0, open=asked("franco", measure="life-expectancy-gapminder"))
    case = SimpleNamespace(choice=None)
    whole = found(shipped, claim.open).share
    assert float(share_without(claim, case, shipped, frozenset({"vdem-ewp"}))) == pytest.approx(whole)
    sources = {str(source) for source in shipped.figures("life-expectancy-gapminder").source}
    others = {str(s) for m in shipped.measures_of_concept("life-expectancy") for s in shipped.figures(m.id).source}
    assert share_without(claim, case, shipped, frozenset(sources | others)) is None


def test_tolls_rank_no_leader(shipped):
    finding = found(shipped, asked("castro", measure="political-killings"))
    assert finding.status == "refused"
    assert finding.reason.code == "the_dead_are_not_points"


def test_every_leader_of_the_table_has_a_source_and_dates(shipped):
    sources = {source.id for source in shipped.sources()}
    for tenure in shipped.tenures():
        assert tenure.source in sources
        assert tenure.ended is None or tenure.ended > tenure.began
