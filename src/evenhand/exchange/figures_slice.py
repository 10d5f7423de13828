"""The slice of the catalogue that an audit asks: every figure of the measures that its claims are tried on."""

import csv
import io
from collections.abc import Iterator

from evenhand.case import Case
from evenhand.catalog import Catalog
from evenhand.exchange.material import Material

COLUMNS = ("measure", "unit", "unit_name", "year", "value", "low", "high", "source", "flags")


def figures_csv(material: Material) -> str:
    """One row a figure, by measure, unit and year; the source's id as in the findings."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for measure in measures_asked(material.case, material.catalog):
        for seen in material.catalog.observations(measure):
            name = material.catalog.unit(seen.unit).name
            low, high = ("" if bound is None else repr(bound) for bound in (seen.low, seen.high))
            table.writerow(
                (measure, seen.unit, name, seen.start, repr(seen.value), low, high, seen.source, " ".join(seen.flags))
            )
    return out.getvalue()


def measures_asked(case: Case, catalog: Catalog) -> list[str]:
    """The measures that claims name, and all others of the same concepts, since these are tried too."""
    named = {catalog.measure(name).id for name in _named(case)}
    concepts = {catalog.measure(name).concept for name in named}
    return sorted(named | {one.id for one in catalog.measures() if one.concept in concepts})


def _named(case: Case) -> Iterator[str]:
    for claim in case.claims:
        if claim.open is not None:
            yield claim.open.measure
        if claim.figure is not None:
            yield claim.figure.measure
    for choice in case.choices:
        if choice.kind == "measure":
            yield from (str(option.value) for option in choice.options)
