"""Which figure stands for which year and unit, and why a cell is empty."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from evenhand.catalog import Catalog
from evenhand.catalog.entries import Unit
from evenhand.catalog.panel import Grid, lay_out
from evenhand.catalog.tables import Figures
from evenhand.model import BadInputError, ReasonCode


def cell(panel, unit, year):
    row, column = int(year - panel.periods[0]), panel.units.index(unit)
    return panel.values[row, column], ReasonCode(panel.reason_codes[row, column]), int(panel.year_used[row, column])


def test_years_are_contiguous_and_units_ordered_without_leaders(catalog):
    panel = catalog.panel("years")
    assert panel.periods.tolist() == list(range(1925, 1957))
    assert panel.units == ("COL", "ISL", "NEA", "NWE", "OLD", "TWN", "TWO")
    assert panel.scale == "ratio"


def test_a_figure_knows_its_year_bounds_and_source(catalog):
    panel = catalog.panel("years")
    assert cell(panel, "ISL", 1930) == (61, ReasonCode.OK, 1930)
    row, column = 1930 - 1925, panel.units.index("ISL")
    assert (panel.low[row, column], panel.high[row, column]) == (60, 62)
    assert catalog.sources()[panel.source_id[row, column]].id == "yearbook"


def test_of_several_sources_the_first_listed_is_preferred_and_any_can_be_asked_for(catalog):
    assert cell(catalog.panel("years"), "ISL", 1930)[0] == 61
    asked = catalog.panel("years", "atlas")
    assert cell(asked, "ISL", 1930)[0] == 59
    assert cell(asked, "ISL", 1950)[1] == ReasonCode.NOT_PUBLISHED
    assert asked.periods.tolist() == catalog.panel("years").periods.tolist()


def test_why_a_cell_is_empty(catalog):
    panel = catalog.panel("years", tolerance=2)
    assert cell(panel, "TWO", 1940)[1] == ReasonCode.NO_OVERLAP
    assert cell(panel, "TWO", 1951)[1] == ReasonCode.NOT_PUBLISHED
    assert cell(panel, "NEA", 1932) == pytest.approx((np.nan, ReasonCode.OUTSIDE_TOLERANCE, 1932), nan_ok=True)
    assert cell(panel, "ISL", 1940)[1] == ReasonCode.NOT_PUBLISHED


def test_a_tolerance_takes_the_nearest_year_and_the_earlier_on_ties(catalog):
    panel = catalog.panel("years", tolerance=2)
    assert cell(panel, "ISL", 1952) == (65, ReasonCode.OK, 1950)
    assert cell(panel, "ISL", 1953) == (66, ReasonCode.OK, 1955)
    assert cell(panel, "COL", 1955) == (42, ReasonCode.OK, 1954)


def test_a_small_event_is_stepped_over_and_a_mass_death_is_not(catalog):
    panel = catalog.panel("years", tolerance=2)
    assert cell(panel, "NEA", 1931) == (50, ReasonCode.OK, 1930)
    assert np.isnan(cell(panel, "NEA", 1932)[0])
    assert cell(panel, "COL", 1955)[2] == 1954


def test_an_event_in_a_part_is_an_event_in_the_whole(catalog):
    panel = catalog.panel("years", tolerance=3)
    assert cell(panel, "OLD", 1931)[2] == 1930
    assert cell(panel, "OLD", 1933)[1] == ReasonCode.OUTSIDE_TOLERANCE
    assert [event.id for event in catalog.events_around("OLD")] == ["hunger"]
    assert [event.id for event in catalog.events_around("NWE")] == []


def test_a_figure_beyond_the_units_life_is_a_border_change(catalog_with, tables):
    text = tables["observations/years"] + "TWO,1949,57,,,yearbook,\n"
    panel = catalog_with(observations_years=text).panel("years", tolerance=2)
    assert cell(panel, "TWO", 1949)[1] == ReasonCode.NO_OVERLAP
    assert cell(panel, "TWO", 1951)[1] == ReasonCode.BORDER_CHANGE
    today = catalog_with(observations_years=text).panel("years", stitch_rule="today", tolerance=2)
    assert cell(today, "TWO", 1951) == (57, ReasonCode.OK, 1949)
    assert cell(today, "TWO", 1949)[0] == 57


def test_the_tolerance_reaches_beyond_the_years_asked_for(catalog):
    panel = catalog.panel("years", tolerance=2, years=(1952, 1952), units=["Isle", "COL"])
    assert panel.units == ("ISL", "COL")
    assert panel.values.tolist() == [[65, 40]]
    assert cell(panel, "ISL", 1952)[2] == 1950
    assert cell(panel, "COL", 1952)[2] == 1950


def test_blind_spots_are_years_by_units(catalog):
    panel = catalog.panel("years")
    assert panel.blind is not None
    rows, columns = np.nonzero(panel.blind)
    assert {panel.units[i] for i in columns} == {"NEA", "OLD"}
    assert sorted({int(panel.periods[i]) for i in rows}) == [1931, 1932, 1933, 1934]
    assert catalog.panel("index").blind is None


def test_logs(catalog):
    panel = catalog.panel("years", scale="log")
    assert cell(panel, "ISL", 1950)[0] == pytest.approx(np.log(65))
    assert panel.scale == "interval"
    refused = catalog.panel("index", scale="log")
    assert cell(refused, "ISL", 1930)[1] == ReasonCode.NOT_RATIO_SCALE
    assert np.isnan(refused.values).all()


def test_per_head_and_in_all(catalog):
    assert cell(catalog.panel("killed", scale="per-head"), "ISL", 1930)[0] == pytest.approx(100 / 2_000_000)
    assert cell(catalog.panel("killed", scale="in-all"), "ISL", 1930)[0] == 100
    income = catalog.panel("income", scale="in-all")
    assert cell(income, "ISL", 1930)[0] == pytest.approx(1000 * 2_000_000)
    assert income.low[0, income.units.index("ISL")] == pytest.approx(900 * 2_000_000)
    assert cell(catalog.panel("killed", scale="per-head"), "COL", 1955)[1] == ReasonCode.NOT_PUBLISHED
    assert cell(catalog.panel("years", scale="in-all"), "ISL", 1930)[1] == ReasonCode.NOT_DEFINED


def test_panels_are_made_once_and_cannot_be_written_into(catalog):
    panel = catalog.panel("years", tolerance=1)
    assert catalog.panel("Years of life", tolerance=1) is panel
    with pytest.raises(ValueError, match="read-only"):
        panel.values[0, 0] = 1


@pytest.mark.parametrize(
    "wrong", [{"stitch_rule": "tomorrow"}, {"scale": "sideways"}, {"tolerance": -1}, {"source_rule": "nobody"}]
)
def test_rules_that_are_none_are_refused(catalog, wrong):
    with pytest.raises(BadInputError):
        catalog.panel("years", **wrong)


def nearest_by_hand(year, known, life, events, tolerance):
    """The definition, year by year."""
    if not life[0] <= year <= life[1]:
        return None
    for distance in range(tolerance + 1):
        for other in (year - distance, year + distance):
            first, last = min(year, other), max(year, other)
            across = any(
                first <= end and last >= start and not (start <= first and last <= end) for start, end in events
            )
            if other in known and life[0] <= other <= life[1] and not across:
                return other
    return None


@given(
    known=st.sets(st.integers(1900, 1930), min_size=1),
    life=st.tuples(st.integers(1895, 1935), st.integers(1895, 1935)).map(sorted),
    events=st.lists(st.tuples(st.integers(1898, 1932), st.integers(0, 4)), max_size=3),
    borders=st.lists(st.integers(1898, 1932), max_size=2),
    tolerance=st.integers(0, 6),
)
def test_the_tolerance_rule_is_its_definition(known, life, events, borders, tolerance):
    events = [(start, start + more) for start, more in events]
    years = np.array(sorted(known), dtype=np.int64)
    n = len(years)
    words = np.array(["U"] * n, dtype=object)
    empty = np.full(n, np.nan)
    figures = Figures(words, years, years.astype(float), empty, empty, words, words, np.zeros(n, dtype=np.int64))
    unit = Unit("U", "U", "state", life[0], life[1])
    periods = np.arange(1900, 1931, dtype=np.int64)
    moved = [(change, change) for change in borders]
    grid = Grid((unit,), periods, ("U",), {"U": events}, "as-it-was", tolerance, {"U": moved})
    panel = lay_out(figures, "ratio", grid)
    for row, year in enumerate(periods.tolist()):
        expected = nearest_by_hand(year, known, life, [*events, *moved], tolerance)
        used = int(panel.year_used[row, 0]) if panel.reason_codes[row, 0] == 0 else None
        assert used == expected
        assert np.isnan(panel.values[row, 0]) == (expected is None)


@pytest.mark.parametrize("measure", ["life-expectancy", "population", "primary-enrolment"])
def test_no_figure_of_the_table_stands_across_a_change_of_borders(measure):
    catalog = Catalog.open()
    panel = catalog.panel(measure, tolerance=5)
    seen = 0
    for change in catalog.tables.border_changes:
        if change.unit in panel.units:
            column = panel.units.index(change.unit)
            filled = ~np.isnan(panel.values[:, column])
            asked, used = panel.periods[filled], panel.year_used[filled, column]
            first, last = np.minimum(asked, used), np.maximum(asked, used)
            assert not ((first <= change.year) & (last >= change.year) & (first != last)).any()
            seen += len(asked)
    assert seen > 1000
    before = panel.periods.tolist().index(1989), panel.units.index("DEU")
    assert panel.year_used[before] <= 1989
