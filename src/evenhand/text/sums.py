"""The sums that a text states between its own figures, in one sentence or in the one before it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evenhand.text.arithmetic import recompute
from evenhand.text.figures import FigureAt, figures
from evenhand.text.stated import read_stated

CHANGES = (
    "rise increase gain jump growth fall drop decline cut loss decrease reduction difference gap overrun saving surplus "
    "shortfall excess margin improvement"
)
DOWN = frozenset(["fall", "drop", "decline", "cut", "loss", "decrease", "reduction", "saving", "shortfall"])
CHANGE = re.compile(rf"\b(?:an?|the|its|their)\s+(?:[a-z]+\s+)?({'|'.join(CHANGES.split())})\s+of\s+$")
FROM = re.compile(r"\bfrom\s+(?:[a-z$€£]+\s+){0,3}$")
TO = re.compile(r"\bto\b")
FACTORS = {
    "more than doubled": "more than 2", "more than double": "more than 2", "less than half": "less than 0.5",
    "doubled": "twice", "tripled": "three times", "trebled": "three times", "quadrupled": "four times", "halved": "half",
}  # fmt: skip
RATIO = re.compile(rf"\b({'|'.join(FACTORS)})\b")
APART = re.compile(r"[,(-]")
ABOVE = re.compile(r"\s*(?:[a-z]+\s+)?(?:above|over|more than|higher than|ahead of)\b")
BELOW = re.compile(r"\s*(?:[a-z]+\s+)?(?:below|under|less than|fewer than|lower than|short of)\b")
AGAIN = re.compile(r"\s*(?:as (?:many|much|high|large) again|more|higher|up)\b")
MORE = re.compile(r"\s*(?:more|fewer|less|higher|lower)\s*(?=[.,;:)]|$)")
STEP = re.compile(r"\s*(by|in|to|from|for|at|with|on|under|against)\b")
OR = re.compile(r"\s*(?:,|\(|-)\s*(?:or|that is|i\.e\.|which is|and that is)?\s*")
PART = re.compile(
    r"(?:\s+[a-z]+)?\s+(?:(?:out\s+)?of|among|in a total of)\s+(?:the|its|their|his|her|our|a|all)?\s*(?:[a-z]+\s+){0,2}"
)
AFTER_WHOLE = re.compile(r"(?:[\s-][a-z-]+){0,7}\s*[,(-]\s*(?:or\s+|that is,?\s+|which is\s+)?")
OUT_OF = re.compile(r"([\d.,]*\d) out of ([\d.,]*\d)")
TIMES_AS = re.compile(r"\s*(?:times\s+)?(?:the|as|what|its|their|his|her|that|more)\b")
OUT_OF_WHOLE = re.compile(r"\bof\s+(?:the\s+)?(?:[a-z$€£]+\s+){0,2}$")
BACK = re.compile(
    r"^(?:and |but |so |or )?(?:that|this|which|it) (?:is|was|means|makes|meant|made|comes to|came to) (?:[a-z]+ ){0,2}$"
)
IN_ALL = re.compile(r"(?:\s+[a-z]+){0,2}\s*,?\s+(?:in all|altogether|in total|all told|together|combined)\b")
MAKES = re.compile(r"\b(?:makes?|making|makes up|together|in all|in total|altogether|for a total of|a total of)\s+$")
TOTALLED = re.compile(r"a total of")
JOINED = re.compile(r"(?:\s+[a-z'-]+){0,6}\s*(?:,|\band\b|\bplus\b|, and)(?:\s+[a-z'-]+){0,4}\s*")
POINTS_SAID = re.compile(r"per cent|percentage points?|points?|%")
OF = re.compile(r"\s*(?:of|out of)\b")
SCALE = re.compile(r"thousand|million|billion|trillion|tn\b|bn\b|m\b|k\b")
SHARES = frozenset({"share", "percent"})
COUNTED = frozenset({"money", "plain"})
LONGEST_GAP = 90
CLOSE = 6
NEAR = 60
LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A sum that a text states. start, end: from its first figure to its last; at: where the stated result opens."""

    expression: str
    stated: str
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Around:
    """Where sums are looked for. low: the text in lower case; found: its figures but years; sentence: of each the place."""

    low: str
    found: Sequence[FigureAt]
    sentence: Sequence[int]
    opens: Sequence[int]

    def same(self, i: int, j: int) -> bool:
        """Do two figures stand in one sentence?"""
        return 0 <= i < len(self.found) and 0 <= j < len(self.found) and self.sentence[i] == self.sentence[j]

    def between(self, i: int, j: int) -> str:
        """The words between the i-th figure and the words of looseness of the j-th."""
        return self.low[self.found[i].end : self.found[j].opens]

    def head(self, i: int) -> str:
        """The words of its sentence before the i-th figure."""
        return self.low[self.opens[self.sentence[i]] : self.found[i].opens][-4 * NEAR :]


