"""One family of errors: where, what is wrong, what to do."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in what the user gave us.

    where: ``file:line:column``, a file, or a row and column of a table. message: what is wrong. hint: what is allowed,
    the closest match, or what to do.
    """

    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        parts = [part for part in (self.message, self.hint) if part]
        return f"{self.where}: {'; '.join(parts)}" if self.where else "; ".join(parts)


class EvenhandError(Exception):
    """Base of all our errors: a message, a hint and where."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        self.problems: tuple[Problem, ...] = (Problem(where, message, hint),)
        super().__init__(str(self.problems[0]))


class BadInputError(EvenhandError):
    """What the user gave cannot be used; nothing was written."""

    exit_code = 2

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> "BadInputError":
        """All problems at once, in the order given."""
        error = cls("\n".join(str(problem) for problem in problems))
        error.problems = tuple(problems)
        return error


def closest_words(name: str, allowed: Iterable[str], n: int = 3) -> list[str]:
    """Which allowed words come closest? First near spellings, then those that hold all of its words, then the rest."""
    by_folded = {word.casefold(): word for word in allowed}
    asked = name.casefold()
    near = difflib.get_close_matches(asked, by_folded, n=n, cutoff=0.5)
    sure = [word for word in near if difflib.SequenceMatcher(None, asked, word).ratio() >= 0.75]
    parts = set(re.findall(r"\w{3,}", asked))
    holding = [word for word in by_folded if parts and parts <= set(re.findall(r"\w{3,}", word))]
    return [by_folded[word] for word in dict.fromkeys([*sure, *sorted(holding, key=len), *near])][:n]
