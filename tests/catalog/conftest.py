"""A reference folder of seven invented units, small enough to follow by hand."""

from pathlib import Path

import pytest

from evenhand.catalog import Catalog

TABLES = {
    "units": """\
id,name,kind,start,end,predecessors,successors,part_of,codes,other_names,region
ISL,Isle,state,1900,,,,,iso3=ISL,The Isle;I.S.L.,West
COL,Colonia,colony,1900,,,,,,,South
NEA,New East,state,1900,,OLD,,OLD,,Eastland,East
NWE,New West,state,1900,,OLD,,OLD,,,East
OLD,Old Union,historical-state,1920,1990,,NEA;NWE,,,Eastland Union;the Union,East
TWN,Twin,historical-state,1900,1950,,TWO,,,,West
TWO,Twin,state,1951,,TWN,,,,,West
boss,The Boss,leader,1950,1960,,,ISL,,Boss,West
""",
    "groups": """\
id,name,definition,source
planned,Planned economies,Those with a plan,atlas
under-foreign-rule,Territories under foreign rule,Ruled from elsewhere,atlas
""",
    "memberships": """\
group,unit,start,end,status,because,source
planned,OLD,1928,1990,core,a plan since 1928,atlas;yearbook
planned,ISL,1950,1960,core,a plan for ten years,atlas
planned,ISL,1961,1980,disputed,a plan on paper,atlas
planned,NEA,1950,,disputed,a plan until the end,atlas
under-foreign-rule,COL,1900,1959,core,ruled by Isle,atlas
under-foreign-rule,NEA,1940,1945,disputed,occupied,atlas
""",
    "measures": """\
id,concept,domain,name,definition,unit,better,because,scale,minimum,maximum,spacing,caveats,tolls
years,life,health,Years of life,Years that people live,years,higher,Longer is wanted,ratio,0,120,5,,
years-old,life,health,Years of life by hand,The same by an older hand,years,higher,As above,ratio,0,120,5,Guesses,
killed,violence,security,People killed,Killed in a year,people,lower,Nobody wants it,count,0,,5,,
income,income,wealth,Income per person,Goods per person,dollars,higher,More is wanted,ratio,0,,5,,
index,freedom,freedom,Index of freedom,An index,"index, -1 to 1",higher,By convention,interval,-1,1,5,,
population,population,context,Population,People,people,neither,No side,count,0,,5,,
""",
    "sources": """\
id,citation,publisher,kind,licence,url,retrieved
yearbook,"Yearbook (2001)",Press,scholarly,CC BY 4.0,,2026-01-01
atlas,"Atlas, third edition (1999)",Press,scholarly,,https://example.org,
""",
    "event_sources": """\
id,citation,publisher,kind,licence,url,retrieved
chronicle,"Chronicle (1980)",Press,scholarly,,,
""",
    "events": """\
id,kind,name,other_names,place,responsible,start,end,counted,low,central,high,author,year,source,evidence,attribution
hunger,famine,Great Hunger,The Hunger,NEA,OLD;boss,1932,1933,famine-deaths,100000,150000,200000,\
A. Author,1980,chronicle,registers,Blamed on the plan.
hunger,famine,Great Hunger,The Hunger,NEA,OLD;boss,1932,1933,excess-deaths,,300000,,\
B. Writer,1990,chronicle,censuses,Blamed on the weather.
raid,state-killing,Raid of 1955,,COL,ISL,1955,1955,killed,38,38,38,\
A. Author,1980,chronicle,a list,Blamed on the governor.
""",
    "blind_spots": """\
measure,units,start,end,event_kind,evidence
years,NEA;OLD,1931,1934,famine,"The series reads 50 throughout."
""",
    "observations/years": """\
unit,year,value,low,high,source,flags
ISL,1925,60,,,atlas,
ISL,1930,61,60,62,yearbook,
ISL,1930,59,,,atlas,
ISL,1950,65,,,yearbook,modelled
ISL,1955,66,,,yearbook,
NEA,1930,50,,,yearbook,
NEA,1934,52,,,yearbook,
NEA,1950,55,,,yearbook,
OLD,1930,49,,,yearbook,
OLD,1950,56,,,yearbook,
NWE,1930,48,,,yearbook,
NWE,1950,57,,,yearbook,
TWN,1950,58,,,yearbook,
COL,1950,40,39,41,yearbook,
COL,1954,42,,,yearbook,
COL,1956,43,,,yearbook,
""",
    "observations/years-old": """\
unit,year,value,low,high,source,flags
ISL,1930,58,,,atlas,
""",
    "observations/killed": """\
unit,year,value,low,high,source,flags
ISL,1930,100,,,yearbook,
COL,1955,38,38,38,chronicle,
""",
    "observations/income": """\
unit,year,value,low,high,source,flags
ISL,1930,1000,900,1100,yearbook,
""",
    "observations/index": """\
unit,year,value,low,high,source,flags
ISL,1930,-0.5,,,yearbook,
""",
    "observations/population": """\
unit,year,value,low,high,source,flags
ISL,1925,2000000,,,yearbook,
NEA,1930,10000000,,,yearbook,
""",
}


def write(folder: Path, changes: dict[str, str]) -> Path:
    """The tables, with some of them changed."""
    for name, text in {**TABLES, **changes}.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    """A data folder of the test's own, so that nobody's real one is read or written."""
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path) -> Path:
    """The reference folder."""
    return write(tmp_path / "reference", {})


@pytest.fixture
def catalog(folder) -> Catalog:
    """The catalogue of the reference folder."""
    return Catalog.open(folder=folder)


@pytest.fixture
def catalog_with(tmp_path):
    """Makes a catalogue with some tables changed: ``catalog_with(units=old.replace(...))``."""

    def make(**changes: str) -> Catalog:
        named = {name.replace("observations_", "observations/"): text for name, text in changes.items()}
        return Catalog.open(folder=write(tmp_path / "changed", named))

    return make


@pytest.fixture
def tables() -> dict[str, str]:
    """The texts of the tables, to be changed."""
    return dict(TABLES)
