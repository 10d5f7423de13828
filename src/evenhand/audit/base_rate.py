"""How often and how long: the whole class counted, with disputed members in and out, whatever the text picked from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evenhand.audit.base_rate_words import answers, asked, caveats
from evenhand.audit.class_outcomes import by_own_figures
from evenhand.audit.classes import ADDED, TAKEN_OUT, Class, Entry, MemberSet, class_of, joined, member_sets, within
from evenhand.case import Case, Claim, ClassRef
from evenhand.catalog import Catalog
from evenhand.compare.rates import Rate, difference, rate
from evenhand.compare.survival import NORMAL, Survival, difference_of_means, survival
from evenhand.model import Finding, Reason
from evenhand.model.base_rate import BaseRate, Curve, MemberNote, RateRow, SpanRow

HOW_LONG = {"under", "over", "shorter", "longer"}
RARELY = 0.2
FEWEST = 3
ALONE = (ADDED, TAKEN_OUT)
EARLIER = ", and those that began before the list opens"


@dataclass(frozen=True, slots=True)
class Counted:
    """One set of members with what was counted of it. holds: None where it cannot be said."""

    of: MemberSet
    rate: Rate
    span: Survival | None
    holds: bool | None


def check_base_rate(claim: Claim, case: Case, catalog: Catalog) -> Finding:
    """Does what the text says of a class come out when all of it is counted?"""
    given = claim.klass
    if given is None:
        return _left_open(claim, "no_class", "the casefile does not say which class is counted: add class: {group: ..., "
                          "event: ..., says: ...}; `evenhand data list --classes` names those that there are")  # fmt: skip
    figures = (
        None if given.says in HOW_LONG or _is_listed(given.group, case, catalog) else by_own_figures(given, catalog)
    )
    found = figures or class_of(given.group, case, catalog)
    other = class_of(given.against, case, catalog) if given.against else None
    if other and figures:
        other = by_own_figures(replace(given, group=given.against or ""), catalog)
    if given.says is None and not found.has_outcomes:
        return _left_open(claim, "no_saying", "the casefile does not say how often or how long the text means: add says: (never, "
                          "rarely, mostly, under, over, ...) to its class")  # fmt: skip
    reason = next((r for one in (found, other) if one and (r := _missing(one, given, catalog))), None)
    if reason is not None:
        return _refused(claim, reason.code, reason.detail)
    mine = _sets(found, given, catalog)
    theirs = [s for s in _sets(other, given, catalog) if not s.alone] if other else []
    counted = [_counted(one, given, theirs) for one in mine]
    made = _answer(found, given, counted, theirs, other)
    return Finding(
        claim.id, claim.kind, "judged", _verdict(given, counted), sentence=claim.reads or made.asked, side=claim.side,
        base_rate=made, questions=claim.questions, caveats=caveats(found, given, counted, theirs),
        sources=tuple(dict.fromkeys([*claim.cites, *_known(found, catalog), *(_known(other, catalog) if other else ())])),
    )  # fmt: skip


def _is_listed(id_: str, case: Case, catalog: Catalog) -> bool:
    """Is it a list with dates or outcomes of its own, and no group of units?"""
    return id_ in {one.id for one in case.classes} | {one.id for one in catalog.tables.classes}


def _left_open(claim: Claim, code: str, why: str) -> Finding:
    return replace(_refused(claim, code, why), status="not-judged-yet", verdict="not judged yet")


def _refused(claim: Claim, code: str, why: str) -> Finding:
    return Finding(
        claim.id, claim.kind, "refused", "cannot be judged", sentence=claim.reads or "", side=claim.side,
        questions=claim.questions, sources=claim.cites, reason=Reason(code, why),
    )  # fmt: skip


def _known(one: Class, catalog: Catalog) -> tuple[str, ...]:
    """Sources of the class that have a citation: a member of the casefile's may name anybody."""
    return tuple(s for s in one.sources if s in {source.id for source in catalog.sources()})


