"""Groups of tied sources, the table without them, voices: both hands the same size."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from evenhand.model import BadInputError
from evenhand.sources import (
    Tie,
    groups,
    independent_voices,
    read_testimony,
    swap_sides,
    sweep,
    ties_of,
    truth,
    without_them,
)


def tie(source, party, kind="funding", side="", status="documented", **more):
    return Tie(source, party, kind, status=status, source="a book", side=side, **more)


def says(table, when=None):
    rows = []
    for item, said in table.items():
        rows += [{"source": s, "item": item, "value": v} | ({"when": when} if when else {}) for s, v in said.items()]
    return read_testimony(rows)


WIRE = says(
    {
        "storm": {"Wire": "north", "A": "north", "B": "north", "C": "north", "Local": "south"},
        "vote": {"Wire": "yes", "A": "yes", "B": "yes", "C": "yes", "Local": "yes"},
    }
)
FEEDS = ties_of([tie(name, "Wire", "copying") for name in "ABC"])


def test_ten_feeds_and_one_wire_story_are_one_voice():
    voices = independent_voices(WIRE, FEEDS, "storm", "north")
    assert (voices.heads, voices.by_roots, voices.by_ties) == (4, 1, 1.0)
    assert voices.lowest == pytest.approx(1, abs=0.2)
    assert independent_voices(WIRE, ties_of([]), "storm", "north").by_ties == 4


def test_a_tie_that_passes_on_reaches_who_stands_behind():
    ties = ties_of(
        [
            tie("A", "Firm", "ownership"),
            tie("Firm", "Ministry", "state-control", side="x"),
            tie("B", "Club", "membership"),
        ]
    )
    ties = ties_of([*ties.ties, tie("Club", "Ministry", "funding", side="x")])
    found = groups(WIRE, ties).groups
    assert {group.parties: group.members for group in found} == {("Firm", "Ministry"): ("A",), ("Club",): ("B",)}
    assert {group.side for group in found if group.members == ("A",)} == {"x"}


def test_only_documented_ties_take_a_source_out():
    ties = ties_of([tie("A", "Ministry", status="asserted"), tie("B", "Ministry", status="disputed")])
    assert groups(WIRE, ties).groups == ()
    assert groups(WIRE, ties, statuses=("documented", "asserted", "disputed")).groups[0].members == ("A", "B")


def test_ties_outside_the_years_of_the_testimony_do_not_count_and_are_told():
    testimony = says({"toll": {"Conley": "many", "Durand": "few"}}, when=1968)
    ties = ties_of([tie("Conley", "Office", "employment", start=1948, end=1956)])
    got = groups(testimony, ties)
    assert got.groups == ()
    assert [note.code for note in got.notes] == ["years_do_not_overlap"]
    assert groups(testimony, ties, ever=True).groups[0].members == ("Conley",)


def test_no_source_left_is_never_refuted():
    ties = ties_of([tie(name, "Fund") for name in WIRE.sources])
    table = without_them(WIRE, ties, method="vote")
    assert [note.code for note in table.notes] == ["all_tied"]
    rows = [row for row in table.rows if row.kind == "without"]
    assert rows
    for row in rows:
        assert (row.left, row.answer, row.same) == (0, None, None)
        assert "refutes nothing" in row.note


def test_numbers_and_categories_stand_in_one_table():
    testimony = read_testimony(
        [
            {"source": "A", "item": "toll", "value": 100, "low": 80, "high": 120},
            {"source": "B", "item": "toll", "value": 110, "low": 90, "high": 130},
            {"source": "C", "item": "toll", "value": 300, "low": 250, "high": 400},
            {"source": "A", "item": "where", "value": "north"},
            {"source": "C", "item": "where", "value": "north"},
        ]
    )
    table = without_them(testimony, ties_of([tie("C", "Ministry", side="x")]), method="vote")
    kinds = [row.kind for row in table.rows if row.item == "toll"]
    assert kinds == ["all-ties", "no-ties", "side", "without-side", "without-tied", "without"]
    left = next(row for row in table.rows if row.item == "toll" and row.kind == "without")
    assert left.removed == ("C",)
    assert float(left.answer) == pytest.approx(105, rel=0.02)


MIRROR = says(
    {
        item: {"a1": "x", "a2": "x", "b1": "y", "b2": "y", "free": free}
        for item, free in zip(("p", "q", "r", "s"), ("x", "y", "x", "y"), strict=True)
    }
)
BOTH = ties_of(
    [
        tie("a1", "One", side="left"),
        tie("a2", "One", side="left"),
        tie("b1", "Two", side="right"),
        tie("b2", "Two", side="right"),
    ]
)


@pytest.mark.parametrize("method", ["vote", "accu", "accu-copy", "truthfinder", "one-coin"])
def test_exchanging_the_sides_labels_mirrors_every_number_exactly(method):
    one = without_them(MIRROR, BOTH, method=method).rows
    other = without_them(MIRROR, swap_sides(BOTH, "left", "right"), method=method).rows
    swapped = {"left": "right", "right": "left", "": ""}
    key = lambda row: (row.item, row.kind, row.side, row.party)  # noqa: E731
    mirrored = sorted((replace(row, side=swapped[row.side], label="") for row in other), key=key)
    assert sorted((replace(row, label="") for row in one), key=key) == mirrored


@pytest.mark.parametrize("method", ["vote", "accu", "accu-copy"])
def test_the_same_ties_on_both_sides_leave_a_symmetric_case_symmetric(method):
    def mirrored(ties):
        found = truth(MIRROR, method, ties=ties)
        support = {
            (MIRROR.items[i], MIRROR.values[v]): s
            for i, v, s in zip(found.item, found.value, found.support, strict=True)
        }
        turned = dict(zip(("p", "q", "r", "s"), ("q", "p", "s", "r"), strict=True))
        other = {"x": "y", "y": "x"}
        return all(support[i, v] == pytest.approx(support[turned[i], other[v]], abs=1e-9) for i, v in support)

    assert mirrored(ties_of([]))
    assert mirrored(BOTH)


def test_one_sides_ties_alone_are_shown_beside_the_other_sides():
    rows = [row for row in without_them(MIRROR, BOTH, method="vote").rows if row.kind == "side" and row.item == "p"]
    left, right = rows
    assert (left.side, right.side) == ("left", "right")
    assert left.share == pytest.approx((1 + 2 / 1.25) / (1 + 2 / 1.25 + 2))
    assert right.share == pytest.approx(3 / (3 + 2 / 1.25))


def test_the_sweep_gives_each_answer_its_share():
    got = sweep(MIRROR, BOTH, starts=0)
    for item, answers in got.shares.items():
        assert sum(share for _, share in answers) == 1, item
    assert got.undecided or "95 %" in got.sentence
    assert {way.ties for way in got.tried} == {"none", "all", "left", "right"}


def test_unknown_method_and_unsaid_value():
    with pytest.raises(BadInputError, match="methods: vote"):
        truth(WIRE, "guess")
    with pytest.raises(BadInputError, match="nobody says"):
        independent_voices(WIRE, FEEDS, "storm", "west")


def test_relabelling_sources_and_items_permutes_and_changes_nothing_else():
    rng = np.random.default_rng(3)
    rows = [
        {"source": f"s{s}", "item": f"i{i}", "value": str(rng.integers(3))}
        for s, i in itertools.product(range(6), range(15))
        if rng.random() < 0.9
    ]
    turned = {f"s{s}": f"z{(5 * s + 2) % 6}" for s in range(6)} | {
        f"i{i}": f"j{(7 * i + 4) % 15:02}" for i in range(15)
    }
    other = [{"source": turned[row["source"]], "item": turned[row["item"]], "value": row["value"]} for row in rows]
    for method in ("vote", "dawid-skene", "one-coin", "truthfinder", "accu", "accu-copy"):
        one, two = (read_testimony(given, kind="category") for given in (rows, other))
        first, second = truth(one, method), truth(two, method)
        found = {
            (two.items[i], two.values[v]): s for i, v, s in zip(second.item, second.value, second.support, strict=True)
        }
        for i, v, s in zip(first.item, first.value, first.support, strict=True):
            assert found[turned[one.items[i]], one.values[v]] == pytest.approx(s, abs=1e-6), method
