"""What is refused, and what a reader is told instead: which figures could answer, and what the event's range is."""

import numpy as np

from evenhand.audit.event import by_author
from evenhand.audit.opening import Opened, compared_units, hidden
from evenhand.audit.wording import REASON_WORDS, listed, named
from evenhand.catalog import BlindSpot
from evenhand.compare import detail
from evenhand.model import Reason, ReasonCode
from evenhand.model.words import years

MOST_EVENTS = 4


def of_tolls(opened: Opened) -> Reason | None:
    """Is the comparison refused, as its measure counts people killed? Nobody is ranked by them; events answer by author."""
    if not opened.measure.tolls:
        return None
    return Reason(
        "the_dead_are_not_points",
        f"{opened.measure.name} counts or lists people killed, and nobody is ranked by that here; the events between the "
        "years are named below, and each has its estimates by author (`evenhand data show EVENT`)",
    )


def needs_to_see(opened: Opened) -> Reason | None:
    """Is the comparison refused, as its measure cannot see a kind of event that the claim must see?

    It is where the subject, the opponent or anybody in the group that it is set against has a blind spot of that kind in
    the window.
    """
    kinds = set(opened.comparison.needs_to_see)
    compared = compared_units(opened.comparison, opened.catalog, opened.units, opened.opponent)
    spot = hidden(opened.catalog, opened.measure.id, compared, kinds, (opened.window.start, opened.window.end))
    if spot is None:
        return None
    return blind(opened, spot, next(u for u in compared if u in spot.units or "*" in spot.units))


def why(opened: Opened) -> Reason:
    """Why could a comparison not be judged in any way? The reason under the first option of every choice, told in full."""
    for units in (opened.units, (opened.opponent,) if opened.opponent else ()):
        if units and not _has_figures(opened, units):
            group = opened.is_group and units == opened.units
            who = opened.catalog.group(opened.column).name if group else opened.catalog.unit(units[0]).name
            return Reason(
                "not_published", f"our figures of {opened.measure.name} have none for {named(who)} in these years"
            )
    lead = detail(opened.plan, opened.panels, opened.form, {})
    code = ReasonCode(int(lead.reason_codes[lead.column(opened.column)])).word
    told = REASON_WORDS.get(code, code.replace("_", " "))
    if code == "blind_spot":
        first = [*opened.units, *([opened.opponent] if opened.opponent else [])]
        return _blind_first(opened, first) or Reason(code, _blind_peers(opened) or told)
    if code in {"not_published", "outside_tolerance"} and not opened.is_group:
        told += _what_there_is(opened)
    return Reason(code, told)


def _what_there_is(opened: Opened) -> str:
    """The years that we have of the first of the two whose figures are missing at an end of the window."""
    panel, window = opened.lead, opened.window
    for unit in (opened.column, opened.opponent):
        if unit is None:
            continue
        at_ends = np.isin(panel.periods, (window.start, window.end))
        seen = ~np.isnan(panel.values[at_ends, panel.units.index(unit)])
        if seen.sum() < len({window.start, window.end}):
            years = [o.start for o in opened.catalog.observations(opened.measure.id, [unit])]
            name = named(opened.catalog.unit(unit).name)
            return (
                f"; our figures of {opened.measure.name} for {name} run from {min(years)} to {max(years)}"
                if years
                else ""
            )
    return ""


def _blind_first(opened: Opened, units: list[str]) -> Reason | None:
    """The spot of the subject or of the opponent, first one that lies on a year that is asked for."""
    asked = (opened.window.start, opened.window.event, opened.window.end)
    hits = [
        (not any(spot.start <= year <= spot.end for year in asked), units.index(unit), spot.start, spot, unit)
        for spot in opened.catalog.blind_spots(opened.measure.id)
        for unit in units
        if (unit in spot.units or "*" in spot.units) and _overlaps(spot, opened)
    ]
    if not hits:
        return None
    spot, unit = min(hits, key=lambda hit: hit[:3])[3:]
    return blind(opened, spot, unit)


def _blind_peers(opened: Opened) -> str:
    """Those of the others whose figures miss an event of these years, by name, with the events, and what could answer."""
    catalog = opened.catalog
    spots = [spot for spot in catalog.blind_spots(opened.measure.id) if _overlaps(spot, opened)]
    units = [u for u in opened.lead.units if any(u in spot.units or "*" in spot.units for spot in spots)]
    if not units:
        return ""
    names = listed([named(catalog.unit(u).name) for u in units])
    kinds = {spot.event_kind for spot in spots}
    events = [e for e in catalog.events_between(units, opened.window.start, opened.window.end) if e.kind in kinds]
    others = [m.name for m in catalog.measures_of_concept(opened.measure.concept) if m.id != opened.measure.id]
    told = [f"too many of those it is set against have figures that cannot see an event of these years: {names}"]
    told.append(f"{listed(others)} may be able to" if others else "no other figures of ours can")
    told += [f"{e.name}, by author: {by_author(e)}" for e in events[:MOST_EVENTS]]
    return "; ".join(told)


def blind(opened: Opened, spot: BlindSpot, unit: str) -> Reason:
    """A refusal names what could answer, and shows the event's range."""
    catalog = opened.catalog
    name = named(catalog.unit(unit).name)
    kind = spot.event_kind.replace("-", " ")
    parts = [
        f"{opened.measure.name} cannot see the {kind} of {years(spot.start, spot.end)} in {name} ({spot.evidence})"
    ]
    others = [
        m.name for m in catalog.measures_of_concept(opened.measure.concept) if not _blind_in(opened, m.id, unit, spot)
    ]
    parts.append(f"{listed(others)} may be able to" if others else "no other figures of ours can")
    events = [e for e in catalog.events_between([unit], spot.start, spot.end) if e.kind == spot.event_kind]
    parts += [f"{e.name}, by author: {by_author(e)}" for e in events]
    return Reason("blind_spot", "; ".join(parts), unit)


def _overlaps(spot: BlindSpot, opened: Opened) -> bool:
    return spot.start <= opened.window.end and spot.end >= opened.window.start


def _blind_in(opened: Opened, measure: str, unit: str, spot: BlindSpot) -> bool:
    if measure == opened.measure.id or not opened.catalog.observations(measure, [unit], spot.start - 5, spot.end + 5):
        return True
    return any(
        (unit in other.units or "*" in other.units) and other.start <= spot.end and other.end >= spot.start
        for other in opened.catalog.blind_spots(measure)
    )


def _has_figures(opened: Opened, units: tuple[str, ...]) -> bool:
    panel = opened.lead
    rows = (panel.periods >= opened.window.start) & (panel.periods <= opened.window.end)
    columns = [panel.units.index(u) for u in units if u in panel.units]
    return bool((~np.isnan(panel.values[rows][:, columns])).any())
