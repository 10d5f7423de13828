"""Reads ties: a table with from, to, kind; start, end, status, evidence, source, side and certainty where there are any."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from evenhand.model import BadInputError, Problem, Reason, closest_words
from evenhand.sources.columns import Columns, columns_of
from evenhand.sources.kinds import KindOfTie, tie_kinds
from evenhand.sources.read_testimony import MANY, year_of
from evenhand.sources.ties import STATUSES, Status, Tie, Ties

NEEDED = ("from", "to", "kind")
ALLOWED = (*NEEDED, "start", "end", "status", "evidence", "source", "side", "certainty")


def read_ties(table: Any, *, kinds: Mapping[str, KindOfTie] | None = None) -> Ties:
    """Who is tied to whom, how, when, and who says so? From a path, a data frame, a mapping or rows.

    status defaults to ``asserted``; a documented tie needs a source that a reader can look up. Raises ``BadInputError``
    with all problems; a source that is its own tie and a cycle of ownership are notes of the result.
    """
    kinds = kinds or tie_kinds()
    columns = columns_of(table, needed=NEEDED, allowed=ALLOWED, name="ties")
    problems: list[Problem] = []
    ties = [_tie(columns, row, kinds, problems) for row in range(len(columns))]
    if problems:
        raise BadInputError.of(problems[:MANY])
    return ties_of((tie for tie in ties if tie is not None), kinds=kinds)


def ties_of(ties: Iterable[Tie], *, kinds: Mapping[str, KindOfTie] | None = None) -> Ties:
    """Ties with their notes: those that lead to themselves are left out and said, cycles are said."""
    kinds = kinds or tie_kinds()
    given = tuple(ties)
    notes = [
        Reason("own_tie", f"{tie.from_} is said to be its own tie; left out", tie.where) for tie in given if _own(tie)
    ]
    kept = tuple(tie for tie in given if not _own(tie))
    return Ties(kept, kinds, (*notes, *_cycles(kept, kinds)))


def _own(tie: Tie) -> bool:
    return tie.from_ == tie.to


def _tie(columns: Columns, row: int, kinds: Mapping[str, KindOfTie], problems: list[Problem]) -> Tie | None:
    def cell(name: str) -> str:
        value = columns.get(name)[row]
        return "" if value is None else str(value).strip()

    before = len(problems)
    hint = "a tie has from, to and kind"
    problems += [Problem(columns.where(row, name), f"there is no {name}", hint) for name in NEEDED if not cell(name)]
    kind, status = cell("kind"), cell("status") or "asserted"
    for name, word, allowed in (("kind", kind, tuple(kinds)), ("status", status, STATUSES)):
        if word and word not in allowed:
            close = closest_words(word, allowed, 1)
            guess = f"did you mean {close[0]}? " if close else ""
            problems.append(
                Problem(
                    columns.where(row, name), f"{word!r} is no {name} of tie", f"{guess}allowed: {', '.join(allowed)}"
                )
            )
    start, end = (_year(columns, row, name, problems) for name in ("start", "end"))
    if start is not None and end is not None and start > end:
        problems.append(Problem(columns.where(row), f"the tie ends in {end}, before it starts in {start}"))
    if status == "documented" and not cell("source"):
        hint = "name the source, or call the tie asserted"
        problems.append(Problem(columns.where(row, "source"), "a documented tie names no source", hint))
    certainty = _certainty(columns, row, problems)
    if len(problems) > before:
        return None
    return Tie(
        cell("from"), cell("to"), kind, start, end, cast("Status", status), cell("evidence"), cell("source"), cell("side"),
        certainty, columns.where(row),
    )  # fmt: skip


def _year(columns: Columns, row: int, name: str, problems: list[Problem]) -> int | None:
    value = columns.get(name)[row]
    if value is None:
        return None
    year = year_of(value)
    if year is None:
        problems.append(Problem(columns.where(row, name), f"{value!s} is no year", "a year, or a date as 1933-02-28"))
    return year


def _certainty(columns: Columns, row: int, problems: list[Problem]) -> float | None:
    value = columns.get("certainty")[row]
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        problems.append(Problem(columns.where(row, "certainty"), f"{value!s} is no certainty", "a number from 0 to 1"))
    return number


def _cycles(ties: tuple[Tie, ...], kinds: Mapping[str, KindOfTie]) -> Iterable[Reason]:
    """Each cycle among ties of one kind that pass on, once, told from its first name in the alphabet."""
    for kind in sorted({tie.kind for tie in ties}):
        if not kinds[kind].passes_on:
            continue
        ahead: dict[str, list[str]] = {}
        for tie in ties:
            if tie.kind == kind:
                ahead.setdefault(tie.from_, []).append(tie.to)
        for cycle in _loops(ahead):
            path = " → ".join((*cycle, cycle[0]))
            yield Reason("cycle", f"a cycle of {kinds[kind].label}: {path}; they are taken as one tied group")


def _loops(ahead: Mapping[str, list[str]]) -> list[tuple[str, ...]]:
    """One loop for each set of names that reach each other."""
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for start in sorted(ahead):
        if start in seen:
            continue
        path = _way_back(start, ahead)
        if path:
            seen.update(path)
            found.append(path)
    return found


def _way_back(start: str, ahead: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The shortest way from a name back to itself; empty where there is none."""
    came: dict[str, str] = {}
    front = [start]
    while front:
        after = []
        for name in front:
            for to in sorted(ahead.get(name, ())):
                if to == start:
                    path = [name]
                    while path[-1] != start:
                        path.append(came[path[-1]])
                    return tuple(reversed(path))
                if to not in came:
                    came[to] = name
                    after.append(to)
        front = after
    return ()


def check_names(ties: Ties, sources: Iterable[str], parties: Iterable[str] = ()) -> tuple[Reason, ...]:
    """Which ties start at somebody who is no source, no known party, and whom no source's tie leads to?"""
    known = {*sources, *parties}
    reached = {tie.to for tie in ties.ties}
    notes = []
    for tie in ties.ties:
        if tie.from_ not in known and tie.from_ not in reached:
            close = closest_words(tie.from_, known, 1)
            guess = f"; did you mean {close[0]}?" if close else ""
            notes.append(
                Reason("unknown_source", f"a tie starts at {tie.from_}, who says nothing here{guess}", tie.where)
            )
    return tuple(notes)


def with_sides(ties: Ties, sides: Mapping[str, str]) -> Ties:
    """The same ties with the side in whose interest a party stands: ``sides`` is party to side. Other ties keep theirs.

    For ties that come without sides, as FollowTheMoney entities. Raises ``BadInputError`` for a party that no tie leads to.
    """
    parties = sorted({tie.to for tie in ties.ties})
    for party in sides:
        if party not in parties:
            near = closest_words(party, parties, 1)
            hint = (f"did you mean {near[0]}? " if near else "") + f"ties lead to: {', '.join(parties[:8]) or 'nobody'}"
            raise BadInputError(f"no tie leads to {party!r}, so it stands for no side", hint=hint)
    return replace(ties, ties=tuple(replace(tie, side=sides.get(tie.to, tie.side)) for tie in ties.ties))


def swap_sides(ties: Ties, one: str, other: str) -> Ties:
    """The same ties with the labels of two sides exchanged."""
    exchanged = {one: other, other: one}
    return replace(ties, ties=tuple(tie.swapped(exchanged) for tie in ties.ties))
