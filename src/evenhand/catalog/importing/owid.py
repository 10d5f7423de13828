"""Our World in Data: dataset folders (CSV, datapackage.json, README) and what its charts hand out (CSV, metadata JSON)."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evenhand.catalog.entries import Measure, Source
from evenhand.catalog.importing.layout import Bundle, Columns, Measured, Table
from evenhand.catalog.own import slug
from evenhand.model import BadInputError

PUBLISHER = "Our World in Data"
NO_LICENCE = "not stated in the dataset folder; figures of third parties keep their provider's terms"
OWN_WORK = "CC BY 4.0 for the publisher's own work; figures of third parties keep their provider's terms"
PACKAGE = "datapackage.json"
FIXED = {"entity", "code", "year", "day", "date"}


def is_dataset_folder(folder: Path) -> bool:
    """Is it a dataset folder?"""
    return (folder / PACKAGE).is_file() and any(folder.glob("*.csv"))


def is_chart(path: Path) -> bool:
    """Is it the CSV of a chart or dataset: Entity, perhaps Code, and Year?"""
    header = [name.strip().casefold() for name in header_of(path)]
    return header[:1] == ["entity"] and {"year"} <= set(header)


def header_of(path: Path) -> list[str]:
    """The first row of a CSV; nothing where there is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def read_json(path: Path) -> Any:
    """What a JSON file holds; raises ``BadInputError`` where it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadInputError("is no JSON", hint=str(error), where=path.name) from error


def read_dataset_folder(folder: Path, id_: str, *, within: str = "") -> Bundle:
    """A dataset folder's tables. within: where it lies, for messages."""
    package = read_json(folder / PACKAGE)
    if not isinstance(package, dict):
        raise BadInputError("describes no dataset", where=f"{within}{PACKAGE}")
    title = str(package.get("title") or folder.name)
    sources = _named_sources(package, id_, title)
    tables = [
        _table(path, f"{within}{path.name}", sources[0].id, _columns_of(package, path), id_)
        for path in sorted(folder.glob("*.csv"))
    ]
    return Bundle(id_, title, "owid", str(folder), tuple(tables), tuple(sources))


def _columns_of(package: Mapping[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    resources = [one for one in package.get("resources") or [] if isinstance(one, dict)]
    chosen = [one for one in resources if one.get("path") == path.name] or resources
    fields = [field for one in chosen for field in (one.get("schema") or {}).get("fields", [])]
    found: dict[str, dict[str, Any]] = {}
    for field in fields:
        settings = field.get("owidDisplaySettings") or {}
        if isinstance(settings, str):
            settings = json.loads(settings) if settings.startswith("{") else {}
        unit = settings.get("unit") if isinstance(settings, dict) else ""
        found[field["name"]] = {
            "descriptionShort": field.get("description") or package.get("description", ""),
            "unit": unit,
        }
    return found


def _named_sources(package: Mapping[str, Any], id_: str, title: str) -> list[Source]:
    """The folder as one source: its figures do not say which of the works that it names each rests on."""
    named = [one for one in package.get("sources") or [] if isinstance(one, dict)]
    told = "; ".join(str(one.get("name") or "").strip() for one in named) or title
    by = "; ".join(str(one["dataPublishedBy"]).strip() for one in named if one.get("dataPublishedBy"))
    links = [str(one["link"]) for one in named if one.get("link")]
    retrieved = [str(one["retrievedDate"]) for one in named if one.get("retrievedDate")]
    citation = f"{told}. {by}" if by else told
    licence = str(package.get("license") or package.get("licenses") or NO_LICENCE)
    return [
        Source(id_, f"{citation} (dataset “{title}”)", PUBLISHER, "compilation", licence, "; ".join(links), "; ".join(retrieved))
    ]  # fmt: skip


def _table(path: Path, file: str, source: str, told: Mapping[str, Mapping[str, Any]], id_: str) -> Table:
    header = header_of(path)
    names = {name.strip().casefold(): name for name in header}
    if "entity" not in names or "year" not in names:
        hint = "its first row is Entity, Code (or not), Year and a column for each measure"
        if "day" in names or "date" in names:
            hint = "its figures are of days: take a chart by years"
        raise BadInputError("is not a table of Our World in Data by years", hint=hint, where=f"{file}: row 1")
    columns = Columns(unit=names["entity"], code=names.get("code", ""), year=names["year"])
    figures = [name for name in header if name.strip() and name.strip().casefold() not in FIXED]
    if not figures:
        raise BadInputError("has no column of figures", where=f"{file}: row 1")
    measured = tuple(
        Measured(_measure(name, told.get(name, {}), id_, alone=len(figures) == 1), column=name, word=name)
        for name in figures if not name.startswith("time.") and name != "owid_region" and "annotation" not in name.casefold()
    )  # fmt: skip
    return Table(path, file, columns, measured, source, scheme="owid")


def _measure(name: str, told: Mapping[str, Any], id_: str, *, alone: bool) -> Measure:
    title = str(told.get("titleLong") or told.get("titleShort") or name)
    ident = id_ if alone else slug(str(told.get("shortName") or name))
    note = f" Processing: {told['descriptionProcessing']}" if told.get("descriptionProcessing") else ""
    return Measure(
        id=ident, concept=ident, domain="other", name=title,
        definition=str(told.get("descriptionShort") or ""), unit=str(told.get("unit") or told.get("shortUnit") or ""),
        because="The source does not say which direction is better.", scale="interval",
        caveats=f"As processed by {PUBLISHER}; borders as each of its sources draws them.{note}",
    )  # fmt: skip


def read_chart(path: Path, metadata: Path | None, id_: str, *, address: str = "", file: str = "") -> Bundle:
    """A chart's CSV with its metadata JSON, or without it (then nothing is known of licence and unit, and that is said)."""
    found = read_json(metadata) if metadata is not None else {}
    columns = found.get("columns") if isinstance(found, dict) else None
    columns = columns if isinstance(columns, dict) else {}
    by_name = {**{str(one.get("shortName")): one for one in columns.values()}, **columns}
    chart = (found.get("chart") or {}) if isinstance(found, dict) else {}
    title = str(chart.get("title") or path.stem)
    told = [str(one.get("citationLong") or one.get("citationShort") or "") for one in columns.values()]
    citation = (
        " ".join(dict.fromkeys(word for word in told if word))
        or str(chart.get("citation") or "")
        or f"{title} (no metadata)"
    )
    url = str(chart.get("originalChartUrl") or address)
    licence = OWN_WORK if columns else "not known: the metadata file is missing"
    source = Source(id_, citation, PUBLISHER, "compilation", licence, url, str(found.get("dateDownloaded") or ""))
    table = _table(path, file or path.name, source.id, by_name, id_)
    notes = () if columns else (f"{path.name}: no metadata beside it, so citation, licence and unit are not known",)
    return Bundle(id_, title, "owid", address or str(path), (table,), (source,), notes=notes)
