"""The choices of an open comparison: the catalogue's standing options, and what the casefile adds or excludes.

Everything here follows from the comparison's own parts (measure, window, whom against), never from whose side it is on.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from evenhand.audit.wording import by_whom
from evenhand.case import Against, MembershipRule, OpenComparison, Peers as PeersWritten, Window as WindowWritten
from evenhand.catalog import Catalog
from evenhand.catalog.catalog import FIRST
from evenhand.compare import (
    AllPeers,
    GroupPeers,
    ListedPeers,
    NearestUnits,
    Panel,
    Peers,
    RegionPeers,
    Window,
    standard,
)
from evenhand.model import BadInputError, Choice, ChoiceKind, Option, closest_words

STANDING_PEERS: tuple[Literal["all", "region", "nearest"], ...] = ("all", "region", "nearest")
STANDING_STANDARDS = ("change", "growth", "gap-closed", "whole-path", "nearest-peers")
SHIFT = 5
NEAREST = 10
LEVELS = {"level"}
LABELS = {
    "level": "level at the end", "change": "change", "growth": "growth rate", "gap-closed": "share of the gap to the best closed",
    "whole-path": "average over the whole path", "nearest-peers": "set against those nearest at the start",
    "difference-in-differences": "average after minus average before, against the others",
    "synthetic-did": "average after less weighted average before, against a mix of others that moved in parallel",
    "augmented-synthetic-control": "as the synthetic control, corrected by ridge regression for what the mix missed before",
    "matrix-completion": "average after the event, less what the others' shared movements foretold",
    "penalized-synthetic-control": "average after the event, less that of a mix of others that were each like it before",
    "synthetic-control": "average after the event, less that of the mix of others that it followed before",
    "all": "all others", "region": "others of its region", "nearest": f"the {NEAREST} nearest at the start",
    "central": "central figures", "against": "bounds against it", "for": "bounds in its favour",
    "preferred": "the preferred source", "range": "the median of all sources, from the lowest to the highest",
    "as-it-was": "each state's own figures", "stand-in": "the heir with the capital stands in for a state that is gone",
    "successors": "its successors together, weighted by people, for a state that is gone",
    "median": "the group's middle member", "mean": "the group's average", "weighted": "weighted by population",
}  # fmt: skip


@dataclass(slots=True)
class ChoiceList:
    """Options of one kind on their way to a Choice: which stand in the catalogue, which the casefile added or excluded."""

    kind: ChoiceKind
    label: str
    options: list[Option] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    excluded: dict[str, str] = field(default_factory=dict)
    other_ids: dict[str, str] = field(default_factory=dict)

    def add(self, option: Option, *, standing: bool) -> bool:
        """Adds an option once: the first of an id, or of a value, stays, and is known by the other's id, too. Was it new?"""
        known = next(
            (known for known in self.options if known.id == option.id or _same(known.value, option.value)), None
        )
        if known is None:
            self.options.append(option)
        id_ = option.id if known is None else known.id
        self.other_ids.setdefault(option.id, id_)
        if standing and id_ not in self.standing:
            self.standing.append(id_)
        return known is None

    def choice(self) -> Choice:
        return Choice(self.kind, tuple(self.options), self.kind)

    def leave_out(self, id_: str, because: str) -> Option:
        """Marks an option as left out. Raises BadInputError where there is none, or where it is the claim's own."""
        tried = {option.id: option for option in self.options}
        own, found = self.options[0], tried.get(self.other_ids.get(id_, id_))
        others = [option.id for option in self.options[1:]]
        if found is None:
            near = closest_words(id_, others, 1)
            hint = f"allowed: {', '.join(others) or 'none'}" + (f"; closest: {near[0]}" if near else "")
            raise BadInputError(f"{self.label}: there is no option ‘{id_}’ to leave out", hint=hint)
        if found is own:
            raise BadInputError(
                f"{self.label}: ‘{id_}’ is the claim's own and cannot be left out", hint="open the claim another way"
            )
        self.excluded[found.id] = because
        return found

    @property
    def kept(self) -> list[str]:
        """The options that the casefile leaves in."""
        return [option.id for option in self.options if option.id not in self.excluded]


