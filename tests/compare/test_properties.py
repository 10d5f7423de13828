"""What must not matter: names, order, units of measurement, padding, and how the work is cut up."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from evenhand.compare import (
    AllPeers,
    Change,
    DifferenceInDifferences,
    GapClosed,
    GroupPeers,
    Groups,
    Growth,
    Level,
    NearestPeers,
    NearestUnits,
    Plan,
    RegionPeers,
    WholePath,
    Window,
    groups_of,
    multiverse,
    panel_of,
    verdict,
)
from evenhand.model import Choice, Form, Option, Outcome

QUICK = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
YEARS = range(1950, 1958)
WINDOWS = (Window(1950, 1950, 1957), Window(1950, 1953, 1957), Window(1952, 1954, 1956))
STANDARDS = (
    Level(),
    Change(),
    Growth(),
    GapClosed(),
    WholePath(),
    NearestPeers(k=3),
    DifferenceInDifferences(),
    DifferenceInDifferences(pool="all"),
)
FORMS = [
    Form("more"),
    Form("less", "down"),
    Form("most"),
    Form("least"),
    Form("among-the-most"),
    Form("by-at-least", margin=0.5),
    Form("by-at-least", ratio=1.2),
    Form("same", within=0.7),
    Form("same", within=10.0, unit="percent"),
    Form("same", within=0.4, unit="sd"),
    Form("at-most", "down", margin=0.3),
    Form("rose"),
]


@st.composite
def worlds(draw):
    """A panel of 11 to 14 units with bounds, gaps and ties, and its groups."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    n, tenths = draw(st.integers(11, 14)), draw(st.sampled_from([1, 10]))
    values = rng.integers(20, 90, (len(YEARS), n)) * tenths / 10
    values[rng.random(values.shape) < 0.06] = np.nan
    low = values - rng.integers(0, 3, values.shape) / 10
    high = values + rng.integers(0, 3, values.shape) / 10
    low[rng.random(values.shape) < 0.03] = np.nan
    units = [f"u{i:02}" for i in range(n)]
    panel = panel_of(values, YEARS, units, low=low, high=high)
    region = [("north", "south")[int(x)] for x in rng.integers(0, 2, n)]
    groups = groups_of(panel, members={"club": units[:6]}, region=region, kin=[("u00", "u01")])
    exposed = np.zeros(values.shape, dtype=bool)
    exposed[4:, [0, 4]] = True
    return replace(panel, blind=rng.random(values.shape) < 0.01), replace(groups, exposed=exposed)


def choices(windows=WINDOWS, values=("central", "against", "for")):
    rules = (AllPeers(), RegionPeers(), GroupPeers("club"), NearestUnits(k=4))
    return (
        Choice("window", tuple(Option(f"w{i}", "", window) for i, window in enumerate(windows)), "window"),
        Choice("standard", tuple(Option(f"s{i}", "", rule) for i, rule in enumerate(STANDARDS)), "standard"),
        Choice("peers", tuple(Option(f"p{i}", "", rule) for i, rule in enumerate(rules)), "peers"),
        Choice("values", tuple(Option(name, "", name) for name in values), "values"),
    )


def permuted(panel, groups, order):
    tables = {
        name: getattr(panel, name)[:, order]
        for name in ("values", "low", "high", "reason_codes", "year_used", "source_id", "blind")
    }
    units = tuple(panel.units[i] for i in order)
    moved = Groups(
        groups.member[:, order],
        groups.names,
        groups.kin[np.ix_(order, order)],
        groups.exposed[:, order],
        tuple(groups.region[i] for i in order),
    )
    return replace(panel, units=units, **tables), moved


def outcomes(found, unit):
    return found.of(unit).tolist()


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f"{f.name}-{f.unit}-{f.ratio}")
@QUICK
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_units_does_not_matter(form, world, random):
    panel, groups = world
    order = list(range(len(panel.units)))
    random.shuffle(order)
    moved, their_groups = permuted(panel, groups, order)
    one = multiverse(Plan(choices(), groups), {"x": panel}, form)
    other = multiverse(Plan(choices(), their_groups), {"x": moved}, form)
    for unit in panel.units:
        assert outcomes(one, unit) == outcomes(other, unit)
        assert verdict(one, unit) == verdict(other, unit)


@QUICK
@given(worlds())
def test_names_do_not_matter(world):
    panel, groups = world
    renamed = replace(panel, units=tuple(f"z{99 - i}" for i in range(len(panel.units))))
    one = multiverse(Plan(choices(), groups), {"x": panel}, Form("more"))
    other = multiverse(Plan(choices(), groups), {"x": renamed}, Form("more"))
    assert (one.outcomes == other.outcomes).all()


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f"{f.name}-{f.unit}-{f.ratio}")
@QUICK
@given(worlds(), st.sampled_from([0.001, 0.1, 1 / 7, 3.0, 10.0, 1e6]))
def test_the_unit_of_measurement_does_not_matter(form, world, factor):
    panel, groups = world
    scaled = replace(panel, values=panel.values * factor, low=panel.low * factor, high=panel.high * factor)
    margin = None if form.margin is None else form.margin * factor
    within = form.within if form.within is None or form.unit != "absolute" else form.within * factor
    one = multiverse(Plan(choices(), groups), {"x": panel}, form)
    other = multiverse(Plan(choices(), groups), {"x": scaled}, replace(form, margin=margin, within=within))
    assert (one.outcomes == other.outcomes).all()
    assert (one.twice_rank == other.twice_rank).all()


