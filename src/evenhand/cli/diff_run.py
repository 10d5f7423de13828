"""What ``evenhand diff`` prints."""

import json
import textwrap
from collections.abc import Iterable, Iterator

from evenhand.audit.differ.result import CaseDiff, Cited, Concession, Matched, OneSide, PairDiff, Shared
from evenhand.audit.wording import number
from evenhand.model.verdict import percent
from evenhand.model.words import plural
from evenhand.report.json_out import plain

WIDTH = 100
MOST = 5
BY = {"first": "A gives way", "second": "B gives way", "either": "either gives way"}


def json_of(found: CaseDiff | PairDiff) -> str:
    """All of it, with the fields of ``CaseDiff`` or ``PairDiff``."""
    return json.dumps(plain(found), ensure_ascii=False, indent=1)


def told(found: CaseDiff | PairDiff) -> str:
    """It in words, for the terminal."""
    return "\n".join(_same_text(found) if isinstance(found, CaseDiff) else _pair(found))


def _same_text(found: CaseDiff) -> Iterator[str]:
    yield f"“{found.title}”, audited twice"
    yield f"  A: {found.first}"
    yield f"  B: {found.second}"
    apart = [one for one in found.matched if one.gap > 0 or one.partings]
    yield ""
    distance = f"Distance {number(round(found.distance, 3))} of at most {len(found.matched)}."
    yield f"{plural(len(found.matched), 'passage')} marked by both; they part on {len(apart)}. {distance}"
    for one in apart:
        yield from _matched(one)
    for parting in found.general:
        yield ""
        yield f"For all claims: {parting.label} ({parting.what})"
        yield from _two(parting.first, parting.second)
    yield ""
    yield from _best(found)
    yield from _alone("A", found.only_first)
    yield from _alone("B", found.only_second)
    if found.untried:
        yield ""
        yield f"{plural(len(found.untried), 'change')} could not be tried alone:"
        for what, why in found.untried:
            yield from _wrapped(f"{what}: {why}", "  ")


def _matched(one: Matched) -> Iterator[str]:
    yield ""
    yield from _wrapped(
        f"“{one.first.quote}”  ({one.first.id} / {one.second.id}, apart {number(round(one.gap, 3))})", ""
    )
    yield from _two(_verdict(one.first), _verdict(one.second))
    for parting in one.partings:
        yield f"  {parting.what}: {parting.label}"
        yield from _two(parting.first, parting.second, "    ")


def _verdict(one: OneSide) -> str:
    share = f"{percent(one.share)}: " if one.share is not None else ""
    return f"{share}{one.verdict}"


def _two(first: str, second: str, indent: str = "  ") -> Iterator[str]:
    yield from _wrapped(f"A: {first}", indent)
    yield from _wrapped(f"B: {second}", indent)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}   ") or [indent]


def _best(found: CaseDiff) -> Iterator[str]:
    if found.distance == 0:
        yield "The two come out the same on every passage that both marked: nothing need be conceded."
        return
    tried = f"({plural(len(found.concessions), 'change')} tried, each by auditing anew)"
    if not found.best:
        yield f"No single concession brings them closer {tried}." if found.concessions else "There is no change to try."
        return
    yield f"The single concession that brings them closest {tried}:"
    for one in found.best:
        yield from _wrapped(_conceded(one, found.distance), "  ")
    others = [one for one in found.concessions if one not in found.best and one.after < found.distance]
    if others:
        yield "Next:"
        for one in others[:MOST]:
            yield from _wrapped(_conceded(one, found.distance), "  ")


def _conceded(one: Concession, before: float) -> str:
    where = f"{one.claim}, " if one.claim else ""
    to = {"first": f"to “{one.parting.second}”", "second": f"to “{one.parting.first}”"}.get(
        one.by, f"“{one.parting.first}” or “{one.parting.second}” for both"
    )
    return (f"{where}{one.parting.label} ({one.parting.what}): {to}; {BY[one.by]}. Distance {number(round(before, 3))} becomes "
            f"{number(round(one.after, 3))}.")  # fmt: skip


def _alone(who: str, claims: Iterable[OneSide]) -> Iterator[str]:
    listed = list(claims)
    if listed:
        yield ""
        yield f"Marked by {who} alone ({len(listed)}):"
        for one in listed:
            yield from _wrapped(f"{one.id}, {one.kind}: “{one.quote}” {_verdict(one)}", "  ")


def _pair(found: PairDiff) -> Iterator[str]:
    yield "Two texts of a pair" + (f" ({' against '.join(found.sides)})" if found.sides else "")
    yield f"  A: {found.first}: “{found.first_title}”"
    yield f"  B: {found.second}: “{found.second_title}”"
    yield from _cited("A cites, and B leaves out", found.only_first)
    yield from _cited("B cites, and A leaves out", found.only_second)
    yield from _shared("Both accept", found.accepted)
    yield from _shared("One says, and the other turns round or rejects", found.contested)
    yield from _shared("Both cite, and say different things of", found.both_cite)
    yield ""
    yield "Leaving out is not lying: a short text must. What a text cites is what its casefile opens."


def _cited(title: str, cited: tuple[Cited, ...]) -> Iterator[str]:
    yield ""
    yield f"{title} ({len(cited)}):"
    for one in cited:
        yield from _wrapped(f"{one.kind}: {one.name} ({', '.join(one.claims)})", "  ")
    if not cited:
        yield "  nothing"


def _shared(title: str, shared: tuple[Shared, ...]) -> Iterator[str]:
    yield ""
    yield f"{title} ({len(shared)}):"
    for one in shared:
        says = (
            one.first_says
            if one.first_says == one.second_says
            else f"A {one.first_says or 'cites it'}; B {one.second_says or 'cites it'}"
        )
        yield from _wrapped(f"{one.kind}: {one.name}{f': {says}' if says else ''}"
                            f" (A: {', '.join(one.first_claims)}; B: {', '.join(one.second_claims)})", "  ")  # fmt: skip
    if not shared:
        yield "  nothing"
