"""Sums about a change or a ratio between two figures, told by the words beside the result."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from evenhand.text.around import (
    APART,
    CLOSE,
    COUNTED,
    LONGEST_GAP,
    NEAR,
    OF,
    SHARES,
    Around,
    StatedSum,
    alike,
    best_of,
    relative,
    same_scale,
    scaled,
    shown,
    similar,
)  # fmt: skip
from evenhand.text.figures import FigureAt

CHANGES = (
    "rise increase gain jump growth fall drop decline cut loss decrease reduction difference gap overrun saving surplus "
    "shortfall excess margin improvement"
)
UP = frozenset(["rise", "increase", "gain", "jump", "growth", "improvement"])
DOWN = frozenset(["fall", "drop", "decline", "cut", "loss", "decrease", "reduction", "saving", "shortfall"])
CHANGE = re.compile(rf"\b(?:an?|the|its|their)\s+(?:[a-z]+\s+)?({'|'.join(CHANGES.split())})\s+of\s+$")
FROM = re.compile(r"\bfrom\s+(?:[a-z$€£]+\s+){0,3}$")
TO = re.compile(r"\bto\b")
FACTORS = {
    "more than doubled": "more than 2", "more than double": "more than 2", "less than half": "less than 0.5",
    "doubled": "twice", "tripled": "three times", "trebled": "three times", "quadrupled": "four times", "halved": "half",
}  # fmt: skip
RATIO = re.compile(rf"\b({'|'.join(FACTORS)})\b")
ABOVE = re.compile(r"\s*(?:[a-z]+\s+)?(?:above|over|more than|higher than|ahead of)\b")
BELOW = re.compile(r"\s*(?:[a-z]+\s+)?(?:below|under|less than|fewer than|lower than|short of)\b")
AGAIN = re.compile(r"\s*(?:as (?:many|much|high|large) again|more|higher|up)\b")
MORE = re.compile(r"\s*(?:more|fewer|less|higher|lower)\s*(?=[.,;:)]|$)")
TIMES_AS = re.compile(
    r"\s*(?:times\s+)?(?:more\b|that\s*(?:[.,;:)]|$)|what (?:was|had|it|they)\b"
    r"|(?:the|its|their|that) (?:[a-z]+ )?(?:estimate|plan|budget|forecast|figure|number|sum|price|cost|target"
    r"|total|rate|level)s?\b"
    r"|the (?:original|first|earlier|previous|old|planned|promised|expected)\b"
    r"|as (?:many|much|high|large|big|long|great)(?:\s*(?:[.,;:)]|$)| again\b"
    r"| as (?:before|then|planned|promised|expected|estimated|in \d{4})\b))"
)
# what may stand between the last figure and the result that is told of it: "..., or", "..., an increase of"
LEAD = re.compile(
    rf"[,(:;-]\s*(?:(?:and|or|that is|that's|which is|which was|i\.e\.|in other words|up|down|by|to be precise)\s+)*"
    rf"(?:(?:an?|the)\s+(?:[a-z]+\s+){{0,2}}?(?P<named>{'|'.join(CHANGES.split())})\s+of\s+)?$|\s+or\s+(?:by\s+)?$"
)
WITHIN = re.compile(r"[^.;!?]*")
RISEN = re.compile(
    r"\s*(?:as (?:many|much|high|large) again|(?:more|higher|fewer|less|lower|up|down|short|over)\s*(?:[.,;:)]|$))"
)
RATED = re.compile(r"\s*(?:times\s+)?(?:as (?:many|much|high|large|big)\s*(?:[.,;:)]|$)|that\s*(?:[.,;:)]|$))")
MOVED = re.compile(r"\b(?:by|of)\s+$")
STARTS = re.compile(r"[^.;!?]{0,12}\bfrom\s+(?:[a-z$€£]+\s+){0,3}$|\s+between\s+(?:1|2)\d{3}\b[^.;!?]{0,40}$")
CLOSES = re.compile(r"\s*(?:[.,;:)]|$)")
BACK = re.compile(
    r"^(?:and |but |so |or )?(?:that|this|which|it) (?:is|was|means|makes|meant|made|comes to|came to) (?:[a-z]+ ){0,2}$"
)
POINTS_SAID = re.compile(r"per cent|percentage points?|points?|%")


def from_to(around: Around, i: int) -> tuple[FigureAt, FigureAt] | None:
    """ "from A to B" right before the i-th figure."""
    for j in (i - 1, i - 2):
        if not (around.same(j, i) and around.same(j - 1, i)):
            continue
        a, b = around.found[j - 1], around.found[j]
        between = around.low[a.end : b.start]
        before = around.low[max(0, a.opens - 40) : a.opens]
        if len(between) < LONGEST_GAP and FROM.search(before) and TO.search(between) and alike_ends(a, b):
            return a, b
    return None


def alike_ends(a: FigureAt, b: FigureAt) -> bool:
    """ "from 88 to 74 per cent": the first takes its unit from the second."""
    return a.value > 0 and b.value > 0


def after_change(around: Around, i: int) -> StatedSum | None:
    """ "from A to B, a rise of C"; and then "nearly a quarter"."""
    c, pair = around.found[i], from_to(around, i)
    if pair is None or around.found[i - 1].end > c.opens:
        return None
    a, b = same_scale(around, *pair), pair[1]
    before, after = shown(a, b) if a.unit == b.unit else shown(*same_unit(a, b))
    named = CHANGE.search(around.low[max(0, c.opens - NEAR) : c.opens])
    gap = c.opens - around.found[i - 1].end
    down = bool(named and named[1] in DOWN) or (not (named and named[1] in UP) and b.value < a.value)
    difference = f"{before} - {after}" if down else f"{after} - {before}"
    if named and gap <= LONGEST_GAP:
        if c.unit == "share" or (c.unit == "percent" and b.unit != "percent"):
            return StatedSum(f"({difference}) / {before}", c.said, a.start, c.end, c.opens)
        if c.unit in COUNTED and a.unit in COUNTED:
            return change(a, b, c, down=down)
        return StatedSum(difference, POINTS_SAID.sub("", c.said).strip(), a.start, c.end, c.opens)
    if gap < CLOSE and c.unit == b.unit and c.unit in COUNTED and MORE.match(around.low, c.end):
        return StatedSum(difference, scaled(c, a, b), a.start, c.end, c.opens)
    if gap >= CLOSE or c.unit not in {"times", *SHARES} or OF.match(around.low, c.end):
        return None
    ratio = f"{after} / {before}"
    if c.unit == "times":
        return StatedSum(ratio, c.said, a.start, c.end, c.opens)
    if c.unit == "percent" and b.unit == "percent":
        return None
    return StatedSum(best_of([f"({difference}) / {before}", ratio], c), c.said, a.start, c.end, c.opens)


def same_unit(a: FigureAt, b: FigureAt) -> tuple[FigureAt, FigureAt]:
    """Two ends of a range of which one is written without its unit: "from 88 to 74 per cent"."""
    scale = 100 if "percent" in {a.unit, b.unit} and "plain" in {a.unit, b.unit} else 1
    plain = [
        FigureAt(f.start, f.end, f.value * (scale if f.unit == "percent" else 1), "plain", f.words, f.said, f.opens)
        for f in (a, b)
    ]
    return plain[0], plain[1]


def beside(around: Around, i: int) -> StatedSum | None:
    """ "A, close to a third of B"; "A was nearly a third above B"; "A, nine more than B"."""
    s = around.found[i]
    if not (around.same(i - 1, i) and around.same(i, i + 1)) or around.found[i - 1].unit not in COUNTED:
        return None
    a, b = around.found[i - 1], around.found[i + 1]
    gap, rest = around.between(i - 1, i), around.low[s.end : s.end + NEAR]
    if not alike(a, b) or b.start - s.end > LONGEST_GAP:
        return None
    if s.unit in SHARES and OF.match(rest) and APART.search(gap):
        return StatedSum(" / ".join(shown(a, b)), s.said, a.start, b.end, s.opens)
    side = ABOVE.match(rest) or BELOW.match(rest)
    if (
        side is None
        or len(gap) > LONGEST_GAP
        or (s.unit not in SHARES and not (s.unit == a.unit and APART.search(gap)))
    ):
        return None
    less = side.re is BELOW
    if s.unit in SHARES:
        return StatedSum(relative(*shown(a, b), less=less), s.said, a.start, b.end, s.opens)
    one, other, _ = shown(a, b, s)
    return StatedSum(f"{other} - {one}" if less else f"{one} - {other}", scaled(s, a, b), a.start, b.end, s.opens)


def multiple(around: Around, i: int) -> StatedSum | None:
    """ "It was to cost A; it cost B, almost three times the estimate"; "B against A, twice as much"."""
    s = around.found[i]
    if s.unit != "times" or not (around.same(i - 1, i) and around.same(i - 2, i)):
        return None
    a, b = around.found[i - 2], around.found[i - 1]
    gap = around.low[b.end : s.opens]
    if not alike(a, b) or a.unit not in COUNTED or not APART.search(gap) or len(gap) > LONGEST_GAP // 2:
        return None
    if not TIMES_AS.match(around.low, s.end):
        return None
    one, other = shown(a, b)
    return StatedSum(best_of([f"{other} / {one}", f"{one} / {other}"], s), s.said, a.start, s.end, s.opens)


def referring(around: Around, i: int) -> StatedSum | None:
    """ "It was to cost A. It cost B. That is an overrun of C, about a third": the two figures before it of its unit."""
    c = around.found[i]
    head = around.head(i)
    named = CHANGE.search(head)
    referring = named is not None and BACK.match(head[: named.start()].lstrip().rstrip(" ") + " ")
    share = _share_of(around, i)
    if share is not None:
        return share
    if not referring or named is None:
        return None
    pair = before_it(around, i)
    if pair is None:
        return None
    a, b = pair
    down = b.value < a.value
    if c.unit in SHARES and b.unit != "percent":
        expression = relative(*shown(b, a), less=down)
        return StatedSum(expression, c.said, a.start, c.end, c.opens)
    one, other, _ = shown(a, b, c) if a.unit == c.unit else (*shown(a, b), "")
    return StatedSum(f"{one} - {other}" if down else f"{other} - {one}", scaled(c, a, b), a.start, c.end, c.opens)


def _share_of(around: Around, i: int) -> StatedSum | None:
    """The share that follows a change: "an overrun of 102 million, about 33 per cent"."""
    s = around.found[i]
    if s.unit not in SHARES or not around.same(i - 1, i):
        return None
    more = MORE.match(around.low, around.found[i - 1].end)
    if s.opens - (more.end() if more else around.found[i - 1].end) >= CLOSE:
        return None
    first = after_change(around, i - 1) or referring(around, i - 1)
    if first is None or OF.match(around.low, s.end) or " - " not in first.expression or "/" in first.expression:
        return None
    before = first.expression.split(" - ")
    start = before[0] if Fraction(before[0]) > Fraction(before[1]) and _falls(around, i - 1) else before[1]
    return StatedSum(f"({first.expression}) / {start}", s.said, first.start, s.end, s.opens)


def _falls(around: Around, i: int) -> bool:
    """Did what the change before it is taken from go down?"""
    pair = from_to(around, i) or before_it(around, i)
    return pair is not None and pair[1].value < pair[0].value


def before_it(around: Around, i: int) -> tuple[FigureAt, FigureAt] | None:
    """The two figures of the same unit that stand last before the i-th's sentence, in the two sentences before it."""
    here, c = around.sentence[i], around.found[i]
    unit = c.unit if c.unit not in SHARES and c.unit != "points" else None
    earlier = [
        f
        for f, where in zip(around.found[max(0, i - 8) : i], around.sentence[max(0, i - 8) : i], strict=True)
        if here - 2 <= where < here and f.unit in {*COUNTED, "percent"} and (unit is None or similar(f, c))
    ]
    if len(earlier) < 2 or not alike(earlier[-2], earlier[-1]):
        return None
    return earlier[-2], earlier[-1]


