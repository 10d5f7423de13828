"""In what share of the combinations of choices does the whole argument stand?

Each premise that was judged holds, fails or cannot be judged under each combination of its own choices. A choice is global:
where two premises list the same option of the same choice, it is taken in both together, as far as the weights of
both allow; what a premise lists alone it takes by itself. So each premise keeps the share that it has alone, and
the share of the conclusion is that of the joint combinations in which it stands by the grounded reading, summed, not sampled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.argue.budget import Budget
from evenhand.argue.graph import Graph
from evenhand.argue.grounded import Entries, entries, settle
from evenhand.argue.wiring import Wiring, cone, wire

Floats = NDArray[np.float64]
HOLDS, FAILS, OPEN = 0, 1, 2
MOST_PREMISES = 12
MOST_JOINT = 250_000
NO_OPTION = "\0"


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """How a premise comes out under every combination of its choices.

    choices: ids, global in a case. options: for each choice, the ids of its options. digits: [F, n] which option of each
    choice a combination takes. weights: [F], of any scale. outcomes: [F] 0 fails, 1 holds, 2 tied (which is not as stated),
    3 could not be judged.
    """

    choices: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    digits: NDArray[Any]
    weights: NDArray[Any]
    outcomes: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the multiverse reaches a conclusion.

    stands, falls, undecided: shares of the joint combinations, summing to 1; None where there are too many to sum up, and
    then note says why. apart: the share in which it would stand if no choice were shared. premises: those that were
    followed through their ways. shared: (choice, premises that share some option of it). joint: how many combinations of
    shared options there are.
    """

    conclusion: str
    stands: float | None
    falls: float | None
    undecided: float | None
    apart: float | None = None
    premises: tuple[str, ...] = ()
    shared: tuple[tuple[str, tuple[str, ...]], ...] = ()
    joint: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """One choice as some premises share it: options taken together with these probabilities, the last for "each its own"."""

    choice: str
    members: tuple[str, ...]
    options: tuple[str, ...]
    chances: Floats


def reach(graph: Graph, conclusion: str, ways: Mapping[str, Ways], *, budget: Budget | None = None) -> Reach:
    """The share of the joint combinations in which a conclusion stands, falls, or is undecided.

    ways: by premise; claims without any enter as the graph has them in every combination.
    """
    wiring = wire(graph)
    graph.node(conclusion)
    goal = wiring.index[conclusion]
    inside = cone(wiring, [goal])
    premises = [wiring.ids[i] for i in sorted(inside) if wiring.ids[i] in ways]
    if not premises:
        return Reach(conclusion, None, None, None, note="no premise of it was judged under different ways")
    if len(premises) > MOST_PREMISES:
        note = f"it rests on {len(premises)} premises with ways of their own; up to {MOST_PREMISES} are followed"
        return Reach(conclusion, None, None, None, premises=tuple(premises), note=note)
    pools = _pools({name: ways[name] for name in premises})
    joint = prod(len(pool.chances) for pool in pools)
    if joint > MOST_JOINT or (budget is not None and budget.spent):
        note = f"the premises share {joint:,} combinations of options; up to {MOST_JOINT:,} are summed up"
        return Reach(conclusion, None, None, None, premises=tuple(premises), note=note, joint=joint)
    chance = _joint_chances(pools)
    each = [_outcomes(name, ways[name], pools) for name in premises]
    tables = _tables(wiring, goal, inside, [wiring.index[name] for name in premises])
    stands, falls = (float((_summed(table, each) * chance).sum()) for table in tables)
    alone = [(one * chance[:, None]).sum(axis=0)[None] for one in each]
    apart = float(np.sum(_summed(tables[0], alone)))
    shared = tuple((pool.choice, pool.members) for pool in pools)
    return Reach(
        conclusion,
        _clean(stands),
        _clean(falls),
        _clean(1 - stands - falls),
        _clean(apart),
        tuple(premises),
        shared,
        joint,
    )


def _clean(share: float) -> float:
    """Rounding of the last digits must not turn 0 or 1 into something else."""
    return float(min(1.0, max(0.0, round(share, 12))))


def _pools(ways: Mapping[str, Ways]) -> list[Pool]:
    """The choices that premises share, by groups of premises that have options in common."""
    out = []
    usable = {name: _independent(one) for name, one in ways.items()}
    for choice in dict.fromkeys(c for one in ways.values() for c in one.choices):
        having = {name: _chances(ways[name], choice) for name in ways if choice in usable[name]}
        for members in _groups(having):
            options = [o for o in dict.fromkeys(o for m in members for o in having[m])
                       if sum(o in having[m] for m in members) > 1]  # fmt: skip
            together = np.array([min(having[m][o] for m in members if o in having[m]) for o in options])
            together = together / max(1.0, float(together.sum()))
            chances = np.append(together, max(0.0, 1 - float(together.sum())))
            out.append(Pool(choice, members, tuple(options), chances))
    return out


def _groups(having: Mapping[str, Mapping[str, float]]) -> list[tuple[str, ...]]:
    """Premises that hang together by options that they have in common."""
    left, out = list(having), []
    while left:
        group, todo = [], [left[0]]
        while todo:
            name = todo.pop()
            if name in left:
                left.remove(name)
                group.append(name)
                todo += [other for other in left if having[other].keys() & having[name].keys()]
        if len(group) > 1:
            out.append(tuple(sorted(group, key=list(having).index)))
    return out


