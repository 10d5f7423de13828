"""The dated table of states: names of several scripts and years, codes, and succession."""

import pytest

from evenhand.catalog import Catalog
from evenhand.catalog.entries import Code
from evenhand.catalog.gazetteer import CodeBook
from evenhand.catalog.names import fold
from evenhand.model import BadInputError


@pytest.fixture(scope="module")
def shipped():
    return Catalog.open()


@pytest.mark.parametrize(
    ("names", "unit"),
    [
        (("Soviet Union", "USSR", "the U.S.S.R.", "СССР", "CCCP", "Советский Союз", "UdSSR"), "SUN"),
        (("Russia", "Россия", "Russian Federation", "РСФСР"), "RUS"),
        (("Burma", "Myanmar", "BUMM"), "MMR"),
        (("Viet Nam", "Việt Nam", "Vietnam"), "VNM"),
        (("Zaire", "Zaïre", "Belgian Congo", "Congo Free State"), "COD"),
        (("中国", "China", "Qing Empire"), "CHN"),
        (("Ceylon", "Sri Lanka"), "LKA"),
        (("Swaziland", "Eswatini"), "SWZ"),
        (("Türkiye", "Turkey"), "TUR"),
        (("Côte d'Ivoire", "Ivory Coast"), "CIV"),
        (("East Germany", "GDR", "DDR"), "DDR"),
    ],
)
def test_many_names_one_unit(shipped, names, unit):
    for name in names:
        found = shipped.names.unit(name) or CodeBook(shipped.tables.codes).units("iso3166-3", name, 1900)[0]
        assert found == unit, name


@pytest.mark.parametrize(
    ("name", "year", "units"),
    [
        ("Russia", None, {"RUS"}),
        ("Russia", 1900, {"RUS"}),
        ("Russia", 1950, {"RUS", "SUN"}),
        ("Russia", 2000, {"RUS"}),
        ("Germany", 1930, {"DEU"}),
        ("Germany", 1960, {"DEU", "GFR", "DDR"}),
        ("Germany", 2000, {"DEU"}),
        ("Federal Republic of Germany", 1970, {"GFR"}),
        ("Federal Republic of Germany", 2000, {"DEU"}),
        ("Korea", 1900, {"KRX"}),
        ("Korea", 1960, {"KOR", "PRK"}),
        ("Vietnam", 1960, {"VNM", "VDR", "RVN"}),
        ("Congo", None, {"COD", "COG"}),
        ("Burma", 2010, {"MMR"}),
        ("Myanmar", 1950, {"MMR"}),
        ("Yugoslavia", 1980, {"YUG"}),
        ("Yugoslavia", 1999, {"SCG"}),
        ("Republic of China", 1930, {"CHN"}),
        ("Republic of China", 1960, {"TWN"}),
        ("Turkey", 1900, {"TUR", "OTT"}),
    ],
)
def test_a_name_means_what_it_meant_in_its_year(shipped, name, year, units):
    assert set(shipped.names.units_named(name, year)) == units
    assert (shipped.names.unit(name, year) is None) == (len(units) > 1)


def test_an_ambiguous_name_is_a_question_with_the_years(shipped):
    with pytest.raises(
        BadInputError, match=r"several units.*RUS \(Russia, from 1816\), SUN \(Soviet Union, 1922 to 1991\)"
    ):
        shipped.names.find("unit", "Russia", 1950)


def test_an_id_is_never_a_question(shipped):
    assert shipped.names.unit("RUS", 1950) == "RUS"
    assert shipped.names.unit("SUN", 2020) == "SUN"


@pytest.mark.parametrize(
    ("scheme", "code", "year", "unit"),
    [
        ("gw", "365", 1913, "RUS"),
        ("gw", "365", 1950, "SUN"),
        ("cow", "365", 2000, "RUS"),
        ("cow", "345", 1900, "SRB"),
        ("cow", "345", 1960, "YUG"),
        ("cow", "345", 2000, "SCG"),
        ("cow", "345", 2010, "SRB"),
        ("gw", "340", 2010, "SRB"),
        ("gw", "260", 1960, "GFR"),
        ("gw", "260", 2000, "DEU"),
        ("cow", "255", 1930, "DEU"),
        ("cow", "255", 2000, "DEU"),
        ("iso3166-3", "SUHH", 1950, "SUN"),
        ("iso3166-3", "CSHH", 1950, "CSK"),
        ("iso3", "BUR", 1980, "MMR"),
        ("iso3", "fra", 1950, "FRA"),
        ("iso2", "GB", 1950, "GBR"),
        ("iso-numeric", "4", 1950, "AFG"),
        ("iso-numeric", "004", 1950, "AFG"),
    ],
)
def test_a_code_stands_for_the_state_of_its_year(shipped, scheme, code, year, unit):
    assert CodeBook(shipped.tables.codes).units(scheme, code, year) == (unit,)


def test_every_country_of_the_standard_has_all_three_codes(shipped):
    of = {scheme: {c.unit: c.code for c in shipped.tables.codes if c.scheme == scheme and c.source == "iso-3166-1"} for scheme in ("iso2", "iso3", "iso-numeric")}  # fmt: skip
    assert len(of["iso3"]) == 249
    assert of["iso2"].keys() == of["iso3"].keys() == of["iso-numeric"].keys()
    for codes in of.values():
        assert len(set(codes.values())) == 249


def test_every_dated_name_and_code_is_of_a_unit_and_runs_forwards(shipped):
    known = {unit.id for unit in shipped.units()}
    for one in (*shipped.tables.names, *shipped.tables.codes):
        assert one.unit in known, one
        assert one.start is None or one.end is None or one.start <= one.end, one


def test_no_code_stands_for_two_units_in_one_year(shipped):
    for scheme in {code.scheme for code in shipped.tables.codes}:
        for code in {code.code for code in shipped.tables.codes if code.scheme == scheme}:
            for year in (1820, 1860, 1900, 1914, 1922, 1938, 1950, 1975, 1990, 1991, 1992, 2000, 2006, 2020):
                used = [c.unit for c in shipped.tables.codes if (c.scheme, c.code) == (scheme, code) and c.used(year)]
                assert len(used) <= 1, (scheme, code, year, used)


def test_a_name_that_folds_to_nothing_is_in_no_row(shipped):
    for name in shipped.tables.names:
        assert fold(name.name), name


def test_a_code_of_no_time_is_found_when_it_stands_for_nothing_in_the_year():
    codes = CodeBook([Code("OLD", "gw", "1", 1900, 1950)])
    assert codes.units("gw", "001", 1960) == ("OLD",)
    assert codes.units("gw", "2", 1960) == ()


@pytest.mark.shared
def test_the_codes_agree_with_a_list_made_by_others(shipped):
    import csv
    from pathlib import Path

    path = Path(__file__).parents[3] / "shared" / "data" / "units.csv"
    if not path.exists():
        pytest.skip("needs ../shared")
    known = {unit.id for unit in shipped.units()}
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["id"] in known]
    assert len(rows) > 240
    for row in rows:
        of = {scheme: {c.code for c in shipped.tables.codes if c.unit == row["id"] and c.scheme == scheme} for scheme in ("iso-numeric", "gw", "cow")}  # fmt: skip
        if row["iso_numeric"] and of["iso-numeric"]:
            assert int(row["iso_numeric"]) in {int(code) for code in of["iso-numeric"]}, row
