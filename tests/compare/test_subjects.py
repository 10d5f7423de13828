"""Groups as subjects, disputed members, placebos, statements about all of a class, and pairs."""

from dataclasses import replace
from statistics import median

import numpy as np
import pytest

from evenhand.compare import (
    AllPeers,
    Change,
    Growth,
    Level,
    Plan,
    RegionPeers,
    Window,
    detail,
    groups_of,
    membership_options,
    multiverse,
    panel_of,
    verdict,
)
from evenhand.compare.columns import network
from evenhand.model import Choice, Form, Option, Outcome, ReasonCode

ALL = (AllPeers(),)
WINDOW = Window(1950, 1950, 1960)
UNITS = tuple("ABCDEFGHIJKLMNOP")
RISES = (9, 8, 7, -1, 6, 0, 1, 2, 3, 4, 5, 2.5, 3.5, 1.5, 0.5, -2)
REGION = tuple("north" if i % 2 else "south" for i in range(16))


def panel(rises=RISES, missing=()):
    rows = [[50.0] * 16, [None if u in missing else 50.0 + rise for u, rise in zip(UNITS, rises, strict=True)]]
    return panel_of(rows, (1950, 1960), UNITS)


def mask(ids):
    return np.array([u in ids for u in UNITS])


def choice(kind, *values):
    return Choice(kind, tuple(Option(f"{kind}{i}", f"{kind}{i}", value) for i, value in enumerate(values)), kind)


