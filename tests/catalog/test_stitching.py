"""Whose figures: one source or all, a state's own or its heirs', and jumps that come from borders."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from evenhand.catalog import Catalog
from evenhand.catalog.borders import border_jumps
from evenhand.catalog.entries import BlindSpot, BorderChange, Unit
from evenhand.catalog.sourcing import combined, voices
from evenhand.catalog.stitching import heirs, spots_of_heirs, stitched
from evenhand.catalog.tables import Figures
from evenhand.compare import Change, Window
from evenhand.model import BadInputError, ReasonCode


def figures(*rows):
    """(unit, year, value, low, high, source, flags)"""
    columns = list(zip(*(row + (None, None, "", "")[len(row) - 3 :] for row in rows), strict=True))
    number = lambda column: np.array([np.nan if v is None else v for v in column], dtype=float)  # noqa: E731
    return Figures(
        np.array(columns[0], dtype=object), np.array(columns[1], dtype=np.int64), number(columns[2]), number(columns[3]),
        number(columns[4]), np.array(columns[5], dtype=object), np.array(columns[6], dtype=object), np.zeros(len(rows), dtype=np.int64),
    )  # fmt: skip


OLD = Unit("OLD", "Old", "historical-state", 1920, 1991, successors=("ONE", "TWO"))
ONE = Unit("ONE", "One", "state", 1880, part_of=("OLD",), predecessors=("OLD",))
TWO = Unit("TWO", "Two", "state", 1880, part_of=("OLD",), predecessors=("OLD",))
JOINED = Unit("EAST", "East", "historical-state", 1949, 1990, successors=("ALL",), part_of=("ALL",))
ALL = Unit("ALL", "All", "state", 1871, predecessors=("EAST",))
UNITS = {unit.id: unit for unit in (OLD, ONE, TWO, JOINED, ALL)}
HEADS = figures(("ONE", 1960, 30.0), ("TWO", 1960, 10.0))


def test_a_state_that_joined_another_has_no_heir():
    assert heirs(OLD, UNITS) == (ONE, TWO)
    assert heirs(JOINED, UNITS) == ()
    assert heirs(ONE, UNITS) == ()


def test_the_three_ways_of_a_state_that_is_gone():
    data = figures(
        ("OLD", 1960, 50.0), ("ONE", 1960, 60.0, 58.0, 62.0), ("TWO", 1960, 40.0, 39.0, 41.0), ("ONE", 1995, 65.0)
    )
    own, one, all_ = (
        stitched(data, rule, UNITS, scale="ratio", heads=HEADS) for rule in ("as-it-was", "stand-in", "successors")
    )
    assert own is data
    assert [(u, y, v) for u, y, v in zip(one.unit, one.year, one.value, strict=True) if u == "OLD"] == [
        ("OLD", 1960, 60.0)
    ]
    mean = [i for i, unit in enumerate(all_.unit) if unit == "OLD"]
    assert (all_.value[mean][0], all_.low[mean][0], all_.high[mean][0]) == (55.0, 53.25, 56.75)
    assert all_.flags[mean][0] == "successors:ONE+TWO"


def test_counts_are_added_and_a_year_without_nine_tenths_of_the_people_has_no_mean():
    data = figures(("ONE", 1960, 6.0), ("TWO", 1960, 4.0), ("ONE", 1961, 7.0))
    summed = stitched(data, "successors", UNITS, scale="count", heads=HEADS)
    assert [(y, v) for u, y, v in zip(summed.unit, summed.year, summed.value, strict=True) if u == "OLD"] == [
        (1960, 10.0)
    ]


def test_the_parts_of_the_soviet_union_add_up_to_its_people():
    shipped = Catalog.open()
    own, heirs_ = (
        shipped.panel("population", stitch_rule=rule, units=["SUN"], years=(1960, 1960)).values[0, 0]
        for rule in ("as-it-was", "successors")
    )
    assert own == pytest.approx(heirs_, rel=0.005)


def test_the_heirs_blind_spots_go_with_their_figures():
    spots = [BlindSpot("m", ("ONE",), 1932, 1933, "famine", "said")]
    assert any("OLD" in spot.units for spot in spots_of_heirs(spots, "stand-in", UNITS))
    assert not any("OLD" in spot.units for spot in spots_of_heirs(spots, "as-it-was", UNITS))


def test_sources_side_by_side():
    data = figures(
        ("A", 1960, 10.0, None, None, "x"),
        ("A", 1960, 14.0, 12.0, 16.0, "y"),
        ("A", 1960, 11.0, 9.0, 12.0, "z"),
        ("B", 1960, 5.0, 4.0, 6.0, "x"),
    )
    middle, wide = combined(data, "median"), combined(data, "range")
    assert middle.value.tolist() == wide.value.tolist() == [11.0, 5.0]
    assert (wide.low[0], wide.high[0]) == (9.0, 16.0)
    assert np.isnan(middle.low[0])
    assert (wide.low[1], wide.high[1]) == (4.0, 6.0)
    assert wide.source.tolist() == ["z", "x"]
    assert wide.flags[0] == "range-of-3-sources"
    assert voices(data) == (("x", 1), ("y", 1), ("z", 1))


def test_a_source_that_speaks_twice_has_one_voice():
    data = figures(
        ("A", 1960, 1.0, None, None, "x"), ("A", 1960, 10.0, None, None, "x"), ("A", 1960, 20.0, None, None, "y")
    )
    assert combined(data, "median").value.tolist() == [15.0]


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.integers(1950, 1952), st.floats(-50, 50), st.sampled_from("xyz")),
        min_size=1,
        max_size=12,
    )
)
def test_mirrored_figures_have_a_mirrored_median_and_range(rows):
    data = figures(*((u, y, v, None, None, s) for u, y, v, s in rows))
    mirror = figures(*((u, y, -v, None, None, s) for u, y, v, s in rows))
    one, other = combined(data, "range"), combined(mirror, "range")
    np.testing.assert_allclose(one.value, -other.value)
    np.testing.assert_allclose(one.low, -other.high)


def test_own_figures_beside_the_tables_make_the_sources_a_choice(tmp_path):
    shipped = Catalog.open()
    path = tmp_path / "life-expectancy.csv"
    path.write_text("unit,year,value,source\nCuba,1970,60,ministry\n")
    both = shipped.with_own([shipped.read_own(path)])
    assert both.source_rules("life-expectancy") == ("preferred", "first:ministry", "riley-un", "range")
    for rule, value in (
        ("first:ministry", 60),
        ("riley-un", shipped.panel("life-expectancy", units=["CUB"], years=(1970, 1970)).values[0, 0]),
    ):
        two = both.panel("life-expectancy", rule, units=["CUB", "HTI"], years=(1970, 1970))
        assert two.values[0, 0] == value
        assert two.values[0, 1] == shipped.panel("life-expectancy", units=["HTI"], years=(1970, 1970)).values[0, 0]
    panel = both.panel("life-expectancy", "range", units=["CUB"], years=(1970, 1970))
    assert panel.low[0, 0] == 60
    assert panel.high[0, 0] > 68
    assert shipped.source_rules("life-expectancy") == ("preferred",)


def test_a_rule_of_stitching_that_there_is_not_names_those_that_there_are():
    with pytest.raises(BadInputError, match="as-it-was, today, stand-in, successors"):
        Catalog.open().panel("life-expectancy", stitch_rule="glued")


CHANGES = [BorderChange("PAK", 1971, "Bangladesh left", "x")]


def people(jump):
    return figures(
        *(("PAK", year, 100.0 * 1.02 ** (year - 1960) * (jump if year >= 1972 else 1)) for year in range(1960, 1985))
    )


def test_a_jump_of_borders_is_marked_and_no_change_is_scored_across_it():
    assert border_jumps(people(0.5), CHANGES, "count") == {"PAK": (1972,)}
    assert border_jumps(people(1.0), CHANGES, "count") == {}
    assert border_jumps(people(0.5), [], "count") == {}
    assert border_jumps(people(0.5), CHANGES, "ratio") == {}, "rates without a flag may follow present borders"


def test_the_engine_refuses_to_score_across_it(tmp_path):
    shipped = Catalog.open()
    path = tmp_path / "soldiers.csv"
    rows = [
        f"{unit},{year},{1000 * 1.01 ** (year - 1960) * (0.4 if unit == 'PAK' and year > 1971 else 1):.2f}"
        for unit in ("PAK", "IND", "IRN", "TUR")
        for year in range(1960, 1985)
    ]
    path.write_text("\n".join(["unit,year,value", *rows]) + "\n")
    from evenhand.catalog import measure_from

    own = shipped.read_own(path, measures=[measure_from({"id": "soldiers", "scale": "count"})])
    catalog = shipped.with_own([own])
    panel = catalog.panel("soldiers", units=["IND", "IRN", "PAK", "TUR"])
    assert panel.borders == {"PAK": (1972,)}
    groups = catalog.groups_of(panel)
    across = Change().score(panel, Window(1965, 1965, 1980), groups)
    assert across.reason_codes.tolist() == [0, 0, ReasonCode.BORDER_CHANGE, 0]
    after = Change().score(panel, Window(1973, 1973, 1980), groups)
    assert (after.reason_codes == 0).all()


@pytest.mark.shared
def test_the_jumps_of_a_real_series_are_found_where_the_borders_moved():
    path = Path(__file__).parents[3] / "shared" / "data" / "measures" / "population_nmc.csv"
    if not path.exists():
        pytest.skip("needs ../shared")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], int(row["year"]), float(row["value"])) for row in csv.DictReader(file)]
    jumps = border_jumps(figures(*rows), Catalog.open().tables.border_changes, "count")
    assert 1972 in jumps["PAK"] or 1971 in jumps["PAK"]
    assert "FRA" not in jumps or 1962 not in jumps["FRA"]
