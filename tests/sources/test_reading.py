"""Testimony and ties read from every kind of table; each kind of bad input has one clear message or note."""

import json

import duckdb
import numpy as np
import pytest

from evenhand.model import TIE_KINDS, BadInputError
from evenhand.sources import (
    check_names,
    read_entities,
    read_testimony,
    read_ties,
    swap_sides,
    tie_kinds,
    ties_from_entities,
)

ROWS = [
    {"source": "Post", "item": "toll", "value": "100"},
    {"source": "Herald", "item": "toll", "value": "250"},
    {"source": "Herald", "item": "capital", "value": "Bonn"},
]
TIE = {"from": "Post", "to": "Ministry", "kind": "funding"}


def codes(reason_notes):
    return [note.code for note in reason_notes]


def test_the_vocabulary_is_data_and_holds_the_models_kinds():
    assert tuple(tie_kinds()) == TIE_KINDS


def test_rows_columns_csv_parquet_and_frames_give_the_same(tmp_path):
    columns = {key: [row[key] for row in ROWS] for key in ROWS[0]}
    path, parquet = tmp_path / "t.csv", tmp_path / "t.parquet"
    path.write_text("source,item,value\n" + "".join(",".join(row.values()) + "\n" for row in reversed(ROWS)))
    duckdb.sql(f"copy (from '{path}') to '{parquet}' (format parquet)")
    frame = duckdb.sql(f"from '{path}'")
    for given in (ROWS, columns, path, str(path), parquet):
        got = read_testimony(given)
        assert (got.sources, got.items, got.values) == (("Herald", "Post"), ("capital", "toll"), ("100", "250", "Bonn"))
        assert got.kinds == ("category", "number")
        np.testing.assert_array_equal(got.number, [np.nan, 250, 100])
    assert frame.fetchall()


def test_a_table_with_other_names_and_more_columns_is_read_by_naming_the_columns():
    got = read_testimony(
        {"worker": ["a"], "question": ["q"], "answer": [0], "seconds": [12]},
        kind="category",
        names={"source": "worker", "item": "question", "value": "answer"},
    )
    assert got.kinds == ("category",)
    assert got.values == ("0",)


def test_dates_and_years():
    got = read_testimony([{"source": "a", "item": "x", "value": "1970-01-11", "when": "1980-05-01"}])
    assert (got.kinds, got.number[0], got.when[0]) == (("date",), 10.0, 1980)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "there is no testimony"),
        ([{"source": "a", "item": "x"}], "there is no column value"),
        ([{"source": "a", "item": "x", "value": "1", "valu": "2"}], "unknown column valu"),
        ([{"source": None, "item": "x", "value": "1"}], "row 1, column source: there is no source"),
        ([{"source": "a", "item": "x", "value": None}], "there is no value"),
        ([{"source": "a", "item": "x", "value": 1, "low": 2}], "the bounds do not hold the value"),
        ([{"source": "a", "item": "x", "value": "Bonn", "low": 2}], "a category has no low"),
        ([{"source": "a", "item": "x", "value": 1, "when": "spring"}], "spring is no year"),
        ([{"source": "a", "item": "x", "value": 1, "kind": "colour"}], "'colour' is no kind of value"),
        (
            [{"source": "a", "item": "x", "value": "30"}, {"source": "b", "item": "x", "value": "about 30"}],
            "the values of item 'x' are of mixed types: 30 (number, row 1) beside about 30 (category, row 2)",
        ),
    ],
)
def test_bad_testimony_has_one_clear_message(rows, says):
    with pytest.raises(BadInputError) as error:
        read_testimony(rows or {"source": [], "item": [], "value": []})
    assert says in str(error.value)


def test_mixed_values_are_read_once_their_kind_is_said():
    rows = [{"source": "a", "item": "x", "value": "30"}, {"source": "b", "item": "x", "value": "about 30"}]
    assert read_testimony(rows, kind="category").kinds == ("category",)


