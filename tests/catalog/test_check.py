"""The catalogue's consistency: of the tables that ship, and what is found in tables with a fault."""

import pytest

from evenhand.catalog import Catalog, check


def test_the_tables_that_ship_are_consistent():
    assert [str(problem) for problem in check(Catalog.open())] == []


def test_the_tables_of_these_tests_are_consistent(catalog):
    assert [str(problem) for problem in check(catalog)] == []


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("units", "ISL,Isle,state", "ISL,Isle,stat", "units.csv: ISL: kind cannot be ‘stat’"),
        ("units", "COL,Colonia", "ISL,Colonia", "the id ‘ISL’ stands 2 times"),
        ("units", "New West,state,1900,,OLD", "New West,state,1900,,", "units.csv: OLD: NWE is among its successors"),
        ("units", "1900,,OLD,,OLD,,Eastland", "1900,,OLD,,ODL,,Eastland", "units.csv: NEA: ‘ODL’ is no other unit"),
        ("units", "state,1951,", "state,1940,", "‘twin’ is at one time the name of TWN, TWO"),
        ("units", "state,1951,", "state,1951,1940", "ends in 1940, before it starts in 1951"),
        ("memberships", "planned,OLD,1928,1990", "planned,OLD,1910,1990", "1910 to 1990 is not within the life"),
        ("memberships", "planned,OLD", "planed,OLD", "‘planed’ is no group"),
        ("memberships", "core,ruled by Isle,atlas", "core,,atlas", "needs a reason and a source"),
        ("memberships", "atlas;yearbook", "atlas;yerbook", "‘yerbook’ is no source"),
        ("measures", "health,Years of life by hand", "health,Years of life", "‘years of life’ is the name of"),
        ("measures", "ratio,0,120,5,,\n", "ratio,120,0,5,,\n", "minimum 120 is not below maximum 0"),
        ("measures", "higher,Longer is wanted,ratio", "higher,,ratio", "measures.csv: years: no because"),
        ("measures", "\npopulation,population", "\npeople,population", "people has no figures"),
        ("event_sources", "\nchronicle", "\nchronicle2", "‘chronicle’ is no source"),
        ("event_sources", "\nchronicle", "\nspare,Spare,,,,,\nchronicle", "sources: spare: nothing rests on it"),
        ("events", "excess-deaths,,300000", "excess-deaths,400000,300000", "low, central and high are not in order"),
        ("events", "OLD;boss,1932,1933,excess", "OLD,1932,1933,excess", "its rows differ in responsible"),
        ("events", "a list,Blamed on the governor.", ",Blamed on the governor.", "events.csv: raid: no evidence"),
        ("events", "Raid of 1955,,COL", "Raid of 1955,,CLO", "‘CLO’ is no unit"),
        ("blind_spots", "years,NEA;OLD", "yeers,NEA;ODL", "‘yeers’ is no measure"),
        ("blind_spots", "famine", "flood", "no event is of the kind ‘flood’"),
        ("observations/years", "ISL,1925,60", "ISX,1925,60", "no such unit: ISX 1925 (60)"),
        ("observations/years", "ISL,1925,60", "ISL,1926,60", "not a year of the rule: ISL 1926 (60)"),
        ("observations/years", "ISL,1925,60", "ISL,1895,60", "outside the unit's life: ISL 1895 (60)"),
        ("observations/years", "ISL,1925,60", "ISL,1925,160", "above the measure's maximum: ISL 1925 (160)"),
        ("observations/years", "61,60,62", "61,60,60", "high is below the value: ISL 1930 (61)"),
        ("observations/years", "59,,,atlas", "59,,,yearbook", "twice: ISL 1930 (61), ISL 1930 (59)"),
        ("observations/years", "59,,,atlas", "59,,,", "no source: ISL 1930 (59)"),
    ],
)  # fmt: skip
def test_each_fault_is_found(catalog_with, tables, *, table, old, new, told):
    assert old in tables[table]
    changed = catalog_with(**{table: tables[table].replace(old, new, 1)})
    assert told in "\n".join(str(problem) for problem in check(changed))


def test_missing_and_stray_tables_are_told(folder):
    (folder / "blind_spots.csv").unlink()
    (folder / "observations" / "stray.csv").write_text("unit,year,value,low,high,source,flags\n")
    told = [str(problem) for problem in check(Catalog.open(folder=folder))]
    assert "blind_spots.csv: there is no such table" in told
    assert "observations/stray.csv: these are figures of no measure" in told


def test_a_table_that_cannot_be_read_is_named(folder):
    text = (folder / "observations" / "years.csv").read_text()
    (folder / "observations" / "years.csv").write_text(text.replace("1925,60", "1925,sixty"))
    with pytest.raises(Exception, match=r"years\.csv: the table cannot be read"):
        check(Catalog.open(folder=folder))
