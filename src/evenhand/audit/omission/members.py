"""Who stands for each side: the units that the casefile names, and the members of its groups."""

from dataclasses import dataclass

from evenhand.case import Case, Side
from evenhand.catalog import Catalog, Unit

EVER = (-(10**6), 10**6)


@dataclass(frozen=True, slots=True)
class Spell:
    """Years in which a unit stands for a side. core: not by a disputed membership."""

    unit: str
    start: int
    end: int
    core: bool


def spells(side: Side, catalog: Catalog) -> tuple[Spell, ...]:
    """All spells of a side: a unit that it names stands for it as long as it lives, a member as long as it belongs."""
    units = [catalog.unit(unit) for unit in side.units]
    out = [Spell(unit.id, *_years(unit.start, unit.end), core=True) for unit in units]
    for group in side.groups:
        out += [Spell(m.unit, *_years(m.start, m.end), core=m.status == "core") for m in catalog.memberships(group)]
    return tuple(dict.fromkeys(out))


def _years(start: int | None, end: int | None) -> tuple[int, int]:
    return EVER[0] if start is None else start, EVER[1] if end is None else end


def units_of(side: Side, catalog: Catalog, years: tuple[int, int]) -> tuple[str, ...]:
    """The units of a side over a window: those that it names, and the undisputed members of its groups."""
    out = dict.fromkeys(catalog.unit(unit).id for unit in side.units)
    everyone = tuple(unit.id for unit in catalog.units())
    for group in side.groups:
        core = catalog.membership(group, everyone, years).core
        out |= dict.fromkeys(unit for unit, inside in zip(everyone, core, strict=True) if inside)
    return tuple(out)


def sides_of_units(case: Case, catalog: Catalog, years: tuple[int, int]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Each unit with the id of its side, in the order of the casefile; and the units that stand for several, so for none."""
    of: dict[str, set[str]] = {}
    for side in case.sides:
        for unit in units_of(side, catalog, years):
            of.setdefault(unit, set()).add(side.id)
    return {u: next(iter(s)) for u, s in of.items() if len(s) == 1}, tuple(u for u, s in of.items() if len(s) > 1)


def owners(catalog: Catalog, responsible: str) -> tuple[Unit, ...]:
    """Whose a responsibility is: that of the unit itself, of a leader's state, and of the heir with the capital of a
    state that is gone, whose figures stand for it.
    """
    unit = catalog.unit(responsible)
    if unit.kind == "leader":
        return (unit, *(catalog.unit(state) for state in unit.part_of))
    heirs = catalog.heirs(unit.id)
    return (unit, catalog.unit(heirs[0])) if heirs else (unit,)
