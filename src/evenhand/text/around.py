"""The figures of a paragraph and what stands around each, from which the shapes of sums are told."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from evenhand.text.arithmetic import recompute
from evenhand.text.figures import FigureAt

APART = re.compile(r"[,(-]")
OF = re.compile(r"\s*(?:of|out of)\b")
SCALE = re.compile(r"thousand|million|billion|trillion|tn\b|bn\b|m\b|k\b")
SHARES = frozenset({"share", "percent"})
COUNTED = frozenset({"money", "plain"})
LONGEST_GAP = 90
CLOSE = 6
NEAR = 60
LARGEST = 10**12
SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
    "m": 10**6,
    "bn": 10**9,
    "tn": 10**12,
}
JOINT = re.compile(r"\s*(?:to|and)\s*")


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


def best_of(expressions: Sequence[str], stated: FigureAt) -> str:
    """Where the words allow several readings, the one that agrees; the first where none does."""
    return next((e for e in expressions if recompute(e, stated.said).agrees), expressions[0])


def scaled(c: FigureAt, *others: FigureAt) -> str:
    """A stated figure in the scale in which its sum is shown."""
    digits = shown(c, *others)[0]
    return c.said.replace(c.words, digits) if c.words in c.said else digits


def similar(a: FigureAt, c: FigureAt) -> bool:
    """Are they of one unit, and written in the same scale?"""
    return a.unit == c.unit and SCALE.findall(a.words) == SCALE.findall(c.words)


def same_scale(around: Around, a: FigureAt, b: FigureAt) -> FigureAt:
    """ "from 42 to 51 million": the first takes its scale and unit from the second."""
    found = SCALE.search(b.words)
    if a.unit != "plain" or b.unit not in COUNTED or not JOINT.fullmatch(around.low[a.end : b.opens]):
        return a
    by = SCALES[found[0]] if found and not SCALE.search(a.words) else 1
    return replace(a, value=a.value * by, unit=b.unit)


Shape = Callable[[Around, int], StatedSum | None]