def plan(core="ABC", disputed="", *, kinds=(), kin=(), placebos=199, peers=ALL, **more):
    tables = panel()
    groups = groups_of(tables, members={"club": core, "rest": "FGHI"}, region=REGION, kin=kin)
    choices = [choice("window", WINDOW), choice("standard", Change()), choice("peers", *peers), *kinds]
    if disputed:
        options = membership_options(mask(core), mask(disputed), UNITS)
        choices.append(Choice("membership", options, "membership"))
    return Plan(tuple(choices), groups, subject="club", placebos=placebos, regional=placebos // 2, **more)


def run(what, form="more", tables=None, direction="up", **more):
    return multiverse(what, {"x": tables or panel()}, Form(form, direction, **more))


def test_membership_options():
    options = membership_options(mask("ABC"), mask("DE"), UNITS)
    members = {
        option.id: "".join(u for u, inside in zip(UNITS, option.value, strict=True) if inside) for option in options
    }
    assert members == {
        "core": "ABC",
        "with-disputed": "ABCDE",
        "with-D": "ABCD",
        "without-D": "ABCE",
        "with-E": "ABCE",
        "without-E": "ABCD",
    }
    assert len(membership_options(mask("ABC"), mask("DEF"), UNITS)) == 2 * 3 + 2
    assert len(membership_options(mask("ABC"), mask("D"), UNITS)) == 2
    assert len(membership_options(mask("ABC"), mask(""), UNITS)) == 1


def test_a_group_scores_the_median_of_its_members():
    one = detail(plan("ABCD"), {"x": panel()}, Form("more"), {})
    assert one.scores[0] == 7.5
    assert one.reference[0] == median(RISES[4:])
    assert one.outcomes[0] == Outcome.HOLDS
    assert one.peers[0].tolist() == [u not in "ABCD" for u in UNITS]
    assert [member.unit for member in one.members] == list("ABCD")


def test_every_placebo_is_a_group_scored_alike():
    what = plan("ABCD", placebos=300)
    one = detail(what, {"x": panel(missing="BK")}, Form("more"), {})
    assert len(one.columns) == 451
    rises = {u: rise for u, rise in zip(UNITS, RISES, strict=True) if u not in "BK"}
    for column in range(451):
        members = {u for u, peer in zip(UNITS, one.peers[column], strict=True) if not peer}
        assert len(members) == 4
        seen = [rises[u] for u in members if u in rises]
        if len(seen) < 3:
            assert one.reason_codes[column] == ReasonCode.GROUP_TOO_SMALL
        else:
            assert one.scores[column] == pytest.approx(median(seen))
            assert one.reference[column] == pytest.approx(median(r for u, r in rises.items() if u not in members))
        if column > 300:
            assert sorted(REGION[UNITS.index(u)] for u in members) == ["north"] * 2 + ["south"] * 2


def test_the_same_draw_serves_every_membership():
    options = membership_options(mask("ABC"), mask("DE"), UNITS)
    peers = []
    for option in options[:2]:
        narrowed = plan("ABC", "DE")
        one = detail(narrowed, {"x": panel()}, Form("more"), {"membership": option.id})
        peers.append(~one.peers)
    assert (peers[0][1:200] <= peers[1][1:200]).all()
    assert (peers[0].sum(axis=1) == 3).all()
    assert (peers[1].sum(axis=1) == 5).all()


def test_disputed_members_are_a_choice():
    found = run(plan("ABC", "DE"))
    assert len(found.keys) == 4  # with one added is the other removed
    said = verdict(found, "club")
    assert said.share == 1
    assert said.place.of == 200
    assert said.regional.among == "groups of the same regional mix"
    assert said.place.rank <= 5
    assert found.restricted({"membership": ["core"]}).share("club") == 1


@pytest.mark.parametrize(
    ("aggregate", "expected"), [("median", 7.5), ("mean", 5.75), ("weighted", (9 + 8 + 7 - 7) / 10)]
)
def test_aggregates(aggregate, expected):
    weights = np.ones(16)
    weights[3] = 7
    what = plan("ABCD", kinds=(choice("aggregate", aggregate),), weights=weights)
    assert detail(what, {"x": panel()}, Form("more"), {}).scores[0] == pytest.approx(expected)


def test_a_member_without_a_weight_is_missing_where_members_are_weighted():
    weights = np.ones(16)
    weights[3], weights[10], weights[0] = 7, np.nan, 2
    what = plan("ABCD", kinds=(choice("aggregate", "weighted"),), weights=weights)
    assert detail(what, {"x": panel()}, Form("more"), {}).scores[0] == pytest.approx((18 + 8 + 7 - 7) / 11)
    weights[3] = np.nan
    one = detail(replace(what, weights=weights), {"x": panel()}, Form("more"), {})
    assert one.scores[0] == pytest.approx((18 + 8 + 7) / 4)
    weights[2] = np.nan
    few = run(replace(what, weights=weights))
    assert few.reasons("club") == {"group_too_small": 1}
    mean = plan("ABCD", kinds=(choice("aggregate", "mean"),), weights=weights)
    assert detail(mean, {"x": panel()}, Form("more"), {}).scores[0] == pytest.approx(5.75)


def test_two_named_units_are_a_group():
    found = run(plan("AB"))
    assert found.outcome(0, "club") == Outcome.HOLDS
    assert detail(plan("AB"), {"x": panel()}, Form("more"), {}).scores[0] == 8.5
    assert verdict(found, "club").place.of == 200
    half = run(plan("AB"), tables=panel(missing="B"))
    assert half.outcome(0, "club") == Outcome.NOT_JUDGED
    assert half.reasons("club") == {"group_too_small": 1}


def test_a_group_of_which_too_little_is_seen():
    found = run(plan("ABCD"), tables=panel(missing="AB"))
    assert found.reasons("club") == {"not_published": 1} or found.reasons("club") == {"group_too_small": 1}
    assert found.outcome(0, "club") == Outcome.NOT_JUDGED


def test_the_peers_of_a_group_leave_out_the_kin_of_its_members():
    one = detail(plan("ABC", kin=[("A", "F")], peers=(RegionPeers(),)), {"x": panel()}, Form("more"), {})
    assert not one.peers[0][UNITS.index("F")]
    assert one.peers[0][UNITS.index("G")]


@pytest.mark.parametrize(
    ("form", "direction", "core", "outcome", "against"),
    [
        ("none", "down", "ABC", Outcome.HOLDS, ""),
        ("none", "down", "ABCDF", Outcome.FAILS, "D"),
        ("none", "up", "DFP", Outcome.HOLDS, ""),
        ("none", "up", "DFPG", Outcome.FAILS, "G"),
        ("always", "up", "ABC", Outcome.HOLDS, ""),
        ("always", "up", "ABCFD", Outcome.FAILS, "DF"),
        ("always", "down", "DP", Outcome.HOLDS, ""),
    ],
)
def test_statements_about_a_class(form, direction, core, outcome, against):
    found = run(plan(core), form, direction=direction)
    assert found.outcome(0, "club") == outcome
    one = detail(plan(core), {"x": panel()}, Form(form, direction), {})
    assert "".join(member.unit for member in one.counterexamples) == against


def test_one_counterexample_is_enough_and_the_unseen_are_not_counted_out():
    assert run(plan("ABCDEF"), "none", panel(missing="ABC"), "down").outcome(0, "club") == Outcome.FAILS
    unseen = run(plan("ABCEGH"), "none", panel(missing="ABCE"), "down")
    assert unseen.reasons("club") == {"group_too_small": 1}
    assert run(plan("ABCEGH"), "none", panel(missing="A"), "down").outcome(0, "club") == Outcome.HOLDS


def test_a_disputed_counterexample_is_one_choice():
    found = run(plan("ABC", "D"), "none", direction="down")
    said = verdict(found, "club")
    assert said.share == 0.5
    assert said.hinges[0].choice == "membership"
    one = detail(plan("ABC", "D"), {"x": panel()}, Form("none", "down"), {"membership": "with-disputed"})
    assert [(member.unit, member.status, member.change) for member in one.counterexamples] == [("D", "disputed", -1.0)]


def test_exchanging_names_exchanges_only_names():
    order = np.random.default_rng(5).permutation(16)
    tables, what = panel(), plan("ABCD", placebos=99)
    moved = replace(
        tables,
        **{name: getattr(tables, name)[:, order] for name in ("values", "low", "high", "reason_codes", "year_used")},
    )
    groups = what.groups
    region = tuple(groups.region[i] for i in order)
    exchanged = replace(what, groups=replace(groups, member=groups.member[:, order], region=region))
    one, other = verdict(run(what), "club"), verdict(run(exchanged, tables=moved), "club")
    assert one == other


def test_a_pair():
    what = replace(plan(), subject=None, against="E")
    found = run(what)
    assert found.outcome(0, "A") == Outcome.HOLDS
    assert found.outcome(0, "F") == Outcome.FAILS
    assert found.reasons("E") == {"excluded_kin": 1}
    few = run(what, tables=panel(missing="CDFGHIJKLMNOP"))
    assert few.reasons("A") == {"too_few_peers": 1}
    gone = run(what, tables=panel(missing="E"))
    assert gone.reasons("A") == {"not_published": 1}


def test_a_pair_of_groups_mirrors():
    one = replace(plan("ABCD"), against="rest")
    other = replace(plan("ABCD"), subject="rest", against="club")
    mine, theirs = detail(one, {"x": panel()}, Form("more"), {}), detail(other, {"x": panel()}, Form("more"), {})
    assert (mine.scores[0], mine.reference[0]) == (7.5, 1.5)
    assert (theirs.scores[0], theirs.reference[0]) == (1.5, 7.5)
    assert (mine.outcomes[0], theirs.outcomes[0]) == (Outcome.HOLDS, Outcome.FAILS)


def test_rose_reads_no_peers_and_no_standard():
    what = replace(
        plan(),
        subject=None,
        choices=(choice("window", WINDOW), choice("standard", Growth(), Level()), choice("peers", AllPeers())),
    )
    found = run(what, "rose")
    assert len(found.keys) == 1
    outcomes = {u: found.outcome(0, u) for u in "ADF"}
    assert outcomes == {"A": Outcome.HOLDS, "D": Outcome.FAILS, "F": Outcome.TIED}
    assert run(what, "fell").outcome(0, "D") == Outcome.HOLDS


def test_a_measure_that_points_the_other_way_is_turned():
    tables = panel()
    mirrored = replace(tables, values=100 - tables.values)
    measures = Choice("measure", (Option("life", "", "life"), Option("death", "", "death")), "measure")
    what = replace(plan(), subject=None, turned=frozenset({"death"}))
    what = replace(what, choices=(measures, *what.choices))
    for form in (Form("more"), Form("less", "down"), Form("rose"), Form("most")):
        found = multiverse(what, {"life": tables, "death": mirrored}, form)
        for u in UNITS:
            assert found.outcome(0, u) == found.outcome(1, u)


def test_the_network_sorts():
    rng = np.random.default_rng(1)
    for n in range(1, 40):
        values = rng.integers(0, 9, n).tolist()
        expected = sorted(values)
        for i, j in network(n):
            values[i], values[j] = min(values[i], values[j]), max(values[i], values[j])
        assert values == expected
