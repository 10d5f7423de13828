"""How often: published intervals, and what must hold of any.

Golden numbers: Newcombe (1998), Statistics in Medicine 17: 857-872, table I (score without, exact); and 17: 873-890, method 10,
for 56 of 70 against 48 of 80.
"""

import pytest
from hypothesis import given, strategies as st

from evenhand.compare.rates import difference, rate

PUBLISHED = {
    (81, 263): ((0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148): ((0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20): ((0.0, 0.1611), (0.0, 0.1684)),
    (1, 29): ((0.0061, 0.1718), (0.0009, 0.1776)),
}


@pytest.mark.parametrize(("counted", "bounds"), PUBLISHED.items())
def test_intervals_are_those_in_newcombes_table(counted, bounds):
    found = rate(*counted)
    assert found.wilson == pytest.approx(bounds[0], abs=6e-5)
    assert found.exact == pytest.approx(bounds[1], abs=6e-5)


def test_a_difference_has_newcombes_bounds_and_turns_round():
    one, other = rate(56, 70), rate(48, 80)
    assert difference(one, other) == pytest.approx((0.2, 0.0524, 0.3339), abs=6e-5)
    back = difference(other, one)
    assert back == pytest.approx((-0.2, -0.3339, -0.0524), abs=6e-5)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_failures_mirror_successes_and_the_share_lies_inside(counted):
    k, n = counted
    found, mirrored = rate(k, n), rate(n - k, n)
    for one, other in ((found.wilson, mirrored.wilson), (found.exact, mirrored.exact)):
        assert one == pytest.approx((1 - other[1], 1 - other[0]), abs=1e-9)
        assert one[0] - 1e-12 <= found.share <= one[1] + 1e-12


def test_nobody_to_count_is_no_share_and_too_many_are_an_error():
    assert (rate(0, 0).share, rate(0, 0).wilson) == (None, None)
    assert difference(rate(0, 0), rate(1, 2)) is None
    with pytest.raises(ValueError, match="3 of 2"):
        rate(3, 2)
