"""A measure over a leader's time in office, judged for all leaders alike who ruled for ten years or more."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from evenhand.audit.choices import LABELS, ChoiceList, measure_options, panel_options, values_options
from evenhand.audit.opening import Opened, default_tolerance, hidden
from evenhand.audit.wording import mid_sentence, number
from evenhand.case import OpenComparison
from evenhand.catalog import Catalog, Reign, Unit, reigns
from evenhand.compare import AllPeers, Detail, NearestUnits, Panel, Plan, RegionPeers, Window, detail, standard
from evenhand.compare.panel import Groups
from evenhand.compare.tenures import SPAN, YEARS, Contemporaries, Terms, Years, calendar, in_office, kin_of_terms
from evenhand.model import BadInputError, Literal as LiteralReading, Option, Reason
from evenhand.model.words import plural

FORMS = ("more", "less", "most", "least", "among-the-most")
YEARS_WORDS: Mapping[Years, str] = {
    "whole": "from the year of taking office to that of leaving",
    "a-year-later": "both ends a year later",
    "first-ten": "the first ten years in office",
}
RULES = ("change", "nearest-peers")
NEAREST = 10


@dataclass(frozen=True, slots=True)
class Ruled:
    """The leaders that are judged, and where. states: the columns of the panels of states."""

    reigns: tuple[Reign, ...]
    states: tuple[str, ...]
    terms: Terms


def is_leader(comparison: OpenComparison, catalog: Catalog) -> bool:
    """Is the claim about a leader's time in office?"""
    unit = comparison.subject.unit
    return unit is not None and catalog.unit(unit).kind == "leader"


def open_leaders(comparison: OpenComparison, catalog: Catalog, *, seed: int = 0) -> Opened:
    """Makes a comparison between leaders ready. Raises BadInputError where it cannot be put to all of them."""
    subject = catalog.unit(comparison.subject.unit or "")
    measure = catalog.measure(comparison.measure)
    opponent = _opponent(comparison, catalog)
    _check(comparison, subject, opponent)
    ruled = _ruled(catalog, [subject, *([opponent] if opponent else [])])
    named = [unit.id for unit in (subject, opponent) if unit is not None]
    lists = _panel_lists(catalog, comparison, ruled, named)
    panels = _panels(catalog, lists, ruled)
    lists += [_window(), _rules()]
    if opponent is None:
        lists.append(_peers(comparison, ruled))
    if any(bool((~np.isnan(panel.low) & ~np.isnan(panel.high)).any()) for panel in panels.values()):
        lists.append(values_options())
    plan = Plan(
        choices=tuple(known.choice() for known in lists),
        groups=_groups(catalog, ruled),
        against=opponent.id if opponent else None,
        turned=_turned(catalog, comparison.measure, lists),
        seed=seed,
    )
    return Opened(
        comparison, catalog, measure, comparison.form, Window(0, 0, SPAN), "change", subject.id, (subject.id,),
        opponent.id if opponent else None, tuple(lists), plan, panels, (),
    )  # fmt: skip


def _opponent(comparison: OpenComparison, catalog: Catalog) -> Unit | None:
    against = comparison.against
    if against is None or against.unit is None:
        return None
    unit = catalog.unit(against.unit)
    if unit.kind != "leader":
        raise BadInputError(
            f"{unit.name} is no leader, and a time in office is compared with others",
            hint="name another leader, or peers: all, region or nearest",
        )
    return unit


def _check(comparison: OpenComparison, subject: Unit, opponent: Unit | None) -> None:
    if comparison.form.name not in FORMS:
        raise BadInputError(
            f"the form {comparison.form.name} cannot be asked of a time in office", hint=f"one of {', '.join(FORMS)}"
        )
    if opponent is not None and comparison.form.name not in {"more", "less"}:
        raise BadInputError(
            f"the form {comparison.form.name} cannot be said against one leader", hint="use more or less"
        )
    if opponent is not None and opponent.id == subject.id:
        raise BadInputError("the subject is compared with itself", hint="name another leader, or peers")
    against = comparison.against
    if against is not None and (against.group or (against.peers and against.peers.rule in {"group", "list"})):
        raise BadInputError(
            "a time in office is set against those of all leaders", hint="peers: all, region or nearest"
        )


def _ruled(catalog: Catalog, named: list[Unit]) -> Ruled:
    """All who ruled for ten years or more, and those named, however long they did."""
    everybody = {reign.unit: reign for reign in reigns(catalog.tenures(), least=0)}
    long = {reign.unit: reign for reign in reigns(catalog.tenures())}
    for unit in named:
        if unit.id not in everybody:
            raise BadInputError(
                f"the catalogue does not know when {unit.name} took office and left it",
                hint="import a list of leaders: evenhand data import",
            )
        long[unit.id] = everybody[unit.id]
    known = {unit.id for unit in catalog.units()}
    kept = tuple(long[id_] for id_ in sorted(long) if id_ in known and long[id_].end > long[id_].start)
    states = tuple(sorted({reign.state for reign in kept}))
    column = np.array([states.index(reign.state) for reign in kept], dtype=np.int64)
    start, end = (np.array([getattr(reign, name) for reign in kept], dtype=np.int64) for name in ("start", "end"))
    return Ruled(kept, states, Terms(tuple(reign.unit for reign in kept), column, start, end))


