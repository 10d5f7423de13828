"""The literal reading: what the words say as they stand, before anything is compared."""

import numpy as np

from evenhand.audit.opening import Opened
from evenhand.audit.wording import capital, listed, mid_sentence, number, place_of
from evenhand.catalog import Catalog
from evenhand.compare import Panel
from evenhand.model import Literal
from evenhand.model.words import plural

MOST_MEMBERS = 4


def literal(opened: Opened, catalog: Catalog) -> Literal | None:
    """ "It rose, 44 to 63": the subject's own figures at both ends, and whether they move as the claim says.

    None where the subject has no figure at either end.
    """
    panel = opened.lead
    if opened.is_group:
        return _of_group(opened, catalog, panel)
    names = [opened.column, *([opened.opponent] if opened.opponent else [])]
    parts, found = [], None
    for unit in names:
        ends = _ends(panel, unit, opened)
        if ends is None:
            continue
        found = found or (unit, ends)
        blind = " (figures that cannot see what happened there then)" if _unseen(panel, unit, ends[2]) else ""
        parts.append(_sentence(opened, place_of(catalog.unit(unit).name, catalog.unit(unit).kind), ends) + blind)
    if found is None or found[0] != opened.column:
        return None
    start, end, years, sources = found[1]
    bears = not opened.level and opened.form.name not in {"same", "at-most", "less", "least"}
    agrees = bool(end < start if _downward(opened) else end > start) if bears else None
    return Literal(capital("; ".join(parts)) + ".", start, end, years[0], years[1], agrees, sources)


def _downward(opened: Opened) -> bool:
    """Do the words say that it fell? "rose" and "fell" say so themselves."""
    name = opened.form.name
    return name == "fell" if name in {"rose", "fell"} else opened.form.direction == "down"


def _ends(panel: Panel, unit: str, opened: Opened) -> tuple[float, float, tuple[int, int], tuple[str, ...]] | None:
    column = panel.units.index(unit)
    asked = [opened.window.end if opened.level else opened.window.start, opened.window.end]
    if not np.isin(asked, panel.periods).all():
        return None
    rows = np.searchsorted(panel.periods, asked).tolist()
    if np.isnan(panel.values[rows, column]).any():
        return None
    start, end = (float(panel.values[row, column]) for row in rows)
    years = (int(panel.year_used[rows[0], column]), int(panel.year_used[rows[1], column]))
    index = dict.fromkeys(int(panel.source_id[row, column]) for row in rows)
    sources = tuple(opened.catalog.sources()[i].id for i in index if i >= 0)
    return start, end, years, sources


def _unseen(panel: Panel, unit: str, years: tuple[int, int]) -> bool:
    """Do the figures of either year come from a time in which the measure cannot see what happened there?"""
    if panel.blind is None:
        return False
    rows = np.isin(panel.periods, years)
    return bool(panel.blind[rows, panel.units.index(unit)].any())


def _sentence(opened: Opened, name: str, ends: tuple[float, float, tuple[int, int], tuple[str, ...]]) -> str:
    start, end, years, _ = ends
    measure, unit = mid_sentence(opened.measure.name), opened.measure.unit
    if opened.level:
        return f"{measure} {name} stood at {_told(end, unit)} in {years[1]}"
    verb = "rose" if end > start else "fell" if end < start else "did not change"
    if verb == "did not change":
        return f"{measure} {name} did not change: {_told(start, unit)} in {years[0]} and in {years[1]}"
    return f"{measure} {name} {verb}, {number(start)} to {_told(end, unit)} ({years[0]} to {years[1]})"


def _told(value: float, unit: str) -> str:
    return f"{number(value)} {unit}".strip()


def _of_group(opened: Opened, catalog: Catalog, panel: Panel) -> Literal | None:
    moved: dict[str, list[str]] = {"rose": [], "fell": [], "stayed": []}
    sources: dict[str, None] = {}
    window = (opened.window.start, opened.window.end)
    core = catalog.membership(opened.column, panel, window).core
    for unit in (unit for unit, inside in zip(panel.units, core, strict=True) if inside):
        ends = _ends(panel, unit, opened)
        if ends is not None:
            start, end = ends[0], ends[1]
            moved["rose" if end > start else "fell" if end < start else "stayed"].append(catalog.unit(unit).name)
            sources |= dict.fromkeys(ends[3])
    known = sum(map(len, moved.values()))
    if not known or opened.level:
        return None
    verb = "fell" if _downward(opened) else "rose"
    others = [name for way, names in moved.items() if way != verb for name in names]
    text = f"{capital(mid_sentence(opened.measure.name))} {verb} in {len(moved[verb])} of {plural(known, 'member')} with figures"
    none = opened.form.name == "none"
    against = moved[verb] if none else others
    text += f"; {'in' if none else 'not in'} {listed(against, MOST_MEMBERS)}." if against else "."
    bears = opened.form.name in {"none", "always"}
    return Literal(text, agrees=not against if bears else None, sources=tuple(sources))
