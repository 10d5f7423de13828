"""Comparisons: the literal reading first, then the claim under every way of comparing, for everybody alike."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from evenhand.audit import borders, evidence, leaders, refusal, tolls
from evenhand.audit.evidence import Tried
from evenhand.audit.literal import literal
from evenhand.audit.opening import LITERAL, Opened, open_comparison
from evenhand.audit.recount import Recount, recount
from evenhand.audit.result import SameStandard
from evenhand.audit.trail import trail
from evenhand.audit.wording import (
    ALL_OTHERS,
    REASON_WORDS,
    Reading,
    comparison_sentence,
    listed,
    named,
    place_of,
)
from evenhand.case import Case, Claim
from evenhand.catalog import Catalog
from evenhand.compare import Multiverse, detail, multiverse, place, verdict
from evenhand.model import BadInputError, Finding, Hinge, Literal, Outcome, Place, Reason, ReasonCode
from evenhand.model.verdict import ENOUGH_CHOICES, ENOUGH_COMBINATIONS, percent

if TYPE_CHECKING:
    from evenhand.argue import Ways

Progress = Callable[[int, int], None]


def check_comparison(
    claim: Claim,
    case: Case,
    catalog: Catalog,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    ways: "dict[str, Ways] | None" = None,
    recounts: dict[str, Recount] | None = None,
) -> tuple[Finding, SameStandard | None]:
    """The finding of a comparison, and the same rule asked of the others; a refusal has its reason and no share."""
    if claim.open is None:
        detail_ = "the casefile leaves it open: " + (
            " ".join(claim.questions) or "worse or better than whom, and by what?"
        )
        finding = Finding(
            claim.id, claim.kind, "not-judged-yet", "not judged yet", sentence=claim.reads or "", side=claim.side,
            our_reading=claim.veiled, questions=claim.questions, sources=claim.cites, reason=Reason("left_open", detail_),
        )  # fmt: skip
        return finding, None
    if leaders.is_leader(claim.open, catalog):
        opened = leaders.open_leaders(claim.open, catalog, seed=seed)
        return judge(opened, claim, case, progress=progress, ways=ways, recounts=recounts)
    choices = [case.choice(c) for c in claim.open.choices]
    opened = open_comparison(claim.open, catalog, case_choices=choices, seed=seed)
    return judge(opened, claim, case, progress=progress, ways=ways, recounts=recounts)


def judge(
    opened: Opened, claim: Claim, case: Case | None, *, progress: Progress | None = None,
    ways: "dict[str, Ways] | None" = None, recounts: dict[str, Recount] | None = None,
) -> tuple[Finding, SameStandard | None]:  # fmt: skip
    """Runs an open comparison and tells what came of it.

    ways: where to put how it came out under every combination; recounts: where to put what counts them again on the page.
    """
    refused = refusal.of_tolls(opened) or (leaders.unseen(opened) if opened.leaders else refusal.needs_to_see(opened))
    if refused is not None:
        return _refused(opened, claim, refused), None
    lead = detail(opened.plan, opened.panels, opened.form, {})
    if lead.reason_codes[lead.column(opened.column)] == ReasonCode.BLIND_SPOT:
        return _refused(opened, claim, refusal.why(opened)), None
    whole = multiverse(opened.plan, opened.panels, opened.form, progress)
    kept: dict[str, list[str]] = {known.kind: known.kept for known in opened.lists if known.excluded}
    head = whole.restricted(kept) if kept else whole
    found = verdict(head, opened.column)
    if not found.judged:
        return _refused(opened, claim, refusal.why(opened), _share(whole, opened.column, {})), None
    if ways is not None:
        from evenhand.audit.argument import ways_of  # noqa: PLC0415 - a single question has no argument to load

        ways[claim.id] = ways_of(head, opened.column)
    tried = Tried(opened, whole, head, found, lead)
    if recounts is not None and (again := recount(tried, claim.id)) is not None:
        recounts[claim.id] = again
    return _finding(tried, claim), _same_standard(tried, claim, case)


def reading_of(opened: Opened) -> Reading:
    """The comparison in the words of its parts."""
    subject = f"in {group_words(opened, opened.column)}" if opened.is_group else _unit_place(opened, opened.column)
    return Reading(
        subject, opened.measure.name, opened.form, opened.window.start, opened.window.end, against_words(opened),
        pairwise=opened.opponent is not None, level=opened.level, unit=opened.measure.unit,
        event=opened.window.event if opened.window.start < opened.window.event else None,
    )  # fmt: skip


def sentence_of(opened: Opened) -> str:
    """The open comparison as one full sentence."""
    return leaders.sentence(opened) if opened.leaders else comparison_sentence(reading_of(opened))


def _literal(opened: Opened) -> Literal | None:
    if opened.leaders and opened.measure.tolls:
        return None  # it would count under how many leaders more were killed
    return leaders.told(opened) if opened.leaders else literal(opened, opened.catalog)


def _events(opened: Opened) -> tuple[tuple[str, str], ...]:
    return leaders.events(opened) if opened.leaders else evidence.events_between(opened)


def against_words(opened: Opened) -> str:
    """Whom the subject is set against, in words."""
    against, catalog = opened.comparison.against, opened.catalog
    if opened.opponent is not None:
        return _unit_place(opened, opened.opponent)
    if against is None or opened.form.name in LITERAL:
        return ""
    if against.group is not None:
        return group_words(opened, against.group)
    peers = against.peers
    if peers is None or peers.rule == "all":
        return ALL_OTHERS
    if peers.rule == "region":
        return "the others of its region"
    if peers.rule == "nearest":
        return "those nearest to it at the start"
    if peers.rule == "group" and peers.group is not None:
        return group_words(opened, peers.group)
    return listed([named(catalog.unit(u).name) for u in peers.units])


def group_words(opened: Opened, group: str) -> str:
    """A group in a sentence: by its name, or "A and B" where the text names its members together."""
    found = opened.catalog.group(group)
    if opened.comparison.subject.units and group == opened.column:
        return found.name
    return f"the group “{found.name}”"


def _unit_place(opened: Opened, unit: str) -> str:
    found = opened.catalog.unit(unit)
    return place_of(found.name, found.kind)


def _refused(opened: Opened, claim: Claim, reason: Reason, without: Fraction | None = None) -> Finding:
    """without: the share with nothing left out, where only what the casefile leaves out made it impossible to judge."""
    return Finding(
        claim.id, claim.kind, "refused", "cannot be judged",
        sentence=tolls.sentence(opened) if opened.measure.tolls else sentence_of(opened),
        our_reading=claim.veiled, side=claim.side, literal=_literal(opened), reason=reason,
        tolls=tolls.side_by_side(opened) if opened.measure.tolls else None,
        events_between=_events(opened), questions=claim.questions,
        caveats=(*_caveats(opened, None), *_left_out(opened, without)),
        sources=tuple(dict.fromkeys([*claim.cites, *evidence.sources_used(opened)])),
    )  # fmt: skip


def _place(tried: Tried) -> Place | None:
    found = tried.verdict.place
    return replace(found, among="random groups of the same size") if found and tried.opened.is_group else found


def _left_out(opened: Opened, without: Fraction | None) -> tuple[str, ...]:
    """What the casefile added or left out of a comparison that could not be judged, and what came out with nothing left out."""
    if without is None:
        return opened.printed
    return (*opened.printed, f"with nothing left out it came out as stated in {percent(float(without))} of the ways")


def _finding(tried: Tried, claim: Claim) -> Finding:
    opened, found = tried.opened, tried.verdict
    assert found.share is not None
    standing = _share(tried.whole, opened.column, {k.kind: k.standing for k in opened.lists})
    tried_enough = found.distinct >= ENOUGH_COMBINATIONS and found.open_choices >= ENOUGH_CHOICES
    return Finding(
        claim.id, claim.kind, "judged", found.words or "", band=found.band if tried_enough else None,
        sentence=sentence_of(opened), our_reading=claim.veiled, side=claim.side,
        share=float(found.share), share_unweighted=_float(found.share_unweighted), share_min=float(found.share_min),
        share_max=float(found.share_max), combinations=found.combinations, distinct=found.distinct, judged=found.judged,
        not_judged=dict(sorted(found.not_judged.items())), standing_share=_float(standing), case_share=float(found.share),
        typical_share=_float(found.typical_share), place=_place(tried), lowest_share=found.lowest, highest_share=found.highest,
        units_in_band=_float(found.units_in_band) if tried_enough else None,
        hinges_on=_hinges(tried), interaction=found.interaction, literal=_literal(opened),
        events_between=_events(opened), caveats=_caveats(opened, tried),
        comparison=replace(evidence.comparison(tried), trail=trail(tried)), questions=claim.questions,
        sources=tuple(dict.fromkeys([*claim.cites, *evidence.sources_used(opened)])),
    )  # fmt: skip


def _share(whole: Multiverse, column: str, only: Mapping[str, list[str]]) -> Fraction | None:
    """The share under some of the options; None where nothing could be judged under them."""
    try:
        return whole.restricted({kind: ids for kind, ids in only.items() if ids}).share(column)
    except BadInputError:
        return None


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)


def _hinges(tried: Tried) -> tuple[Hinge, ...]:
    """The choices that tip it, by what a reader calls them."""
    labels: dict[str, str] = {known.kind: known.label for known in tried.opened.lists}
    return tuple(replace(h, label=labels.get(h.choice, h.label)) for h in tried.verdict.hinges)


def _caveats(opened: Opened, tried: Tried | None) -> tuple[str, ...]:
    out = [opened.measure.caveats] if opened.measure.caveats else []
    tried_too = next(known for known in opened.lists if known.kind == "measure").options[1:]
    others = (opened.catalog.measure(option.id) for option in tried_too)
    out += [f"{other.name}, tried too: {other.caveats}" for other in others if other.caveats]
    out += leaders.caveats(opened) if opened.leaders else borders.told(opened)
    if opened.measure.better == "neither":
        out.append(f"Neither more nor less of {opened.measure.name} is called better here.")
    why = evidence.why_not(tried.detail, tried.detail.column(opened.column)) if tried is not None else ""
    if why:
        out.append(
            f"In the claim's own years, by its own measure and rule, it could not be judged: {why}; the share is of other ways."
        )
    if tried is not None and tried.verdict.not_judged:
        total = tried.verdict.combinations - tried.verdict.judged
        reasons = [
            f"{n:,} since {REASON_WORDS.get(code, code)}"
            for code, n in sorted(tried.verdict.not_judged.items(), key=lambda p: (-p[1], p[0]))
        ]
        out.append(f"{total:,} of {tried.verdict.combinations:,} ways could not be judged: {listed(reasons)}.")
    return tuple(out)


def _same_standard(tried: Tried, claim: Claim, case: Case | None) -> SameStandard:
    """The same rule asked of every unit that the case names: its share and its place."""
    opened, catalog = tried.opened, tried.opened.catalog
    rows = []
    for unit, role in _asked(opened, case):
        if unit not in tried.head.units:
            continue
        judged = bool((tried.head.of(unit) != Outcome.NOT_JUDGED).any())
        at = place(tried.head, unit) if judged else None
        share = float(tried.head.share(unit)) if judged else None
        name = catalog.group(unit).name if unit == opened.column and opened.is_group else catalog.unit(unit).name
        rows.append((name, role, share, at.rank if at else None, at.of if at else None))
    return SameStandard(claim.id, sentence_of(opened), tuple(rows))


def _asked(opened: Opened, case: Case | None) -> list[tuple[str, str]]:
    out = {opened.column: "subject"}
    if opened.opponent:
        out.setdefault(opened.opponent, "opponent")
    for side in case.sides if case is not None and not opened.is_group else ():
        for unit in side.units:
            out.setdefault(unit, side.name)
    return list(out.items())
