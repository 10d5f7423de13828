"""Ways out and ways in: the minimal sets of premises and links that decide whether a conclusion stands.

A rejected premise or link enters as one that fails; a premise that is shown enters as one that holds. To bring a conclusion
down, one must reject something that its standing rests on; then, if it still stands, something that this rests on: a search
over hitting sets (Reiter 1987), smallest first, that misses none. The last step tries thousands of sets at once, one bit
a set. Ways in are searched alike: until a conclusion stands, one of the moves that it lacks must be made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evenhand.argue.budget import Budget
from evenhand.argue.graph import Graph
from evenhand.argue.grounded import Entries, entries, givens, labels_of, settle
from evenhand.argue.lack import lack
from evenhand.argue.proof import rests_on
from evenhand.argue.standing import Way, WaysIn, WaysOut
from evenhand.argue.wiring import Wiring, cone, wire

BATCH = 60_000
STRIDE, BATCHED = 2.0, 300.0  # what one set grown, and what a batch of them costs, as budgets count
MOST_TRIED = 100_000
MOST_SIZE = 3
Set = tuple[int, ...]
RUN_OUT = "the time was up; all sets of up to {} were found"


@dataclass(slots=True)
class Found:
    """Minimal sets so far. complete: there are no others. searched: all up to this size were found."""

    sets: list[Set]
    complete: bool = False
    searched: int = 0
    note: str = ""

    def holds_one(self, candidate: Iterable[int]) -> bool:
        """Is one of the found sets inside this one?"""
        here = set(candidate)
        return any(here.issuperset(one) for one in self.sets)


def ways_out(
    graph: Graph, conclusion: str, *, largest: int | None = MOST_SIZE, budget: Budget | None = None
) -> WaysOut:
    """All minimal sets of premises and links whose rejection brings a conclusion down, and what else falls with each.

    largest: the size up to which to look; None for all there are. Rejecting a set is minimal where rejecting no part of it
    does. Raises BadInputError where there is no such claim.
    """
    graph.node(conclusion)
    wiring = wire(graph)
    goal = wiring.index[conclusion]
    given = entries(wiring)
    label = labels_of(wiring, given)[conclusion]
    if label != "stands":
        return WaysOut(conclusion, label, (), complete=True, searched=0, note="it does not stand now")
    found = _hitting(wiring, goal, largest, budget or Budget())
    return WaysOut(
        conclusion,
        label,
        tuple(told(wiring, [tuple(~i for i in one) for one in found.sets], goal)),
        found.complete,
        found.searched,
        found.note,
    )


def ways_in(graph: Graph, conclusion: str, *, largest: int = MOST_SIZE, budget: Budget | None = None) -> WaysIn:
    """All minimal sets of premises to be shown, and of opposing premises or links to be refuted, for a conclusion to stand.

    What the conclusion lacks says which sets can be enough at all, and none of these is missed; a size of which there are
    more than 100,000 is not searched, and the note says so.
    """
    graph.node(conclusion)
    wiring = wire(graph)
    goal = wiring.index[conclusion]
    label = labels_of(wiring, entries(wiring))[conclusion]
    if label == "stands":
        return WaysIn(conclusion, label, (), complete=True, searched=0, note="it stands now")
    found = _tried(wiring, goal, _moves_in(wiring, goal), largest, budget or Budget())
    ways = tuple(told(wiring, found.sets, goal))
    return WaysIn(conclusion, label, ways, found.complete, found.searched, found.note)


def told(wiring: Wiring, sets: Sequence[Set], goal: int) -> list[Way]:
    """Each set in words, with what else falls and rises. sets: of moves: i where it is shown, ~i where it is rejected."""
    if not sets:
        return []
    before, _ = settle(wiring, entries(wiring))
    after, _ = settle(wiring, _moved(wiring, sets))
    out = []
    for k, one in enumerate(sets):
        touched = {i if i >= 0 else ~i for i in one}
        others = [i for i in range(wiring.nodes) if i != goal and i not in touched]
        falls = [wiring.ids[i] for i in others if before[i] & 1 and not after[i] >> k & 1]
        rises = [wiring.ids[i] for i in others if not before[i] & 1 and after[i] >> k & 1]
        reject = tuple(wiring.ids[~i] for i in one if i < 0)
        show = tuple(wiring.ids[i] for i in one if i >= 0)
        out.append(Way(reject, show, tuple(falls), tuple(rises)))
    return out


def _moved(wiring: Wiring, sets: Sequence[Set]) -> Entries:
    return _states(wiring, [([i if i >= 0 else ~i for i in one], {i for i in one if i >= 0}) for one in sets])


def _hitting(wiring: Wiring, goal: int, largest: int | None, budget: Budget) -> Found:
    found = Found([])
    level: list[Set] = [()]
    able = rejectable(wiring, goal)
    size = 0
    while level:
        if largest is not None and size == largest:
            found.note = f"sets of more than {largest} were not looked for"
            return found
        size += 1
        last = largest is not None and size == largest
        grown = (
            _grown_blindly(wiring, goal, level, able, found, budget)
            if last
            else _grown(wiring, goal, level, able, found, budget)
        )
        if grown is None:
            found.note = RUN_OUT.format(found.searched)
            return found
        sets, level = grown
        found.sets += sorted(sets)
        found.searched = size
        level = [one for one in level if not found.holds_one(one)]
    found.complete = True
    return found


def _grown(
    wiring: Wiring, goal: int, level: list[Set], able: set[int], found: Found, budget: Budget
) -> tuple[list[Set], list[Set]] | None:
    """Each set with one more element that the goal still rests on, parted into those that bring it down and those that do not."""
    larger: dict[Set, None] = {}
    for one in level:
        if budget.spend(STRIDE, len(wiring.ids)):
            return None
        rests = rests_on(wiring, _states(wiring, [(one, set())]), goal) or set()
        larger |= dict.fromkeys(tuple(sorted((*one, e))) for e in rests & able)
    tried = [one for one in larger if not found.holds_one(one)]
    down = _brought_down(wiring, goal, tried, budget)
    if down is None:
        return None
    return [one for one, d in zip(tried, down, strict=True) if d], [
        one for one, d in zip(tried, down, strict=True) if not d
    ]


def _grown_blindly(
    wiring: Wiring, goal: int, level: list[Set], able: set[int], found: Found, budget: Budget
) -> tuple[list[Set], list[Set]] | None:
    """The last size: every element is tried on top of each set, many at once. What is left of the level is one token set."""
    singles = {one[0] for one in found.sets if len(one) == 1}
    rest = sorted(able - singles)
    tried_all: dict[Set, None] = {}
    for one in level:
        tried_all |= dict.fromkeys(tuple(sorted((*one, e))) for e in rest if e not in one)
    tried = [one for one in tried_all if not found.holds_one(one)]
    down = _brought_down(wiring, goal, tried, budget)
    if down is None:
        return None
    return [one for one, d in zip(tried, down, strict=True) if d], level


def _brought_down(wiring: Wiring, goal: int, sets: list[Set], budget: Budget) -> list[bool] | None:
    out: list[bool] = []
    for start in range(0, len(sets), BATCH):
        part = sets[start : start + BATCH]
        if budget.spend(BATCHED * len(part) / BATCH, len(wiring.ids)):
            return None
        certain, _ = settle(wiring, _states(wiring, [(one, set()) for one in part]), cone(wiring, [goal]))
        bits = bin(certain[goal] | 1 << len(part))[:2:-1]
        out += [bit == "0" for bit in bits]
    return out


def rejectable(wiring: Wiring, goal: int) -> set[int]:
    """What can be rejected that bears on the goal: links that hold, and premises that stand on a finding. Not the goal."""
    found = givens(wiring)
    return {i for i in cone(wiring, [goal]) if i != goal and found[i] in {"holds", "undetermined"}}


def _moves_in(wiring: Wiring, goal: int) -> list[int]:
    """What can be done for the goal to stand: i, show a premise that does not hold; ~i, reject what does not fail."""
    found = givens(wiring)
    able = sorted(i for i in cone(wiring, [goal]) if i != goal and found[i] != "argued")
    return [i for i in able if found[i] != "holds"] + [~i for i in able if found[i] != "fails"]


def _tried(wiring: Wiring, goal: int, moves: list[int], largest: int, budget: Budget) -> Found:
    """Smallest first: each set that is not enough grows by one of the moves of which it lacks one (see ``lack``)."""
    found = Found([])
    within = cone(wiring, [goal])
    place = {move: k for k, move in enumerate(moves)}
    level: list[Set] = [()]
    for size in range(1, largest + 1):
        grown = _lengthened(wiring, goal, level, place, within, found, budget)
        if grown is None:
            return found
        enough: list[Set] = []
        level = []
        for start in range(0, len(grown), BATCH):
            part = grown[start : start + BATCH]
            if budget.spend(BATCHED * len(part) / BATCH, len(wiring.ids)):
                found.note = RUN_OUT.format(found.searched)
                return found
            certain, _ = settle(wiring, _moved(wiring, part), within)
            for k, one in enumerate(part):
                (enough if certain[goal] >> k & 1 else level).append(one)
        found.sets += sorted(enough, key=lambda one: [place[move] for move in one])
        found.searched = size
        if not level:
            found.complete = True
            return found
    found.note = f"sets of more than {largest} were not looked for"
    return found


def _lengthened(
    wiring: Wiring, goal: int, level: list[Set], place: dict[int, int], within: set[int], found: Found, budget: Budget
) -> list[Set] | None:
    """The sets of the next size of which none holds one that is enough; None, and why is noted, where there are too many."""
    longer: dict[Set, None] = {}
    for one in level:
        if budget.spend(STRIDE, len(wiring.ids)):
            found.note = RUN_OUT.format(found.searched)
            return None
        show, reject = lack(wiring, _moved(wiring, [one]), goal, within) or (set(), set())
        missing = [move for move in (*show, *(~i for i in reject)) if move in place and ~move not in one]
        more = (tuple(sorted((*one, move), key=place.__getitem__)) for move in missing)
        longer |= dict.fromkeys(longest for longest in more if not found.holds_one(longest))
        if len(longer) > MOST_TRIED:
            size = found.searched + 1
            found.note = f"sets of {size} were not looked for: more than {MOST_TRIED:,} of them may be enough"
            return None
    return list(longer)


def _states(wiring: Wiring, sets: Sequence[tuple[Iterable[int], set[int]]]) -> Entries:
    """One state for each set: (its elements, those of them that are shown; the others are rejected)."""
    rejected: dict[int, bytearray] = {}
    shown: dict[int, bytearray] = {}
    width = len(sets)
    for k, (elements, show) in enumerate(sets):
        for i in elements:
            target = shown if i in show else rejected
            bits = target.setdefault(i, bytearray(width // 8 + 1))
            bits[k >> 3] |= 1 << (k & 7)
    changes = {
        i: (int.from_bytes(rejected.get(i, b""), "little"), int.from_bytes(shown.get(i, b""), "little"))
        for i in rejected.keys() | shown.keys()
    }
    return entries(wiring, width, changes)
