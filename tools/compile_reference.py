"""How does the built-in reference table come out of a folder of long series?

    python tools/compile_reference.py SERIES [--reference FOLDER] [--check]

SERIES is a folder with one CSV per series: ``unit,code,year,value[,low,high],source`` with ISO-like codes. The other
tables are edited by hand and read from the reference folder: ``series.csv`` says which series makes which measure, how
it is rounded, which source it is credited to and which rows belong to another unit; ``units.csv``, ``events.csv``,
``measures.csv``, ``sources.csv``, ``groups.csv``, ``memberships.csv`` and ``named_units.csv`` are as its README says.

Without an option it writes ``observations/MEASURE.csv`` anew. ``--check`` writes nothing: it lists what the rule of
selection demands and the table lacks, and every inconsistency, and exits 1 if there are any.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, str]
FIELDS = ["unit", "year", "value", "low", "high", "source", "flags"]
FLAGS = {"modelled", "interpolated-by-source", "state-as-it-was", "present-territory", "estimate"}
DOMAINS = {"health", "wealth", "equality", "freedom", "security", "knowledge", "context"}
FIRST_YEAR, STEP, MARGIN = 1900, 5, 2
CENSUS_YEARS, MANY_PEOPLE, MANY_DEATHS = ("1950", "1980"), 10_000_000, 100_000
# Being ruled by others is a circumstance of many units; it does not bring one into the table.
GROUPS_OF_CIRCUMSTANCE = {"under-foreign-rule"}
HOME = Path(__file__).resolve().parents[1] / "src" / "evenhand" / "catalog" / "reference"


@dataclass(frozen=True, slots=True)
class Recipe:
    """One row of ``series.csv``, read."""

    measure: str
    series: str
    source: str
    decimals: int
    factor: Decimal
    flags: tuple[tuple[str, int, int], ...]
    territory: str
    moves: tuple[tuple[str, str, int, int], ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tables:
    """The hand-edited tables of the reference folder."""

    units: dict[str, Row]
    events: list[Row]
    measures: dict[str, Row]
    sources: dict[str, Row]
    groups: dict[str, Row]
    memberships: list[Row]
    named: list[Row]
    recipes: list[Recipe]


def read_rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def by_id(path: Path) -> dict[str, Row]:
    return {row["id"]: row for row in read_rows(path)}


def listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def span(text: str) -> tuple[int, int]:
    """First and last year of ``1922-1990``, ``-1949`` or ``1950-``; all years where it is empty."""
    first, _, last = text.partition("-")
    return int(first or 0), int(last or 9999)


def read_recipe(row: Row) -> Recipe:
    flags = []
    for item in listed(row["flags"]):
        name, _, years = item.partition(":")
        flags.append((name, *span(years)))
    moves = []
    for item in listed(row["moves"]):
        pair, _, years = item.partition(":")
        old, _, new = pair.partition(">")
        moves.append((old, new, *span(years)))
    return Recipe(
        measure=row["measure"],
        series=row["series"],
        source=row["source"],
        decimals=int(row["decimals"]),
        factor=Decimal(row["factor"]),
        flags=tuple(flags),
        territory=row["territory"],
        moves=tuple(moves),
        kinds=frozenset(listed(row["kinds"])),
    )


def read_tables(folder: Path) -> Tables:
    return Tables(
        units=by_id(folder / "units.csv"),
        events=read_rows(folder / "events.csv"),
        measures=by_id(folder / "measures.csv"),
        sources=by_id(folder / "sources.csv"),
        groups=by_id(folder / "groups.csv"),
        memberships=read_rows(folder / "memberships.csv"),
        named=read_rows(folder / "named_units.csv"),
        recipes=[read_recipe(row) for row in read_rows(folder / "series.csv")],
    )


def one_territory(units: dict[str, Row]) -> dict[str, set[str]]:
    """Which units lie on the same ground as a unit: the wholes that it was part of, and its parts."""
    related: dict[str, set[str]] = defaultdict(set)
    for unit, row in units.items():
        if row["kind"] == "leader":
            continue
        for whole in listed(row["part_of"]):
            related[unit].add(whole)
            related[whole].add(unit)
    return related


def years_wanted(tables: Tables) -> dict[str, set[int]]:
    """The years beside those ending in 0 and 5: from two before to two after each event, on the same ground."""
    wanted: dict[str, set[int]] = defaultdict(set)
    related = one_territory(tables.units)
    for event in tables.events:
        years = range(int(event["start"]) - MARGIN, int(event["end"] or event["start"]) + MARGIN + 1)
        for place in listed(event["place"]):
            for unit in {place} | related[place]:
                wanted[unit].update(years)
    return wanted


def rounded(text: str, recipe: Recipe) -> str:
    """The source's own text, or that text multiplied and rounded where it claims more digits than it can know."""
    value = Decimal(text) * recipe.factor
    exponent = value.as_tuple().exponent
    if recipe.factor == 1 and isinstance(exponent, int) and -exponent <= recipe.decimals:
        return text
    fixed = value.quantize(Decimal(1).scaleb(-recipe.decimals), rounding=ROUND_HALF_EVEN)
    plain = format(fixed, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def moved(unit: str, year: int, recipe: Recipe) -> str:
    for old, new, first, last in recipe.moves:
        if unit == old and first <= year <= last:
            return new
    return unit


def in_lifetime(unit: Row, year: int) -> bool:
    """Whether a figure of this year can be the unit's: only historical states come to life and end."""
    if unit["kind"] != "historical-state":
        return True
    return int(unit["start"]) <= year <= int(unit["end"])


def row_flags(unit: str, year: int, recipe: Recipe, units: dict[str, Row]) -> str:
    flags = [name for name, first, last in recipe.flags if first <= year <= last]
    if units[unit]["kind"] == "historical-state":
        flags.append("state-as-it-was")
    elif recipe.territory != "state" and any(
        units[whole]["kind"] == "historical-state" and in_lifetime(units[whole], year)
        for whole in listed(units[unit]["part_of"])
    ):
        flags.append("present-territory")
    return ";".join(flags)


def series_rows(folder: Path, recipe: Recipe, tables: Tables) -> Iterator[Row]:
    """Every figure of a series that belongs to one of our units, in our form."""
    for row in read_rows(folder / f"{recipe.series}.csv"):
        year = int(row["year"])
        unit = moved(row["code"], year, recipe)
        known = tables.units.get(unit)
        if known is None or not in_lifetime(known, year) or (recipe.kinds and known["kind"] not in recipe.kinds):
            continue
        bounds = {side: rounded(row[side], recipe) if row.get(side) else "" for side in ("low", "high")}
        yield {
            "unit": unit,
            "year": row["year"],
            "value": rounded(row["value"], recipe),
            **bounds,
            "source": recipe.source,
            "flags": row_flags(unit, year, recipe, tables.units),
        }


def compile_measure(folder: Path, measure: str, tables: Tables, wanted: dict[str, set[int]]) -> list[Row]:
    kept: dict[tuple[str, int, str], Row] = {}
    for recipe in tables.recipes:
        if recipe.measure != measure:
            continue
        for row in series_rows(folder, recipe, tables):
            year = int(row["year"])
            if (year >= FIRST_YEAR and year % STEP == 0) or year in wanted[row["unit"]]:
                kept.setdefault((row["unit"], year, row["source"]), row)
    return [kept[key] for key in sorted(kept)]


def write_observations(folder: Path, reference: Path, tables: Tables) -> None:
    target = reference / "observations"
    target.mkdir(exist_ok=True)
    wanted = years_wanted(tables)
    total = 0
    for measure in tables.measures:
        rows = compile_measure(folder, measure, tables, wanted)
        path = target / f"{measure}.csv"
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        total += path.stat().st_size
        years = sorted({int(row["year"]) for row in rows}) or [0]
        units = {row["unit"] for row in rows}
        print(f"{measure:28} {len(rows):6} rows {len(units):4} units {years[0]}-{years[-1]}")
    print(f"{total / 1e6:.2f} MB")


def populous(folder: Path, tables: Tables) -> Iterator[str]:
    """States and colonies of more than ten million people in one of the two years, as a series codes them."""
    for recipe in tables.recipes:
        if recipe.measure != "population":
            continue
        for row in read_rows(folder / f"{recipe.series}.csv"):
            is_state = len(row["code"]) == 3 and "_" not in row["code"]
            if is_state and row["year"] in CENSUS_YEARS and Decimal(row["value"]) * recipe.factor > MANY_PEOPLE:
                yield row["code"]


def deadly_places(tables: Tables) -> Iterator[str]:
    for event in tables.events:
        if max(float(event[bound] or 0) for bound in ("low", "central", "high")) >= MANY_DEATHS:
            yield from listed(event["place"])
            yield from listed(event["responsible"])


def demanded(folder: Path, tables: Tables) -> dict[str, set[str]]:
    """Which units the rule of selection asks for, each with the rules that ask for it."""
    historical = {unit: row for unit, row in tables.units.items() if row["kind"] == "historical-state"}
    rules = {
        "population": populous(folder, tables),
        "event": deadly_places(tables),
        "named": (row["unit"] for row in tables.named),
        "group": (row["unit"] for row in tables.memberships if row["group"] not in GROUPS_OF_CIRCUMSTANCE),
        "historical state": historical,
        "successor": (unit for row in historical.values() for unit in listed(row["successors"])),
    }
    why: dict[str, set[str]] = defaultdict(set)
    for rule, asked in rules.items():
        for unit in asked:
            why[unit].add(rule)
    return why


def selection_problems(folder: Path, tables: Tables) -> Iterator[str]:
    why = demanded(folder, tables)
    for unit in sorted(set(why) - set(tables.units)):
        yield f"units.csv: {unit} is missing; asked for by {', '.join(sorted(why[unit]))}"
    for unit in sorted(set(tables.units) - set(why)):
        yield f"units.csv: {unit} is there, but no rule asks for it"


def unit_problems(units: dict[str, Row]) -> Iterator[str]:
    owners: dict[str, str] = {}
    for unit, row in units.items():
        for name in {text.casefold() for text in [unit, row["name"], *listed(row["other_names"])]}:
            owner = owners.setdefault(name, unit)
            if owner != unit:
                yield f"units.csv: {name!r} belongs to both {owner} and {unit}"
        for field, mirror in (("predecessors", "successors"), ("successors", "predecessors"), ("part_of", "")):
            for other in listed(row[field]):
                if other not in units:
                    yield f"units.csv: {unit}: {field}: unknown unit {other}"
                elif mirror and unit not in listed(units[other][mirror]):
                    yield f"units.csv: {unit} has {other} in {field}, but not the other way round"


def vocabulary_problems(tables: Tables) -> Iterator[str]:
    for measure, row in tables.measures.items():
        if row["domain"] not in DOMAINS or row["better"] not in {"higher", "lower", "neither"}:
            yield f"measures.csv: {measure}: domain or direction is none of ours"
    for row in tables.memberships:
        where = f"memberships.csv: {row['group']}, {row['unit']}"
        if row["group"] not in tables.groups or row["unit"] not in tables.units:
            yield f"{where}: unknown group or unit"
        if row["status"] not in {"core", "disputed"} or not row["because"]:
            yield f"{where}: status or reason is missing"
        if row["end"] and int(row["start"]) > int(row["end"]):
            yield f"{where}: ends before it starts"
    cited = [row["source"] for row in [*tables.memberships, *tables.groups.values()]]
    for source in sorted({name for cell in cited for name in listed(cell)} - set(tables.sources)):
        yield f"memberships.csv or groups.csv: unknown source {source}"


def figure_problems(row: Row, measure: Row) -> Iterator[str]:
    value = float(row["value"])
    if not float(measure["minimum"]) <= value <= float(measure["maximum"]):
        yield f"{value} lies outside {measure['minimum']} to {measure['maximum']}"
    if row["low"] and not float(row["low"]) <= value <= float(row["high"]):
        yield "the value lies outside its own bounds"
    if not set(listed(row["flags"])) <= FLAGS:
        yield f"unknown flag in {row['flags']}"


def observation_problems(reference: Path, tables: Tables) -> Iterator[str]:
    for path in sorted((reference / "observations").glob("*.csv")):
        measure = tables.measures.get(path.stem)
        if measure is None:
            yield f"{path.name}: unknown measure"
            continue
        rows = read_rows(path)
        keys = [(row["unit"], int(row["year"]), row["source"]) for row in rows]
        if any(first >= second for first, second in pairwise(keys)):
            yield f"{path.name}: not sorted, or a duplicate"
        for row, (unit, year, source) in zip(rows, keys, strict=True):
            if unit not in tables.units or source not in tables.sources:
                yield f"{path.name}: {unit} {year}: unknown unit or source"
            for problem in figure_problems(row, measure):
                yield f"{path.name}: {unit} {year}: {problem}"


def check(folder: Path, reference: Path, tables: Tables) -> int:
    problems = [
        *selection_problems(folder, tables),
        *unit_problems(tables.units),
        *vocabulary_problems(tables),
        *observation_problems(reference, tables),
    ]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("series", type=Path, help="folder with one CSV per series")
    parser.add_argument("--reference", type=Path, default=HOME, help="folder of the hand-edited tables")
    parser.add_argument("--check", action="store_true", help="only check; exit 1 if anything is wrong")
    arguments = parser.parse_args()
    tables = read_tables(arguments.reference)
    if arguments.check:
        return check(arguments.series, arguments.reference, tables)
    write_observations(arguments.series, arguments.reference, tables)
    return 0


if __name__ == "__main__":
    sys.exit(main())
