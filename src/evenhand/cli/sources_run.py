"""Answers ``evenhand sources``: a casefile's sources, or a table of testimony, in words or as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from evenhand.audit import audit, open_case
from evenhand.audit.ties import with_ties, years_of
from evenhand.audit.wording import number
from evenhand.cli.data.printing import columns, columns_wrapped, part, wrapped
from evenhand.cli.progress import Progress
from evenhand.model import BadInputError, Reason
from evenhand.model.verdict import percent
from evenhand.model.who_says import NO_TIE_SHOWS_NOTHING, WhoSays, WithoutRow
from evenhand.model.words import plural
from evenhand.report import to_json
from evenhand.sources import (
    METHODS,
    NUMERIC,
    STARTED,
    STARTS,
    Ending,
    Start,
    Sweep,
    Testimony,
    Ties,
    Voices,
    WithoutThem,
    all_voices,
    as_likely,
    check_names,
    endings,
    read_entities,
    read_testimony,
    read_ties,
    sweep,
    with_sides,
    without_them,
)

MOST_APART = 6
ENTITIES = {".json", ".jsonl", ".ndjson", ".ijson"}
"""Endings of files that hold FollowTheMoney entities, one a line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked of a table."""

    testimony: Path
    ties: Path | None
    sides: tuple[str, ...]
    method: str
    numeric: str
    start: str | None
    swept: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it. ends: every fixed point of the method. notes: what is odd in the testimony and the ties."""

    testimony: Testimony
    ties: Ties
    voices: tuple[Voices, ...]
    without: WithoutThem
    ends: tuple[Ending, ...]
    sweep: Sweep | None
    notes: tuple[Reason, ...]


def of_case(
    path: Path, more: tuple[Path, tuple[str, ...]] | None, seed: int, progress: Progress, *, as_json: bool
) -> str:
    """The sources of a casefile and every answer without the tied. more: a file of further ties, and --side as written."""
    if not path.exists():
        raise BadInputError("there is no such file", hint="name a casefile (essay.case.yaml)", where=str(path))
    case, catalog = open_case(path)
    case = with_ties(case, ties_in(*more)) if more else case
    found = audit(case, catalog, seed=seed, progress=progress)
    progress.clear()
    if as_json:
        return json.dumps(to_json(found)["who_says"], ensure_ascii=False, indent=1)
    told = found.who_says
    return "No source is cited or used." if told is None else "\n".join(_case_lines(told))


def _case_lines(told: WhoSays) -> list[str]:
    sources = [voice for voice in told.voices if voice.is_source]
    ties: list[str] = []
    lines = [*wrapped(NO_TIE_SHOWS_NOTHING, ""), *part(
        plural(len(sources), "source"),
        columns_wrapped((v.id, plural(len(v.claims), "claim"), v.name) for v in sources),
    )]  # fmt: skip
    for tie in told.ties:
        ties += wrapped(f"{tie.source} {tie.says} {tie.to} ({tie.years}; {tie.status})")
        ties += wrapped(tie.evidence, "      ")
    lines += part("Ties", ties)
    lines += part(
        "How many independent voices", columns_wrapped((count.claim, count.sentence) for count in told.counts)
    )
    lines += part("Every answer without them", _without_lines(told.without)) if told.without else []
    lines += part("Which answer wins, in how many of the settings", columns(
        (item, said, percent(share)) for item, said, share in told.sweep
    ))  # fmt: skip
    return [*lines, *part("Mind", [line for note in told.notes for line in wrapped(note)])]


def _without_lines(rows: Sequence[WithoutRow]) -> list[str]:
    """Each claim's answer with all, and under it each other answer, with who is heard then."""
    lines = []
    for (claim, before), its in groupby(rows, lambda row: (row.claim, row.before)):
        lines += wrapped(f"{claim}, with all: {before}")
        by: dict[tuple[int, str], list[str]] = {}
        for row in its:
            by.setdefault((row.left, "the same" if row.same else row.after), []).append(row.without)
        for (left, after), heard in by.items():
            lines += wrapped(f"{plural(left, 'source')} left, {after}: {'; '.join(heard)}", "      ")
    return lines


def of_testimony(asked: Asked, progress: Progress, *, as_json: bool) -> str:
    """Voices, answers and the table without them, of a table of testimony."""
    told = _tell(asked, progress)
    progress.clear()
    return json.dumps(_shape(told), ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(told))


def _tell(asked: Asked, progress: Progress) -> Told:
    for name, allowed in ((asked.method, METHODS), (asked.numeric, NUMERIC)):
        if name not in allowed:
            raise BadInputError(f"there is no method ‘{name}’", hint=f"one of {', '.join(allowed)}")
    testimony = read_testimony(asked.testimony)
    ties = ties_in(asked.ties, asked.sides) if asked.ties else Ties()
    whole = without_them(
        testimony, ties, method=asked.method, numeric=asked.numeric, start=_start(asked),
        progress=lambda done, total: progress("answers", done, total),
    )  # fmt: skip
    words = len(testimony.of_kind("category")) > 0
    if asked.swept and not words:
        raise BadInputError(
            "there is nothing to sweep", hint="the sweep is of items whose values are words", where=str(asked.testimony)
        )
    swept = sweep(testimony, ties, progress=lambda d, t: progress("settings", d, t)) if asked.swept else None
    notes = (*testimony.notes, *ties.notes, *check_names(ties, testimony.sources), *whole.notes)
    ends = endings(testimony, asked.method, ties=ties, progress=lambda d, t: progress("starts", d, t)) if words else ()
    return Told(testimony, ties, tuple(all_voices(testimony, ties)), whole, ends, swept, tuple(dict.fromkeys(notes)))


