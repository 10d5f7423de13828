"""A picture of sources and their ties: sources on the left, those they are tied to on the right, nobody in a colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evenhand.model.who_says import TieNote, Voice, WhoSays
from evenhand.model.words import plural
from evenhand.report import words
from evenhand.report.comparing import short_citation

ROW = 20
COLUMN = 300
LETTERS = 40
LAYERS = 4
SWEEPS = 12
DASHES = {"documented": "", "asserted": "5 3", "disputed": "1.5 3"}


@dataclass(frozen=True, slots=True)
class Node:
    """Where somebody stands. x, y: the left middle of the label."""

    voice: Voice
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TiePicture:
    """The picture and what it says in words. untied: sources of which no tie is known, by what they are called."""

    svg: Markup
    caption: str
    untied: tuple[str, ...]


def tie_picture(told: WhoSays) -> TiePicture | None:
    """The sources that have ties, layer by layer; None where nobody has one. Same ties, same bytes."""
    tied = {name for tie in told.ties for name in (tie.source, tie.to)}
    by_name = {voice.name: voice.id for voice in told.voices}
    pairs = list(dict.fromkeys((tie.source, by_name.get(tie.to, tie.to)) for tie in told.ties))
    inside = [voice for voice in told.voices if voice.id in tied or voice.name in tied]
    untied = tuple(short_citation(v.name) for v in told.voices if v.is_source and v not in inside)
    if not pairs:
        return None
    nodes = place(inside, pairs)
    return TiePicture(_drawn(nodes, told.ties, by_name), _caption(inside, told.ties), untied)


def place(voices: Sequence[Voice], pairs: Sequence[tuple[str, str]]) -> tuple[Node, ...]:
    """Lays out in columns: who is tied stands left of whom to. Within a column few lines cross, and no labels touch."""
    layer = _layers([voice.id for voice in voices], pairs)
    columns = [[v.id for v in voices if layer[v.id] == k] for k in range(max(layer.values()) + 1)]
    y = {name: float(i * ROW) for column in columns for i, name in enumerate(column)}
    near: dict[str, list[str]] = {voice.id: [] for voice in voices}
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    for _ in range(SWEEPS):
        for column in columns:
            wished = {n: sum(y[o] for o in near[n]) / len(near[n]) if near[n] else y[n] for n in column}
            y |= _apart(sorted(column, key=lambda n: (wished[n], y[n], n)), wished)
    top = min(y.values())
    return tuple(
        Node(v, _label(v), 8.0 + COLUMN * layer[v.id], y[v.id] - top + ROW) for v in voices
    )  # fmt: skip


def _layers(names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """How far from the left somebody stands; a circle of ties ends at the last column."""
    layer = dict.fromkeys(names, 0)
    for _ in range(LAYERS - 1):
        for a, b in pairs:
            layer[b] = min(max(layer[b], layer[a] + 1), LAYERS - 1)
    return layer


def _apart(order: Sequence[str], wished: Mapping[str, float]) -> dict[str, float]:
    """Heights at least a row apart, in this order, as near to those wished as that allows (pools of neighbours)."""
    pools: list[tuple[list[str], float]] = []
    for name in order:
        pools.append(([name], wished[name]))
        while len(pools) > 1 and pools[-2][1] + ROW * len(pools[-2][0]) > pools[-1][1]:
            (upper, at), (lower, below) = pools[-2:]
            whole = upper + lower
            start = (at * len(upper) + (below - ROW * len(upper)) * len(lower)) / len(whole)
            pools[-2:] = [(whole, start)]
    return {name: start + ROW * i for names, start in pools for i, name in enumerate(names)}


def _label(voice: Voice) -> str:
    name = short_citation(voice.name) if voice.is_source else voice.name
    return words.shorten(f"{name} · {voice.side}" if voice.side else name, LETTERS)


def _drawn(nodes: Sequence[Node], ties: Sequence[TieNote], ids: Mapping[str, str]) -> Markup:
    at = {node.voice.id: node for node in nodes}
    width = max(node.x for node in nodes) + COLUMN
    height = max(node.y for node in nodes) + ROW
    lines = [_line(at[tie.source], at[ids.get(tie.to, tie.to)], tie) for tie in ties]
    texts = [
        Markup('<g><title>{}</title><circle cx="{:.1f}" cy="{:.1f}" r="3.5"{}/><text x="{:.1f}" y="{:.1f}">{}</text></g>').format(
            node.voice.name, node.x, node.y, Markup("") if node.voice.is_source else Markup(' class="party"'), node.x + 8,
            node.y + 4, node.label,
        )
        for node in nodes
    ]  # fmt: skip
    size = 'viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}"'
    head = Markup(f'<svg class="ties-picture" {size} role="img" aria-label="{{2}}">')  # noqa: S704 - our own words
    said = "Sources and those they are tied to; the table below says the same in words."
    return head.format(width, height, said) + Markup("").join([*lines, *texts]) + Markup("</svg>")


def _line(a: Node, b: Node, tie: TieNote) -> Markup:
    start = a.x + 12 + 6.7 * len(a.label)
    end, bend = b.x - 6, 0.5 * max(b.x - start, 30.0)
    dash = Markup(' stroke-dasharray="{}"').format(DASHES[tie.status]) if DASHES[tie.status] else Markup("")
    path = Markup('<path d="M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}"{}><title>{}</title></path>')
    return path.format(
        start, a.y, start + bend, a.y, end - bend, b.y, end, b.y, dash,
        f"{a.label}: {tie.says} {tie.to} ({tie.kind}, {tie.years}, {tie.status})",
    )  # fmt: skip


def _caption(voices: Sequence[Voice], ties: Sequence[TieNote]) -> str:
    sources = sum(voice.is_source for voice in voices)
    counts = {status: sum(tie.status == status for tie in ties) for status in DASHES}
    told = [f"{n} {status}" for status, n in counts.items() if n]
    return (
        f"{plural(sources, 'source')} with {plural(len(ties), 'tie')} ({', '.join(told)}). "
        "Whole lines are documented, broken ones asserted, dotted ones disputed."
    )
