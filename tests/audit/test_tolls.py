"""“Worse than”: tolls side by side, by author, under each rule; mirrored when the sides are swapped; no score."""

import pytest
from hypothesis import given, strategies as st

from evenhand.audit import judge, open_comparison, open_leaders
from evenhand.case import Against, Claim, OpenComparison, Subject, Window
from evenhand.catalog import Catalog
from evenhand.catalog.entries import Estimate, Event
from evenhand.catalog.tolls import WAYS, Part, Way, counted, larger, toll_of, total, wholes
from evenhand.model import Form
from evenhand.text import Span


def estimate(low=None, central=None, high=None, counted="killed"):
    return Estimate(counted, low, central, high, "A", 2000, "s", "e", "")


def part(id_, toll, *, kind="killing", abroad=False, shared=False, within=()):
    return Part(Event(id_, "war", id_, (), (), (), 1900, 1901), kind, abroad, shared, frozenset(within), toll)


ranges = st.tuples(*[st.integers(0, 10**6)] * 3).map(lambda t: tuple(float(n) for n in sorted(t)))


@given(ranges, ranges)
def test_swapping_two_tolls_swaps_who_is_the_larger(one, other):
    swapped = {"first": "second", "second": "first"}
    found = larger(one, other)
    assert larger(other, one) == swapped.get(found, found)


@given(st.lists(ranges, max_size=5), st.randoms())
def test_the_order_of_events_changes_no_sum(tolls, random):
    parts = [part(str(i), toll) for i, toll in enumerate(tolls)]
    shuffled = parts[:]
    random.shuffle(shuffled)
    assert total(parts) == total(shuffled)


def test_an_event_inside_another_is_never_added_to_it():
    parts = (part("whole", (5, 5, 5), kind="war"), part("inner", (2, 2, 2), within=("whole",)))
    assert [p.event.id for p in counted(parts, Way(True, True, True, True))] == ["whole"]
    assert [p.event.id for p in counted(parts, Way(True, True, False, True))] == ["inner"]


def test_each_rule_leaves_out_what_it_says():
    parts = (part("home", (1, 1, 1)), part("abroad", (2, 2, 2), abroad=True), part("hunger", (4, 4, 4), kind="famine"),
             part("war", (8, 8, 8), kind="war"), part("shared", (16, 16, 16), shared=True))  # fmt: skip
    assert total(counted(parts, Way(abroad=False, famine=False, war=False, shared=False)))[0] == 1
    assert total(counted(parts, Way(abroad=True, famine=False, war=False, shared=False)))[0] == 3
    assert total(counted(parts, Way(abroad=True, famine=True, war=True, shared=True)))[0] == 31
    assert len(set(WAYS)) == 16


def test_rows_that_count_a_part_are_taken_only_where_none_counts_the_whole():
    assert toll_of([estimate(central=10, counted="killed (civilians)"), estimate(central=50)]) == (50, 50, 50)
    assert toll_of([estimate(central=10, counted="killed (civilians)")]) == (10, 10, 10)
    assert toll_of([estimate(low=1, high=3), estimate(central=10)]) == (1, 6, 10)
    assert toll_of([]) is None


def test_parts_of_parts():
    assert wholes([("a", "b"), ("b", "c")]) == {"a": {"b", "c"}, "b": {"c"}}


@pytest.fixture(scope="module")
def shipped():
    return Catalog.open()


def asked(one, other, window=None):
    return OpenComparison(Subject(unit=one), Against(unit=other), "political-killings", Form("more"), window, None)


def found(catalog, comparison):
    leader = catalog.unit(comparison.subject.unit).kind == "leader"
    opened = open_leaders(comparison, catalog) if leader else open_comparison(comparison, catalog)
    return judge(opened, Claim("q", "value", "", Span(0, 0), 0, open=comparison), None)[0]


@pytest.mark.parametrize(
    ("one", "other", "window"),
    [("stalin", "churchill", None), ("GBR", "SUN", Window(1930, 1950)), ("USA", "CHN", Window(1950, 1975))],
)
def test_the_dead_are_shown_and_not_scored_and_the_sides_mirror(shipped, one, other, window):
    there, back = found(shipped, asked(one, other, window)), found(shipped, asked(other, one, window))
    for finding in (there, back):
        assert finding.status == "refused"
        assert finding.share is None
        assert finding.place is None
        assert finding.reason.code == "the_dead_are_not_points"
    assert (there.tolls.first, there.tolls.second) == (back.tolls.second, back.tolls.first)
    swapped = {"first": "second", "second": "first"}
    for rule, mirror in zip(there.tolls.rules, back.tolls.rules, strict=True):
        assert rule.rule == mirror.rule
        assert (rule.first, rule.second) == (mirror.second, mirror.first)
        assert swapped.get(rule.larger, rule.larger) == mirror.larger
        assert swapped.get(rule.larger_per_head, rule.larger_per_head) == mirror.larger_per_head
    assert set(there.tolls.sentences) == set(back.tolls.sentences)


def test_every_toll_names_its_authors_and_what_is_counted(shipped):
    tolls = found(shipped, asked("stalin", "churchill")).tolls
    bengal = next(p for p in tolls.second.parts if p.event == "famine-bengal-1943")
    assert bengal.abroad
    assert {"Sen", "Greenough", "Maharatna"} <= {account.author for account in bengal.accounts}
    assert all(account.counted for part in tolls.first.parts for account in part.accounts)


def test_nothing_in_the_table_is_no_zero(shipped):
    tolls = found(shipped, asked("CHE", "SWE", Window(1950, 1970))).tolls
    assert not tolls.first.parts
    assert {rule.larger for rule in tolls.rules} == {"not-listed"}
    assert all("not to say that there was nothing" in line for line in tolls.sentences)


def test_every_nested_event_is_listed(shipped):
    known = {event.id for event in shipped.events()}
    for row in shipped.tables.nested_events:
        assert {row.event, row.part_of} <= known