def ratios(around: Around) -> Iterator[StatedSum]:
    """ "doubled, from A to B"; "from A to B, more than double"."""
    low = around.low
    for a, b in pairwise(around.found):
        between = low[a.end : b.start]
        opened = len(between) < LONGEST_GAP and FROM.search(low[max(0, a.opens - 40) : a.opens]) and TO.search(between)
        if opened and (word := RATIO.search(low, max(0, a.start - LONGEST_GAP), b.end + 30)):
            start, end = min(a.start, word.start()), max(b.end, word.end())
            yield StatedSum(" / ".join(shown(b, a)), FACTORS[word[1]], start, end, word.start())


def told_after(around: Around, i: int) -> StatedSum | None:
    """ "A in 1990. In 2000 it was B, half as many again", "A; B, a shortfall of C": the result is set apart behind the two.

    Its own words must say that it is a change ("more", "an increase of") or a ratio ("three times as many").
    """
    c, pair = around.found[i], last_two(around, i)
    if pair is None:
        return None
    a, b = pair
    lead = lead_of(around, i)
    if lead is None:
        return None
    if c.unit in {"times", *SHARES} and RATED.match(around.low, c.end):
        one, other = shown(b, a)
        return StatedSum(f"{one} / {other}", c.said, a.start, c.end, c.opens)
    named = lead.groupdict().get("named")
    risen = RISEN.match(around.low, c.end)
    if not (named or risen or (a.unit != "percent" and moves_from_to(around, i))) or OF.match(around.low, c.end):
        return None
    return change(a, b, c, down=named in DOWN or (named not in UP and b.value < a.value))


