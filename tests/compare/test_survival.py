"""How long: a published example, and what must hold of any.

Golden numbers: weeks of remission of 42 patients (Freireich and others 1963, Blood 21: 699-716), as in Klein and Moeschberger,
Survival Analysis, table 4.1 (the shares that last), and as R's survival package prints their medians and restricted means
(23 and 23.29 with standard error 2.83; 8 and 8.67 with 1.38).
"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from evenhand.compare.survival import difference_of_means, survival

TREATED = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35], float)
RELAPSED = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], bool)
CONTROL = np.array([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], float)
LASTING = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def test_the_curve_median_and_mean_of_the_remissions_are_the_published_ones():
    found = survival(TREATED, RELAPSED)
    lasting = dict(zip(found.times.astype(int).tolist(), found.surviving.tolist(), strict=True))
    assert {t: lasting[t] for t in LASTING} == pytest.approx(LASTING, abs=6e-4)
    assert (found.n, found.ends, found.median, found.horizon) == (21, 9, 23.0, 35.0)
    assert (round(found.mean, 2), round(found.error, 2)) == (23.29, 2.83)
    assert dict(zip(found.times.astype(int).tolist(), found.at_risk.tolist(), strict=True))[13] == 12


def test_without_anybody_who_goes_on_it_is_the_plain_share_and_mean():
    found = survival(CONTROL, np.ones(21, bool))
    assert (found.median, round(found.mean, 2), round(found.error, 2)) == (8.0, 8.67, 1.38)
    assert found.surviving[found.times == 8].item() == pytest.approx((CONTROL > 8).mean())


def test_where_all_go_on_there_is_no_median_and_the_whole_horizon_is_lasted():
    found = survival(TREATED, np.zeros(21, bool))
    assert (found.median, found.median_low, found.mean, found.error, found.ends) == (None, None, 35.0, 0.0, 0)


def test_a_horizon_cuts_the_mean_and_never_goes_beyond_what_was_seen():
    assert survival(CONTROL, np.ones(21, bool), 5).mean == pytest.approx(np.minimum(CONTROL, 5).mean())
    assert survival(CONTROL, np.ones(21, bool), 500).horizon == 23
    treated, control = survival(TREATED, RELAPSED, 23), survival(CONTROL, np.ones(21, bool), 23)
    gap, low, high = difference_of_means(treated, control)
    assert difference_of_means(control, treated) == pytest.approx((-gap, -high, -low))
    assert 0 < low < gap < high


MEMBERS = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=30)


@given(MEMBERS, st.randoms(use_true_random=False), st.floats(0.1, 50))
def test_order_does_not_matter_and_time_scales(members, draw, factor):
    def of(rows, times=1.0):
        return survival(np.array([t for t, _ in rows], float) * times, np.array([e for _, e in rows], bool))

    found = of(members)
    shuffled = list(members)
    draw.shuffle(shuffled)
    again, scaled = of(shuffled), of(members, factor)
    assert np.array_equal(found.surviving, again.surviving)
    assert (found.median, found.mean, found.error) == (again.median, again.mean, again.error)
    assert scaled.mean == pytest.approx(found.mean * factor)
    assert scaled.median == (None if found.median is None else pytest.approx(found.median * factor))
    assert (np.diff(found.surviving) <= 1e-12).all()
    assert 0 <= found.mean <= found.horizon + 1e-9


@pytest.mark.parametrize("durations", [np.array([]), np.array([-1.0, 2.0])])
def test_no_members_and_times_below_zero_are_errors(durations):
    with pytest.raises(ValueError, match="none below zero"):
        survival(durations, np.ones(len(durations), bool))
