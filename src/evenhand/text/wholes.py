"""Sums of parts and wholes: shares, totals, what is left."""

import re
from collections.abc import Sequence
from itertools import pairwise

from evenhand.text.arithmetic import recompute
from evenhand.text.around import (
    COUNTED,
    LONGEST_GAP,
    NEAR,
    OF,
    SHARES,
    Around,
    StatedSum,
    alike,
    scaled,
    shown,
    similar,
)  # fmt: skip
from evenhand.text.figures import FigureAt

STEP = re.compile(r"\s*(by|in|to|from|for|at|with|on|under|against)\b")
PART = re.compile(
    r"(?:\s+[a-z]+)?\s+(?:(?:out\s+)?of|among|in a total of)\s+(?:the|its|their|his|her|our|a|all)?\s*(?:[a-z]+\s+){0,2}"
)
AFTER_WHOLE = re.compile(r"(?:[\s-][a-z-]+){0,7}\s*[,;:(-]\s*(?:or\s+|that is,?\s+|that makes\s+|which is\s+)?")
OUT_OF = re.compile(r"([\d.,]*\d) out of ([\d.,]*\d)")
OUT_OF_WHOLE = re.compile(r"\bof\s+(?:the\s+)?(?:[a-z$€£]+\s+){0,2}$")
IN_ALL = re.compile(r"(?:\s+[a-z]+){0,2}\s*,?\s+(?:in all|altogether|in total|all told|together|combined)\b")
MAKES = re.compile(r"\b(?:makes?|making|makes up|together|in all|in total|altogether|for a total of|a total of)\s+$")
TOTALLED = re.compile(r"a total of")
TOGETHER = re.compile(
    r"^(?:and |so )?(?:together|in all|in total|altogether|all told|that makes|taken together|between them)"
    r"\b(?:,|\s[a-z' ]*)?\s*$"
)
OF_TOTAL = re.compile(r"\s*of (?:the total|the whole|all)\b")
OF_WHICH = re.compile(r"\bof (?:which|whom|these|those|them)\b")
THAT_IS = re.compile(r"(?:and |or |so )?(?:that|this|which|it)(?: is|'s| was| makes| made| means) ")
SENTENCE_ENDS = re.compile(r"\s*(?:[.,;:!)]|$)")
SHARE_OF = re.compile(r"\s+of\s+(?:the|its|their|his|her|our|all|these|those)?\s*(?:[a-z]+\s+){0,2}")
SET_APART = re.compile(r"(?:\s+[a-z'-]+){0,3}\s*[,(-]\s*(?:or\s+|that is,?\s+)?|(?:\s+[a-z'-]+){0,8}\s*:\s*")
NEXT_WORD = re.compile(r"\s*([a-z]+)")
VERB = re.compile(r"is|are|was|were|have|had|has|will|remain|went|who|which|of|[a-z]+ed")
REST = re.compile(r"\b(?:the|its|their|all)\s+(?:other|remaining|rest,|last)\s+$")
SPAN = "year|month|week|day|hour"
PER_SPAN = re.compile(rf"\s*(?:[a-z]+\s+)?(?:an?|per|each|every)\s+({SPAN})\b")
IS_EACH = re.compile(
    rf"\s+({SPAN})s\s*(?:,\s*)?(?:is|was|are|were|or|makes|comes to|came to|works out at|which is|that is)\s+"
)
OVER = re.compile(r"\b(?:over|in|during|within|for|across|through)\s+(?:the\s+)?(?:[a-z]+\s+)?$")
JOINED = re.compile(r"(?:\s+[a-z'-]+){0,6}\s*(?:,|\band\b|\bplus\b|, and)(?:\s+[a-z'-]+){0,4}\s*")


def part_of_whole(around: Around, i: int) -> StatedSum | None:
    """ "A out of B, more than two thirds"; "of B, A, or about two fifths"."""
    s = around.found[i]
    if s.unit not in SHARES or not around.same(i - 1, i):
        return None
    if (whole := OUT_OF.fullmatch(around.found[i - 1].words)) and AFTER_WHOLE.fullmatch(around.between(i - 1, i)):
        return StatedSum(f"{whole[1]} / {whole[2]}", s.said, around.found[i - 1].start, s.end, s.opens)
    if not around.same(i - 2, i):
        return None
    one, two = around.found[i - 2], around.found[i - 1]
    if (
        not alike(one, two)
        or one.unit not in COUNTED
        or (OF.match(around.low, s.end) and not _of_them(around.low, s.end))
    ):
        return None
    if PART.fullmatch(around.low[one.end : two.opens]) and AFTER_WHOLE.fullmatch(around.low[two.end : s.opens]):
        return StatedSum(" / ".join(shown(one, two)), s.said, one.start, s.end, s.opens)
    if opens_whole(around, i - 2) and AFTER_WHOLE.fullmatch(around.low[two.end : s.opens]):
        return StatedSum(" / ".join(shown(two, one)), s.said, one.start, s.end, s.opens)
    return _past_a_count(around, i) or _set_apart(around, i)


