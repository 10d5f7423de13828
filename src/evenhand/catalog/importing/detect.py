"""What is this file or folder? The first form that fits, or a refusal that says what the forms are."""

import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evenhand.catalog.entries import Measure, Source
from evenhand.catalog.importing import collection, country_year, ddf, owid, worldbank
from evenhand.catalog.importing.layout import Bundle, Columns, Measured, Table
from evenhand.catalog.importing.looks import looked_at
from evenhand.catalog.importing.records import WORKBOOKS, workbook_sheet
from evenhand.catalog.own import slug
from evenhand.model import BadInputError

MAPPINGS = (".yaml", ".yml")
PARQUET = (".parquet", ".pq")
LARGEST = 1 << 34
LONG = ("unit", "year", "value")
NO_FORM = (
    "`evenhand data import FILE --guess` drafts a mapping file that says what each column is; look it over, import it"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Something on disk to be imported. id: what the import is to be called. address: where it came from."""

    path: Path
    id: str
    address: str = ""
    file: str = ""


def bundle_of(place: Place, measure_of: Callable[[str], Measure] | None = None) -> Bundle:
    """What the file or folder holds. Raises ``BadInputError`` where it has no form that is known.

    measure_of: the catalogue's measure of a name, which a mapping file may refer to.
    """
    path = place.path
    if not path.exists():
        raise BadInputError("there is no such file or folder", where=str(path))
    if path.is_dir():
        return _folder(place)
    if path.suffix.casefold() in MAPPINGS:
        from evenhand.catalog.importing.mapping import read_mapping  # noqa: PLC0415 (a mapping may name any of these forms)

        return read_mapping(path, place.id, measure_of=measure_of)
    if path.suffix.casefold() == ".json":
        return worldbank.read_pages([path], None, place.id, address=place.address)
    if path.suffix.casefold() in PARQUET:
        return _by_header(place, _parquet_header(path))
    if path.suffix.casefold() in WORKBOOKS:
        return _workbook(place)
    looked_at(path, place.file or path.name)
    return _by_header(place, owid.header_of(path))


def _workbook(place: Place) -> Bundle:
    for name in (country_year.MADDISON.sheet, ""):
        try:
            sheet = workbook_sheet(place.path, place.file or place.path.name, name)
        except BadInputError:
            if not name:
                raise
            continue
        first = next(sheet.iter_rows(values_only=True), ())
        header = [str(cell).strip() if cell is not None else "" for cell in first]
        if country_year.kind_of(header) is not None or not name:
            return _by_header(place, header)
    raise AssertionError


def _parquet_header(path: Path) -> list[str]:
    import duckdb  # noqa: PLC0415

    try:
        return [str(row[0]) for row in duckdb.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()]
    except duckdb.Error as error:
        raise BadInputError("is no Parquet file", hint=str(error).splitlines()[0], where=path.name) from error


def _by_header(place: Place, header: Sequence[str]) -> Bundle:
    path, words = place.path, [name.strip() for name in header]
    file = place.file or path.name
    kind = country_year.kind_of(words)
    if kind is not None:
        return country_year.read_country_year(path, words, kind, place.id, file=file)
    folded = [word.casefold() for word in words]
    if folded[:1] == ["entity"] and {"year"} & set(folded):
        beside = path.with_name(f"{path.stem}.metadata.json")
        return owid.read_chart(path, beside if beside.is_file() else None, place.id, address=place.address, file=file)
    if set(LONG) <= set(words):
        return _long(place, words, file)
    mark = next((mark for mark in ";\t|" if len(words) == 1 and mark in words[0]), "")
    if mark:
        name = {";": "semicolons", "\t": "tabs"}.get(mark, "upright strokes")
        raise BadInputError(
            f"has one column under commas; it seems to have {name} between columns",
            hint=f"`evenhand data import {file} --guess` drafts a mapping file that says so; look it over, import it",
            where=f"{file}: row 1",
        )
    told = ", ".join(words[:8]) + (", …" if len(words) > 8 else "")
    raise BadInputError(f"has a form that is not known (its columns are {told})", hint=NO_FORM, where=f"{file}: row 1")


def _long(place: Place, words: Sequence[str], file: str) -> Bundle:
    has = {
        name: name
        for name in ("unit", "code", "year", "value", "measure", "low", "high", "source", "flags")
        if name in words
    }
    ident = slug(Path(file).stem)
    measure = Measure(ident, ident, "other", Path(file).stem.replace("_", " ").replace("-", " "), scale="interval",
                      because="the measure was not declared")  # fmt: skip
    source = Source(place.id, f"Figures of your own, {file}", kind="own figures", url=place.address)
    measured = () if "measure" in has else (Measured(measure),)
    table = Table(place.path, file, Columns(**has), measured, source.id, territory="as-it-was", strict=True)
    return Bundle(place.id, Path(file).stem, "long", place.address or str(place.path), (table,), (source,))


FORMS: tuple[tuple[Callable[[Path], bool], Callable[..., Bundle]], ...] = (
    (owid.is_dataset_folder, owid.read_dataset_folder),
    (ddf.is_ddf, ddf.read_ddf),
)


def _folder(place: Place) -> Bundle:
    """A folder of one form, or folders inside it that have one, all as one import."""
    path = place.path
    if collection.is_collection(path):
        whole = collection.read_collection(path, place.id)
        return collection.together(whole, _inside(path, skip={"measures", "events"}))
    for fits, read in FORMS:
        if fits(path):
            return read(path, place.id)
    pages = _pages(path)
    if pages:
        about = path / "indicator.json"
        return worldbank.read_pages(pages, about if about.is_file() else None, place.id, address=place.address)
    charts = sorted(path.glob("*.metadata.json"))
    if charts:
        csvs = [chart.with_name(chart.name.removesuffix(".metadata.json") + ".csv") for chart in charts]
        there = [(table, chart) for table, chart in zip(csvs, charts, strict=True) if table.is_file()]
        if there:
            inner = [owid.read_chart(table, chart, slug(table.stem)) for table, chart in there]
            return replace(collection.together(inner[0], inner[1:]), id=place.id)
    inner = _inside(path, skip=set())
    if inner:
        return replace(
            collection.together(inner[0], inner[1:]), id=place.id, title=path.name, format="folder", address=str(path)
        )
    return _nothing(path)


def _pages(path: Path) -> list[Path]:
    return [
        one for one in sorted(path.glob("*.json")) if worldbank.is_page(_quietly(one)) and one.name != "indicator.json"
    ]


def _quietly(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _inside(path: Path, skip: set[str]) -> list[Bundle]:
    """What the folders inside a folder hold, at any depth; one that is a form is not looked into further."""
    found: list[Bundle] = []
    for inner in sorted(one for one in path.iterdir() if one.is_dir() and one.name not in skip):
        form = next((read for fits, read in FORMS if fits(inner)), None)
        if form is not None:
            found.append(form(inner, slug(inner.name), within=f"{inner.name}/"))
        elif collection.is_collection(inner):
            found.append(collection.read_collection(inner, slug(inner.name)))
        else:
            found += _inside(inner, set())
    return found


def _nothing(path: Path) -> Bundle:
    tables = [
        one.name for one in sorted(path.glob("*")) if one.suffix.casefold() in {".csv", ".tsv", *WORKBOOKS, *PARQUET}
    ]
    if any(path.glob("ddf--*.csv")):
        told = "a DDF folder without ddf--concepts.csv or without datapoints"
    elif tables:
        told = f"it holds {', '.join(tables[:5])}, and neither a datapackage.json nor a measures.csv that says what they are"
    else:
        told = "it holds no tables"
    hint = "import one file of it, or a mapping file that names them" if tables else "is it the right folder?"
    raise BadInputError(f"is a folder without a form that is known: {told}", hint=hint, where=str(path))


def unpacked(archive: Path, into: Path) -> Path:
    """A ZIP archive's files in a new folder. Raises ``BadInputError`` where it is broken, too large, or reaches outside."""
    try:
        with zipfile.ZipFile(archive) as packed:
            infos = packed.infolist()
            if sum(info.file_size for info in infos) > LARGEST:
                raise BadInputError("would be larger than 16 GB when unpacked", where=archive.name)
            for info in infos:
                if not (into / info.filename).resolve().is_relative_to(into.resolve()):
                    raise BadInputError(f"holds a file outside itself, {info.filename}", where=archive.name)
            packed.extractall(into)
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise BadInputError("is a ZIP archive that cannot be unpacked", hint=str(error), where=archive.name) from error
    inside = [one for one in into.iterdir() if not one.name.startswith((".", "__MACOSX"))]
    return inside[0] if len(inside) == 1 else into


def temporary() -> tempfile.TemporaryDirectory[str]:
    """A folder that goes away by itself."""
    return tempfile.TemporaryDirectory(prefix="evenhand-")
