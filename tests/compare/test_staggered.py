"""Group-time averages: by hand, and what they refuse."""

from dataclasses import replace

import numpy as np
import pytest

from evenhand.compare import DifferenceInDifferences, Window, group_time, groups_of, panel_of
from evenhand.model import BadInputError

YEARS = list(range(2000, 2008))
WINDOW = Window(2000, 2004, 2007)


def world(starts, effect=5.0):
    """Six units on parallel lines; from its start on each exposed one gains the effect."""
    years = np.array(YEARS)
    values = 10.0 * np.arange(6) + 2.0 * (years - 2000)[:, None]
    exposed = np.zeros(values.shape, dtype=bool)
    for unit, start in starts.items():
        values[years >= start, unit] += effect
        exposed[years >= start, unit] = True
    panel = panel_of(values, YEARS, [f"u{i}" for i in range(6)])
    return panel, replace(groups_of(panel), exposed=exposed)


@pytest.mark.parametrize("against", ["not-yet", "never"])
def test_cohorts_find_their_effect(against):
    panel, groups = world({0: 2003, 1: 2003, 2: 2005})
    found = group_time(panel, WINDOW, groups, against=against)
    assert found.cohorts.tolist() == [2003, 2005]
    assert found.sizes.tolist() == [2, 1]
    after = found.periods[None, :] >= found.cohorts[:, None]
    assert found.effects[after] == pytest.approx(5.0)
    before = ~after & ~np.isnan(found.effects)
    assert found.effects[before] == pytest.approx(0.0)
    assert np.isnan(found.effects[:, 0]).all()
    assert found.average() == pytest.approx(5.0)
    assert found.by_cohort() == pytest.approx([5.0, 5.0])
    since, means = found.by_years_since()
    assert means == pytest.approx(np.where(since >= 0, 5.0, 0.0))
    assert found.compared[0, 3] == (4 if against == "not-yet" else 3)


def test_a_growing_effect_is_weighed_by_hand():
    panel, groups = world({0: 2003, 1: 2005}, effect=0.0)
    values = panel.values.copy()
    values[3:, 0] += [1, 2, 3, 4, 5]
    values[5:, 1] += [10, 20, 30]
    found = group_time(panel_of(values, YEARS, panel.units), WINDOW, groups, against="never")
    assert found.by_cohort() == pytest.approx([3.0, 20.0])
    assert found.average() == pytest.approx((15 + 60) / 8)


def test_units_exposed_from_the_first_year_are_neither_judged_nor_compared():
    panel, groups = world({0: 2000, 1: 2004})
    found = group_time(panel, WINDOW, groups)
    assert found.cohorts.tolist() == [2004]
    assert found.compared[0, 4] == 4


def test_kin_are_not_compared_and_gaps_are_nan():
    panel, groups = world({0: 2004})
    kin = groups.kin.copy()
    kin[0, 5] = kin[5, 0] = True
    values = panel.values.copy()
    values[6, 0] = np.nan
    found = group_time(panel_of(values, YEARS, panel.units), WINDOW, replace(groups, kin=kin))
    assert found.compared[0, 4] == 4
    assert np.isnan(found.effects[0, 6])
    assert found.average() == pytest.approx(5.0)


def test_nobody_exposed_is_bad_input():
    panel, groups = world({})
    with pytest.raises(BadInputError, match="no unit is first exposed"):
        group_time(panel, WINDOW, groups)


def test_the_standard_takes_each_units_own_start():
    panel, groups = world({0: 2003, 1: 2006})
    scores = DifferenceInDifferences(starts="exposed").score(panel, WINDOW, groups)
    assert scores.values[:2] == pytest.approx([5.0, 5.0])
    assert scores.values[2:] == pytest.approx(0.0)
    assert DifferenceInDifferences().score(panel, WINDOW, groups).values[1] != pytest.approx(5.0)
