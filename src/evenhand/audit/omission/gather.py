"""The finding on the whole text: events, then the map, then what the catalogue itself has no figures for."""

from collections.abc import Sequence

from evenhand.audit.omission.cells import Laid, lay
from evenhand.audit.omission.events import side_events, unattributed
from evenhand.audit.omission.selecting import double_standards, selectivity_of
from evenhand.audit.wording import listed
from evenhand.case import Case
from evenhand.catalog import MASS_DEATH, Catalog
from evenhand.model import BadInputError, Reason
from evenhand.model.omission import NoFigures, Omission

DEATHS_FROM = MASS_DEATH
TABLE_OF_EVENTS = (
    "Our table of events holds what falls in 1900 or later and has an estimate of 100,000 deaths or more by a named author, "
    "court, commission or data set. What was smaller, earlier, or counted by nobody is not in it, and no text can be found "
    "to leave it out."
)


def omission(
    case: Case, catalog: Catalog, *, never: Sequence[str], seed: int = 0, deaths_from: int = DEATHS_FROM
) -> Omission:
    """What does the text leave out, for every side alike? never: what is in no table of ours, in words.

    deaths_from: from how many deaths on events are listed. Raises BadInputError where that is below one.
    """
    if deaths_from < 1:
        raise BadInputError(
            f"events of {deaths_from} deaths or more are no events", hint=f"the usual is {DEATHS_FROM:,}"
        )
    if not case.sides or case.window is None:
        lacks = "sides" if not case.sides else "years"
        key = "sides" if not case.sides else "window"
        detail = f"the casefile names no {lacks}, so that nothing can be listed as left out; add `{key}:` to it"
        return Omission(None, deaths_from, "", (), None, None, None, (), Reason(f"no_{lacks}", detail))
    years = (case.window.start, case.window.end)
    sides, how = side_events(case, catalog, years, deaths_from)
    laid = lay(case, catalog, years)
    return Omission(
        years, deaths_from, how, sides, laid.map, _without(case, catalog, laid, never), selectivity_of(laid, case, seed),
        double_standards(laid, case),
    )  # fmt: skip


def summary_of(found: Omission) -> tuple[str, ...]:
    """One sentence on the events that the text does not mention, with every side in it; none where there is no such event."""
    if found.years is None or not any(side.missing for side in found.sides):
        return ()
    told = [
        f"{len(side.missing) or 'none'} for which units of “{side.name}” are held responsible" for side in found.sides
    ]
    first, last = found.years
    what = f"catalogued events of {found.deaths_from:,} deaths or more, {first} to {last}, that it does not mention"
    return (f"The {what} are listed below for every side alike: {listed(told)}.",)


def _without(case: Case, catalog: Catalog, laid: Laid, never: Sequence[str]) -> NoFigures:
    shown = laid.map
    empty = tuple(
        concept.name for k, concept in enumerate(shown.concepts) if not any(row[k].figures for row in shown.cells)
    )
    patchy = []
    for side in case.sides:
        rows = [row for row, (_, _, of) in zip(shown.cells, shown.units, strict=True) if of == side.id]
        cells = [cell for row in rows for cell in row]
        patchy.append((side.name, sum(cell.stands is None for cell in cells), len(cells)))
    return NoFigures(
        TABLE_OF_EVENTS, unattributed(case, catalog, shown.years), empty, tuple(patchy), tuple(never),
    )  # fmt: skip
