"""Counts and years in words, the same in a finding, on the page and in the terminal."""


def plural(n: int, one: str, many: str = "") -> str:
    """A count with its noun: ``1 claim``, ``2,000 claims``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def years(start: int | None, end: int | None) -> str:
    """From when until when: one year or two, an end that is not known left open."""
    if start is None and end is None:
        return "any time"
    if end is None:
        return f"from {start}"
    if start is None:
        return f"until {end}"
    return str(start) if start == end else f"{start} to {end}"
