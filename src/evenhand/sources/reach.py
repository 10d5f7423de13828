"""Who stands behind a source: the ways along its ties, as far as they pass on."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenhand.model import Reason
from evenhand.sources.read_testimony import NO_YEAR
from evenhand.sources.testimony import Testimony
from evenhand.sources.ties import Status, Tie, Ties

DOCUMENTED: tuple[Status, ...] = ("documented",)


@dataclass(frozen=True, slots=True)
class Way:
    """The shortest way from a source to a party, tie by tie. weight: the product of its ties' dependence; copying: of
    their prior probabilities of copying.
    """

    ties: tuple[Tie, ...]
    weight: float
    copying: float


@dataclass(frozen=True, slots=True)
class Reach:
    """ways: for each source that speaks, each party that stands behind it with the way there. lapsed: ties that were not in
    force when the source spoke, each with the source; notes say the same in words.
    """

    ways: Mapping[str, Mapping[str, Way]]
    notes: tuple[Reason, ...]
    lapsed: tuple[tuple[str, Tie], ...]


def reach(testimony: Testimony, ties: Ties, *, statuses: Iterable[Status] = DOCUMENTED, ever: bool = False) -> Reach:
    """Who stands behind each source, and along which ties?

    A tie counts where its years, or the years in which the source spoke, are not known, or where they overlap; ``ever``
    counts ties that had ended or not begun too. A way goes on from a party only over ties of a kind that passes on.
    """
    allowed = set(statuses)
    ahead: dict[str, list[Tie]] = {}
    for tie in sorted(ties.ties, key=lambda tie: (tie.from_, tie.to, tie.kind)):
        if tie.status in allowed:
            ahead.setdefault(tie.from_, []).append(tie)
    spoke = _years(testimony)
    lapsed: dict[tuple[str, Tie], None] = {}
    ways = {name: _ways(name, ahead, ties, None if ever else spoke[name], lapsed) for name in spoke}
    notes = dict.fromkeys(_not_in_force(name, tie, spoke[name]) for name, tie in lapsed)
    return Reach(ways, tuple(notes), tuple(lapsed))


def _years(testimony: Testimony) -> dict[str, set[int]]:
    """The years in which each source that speaks did so; empty where one statement has no year."""
    years: dict[str, set[int]] = {}
    unknown = set()
    for source, when in zip(testimony.source.tolist(), testimony.when.tolist(), strict=True):
        name = testimony.sources[source]
        years.setdefault(name, set()).add(when)
        if when == NO_YEAR:
            unknown.add(name)
    return {name: set() if name in unknown else years[name] for name in sorted(years)}


def _ways(
    name: str,
    ahead: Mapping[str, list[Tie]],
    ties: Ties,
    years: set[int] | None,
    lapsed: dict[tuple[str, Tie], None],
) -> dict[str, Way]:
    found: dict[str, Way] = {}
    queue = deque([(name, Way((), 1.0, 1.0))])
    while queue:
        at, way = queue.popleft()
        for tie in ahead.get(at, ()):
            if years and all(tie.covers(year) is False for year in years):
                lapsed[name, tie] = None
                continue
            kind = ties.kinds[tie.kind]
            longer = Way((*way.ties, tie), way.weight * kind.dependence, way.copying * kind.copying)
            if tie.to != name and tie.to not in found:
                found[tie.to] = longer
                if kind.passes_on:
                    queue.append((tie.to, longer))
            elif (
                tie.to != name and longer.weight > found[tie.to].weight and len(longer.ties) == len(found[tie.to].ties)
            ):
                found[tie.to] = longer
    return found


def _not_in_force(name: str, tie: Tie, years: set[int]) -> Reason:
    said = f"{min(years)}" if len(years) == 1 else f"{min(years)} to {max(years)}"
    lasted = f"{tie.start or 'an unknown year'} to {tie.end or 'an unknown year'}"
    return Reason(
        "years_do_not_overlap",
        f"{tie.from_}’s tie to {tie.to} ({tie.kind}) lasted from {lasted}, but {name} spoke in {said}: not counted",
        tie.where,
    )
