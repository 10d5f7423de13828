"""What cannot be imported: one clear message each, with row and column, and nothing imported by half."""

import pytest

from evenhand.catalog import Catalog
from evenhand.catalog.imported import Shelf
from evenhand.catalog.importing import guess
from evenhand.model import BadInputError

MAPPING = """\
version: 1
file: {file}
source: {{citation: Office of Figures (2001)}}
columns: {{unit: unit, year: year, value: value}}
measure: {{id: visits, name: Visits, unit: people, minimum: 0, scale: ratio}}
{more}
"""
ROWS = "unit,year,value\nIsle,1950,1\nColonia,1950,2\n"


def refused(bring, source) -> str:
    """The messages of an import that must fail, and must leave nothing behind."""
    with pytest.raises(BadInputError) as caught:
        bring(str(source))
    assert Shelf().manifests() == ()
    files = Shelf().folder / "files"
    assert not files.is_dir() or not list(files.iterdir())
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("empty.csv", "", ["empty.csv: is empty"]),
        ("blank.csv", " \n\n", ["blank.csv: is empty"]),
        ("header.csv", "unit,year,value\n", ["header.csv: holds a header and no rows"]),
        ("binary.csv", b"unit,year,value\nIsle,1950,\x00\x01\n", ["binary.csv: line 2", "no text"]),
        ("old.csv", b"\xd0\xcf\x11\xe0\xa1\xb1", ["old.csv", "old Excel file", "save it as .xlsx"]),
        ("page.csv", "<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>",
         ["page.csv: row 1", "a web page (“404 Not Found”)"]),
        ("latin.csv", "unit,year,value\nIsle,1950,1\nCôte,1950,2\n".encode("cp1252"), ["latin.csv: line 3", "encoding: cp1252"]),
        ("open.csv", 'unit,year,value\nIsle,1950,1\n"Colonia,1950,2\n', ["open.csv: row 3", "quotation mark"]),
        ("ragged.csv", "unit,year,value\nIsle,1950,1,5\n", ["ragged.csv: row 2, column 4", "4 cells under 3 columns"]),
        ("comma.csv", 'unit,year,value\nIsle,1950,1\nColonia,1950,"3,5"\n',
         ["comma.csv: row 3, column value", "‘3,5’ is not a number", 'decimal: ","']),
        ("thousands.csv", 'unit,year,value\nIsle,1950,"1,234"\n', ["row 2, column value", 'thousands: ","', 'decimal: ","']),
        ("inf.csv", "unit,year,value\nIsle,1950,inf\n", ["row 2, column value", "‘inf’ is not a number"]),
        ("huge.csv", "unit,year,value\nIsle,1950,1e999\n", ["row 2, column value", "‘1e999’ is not a number"]),
        ("span.csv", ROWS + "Isle,1999-2000,3\nIsle,2000/01,3\n",
         ["span.csv: row 4, column year", "‘1999-2000’ is more than one year (and 1 more", "period: first"]),
        ("year.csv", ROWS + "Isle,195O,3\n", ["year.csv: row 4, column year", "‘195O’ is not a year"]),
        ("half.csv", ROWS + "Isle,1950.5,3\n", ["half.csv: row 4, column year", "‘1950.5’ is not a year"]),
        ("far.csv", ROWS + "Isle,9999,3\n", ["far.csv: row 4, column year", "‘9999’ is not a year"]),
        ("noyear.csv", ROWS + "Isle,,3\n", ["noyear.csv: row 4, column year", "no year for ‘Isle’"]),
        ("nobody.csv", ROWS + ",1950,3\n", ["nobody.csv: row 4, column unit", "no unit"]),
        ("footer.csv", ROWS + "\nSource: Office of Figures\n", ["footer.csv: row 5, column 2", "is a note", "footer: 3"]),
        ("padded.csv", ROWS + "Source: Office of Figures,,\n", ["padded.csv: row 4, column unit", "a note and not a row", "footer: 1"]),
        ("twice.csv", ROWS + "The Isle,1950,7\n", ["twice.csv: row 4, column value", "The Isle in 1950 is 7 here and 1 in row 2"]),
        ("later.csv", ROWS + "Old Union,1910,3\n",
         ["later.csv: row 4, column unit", "a figure of 1910 for Old Union, which began in 1920", "territory: today"]),
        ("gone.csv", ROWS + "Old Union,1995,3\nOld Union,1996,3\n", ["row 4, column unit", "ended in 1990 (and 1 more)"]),
        ("names.csv", ROWS + "Ile,1950,3\n", ["names.csv: row 4, column unit", "no unit is called ‘Ile’", "closest: Isle"]),
        ("bounds.csv", "unit,year,value,low,high\nIsle,1950,5,6,7\n", ["bounds.csv: row 2, column value", "not between 6"]),
        ("form.csv", "who,when,what\nIsle,1950,5\n", ["form.csv: row 1", "form that is not known", "--guess"]),
        ("marks.csv", "unit;year;value\nIsle;1950;5\n", ["marks.csv: row 1", "semicolons between columns", "--guess"]),
        ("doubled.csv", "unit,year,value,value\nIsle,1950,5,5\n", ["doubled.csv: row 1", "‘value’ stands twice"]),
        ("x.parquet", b"PAR1 not really", ["x.parquet", "is no Parquet file"]),
        ("x.xlsx", b"PK\x03\x04 not really", ["x.xlsx", "no Excel workbook"]),
        ("x.zip", b"PK\x03\x04 not really", ["x.zip", "cannot be unpacked"]),
        ("x.json", "{}", ["x.json", "not a page of the World Bank"]),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_place(bring, write, name, text, told):
    message = refused(bring, write(name, text))
    for words in told:
        assert words in message
    assert message.count("\n") == 0


