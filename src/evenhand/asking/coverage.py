"""Are there figures for what was understood? The measure that has them, the years that they have, and refusals that say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.asking.understood import NotUnderstoodError
from evenhand.audit.opening import default_tolerance
from evenhand.audit.wording import mid_sentence, named
from evenhand.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last year in which all who are named have a figure."""

    first: int
    last: int


def measure_with_figures(
    measures: Sequence[str], units: Sequence[str], start: int | None, end: int | None, catalog: Catalog
) -> str:
    """The first of the measures that the words can mean, of the first one's concept and unit, with figures in those years."""
    first = catalog.measure(measures[0])
    same = [
        m for m in measures if catalog.measure(m).concept == first.concept and catalog.measure(m).unit == first.unit
    ]
    for measure in same:
        spans = [span for unit in units if (span := years_with_figures(measure, unit, catalog)) is not None]
        near = default_tolerance(catalog.measure(measure))
        if len(spans) == len(units) and all(
            (start is None or start >= span.first - near) and (end is None or end <= span.last + near) for span in spans
        ):
            return measure
    return measures[0]


def years_with_figures(measure: str, unit: str, catalog: Catalog) -> Span | None:
    """From when to when the unit has figures of the measure; a state that is gone may be stood for by its heirs."""
    years = [seen.start for seen in catalog.observations(measure, [unit])]
    if not years:
        heirs = catalog.heirs(unit)
        years = [seen.start for seen in catalog.observations(measure, heirs[:1])] if heirs else []
        gone = catalog.unit(unit)
        years = [y for y in years if gone.lived(y, y)]
    return Span(min(years), max(years)) if years else None


def shared_years(measure: str, units: Sequence[str], catalog: Catalog) -> Span:
    """The years in which all of the units have figures.

    Raises NotUnderstoodError where one has none.
    """
    name, spans = mid_sentence(catalog.measure(measure).name), []
    for unit in units:
        span = years_with_figures(measure, unit, catalog)
        if span is None:
            raise NotUnderstoodError(
                "no-figures", f"the catalogue has no figure of {name} for {named(catalog.unit(unit).name)}",
                hint=f"bring some: a CSV with unit, year, value, and `evenhand data add FILE.csv --measure {measure}`; or "
                "`evenhand data import SOURCE` (`evenhand data sources` lists some)",
            )  # fmt: skip
        spans.append(span)
    return Span(max(s.first for s in spans), min(s.last for s in spans))


def check_years(measure: str, units: Sequence[str], start: int | None, end: int | None, catalog: Catalog) -> None:
    """Do the years lie where there are figures? Raises NotUnderstoodError with the first or the last year of each."""
    near, name = default_tolerance(catalog.measure(measure)), mid_sentence(catalog.measure(measure).name)
    for unit in units:
        span = years_with_figures(measure, unit, catalog)
        assert span is not None
        who = named(catalog.unit(unit).name)
        if start is not None and start < span.first - near:
            raise NotUnderstoodError(
                "before-figures", f"the first figure of {name} for {who} is of {span.first}, and the question begins in {start}",
                hint=f"ask from {span.first} on{_others(measure, unit, start, catalog)}",
            )  # fmt: skip
        if end is not None and end > span.last + near:
            raise NotUnderstoodError(
                "after-figures", f"the last figure of {name} for {who} is of {span.last}, and the question ends in {end}",
                hint=f"ask up to {span.last}, or bring later figures: `evenhand data add FILE.csv --measure {measure}`",
            )  # fmt: skip


def _others(measure: str, unit: str, start: int, catalog: Catalog) -> str:
    """Other measures of the same concept that reach back to the year."""
    others = []
    for other in catalog.measures_of_concept(catalog.measure(measure).concept):
        span = years_with_figures(other.id, unit, catalog) if other.id != measure else None
        if span is not None and span.first <= start:
            others.append(f"{other.name} ({span.first})")
    return f"; further back goes {', '.join(others)}" if others else ""
