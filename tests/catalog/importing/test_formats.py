"""What publishers hand out, in the forms in which they do; all figures invented."""

import json
from dataclasses import asdict

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl import Workbook

from evenhand.catalog import Catalog
from evenhand.catalog.bring import import_source
from evenhand.catalog.exporting import Wanted, export
from evenhand.catalog.imported import Shelf
from evenhand.catalog.importing.detect import Place, bundle_of
from evenhand.catalog.importing.run import Settings, import_bundle
from evenhand.model import BadInputError


@pytest.fixture
def take(home, catalog):
    """Imports a path beside the built-in catalogue, without opening it again."""

    def run(path, id_="it"):
        return import_bundle(bundle_of(Place(path, id_), catalog.measure), catalog.known, Settings(home))

    return run


def stored(home) -> list[tuple]:
    """All imported figures: measure, unit, year, value, low, high, source."""
    (path,) = (home / "imports" / "files").glob("*/figures.parquet")
    query = "SELECT measure, unit, year, value, low, high, source FROM read_parquet(?) ORDER BY ALL"
    return duckdb.execute(query, [str(path)]).fetchall()


def test_a_dataset_folder_of_our_world_in_data(take, write, home):
    package = {
        "title": "Shoes", "sources": [{"name": "Cobblers (1999)", "dataPublishedBy": "Guild", "link": "https://example.org",
                                       "retrievedDate": "1 May 2020"}],
        "resources": [{"path": "Shoes.csv", "schema": {"fields": [{"name": "Entity"}, {"name": "Year"}, {
            "name": "Pairs", "description": "Pairs a head", "owidDisplaySettings": '{"unit": "pairs"}'}]}}],
    }  # fmt: skip
    write("Shoes/datapackage.json", json.dumps(package))
    rows = "Entity,Year,Pairs\nCuba,1950,1\nUSSR,1950,2\nDemocratic Republic of Congo,1950,3\nAtlantis,1950,4\nCuba,1951,\n"
    path = write("Shoes/Shoes.csv", rows).parent
    report = take(path)
    assert stored(home) == [
        ("it", "COD", 1950, 3.0, None, None, "it"), ("it", "CUB", 1950, 1.0, None, None, "it"),
        ("it", "SUN", 1950, 2.0, None, None, "it"),
    ]  # fmt: skip
    (table,) = report.tables
    assert (table.rows, table.cells, table.kept, table.empty, table.refused) == (5, 5, 3, 1, 1)
    assert report.refusals()[0].name == "Atlantis"
    (manifest,) = Shelf(home).manifests()
    (source,) = manifest.sources
    assert source.source.citation == "Cobblers (1999). Guild (dataset “Shoes”)"
    assert source.source.licence.startswith("not stated")
    assert (manifest.measures[0].unit, manifest.measures[0].definition) == ("pairs", "Pairs a head")


def test_a_ddf_folder_of_gapminder(take, write, home):
    write("g/README.md", "https://creativecommons.org/licenses/by/4.0/")
    write(
        "g/ddf--concepts.csv",
        "concept,concept_type,name,source,source_url\nshoes,measure,Shoes,Guild,https://example.org\n",
    )
    write(
        "g/ddf--entities--geo--country.csv",
        "country,iso3166_1_alpha3,is--country,name\ncub,CUB,TRUE,Cuba\nabkh,,TRUE,Abkhazia\n",
    )
    write("g/ddf--entities--geo--global.csv", "global,is--global,name\nworld,TRUE,World\n")
    write("g/ddf--datapoints--shoes--by--geo--gender--time.csv", "geo,gender,time,shoes\ncub,m,1950,1\n")
    path = write(
        "g/points/ddf--datapoints--shoes--by--geo--time.csv", "geo,time,shoes\ncub,1950,1.5\nworld,1950,2\nzz,1950,3\n"
    )
    report = take(path.parent.parent)
    assert [(row[0], row[1], row[3]) for row in stored(home)] == [
        ("gapminder-shoes", "CUB", 1.5), ("gapminder-shoes", "gapminder-world", 2.0),
    ]  # fmt: skip
    assert [left.because for left in report.left] == ["not by place and year alone"]
    assert report.new_units == ("gapminder-world",)
    catalog = Catalog.open(home=home)
    assert catalog.unit("gapminder-world").kind == "region"
    assert "gapminder-world" not in catalog.panel("gapminder-shoes").units
    assert catalog.source("gapminder-shoes").licence.startswith("CC BY 4.0")


