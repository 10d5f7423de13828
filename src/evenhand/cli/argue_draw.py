"""An argument drawn in the terminal: conclusions on top, what bears on them below."""

from collections.abc import Iterable

from evenhand.argue import (
    Check,
    Graph,
    Link,
    LoadBearing,
    Parting,
    Reach,
    Way,
    WaysIn,
    WaysOut,
    budget,
    load_bearing,
    reach,
    ways_in,
    ways_out,
)
from evenhand.audit.argument import Argument
from evenhand.cli.data.printing import wrapped
from evenhand.model.verdict import percent

SIGNS = {"stands": "✓", "falls": "✗", "undecided": "?"}
KINDS = {"support": "+", "attack": "-"}
MOST_WIDE = 110
MOST_SETS = 12
MOST_LINES = 400
MOST_BEARING = 5
MOST_NAMED, MOST_CHECKS = 12, 60
PATIENCE = 60.0
LEGEND = "✓ stands  ✗ falls  ? undecided   + supports  - attacks   & only together\n"


def drawn(argument: Argument, conclusion: str | None = None) -> str:
    """The whole argument, or one conclusion in full."""
    if conclusion is not None:
        out = [LEGEND, *_tree(argument, conclusion), "", *_in_full(argument, conclusion)]
        return "\n".join(out) + "\n"
    out = [LEGEND]
    for k, one in enumerate(argument.conclusions):
        out += [*_tree(argument, one), *_ways_out(argument.ways_out[k], 4), *_ways_in(argument.ways_in[k], 4)]
        out += [*_load(argument.load[k], 1), *_reach(argument.reach[k]), ""]
    loose, undrawn = _loose(argument), 0
    if loose:
        out.append("Beside the conclusions:")
        drawn_up_to = next((k for k, one in enumerate(loose) if _filled(out, argument, one)), len(loose))
        undrawn = len(loose) - drawn_up_to
        out.append("")
    out += _checks(argument)
    notes = [f"Mind: {note}." for note in argument.standing.notes]
    if len(out) > MOST_LINES:
        left = len(out) - MOST_LINES
        beside = f", and {undrawn:,} claims beside them" if undrawn else ""
        out = [*out[:MOST_LINES], f"... and {left:,} lines more{beside}; --conclusion ID shows one, --json everything"]
    return "\n".join([*out, *notes]).rstrip() + "\n"


def _filled(out: list[str], argument: Argument, claim: str) -> bool:
    """Is the drawing as long as is shown already? Where it is not, one more claim is drawn at its end."""
    if len(out) > MOST_LINES:
        return True
    out += _tree(argument, claim)
    return False


def changed(before: Argument, after: Argument) -> list[tuple[str, str, str]]:
    """The claims and links whose label is another one: (id, was, now)."""
    was, now = before.labels, after.labels
    return [(name, was[name], now[name]) for name in was if was[name] != now[name]]


def parted(graph: Graph, found: Parting) -> str:
    """Two positions side by side."""
    names = {p.id: p.name for p in graph.positions}
    first, second = names[found.first], names[found.second]
    out = [
        f"{first} and {second}",
        "",
        f"Both hold: {_all(found.common)}",
        f"They part on: {_all(found.apart)}",
        f"Links by which the one attacks the other: {_all(found.clashes)}",
        f"Follows for {first} alone: {_all(found.first_alone)}",
        f"Follows for {second} alone: {_all(found.second_alone)}",
        "",
    ]
    for name, other, gives in ((first, second, found.first_gives), (second, first, found.second_gives)):
        out.append(
            f"To agree with {other}, {name} would have to give up one of:"
            if gives
            else f"{name} has nothing to give up."
        )
        out += [f"  {_set(way)}" for way in gives[:MOST_SETS]]
    return "\n".join(out) + "\n"


def _in_full(argument: Argument, conclusion: str) -> list[str]:
    if conclusion in argument.conclusions:
        k = argument.conclusions.index(conclusion)
        out, into, load, far = argument.ways_out[k], argument.ways_in[k], argument.load[k], argument.reach[k]
    else:
        graph = argument.graph
        limit = budget(PATIENCE)
        out, into = ways_out(graph, conclusion, budget=limit), ways_in(graph, conclusion, budget=limit)
        load, far = load_bearing(graph, conclusion, budget=limit), reach(graph, conclusion, {}, budget=limit)
    one = argument.standing.of(conclusion)
    said = [f"It {one.label if one.label != 'undecided' else 'is undecided'}: {one.because}."]
    said += [one.disagree] if one.disagree else []
    return [
        *said,
        "",
        *_ways_out(out, MOST_SETS),
        *_ways_in(into, MOST_SETS),
        *_load(load, MOST_BEARING),
        *_reach(far),
    ]


