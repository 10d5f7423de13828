"""Standards one by one: end points, tolerances, blind spots, pools, and a published number.

California's Proposition 99 (Abadie, Diamond, Hainmueller 2010): the difference in differences of packs per head,
1970-1988 against 1989-2000, is -27.349 (synthdid's vignette, `did_estimate`); the other 38 states are the donors.
"""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evenhand.compare import (
    STANDARDS,
    Change,
    DifferenceInDifferences,
    GapClosed,
    Growth,
    Level,
    NearestPeers,
    WholePath,
    Window,
    groups_of,
    panel_of,
    standard,
)
from evenhand.compare.reading import path
from evenhand.model import BadInputError, ReasonCode

PROP99 = Path(__file__).parents[3] / "shared" / "benchmarks" / "california_prop99.csv"
OK, TOLERANCE, OVERLAP = ReasonCode.OK, ReasonCode.OUTSIDE_TOLERANCE, ReasonCode.NO_OVERLAP
LONG = Window(1950, 1950, 1960)


def small(*rows, years=(1950, 1955, 1960), **more):
    units = [chr(ord("A") + i) for i in range(len(rows))]
    return panel_of([[row[t] for row in rows] for t in range(len(years))], years, units, **more)


def score(rule, panel, window=LONG, groups=None):
    return rule.score(panel, window, groups or groups_of(panel))


@pytest.mark.shared
@pytest.mark.parametrize("pool", ["all", "unexposed", "not-alike"])
def test_proposition_99(pool):
    if not PROP99.exists():
        pytest.skip(f"{PROP99} is not beside this checkout")
    rows = list(csv.DictReader(PROP99.read_text().splitlines(), delimiter=";"))
    states, years = sorted({row["State"] for row in rows}), sorted({int(row["Year"]) for row in rows})
    packs = {(int(row["Year"]), row["State"]): float(row["PacksPerCapita"]) for row in rows}
    panel = panel_of([[packs[y, s] for s in states] for y in years], years, states)
    treated = {(int(row["Year"]), row["State"]) for row in rows if row["treated"] == "1"}
    exposed = np.array([[(y, s) in treated for s in states] for y in years])
    groups = replace(groups_of(panel), exposed=exposed)
    scores = score(DifferenceInDifferences(pool=pool), panel, Window(1970, 1989, 2000), groups)
    assert round(float(scores.values[states.index("California")]), 4) == -27.3491
    assert (scores.reason_codes == OK).all()


def test_the_pool_matters_to_the_others():
    panel = small((1, 1, 9), (1, 1, 2), (1, 1, 2), (1, 1, 4), (1, 1, 3))
    groups = groups_of(panel)
    exposed = groups.exposed.copy()
    exposed[2, [0, 1]] = True
    groups, window = replace(groups, exposed=exposed), Window(1950, 1960, 1960)
    changes = np.array([8.0, 1.0, 1.0, 3.0, 2.0])
    everyone = score(DifferenceInDifferences(pool="all"), panel, window, groups).values
    assert everyone == pytest.approx((5 * changes - changes.sum()) / 4)
    apart = score(DifferenceInDifferences(pool="not-alike"), panel, window, groups).values
    assert apart[0] == pytest.approx(8 - 2)
    assert apart[2] == pytest.approx(1 - (8 + 1 + 3 + 2) / 4)
    alone = score(DifferenceInDifferences(), panel, window, groups)
    assert alone.values[0] == pytest.approx(8 - 2)
    assert alone.reason_codes[2] == ReasonCode.TOO_FEW_PEERS  # two donors are left


def test_difference_in_differences_meets_donors_where_both_have_figures():
    years = (1950, 1951, 1952, 1953)
    trend = [10, 20, 30, 40]
    full = [[t + level for t in trend] for level in (0, 5, 9)]
    panel = small(*full, [15, None, None, 45], years=years)
    values = score(DifferenceInDifferences(pool="all"), panel, Window(1950, 1952, 1953)).values
    assert values == pytest.approx(0)  # the gaps change nobody's comparison
    assert score(DifferenceInDifferences(pool="all"), panel, Window(1950, 1950, 1953)).values == pytest.approx(0)


def test_kin_are_neither_donors_nor_near():
    panel = small((1, 1, 9), (1, 1, 2), (1, 1, 2), (1, 1, 4), (1, 1, 3))
    groups = groups_of(panel, kin=[("A", "B")])
    values = score(DifferenceInDifferences(pool="all"), panel, LONG, groups).values
    assert values[0] == pytest.approx(8 - (1 + 3 + 2) / 3)
    assert score(NearestPeers(k=3), panel, LONG, groups).values[0] == pytest.approx(8 - 2)


def test_growth_wants_positive_figures_with_a_true_zero():
    panel = small((1, 2, 4), (0, 1, 2), (-1, 1, 2))
    scores = score(Growth(), panel)
    assert scores.values[0] == pytest.approx(np.log(4) / 10)
    assert scores.reason_codes.tolist() == [OK, ReasonCode.NOT_RATIO_SCALE, ReasonCode.NOT_RATIO_SCALE]
    assert (score(Growth(), replace(panel, scale="interval")).reason_codes == ReasonCode.NOT_RATIO_SCALE).all()


