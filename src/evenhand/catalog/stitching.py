"""A state that is gone may be judged by its own figures, by its heir's, or by the weighted mean of all its heirs'."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from evenhand.catalog.entries import BlindSpot, Scale, Unit
from evenhand.catalog.kin import StitchRule
from evenhand.catalog.tables import Figures, stack

COVERED = 0.9
"""Of the people of all heirs, so many must live where there is a figure, or the mean stands for another territory."""
HEADS_WITHIN = 5


def heirs(unit: Unit, units: Mapping[str, Unit]) -> tuple[Unit, ...]:
    """The states that came out of one that is gone and still exist; the first has its capital.

    A state that joined another, larger or older one has no heir: Germany's figures are not East Germany's.
    """
    if unit.end is None:
        return ()
    after = (units[other] for other in unit.successors if other in units)
    return tuple(other for other in after if unit.id in other.part_of and other.end is None)


def stitched(
    figures: Figures, rule: StitchRule, units: Mapping[str, Unit], *, scale: Scale, heads: Figures | None
) -> Figures:
    """The figures under one rule for all states that are gone and have heirs; the same figures under ``as-it-was``.

    figures, heads (population): in order of preference, what comes last wins. ``stand-in``: the figures of the first heir,
    and no others. ``successors``: those of all heirs, summed up: counts are added, all else is weighted by people; only
    in years in which heirs with a figure have nine tenths of the people of all heirs.
    """
    if rule not in {"stand-in", "successors"}:
        return figures
    gone = {id_: found for id_, unit in units.items() if (found := heirs(unit, units))}
    kept = _rows(figures, [i for i, unit in enumerate(figures.unit) if unit not in gone])
    added = [
        _stand_in(figures, units[id_], found[0])
        if rule == "stand-in"
        else _summed_up(figures, units[id_], found, scale=scale, heads=heads)
        for id_, found in gone.items()
    ]
    return stack([kept, *added])


def spots_of_heirs(spots: Iterable[BlindSpot], rule: StitchRule, units: Mapping[str, Unit]) -> list[BlindSpot]:
    """The blind spots, and under heirs' figures those of the heirs for the states that they stand for, too."""
    out = list(spots)
    if rule not in {"stand-in", "successors"}:
        return out
    for id_, unit in units.items():
        found = heirs(unit, units)
        standing = {heir.id for heir in (found[:1] if rule == "stand-in" else found)}
        out += [replace(spot, units=(id_,)) for spot in out if standing & set(spot.units)]
    return out


def _rows(figures: Figures, rows: Sequence[int]) -> Figures:
    names = ("unit", "year", "value", "low", "high", "source", "flags", "layer")
    return Figures(*(getattr(figures, name)[np.array(rows, dtype=np.int64)] for name in names))


def _lived(unit: Unit, year: int) -> bool:
    return unit.lived(year, year)


def _stand_in(figures: Figures, unit: Unit, heir: Unit) -> Figures:
    mine = [i for i, id_ in enumerate(figures.unit) if id_ == heir.id and _lived(unit, int(figures.year[i]))]
    taken = _rows(figures, mine)
    flags = [f"{flag};stand-in:{heir.id}".strip(";") for flag in taken.flags]
    return replace(taken, unit=_words([unit.id] * len(mine)), flags=_words(flags))


def _words(words: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    return np.array(list(words), dtype=object)


def _summed_up(figures: Figures, unit: Unit, found: Sequence[Unit], *, scale: Scale, heads: Figures | None) -> Figures:
    """The state's figures from those of its heirs, year by year."""
    if len(found) < 2 or heads is None:
        return _rows(figures, [])
    ids = [heir.id for heir in found]
    cells, people = _cells(figures, ids), _cells(heads, ids)
    years = sorted({year for id_, year in cells if _lived(unit, year)})
    made = [row for year in years if (row := _mean(figures, cells, _people(heads, people, ids, year), year, scale))]
    rows = np.array([row[0] for row in made], dtype=np.int64)
    taken = _rows(figures, rows.tolist())
    return replace(
        taken,
        unit=_words([unit.id] * len(made)),
        value=np.array([row[1] for row in made], dtype=np.float64),
        low=np.array([row[2] for row in made], dtype=np.float64),
        high=np.array([row[3] for row in made], dtype=np.float64),
        flags=_words([f"successors:{row[4]}" for row in made]),
    )


def _cells(figures: Figures, units: Sequence[str]) -> dict[tuple[str, int], int]:
    """The row that wins each cell."""
    wanted = set(units)
    return {(str(u), int(figures.year[i])): i for i, u in enumerate(figures.unit) if u in wanted}


def _people(heads: Figures, cells: Mapping[tuple[str, int], int], units: Sequence[str], year: int) -> dict[str, float]:
    """How many live in each, as counted nearest to the year within five, the earlier on ties."""
    out = {}
    for unit in units:
        for distance in range(HEADS_WITHIN + 1):
            row = cells.get((unit, year - distance), cells.get((unit, year + distance)))
            if row is not None:
                out[unit] = float(heads.value[row])
                break
    return out


def _mean(
    figures: Figures, cells: Mapping[tuple[str, int], int], people: Mapping[str, float], year: int, scale: Scale
) -> tuple[int, float, float, float, str] | None:
    """(row of the largest, value, low, high, who) of one year; None where too few of the people are covered."""
    there = [unit for unit in people if (unit, year) in cells]
    total = sum(people.values())
    if len(there) < 2 or sum(people[unit] for unit in there) < COVERED * total:
        return None
    rows = np.array([cells[unit, year] for unit in there])
    weights = np.ones(len(there)) if scale == "count" else np.array([people[unit] for unit in there])
    divisor = 1.0 if scale == "count" else weights.sum()
    value, low, high = (
        float((weights * column[rows]).sum() / divisor) for column in (figures.value, figures.low, figures.high)
    )
    largest = max(there, key=lambda unit: (people[unit], unit))
    return cells[largest, year], value, low, high, "+".join(there)