def _start(asked: Asked) -> Start:
    """Where Dawid-Skene begins; the others try all their starts, or have one."""
    if asked.start is None:
        return "shares"
    if asked.method not in STARTED:
        hint = f"it goes with --method {' or '.join(STARTED)}; {asked.method} tries its starts by itself"
        raise BadInputError(f"--start does not go with {asked.method}", hint=hint)
    if asked.start not in STARTS:
        raise BadInputError(f"there is no start ‘{asked.start}’", hint=f"one of {', '.join(STARTS)}")
    return asked.start


def ties_in(path: Path, sides: tuple[str, ...]) -> Ties:
    """A table of ties, or FollowTheMoney entities where the file's name says so; with the sides that were written."""
    ties = read_entities(path) if path.suffix.lower() in ENTITIES else read_ties(path)
    return with_sides(ties, _sides(sides))


def _sides(written: tuple[str, ...]) -> dict[str, str]:
    """Who stands in the interest of whom, from PARTY=SIDE; the last "=" divides."""
    sides = {}
    for one in written:
        party, is_, side = (part.strip() for part in one.rpartition("="))
        if not (party and is_ and side):
            raise BadInputError(f"--side {one!r} is no party and side", hint='as --side "The Mill=mill"')
        sides[party] = side
    return sides


def _shape(told: Told) -> dict[str, Any]:
    """All of it as plain data."""
    return {
        "sources": list(told.testimony.sources), "items": list(told.testimony.items),
        "ties": [asdict(tie) for tie in told.ties.ties],
        "groups": [{"party": g.party, "members": list(g.members), "side": g.side} for g in told.without.groups],
        "voices": [asdict(voices) for voices in told.voices],
        "without": [asdict(row) for row in told.without.rows], "method": told.without.method, "numeric": told.without.numeric,
        "as_likely": as_likely(told.ends),
        "fixed_points": [asdict(end) | {"answers": dict(end.answers)} for end in told.ends],
        "sweep": _sweep_shape(told.sweep), "notes": [asdict(note) for note in told.notes], "rule": NO_TIE_SHOWS_NOTHING,
    }  # fmt: skip


def _sweep_shape(swept: Sweep | None) -> dict[str, Any] | None:
    if swept is None:
        return None
    return {
        "shares": {item: {answer: float(share) for answer, share in answers} for item, answers in swept.shares.items()},
        "ways": len(swept.tried), "undecided": list(swept.undecided), "sentence": swept.sentence,
    }  # fmt: skip


def _lines(told: Told) -> list[str]:
    testimony = told.testimony
    counts = (("statement", testimony), ("source", testimony.sources), ("item", testimony.items))
    said, by, on = (plural(len(every), word) for word, every in counts)
    lines = [f"{said} by {by} on {on}."]
    lines += wrapped(NO_TIE_SHOWS_NOTHING, "")
    several = [voices for voices in told.voices if voices.heads > 1]
    lines += part("How many independent voices", columns_wrapped((v.item, v.value, v.sentence) for v in several))
    lines += part("Ties", columns(
        (tie.from_, f"{told.ties.kinds[tie.kind].says} {tie.to}", years_of(tie), tie.status) for tie in told.ties.ties
    ))  # fmt: skip
    same = {True: "yes", False: "no", None: ""}
    rows = [(row.item, row.label, str(row.left), _answer(row), same[row.same]) for row in told.without.rows]
    rows.insert(0, ("item", "who is heard", "left", "answer", "same?"))
    lines += part(f"Every answer without them ({told.without.method}; numbers: {told.without.numeric})", columns(rows))
    lines += part(f"Every fixed point of {told.without.method}, by where it starts", _end_lines(told.ends))
    if told.sweep is not None:
        lines += part(f"Which answer wins, over {len(told.sweep.tried)} ways", [
            *columns((item, answer or "level", percent(float(share))) for item, answer, share in _wins(told.sweep.shares)),
            *wrapped(told.sweep.sentence),
        ])  # fmt: skip
    notes = [f"{note.where}: {note.detail}" if note.where else note.detail for note in told.notes]
    return [*lines, *part("Mind", [line for note in notes for line in wrapped(note)])]


def _end_lines(ends: Sequence[Ending]) -> list[str]:
    """Each end: its likelihood, its weight where they are weighed, whence it is reached, and where its answers part."""
    lines = []
    for place, end in enumerate(ends, start=1):
        fit = (
            "no likelihood: it is no model"
            if end.log_likelihood is None
            else f"log-likelihood {number(end.log_likelihood)}"
        )
        weight = f", weight {percent(end.weight)}" if end.weight is not None else ""
        lines += wrapped(f"{place}. {fit}{weight}; from {', '.join(end.starts)}")
        apart = [
            f"{item}: {mine or 'level'}, not {first or 'level'}"
            for (item, mine), (_, first) in zip(end.answers, ends[0].answers, strict=True) if mine != first
        ]  # fmt: skip
        more = [f"and {len(apart) - MOST_APART} more"] if len(apart) > MOST_APART else []
        lines += wrapped("; ".join([*apart[:MOST_APART], *more]), "      ")
    level = as_likely(ends)
    if level > 1:
        lines += wrapped(f"The first {level} are as likely: these figures alone do not decide between them.")
    return lines


def _wins(shares: Mapping[str, tuple[tuple[str, Fraction], ...]]) -> list[tuple[str, str, Fraction]]:
    return [(item, answer, share) for item, answers in shares.items() for answer, share in answers]


def _answer(row: Any) -> str:
    if row.answer is None:
        return str(row.note)
    return f"{row.answer} ({row.low:,.6g} to {row.high:,.6g})" if row.low is not None else str(row.answer)
