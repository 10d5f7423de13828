"""What a question was understood as, what is missing in it, and why one is refused."""

from dataclasses import dataclass
from typing import Literal

from evenhand.model import BadInputError, Form

Reason = Literal[
    "ambiguous-name", "unknown-name", "before-figures", "after-figures", "no-figures", "outside", "two-measures",
    "several", "value", "cause", "toll", "event", "base-rate", "lookup", "prediction", "years", "itself",
    "leader-years", "mixed", "unclear",
]  # fmt: skip
REASONS: dict[Reason, str] = {
    "ambiguous-name": "several go by that name, or by one close to it",
    "unknown-name": "nobody in the catalogue goes by that name",
    "before-figures": "the years begin before the first figure",
    "after-figures": "the years end after the last figure",
    "no-figures": "there is no figure of that measure for one of those named",
    "outside": "what is measured is not in the catalogue",
    "two-measures": "more than one thing is measured",
    "several": "more than one comparison is made at once",
    "value": "it judges worth, by no measure",
    "cause": "it asks why, or what led to it",
    "toll": "it ranks people killed",
    "event": "it asks whether, or how, something happened",
    "base-rate": "it asks how often a thing happens in a whole class",
    "lookup": "it asks for a figure, and compares nothing",
    "prediction": "it speaks of years to come",
    "years": "the years make no window",
    "itself": "somebody is compared with themselves",
    "leader-years": "years are given for somebody who is judged over the time in office",
    "mixed": "a leader is set against a country",
    "unclear": "nothing in it can be asked of figures",
}
Lack = Literal["subject", "measure", "peers", "window", "within", "direction", "words"]


class NotUnderstoodError(BadInputError):
    """A question that is refused. reason: the kind of refusal; candidates: ids that a name could mean."""

    def __init__(self, reason: Reason, message: str, *, hint: str = "", candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.reason: Reason = reason
        self.candidates = candidates


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that the question leaves open. options: (what to answer, what it means), the standing one first."""

    what: Lack
    asks: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def standing(self) -> str | None:
        """What is taken where nobody is asked; None where there is nothing to take."""
        return self.options[0][0] if self.options else None


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was understood.

    subjects: ids of units, or the one of a group; several are judged together. against: all, region, nearest, or the ids
    of units or of one group; empty for rose and fell. window: None for a leader, and where it is still missing. notes: how
    names and misspellings were read, in sentences. missing: what is still to be asked; the fields hold the standing choice.
    """

    question: str
    subjects: tuple[str, ...]
    measure: str
    form: Form
    against: tuple[str, ...]
    window: tuple[int, int] | None
    rule: str = "change"
    leader: bool = False
    notes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    measures: tuple[str, ...] = ()
