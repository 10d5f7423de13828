"""Groups of tied sources: all those behind whom the same party stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.model import Reason
from evenhand.sources.reach import DOCUMENTED, Reach, Way, reach
from evenhand.sources.testimony import Testimony
from evenhand.sources.ties import Status, Tie, Ties


@dataclass(frozen=True, slots=True)
class TiedGroup:
    """Sources with one party behind them all.

    party: the party, or several (``parties``) where the same sources stand before each. members: source names, sorted;
    the party itself is one where it speaks. side: in whose interest it stands, "" for none said. ways: for each member
    the ties that lead to the party, empty for the party itself.
    """

    party: str
    parties: tuple[str, ...]
    members: tuple[str, ...]
    side: str
    ways: tuple[tuple[str, tuple[Tie, ...]], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups, those with most members first. notes: all sources tied, ties not in force. lapsed: the latter, each with
    the source that spoke when it was not.
    """

    groups: tuple[TiedGroup, ...]
    notes: tuple[Reason, ...]
    lapsed: tuple[tuple[str, Tie], ...] = ()


def groups(testimony: Testimony, ties: Ties, *, statuses: Iterable[Status] = DOCUMENTED, ever: bool = False) -> Groups:
    """Which sources are tied to the same party? Only documented ties make a group unless ``statuses`` says otherwise."""
    found = reach(testimony, ties, statuses=statuses, ever=ever)
    sides = _sides(ties)
    members = _members(found)
    merged: dict[tuple[str, ...], list[str]] = {}
    for party in sorted(members):
        merged.setdefault(tuple(sorted(members[party])), []).append(party)
    made = [group for names, parties in merged.items() for group in _of_sides(names, parties, sides, members)]
    made.sort(key=lambda group: (-len(group.members), group.party))
    return Groups(tuple(made), (*found.notes, *_all_tied(found, made)), found.lapsed)


def _members(found: Reach) -> dict[str, dict[str, Way | None]]:
    """Who stands before each party, and how; the party itself where it speaks."""
    members: dict[str, dict[str, Way | None]] = {}
    for name, ways in found.ways.items():
        for party, way in ways.items():
            members.setdefault(party, {})[name] = way
    for party, names in members.items():
        if party in found.ways:
            names[party] = None
    return members


def _sides(ties: Ties) -> dict[str, set[str]]:
    sides: dict[str, set[str]] = {}
    for tie in ties.ties:
        if tie.side:
            sides.setdefault(tie.to, set()).add(tie.side)
    return sides


def _of_sides(
    names: tuple[str, ...], parties: list[str], sides: dict[str, set[str]], members: dict[str, dict[str, Way | None]]
) -> list[TiedGroup]:
    """One group for each side that the parties stand for; parties of no side go with the only side there is."""
    named = sorted({side for party in parties for side in sides.get(party, ())}) or [""]
    made = []
    for side in named:
        own = [
            party for party in parties if side in sides.get(party, {""}) or (len(named) == 1 and not sides.get(party))
        ]
        own = own or parties
        first = members[own[-1]]
        ways = tuple((name, way.ties if (way := first[name]) else ()) for name in names)
        made.append(TiedGroup(" and ".join(own), tuple(own), names, side, ways))
    return made


def _all_tied(found: Reach, made: list[TiedGroup]) -> list[Reason]:
    speaking = set(found.ways)
    tied = {name for group in made for name in group.members}
    if speaking and tied >= speaking:
        return [Reason("all_tied", "every source that speaks has a tie: none is left that is not tied to somebody")]
    return []
