"""A set of claims that answers every attack on it, where a framework of attacks alone leaves a SAT solver without one.

What the grounded extension leaves undecided is searched by :mod:`evenhand.argue.roam`, in two walks side by side that
start from seed 1 and count their steps, so that every run is the same on any number of threads. How long it takes is mostly
luck: a walk finds what it looks for as likely in the next second as it did in the last. What it finds is checked attack by
attack before it is used; that it finds nothing says nothing.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from evenhand.argue.budget import Budget
from evenhand.argue.encoding import idle
from evenhand.argue.grounded import entries, givens, settle
from evenhand.argue.wiring import Wiring

STEPS = 100_000_000
CHUNK, STRIDE = 200_000, 100.0  # steps of each walk at a time, and what they cost, as budgets count
SEED, WALKS = 1, 2
Bits = npt.NDArray[np.uint64]
Steps = npt.NDArray[np.int64]


def answering(wiring: Wiring, budget: Budget, *, steps: int = STEPS, seed: int = SEED) -> list[int] | None:
    """The elements of a set that attacks all that attack it, none of its own, and holds more than what stands for certain.

    None where none was found in so many steps or in the time, where the argument is more than attacks of claims on claims,
    or where more than 1,024 claims are undecided.
    """
    from evenhand.argue.roam import MOST  # noqa: PLC0415 - numba is imported only where this search is needed

    if not _only_attacks(wiring):
        return None
    certain, possible = settle(wiring, entries(wiring))
    sure = [i for i in range(wiring.nodes) if certain[i]]
    undecided = [i for i in range(wiring.nodes) if possible[i] and not certain[i]]
    if not 0 < len(undecided) <= MOST:
        return None
    at = {i: k for k, i in enumerate(undecided)}
    pairs = [(at[s], at[i]) for i in undecided for (s,), _ in wiring.attacks[i] if s in at]
    found = _found(len(undecided), pairs, budget, steps, seed)
    return None if found is None else [*sure, *(undecided[k] for k in found)]


def _only_attacks(wiring: Wiring) -> bool:
    found = givens(wiring)
    return all(found[i] == "holds" and not wiring.supports[i] for i in range(wiring.nodes)) and all(
        idle(wiring, i) for i in range(wiring.nodes, len(wiring.ids))
    ) and all(len(sources) == 1 for i in range(wiring.nodes) for sources, _ in wiring.attacks[i])  # fmt: skip


def _found(n: int, pairs: list[tuple[int, int]], budget: Budget, steps: int, seed: int) -> list[int] | None:
    from evenhand.argue import roam as local  # noqa: PLC0415 - as above

    rows = np.zeros((3, n + 1, local.WORDS), np.uint64)  # the last one stays empty
    for a, b in pairs:
        for kind, x, y in ((0, a, b), (1, b, a), (2, a, b), (2, b, a)):
            rows[kind, x, y >> 6] |= np.uint64(1 << (y & 63))
    walks = [Walk(rows, _whole(rows), np.random.default_rng([seed, k])) for k in range(WALKS)]
    with ThreadPoolExecutor(WALKS) as pool:
        for done in range(0, steps, CHUNK):
            if budget.spend(STRIDE):
                return None
            ends = pool.map(Walk.further, walks, [min(CHUNK, steps - done)] * WALKS)
            found = [members for members in ends if members]
            if found:
                return found[0]
    return None


def _whole(rows: Bits) -> list[list[int]]:
    """The rows as whole numbers."""
    return [[sum(int(word) << 64 * k for k, word in enumerate(row)) for row in kind[:-1]] for kind in rows]


@dataclass(slots=True)
class Walk:
    """One wandering set. rows: (3, n + 1, WORDS) of the relations, and whole: the same as whole numbers."""

    rows: Bits
    whole: list[list[int]]
    random: np.random.Generator
    rng: Bits = field(init=False)
    state: Bits = field(init=False)
    counts: Bits = field(init=False)
    ring: Steps = field(init=False)
    clock: Steps = field(init=False)

    def __post_init__(self) -> None:
        self.rng = self.random.integers(1, 2**63, 1, np.uint64)
        self._restart()

    def _restart(self) -> None:
        """A set without conflicts to which nothing can be added, and its counters."""
        from evenhand.argue import roam as local  # noqa: PLC0415 - as above

        self.state = np.zeros((3, local.WORDS), np.uint64)
        self.counts = np.zeros((3, local.PLANES, local.WORDS), np.uint64)
        self.ring, self.clock = np.zeros((local.RING, 64), np.int64), np.zeros(1, np.int64)
        inside, conflicts = 0, self.whole[2]
        for x in self.random.permutation(len(conflicts)).tolist():
            bit = np.uint64(1 << (x & 63))
            if conflicts[x] >> x & 1:
                self.state[1, x >> 6] |= bit  # what attacks itself is never added
            elif not conflicts[x] & inside:
                inside |= 1 << x
                self.state[0, x >> 6] |= bit
                local.entered(self.counts, self.rows, x)

    def further(self, steps: int) -> list[int] | None:
        """So many steps on, or until every attack is answered: the set then. It starts anew where that set is empty."""
        from evenhand.argue import roam as local  # noqa: PLC0415 - as above

        heat, fewer = _weights()
        if not local.roam(self.clock, self.rows, self.state, self.counts, self.ring, self.rng, heat, fewer, steps):
            return None
        members = [x for x in range(len(self.whole[0])) if int(self.state[0, x >> 6]) >> (x & 63) & 1]
        if members and _answers(members, self.whole):
            return members
        self._restart()  # or the counters ran over
        return None


def _weights() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Of a candidate, by the change of the unanswered and by the conflicts that it drops."""
    from evenhand.argue import roam as local  # noqa: PLC0415 - as above

    change = np.maximum(np.arange(2 * local.SPAN) - local.SPAN, -64)
    fewer = np.exp(-local.DROPPED / local.HEAT * np.arange(3))
    return np.exp(-change / local.HEAT), fewer


def _answers(members: list[int], whole: list[list[int]]) -> bool:
    """Does the set attack all that attack it, and none of its own?"""
    inside = sum(1 << x for x in members)
    attacked = attackers = 0
    for x in members:
        attacked |= whole[0][x]
        attackers |= whole[1][x]
    return not attacked & inside and not attackers & ~attacked
