"""Where do the claims stand in the text? Every claim gets a link, also where claims lie in or across each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evenhand.audit.result import AuditedClaim
from evenhand.text.markup import Shown, shown


@dataclass(frozen=True, slots=True)
class Anchor:
    """A claim's number on the page and its two addresses: the card's and the passage's."""

    number: int
    claim: AuditedClaim

    @property
    def card(self) -> str:
        return f"claim-{self.number}"

    @property
    def passage(self) -> str:
        return f"text-{self.number}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. anchor: the claim that it leads to; first: the run carries the claim's passage address.

    ends: claims whose passage ends here and that have a run of their own. beside: claims that end here and lie wholly
    under others: they get a link of their own.
    """

    text: str
    anchor: Anchor | None
    first: bool = False
    ends: tuple[Anchor, ...] = ()
    beside: tuple[Anchor, ...] = ()


def anchors(claims: Sequence[AuditedClaim]) -> tuple[Anchor, ...]:
    """The claims numbered in the order of the text; the longer first where two begin alike."""
    ordered = sorted(enumerate(claims), key=lambda item: (item[1].start, -item[1].end, item[0]))
    return tuple(Anchor(number, claim) for number, (_, claim) in enumerate(ordered, 1))


def paragraphs(text: str, marks: Sequence[Anchor]) -> tuple[tuple[Piece, ...], ...]:
    """The text in paragraphs, each in pieces that lead to the innermost claim that covers them; a web page as it is read."""
    if (page := shown(text)) is not None:
        text, marks = page.text, [_placed(mark, page) for mark in marks]
    bounds = _paragraph_bounds(text)
    cuts = sorted({edge for mark in marks for edge in (mark.claim.start, mark.claim.end)})
    runs = [_runs(start, end, cuts, marks) for start, end in bounds]
    owned: dict[int, int] = {}
    for start, _, owner in (run for paragraph in runs for run in paragraph):
        if owner is not None:
            owned.setdefault(owner.number, start)
    ends = _ends(runs, marks)
    return tuple(tuple(_piece(text, run, owned, ends.get(run[1], ())) for run in paragraph) for paragraph in runs)


def _placed(mark: Anchor, page: Shown) -> Anchor:
    start, end = page.span(mark.claim.start, mark.claim.end)
    return replace(mark, claim=replace(mark.claim, start=start, end=end))


_Run = tuple[int, int, Anchor | None]


def _paragraph_bounds(text: str) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for gap in re.finditer(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*", text):
        bounds.append((start, gap.start()))
        start = gap.end()
    bounds.append((start, len(text)))
    return [(first, last) for first, last in bounds if text[first:last].strip()]


def _runs(start: int, end: int, cuts: Sequence[int], marks: Sequence[Anchor]) -> list[_Run]:
    edges = [start, *[cut for cut in cuts if start < cut < end], end]
    return [(a, b, _innermost(a, b, marks)) for a, b in pairwise(edges)]


def _innermost(start: int, end: int, marks: Sequence[Anchor]) -> Anchor | None:
    over = [mark for mark in marks if mark.claim.start <= start and end <= mark.claim.end]
    return min(over, key=lambda mark: (mark.claim.end - mark.claim.start, mark.number), default=None)


def _ends(runs: Sequence[Sequence[_Run]], marks: Sequence[Anchor]) -> dict[int, tuple[Anchor, ...]]:
    """Which claims end with the run that ends here? A claim that ends between paragraphs ends with the last."""
    closes: dict[int, tuple[Anchor, ...]] = {}
    stops = [run[1] for paragraph in runs for run in paragraph]
    for mark in marks:
        within = [stop for stop in stops if mark.claim.start < stop <= mark.claim.end]
        after = [stop for stop in stops if stop > mark.claim.end]
        at = max(within) if within else min(after, default=max(stops, default=0))
        closes[at] = (*closes.get(at, ()), mark)
    return closes


def _piece(text: str, run: _Run, owned: dict[int, int], closing: tuple[Anchor, ...]) -> Piece:
    start, end, owner = run
    return Piece(
        text[start:end],
        owner,
        first=owner is not None and owned[owner.number] == start,
        ends=tuple(mark for mark in closing if mark.number in owned),
        beside=tuple(mark for mark in closing if mark.number not in owned),
    )