def _same(one: object, other: object) -> bool:
    """Are two options' values the same thing? Those of membership are: the same members of the same groups."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(np.array_equal(one[group], other[group]) for group in one)
    return type(one) is type(other) and isinstance(one, Hashable) and one == other


def measure_options(catalog: Catalog, measure: str, *, in_its_unit: bool) -> ChoiceList:
    """The claim's measure first, then the others of its concept; alone where the form speaks in the measure's own unit."""
    out = ChoiceList("measure", "the measure")
    own = catalog.measure(measure)
    out.add(Option(own.id, own.name, own.id, "the measure of the claim"), standing=True)
    for other in catalog.measures_of_concept(own.concept):
        if not in_its_unit or other.unit == own.unit:
            out.add(Option(other.id, other.name, other.id, f"another measure of {own.concept}"), standing=True)
    return out


def window_options(window: Window, *, level: bool, crisis: int | None, years: tuple[int, int]) -> ChoiceList:
    """The claim's window, its ends five years either way, and one start before the last crisis.

    For spans under 25 years the step is a fifth of the span, three years at least. A window that runs out of the years
    in which the measure has any figure is not among the defensible ones.
    """
    out = ChoiceList("window", "the years")
    step = max(3, min(SHIFT, (window.end - window.start) // 5)) if not level else SHIFT
    ends = [(0, 0), (0, -step), (0, step)] if level else [(0, 0), (-step, 0), (step, 0), (0, -step), (0, step)]
    pairs = [(window.start + a, window.end + b) for a, b in ends]
    if level:
        pairs = [(end, end) for _, end in pairs]
    elif crisis is not None:
        pairs.append((crisis, window.end))
    for i, (start, end) in enumerate(pairs):
        inside = years[0] <= start and end <= years[1] and (level or start < end)
        event = window.event if start <= window.event <= end and window.event != window.start else start
        if i == 0 or inside:
            option = window_option(Window(start, event, end))
            out.add(option, standing=True)
    return out


def window_option(window: Window, because: str = "") -> Option:
    label = f"{window.start} to {window.end}" if window.start != window.end else str(window.end)
    turn = f", turning in {window.event}" if window.start < window.event else ""
    return Option(label.replace(" to ", "-"), label + turn, window, because)


def peers_options(against: Against, *, regions: bool, name_of: Callable[[str], str] = str) -> ChoiceList:
    """Whom the subject is set against. A named group is the claim's own words, so nobody else is tried in its place.

    regions: are there any? Where nobody has one, the others of one's region would be all others a second time.
    """
    out = ChoiceList("peers", "whom it is compared with")
    if against.group is not None:
        label = f"members of “{name_of(against.group)}”"
        out.add(Option(against.group, label, GroupPeers(against.group)), standing=True)
        return out
    assert against.peers is not None
    first = peers_option(against.peers, name_of)
    out.add(first, standing=against.peers.rule in STANDING_PEERS)
    for rule in [rule for rule in STANDING_PEERS if regions or rule != "region"]:
        out.add(peers_option(PeersWritten(rule)), standing=True)
    return out


def peers_option(written: PeersWritten, name_of: Callable[[str], str] = str) -> Option:
    """A rule of peers from how a casefile writes it."""
    if written.rule == "group":
        assert written.group is not None
        return Option(written.group, f"members of “{name_of(written.group)}”", GroupPeers(written.group))
    if written.rule == "list":
        return Option("list", f"the {len(written.units)} named", ListedPeers(tuple(sorted(written.units))))
    made: dict[str, Peers] = {"all": AllPeers(), "region": RegionPeers(), "nearest": NearestUnits(k=NEAREST)}
    return Option(written.rule, LABELS[written.rule], made[written.rule])


def panel_options(kind: ChoiceKind, tolerance: int, more: Iterable[str] = (), *, catalog: Catalog) -> ChoiceList:
    """A choice that decides which figures are read: its default, and ``more`` that stands; the casefile adds the others."""
    label, id_, value = {
        "scale": ("the scale", "as-published", "as-published"),
        "tolerance": ("how far from the year asked a figure may lie", str(tolerance), tolerance),
        "sources": ("whose figures", "preferred", "preferred"),
        "stitching": ("borders", "as-it-was", "as-it-was"),
    }[kind]
    out = ChoiceList(kind, label)
    out.add(Option(id_, LABELS.get(id_, str(value)), value), standing=True)
    for other in more:
        out.add(Option(other, LABELS.get(other) or _whose(other, catalog), other), standing=True)
    return out


def _whose(rule: str, catalog: Catalog) -> str:
    """Whose estimates are taken under a rule of sources, by author and year."""
    who = by_whom(catalog.source(rule.removeprefix(FIRST)).citation)
    return f"{who}, where that source gives a figure; else the preferred" if rule.startswith(FIRST) else f"{who} alone"


def read_option(kind: ChoiceKind, option: Option, catalog: Catalog, lead: Panel, window: Window) -> Option:
    """A casefile's option, turned into what the engine reads."""
    value = option.value
    if isinstance(value, WindowWritten):
        start = value.start
        made = window_option(Window(start, start if value.event is None else value.event, value.end)).value
        return replace(option, value=made, label=window_option(made).label)
    if isinstance(value, PeersWritten):
        return replace(peers_option(value, lambda g: catalog.group(g).name), id=option.id, because=option.because)
    if isinstance(value, MembershipRule):
        members = catalog.membership(value.group, lead, window)
        chosen = members.core.copy()
        if value.with_ == "all":
            chosen |= members.disputed
        elif value.with_ == "list":
            chosen |= np.array([unit in value.units for unit in lead.units], dtype=bool)
        return replace(option, value={value.group: chosen})
    if kind == "standard":
        return replace(option, value=standard(value), label=LABELS.get(value, value))
    if kind == "measure":
        measure = catalog.measure(value)
        return replace(option, id=measure.id, value=measure.id, label=measure.name)
    return option


