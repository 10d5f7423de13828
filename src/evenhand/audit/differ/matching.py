"""Which passages did both mark, are two texts the same, and are two texts a pair?"""

from collections.abc import Sequence

from evenhand.case import Case, Claim, Side
from evenhand.text import Document


def same_text(first: Document, second: Document) -> bool:
    """The same words in the same order; how lines are broken does not matter."""
    return first.text.split() == second.text.split()


def places(case: Case) -> dict[str, tuple[int, int]]:
    """Where each claim's quote stands, counted in letters and signs without the spaces, so that line breaks do not matter."""
    text, out = case.document.text, {}
    for claim in case.claims:
        start = len("".join(text[: claim.span.start].split()))
        out[claim.id] = (start, start + len("".join(text[claim.span.start : claim.span.end].split())))
    return out


def matched(first: Case, second: Case) -> list[tuple[Claim, Claim]]:
    """Claims whose quotes share at least a third of what they cover together, best matches first, each claim once.

    It comes out the same whichever of the two is first.
    """
    mine, theirs = places(first), places(second)
    pairs = [
        (_overlap(mine[a.id], theirs[b.id]), a.kind == b.kind, a, b)
        for a in first.claims for b in second.claims
        if 3 * _overlap(mine[a.id], theirs[b.id]) >= 1
    ]  # fmt: skip
    pairs.sort(key=lambda p: (-p[0], not p[1], min(mine[p[2].id], theirs[p[3].id]), sorted((p[2].id, p[3].id))))
    out, taken = [], (set[str](), set[str]())
    for _, _, a, b in pairs:
        if a.id not in taken[0] and b.id not in taken[1]:
            taken[0].add(a.id)
            taken[1].add(b.id)
            out.append((a, b))
    return sorted(out, key=lambda p: (min(mine[p[0].id], theirs[p[1].id]), sorted((p[0].id, p[1].id))))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return both / ((one[1] - one[0]) + (other[1] - other[0]) - both) if both else 0.0


def paired_sides(first: Case, second: Case) -> list[tuple[Side, Side]]:
    """Each side of the one with the side of the other that it shares members with; empty where they are no pair.

    Two texts are a pair if both casefiles declare sides, as many of them, and each side has a member (a unit or a group) in
    common with exactly one of the other's.
    """
    if not first.sides or len(first.sides) != len(second.sides):
        return []
    out = []
    for side in first.sides:
        there = [other for other in second.sides if _members(side) & _members(other)]
        back = [one for one in first.sides if there and _members(one) & _members(there[0])]
        if len(there) != 1 or len(back) != 1:
            return []
        out.append((side, there[0]))
    return out


def _members(side: Side) -> set[str]:
    return {f"unit {unit}" for unit in side.units} | {f"group {group}" for group in side.groups}


def why_no_pair(first: Case, second: Case) -> str:
    """What keeps two different texts from being a pair, in words."""
    bare = [case.path.name for case in (first, second) if not case.sides]
    if bare:
        return f"{' and '.join(bare)} {'declare' if len(bare) > 1 else 'declares'} no sides"
    return f"their sides are not the same ones: {_named(first.sides)}, and {_named(second.sides)}"


def _named(sides: Sequence[Side]) -> str:
    return " against ".join(f"‘{side.name}’" for side in sides)