def _missing(one: Class, given: ClassRef, catalog: Catalog) -> Reason | None:
    members = within(one.members, given.start, given.end)
    if one.joins:
        members = joined(members, catalog)
    if not members:
        return Reason("no_figures", f"nothing of the class “{one.name}” began in these years, as far as it is listed")
    how_long = given.says in HOW_LONG
    if given.says is not None and not how_long and not any(m.outcome is not None for m in members):
        return Reason(
            "no_outcomes",
            f"we have no figures on how those of the class “{one.name}” came out; list it in the casefile with one: "
            "classes: [{id: ..., success: ..., members: [{name: ..., from: ..., succeeded: true}]}]; or, of a group, name a "
            "measure with moved: rose or fell, or a kind of event that the catalogue holds",
        )
    if how_long and sum(m.years is not None for m in members) < FEWEST:
        return Reason(
            "no_durations",
            f"of fewer than {FEWEST} of the class “{one.name}” it is known how long they lasted; give each member `from` "
            "and `to`, or goes_on: true and the year in which the list closes",
        )
    return None


def _sets(one: Class, given: ClassRef, catalog: Catalog) -> list[MemberSet]:
    """Who belongs, in every way; where the list opens late, without and with those that began before."""
    members = within(one.members, given.start, given.end)
    out = []
    for made in member_sets(members):
        kept = joined(made.members, catalog) if one.joins else made.members
        early = tuple(m for m in kept if one.opens is not None and m.began < one.opens)
        if early and given.says in HOW_LONG | {None}:
            out.append(MemberSet(made.who, tuple(m for m in kept if m not in early), alone=made.alone))
            out += [MemberSet(made.who + EARLIER, kept)] if not made.alone else []
        else:
            out.append(MemberSet(made.who, kept, alone=made.alone))
    return out


def _counted(one: MemberSet, given: ClassRef, theirs: Sequence[MemberSet]) -> Counted:
    decided = [m.outcome for m in one.members if m.outcome is not None]
    share, span = rate(sum(decided), len(decided)), span_of(one.members)
    if given.says is None:
        return Counted(one, share, span, None)
    if given.says in HOW_LONG:
        return Counted(one, share, span, _long(one.members, span, given, theirs))
    return Counted(one, share, span, _often(share, given, theirs))


def span_of(members: Sequence[Entry], horizon: float | None = None) -> Survival | None:
    """How long they last, of those whose end or last sight is known."""
    known = [m for m in members if m.years is not None]
    if not known:
        return None
    lasted = np.array([m.years for m in known], dtype=np.float64).round(6)
    return survival(lasted, np.array([not m.goes_on for m in known], dtype=bool), horizon)


def rate_of(members: Sequence[Entry]) -> Rate:
    decided = [m.outcome for m in members if m.outcome is not None]
    return rate(sum(decided), len(decided))


def _often(found: Rate, given: ClassRef, theirs: Sequence[MemberSet]) -> bool | None:
    if found.share is None or found.wilson is None:
        return None
    k, n, said = found.successes, found.total, given.share if given.share is not None else RARELY
    match given.says:
        case "never":
            return k == 0
        case "always":
            return k == n
        case "sometimes":
            return 0 < k < n
        case "mostly":
            return 2 * k > n
        case "rarely" | "at-most":
            return found.share <= said
        case "at-least":
            return found.share >= said
        case "about":
            return found.wilson[0] <= said <= found.wilson[1]
        case _:
            gaps = [gap[0] for one in theirs if (gap := difference(found, rate_of(one.members))) is not None]
            return _one_way(gaps, up=given.says == "more-often")


def _one_way(gaps: Sequence[float], *, up: bool) -> bool | None:
    """As the text says against each set of the other class; None where that depends on the set, or they are the same."""
    ways = {None if gap == 0 else (gap > 0) == up for gap in gaps}
    return ways.pop() if len(ways) == 1 else None


