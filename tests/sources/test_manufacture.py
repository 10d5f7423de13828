"""What a public comes to believe, and the search for the effort that makes half of it wrong.

The policy maker who hears 10, 15 and 20 scientists of a cycle of 20 (n 10, epsilon .05, credences from 0 to 1/2, selective
sharing) has a mean credence of .03, .41 and .92: Weatherall, O'Connor and Bruner's setting, our reference figures over
10,000 runs.
"""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from evenhand.model import BadInputError
from evenhand.sources.draws import binomial_chances
from evenhand.sources.learners import Community, history, learning
from evenhand.sources.manufacture import Known, Question, could_be_made
from evenhand.sources.network import network
from evenhand.sources.propaganda import Propagandist, Public, believe, mean_credence
from evenhand.sources.totals import Study, effect, total_at

CYCLE = Community(network("cycle", 20), trials=10, edge=0.05, enough=0.99)
SMALL = Community(network("cycle", 6), trials=10, edge=0.05, enough=0.95, inquiry="everyone")


@pytest.mark.parametrize(("hears", "figure"), [(10, 0.03), (15, 0.41), (20, 0.92)])
def test_the_policy_maker(hears, figure):
    seen = history(CYCLE, runs=3_000, seed=4)
    assert learning(seen).right > 0.999  # the scientists themselves reach the truth
    found = believe(seen, Public(hears, (0, 0.5)), (Propagandist(pushes=False, way="share"),), right_only=True)
    spread = found.error[0] * sqrt(1 + 3_000 / 10_000)
    assert abs(found.credence - figure) <= 3 * spread + 0.005
    assert believe(seen, Public(hears, (0, 0.5)), right_only=True).credence > 0.999


@given(odds=st.floats(-60, 60), low=st.floats(0, 1), high=st.floats(0, 1))
@settings(deadline=None)
def test_mean_credence_over_even_priors(odds, low, high):
    low, high = sorted((low, high))
    if high - low < 1e-3:
        return
    u = low + (high - low) * (np.arange(20_000) + 0.5) / 20_000
    exact = float(np.mean(u / (u + (1 - u) * np.exp(-odds))))
    assert mean_credence(np.array([odds]), (low, high))[0] == pytest.approx(exact, abs=2e-4)


@pytest.mark.parametrize("selects", [True, False])
def test_totals_are_exact(selects):
    """Against the convolution done one study after the other."""
    study, many = Study(9, 0.45, selects), 23
    low, chances = binomial_chances(9, 0.45)
    net = 2 * np.arange(low, low + len(chances)) - 9
    one = np.zeros(19)
    np.add.at(one, (np.where(net > 0, net, 0) if selects else net) + 9, chances)
    whole = one
    for _ in range(many - 1):
        whole = np.convolve(whole, one)
    values = np.arange(len(whole)) - 9 * many
    ranks = (np.arange(500) + 0.5) / 500
    assert (total_at(study, many, ranks) == values[np.searchsorted(whole.cumsum(), ranks)]).all()
    assert effect(study).published == pytest.approx(float(chances[net > 0].sum()) if selects else 1)


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 2**32), hears=st.integers(0, 6), reach=st.sampled_from([0.25, 0.5, 1.0]),
    way=st.sampled_from(["share", "publish", "skew"]), studies=st.integers(0, 60), prior=st.sampled_from([(0, 1), (0, 0.5)]),
)  # fmt: skip
def test_exchanging_the_answers_mirrors_the_public(seed, hears, reach, way, studies, prior):
    one = Propagandist(False, way, studies, 12, reach, skew=0.1)
    two = Propagandist(True, "publish", 20, 5, 0.5)
    a = believe(history(SMALL, runs=60, seed=seed), Public(hears, prior), (one, two))
    mirrored = Public(hears, (1 - prior[1], 1 - prior[0]))
    turned = (replace(one, pushes=True), replace(two, pushes=False))
    b = believe(history(replace(SMALL, true=False), runs=60, seed=seed), mirrored, turned)
    assert (a.wrong, a.half_wrong, a.error, a.runs) == (b.wrong, b.half_wrong, b.error, b.runs)
    assert a.credence == 1 - b.credence or b.credence == 1 - a.credence


def test_two_propagandists_against_each_other():
    seen = history(replace(SMALL, enough=0.99), runs=400, seed=2)
    against, toward = Propagandist(False, studies=100), Propagandist(True, studies=100)
    alone = believe(seen, Public(1), (against,))
    both = believe(seen, Public(1), (against, toward))
    assert both.wrong < believe(seen, Public(1)).wrong < alone.wrong  # at equal effort the truth is cheaper
    assert both == believe(seen, Public(1), (against, toward))


def test_the_search_finds_the_least():
    question = Question(SMALL, Public(3), sizes=(5, 40), reaches=(0.4, 0.6, 1.0))
    found = could_be_made(question, runs=300, seed=9)
    by = {(cell.size, cell.reach): cell for cell in found.asked.cells}
    assert by[5, 0.4].studies is None  # nobody beyond those who are reached: never half
    for size in (5, 40):
        cell = by[size, 1.0]
        assert 0 < cell.studies <= by[size, 0.6].studies
        assert cell.trials == cell.studies * size
        assert 0 < cell.published < cell.studies
        one_less, now = (
            could_be_made(question, known=(Known("x", True, n, size, 1.0),), runs=300, seed=9).distances[0].wrong
            for n in (cell.studies - 1, cell.studies)
        )
        assert one_less < 0.5 <= now == cell.wrong


def test_the_opposite_agreement_takes_the_same_where_everybody_inquires():
    known = (Known("one side", True, 50, 10, 0.8), Known("the other", False, 50, 10, 0.8))
    found = could_be_made(Question(SMALL, Public(3), sizes=(10,), reaches=(0.75, 1.0)), known=known, runs=200, seed=1)
    assert replace(found.asked, pushes=False) == found.opposite
    first, second = found.distances
    assert (first.wrong, first.needed, first.times) == (second.wrong, second.needed, second.times)
    turned = could_be_made(Question(SMALL, Public(3), sizes=(10,), reaches=(0.75, 1.0)), pushes=False, runs=200, seed=1)
    assert (turned.asked, turned.opposite) == (found.opposite, found.asked)


def test_an_opponent_makes_it_dearer():
    question = Question(SMALL, Public(3), sizes=(10,), reaches=(1.0,))
    opposed = replace(question, opponents=(Propagandist(True, "publish", 40, 10, 1.0),))
    alone, against = (could_be_made(one, runs=200).asked.cells[0].studies for one in (question, opposed))
    assert alone < against
    mirrored = could_be_made(opposed, runs=200)
    assert mirrored.asked.cells == mirrored.opposite.cells


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"sizes": ()}, "nothing to search"), ({"sizes": (0,)}, "studies of 0"), ({"reaches": (1.5,)}, "is no share"),
        ({"target": 0.0}, "a target of 0.0"), ({"way": "share"}, "by the way ‘share’"), ({"way": "skew"}, "a skew of 0"),
        ({"public": Public(7)}, "hear 7 of 6 inquirers"), ({"public": Public(3, (0.7, 0.2))}, "priors from 0.7 to 0.2"),
        ({"community": replace(SMALL, rounds=1, enough=0.9999)}, "in no run did the inquirers settle"),
    ],
)  # fmt: skip
def test_what_cannot_be_searched(broken, says):
    with pytest.raises(BadInputError, match=says):
        could_be_made(replace(Question(SMALL, Public(3)), **broken), runs=20)
