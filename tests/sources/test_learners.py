"""Learners on networks against published and measured figures, and the properties that make a run repeatable.

Success by network: Zollman 2007 at epsilon .001, n 1000, our reference figures over 10,000 runs (cycle of 4 and 11 agents
.758 and .981, wheel .732 and .969, complete graph .732 and .905), met within three standard errors of the difference.
"""

from fractions import Fraction
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from evenhand.model import BadInputError
from evenhand.sources.arms import Doubters, settle
from evenhand.sources.draws import binomial_chances, binomial_table, keys
from evenhand.sources.learners import Community, credence, history, learn, one_round
from evenhand.sources.network import SHAPES, from_edges, network
from evenhand.sources.selection import Field, select

REFERENCE_RUNS = 10_000
FIGURES = [
    ("cycle", 4, 0.758), ("cycle", 11, 0.981), ("wheel", 4, 0.732), ("wheel", 11, 0.969),
    ("complete", 4, 0.732), ("complete", 11, 0.905),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "agents", "figure"), FIGURES)
def test_success_by_network(shape, agents, figure):
    found = learn(Community(network(shape, agents)), runs=2_500, seed=7)
    spread = sqrt(figure * (1 - figure) * (1 / 2_500 + 1 / REFERENCE_RUNS))
    assert abs(found.right - figure) <= 3 * spread + 0.0005
    assert found.right + found.wrong + found.undecided == pytest.approx(1)


def test_a_wheel_of_four_is_the_complete_graph():
    assert learn(Community(network("wheel", 4)), runs=300) == learn(Community(network("complete", 4)), runs=300)


@given(
    prior=st.integers(1, 99), trials=st.integers(1, 20), edge=st.integers(1, 49), data=st.data()
)  # fmt: skip
def test_credence_is_bayes_rule(prior, trials, edge, data):
    """Against exact fractions."""
    k = data.draw(st.integers(0, trials))
    p, up = Fraction(prior, 100), Fraction(1, 2) + Fraction(edge, 100)
    seen, otherwise = up**k * (1 - up) ** (trials - k), (1 - up) ** k * up ** (trials - k)
    exact = p * seen / (p * seen + (1 - p) * otherwise)
    assert credence(prior / 100, k, trials, edge / 100) == pytest.approx(float(exact), abs=1e-12)


def test_the_worked_example_of_oconnor_and_weatherall():
    """The Misinformation Age (2019), figure 2: six agents, ten trials each, epsilon .1; only two of them believe in it.

    The graph, the six priors and results, and the credences to two digits are those of the library polygraphs' notebook
    figure-two.ipynb, which works the figure again (the book was not at hand); the third digit is Bayes' rule.
    """
    heard = [(0, 2), (0, 5), (1, 2), (1, 3), (1, 4), (1, 5), (2, 3), (2, 5), (3, 4), (3, 5)]
    priors, found = (0.32, 0.21, 0.56, 0.43, 0.02, 0.59), (6, 5, 7, 4, 2, 5)
    after = one_round(from_edges(6, heard), priors, found, trials=10, edge=0.1)
    assert after.round(2).tolist() == [0.7, 0.57, 0.87, 0.79, 0.02, 0.88]
    odds = [Fraction(round(100 * p), 100 - round(100 * p)) * Fraction(3, 2) ** (0 if p == 0.02 else 4) for p in priors]
    assert after.tolist() == pytest.approx([float(o / (1 + o)) for o in odds], abs=1e-12)


@pytest.mark.parametrize(
    ("priors", "found", "says"),
    [
        ((0.5, 0.6), (1, 1, 1), "2 credences and 3 results for 3 agents"),
        ((0.5, 0.6, 1.0), (1, 1, 1), "a credence of 1.0 never changes"),
        ((0.4, 0.6, 0.7), (1, 9, 9), "18 successes in 8 trials cannot be"),
    ],
)
def test_a_round_that_cannot_be(priors, found, says):
    with pytest.raises(BadInputError, match=says):
        one_round(network("complete", 3), priors, found, trials=4, edge=0.1)


@given(seed=st.integers(0, 2**32))
def test_a_round_mirrors_and_teaches_nobody_who_hears_nothing(seed):
    net = network("cycle", 5)
    rng = np.random.default_rng(seed)
    priors, found = rng.uniform(0.05, 0.95, 5), rng.integers(0, 11, 5)
    after = one_round(net, priors.tolist(), found.tolist(), trials=10, edge=0.05)
    mirrored = one_round(net, (1 - priors).tolist(), (10 - found).tolist(), trials=10, edge=0.05, inquiry="everyone")
    everyone = one_round(net, priors.tolist(), found.tolist(), trials=10, edge=0.05, inquiry="everyone")
    assert everyone + mirrored == pytest.approx(np.ones(5), abs=1e-12)
    unheard = [i for i in range(5) if (priors[net.heard[net.start[i] : net.start[i + 1]]] <= 0.5).all()]
    assert after[unheard] == pytest.approx(priors[unheard], abs=1e-12)