def _set_apart(around: Around, i: int) -> StatedSum | None:
    """ "They shipped A and bought back B, one ton in twenty": nothing but the comma says of what. Only where it agrees."""
    whole, part, s = around.found[i - 2], around.found[i - 1], around.found[i]
    apart = AFTER_WHOLE.fullmatch(around.low[part.end : s.opens])
    if not apart or part.value >= whole.value or SENTENCE_ENDS.match(around.low, s.end) is None:
        return None
    made = StatedSum(" / ".join(shown(part, whole)), s.said, whole.start, s.end, s.opens)
    return made if recompute(made.expression, made.stated).agrees else None


def by_the_year(around: Around, i: int) -> StatedSum | None:
    """ "A over N years is B a year"; "A in N days, or B a day"."""
    s = around.found[i]
    ends = PER_SPAN.match(around.low, s.end)
    if ends is None or s.unit not in COUNTED or not around.same(i - 2, i):
        return None
    amount, spans = around.found[i - 2], around.found[i - 1]
    told = IS_EACH.fullmatch(around.low[spans.end : s.opens])
    over = OVER.search(around.low[amount.end : spans.start])
    if not (told and over and told[1] == ends[1] and amount.unit in COUNTED and spans.unit == "plain"):
        return None
    stated = scaled(s, amount)
    return StatedSum(f"{shown(amount, s)[0]} / {shown(spans)[0]}", stated, amount.start, s.end, s.opens)


def _past_a_count(around: Around, i: int) -> StatedSum | None:
    """ "Of the B posts, A went to two districts, three quarters": a count in words stands between. Only where it agrees."""
    if not around.same(i - 3, i) or around.found[i - 1].said[:1].isdigit() or not opens_whole(around, i - 3):
        return None
    whole, part, s = around.found[i - 3], around.found[i - 2], around.found[i]
    if not (alike(whole, part) and AFTER_WHOLE.fullmatch(around.low[part.end : s.opens])):
        return None
    made = StatedSum(" / ".join(shown(part, whole)), s.said, whole.start, s.end, s.opens)
    return made if recompute(made.expression, made.stated).agrees else None


def _of_them(low: str, at: int) -> bool:
    return (
        re.match(
            r"\s*of (?:(?:them|these|those|the total|the whole|it)\b|all(?=\s*[.,;:)]|\s+of\b|\s*$))", low[at : at + 20]
        )
        is not None
    )


def total(around: Around, i: int) -> StatedSum | None:
    """ "A and B, C in all"; "A, B and C make D"."""
    c = around.found[i]
    ends = IN_ALL.match(around.low, c.end)
    makes = MAKES.search(around.low[max(0, c.opens - NEAR) : c.opens]) or TOTALLED.search(c.said)
    if c.unit not in COUNTED:
        return None
    if TOGETHER.match(around.head(i).lstrip()) and not around.same(i - 1, i):
        return together(around, c, i)
    if not (ends or makes):
        return None
    parts: list[FigureAt] = []
    j = i - 1
    while around.same(j, i) and similar(around.found[j], c) and 0 < around.found[j].value < c.value:
        if parts and not JOINED.fullmatch(around.low[around.found[j].end : parts[0].opens]):
            break
        parts.insert(0, around.found[j])
        j -= 1
    if len(parts) < 2 or c.opens - parts[-1].end > LONGEST_GAP:
        return None
    *each, _ = shown(*parts, c)
    return StatedSum(" + ".join(each), scaled(c, *parts), parts[0].start, c.end, c.opens)


def parts(around: Around, i: int) -> StatedSum | None:
    """ "Of the C mills, A were closed by the council and B by the company". Parts in one construction, that add up.

    Nothing says that they are all, so parts that do not add up are no sum of the text's.
    """
    last, j = around.found[i], i - 1
    while around.same(j, i) and similar(around.found[j], last) and not opens_whole(around, j):
        j -= 1
    if not around.same(j, i) or not similar(around.found[j], last) or i - j < 2 or last.unit not in COUNTED:
        return None
    whole, parts = around.found[j], around.found[j + 1 : i + 1]
    if sum(one.value for one in parts) != whole.value or not in_step(around, parts):
        return None
    *each, _ = shown(*parts, whole)
    return StatedSum(" + ".join(each), scaled(whole, *parts).removeprefix("the "), whole.start, last.end, last.opens)


def opens_whole(around: Around, j: int) -> bool:
    """Does "of the" stand before the j-th figure?"""
    one = around.found[j]
    return OUT_OF_WHOLE.search(around.low[max(0, one.opens - NEAR) : one.opens]) is not None


def in_step(around: Around, parts: Sequence[FigureAt]) -> bool:
    """Do the parts stand in one construction: "by" and "by", "in" and "in", "for" and "against"?"""
    end = STEP.match(around.low, parts[-1].end)
    if end is None:
        return False
    wanted = "for" if end[1] == "against" else end[1]
    between = [around.low[a.end : b.opens] for a, b in pairwise(parts)]
    return all(len(gap) < LONGEST_GAP and re.search(rf"\b{wanted}\b", gap) for gap in between)