def _chances(one: Ways, choice: str) -> dict[str, float]:
    """How much weight each option of a choice has in one premise."""
    at = one.choices.index(choice)
    summed = np.bincount(one.digits[:, at], weights=one.weights, minlength=len(one.options[at]))
    return {o: float(w / summed.sum()) for o, w in zip(one.options[at], summed, strict=True) if w > 0}


def _independent(one: Ways) -> set[str]:
    """The choices whose options are weighed alike whatever the other choices are; only these can be shared exactly."""
    total = float(one.weights.sum())
    kept = list(one.choices)
    while len(kept) > 1:
        sizes = [len(one.options[one.choices.index(c)]) for c in kept]
        at = np.ravel_multi_index([one.digits[:, one.choices.index(c)] for c in kept], sizes)
        table = np.bincount(at, weights=one.weights, minlength=prod(sizes)).reshape(sizes) / total
        product = np.ones(())
        for axis in range(len(kept)):
            product = np.multiply.outer(product, table.sum(axis=tuple(a for a in range(len(kept)) if a != axis)))
        if np.allclose(table, product, rtol=1e-9, atol=1e-15):
            break
        kept.pop()
    return set(kept)


def _joint_chances(pools: Sequence[Pool]) -> Floats:
    """[K] the chance of each combination of shared options, the last pool running fastest."""
    out = np.ones(1)
    for pool in pools:
        out = np.multiply.outer(out, pool.chances).ravel()
    return out


def _outcomes(name: str, one: Ways, pools: Sequence[Pool]) -> Floats:
    """[K, 3]: the chances that a premise holds, fails or is open under each combination of shared options."""
    mine = [(p, one.choices.index(pool.choice)) for p, pool in enumerate(pools) if name in pool.members]
    sizes = [len(one.options[at]) for _, at in mine]
    state = np.where(one.outcomes == 1, HOLDS, np.where(one.outcomes == 3, OPEN, FAILS))
    at = np.ravel_multi_index([*(one.digits[:, c] for _, c in mine), state], [*sizes, 3])
    counted = np.bincount(at, weights=one.weights, minlength=prod(sizes) * 3)
    table: Floats = counted.astype(np.float64).reshape(*sizes, 3)
    given = table.sum(axis=-1, keepdims=True)
    table = np.divide(table, given, out=np.zeros_like(table), where=given > 0)
    for axis, (p, c) in enumerate(mine):
        turned: Floats = np.tensordot(_taken(one, c, pools[p]), table, axes=(1, axis))
        table = np.moveaxis(turned, 0, axis)
    shape = [len(pool.chances) if any(p == q for q, _ in mine) else 1 for p, pool in enumerate(pools)]
    full: Floats = np.broadcast_to(table.reshape(*shape, 3), (*(len(pool.chances) for pool in pools), 3)).reshape(-1, 3)
    return full


def _taken(one: Ways, at: int, pool: Pool) -> Floats:
    """[options of the pool and "its own", options of the premise]: which option a premise takes under each."""
    mine, options = _chances(one, pool.choice), one.options[at]
    own = np.array([mine.get(o, 0.0) for o in options])
    for o, chance in zip(pool.options, pool.chances, strict=False):
        if o in mine:
            own[options.index(o)] -= chance
    own = np.maximum(own, 0.0)
    own = own / own.sum() if own.sum() > 1e-12 else np.array([mine.get(o, 0.0) for o in options])
    rows = [np.eye(len(options))[options.index(o)] if o in mine else own for o in pool.options]
    return np.array([*rows, own])


def _tables(wiring: Wiring, goal: int, inside: set[int], premises: Sequence[int]) -> tuple[NDArray[Any], NDArray[Any]]:
    """[3, 3, ...] each: under which outcomes of the premises does the goal stand, and under which does it fall?"""
    width = 3 ** len(premises)
    given = entries(wiring, width)
    every = (1 << width) - 1
    for k, i in enumerate(premises):
        holds, fails, unknown = (_pattern(len(premises), k, s) for s in (HOLDS, FAILS, OPEN))
        given.sure[i], given.maybe[i], given.barred[i] = holds, holds | unknown, fails
    certain, possible = settle(wiring, Entries(given.sure, given.maybe, given.barred, width), inside)
    shape = (3,) * len(premises)
    return _bits(certain[goal], width).reshape(shape), _bits(every & ~possible[goal], width).reshape(shape)


def _pattern(n: int, k: int, state: int) -> int:
    """The states, of 3 ** n in order, in which the k-th premise has this outcome."""
    run: int = 3 ** (n - 1 - k)
    once: int = ((1 << run) - 1) << run * state
    out, filled, width = once, 3 * run, int(3**n)
    while filled < width:
        out |= out << filled
        filled *= 2
    return out & ((1 << width) - 1)


def _bits(bits: int, width: int) -> NDArray[Any]:
    raw = np.frombuffer(bits.to_bytes(width // 8 + 1, "little"), dtype=np.uint8)
    return np.unpackbits(raw, bitorder="little")[:width]


def _summed(table: NDArray[Any], each: Sequence[Floats]) -> Floats:
    """[K] the chance that the table says yes, premise by premise; parts that say the same throughout are not taken apart."""
    length = max(len(one) for one in each)
    known: dict[tuple[int, bytes], Floats] = {}

    def chance(part: NDArray[Any], k: int) -> Floats:
        first = part.flat[0]
        if (part == first).all():
            return np.full(length, float(first))
        key = (k, part.tobytes())
        if key not in known:
            known[key] = np.asarray(sum(each[k][:, s] * chance(part[s], k + 1) for s in range(3)))
        return known[key]

    return chance(table, 0)
