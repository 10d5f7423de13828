"""The figures that a sentence states, and the sums between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Literal

from evenhand.text.stated import figure_at, read_stated
from evenhand.text.words import words

Unit = Literal["percent", "points", "money", "share", "times", "year", "plain"]
BEGINS = re.compile(r"(?<![\w.])(?:us\$|[$€£¥]|\d|[a-z]+)", re.IGNORECASE)
YEAR = re.compile(r"(?:1[0-9]|20)\d\d(?![\d,.]*\d)s?(?!\s*(?:per cent|percent|%|million|billion|people|dollars))")
POINTS = re.compile(r"\s*(?:percentage )?points?\b|\s*(?:%|per cent|percent) points?\b")
PER_HUNDRED = re.compile(r"\s*(?:%|percent\b|per cent\b)")
MONEY = re.compile(r"^(?:us\$|[$€£¥])|(?:dollars|euros|pounds|shillings|francs|marks)\b")
CHANGES = "rise increase gain jump growth fall drop decline cut loss decrease reduction difference overrun saving"
CHANGE = re.compile(rf"\b(?:an?)\s+({'|'.join(CHANGES.split())})\s+of\s+$")
FROM = re.compile(r"\bfrom\s+(?:[a-z$€£]+\s+){0,3}$")
TO = re.compile(r"\bto\b")
FACTORS = {
    "more than doubled": "more than 2", "more than double": "more than 2", "less than half": "less than 0.5",
    "doubled": "twice", "tripled": "three times", "trebled": "three times", "quadrupled": "four times", "halved": "half",
}  # fmt: skip
RATIO = re.compile(rf"\b({'|'.join(FACTORS)})\b")
APART = re.compile(r"[,(-]")
ABOVE = re.compile(r"\s*(?:above|over|more than|higher than)\b")
BELOW = re.compile(r"\s*(?:below|under|less than|lower than)\b")
OR = re.compile(r"\s*(?:,|\(|-)\s*(?:or|that is|i\.e\.)?\s*")
OUT_OF_WHOLE = re.compile(r"\bof\s+(?:the\s+)?(?:[a-z$€£]+\s+){0,2}$")
POINTS_SAID = re.compile(r"per cent|percentage points?|points?")
OF = re.compile(r"\s*(?:of|out of)\b")
DOWN = frozenset(["fall", "drop", "decline", "cut", "loss", "decrease", "reduction", "saving"])
LONGEST_GAP = 90
CLOSE = 6
NEAR = 60
LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class FigureAt:
    """A figure of a sentence. start, end: in the folded text; said: with its words of looseness from ``opens`` on."""

    start: int
    end: int
    value: Fraction
    unit: Unit
    words: str
    said: str
    opens: int


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A sum that a sentence states. start, end: from its first figure to its last."""

    expression: str
    stated: str
    start: int
    end: int


def figures(text: str) -> list[FigureAt]:
    """The figures of a folded sentence in order; years are figures of the unit ``year``."""
    low, found, at = text.lower(), [], 0
    for begin in BEGINS.finditer(low):
        if begin.start() < at or not may_begin(begin[0]):
            continue
        if year := YEAR.match(low, begin.start()):
            found.append(
                FigureAt(year.start(), year.end(), Fraction(int(year[0][:4])), "year", year[0], year[0], year.start())
            )
            at = year.end()
            continue
        if one := figure_from(low, begin.start()):
            found.append(one)
            at = one.end
    return found


def may_begin(word: str) -> bool:
    """May a figure begin with this word?"""
    return not word.isalpha() or word in number_words()


@cache
def number_words() -> frozenset[str]:
    table = words()
    return frozenset({*table.numbers, *table.fractions, *table.multiples, "a", "an"})


NOT_IN = re.compile(r"\s(?:in|/)\s(?=\S*\d{4}\b|[^\d])")


def figure_from(low: str, start: int) -> FigureAt | None:
    """The figure that begins here. "in" joins two small numbers ("two in three") and nothing else."""
    stop = NOT_IN.search(low, start, start + 60)
    piece = low[start : stop.start() if stop else start + 80]
    opening = figure_at(piece)
    if (
        opening is None
        or opening.length == 0
        or piece[: opening.length] in {"a", "an", "no", "one", "none", "nothing", "once"}
    ):
        return None
    end = start + opening.length
    taken = low[start:end]
    unit: Unit = "percent" if opening.percent else "plain"
    if points := POINTS.match(low, end):
        end, unit = points.end(), "points"
    elif unit == "plain" and (MONEY.search(taken) or MONEY.match(low[end + 1 : end + 10])):
        unit = "money"
    elif unit == "plain" and re.search(r"[a-z]", taken) and opening.value.denominator > 1:
        unit = "share"
    elif unit == "plain" and taken.split()[0] in words().multiples:
        unit = "times"
    opens = opening_of(low, start)
    if unit == "share" and is_ordinal(low, taken, opens, start):
        return None
    return FigureAt(start, end, opening.value, unit, taken, low[opens:end], opens)


ORDINAL_BEFORE = re.compile(r"\b(?:the|his|her|its|their|second|first|last|latter|other|better|in)\s+$")


def is_ordinal(low: str, taken: str, opens: int, start: int) -> bool:
    """ "the twentieth century", "the second half": a place in an order, no share."""
    single = " " not in taken and "-" not in taken
    named = low[opens:start].rstrip()
    if not single or taken.endswith(("s", "halves")) or named.endswith((" a", "an")) or named == "a":
        return False
    return bool(ORDINAL_BEFORE.search(low[max(0, start - NEAR) : start])) or taken not in {"half", "quarter"}


