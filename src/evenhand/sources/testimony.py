"""Testimony: who says what of what, as arrays."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from evenhand.model import BadInputError, Reason

ValueKind = Literal["category", "number", "date"]
VALUE_KINDS: tuple[ValueKind, ...] = get_args(ValueKind)

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Testimony:
    """R statements: ``sources[source[r]]`` says ``values[value[r]]`` of ``items[item[r]]``.

    source, item, value: [R] codes. number, low, high: [R] the value as a number with its bounds (for a date: days since
    1970-01-01), NaN where there is none. when: [R] year of the statement, or -9999 where not said. kinds: [I] what the
    values of each item are. notes: what a reader should know (one source only, items with one answer, ...).
    """

    sources: tuple[str, ...]
    items: tuple[str, ...]
    values: tuple[str, ...]
    source: Ints
    item: Ints
    value: Ints
    number: Floats
    low: Floats
    high: Floats
    when: Ints
    kinds: tuple[ValueKind, ...]
    notes: tuple[Reason, ...] = ()

    def __len__(self) -> int:
        return len(self.source)

    def code(self, source: str) -> int:
        """The code of a source; raises ``BadInputError`` where nobody of that name speaks."""
        try:
            return self.sources.index(source)
        except ValueError:
            raise BadInputError(
                f"no source is called {source!r}", hint=f"sources: {', '.join(self.sources[:8])}"
            ) from None

    def rows(self, keep: NDArray[np.bool_]) -> "Testimony":
        """The statements where ``keep`` [R] holds; names and codes stay as they are."""
        columns = ("source", "item", "value", "number", "low", "high", "when")
        return replace(self, **{column: getattr(self, column)[keep] for column in columns})

    def without(self, sources: set[str] | frozenset[str]) -> "Testimony":
        """The testimony without what these sources say."""
        out = np.array([name in sources for name in self.sources], dtype=np.bool_)
        return self.rows(~out[self.source])

    def of_kind(self, *kinds: ValueKind) -> "Testimony":
        """Only the statements on items whose values are of these kinds."""
        wanted = np.array([kind in kinds for kind in self.kinds], dtype=np.bool_)
        return self.rows(wanted[self.item])


def statements(
    source: NDArray[np.integer], item: NDArray[np.integer], value: NDArray[np.integer], *, classes: int | None = None
) -> Testimony:
    """Testimony from three arrays [R] of codes counted from 0; the fast way in, names are the codes themselves."""
    sizes = [int(codes.max()) + 1 if len(codes) else 0 for codes in (source, item, value)]
    for name, codes in (("source", source), ("item", item), ("value", value)):
        if len(codes) != len(source):
            raise BadInputError(f"{name} has {len(codes)} codes, source has {len(source)}")
        if len(codes) and codes.min() < 0:
            raise BadInputError(f"{name} has a code under 0", hint="codes count from 0; leave out what is not said")
    nothing = np.broadcast_to(np.nan, len(source))
    kinds: tuple[ValueKind, ...] = tuple("category" for _ in range(sizes[1]))
    names = [tuple(map(str, range(size))) for size in (sizes[0], sizes[1], max(sizes[2], classes or 0))]
    return Testimony(
        names[0], names[1], names[2], source.astype(np.int32, copy=False), item.astype(np.int32, copy=False),
        value.astype(np.int32, copy=False), nothing, nothing, nothing, np.broadcast_to(np.int32(-9999), len(source)),
        kinds,
    )  # fmt: skip
