"""Figures of one's own: every problem at once, and they win over the catalogue's."""

import json

import pytest

from evenhand.catalog import Catalog, Source, data_home, measure_from, remove, store, stored
from evenhand.model import BadInputError

ACCEPT = "to take it as a new unit: --new-units on the command line, new_units: true in a casefile"
GOOD = "unit,year,value,low,high,source\nIsle,1930,70,69,71,mine\nColonia,1931,41,,,\nISL,1932,,,,\n"


@pytest.fixture
def file(tmp_path):
    """Writes a CSV and gives its path."""

    def write(text: str | bytes, name: str = "years.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def problems(catalog, path, **options) -> list[str]:
    with pytest.raises(BadInputError) as caught:
        catalog.read_own(path, **options)
    return [str(problem) for problem in caught.value.problems]


def test_a_good_file(catalog, file):
    own = catalog.read_own(file(GOOD), source="field-notes", sources=[Source("mine", "My notebook (2020)")])
    assert [(row.unit, row.start, row.value, row.low, row.source) for row in own.rows] == [
        ("ISL", 1930, 70, 69, "mine"), ("COL", 1931, 41, None, "field-notes"),
    ]  # fmt: skip
    assert own.measures == ()
    assert [(s.id, s.citation) for s in own.sources] == [
        ("mine", "My notebook (2020)"), ("field-notes", "Figures of your own, years.csv"),
    ]  # fmt: skip
    assert own.warnings == ()


def test_the_source_of_a_file_can_be_given_in_full(catalog, file):
    own = catalog.read_own(file("unit,year,value\nISL,1930,70\n"), source=Source("ministry", "Ministry (2020)"))
    assert own.rows[0].source == "ministry"
    assert catalog.with_own([own]).source("ministry").citation == "Ministry (2020)"


def test_own_figures_win_their_cells_and_leave_the_others(catalog, file):
    mine = catalog.with_own([catalog.read_own(file(GOOD))])
    seen = {(o.unit, o.start): o.value for o in reversed(mine.observations("years"))}
    assert seen["ISL", 1930] == 70
    assert seen["COL", 1931] == 41
    assert seen["ISL", 1950] == 65
    assert catalog.observations("years", ["ISL"], 1930, 1930)[0].value == 61


def test_own_figures_win_even_under_a_source_of_the_catalogue(catalog, file):
    own = catalog.read_own(file("unit,year,value,source\nISL,1930,70,atlas\n"))
    panel = catalog.with_own([own]).panel("years")
    assert panel.values[1930 - int(panel.periods[0]), panel.units.index("ISL")] == 70


def test_of_two_files_the_later_wins(catalog, file):
    first = catalog.read_own(file("unit,year,value\nISL,1930,70\n"))
    second = catalog.read_own(file("unit,year,value\nISL,1930,71\n"))
    assert catalog.with_own([first, second]).observations("years", ["ISL"], 1930, 1930)[0].value == 71


def test_every_problem_is_told_at_once(catalog, file):
    text = (
        "unit,year,value,low,high\n"
        "ISL,1930,n/a,,\n"
        "ISL,193o,1,,\n"
        "ISL,1932,5,6,\n"
        'ISL,1933,"1,234",,\n'
        'ISL,1934,"12,5",,\n'
        "Atlantis,1930,1,,\n"
        "Atlantis,1931,1,,\n"
        "Twin,,1,,\n"
        ",1930,1,,\n"
        "COL,1950,1,,\n"
        "Colonia,1950,2,,\n"
        "ISL,1935,500,,\n"
        "ISL,1936,1\n"
    )
    assert problems(catalog, file(text)) == [
        "years.csv: row 2, column value: ‘n/a’ is not a number; leave it empty where there is no figure",
        "years.csv: row 3, column year: ‘193o’ is not a year; a whole number from -3000 to 2200",
        "years.csv: row 4, column low: low (6) is above value (5)",
        "years.csv: row 5, column value: ‘1,234’ is not a number; write it without separators: 1234",
        "years.csv: row 6, column value: ‘12,5’ is not a number; write it with a point: 12.5",
        "years.csv: row 7, column unit: no unit is called ‘Atlantis’ (in 2 rows); closest: Eastland, Eastland Union; "
        + ACCEPT,
        "years.csv: row 9, column year: no year; a whole number from -3000 to 2200",
        "years.csv: row 9, column unit: ‘Twin’ is the name of several units; say which: TWN (Twin, 1900 to 1950), TWO (Twin, from 1951)",
        "years.csv: row 10, column unit: no unit",
        "years.csv: row 12: Colonia in 1950 stands in row 11 already",
        "years.csv: row 13, column value: 500 is outside the measure's limits; Years of life goes from 0 to 120",
        "years.csv: row 14: 3 cells under 5 columns; quote text that holds a comma",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"unit,year\nISL,1930\n", "no column value"),
        (b"unit,year,value,value\nISL,1930,1,1\n", "column value stands twice"),
        (b"unit,year,value\n", "holds no figures"),
        (b"unit,year,value\nISL,1930,\n", "holds no figures"),
        ("unit,year,value\nCôte,1930,1\n".encode("latin-1"), "line 2 is not in UTF-8"),
        ("unit,year,value\nISL,1930,1\n".encode("utf-16"), "is in UTF-16"),
        (b"unit,year,value\nISL,1930,nan\n", "‘nan’ is not a number"),
        (b"unit,year,value\nISL,1930,inf\n", "‘inf’ is not a number"),
        (b"unit,year,value\nISL,20199,1\n", "‘20199’ is not a year"),
    ],
)
def test_files_that_cannot_be_used(catalog, file, content, told):
    assert told in problems(catalog, file(content))[0]


