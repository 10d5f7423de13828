"""Which great losses of life does an annual series of the reference table not show?

    python tools/reference_blind_spots.py SERIES [--reference FOLDER]

SERIES and the reference folder are those of ``compile_reference.py``. The rows of ``blind_spots.csv`` are printed on
stdout; the criterion, one for all units, is in the README of the reference folder.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from compile_reference import HOME, Row, Tables, listed, read_tables, series_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

Series = dict[str, dict[int, float]]
FIELDS = ["measure", "units", "start", "end", "event_kind", "evidence"]
GREAT_SHARE = 0.01  # of the people who lived there
LONGEST_EVENT, NEAR = 10, 10  # years
CALM_YEARS, LEAST_CALM = 5, 2  # years compared with on either side, and how many of them must have figures
SMEAR, DATING = 2, 1  # years left out on either side of the event, and years added to it
VISIBLE_PART = 0.25  # of the departure that the deaths alone would make; half of that in one of several places
LEAST_EXPECTED = 0.1  # rise of the death rate: below that, nobody could tell
PLAIN_TO_SEE = 0.1  # of the figure itself
RULER_STRAIGHT = 0.002  # change of the yearly growth rate
MORTALITY, WEALTH = {"child-mortality", "maternal-mortality"}, {"income-per-person", "food-supply"}
LIFE, LISTS = "life-expectancy", "state-killing"
KILLING, WARS = "state-killing", {"war", "colonial-war"}
LONG_LIFE_SERIES = "life-expectancy-gapminder"


@dataclass(frozen=True, slots=True)
class Loss:
    """One event in one place: its years, and its deaths per head by the median of the estimates."""

    event: str
    kind: str
    unit: str
    start: int
    end: int
    share: float
    several_places: bool = False


def read_series(folder: Path, measure: str, tables: Tables) -> Series:
    """The whole annual series of a measure, not only the years that ship."""
    figures: Series = defaultdict(dict)
    for recipe in tables.recipes:
        if recipe.measure == measure:
            for row in series_rows(folder, recipe, tables):
                figures[row["unit"]].setdefault(int(row["year"]), float(row["value"]))
    return figures


def nearest(figures: dict[int, float], year: int) -> float:
    """The figure of the nearest year within ten, the earlier on ties; not a number where there is none."""
    close = [known for known in figures if abs(known - year) <= NEAR]
    return figures[min(close, key=lambda known: (abs(known - year), known))] if close else math.nan


def years_of(event: Row) -> tuple[int, int]:
    return int(event["start"]), int(event["end"] or event["start"])


def middle_toll(rows: list[Row]) -> float:
    """The median of the central estimates of an event; of the bounds that are given where no author has one."""
    central = [float(row["central"]) for row in rows if row["central"]]
    bounds = [float(row[side]) for row in rows for side in ("low", "high") if row[side]]
    return median(central or bounds)


def losses(tables: Tables, population: Series) -> Iterator[Loss]:
    """Every short event with a toll, in each of its places, as a share of the people who lived there.

    Only where the places lie on one ground (a state and its parts): else nobody says which of them lost how many.
    """
    by_event: dict[str, list[Row]] = defaultdict(list)
    for row in tables.events:
        by_event[row["id"]].append(row)
    for rows in by_event.values():
        event, toll = rows[0], middle_toll(rows)
        start, end = years_of(event)
        places = [place for place in listed(event["place"]) if place in tables.units]
        whole = [place for place in places if not set(listed(tables.units[place]["part_of"])) & set(places)]
        share = toll / nearest(population[whole[0]], start) if len(whole) == 1 else math.nan
        if share >= GREAT_SHARE and end - start < LONGEST_EVENT:
            for place in places:
                yield Loss(event["name"], event["kind"], place, start, end, share, len(places) > 1)


def added_mortality(loss: Loss, life: float) -> float:
    """How far the deaths of a year of the event alone would raise the death rate, as a share of it.

    In a stationary population the death rate is one over life expectancy; the event adds its deaths per head and year.
    """
    return loss.share / (loss.end - loss.start + 1) * life


def trend(figures: dict[int, float], years: list[int], year: int, turn: int) -> float:
    """Where the figures of some years lead: their median, and the median of their slopes if things got better."""
    slope = median((figures[b] - figures[a]) / (b - a) for a, b in combinations(years, 2))
    better = slope if turn * slope > 0 else 0.0
    return median(figures[known] for known in years) + better * (year - median(years))


def departure(figures: dict[int, float], loss: Loss, turn: int, disturbed: set[int]) -> float:
    """How much worse the worst figure of the event is than calm years, as a share; not a number where figures lack.

    Calm is the worse of two: the trend of the five years before, and the straight line from these to the five after.
    Two years on either side are left out, because sources that work in periods of five years smear an event; so are
    the years of other great losses.
    """
    first, last = loss.start - SMEAR, loss.end + SMEAR
    before = [year for year in range(first - CALM_YEARS, first) if year in figures and year not in disturbed]
    after = [year for year in range(last + 1, last + CALM_YEARS + 1) if year in figures and year not in disturbed]
    during = [year for year in range(loss.start - DATING, loss.end + DATING + 1) if year in figures]
    if len(before) < LEAST_CALM or not any(loss.start <= year <= loss.end for year in during):
        return math.nan
    calm = {year: [trend(figures, before, year, turn)] for year in during}
    if len(after) >= LEAST_CALM:
        low, high = median(figures[year] for year in before), median(figures[year] for year in after)
        for year in during:
            calm[year].append(low + (high - low) * (year - median(before)) / (median(after) - median(before)))
    worse = {year: min(turn * level for level in levels) * turn for year, levels in calm.items()}
    return max(turn * (worse[year] - figures[year]) / worse[year] for year in during)


def is_ruler_straight(figures: dict[int, float], loss: Loss) -> bool:
    """Whether the series grows by one rate through the event and the two years on either side."""
    path = [figures.get(year, 0.0) for year in range(loss.start - 2, loss.end + 3)]
    if min(path) <= 0:
        return False
    growth = [math.log(second / first) for first, second in pairwise(path)]
    return all(abs(second - first) < RULER_STRAIGHT for first, second in pairwise(growth))


def is_blind(measure: Row, figures: dict[int, float], loss: Loss, life: float, disturbed: set[int]) -> bool:
    concept = measure["concept"]
    if concept in WEALTH:
        return is_ruler_straight(figures, loss)
    added = added_mortality(loss, life)
    expected = added / (1 + added) if concept == LIFE else added
    part = VISIBLE_PART / 2 if loss.several_places else VISIBLE_PART
    turn = 1 if measure["better"] == "higher" else -1
    threshold = min(PLAIN_TO_SEE, part * expected)
    return added >= LEAST_EXPECTED and departure(figures, loss, turn, disturbed) < threshold


def years_disturbed(loss: Loss, found: list[Loss]) -> set[int]:
    """The years of the other great losses of the same unit."""
    others = [other for other in found if other.unit == loss.unit and other.event != loss.event]
    return {year for other in others for year in range(other.start, other.end + 1)}


def evidence(figures: dict[int, float], loss: Loss) -> str:
    years = [year for year in range(loss.start - 1, loss.end + 2) if year in figures]
    read = ", ".join(f"{figures[year]:g} in {year}" for year in years)
    return f"The series reads {read}; the deaths of the event ({loss.event}) were about {loss.share:.1%} of the people."


def series_spots(folder: Path, tables: Tables) -> Iterator[Row]:
    population = read_series(folder, "population", tables)
    life = read_series(folder, LONG_LIFE_SERIES, tables)
    found = list(losses(tables, population))
    for name, measure in tables.measures.items():
        if measure["concept"] not in MORTALITY | WEALTH | {LIFE}:
            continue
        series = read_series(folder, name, tables)
        for loss in found:
            expected_life = nearest(life[loss.unit], loss.start - 1)
            usual = 40.0 if math.isnan(expected_life) else expected_life
            if is_blind(measure, series[loss.unit], loss, usual, years_disturbed(loss, found)):
                yield spot(name, loss, evidence(series[loss.unit], loss))


def spot(measure: str, loss: Loss, words: str) -> Row:
    cells = [measure, loss.unit, str(loss.start), str(loss.end), loss.kind, words]
    return dict(zip(FIELDS, cells, strict=True))


def list_spots(folder: Path, tables: Tables) -> Iterator[Row]:
    """Where a list of killing by states has 0 throughout for a state to which an author attributes an event.

    Three cases, and no other, the same for all: the event took place in that state; it is a killing by states,
    wherever; or it is a war or colonial war outside that state, which no list counts.
    """
    events = {row["id"]: row for row in tables.events}.values()
    for name, measure in tables.measures.items():
        if measure["concept"] != LISTS:
            continue
        series = read_series(folder, name, tables)
        for event in events:
            start, end = years_of(event)
            for unit in listed(event["responsible"]):
                marks = [series[unit][year] for year in range(start, end + 1) if year in series[unit]]
                why = why_blind(event, unit)
                if marks and not any(marks) and why:
                    named = Loss(event["name"], event["kind"], unit, start, end, math.nan)
                    yield spot(name, named, f"{zeros(measure, event, unit, tables)} {why}")


def zeros(measure: Row, event: Row, unit: str, tables: Tables) -> str:
    where = listed(event["place"])
    there = "" if unit in where else f", in {', '.join(tables.units[place]['name'] for place in where)}"
    return (
        f"The list ({measure['name']}) has 0 for {tables.units[unit]['name']} in every year that it covers of "
        f"{event['name']} ({event['start']} to {event['end']}{there}; events.csv: {event['id']})."
    )


def why_blind(event: Row, unit: str) -> str:
    """Why a zero of a list says nothing of a state in an event; nothing where it may be read."""
    at_home = unit in listed(event["place"])
    if event["kind"] == KILLING:
        return "It was a killing by states, and this one is named as responsible: the zero is no finding that none was."
    if at_home:
        return (
            f"It took place there, and the state is named as responsible: the list did not count this {event['kind']}."
        )
    if event["kind"] in WARS:
        return "It was fought outside this state, which is named as responsible: the list counts no killing abroad."
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("series", type=Path, help="folder with one CSV per series")
    parser.add_argument("--reference", type=Path, default=HOME, help="folder of the hand-edited tables")
    arguments = parser.parse_args()
    tables = read_tables(arguments.reference)
    writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
    writer.writeheader()
    rows = [*series_spots(arguments.series, tables), *list_spots(arguments.series, tables)]
    unique = {tuple(row[field] for field in FIELDS[:-1]): row for row in reversed(rows)}
    writer.writerows(unique[key] for key in sorted(unique))
    return 0


if __name__ == "__main__":
    sys.exit(main())
