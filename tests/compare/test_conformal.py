"""Conformal p and intervals: as defined, shifted with the data, and exact where the calendar can be shifted."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from evenhand.compare import Change, SyntheticControl, conformal, groups_of, panel_of, solve
from evenhand.compare.conformal import shifted_p
from evenhand.compare.simplex.solve import Problems
from evenhand.model import BadInputError

from .inference_panels import PROP99, drawn, exposing, prop99


def test_a_shift_is_as_large_as_the_calendar_itself() -> None:
    post = np.array([False, False, True, True])
    # sums over neighbours, around the corner: 3+4, 4+1, 1+2, 2+3
    assert shifted_p(np.array([[1.0], [-2.0], [3.0], [-4.0]]), post).tolist() == [1 / 4]
    assert shifted_p(np.array([[1.0], [1.0], [1.0], [1.0]]), post).tolist() == [1.0]
    assert shifted_p(np.array([[9.0], [9.0], [0.0], [0.0]]), post).tolist() == [1.0]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_p_by_definition(seed: int) -> None:
    panel, window = drawn(seed, units=7)
    groups = exposing(panel, "u04", window.event)
    found = conformal(SyntheticControl(), panel, window, groups)
    for u in range(7):
        allowed = np.ones((1, 7), dtype=bool)
        allowed[0, [u, 4]] = False
        weights = solve(Problems(panel.values, allowed, panel.values[:, [u]])).weights.reshape(-1, 7)[0]
        left = np.abs(panel.values[:, u] - panel.values @ weights)
        sums = [sum(left[(t + s) % 14] for t in range(9, 14)) for s in range(14)]
        assert found.p[u] == pytest.approx(np.mean([one >= sums[0] - 1e-9 for one in sums]))
        assert found.p[u] >= 1 / 14


@pytest.mark.parametrize(("seed", "effect"), [(0, -7.5), (1, 3.0), (2, 20.0), (3, -0.25), (4, 11.0)])
def test_an_added_effect_moves_the_interval_by_as_much(seed: int, effect: float) -> None:
    panel, window = drawn(seed)
    groups = exposing(panel, "u01", window.event)
    plain = conformal(SyntheticControl(), panel, window, groups, units=("u01",), level=0.8)
    values = panel.values.copy()
    values[panel.periods >= window.event, 1] += effect
    moved_panel = panel_of(values, panel.periods.tolist(), panel.units)
    moved = conformal(SyntheticControl(), moved_panel, window, groups, units=("u01",), level=0.8)
    np.testing.assert_allclose(moved.interval[1], plain.interval[1] + effect, atol=1e-4)
    assert np.isnan(plain.interval[0]).all()


def test_an_interval_holds_what_is_not_rejected() -> None:
    panel, window = drawn(7)
    groups = exposing(panel, "u01", window.event)
    found = conformal(SyntheticControl(), panel, window, groups, units=("u01",), level=0.8, each=True)
    _, low, high = found.at("u01")
    for effect, inside in ((low - 0.01, False), (low + 1e-4, True), (high - 1e-4, True), (high + 0.01, False)):
        values = panel.values.copy()
        values[panel.periods >= window.event, 1] -= effect
        taken = panel_of(values, panel.periods.tolist(), panel.units)
        assert (conformal(SyntheticControl(), taken, window, groups).p[1] > 0.2) == inside
    assert found.each.shape == (5, 9, 2)
    assert np.isfinite(found.each[:, 1]).all()
    assert (found.each[:, 1, 0] < found.each[:, 1, 1]).all()


def test_where_nothing_can_be_rejected_the_interval_is_everything() -> None:
    panel, window = drawn(3, periods=8, event=5)
    found = conformal(SyntheticControl(), panel, window, groups_of(panel), units=("u01",), level=0.95)
    assert found.interval[1].tolist() == [-np.inf, np.inf]  # p is at least 1/8


@pytest.mark.shared
def test_california() -> None:
    panel = prop99().panel
    found = conformal(SyntheticControl(), panel, PROP99, exposing(panel, "California", 1989), units=("California",))
    p, low, high = found.at("California")
    assert p == 3 / 31
    assert low < -19.5 < high < 0
    assert not found.whole[panel.units.index("California")]


def test_what_cannot_be_asked_says_why() -> None:
    panel, window = drawn(0)
    with pytest.raises(BadInputError, match="change fits nothing before the event"):
        conformal(Change(), panel, window, groups_of(panel))
    with pytest.raises(BadInputError, match="does not lie between 0 and 1"):
        conformal(SyntheticControl(), panel, window, groups_of(panel), level=95)
    with pytest.raises(BadInputError, match="there is no unit 'Utah'"):
        conformal(SyntheticControl(), panel, window, groups_of(panel), units=("Utah",))