def _tree(argument: Argument, top: str) -> list[str]:
    graph, labels = argument.graph, argument.labels
    below: dict[str, list[Link]] = {}
    for link in graph.links:
        below.setdefault(link.target, []).append(link)
    texts = {n.id: n.text for n in graph.nodes}
    shares = {n.id: n.share for n in graph.nodes}
    unsaid = {n.id for n in graph.nodes if n.unstated}
    out: list[str] = []
    seen: set[str] = set()

    def claim(name: str, before: str, depth: int) -> None:
        share = f" [{percent(shares[name] or 0.0)}]" if shares[name] is not None else ""
        left = " (left unsaid)" if name in unsaid else ""
        again = name in seen
        line = (
            f"{before}{SIGNS[labels[name]]} {name}{share}{left}: {texts[name]}"
            if texts[name]
            else f"{before}{SIGNS[labels[name]]} {name}"
        )
        out.append(_cut(line) + (" (see above)" if again and name in below else ""))
        if again or depth > 40:
            return
        seen.add(name)
        bearing(name, depth + 1)

    def bearing(name: str, depth: int) -> None:
        for link in below.get(name, ()):
            together = link.joint and len(link.sources) > 1
            for i, source in enumerate(link.sources):
                sign = "&" if together and i else KINDS[link.kind]
                state = "" if labels[link.id] == "stands" else f" {SIGNS[labels[link.id]]}"
                claim(source, f"{'   ' * depth}{sign} ({link.id}{state}) ", depth)
            if below.get(link.id):
                out.append(f"{'   ' * (depth + 1)}on the step {link.id}:")
                bearing(link.id, depth + 1)

    claim(top, "", 0)
    return out


def _loose(argument: Argument) -> list[str]:
    """Claims that are attacked or attack, and that no conclusion's drawing holds."""
    below: dict[str, list[str]] = {}
    for link in argument.graph.links:
        below.setdefault(link.target, []).extend([*link.sources, link.id])
    shown: set[str] = set()
    todo = list(argument.conclusions)
    while todo:
        name = todo.pop()
        if name not in shown:
            shown.add(name)
            todo += below.get(name, [])
    return [n.id for n in argument.graph.nodes if n.id not in shown and n.id in below]


def _ways_out(found: WaysOut, most: int) -> list[str]:
    if found.label != "stands":
        return []
    if not found.sets:
        return [f"No way out of up to {found.searched}: nothing of that size brings it down."]
    out = [
        "Ways out (reject all of one line, and it stands no more):",
        *(f"  {_set(way)}" for way in found.sets[:most]),
    ]
    more = len(found.sets) - most
    out += [f"  and {more} more"] if more > 0 else []
    return out if found.complete else [*out, f"  ({found.note})"]


def _ways_in(found: WaysIn, most: int) -> list[str]:
    if found.label == "stands":
        return []
    if not found.sets and found.complete:
        return ["No way in: nothing that could be shown or rejected makes it stand."]
    if not found.sets:
        return [f"No way in of up to {found.searched} ({found.note})."]
    more = len(found.sets) - most
    out = ["Ways in (with all of one line, it stands):", *(f"  {_set(way)}" for way in found.sets[:most])]
    out += [f"  and {more} more"] if more > 0 else []
    return out if found.complete else [*out, f"  ({found.note})"]


def _set(way: Way) -> str:
    parts = [f"show {_all(way.show)}" if way.show else "", f"reject {_all(way.reject)}" if way.reject else ""]
    falls = f" → falls too: {_all(way.falls)}" if way.falls else ""
    rises = f" → then stands: {_all(way.rises)}" if way.rises else ""
    return "; ".join(part for part in parts if part) + falls + rises


def _load(found: LoadBearing, most: int) -> list[str]:
    out = []
    for one in found.bearings[:most]:
        turns = one.if_holds != one.if_fails
        parts = [f"{one.if_holds} if it holds, {one.if_fails} if it fails" if turns else "alone it changes no label"]
        if one.moves is not None:
            parts.append(f"moves the share in which it stands by {percent(abs(one.moves))}")
        if one.needed is not None and one.share is not None:
            parts.append(f"its share would have to go from {percent(one.share)} to {percent(one.needed)}")
        out.append(f"  {one.premise}: {'; '.join(parts)}")
    out += [f"  ({found.note})"] if found.note else []
    return ["Bears most:", *out] if out else []


def _reach(found: Reach) -> list[str]:
    if found.stands is None:
        return [f"Share of the ways in which it all stands: none, since {found.note}."] if found.premises else []
    falls = f", and falls in {percent(found.falls or 0.0)}"
    apart = f"; {percent(found.apart)} if no choice were shared" if found.apart is not None and found.shared else ""
    return [f"It stands in {percent(found.stands)} of the ways of comparing taken together{falls}{apart}."]


def _checks(argument: Argument) -> list[str]:
    if not argument.checks:
        return ["Checks: nothing circular, nothing pulled both ways, every conclusion has support."]
    lines = ["Checks:"]
    alike: dict[tuple[str, str], list[Check]] = {}
    for check in argument.checks:
        alike.setdefault(
            (check.kind, check.sentence.partition(" ")[2] if len(check.at) == 1 else check.sentence), []
        ).append(check)
    for (kind, said), those in alike.items():
        if len(those) == 1:
            lines.append(f"  {kind}: {those[0].sentence}")
        else:
            names = ", ".join(check.at[0] for check in those[:MOST_NAMED])
            more = f" and {len(those) - MOST_NAMED} more" if len(those) > MOST_NAMED else ""
            lines += wrapped(f"{kind}: each of {len(those)} {said}: {names}{more}")
    return lines[:MOST_CHECKS]


def _all(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"


def _cut(line: str) -> str:
    return line if len(line) <= MOST_WIDE else line[: MOST_WIDE - 1].rstrip() + "…"
