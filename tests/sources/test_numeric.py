"""Numbers with ranges: closed cases of random effects, the robust answer, ties."""

import itertools

import numpy as np
import pytest

from evenhand.model import BadInputError
from evenhand.sources import Tie, estimates, read_testimony, ties_of


def tolls(*figures, item="toll"):
    rows = []
    for at, figure in enumerate(figures):
        value, low, high = figure if isinstance(figure, tuple) else (figure, None, None)
        rows.append({"source": f"s{at}", "item": item, "value": value, "low": low, "high": high})
    return read_testimony(rows, kind="number")


def test_equal_precision_is_the_mean_and_the_sample_deviation():
    found = estimates(tolls(9, 10, 11))[0]
    assert found.value == pytest.approx(10)
    assert found.between == pytest.approx(1, rel=1e-3)
    half = 4.302653 * 1 / np.sqrt(3)  # Student's t, 2 degrees of freedom
    assert (found.low, found.high) == (pytest.approx(10 - half, rel=1e-3), pytest.approx(10 + half, rel=1e-3))
    assert (found.lowest, found.highest, found.scale) == (9, 11, "as is")


def test_figures_that_differ_threefold_are_taken_by_their_logarithm():
    found = estimates(tolls(100, 1000, 10_000))[0]
    assert (found.scale, found.value) == ("log", pytest.approx(1000))


def test_a_narrow_range_weighs_more():
    found = estimates(tolls((10, 9.9, 10.1), (20, 5, 35)))[0]
    assert 10 < found.value < 15


def test_copies_of_a_figure_do_not_weigh_double():
    testimony = tolls(10, 10, 10, 16)
    ties = ties_of([Tie(f"s{at}", "s0", "copying", status="documented", source="a book") for at in (1, 2)])
    for method in ("random-effects", "robust"):
        free, tied = (estimates(testimony, method=method, ties=given)[0] for given in (ties_of([]), ties))
        assert free.value < tied.value, method
    assert tied.effective == pytest.approx(1.6)


def test_symmetric_figures_with_the_same_ties_stay_symmetric():
    testimony = tolls(-3, -1, 1, 3)
    ties = ties_of(
        [
            Tie(s, p, "funding", status="documented", source="x")
            for s, p in (("s0", "A"), ("s1", "A"), ("s2", "B"), ("s3", "B"))
        ]
    )
    for method in ("random-effects", "robust"):
        found = estimates(testimony, method=method, ties=ties)[0]
        assert found.value == pytest.approx(0, abs=1e-9)
        assert found.low == pytest.approx(-found.high, abs=1e-9)


def test_order_and_scale_change_nothing_else():
    figures = [(3.0, 2, 5), (4.0, 3, 6), (2.5, 1, 7)]
    first = estimates(tolls(*figures))[0]
    for turned in itertools.permutations(figures):
        assert estimates(tolls(*turned))[0].value == pytest.approx(first.value, rel=1e-6)
    tenfold = estimates(tolls(*[tuple(10 * part for part in figure) for figure in figures]))[0]
    assert tenfold.value == pytest.approx(10 * first.value, rel=1e-5)


def test_one_source_stands_alone_and_dates_are_numbers():
    found = estimates(tolls((10, 8, 12)))[0]
    assert (found.value, found.low, found.high) == (10, pytest.approx(8), pytest.approx(12))
    assert "one source" in found.note
    dates = read_testimony(
        [{"source": s, "item": "d", "value": v} for s, v in (("a", "1970-01-11"), ("b", "1970-01-13"))]
    )
    assert estimates(dates, method="robust")[0].value == pytest.approx(11)


def test_words_and_unknown_methods_are_refused():
    with pytest.raises(BadInputError, match="no item has numbers"):
        estimates(read_testimony([{"source": "a", "item": "x", "value": "north"}]))
    with pytest.raises(BadInputError, match="robust, random-effects"):
        estimates(tolls(1, 2), method="mean")
