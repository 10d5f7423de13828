"""Which combinations there are, and what each weighs.

Weights go down a tree, equal among siblings. That is a product of one weight per choice, with the combinations that
differ only in what nobody reads added up; so the order of the choices does not matter. All weights are integers over
one denominator below 2**53: sums of them are exact in int64 and in float64, in any order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.logs import Logs, find_logs
from evenhand.compare.panel import Ints, Panel, Window
from evenhand.compare.plan import BY_RANK, OF_A_CLASS, OWN_CHANGE, Plan
from evenhand.compare.standards import PANEL_KINDS, Standard
from evenhand.model import BadInputError, Choice, Form, closest_words

EXACT = 2**53
MOST_COMBINATIONS = 5_000_000
NEAR = 3
Digits = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """All combinations.

    choices: the plan's. read: indices of those that something reads. digits: [F, n] the option taken of each choice in
    each of the F full combinations. leaf: [F] which key each falls under. full_weights: [F]. keys: [C] mixed-radix ids
    over the choices in order; key_digits: [C, n]. weights: [C]; they sum to ``denominator``. near: [C] equal for keys
    that differ only in windows that are nearly the same; classes: per choice, [options] the first that is the same or
    nearly so.
    """

    choices: tuple[Choice, ...]
    read: tuple[int, ...]
    digits: Digits
    leaf: Ints
    full_weights: Ints
    keys: Ints
    key_digits: Digits
    weights: Ints
    denominator: int
    near: Ints
    classes: tuple[Ints, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """What is the same thing twice. same: per choice, [options] the first equal option. standards: per window and
    standard option, [W, S] the first standard that comes out alike. reads: per standard option, what it reads. windows:
    per standard option, [W] the first window that reads alike. of_figures, of_members: per peers option. logs: where the
    change of logarithms is the growth.
    """

    same: tuple[Ints, ...]
    standards: Ints
    reads: tuple[frozenset[str], ...]
    windows: Ints
    of_figures: tuple[bool, ...]
    of_members: tuple[bool, ...]
    logs: tuple[Logs, ...]


def grow(plan: Plan, alike: Alike, only: Mapping[str, Iterable[str]] | None = None) -> Tree:
    """Which combinations are there, of all options or of some, and what does each weigh?"""
    choices = plan.choices
    allowed = _allowed(choices, only or {})
    read = tuple(i for i, choice in enumerate(choices) if any(choice.kind in reads for reads in alike.reads))
    digits = _product([allowed[i] if i in read else [0] for i in range(len(choices))])
    weights, denominator = _weigh(plan, alike, allowed, read, digits)
    canonical = _canonical(plan, alike, digits)
    radix = _radix(choices)
    keys, first, leaf = np.unique(canonical.astype(np.int64) @ radix, return_index=True, return_inverse=True)
    key_digits = canonical[first]
    totals = np.bincount(leaf, weights=weights.astype(np.float64), minlength=len(keys)).astype(np.int64)
    near = key_digits.astype(np.int64) @ radix
    at, classes = plan.of_kind("window"), list(alike.same)
    if at is not None:
        classes[at] = _near_windows([option.value for option in choices[at].options])
        near = near + (classes[at][key_digits[:, at]] - key_digits[:, at]) * radix[at]
    return Tree(choices, read, digits, leaf, weights, keys, key_digits, totals, denominator, near, tuple(classes))


def find_alike(plan: Plan, form: Form, panels: Mapping[tuple[str, ...], Panel]) -> Alike:
    """Which options are the same thing twice, and which choices does each standard read?"""
    at = plan.of_kind("standard") if form.name not in OWN_CHANGE else None
    window_at, peers_at = plan.of_kind("window"), plan.of_kind("peers")
    assert window_at is not None
    windows = [option.value for option in plan.choices[window_at].options]
    n = 1 if at is None else len(plan.choices[at].options)
    standards = [plan.standard_at(form, {"standard": i}) for i in range(n)]
    rules = [] if peers_at is None else [option.value for option in plan.choices[peers_at].options]
    return Alike(
        same=tuple(_same_options(plan, i, panels) for i in range(len(plan.choices))),
        standards=np.array([_same_order(plan, form, standards, window) for window in windows]),
        reads=tuple(_reads(plan, form, rule) for rule in standards),
        windows=np.array([_first_equal([rule.read(window) for window in windows]) for rule in standards]),
        of_figures=tuple(rule.of_figures for rule in rules),
        of_members=tuple("membership" in rule.reads for rule in rules),
        logs=find_logs(plan, form, panels, standards, windows),
    )


def _reads(plan: Plan, form: Form, rule: Standard) -> frozenset[str]:
    group = {"membership"} if plan.subject is not None else set()
    if form.name in OWN_CHANGE:
        aggregate = {"aggregate"} if plan.subject is not None and form.name not in OF_A_CLASS else set()
        return PANEL_KINDS | {"window", "values"} | group | aggregate
    reads = (rule.reads | {"standard"}) - {"peers", "membership", "aggregate"} | group
    if plan.subject is not None or plan.against in plan.groups.names:
        reads |= {"aggregate"}
    if plan.against is not None:
        return reads | ({"membership"} if plan.against in plan.groups.names else set())
    if rule.reference == "peers" or form.name in BY_RANK:
        at = plan.of_kind("peers")
        if at is None:
            raise BadInputError("the plan has no choice of kind peers", hint="a choice with one option will do")
        members = any("membership" in option.value.reads for option in plan.choices[at].options)
        return reads | {"peers"} | ({"membership"} if members else set())
    return reads


def _same_options(plan: Plan, i: int, panels: Mapping[tuple[str, ...], Panel]) -> Ints:
    choice = plan.choices[i]
    if choice.kind not in PANEL_KINDS:
        return _first_equal([_print_of(option.value) for option in choice.options])
    place = plan.of_panel.index(i)
    prints: dict[int, Any] = {}
    tables = []
    for option in choice.options:
        found = {ids[:place] + ids[place + 1 :]: panel for ids, panel in panels.items() if ids[place] == option.id}
        tables.append({ids: prints.setdefault(id(panel), _print_of(panel)) for ids, panel in found.items()})
    return _first_equal(tables)


def _print_of(value: Any) -> Any:
    """Something that is equal where two values are the same thing."""
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if isinstance(value, Mapping):
        return {key: _print_of(item) for key, item in value.items()}
    if isinstance(value, Panel):
        parts = (value.values, value.low, value.high, value.periods, value.reason_codes, value.year_used)
        blind = None if value.blind is None else value.blind.tobytes()
        return tuple(part.tobytes() for part in parts), value.direction, value.scale, blind
    return value


def _first_equal(values: Sequence[Any]) -> Ints:
    return np.array(
        [next(j for j in range(i + 1) if values[j] == values[i]) for i in range(len(values))], dtype=np.int64
    )


def _same_order(plan: Plan, form: Form, standards: Sequence[Standard], window: Window) -> list[int]:
    """[S]: the first standard that orders the units alike.

    Only forms that ask for the order come out alike: "more" than the median of some peers, or than 0, is another
    question for a score that is already relative to all others, and a margin is in another unit.
    """
    by_order = form.name in BY_RANK or (plan.against is not None and form.name in {"more", "less"})
    apt = by_order and window.start == window.event and not plan.groups.kin.any() and plan.of_kind("pool") is None
    same = []
    for i, rule in enumerate(standards):
        alike = [j for j in range(i) if rule == standards[j] or (apt and _order_alike(rule, standards[j]))]
        same.append(alike[0] if alike else i)
    return same


def _order_alike(one: Standard, other: Standard) -> bool:
    both = one.equal_to is not None and one.equal_to == other.equal_to
    return both or one.equal_to == other.name or other.equal_to == one.name


def _near_windows(windows: Sequence[Window]) -> Ints:
    """[W]: the first window of those whose starts and ends both differ by under three years.

    In the order of their years, whatever the order in which they are listed: each joins the earliest that stands for
    others, not a chain, as a window in between cannot join two that are apart.
    """
    stands: list[Window] = []
    found: dict[Window, Window] = {}
    for window in sorted(set(windows), key=lambda w: (w.start, w.end, w.event)):
        near = [w for w in stands if abs(w.start - window.start) < NEAR and abs(w.end - window.end) < NEAR]
        if not near:
            stands.append(window)
        found[window] = near[0] if near else window
    return _first_equal([found[window] for window in windows])


def _allowed(choices: Sequence[Choice], only: Mapping[str, Iterable[str]]) -> list[list[int]]:
    known = {choice.id: choice for choice in choices}
    for name in only:
        if name not in known:
            near = closest_words(name, known)
            raise BadInputError(
                f"there is no choice {name!r}", hint=f"did you mean {near[0]}?" if near else ", ".join(known)
            )
    allowed = []
    for choice in choices:
        ids = [option.id for option in choice.options]
        wanted = list(only.get(choice.id, ids))
        for option in wanted:
            if option not in ids:
                raise BadInputError(f"the choice {choice.id!r} has no option {option!r}", hint=", ".join(ids))
        if not wanted:
            raise BadInputError(f"no option of the choice {choice.id!r} is left")
        allowed.append([i for i, name in enumerate(ids) if name in wanted])
    return allowed


def _product(options: Sequence[Sequence[int]]) -> Digits:
    size = prod(len(taken) for taken in options)
    if size > MOST_COMBINATIONS:
        raise BadInputError(
            f"{size:,} combinations are more than {MOST_COMBINATIONS:,}", hint="leave out choices or options"
        )
    grids = np.meshgrid(*[np.array(taken, dtype=np.int32) for taken in options], indexing="ij")
    return np.stack([grid.ravel() for grid in grids], axis=1)


def _radix(choices: Sequence[Choice]) -> Ints:
    sizes = [len(choice.options) for choice in choices]
    if prod(sizes) >= EXACT:
        raise BadInputError("there are too many combinations to number them", hint="leave out choices or options")
    return np.array([prod(sizes[i + 1 :]) for i in range(len(sizes))], dtype=np.int64)


def _weigh(
    plan: Plan, alike: Alike, allowed: Sequence[Sequence[int]], read: Sequence[int], digits: Digits
) -> tuple[Ints, int]:
    """[F]: the weight of each full combination, and what they sum to."""
    window_at, standard_at = plan.of_kind("window"), plan.of_kind("standard")
    weights, denominator = np.ones(len(digits), dtype=np.int64), 1
    for i in read:
        options = plan.choices[i].options
        if i == standard_at:
            tables = [_shares(allowed[i], row, row) for row in alike.standards]
        elif i == window_at:
            near = _near_windows([option.value for option in options])
            tables = [_shares(allowed[i], near, alike.same[i])]
        else:
            tables = [_shares(allowed[i], alike.same[i], alike.same[i])]
        common = lcm(*(size for table in tables for size in table.values()))
        denominator *= common
        if denominator >= EXACT:
            raise BadInputError("the weights are too fine to be exact", hint="leave out choices or options")
        table = np.array([[common // one.get(o, common) for o in range(len(options))] for one in tables])
        row = digits[:, window_at] if i == standard_at and window_at is not None else 0
        weights *= table[row, digits[:, i]]
    return weights, denominator


def _take_one(out: Digits, logs: Logs, alike: Alike, at: tuple[int, int, int | None]) -> None:
    """Of the change of logarithms and the growth, the one that is listed first. Who is near differs between the two."""
    window_at, standard_at, peers_at = at
    pairs = [(logs.log, logs.change), (logs.plain, logs.growth)]
    first, second = sorted(pairs, key=lambda pair: pair if logs.choice < standard_at else pair[::-1])
    rows = logs.where(out, window_at) & (out[:, logs.choice] == second[0])
    rows &= out[:, standard_at] == alike.standards[out[:, window_at], second[1]]
    if peers_at is not None and "peers" in alike.reads[second[1]]:
        rows &= ~np.array(alike.of_figures)[out[:, peers_at]]
    out[rows, logs.choice] = first[0]
    out[rows, standard_at] = alike.standards[out[rows, window_at], first[1]]


def _shares(options: Sequence[int], clusters: Ints, same: Ints) -> dict[int, int]:
    """For each option, one over its weight: equal among clusters, in them among different options, then among equal
    ones.
    """
    inside: dict[int, dict[int, int]] = {}
    for option in options:
        cluster = inside.setdefault(int(clusters[option]), {})
        cluster[int(same[option])] = cluster.get(int(same[option]), 0) + 1
    return {
        option: len(inside) * len(inside[int(clusters[option])]) * inside[int(clusters[option])][int(same[option])]
        for option in options
    }


def _canonical(plan: Plan, alike: Alike, digits: Digits) -> Digits:
    """[F, n]: the first of the options that are the same thing, and 0 where a choice is not read."""
    out = digits.copy()
    for i, same in enumerate(alike.same):
        out[:, i] = same[out[:, i]]
    window_at, standard_at, peers_at = plan.of_kind("window"), plan.of_kind("standard"), plan.of_kind("peers")
    assert window_at is not None
    several = len(alike.reads) > 1 and standard_at is not None
    if several and standard_at is not None:
        out[:, standard_at] = alike.standards[out[:, window_at], out[:, standard_at]]
        for logs in alike.logs:
            _take_one(out, logs, alike, (window_at, standard_at, peers_at))
    for s, reads in enumerate(alike.reads):
        rows = np.flatnonzero(out[:, standard_at] == s) if several else np.arange(len(out))
        part = out[rows]
        for i, choice in enumerate(plan.choices):
            if choice.kind not in reads:
                part[:, i] = 0
        fixed = np.zeros(len(part), dtype=bool)
        if peers_at is not None and "peers" in reads:
            fixed = np.array(alike.of_figures)[part[:, peers_at]]
            unread = ~np.array(alike.of_members)[part[:, peers_at]] & (plan.subject is None)
            for i in plan.memberships:
                part[unread, i] = 0
        part[:, window_at] = np.where(fixed, part[:, window_at], alike.windows[s][part[:, window_at]])
        out[rows] = part
    return out
