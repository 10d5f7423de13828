"""Figures of your own: a long CSV (unit, year, value; low, high, source, measure, flags) read and checked whole."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from evenhand.catalog.entries import Code, Measure, Observation, Source, Unit
from evenhand.catalog.names import Names, fold
from evenhand.model import BadInputError, Problem

NEEDED = ("unit", "year", "value")
ALLOWED = (*NEEDED, "low", "high", "source", "measure", "flags")
YEARS = (-3000, 2200)


@dataclass(frozen=True, slots=True)
class OwnData:
    """Figures that the user gave, checked. digest: SHA-256 of the file. warnings: what a reader should know of them."""

    id: str
    file: str
    digest: str
    rows: tuple[Observation, ...]
    measures: tuple[Measure, ...] = ()
    units: tuple[Unit, ...] = ()
    sources: tuple[Source, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the figures may name: the catalogue's names, units, measures, sources, and the units' codes of other schemes."""

    names: Names
    units: dict[str, Unit]
    measures: dict[str, Measure]
    sources: dict[str, Source]
    codes: tuple[Code, ...] = ()


@dataclass(slots=True)
class Reading:
    """One file on its way: what was found so far."""

    file: str
    known: Known
    default_measure: str
    default_source: str
    new_units: bool
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rows: list[Observation] = field(default_factory=list)
    added: dict[str, Unit] = field(default_factory=dict)
    unknown: dict[str, list[int]] = field(default_factory=dict)
    asked_in: dict[str, int] = field(default_factory=dict)
    seen: dict[tuple[str, int, str, str], int] = field(default_factory=dict)

    def wrong(self, message: str, hint: str = "", *, row: int | None = None, column: str = "") -> None:
        """Note a problem; row 1 is the header."""
        where = [self.file] if row is None else [f"{self.file}: row {row}"]
        told = Problem(", ".join([*where, f"column {column}"] if column else where), message, hint)
        self.problems.append((row or 0, told))


def slug(name: str) -> str:
    """An id made of a name: "St Mary's Hospital" gives st-marys-hospital."""
    return fold(name).replace(" ", "-") or "unnamed"