def test_growth_uses_the_actual_years():
    panel = small((1, 2, 4), (1, 2, 4))
    used = panel.year_used.copy()
    used[2, 1] = 1962
    rates = score(Growth(), replace(panel, year_used=used)).values
    assert rates == pytest.approx([np.log(4) / 10, np.log(4) / 12])


def test_level_reads_the_end_alone():
    panel = small((None, 2, 4), (1, 2, None))
    scores = score(Level(), panel)
    assert scores.values[0] == 4
    assert scores.used_years[0].tolist() == [1960, 1960]
    assert scores.reason_codes.tolist() == [OK, ReasonCode.NOT_PUBLISHED]
    assert Level().read(Window(1950, 1950, 1960)) == Level().read(Window(1955, 1955, 1960))


def test_gap_closed_points_as_the_claim_does():
    panel = small((10, 5, 4), (2, 2, 1), (6, 6, 3))
    scores = score(GapClosed(), replace(panel, direction="down"))
    assert scores.values[0] == pytest.approx(1 - (1 - 4) / (2 - 10))
    assert scores.reason_codes.tolist() == [OK, ReasonCode.NOT_DEFINED, OK]


def test_whole_path_counts_a_repeated_figure_once():
    panel = small((1, 4, 4), (1, 4, 7), (1, None, 7))
    used = panel.year_used.copy()
    used[1, 0] = 1960
    scores = score(WholePath(), replace(panel, year_used=used))
    assert scores.values[1] == 3
    assert scores.reason_codes.tolist() == [ReasonCode.NOT_PUBLISHED, OK, ReasonCode.NOT_PUBLISHED]


def test_the_whole_path_is_a_mean_over_time():
    years = tuple(range(1950, 1991))
    true = [40 + 0.5 * (y - 1950) - (12 if 1958 <= y <= 1962 else 0) for y in years]
    dense = [v if y % 5 == 0 or 1956 <= y <= 1964 else None for y, v in zip(years, true, strict=True)]
    window = Window(1950, 1950, 1990)
    values = score(WholePath(), small(true, dense, years=years), window).values
    assert values[0] == pytest.approx(float(np.trapezoid(true, years)) / 40 - 40)
    assert values[1] == pytest.approx(values[0], abs=0.5)  # more figures around the event do not make it longer
    straight = small((1, 2, 3, 4, 9), (1, None, None, 4, 9), years=(0, 1, 2, 3, 8))
    assert score(WholePath(), straight, Window(0, 0, 8)).values == pytest.approx((7.5 + 32.5) / 8 - 1)


def test_a_borrowed_figure_lies_on_the_path_in_its_own_year():
    years = tuple(range(1950, 1961))
    panel = small([1, 1, 1, 6, 6, 6, 6, 6, 11, 11, 11], years=years)
    used = panel.year_used.copy()
    used[:, 0] = [1950] * 3 + [1955] * 5 + [1960] * 3
    rows, has = path(replace(panel, year_used=used), 1950, 1960)
    assert panel.periods[rows][has[:, 0]].tolist() == [1950, 1955, 1960]
    rows, has = path(replace(panel, year_used=used), 1951, 1954)
    assert panel.periods[rows][has[:, 0]].tolist() == [1951, 1953]


def test_dense_years_do_not_count_for_more_in_difference_in_differences():
    years = (1950, 1955, 1960, 1965, 1970, 1971, 1972, 1973, 1974, 1975, 1980, 1985)
    low = [5.0 if 1971 <= y <= 1974 else 10.0 for y in years]
    flat = [[10.0] * 12] * 4
    window = Window(1950, 1970, 1985)
    values = score(DifferenceInDifferences(pool="all"), small(low, *flat, years=years), window).values
    weights = [1, 1, 1, 1, 1, 3, 5, 5]  # of 1970 to 1985, each the time nearest to it
    expected = sum(w * v for w, v in zip(weights, low[4:], strict=True)) / 18 - 10
    assert values[0] == pytest.approx(expected)
    gaps = [None if y in {1971, 1972, 1973, 1974} else 10.0 for y in years]
    met = score(DifferenceInDifferences(pool="all"), small(low, *[gaps] * 4, years=years), window).values
    assert met == pytest.approx(0)


def test_at_equal_distances_the_mean_is_the_plain_one():
    years = (1950, 1955, 1960, 1965, 1970, 1975)
    rng = np.random.default_rng(4)
    rows = rng.normal(50, 9, (5, 6))
    values = score(DifferenceInDifferences(pool="all"), small(*rows.tolist(), years=years), Window(1950, 1965, 1975))
    rises = rows[:, 3:].mean(axis=1) - rows[:, :3].mean(axis=1)
    assert values.values == pytest.approx((5 * rises - rises.sum()) / 4, abs=1e-12)


