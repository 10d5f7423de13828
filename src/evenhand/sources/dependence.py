"""How far two sources depend on each other by their declared ties."""

from collections.abc import Iterable

import numpy as np

from evenhand.sources.reach import DOCUMENTED, Reach, reach
from evenhand.sources.testimony import Floats, Testimony
from evenhand.sources.ties import Status, Ties


def declared(
    testimony: Testimony, ties: Ties, *, statuses: Iterable[Status] = DOCUMENTED, ever: bool = False
) -> tuple[Floats, Floats]:
    """Two matrices [S, S]: how much of one word is the other's (0 to 1, 1 on the diagonal, the same both ways), and the
    prior probability that the source of the row takes its values from that of the column.

    Along a way the kinds' figures multiply; two sources with one party behind both share the product of both ways, the
    largest over all parties.
    """
    found = reach(testimony, ties, statuses=statuses, ever=ever)
    size = len(testimony.sources)
    weight, copying = np.eye(size), np.zeros((size, size))
    code = {name: at for at, name in enumerate(testimony.sources)}
    for name, ways in found.ways.items():
        for party, way in ways.items():
            if party in code:
                one, other = code[name], code[party]
                weight[one, other] = weight[other, one] = max(weight[one, other], way.weight)
                copying[one, other] = max(copying[one, other], way.copying)
    _through_parties(found, code, weight, copying)
    return weight, copying


def _through_parties(found: Reach, code: dict[str, int], weight: Floats, copying: Floats) -> None:
    before: dict[str, list[tuple[int, float, float]]] = {}
    for name, ways in found.ways.items():
        for party, way in ways.items():
            before.setdefault(party, []).append((code[name], way.weight, way.copying))
    for members in before.values():
        if len(members) < 2:
            continue
        at = np.array([member[0] for member in members])
        for matrix, values in ((weight, [m[1] for m in members]), (copying, [m[2] for m in members])):
            product = np.outer(values, values)
            np.fill_diagonal(product, 0)
            grid = np.ix_(at, at)
            matrix[grid] = np.maximum(matrix[grid], product)


def separate(weight: Floats) -> int:
    """How many voices are left where any tie makes two one? The number of connected sets."""
    size = len(weight)
    seen: set[int] = set()
    count = 0
    for first in range(size):
        if first in seen:
            continue
        count += 1
        front = [first]
        while front:
            at = front.pop()
            if at not in seen:
                seen.add(at)
                front += [int(to) for to in np.flatnonzero(weight[at] > 0) if int(to) not in seen]
    return count


def effective(weight: Floats) -> float:
    """n² / ΣΣ ρ: how many independent sources weigh as much as n that depend so on each other (Kish's design effect)."""
    size = len(weight)
    return size * size / float(weight.sum()) if size else 0.0
