"""Answers to what a question leaves open, put in their places."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from evenhand.asking import coverage
from evenhand.asking.understood import Lack, Missing, NotUnderstoodError, Understood
from evenhand.catalog import Catalog
from evenhand.model import BadInputError

WINDOW = re.compile(r"(\d{4})(?:\s*(?:-|–|to|,|and)\s*(\d{4}))?")
RULES = ("all", "region", "nearest")


def settle(u: Understood, answers: Mapping[Lack, str], catalog: Catalog) -> Understood:
    """The question with its gaps filled: by the answers, and by the standing choice where there is none.

    What was taken unasked is said in ``notes``. Raises BadInputError for an answer that cannot be one, and where something
    is missing that has no standing choice.
    """
    notes = list(u.notes)
    for lack in u.missing:
        value = answers.get(lack.what, "") or lack.standing
        if value is None:
            raise BadInputError(lack.asks, hint="say it in the question")
        if not answers.get(lack.what):
            notes.append(_taken(lack))
        u = _put(u, lack.what, value.strip(), catalog)
    return replace(u, notes=tuple(dict.fromkeys(notes)), missing=())


def _taken(lack: Missing) -> str:
    value, meaning = lack.options[0]
    if lack.what == "words":
        return f"{lack.asks.removesuffix(' Ask it without?').removesuffix('.')}, and was left out"
    told = value if value == meaning else f"{value} ({meaning})"
    return f"not said ({lack.asks.split('?')[0]}), so the standing choice was taken: {told}"


def _put(u: Understood, what: Lack, value: str, catalog: Catalog) -> Understood:
    match what:
        case "subject":
            return replace(u, subjects=(_somebody(value, u, catalog),))
        case "measure":
            return _with_measure(u, catalog.measure(value).id, catalog)
        case "direction":
            return replace(u, form=replace(u.form, direction=cast("Any", _one_of(value, ("up", "down")))))
        case "peers":
            return replace(u, against=(value if value in RULES else _somebody(value, u, catalog),))
        case "window":
            return replace(u, window=_window(u, value, catalog))
        case "within":
            return replace(u, form=replace(u.form, within=_number(value)))
        case "words":
            if value.lower() not in {"yes", "y"}:
                raise BadInputError("the question was not fully understood", hint="ask it in other words")
            return u


def _with_measure(u: Understood, measure: str, catalog: Catalog) -> Understood:
    """Another measure: its own years, where the question names none, and figures in those that it names."""
    units = _units(u, catalog)
    if units and not u.leader:
        span = coverage.shared_years(measure, units, catalog)
        if any(lack.what == "window" for lack in u.missing):
            return replace(u, measure=measure, window=(span.last if u.rule == "level" else span.first, span.last))
        if u.window is not None:
            coverage.check_years(measure, units, *u.window, catalog)
    return replace(u, measure=measure)


def _units(u: Understood, catalog: Catalog) -> tuple[str, ...]:
    known = {unit.id for unit in catalog.units() if unit.kind != "leader"}
    return tuple(id_ for id_ in (*u.subjects, *u.against) if id_ in known)


def _somebody(name: str, u: Understood, catalog: Catalog) -> str:
    year = u.window[0] if u.window else None
    if not catalog.names.units_named(name, year) and catalog.names.group(name) is not None:
        return catalog.group(name).id
    return catalog.names.find("unit", name, year)


def _window(u: Understood, value: str, catalog: Catalog) -> tuple[int, int]:
    found = WINDOW.fullmatch(value)
    if found is None:
        raise BadInputError(f"‘{value}’ is no span of years", hint="write it as 1960-1990")
    start, end = int(found[1]), int(found[2] or found[1])
    if start > end or (start == end and u.rule != "level"):
        raise NotUnderstoodError("years", f"{start} to {end} is no span of years", hint="write it as 1960-1990")
    if units := _units(u, catalog):
        coverage.check_years(u.measure, units, start, end, catalog)
    return start, end


def _number(value: str) -> float:
    try:
        return float(value.rstrip(" %"))
    except ValueError:
        raise BadInputError(f"‘{value}’ is no number", hint="write it as 5 (per cent)") from None


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadInputError(f"‘{value}’ is none of {', '.join(allowed)}")
    return value