def test_a_file_that_is_not_there(catalog, tmp_path):
    assert "no such file" in problems(catalog, tmp_path / "none.csv")[0]


def test_semicolons_tabs_and_byte_order_marks_are_read_and_said(catalog, file):
    own = catalog.read_own(file("\ufeffUnit;Year;Value;note\nISL;1930;70;x\n"))
    assert own.rows[0].value == 70
    assert own.warnings[0] == "years.csv: read with semicolons between columns"
    assert "column note is not read" in own.warnings[1]


def test_new_units_and_measures(catalog, file):
    path = file("unit,year,value\nSt Mary's,2019,12\nSt Mary’s,2020,10\nIsle,2019,9\n", "Waiting days.csv")
    own = catalog.read_own(path, new_units=True)
    assert [(u.id, u.name, u.kind) for u in own.units] == [("st-marys", "St Mary's", "other")]
    (measure,) = own.measures
    assert (measure.id, measure.name, measure.better, measure.scale) == (
        "waiting-days",
        "waiting days",
        "neither",
        "ratio",
    )
    assert "waiting-days is not declared" in own.warnings[0]
    mine = catalog.with_own([own])
    assert mine.unit("ST. MARY'S").id == "st-marys"
    assert "st-marys" in mine.panel("waiting-days").units
    assert "st-marys" not in mine.panel("years").units


def test_a_panel_of_ones_own_units_holds_no_states(catalog, file):
    own = catalog.read_own(file("unit,year,value\nNorth,2019,12\nSouth,2020,10\n", "waits.csv"), new_units=True)
    assert catalog.with_own([own]).panel("waits").units == ("north", "south")


def test_several_measures_in_one_file(catalog, file):
    path = file("unit,measure,year,value\nISL,waits,2019,12\nISL,years,2019,80\n", "both.csv")
    waits = measure_from({"id": "waits", "better": "lower", "scale": "ratio", "unit": "days"})
    mine = catalog.with_own([catalog.read_own(path, measures=[waits])])
    assert mine.measure("waits").unit == "days"
    assert mine.observations("years", ["ISL"], 2019)[0].value == 80


def test_declarations_are_checked_whole():
    with pytest.raises(BadInputError) as caught:
        measure_from({"nmae": "x", "better": "up", "scale": "ratio", "minimum": "0"}, where="a.yaml:3:1")
    assert [str(p) for p in caught.value.problems] == [
        "a.yaml:3:1: a measure has no ‘nmae’; closest: name",
        "a.yaml:3:1: a measure needs an id",
        "a.yaml:3:1: minimum must be a number",
        "a.yaml:3:1: better cannot be ‘up’; one of higher, lower, neither",
    ]


