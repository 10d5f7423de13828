"""Opens a comparison: what the casefile says of it, made ready for the engine with every choice that is open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any

import numpy as np

from evenhand.audit.choices import (
    LEVELS,
    ChoiceList,
    add_case_options,
    aggregate_options,
    measure_options,
    panel_options,
    peers_options,
    read_option,
    standard_options,
    values_options,
    window_options,
)
from evenhand.audit.one_by_one import refuse_leaders
from evenhand.audit.wording import named as with_article
from evenhand.case import OpenComparison
from evenhand.catalog import BlindSpot, Catalog, Group, Measure, Membership
from evenhand.compare import Panel, Plan, Window, membership_options
from evenhand.compare.plan import PLACEBOS, REGIONAL, favour_of
from evenhand.compare.standards import PANEL_KINDS
from evenhand.model import BadInputError, Choice, Form

IN_ITS_UNIT = ("by-at-least", "at-most", "same")
LITERAL = ("rose", "fell", "none", "always")
CRISIS_YEARS = 10
CRISIS_DEATHS = 100_000
MANY_WAYS = 1000
FEWER = 999


@dataclass(frozen=True, slots=True)
class Opened:
    """An open comparison: nothing left unsaid.

    catalog: with the group that stands for "A and B", where there is one. column: what to look up in the multiverse, a
    unit or a group. units: the subject's members where it is a group, else the one. lists: every choice with what is
    standing, added and left out. panels: by the ids of the panel-level options. printed: what the casefile added or left out.
    """

    comparison: OpenComparison
    catalog: Catalog
    measure: Measure
    form: Form
    window: Window
    standard: str
    column: str
    units: tuple[str, ...]
    opponent: str | None
    lists: tuple[ChoiceList, ...]
    plan: Plan
    panels: dict[tuple[str, ...], Panel]
    printed: tuple[str, ...]

    @property
    def is_group(self) -> bool:
        return self.plan.subject is not None

    @property
    def leaders(self) -> bool:
        """Are times in office compared?"""
        return not self.is_group and self.catalog.unit(self.column).kind == "leader"

    @property
    def level(self) -> bool:
        return self.standard in LEVELS and self.form.name not in LITERAL

    @property
    def higher_favoured(self) -> bool:
        """Do the higher figures help the claim? "Rose less" is helped by the lower, as is "fell more"."""
        return (self.form.direction == "up") == (favour_of(self.form) > 0)

    @property
    def lead(self) -> Panel:
        """The panel under the first option of every choice."""
        return next(iter(self.panels.values()))


def open_comparison(
    comparison: OpenComparison, catalog: Catalog, *, case_choices: Sequence[Choice] = (), seed: int = 0
) -> Opened:
    """Makes a comparison ready. ``catalog`` holds the case's own figures and groups already.

    Raises BadInputError where the comparison cannot be stated: no window, one without any figure of its measure, or a
    subject that is set against itself, or is a group of leaders.
    """
    refuse_leaders(comparison, catalog)
    catalog, group = _subject_group(comparison, catalog)
    measure = catalog.measure(comparison.measure)
    window = _window(comparison, measure, case_choices)
    named = _named_units(comparison, catalog, group)
    opponent = catalog.unit(comparison.against.unit).id if comparison.against and comparison.against.unit else None
    if opponent in named:
        raise BadInputError("the subject is compared with itself", hint="name another unit, a group or peers")
    both = (*named, opponent) if opponent else named
    lists = _panel_lists(comparison, catalog, measure, window, case_choices, both)
    _check_figures(catalog, lists[0], window)
    unseen = _drop_unseeing(comparison, catalog, lists, compared_units(comparison, catalog, named, opponent))
    panels = _panels(catalog, lists, both)
    lead = next(iter(panels.values()))
    groups = catalog.groups_of(lead, window)
    lists += _unit_lists(comparison, catalog, group, lead, window)
    if any(_has_bounds(panel) for panel in panels.values()):
        lists.append(values_options())
    printed = add_case_options(
        lists, case_choices, comparison, lambda kind, option: read_option(kind, option, catalog, lead, window)
    )
    _check_windows(lists, level=_is_level(comparison))
    panels = _panels(catalog, lists, both)
    plan = Plan(
        choices=tuple(known.choice() for known in lists),
        groups=groups,
        against=opponent,
        subject=group,
        stands=catalog.stands(lead, window),
        weights=_population(catalog, lead, window) if group else None,
        turned=_turned(catalog, measure, lists),
        seed=seed,
        placebos=PLACEBOS if _few(lists) else FEWER,
        regional=REGIONAL if _few(lists) else FEWER // 2,
    )
    return Opened(
        comparison, catalog, measure, comparison.form, window, comparison.standard or "change", group or named[0],
        _in_window(catalog, group, lead, window) or named,
        opponent, tuple(lists), plan, panels, (*printed, *unseen),
    )  # fmt: skip


def _in_window(catalog: Catalog, group: str | None, lead: Panel, window: Window) -> tuple[str, ...]:
    """The members of the group over the window, disputed ones too; none where no group is judged."""
    if group is None:
        return ()
    members = catalog.membership(group, lead, window)
    inside = members.core | members.disputed
    return tuple(unit for unit, there in zip(lead.units, inside, strict=True) if there)


def compared_units(
    comparison: OpenComparison, catalog: Catalog, named: Sequence[str], opponent: str | None
) -> tuple[str, ...]:
    """All that the claim itself names: the subject, the opponent, the members of the group or list it is set against."""
    out = dict.fromkeys([*named, *([opponent] if opponent else [])])
    against = comparison.against
    groups = [against.group, against.peers.group if against.peers else None] if against else []
    for group in filter(None, groups):
        out |= dict.fromkeys(m.unit for m in catalog.memberships(group))
    if against is not None and against.peers is not None:
        out |= dict.fromkeys(against.peers.units)
    return tuple(out)


def hidden(
    catalog: Catalog, measure: str, units: Sequence[str], kinds: Collection[str], years: tuple[int, int]
) -> BlindSpot | None:
    """The first spot in which a measure cannot see one of these kinds of event, in one of these units, in these years."""
    for spot in catalog.blind_spots(measure):
        there = "*" in spot.units or set(spot.units) & set(units)
        if spot.event_kind in kinds and there and spot.start <= years[1] and spot.end >= years[0]:
            return spot
    return None


def _drop_unseeing(
    comparison: OpenComparison, catalog: Catalog, lists: Sequence[ChoiceList], compared: Sequence[str]
) -> list[str]:
    """Where the claim must see a kind of event, takes out the other measures and years that cannot; gives what to print."""
    kinds, told = comparison.needs_to_see, []
    measures = lists[0]
    windows = next(known for known in lists if known.kind == "window")
    if not kinds:
        return []
    own = (windows.options[0].value.start, windows.options[0].value.end)
    for option in measures.options[1:]:
        if hidden(catalog, option.id, compared, kinds, own):
            measures.options.remove(option)
            told.append(f"not tried: {option.label}, which cannot see the {' or '.join(kinds)} that the claim must see")
    for option in windows.options[1:]:
        years = (option.value.start, option.value.end)
        if any(hidden(catalog, m.id, compared, kinds, years) for m in measures.options):
            windows.options.remove(option)
            told.append(f"not tried: {option.label}, in which the figures cannot see the {' or '.join(kinds)}")
    for known in (measures, windows):
        known.standing = [id_ for id_ in known.standing if any(id_ == option.id for option in known.options)]
    return told


def _few(lists: Sequence[ChoiceList]) -> bool:
    """Are the ways few enough for all random groups? In very many ways a group is set beside 999, so that nobody waits."""
    return prod(len(known.options) for known in lists) <= MANY_WAYS


def default_tolerance(measure: Measure) -> int:
    """How far from the year asked a figure may lie: to the nearest of figures that come every so many years."""
    return int(measure.spacing) // 2 if measure.spacing.isdigit() else 0


def _subject_group(comparison: OpenComparison, catalog: Catalog) -> tuple[Catalog, str | None]:
    """The group that is judged, if it is one; "A and B" becomes a group of its own."""
    subject = comparison.subject
    if not subject.units:
        return catalog, catalog.group(subject.group).id if subject.group else None
    units = [catalog.unit(u) for u in subject.units]
    names = [with_article(u.name) for u in units]
    name = f"{', '.join(names[:-1])} and {names[-1]}"
    group = Group("+".join(sorted(u.id for u in units)), name, "named together by the text", "")
    return catalog.with_groups([group], [Membership(group.id, u.id) for u in units]), group.id


def _is_level(comparison: OpenComparison) -> bool:
    return (comparison.standard or "change") in LEVELS and comparison.form.name not in LITERAL


def _check_figures(catalog: Catalog, measures: ChoiceList, window: Window) -> None:
    """Has anybody a figure of the measure, or of another of its concept, in these years?"""
    for option in measures.options:
        years, near = catalog.figures(option.id).year, default_tolerance(catalog.measure(option.id))
        if ((years >= window.start - near) & (years <= window.end + near)).any():
            return
    years = catalog.figures(measures.options[0].id).year
    raise BadInputError(
        f"nobody has a figure of {measures.options[0].id} from {window.start} to {window.end}",
        hint=f"the figures that there are run from {years.min()} to {years.max()}",
    )


def _check_windows(lists: Sequence[ChoiceList], *, level: bool) -> None:
    """A change takes two years."""
    for option in next(known for known in lists if known.kind == "window").options:
        if option.value.start == option.value.end and not level:
            raise BadInputError(
                f"the window starts and ends in {option.value.end}, and nothing changes within one year",
                hint="give it two years, or the claim the rule that asks for no more than one: standard: level",
            )


def _window(comparison: OpenComparison, measure: Measure, case_choices: Sequence[Choice]) -> Window:
    """The claim's own, else the case's, else the first of a choice of windows."""
    asked = comparison.window
    if asked is None:
        asked = next((choice.options[0].value for choice in case_choices if choice.kind == "window"), None)
    if asked is None:
        raise BadInputError(f"the comparison on {measure.id} names no years", hint="add a window to it, or to the case")
    return Window(asked.start, asked.start if asked.event is None else asked.event, asked.end)


def _named_units(comparison: OpenComparison, catalog: Catalog, group: str | None) -> tuple[str, ...]:
    if group is not None:
        return tuple(dict.fromkeys(m.unit for m in catalog.memberships(group)))
    assert comparison.subject.unit is not None
    return (catalog.unit(comparison.subject.unit).id,)


def _panel_lists(
    comparison: OpenComparison, catalog: Catalog, measure: Measure, window: Window, case_choices: Sequence[Choice],
    named: tuple[str, ...],
) -> list[ChoiceList]:  # fmt: skip
    """The choices that decide which figures are read, and the rules."""
    form, first, level = comparison.form, comparison.standard or "change", _is_level(comparison)
    years = catalog.figures(measure.id).year
    if not len(years):
        raise BadInputError(
            f"the catalogue has no figures of {measure.id}", hint="bring your own: evenhand data add FILE.csv"
        )
    in_its_unit = form.name in IN_ITS_UNIT and form.ratio is None and form.unit == "absolute"
    standing: dict[str, tuple[str, ...]] = {
        "sources": catalog.source_rules(measure.id)[1:],
        "stitching": catalog.stitch_rules(measure.id, named, (window.start, window.end))[1:],
    }
    lists = [
        measure_options(catalog, measure.id, in_its_unit=in_its_unit),
        *(
            panel_options(kind, default_tolerance(measure), standing.get(kind, ()), catalog=catalog)
            for kind in _wanted(case_choices, standing)
        ),
        window_options(
            window, level=level, crisis=_crisis(catalog, named, window), years=(int(years.min()), int(years.max()))
        ),
    ]
    named_group = comparison.against is not None and comparison.against.group is not None
    return lists if form.name in LITERAL else [*lists, standard_options(first, named_group=named_group)]


def _wanted(case_choices: Sequence[Choice], standing: Mapping[str, Sequence[str]]) -> list[Any]:
    kinds = {*(choice.kind for choice in case_choices), *(kind for kind, more in standing.items() if more)}
    return [kind for kind in ("scale", "tolerance", "sources", "stitching") if kind in kinds]


def _crisis(catalog: Catalog, named: tuple[str, ...], window: Window) -> int | None:
    """The year before the last catalogued crisis that overlaps the ten years before the start, in any unit named."""
    found = [
        event.start
        for unit in named
        for event in catalog.events_in(unit)
        if event.start <= window.start <= event.end + CRISIS_YEARS
        and any(estimate.largest >= CRISIS_DEATHS for estimate in event.estimates)
    ]
    return max(found) - 1 if found else None


def _unit_lists(
    comparison: OpenComparison, catalog: Catalog, group: str | None, lead: Panel, window: Window
) -> list[ChoiceList]:
    """The choices of whom the subject is set against, and of who belongs to the groups that are named."""
    against = comparison.against
    lists = []
    named_groups = [group] if group else []
    if comparison.form.name not in LITERAL and against is not None and against.unit is None:
        regions = any(catalog.unit(u).region for u in lead.units)
        lists.append(peers_options(against, regions=regions, name_of=lambda g: catalog.group(g).name))
        peers_group = against.peers.group if against.peers else None
        named_groups += [catalog.group(name).id for name in (against.group, peers_group) if name]
    membership = _membership(catalog, named_groups, lead, window)
    if membership is not None:
        lists.append(membership)
    if group is not None and comparison.form.name not in {"none", "always"}:
        lists.append(aggregate_options(weights=_has_people(catalog, group, lead, window)))
    return lists


def _membership(catalog: Catalog, named_groups: Sequence[str], lead: Panel, window: Window) -> ChoiceList | None:
    """Who belongs, where that is disputed; two disputed groups vary together option by option, never in all pairs."""
    out = ChoiceList("membership", "who belongs")
    cores = {group: catalog.membership(group, lead, window) for group in dict.fromkeys(named_groups)}
    for group, members in cores.items():
        if not members.disputed.any():
            continue
        for option in membership_options(members.core, members.disputed, _names(catalog, lead)):
            others = {other: m.core for other, m in cores.items() if other != group}
            id_ = option.id if len(cores) == 1 or option.id == "core" else f"{group}:{option.id}"
            out.add(replace(option, id=id_, value={group: option.value, **others}), standing=True)
    return out if out.options else None


def _names(catalog: Catalog, panel: Panel) -> list[str]:
    return [catalog.unit(u).name for u in panel.units]


def _panels(catalog: Catalog, lists: Sequence[ChoiceList], named: tuple[str, ...]) -> dict[tuple[str, ...], Panel]:
    """The panel under each way of taking the panel-level options, all on one grid of units and years."""
    of_panel = [known for known in lists if known.kind in PANEL_KINDS]
    measures = [option.id for option in of_panel[0].options]
    seen = {str(unit) for measure in measures for unit in catalog.figures(measure).unit}
    units = tuple(sorted(seen | set(named)))
    years = [catalog.figures(measure).year for measure in measures]
    span = (min(int(y.min()) for y in years if len(y)) - 2, max(int(y.max()) for y in years if len(y)) + 2)
    out = {}
    for options in product(*(known.options for known in of_panel)):
        taken = {known.kind: option.value for known, option in zip(of_panel, options, strict=True)}
        key = tuple(option.id for option in options)
        out[key] = catalog.panel(
            taken["measure"], taken.get("sources", "preferred"), taken.get("stitching", "as-it-was"),
            taken.get("tolerance", default_tolerance(catalog.measure(taken["measure"]))),
            scale=taken.get("scale", "as-published"), units=units, years=span,
        )  # fmt: skip
    return out


def _has_bounds(panel: Panel) -> bool:
    return bool((~np.isnan(panel.low) & ~np.isnan(panel.high)).any())


def _population(catalog: Catalog, lead: Panel, window: Window) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    """[N] people at the start of the window, for the weighted summary of a group."""
    if not catalog.has_measure("population"):
        return None
    heads = catalog.panel("population", tolerance=5, units=lead.units, years=(window.start, window.start))
    return np.asarray(heads.values[0], dtype=np.float64)


def _has_people(catalog: Catalog, group: str, lead: Panel, window: Window) -> bool:
    """Is there a member whose population we know, so that weighing by it can be tried?"""
    people = _population(catalog, lead, window)
    members = {spell.unit for spell in catalog.memberships(group)}
    among = np.array([unit in members for unit in lead.units], dtype=bool)
    return people is not None and bool((~np.isnan(people) & among).any())


def _turned(catalog: Catalog, measure: Measure, lists: Sequence[ChoiceList]) -> frozenset[str]:
    """Other measures of the concept whose better direction is the opposite of the claim's measure."""
    opposite = {("higher", "lower"), ("lower", "higher")}
    return frozenset(
        option.id for option in lists[0].options if (measure.better, catalog.measure(option.id).better) in opposite
    )