def standard_options(first: str, *, named_group: bool) -> ChoiceList:
    """The claim's rule and the standing ones.

    A claim about a level is not a claim about a change, so it has one rule. named_group: does the claim name the group that
    it compares with? Then the rules that look for others of their own would answer another question.
    """
    out = ChoiceList("standard", "the rule")
    standing = [name for name in STANDING_STANDARDS if not (named_group and standard(name).reference == "zero")]
    names = [first] if first in LEVELS else [first, *standing]
    for name in names:
        out.add(Option(name, LABELS[name], standard(name)), standing=name in STANDING_STANDARDS or name == first)
    return out


def values_options() -> ChoiceList:
    out = ChoiceList("values", "the figures' own range")
    for name in ("central", "against", "for"):
        out.add(Option(name, LABELS[name], name), standing=True)
    return out


def aggregate_options(*, weights: bool) -> ChoiceList:
    out = ChoiceList("aggregate", "how the group is summed up")
    for name in ("median", "mean", *(("weighted",) if weights else ())):
        out.add(Option(name, LABELS[name], name), standing=True)
    return out


def add_case_options(
    lists: Sequence[ChoiceList],
    case_choices: Iterable[Choice],
    comparison: OpenComparison,
    read: Callable[[ChoiceKind, Option], Option],
) -> list[str]:
    """Adds the casefile's options to the kind they belong to, and marks its exclusions; gives what to print of them.

    read(kind, value): turns a casefile's option value into what the engine reads. Raises BadInputError where an exclusion
    names an option that there is not.
    """
    by_kind: dict[str, ChoiceList] = {known.kind: known for known in lists}
    printed: list[str] = []
    for choice in case_choices:
        target = by_kind.get(choice.kind)
        if target is None:
            printed.append(f"the choice “{choice.id}” is not read by this comparison")
            continue
        for option in choice.options:
            made = read(choice.kind, option)
            if isinstance(made.value, dict) and target.options:
                made = replace(made, value={**target.options[0].value, **made.value})
            if target.add(made, standing=False):
                printed.append(
                    f"added: {target.label}, {made.label}" + (f" ({option.because})" if option.because else "")
                )
    for out in comparison.exclude:
        target = by_kind.get(out.choice) or next(
            (by_kind[c.kind] for c in case_choices if c.id == out.choice and c.kind in by_kind), None
        )
        if target is None:
            printed.append(f"the choice “{out.choice}” is not read by this comparison, so nothing of it is left out")
            continue
        left = target.leave_out(out.option, out.because)
        printed.append(f"left out: {target.label}, {left.label} ({out.because})")
    return printed