def _panel_lists(catalog: Catalog, comparison: OpenComparison, ruled: Ruled, named: list[str]) -> list[ChoiceList]:
    """The measure, whose figures, and which years count as the leader's."""
    measure = catalog.measure(comparison.measure)
    lists = [measure_options(catalog, measure.id, in_its_unit=False)]
    sources = catalog.source_rules(measure.id)
    if len(sources) > 1:
        lists.append(panel_options("sources", default_tolerance(measure), sources[1:], catalog=catalog))
    stitching = _stitching(catalog, measure.id, [reign for reign in ruled.reigns if reign.unit in named])
    if len(stitching.options) > 1:
        lists.append(stitching)
    out = ChoiceList("attribution", "which years are the leader's")
    for years in YEARS:
        out.add(Option(years, YEARS_WORDS[years], years), standing=True)
    return [*lists, out]


def _stitching(catalog: Catalog, measure: str, named: list[Reign]) -> ChoiceList:
    """Borders; where a state of those named has no figures of its own, other ways go first."""
    years = (min(reign.start for reign in named), max(reign.end for reign in named))
    rules = catalog.stitch_rules(measure, sorted(reign.state for reign in named), years)
    all_have = all(catalog.observations(measure, [reign.state]) for reign in named)
    out = ChoiceList("stitching", "borders")
    for rule in sorted(rules, key=lambda rule: rule == "as-it-was" and not all_have):
        out.add(Option(rule, LABELS[rule], rule), standing=True)
    return out


def _panels(catalog: Catalog, lists: list[ChoiceList], ruled: Ruled) -> dict[tuple[str, ...], Panel]:
    out = {}
    for options in product(*(known.options for known in lists)):
        taken: dict[str, Any] = {known.kind: o.value for known, o in zip(lists, options, strict=True)}
        states = state_panel(catalog, taken, ruled.states)
        out[tuple(option.id for option in options)] = in_office(states, ruled.terms, taken["attribution"])
    return out


def state_panel(catalog: Catalog, taken: Mapping[str, Any], states: tuple[str, ...]) -> Panel:
    """The figures of the states, a figure of two years off taken where that very year has none."""
    measure = taken["measure"]
    return catalog.panel(
        measure, taken.get("sources", "preferred"), taken.get("stitching", "as-it-was"),
        max(2, default_tolerance(catalog.measure(measure))), units=states,
    )  # fmt: skip


def _window() -> ChoiceList:
    out = ChoiceList("window", "the years")
    out.add(Option("in-office", "ten years in office, at the pace of all of them", Window(0, 0, SPAN)), standing=True)
    return out


def _rules() -> ChoiceList:
    out = ChoiceList("standard", "the rule")
    for name in RULES:
        out.add(Option(name, LABELS[name], standard(name)), standing=True)
    return out


def _peers(comparison: OpenComparison, ruled: Ruled) -> ChoiceList:
    out = ChoiceList("peers", "whom it is compared with")
    made: dict[str, tuple[str, Any]] = {
        "all": ("all who ruled for ten years or more", AllPeers()),
        "contemporaries": (
            "those who took office within ten years", Contemporaries(tuple(r.start for r in ruled.reigns)),
        ),
        "region": ("those of the same region", RegionPeers()),
        "nearest": (f"the {NEAREST} whose countries stood nearest at the start", NearestUnits(k=NEAREST)),
    }  # fmt: skip
    asked = comparison.against.peers.rule if comparison.against and comparison.against.peers else "all"
    for rule in dict.fromkeys([asked, *made]):
        label, value = made[rule]
        out.add(Option(rule, label, value), standing=True)
    return out


def _groups(catalog: Catalog, ruled: Ruled) -> Groups:
    n, column = len(ruled.reigns), ruled.terms.column
    kin = np.array([[a == b or b in catalog.kin(a) for b in ruled.states] for a in ruled.states], dtype=bool)
    people = [(reign.person.casefold(), reign.state) for reign in ruled.reigns]
    related = kin_of_terms(
        people, ruled.terms.start, ruled.terms.end, kin.reshape(len(ruled.states), -1)[np.ix_(column, column)]
    )
    region = tuple(catalog.unit(reign.state).region for reign in ruled.reigns)
    return Groups(np.zeros((0, n), dtype=bool), (), related, np.zeros((2, n), dtype=bool), region)


def _turned(catalog: Catalog, measure: str, lists: list[ChoiceList]) -> frozenset[str]:
    opposite, better = {("higher", "lower"), ("lower", "higher")}, catalog.measure(measure).better
    return frozenset(o.id for o in lists[0].options if (better, catalog.measure(o.id).better) in opposite)


