"""“Worse than”: tolls side by side, by author, under each rule; mirrored when the sides are swapped; no score."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from evenhand.audit import judge, open_comparison, open_leaders
from evenhand.audit.tolls import _whose as whose
from evenhand.case import Against, Claim, OpenComparison, Subject, Window
from evenhand.catalog import Catalog
from evenhand.catalog.entries import Estimate, Event
from evenhand.catalog.tolls import WAYS, Part, Way, authors_of, by_one_author, counted, larger, toll_of, total, wholes
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


def told(id_, *estimates, **more):
    event = Event(id_, "war", id_, (), (), (), 1900, 1901, tuple(estimates))
    return replace(part(id_, toll_of(estimates), **more), event=event)


def by(author, low, high, counted="killed"):
    return replace(estimate(low=low, high=high, counted=counted), author=author)


def test_one_author_alone():
    parts = (told("a", by("X", 1, 3), by("Y", 10, 30)), told("b", by("Y", 5, 5), by("X", 1, 1, "killed (soldiers)")))
    assert authors_of(parts) == {"X", "Y"}
    assert [(p.event.id, p.toll) for p in by_one_author(parts, "X")] == [("a", (1, 2, 3))], "no part for the whole"
    assert total(by_one_author(parts, "Y")) == (15, 25, 35)
    assert by_one_author(parts, "Z") == ()


def test_what_one_author_counts_in_parts_is_never_taken_for_the_whole():
    parts = (
        told("famine", by("X", 2, 2, "dead (south)"), by("Y", 9, 9, "dead (all years)")),
        told("east", by("X", 3, 3, "dead (1932)"), within=("famine",)),
        told("deported", by("X", 5, 5, "dead (one people)"), by("X", 1, 1, "dead (another)")),
    )
    assert [p.event.id for p in by_one_author(parts, "X")] == ["east"]
    assert [p.event.id for p in by_one_author(parts, "Y")] == ["famine"]


@given(ranges, ranges, st.tuples(st.booleans(), st.booleans()))
def test_an_event_without_a_number_never_makes_a_toll_the_smaller(one, other, gaps):
    found = whose(one, other, gaps)
    mirror = {"first": "second", "second": "first"}
    assert whose(other, one, gaps[::-1]) == mirror.get(found, found)
    if found == "first":
        assert one[0] > other[2]
        assert not gaps[1]
    if found in {"same", "range"}:
        assert not any(gaps)


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
        for mine, theirs in zip(rule.by_author, mirror.by_author, strict=True):
            assert (mine.author, mine.first, mine.first_without) == (
                theirs.author,
                theirs.second,
                theirs.second_without,
            )
            assert swapped.get(mine.larger, mine.larger) == theirs.larger
            assert swapped.get(mine.larger_per_head, mine.larger_per_head) == theirs.larger_per_head


def test_every_toll_names_its_authors_and_what_is_counted(shipped):
    tolls = found(shipped, asked("stalin", "churchill")).tolls
    bengal = next(p for p in tolls.second.parts if p.event == "famine-bengal-1943")
    assert bengal.abroad
    assert {"Sen", "Greenough", "Maharatna"} <= {account.author for account in bengal.accounts}
    assert all(account.counted for part in tolls.first.parts for account in part.accounts)


def test_each_author_with_numbers_for_both_is_tried_alone(shipped):
    tolls = found(shipped, asked("USA", "CHN", Window(1950, 1975))).tolls
    sides = [{a.author for p in side.parts for a in p.accounts} for side in (tolls.first, tolls.second)]
    names = {one.author for one in tolls.rules[0].by_author}
    assert names
    assert names <= sides[0] & sides[1]
    listed = [{p.name for p in side.parts} for side in (tolls.first, tolls.second)]
    for one in (one for rule in tolls.rules for one in rule.by_author):
        assert set(one.first_without) <= listed[0]
        assert set(one.second_without) <= listed[1]
    assert all(any(line.startswith(f"By {name} alone") for line in tolls.sentences) for name in names)


@pytest.mark.parametrize(
    ("comparison", "says"),
    [
        (
            asked("stalin", "churchill"),
            "Deaths attributed to Joseph Stalin and to Winston Churchill in the own years in",
        ),
        (
            asked("GBR", "SUN", Window(1930, 1950)),
            "Deaths attributed to the United Kingdom and to the Soviet Union from",
        ),
    ],
)
def test_the_sentence_compares_nothing(shipped, comparison, says):
    answer = found(shipped, comparison)
    assert answer.sentence.startswith(says)
    assert "more" not in answer.sentence
    assert "faster" not in answer.sentence


def test_nothing_in_the_table_is_no_zero(shipped):
    tolls = found(shipped, asked("CHE", "SWE", Window(1950, 1970))).tolls
    assert not tolls.first.parts
    assert {rule.larger for rule in tolls.rules} == {"not-listed"}
    assert not tolls.rules[0].by_author
    assert tolls.sentences[-1].startswith("No author gives numbers for both")
    assert all("not to say that there was nothing" in line for line in tolls.sentences[:-1])


def test_every_nested_event_is_listed(shipped):
    known = {event.id for event in shipped.events()}
    for row in shipped.tables.nested_events:
        assert {row.event, row.part_of} <= known
