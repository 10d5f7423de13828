"""Why does a claim not stand? The moves of which one must be made before it can: what to show, and what to reject.

That a goal is not certain is shown by two sets: elements that are not certain, each because it is rejected, or has
neither a finding nor a support free of such elements, or is attacked by what may stand; and elements that may stand, each not
rejected, grounded on others before it, and free of attacks without an element that is not certain. Whatever else is shown
or rejected, the two sets keep each other up (by induction on the alternating fixpoint). So every set of moves that makes
the goal stand shows one of the first or rejects one of the second.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from evenhand.argue.grounded import Entries, settle
from evenhand.argue.wiring import Bodies, Wiring


@dataclass(slots=True)
class Lack:
    """The two sets of one state, as they grow. show, reject: the elements of which one must be shown, or one rejected."""

    wiring: Wiring
    given: Entries
    certain: list[int]
    possible: list[int]
    grounds: dict[int, tuple[int, ...]]
    lacking: set[int] = field(default_factory=set)
    may: set[int] = field(default_factory=set)
    show: set[int] = field(default_factory=set)

    def why_lacking(self, i: int) -> tuple[list[int], list[int]]:
        """(more that is not certain, more that may stand): why an element is not certain. The shorter reason is taken."""
        if self.given.barred[i] & 1:
            self.show.add(i)
            return [], []
        supports = self.wiring.supports[i]
        open_attacks = [
            (*sources, link)
            for sources, link in self.wiring.attacks[i]
            if all(self.possible[e] & 1 for e in (*sources, link))
        ]
        shortest = min(open_attacks, key=len, default=None)
        if self.given.sure[i] & 1 or _carried(supports, self.certain) or (shortest and len(shortest) <= len(supports)):
            return [], list(shortest or ())
        self.show.add(i)
        return self.one_lacking_of_each(supports), []

    def why_may(self, i: int) -> tuple[list[int], list[int]]:
        """(more that is not certain, more that may stand): why an element may stand."""
        return self.one_lacking_of_each(self.wiring.attacks[i]), list(self.grounds[i])

    def one_lacking_of_each(self, bodies: Bodies) -> list[int]:
        """Few elements that are not certain, of each body one: those that were taken before, then those of the most bodies."""
        left = [[e for e in (*sources, link) if not self.certain[e] & 1] for sources, link in bodies]
        taken = {e for body in left for e in body if e in self.lacking or len(body) == 1}
        while left := [body for body in left if taken.isdisjoint(body)]:
            count = Counter(e for body in left for e in body)
            taken.add(max(count, key=lambda e: (count[e], -e)))
        return sorted(taken)


def lack(wiring: Wiring, given: Entries, goal: int, within: set[int]) -> tuple[set[int], set[int]] | None:
    """(elements to show, elements to reject): one of these moves is in every set of moves that makes the goal stand.

    None where it stands. given: one state. within: the goal and all that bears on it.
    """
    certain, possible = settle(wiring, given, within)
    if certain[goal] & 1:
        return None
    found = Lack(wiring, given, certain, possible, _grounds(wiring, given, possible, within))
    todo = [(goal, False)]
    while todo:
        i, may = todo.pop()
        seen = found.may if may else found.lacking
        if i in seen:
            continue
        seen.add(i)
        lacking, standing = found.why_may(i) if may else found.why_lacking(i)
        todo += [(e, False) for e in lacking] + [(e, True) for e in standing]
    return found.show, found.may


def _grounds(wiring: Wiring, given: Entries, possible: Sequence[int], within: set[int]) -> dict[int, tuple[int, ...]]:
    """What each element that may stand is grounded on: nothing where it has a finding, else a support grounded before it."""
    out: dict[int, tuple[int, ...]] = {}
    for part in wiring.parts:
        left = [i for i in part if i in within and possible[i] & 1]
        while left:
            for i in left:
                if given.maybe[i] & 1:
                    out[i] = ()
                    continue
                bodies = ((*sources, link) for sources, link in wiring.supports[i])
                body = next((b for b in bodies if all(e in out for e in b)), None)
                if body is not None:
                    out[i] = body
            left = [i for i in left if i not in out]
    return out


def _carried(bodies: Bodies, certain: Sequence[int]) -> bool:
    return any(all(certain[e] & 1 for e in (*sources, link)) for sources, link in bodies)
