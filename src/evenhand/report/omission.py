"""What the text leaves out, as the page shows it: events side by side, a compact map, the figures on the picks."""

from dataclasses import dataclass
from itertools import groupby

from evenhand.audit.result import Audit
from evenhand.model import EventAccount
from evenhand.model.omission import (
    FIXED_SENTENCE,
    EventMention,
    MapCell,
    MapConcept,
    Omission,
    OmissionMap,
    Picks,
    SelectivityAnswer,
    SelectivityRow,
)
from evenhand.report.spans import Anchor
from evenhand.report.words import MINUS, percent, span

DIRECTIONS = {
    "as-listed": "as our catalogue lists what is better",
    "turned": "with contested directions turned round",
    "left-out": "with contested directions left out",
    "as-the-casefile-sets-them": "as the casefile sets what is better",
}
POOLS = {"domain": "picked from the same field", "any": "picked from any field"}
SIGNS = {
    "better": ("▲", "in the best third"),
    "worse": ("▼", "in the worst third"),
    "middle": ("=", "in the middle third"),
    "neither": ("◇", "neither more nor less is better"),
    "open": ("○", "figures, but none that the rule can place"),
    "none": ("", "no figures"),
}
Row = tuple[str, int, str, str, str, str]
Way = tuple[str, tuple[Row, ...]]
INNOCENT = (
    "Made-up authors without any view, who took a topic, a country or a source and cited what they found there, got 5 % or less "
    "in 0 to 2 % of cases by picks from the same field, and in 2 to 7 % by picks from any field."
)
HOW = {
    "claim": "a claim is about it",
    "name": "by its name",
    "place-and-year": "by a place, a year and a word for the kind or the dead",
    "place-and-kind": "by a word of its own and a word for the kind",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One cell of the map: its sign, the sign in words, and whether it is cited."""

    sign: str
    words: str
    kind: str
    cited: bool


@dataclass(frozen=True, slots=True)
class Compact:
    """The map without the columns of which nobody here has a figure.

    domains: (domain, number of columns). columns: (name, which way is better, contested, set by the casefile). sides:
    (side's name, rows of (unit's name, cells)). signs: those that occur, for the legend.
    """

    domains: tuple[tuple[str, int], ...]
    columns: tuple[tuple[str, str, bool, str], ...]
    sides: tuple[tuple[str, tuple[tuple[str, tuple[Drawn, ...]], ...]], ...]
    signs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the section needs. rows: by directions, (picks, cells, favour, random, at least, at most) in words."""

    found: Omission
    fixed: str
    map: Compact | None
    rows: tuple[Way, ...]
    lead: str
    ways: dict[str, str]
    innocent: str = INNOCENT


def shown(audit: Audit) -> Shown | None:
    """None where the audit holds no such finding."""
    found = audit.omission
    if found is None:
        return None
    names = {side.side: side.name for side in found.sides}
    compact = compact_map(found.map, names) if found.map is not None and found.map.concepts else None
    picked = found.selectivity
    return Shown(found, FIXED_SENTENCE, compact, _rows(picked), _lead(picked, names), DIRECTIONS)


def compact_map(drawn: OmissionMap, names: dict[str, str]) -> Compact:
    """The map as a compact grid: one sign for each cell, columns by domain."""
    kept = [j for j in range(len(drawn.concepts)) if any(row[j].figures or row[j].cited for row in drawn.cells)]
    kept.sort(key=lambda j: [c.domain for c in drawn.concepts].index(drawn.concepts[j].domain))
    columns = [drawn.concepts[j] for j in kept]
    sides: dict[str, list[tuple[str, tuple[Drawn, ...]]]] = {}
    for (_, name, side), row in zip(drawn.units, drawn.cells, strict=True):
        sides.setdefault(side, []).append((name, tuple(_drawn(drawn.concepts[j], row[j]) for j in kept)))
    used = {cell.kind for rows in sides.values() for _, cells in rows for cell in cells}
    return Compact(
        tuple((domain, len(list(group))) for domain, group in groupby(columns, key=lambda c: c.domain)),
        tuple((c.name, c.better, bool(c.contested), c.set_to or "") for c in columns),
        tuple((names.get(side, side), tuple(rows)) for side, rows in sides.items()),
        tuple(pair for kind, pair in SIGNS.items() if kind in used and pair[0]),
    )


def _drawn(concept: MapConcept, cell: MapCell) -> Drawn:
    if cell.stands is None:
        kind = "open" if cell.figures else "none"
    elif concept.better == "neither":
        kind = "neither"
    else:
        kind = "better" if cell.stands > 2 / 3 else "worse" if cell.stands < 1 / 3 else "middle"
    sign, told = SIGNS[kind]
    return Drawn(sign, told, kind, cell.cited)


def points(value: float | None) -> str:
    """A favour in places of a hundred, signed: "+19", "−3"."""
    if value is None:
        return "–"
    rounded = round(100 * value)
    return f"+{rounded}" if rounded > 0 else f"{MINUS}{-rounded}" if rounded < 0 else "0"


def _rows(picked: SelectivityAnswer | None) -> tuple[Way, ...]:
    if picked is None or picked.reason is not None:
        return ()
    return tuple((DIRECTIONS[row.directions], tuple(_row(row, one) for one in row.pools)) for row in picked.rows)


def _row(row: SelectivityRow, one: Picks) -> Row:
    shares = percent(one.p_high), percent(one.p_low)
    return (POOLS[one.pool], row.cells, points(one.favour), points(one.expected), *shares)


def _lead(picked: SelectivityAnswer | None, names: dict[str, str]) -> str:
    """The lead figure in one sentence: directions as listed, picks from the same domain."""
    if picked is None or picked.reason is not None or not picked.rows[0].pools:
        return ""
    row, one = picked.rows[0], picked.rows[0].pools[0]
    how = f"all {one.picks + 1:,}" if one.listed else f"{one.picks:,} random"
    side = names.get(picked.side or "", picked.side or "")
    return (
        f"The {row.cells} cited cells that can be counted stand, on average, {points(one.favour)} places in a hundred from the "
        f"middle in favour of {side}. Were each thing cited for the same units picked at random from its own field, it would be "
        f"{points(one.expected)}. Of {how} such picks, {percent(one.p_high)} favour that side at least as much."
    )


def account_words(account: EventAccount) -> str:
    """One author's estimate in full: who, when, how many, what is counted, of how many people, on which evidence."""
    when = f" ({account.year})" if account.year else ""
    if (account.low, account.central, account.high) == (None, None, None):
        amount = "no number"
    elif account.central is not None and account.low is None and account.high is None:
        amount = span(account.central, account.central)
    elif account.central is not None:
        amount = f"{span(account.central, account.central)} ({span(account.low, account.high)})"
    else:
        amount = span(account.low, account.high)
    heads = f", {account.per_head} who lived there" if account.per_head else ""
    return f"{account.author}{when}: {amount} {account.counted}{heads}; {account.evidence}"


def mention_words(mention: EventMention, numbers: dict[str, Anchor]) -> str:
    """How an event was found: by which claim, or by which words."""
    if mention.claim is not None:
        number = numbers[mention.claim].number if mention.claim in numbers else mention.claim
        return f"claim {number} is about it"
    return f"{HOW[mention.how]}: {', '.join(f'“{word}”' for word in mention.matched)}"
