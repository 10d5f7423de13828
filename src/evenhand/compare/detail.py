"""One way of comparing in full: the scores, the peers and the years behind a single combination."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenhand.compare.bench import Stack
from evenhand.compare.judge import Outcomes
from evenhand.compare.multiverse import prepare
from evenhand.compare.panel import Bools, Codes, Floats, Ints, Names, Panel, Window
from evenhand.compare.peers import member_of
from evenhand.compare.plan import OF_A_CLASS, Plan, favour_of
from evenhand.compare.run import Run
from evenhand.compare.settings import NO_PEERS, Setting
from evenhand.model import BadInputError, Choice, Form, Option


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the class and its own change. status: core or disputed. change: None where it could not be seen."""

    unit: str
    status: str
    change: float | None
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class Detail:
    """What stands behind one combination. Scores are as the figures stand, not turned.

    columns: M names; units: N names. scores, reference: [M] (for a group its own, for a unit its own), NaN for none.
    outcomes, reason_codes: [M]. percentiles: [M] mid-rank in the claim's direction. rank, of: [M] 1 + how many of the
    units that stand score better, among how many; 0 for none. peers: [M, N]. peers_named, peers_scored: [M].
    unit_scores: [N]; unit_codes: [N]; used_years: [N, 2]. standard, window: what was used. counterexamples, members: of
    a class.
    """

    columns: Names
    units: Names
    scores: Floats
    reference: Floats
    outcomes: Outcomes
    reason_codes: Codes
    percentiles: Floats
    rank: Ints
    of: Ints
    peers: Bools
    peers_named: Ints
    peers_scored: Ints
    unit_scores: Floats
    unit_codes: Codes
    used_years: Ints
    standard: str
    window: Window
    counterexamples: tuple[Member, ...] = ()
    members: tuple[Member, ...] = ()

    def column(self, name: str) -> int:
        """Where does a unit, or the group, stand among the columns?"""
        return self.columns.index(name)


def detail(
    plan: Plan, panels: Mapping[Any, Panel], form: Form, combination: Mapping[str, Option | str | None]
) -> Detail:
    """What stands behind one combination? ``combination``: an option or its id for each choice; the first where none
    is.
    """
    narrowed = replace(plan, choices=tuple(_narrow(choice, combination.get(choice.id)) for choice in plan.choices))
    run = prepare(narrowed, panels, form).run
    stack = run.stack(range(1))
    setting, where = run.kinds[0], run.where(0)
    ran = run.all(None, None)
    row = stack.found[0]
    sign = 1.0 if row.up else -1.0
    own, reference = _scores(run, stack)
    peers, named = _peers(run, setting, stack)
    twice, among = ran.twice_rank[0].astype(np.int64), ran.ranked[0].astype(np.int64)
    rank, of = _ranks(stack, setting, favour_of(form))
    members = _members(run, stack, sign) if plan.subject is not None else ()
    return Detail(
        columns=ran.names,
        units=run.panels.units,
        scores=sign * own,
        reference=sign * reference,
        outcomes=ran.outcome_row(0),
        reason_codes=ran.code_row(0),
        percentiles=np.where(twice >= 0, twice / (2.0 * np.maximum(among, 1)), np.nan),
        rank=rank,
        of=of,
        peers=peers,
        peers_named=named,
        peers_scored=(peers & (row.other_codes == 0)).sum(axis=1),
        unit_scores=sign * row.own,
        unit_codes=row.codes,
        used_years=row.used,
        standard=run.standard(run.ways[0]).name,
        window=where[1],
        counterexamples=tuple(one for one in members if _speaks_against(form, one, stack)),
        members=members,
    )


def _narrow(choice: Choice, taken: Option | str | None) -> Choice:
    if taken is None:
        return replace(choice, options=choice.options[:1])
    name = taken if isinstance(taken, str) else taken.id
    options = tuple(option for option in choice.options if option.id == name)
    if not options:
        hint = ", ".join(option.id for option in choice.options)
        raise BadInputError(f"the choice {choice.id!r} has no option {name!r}", hint=hint)
    return replace(choice, options=options)


def _scores(run: Run, stack: Stack) -> tuple[Floats, Floats]:
    """[M] the columns' turned scores and what they are set against."""
    setting = run.kinds[0]
    own = stack.view(setting).own[0]
    if run.form.name in OF_A_CLASS:
        return own, np.zeros_like(own)
    bench = _bench(run, stack)
    value = np.broadcast_to(bench.reference.value(), bench.own.shape)[0]
    return own, np.where(np.isnan(own), np.nan, value)


def _bench(run: Run, stack: Stack) -> Any:
    setting, where = run.kinds[0], run.where(0)
    if stack.found[0].worlds is not None:
        return stack.world(setting, 0, where)
    return stack.bench(setting, np.zeros(1, dtype=np.int64), [where])


def _peers(run: Run, setting: Setting, stack: Stack) -> tuple[Bools, Ints]:
    """[M, N] the peers, and [M] how many are named: those that did not exist count only where they were listed."""
    columns = run.settings.columns(setting.memberships)
    if setting.peers == NO_PEERS:
        nobody = np.zeros((columns.size, len(run.panels.units)), dtype=bool)
        return nobody, np.zeros(columns.size, dtype=np.int64)
    peers = run.settings.matrix(setting, run.where(0))
    counts = peers if run.settings.lists(setting) else peers & stack.exists()[0]
    return peers, counts.sum(axis=1)


def _ranks(stack: Stack, setting: Setting, favour: int) -> tuple[Ints, Ints]:
    """[M]: 1 + how many of the units that stand score better, and among how many with the column itself."""
    own = stack.view(setting).own[0]
    others, grain = stack.rows.scores[0], stack.rows.grain[0]
    plan = stack.settings.plan
    stands = ~np.isnan(others) & (True if plan.stands is None else plan.stands)
    with np.errstate(invalid="ignore"):
        ahead = stands[None, :] & (favour * (others[None, :] - own[:, None]) > grain)
    rivals = np.broadcast_to(stands, ahead.shape).copy()
    if plan.subject is None:
        np.fill_diagonal(rivals, val=False)
        rivals &= ~plan.groups.kin
    there = ~np.isnan(own)
    return np.where(there, 1 + (ahead & rivals).sum(axis=1), 0), np.where(there, 1 + rivals.sum(axis=1), 0)


def _members(run: Run, stack: Stack, sign: float) -> tuple[Member, ...]:
    plan, row = run.plan, stack.found[0]
    assert plan.subject is not None
    core = member_of(plan.groups, plan.subject)
    inside = member_of(run.settings.groups(run.kinds[0].memberships), plan.subject)
    made = []
    for u in np.flatnonzero(inside):
        seen = not np.isnan(row.own[u])
        years = (int(row.used[u, 0]), int(row.used[u, 1])) if seen else None
        change = float(sign * row.own[u]) if seen else None
        made.append(Member(run.panels.units[u], "core" if core[u] else "disputed", change, years))
    return tuple(made)


def _speaks_against(form: Form, member: Member, stack: Stack) -> bool:
    if form.name not in OF_A_CLASS or member.change is None:
        return False
    row = stack.found[0]
    turned = member.change if row.up else -member.change
    moved = turned > row.grain if form.direction == "up" else turned < -row.grain
    return moved if form.name == "none" else not moved