def sums(text: str, known: Sequence[FigureAt] | None = None, starts: Sequence[int] = ()) -> list[StatedSum]:
    """Every sum that a folded text states between its figures.

    known: the figures, where they were read before; starts: where its sentences begin. A sentence refers to figures of
    the one or two before it only where it says so ("That is an overrun of 102 million").
    """
    found = [f for f in (figures(text) if known is None else known) if f.unit != "year"]
    opens = [0, *starts] if not starts or starts[0] else list(starts)
    around = Around(text.lower(), found, [bisect_right(opens, f.start) - 1 for f in found], opens)
    stated = [one for i in range(len(found)) for one in _stated(around, i)]
    stated += _ratios(around)
    first = {(s.start, s.expression): s for s in reversed(stated) if read_stated(s.stated) is not None}
    return sorted(first.values(), key=lambda s: (s.start, s.end))


def _stated(around: Around, i: int) -> Iterator[StatedSum]:
    """The sums whose result the i-th figure is: the first shape that fits."""
    for shape in SHAPES:
        if one := shape(around, i):
            yield one
            return


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


def alike(a: FigureAt, b: FigureAt) -> bool:
    """Could one be a part, a multiple or an earlier value of the other? Both of one unit, and neither nothing."""
    return a.unit == b.unit and a.value > 0 and b.value > 0


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


def _after_change(around: Around, i: int) -> StatedSum | None:
    """ "from A to B, a rise of C"; and then "nearly a quarter"."""
    c, pair = around.found[i], from_to(around, i)
    if pair is None or around.found[i - 1].end > c.opens:
        return None
    a, b = pair
    before, after = shown(a, b) if a.unit == b.unit else shown(*same_unit(a, b))
    named = CHANGE.search(around.low[max(0, c.opens - NEAR) : c.opens])
    gap = c.opens - around.found[i - 1].end
    down = named[1] in DOWN if named else b.value < a.value
    difference = f"{before} - {after}" if down else f"{after} - {before}"
    if named and gap <= LONGEST_GAP:
        if c.unit == "share" or (c.unit == "percent" and b.unit != "percent"):
            return StatedSum(f"({difference}) / {before}", c.said, a.start, c.end, c.opens)
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


def best_of(expressions: Sequence[str], stated: FigureAt) -> str:
    """Where the words allow several readings, the one that agrees; the first where none does."""
    return next((e for e in expressions if recompute(e, stated.said).agrees), expressions[0])


def _beside(around: Around, i: int) -> StatedSum | None:
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


def scaled(c: FigureAt, *others: FigureAt) -> str:
    """A stated figure in the scale in which its sum is shown."""
    digits = shown(c, *others)[0]
    return c.said.replace(c.words, digits) if c.words in c.said else digits


def _part_of_whole(around: Around, i: int) -> StatedSum | None:
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
    opened = OUT_OF_WHOLE.search(around.low[max(0, one.opens - NEAR) : one.opens])
    if opened and AFTER_WHOLE.fullmatch(around.low[two.end : s.opens]):
        return StatedSum(" / ".join(shown(two, one)), s.said, one.start, s.end, s.opens)
    return None


def _of_them(low: str, at: int) -> bool:
    return re.match(r"\s*of (?:them|these|those|all|the total|the whole|it)\b", low[at : at + 20]) is not None


def _multiple(around: Around, i: int) -> StatedSum | None:
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


def _total(around: Around, i: int) -> StatedSum | None:
    """ "A and B, C in all"; "A, B and C make D"."""
    c = around.found[i]
    ends = IN_ALL.match(around.low, c.end)
    makes = MAKES.search(around.low[max(0, c.opens - NEAR) : c.opens]) or TOTALLED.search(c.said)
    if not (ends or makes) or c.unit not in COUNTED:
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


def _parts(around: Around, i: int) -> StatedSum | None:
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


def _referring(around: Around, i: int) -> StatedSum | None:
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
    first = _after_change(around, i - 1) or _referring(around, i - 1)
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


def similar(a: FigureAt, c: FigureAt) -> bool:
    """Are they of one unit, and written in the same scale?"""
    return a.unit == c.unit and SCALE.findall(a.words) == SCALE.findall(c.words)


def _ratios(around: Around) -> Iterator[StatedSum]:
    """ "doubled, from A to B"; "from A to B, more than double"."""
    low = around.low
    for a, b in pairwise(around.found):
        between = low[a.end : b.start]
        opened = len(between) < LONGEST_GAP and FROM.search(low[max(0, a.opens - 40) : a.opens]) and TO.search(between)
        if opened and (word := RATIO.search(low, max(0, a.start - LONGEST_GAP), b.end + 30)):
            start, end = min(a.start, word.start()), max(b.end, word.end())
            yield StatedSum(" / ".join(shown(b, a)), FACTORS[word[1]], start, end, word.start())


Shape = Callable[[Around, int], StatedSum | None]
SHAPES: tuple[Shape, ...] = (_after_change, _part_of_whole, _beside, _multiple, _total, _parts, _referring)
