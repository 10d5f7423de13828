"""A first draft of a mapping file: what each column of a table seems to be, for the user to look over."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from evenhand.catalog.importing.cells import HEADING_YEAR
from evenhand.catalog.importing.detect import PARQUET
from evenhand.catalog.importing.layout import MISSING, Columns, Dialect, Table
from evenhand.catalog.importing.looks import looked_at
from evenhand.catalog.importing.records import MARKS, WORKBOOKS, delimiter_of, records_of, workbook_sheet
from evenhand.catalog.names import fold
from evenhand.catalog.own import Known, slug
from evenhand.model import BadInputError

LOOKED = 500
HEADS = 40
WORDS = {
    "unit": ("unit", "country", "country name", "entity", "state", "name", "region", "district", "school", "hospital", "location",
             "territory", "area", "nation", "geo", "ort", "land", "pays", "pais", "país"),
    "code": ("code", "country code", "iso3", "iso", "iso code", "iso3c", "countrycode", "geo code"),
    "year": ("year", "yr", "time", "date", "period", "jahr", "annee", "année", "ano", "año"),
    "value": ("value", "val", "figure", "amount", "rate", "wert", "valeur", "valor", "obs value"),
    "measure": ("measure", "indicator", "indicator name", "variable", "series", "series name", "item"),
    "low": ("low", "lower", "lower bound", "min", "ci low"),
    "high": ("high", "upper", "upper bound", "max", "ci high"),
    "source": ("source", "quelle", "reference"),
}  # fmt: skip
NUMBER = re.compile(r"[-+−]?\d+([.,]\d+)?|[-+−]?\d{1,3}([,. ]\d{3})+([.,]\d+)?")
YEAR = re.compile(r"-?\d{3,4}(\.0+)?")
SPAN = re.compile(r"\d{4} ?[-–/] ?\d{2,4}")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was seen of a table, and what its columns seem to be."""

    file: str
    dialect: Dialect
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Columns
    figures: tuple[str, ...]
    years: tuple[str, ...]
    notes: tuple[str, ...]


def guess(path: Path, known: Known) -> str:
    """A mapping file for a table, as YAML with remarks on what was seen. Raises ``BadInputError`` where it is no table.

    Nothing is imported: the user looks it over first.
    """
    if not path.is_file():
        message = "this is a folder" if path.is_dir() else "there is no such file"
        raise BadInputError(message, hint="give one table: CSV, Excel or Parquet", where=str(path))
    draft = _look(path, known)
    return _written(draft, known)


def _look(path: Path, known: Known) -> Draft:
    dialect = _dialect(path)
    records = _parquet_head(path) if path.suffix.casefold() in PARQUET else None
    table = Table(path, path.name, Columns(), (), "", replace(dialect, footer=0), records=records)
    header, rows = _head(table)
    columns = _columns(header, rows, known)
    taken = {getattr(columns, name) for name in Columns.__slots__} - {""}
    years = tuple(
        name for name in header if HEADING_YEAR.fullmatch(re.sub(r"[\sxXYR\[\]]", "", name)[:4]) and name not in taken
    )
    numeric = [
        name for name in header if name not in taken and name not in years and _is_numeric(_cells(header, rows, name))
    ]
    wide = len(years) >= 2 and not columns.year
    figures = () if wide or columns.value else tuple(numeric)
    decimal, thousands = _marks(header, rows, [*figures, *years, columns.value])
    footer = _footer(path, table, columns, header)
    dialect = replace(dialect, decimal=decimal, thousands=thousands, footer=footer)
    return Draft(path.name, dialect, header, rows, columns, figures, years if wide else (), ())


def _dialect(path: Path) -> Dialect:
    if path.suffix.casefold() in WORKBOOKS:
        sheet = workbook_sheet(path, path.name, "")
        rows = [sum(cell is not None for cell in row) for row in sheet.iter_rows(max_row=HEADS, values_only=True)]
        return Dialect(header=_first_full(rows), sheet=str(sheet.title))
    if path.suffix.casefold() in PARQUET:
        return Dialect()
    encoding = "utf-8"
    try:
        look = looked_at(path, path.name)
    except BadInputError:
        encoding = "cp1252"
        look = looked_at(path, path.name, encoding)
    lines = look.head.splitlines()[:HEADS]
    mark = Counter(delimiter_of(line) for line in lines if any(m in line for m in MARKS)).most_common(1)
    delimiter = mark[0][0] if mark else ","
    return Dialect(
        delimiter=delimiter, encoding=encoding, header=_first_full([_filled(line, delimiter) for line in lines])
    )


