"""A collection: a folder with ``measures.csv``, ``sources.csv``, ``units.csv`` and one table of figures for each measure.

It is also what ``evenhand data export`` writes, so that what one person took out another can take in.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from evenhand.catalog.entries import BETTER, Better, Measure, Scale, Source, Unit, UnitKind
from evenhand.catalog.importing.layout import Bundle, Columns, Left, Measured, Other, Table
from evenhand.catalog.own import slug
from evenhand.catalog.tables import listed
from evenhand.model import BadInputError

NEEDED = ("measures.csv", "measures")
KINDS: Mapping[str, UnitKind] = {"country": "state", "historical state": "historical-state", "region": "region"}
SCHEMES = {"iso3": "iso3", "iso_numeric": "iso-numeric", "cow": "cow", "gleditsch_ward": "gw"}
ENTRIES = {
    "leaders.csv": "leaders", "regimes.csv": "regimes", "famines.csv": "famines",
    "events/mass_killing_tmk.csv": "killings-by-year", "events/mass_killing_ewp.csv": "killings-listed",
    "events/genocide_politicide_pitf.csv": "killings-by-magnitude", "events/wars_interstate_participants.csv": "wars-between",
    "events/wars_extrastate_colonial.csv": "wars-abroad", "events/wars_intrastate_participants.csv": "wars-within",
}  # fmt: skip
DESCRIBING = ("measures.csv", "sources.csv", "units.csv")


def is_collection(folder: Path) -> bool:
    """Is the folder one?"""
    return all((folder / name).exists() for name in NEEDED)


def read_collection(folder: Path, id_: str) -> Bundle:
    """A collection's tables, as they are to be read; folders inside it are not looked into."""
    measures = {row["id"]: row for row in _rows(folder, "measures.csv", ("id", "name"))}
    sources = [_source(row) for row in _rows(folder, "sources.csv", ("id", "citation"))]
    units = [_unit(row) for row in _rows(folder, "units.csv", ("id", "name"))]
    tables = []
    for path in sorted((folder / "measures").glob("*.csv")):
        row = measures.get(path.stem)
        if row is None:
            raise BadInputError(
                f"measures.csv does not list {path.stem}", hint="give it a line there", where=f"measures/{path.name}"
            )
        tables.append(_table(path, row))
    gone = sorted(set(measures) - {table.path.stem for table in tables})
    left = [Left(f"measures/{id_}.csv", 0, "is listed in measures.csv, and there is no such file") for id_ in gone]
    others = _others(folder)
    read = {*DESCRIBING, *(other.file for other in others)}
    rest = [path for path in sorted(folder.glob("*.csv")) if path.name not in read]
    left += [
        Left(path.name, _count(path), "describes the other tables, and holds nothing that they do not") for path in rest
    ]
    title = folder.resolve().name
    return Bundle(
        id_, title, "collection", str(folder), tuple(tables), tuple(sources), tuple(units), tuple(others), tuple(left)
    )


def _rows(folder: Path, name: str, needed: tuple[str, ...]) -> list[dict[str, str]]:
    path = folder / name
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in needed if column not in (reader.fieldnames or ())]
            if missing:
                raise BadInputError(f"no column {', '.join(missing)}", where=f"{name}: row 1")
            return [{key: value or "" for key, value in row.items() if key} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInputError("cannot be read as CSV in UTF-8", hint=str(error), where=name) from error


def _table(path: Path, row: Mapping[str, str]) -> Table:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    has = {
        name: name if name in header else ""
        for name in ("unit", "code", "year", "value", "low", "high", "source", "flags")
    }
    measure = _measure(row)
    source = row.get("source", "").partition(";")[0] or "collection"
    return Table(
        path, f"measures/{path.name}", Columns(**has), (Measured(measure, word=""),), source,
        territory="today", scheme="iso3",
    )  # fmt: skip


def _measure(row: Mapping[str, str]) -> Measure:
    better = cast("Better", row.get("better", "neither"))
    low, high = (_number(row.get(f"plausible_{end}") or row.get(f"{end}imum", "")) for end in ("min", "max"))
    told = [
        f"{word}: {row[key]}."
        for key, word in (("interpolated", "Interpolated"), ("territory", "Territory"))
        if row.get(key)
    ]
    return Measure(
        id=row["id"], concept=row.get("concept") or row["id"], domain=row.get("domain") or "other", name=row["name"],
        definition=row.get("definition", ""), unit=row.get("unit_of_measure") or row.get("unit", ""),
        better=better if better in BETTER else "neither",
        because=row.get("because") or "As the collection says.",
        scale=_scale(row, low), minimum=low, maximum=high, caveats=" ".join([*told, row.get("caveats", "")]).strip(),
        spacing=row.get("spacing", ""), tolls=row.get("tolls", ""),
    )  # fmt: skip


def _scale(row: Mapping[str, str], low: float | None) -> Scale:
    if row.get("scale") in {"ratio", "interval", "count", "share"}:
        return cast("Scale", row["scale"])
    return "interval" if low is None or low < 0 else "ratio"


def _number(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None


def _source(row: Mapping[str, str]) -> Source:
    return Source(
        row["id"], row["citation"], row.get("publisher", ""), row.get("kind", ""), row.get("licence", ""),
        row.get("url", ""), row.get("retrieved", ""),
    )  # fmt: skip


def _unit(row: Mapping[str, str]) -> Unit:
    codes = tuple((scheme, row[column]) for column, scheme in SCHEMES.items() if row.get(column))
    kind = KINDS.get(row.get("kind", ""), "other")
    known = (
        cast("UnitKind", row["kind"]) if row.get("kind") in {"state", "colony", "historical-state", "leader"} else kind
    )
    return Unit(
        row["id"], row["name"], known, _year(row.get("start", "")), _year(row.get("end", "")),
        listed(row.get("predecessors") or row.get("predecessor")), listed(row.get("successors") or row.get("successor")),
        listed(row.get("part_of")), codes or tuple(_code(word) for word in listed(row.get("codes"))),
        listed(row.get("other_names")), row.get("region", ""),
    )  # fmt: skip


def _code(word: str) -> tuple[str, str]:
    scheme, _, code = word.partition("=")
    return scheme, code


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdigit() else None


def _others(folder: Path) -> list[Other]:
    found = [path for path in (folder / file for file in ENTRIES) if path.exists()]
    events = sorted((folder / "events").glob("*.csv")) if (folder / "events").is_dir() else []
    paths = list(dict.fromkeys([*found, *events]))
    files = [path.relative_to(folder).as_posix() for path in paths]
    return [Other(path, file, slug(path.stem), ENTRIES.get(file, "")) for path, file in zip(paths, files, strict=True)]


def _count(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return max(0, sum(1 for _ in csv.reader(file)) - 1)


def together(bundle: Bundle, inner: Iterable[Bundle]) -> Bundle:
    """A folder and what lies in folders inside it, as one import."""
    parts = [bundle, *inner]
    return replace(
        bundle,
        tables=tuple(table for part in parts for table in part.tables),
        sources=tuple({source.id: source for part in parts for source in part.sources}.values()),
        units=tuple(unit for part in parts for unit in part.units),
        others=tuple(other for part in parts for other in part.others),
        left=tuple(left for part in parts for left in part.left),
        notes=tuple(note for part in parts for note in part.notes),
    )
