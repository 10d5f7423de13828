"""Of a listing, what fits a domain, a unit and a span of years."""

from dataclasses import dataclass
from typing import Any

from evenhand.catalog.catalog import Catalog
from evenhand.model import BadInputError, closest_words

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; None for anything. start, end: what reaches into these years."""

    domain: str | None = None
    unit: str | None = None
    start: int | None = None
    end: int | None = None

    @property
    def anything(self) -> bool:
        """Is the listing to be narrowed at all?"""
        return any(value is not None for value in (self.domain, self.unit, self.start, self.end))

    def reaches(self, first: int | None, last: int | None) -> bool:
        """Does a span of years, open where it is None, reach into those asked for?"""
        after = self.start is None or last is None or last >= self.start
        return after and (self.end is None or first is None or first <= self.end)


def narrowed(catalog: Catalog, kind: str, rows: list[Row], asked: Asked) -> list[Row]:
    """The rows that fit; of measures, with years, figures and sources counted for that unit and those years.

    Raises BadInputError for a domain or unit that there is not, and for years that run backwards.
    """
    if asked.start is not None and asked.end is not None and asked.start > asked.end:
        raise BadInputError(f"--from {asked.start} lies after --to {asked.end}", hint="give the earlier year first")
    if asked.domain is not None:
        _check_domain(catalog, kind, asked.domain)
        rows = [row for row in rows if row["domain"] == asked.domain]
    unit = None if asked.unit is None else catalog.names.find("unit", asked.unit, asked.start)
    if kind == "measure":
        return [found for row in rows if (found := _counted(catalog, row, unit, asked)) is not None]
    if kind == "event":
        return [
            r
            for r in rows
            if asked.reaches(r["start"], r["end"]) and (not unit or unit in {*r["place"], *r["responsible"]})
        ]
    if kind == "unit":
        kin = catalog.kin(unit) | {unit} if unit else None
        return [row for row in rows if asked.reaches(row["start"], row["end"]) and (kin is None or row["id"] in kin)]
    if kind == "group":
        return [row for row in rows if _has_member(catalog, row["id"], unit, asked)]
    if kind == "class":
        return [row for row in rows if asked.reaches(row["opens"], row["closes"])]
    return (
        [row for row in rows if _speaks(catalog, row["id"], unit, asked)] if unit or asked.start or asked.end else rows
    )


def _check_domain(catalog: Catalog, kind: str, domain: str) -> None:
    if kind != "measure":
        raise BadInputError("--domain narrows measures", hint="leave out --units, --events, --groups and --sources")
    domains = list(dict.fromkeys(measure.domain for measure in catalog.measures()))
    if domain not in domains:
        near = closest_words(domain, domains, 1)
        hint = f"one of {', '.join(domains)}" + (f"; closest: {near[0]}" if near else "")
        raise BadInputError(f"there is no domain ‘{domain}’", hint=hint)


def _counted(catalog: Catalog, row: Row, unit: str | None, asked: Asked) -> Row | None:
    """A measure's row for one unit and span; None where there is no figure."""
    if unit is None and not asked.reaches(row["from"], row["to"]):
        return None
    if unit is None:
        return row if row["figures"] else None
    seen = catalog.observations(row["id"], [unit], asked.start, asked.end)
    if not seen:
        return None
    years = [one.start for one in seen]
    sources = list(dict.fromkeys(one.source for one in seen))
    return {**row, "from": min(years), "to": max(years), "units": 1, "figures": len(seen), "sources": sources}


def _has_member(catalog: Catalog, group: str, unit: str | None, asked: Asked) -> bool:
    spells = [spell for spell in catalog.memberships(group) if unit is None or spell.unit == unit]
    return any(asked.reaches(spell.start, spell.end) for spell in spells)


def _speaks(catalog: Catalog, source: str, unit: str | None, asked: Asked) -> bool:
    for measure in catalog.measures():
        rows = catalog.figures(measure.id)
        mine = (rows.source == source) & ((rows.unit == unit) if unit else True)
        mine &= (rows.year >= asked.start) if asked.start is not None else True
        mine &= (rows.year <= asked.end) if asked.end is not None else True
        if mine.any():
            return True
    return False