def _long(members: Sequence[Entry], span: Survival | None, given: ClassRef, theirs: Sequence[MemberSet]) -> bool | None:
    if span is None:
        return None
    if given.says in {"shorter", "longer"}:
        gaps = []
        for one in theirs:
            if (there := span_of(one.members)) is not None:
                horizon = min(span.times[-1], there.times[-1])
                pair = span_of(members, horizon), span_of(one.members, horizon)
                gaps.append(difference_of_means(pair[0], pair[1])[0] if pair[0] and pair[1] else 0.0)
        return _one_way(gaps, up=given.says == "longer")
    years, under = float(given.years or 0), given.says == "under"
    if given.who == "all":
        return _all(members, years, under=under)
    if span.median is not None:
        return span.median < years if under else span.median > years
    return None if span.times[-1] < years else not under


def _all(members: Sequence[Entry], years: float, *, under: bool) -> bool | None:
    """Every member: one that goes on and has not yet lasted so long may still decide it."""
    if any(contradicts(m, years, under=under) for m in members):
        return False
    open_ones = [m for m in members if m.years is None or (m.goes_on and m.years <= years)]
    return None if open_ones else True


def contradicts(member: Entry, years: float, *, under: bool) -> bool:
    """Does this member alone refute that all lasted under (or over) so many years?"""
    if member.years is None:
        return False
    return member.years >= years if under else (not member.goes_on and member.years <= years)


def _verdict(given: ClassRef, counted: Sequence[Counted]) -> str:
    if given.says is None:
        return "counted; the casefile does not say how often or how long the text means"
    known = [one.holds for one in counted if one.holds is not None]
    if not known:
        if given.who == "all" and given.says in {"under", "over"}:
            return "nothing contradicts it so far, and some still go on"
        return "cannot be told apart"
    if len(known) == len(counted) and len(set(known)) == 1:
        word = "as the text says" if known[0] else "otherwise"
        return f"comes out {word}" + (", whoever of the disputed is counted" if len(counted) > 1 else "")
    untold = f", and for {len(counted) - len(known)} it cannot be told" if len(known) < len(counted) else ""
    return f"depends on who is counted: as the text says for {sum(known)} of {len(counted)} sets of members{untold}"


def _answer(
    found: Class, given: ClassRef, counted: Sequence[Counted], theirs: Sequence[MemberSet], other: Class | None
) -> BaseRate:
    judged = [one for one in counted if one.holds is not None]
    rates = rate_rows(counted) if found.has_outcomes and given.says not in HOW_LONG else ()
    spans = span_rows(counted) if given.says in HOW_LONG | {None} else ()
    if other is not None:
        there = [Counted(one, rate_of(one.members), span_of(one.members), None) for one in theirs]
        rates += rate_rows(there, other.name) if rates else ()
        spans += span_rows(there, other.name) if spans else ()
    everybody = next((one for one in reversed(counted) if not one.of.alone), counted[0]).of.members
    return BaseRate(
        found.id, found.name, found.definition, found.success or given.event, asked(found, given, other),
        answers(given, counted, theirs, other), rates, spans, _curves(counted, theirs, other) if spans else (),
        _notes(found, given, everybody), sum(m.outcome is None for m in everybody) if rates else 0,
        _left_out(found, given, everybody, spans), len(counted), sum(bool(o.holds) for o in judged) if given.says else None,
        len(counted) - len(judged) if given.says else 0,
    )  # fmt: skip


def rate_rows(counted: Sequence[Counted], prefix: str = "") -> tuple[RateRow, ...]:
    """One row for each set with a name, and one for all sets that differ in one member."""
    out = []
    for who in dict.fromkeys(one.of.who for one in counted):
        group = [one for one in counted if one.of.who == who]
        shares = [one.rate.share for one in group if one.rate.share is not None]
        known = [one.holds for one in group if one.holds is not None]
        alone = len(group) == 1 and not group[0].of.alone
        first = group[0].rate
        out.append(RateRow(
            _labelled(who, prefix), len(group), first.successes if alone else None, first.total if alone else None,
            first.share if alone else None, first.wilson if alone else None, first.exact if alone else None,
            min(shares, default=None), max(shares, default=None), sum(known) if known else None,
        ))  # fmt: skip
    return tuple(out)


