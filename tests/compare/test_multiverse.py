"""Which combinations there are, what they weigh, where a unit stands, what is refused with which words."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from evenhand.compare import (
    AllPeers,
    Change,
    DifferenceInDifferences,
    GapClosed,
    GroupPeers,
    Growth,
    Level,
    ListedPeers,
    NearestUnits,
    Plan,
    RegionPeers,
    WholePath,
    Window,
    groups_of,
    multiverse,
    panel_of,
    place,
    verdict,
)
from evenhand.model import BadInputError, Choice, Form, Option, Outcome

YEARS = tuple(range(1940, 1971, 5))
UNITS = tuple(f"u{i:02}" for i in range(15))
REGION = tuple(("east", "west", "south")[i % 3] for i in range(15))


def figures(seed=1, gaps=0.0):
    rng = np.random.default_rng(seed)
    values = np.round(40 + np.cumsum(rng.normal(1, 2, (7, 15)), axis=0) + rng.normal(0, 8, 15), 1)
    values[rng.random(values.shape) < gaps] = np.nan
    return panel_of(values, YEARS, UNITS)


def choice(kind, *values, name=None):
    return Choice(
        name or kind, tuple(Option(f"{kind}{i}", f"{kind} {i}", value) for i, value in enumerate(values)), kind
    )


def windows(*spans):
    return choice("window", *[Window(a, a, b) for a, b in spans])


def plan(*choices, **more):
    groups = groups_of(figures(), members={"club": UNITS[:8]}, region=REGION, kin=more.pop("kin", ()))
    return Plan(choices, groups, **more)


PLAIN = (
    windows((1940, 1970), (1950, 1965)),
    choice("standard", Change(), Growth()),
    choice("peers", AllPeers(), RegionPeers()),
)


def run(what, form=None, panel=None, **more):
    return multiverse(what, {"x": panel or figures()}, form or Form("more"), **more)


# --- weights


def test_windows_nearly_the_same_share_one_weight():
    found = run(plan(windows((1940, 1970), (1950, 1965), (1950, 1967), (1952, 1965)), *PLAIN[1:]))
    weights = {name: cells.sum(axis=1)[0] for name, cells in found.counts("window").items()}
    total = found.tree.denominator
    assert [Fraction(int(w), total) for w in weights.values()] == [Fraction(1, 2), *[Fraction(1, 6)] * 3]


def test_a_window_between_two_does_not_join_them():
    found = run(plan(windows((1940, 1960), (1944, 1960), (1942, 1960)), *PLAIN[1:]))
    weights = [cells.sum(axis=1)[0] * 4 / found.tree.denominator for cells in found.counts("window").values()]
    assert weights == [1, 2, 1]


def test_equal_panels_are_one_option():
    measure = Choice("m", tuple(Option(name, name, name) for name in "abc"), "measure")
    what = plan(measure, *PLAIN)
    found = multiverse(what, {"a": figures(1), "b": figures(2), "c": figures(1)}, Form("more"))
    assert len(found.keys) == 2 * 8
    assert [cells.sum(axis=1)[0] / found.tree.denominator for cells in found.counts("m").values()] == [0.25, 0.5, 0.25]


def test_panels_by_several_choices():
    measure = Choice("m", (Option("a", "", "a"), Option("b", "", "b")), "measure")
    scale = Choice("scale", (Option("head", "", None), Option("all", "", None)), "scale")
    panels = {(m, s): figures(i) for i, (m, s) in enumerate([("a", "head"), ("a", "all"), ("b", "head"), ("b", "all")])}
    found = multiverse(plan(measure, scale, *PLAIN), panels, Form("more"))
    assert len(found.keys) == 4 * 8
    alone = multiverse(plan(*PLAIN), {"x": panels["b", "head"]}, Form("more"))
    for unit in UNITS:
        assert found.restricted({"m": ["b"], "scale": ["head"]}).share(unit) == alone.share(unit)


def test_level_has_one_window_for_each_end():
    spans = windows((1940, 1970), (1950, 1970), (1950, 1960))
    found = run(plan(spans, choice("standard", Level()), choice("peers", AllPeers())))
    assert len(found.keys) == 2
    assert found.weights.tolist() == [2, 1]
    by_start = run(plan(spans, choice("standard", Level()), choice("peers", NearestUnits(k=5))))
    assert len(by_start.keys) == 3  # who is near depends on the start


def test_what_is_equal_by_algebra_is_one_combination_where_only_the_order_counts():
    standards = choice("standard", Change(), DifferenceInDifferences(pool="all"), Growth())
    what = plan(windows((1940, 1970)), standards, choice("peers", AllPeers()))
    assert len(run(what, Form("most")).keys) == 2
    assert run(what, Form("most")).weights.tolist() == [2, 2]
    assert len(run(what).keys) == 3  # more than the median of peers, or than 0, is another question
    assert len(run(replace(what, against="u00")).keys) == 2
    assert len(run(replace(what, against="u00"), Form("by-at-least", margin=1.0)).keys) == 3
    with_kin = plan(*what.choices, kin=[("u00", "u01")])
    assert len(run(with_kin, Form("most")).keys) == 3  # kin are no donors: the order can differ


def test_they_do_come_out_equal():
    one = plan(
        windows((1940, 1970), (1950, 1965)), choice("standard", Change()), choice("peers", AllPeers(), RegionPeers())
    )
    rules = choice("standard", DifferenceInDifferences(pool="all"))
    for form in (Form("most"), Form("least", "down"), Form("among-the-most")):
        assert (
            run(one, form).outcomes == run(replace(one, choices=(one.choices[0], rules, one.choices[2])), form).outcomes
        ).all()


def logs_of(panel):
    return replace(panel, values=np.log(panel.values), low=np.log(panel.low), high=np.log(panel.high), scale="interval")


@pytest.mark.parametrize("order", [("plain", "log"), ("log", "plain")])
def test_the_change_of_logs_is_growth(order):
    scale = Choice("scale", tuple(Option(name, name, name) for name in order), "scale")
    panel = figures(2)
    tables = {"plain": panel, "log": logs_of(panel)}
    what = plan(scale, *PLAIN)
    found = multiverse(what, tables, Form("more"))
    assert len(found.keys) == 16 - 4  # under both windows and both rules of peers
    assert found.weights.sum() == found.tree.denominator
    assert sorted(found.weights.tolist()) == [1] * 8 + [2] * 4
    assert found.combination(found.lead())["scale"].id == order[0]
    log, plain = (
        found.restricted({"scale": ["log"], "standard": ["standard0"]}),
        run(plan(PLAIN[0], choice("standard", Growth()), PLAIN[2]), panel=panel),
    )
    for unit in UNITS:
        assert log.share(unit) == plain.share(unit)
    assert len(multiverse(what, tables, Form("by-at-least", margin=0.1)).keys) == 16
    assert len(multiverse(what, tables, Form("by-at-least", ratio=2.0)).keys) == 16
    near = plan(scale, *PLAIN[:2], choice("peers", AllPeers(), NearestUnits(k=5)))
    assert len(multiverse(near, tables, Form("more")).keys) == 16 - 2  # who is near in logs is not who is near
    used = panel.year_used.copy()
    used[-1, 3] = 1968
    borrowed = replace(panel, year_used=used)
    apart = multiverse(what, {"plain": borrowed, "log": logs_of(borrowed)}, Form("more"))
    assert len(apart.keys) == 16 - 2  # the years used differ between units in one of the windows
    other = multiverse(what, {"plain": panel, "log": replace(figures(3), scale="interval")}, Form("more"))
    assert len(other.keys) == 16


def test_the_pool_is_a_choice_of_one_standard():
    standards = choice("standard", Change(), DifferenceInDifferences())
    pool = choice("pool", "unexposed", "all")
    found = run(plan(windows((1940, 1970)), standards, PLAIN[2], pool))
    assert len(found.keys) == 2 + 2
    assert found.weights.tolist() == [2, 2, 2, 2]


def test_restricting_weighs_anew():
    found = run(plan(*PLAIN))
    part = found.restricted({"standard": ["standard1"], "peers": ["peers0"]})
    assert len(part.keys) == 2
    assert part.weights.tolist() == [1, 1]
    narrow = run(plan(PLAIN[0], choice("standard", Growth()), choice("peers", AllPeers())))
    for unit in UNITS:
        assert part.of(unit).tolist() == narrow.of(unit).tolist()
        assert verdict(part, unit).place == verdict(narrow, unit).place


def test_keys_are_mixed_radix_ids():
    found = run(plan(*PLAIN))
    assert found.keys.tolist() == list(range(8))
    taken = found.combination(5)
    assert [option.id for option in taken.values()] == ["window1", "standard0", "peers1"]
    assert found.lead() == 0


@pytest.mark.parametrize("order", [(1950, 1952, 1954), (1952, 1950, 1954), (1954, 1952, 1950)])
def test_the_order_in_which_windows_are_listed_does_not_matter(order):
    years = list(range(1940, 1971))
    panel = panel_of(np.random.default_rng(0).normal(50, 5, (31, 15)), years, UNITS)
    found = run(plan(windows(*[(start, 1970) for start in order]), *PLAIN[1:]), panel=panel)
    weights = [cells.sum(axis=1)[0] * 4 / found.tree.denominator for cells in found.counts("window").values()]
    assert dict(zip(order, weights, strict=True)) == {1950: 1, 1952: 1, 1954: 2}


# --- forms


def one_way(rises, form, rule=None, *, start=100.0, peers=None, **more):
    """The outcome of the first unit under one way of comparing, and why it has none."""
    panel = panel_of([[start] * len(rises), [start + rise for rise in rises]], (1950, 1960), UNITS[: len(rises)])
    groups = groups_of(panel, kin=more.pop("kin", ()))
    choices = windows((1950, 1960)), choice("standard", rule or Change()), choice("peers", peers or AllPeers())
    found = multiverse(Plan(choices, groups, **more), {"x": panel}, form)
    return found.outcome(0, "u00"), found.reasons("u00")


@pytest.mark.parametrize("rule", [Change(), WholePath()])
def test_to_fall_so_many_times_as_much(rule):
    def outcome(own, others, form, rule=rule, start=100.0):
        rises = [own, *[others] * 6]
        rows = [[start] * 7, [start + rise / 2 for rise in rises], [start + rise for rise in rises]]
        panel = panel_of(rows, (1950, 1955, 1960), UNITS[:7])
        choices = windows((1950, 1960)), choice("standard", rule), choice("peers", AllPeers())
        found = multiverse(Plan(choices, groups_of(panel)), {"x": panel}, form)
        return found.outcome(0, "u00"), found.reasons("u00")

    twice = Form("by-at-least", "down", ratio=2.0)
    no_ratio = Outcome.NOT_JUDGED, {"not_ratio_scale": 1}
    assert outcome(-40, -20, twice)[0] == Outcome.HOLDS
    assert outcome(-39, -20, twice)[0] == Outcome.FAILS
    assert outcome(-10, -20, twice)[0] == Outcome.FAILS
    assert outcome(10, 20, twice) == no_ratio  # they rose
    assert outcome(-10, 20, twice) == no_ratio
    assert outcome(20, 10, replace(twice, direction="up"))[0] == Outcome.HOLDS
    assert outcome(-20, -10, replace(twice, direction="up")) == no_ratio


def test_a_low_figure_is_so_many_times_lower():
    twice = Form("by-at-least", "down", ratio=2.0)
    assert one_way([-60, *[-20] * 6], twice, Level())[0] == Outcome.HOLDS  # 40 against 80
    assert one_way([-59, *[-20] * 6], twice, Level())[0] == Outcome.FAILS


def test_kin_are_one_unit_in_ranks():
    rises = [50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 60, 61]
    more = {"kin": [("u10", "u11")]}
    assert one_way(rises, Form("among-the-most"), **more)[0] == Outcome.FAILS  # two of twelve are above
    stands = np.arange(12) != 11
    assert one_way(rises, Form("among-the-most"), **more, stands=stands)[0] == Outcome.HOLDS  # one of eleven
    assert one_way([10, 1, 2, 60], Form("most"), stands=np.arange(4) != 3) == (
        Outcome.NOT_JUDGED,
        {"too_few_peers": 1},
    )
    listed = ListedPeers(("u01", "u02", "u03", "u05"))
    long = {"stands": np.arange(6) != 3, "kin": [("u03", "u04")], "peers": listed}
    assert one_way([10, 1, 2, 60, 0, 3], Form("most"), **long)[0] == Outcome.FAILS  # the list names it, not its kin
    both = {**long, "peers": ListedPeers((*listed.units, "u04"))}
    assert one_way([10, 1, 2, 60, 0, 3], Form("most"), **both)[0] == Outcome.HOLDS
    assert one_way([10, 1, 2, 60, 0, 3], Form("more"), **both)[0] == Outcome.HOLDS


# --- places


def test_kin_and_those_that_do_not_stand_are_not_ranked():
    stands = np.arange(15) != 4
    found = run(plan(*PLAIN, stands=stands, kin=[("u00", "u01"), ("u04", "u05")]))
    assert verdict(found, "u00").of == 13  # not itself, not u01, not u04
    assert verdict(found, "u02").of == 14
    assert verdict(found, "u04").of == 14  # it is itself ranked when it is asked after, without u05


def test_ties_count_against_the_claim():
    values = np.array([[10.0] * 15, [20.0] * 5 + [15.0] * 10])
    panel = panel_of(values, (1940, 1970), UNITS)
    found = run(plan(windows((1940, 1970)), *PLAIN[1:]), panel=panel)
    said = verdict(found, "u00")
    assert (said.rank, said.ties, said.at_least, said.of) == (1, 4, 4, 15)
    assert said.at_least_as_good == pytest.approx(5 / 15)
    assert said.units_in_band == Fraction(5, 15)
    assert said.typical_share == 0


def test_the_regional_place():
    said = verdict(run(plan(*PLAIN)), "u03")
    assert said.regional.among == "regions"
    assert said.regional.of == 3


def test_a_placebo_p_only_with_a_time_before():
    early = (Window(1940, 1955, 1970), Window(1945, 1955, 1970))
    rules = choice("standard", DifferenceInDifferences(), DifferenceInDifferences(pool="all"))
    found = run(plan(choice("window", *early), rules))
    said = verdict(found, "u01")
    assert said.placebo_p == said.at_least_as_good
    assert len(said.size_by_quartile) == 4
    with_point = run(plan(choice("window", early[0], Window(1940, 1940, 1970)), rules))
    assert verdict(with_point, "u01").placebo_p is None
    assert verdict(run(plan(*PLAIN)), "u01").placebo_p is None


def test_percentiles():
    found = run(plan(windows((1940, 1970)), choice("standard", Change()), choice("peers", AllPeers())))
    change = figures().values[-1] - figures().values[0]
    for i, unit in enumerate(UNITS):
        below = (change < change[i] - 1e-9).sum()
        equal = (np.abs(change - change[i]) < 1e-9).sum()
        assert found.percentiles(unit)[0] == pytest.approx((below + equal / 2) / 15)
    less = run(plan(*PLAIN), Form("less"))
    more = run(plan(*PLAIN))
    assert less.percentiles("u03") == pytest.approx(1 - more.percentiles("u03"))


# --- what it hinges on


def test_lost_combinations_unbalance_the_hinges():
    values = figures(3).values.copy()
    values[2, :10] = np.nan  # 1950: two thirds are missing
    panel = panel_of(values, YEARS, UNITS)
    standards = choice("standard", Change(), Growth(), GapClosed(), WholePath())
    found = run(plan(windows((1940, 1970), (1950, 1970), (1945, 1965)), standards, *PLAIN[2:]), panel=panel)
    unit = next(u for u in UNITS[:10] if 0 < found.share(u) < 1)
    said = verdict(found, unit)
    assert all(hinge.unbalanced for hinge in said.hinges)
    window = next(hinge for hinge in said.hinges if hinge.choice == "window")
    assert [option.lost for option in window.options] == [0.0, 1.0, 0.0]
    assert window.options[1].share is None
    assert 0 <= sum(hinge.share for hinge in said.hinges) <= 1 + 1e-9
    assert said.interaction == pytest.approx(1 - sum(hinge.share for hinge in said.hinges))


def test_shapley_shares_are_the_first_order_ones_where_nothing_is_lost():
    from evenhand.compare.hinges import _first_order, _shapley, by_options

    found = run(plan(*PLAIN, choice("values", "central")))
    for unit in UNITS:
        judged, held = found.of(unit) != Outcome.NOT_JUDGED, found.of(unit) == Outcome.HOLDS
        if held.any() and not held.all():
            tables = by_options(found, judged, held)
            first = [
                float(_first_order(table, int(found.weights.sum()), int(found.weights[held].sum()))) for table in tables
            ]
            assert _shapley(found, tables, judged, held) == pytest.approx(first, abs=1e-9)


def test_what_cannot_be_judged():
    values = figures().values.copy()
    values[:, 2] = np.nan
    found = run(plan(*PLAIN), panel=panel_of(values, YEARS, UNITS))
    said = verdict(found, "u02")
    assert (said.share, said.words, said.place, said.hinges) == (None, None, None, ())
    assert said.not_judged == {"not_published": 8}
    assert (said.share_min, said.share_max) == (0, 1)
    with pytest.raises(BadInputError, match="no combination could be judged"):
        found.share("u02")


# --- running


def test_progress_and_interruption():
    seen = []
    run(plan(*PLAIN), progress=lambda done, total: seen.append((done, total)), chunk=1)
    assert seen[-1] == (8, 8)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(plan(*PLAIN), progress=stop)


@pytest.mark.parametrize(
    ("what", "form", "message"),
    [
        (plan(*PLAIN[1:]), Form("more"), "no choice of kind window"),
        (plan(PLAIN[0], PLAIN[2]), Form("more"), "no choice of kind standard"),
        (plan(*PLAIN[:2]), Form("more"), "no choice of kind peers"),
        (
            plan(*PLAIN, choice("window", Window(1940, 1940, 1970), name="w2")),
            Form("more"),
            "two choices of kind window",
        ),
        (plan(choice("window", Window(1970, 1970, 1940)), *PLAIN[1:]), Form("more"), "does not run from start"),
        (
            plan(*PLAIN, choice("values", "centre")),
            Form("more"),
            "'centre' is no option of a choice of values; did you mean central",
        ),
        (plan(*PLAIN, Choice("empty", (), "values")), Form("more"), "'empty' has no options"),
        (plan(*PLAIN[:2], choice("peers", GroupPeers("clb"))), Form("more"), "no group 'clb'; did you mean club"),
        (plan(*PLAIN[:2], choice("peers", ListedPeers(("u0",)))), Form("more"), "no unit 'u0'"),
        (plan(*PLAIN, against="u99"), Form("more"), "no unit 'u99'"),
        (plan(*PLAIN, subject="clan"), Form("more"), "no group 'clan'"),
        (plan(*PLAIN), Form("none", "down"), "speaks of a class"),
        (plan(*PLAIN, against="u01"), Form("most"), "cannot be said against"),
        (plan(*PLAIN), Form("by-at-least"), "either a margin or a ratio"),
        (plan(*PLAIN), Form("same"), "lacks its within"),
        (plan(*PLAIN), Form("at-most"), "lacks its margin"),
        (plan(Choice("m", (Option("gdp", "", "gdp"),), "measure"), *PLAIN), Form("more"), "no panel for gdp"),
    ],
)
def test_bad_plans(what, form, message):
    with pytest.raises(BadInputError, match=message):
        run(what, form)


def test_bad_panels():
    with pytest.raises(BadInputError, match="the panel is empty"):
        run(plan(*PLAIN), panel=replace(figures(), periods=np.array([], dtype=np.int64)))
    with pytest.raises(BadInputError, match="shape"):
        panel_of([[1.0]], (1950,), ("a", "b"))
    with pytest.raises(BadInputError, match="speak of 15 units, the panels of 2"):
        run(plan(*PLAIN), panel=panel_of([[1.0, 2.0]], (1950,), ("a", "b")))
    measure = Choice("m", (Option("a", "", "a"), Option("b", "", "b")), "measure")
    turned = replace(figures(), units=UNITS[::-1])
    with pytest.raises(BadInputError, match="the same units in the same order"):
        multiverse(plan(measure, *PLAIN), {"a": figures(), "b": turned}, Form("more"))
    with pytest.raises(BadInputError, match="do not ascend"):
        run(plan(*PLAIN), panel=replace(figures(), periods=figures().periods[::-1]))


def test_bad_questions():
    found = run(plan(*PLAIN))
    for ask in (found.share, lambda unit: verdict(found, unit), lambda unit: place(found, unit)):
        with pytest.raises(BadInputError, match="no unit 'u1'; did you mean"):
            ask("u1")
    with pytest.raises(BadInputError, match="no choice 'windows'; did you mean window"):
        found.restricted({"windows": ["x"]})
    with pytest.raises(BadInputError, match="has no option 'w9'"):
        found.restricted({"window": ["w9"]})
    with pytest.raises(BadInputError, match="no option of the choice 'window' is left"):
        found.restricted({"window": []})


def test_gaps_never_crash():
    for seed in range(5):
        panel = figures(seed, gaps=0.5)
        standards = choice("standard", Change(), GapClosed(), WholePath(), DifferenceInDifferences(), Level())
        what = plan(
            windows((1940, 1970), (1950, 1965)),
            standards,
            choice("peers", AllPeers(), NearestUnits(k=3), RegionPeers()),
        )
        for form in (
            Form("more"),
            Form("most"),
            Form("same", within=5.0, unit="percent"),
            Form("by-at-least", ratio=2.0),
        ):
            found = run(what, form, panel)
            for unit in UNITS:
                verdict(found, unit)