def opening_of(low: str, start: int) -> int:
    """Where the words of looseness before a figure begin."""
    at = start
    while True:
        before = low[max(0, at - NEAR) : at]
        stripped = before.rstrip()
        ends = [p for p in loose_words() if stripped.endswith(p) and not stripped[: -len(p)][-1:].isalpha()]
        if not ends or len(stripped) == len(before):
            return at
        at -= len(before) - len(stripped) + len(max(ends, key=len))


@cache
def loose_words() -> tuple[str, ...]:
    """Words that may stand before a figure and belong to it."""
    return (*(p for rule in words().rules if not rule.after for p in rule.words), "a", "the", "only", "just")


def sums(text: str, known: Sequence[FigureAt] | None = None) -> list[StatedSum]:
    """Every sum that a folded sentence states between its own figures; known: those, where they were read before."""
    found = [f for f in (figures(text) if known is None else known) if f.unit != "year"]
    low = text.lower()
    stated = [*changes(low, found), *shares(low, found), *ratios(low, found)]
    first = {(s.start, s.expression): s for s in reversed(stated) if read_stated(s.stated) is not None}
    return sorted(first.values(), key=lambda s: (s.start, s.end))


def shown(*figures: FigureAt) -> tuple[str, ...]:
    """Figures as exact numbers for one sum, in the largest common thousand: 5.8 and 18.7 for two amounts of trillions."""
    values = [f.value * 100 if f.unit == "percent" else f.value for f in figures]
    scale = 1
    while scale < LARGEST and all(v == 0 or fits(v, 1000 * scale) for v in values):
        scale *= 1000
    scaled = [v / scale for v in values]
    return tuple(str(int(v)) if v.denominator == 1 else f"{float(v):.10g}" for v in scaled)


def fits(value: Fraction, scale: int) -> bool:
    return abs(value) >= scale and (value / scale).denominator <= 1000


def relative(one: str, other: str, *, less: bool = False) -> str:
    return f"({other} - {one}) / {other}" if less else f"({one} - {other}) / {other}"


def pairs(low: str, found: Sequence[FigureAt]) -> Iterator[tuple[int, FigureAt, FigureAt]]:
    """ "from A to B": the place of B, and both."""
    for i, (a, b) in enumerate(pairwise(found)):
        between = low[a.end : b.start]
        if len(between) < LONGEST_GAP and FROM.search(low[max(0, a.opens - 40) : a.opens]) and TO.search(between):
            yield i + 1, a, b


def changes(low: str, found: Sequence[FigureAt]) -> Iterator[StatedSum]:
    """ "from A to B, a rise of C", and then "nearly a quarter"; "from A to B, more than double"."""
    for i, a, b in pairs(low, found):
        if i + 1 >= len(found):
            continue
        c = found[i + 1]
        named = CHANGE.search(low[max(0, c.opens - NEAR) : c.opens])
        if named is None or c.opens - b.end > LONGEST_GAP:
            if c.unit in {"times", "share"} and c.opens - b.end < CLOSE and not OF.match(low, c.end):
                yield StatedSum(" / ".join(shown(b, a)), c.said, a.start, c.end)
            continue
        before, after = shown(a, b)
        difference = f"{before} - {after}" if named[1] in DOWN else f"{after} - {before}"
        if c.unit == "percent" and a.unit != "percent":
            yield StatedSum(f"({difference}) / {before}", c.said, a.start, c.end)
        else:
            yield StatedSum(difference, POINTS_SAID.sub("", c.said).strip(" %"), a.start, c.end)
        further = found[i + 2] if i + 2 < len(found) else None
        if further and further.unit in {"share", "percent"} and further.opens - c.end < CLOSE:
            yield StatedSum(f"({difference}) / {before}", further.said, a.start, further.end)


def shares(low: str, found: Sequence[FigureAt]) -> Iterator[StatedSum]:
    """ "A, close to a third of B"; "of B, A, or about two fifths"; "A was nearly a third above B"."""
    for i, f in enumerate(found):
        before = found[i - 1] if i else None
        if f.unit not in {"share", "percent"} or before is None or before.unit in {"percent", "share", "points"}:
            continue
        gap, rest = low[before.end : f.opens], low[f.end : f.end + NEAR]
        after = found[i + 1] if i + 1 < len(found) and found[i + 1].unit == before.unit else None
        whole = found[i - 2] if i > 1 and found[i - 2].unit == before.unit else None
        if after and OF.match(rest) and after.start - f.end < LONGEST_GAP and APART.search(gap):
            yield StatedSum(" / ".join(shown(before, after)), f.said, before.start, after.end)
        elif after and (side := ABOVE.match(rest) or BELOW.match(rest)):
            less = side.re is BELOW
            yield StatedSum(relative(*shown(before, after), less=less), f.said, before.start, after.end)
        elif whole and OR.fullmatch(gap) and OUT_OF_WHOLE.search(low[max(0, whole.opens - NEAR) : whole.opens]):
            yield StatedSum(" / ".join(shown(before, whole)), f.said, whole.start, f.end)


def ratios(low: str, found: Sequence[FigureAt]) -> Iterator[StatedSum]:
    """ "doubled, from A to B"; "from A to B, more than double"."""
    for _, a, b in pairs(low, found):
        if word := RATIO.search(low, max(0, a.start - LONGEST_GAP), b.end + 30):
            start, end = min(a.start, word.start()), max(b.end, word.end())
            yield StatedSum(" / ".join(shown(b, a)), FACTORS[word[1]], start, end)