@pytest.mark.parametrize("name", ["more", "less"])
@QUICK
@given(worlds())
def test_swapping_subject_and_peer_mirrors_the_verdict(name, world):
    panel, groups = world
    one = multiverse(Plan(choices(), groups, against="u05"), {"x": panel}, Form(name))
    other = multiverse(
        Plan(choices(values=("central", "for", "against")), groups, against="u03"), {"x": panel}, Form(name)
    )
    mirror = {Outcome.HOLDS: Outcome.FAILS, Outcome.FAILS: Outcome.HOLDS}
    mine, theirs = one.of("u03"), other.of("u05")
    for c, outcome in enumerate(mine):
        assert theirs[c] == mirror.get(outcome, outcome)


@pytest.mark.parametrize("form", FORMS[::4], ids=lambda f: f"{f.name}-{f.unit}-{f.ratio}")
@settings(QUICK, max_examples=4)
@given(worlds())
def test_how_the_work_is_cut_up_does_not_matter(form, world):
    panel, groups = world
    whole = multiverse(Plan(choices(), groups), {"x": panel}, form)
    for chunk in (1, 7):
        part = multiverse(Plan(choices(), groups), {"x": panel}, form, chunk=chunk)
        assert part.outcomes.tobytes() == whole.outcomes.tobytes()
        assert part.reasons_packed.tobytes() == whole.reasons_packed.tobytes()
        assert part.twice_rank.tobytes() == whole.twice_rank.tobytes()


@QUICK
@given(worlds())
def test_an_exact_duplicate_of_an_option_moves_nothing(world):
    panel, groups = world
    plain = choices()
    padded = tuple(
        replace(
            choice,
            options=(*choice.options, replace(choice.options[-1], id="again"), replace(choice.options[0], id="and")),
        )
        for choice in plain
    )
    one = multiverse(Plan(plain, groups), {"x": panel}, Form("more"))
    other = multiverse(Plan(padded, groups), {"x": panel}, Form("more"))
    for unit in panel.units:
        before, after = verdict(one, unit), verdict(other, unit)
        for name in (
            "share",
            "share_unweighted",
            "share_min",
            "combinations",
            "distinct",
            "judged",
            "place",
            "not_judged",
        ):
            assert getattr(before, name) == getattr(after, name)
        same = {hinge.choice: hinge.share for hinge in after.hinges}
        for hinge in before.hinges:
            assert same[hinge.choice] == pytest.approx(hinge.share, abs=1e-9)


@QUICK
@given(worlds(), st.integers(0, 1))
def test_a_near_duplicate_of_a_window_takes_no_weight_from_others(world, shift):
    panel, groups = world
    late = Window(1955, 1955, 1957)
    near = Window(1955 + shift, 1955 + shift, 1957)
    plain = choices((WINDOWS[0], late), ("central",))
    padded = choices((WINDOWS[0], late, near), ("central",))
    one = multiverse(Plan(plain, groups), {"x": panel}, Form("more"))
    other = multiverse(Plan(padded, groups), {"x": panel}, Form("more"))
    weights = {}
    for name, found in (("one", one), ("other", other)):
        first = found.counts("window")["w0"].sum(axis=1) / found.tree.denominator
        weights[name] = first[0]
    assert weights["one"] == weights["other"] == 0.5


@QUICK
@given(worlds())
def test_a_missing_figure_is_never_a_judgement(world):
    panel, groups = world
    found = multiverse(Plan(choices(), groups), {"x": panel}, Form("more"))
    for unit in panel.units:
        refused = found.of(unit) == Outcome.NOT_JUDGED
        assert sum(found.reasons(unit).values()) == refused.sum()
        assert "ok" not in found.reasons(unit)
        assert (np.isnan(found.percentiles(unit)) == refused).all()


@QUICK
@given(worlds())
def test_shares_are_those_of_the_parts(world):
    """Shares under single options, weighed by what was judged under each, add up to the share."""
    panel, groups = world
    found = multiverse(Plan(choices(), groups), {"x": panel}, Form("more"))
    for choice in ("window", "standard", "peers", "values"):
        cells = sum(found.counts(choice).values())
        for i, unit in enumerate(panel.units):
            judged = cells[i, :3].sum()
            if judged:
                assert cells[i, Outcome.HOLDS] / judged == pytest.approx(float(found.share(unit)), abs=1e-12)
