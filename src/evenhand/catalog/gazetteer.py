"""The dated table of states: units with all their names and codes, and relations that hold both ways."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from evenhand.catalog.entries import Code, DatedName, Unit

SCHEMES = ("iso2", "iso3", "iso-numeric", "iso3166-3", "gw", "cow")


def complete(
    units: Iterable[Unit], wider: Sequence[Unit], names: Iterable[DatedName], codes: Iterable[Code]
) -> tuple[Unit, ...]:
    """The units of both tables, with their dated names and codes added to what their own rows say.

    wider: the rows of the wider table; whom they name as predecessor or successor says so, too. Of codes of one scheme
    that a unit bore one after the other, all are listed, in the order of the table.
    """
    before, after = _said_by(wider, "successors"), _said_by(wider, "predecessors")
    of_names, of_codes = defaultdict(list), defaultdict(list)
    for name in names:
        of_names[name.unit].append(name.name)
    for code in codes:
        of_codes[code.unit].append((code.scheme, code.code))
    return tuple(
        replace(
            unit,
            predecessors=_once(unit.predecessors, before[unit.id]),
            successors=_once(unit.successors, after[unit.id]),
            codes=tuple(dict.fromkeys([*unit.codes, *of_codes[unit.id]])),
            other_names=tuple(n for n in _once(unit.other_names, of_names[unit.id]) if n != unit.name),
        )
        for unit in [*units, *wider]
    )


def _said_by(wider: Sequence[Unit], relation: Literal["predecessors", "successors"]) -> defaultdict[str, list[str]]:
    """For each unit those that name it in a relation."""
    named = defaultdict(list)
    for unit in wider:
        for other in getattr(unit, relation):
            named[other].append(unit.id)
    return named


def _once(own: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*own, *more]))


class CodeBook:
    """Codes of states by scheme. A code that is a number is read as one: "004" and "4" are the same."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._by_code: dict[tuple[str, str], list[Code]] = defaultdict(list)
        for one in codes:
            self._by_code[one.scheme, _plain(one.code)].append(one)

    def units(self, scheme: str, code: str, year: int) -> tuple[str, ...]:
        """The units for which a code stands in a year; those of any year where it stands for none in that one."""
        found = self._by_code.get((scheme, _plain(code)), ())
        then = [one for one in found if one.used(year)]
        return tuple(dict.fromkeys(one.unit for one in then or found))


def _plain(code: str) -> str:
    word = code.strip().casefold()
    return word.lstrip("0") or "0" if word.isdigit() else word
