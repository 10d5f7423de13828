"""Leaders are judged one by one, over their own years: a group of them, or a leader against a state, cannot be asked."""

from evenhand.audit.wording import listed
from evenhand.case import OpenComparison
from evenhand.catalog import Catalog
from evenhand.model import BadInputError


def refuse_leaders(comparison: OpenComparison, catalog: Catalog) -> None:
    """Raises BadInputError where leaders are named in a comparison over one window of years, and says what to do."""
    subject, against = comparison.subject, comparison.against
    group = subject.group and catalog.group(subject.group)
    members = tuple(m.unit for m in catalog.memberships(group.id)) if group else subject.units
    leaders = _leaders(catalog, members)
    if leaders:
        who = f"the group “{group.name}”" if group else "the subject"
        raise BadInputError(
            f"{who} holds leaders ({listed(leaders)}), and a time in office is judged for one leader at a time: "
            "each has years of its own, so that no window is that of all",
            hint="make a claim of each (subject: {unit: ...}), or set one against another (against: {unit: ...})",
        )
    peers = against.peers.units if against and against.peers else ()
    leaders = _leaders(catalog, (against.unit,) if against and against.unit else peers)
    if leaders and not _leaders(catalog, (subject.unit,) if subject.unit else ()):
        raise BadInputError(
            f"the subject is no leader, and is set against {listed(leaders)}",
            hint="name a leader as the subject too, or the state that was led",
        )


def _leaders(catalog: Catalog, units: tuple[str, ...]) -> list[str]:
    """The names of those that are leaders."""
    found = (catalog.unit(unit) for unit in dict.fromkeys(units))
    return [unit.name for unit in found if unit.kind == "leader"]