def test_maddisons_workbook(take, tmp_path, home):
    book = Workbook()
    book.active.append(["About"])
    sheet = book.create_sheet("Full data")
    for row in (["countrycode", "country", "year", "gdppc", "pop"], ["CUB", "Cuba", 1950, 2046, 5785.0], ["SUN", "Former USSR", 1950, 2834.5, None]):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "mpd.xlsx")
    report = take(tmp_path / "mpd.xlsx")
    assert [(row[0], row[1], row[3]) for row in stored(home)] == [
        ("maddison-gdppc", "CUB", 2046.0), ("maddison-gdppc", "SUN", 2834.5), ("maddison-pop", "CUB", 5785.0),
    ]  # fmt: skip
    assert (report.format, report.total("empty")) == ("maddison", 1)


def test_polity_and_its_codes_for_no_score(take, write, home):
    rows = "ccode,scode,country,year,polity,polity2\n40,CUB,Cuba,1959,-88,-1\n365,USR,USSR,1950,-9,-9\n816,DRV,Vietnam North,1960,-66,\n"
    report = take(write("p5.csv", rows))
    assert [(row[0], row[1], row[3]) for row in stored(home)] == [
        ("polity-polity", "SUN", -9.0), ("polity-polity2", "CUB", -1.0), ("polity-polity2", "SUN", -9.0),
    ]  # fmt: skip
    assert report.total("empty") == 3


def test_v_dem_with_its_bounds_under_the_state_of_the_year(take, write, home):
    head = "country_name,country_text_id,country_id,year,COWcode,v2x_polyarchy,v2x_polyarchy_codelow,v2x_polyarchy_codehigh,v2x_polyarchy_sd\n"
    report = take(
        write("vdem.csv", head + "Russia,RUS,11,1950,365,0.1,0.05,0.15,0.02\nRussia,RUS,11,2000,365,0.4,0.3,0.5,0.02\n")
    )
    assert [row[1:6] for row in stored(home)] == [("RUS", 2000, 0.4, 0.3, 0.5), ("SUN", 1950, 0.1, 0.05, 0.15)]
    assert "v2x_polyarchy_sd" in report.notes[0]


def test_a_wide_sheet_through_a_drafted_mapping(home, write, tmp_path, catalog):
    from evenhand.catalog.importing import guess

    text = "Figures of the Office;;;\n\nLand;Code;1950;1951\nCuba;CUB;1,5;2,5\nHaïti;HTI;;3,0\nSource: Office;;;\n"
    path = write("shoes.csv", text.encode("cp1252"))
    draft = guess(path, catalog.known)
    for line in ('delimiter: ";"', 'decimal: ","', "encoding: cp1252", "header: 3", "years: [", "  unit: Land"):
        assert line in draft
    with pytest.raises(BadInputError, match="no citation"):
        import_source(str(write("shoes.import.yaml", draft)))
    done = draft.replace('citation: ""', "citation: Office (1952)").replace("footer: 0", "footer: 1")
    done += "" if "footer" in done else "footer: 1\n"
    report = import_source(str(write("shoes.import.yaml", done)))
    assert (report.id, report.total("kept"), report.total("empty")) == ("shoes", 3, 1)
    assert [row[1:4] for row in stored(home)] == [("CUB", 1950, 1.5), ("CUB", 1951, 2.5), ("HTI", 1951, 3.0)]


