"""How long a search may take: by the clock, where a person waits; in work, where the answer must be the same everywhere."""

import time
from dataclasses import dataclass, replace

SMALL = 400
"""Elements of an argument up to which a piece of work costs what it is put at; larger ones cost in proportion."""


class Work:
    """Work that is left, in milliseconds of a usual machine; searches that share it use it up together."""

    def __init__(self, left: float) -> None:
        self.left = left


@dataclass(frozen=True, slots=True)
class Budget:
    """ends: when time is up, on the monotonic clock; None for never. work: what may be done at most; None for any amount.

    The clock stops machines of different speed at different places; work is counted, and stops all of them at the same.
    """

    ends: float | None = None
    work: Work | None = None

    @property
    def spent(self) -> bool:
        """Is the time up, or the work done?"""
        late = self.ends is not None and time.monotonic() >= self.ends
        return late or (self.work is not None and self.work.left <= 0)

    def spend(self, cost: float, elements: int = SMALL) -> bool:
        """Takes the cost of a piece of work, about to be done, from what is left; True where nothing was left for it."""
        if self.spent:
            return True
        if self.work is not None:
            self.work.left -= cost * max(1.0, elements / SMALL)
        return False

    @property
    def half(self) -> "Budget":
        """Half of what is left, from now, so that what comes after has its share."""
        made = self
        if self.ends is not None:
            made = replace(made, ends=(time.monotonic() + self.ends) / 2)
        if self.work is not None:
            self.work.left /= 2
            made = replace(made, work=Work(self.work.left))
        return made


def budget(seconds: float | None) -> Budget:
    """A budget of so many seconds from now by the clock; None for as long as it takes."""
    return Budget(None if seconds is None else time.monotonic() + seconds)


def counted(seconds: float) -> Budget:
    """A budget of as much work as a usual machine does in about so many seconds; the same answer on every machine."""
    return Budget(work=Work(1_000 * seconds))
