"""The years that a question names."""

import re
from dataclasses import dataclass, field

from evenhand.asking.wording import Words
from evenhand.text.figures import figures

YEAR = r"(?:1[0-9]|20)\d\d"
SIDE = rf"(?:the )?(?:years? )?(?P<{{0}}>{YEAR})(?P<{{0}}s>'?s)?"
SHORT = r"(?P<short>'?\d\d(?!\d))"
BETWEEN = re.compile(
    rf"(?:\b(?:from|between|over|during|in|for|of|since)\s+)?(?:the )?{SIDE.format('a')}\s*"
    r"(?:-|to the|to|and|until|till|through|up to|onto)\s*"
    rf"(?:in )?(?:{SIDE.format('b')}|{SHORT})(?![\d-])"
)
COUNT = r"(?P<n>\d{1,3}|[a-z]+(?:-[a-z]+)?) years"
SPAN = re.compile(
    rf"\b(?:over|in|during|for|within)?\s*(?:the )?(?:first )?{COUNT} "
    rf"(?:from|after|since|following|starting (?:in|with|from)|beginning (?:in|with)|that followed) (?P<y>{YEAR})\b"
)
SPAN_TO = re.compile(rf"\b(?:over|in|during|for)?\s*the {COUNT} (?:to|before|until|up to) (?P<y>{YEAR})\b")
CENTURY = re.compile(
    r"\b(?:over|in|during|through|throughout|across)?\s*(?:the )?(?:(?P<half>first|second|latter) half of )?(?:the )?"
    r"(?:(?P<n>\d\d)(?:th|st)|(?P<w>nineteenth|twentieth|twenty-first)) century\b"
)
CENTURIES = {"nineteenth": 19, "twentieth": 20, "twenty-first": 21}
DECADE = re.compile(rf"\b(?:in|during|over|through|throughout|for)?\s*(?:the )?(?P<y>{YEAR})'?s\b")
SINCE = re.compile(
    rf"\b(?:since|after|from|starting in|beginning in)\s+(?:about |around )?(?P<y>{YEAR})\b"
    r"(?: (?:on|onwards?|until now|to (?:today|now|the present)))?"
)
UNTIL = re.compile(rf"\b(?:until|till|by|before|up to|as late as)\s+(?P<y>{YEAR})\b")
IN = re.compile(rf"\b(?:in|of|for|as of|around|about|at)?\s*(?:the year )?(?P<y>{YEAR})\b")


@dataclass(slots=True)
class Years:
    """start, end: None where nothing is said. to_last: to the last year with figures. single: one year alone.

    windows: every window that the question names. stray: years beside a window that are none of its ends.
    """

    start: int | None = None
    end: int | None = None
    to_last: bool = False
    single: bool = False
    windows: list[tuple[int, int]] = field(default_factory=list)
    stray: list[int] = field(default_factory=list)


def read_years(words: Words) -> Years:
    """The window of a question; takes the words that name it."""
    years = Years()
    _spans(words, years)
    _centuries(words, years)
    for hit in words.find(BETWEEN):
        a, b = int(hit["a"]), int(hit["b"]) if hit["b"] else _short(int(hit["a"]), hit["short"])
        if " and " in hit[0] and not hit["as"] and not re.search(r"\b(between|born|in)\b", words.low[: hit.start("a")]):
            continue
        start, end = a, b + (9 if hit["bs"] else 0)
        words.take(hit.start(), hit.end())
        years.windows.append((start, end))
    for hit in words.find(DECADE):
        words.take(hit.start(), hit.end())
        years.windows.append((int(hit["y"]), int(hit["y"]) + 9))
    years.windows = list(dict.fromkeys(years.windows))
    singles = _singles(words, years)
    if years.windows:
        years.stray += [year for year in singles if year not in years.windows[0]]
        years.start, years.end = years.windows[0]
    elif len(singles) > 1:
        years.start, years.end = singles[0], singles[1]
        years.windows = [(singles[0], singles[1])]
        years.stray += singles[2:]
    elif singles and years.start is None and years.end is None:
        years.start = years.end = singles[0]
        years.single = True
    elif singles:
        years.end, years.to_last = singles[0], False
    return years


def _singles(words: Words, years: Years) -> list[int]:
    """The years that stand alone."""
    for hit in words.find(SINCE):
        if not years.windows:
            years.start, years.to_last = int(hit["y"]), True
        elif int(hit["y"]) not in years.windows[0]:
            years.stray.append(int(hit["y"]))
        words.take(hit.start(), hit.end())
    for hit in words.find(UNTIL):
        if not years.windows:
            years.end, years.to_last = int(hit["y"]), False
        elif int(hit["y"]) not in years.windows[0]:
            years.stray.append(int(hit["y"]))
        words.take(hit.start(), hit.end())
    found = []
    for hit in words.find(IN):
        words.take(hit.start(), hit.end())
        found.append(int(hit["y"]))
    return list(dict.fromkeys(found))


def _spans(words: Words, years: Years) -> None:
    """ "the thirty years from 1950"; "the 20 years to 1990"."""
    for pattern, sign in ((SPAN, 1), (SPAN_TO, -1)):
        for hit in words.find(pattern):
            n = _number(hit["n"])
            if n is None:
                continue
            y = int(hit["y"])
            years.windows.append((y, y + n) if sign > 0 else (y - n, y))
            words.take(hit.start(), hit.end())


def _number(word: str) -> int | None:
    found = figures(f"{word} years")
    return int(found[0].value) if found and found[0].value.denominator == 1 and found[0].value < 300 else None


def _centuries(words: Words, years: Years) -> None:
    for hit in words.find(CENTURY):
        n = int(hit["n"]) if hit["n"] else CENTURIES[hit["w"]]
        first = (n - 1) * 100
        half = {"first": (first, first + 49), "second": (first + 50, first + 99), "latter": (first + 50, first + 99)}
        years.windows.append(half.get(hit["half"] or "", (first, first + 99)))
        words.take(hit.start(), hit.end())


def _short(year: int, digits: str) -> int:
    """ "1960-90": the year of the same century."""
    return year // 100 * 100 + int(digits.strip("'"))