def test_a_mapping_says_what_names_mean_and_what_spans_count_as(bring, write, home):
    write("t.csv", "who,when,n\nThe island,1999-2000,1\nNowhere,2001,5\nIsle,2001/02,3\n")
    mapping = write(
        "t.yaml",
        """\
file: t.csv
source: {citation: Z, id: z}
columns: {unit: who, year: when, value: n}
measure: {id: n, name: N}
units: {The island: Isle}
leave_out: [Nowhere]
period: last
""",
    )
    report = bring(str(mapping))
    assert [row[1:4] for row in stored(home)] == [("ISL", 2000, 1.0), ("ISL", 2002, 3.0)]
    assert [(one.name, one.because) for one in report.refusals()] == [("Nowhere", "left out by the mapping file")]


def test_duplicates_are_merged_or_chosen_as_told(bring, write, home):
    write("t.csv", "unit,year,value\nIsle,1950,1\nThe Isle,1950,1\nIsle,1951,1\nIsle,1951,2\n")
    text = "file: t.csv\nsource: {citation: Z}\ncolumns: {unit: unit, year: year, value: value}\nmeasure: {id: n, name: N}\n"
    report = bring(str(write("t.yaml", text + "duplicates: last\n")))
    assert [row[2:4] for row in stored(home)] == [(1950, 1.0), (1951, 2.0)]
    assert [report.total(name) for name in ("cells", "kept", "merged", "refused")] == [4, 2, 1, 1]


def test_a_measure_of_the_catalogue_gets_another_source_beside_its_own(bring, write):
    write("t.csv", "unit,year,value\nIsle,1925,70\nIsle,1926,71\n")
    text = "file: t.csv\nsource: {citation: Z, id: z}\ncolumns: {unit: unit, year: year, value: value}\nmeasure: {same_as: Years of life}\n"
    bring(str(write("t.yaml", text)))
    catalog = Catalog.open()
    seen = catalog.observations("years", ["ISL"], 1925, 1926)
    assert [(one.start, one.value, one.source) for one in seen] == [
        (1925, 60.0, "atlas"),
        (1925, 70.0, "z"),
        (1926, 71.0, "z"),
    ]
    assert catalog.panel("years", "z", units=["ISL"], years=(1925, 1925)).values.tolist() == [[70.0]]


def test_no_name_that_was_there_changes_its_meaning(bring, write):
    text = "file: t.csv\nsource: {citation: Z, id: yearbook}\ncolumns: {unit: unit, year: year, value: value}\nmeasure: {id: Years, name: Years of life}\n"
    write("t.csv", "unit,year,value\nIsle,1925,70\n")
    report = bring(str(write("t.yaml", text)))
    assert report.measures == ("years-t",)
    catalog = Catalog.open()
    assert catalog.measure("Years of life").id == "years"
    assert catalog.measure("Years of life (t)").id == "years-t"
    assert catalog.source("yearbook").citation == "Yearbook (2001)"
    assert catalog.source("yearbook-t").citation == "Z"


@pytest.mark.parametrize("name", ["Deaths in armed conflicts", "Executions", "Victims of genocide", "Famine deaths"])
def test_tolls_are_marked_whoever_counts_them(bring, write, name):
    text = f"file: t.csv\nsource: {{citation: Z}}\ncolumns: {{unit: unit, year: year, value: value}}\nmeasure: {{id: n, name: {name}}}\n"
    write("t.csv", "unit,year,value\nIsle,1925,70\n")
    bring(str(write("t.yaml", text)))
    assert Catalog.open().measure("n").tolls == "yes"


def test_parquet_with_the_plain_columns(bring, tmp_path, home):
    duckdb.execute(
        f"COPY (SELECT 'Isle' AS unit, 1950 AS year, 1.5 AS value) TO '{tmp_path}/n.parquet' (FORMAT parquet)"
    )
    bring(str(tmp_path / "n.parquet"))
    assert stored(home) == [("n", "ISL", 1950, 1.5, None, None, "n")]


