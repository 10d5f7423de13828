"""Without them: each answer again without each group of tied sources, and with no ties, all ties, each side's alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenhand.model import Reason
from evenhand.sources.accu import Settings
from evenhand.sources.confusion import Start
from evenhand.sources.groups import TiedGroup, groups
from evenhand.sources.methods import truth
from evenhand.sources.numeric import Estimate, estimates
from evenhand.sources.reach import DOCUMENTED
from evenhand.sources.result import NO_ANSWER, Truth
from evenhand.sources.testimony import Testimony
from evenhand.sources.ties import Status, Ties

Kind = Literal["all-ties", "no-ties", "side", "without", "without-side", "without-tied"]
NO_SOURCE_LEFT = "no source left: nobody else speaks of it, which refutes nothing"


@dataclass(frozen=True, slots=True)
class Without:
    """One row: one item under one scenario.

    kind: ``all-ties`` (everybody, every documented tie allowed for: the row that the others are set beside), ``no-ties``,
    ``side`` (only the ties to one side allowed for), ``without`` (a tied group left out), ``without-side`` (all who are
    tied to one side left out), ``without-tied`` (all who have any tie left out). party, side: whose group or side.
    removed: who was left out and speaks of the item. left: sources that still do. answer: category or number as text;
    share: its support; low, high: of a number. same: the answer is that of the first row (a number: it lies within that
    row's range); None where there is no answer. note: why there is none.
    """

    item: str
    kind: Kind
    label: str
    party: str
    side: str
    removed: tuple[str, ...]
    left: int
    answer: str | None
    share: float | None
    low: float | None
    high: float | None
    same: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class WithoutThem:
    """The whole table, item by item, with the groups that were left out and what the reader should know."""

    rows: tuple[Without, ...]
    groups: tuple[TiedGroup, ...]
    notes: tuple[Reason, ...]
    method: str
    numeric: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way of hearing the sources: which ties are allowed for, and who is left out."""

    kind: Kind
    label: str
    ties: Ties
    removed: frozenset[str] = frozenset()
    party: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str | None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    value: float | None = None
    note: str = ""


def without_them(
    testimony: Testimony, ties: Ties, *, method: str = "accu-copy", numeric: str = "random-effects",
    statuses: Iterable[Status] = DOCUMENTED, ever: bool = False, settings: Settings | None = None,
    start: Start = "shares", progress: Callable[[int, int], None] | None = None,
) -> WithoutThem:  # fmt: skip
    """What is left of each answer without each tied group, on every side alike? One path for every row.

    Only documented ties remove a source unless ``statuses`` says otherwise. Ties can show dependence; their absence
    shows nothing.
    """
    allowed = tuple(statuses)
    found = groups(testimony, ties, statuses=allowed, ever=ever)
    tried = list(scenarios(ties, found.groups))
    answers: list[dict[str, _Answer]] = []
    for number, scenario in enumerate(tried):
        if progress:
            progress(number, len(tried))
        before = next((k for k, s in enumerate(tried[:number]) if s.removed == scenario.removed != frozenset()), None)
        rest = testimony.without(scenario.removed)
        answers.append(
            _answers(rest, scenario.ties, method, numeric, allowed, settings, ever=ever, start=start)
            if before is None
            else answers[before]
        )
    speakers = _speakers(testimony)
    rows = [
        _row(item, scenario, answer[item], answers[0][item], speakers[item])
        for item in speakers
        for scenario, answer in zip(tried, answers, strict=True)
    ]
    return WithoutThem(tuple(rows), found.groups, found.notes, method, numeric)


def scenarios(ties: Ties, tied: tuple[TiedGroup, ...]) -> Iterator[Scenario]:
    """All ties first, then no ties, each side's alone, then each side, all who are tied and each group left out.

    One list for every table.
    """
    yield Scenario("all-ties", "everybody, all documented ties allowed for", ties)
    yield Scenario("no-ties", "everybody, as if nobody were tied", ties.keep(()))
    for side in ties.sides:
        label = f"everybody, only the ties in the interest of {side} allowed for"
        yield Scenario("side", label, ties.of_side(side), side=side)
    for side in sorted({group.side for group in tied} - {""}):
        members = frozenset(name for group in tied if group.side == side for name in group.members)
        label = f"without all who are tied in the interest of {side}"
        yield Scenario("without-side", label, ties, members, side=side)
    everybody = frozenset(name for group in tied for name in group.members)
    if everybody:
        yield Scenario("without-tied", "without all who are tied", ties, everybody)
    for group in tied:
        yield Scenario(
            "without", f"without those tied to {group.party}", ties, frozenset(group.members), group.party, group.side
        )


def _speakers(testimony: Testimony) -> dict[str, frozenset[str]]:
    """Who speaks of each item that anybody speaks of, items in order."""
    who: dict[str, set[str]] = {}
    pairs = np.unique(np.stack([testimony.item, testimony.source]), axis=1)
    for item, source in pairs.T.tolist():
        who.setdefault(testimony.items[item], set()).add(testimony.sources[source])
    return {item: frozenset(names) for item, names in who.items()}


def _answers(
    rest: Testimony, ties: Ties, method: str, numeric: str, statuses: tuple[Status, ...], settings: Settings | None,
    *, ever: bool, start: Start,
) -> dict[str, _Answer]:  # fmt: skip
    """The answer on every item of what is left; items of which nobody speaks any more have none."""
    found = {name: _Answer(None, note=NO_SOURCE_LEFT) for name in rest.items}
    if len(rest.of_kind("category")):
        result = truth(rest, method, ties=ties, settings=settings, statuses=statuses, ever=ever, start=start)
        found |= {
            name: _category(rest, result, code) for code, name in enumerate(rest.items) if (result.item == code).any()
        }
    if len(rest.of_kind("number", "date")):
        for estimate in estimates(rest, method=numeric, ties=ties, statuses=statuses, ever=ever):
            if estimate.value is not None:
                found[estimate.item] = _number(rest, estimate)
    return found


def _category(rest: Testimony, result: Truth, item: int) -> _Answer:
    here = np.flatnonzero(result.item == item)
    top = here[np.argmax(result.support[here])]
    share = float(result.support[top])
    if result.answer[item] == NO_ANSWER:
        level = [rest.values[result.value[fact]] for fact in here if result.support[fact] >= share * (1 - 1e-9)]
        return _Answer(None, share, note=f"level: {', '.join(sorted(level))}")
    return _Answer(rest.values[result.answer[item]], share)


def _number(rest: Testimony, estimate: Estimate) -> _Answer:
    assert estimate.value is not None
    date = rest.kinds[rest.items.index(estimate.item)] == "date"
    text = str(np.datetime64(round(estimate.value), "D")) if date else f"{estimate.value:,.6g}"
    return _Answer(text, None, estimate.low, estimate.high, estimate.value, estimate.note)


def _row(item: str, scenario: Scenario, answer: _Answer, first: _Answer, speakers: frozenset[str]) -> Without:
    removed = tuple(sorted(speakers & scenario.removed))
    same: bool | None = None
    if answer.value is not None and first.low is not None and first.high is not None:
        same = first.low <= answer.value <= first.high
    elif answer.text is not None and first.text is not None:
        same = answer.text == first.text
    return Without(
        item, scenario.kind, scenario.label, scenario.party, scenario.side, removed, len(speakers) - len(removed),
        answer.text, answer.share, answer.low, answer.high, same, answer.note,
    )  # fmt: skip
