"""The data's own range: each unit at its unfavourable bound, the others at their favourable one."""

from dataclasses import replace

import numpy as np
import pytest

from evenhand.compare import (
    AllPeers,
    Change,
    DifferenceInDifferences,
    GapClosed,
    Growth,
    Level,
    NearestPeers,
    Plan,
    Standard,
    WholePath,
    Window,
    detail,
    groups_of,
    multiverse,
    panel_of,
)
from evenhand.compare.scoring import Scoring, bound_panel, score_row
from evenhand.model import Choice, Form, Option, Outcome, ReasonCode

YEARS = range(1950, 1958)
WINDOWS = (Window(1950, 1950, 1957), Window(1950, 1954, 1957))
ENTANGLED = (
    GapClosed(),
    NearestPeers(k=1),
    NearestPeers(k=3),
    NearestPeers(k=30),
    DifferenceInDifferences(),
    DifferenceInDifferences(pool="not-alike"),
    DifferenceInDifferences(pool="all"),
)


class Plainly:
    """A standard without the short cuts of ours: it can only be scored once for every unit."""

    def __init__(self, rule: Standard) -> None:
        self.rule = rule
        for name in (
            "name",
            "reads",
            "needs_pre",
            "reference",
            "equal_to",
            "oriented",
            "separable",
            "is_level",
            "unit",
        ):
            setattr(self, name, getattr(rule, name))

    def read(self, window):
        return self.rule.read(window)

    def before(self, window):
        return self.rule.before(window)

    def score(self, panel, window, groups):
        return self.rule.score(panel, window, groups)


def random_panel(seed, n=12):
    rng = np.random.default_rng(seed)
    values = np.round(np.abs(rng.normal(20, 5, (len(YEARS), n))), seed % 2) + 1
    values[rng.random(values.shape) < 0.08] = np.nan
    low, high = values - np.round(rng.random(values.shape) * 3), values + np.round(rng.random(values.shape) * 3)
    low[rng.random(values.shape) < 0.04] = np.nan
    panel = panel_of(values, YEARS, [f"u{i:02}" for i in range(n)], low=low, high=high)
    groups = groups_of(panel, kin=[("u00", "u01")])
    exposed = groups.exposed.copy()
    exposed[4:, [2, 3]] = True
    blind = rng.random(values.shape) < 0.02
    direction = "down" if seed % 5 == 0 else "up"
    return replace(panel, blind=blind, direction=direction), replace(groups, exposed=exposed)


@pytest.mark.parametrize(
    "rule", ENTANGLED, ids=lambda rule: f"{rule.name}-{getattr(rule, 'pool', getattr(rule, 'k', ''))}"
)
@pytest.mark.parametrize("window", WINDOWS, ids=["end-points", "spells"])
@pytest.mark.parametrize("values", ["against", "for"])
def test_the_short_cuts_agree_with_scoring_every_unit_apart(rule, window, values):
    for seed in range(12):
        panel, groups = random_panel(seed)
        short = score_row(Scoring(rule, panel, window, groups, values, in_worlds=True))
        plain = score_row(Scoring(Plainly(rule), panel, window, groups, values, in_worlds=True))
        assert np.allclose(short.own, plain.own, equal_nan=True, atol=1e-9)
        assert np.allclose(short.worlds, plain.worlds, equal_nan=True, atol=1e-9)
        assert (short.codes == plain.codes).all()
        alone = score_row(Scoring(rule, panel, window, groups, values))
        assert np.allclose(alone.own, plain.own, equal_nan=True, atol=1e-9)


def four():
    """A rises by 4, the others by 1, 2 and 3; all give or take 1."""
    values = np.array([[10.0, 10, 10, 10, 10], [14.0, 11, 12, 13, 12]])
    return panel_of(values, (1950, 1960), "ABCDE", low=values - 1, high=values + 1)


def run(panel, form, rule=None, direction="up", **more):
    values = Choice("values", tuple(Option(v, v, v) for v in ("central", "against", "for")), "values")
    window = Choice("window", (Option("w", "", Window(1950, 1950, 1960)),), "window")
    standard = Choice("standard", (Option("s", "", rule or Change()),), "standard")
    peers = Choice("peers", (Option("p", "", AllPeers()),), "peers")
    plan = Plan((window, standard, peers, values), groups_of(panel), **more)
    return plan, multiverse(plan, {"x": panel}, Form(form, direction))


def outcomes(found, unit):
    return [Outcome(int(x)) for x in found.of(unit)]


def test_a_claim_can_hold_within_the_data_alone():
    plan, found = run(four(), "more")
    assert outcomes(found, "A") == [Outcome.HOLDS, Outcome.FAILS, Outcome.HOLDS]
    assert outcomes(found, "B") == [Outcome.FAILS, Outcome.FAILS, Outcome.HOLDS]
    one = detail(plan, {"x": four()}, Form("more"), {"values": "against"})
    assert (one.scores[0], one.reference[0]) == (2, 4)  # 13 - 11; the others 12, 13, 14, 13 from 9
    assert (detail(plan, {"x": four()}, Form("more"), {"values": "for"}).scores[0]) == 6


