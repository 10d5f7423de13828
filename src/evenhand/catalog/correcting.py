"""A correction of one figure of the built-in table, as a patch that a maintainer can read and apply."""

import csv
import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.entries import Measure, Source, Unit
from evenhand.model import BadInputError

FOLDER = "src/evenhand/catalog/reference"
COLUMNS = ("unit", "year", "value", "low", "high", "source", "flags")
CONTEXT = 3
TO_APPLY = (
    "git apply THIS-FILE in a clone of evenhand, then `evenhand data check`; after tools/compile_reference.py has written the "
    "table anew, apply it again"
)
TERMS = "terms not stated; single figures cited for research and criticism"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What somebody proposes. source: the id of a source that the table knows, or the citation of a new one."""

    value: float
    low: float | None
    high: float | None
    source: str
    why: str
    publisher: str = ""
    licence: str = TERMS
    url: str = ""


@dataclass(frozen=True, slots=True)
class FigureReport:
    """measure, unit: as a reader calls them. now: the row as it stands; proposed: as it would stand. patch: the file."""

    measure: str
    unit: str
    year: int
    now: str
    proposed: str
    source: str
    why: str
    name: str
    patch: str


def report_figure(
    catalog: Catalog, measure: str, unit: str, year: int, proposed: Proposed, *, of: str | None = None
) -> FigureReport:
    """The correction of one figure. of: the id of the source whose figure it is, where several give one for that year.

    Raises BadInputError where the built-in table has no such figure, where nothing would change, or where the proposed
    figure cannot be right for the measure.
    """
    measured, judged = catalog.measure(measure), catalog.unit(catalog.vocabulary().unit(unit, year) or unit)
    lines = _lines(catalog, measured)
    number = _row(lines, judged, measured, year, of)
    old = next(csv.reader([lines[number]]))
    _check(measured, proposed)
    source, added = _source(catalog, proposed)
    new = _new_row(old, proposed, source.id)
    if old[:6] == new[:6]:
        raise BadInputError("the table says exactly that already", hint="give another figure, or another source")
    diffs = [_diff(f"observations/{measured.id}.csv", lines, number, _joined(new))]
    if added:
        table = _read(catalog, "sources.csv")
        diffs.append(_diff("sources.csv", table, len(table), _joined(_source_row(source))))
    now, then = _shown(old), _shown(new)
    head = _head(catalog, (measured, judged, year), now, then, source, proposed)
    name = f"{measured.id}-{judged.id}-{year}.correction.patch"
    return FigureReport(
        measured.name, judged.name, year, now, then, source.citation, " ".join(proposed.why.split()), name,
        head + "".join(diffs),
    )  # fmt: skip


def _read(catalog: Catalog, name: str) -> list[str]:
    path = catalog.reference.folder / name
    return path.read_text(encoding="utf-8").splitlines()


def _lines(catalog: Catalog, measure: Measure) -> list[str]:
    if not catalog.reference.figures_path(measure.id).is_file():
        raise BadInputError(
            f"{measure.name} is not in the built-in table",
            hint="figures of your own are corrected in your own file; `evenhand data list` says where a measure comes from",
        )
    return _read(catalog, f"observations/{measure.id}.csv")


def _row(lines: Sequence[str], unit: Unit, measure: Measure, year: int, of: str | None) -> int:
    rows = [(n, next(csv.reader([line]))) for n, line in enumerate(lines) if line.startswith(f"{unit.id},")]
    there = [(n, row) for n, row in rows if row[1] == str(year)]
    if not there:
        years = sorted({int(row[1]) for _, row in rows}, key=lambda known: (abs(known - year), known))[:4]
        hint = (
            f"its nearest years are {', '.join(map(str, years))}" if years else "it has none for that unit in any year"
        )
        raise BadInputError(f"the built-in table has no figure of {measure.name} for {unit.name} in {year}", hint=hint)
    found = [n for n, row in there if of in {None, row[5]}]
    sources = ", ".join(row[5] for _, row in there)
    if not found:
        raise BadInputError(f"that figure does not come from {of!r}", hint=f"it comes from {sources}")
    if len(found) > 1:
        raise BadInputError("several sources give that figure", hint=f"say which with --of: {sources}")
    return found[0]


def _check(measure: Measure, proposed: Proposed) -> None:
    numbers = [n for n in (proposed.low, proposed.value, proposed.high) if n is not None]
    if (proposed.low is None) != (proposed.high is None):
        raise BadInputError("a range has two ends", hint="give --low and --high, or neither")
    if numbers != sorted(numbers):
        raise BadInputError(
            "the range does not hold the value", hint="give --low at or below, and --high at or above it"
        )
    for limit, wrong in ((measure.minimum, min), (measure.maximum, max)):
        if limit is not None and wrong([limit, *numbers]) != limit:
            raise BadInputError(
                f"{wrong(numbers):g} cannot be a figure of {measure.name}",
                hint=f"its limit is {limit:g} {measure.unit}",
            )
    if not proposed.why.strip() or not proposed.source.strip():
        raise BadInputError("a correction needs a source and a reason", hint="give --source and --why")


def _source(catalog: Catalog, proposed: Proposed) -> tuple[Source, bool]:
    """The source that was named, and whether it is new to the table."""
    known = {source.id: source for source in catalog.reference.tables().sources}
    cited = {" ".join(source.citation.split()): source for source in known.values()}
    text = " ".join(proposed.source.split())
    if text in known or text in cited:
        return known.get(text) or cited[text], False
    if " " not in text:
        raise BadInputError(
            f"there is no source {text!r}", hint="`evenhand data sources` lists those that are known; or cite in full"
        )
    year = re.search(r"\b(1[5-9]|20)\d\d\b", text)
    stem = re.sub(r"[^a-z0-9]+", "-", text.split(",")[0].split("(")[0].lower()).strip("-")[:24].strip("-") or "source"
    id_, n = f"{stem}-{year[0]}" if year else stem, 2
    while id_ in known:
        id_, n = f"{id_.rstrip('0123456789')}{n}", n + 1
    publisher, licence = " ".join(proposed.publisher.split()), " ".join(proposed.licence.split())
    return Source(id_, text, publisher or "not stated", "scholarly", licence, proposed.url.strip(), ""), True


def _source_row(source: Source) -> list[str]:
    return [source.id, source.citation, source.publisher, source.kind, source.licence, source.url, source.retrieved]


def _new_row(old: Sequence[str], proposed: Proposed, source: str) -> list[str]:
    flags = old[6] if source == old[5] else ""
    low, high = ("" if n is None else f"{n:.10g}" for n in (proposed.low, proposed.high))
    return [old[0], old[1], f"{proposed.value:.10g}", low, high, source, flags]


def _shown(row: Sequence[str]) -> str:
    ranged = f" ({row[3]} to {row[4]})" if row[3] and row[4] else ""
    flags = f", flags {row[6]}" if row[6] else ""
    return f"{row[2]}{ranged}, source {row[5]}{flags}"


def _joined(row: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue()


def _diff(name: str, lines: Sequence[str], at: int, new: str) -> str:
    """One line put in the place of another, or after the last."""
    first, last = max(0, at - CONTEXT), min(len(lines), at + CONTEXT + 1)
    taken = lines[at : at + 1]
    before, after = lines[first:at], lines[at + 1 : last]
    old_count, new_count = len(before) + len(taken) + len(after), len(before) + 1 + len(after)
    body = [
        *(f" {line}" for line in before),
        *(f"-{line}" for line in taken),
        f"+{new}",
        *(f" {line}" for line in after),
    ]
    path = f"{FOLDER}/{name}"
    head = [
        f"diff --git a/{path} b/{path}",
        f"--- a/{path}",
        f"+++ b/{path}",
        f"@@ -{first + 1},{old_count} +{first + 1},{new_count} @@",
    ]
    return "\n".join([*head, *body]) + "\n"


def _head(
    catalog: Catalog, which: tuple[Measure, Unit, int], now: str, then: str, source: Source, proposed: Proposed
) -> str:
    """What a maintainer reads first. Every line begins with a word of ours or a blank, so that none is taken for a patch."""
    measure, unit, year = which
    place = f"row {unit.id},{year} of observations/{measure.id}.csv"
    rows = (
        ("Figure", f"{measure.name} ({measure.unit}), {unit.name}, {year}: {place}"),
        ("Now", now), ("Proposed", then), ("Source", source.citation + (f" {source.url}" if source.url else "")),
        ("Why", proposed.why), ("Table", f"snapshot {catalog.sha256[:12]}"),
        ("To apply", TO_APPLY),
    )  # fmt: skip
    lines = ["Correction of a figure of evenhand's built-in table", ""]
    for name, text in rows:
        wrapped = textwrap.wrap(" ".join(text.split()), 100) or [""]
        lines += [f"{name + ':':<11}{wrapped[0]}", *(f"{'':<11}{line}" for line in wrapped[1:])]
    return "\n".join([*lines, "", ""])
