"""The figures that a sentence states."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from evenhand.text.stated import figure_at
from evenhand.text.words import words

Unit = Literal["percent", "points", "money", "share", "times", "year", "plain"]
BEGINS = re.compile(r"(?<![\w.])(?:us\$|[$€£¥]|\d|[a-z]+)", re.IGNORECASE)
YEAR = re.compile(r"(?:1[0-9]|20)\d\d(?![\d,.]*\d)s?(?!\s*(?:per cent|percent|%|million|billion|people|dollars))")
POINTS = re.compile(r"\s*(?:percentage )?points?\b|\s*(?:%|per cent|percent) points?\b")
TIMES = re.compile(r"(?:times|fold)$")
MONEY = re.compile(r"^(?:us\$|[$€£¥])|(?:dollars|euros|pounds|shillings|francs|marks)\b")
NEAR = 60
MOST_POINTS = 100  # points beyond these are scored, not percentage points


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


SMALL = "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
RATE = re.compile(rf"(?:one|{SMALL}|\d) in (?:{SMALL}|\d\d?)(?=\s*[.,;:)]|\s+of\b|$)")


RATE_OF = re.compile(rf"one [a-z]+ in ({SMALL}|\d\d?)(?=\s*[.,;:)]|$)")


def figure_from(low: str, start: int) -> FigureAt | None:
    """The figure that begins here. "in" joins two small numbers ("two in three", "one house in ten") and nothing else."""
    if named := RATE_OF.match(low, start):
        rate = f"one in {named[1]}"
        known = figure_at(rate)
        opens = opening_of(low, start)
        said = low[opens:start] + rate
        return FigureAt(start, named.end(), known.value, "share", rate, said, opens) if known else None
    stop = None if RATE.match(low, start) else NOT_IN.search(low, start, start + 60)
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
    if (points := POINTS.match(low, end)) and opening.value <= MOST_POINTS:
        end, unit = points.end(), "points"
    elif unit == "plain" and (MONEY.search(taken) or MONEY.match(low[end + 1 : end + 10])):
        unit = "money"
    elif unit == "plain" and (taken.split()[0] in words().multiples or TIMES.search(taken)):
        unit = "times"
    elif unit == "plain" and re.search(r"[a-z]", taken) and opening.value.denominator > 1:
        unit = "share"
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
