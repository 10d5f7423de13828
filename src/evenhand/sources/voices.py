"""How many independent voices are behind a claim? Four counts side by side, with their disagreement."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from evenhand.model import BadInputError
from evenhand.sources.accu import Settings, State, layout
from evenhand.sources.copying import Shared, shared
from evenhand.sources.dependence import declared, effective, separate
from evenhand.sources.facts import facts_of
from evenhand.sources.reach import DOCUMENTED
from evenhand.sources.search import COUNTS, search
from evenhand.sources.testimony import Floats, Testimony
from evenhand.sources.ties import Status, Ties

FEW = 5
"""Pairs that share fewer other items tell nothing of excess agreement."""


@dataclass(frozen=True, slots=True)
class Voices:
    """How many independent sources say ``value`` of ``item``, by several definitions; None where one cannot be told.

    heads: how many say it. by_roots: one voice for each set of sources that any tie joins, however loosely (the same
    wire, archive or census is one root). by_ties: n²/ΣΣρ, ρ the dependence of the declared ties. by_agreement: the same
    with ρ the agreement on other items in excess of what the sources' accuracies explain. by_odds: how many independent
    sources of the same accuracy would give the same odds as these do once copying is allowed for. lowest, highest: of
    all that could be told, the heads left out. sources: who they are.
    """

    item: str
    value: str
    sources: tuple[str, ...]
    heads: int
    by_roots: int
    by_ties: float
    by_agreement: float | None
    by_odds: float | None
    lowest: float
    highest: float
    sentence: str


def independent_voices(
    testimony: Testimony, ties: Ties, item: str, value: str, *, settings: Settings | None = None,
    statuses: Iterable[Status] = DOCUMENTED, ever: bool = False,
) -> Voices:  # fmt: skip
    """How many independent voices say this? Ties can show dependence; their absence shows nothing."""
    return all_voices(testimony, ties, settings=settings, statuses=statuses, ever=ever, only={(item, value)})[0]


def all_voices(
    testimony: Testimony, ties: Ties, *, settings: Settings | None = None, statuses: Iterable[Status] = DOCUMENTED,
    ever: bool = False, only: set[tuple[str, str]] | None = None,
) -> tuple[Voices, ...]:  # fmt: skip
    """The same for every value that anybody says of any item, in the order of the items; one fit for all."""
    said = _said(testimony)
    missing = sorted(only - set(said)) if only else []
    if missing:
        item, value = missing[0]
        raise BadInputError(f"nobody says {value!r} of {item!r}", hint="value as it stands in the testimony")
    weight = declared(testimony, ties, statuses=statuses, ever=ever)[0]
    learned = _Learned.of(testimony, ties, settings or Settings(), statuses, ever=ever)
    return tuple(_count(testimony, pair, said[pair], weight, learned) for pair in said if only is None or pair in only)


def _said(testimony: Testimony) -> dict[tuple[str, str], list[int]]:
    said: dict[tuple[str, str], list[int]] = {}
    order = np.lexsort((testimony.source, testimony.value, testimony.item))
    for row in order.tolist():
        pair = (testimony.items[testimony.item[row]], testimony.values[testimony.value[row]])
        who = said.setdefault(pair, [])
        if testimony.source[row] not in who:
            who.append(int(testimony.source[row]))
    return said


@dataclass(frozen=True, slots=True, eq=False)
class _Learned:
    """What the whole testimony teaches of its sources: the copying model's fixed points, and who agrees with whom.

    states: with their weights. items: the codes of items that have categories.
    """

    states: tuple[tuple[float, State], ...]
    pairs: Shared
    false: float
    items: frozenset[int]
    values: dict[tuple[int, int], int]

    @classmethod
    def of(
        cls, testimony: Testimony, ties: Ties, settings: Settings, statuses: Iterable[Status], *, ever: bool
    ) -> "_Learned | None":
        given = testimony.of_kind("category")
        if len(np.unique(given.source)) < 2:
            return None
        laid = layout(facts_of(given), settings)
        prior = declared(given, ties, statuses=statuses, ever=ever)[1] if ties.ties else None
        points = search(laid, settings, declared=prior).points
        states = tuple((point.weight, point.state) for point in points if point.weight > COUNTS)
        values = {(int(s), int(i)): int(v) for s, i, v in zip(given.source, given.item, given.value, strict=True)}
        return cls(states, shared(laid), laid.false_values, frozenset(map(int, given.item)), values)


def _count(
    testimony: Testimony, pair: tuple[str, str], who: list[int], weight: Floats, learned: _Learned | None
) -> Voices:
    part = weight[np.ix_(who, who)]
    item = testimony.items.index(pair[0])
    known = learned if learned is not None and item in learned.items else None
    counts = [float(separate(part)), effective(part)]
    agreement = _mean((w, _by_agreement(who, known, state)) for w, state in known.states) if known else None
    odds = _mean((w, _by_odds(who, item, known, state)) for w, state in known.states) if known else None
    counts += [count for count in (agreement, odds) if count is not None]
    names = tuple(testimony.sources[code] for code in who)
    low, high = min(counts), max(counts)
    return Voices(
        *pair, names, len(who), separate(part), counts[1], agreement, odds, low, high, _sentence(len(who), low, high)
    )


def _mean(counts: Iterable[tuple[float, float | None]]) -> float | None:
    """The mean over fixed points, by their weights; None where one cannot tell."""
    told = list(counts)
    if any(count is None for _, count in told):
        return None
    return sum(w * (count or 0.0) for w, count in told) / sum(w for w, _ in told)


def _by_agreement(who: list[int], learned: _Learned, state: State) -> float | None:
    """n²/ΣΣρ with ρ = (agreement - expected) / (1 - expected) on the other items, where it exceeds its sampling error."""
    if len(who) == 1:
        return 1.0
    rho, told = np.eye(len(who)), False
    a = state.accuracy
    for x, one in enumerate(who):
        for y, other in enumerate(who[:x]):
            low, high = min(one, other), max(one, other)
            both, same = learned.pairs.both[low, high] - 1, learned.pairs.same[low, high] - 1
            if both < FEW:
                continue
            told = True
            expected = a[one] * a[other] + (1 - a[one]) * (1 - a[other]) / learned.false
            error = np.sqrt(expected * (1 - expected) / both)
            if same / both > expected + 2 * error:
                rho[x, y] = rho[y, x] = (same / both - expected) / max(1 - expected, 1e-9)
    return effective(rho) if told else None


def _by_odds(who: list[int], item: int, learned: _Learned, state: State) -> float | None:
    """The log odds that these sources give the value together, over those of one such source that copies nobody."""
    n = learned.false
    a = np.clip(state.accuracy[who], 0.01, 0.99)
    alone = np.log(n * a / (1 - a))
    together = alone.copy()
    for at, source in enumerate(who):
        origin = int(state.origin[source])
        if origin >= 0 and learned.values.get((origin, item)) == learned.values[(source, item)]:
            c = state.rate[source]
            together[at] = np.log((c + (1 - c) * a[at]) / (c + (1 - c) * (1 - a[at]) / n))
    mean = float(alone.mean())
    return float(together.sum()) / mean if mean > 0.05 else None


def _sentence(heads: int, low: float, high: float) -> str:
    if heads == 1:
        return "One source says so."
    if high > heads - 0.05 and low > heads - 0.05:
        return (
            f"{heads} sources say so, and nothing here shows that any depends on another. That shows no independence."
        )
    span = f"about {low:.1f}" if high - low < 0.1 else f"{low:.1f} to {high:.1f}, by the way of counting,"
    return f"{heads} sources say so; they weigh as much as {span} independent ones."
