"""Why does a claim stand in an extension? The part of it that defends the claim, and the open findings that this part needs.

A part that stands and answers every attack, whatever the other open findings turn out to be, is in every preferred
extension that does not attack it. So one such part rules out all extensions without the claim but those: it takes the
place of one extension for each way in which the other findings could turn out.
"""

from collections.abc import Iterable, Mapping

from evenhand.argue.grounded import givens, least
from evenhand.argue.wiring import Wiring


def core(
    wiring: Wiring, goal: int, standing: Iterable[int], opened: Mapping[int, bool], within: set[int]
) -> tuple[set[int], set[int]]:
    """(the elements that stand and defend the goal among them, the undetermined premises whose turning out matters).

    standing: an extension that holds the goal, of what is within. opened: how each undetermined premise turned out in it.
    within: closed under what bears on its elements.
    """
    order = [i for part in wiring.parts for i in part if i in within]
    needed = set(opened)
    kept = _defended(wiring, order, set(standing), opened, needed)
    for premise in sorted(opened):
        fewer = _defended(wiring, order, kept, opened, needed - {premise})
        if goal in fewer:
            kept, needed = fewer, needed - {premise}
    return kept, needed


def _defended(
    wiring: Wiring, order: list[int], kept: set[int], opened: Mapping[int, bool], needed: set[int]
) -> set[int]:
    """The largest part that still stands and answers all attacks where only the needed findings are as they were."""
    n = len(wiring.ids)
    found = givens(wiring)
    sure = [int(found[i] == "holds" or (i in needed and opened[i])) for i in range(n)]
    maybe = [int(sure[i] or (i in opened and i not in needed)) for i in range(n)]
    barred = [int(g == "fails") for g in found]
    while True:
        certain, possible = [0] * n, [0] * n
        least(wiring, order, maybe, barred, possible, [int(i in kept) for i in range(n)], 1)
        least(wiring, order, sure, barred, certain, possible, 1)
        fewer = {i for i in kept if certain[i]}
        if fewer == kept:
            return kept
        kept = fewer
