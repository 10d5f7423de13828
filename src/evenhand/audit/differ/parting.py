"""Where two readings of one passage part, and what that is called: reading, choice, figure or source."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from evenhand.audit.differ.result import Parting, What
from evenhand.case import Case, Claim
from evenhand.catalog import Catalog

LONGEST = 160


@dataclass(frozen=True, slots=True)
class Point:
    """One key on which two casefiles may part. value: what is compared; keys: what is taken over, each a path in the claim."""

    what: What
    where: str
    label: str
    value: Callable[[Claim], Any]
    keys: tuple[tuple[str, ...], ...]


def _open(name: str) -> Callable[[Claim], Any]:
    return lambda claim: getattr(claim.open, name) if claim.open else None


POINTS = (
    Point("reading", "kind", "what kind of claim it is", lambda c: c.kind, (("kind",),)),
    Point("reading", "voice", "whose claim it is", lambda c: (c.voice, c.stance), (("voice",), ("stance",))),
    Point("reading", "open.subject", "who is judged", _open("subject"), (("open", "subject"),)),
    Point("reading", "open.against", "against whom", _open("against"), (("open", "against"),)),
    Point("reading", "open.measure", "by what measure", _open("measure"), (("open", "measure"),)),
    Point("reading", "open.form", "what is said of it", _open("form"), (("open", "form"),)),
    Point("reading", "open.window", "between which years", _open("window"), (("open", "window"),)),
    Point("reading", "event", "which event, and what of it", lambda c: c.event, (("event",),)),
    Point("reading", "class", "which class, and what of it", lambda c: c.klass, (("class",),)),
    Point("reading", "tie", "which tie", lambda c: c.tie, (("tie",),)),
    Point("reading", "consensus", "which agreement", lambda c: c.consensus, (("consensus",),)),
    Point("choice", "open.standard", "the rule", _open("standard"), (("open", "standard"),)),
    Point("choice", "open.choices", "which other ways are tried", _open("choices"), (("open", "choices"),)),
    Point("choice", "open.exclude", "which ways are left out", _open("exclude"), (("open", "exclude"),)),
    Point("choice", "open.needs_to_see", "which events it must see", _open("needs_to_see"), (("open", "needs_to_see"),)),
    Point("figure", "arithmetic", "the sum", lambda c: c.arithmetic, (("arithmetic",),)),
    Point("figure", "figure", "the stated figure", lambda c: c.figure, (("figure",),)),
    Point("source", "cites", "whom it cites", lambda c: tuple(sorted(c.cites)), (("cites",),)),
)  # fmt: skip
WHOLE = Point("reading", "claim", "the whole reading of the passage", lambda c: c.open is not None, ())
"""Where one opens a comparison and the other does not, or they read another kind, single keys cannot change sides."""


def points_apart(first: Claim, second: Claim) -> list[Point]:
    """The points on which two readings part; the whole reading where single ones make no sense."""
    apart = [point for point in POINTS if point.value(first) != point.value(second)]
    if first.kind != second.kind or (first.open is None) != (second.open is None):
        return [WHOLE, *(p for p in apart if p.what in {"figure", "source"})]
    return apart


def parting(point: Point, first: tuple[Claim, Catalog], second: tuple[Claim, Catalog]) -> Parting:
    """A point with what the two say there, in words."""
    if point is WHOLE:
        return Parting("reading", "claim", point.label, _whole(*first), _whole(*second))
    return Parting(
        point.what,
        point.where,
        point.label,
        told(point.value(first[0]), first[1]),
        told(point.value(second[0]), second[1]),
    )


def _whole(claim: Claim, catalog: Catalog) -> str:
    opened = (
        f", {told(claim.open.subject, catalog)}, {told(claim.open.measure, catalog)}" if claim.open else ", not opened"
    )
    return f"{claim.kind}{opened if claim.kind == 'comparison' else ''}"


def told(value: Any, catalog: Catalog) -> str:
    """A value of a casefile in a few words: names for ids, what is empty left away."""
    if value is None or value == ():
        return "nothing"
    if isinstance(value, str):
        return _name(value, catalog)
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(told(one, catalog) for one in value)
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is None:
        return str(value)
    if {"start", "end"} == set(fields) - {"event"}:
        return f"{value.start} to {value.end}"
    parts = [
        (name, getattr(value, name))
        for name, field in fields.items()
        if getattr(value, name) not in (None, (), "", field.default)
    ]
    return "; ".join(f"{name.rstrip('_')}: {told(one, catalog)}" for name, one in parts)[:LONGEST] or "nothing"


def _name(word: str, catalog: Catalog) -> str:
    for find in (catalog.names.unit, catalog.names.measure, catalog.names.group):
        if find(word) == word:
            break
    else:
        return word
    if catalog.has_measure(word):
        return catalog.measure(word).name
    return catalog.group(word).name if catalog.has_group(word) else catalog.unit(word).name


def general(first: Case, second: Case) -> Iterator[tuple[Parting, tuple[str, str]]]:
    """Where the files part for more than one claim: (what, (list, id)). The id is empty where a whole list is meant."""
    for key, what, label in (("choices", "choice", "the options of"), ("groups", "choice", "who belongs to"),
                             ("classes", "figure", "the class"), ("sources", "source", "what is known of")):  # fmt: skip
        mine, theirs = ({one.id: one for one in getattr(case, key)} for case in (first, second))
        for id_ in sorted(mine.keys() & theirs.keys()):
            if repr(mine[id_]) != repr(theirs[id_]):
                kind: What = what  # type: ignore[assignment]
                yield Parting(kind, f"{key}: {id_}", f"{label} {id_}", *_two(mine[id_], theirs[id_])), (key, id_)
    if _files(first) != _files(second):
        names = [", ".join(data.file for data in case.data) or "none of its own" for case in (first, second)]
        told_ = [f"{name} ({_digest(case)})" if names[0] == names[1] else name
                 for name, case in zip(names, (first, second), strict=True)]  # fmt: skip
        yield Parting("figure", "data", "the figures of its own", *told_), ("data", "")
    if first.testimony != second.testimony:
        yield Parting("source", "testimony", "who says what", f"{len(first.testimony)} statements",
                      f"{len(second.testimony)} statements"), ("testimony", "")  # fmt: skip


def _files(case: Case) -> list[tuple[str, str, str]]:
    return [(hashlib.sha256(d.path.read_bytes()).hexdigest(), d.source or "", repr(d.measures)) for d in case.data]


def _digest(case: Case) -> str:
    return ", ".join(digest[:8] for digest, _, _ in _files(case))


def _two(mine: Any, theirs: Any) -> tuple[str, str]:
    """What only the one and only the other has: options or members, else the fields that differ."""
    for name in ("options", "members", "ties"):
        lists = [list(getattr(one, name, ())) for one in (mine, theirs)]
        if lists[0] != lists[1]:
            return _only(lists[0], lists[1]), _only(lists[1], lists[0])
    fields = [n for n in mine.__dataclass_fields__ if getattr(mine, n) != getattr(theirs, n)]
    first, second = ("; ".join(f"{n}: {getattr(one, n)}" for n in fields)[:LONGEST] for one in (mine, theirs))
    return first, second


def _only(here: list[Any], there: list[Any]) -> str:
    names = [_entry(one) for one in here if one not in there]
    return (", ".join(names) or "nothing that the other has not")[:LONGEST]


def _entry(one: Any) -> str:
    word = next(str(getattr(one, n)) for n in ("label", "unit", "name", "to", "id") if hasattr(one, n))
    status = getattr(one, "status", "")
    return f"{word} ({status})" if status else word
