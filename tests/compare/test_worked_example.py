"""The definitions on eight units small enough to follow by hand: every number of shared/design/worked_example.json.

The numbers below are that file's, made by an independent implementation (worked_example.py) and written in here.
"""

import math

import pytest

from evenhand.compare import (
    AllPeers,
    Change,
    GapClosed,
    GroupPeers,
    Growth,
    NearestPeers,
    Plan,
    Window,
    detail,
    groups_of,
    multiverse,
    panel_of,
    verdict,
)
from evenhand.model import Choice, Form, Option, Outcome

YEARS = (1950, 1960, 1980, 1990)
FIGURES = {
    "A": (40.0, 52.0, 66.0, 68.0),
    "B": (42.0, 50.0, 60.0, 64.0),
    "C": (45.0, 51.0, 63.0, 69.0),
    "D": (55.0, 60.0, 67.0, 69.0),
    "E": (65.0, 69.0, 74.0, 77.0),
    "F": (68.0, 70.0, 74.0, 75.0),
    "G": (48.0, 53.0, 58.0, None),
    "H": (38.0, 44.0, 52.0, 50.0),
}
UNITS = tuple(FIGURES)
REGION = ("east", "south", "south", "east", "west", "west", "south", "south")
PANEL = panel_of([[FIGURES[u][t] for u in UNITS] for t in range(4)], YEARS, UNITS)
CLUB = [u for u, region in zip(UNITS, REGION, strict=True) if region != "west"]
STANDARDS = {"change": Change(), "growth": Growth(), "gap_closed": GapClosed(), "nearest": NearestPeers(k=2)}
WINDOWS = {f"{a}-{b}": Window(a, a, b) for a in (1950, 1960) for b in (1980, 1990)}
PLAN = Plan(
    (
        Choice("window", tuple(Option(name, name, window) for name, window in WINDOWS.items()), "window"),
        Choice("standard", tuple(Option(name, name, rule) for name, rule in STANDARDS.items()), "standard"),
        Choice(
            "peers",
            (Option("all", "all", AllPeers()), Option("region-east-south", "east and south", GroupPeers("east-south"))),
            "peers",
        ),
    ),
    groups_of(PANEL, members={"east-south": CLUB}, region=REGION),
)
FOUND = multiverse(PLAN, {"the only one": PANEL}, Form("more"))

# unit: judged, holds, tied, share, share_unweighted, rank, of, at_least_as_good
EXPECTED = {
    "A": (28, 27, 1, 0.9375, 0.964285714286, 1, 8, 0.125),
    "B": (28, 16, 3, 0.5, 0.571428571429, 3, 8, 0.375),
    "C": (28, 26, 1, 0.875, 0.928571428571, 2, 8, 0.25),
    "D": (28, 1, 2, 0.0625, 0.035714285714, 6, 8, 0.75),
    "E": (28, 10, 1, 0.375, 0.357142857143, 4, 8, 0.5),
    "F": (20, 0, 0, 0.0, 0.0, 8, 8, 1.0),
    "G": (14, 0, 0, 0.0, 0.0, 7, 8, 0.875),
    "H": (28, 4, 0, 0.125, 0.142857142857, 5, 8, 0.625),
}
# unit: of each choice its share of the variance and the share under each option in order; then the interaction
HINGES = {
    "A": (
        (0.2, (1.0, 1.0, 1.0, 0.75)),
        (0.2, (1.0, 1.0, 1.0, 0.75)),
        (0.0, (0.9375, 0.9375)),
        0.6,
    ),
    "B": ((0.0, (0.5, 0.5, 0.5, 0.5)), (1.0, (1.0, 1.0, 0.0, 0.0)), (0.0, (0.5, 0.5)), 0.0),
    "C": (
        (0.142857142857, (1.0, 0.75, 0.75, 1.0)),
        (0.428571428571, (1.0, 1.0, 1.0, 0.5)),
        (0.0, (0.875, 0.875)),
        0.428571428571,
    ),
    "D": ((0.2, (0.25, 0.0, 0.0, 0.0)), (0.2, (0.0, 0.0, 0.0, 0.25)), (0.0, (0.0625, 0.0625)), 0.6),
    "E": (
        (0.066666666667, (0.25, 0.5, 0.25, 0.5)),
        (0.733333333333, (0.0, 0.0, 1.0, 0.5)),
        (0.0, (0.375, 0.375)),
        0.2,
    ),
    "H": (
        (0.142857142857, (0.25, 0.0, 0.25, 0.0)),
        (0.142857142857, (0.25, 0.25, 0.0, 0.0)),
        (0.142857142857, (0.25, 0.0)),
        0.571428571429,
    ),
}
SCORES = {  # 1950 to 1980
    "change": {"A": 26.0, "B": 18.0, "C": 18.0, "D": 12.0, "E": 9.0, "F": 6.0, "G": 10.0, "H": 14.0},
    "growth": {
        "A": 0.016692509597,
        "B": 0.011889164798,
        "C": 0.011215741221,
        "D": 0.006578647805,
        "E": 0.00432259411,
        "F": 0.002818579601,
        "G": 0.006308066655,
        "H": 0.010455251962,
    },
    "gap_closed": {
        "A": 0.714285714286,
        "B": 0.461538461538,
        "C": 0.521739130435,
        "D": 0.461538461538,
        "E": 1.0,
        "G": 0.2,
        "H": 0.266666666667,
    },
    "nearest": {"A": 10.0, "B": -4.0, "C": 4.0, "D": 2.0, "E": 0.0, "F": -4.5, "G": -8.0, "H": -8.0},
}
GAP_CLOSED_OUTCOMES = {"A": 1, "B": 0, "C": 1, "D": 0, "E": 1, "F": 3, "G": 0, "H": 0}


