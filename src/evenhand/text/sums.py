"""The sums that a text states between its own figures, in one sentence or in those right before it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from evenhand.text.around import Around, Shape, StatedSum
from evenhand.text.changes import after_change, beside, change_before, multiple, ratios, referring, told_after
from evenhand.text.figures import FigureAt, figures
from evenhand.text.stated import read_stated
from evenhand.text.wholes import by_the_year, part_before_whole, part_of_them, part_of_whole, parts, remaining, total

__all__ = ["StatedSum", "sums"]

SHAPES: tuple[Shape, ...] = (
    after_change, part_of_whole, beside, multiple, total, parts, referring, change_before, told_after, part_of_them,
    part_before_whole, remaining, by_the_year,
)  # fmt: skip


def sums(text: str, known: Sequence[FigureAt] | None = None, starts: Sequence[int] = ()) -> list[StatedSum]:
    """Every sum that a folded text states between its figures.

    known: the figures, where they were read before; starts: where its sentences begin. A sentence refers to figures of
    the one or two before it only where it says so ("That is an overrun of 102 million").
    """
    found = [f for f in (figures(text) if known is None else known) if f.unit != "year"]
    opens = [0, *starts] if not starts or starts[0] else list(starts)
    around = Around(text.lower(), found, [bisect_right(opens, f.start) - 1 for f in found], opens)
    stated = [one for i in range(len(found)) for one in _stated(around, i)]
    stated += ratios(around)
    first = {(s.start, s.expression): s for s in reversed(stated) if read_stated(s.stated) is not None}
    return sorted(first.values(), key=lambda s: (s.start, s.end))


def _stated(around: Around, i: int) -> Iterator[StatedSum]:
    """The sums whose result the i-th figure is: the first shape that fits."""
    for shape in SHAPES:
        if one := shape(around, i):
            yield one
            return