def test_what_is_stored_is_there_when_the_catalogue_is_opened_again(catalog, file, folder, home):
    waits = measure_from({"id": "waits", "better": "lower"})
    path = file("unit,year,value,source\nNorth,2019,12,ward\n", "waits.csv")
    store(path, catalog.known, measures=[waits], sources=[Source("ward", "Ward diary")], new_units=True)
    path.unlink()
    again = Catalog.open(folder=folder)
    assert again.observations("waits")[0].unit == "north"
    assert again.measure("waits").better == "lower"
    assert again.source("ward").citation == "Ward diary"
    assert [kept.id for kept in stored()] == ["waits"]
    assert remove("waits.csv") == "waits"
    assert not Catalog.open(folder=folder).has_measure("waits")
    assert list((home / "data").iterdir()) == []


def test_what_a_case_brings_wins_over_what_is_stored(catalog, file, folder):
    store(file("unit,year,value\nISL,1930,70\n"), catalog.known)
    own = catalog.read_own(file("unit,year,value\nISL,1930,80\n"))
    assert Catalog.open([own], folder=folder).observations("years", ["ISL"], 1930, 1930)[0].value == 80
    assert Catalog.open(folder=folder).observations("years", ["ISL"], 1930, 1930)[0].value == 70


def test_nothing_is_stored_of_a_file_that_does_not_fit_or_is_there_already(catalog, file, home):
    with pytest.raises(BadInputError):
        store(file("unit,year,value\nAtlantis,1930,70\n"), catalog.known)
    assert not home.exists()
    store(file("unit,year,value\nISL,1930,70\n"), catalog.known)
    with pytest.raises(BadInputError, match="years is stored already; evenhand data remove years"):
        store(file("unit,year,value\nISL,1930,71\n"), catalog.known)
    assert [path.name for path in (home / "data").iterdir()] == ["years"]


def test_stored_figures_that_were_changed_are_refused(catalog, file, folder, home):
    store(file("unit,year,value\nISL,1930,70\n"), catalog.known)
    (home / "data" / "years" / "figures.csv").write_text("unit,year,value\nISL,1930,99\n")
    with pytest.raises(BadInputError, match="have been changed"):
        Catalog.open(folder=folder)
    manifest = home / "data" / "years" / "manifest.json"
    manifest.write_text(json.dumps({"version": 1}))
    with pytest.raises(Exception, match="a stored file cannot be read"):
        Catalog.open(folder=folder)


def test_removing_what_is_not_stored(catalog, file):
    with pytest.raises(BadInputError, match="nothing is stored"):
        remove("years")
    store(file("unit,year,value\nISL,1930,70\n"), catalog.known)
    with pytest.raises(BadInputError, match="stored are years"):
        remove("../../etc")


@pytest.mark.parametrize(
    ("environment", "platform", "ends"),
    [
        ({"EVENHAND_HOME": "/x/y"}, "linux", "/x/y"),
        ({"XDG_DATA_HOME": "/x"}, "linux", "/x/evenhand"),
        ({}, "linux", ".local/share/evenhand"),
        ({}, "darwin", "Library/Application Support/evenhand"),
        ({"LOCALAPPDATA": "/x"}, "win32", "/x/evenhand"),
    ],
)
def test_where_the_data_folder_is(environment, platform, ends):
    assert data_home(environment, platform).as_posix().endswith(ends)


def test_a_year_outside_a_states_life_is_told_with_its_row(tmp_path):
    catalog = Catalog.open()
    path = tmp_path / "mine.csv"
    young = max((u for u in catalog.units() if u.kind == "state" and u.end is None), key=lambda u: u.start)
    path.write_text("unit,year,value\n" + "".join(f"{young.id},{young.start - n},1\n" for n in (2, 1, 0)))
    told = [w for w in store(path, catalog.known, home=tmp_path / "home").warnings if "began in" in w]
    assert len(told) == 1
    assert told[0].startswith(f"mine.csv: row 2, column year: {young.name} began in {young.start}")
    path.write_text("unit,year,value\nCUB,2005,1\nSUN,2005,1\nSUN,1910,1\n")
    with pytest.raises(BadInputError) as error:
        store(path, catalog.known, home=tmp_path / "other")
    assert [p.where for p in error.value.problems] == ["mine.csv: row 3, column unit", "mine.csv: row 4, column unit"]
    assert ["ended in 1991" in p.message for p in error.value.problems] == [True, False]
    assert not (tmp_path / "other" / "data").exists()
