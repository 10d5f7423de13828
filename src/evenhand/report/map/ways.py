"""What would change a conclusion, in words: the smallest ways out or in, what else goes with each, and what bears the load."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.argue import Bearing, Graph, Label, LoadBearing, Way, WaysIn, WaysOut
from evenhand.report.map.view import STATES, Told
from evenhand.report.words import percent, shorten

MOST_WAYS, MOST_BEARINGS, SHORT = 5, 3, 90


@dataclass(frozen=True, slots=True)
class Named:
    """A claim or a step as the page calls it. number, card: where the claim is on the page; empty where it has none.

    step: are the words ours, and not those of the text?
    """

    id: str
    text: str
    number: str = ""
    card: str = ""
    step: bool = False


@dataclass(frozen=True, slots=True)
class WayTold:
    """One way: what to reject and what to show; what falls with it, and what then stands."""

    reject: tuple[Named, ...]
    show: tuple[Named, ...]
    falls: tuple[Named, ...]
    rises: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class LoadTold:
    """A premise, and what it does to the conclusion, in whole sentences."""

    premise: Named
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """For one conclusion. out: are these ways out, or ways in? ways: the smallest; more: how many others were found.

    note: how far was looked, where that was not to the end, in words; load_note: the same for what bears the load.
    """

    out: bool
    ways: tuple[WayTold, ...]
    more: int
    note: str
    load: tuple[LoadTold, ...]
    load_note: str = ""


def ways_told(
    graph: Graph, out: WaysOut, into: WaysIn, load: LoadBearing, told: Mapping[str, Told] | None = None
) -> Ways:
    """The section's words on one conclusion. told: what the page knows of each claim."""
    names = _names(graph, told or {})
    found = out if out.label == "stands" else into
    shown = tuple(_way(way, names) for way in found.sets[:MOST_WAYS])
    bearing = [one for one in load.bearings if one.if_holds != one.if_fails or one.moves]
    told_load = tuple(
        LoadTold(names[one.premise], tuple(_sentences(one, load.label))) for one in bearing[:MOST_BEARINGS]
    )
    return Ways(out.label == "stands", shown, len(found.sets) - len(shown), _note(found), told_load, load.note)


def _names(graph: Graph, told: Mapping[str, Told]) -> dict[str, Named]:
    names: dict[str, Named] = {}
    for node in graph.nodes:
        known = told.get(node.id, Told())
        text = shorten((node.text or node.id).rstrip(". "), SHORT)  # it stands inside sentences of ours
        names[node.id] = Named(node.id, text, known.number, known.card)
    kinds = {link.id: link.kind for link in graph.links}
    for link in graph.links:
        start = " and ".join(_short(names[source]) for source in link.sources)
        towards = "against" if link.kind == "attack" else "to"
        end = "another step" if link.target in kinds else _short(names[link.target])
        names[link.id] = Named(link.id, f"the step from {start} {towards} {end}", step=True)
    return names


def _short(one: Named) -> str:
    return f"claim {one.number}" if one.number else f"“{shorten(one.text, SHORT // 2)}”"


def _way(way: Way, names: Mapping[str, Named]) -> WayTold:
    def called(ids: Sequence[str]) -> tuple[Named, ...]:
        return tuple(names[one] for one in ids)

    return WayTold(called(way.reject), called(way.show), called(way.falls), called(way.rises))


def _note(found: WaysOut | WaysIn) -> str:
    """How far was looked."""
    if found.complete:
        return ""
    if not found.searched:
        return "the time was up before the first were found"
    size = "one at a time" if found.searched == 1 else f"up to {found.searched} together"
    return f"we looked at all that can be changed {size}, and no further"


def _sentences(one: Bearing, now: Label) -> list[str]:
    """What a premise does if it turns, by how much the conclusion moves with it, and how much it would take."""
    said = []
    if one.if_holds != one.if_fails:
        said.append(
            f"If it comes out as said, the conclusion {_is(one.if_holds)}; if it comes out otherwise, it {_is(one.if_fails)}"
        )
    if one.moves is not None and abs(one.moves) > 0:
        said.append(
            f"Between the two, the conclusion gains or loses {percent(abs(one.moves))} of the ways of comparing that we tried"
        )
    if one.share is not None and one.needed is not None and one.becomes is not None and one.becomes != now:
        said.append(
            f"It comes out in {percent(one.share)} of them; at {percent(one.needed)} the conclusion would be one that "
            f"{_is(one.becomes)}"
        )
    return said


def _is(label: Label) -> str:
    return "is open" if label == "undecided" else STATES[label]
