"""Runs ``evenhand argue``: reads the argument, changes what was asked, and puts the answer into words or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from evenhand.argue import GIVENS, Budget, Given, Graph, Ways, budget, parse_iccma, parting
from evenhand.argue.iccma import Format
from evenhand.audit import open_case
from evenhand.audit.argument import Argument, argue, graph_of
from evenhand.audit.run import judged
from evenhand.cli.argue_draw import changed, drawn, parted
from evenhand.cli.progress import Progress
from evenhand.model import BadInputError, closest_words
from evenhand.model.verdict import percent
from evenhand.report.json_out import plain
from evenhand.text import decode, read_bytes

MOST_CLAIMS = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked for."""

    path: Path
    conclusion: str | None
    changes: tuple[str, ...]
    positions: tuple[str, str] | None
    size: int
    time_limit: float
    data: tuple[Path, ...]
    audited: bool
    new_units: bool


def answer(asked: Asked, progress: Progress, *, as_json: bool) -> str:
    """The argument in words, or as JSON; raises BadInputError."""
    graph, ways = _read(asked, progress)
    if asked.conclusion is not None:
        graph.node(asked.conclusion)
    if asked.positions is not None:
        found = parting(graph, *asked.positions, budget=budget(asked.time_limit))
        return _json({"parting": plain(found)}) if as_json else parted(graph, found)
    turned = _turned(graph, asked.changes)
    limit = budget(asked.time_limit)
    before = argue(graph, ways, budget=limit, largest=asked.size) if not turned else None
    after = _after(graph, turned, ways, limit, asked) if before is None else before
    if turned:
        before = argue(graph, {}, budget=limit, largest=1)
        if as_json:
            return _json({"argument": plain(after), "changed": [list(row) for row in changed(before, after)]})
        return _what_if(before, after, turned) + drawn(after, asked.conclusion)
    return _json({"argument": plain(after)}) if as_json else drawn(after, asked.conclusion)


def _after(
    graph: Graph, turned: Mapping[str, Given | float], ways: Mapping[str, Ways], limit: Budget, asked: Asked
) -> Argument:
    kept = {name: one for name, one in ways.items() if name not in turned}
    return argue(graph.with_given(turned), kept, budget=limit, largest=asked.size)


def _json(shape: dict[str, object]) -> str:
    return json.dumps(shape, ensure_ascii=False, indent=1) + "\n"


def _what_if(before: Argument, after: Argument, turned: Mapping[str, Given | float]) -> str:
    said = [f"{name} {v if isinstance(v, str) else f'in {percent(v)} of the ways'}" for name, v in turned.items()]
    told = ", ".join(said)
    rows = changed(before, after)
    lines = [f"  {name}: {was} → {now}" for name, was, now in rows] or [
        "  nothing: every claim and link stands or falls as before"
    ]
    return "\n".join([f"If {told}, what changes:", *lines, "", ""])


def _read(asked: Asked, progress: Progress) -> tuple[Graph, Mapping[str, Ways]]:
    form = asked.path.suffix.lstrip(".").lower()
    if form in get_args(Format):
        found: Format = next(f for f in get_args(Format) if f == form)
        graph = parse_iccma(decode(read_bytes(asked.path), str(asked.path)), found, where=str(asked.path))
        return _of_a_size(graph), {}
    case, catalog = open_case(asked.path, data=asked.data, new_units=asked.new_units)
    findings, ways, _ = judged(case, catalog, progress=progress) if asked.audited else ({}, {}, [])
    progress.clear()
    read = graph_of(case, findings)
    if read is None:
        hint = "add links: [{id: l1, from: [a, b], to: c, kind: support}]"
        raise BadInputError("the casefile links no claims", hint=hint, where=str(case.path))
    return _of_a_size(read), ways


def _of_a_size(graph: Graph) -> Graph:
    if len(graph.nodes) > MOST_CLAIMS:
        raise BadInputError(f"{len(graph.nodes):,} claims are more than {MOST_CLAIMS:,}", hint="take a part of it")
    return graph


def _turned(graph: Graph, changes: tuple[str, ...]) -> dict[str, Given | float]:
    """The changes that were asked for. Raises BadInputError where one cannot be read."""
    out: dict[str, Given | float] = {}
    known = [*(n.id for n in graph.nodes), *(k.id for k in graph.links)]
    for change in changes:
        name, equals, value = change.rpartition("=")
        if not equals or not name:
            raise BadInputError(f"--set {change!r} cannot be read", hint="write ID=VALUE, such as c3=0.2 or l2=fails")
        if name not in known:
            near = closest_words(name, known[:5000], 1)
            raise BadInputError(f"there is no claim or link {name!r}", hint=f"did you mean {near[0]}?" if near else "")
        out[name] = _value(value, name)
    return out


def _value(value: str, name: str) -> Given | float:
    for given in GIVENS:
        if value == given:
            return given
    try:
        share = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        hint = f"a share from 0 to 1, or {', '.join(GIVENS)}"
        raise BadInputError(f"--set {name}={value}: {value!r} is no finding", hint=hint)
    return share
