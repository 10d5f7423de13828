"""Standards that fit a counterfactual: what they find, and what they refuse."""

from dataclasses import replace

import numpy as np
import pytest

from evenhand.compare import FittingStandard, Jobs, Problems, SyntheticControl, Window, groups_of, panel_of, solve
from evenhand.model import BadInputError, ReasonCode

YEARS = list(range(1980, 2000))
WINDOW = Window(1980, 1992, 1999)


def world(seed=0, n=12):
    rng = np.random.default_rng(seed)
    values = 50 + np.cumsum(rng.normal(0.2, 1.0, (len(YEARS), n)), axis=0) + rng.normal(0, 4, n)
    panel = panel_of(np.round(values, 2), YEARS, [f"u{i:02}" for i in range(n)])
    return panel, groups_of(panel)


@pytest.mark.parametrize("rule", [SyntheticControl(), SyntheticControl(intercept=True)])
def test_scores_are_the_fits_effects(rule):
    panel, groups = world()
    assert isinstance(rule, FittingStandard)
    fits, scores = rule.fit(panel, WINDOW, groups), rule.score(panel, WINDOW, groups)
    assert fits.effects == pytest.approx(scores.values)
    assert (fits.certificate <= 1e-10).all()
    assert fits.weights.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert (np.diag(fits.weights) == 0).all()
    assert fits.gaps[fits.event :].mean(axis=0) == pytest.approx(fits.effects)


def test_a_unit_made_of_others_is_found():
    panel, _ = world()
    values = panel.values.copy()
    values[:, 0] = 0.3 * values[:, 1] + 0.7 * values[:, 2]
    values[12:, 0] += 5
    panel = panel_of(values, YEARS, panel.units)
    fits = SyntheticControl().fit(panel, WINDOW, groups_of(panel))
    assert fits.effects[0] == pytest.approx(5)
    assert fits.weights[0, 1:3] == pytest.approx([0.3, 0.7])
    assert fits.pre_error[0] == pytest.approx(0, abs=1e-9)


def test_exposed_units_are_nobodys_donors_unless_asked():
    panel, groups = world()
    exposed = np.zeros(panel.values.shape, dtype=bool)
    exposed[12:, [0, 3]] = True
    groups = replace(groups, exposed=exposed)
    for pool, who in (("unexposed", []), ("not-alike", [1, 2]), ("all", [0, 1, 2, 3])):
        used = SyntheticControl(pool=pool).fit(panel, WINDOW, groups).pool[:, [0, 3]].any(axis=1)
        assert used[[u for u in range(4) if u in who]].all()
        assert used[:4].sum() == len(who)


def test_what_cannot_be_fitted_has_a_reason():
    panel, groups = world()
    values = panel.values.copy()
    values[5, 4] = np.nan
    gap = panel_of(values, YEARS, panel.units)
    fits = SyntheticControl().fit(gap, WINDOW, groups)
    assert fits.codes[4] == ReasonCode.NOT_PUBLISHED
    assert np.isnan(fits.effects[4])
    assert not fits.pool[:, 4].any()
    assert (fits.codes[[0, 1, 2]] == 0).all()
    short = SyntheticControl(least_pre=5).score(panel, Window(1990, 1992, 1999), groups)
    assert (short.reason_codes == ReasonCode.TOO_FEW_PERIODS).all()
    exposed = np.zeros(panel.values.shape, dtype=bool)
    exposed[6:, 2] = True
    early = SyntheticControl().score(panel, WINDOW, replace(groups, exposed=exposed))
    assert early.reason_codes[2] == ReasonCode.EXPOSED_EARLY
    assert (early.reason_codes == 0).sum() == len(panel.units) - 1


def test_an_infinite_figure_is_one_message():
    panel, _ = world()
    values = panel.values.copy()
    values[3, 2] = np.inf
    broken = panel_of(values, YEARS, panel.units)
    with pytest.raises(BadInputError, match="the figure of u02 for 1983 is infinite"):
        SyntheticControl().score(broken, WINDOW, groups_of(broken))
    with pytest.raises(BadInputError, match="not finite"):
        solve(Problems(values, ~np.eye(12, dtype=bool)))


def test_a_constant_unit_is_fitted_like_any_other():
    panel, _ = world()
    values = panel.values.copy()
    values[:, 0] = 50.0
    flat = panel_of(values, YEARS, panel.units)
    for rule in (SyntheticControl(), SyntheticControl(intercept=True)):
        fits = rule.fit(flat, WINDOW, groups_of(flat))
        assert (fits.codes == 0).all()
        assert (fits.certificate <= 1e-10).all()


def test_jobs_replace_units_donors_and_figures():
    panel, groups = world()
    rule, n = SyntheticControl(), len(panel.units)
    whole = rule.fit(panel, WINDOW, groups)
    top = int(whole.weights[0].argmax())
    donors = np.ones((2, n), dtype=bool)
    donors[1, top] = False
    twice = rule.fit(panel, WINDOW, groups, Jobs(np.array([0, 0]), donors))
    assert twice.effects[0] == pytest.approx(whole.effects[0])
    assert twice.weights[1, top] == 0
    shifted = rule.fit(panel, WINDOW, groups, Jobs(np.array([0]), target=panel.values[:, [0]] + 1.0))
    assert shifted.observed[:, 0] == pytest.approx(panel.values[:, 0] + 1)
    after = rule.fit(panel, Window(1980, 2000, 1999), groups)
    assert np.isnan(after.effects).all()
    assert (after.codes == 0).all()