@settings(max_examples=10, deadline=None)
@given(
    shape=st.sampled_from(sorted(SHAPES)),
    agents=st.integers(3, 9),
    seed=st.integers(0, 2**40),
    stubborn=st.integers(0, 1),
)
def test_exchanging_the_answers_mirrors_every_number(shape, agents, seed, stubborn):
    told = {"trials": 20, "edge": 0.05, "enough": 0.95, "rounds": 400, "inquiry": "everyone", "stubborn": stubborn}
    a = history(Community(network(shape, agents), true=True, slant=0.375, **told), runs=40, seed=seed)
    b = history(Community(network(shape, agents), true=False, slant=0.625, **told), runs=40, seed=seed)
    assert (a.net == -b.net).all()
    assert (a.outcome == -b.outcome).all()
    assert (a.rounds == b.rounds).all()
    assert (a.against == -b.in_favour).all()
    assert (a.n_against == b.n_in_favour).all()


def test_the_same_bits_on_any_number_of_threads():
    community = Community(network("wheel", 7), trials=100, edge=0.01)
    runs = [history(community, runs=203, seed=11, threads=threads) for threads in (1, 2, 5)]
    for other in runs[1:]:
        assert (runs[0].net == other.net).all()
        assert (runs[0].outcome == other.outcome).all()
    assert (history(community, runs=203, seed=12).net != runs[0].net).any()
    assert learn(community, runs=100, seed=3, threads=2) == learn(community, runs=100, seed=3, threads=1)


@pytest.mark.parametrize(("n", "p"), [(1, 0.5), (10, 0.55), (30, 0.0), (30, 1.0), (77, 0.03)])
def test_tables_hold_the_binomial(n, p):
    low, chances = binomial_chances(n, p)
    exact = [comb(n, k) * Fraction(p) ** k * (1 - Fraction(p)) ** (n - k) for k in range(low, low + len(chances))]
    assert np.allclose(chances, [float(x) for x in exact], rtol=0, atol=1e-13)
    assert float(sum(exact)) == pytest.approx(1, abs=1e-15)
    table = binomial_table(n, p)
    held = table.keep.copy()
    np.add.at(held, table.other, 1 - table.keep)
    assert np.allclose(held / len(held), chances, rtol=0, atol=1e-13)


def test_keys_differ_by_run_and_purpose():
    assert len(set(keys(5, 10_000).tolist())) == 10_000
    assert (keys(5, 100) != keys(5, 100, 1)).all()


def test_a_stubborn_agent_misleads_those_who_hear_it():
    """Holman and Bruner 2015: one who never changes its mind, and whose way leans against the truth."""
    honest = Community(network("complete", 6), trials=10, edge=0.05, enough=0.99, rounds=3_000)
    misled = Community(
        network("complete", 6), trials=10, edge=0.05, enough=0.99, rounds=3_000, stubborn=1, slant=0.1
    )  # fmt: skip
    assert learn(misled, runs=400).right < learn(honest, runs=400).right - 0.2


def test_transient_diversity():
    """Zollman 2010: with moderate priors those who hear less do better."""
    cycle, complete = (settle(Doubters(network(shape, 7), rounds=2_000), runs=150) for shape in ("cycle", "complete"))
    assert cycle.right - complete.right > 2 * (cycle.error + complete.error)
    assert complete.right + complete.wrong + complete.mixed == pytest.approx(1)


def test_industrial_selection():
    """Holman and Bruner 2017: money for those whose way suits, and succession, suffice; on both sides alike they cancel."""
    net = network("complete", 10)
    free, paid, both = (select(Field(net, against=a, in_favour=b), runs=250) for a, b in ((0, 0), (50, 0), (50, 50)))
    assert free.right > 0.9
    assert paid.right < free.right - 0.2
    assert both.right > paid.right + 0.2
    assert paid.leaning < -0.02 < both.leaning


def test_networks():
    wheel = network("wheel", 5)
    assert wheel.heard[: wheel.start[1]].tolist() == [0, 1, 2, 3, 4]
    assert wheel.heard[wheel.start[1] : wheel.start[2]].tolist() == [0, 1, 2, 4]
    own = from_edges(3, [(0, 2)])
    assert [own.heard[own.start[i] : own.start[i + 1]].tolist() for i in range(3)] == [[0, 2], [1], [0, 2]]
    with pytest.raises(BadInputError, match=r"no network ‘wheels’.*closest: wheel"):
        network("wheels", 5)
    with pytest.raises(BadInputError, match="names nobody"):
        from_edges(3, [(0, 3)])
    with pytest.raises(BadInputError, match="has nobody in it"):
        network("cycle", 0)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"edge": 0.0}, "leaves nothing to find out"), ({"edge": 0.5}, "leaves nothing to find out"),
        ({"trials": 0}, "trials: 0 is not possible"), ({"enough": 0.5}, "cannot end a run"),
        ({"stubborn": 4}, "stubborn agents: 4 is not possible"), ({"slant": 1.5}, "is no probability"),
        ({"rounds": 0}, "rounds: 0 is not possible"),
    ],
)  # fmt: skip
def test_what_cannot_be_simulated(broken, says):
    with pytest.raises(BadInputError, match=says):
        learn(Community(network("cycle", 4), **broken), runs=2)


def test_what_cannot_be_run():
    with pytest.raises(BadInputError, match="the seed -1 is negative"):
        learn(Community(network("cycle", 4)), runs=2, seed=-1)
    with pytest.raises(BadInputError, match="runs: 0 is not possible"):
        learn(Community(network("cycle", 4)), runs=0)
    with pytest.raises(BadInputError, match="0 threads cannot work"):
        learn(Community(network("cycle", 4)), runs=2, threads=0)
