"""Gapminder's DDF folders: concepts, entities, and one CSV of datapoints for each measure."""

import csv
from collections.abc import Mapping
from pathlib import Path

from evenhand.catalog.entries import Measure, Source, Unit
from evenhand.catalog.importing.layout import Bundle, Columns, Left, Measured, Table
from evenhand.catalog.importing.owid import header_of

CONCEPTS = "ddf--concepts.csv"
POINTS = "ddf--datapoints--"
PLACES = ("geo", "country", "global", "world_4region", "world_6region", "un_state")
LICENCE = "as the folder's README says"
CC = "CC BY 4.0 (as the folder's README says); the providers named have terms of their own"


def is_ddf(folder: Path) -> bool:
    """Is the folder one?"""
    return (folder / CONCEPTS).is_file() and any(folder.rglob(f"{POINTS}*.csv"))


def read_ddf(folder: Path, id_: str, *, within: str = "") -> Bundle:
    """A DDF folder's tables; datapoints by anything but a place and a year are left, and told."""
    concepts = {row["concept"]: row for row in _rows(folder / CONCEPTS)}
    licence = _licence(folder)
    tables, left, sources = [], [], {}
    for path in sorted(folder.rglob(f"{POINTS}*.csv")):
        file = within + path.relative_to(folder).as_posix()
        header = header_of(path)
        dimensions, measures = header[:2], header[2:]
        if len(measures) != 1 or dimensions[0] not in PLACES or dimensions[1] not in {"time", "year"}:
            left.append(Left(file, _count(path), "not by place and year alone"))
            continue
        concept = concepts.get(measures[0], {"concept": measures[0]})
        source = _source(concept, licence)
        sources[source.id] = source
        tables.append(Table(
            path, file, Columns(code=dimensions[0], year=dimensions[1]),
            (Measured(_measure(concept), column=measures[0], word=measures[0]),), source.id, scheme="gapminder",
        ))  # fmt: skip
    units = tuple(unit for path in sorted(folder.rglob("ddf--entities--geo*.csv")) for unit in _units(path))
    return Bundle(id_, folder.name, "ddf", str(folder), tuple(tables), tuple(sources.values()), units, left=tuple(left))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(file)]


def _count(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return max(0, sum(1 for _ in csv.reader(file)) - 1)


def _licence(folder: Path) -> str:
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""
    return CC if "creativecommons.org/licenses/by/4.0" in text else "not stated in the folder"


def _source(concept: Mapping[str, str], licence: str) -> Source:
    """Gapminder, with the provider that it names for the indicator: each indicator may have its own."""
    by = concept.get("source_long") or concept.get("source") or "provider not named"
    name = concept["concept"]
    return Source(
        f"gapminder-{name}".replace("_", "-"), f"Gapminder, Systema Globalis, indicator {name}. Provider as named there: {by}",
        "Gapminder", "compilation", licence, concept.get("source_url", ""),
    )  # fmt: skip


def _measure(concept: Mapping[str, str]) -> Measure:
    name = concept["concept"]
    told = concept.get("name") or name.replace("_", " ")
    return Measure(
        id=f"gapminder-{name}".replace("_", "-"), concept=name.replace("_", "-"), domain="other", name=f"{told} (Gapminder)",
        definition=concept.get("description_long") or concept.get("description", ""), unit=concept.get("format", ""),
        because="The source does not say which direction is better.", scale="interval",
        caveats="Present-day borders in all years. Gapminder fills gaps with estimates of its own, and does not mark them here.",
    )  # fmt: skip


def _units(path: Path) -> list[Unit]:
    """Entities by Gapminder's own codes, known to the catalogue by ISO code or by name where it knows them."""
    found = []
    for row in _rows(path):
        key = next((row[name] for name in (*PLACES, "geo") if row.get(name)), "")
        iso = row.get("iso3166_1_alpha3", "")
        if key and row.get("name"):
            region = row.get("is--country", "").casefold() != "true"
            found.append(
                Unit(
                    iso or f"gapminder-{key}", row["name"], "region" if region else "other", codes=(("gapminder", key),)
                )
            )
    return found
