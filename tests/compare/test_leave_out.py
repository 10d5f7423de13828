"""Leave one and two donors out: equal to solving everything anew, and the published refined placebo test.

Lei and Sudijono (2025), "Inference for Synthetic Controls via Refined Placebo Tests": their slack c(39, .05) is .002 and
c(17, .05) is .0125. On California's outcomes alone 73 of 703 pairs are not beaten.
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from evenhand.compare import (
    Change,
    Groups,
    Jobs,
    Panel,
    SyntheticControl,
    Window,
    groups_of,
    leave_one_out,
    leave_two_out,
)
from evenhand.compare.leave_out import slack, type_one_bound
from evenhand.model import BadInputError

from .inference_panels import PROP99, drawn, exposing, prop99


@pytest.mark.shared
def test_california_wins_all_but_73_of_703_pairs() -> None:
    panel = prop99().panel
    found = leave_two_out(SyntheticControl(), panel, PROP99, exposing(panel, "California", 1989))
    u = panel.units.index("California")
    assert (found.not_first[u], found.pairs[u], found.of[u]) == (73, 703, 39)
    assert found.bound("California", 0.05) == 2 / 39
    assert found.powered("California", 0.05) == pytest.approx(73 / 703 - 0.00216, abs=1e-5)
    assert found.solved < 39 * 703 / 10


@settings(max_examples=30, deadline=None)
@given(st.integers(4, 60), st.floats(0, 1))
def test_the_guarantee_is_never_0_and_grows_with_p(n: int, p: float) -> None:
    assert 1 / n <= type_one_bound(n, p) <= 1
    assert type_one_bound(n, 0) == 1 / n
    assert type_one_bound(n, p) <= type_one_bound(n, min(1, p + 0.1))


def test_the_published_slack() -> None:
    assert slack(39, 0.05) == pytest.approx(0.002, abs=5e-4)
    assert slack(17, 0.05) == pytest.approx(0.0125, abs=5e-5)


def slowly(standard: SyntheticControl, panel: Panel, window: Window, groups: Groups, unit: int, by: str) -> float:
    """By definition: three fits for every pair, nothing shared."""

    def statistic(u: int, *left: int) -> float:
        donors = np.ones((1, len(panel.units)), dtype=bool)
        donors[0, list(left)] = False
        fit = standard.fit(panel, window, groups, Jobs(np.array([u]), donors))
        return float(abs(fit.effects[0]) if by == "effect" else fit.ratio[0])

    others = [u for u in range(len(panel.units)) if u != unit]
    lost = [
        statistic(unit, i, j) <= max(statistic(i, unit, j), statistic(j, unit, i)) for i, j in combinations(others, 2)
    ]
    return sum(lost) / len(lost)


@settings(max_examples=4, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from([(6, 12, 8), (7, 5, 3)]),
    st.sampled_from(["effect", "ratio"]),
    st.booleans(),
)
def test_sharing_fits_changes_nothing(seed: int, shape: tuple[int, int, int], by: str, intercept: bool) -> None:
    panel, window = drawn(seed, *shape)
    groups, standard = exposing(panel, "u01", window.event), SyntheticControl(intercept=intercept)
    found = leave_two_out(standard, panel, window, groups, by=by)  # type: ignore[arg-type]
    assert found.p[1] == slowly(standard, panel, window, groups, 1, by)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.02, 0.05, 0.1, 0.2]))
def test_no_more_units_reach_a_level_than_the_bound_says(seed: int, level: float) -> None:
    panel, window = drawn(seed, units=8)
    found = leave_two_out(SyntheticControl(), panel, window, groups_of(panel))
    assert (found.p <= level).mean() <= type_one_bound(8, level)
    assert (found.p - slack(8, level) < level).mean() <= type_one_bound(8, level)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_one_donor_left_out_is_a_fit_of_its_own(seed: int) -> None:
    panel, window = drawn(seed, units=7)
    groups, standard = exposing(panel, "u02", window.event), SyntheticControl()
    found = leave_one_out(standard, panel, window, groups)
    assert found.solved + found.free == 6 * 5 + 6  # nobody uses u02
    for u in range(7):
        for j in range(7):
            donors = np.ones((1, 7), dtype=bool)
            donors[0, j] = False
            alone = standard.fit(panel, window, groups, Jobs(np.array([u]), donors)).effects[0]
            if j not in {u, 2}:
                assert found.without[u, j] == pytest.approx(alone, abs=1e-9)
            else:
                assert np.isnan(found.without[u, j])
    low, high = found.range("u02")
    assert low <= found.effects[2] + 1e-9
    assert high >= found.effects[2] - 1e-9


def test_what_cannot_be_asked_says_why() -> None:
    panel, window = drawn(0)
    with pytest.raises(BadInputError, match="change does not"):
        leave_one_out(Change(), panel, window, groups_of(panel))
    with pytest.raises(BadInputError, match="did you mean u0"):
        leave_two_out(SyntheticControl(), panel, window, groups_of(panel), units=("u0",))
    many, window = drawn(0, units=130)
    with pytest.raises(BadInputError, match="for all of 130 units takes long"):
        leave_two_out(SyntheticControl(), many, window, groups_of(many))
    some = leave_two_out(SyntheticControl(), many, window, groups_of(many), units=("u07",))
    assert np.isfinite(some.p).sum() == 1
