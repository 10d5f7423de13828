"""How long a search may take."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """ends: when time is up, on the monotonic clock; None for never."""

    ends: float | None = None

    @property
    def spent(self) -> bool:
        """Is the time up?"""
        return self.ends is not None and time.monotonic() >= self.ends

    @property
    def half(self) -> "Budget":
        """Half of the time that is left, from now, so that what comes after has its share."""
        return self if self.ends is None else Budget((time.monotonic() + self.ends) / 2)


def budget(seconds: float | None) -> Budget:
    """A budget of so many seconds from now; None for as long as it takes."""
    return Budget(None if seconds is None else time.monotonic() + seconds)