def caveats(opened: Opened) -> tuple[str, ...]:
    """How a time in office is judged, and that more than the leader was at work in it."""
    window = opened.comparison.window
    ignored = ["The years that the claim names are not used."] if window is not None else []
    told_ = (
        "Each leader is judged over the own time in office, at its pace in ten years, with figures at most two years off. "
        "What happened under a leader was not all done by that leader, and much shows only later."
    )
    return (" ".join([told_, *ignored]),)


def unseen(opened: Opened) -> Reason | None:
    """Is it refused, since the figures cannot see a kind of event that the claim must see, in a leader's own years?"""
    catalog, kinds = opened.catalog, opened.comparison.needs_to_see
    for unit in filter(None, (opened.column, opened.opponent)):
        leader = catalog.unit(unit)
        years = (leader.start or 0, leader.end or 9999)
        spot = hidden(catalog, opened.measure.id, leader.part_of, kinds, years)
        if spot is not None:
            return Reason("blind_spot", f"{opened.measure.name} cannot see the {spot.event_kind} of {spot.start} to {spot.end} "
                          f"in {', '.join(catalog.unit(u).name for u in leader.part_of)} ({spot.evidence})", unit)  # fmt: skip
    return None


def sentence(opened: Opened) -> str:
    """The open comparison as a sentence."""
    catalog, form = opened.catalog, opened.form
    verb = "rose" if form.direction == "up" else "fell"
    name = catalog.unit(opened.column).name
    if opened.opponent is not None:
        other = f"under {catalog.unit(opened.opponent).name}"
    elif form.name in {"more", "less"}:
        peers = next((known.options[0].label for known in opened.lists if known.kind == "peers"), "")
        other = f"under the middle one of {peers}"
    else:
        other = "under any other who ruled for ten years or more"
    how = "slower" if form.name in {"less", "least"} else "faster"
    if form.name == "among-the-most":
        return f"{opened.measure.name} {verb} under {name} at a pace among the fastest tenth of all who ruled ten years or more."
    return f"{opened.measure.name} {verb} {how} under {name} than {other}."


def told(opened: Opened) -> LiteralReading | None:
    """ "Of 187 leaders who ruled for ten years or more, life expectancy rose faster under 31": the count in the first way."""
    lead = detail(opened.plan, opened.panels, opened.form, {})
    parts = [part for unit in (opened.column, opened.opponent) if unit and (part := _of_one(opened, lead, unit))]
    if not parts or np.isnan(lead.unit_scores[lead.units.index(opened.column)]):
        return None
    return LiteralReading(" ".join(parts))


def _of_one(opened: Opened, lead: Detail, unit: str) -> str:
    """How the measure moved under one leader, and under how many of the others it moved faster that way."""
    scores, at = lead.unit_scores, lead.units.index(unit)
    if np.isnan(scores[at]):
        return ""
    up = opened.form.direction == "up"
    others = [s for i, s in enumerate(scores) if i != at and not np.isnan(s) and not opened.plan.groups.kin[at, i]]
    ahead = sum(s > scores[at] if up else s < scores[at] for s in others)
    leader, measure = opened.catalog.unit(unit), mid_sentence(opened.measure.name)
    verb = "rose" if up else "fell"
    pace = f"{number(float(scores[at]), signed=True)} {opened.measure.unit} in ten years"
    return (
        f"Under {leader.name}, {measure} moved at a pace of {pace}{_used(opened, unit)}. "
        f"Of {plural(len(others), 'other leader')} who ruled for ten years or more and for whom "
        f"there are figures, {measure} {verb} faster under {ahead}."
    )


def _used(opened: Opened, unit: str) -> str:
    """The calendar years whose figures were used under the first way."""
    of_panel = [known for known in opened.lists if known.kind in {"measure", "sources", "stitching", "attribution"}]
    taken: dict[str, Any] = {known.kind: known.options[0].value for known in of_panel}
    reign = next(r for r in reigns(opened.catalog.tenures(), least=0) if r.unit == unit)
    panel = state_panel(opened.catalog, taken, (reign.state,))
    terms = Terms((unit,), np.array([0]), np.array([reign.start]), np.array([reign.end]))
    first, last = calendar(panel, terms, taken["attribution"])[0].tolist()
    return f" (figures of {first} and {last})"


def events(opened: Opened) -> tuple[tuple[str, str], ...]:
    """What happened in the country in those years, or is held against its leader or state: (what and when, whom it touched)."""
    catalog, out = opened.catalog, {}
    for unit in filter(None, (opened.column, opened.opponent)):
        leader = catalog.unit(unit)
        for event in catalog.events_between([*leader.part_of, unit], leader.start or 0, leader.end or 9999):
            where = ", ".join(catalog.unit(u).name for u in event.place)
            out[event.id] = (f"{event.name} ({event.start} to {event.end})", where)
    return tuple(out.values())