def _parquet_head(path: Path) -> tuple[tuple[str, ...], ...]:
    """The names of the columns and the first rows, as text."""
    import duckdb  # noqa: PLC0415

    try:
        found = duckdb.execute(f"SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?) LIMIT {LOOKED}", [str(path)])  # noqa: S608
        names = tuple(str(column[0]) for column in found.description or ())
        rows = found.fetchall()
    except duckdb.Error as error:
        raise BadInputError("is no Parquet file", hint=str(error).splitlines()[0], where=path.name) from error
    return (names, *(tuple("" if cell is None else cell for cell in row) for row in rows))


def _filled(line: str, mark: str) -> int:
    """How many cells of a line hold something?"""
    return sum(bool(cell.strip()) for row in csv.reader([line], delimiter=mark) for cell in row)


def _first_full(widths: Sequence[int]) -> int:
    """The first row that is as wide as most: above it stand titles."""
    usual = Counter(width for width in widths if width > 1).most_common(1)
    return next((i for i, width in enumerate(widths, start=1) if usual and width >= usual[0][0]), 1)


def _head(table: Table) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    records = records_of(table)
    rows = []
    try:
        for _, cells in islice(records.rows, LOOKED):
            rows.append(cells)
    except BadInputError:
        if not rows:
            raise
    return records.header, tuple(rows)