def part_of_them(around: Around, i: int) -> StatedSum | None:
    """ "A members. Only B voted, a quarter of the total"; "A, of which B, or two thirds"; "That is a quarter of them"."""
    s = around.found[i]
    if s.unit not in SHARES or i < 2 or around.sentence[i] - around.sentence[i - 2] > 2:
        return None
    one, two = around.found[i - 2], around.found[i - 1]
    if not alike(one, two) or one.unit not in COUNTED or one.value == two.value:
        return None
    whole, part = (one, two) if one.value > two.value else (two, one)
    joined = (
        AFTER_WHOLE.fullmatch(around.between(i - 1, i))
        if around.same(i - 1, i)
        else THAT_IS.fullmatch(around.head(i).lstrip())
    )
    named = around.low[one.end : two.opens]
    told = (
        _of_them(around.low, s.end)
        or (not OF.match(around.low, s.end) and (OF_WHICH.search(named) or (part is one and PART.fullmatch(named))))
        or (not around.same(i - 1, i) and SENTENCE_ENDS.match(around.low, s.end))
    )
    if not (joined and told):
        return None
    made = StatedSum(" / ".join(shown(part, whole)), s.said, one.start, s.end, s.opens)
    sure = OF_TOTAL.match(around.low, s.end) or OF_WHICH.search(named) or (part is one and PART.fullmatch(named))
    beside = (
        around.same(i - 2, i - 1) and not sure
    )  # "20 trains and 30 buses, a third of them" may speak of the buses alone
    return made if sure or (not beside and recompute(made.expression, made.stated).agrees) else None


def part_before_whole(around: Around, i: int) -> StatedSum | None:
    """ "A third of the 900 pupils, 300, walk"; "half of the 600 beds are empty: 300"."""
    s = around.found[i]
    if s.unit not in SHARES or not (around.same(i, i + 1) and around.same(i, i + 2)):
        return None
    whole, part = around.found[i + 1], around.found[i + 2]
    if not alike(whole, part) or whole.unit not in COUNTED or not SHARE_OF.fullmatch(around.low[s.end : whole.opens]):
        return None
    if not SET_APART.fullmatch(around.low[whole.end : part.opens]) or not SENTENCE_ENDS.match(around.low, part.end):
        return None
    return StatedSum(" / ".join(shown(part, whole)), s.said, s.opens, part.end, s.opens)


def remaining(around: Around, i: int) -> StatedSum | None:
    """ "Of the 12 bridges, 7 were repaired; the other 5 were closed"; "It closed 12 of them. The remaining 28 are full"."""
    rest = around.found[i]
    if not REST.search(around.head(i)) or rest.unit not in COUNTED:
        return None
    held: list[FigureAt] = []
    for j in range(i - 1, max(-1, i - 5), -1):
        one = around.found[j]
        if around.sentence[i] - around.sentence[j] > 2 or not similar(one, rest):
            break
        held.insert(0, one)
        parted = part_and_whole(around, j, held)
        if parted is not None:
            whole, parts = parted
            if whole.value <= sum(p.value for p in parts) or rest.value >= whole.value:
                return None
            if sum(p.value for p in parts) + rest.value != whole.value and not of_the_same(around, held[0], rest):
                return None
            total, *each, _ = shown(whole, *parts, rest)
            return StatedSum(
                " - ".join([total, *each]), scaled(rest, whole, *parts), held[0].start, rest.end, rest.opens
            )
    return None


def of_the_same(around: Around, first: FigureAt, rest: FigureAt) -> bool:
    """Does what follows "the other 5" speak of the same things: a verb, a stop, or a noun that was named before?"""
    following = NEXT_WORD.match(around.low, rest.end)
    return (
        following is None or bool(VERB.fullmatch(following[1])) or following[1] in around.low[first.start : rest.opens]
    )


def part_and_whole(around: Around, j: int, held: list[FigureAt]) -> "tuple[FigureAt, list[FigureAt]] | None":
    """Which of the figures from the j-th on is the whole of the others, where the words say so?"""
    if len(held) < 2:
        return None
    first, second = held[0], held[1]
    named = around.low[first.end : second.opens]
    if first.value < second.value and PART.fullmatch(named):
        return second, [first, *held[2:]]
    behind = around.low[second.end : second.end + NEAR // 2]
    if opens_whole(around, j) or OF_WHICH.search(named) or _of_them(behind, 0):
        return first, held[1:]
    return None


def together(around: Around, c: FigureAt, i: int) -> StatedSum | None:
    """ "Roads took A. Trams took B. Together they cost C": the figures of its unit in the sentences right before it."""
    parts: list[FigureAt] = []
    for j in range(i - 1, max(-1, i - 5), -1):
        one, here = around.found[j], around.sentence[i]
        if not 1 <= here - around.sentence[j] <= 3:
            break
        if not similar(one, c) or one.value >= c.value:
            return None
        parts.insert(0, one)
    if len(parts) < 2:
        return None
    *each, _ = shown(*parts, c)
    return StatedSum(" + ".join(each), scaled(c, *parts), parts[0].start, c.end, c.opens)
