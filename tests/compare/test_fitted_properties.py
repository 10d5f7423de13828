"""What must not matter to the standards that fit: names, order, units of measurement; and they stand in the multiverse."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from evenhand.compare import (
    AllPeers,
    AugmentedSC,
    DifferenceInDifferences,
    MatrixCompletion,
    PenalizedSC,
    Plan,
    SyntheticControl,
    SyntheticDiD,
    Window,
    multiverse,
    verdict,
)
from evenhand.model import Choice, Form, Option

from .test_properties import permuted, worlds

WINDOW = Window(1950, 1954, 1957)
RULES = [
    SyntheticControl(),
    SyntheticControl(intercept=True, pool="not-alike"),
    SyntheticDiD(pool="all"),
    AugmentedSC(penalty=3.0),
    PenalizedSC(penalty=0.1),
    MatrixCompletion(penalty=0.25),
]
CLOSE = {"matrix-completion": 1e-3}  # its optimum is flat: it is sought until the slopes are 0 to nine digits
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@QUICK
@given(worlds(), st.randoms(use_true_random=False))
def test_relabelling_permutes_the_scores(rule, world, random):
    panel, groups = world
    order = list(range(len(panel.units)))
    random.shuffle(order)
    moved, their_groups = permuted(panel, groups, order)
    one, other = rule.score(panel, WINDOW, groups), rule.score(moved, WINDOW, their_groups)
    assert (one.reason_codes[order] == other.reason_codes).all()
    assert other.values == pytest.approx(one.values[order], abs=CLOSE.get(rule.name, 1e-6), nan_ok=True)
    renamed = rule.score(replace(panel, units=tuple(f"z{99 - i}" for i in range(len(panel.units)))), WINDOW, groups)
    assert renamed.values.tobytes() == one.values.tobytes()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@QUICK
@given(worlds(), st.sampled_from([0.001, 1 / 7, 10.0, 1e6]))
def test_the_unit_of_measurement_only_scales(rule, world, factor):
    panel, groups = world
    other_rule = AugmentedSC(penalty=3.0 * factor**2) if isinstance(rule, AugmentedSC) else rule
    scaled = replace(panel, values=panel.values * factor)
    one, other = rule.score(panel, WINDOW, groups), other_rule.score(scaled, WINDOW, groups)
    assert (one.reason_codes == other.reason_codes).all()
    assert other.values / factor == pytest.approx(one.values, abs=CLOSE.get(rule.name, 1e-6), nan_ok=True)


@settings(QUICK, max_examples=4)
@given(worlds(), st.randoms(use_true_random=False))
def test_verdicts_do_not_depend_on_the_order_of_units(world, random):
    panel, groups = world
    order = list(range(len(panel.units)))
    random.shuffle(order)
    moved, their_groups = permuted(panel, groups, order)
    rules = (SyntheticControl(), SyntheticDiD(), DifferenceInDifferences())
    options = (
        Choice(
            "window", tuple(Option(f"w{i}", "", w) for i, w in enumerate((WINDOW, Window(1950, 1953, 1957)))), "window"
        ),
        Choice("standard", tuple(Option(rule.name, "", rule) for rule in rules), "standard"),
        Choice("pool", tuple(Option(name, "", name) for name in ("unexposed", "not-alike", "all")), "pool"),
        Choice("peers", (Option("all", "", AllPeers()),), "peers"),
    )
    for form in (Form("more"), Form("most")):
        one = multiverse(Plan(options, groups), {"x": panel}, form)
        other = multiverse(Plan(options, their_groups), {"x": moved}, form)
        assert len(one.keys) == 18
        for unit in panel.units:
            assert one.of(unit).tolist() == other.of(unit).tolist()
            assert verdict(one, unit) == verdict(other, unit)


def test_a_unit_of_its_own_figures_is_scored_at_its_bounds():
    """Against and for: its own figures at one bound, all others' at the other."""
    rng = np.random.default_rng(0)
    from evenhand.compare import groups_of, panel_of

    values = np.round(40 + np.cumsum(rng.normal(size=(16, 12)), axis=0), 2)
    panel = panel_of(values, range(1950, 1966), [f"u{i}" for i in range(12)], low=values - 0.5, high=values + 0.5)
    options = (
        Choice("window", (Option("w", "", Window(1950, 1960, 1965)),), "window"),
        Choice("standard", (Option("s", "", SyntheticControl()),), "standard"),
        Choice("values", tuple(Option(name, "", name) for name in ("central", "against", "for")), "values"),
    )
    found = multiverse(Plan(options, groups_of(panel)), {"x": panel}, Form("more"))
    table = np.array([found.of(unit) for unit in panel.units])
    assert (table[:, 1] <= table[:, 0]).all()
    assert (table[:, 0] <= table[:, 2]).all()


@pytest.mark.parametrize("rule", [SyntheticControl(), SyntheticControl(intercept=True, pool="all", least_pre=4)])
def test_many_windows_at_once_are_each_as_alone(rule):
    rng = np.random.default_rng(2)
    from evenhand.compare import groups_of, panel_of

    panel = panel_of(40 + np.cumsum(rng.normal(size=(20, 12)), axis=0), range(1950, 1970), [f"u{i}" for i in range(12)])
    groups = groups_of(panel)
    windows = [Window(a, e, z) for a in (1950, 1953) for e in (1954, 1961) for z in (1965, 1969)]
    windows += [Window(1950, 1950, 1960), Window(1940, 1960, 1980)]
    exposed = np.zeros(panel.values.shape, dtype=bool)
    exposed[15:, 3] = True
    for known in (groups, replace(groups, exposed=exposed)):
        together = rule.score_many(panel, windows, known)
        for window, many in zip(windows, together, strict=True):
            alone = rule.score(panel, window, known)
            assert many.values == pytest.approx(alone.values, abs=1e-8, nan_ok=True)
            assert (many.reason_codes == alone.reason_codes).all()
            assert (many.used_years == alone.used_years).all()
            assert many.grain == alone.grain
