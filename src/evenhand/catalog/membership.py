"""Who belongs to a group, when, and on whose word: spells turned into masks over units and years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.catalog.entries import Membership
from evenhand.catalog.kin import FAR_OFF, LONG_AGO
from evenhand.compare.panel import Bools, Ints, Names


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """A group over one window: core and disputed [N], never both, and the reasons given, (unit id, because)."""

    core: Bools
    disputed: Bools
    because: tuple[tuple[str, str], ...]


def years_in(spells: Iterable[Membership], years: Ints) -> Bools:
    """[T] in which of the years does any spell run?"""
    inside = np.zeros(len(years), dtype=bool)
    for spell in spells:
        start = LONG_AGO if spell.start is None else spell.start
        end = FAR_OFF if spell.end is None else spell.end
        inside |= (years >= start) & (years <= end)
    return inside


def members(spells: Sequence[Membership], units: Names, window: tuple[int, int] | None) -> Members:
    """Who belongs over a window (first and last year)? Without a window: whoever ever did.

    A unit is a core member if its core spells cover at least half of the window's years; disputed if its core and
    disputed spells together do, and its core spells alone do not.
    """
    core = np.zeros(len(units), dtype=bool)
    disputed = core.copy()
    of_unit: dict[str, list[Membership]] = {}
    for spell in spells:
        of_unit.setdefault(spell.unit, []).append(spell)
    because = []
    for i, unit in enumerate(units):
        own = of_unit.get(unit, [])
        core[i] = _covers([spell for spell in own if spell.status == "core"], window)
        disputed[i] = not core[i] and _covers(own, window)
        if core[i] or disputed[i]:
            because.append((unit, "; ".join(dict.fromkeys(spell.because for spell in own if spell.because))))
    return Members(core, disputed, tuple(because))


def _covers(spells: list[Membership], window: tuple[int, int] | None) -> bool:
    if window is None or not spells:
        return bool(spells)
    inside = years_in(spells, np.arange(window[0], window[1] + 1))
    return 2 * int(inside.sum()) >= len(inside)


def exposed_years(spells: Sequence[Membership], units: Names, years: Ints) -> Bools:
    """[T, N] which units are core members in which years?"""
    table = np.zeros((len(years), len(units)), dtype=bool)
    column = {unit: i for i, unit in enumerate(units)}
    for spell in spells:
        if spell.status == "core" and spell.unit in column:
            table[:, column[spell.unit]] |= years_in([spell], years)
    return table