def test_less_is_helped_by_the_low_bounds():
    _, found = run(four(), "less")
    assert outcomes(found, "B") == [Outcome.HOLDS, Outcome.FAILS, Outcome.HOLDS]
    _, down = run(four(), "more", direction="down")
    assert outcomes(down, "B") == [Outcome.HOLDS, Outcome.FAILS, Outcome.HOLDS]


@pytest.mark.parametrize(("form", "sure", "unsure"), [("rose", [1, 1, 1], [1, 0, 1]), ("fell", [0, 0, 0], [0, 0, 1])])
def test_the_literal_reading_has_bounds_too(form, sure, unsure):
    _, found = run(four(), form)
    assert found.of("A").tolist() == sure
    assert found.of("B").tolist() == unsure


def test_same_against_the_claim_wants_both_ends_inside():
    values = Choice("values", tuple(Option(v, v, v) for v in ("central", "against", "for")), "values")
    plan, _ = run(four(), "more")
    plan = replace(plan, choices=(*plan.choices[:3], values))
    near = multiverse(plan, {"x": four()}, Form("same", within=1.0))
    assert outcomes(near, "E") == [Outcome.HOLDS, Outcome.FAILS, Outcome.HOLDS]
    wide = multiverse(plan, {"x": four()}, Form("same", within=7.0))
    assert outcomes(wide, "E") == [Outcome.HOLDS] * 3
    far = multiverse(plan, {"x": four()}, Form("same", within=0.1))
    assert outcomes(far, "B") == [Outcome.FAILS, Outcome.FAILS, Outcome.HOLDS]  # somewhere between it is the same


def test_a_figure_without_bounds_takes_part_at_central_only():
    panel = four()
    low = panel.low.copy()
    low[1, 0] = np.nan
    _, found = run(replace(panel, low=low), "more")
    assert outcomes(found, "A") == [Outcome.HOLDS, Outcome.NOT_JUDGED, Outcome.HOLDS]
    assert found.reasons("A") == {"not_published": 1}
    no_bounds = replace(panel, low=np.full_like(low, np.nan), high=np.full_like(low, np.nan))
    _, found = run(no_bounds, "more")
    assert outcomes(found, "A") == [Outcome.HOLDS, Outcome.NOT_JUDGED, Outcome.NOT_JUDGED]


@pytest.mark.parametrize(
    ("rule", "low_early", "low_late"),
    [
        (Level(), True, True),
        (Change(), False, True),
        (Growth(), False, True),
        (WholePath(), False, True),
        (DifferenceInDifferences(), False, True),
    ],
)
def test_the_bounds_that_speak_against_a_rise(rule, low_early, low_late):
    panel = four()
    bound = bound_panel(panel, rule.before(Window(1950, 1960, 1960)), raised=False)
    assert (bound.values[0] == (panel.low if low_early else panel.high)[0]).all()
    assert (bound.values[1] == (panel.low if low_late else panel.high)[1]).all()


def test_in_a_pair_third_parties_stay_where_they_are():
    panel = four()
    way = Scoring(Change(), panel, Window(1950, 1950, 1960), groups_of(panel), "against", rival=np.arange(5) == 1)
    row = score_row(way)
    assert row.own.tolist() == [2, -1, 0, 1, 0]
    assert row.others.tolist() == [4, 3, 2, 3, 2]


def test_blind_peers_are_left_out_and_too_many_refuse():
    rng = np.random.default_rng(3)
    values = np.vstack([np.full(12, 10.0), 10 + rng.permutation(12).astype(float)])
    panel = panel_of(values, (1950, 1960), [f"u{i:02}" for i in range(12)])
    for count, refused in ((2, False), (3, True)):
        blind = np.zeros(values.shape, dtype=bool)
        blind[1, :count] = True
        plan, found = run(replace(panel, blind=blind), "more")
        assert found.reasons("u00")["blind_spot"] == 1
        assert ("blind_spot" in found.reasons("u11")) == refused  # 2 of 11 peers are under a fifth, 3 are not
        seen = multiverse(replace(plan, ignore_blind=True), {"x": replace(panel, blind=blind)}, Form("more"))
        assert "blind_spot" not in seen.reasons("u00") | seen.reasons("u11")


def test_units_that_did_not_exist_are_not_missing():
    values = np.full((2, 9), 10.0)
    values[1] += np.arange(9)
    values[0, 3:] = np.nan
    panel = panel_of(values, (1950, 1960), "ABCDEFGHI")
    assert run(panel, "more")[1].reasons("A")["too_few_peers"] == 1
    values[0, 3] = 10
    panel = panel_of(values, (1950, 1960), "ABCDEFGHI")  # 3 of 8 named are scored
    assert run(panel, "more")[1].reasons("A")["too_few_peers"] == 1
    codes = np.where(np.isnan(values), np.uint8(ReasonCode.NO_OVERLAP), np.uint8(0))
    found = run(replace(panel, reason_codes=codes), "more")[1]  # 3 of the 3 that existed
    assert "too_few_peers" not in found.reasons("A")
    assert found.reasons("E")["no_overlap"] == 3
