"""``data list`` narrowed, ``data show`` in full, ``data check`` with what a person should look at."""

import json

import numpy as np
import pytest

from evenhand.catalog import Catalog, Measure, measure_from
from evenhand.catalog.narrow import Asked
from evenhand.catalog.suspects import confirm, duplicates, ordered, out_of_range, suspects
from evenhand.catalog.tables import Figures
from evenhand.cli import run
from evenhand.model import BadInputError


@pytest.fixture(scope="module")
def shipped():
    return Catalog.open()


@pytest.fixture
def data(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")

    def ran(*words):
        code = run(["data", *words])
        out, err = capsys.readouterr()
        return code, out, err

    return ran


def own(shipped, tmp_path, rows, **declared):
    path = tmp_path / f"{declared['id']}.csv"
    path.write_text("\n".join(["unit,year,value", *rows]) + "\n")
    return shipped.with_own([shipped.read_own(path, measures=[measure_from(declared)])])


def found(catalog, measure, kind):
    return [one for one in suspects(catalog, [measure]) if one.kind == kind]


def test_measures_of_a_domain_with_figures_of_a_unit_from_a_year_on(data):
    code, out, _ = data("list", "--domain", "health", "--unit", "Viet Nam", "--from", "1950", "--json")
    rows = json.loads(out)
    assert code == 0
    assert {row["domain"] for row in rows} == {"health"}
    assert all(row["from"] >= 1950 and row["units"] == 1 and row["figures"] for row in rows)
    assert all("caveats" in row for row in rows)
    assert "beware: " in data("list", "--domain", "health", "--unit", "Viet Nam")[1]


def test_events_units_groups_and_sources_are_narrowed_too(data):
    events = json.loads(data("list", "--events", "--unit", "India", "--from", "1940", "--to", "1945", "--json")[1])
    assert "famine-bengal-1943" in {row["id"] for row in events}
    assert all(row["start"] <= 1945 and row["end"] >= 1940 for row in events)
    assert {row["id"] for row in json.loads(data("list", "--units", "--unit", "SUN", "--json")[1])} >= {
        "SUN",
        "RUS",
        "stalin",
    }
    assert [row["id"] for row in json.loads(data("list", "--groups", "--unit", "SUN", "--json")[1])]
    assert data("list", "--unit", "Monaco")[1] == "nothing fits what was asked for\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--domain", "helth"), "closest: health"),
        (("--unit", "Vitnam"), "closest: Vietnam"),
        (("--unit", "Congo"), "several units"),
        (("--from", "1990", "--to", "1950"), "--from 1990 lies after --to 1950"),
        (("--events", "--domain", "health"), "--domain narrows measures"),
    ],
)
def test_what_cannot_be_listed_is_said(data, words, told):
    code, out, err = data("list", *words)
    assert (code, out) == (2, "")
    assert told in err


def test_a_span_reaches_where_it_overlaps():
    asked = Asked(start=1950, end=1960)
    assert asked.reaches(None, None)
    assert asked.reaches(1940, 1950)
    assert not asked.reaches(1940, 1949)
    assert not asked.reaches(1961, None)


def test_a_state_is_shown_with_all_that_is_known(data):
    out = data("show", "СССР")[1]
    for told in (
        "Soviet Union  [SUN]",
        "1922 to 1991",
        "USSR",
        "iso3166-3 SUHH",
        "gw 365 (1922 to 1991)",
        "became Russia, Ukraine",
        "has as parts",
        "led by",
        "Its borders changed",
    ):
        assert told in out, told
    assert "Burma (until 1989)" in data("show", "Myanmar")[1]
    assert "SUN (Soviet Union, 1922 to 1991)" in data("show", "Russia")[1]
    code, _, err = data("show", "Congo")
    assert code == 2
    assert "COD (Democratic Republic of the Congo" in err
    told = json.loads(data("show", "Soviet Union", "--json")[1])
    assert {"dated_names", "dated_codes", "border_changes", "tenures", "heirs"} <= told.keys()


def test_a_value_out_of_range_and_two_values_for_one_cell_are_found():
    rows = Figures(
        np.array(["A", "B", "A", "A"], dtype=object), np.array([1960, 1960, 1960, 1961]), np.array([4.0, 5.0, 3.0, 3.0]),
        np.full(4, np.nan), np.full(4, np.nan), np.array(["x"] * 4, dtype=object), np.array([""] * 4, dtype=object), np.ones(4, dtype=np.int64),
    )  # fmt: skip
    measure = Measure("m", "m", "d", "m", minimum=0, maximum=4.5)
    assert [(one.unit, one.start, one.told) for one in duplicates(ordered(rows), measure)] == [
        ("A", 1960, "x gives 4 and 3")
    ]
    assert [(one.unit, one.start) for one in out_of_range(ordered(rows), measure)] == [("B", 1960)]


def test_a_jump_is_found_unless_an_event_or_a_border_explains_it(shipped, tmp_path):
    calm = [f"{u},{y},{100 + y - 1950}" for u in ("FRA", "SWE", "NOR", "CHE") for y in range(1950, 1990)]
    calm.remove("CHE,1970,120")
    catalog = own(shipped, tmp_path, [*calm, "CHE,1970,900"], id="steps", scale="ratio")
    assert {(one.unit, one.start) for one in found(catalog, "steps", "jump")} == {("CHE", 1969), ("CHE", 1970)}


def test_an_event_without_a_trace_is_a_candidate_and_one_with_a_trace_is_not(shipped, tmp_path):
    flat = [f"{u},{y},50" for u in ("KHM", "RWA") for y in range(1970, 2000)]
    seen = [f"{row.rsplit(',', 1)[0]},20" if row.startswith("RWA,199") and "1994" in row else row for row in flat]
    catalog = own(shipped, tmp_path, seen, id="years-left", domain="health", better="higher", scale="ratio")
    units = {(one.unit, one.event) for one in found(catalog, "years-left", "blind-spot")}
    assert any(unit == "KHM" for unit, _ in units)
    assert not any(unit == "RWA" and "1994" in event for unit, event in units)


def test_a_confirmed_candidate_is_a_blind_spot_from_then_on(data, tmp_path):
    _, out, _ = data("check", "--measure", "life-expectancy", "--json")
    one = next(x for x in json.loads(out)["to_look_at"] if x["kind"] == "blind-spot")
    assert data("check", "--confirm", one["id"])[0] == 0
    catalog = Catalog.open(home=tmp_path / "home")
    assert any(s.units == (one["unit"],) and s.start == one["start"] for s in catalog.blind_spots("life-expectancy"))
    assert one["id"] not in {x.id for x in suspects(catalog, ["life-expectancy"])}
    with pytest.raises(BadInputError, match="no candidate is called"):
        confirm(catalog, one["id"], tmp_path / "home")