def moves_from_to(around: Around, i: int) -> bool:
    """Does "from A to B" stand right before the i-th figure, closed by it?"""
    return from_to(around, i) is not None and CLOSES.match(around.low, around.found[i].end) is not None


def change(a: FigureAt, b: FigureAt, c: FigureAt, *, down: bool) -> StatedSum | None:
    """The change from a to b, stated as c: as a share of a, in points, or in its own unit."""
    start, end = min(a.start, c.start), max(b.end, c.end)
    if c.unit in SHARES and a.unit != "percent":
        one, other = shown(b, a)
        return StatedSum(relative(one, other, less=down), c.said, start, end, c.opens)
    if a.unit == "percent" and c.unit in {"points", "percent"}:
        one, other = shown(a, b)
        stated = POINTS_SAID.sub("", c.said).strip()
        return StatedSum(f"{one} - {other}" if down else f"{other} - {one}", stated, start, end, c.opens)
    if c.unit not in COUNTED or a.unit == "percent":
        return None
    one, other, _ = shown(a, b, c)
    return StatedSum(f"{one} - {other}" if down else f"{other} - {one}", scaled(c, a, b), start, end, c.opens)


def last_two(around: Around, i: int) -> tuple[FigureAt, FigureAt] | None:
    """The two figures right before the i-th, of one unit, in its sentence or the two before it."""
    if i < 2 or around.sentence[i] - around.sentence[i - 2] > 2:
        return None
    b = around.found[i - 1]
    a = same_scale(around, around.found[i - 2], b)
    apart = around.low[a.end : b.opens]
    if {a.unit, b.unit} == {"money", "plain"} and CLOSES.match(around.low, b.end):
        a, b = replace(a, unit="plain"), replace(b, unit="plain")
    near = around.same(i - 2, i - 1) or len(apart) < 2 * LONGEST_GAP
    return (a, b) if near and alike(a, b) and a.unit in {*COUNTED, "percent"} else None


