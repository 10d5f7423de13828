"""Data frames in and out: every common kind gives the same panel, and every kind of bad input one clear message."""

import datetime as dt
import importlib.util
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from evenhand.compare import read_frame, to_frame
from evenhand.model import BadInputError

LONG: dict[str, list[Any]] = {
    "town": ["Elm", "Ash", "Elm", "Ash", "Oak", "Oak"],
    "year": [2001, 2000, 2000, 2001, 2000, 2001],
    "trips": [4.0, 1.0, 3.0, 2.0, 5.0, None],
    "new_line": [1, 0, 0, 0, 0, 0],
    "county": ["north", "south", "north", "south", "south", "south"],
}


def has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def natives() -> list[Any]:
    """The same table as every kind of frame that is installed."""
    made: list[Any] = [LONG]
    if has("pandas"):
        import pandas as pd

        made += [pd.DataFrame(LONG), pd.DataFrame(LONG).set_index(["town", "year"])]
    if has("polars"):
        import polars as pl

        made += [pl.DataFrame(LONG), pl.DataFrame(LONG).lazy()]
    if has("pyarrow"):
        import duckdb
        import pyarrow as pa

        arrow = pa.table(LONG)
        made += [arrow, duckdb.sql("select * from arrow")]
    return made


@pytest.mark.parametrize("frame", natives(), ids=lambda frame: type(frame).__module__.split(".")[0])
def test_every_kind_of_frame_gives_the_same_panel(frame: Any) -> None:
    read = read_frame(frame, "town", "year", "trips", treated="new_line", region="county")
    assert read.panel.units == ("Ash", "Elm", "Oak")
    assert read.panel.periods.tolist() == [2000, 2001]
    np.testing.assert_array_equal(read.panel.values, [[1, 3, 5], [2, 4, np.nan]])
    assert read.groups.exposed.tolist() == [[False] * 3, [False, True, False]]
    assert read.groups.region == ("south", "north", "south")


def test_wide_frames_either_way_round() -> None:
    by_unit = {"year": [2001, 2000], "Ash": [2, 1], "Elm": [4, 3]}
    by_year = {"town": ["Elm", "Ash"], "2000": [3, 1], "2001": [4, 2]}
    one, other = read_frame(by_unit, time="year").panel, read_frame(by_year, unit="town").panel
    assert one.units == other.units == ("Ash", "Elm")
    np.testing.assert_array_equal(one.values, [[1, 3], [2, 4]])
    np.testing.assert_array_equal(other.values, one.values)


@given(st.permutations(range(6)))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    mixed = {name: [cells[i] for i in order] for name, cells in LONG.items()}
    one, other = read_frame(LONG, "town", "year", "trips"), read_frame(mixed, "town", "year", "trips")
    np.testing.assert_array_equal(one.panel.values, other.panel.values)


def test_dates_are_their_years_and_numbers_may_be_ids() -> None:
    frame = {"id": [1.0, 1.0, 2, 2], "day": [dt.date(2000, 7, 1), dt.date(2001, 7, 1)] * 2, "x": [1, 2, 3, 4]}
    panel = read_frame(frame, "id", "day", "x").panel
    assert panel.units == ("1", "2")
    assert panel.periods.tolist() == [2000, 2001]


def test_bounds_are_read_beside_the_figures() -> None:
    frame = {"u": ["a", "b"], "t": [1, 1], "v": [2, 3], "lo": [1, None], "hi": [3, 4]}
    panel = read_frame(frame, "u", "t", "v", bounds=("lo", "hi")).panel
    np.testing.assert_array_equal(panel.low, [[1, np.nan]])
    np.testing.assert_array_equal(panel.high, [[3, 4]])


