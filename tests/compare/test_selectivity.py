"""Selectivity and the double standard: against a naive count, by properties, and in size."""

from fractions import Fraction
from itertools import product
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from evenhand.compare import Tally, ahead, double_standard, favour, percentiles, selectivity
from evenhand.compare.double_standard import DoubleStandard
from evenhand.model import BadInputError, Outcome

HERE = {"max_examples": 60, "derandomize": True}


def rng(seed=0):
    return np.random.default_rng(seed)


@st.composite
def texts(draw):
    """Favours in steps of a twentieth (so that ties come), cited cells, domains of one to four concepts."""
    units, concepts = draw(st.integers(1, 4)), draw(st.integers(2, 6))
    shape = (units, concepts)
    cells = draw(st.lists(st.integers(-10, 11), min_size=units * concepts, max_size=units * concepts))
    table = np.array([np.nan if c == 11 else c / 20 for c in cells]).reshape(shape)
    flags = draw(st.lists(st.booleans(), min_size=units * concepts, max_size=units * concepts))
    domains = draw(st.lists(st.sampled_from("xyz"), min_size=concepts, max_size=concepts))
    return table, np.array(flags).reshape(shape), domains


def naive(table, cited, domains, pool):
    """The definition, word by word, in fractions: every cited concept replaced by every other of the pool."""
    units, concepts = table.shape

    def favour_of(u, k):
        return Fraction(round(table[u, k] * 20), 20)

    own = [k for k in range(concepts) if any(cited[u, k] and not np.isnan(table[u, k]) for u in range(units))]
    slots = []
    for k in own:
        named = [u for u in range(units) if cited[u, k]]
        known = [j for j in range(concepts) if any(not np.isnan(table[u, j]) for u in named)]
        slots.append((named, [j for j in known if pool == "any" or domains[j] == domains[k]]))

    def mean(picks):
        cells = [
            favour_of(u, j)
            for (named, _), j in zip(slots, picks, strict=True)
            for u in named
            if not np.isnan(table[u, j])
        ]
        return sum(cells) / len(cells), len(cells)

    value, cells = mean(own)
    if cells < 5:
        return None
    high = low = total = Fraction(0)
    for picks in product(*(js for _, js in slots)):
        chance = Fraction(1)
        for (_, js), j in zip(slots, picks, strict=True):
            fields = {domains[i] for i in js}
            chance *= Fraction(1, len(fields) * sum(domains[i] == domains[j] for i in js))
        total += chance
        high += chance * (mean(picks)[0] >= value)
        low += chance * (mean(picks)[0] <= value)
    assert total == 1
    return value, high, low, cells


@settings(**HERE)
@given(texts(), st.sampled_from(["domain", "any"]))
def test_it_is_what_the_definition_says(text, pool):
    table, cited, domains = text
    if not (cited & ~np.isnan(table)).any():
        return
    wanted, found = naive(table, cited, domains, pool), selectivity(table, cited, domains, rng(), pool=pool)
    if wanted is None:
        assert (found.favour, found.p_high, found.p_low) == (None, None, None)
        assert found.cells < 5
        return
    value, high, low, cells = wanted
    assert found.listed
    assert found.cells == cells
    assert found.favour == pytest.approx(float(value), abs=1e-11)
    assert found.p_high == pytest.approx(float(high), abs=1e-11)
    assert found.p_low == pytest.approx(float(low), abs=1e-11)
    if pool == "domain":
        assert found.p_high == (1 + found.at_least) / (1 + found.picks)


@settings(**HERE)
@given(texts(), st.randoms(use_true_random=False))
def test_other_names_and_orders_change_nothing(text, random):
    table, cited, domains = text
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    at = np.ix_(rows, columns)
    for pool in ("domain", "any"):
        one = selectivity(table, cited, domains, rng(), pool=pool)
        other = selectivity(table[at], cited[at], [f"d{domains[k]}" for k in columns], rng(), pool=pool)
        assert other.favour == (None if one.favour is None else pytest.approx(one.favour, abs=1e-11))
        assert (one.p_high, one.p_low, one.at_least) == (
            other.p_high if one.p_high is None else pytest.approx(other.p_high, abs=1e-11),
            other.p_low if one.p_low is None else pytest.approx(other.p_low, abs=1e-11),
            other.at_least,
        )