def lead_of(around: Around, i: int) -> "re.Match[str] | None":
    """How the result is joined to the figure before it: set apart in its sentence, or at the head of the next one."""
    if around.same(i - 1, i):
        gap = around.between(i - 1, i)
        return LEAD.search(gap) if len(gap) <= LONGEST_GAP and WITHIN.match(gap) else None
    head = around.head(i).lstrip()
    named = CHANGE.search(head)
    opening = head[: named.start()].rstrip() + " " if named else head
    return BACK.match(opening) if around.sentence[i] - around.sentence[i - 1] == 1 else None


def change_before(around: Around, i: int) -> StatedSum | None:
    """ "It grew by C, from A to B", "it fell by C between 1995, when there were A, and 2005, when there were B"."""
    if not (around.same(i, i + 1) and around.same(i, i + 2)) or around.found[i].unit == "times":
        return None
    c, b = around.found[i], around.found[i + 2]
    a = same_scale(around, around.found[i + 1], b)
    gap = around.low[c.end : a.opens]
    if not (alike(a, b) and a.unit in {*COUNTED, "percent"} and STARTS.match(gap)):
        return None
    before, between = around.low[max(0, c.opens - NEAR) : c.opens], around.low[a.end : b.opens]
    joined = TO.search(between) or (gap.lstrip().startswith("between") and " and " in between)
    if not (MOVED.search(before) and joined) or len(between) > LONGEST_GAP:
        return None
    return change(a, b, c, down=b.value < a.value)