def read_table(
    path: Path,
    known: Known,
    *,
    measures: Sequence[Measure] = (),
    source: str | None = None,
    sources: Sequence[Source] = (),
    new_units: bool = False,
    name: str = "",
) -> OwnData:
    """The figures of a CSV; raises ``BadInputError`` with every problem of the file at once.

    measures: declarations; one alone is the measure of all rows without a ``measure`` cell, else the file's name is.
    source: of all rows without a ``source`` cell. sources: those that the rows may name, in full. new_units: take units
    that the catalogue does not know. name: what the file is called, where that is not its name on disk.
    """
    content = _content(path)
    file = name or path.name
    stem = Path(file).stem
    reading = Reading(
        file=file,
        known=known,
        default_measure=measures[0].id if len(measures) == 1 else known.names.measure(stem) or slug(stem),
        default_source=source or slug(stem),
        new_units=new_units,
    )
    _read_rows(_decoded(content, reading), reading)
    declared = _measures(measures, reading)
    _check_limits(declared, reading)
    if reading.problems:
        raise BadInputError.of([problem for _, problem in sorted(reading.problems, key=lambda found: found[0])])
    return OwnData(
        id=slug(stem),
        file=file,
        digest=hashlib.sha256(content).hexdigest(),
        rows=tuple(reading.rows),
        measures=tuple(m for m in declared.values() if m.id not in known.measures),
        units=tuple(reading.added.values()),
        sources=_sources(sources, reading),
        warnings=tuple(reading.warnings),
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadInputError("there is no such file", where=str(path)) from error
    except OSError as error:
        raise BadInputError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _decoded(content: bytes, reading: Reading) -> str:
    for mark in (b"\xff\xfe", b"\xfe\xff"):
        if content.startswith(mark):
            raise BadInputError("is in UTF-16", hint="save it as CSV in UTF-8", where=reading.file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInputError(
            f"line {line} is not in UTF-8", hint="save it as CSV in UTF-8", where=reading.file
        ) from error


def _delimiter(header: str) -> str:
    return max(",;\t", key=lambda mark: (header.count(mark), -",;\t".index(mark)))


def _read_rows(text: str, reading: Reading) -> None:
    if not text.strip():
        raise BadInputError("is empty", hint=f"expected a header with {', '.join(NEEDED)}", where=reading.file)
    delimiter = _delimiter(text.splitlines()[0])
    if delimiter != ",":
        reading.warnings.append(
            f"{reading.file}: read with {'tabs' if delimiter == chr(9) else 'semicolons'} between columns"
        )
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [name.strip().casefold() for name in next(records)]
    if not _header_fits(header, reading):
        return
    for row, record in enumerate(records, start=2):
        if any(cell.strip() for cell in record):
            _read_record(row, record, header, reading)
    if not reading.rows and not reading.problems and not reading.unknown:
        reading.wrong("holds no figures")
    _tell_unknown(reading)


def _header_fits(header: list[str], reading: Reading) -> bool:
    missing = [name for name in NEEDED if name not in header]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if missing:
        reading.wrong(
            f"no column {', '.join(missing)}",
            f"the header is {', '.join(header)}; needed are {', '.join(NEEDED)}",
            row=1,
        )
    if twice:
        reading.wrong(f"column {', '.join(twice)} stands twice", row=1)
    extra = [name for name in header if name and name not in ALLOWED]
    if extra:
        reading.warnings.append(f"{reading.file}: column {', '.join(extra)} is not read; read are {', '.join(ALLOWED)}")
    return not missing and not twice


def _read_record(row: int, record: list[str], header: list[str], reading: Reading) -> None:
    if len(record) != len(header):
        reading.wrong(f"{len(record)} cells under {len(header)} columns", "quote text that holds a comma", row=row)
        return
    cells = {name: cell.strip() for name, cell in zip(header, record, strict=True)}
    year = _year(row, cells["year"], reading)
    numbers = {name: _number(row, name, cells.get(name, ""), reading) for name in ("value", "low", "high")}
    unit = _unit(row, cells["unit"], year, reading)
    _check_order(row, numbers, reading)
    value = numbers["value"]
    if unit is None or year is None or value is None:
        return
    measure = cells.get("measure") or reading.default_measure
    measure = reading.known.names.measure(measure) or measure
    source = cells.get("source") or reading.default_source
    flags = tuple(word.strip() for word in cells.get("flags", "").split(";") if word.strip())
    before = reading.seen.setdefault((unit, year, measure, source), row)
    if before != row:
        reading.wrong(f"{cells['unit']} in {year} stands in row {before} already", row=row)
        return
    _check_life(row, unit, year, reading)
    reading.rows.append(Observation(unit, year, year, measure, value, numbers["low"], numbers["high"], source, flags))


def _check_life(row: int, id_: str, year: int, reading: Reading) -> None:
    """A state that was gone has no figure; of one that was yet to come it can only be that of its land, which is said."""
    unit = reading.known.units.get(id_)
    if unit is None or unit.lived(year, year):
        return
    early = unit.start is not None and year < unit.start
    said = f"{unit.name} {'began' if early else 'ended'} in {unit.start if early else unit.end}"
    if unit.end is not None:
        reading.wrong(said, f"name the state of {year}, or leave the row out", row=row, column="unit")
        return
    if not any(said in warning for warning in reading.warnings):
        reading.warnings.append(
            f"{reading.file}: row {row}, column year: {said}; figures from before are taken as those of its present land, "
            "and used only where borders of today are asked for"
        )


def _year(row: int, cell: str, reading: Reading) -> int | None:
    if re.fullmatch(r"-?\d{1,4}", cell) and YEARS[0] <= int(cell) <= YEARS[1]:
        return int(cell)
    hint = f"a whole number from {YEARS[0]} to {YEARS[1]}"
    reading.wrong(f"‘{cell}’ is not a year" if cell else "no year", hint, row=row, column="year")
    return None


def _number(row: int, column: str, cell: str, reading: Reading) -> float | None:
    if not cell:
        return None
    if re.fullmatch(r"[-+−]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", cell):
        return float(cell.replace("−", "-"))
    hint = "leave it empty where there is no figure"
    if re.fullmatch(r"[-+−]?\d{1,3}(,\d{3})+(\.\d+)?", cell):
        hint = f"write it without separators: {cell.replace(',', '')}"
    elif re.fullmatch(r"[-+−]?\d+,\d+", cell):
        hint = f"write it with a point: {cell.replace(',', '.')}"
    reading.wrong(f"‘{cell}’ is not a number", hint, row=row, column=column)
    return None


def _check_order(row: int, numbers: dict[str, float | None], reading: Reading) -> None:
    given = [(name, numbers[name]) for name in ("low", "value", "high") if numbers[name] is not None]
    for (name, below), (other, above) in pairwise(given):
        if below is not None and above is not None and below > above:
            reading.wrong(f"{name} ({below:g}) is above {other} ({above:g})", row=row, column=name)


def _unit(row: int, name: str, year: int | None, reading: Reading) -> str | None:
    if not name:
        reading.wrong("no unit", row=row, column="unit")
        return None
    found = reading.known.names.units_named(name, year)
    if len(found) == 1:
        return found[0]
    if not found and reading.new_units:
        return _new_unit(name, reading).id
    reading.unknown.setdefault(name, []).append(row)
    if year is not None:
        reading.asked_in.setdefault(name, year)
    return None


def _new_unit(name: str, reading: Reading) -> Unit:
    folded = fold(name)
    if folded not in reading.added:
        taken = {unit.id for unit in reading.added.values()} | set(reading.known.units)
        id_ = slug(name)
        while id_ in taken:
            id_ += "-own"
        reading.added[folded] = Unit(id_, name)
    return reading.added[folded]


def _tell_unknown(reading: Reading) -> None:
    for name, rows in reading.unknown.items():
        shared = reading.known.names.question(name, reading.asked_in.get(name))
        close = reading.known.names.closest(name, kind="unit")
        if shared:
            reading.wrong(
                f"‘{name}’ is the name of several units", f"say which: {', '.join(shared)}", row=rows[0], column="unit"
            )
            continue
        more = f" (in {len(rows)} rows)" if len(rows) > 1 else ""
        hint = f"closest: {', '.join(close)}; " if close else ""
        hint += "to take it as a new unit: --new-units on the command line, new_units: true in a casefile"
        reading.wrong(f"no unit is called ‘{name}’{more}", hint, row=rows[0], column="unit")


def _measures(given: Iterable[Measure], reading: Reading) -> dict[str, Measure]:
    declared = {measure.id: measure for measure in given}
    for id_ in dict.fromkeys(row.measure for row in reading.rows):
        if id_ in reading.known.measures:
            if declared.get(id_, reading.known.measures[id_]) != reading.known.measures[id_]:
                reading.warnings.append(f"{reading.file}: {id_} is the catalogue's measure; what it says of it holds")
            declared[id_] = reading.known.measures[id_]
        elif id_ not in declared:
            measure = undeclared(id_, [row.value for row in reading.rows if row.measure == id_])
            declared[id_] = measure
            reading.warnings.append(
                f"{reading.file}: the measure {id_} is not declared; scale taken as {measure.scale}, better as neither"
            )
    return declared


def undeclared(id_: str, values: Sequence[float]) -> Measure:
    """What can be said of a measure of which only the figures are known."""
    return Measure(
        id=id_,
        concept=id_,
        domain="other",
        name=id_.replace("-", " ").replace("_", " "),
        because="the measure was not declared",
        scale="ratio" if all(value > 0 for value in values) else "interval",
    )


def _check_limits(declared: dict[str, Measure], reading: Reading) -> None:
    row_of = reading.seen
    for row in reading.rows:
        measure = declared[row.measure]
        below = measure.minimum is not None and row.value < measure.minimum
        above = measure.maximum is not None and row.value > measure.maximum
        if below or above:
            number = row_of[row.unit, row.start, row.measure, row.source]
            low, high = ("any" if end is None else f"{end:g}" for end in (measure.minimum, measure.maximum))
            limits = f"{measure.name} goes from {low} to {high}"
            reading.wrong(f"{row.value:g} is outside the measure's limits", limits, row=number, column="value")


def _sources(given: Iterable[Source], reading: Reading) -> tuple[Source, ...]:
    """Sources that the catalogue does not list: those given in full, and any other word in the column."""
    known = {source.id: source for source in given}
    for id_ in dict.fromkeys(row.source for row in reading.rows):
        if id_ not in known and id_ not in reading.known.sources:
            citation = f"Figures of your own, {reading.file}" if id_ == reading.default_source else id_
            known[id_] = Source(id_, citation, kind="own figures")
    return tuple(source for id_, source in known.items() if id_ not in reading.known.sources)
