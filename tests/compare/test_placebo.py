"""Placebos in space: the subject counted, kin and the exposed left out, blind to names; and the published ranks.

Abadie, Diamond and Hainmueller (2010) for California: on outcomes alone it is 3rd of 39.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from evenhand.compare import (
    Change,
    Groups,
    NearestPeers,
    Panel,
    Predictor,
    SyntheticControl,
    Window,
    group_placebo,
    groups_of,
    panel_of,
    placebo,
)
from evenhand.model import BadInputError, ReasonCode

from .inference_panels import BENCHMARKS, GERMANY, PROP99, drawn, exposing, germany, prop99
from .published import california, predictors

NEEDED = BENCHMARKS / "california_predictors.csv"


@pytest.mark.shared
@pytest.mark.parametrize("by", ["effect", "ratio"])
def test_california_is_third_of_39_on_outcomes_alone(by: str) -> None:
    panel = prop99().panel
    groups = exposing(panel, "California", 1989)
    at = placebo(SyntheticControl(), panel, PROP99, groups, by=by).at("California")
    assert (at.rank, at.of, at.p) == (3, 39, 3 / 39)


@pytest.mark.shared
def test_california_is_first_of_39_with_predictors() -> None:
    if not NEEDED.exists():
        pytest.skip("needs ../shared/benchmarks/california_predictors.csv")
    panel, groups, window = california()
    table, _ = predictors()
    rules = tuple(Predictor(panel_of([row], [1988], panel.units), 1988, 1988) for row in table)
    found = placebo(SyntheticControl(predictors=rules), panel, window, groups, by="ratio")
    assert (found.at("California").rank, found.at("California").p) == (1, 1 / 39)


@pytest.mark.shared
def test_west_germany_is_first_of_17_on_outcomes_alone() -> None:
    panel = germany().panel
    groups = exposing(panel, "West Germany", 1990)
    at = placebo(SyntheticControl(), panel, GERMANY, groups, by="ratio").at("West Germany")
    assert (at.of, at.p) == (17, at.rank / 17)


def test_p_counts_the_subject_and_so_is_never_0() -> None:
    panel = panel_of([[0, 0, 0, 0], [9, 1, 2, 3]], [2000, 2001], list("abcd"))
    found = placebo(Change(), panel, window_of(panel), groups_of(panel))
    assert found.p.tolist() == [1 / 4, 4 / 4, 3 / 4, 2 / 4]
    assert found.of.tolist() == [4, 4, 4, 4]
    assert found.rank.tolist() == [1, 4, 3, 2]


def window_of(panel: Panel) -> Window:
    first, last = int(panel.periods[0]), int(panel.periods[-1])
    return Window(first, first, last)


def test_ties_count_against_and_sides_are_mirrors() -> None:
    panel = panel_of([[0, 0, 0, 0], [2, 2, -2, -3]], [2000, 2001], list("abcd"))
    groups = groups_of(panel)
    window = window_of(panel)
    assert placebo(Change(), panel, window, groups).p.tolist() == [1, 1, 1, 1 / 4]
    up = placebo(Change(), panel, window, groups, side="up")
    down = placebo(Change(), replace(panel, values=-panel.values), window, groups, side="down")
    np.testing.assert_array_equal(up.p, down.p)
    assert up.p.tolist() == [2 / 4, 2 / 4, 3 / 4, 1]


def test_kin_and_the_exposed_are_no_placebos() -> None:
    panel = panel_of([[0] * 5, [5, 4, 3, 2, 1]], [2000, 2001], list("abcde"))
    groups = groups_of(panel, kin=[("b", "a")])
    groups.exposed[1, 0] = True
    found = placebo(Change(), panel, window_of(panel), groups)
    assert found.of.tolist() == [4, 4, 4, 4, 4]
    assert found.at("b").p == 1 / 4  # a is exposed
    assert found.at("a").p == 1 / 4  # b is its kin


def test_whole_regions_are_exchanged() -> None:
    panel = panel_of([[0] * 6, [9, 8, 7, 1, 10, 2]], [2000, 2001], list("abcdef"))
    groups = groups_of(panel, region=["n", "n", "n", "s", "e", "e"])
    found = placebo(Change(), panel, window_of(panel), groups)
    # for a: the south has nobody as far out, half of the east has
    assert found.at("a").p_region == pytest.approx((1 + 0 + 1 / 2) / 3)
    assert found.at("e").p_region == pytest.approx(1 / 3)
    assert placebo(Change(), panel, window_of(panel), groups_of(panel)).at("a").p_region is None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_p_by_regions_is_valid_if_the_region_was_drawn_at_random(seed: int, regions: int) -> None:
    rng = np.random.default_rng(seed)
    n = 12
    panel = panel_of(np.stack([np.zeros(n), rng.normal(size=n)]), [2000, 2001], [f"u{i:02d}" for i in range(n)])
    region = [f"r{rng.integers(regions + 1)}" for _ in range(n)]
    found = placebo(Change(), panel, window_of(panel), groups_of(panel, region=region))
    if np.isnan(found.p_region).all():
        return
    weight = np.array([1 / (len(set(region)) * region.count(r)) for r in region])
    for level in (0.2, 0.34, 0.5):
        assert weight[found.p_region <= level].sum() <= level + 1e-9


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(seed: int, random: object) -> None:
    panel, window = drawn(seed)
    order = list(range(len(panel.units)))
    random.shuffle(order)  # type: ignore[attr-defined]
    groups = exposing(panel, "u03", window.event)
    moved = panel_of(panel.values[:, order], panel.periods.tolist(), [f"v{i}" for i in range(len(order))])
    other = Groups(groups.member[:, order], groups.names, groups.kin[order][:, order], groups.exposed[:, order],
                   tuple(groups.region[i] for i in order))  # fmt: skip
    one = placebo(SyntheticControl(), panel, window, groups, by="ratio")
    two = placebo(SyntheticControl(), moved, window, other, by="ratio")
    np.testing.assert_array_equal(one.p[order], two.p)


def test_a_ratio_wants_a_fit_and_an_unscored_unit_says_why() -> None:
    panel, window = drawn(1)
    with pytest.raises(BadInputError, match="without a fit before the event"):
        placebo(NearestPeers(), panel, window, groups_of(panel), by="ratio")
    panel.values[3, 2] = np.nan
    panel.reason_codes[3, 2] = ReasonCode.NOT_PUBLISHED
    found = placebo(SyntheticControl(), panel, window, groups_of(panel))
    with pytest.raises(BadInputError, match="u02 could not be judged by synthetic-control: not_published"):
        found.at("u02")
    with pytest.raises(BadInputError, match="did you mean u0"):
        found.at("u0")
    assert np.isnan(found.p[2])
    assert found.of.max() == len(panel.units) - 1


def test_several_units_are_set_beside_all_groups_of_as_many() -> None:
    panel = panel_of([[0] * 7, [10, 8, 1, 2, 3, -9, 9]], [2000, 2001], list("abcdefg"))
    groups = groups_of(panel)
    groups.exposed[1, :2] = True
    scores = Change().score(panel, window_of(panel), groups)
    found = group_placebo(scores, panel, window_of(panel), groups, ("a", "b"))
    assert (found.effect, found.groups, found.exhaustive, found.as_far, found.p) == (9, 10, True, 0, 1 / 11)
    assert group_placebo(scores, panel, window_of(panel), groups, ("a",)).as_far == 0
    with pytest.raises(BadInputError, match="only 1 units are left"):
        group_placebo(scores, panel, window_of(panel), groups, tuple("abcdef"))


def test_many_groups_are_drawn_with_a_seed() -> None:
    rng = np.random.default_rng(5)
    panel = panel_of(np.stack([np.zeros(40), rng.normal(size=40)]), [2000, 2001], [f"u{i:02d}" for i in range(40)])
    groups, window = groups_of(panel), window_of(panel)
    scores = Change().score(panel, window, groups)
    one, two = (group_placebo(scores, panel, window, groups, panel.units[:6], seed=3) for _ in range(2))
    assert one == two
    assert (one.groups, one.exhaustive) == (9_999, False)