@pytest.mark.parametrize("most", [100_000, 0])
@pytest.mark.parametrize("pool", ["domain", "any"])
def test_swapping_the_sides_negates_the_favour_and_exchanges_the_tails(most, pool):
    table = np.round(rng(1).uniform(-0.5, 0.5, (6, 9)), 2)
    cited, domains = rng(2).random((6, 9)) < 0.3, list("aaabbbccc")
    one = selectivity(table, cited, domains, rng(), pool=pool, most=most)
    other = selectivity(-table, cited, domains, rng(), pool=pool, most=most)
    assert one.favour == -other.favour
    assert one.expected == pytest.approx(-other.expected, abs=1e-12)
    assert (one.p_high, one.p_low) == (other.p_low, other.p_high)
    assert one.listed is (most > 0 and pool == "domain")


def test_draws_come_near_to_the_whole_list_and_a_seed_gives_the_same_again():
    table, domains = rng(3).uniform(-0.5, 0.5, (4, 12)), list("aaaabbbbcccc")
    cited = np.zeros((4, 12), dtype=bool)
    cited[:, [0, 4, 8, 5]] = True
    whole = selectivity(table, cited, domains, rng())
    drawn = selectivity(table, cited, domains, rng(7), most=10)
    assert whole.listed
    assert not drawn.listed
    assert drawn.picks == 9_999
    assert drawn.p_high == pytest.approx(whole.p_high, abs=0.02)
    assert drawn == selectivity(table, cited, domains, rng(7), most=10)


@pytest.mark.parametrize("pool", ["domain", "any"])
def test_independent_picks_are_called_selective_no_more_often_than_stated(pool):
    """Exact: every pick that the null can make is judged; of all, no more than a get a p of a or less."""
    table = np.round(rng(4).uniform(-0.5, 0.5, (3, 7)), 1)
    domains = list("aabbbcc")
    units = [[0, 1], [1, 2], [2]]
    fields = ["a", "b", "c"]
    ps = []
    for picks in product(*([k for k in range(7) if domains[k] == f] for f in fields)):
        cited = np.zeros((3, 7), dtype=bool)
        for named, k in zip(units, picks, strict=True):
            cited[named, k] = True
        found = selectivity(table, cited, domains, rng(), pool="domain")
        assert found.cells == 5
        ps.append((found.p_high, found.p_low))
        if pool == "any":
            listed = selectivity(table, cited, domains, rng(), pool="any")
            assert listed.p_high + listed.p_low >= 1
    for level in np.linspace(0.01, 1, 100):
        assert (np.array(ps) <= level + 1e-12).mean(axis=0).max() <= level + 1e-12


def test_under_five_cells_there_is_no_figure():
    table, cited = np.full((1, 6), 0.4), np.array([[True] * 4 + [False] * 2])
    found = selectivity(table, cited, ["a"] * 6, rng())
    assert (found.cells, found.favour, found.p_high, found.picks) == (4, None, None, 0)
    cited[0, 4] = True
    assert selectivity(table, cited, ["a"] * 6, rng()).favour == 0.4


def test_a_concept_without_direction_does_not_count():
    standing = np.array([[0.9, 0.8, 0.7, 0.9, 0.6, 0.95]])
    found = favour(standing, np.array([1, -1, 0, 1, 1, 1]), np.array([1]))
    np.testing.assert_allclose(found, [[0.4, -0.3, np.nan, 0.4, 0.1, 0.45]])
    assert selectivity(found, np.ones((1, 6), dtype=bool), ["a"] * 6, rng()).cells == 5
    np.testing.assert_array_equal(favour(standing, np.array([1, -1, 0, 1, 1, 1]), np.array([-1])), -found)


