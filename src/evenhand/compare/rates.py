"""How often: a share of a class that was counted whole, and what it would be compatible with as a draw from more of its kind.

Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22: 209-212; Clopper and Pearson
(1934), Biometrika 26: 404-413; for differences Newcombe (1998), Statistics in Medicine 17: 873-890, method 10.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Rate:
    """successes of total. wilson, exact: (low, high) at ``LEVEL``; share and both are None where there is nobody to count."""

    successes: int
    total: int
    share: float | None
    wilson: tuple[float, float] | None
    exact: tuple[float, float] | None


@lru_cache(maxsize=4096)
def rate(successes: int, total: int, level: float = LEVEL) -> Rate:
    """How often, with the intervals of Wilson (score) and of Clopper and Pearson (exact).

    Raises ValueError where there are more successes than members.
    """
    if not 0 <= successes <= total:
        raise ValueError(f"{successes} of {total} is no count")
    if total == 0:
        return Rate(0, 0, None, None, None)
    from scipy.stats import binomtest  # noqa: PLC0415 (slow to load, and only such claims need it)

    test = binomtest(successes, total)
    wilson, exact = (test.proportion_ci(level, method=method) for method in ("wilson", "exact"))
    return Rate(
        successes,
        total,
        successes / total,
        (float(wilson.low), float(wilson.high)),
        (float(exact.low), float(exact.high)),
    )


def difference(first: Rate, second: Rate) -> tuple[float, float, float] | None:
    """How much more often is the first than the second? (difference, low, high), None where one of them is empty.

    The interval joins the two of Wilson (Newcombe's method 10); turning the two round turns its sign.
    """
    if first.share is None or second.share is None or first.wilson is None or second.wilson is None:
        return None
    gap = first.share - second.share
    down = math.hypot(first.share - first.wilson[0], second.wilson[1] - second.share)
    up = math.hypot(first.wilson[1] - first.share, second.share - second.wilson[0])
    return gap, gap - down, gap + up
