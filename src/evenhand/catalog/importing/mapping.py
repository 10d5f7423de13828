"""Mapping files: which column of somebody's table is what, said by the user in YAML and checked whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from evenhand.catalog.declare import measure_from
from evenhand.catalog.entries import Measure, Source
from evenhand.catalog.importing.layout import (
    DUPLICATES,
    MISSING,
    PERIODS,
    TERRITORIES,
    Bundle,
    Columns,
    Dialect,
    Measured,
    Table,
)
from evenhand.catalog.own import slug
from evenhand.model import BadInputError, Problem, closest_words

TOP = {
    "version": int, "file": str, "id": str, "title": str, "source": dict, "columns": dict, "measure": dict, "measures": list,
    "years": list, "units": dict, "leave_out": list, "unknown": str, "new_units": bool, "territory": str, "codes": str,
    "period": str,
    "duplicates": str, "delimiter": str, "decimal": str, "thousands": str, "encoding": str, "header": int, "footer": int,
    "sheet": str, "missing": list,
}  # fmt: skip
SOURCE = ("id", "citation", "publisher", "kind", "licence", "url", "retrieved")
PLACES = ("column", "low", "high", "word", "same_as")
WORDS: Mapping[str, Sequence[str]] = {
    "territory": TERRITORIES, "period": PERIODS, "duplicates": DUPLICATES, "unknown": ("refuse", "leave-out"),
    "codes": ("iso3", "iso2", "iso-numeric", "iso3166-3", "cow", "gw"),
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """A mapping file on its way. at: line and column of each key."""

    file: str
    data: Any
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, message: str, hint: str = "", *, at: tuple[int, int] | None = None) -> None:
        """Note a problem, where it stands."""
        where = f"{self.file}:{at[0] + 1}:{at[1] + 1}" if at else self.file
        self.problems.append(Problem(where, message, hint))


def read_mapping(path: Path, id_: str, *, measure_of: Callable[[str], Measure] | None = None) -> Bundle:
    """The bundle that a mapping file describes; raises ``BadInputError`` with every problem of the file at once.

    measure_of: gives the catalogue's measure of a name, for ``same_as``.
    """
    reading = Reading(path.name, _loaded(path))
    data = reading.data
    if not isinstance(data, dict):
        raise BadInputError(
            "is no mapping file", hint="`evenhand data import FILE --guess` drafts one", where=path.name
        )
    _check_keys(reading)
    table_path = path.parent / str(data.get("file", ""))
    if not data.get("file"):
        reading.wrong("names no file", "file: the table, beside this file")
    elif not table_path.is_file():
        near = closest_words(table_path.name, [one.name for one in path.parent.iterdir()])
        reading.wrong(
            f"the file ‘{data['file']}’ is not there",
            f"closest: {', '.join(near)}" if near else "",
            at=_at(data, "file"),
        )
    ident = slug(str(data.get("id") or id_))
    source = _source(reading, ident)
    measured = _measured(reading, ident, measure_of)
    columns = _columns(reading)
    if reading.problems:
        raise BadInputError.of(reading.problems)
    table = Table(
        table_path, table_path.name, columns, tuple(measured), source.id, _dialect(data),
        wide=tuple(str(year) for year in data.get("years") or ()), scheme=str(data.get("codes") or "iso3"),
        territory=data.get("territory") or "as-it-was", period=data.get("period") or "refuse",
        duplicates=data.get("duplicates") or "refuse", names={str(k): str(v) for k, v in (data.get("units") or {}).items()},
        new_units=bool(data.get("new_units")), leave_out=tuple(str(one) for one in data.get("leave_out") or ()),
        strict=data.get("unknown") != "leave-out",
    )  # fmt: skip
    return Bundle(ident, str(data.get("title") or ident), "mapping", str(path), (table,), (source,))


def _loaded(path: Path) -> Any:
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path.name}:{mark.line + 1}:{mark.column + 1}" if mark else path.name
        raise BadInputError("is no YAML", hint=str(error.problem), where=where) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError("cannot be read", hint=str(error), where=path.name) from error


def _at(data: Any, key: str) -> tuple[int, int] | None:
    try:
        line, column = data.lc.key(key)
    except (AttributeError, KeyError):
        return None
    return line, column


def _check_keys(reading: Reading) -> None:
    for key, value in reading.data.items():
        at = _at(reading.data, key)
        if key not in TOP:
            close = closest_words(str(key), TOP) or list(TOP)
            reading.wrong(f"there is no key ‘{key}’", f"closest: {', '.join(close)}", at=at)
        elif value is not None and not isinstance(value, TOP[key]):
            reading.wrong(f"{key} must be {NAMES[TOP[key]]}", at=at)
        elif value is not None and key in WORDS and value not in WORDS[key]:
            reading.wrong(f"{key} cannot be ‘{value}’", f"one of {', '.join(WORDS[key])}", at=at)
    if reading.data.get("version", 1) != 1:
        reading.wrong("is of a version that is not known", "version: 1", at=_at(reading.data, "version"))


NAMES = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a mapping"}


def _source(reading: Reading, ident: str) -> Source:
    given = reading.data.get("source")
    given = given if isinstance(given, dict) else {}
    for key in given:
        if key not in SOURCE:
            reading.wrong(f"a source has no ‘{key}’", f"one of {', '.join(SOURCE)}", at=_at(given, key))
    words = {key: str(value) for key, value in given.items() if key in SOURCE and value is not None}
    if not words.get("citation"):
        reading.wrong("the source has no citation", "source: {citation: who says so, and where a reader can look it up}",
                      at=_at(reading.data, "source"))  # fmt: skip
    return Source(**{"id": ident, "citation": "", **words})


def _columns(reading: Reading) -> Columns:
    given = reading.data.get("columns")
    given = given if isinstance(given, dict) else {}
    for key in given:
        if key not in Columns.__slots__:
            close = closest_words(str(key), Columns.__slots__) or list(Columns.__slots__)
            reading.wrong(f"there is no column for ‘{key}’", f"closest: {', '.join(close)}", at=_at(given, key))
    at = _at(reading.data, "columns")
    if not (given.get("unit") or given.get("code")):
        reading.wrong("no column holds the units", "columns: {unit: ...}", at=at)
    wide = bool(reading.data.get("years"))
    if not wide and not given.get("year"):
        reading.wrong(
            "no column holds the years", "columns: {year: ...}; or years: [...] where each year has a column", at=at
        )
    own = [one for one in reading.data.get("measures") or () if isinstance(one, dict) and one.get("column")]
    if not wide and not given.get("value") and not own:
        reading.wrong(
            "no column holds the figures", "columns: {value: ...}, or `column` under each of the measures", at=at
        )
    return Columns(
        **{key: str(value) for key, value in given.items() if key in Columns.__slots__ and value is not None}
    )


def _measured(reading: Reading, ident: str, measure_of: Callable[[str], Measure] | None) -> list[Measured]:
    one = reading.data.get("measure")
    many = reading.data.get("measures")
    given = (
        [one]
        if isinstance(one, dict)
        else [m for m in many or () if isinstance(m, dict)]
        if isinstance(many, list)
        else []
    )
    found = []
    for declared in given:
        places = {key: str(declared[key]) for key in PLACES if declared.get(key) is not None}
        plain = {key: value for key, value in declared.items() if key not in PLACES}
        same = places.pop("same_as", "")
        try:
            if same and measure_of is not None:
                measure = measure_of(same)
            else:
                measure = measure_from({"id": plain.get("id") or ident, **plain}, where=reading.file)
        except BadInputError as error:
            at = _at(declared, "same_as") if same else None
            for problem in error.problems:
                reading.wrong(problem.message, problem.hint, at=at)
            continue
        word = places.pop("word", "") or places.get("column", "")
        found.append(Measured(measure, word=word, **places))
    has_words = isinstance(reading.data.get("columns"), dict) and reading.data["columns"].get("measure")
    if not found and not has_words and not reading.problems:
        reading.wrong("no measure is declared", "measure: {id: ..., name: ..., unit: ...}")
    return found


def _dialect(data: Mapping[str, Any]) -> Dialect:
    missing = tuple(str(word) for word in data["missing"]) if data.get("missing") else MISSING
    return Dialect(
        delimiter=str(data.get("delimiter") or ""), decimal=str(data.get("decimal") or "."),
        thousands=str(data.get("thousands") or ""), encoding=str(data.get("encoding") or "utf-8"),
        header=int(data.get("header") or 1), footer=int(data.get("footer") or 0), sheet=str(data.get("sheet") or ""),
        missing=missing,
    )  # fmt: skip
