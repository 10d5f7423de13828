"""Why does a claim stand? The premises and links that its standing rests on: one of them must go before it falls."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.argue.grounded import Entries
from evenhand.argue.wiring import Bodies, Wiring

Body = tuple[tuple[int, ...], int]


@dataclass(frozen=True, slots=True)
class Order:
    """When was each element's label settled? stands, falls: by element, a number that only looks back; None for never.

    What falls together, since it only supports itself, has one number.
    """

    stands: list[int | None]
    falls: list[int | None]


def settled(wiring: Wiring, given: Entries) -> Order:
    """The grounded labels of the first state, in the order in which they follow from each other."""
    order = Order([None] * len(wiring.ids), [None] * len(wiring.ids))
    clock = 0
    for part in wiring.parts:
        while True:
            falling = _falling(wiring, given, order, part)
            for i in falling:
                order.falls[i] = clock + 1
            before = clock = clock + 1
            clock = _stand(wiring, given, order, part, clock)
            if clock == before:
                break
    return order


def rests_on(wiring: Wiring, given: Entries, goal: int) -> set[int] | None:
    """The elements on whose not being rejected the goal's standing rests, by one proof; None where it does not stand.

    Whatever else is rejected, the proof holds, and the goal stands.
    """
    order = settled(wiring, given)
    if order.stands[goal] is None:
        return None
    used: set[int] = set()
    done: set[tuple[int, bool]] = set()
    todo = [(goal, True)]
    while todo:
        step = todo.pop()
        if step in done:
            continue
        done.add(step)
        i, stands = step
        todo += _why_stands(wiring, given, order, i, used) if stands else _why_falls(wiring, given, order, i)
    return used


def _falling(wiring: Wiring, given: Entries, order: Order, part: Sequence[int]) -> list[int]:
    """Which elements of a part cannot stand any more, whatever of the rest does?"""
    inside = [i for i in part if order.falls[i] is None]
    free = [i for i in inside if not given.barred[i] & 1 and not _hit(wiring.attacks[i], order.stands)]
    possible: set[int] = set()
    grew = True
    while grew:
        grew = False
        for i in free:
            if i not in possible and (given.maybe[i] & 1 or _open(wiring.supports[i], order, possible, set(part))):
                possible.add(i)
                grew = True
    return [i for i in inside if i not in possible]


def _open(bodies: Bodies, order: Order, possible: set[int], part: set[int]) -> bool:
    return any(
        all(e in possible if e in part else order.falls[e] is None for e in (*sources, link))
        for sources, link in bodies
    )


def _stand(wiring: Wiring, given: Entries, order: Order, part: Sequence[int], clock: int) -> int:
    """Numbers what comes to stand in a part now that some of it has fallen."""
    grew = True
    while grew:
        grew = False
        for i in part:
            if order.stands[i] is not None or order.falls[i] is not None:
                continue
            if not all(_broken(order, body) is not None for body in wiring.attacks[i]):
                continue
            if given.sure[i] & 1 or _hit(wiring.supports[i], order.stands):
                clock += 1
                order.stands[i] = clock
                grew = True
    return clock


def _hit(bodies: Bodies, stands: Sequence[int | None]) -> bool:
    return any(stands[link] is not None and all(stands[s] is not None for s in sources) for sources, link in bodies)


def _why_stands(wiring: Wiring, given: Entries, order: Order, i: int, used: set[int]) -> list[tuple[int, bool]]:
    used.add(i)
    out: list[tuple[int, bool]] = []
    if not given.sure[i] & 1:
        sources, link = min(
            (b for b in wiring.supports[i] if _since(order, b) is not None), key=lambda b: _since(order, b) or 0
        )
        out += [(e, True) for e in (*sources, link)]
    for body in wiring.attacks[i]:
        weak = _broken(order, body)
        assert weak is not None
        out.append((weak, False))
    return out


def _why_falls(wiring: Wiring, given: Entries, order: Order, i: int) -> list[tuple[int, bool]]:
    if given.barred[i] & 1:
        return []
    when = order.falls[i] or 0
    hits = [(since, b) for b in wiring.attacks[i] if (since := _since(order, b)) is not None and since < when]
    if hits:
        sources, link = min(hits)[1]
        return [(e, True) for e in (*sources, link)]
    return [(weak, False) for body in wiring.supports[i] if (weak := _broken(order, body)) is not None]


def _since(order: Order, body: Body) -> int | None:
    """Since when does a body carry?"""
    found = [order.stands[e] for e in (*body[0], body[1])]
    return None if None in found else max(n for n in found if n is not None)


def _broken(order: Order, body: Body) -> int | None:
    """The element of a body that fell first, or None."""
    fallen = [(n, e) for e in (*body[0], body[1]) if (n := order.falls[e]) is not None]
    return min(fallen)[1] if fallen else None
