"""What a comparison rests on, and the nearest way of comparing that comes out otherwise."""

import hashlib

import numpy as np

from evenhand.audit.evidence import Tried
from evenhand.compare import Multiverse, Panel
from evenhand.compare.judge import Outcomes
from evenhand.compare.panel import Bools, Ints
from evenhand.model import Outcome
from evenhand.model.trail import Changed, Nearest, Series, Trail, TriedChoice, Turn, UsedFigure

MOST_TURNS = 24
DIGEST = 12
END_POINTS = frozenset({"level", "change", "growth", "gap-closed", "nearest-peers"})
"""Rules that read the first and the last year alone."""


def trail(tried: Tried) -> Trail:
    """The figures, the digests of all tables that were tried, and the nearest ways that turn it."""
    return Trail(_figures(tried), _series(tried), nearest(tried), _choices(tried))


def _choices(tried: Tried) -> tuple[TriedChoice, ...]:
    return tuple(
        TriedChoice(known.kind, known.label, tuple((o.id, o.label) for o in known.options if o.id in known.kept))
        for known in tried.opened.lists
    )


def nearest(tried: Tried) -> Nearest:
    """The fewest choices to take otherwise so that the claim comes out otherwise, and every way that is as near.

    Options that are the same thing, and choices that nothing reads, are no difference.
    """
    head = tried.head
    outcomes = head.of(tried.opened.column)
    own = Outcome(int(outcomes[head.lead()]))
    holds, judged = outcomes == Outcome.HOLDS, outcomes != Outcome.NOT_JUDGED
    turned = judged if own == Outcome.NOT_JUDGED else judged & (holds != (own == Outcome.HOLDS))
    differs = _differing(head)
    away = differs.sum(axis=1)
    there = np.flatnonzero(turned[head.tree.leaf])
    if not len(there):
        return Nearest(own, None, 0, ())
    fewest = int(away[there].min())
    near = there[away[there] == fewest]
    _, first = np.unique(head.tree.leaf[near], return_index=True)
    rows = near[np.sort(first)]
    shown = tuple(_turn(tried, int(row), differs[row], outcomes) for row in rows[:MOST_TURNS])
    return Nearest(own, fewest, len(rows), shown)


def _differing(head: Multiverse) -> Bools:
    """[F, n]: in which choices does each full combination differ from the first one?"""
    tree, alike = head.tree, head.alike
    out = np.zeros(tree.digits.shape, dtype=bool)
    standard_at, window_at = head.plan.of_kind("standard"), head.plan.of_kind("window")
    for i in tree.read:
        column = tree.digits[:, i]
        if i == standard_at and window_at is not None and len(alike.reads) > 1:
            same: Ints = alike.standards[tree.digits[:, window_at], column]
            own = alike.standards[tree.digits[:, window_at], int(column[0])]
        else:
            same, own = alike.same[i][column], alike.same[i][int(column[0])]
        out[:, i] = same != own
    return out


def _turn(tried: Tried, row: int, differs: Bools, outcomes: Outcomes) -> Turn:
    head, tree = tried.head, tried.head.tree
    labels: dict[str, str] = {known.kind: known.label for known in tried.opened.lists}
    changed = []
    for i in np.flatnonzero(differs).tolist():
        choice = head.choices[i]
        before, after = choice.options[int(tree.digits[0, i])], choice.options[int(tree.digits[row, i])]
        label = labels.get(choice.kind, choice.kind)
        changed.append(Changed(choice.id, label, before.id, after.id, before.label, after.label))
    return Turn(tuple(changed), Outcome(int(outcomes[tree.leaf[row]])))


def _figures(tried: Tried) -> tuple[UsedFigure, ...]:
    """Of the subject, the opponent and the peers: the figures of the years that the claim's own way used."""
    opened, lead, panel = tried.opened, tried.detail, tried.opened.lead
    at = lead.column(opened.column)
    roles = dict.fromkeys(opened.units, "member" if opened.is_group else "subject")
    if opened.opponent is not None:
        roles[opened.opponent] = "opponent"
    for i in np.flatnonzero(lead.peers[at]).tolist():
        roles.setdefault(lead.units[i], "peer")
    sources, whole = opened.catalog.sources(), _standard_reads_the_path(tried)
    out = []
    for unit, role in roles.items():
        if unit not in panel.units:
            continue
        n = panel.units.index(unit)
        first, last = (int(year) for year in lead.used_years[lead.units.index(unit)])
        for t in _rows(panel, n, first, last, whole=whole):
            number = int(panel.source_id[t, n])
            out.append(UsedFigure(
                unit, opened.catalog.unit(unit).name, role, opened.measure.id, int(panel.year_used[t, n]),
                float(panel.values[t, n]), _bound(panel.low[t, n]), _bound(panel.high[t, n]),
                sources[number].id if number >= 0 else "",
            ))  # fmt: skip
    return tuple(out)


def _standard_reads_the_path(tried: Tried) -> bool:
    return tried.detail.standard.lower() not in END_POINTS


def _rows(panel: Panel, n: int, first: int, last: int, *, whole: bool) -> list[int]:
    """Rows of a panel in which a unit's figures of these years stand; each published year once."""
    years = panel.year_used[:, n]
    here = ~np.isnan(panel.values[:, n])
    here &= (years >= first) & (years <= last) if whole else (years == first) | (years == last)
    found: dict[int, int] = {}
    for t in np.flatnonzero(here).tolist():
        year = int(years[t])
        if year not in found or int(panel.periods[t]) == year:
            found[year] = t
    return [found[year] for year in sorted(found)]


def _bound(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _series(tried: Tried) -> tuple[Series, ...]:
    """A digest of each table that was tried, over the years that any window asks for, by the options that chose it."""
    opened = tried.opened
    windows = next(known for known in opened.lists if known.kind == "window")
    first = min(option.value.start for option in windows.options) - 5
    last = max(option.value.end for option in windows.options) + 5
    out = []
    for ids, panel in opened.panels.items():
        measure = opened.catalog.measure(ids[0]) if ids else opened.measure
        out.append(Series(", ".join(ids), measure.name, _digest(panel, first, last)))
    return tuple(out)


def _digest(panel: Panel, first: int, last: int) -> str:
    """Over each unit's figures, whoever they are of: exchanging names exchanges no digest, and so no finding."""
    rows = (panel.periods >= first) & (panel.periods <= last)
    parts = (panel.values, panel.low, panel.high, panel.year_used)
    table = np.stack([part[rows].astype("<f8") for part in parts])
    units = sorted(hashlib.sha256(table[:, :, n].tobytes()).digest() for n in range(len(panel.units)))
    return hashlib.sha256(b"".join(units)).hexdigest()[:DIGEST]