def span_rows(counted: Sequence[Counted], prefix: str = "") -> tuple[SpanRow, ...]:
    """As ``rate_rows``; of sets that differ in one member the bounds of the median and the mean over them."""
    out = []
    for who in dict.fromkeys(one.of.who for one in counted):
        group = [one for one in counted if one.of.who == who and one.span is not None]
        known = [one.holds for one in group if one.holds is not None]
        holds = sum(known) if known else None
        if len(group) == 1 and group[0].span and not group[0].of.alone:
            s = group[0].span
            out.append(SpanRow(
                _labelled(who, prefix), 1, s.n, s.ends, s.n - s.ends, s.median, s.median_low, s.median_high, s.mean,
                max(0.0, s.mean - NORMAL * s.error), min(s.horizon, s.mean + NORMAL * s.error), s.horizon,
                float(s.times[-1]), holds,
            ))  # fmt: skip
        elif group:
            medians = [one.span.median for one in group if one.span and one.span.median is not None]
            means = [one.span.mean for one in group if one.span]
            whole = len(medians) == len(group)
            out.append(SpanRow(
                _labelled(who, prefix), len(group), None, None, None, None, min(medians, default=None),
                max(medians) if whole else None, None, min(means), max(means), None, None, holds,
            ))  # fmt: skip
    return tuple(out)


def _labelled(who: str, prefix: str) -> str:
    return f"{prefix}: {who}" if prefix else who


def _curves(counted: Sequence[Counted], theirs: Sequence[MemberSet], other: Class | None) -> tuple[Curve, ...]:
    mine = [one for one in counted if not one.of.alone and one.span is not None and not one.of.who.endswith(EARLIER)]
    drawn = [_curve(one.of.who, one.span, lead=i == 0) for i, one in enumerate(mine[:2]) if one.span]
    if other is not None and theirs and (there := span_of(theirs[0].members)) is not None:
        drawn = [*drawn[:1], _curve(other.name, there, lead=False)]
    return tuple(drawn)


def _curve(who: str, s: Survival, *, lead: bool) -> Curve:
    def bounds(values: Sequence[float]) -> tuple[float | None, ...]:
        return (None, *(None if np.isnan(v) else float(v) for v in values))

    return Curve(who, lead, (0.0, *map(float, s.times)), (1.0, *map(float, s.surviving)), bounds(s.low.tolist()),
                 bounds(s.high.tolist()), (s.n, *map(int, s.at_risk)))  # fmt: skip


def _notes(found: Class, given: ClassRef, members: Sequence[Entry]) -> tuple[MemberNote, ...]:
    notes = [
        MemberNote(m.name, m.where if m.where not in m.name else "", m.start, m.end, m.years, m.goes_on,
                   ("undecided" if m.outcome is None else "yes" if m.outcome else "no") if found.has_outcomes else "",
                   m.status, m.because, m.source, _is_counter(m, given), _why_out(found, given, m))
        for m in members
    ]  # fmt: skip
    return tuple(sorted(notes, key=lambda n: (not n.counter, n.start, n.name)))


def _is_counter(m: Entry, given: ClassRef) -> bool:
    if given.says in {"never", "always"}:
        return m.outcome is (given.says == "never")
    if given.who == "all" and given.says in {"under", "over"}:
        return contradicts(m, float(given.years or 0), under=given.says == "under")
    return False


def _why_out(found: Class, given: ClassRef, m: Entry) -> str:
    if given.says in HOW_LONG or (given.says is None and not found.has_outcomes):
        if m.years is None:
            return "nobody says when it ended"
        early = found.opens is not None and m.began < found.opens
        return f"began before the list opens in {found.opens}" if early else ""
    return "" if m.outcome is not None else "how it came out is not known, or not yet"


def _left_out(
    found: Class, given: ClassRef, members: Sequence[Entry], spans: Sequence[SpanRow]
) -> tuple[tuple[str, int], ...]:
    reasons = [why for m in members if (why := _why_out(found, given, m))] if spans or found.has_outcomes else []
    outside = len(found.members) - len(within(found.members, given.start, given.end))
    counts = [(why, reasons.count(why)) for why in dict.fromkeys(reasons)]
    return (*counts, *([("began outside the years that the claim names", outside)] if outside else []))