@pytest.mark.parametrize(
    ("start", "end", "window", "expected"),
    [
        (1951, 1960, LONG, OK),
        (1952, 1959, LONG, TOLERANCE),  # 7 years for 10
        (1948, 1960, LONG, OK),  # 12 for 10
        (1947, 1960, LONG, TOLERANCE),
        (1951, 1961, Window(1950, 1951, 1960), TOLERANCE),  # the start's figure is of the event's year
        (1950, 1958, Window(1950, 1959, 1960), TOLERANCE),  # the end's figure is from before the event
        (1951, 1961, Window(1950, 1955, 1960), OK),
    ],
)
def test_borrowed_years(start, end, window, expected):
    panel = small((1, 2, 4), (1, 2, 4))
    used = panel.year_used.copy()
    used[0, 0], used[2, 0] = start, end
    scores = score(Change(), replace(panel, year_used=used), window)
    assert scores.reason_codes.tolist() == [expected, OK]
    assert scores.used_years[0].tolist() == [start, end]


def test_the_reason_is_that_of_the_cell():
    panel = small((None, 1, 2), (1, 1, None), (None, 1, None))
    codes = panel.reason_codes.copy()
    codes[0, 0], codes[2, 1], codes[2, 2] = ReasonCode.BORDER_CHANGE, OVERLAP, OVERLAP
    scores = score(Change(), replace(panel, reason_codes=codes))
    assert scores.reason_codes.tolist() == [ReasonCode.BORDER_CHANGE, OVERLAP, OVERLAP]
    assert np.isnan(scores.values).all()


def test_a_year_without_a_row():
    panel = small((1, 2, 4), (1, 2, 4))
    scores = score(Change(), panel, Window(1949, 1949, 1960))
    assert (scores.reason_codes == ReasonCode.NOT_PUBLISHED).all()
    assert (scores.used_years[:, 0] == -1).all()


@pytest.mark.parametrize(
    ("rule", "year", "is_blind"),
    [
        (Change(), 1950, True),
        (Change(), 1955, False),
        (Level(), 1950, False),
        (Level(), 1960, True),
        (WholePath(), 1955, True),
        (DifferenceInDifferences(pool="all"), 1955, True),
        (NearestPeers(k=3), 1960, True),
    ],
)
def test_blind_spots(rule, year, is_blind):
    panel = small(*[(i, i + 2, 2 * i + 4) for i in range(8)])
    blind = np.zeros(panel.values.shape, dtype=bool)
    blind[[1950, 1955, 1960].index(year), 3] = True
    window = Window(1950, 1955, 1960)
    scores = score(rule, replace(panel, blind=blind), window)
    assert (scores.reason_codes[3] == ReasonCode.BLIND_SPOT) == is_blind
    assert np.isnan(scores.values[3]) == is_blind


def test_a_blind_year_borrowed_is_blind_and_one_not_used_is_not():
    panel = small((1, 2, 4), (1, 2, 4), years=(1950, 1951, 1960))
    blind = np.zeros((3, 2), dtype=bool)
    blind[1] = True
    used = panel.year_used.copy()
    used[0, 0] = 1951
    scores = score(Change(), replace(panel, blind=blind, year_used=used))
    assert scores.reason_codes.tolist() == [ReasonCode.BLIND_SPOT, OK]


def test_over_a_fifth_of_blind_neighbours_blinds():
    panel = small(*[(i, i, 2 * i + 4) for i in range(8)])
    blind = np.zeros(panel.values.shape, dtype=bool)
    blind[0, [0, 1]] = True
    scores = score(NearestPeers(k=5), replace(panel, blind=blind))
    assert scores.reason_codes[3] == ReasonCode.BLIND_SPOT
    assert scores.reason_codes[7] == OK


def test_nearest_on_further_measures():
    panel = small(*[(10, 10, 10 + i) for i in range(6)])
    other = small((0, 0, 0), (1, 0, 0), (2, 0, 0), (7, 0, 0), (8, 0, 0), (9, 0, 0))
    plain = score(NearestPeers(k=2), panel).values  # all are tied at no distance
    assert plain[0] == pytest.approx(0 - 3)
    assert score(NearestPeers(k=2, on=(other,)), panel).values[0] == pytest.approx(0 - 1.5)


def test_ties_survive_decimals():
    panel = small((0.1, 0, 0.3), (43.2, 0, 43.4), (0.1, 0, 90.0))
    scores = score(Change(), panel)
    assert scores.values[0] != scores.values[1]  # 0.2 and 0.2, to a machine
    assert abs(scores.values[0] - scores.values[1]) < scores.grain
    assert scores.grain < 1e-6


def test_the_registry():
    assert standard("nearest-peers", k=3) == NearestPeers(k=3)
    assert [rule().name for rule in STANDARDS.values()] == list(STANDARDS)
    with pytest.raises(BadInputError, match="did you mean growth"):
        standard("grwth")
    with pytest.raises(BadInputError, match="no field 'size'"):
        standard("nearest-peers", size=3)