@pytest.mark.parametrize("unit", UNITS)
def test_share_and_place(unit):
    judged, holds, tied, share, unweighted, rank, of, as_good = EXPECTED[unit]
    said = verdict(FOUND, unit)
    outcomes = FOUND.of(unit)
    assert (said.combinations, said.judged) == (28, judged)
    assert ((outcomes == Outcome.HOLDS).sum(), (outcomes == Outcome.TIED).sum()) == (holds, tied)
    assert (round(float(said.share), 12), round(float(said.share_unweighted), 12)) == (share, unweighted)
    assert (said.rank, said.of, round(said.at_least_as_good, 12)) == (rank, of, as_good)


@pytest.mark.parametrize("unit", HINGES)
def test_what_it_hinges_on(unit):
    said = verdict(FOUND, unit)
    by_choice = {hinge.choice: hinge for hinge in said.hinges}
    *expected, interaction = HINGES[unit]
    for name, (share, options) in zip(("window", "standard", "peers"), expected, strict=True):
        assert round(by_choice[name].share, 12) == share
        assert tuple(round(option.share, 12) for option in by_choice[name].options) == options
    assert round(said.interaction, 12) == interaction
    assert not any(hinge.unbalanced for hinge in said.hinges)
    assert [hinge.share for hinge in said.hinges] == sorted((hinge.share for hinge in said.hinges), reverse=True)


@pytest.mark.parametrize("unit", ["F", "G"])
def test_nothing_that_we_tried_changes_it(unit):
    said = verdict(FOUND, unit)
    assert said.hinges == ()
    assert said.interaction is None


@pytest.mark.parametrize("name", SCORES)
def test_scores(name):
    scores = STANDARDS[name].score(PANEL, WINDOWS["1950-1980"], PLAN.groups)
    found = {u: round(float(x), 12) for u, x in zip(UNITS, scores.values, strict=True) if not math.isnan(x)}
    assert found == SCORES[name]


def test_one_combination_in_full():
    taken = {"window": "1950-1980", "standard": "gap_closed", "peers": "all"}
    one = detail(PLAN, {"the only one": PANEL}, Form("more"), taken)
    assert dict(zip(UNITS, one.outcomes.tolist(), strict=True)) == GAP_CLOSED_OUTCOMES
    assert round(float(one.reference[0]), 12) == 0.461538461538
    assert one.used_years[0].tolist() == [1950, 1980]
    assert (one.rank[4], one.of[4]) == (1, 7)
    assert one.peers[0].tolist() == [False, True, True, True, True, True, True, True]


def test_weights_go_down_the_tree():
    assert FOUND.tree.denominator == 32
    nearest = [c for c in range(28) if FOUND.combination(c)["peers"] is None]
    assert len(nearest) == 4
    assert all(FOUND.weights[c] == 2 for c in nearest)
    assert FOUND.weights.sum() == 32


def test_the_lead_takes_the_first_of_everything():
    taken = FOUND.combination(FOUND.lead())
    assert {name: option.id for name, option in taken.items()} == {
        "window": "1950-1980",
        "standard": "change",
        "peers": "all",
    }


def test_reasons_are_counted():
    assert FOUND.reasons("F") == {"not_defined": 8}
    assert FOUND.reasons("G") == {"not_published": 14}
    said = verdict(FOUND, "G")
    assert (said.share_min, said.share_max) == (0, 0.5)
    assert said.words == "comes out otherwise in every way that we tried"