BAD = [
    ({"trips": [4, 1, 3, "many", 5, 6]}, "row 4, trips: 'many' is no number"),
    ({"trips": [4, 1, 3, float("inf"), 5, 6]}, "row 4, trips: the figure is infinite"),
    (
        {"town": ["Elm", "Ash", "Elm", "Ash", "Ash", "Oak"]},
        "Ash has a second figure for 2000: 1.0 in row 2 and 5.0 here",
    ),
    ({"year": [2001, 2000, 2000, "spring", 2000, 2001]}, "'spring' is no whole number and no date"),
    ({"year": [2001, 2000, 2000, 2000.5, 2000, 2001]}, "2000.5 is no whole number and no date"),
    ({"town": ["Elm", None, "Elm", "Ash", "Oak", "Oak"]}, "row 2: no town"),
    ({"year": [2001, 2000, None, 2001, 2000, 2001]}, "row 3: no year"),
    ({"new_line": [1, 0, 2, 0, 0, 0]}, "2 is neither 0 nor 1"),
    ({"county": ["north", "south", "south", "south", "south", "south"]}, "Elm lies in two regions, north and south"),
    ({name: [] for name in LONG}, "the data frame has no rows"),
]


@pytest.mark.parametrize(("change", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_cells_are_named_with_their_row(change: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInputError) as raised:
        read_frame(LONG | change, "town", "year", "trips", treated="new_line", region="county")
    assert message in str(raised.value)
    assert len(raised.value.problems) == 1


def test_what_pandas_calls_missing_is_missing() -> None:
    pd = pytest.importorskip("pandas")
    figures = pd.DataFrame({"u": ["a", "a", "b"], "t": [1, 2, 1], "v": pd.array([1, None, 3], dtype="Int64")})
    np.testing.assert_array_equal(read_frame(figures, "u", "t", "v").panel.values, [[1, 3], [np.nan, np.nan]])
    nameless = pd.DataFrame({"u": pd.array(["a", None], dtype="string"), "t": [1, 1], "v": [1, 2]})
    with pytest.raises(BadInputError, match="row 2: no u"):
        read_frame(nameless, "u", "t", "v")
    undated = pd.DataFrame({"u": ["a", "a"], "t": pd.to_datetime(["2000-01-01", None]), "v": [1, 2]})
    with pytest.raises(BadInputError, match="row 2: no t"):
        read_frame(undated, "u", "t", "v")


def test_all_problems_are_told_at_once_up_to_a_screenful() -> None:
    frame = {"u": [str(i) for i in range(50)], "t": [1] * 50, "v": ["?"] * 50}
    with pytest.raises(BadInputError, match="and 30 more of the kind") as raised:
        read_frame(frame, "u", "t", "v")
    assert len(raised.value.problems) == 21


def test_what_is_asked_must_be_there() -> None:
    with pytest.raises(BadInputError, match="did you mean trips"):
        read_frame(LONG, "town", "year", "tripps")
    with pytest.raises(BadInputError, match="which columns hold what"):
        read_frame(LONG)
    with pytest.raises(BadInputError, match="wants unit, time and value"):
        read_frame(LONG, unit="town", value="trips")
    with pytest.raises(BadInputError, match="a str is no data frame"):
        read_frame("panel.csv", "town", "year", "trips")
    with pytest.raises(BadInputError, match="named for two things"):
        read_frame(LONG, "town", "year", "year")
    with pytest.raises(BadInputError, match="differ in length"):
        read_frame({"year": [1, 2], "a": [1]}, time="year")


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_results_come_as_frames_of_the_kind_that_is_asked(backend: str) -> None:
    pytest.importorskip(backend)
    made = to_frame({"unit": ["a", "b"], "p": [0.5, 1.0]}, backend)
    assert type(made).__module__.startswith(backend)
    assert read_frame(LONG, "town", "year", "trips").panel.units  # reading does not depend on what was written
    import narwhals as nw

    assert nw.from_native(made)["unit"].to_list() == ["a", "b"]


def test_an_unknown_backend_is_named() -> None:
    with pytest.raises(BadInputError, match="did you mean polars"):
        to_frame({"a": [1]}, "polar")
