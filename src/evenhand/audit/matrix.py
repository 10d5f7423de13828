"""The matrix of units by measures: what the text cites, and what our figures hold that it does not."""

from evenhand.audit.result import Cell, Matrix
from evenhand.audit.wording import number
from evenhand.case import Case
from evenhand.catalog import Catalog, Measure

MOST_MEASURES = 30


def matrix(case: Case, catalog: Catalog, years: tuple[int, int] | None) -> Matrix | None:
    """Units of the sides by measures, one measure per concept and those that the text cites; None without sides."""
    if years is None or not case.sides:
        return None
    units = _units(case, catalog)
    cited = cited_cells(case, catalog)
    measures = _measures(catalog, {m for _, m in cited})
    cells = tuple(tuple(_cell(catalog, unit, m, years, cited) for m in measures) for unit, _ in units)
    rows = tuple((unit, catalog.unit(unit).name, side) for unit, side in units)
    columns = tuple((m.id, m.name, m.domain) for m in measures)
    return Matrix(rows, columns, cells, years)


def cited_cells(case: Case, catalog: Catalog) -> set[tuple[str, str]]:
    """Every (unit, measure) that a claim of the text rests on."""
    out: set[tuple[str, str]] = set()
    for claim in case.claims:
        if claim.open is not None:
            subject, against = claim.open.subject, claim.open.against
            named = [subject.unit, against.unit if against else None, *subject.units]
            for group in (subject.group, against.group if against else None):
                named += _members(case, catalog, group) if group else []
            out |= {(u, claim.open.measure) for u in named if u}
        if claim.figure is not None:
            out.add((claim.figure.unit, claim.figure.measure))
    return out


def _members(case: Case, catalog: Catalog, group: str) -> list[str]:
    own = next((g for g in case.groups if g.id == group), None)
    if own is not None:
        return [m.unit for m in own.members if m.status == "core"]
    return [m.unit for m in catalog.memberships(group) if m.status == "core"]


def _units(case: Case, catalog: Catalog) -> list[tuple[str, str]]:
    out: dict[str, str] = {}
    for side in case.sides:
        members = [u for g in side.groups for u in _members(case, catalog, g)]
        for unit in [*side.units, *members]:
            out.setdefault(unit, side.id)
    return list(out.items())


def _measures(catalog: Catalog, cited: set[str]) -> list[Measure]:
    """One measure per concept, the cited one first, in the order of the catalogue; where they are many, all that are
    cited and as many others as there is room for.
    """
    out: dict[str, Measure] = {}
    for m in catalog.measures():
        if m.domain != "context" and (m.concept not in out or (m.id in cited and out[m.concept].id not in cited)):
            out[m.concept] = m
    extra = [m for m in catalog.measures() if m.id in cited and all(m.id != k.id for k in out.values())]
    shown = [*out.values(), *extra]
    room = max(0, MOST_MEASURES - sum(m.id in cited for m in shown))
    others = [m.id for m in shown if m.id not in cited][:room]
    return [m for m in shown if m.id in cited or m.id in others]


def _cell(catalog: Catalog, unit: str, m: Measure, years: tuple[int, int], cited: set[tuple[str, str]]) -> Cell:
    seen = catalog.observations(m.id, units=[unit], start=years[0], end=years[1])
    state = "cited" if (unit, m.id) in cited else "figures" if seen else "none"
    if not seen:
        return Cell(unit, m.id, state)
    first, last = min(seen, key=lambda o: o.start), max(seen, key=lambda o: o.start)
    if first.start == last.start:
        return Cell(unit, m.id, state, f"{number(first.value)} ({first.start})")
    return Cell(unit, m.id, state, f"{number(first.value)} ({first.start}) to {number(last.value)} ({last.start})")
