"""Reads testimony: a table with source, item, value; low, high and when where there are any."""

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal, cast

import numpy as np

from evenhand.model import BadInputError, Problem, Reason
from evenhand.sources.columns import Columns, columns_of
from evenhand.sources.testimony import VALUE_KINDS, Floats, Ints, Testimony, ValueKind

NEEDED = ("source", "item", "value")
ALLOWED = (*NEEDED, "low", "high", "when", "kind")
NO_YEAR = -9999
ISO_DATE = re.compile(r"[+-]?\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
MANY = 20


def read_testimony(
    table: Any, *, kind: ValueKind | Literal["auto"] = "auto", names: dict[str, str] | None = None
) -> Testimony:
    """Who says what of what? From a CSV or Parquet path, a data frame, a mapping of columns or a list of rows.

    kind: what the values are. ``auto`` takes an item's values as numbers where all are numbers and as dates where all
    are ISO dates, else as categories; a column ``kind`` says it row by row. names: ``{"source": "worker", ...}`` for
    tables that name the columns otherwise (other columns are then left out). Raises ``BadInputError`` with all problems.
    """
    columns = _columns(table, names)
    texts = {key: _words(columns, key) for key in ("source", "item")}
    kinds = _kinds(columns, kind, texts["item"])
    problems: list[Problem] = []
    numbers = {key: _numbers(columns, key, kinds, problems) for key in ("value", "low", "high")}
    when = _years(columns, problems)
    _check_bounds(columns, numbers, problems)
    if problems:
        raise BadInputError.of(problems[:MANY])
    values = [_word(value) for value in columns.get("value")]
    return _coded(texts["source"], texts["item"], values, numbers, when, kinds)


def _columns(table: Any, names: dict[str, str] | None) -> Columns:
    if names is None:
        columns = columns_of(table, needed=NEEDED, allowed=ALLOWED, name="testimony")
    else:
        every = columns_of(table, needed=list(names.values()), allowed=_Anything(), name="testimony")
        columns = Columns(every.name, {key: every.columns[column] for key, column in names.items()}, every.first)
    if not len(columns):
        raise BadInputError("there is no testimony", hint="at least one row of source, item, value", where=columns.name)
    return columns


class _Anything(Sequence[str]):
    """Every column name is allowed."""

    def __contains__(self, _: object) -> bool:
        return True

    def __len__(self) -> int:
        return 0

    def __getitem__(self, _: Any) -> Any:
        raise IndexError


def _word(value: Any) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    return str(value).strip()


def _words(columns: Columns, key: str) -> list[str]:
    missing = [row for row, value in enumerate(columns.get(key)) if value is None]
    missing_values = [row for row, value in enumerate(columns.get("value")) if value is None]
    problems = [Problem(columns.where(row, key), f"there is no {key}", "every row names one") for row in missing]
    if key == "source":
        problems += [
            Problem(columns.where(row, "value"), "there is no value", "leave out what a source does not say")
            for row in missing_values
        ]
    if problems:
        raise BadInputError.of(problems[:MANY])
    return [_word(value) for value in columns.get(key)]


def _kind_of(value: Any) -> ValueKind:
    if isinstance(value, dt.date):
        return "date"
    text = str(value)
    if ISO_DATE.fullmatch(text):
        return "date"
    return "number" if not isinstance(value, bool) and NUMBER.fullmatch(text) else "category"


def _kinds(columns: Columns, kind: str, items: list[str]) -> list[ValueKind]:
    """What each row's value is; all rows of an item agree, or an error names them."""
    said = columns.get("kind")
    rows: dict[str, list[int]] = defaultdict(list)
    for row, item in enumerate(items):
        rows[item].append(row)
    result: list[ValueKind] = ["category"] * len(items)
    problems = []
    for item, members in rows.items():
        given = {str(said[row]) for row in members if said[row] is not None} or ({kind} - {"auto"})
        found = given or {_kind_of(columns.get("value")[row]) for row in members}
        if len(found) > 1 or not found <= set(VALUE_KINDS):
            problems.append(_mixed(columns, item, members, found, given=bool(given)))
            continue
        for row in members:
            result[row] = cast("ValueKind", next(iter(found)))
    if problems:
        raise BadInputError.of(problems[:MANY])
    return result


def _mixed(columns: Columns, item: str, rows: list[int], found: set[str], *, given: bool) -> Problem:
    unknown = found - set(VALUE_KINDS)
    if unknown:
        return Problem(
            columns.where(rows[0], "kind"),
            f"{min(unknown)!r} is no kind of value",
            f"allowed: {', '.join(VALUE_KINDS)}",
        )
    examples: dict[str, str] = {}
    for row in rows:
        word = str(columns.get("kind")[row]) if given else _kind_of(columns.get("value")[row])
        examples.setdefault(word, f"{columns.get('value')[row]!s} ({word}, row {columns.first + row})")
    return Problem(
        columns.name,
        f"the values of item {item!r} are of mixed types: {' beside '.join(examples.values())}",
        "write them alike, or say what they are with kind category, number or date",
    )


def _numbers(columns: Columns, key: str, kinds: Sequence[ValueKind], problems: list[Problem]) -> Floats:
    result = np.full(len(columns), np.nan)
    for row, value in enumerate(columns.get(key)):
        if value is None or kinds[row] == "category":
            if value is not None and key != "value":
                problems.append(Problem(columns.where(row, key), f"a category has no {key}", "leave the cell empty"))
            continue
        number = _number(value, kinds[row])
        if number is None:
            problems.append(Problem(columns.where(row, key), f"{value!s} is no {kinds[row]}", _form_of(kinds[row])))
        else:
            result[row] = number
    return result


def _form_of(kind: ValueKind) -> str:
    return "write it as 1933-02-28" if kind == "date" else "write it as 1200000 or 1.2e6"


def _number(value: Any, kind: ValueKind) -> float | None:
    try:
        if kind == "date":
            day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
            return float(dt.date(day.year, day.month, day.day).toordinal() - dt.date(1970, 1, 1).toordinal())
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _years(columns: Columns, problems: list[Problem]) -> Ints:
    result = np.full(len(columns), NO_YEAR, dtype=np.int32)
    for row, value in enumerate(columns.get("when")):
        if value is None:
            continue
        year = year_of(value)
        if year is None:
            problems.append(
                Problem(columns.where(row, "when"), f"{value!s} is no year", "a year, or a date as 1933-02-28")
            )
        else:
            result[row] = year
    return result


def year_of(value: Any) -> int | None:
    """The year of a date, an ISO date or a number between -5000 and 2500; None where it is none."""
    if isinstance(value, dt.date):
        return value.year
    match = re.fullmatch(r"([+-]?\d{1,4})(-\d{2}(-\d{2})?.*)?|([+-]?\d{1,4})\.0*", str(value).strip())
    year = int(match[1] or match[4]) if match else None
    return year if year is not None and -5000 <= year <= 2500 else None


def _check_bounds(columns: Columns, numbers: dict[str, Floats], problems: list[Problem]) -> None:
    low, value, high = numbers["low"], numbers["value"], numbers["high"]
    for row in np.flatnonzero((low > value) | (value > high) | (low > high)):
        said = f"low {low[row]:g}, value {value[row]:g}, high {high[row]:g}"
        problems.append(
            Problem(columns.where(int(row)), f"the bounds do not hold the value: {said}", "low <= value <= high")
        )


def _coded(
    sources: list[str], items: list[str], values: list[str], numbers: dict[str, Floats], when: Ints,
    kinds: Sequence[ValueKind],
) -> Testimony:  # fmt: skip
    """Words to codes, in sorted order, so that the order of the rows changes nothing."""
    (source_names, source), (item_names, item), (value_names, value) = map(_codes, (sources, items, values))
    order = np.lexsort((when, value, source, item))
    first = {item: kinds[row] for row, item in enumerate(items)}
    testimony = Testimony(
        source_names, item_names, value_names, source[order], item[order], value[order], numbers["value"][order],
        numbers["low"][order], numbers["high"][order], when[order], tuple(first[name] for name in item_names),
    )  # fmt: skip
    return with_notes(testimony)


def _codes(words: list[str]) -> tuple[tuple[str, ...], Ints]:
    names = tuple(sorted(set(words)))
    index = {name: code for code, name in enumerate(names)}
    return names, np.fromiter((index[word] for word in words), dtype=np.int32, count=len(words))


def with_notes(testimony: Testimony) -> Testimony:
    """The testimony with what a reader should know of it: one source only, items with one answer, said twice."""
    notes = [*_one_source(testimony), *_one_answer(testimony), *_said_twice(testimony)]
    return replace(testimony, notes=tuple(notes))


def _one_source(testimony: Testimony) -> Iterable[Reason]:
    if len(np.unique(testimony.source)) == 1:
        name = testimony.sources[testimony.source[0]]
        yield Reason("one_source", f"only {name} speaks: what it says stands alone, neither confirmed nor refuted")


def _one_answer(testimony: Testimony) -> Iterable[Reason]:
    if not len(testimony):
        return
    order = np.argsort(testimony.item, kind="stable")
    item, value = testimony.item[order], testimony.value[order]
    starts = np.flatnonzero(np.r_[True, item[1:] != item[:-1]])
    lowest, highest = np.minimum.reduceat(value, starts), np.maximum.reduceat(value, starts)
    alike = int((lowest == highest).sum())
    if alike:
        yield Reason(
            "one_answer",
            f"{alike} of {len(starts)} items have one answer only: they tell nothing of who is right where sources differ",
        )


def _said_twice(testimony: Testimony) -> Iterable[Reason]:
    pairs = testimony.item.astype(np.int64) * max(len(testimony.sources), 1) + testimony.source
    again = len(pairs) - len(np.unique(pairs))
    if again:
        yield Reason(
            "said_twice",
            f"{again} times a source says more than one thing of an item: each counts as a part of its word",
        )
