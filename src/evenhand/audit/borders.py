"""What the page says of states that are gone: whose figures stood for them, and which jumps came from borders."""

from evenhand.audit.opening import Opened
from evenhand.audit.wording import capital, listed, named


def told(opened: Opened) -> tuple[str, ...]:
    """One sentence for each way in which figures of others stood for a state that is gone, and one for jumps of borders."""
    return (*_standing_in(opened), *_jumps(opened))


def _compared(opened: Opened) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*opened.units, *([opened.opponent] if opened.opponent else [])]))


def _standing_in(opened: Opened) -> list[str]:
    rules = next((known for known in opened.lists if known.kind == "stitching"), None)
    if rules is None:
        return []
    tried, catalog, out = {option.id for option in rules.options}, opened.catalog, []
    for unit in _compared(opened):
        heirs = [named(catalog.unit(heir).name) for heir in catalog.heirs(unit)]
        ways = [f"those of {heirs[0]} in its place"] if heirs and "stand-in" in tried else []
        ways += [f"those of its {len(heirs)} successors together"] if len(heirs) > 1 and "successors" in tried else []
        if ways:
            out.append(
                f"{capital(named(catalog.unit(unit).name))} is gone: beside its own figures we tried {listed(ways)}. "
                "These are figures for other borders."
            )
    return out


def _jumps(opened: Opened) -> list[str]:
    borders = opened.lead.borders or {}
    window, out = opened.window, []
    for unit in _compared(opened):
        years = [year for year in borders.get(unit, ()) if window.start < year <= window.end]
        if years:
            name = named(opened.catalog.unit(unit).name)
            when = listed([str(year) for year in years])
            what = listed(
                [c.change for c in opened.catalog.border_changes(unit) if window.start <= c.year <= window.end]
            )
            out.append(
                f"The figures of {name} jump in {when}, since the borders changed ({what}); no change is counted across that."
            )
    return out