figures = st.lists(
    st.tuples(st.sampled_from(["Isle", "Colonia", "New unit"]), st.integers(1901, 1999), st.floats(-1e300, 1e300), st.booleans()),
    min_size=1, max_size=25, unique_by=lambda row: row[:2],
)  # fmt: skip


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=figures)
def test_what_is_exported_can_be_imported_and_is_the_same(rows, bring, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("round")
    monkeypatch.setenv("EVENHAND_HOME", str(folder / "home"))
    lines = [f"{unit},{year},{value!r},{value!r},{'' if bound else repr(value)}\n" for unit, year, value, bound in rows]
    (folder / "n.csv").write_text("unit,year,value,low,high\n" + "".join(lines))
    bring(str(folder / "n.csv"), new_units=True)
    before = stored(folder / "home")
    manifest = asdict(Shelf().manifests()[0])
    written = export(Catalog.open(), folder / "out", Wanted(["n"]), lambda *_: None)
    assert written["figures"] == len(rows)
    monkeypatch.setenv("EVENHAND_HOME", str(folder / "second"))
    bring(str(folder / "out"))
    assert stored(folder / "second") == before
    again = asdict(Shelf().manifests()[0])
    assert [one["sha256"] for one in again["sources"]] == [one["sha256"] for one in manifest["sources"]]
    assert again["measures"] == manifest["measures"]
    assert again["units"] == manifest["units"]


def test_an_export_has_every_citation_and_overwrites_nothing(bring, write, tmp_path):
    bring(str(write("visits.csv", "unit,year,value\nIsle,1950,1\n")))
    export(Catalog.open(), tmp_path / "out", Wanted(["years", "visits"], ["Isle"], 1950), lambda *_: None)
    readme = (tmp_path / "out" / "README.md").read_text()
    assert "`yearbook`: Yearbook (2001). Press. retrieved 2026-01-01. CC BY 4.0" in readme
    assert "licence not known: ask the publisher" in readme
    assert (
        tmp_path / "out/measures/visits.csv"
    ).read_text() == "unit,code,year,value,low,high,source,flags\nIsle,ISL,1950,1.0,,,visits,\n"
    with pytest.raises(BadInputError, match="there is something already"):
        export(Catalog.open(), tmp_path / "out", Wanted(["years"]), lambda *_: None)
    with pytest.raises(BadInputError, match="there are no such figures"):
        export(Catalog.open(), tmp_path / "none", Wanted(["years"], start=2100), lambda *_: None)
    assert not (tmp_path / "none").exists()


def test_a_name_in_the_year_of_a_change_is_who_goes_on(take, write, home):
    """In 1990 two went by the name of Germany; in 1970, too, and nobody knows which is meant."""
    write("pairs.csv", "place,year,pairs\nGermany,1970,1\nGermany,1990,2\nGermany,2000,3\nYemen,1990,4\n")
    mapping = write(
        "pairs.import.yaml",
        "version: 1\nfile: pairs.csv\nid: pairs\nsource: {citation: 'Guild (2001), Pairs'}\ncolumns: {unit: place, year: year}\n"
        "measures: [{column: pairs, id: pairs, name: Pairs, unit: pairs, better: higher, scale: ratio}]\n",
    )
    with pytest.raises(BadInputError, match="Germany"):
        take(mapping)
    write("pairs.csv", "place,year,pairs\nGermany,1990,2\nGermany,2000,3\nYemen,1990,4\n")
    take(mapping)
    assert [row[1:4] for row in stored(home)] == [("DEU", 1990, 2.0), ("DEU", 2000, 3.0), ("YEM", 1990, 4.0)]


def test_a_parquet_file_gets_the_draft_of_the_same_table_as_csv(write, catalog, tmp_path):
    from evenhand.catalog.importing import guess

    table = write("pairs.csv", "country,year,pairs,low\nCuba,1950,1.5,1\nUSSR,1950,2,\n")
    parquet = tmp_path / "pairs.parquet"
    duckdb.execute(f"COPY (SELECT * FROM read_csv('{table}')) TO '{parquet}' (FORMAT parquet)")  # noqa: S608
    assert guess(parquet, catalog.known) == guess(table, catalog.known).replace("pairs.csv", "pairs.parquet")