@settings(**HERE)
@given(st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=4, max_size=12))
def test_percentiles_are_mid_ranks(values):
    scores = np.array([np.nan if v is None else float(v) for v in values])
    known = [v for v in values if v is not None]
    for value, found in zip(values, percentiles(scores), strict=True):
        if value is None or len(known) < 4:
            assert np.isnan(found)
        else:
            below, equal = sum(v < value for v in known), sum(v == value for v in known)
            assert found == (below + equal / 2) / len(known)
    np.testing.assert_allclose(percentiles(scores * 3 + 10), percentiles(scores))
    np.testing.assert_allclose(percentiles(-scores), 1 - percentiles(scores))


def test_kin_are_not_set_against_each_other_and_count_once():
    scores = np.array([1.0, 2.0, 3.0, 4.0, 4.0])
    kin = np.zeros((5, 5), dtype=bool)
    kin[3, 4] = kin[4, 3] = True
    stands = np.array([True, True, True, True, False])
    assert percentiles(scores, kin=kin, stands=stands)[3] == percentiles(scores[:4])[3]
    assert percentiles(scores, kin=kin, stands=stands)[4] == percentiles(scores[:4])[3]


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(BadInputError, match="do not fit"):
        selectivity(np.zeros((2, 3)), np.zeros((2, 3), dtype=bool), ["a"], rng())
    with pytest.raises(BadInputError, match="too few"):
        selectivity(np.zeros((2, 1)), np.zeros((2, 1), dtype=bool), ["a"], rng(), draws=0)
    with pytest.raises(BadInputError, match="do not fit"):
        favour(np.zeros((2, 3)), np.ones(3, dtype=np.int64), np.ones(3, dtype=np.int64))
    with pytest.raises(BadInputError, match="do not fit"):
        double_standard([Outcome.TIED], np.ones(2, dtype=bool), np.ones(1, dtype=bool))


# The double standard


def test_each_concept_has_one_vote_on_the_lists_it_is_on():
    outcomes = [Outcome.HOLDS, Outcome.FAILS, Outcome.TIED, Outcome.NOT_JUDGED, Outcome.HOLDS]
    first, second = np.array([1, 1, 1, 0, 0], bool), np.array([0, 1, 1, 1, 0], bool)
    found = double_standard(outcomes, first, second)
    assert (found.first, found.second, found.both, found.either) == ((0, 1, 2), (1, 2, 3), (1, 2), (0, 1, 2, 3))
    assert found.overlap == 0.5
    assert found.on_first == Tally(1, 1, 1, 0)
    assert found.on_second == Tally(0, 1, 1, 1)
    assert found.on_both == Tally(0, 1, 1, 0)
    assert found.on_either == Tally(1, 1, 1, 1)
    assert found.on_first.share == 1 / 3
    assert Tally(0, 0, 0, 2).share is None


def test_a_text_that_cites_for_one_side_only_has_no_share():
    found = double_standard([Outcome.HOLDS] * 2, np.array([True, False]), np.array([False, False]))
    assert found == DoubleStandard((0,), (), (), (0,), one_sided=True)
    assert found.overlap is found.on_first is None


@settings(**HERE)
@given(st.lists(st.integers(0, 4), min_size=8, max_size=8), st.lists(st.integers(0, 2), min_size=8, max_size=8))
def test_ahead_is_the_median_and_swaps(values, sides):
    scores = np.array([np.nan if v == 4 else float(v) for v in values])
    first, second = (np.array(sides) == 0), (np.array(sides) == 1)

    def middle(mask):
        inside = [v for v, m in zip(values, mask, strict=True) if m]
        known = [v for v in inside if v != 4]
        wanted = len(inside) if len(inside) < 3 else max(3, (len(inside) + 1) // 2)
        return median(known) if inside and len(known) >= wanted else None

    one, other = middle(first), middle(second)
    found = ahead(scores, 0.0, first, second)
    if one is None or other is None or sum(v != 4 for v in values) < 5:
        assert found is Outcome.NOT_JUDGED
    else:
        assert found is (Outcome.TIED if one == other else Outcome.HOLDS if one > other else Outcome.FAILS)
    mirrored = {Outcome.HOLDS: Outcome.FAILS, Outcome.FAILS: Outcome.HOLDS}
    assert ahead(scores, 0.0, second, first) is mirrored.get(found, found)
