"""Which way is better, where the casefile's author sees it otherwise than the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from evenhand.case.tree import Tree
from evenhand.model import Problem


@dataclass(frozen=True, slots=True)
class Direction:
    """A measure's direction by the casefile, with its reason. The catalogue's own is shown beside it."""

    measure: str
    better: Literal["higher", "lower", "neither"]
    because: str


def direction(data: Any) -> Direction:
    """From what the schema has allowed."""
    return Direction(data["measure"], data["better"], data["because"])


def direction_problems(tree: Tree, data: Any) -> Iterator[Problem]:
    """Measures that are given two directions."""
    listed = data.get("directions") if isinstance(data, dict) else None
    first: dict[str, int] = {}
    for i, entry in enumerate(listed if isinstance(listed, list) else ()):
        measure = entry.get("measure") if isinstance(entry, dict) else None
        if not isinstance(measure, str):
            continue
        if measure in first:
            line = tree.place(("directions", first[measure], "measure"))[0]
            message = f"the direction of {measure!r} is set twice, first on line {line}"
            yield tree.problem(("directions", i, "measure"), message, "take one of the two out")
        first.setdefault(measure, i)