def test_one_source_and_items_with_one_answer_are_notes():
    got = read_testimony([{"source": "a", "item": "x", "value": "1"}])
    assert codes(got.notes) == ["one_source", "one_answer"]
    again = read_testimony([*ROWS, {"source": "Post", "item": "toll", "value": "120"}])
    assert "said_twice" in codes(again.notes)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "fundng"}, "'fundng' is no kind of tie; did you mean funding?"),
        ({"status": "certain"}, "'certain' is no status of tie"),
        ({"start": 1956, "end": 1948}, "ends in 1948, before it starts in 1956"),
        ({"status": "documented"}, "a documented tie names no source"),
        ({"start": "once"}, "once is no year"),
        ({"certainty": 2}, "2 is no certainty"),
        ({"to": None}, "there is no to"),
    ],
)
def test_bad_ties_have_one_clear_message(change, says):
    with pytest.raises(BadInputError) as error:
        read_ties([TIE | change])
    assert says in str(error.value)


def test_own_ties_cycles_and_unknown_sources_are_notes():
    ties = read_ties(
        [
            TIE,
            {"from": "Post", "to": "Post", "kind": "funding"},
            {"from": "Firm", "to": "Fund", "kind": "ownership"},
            {"from": "Fund", "to": "Firm", "kind": "ownership"},
            {"from": "Hrald", "to": "Ministry", "kind": "funding"},
        ]
    )
    assert codes(ties.notes) == ["own_tie", "cycle"]
    assert "Firm → Fund → Firm" in ties.notes[1].detail
    assert len(ties.ties) == 4
    unknown = check_names(ties, ["Post", "Herald"])
    assert [note.code for note in unknown] == ["unknown_source"]
    assert "did you mean Herald?" in unknown[0].detail


def test_sides_swap_and_statuses_filter():
    ties = read_ties(
        [TIE | {"side": "a"}, TIE | {"from": "Herald", "side": "b", "status": "documented", "source": "s"}]
    )
    assert [tie.side for tie in swap_sides(ties, "a", "b").ties] == ["b", "a"]
    assert [tie.from_ for tie in ties.with_status("documented").ties] == ["Herald"]
    assert ties.sides == ("a", "b")


def test_ties_from_followthemoney_entities(tmp_path):
    entities = [
        {"id": "p1", "schema": "Company", "properties": {"name": ["Post"]}},
        {"id": "m1", "schema": "PublicBody", "properties": {"name": ["Ministry"]}},
        {
            "id": "o1",
            "schema": "Ownership",
            "properties": {
                "owner": ["m1"],
                "asset": ["p1"],
                "startDate": ["1950-01"],
                "sourceUrl": ["https://example.org"],
            },
        },
        {
            "id": "c1",
            "schema": "Control",
            "properties": {"controller": ["m1"], "controlled": ["p1"], "controlType": ["state"]},
        },
        {
            "id": "y1",
            "schema": "Payment",
            "properties": {"payer": ["m1"], "beneficiary": ["x9"], "date": ["1961-03-02"]},
        },
    ]
    path = tmp_path / "entities.ftm.json"
    path.write_text("\n".join(json.dumps(entity) for entity in entities))
    got = read_entities(path)
    assert [(t.from_, t.to, t.kind, t.status, t.start, t.end) for t in got.ties] == [
        ("Post", "Ministry", "ownership", "documented", 1950, None),
        ("Post", "Ministry", "state-control", "asserted", None, None),
        ("x9", "Ministry", "funding", "asserted", 1961, 1961),
    ]
    assert ties_from_entities(entities).ties[0].source == "https://example.org"
    path.write_text('{"id": "a"}\n')
    with pytest.raises(BadInputError, match="this is no FollowTheMoney entity"):
        read_entities(path)


def test_a_bad_file_is_said_with_its_row(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("source,item,value\na,b\n")
    with pytest.raises(BadInputError, match="row 2: 2 cells under 3 column names"):
        read_testimony(path)
    with pytest.raises(BadInputError, match="there is no such file"):
        read_ties(tmp_path / "no.csv")
    with pytest.raises(BadInputError, match="is no table"):
        read_ties(object())