def test_a_line_without_end_is_refused_without_reading_it_whole(bring, tmp_path):
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.write(b"unit,year,value\n")
        file.seek(2 << 30)  # 2 GB, of which the disk holds nothing
        file.write(b"1")
    assert "line.csv: line 2" in refused(bring, path)
    with path.open("wb") as file:
        file.write(b"unit,year,value\n" + b"x" * (6 << 20))
    assert "line.csv: line 2, column 4194304: one line is longer than 4 MB" in refused(bring, path)


def test_every_kind_of_fault_is_told_at_once(bring, write):
    told = refused(bring, write("many.csv", ROWS + 'Isle,x,1\nIsle,1951,"1,5"\nIsle,1999-2000,1\n'))
    assert [line.split(":")[1].strip() for line in told.splitlines()] == [
        "row 4, column year", "row 5, column value", "row 6, column year",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "text", "told"),
    [
        ('delimiter: ","', "unit;year;value\nIsle;1950;1\n", ["row 1", "the header is one cell, ‘unit;year;value’", "semicolons"]),
        ('decimal: ","', 'unit,year,value\nIsle,1950,"1.234,5"\n', ["row 2, column value", 'thousands: "."']),
        ("", "unit,year,value\nIsle,1950,-1\n", ["row 2, column value", "-1 is outside the measure's limits", "from 0 to any"]),
        ("units: {Ile: Nowhere}", "unit,year,value\nIle,1950,1\n", ["no unit is called ‘Nowhere’"]),
        ("columns: {unit: unit}", ROWS, ["no column holds the years"]),
        ("unknwon: leave-out", ROWS, ["map.yaml:6:1", "there is no key ‘unknwon’", "closest: unknown"]),
        ("territory: mine", ROWS, ["map.yaml:6:1", "territory cannot be ‘mine’", "as-it-was, today"]),
        ("header: two", ROWS, ["map.yaml:6:1", "header must be a whole number"]),
        ("header: 9", ROWS, ["has no header"]),
    ],
)  # fmt: skip
def test_mapping_files_are_checked_too(bring, write, more, text, told):
    write("table.csv", text)
    mapping = MAPPING.format(file="table.csv", more=more)
    if more.startswith("columns"):
        mapping = mapping.replace("columns: {unit: unit, year: year, value: value}\n", "")
    message = refused(bring, write("map.yaml", mapping))
    for words in told:
        assert words in message


def test_a_mapping_needs_a_citation_a_file_and_columns(bring, write):
    told = refused(bring, write("map.yaml", "version: 1\nfile: tabel.csv\n"))
    assert "the file ‘tabel.csv’ is not there" in told
    assert "no citation" in told
    assert "no column holds the units" in told
    assert "map.yaml:2:1" in told


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"folder/table.csv": ROWS}, "neither a datapackage.json nor a measures.csv"),
        ({"folder/note.txt": "x"}, "it holds no tables"),
        ({"folder/datapackage.json": "{", "folder/t.csv": "Entity,Year,x\n"}, "datapackage.json: is no JSON"),
        ({"folder/ddf--datapoints--a--by--geo--time.csv": "geo,time,a\n"}, "without ddf--concepts.csv"),
        ({"folder/measures.csv": "id,name\n", "folder/measures/a.csv": ROWS}, "measures.csv does not list a"),
        ({"folder/page.json": '[{"page": 1, "pages": 2, "total": 2}, []]'}, "page 2 of 2 is missing"),
    ],
)
def test_folders_that_are_no_source_say_why(bring, write, files, told):
    for name, text in files.items():
        path = write(name, text)
    assert told in refused(bring, path.parent if path.parent.name == "folder" else path.parent.parent)


def test_what_is_not_there_gets_the_closest_name(bring, write):
    write("table.csv", ROWS)
    near = write("tables.csv", ROWS).with_name("tabel.csv")
    assert "closest: table" in refused(bring, near)
    assert "owid:life-expectancy" in refused(bring, "owid-life-expectancy")


def test_a_failed_import_leaves_the_one_before(bring, write):
    path = write("visits.csv", ROWS)
    bring(str(path))
    write("visits.csv", ROWS + "Isle,1999-2000,3\n")
    with pytest.raises(BadInputError):
        bring(str(path))
    assert len(Catalog.open().figures("visits").year) == 2


@pytest.mark.parametrize("name", ["gone.csv", "gone.xlsx", "gone.parquet", ""])
def test_a_mapping_is_guessed_of_a_file_that_is_there(tmp_path, name):
    with pytest.raises(BadInputError, match=r"there is no such file|this is a folder"):
        guess(tmp_path / name, Catalog.open().known)
