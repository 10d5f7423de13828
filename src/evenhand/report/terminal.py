"""A comparison's picture where there are only letters: the units in order, as bars."""

from evenhand.audit.wording import number
from evenhand.model import Comparison, Mark


def bars(shown: Comparison, *, up: bool, signed: bool, width: int = 60, around: int = 2, ends: int = 3) -> list[str]:
    """The units at both ends of the order, and those around the subject; first those that the claim's way favours.

    up: the higher figures help the claim. signed: scores are changes, and not levels.
    """
    marks = list(shown.strip) if up else list(shown.strip)[::-1]
    if not marks:
        return []
    low, high = min(0.0, *(m.score for m in marks)), max(0.0, *(m.score for m in marks))
    at = next((i for i, m in enumerate(marks) if m.role == "subject"), 0)
    wanted = {*range(ends), *range(len(marks) - ends, len(marks)), *range(at - around, at + around + 1)}
    wanted |= {i for i, m in enumerate(marks) if m.role in {"subject", "opponent"}}
    rows = [i for i in range(len(marks) - 1, -1, -1) if i in wanted]
    wide = max(len(marks[i].name) for i in rows)
    out, before = [], None
    for i in rows:
        if before is not None and before - i > 1:
            out.append(f"{'':>4} {'…':<{wide}}")
        told = number(marks[i].score, signed=signed)
        out.append(f"{len(marks) - i:>4} {marks[i].name:<{wide}} {_bar(marks[i], low, high, width)} {told}".rstrip())
        out[-1] += " ◀" if marks[i].role == "subject" else ""
        before = i
    return out


def _bar(mark: Mark, low: float, high: float, width: int) -> str:
    span = (high - low) or 1.0
    zero, end = round(width * (0 - low) / span), round(width * (mark.score - low) / span)
    fill = "█" if mark.role == "subject" else "▓" if mark.role == "opponent" else "░"
    first, last = min(zero, end), max(zero, end)
    return " " * first + fill * max(last - first, 1)
