"""The form of a claim, and the points on which defensible analysts differ."""

from dataclasses import dataclass
from typing import Any, Literal

FormName = Literal[
    "more",
    "less",
    "most",
    "least",
    "among-the-most",
    "by-at-least",
    "same",
    "at-most",
    "rose",
    "fell",
    "none",
    "always",
]
FORM_NAMES: tuple[FormName, ...] = (
    "more", "less", "most", "least", "among-the-most", "by-at-least", "same", "at-most", "rose", "fell", "none", "always",
)  # fmt: skip
ChoiceKind = Literal[
    "measure", "window", "peers", "standard", "scale", "tolerance", "membership", "values", "sources", "stitching",
    "attribution", "aggregate", "pool",
]  # fmt: skip
CHOICE_KINDS: tuple[ChoiceKind, ...] = (
    "measure", "window", "peers", "standard", "scale", "tolerance", "membership", "values", "sources", "stitching",
    "attribution", "aggregate", "pool",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """What the claim says of the score.

    name: one of ``FORM_NAMES``. direction: which way of the measure's own values the claim points; ``none`` and
    ``always`` read it as "fell" (down) or "rose" (up). margin, within: in the score's unit, or for ``same`` in ``unit``
    (absolute, percent of the reference, or sd of all scores). ratio: for ``by-at-least`` on ratio scales.
    """

    name: FormName
    direction: Literal["up", "down"] = "up"
    margin: float | None = None
    ratio: float | None = None
    within: float | None = None
    unit: Literal["absolute", "percent", "sd"] = "absolute"


@dataclass(frozen=True, slots=True)
class Option:
    """One alternative of a choice. ``value`` is what the part that reads it needs; ``because`` is why it is defensible."""

    id: str
    label: str
    value: Any
    because: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A point on which defensible analysts differ. Its id is global in a casefile; the first option is the default."""

    id: str
    options: tuple[Option, ...]
    kind: ChoiceKind