def _cells(header: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> list[str]:
    at = header.index(name)
    return [row[at].strip() for row in rows if row[at].strip() not in MISSING]


def _is_numeric(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(bool(NUMBER.fullmatch(cell)) for cell in cells) >= 0.8 * len(cells)


def _columns(header: tuple[str, ...], rows: Sequence[Sequence[str]], known: Known) -> Columns:
    """By their headings; where these say nothing, by what stands below them."""
    found: dict[str, str] = {}
    for role, words in WORDS.items():
        for word in words:
            name = next((one for one in header if fold(one) == fold(word) and one not in found.values()), None)
            if name and role not in found:
                found[role] = name
    free = [name for name in header if name and name not in found.values()]
    if "year" not in found:
        year = next(
            (
                name
                for name in free
                if (c := _cells(header, rows, name)) and all(YEAR.fullmatch(x) or SPAN.fullmatch(x) for x in c)
            ),
            "",
        )
        found |= {"year": year} if year else {}
    if "unit" not in found:
        texts = [
            name
            for name in free
            if name != found.get("year") and (c := _cells(header, rows, name)) and not _is_numeric(c)
        ]
        best = max(texts, key=lambda name: _known_share(_cells(header, rows, name), known), default="")
        found |= {"unit": best} if best else {}
    return Columns(**found)


def _known_share(cells: Sequence[str], known: Known) -> float:
    words = set(cells)
    return sum(bool(known.names.units_named(word)) for word in words) / max(1, len(words))


def _marks(header: tuple[str, ...], rows: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[str, str]:
    """Decimal and thousands marks, as the figures show them."""
    cells = [cell for name in names if name in header for cell in _cells(header, rows, name)]
    comma = [cell for cell in cells if re.fullmatch(r"[-+−]?\d+,\d+", cell)]
    points = [cell for cell in cells if re.fullmatch(r"[-+−]?\d+\.\d+", cell)]
    if comma and not points and not all(re.fullmatch(r"[-+−]?\d{1,3},\d{3}", cell) for cell in comma):
        both = any(re.fullmatch(r"[-+−]?\d{1,3}(\.\d{3})+,\d+", cell) for cell in cells)
        return ",", "." if both else ""
    grouped = any(re.fullmatch(r"[-+−]?\d{1,3}(,\d{3})+(\.\d+)?", cell) for cell in cells)
    return ".", "," if grouped else ""


def _footer(path: Path, table: Table, columns: Columns, header: tuple[str, ...]) -> int:
    """How many rows at the end have fewer cells than the header, or a unit and nothing else?"""
    if path.suffix.casefold() in (*WORKBOOKS, *PARQUET):
        return 0
    encoding = "utf-8-sig" if table.dialect.encoding == "utf-8" else table.dialect.encoding
    last: list[list[str]] = []
    with path.open(encoding=encoding, newline="") as file:
        for row in csv.reader(file, delimiter=table.dialect.delimiter or ","):
            if any(cell.strip() for cell in row):
                last = [*last[-20:], row]
    footer = 0
    for row in reversed(last):
        if len(row) == len(header) and (not columns.year or row[header.index(columns.year)].strip()):
            break
        footer += 1
    return footer if footer < len(last) else 0


def _quoted(word: str) -> str:
    plain = (
        re.fullmatch(r"[A-Za-z][\w .()/%’'-]*", word)
        and word.strip() == word
        and word.casefold() not in {"yes", "no", "true", "false", "null"}
    )
    return word if plain else '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def _written(draft: Draft, known: Known) -> str:
    stem = Path(draft.file).stem
    lines = [
        "# A draft: look every line over, then `evenhand data import` this file.",
        "version: 1",
        f"file: {_quoted(draft.file)}",
        f"id: {slug(stem)}",
        "source:",
        '  citation: ""            # who says so, and where a reader can look it up; needed',
        '  publisher: ""',
        '  licence: ""',
        '  url: ""',
        *_dialect_lines(draft.dialect),
        "columns:",
        *(
            f"  {name}: {_quoted(getattr(draft.columns, name))}"
            for name in Columns.__slots__
            if getattr(draft.columns, name)
        ),
    ]
    lines += _missing_columns(draft)
    lines += _measure_lines(draft, stem)
    if draft.years:
        lines.append(f"years: [{', '.join(_quoted(year) for year in draft.years)}]")
    lines += _choice_lines(draft, known)
    return "\n".join(lines) + "\n"


def _dialect_lines(dialect: Dialect) -> list[str]:
    plain = Dialect()
    names = ("delimiter", "decimal", "thousands", "encoding", "header", "footer", "sheet")
    lines = []
    for name in names:
        value = getattr(dialect, name)
        if value != getattr(plain, name) and not (name == "delimiter" and value == ","):
            plain_word = isinstance(value, int) or name in {"encoding", "sheet"}
            lines.append(f"{name}: {value if plain_word else _mark(value)}")
    return lines


def _mark(value: str) -> str:
    return '"\\t"' if value == "\t" else f'"{value}"'


def _missing_columns(draft: Draft) -> list[str]:
    wanted = [] if draft.columns.unit or draft.columns.code else ["unit"]
    wanted += [] if draft.columns.year or draft.years else ["year"]
    wanted += [] if draft.columns.value or draft.years or draft.figures else ["value"]
    told = ", ".join(_quoted(name) for name in draft.header[:12])
    return [f"  # {name}: not found; the columns are {told}" for name in wanted]


def _measure_lines(draft: Draft, stem: str) -> list[str]:
    def about(id_: str, name: str, indent: str) -> list[str]:
        return [
            f"{indent}id: {slug(id_)}        # or `same_as: life-expectancy`, where it is a measure of the catalogue",
            f"{indent}name: {_quoted(name)}",
            f'{indent}unit: ""              # years, % of people, per 1,000 births',
            f"{indent}better: neither       # or higher, lower; then say because: ...",
            f"{indent}scale: interval       # ratio where zero means none; count; share",
        ]

    if draft.figures:
        lines = ["measures:"]
        for name in draft.figures:
            first, *rest = about(name, name, "  ")
            lines += [f"- column: {_quoted(name)}", first, *rest]
        return lines
    if draft.columns.measure:
        words = list(dict.fromkeys(_cells(draft.header, draft.rows, draft.columns.measure)))[:50]
        lines = ["measures:"]
        for word in words:
            first, *rest = about(word, word, "  ")
            lines += [f"- word: {_quoted(word)}", first, *rest]
        return lines
    return ["measure:", *about(stem, stem.replace("_", " ").replace("-", " "), "  ")]


def _choice_lines(draft: Draft, known: Known) -> list[str]:
    lines = ["territory: as-it-was     # or today: names stand for today's territory in every year"]
    if draft.columns.year and any(
        SPAN.fullmatch(cell) for cell in _cells(draft.header, draft.rows, draft.columns.year)
    ):
        lines.append("period: refuse           # some years are spans: take their first or last year?")
    column = draft.columns.unit or draft.columns.code
    names = list(dict.fromkeys(_cells(draft.header, draft.rows, column))) if column else []
    unknown = [name for name in names if not known.names.units_named(name)]
    if unknown and len(unknown) == len(names):
        lines.append("new_units: true          # none of the names is known: they are taken as new units")
    elif unknown:
        lines.append(
            "units:                   # names that are not known: say whom they mean, or put them under leave_out"
        )
        for name in unknown[:30]:
            close = known.names.closest(name, kind="unit")
            lines.append(f"  # {_quoted(name)}: {close[0] if close else ''}")
    return lines
