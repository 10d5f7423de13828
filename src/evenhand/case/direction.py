"""Which way is better, where the casefile's author sees it otherwise than the catalogue."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Direction:
    """A measure's direction by the casefile, with its reason. The catalogue's own is shown beside it."""

    measure: str
    better: Literal["higher", "lower", "neither"]
    because: str


def direction(data: Any) -> Direction:
    """From what the schema has allowed."""
    return Direction(data["measure"], data["better"], data["because"])
