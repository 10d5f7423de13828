"""Which units are the same land or people under other names, and when: kin, lives, and the events that touch them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

import numpy as np

from evenhand.catalog.entries import Event, Unit
from evenhand.compare.panel import Bools, Floats, Ints, Names

StitchRule = Literal["as-it-was", "today", "stand-in", "successors"]
STITCH_RULES: tuple[StitchRule, ...] = ("as-it-was", "today", "stand-in", "successors")
Relation = Mapping[str, frozenset[str]]
NOBODY: frozenset[str] = frozenset()
LONG_AGO = -1_000_000
FAR_OFF = 1_000_000


def kin_of(units: Sequence[Unit]) -> Relation:
    """For each unit its kin: all it came from and became, is part of or has as parts, through any number of steps.

    Two successors of one state are not kin: each covers its own part.
    """
    before: dict[str, set[str]] = {unit.id: set(unit.predecessors) for unit in units if unit.predecessors}
    for unit in units:
        for successor in unit.successors:
            before.setdefault(successor, set()).add(unit.id)
    kin: dict[str, set[str]] = {}
    for relation in (_reach(before), wholes_of(units)):
        for id_, others in relation.items():
            for other in others - {id_}:
                kin.setdefault(id_, set()).add(other)
                kin.setdefault(other, set()).add(id_)
    return dict.fromkeys((unit.id for unit in units), NOBODY) | {id_: frozenset(others) for id_, others in kin.items()}


def wholes_of(units: Sequence[Unit]) -> Relation:
    """For each unit everything that it is or was part of."""
    reached = _reach({unit.id: set(unit.part_of) for unit in units if unit.part_of})
    return dict.fromkeys((unit.id for unit in units), NOBODY) | reached


def parts_of(units: Sequence[Unit]) -> Relation:
    """For each unit everything that is or was part of it."""
    parts: dict[str, set[str]] = {}
    for part, wholes in wholes_of(units).items():
        for whole in wholes:
            parts.setdefault(whole, set()).add(part)
    found = {unit: frozenset(others) for unit, others in parts.items()}
    return dict.fromkeys((unit.id for unit in units), NOBODY) | found


def _reach(steps: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """Everything that can be reached by one or more steps."""
    reached: dict[str, frozenset[str]] = {}
    for start in steps:
        seen: set[str] = set()
        todo = list(steps[start])
        while todo:
            word = todo.pop()
            if word not in seen:
                seen.add(word)
                todo.extend(steps.get(word, ()))
        reached[start] = frozenset(seen)
    return reached


def kin_matrix(kin: Relation, units: Names) -> Bools:
    """[N, N], symmetric, False on the diagonal."""
    index = {unit: i for i, unit in enumerate(units)}
    matrix = np.zeros((len(units), len(units)), dtype=bool)
    for unit, i in index.items():
        for other in kin.get(unit, ()):
            j = index.get(other)
            if j is not None and j != i:
                matrix[i, j] = matrix[j, i] = True
    return matrix


def lives(units: Sequence[Unit], rule: StitchRule) -> tuple[Ints, Ints]:
    """First and last year [N] in which a unit's figures are taken.

    As it was, and where heirs' figures stand for a state that is gone: its own life. Today: for units that still exist,
    any year (their present territory); else its own life.
    """
    first = [LONG_AGO if u.start is None or (rule == "today" and u.end is None) else u.start for u in units]
    last = [FAR_OFF if u.end is None else u.end for u in units]
    return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)


def touching(events: Iterable[Event], units: Mapping[str, Unit], kin: Relation) -> dict[str, list[Event]]:
    """For each unit the events that took place in it, or in kin that existed at the time."""
    found: dict[str, list[Event]] = {}
    for event in events:
        touched = set(event.place)
        for place in event.place:
            for other in kin.get(place, ()):
                if other in units and units[other].lived(event.start, event.end):
                    touched.add(other)
        for unit in touched:
            found.setdefault(unit, []).append(event)
    return found


def spans_crossed(spans: Mapping[str, Iterable[tuple[int, int]]], units: Names, years: Ints) -> Ints:
    """[T, N] how many first and last days of spans lie before each year.

    Two years lie on the same side of every span's both ends, that is outside or inside it together, exactly if their
    counts are equal.
    """
    count = np.zeros((len(years), len(units)), dtype=np.int64)
    for column, unit in enumerate(units):
        for start, end in spans.get(unit, ()):
            count[:, column] += (years >= start).astype(np.int64) + (years > end)
    return count


def stands(
    units: Sequence[Unit], kin: Bools, has: Bools, years: tuple[int, int], rule: StitchRule, last: Sequence[int] = ()
) -> Bools:
    """Who of kin stands for the territory? [N], at most one of any two kin; whoever has no kin stands.

    Those with figures (``has`` [N]) before those without, and those that lived in the window before those that did not.
    As it was: historical states before present ones. Today: the other way round. Then who lived through more of the
    window, the whole before its parts, who came first, and the order of ``last`` [N]; never the order of names, unless
    nothing else tells two apart.
    """
    first = _precedence(units, years, rule)
    order = sorted(range(len(units)), key=lambda i: (not has[i], *first(i), int(kin[i].sum()), *last[i : i + 1]))
    chosen = np.zeros(len(units), dtype=bool)
    for i in order:
        if not (kin[i] & chosen).any():
            chosen[i] = True
    return chosen


def _precedence(units: Sequence[Unit], years: tuple[int, int], rule: StitchRule) -> Callable[[int], tuple[object, ...]]:
    first, last = lives(units, "as-it-was")
    lived = np.minimum(last, years[1]) - np.maximum(first, years[0])
    parts = parts_of(units)
    taken_first, taken_last = lives(units, rule)
    present = (taken_first <= years[1]) & (taken_last >= years[0])

    def key(i: int) -> tuple[object, ...]:
        gone = units[i].end is not None
        spell = int(first[i]), int(last[i])
        return (not present[i], gone == (rule == "today"), -int(lived[i]), -len(parts[units[i].id]), *spell)

    return key


def by_figures(values: Floats) -> Ints:
    """[N] the place of each column in an order that the figures give, not the names; equal columns share one."""
    _, place = np.unique(np.nan_to_num(values, nan=-np.inf), axis=1, return_inverse=True)
    return place.ravel().astype(np.int64)


def at_both_ends(values: Floats, periods: Ints, years: tuple[int, int]) -> Bools:
    """[N] which columns have a figure in both years?"""
    rows = np.searchsorted(periods, years)
    here = [row < len(periods) and periods[row] == year for row, year in zip(rows, years, strict=True)]
    if not all(here):
        return np.zeros(values.shape[1], dtype=bool)
    return np.asarray(~np.isnan(values[rows]).any(axis=0))
