"""What is to be tried: the choices, what is known of the units, and how a group is judged. Never who is on trial."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import numpy as np

from evenhand.compare.panel import Bools, Floats, Groups, Panel
from evenhand.compare.peers import member_of
from evenhand.compare.reading import seeing_all
from evenhand.compare.standards import PANEL_KINDS, Change, Standard
from evenhand.model import BadInputError, Choice, Form, Option, closest_words

PLACEBOS = 4999
REGIONAL = 999
OWN_CHANGE: frozenset[str] = frozenset({"rose", "fell", "none", "always"})
OF_A_CLASS: frozenset[str] = frozenset({"none", "always"})
BY_RANK: frozenset[str] = frozenset({"most", "least", "among-the-most"})
DOWNWARD: frozenset[str] = frozenset({"less", "least", "at-most", "fell"})
SINGLE = ("window", "peers", "standard", "values", "aggregate", "pool")
ALLOWED_VALUES = {"values": ("central", "against", "for"), "aggregate": ("median", "mean", "weighted")}
PanelKey = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is to be tried, for every unit alike.

    choices: in order; the first option of each is the default. What ``Option.value`` holds, by kind of choice: window,
    peers, standard: the object of that class. values: central, against or for. aggregate: median, mean or weighted.
    pool: one of ``POOLS``, read by every standard with donors. membership: a mask [N] for the ``subject`` group, or {group: mask}
    for any. All other kinds (measure, scale, tolerance, sources, ...) choose the panel, by their options' ids. groups:
    in the panels' order of units. against: the unit or group of a pairwise claim. subject: the group that is judged,
    where it is one and not a unit. stands: [N] the units that stand for their territory in ranks, kin counting once;
    None for all. weights: [N] for the weighted aggregate. turned: ids of measure options whose values point the other
    way than the claim's own measure. ignore_blind: compute as if no measure had blind spots. seed, placebos: of the
    random groups a group is set beside.
    """

    choices: tuple[Choice, ...]
    groups: Groups
    against: str | None = None
    subject: str | None = None
    stands: Bools | None = None
    weights: Floats | None = None
    turned: frozenset[str] = frozenset()
    ignore_blind: bool = False
    seed: int = 0
    placebos: int = PLACEBOS
    regional: int = REGIONAL

    def of_kind(self, kind: str) -> int | None:
        """Where among the choices is the one of this kind?"""
        return next((i for i, choice in enumerate(self.choices) if choice.kind == kind), None)

    @property
    def of_panel(self) -> tuple[int, ...]:
        """The choices that choose the panel."""
        return tuple(i for i, choice in enumerate(self.choices) if choice.kind in PANEL_KINDS)

    @property
    def memberships(self) -> tuple[int, ...]:
        """The choices of who belongs to a group."""
        return tuple(i for i, choice in enumerate(self.choices) if choice.kind == "membership")

    def standard_at(self, form: Form, digits: Mapping[str, int]) -> Standard:
        """The standard under the options taken, by kind of choice; forms of own change have one of their own."""
        if form.name in OWN_CHANGE:
            return Change()
        rule: Standard = self._value("standard", digits)
        if "pool" in rule.reads and self.of_kind("pool") is not None:
            pooled: Any = rule
            return cast("Standard", replace(pooled, pool=self._value("pool", digits)))
        return rule

    def groups_at(self, taken: Mapping[int, int]) -> Groups:
        """The groups under the membership options taken, by index of the choice."""
        groups = self.groups
        for i in self.memberships:
            value = self.choices[i].options[taken.get(i, 0)].value
            masks = value if isinstance(value, Mapping) else {self._disputed_group(): value}
            member = groups.member.copy()
            for name, mask in masks.items():
                member_of(groups, name)
                member[groups.names.index(name)] = mask
            groups = replace(groups, member=member)
        return groups

    def option(self, kind: str, digit: int, default: Any) -> Any:
        """The value of an option, or the default where there is no such choice."""
        i = self.of_kind(kind)
        return default if i is None else self.choices[i].options[digit].value

    def _value(self, kind: str, digits: Mapping[str, int]) -> Any:
        i = self.of_kind(kind)
        assert i is not None
        return self.choices[i].options[digits.get(kind, 0)].value

    def _disputed_group(self) -> str:
        if self.subject is not None:
            return self.subject
        if len(self.groups.names) == 1:
            return self.groups.names[0]
        raise BadInputError(
            "a membership option names no group", hint="give {group: mask} where no group is the subject"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Panels:
    """The panel under each way of taking the panel-level options, all of the same units; turned as the claim points."""

    by_ids: Mapping[tuple[str, ...], Panel]
    units: tuple[str, ...] = field(default=())

    def at(self, ids: tuple[str, ...]) -> Panel:
        """The panel under these options."""
        return self.by_ids[ids]


def gather_panels(plan: Plan, panels: Mapping[Any, Panel], form: Form, wanted: Iterable[tuple[str, ...]]) -> Panels:
    """Is there a panel for every combination of the panel-level options, and do all speak of the same units?"""
    found: dict[tuple[str, ...], Panel] = {}
    for ids in wanted:
        panel = _find(plan, panels, ids)
        panel = seeing_all(panel) if plan.ignore_blind else panel
        found[ids] = replace(panel, direction=direction_of(plan, form, ids), memo={})
    units = next(iter(found.values())).units
    for ids, panel in found.items():
        _check_panel(panel, units, " × ".join(ids) or "the only panel")
    if len(plan.groups.region) != len(units) or plan.groups.kin.shape != (len(units), len(units)):
        raise BadInputError(f"the groups speak of {len(plan.groups.region)} units, the panels of {len(units)}")
    return Panels(found, units)


def direction_of(plan: Plan, form: Form, ids: Iterable[str]) -> Any:
    """Which way of this panel's values does the claim call up? Forms of own change speak of values as they stand."""
    up = form.name in OWN_CHANGE or form.direction == "up"
    turned = bool(plan.turned.intersection(ids))
    return "up" if up != turned else "down"


def favour_of(form: Form) -> int:
    """Which way of the turned scores helps the claim: 1 up, -1 down?"""
    if form.name in OF_A_CLASS:
        return 1 if (form.name == "always") == (form.direction == "up") else -1
    return -1 if form.name in DOWNWARD else 1


def check_plan(plan: Plan, form: Form) -> None:
    """Does the plan say all that the form needs, and nothing twice?"""
    for kind in SINGLE:
        if sum(choice.kind == kind for choice in plan.choices) > 1:
            raise BadInputError(f"there are two choices of kind {kind}", hint="put their options into one")
    for choice in plan.choices:
        _check_options(choice)
    for kind in ["window"] if form.name in OWN_CHANGE else ["window", "standard"]:
        if plan.of_kind(kind) is None:
            raise BadInputError(f"the plan has no choice of kind {kind}", hint="a choice with one option will do")
    _check_form(plan, form)
    for group in filter(None, [plan.subject]):
        member_of(plan.groups, group)


def membership_options(
    core: Bools, disputed: Mapping[str, int] | Bools, names: Iterable[str] = ()
) -> tuple[Option, ...]:
    """Who could belong to a group with d disputed members? Core, core with all disputed, each added alone, each removed
    alone.

    core, disputed: [N] masks (disputed apart from core). names: [N] the units' ids, for labels. 2d + 2 options, fewer
    where two are the same (d = 0 or 1).
    """
    at = (
        np.flatnonzero(disputed) if isinstance(disputed, np.ndarray) else np.array(sorted(disputed.values()), dtype=int)
    )
    labels = list(names) or [str(i) for i in range(len(core))]
    everyone = core.copy()
    everyone[at] = True
    options = [Option("core", "undisputed members", core.copy())]
    if len(at):
        options.append(Option("with-disputed", "with all disputed members", everyone))
    for i in at if len(at) > 1 else []:
        added, removed = core.copy(), everyone.copy()
        added[i], removed[i] = True, False
        options.append(Option(f"with-{labels[i]}", f"with {labels[i]} alone of the disputed", added))
        options.append(Option(f"without-{labels[i]}", f"with all disputed but {labels[i]}", removed))
    return tuple(options)


def _find(plan: Plan, panels: Mapping[Any, Panel], ids: tuple[str, ...]) -> Panel:
    if ids in panels:
        return panels[ids]
    if not ids and len(panels) == 1:
        return next(iter(panels.values()))
    if len(ids) == 1:
        if ids[0] in panels:
            return panels[ids[0]]
        value = next(o.value for o in plan.choices[plan.of_panel[0]].options if o.id == ids[0])
        if isinstance(value, (str, tuple)) and value in panels:
            return panels[value]
    known = ", ".join(str(key) for key in list(panels)[:5])
    raise BadInputError(
        f"there is no panel for {' × '.join(ids) or 'the plan'}", hint=f"panels are given for {known or 'nothing'}"
    )


def _check_panel(panel: Panel, units: tuple[str, ...], where: str) -> None:
    if not len(panel.periods) or not panel.units:
        raise BadInputError("the panel is empty", where=where)
    if panel.units != units:
        raise BadInputError("the panels do not speak of the same units in the same order", where=where)
    if (np.diff(panel.periods) <= 0).any():
        raise BadInputError("the periods of the panel do not ascend", where=where)
    if np.isinf(panel.values).any():
        raise BadInputError("the panel has an infinite figure", where=where)


def _check_options(choice: Choice) -> None:
    if not choice.options:
        raise BadInputError(f"the choice {choice.id!r} has no options")
    ids = [option.id for option in choice.options]
    if len(set(ids)) < len(ids):
        raise BadInputError(f"the choice {choice.id!r} has two options of the same id")
    allowed = ALLOWED_VALUES.get(choice.kind)
    for option in choice.options:
        if allowed and option.value not in allowed:
            near = closest_words(str(option.value), allowed)
            hint = f"did you mean {near[0]}?" if near else ", ".join(allowed)
            raise BadInputError(f"{option.value!r} is no option of a choice of {choice.kind}", hint=hint)
        if choice.kind == "window" and not option.value.start <= option.value.event <= option.value.end:
            raise BadInputError(f"the window {option.value} does not run from start over event to end")


def _check_form(plan: Plan, form: Form) -> None:
    if form.name in OF_A_CLASS and plan.subject is None:
        raise BadInputError(f"the form {form.name} speaks of a class", hint="name the group as the plan's subject")
    if plan.against is not None and form.name in BY_RANK:
        raise BadInputError(f"the form {form.name} cannot be said against one unit", hint="use more or less")
    wants = {"at-most": form.margin, "same": form.within}.get(form.name, 0.0)
    if form.name == "by-at-least" and (form.margin is None) == (form.ratio is None):
        raise BadInputError("by-at-least wants either a margin or a ratio")
    if wants is None or (form.ratio is not None and form.ratio <= 0):
        raise BadInputError(
            f"the form {form.name} lacks its {'within' if form.name == 'same' else 'margin'}, or it is not positive"
        )
