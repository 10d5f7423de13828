"""Size and power: exact where the answer is known, blind to names, and told apart by quarters.

That a rank test rejects as often as its level says over all units is true by construction; here it is a check of the code.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from evenhand.compare import (
    Change,
    NearestPeers,
    SyntheticControl,
    SyntheticDiD,
    Window,
    groups_of,
    in_time,
    panel_of,
    placebo,
    placebo_errors,
    power,
    size,
)
from evenhand.model import BadInputError

from .inference_panels import PROP99, drawn, exposing, prop99


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.1, 0.25, 0.5]), st.sampled_from(["effect", "ratio"]))
def test_over_all_units_the_rate_is_the_level_by_construction(seed: int, level: float, by: str) -> None:
    panel, window = drawn(seed, units=20)
    found = size(SyntheticControl(), panel, window, subject=None, level=level, by=by)  # type: ignore[arg-type]
    for one in found.quartiles:
        hits = sum(rate * count for rate, count in zip(one.rates, one.counts, strict=True) if rate is not None)
        assert round(hits) == int(level * 20 + 1e-9)
        assert sum(one.counts) == 20


def test_where_the_start_decides_the_quarters_say_so() -> None:
    start = np.arange(1.0, 21.0)
    panel = panel_of(np.stack([start, start * 2]), [2000, 2001], [f"u{i:02d}" for i in range(20)])
    found = size(Change(), panel, Window(2000, 2000, 2001), subject="u19", level=0.25)
    assert found.quartiles[0].rates == (0, 0, 0, 1)  # of 19 and u19 the five that began highest rose most
    assert found.of_subject()["starting level"] == 1


def test_the_exposed_are_not_counted_and_their_pools_are_shown() -> None:
    panel, window = drawn(4, units=12)
    panel.values[panel.periods >= window.event, 3] += 50
    found = size(SyntheticControl(), panel, window, subject="u03")
    assert sum(found.quartiles[0].counts) == 11
    assert [one.by for one in found.quartiles] == ["starting level", "change before the event", "fit before the event"]
    assert [one.subject is not None for one in found.quartiles] == [True, True, True]
    assert len(found.exposed_in) == 3
    nobody = size(SyntheticControl(), panel, window)
    assert nobody.exposed_in == ()
    assert sum(nobody.quartiles[0].counts) == 12


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["effect", "ratio"]))
def test_the_smallest_effect_that_is_found_is_found_and_no_smaller_one(seed: int, by: str) -> None:
    panel, window = drawn(seed, units=12)
    groups, level = groups_of(panel), 0.2
    found = power(SyntheticControl(), panel, window, groups, level=level, by=by)  # type: ignore[arg-type]
    late = panel.periods >= window.event
    for u in range(0, 12, 4):
        for side, sign in enumerate((1, -1)):
            needed = found.needed[u, side]
            for factor, expected in ((1.001, True), (0.999, False)):
                values = panel.values.copy()
                values[late, u] += sign * (needed * factor + (1e-6 if expected else -1e-6))
                moved = replace(panel, values=values, memo=None)
                exposed = exposing(moved, panel.units[u], window.event)
                p = placebo(SyntheticControl(), moved, window, exposed, by=by).p[u]  # type: ignore[arg-type]
                effect = SyntheticControl().score(moved, window, exposed).values[u]
                if needed > 0:
                    assert (p <= level and sign * effect > 0) == expected


def test_an_effect_that_no_test_can_find_is_infinite() -> None:
    panel, window = drawn(2, units=8)
    found = power(SyntheticControl(), panel, window, groups_of(panel), level=0.1)
    assert found.up == found.down == np.inf  # p is at least 1/8


def test_power_of_scores_without_a_fit() -> None:
    values = np.stack([np.zeros(10), np.arange(10.0)])
    panel = panel_of(values, [2000, 2001], [f"u{i}" for i in range(10)])
    found = power(Change(), panel, Window(2000, 2000, 2001), groups_of(panel), level=0.1)
    np.testing.assert_allclose(found.needed[:, 0], [*(9.0 - np.arange(9)), 0.0], atol=1e-5)
    np.testing.assert_allclose(found.needed[:9, 1], 9.0 + np.arange(9), atol=1e-5)
    assert found.up == pytest.approx(7.0, abs=1e-5)  # eight of ten


def test_every_date_is_pretended_where_none_is_named() -> None:
    panel, window = drawn(6, units=10, periods=12, event=8)
    told: list[tuple[int, int]] = []
    found = size(SyntheticControl(), panel, progress=lambda done, of: told.append((done, of)))
    assert found.dates == tuple(range(2005, 2012))
    assert sum(found.quartiles[0].counts) == 70
    assert told[-1] == (7, 7)
    assert found.conformal is not None
    assert found.conformal.of == 70
    assert size(NearestPeers(k=3), panel, window).quartiles[0].by == "starting level"


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(10)))
def test_names_and_order_do_not_matter(seed: int, order: list[int]) -> None:
    panel, window = drawn(seed, units=10)
    moved = panel_of(panel.values[:, order], panel.periods.tolist(), panel.units)
    one, two = size(SyntheticControl(), panel, window), size(SyntheticControl(), moved, window)
    assert [q.counts for q in one.quartiles] == [q.counts for q in two.quartiles]
    assert [q.rates for q in one.quartiles] == [q.rates for q in two.quartiles]
    assert one.power.up == pytest.approx(two.power.up)


def test_too_little_to_tell_is_said() -> None:
    panel, window = drawn(0, units=5)
    with pytest.raises(BadInputError, match="5 units are too few"):
        size(SyntheticControl(), panel)
    with pytest.raises(BadInputError, match="does not lie between 0 and 1"):
        size(SyntheticControl(), panel, window, level=10)
    with pytest.raises(BadInputError, match="without a fit before the event"):
        size(Change(), panel, window, by="ratio")


# Placebo errors


def test_placebo_errors_take_every_other_unit_once() -> None:
    panel, window = drawn(3, units=8)
    found = placebo_errors(SyntheticControl(), panel, window, groups_of(panel))
    for u in (0, 5):
        alone = SyntheticControl().score(panel, window, exposing(panel, panel.units[u], window.event)).values
        others = np.delete(alone, u)
        assert found.errors[u] == pytest.approx(others.std(ddof=1), rel=1e-9)
        assert found.placebos[u] == 7
        low, high = found.interval(panel.units[u])
        assert (low + high) / 2 == pytest.approx(alone[u])
        assert high - low == pytest.approx(2 * 1.959964 * found.errors[u], rel=1e-6)
    with pytest.raises(BadInputError, match="change does not"):
        placebo_errors(Change(), panel, window, groups_of(panel))


@pytest.mark.shared
def test_california_under_synthetic_did_is_off_by_9_49() -> None:
    """38 controls, each once, over one fewer: no seed, and so the same at every run."""
    panel = prop99().panel
    groups = exposing(panel, "California", 1989)
    found = placebo_errors(SyntheticDiD(), panel, PROP99, groups, units=("California",))
    u = panel.units.index("California")
    assert found.errors[u] == pytest.approx(9.49, abs=0.005)
    assert found.placebos[u] == 38
    again = placebo_errors(SyntheticDiD(), panel, PROP99, groups, units=("California",))
    assert again.errors[u] == found.errors[u]


# Placebo in time


def test_in_time_nothing_from_the_event_on_is_read() -> None:
    panel, window = drawn(8)
    groups = exposing(panel, "u01", window.event)
    plain = in_time(SyntheticControl(), panel, window, groups)
    later = panel.values.copy()
    later[panel.periods >= window.event] = 0
    again = in_time(SyntheticControl(), panel_of(later, panel.periods.tolist(), panel.units), window, groups)
    np.testing.assert_array_equal(plain.effects, again.effects)
    assert plain.events.tolist() == [2005, 2006, 2007, 2008]
    alone = SyntheticControl().score(panel, Window(2000, 2006, 2008), groups).values
    np.testing.assert_allclose(plain.effects[1], alone)
    effects, effect, p = plain.at("u01")
    assert p == (1 + (np.abs(effects) >= abs(effect)).sum()) / 5


def test_in_time_wants_time() -> None:
    panel, window = drawn(8, periods=8, event=4)
    with pytest.raises(BadInputError, match="4 periods before 2004 are too few"):
        in_time(SyntheticControl(), panel, window, groups_of(panel))
    with pytest.raises(BadInputError, match="change reads no time before the event"):
        in_time(Change(), panel, window, groups_of(panel))


@pytest.mark.shared
def test_california_against_earlier_dates() -> None:
    panel = prop99().panel
    effects, effect, p = in_time(SyntheticControl(), panel, PROP99, exposing(panel, "California", 1989)).at(
        "California"
    )
    assert effect == pytest.approx(-19.5136, abs=1e-4)
    assert (len(effects), p) == (14, 1 / 15)
