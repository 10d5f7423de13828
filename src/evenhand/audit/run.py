"""An audit: every claim to its check, the findings gathered, and what they add up to."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from evenhand.argue import Ways, counted as counted_budget
from evenhand.audit.argument import argument_of, with_standing
from evenhand.audit.base_rate import check_base_rate
from evenhand.audit.comparison import check_comparison
from evenhand.audit.consensus import check_consensus
from evenhand.audit.event import check_event
from evenhand.audit.matrix import matrix
from evenhand.audit.objections import with_objections
from evenhand.audit.omission import DEATHS_FROM, omission, summary_of
from evenhand.audit.provenance import provenance, source_notes
from evenhand.audit.quantity import check_quantity
from evenhand.audit.recount import Recount
from evenhand.audit.result import Audit, AuditedClaim, Reading, SameStandard
from evenhand.audit.summary import coverage, denied, side_counts, summary
from evenhand.audit.tie import check_tie
from evenhand.audit.who_says import who_says
from evenhand.audit.wording import capital
from evenhand.case import Case, Claim
from evenhand.catalog import Catalog
from evenhand.model import BadInputError, Finding, Problem, Reason
from evenhand.text import codes, draft

Progress = Callable[[str, int, int], None]
# of a usual machine's work, counted, so that a page is the same everywhere;
# no argument of an essay comes near; a tangle of thousands of attacks says how far it came
ARGUMENT_SECONDS = 60.0
NO_FIGURES_FOR = (
    "labour camps and prisons over time", "censorship", "bans on leaving the country", "security of employment",
    "property taken or given", "sovereignty",
)  # fmt: skip


def audit(
    case: Case, catalog: Catalog, *, seed: int = 0, progress: Progress | None = None, extra_data: Sequence[Path] = (),
    deaths_from: int = DEATHS_FROM,
) -> Audit:  # fmt: skip
    """Audits a case. progress: called with (what, done, total). extra_data: the user's CSVs, for their hashes.
    deaths_from: from how many deaths on events that the text does not mention are listed.

    Raises BadInputError where a claim's comparison cannot be stated at all, with the claim's place in the casefile.
    """
    recounts: dict[str, Recount] = {}
    findings, ways, same = judged(case, catalog, seed=seed, progress=progress, recounts=recounts)
    argument = argument_of(case, findings, ways, budget=counted_budget(ARGUMENT_SECONDS))
    if argument is not None:
        findings = {c.id: with_standing(c, findings[c.id], argument) for c in case.claims}
    objected = with_objections(case, catalog, [_audited(claim, findings[claim.id]) for claim in case.claims])
    claims = objected.claims
    counted, sides = coverage(claims), side_counts(case, claims, catalog)
    sentences, withheld = summary(claims, counted, sides)
    omitted = omission(case, catalog, never=NO_FIGURES_FOR, seed=seed, deaths_from=deaths_from)
    years = (case.window.start, case.window.end) if case.window else None
    return Audit(
        title=case.title, author=case.text.author or "", text=case.document.text, made_up=_made_up(case),
        summary=(*sentences, *summary_of(omitted)),
        withheld=withheld, denied=denied(claims), claims=claims, coverage=counted, sides=sides,
        matrix=matrix(case, catalog, years), same_standard=tuple(same), sources=source_notes(claims, case, catalog),
        without_figures=NO_FIGURES_FOR, unchecked=tuple(f"{p.message}" for p in case.unchecked),
        figures_note=_figures_note(case, catalog), reading=_reading(case),
        provenance=provenance(case, catalog, seed=seed, extra_data=extra_data, deaths_from=deaths_from),
        who_says=who_says(case, catalog, claims),
        argument=argument, omission=omitted, recounts=recounts, notes=objected.rest,
    )  # fmt: skip


def judged(
    case: Case, catalog: Catalog, *, seed: int = 0, progress: Progress | None = None,
    recounts: dict[str, Recount] | None = None,
) -> tuple[dict[str, Finding], dict[str, Ways], list[SameStandard]]:  # fmt: skip
    """The finding of each claim by itself, how comparisons came out in each way, and their rules asked of others.

    recounts: where to put what counts a comparison again on the page.
    """
    findings: dict[str, Finding] = {}
    ways: dict[str, Ways] = {}
    same: list[SameStandard] = []
    for i, claim in enumerate(case.claims):
        if progress is not None:
            progress("claims", i, len(case.claims))
        findings[claim.id], rows = _checked(claim, case, catalog, seed, ways, recounts)
        same += [rows] if rows is not None else []
    if progress is not None:
        progress("claims", len(case.claims), len(case.claims))
    return findings, ways, same


def _checked(
    claim: Claim,
    case: Case,
    catalog: Catalog,
    seed: int,
    ways: dict[str, Ways],
    recounts: dict[str, Recount] | None = None,
) -> tuple[Finding, SameStandard | None]:
    try:
        if claim.kind == "comparison" or claim.open is not None:
            finding, rows = check_comparison(claim, case, catalog, seed=seed, ways=ways, recounts=recounts)
            return _with_sums(finding, claim, catalog), rows
        if claim.kind == "quantity" or claim.arithmetic or claim.figure:
            return check_quantity(claim, catalog), None
        if claim.kind == "event" or claim.event:
            return check_event(claim, catalog), None
        if claim.kind == "tie" or claim.tie:
            return check_tie(claim, case, catalog), None
        if claim.kind == "consensus" or claim.consensus:
            return check_consensus(claim, case, catalog, seed=seed), None
        if claim.kind == "base-rate" or claim.klass:
            return check_base_rate(claim, case, catalog), None
    except BadInputError as error:
        where = f"{case.path}:{claim.line}"
        raise BadInputError.of(
            [Problem(where, f"claim {claim.id}: {p.message}", p.hint) for p in error.problems]
        ) from error
    return _not_yet(claim), None


def _with_sums(finding: Finding, claim: Claim, catalog: Catalog) -> Finding:
    """A comparison that states a sum or a figure as well: how that came out is said beside it."""
    if not (claim.arithmetic or claim.figure):
        return finding
    checked = check_quantity(claim, catalog)
    sums = checked.quantity.sums if checked.quantity else ()
    told = [f"{s.shown}; the text says “{s.stated}”" for s in sums]
    told += [f"the text says {claim.figure.stated} for {claim.figure.year}"] if claim.figure else []
    said = f"What it states in numbers {checked.verdict}: {'; '.join(told)}."
    return replace(
        finding, caveats=(*finding.caveats, said), sources=tuple(dict.fromkeys([*finding.sources, *checked.sources]))
    )


def _not_yet(claim: Claim) -> Finding:
    """Kinds that no check exists for yet are shown, and counted as not judged."""
    reason = Reason("not_judged_yet", f"claims of the kind “{claim.kind}” are shown, and not judged yet")
    return Finding(
        claim.id, claim.kind, "not-judged-yet", "not judged yet", sentence=claim.reads or "", side=claim.side,
        questions=claim.questions, sources=claim.cites, reason=reason,
    )  # fmt: skip


def _audited(claim: Claim, finding: Finding) -> AuditedClaim:
    return AuditedClaim(
        claim.id, claim.kind, claim.quote, claim.span.start, claim.span.end, claim.reads or "", claim.side, claim.voice,
        claim.stance, claim.veiled, claim.move, _marked_by(claim), finding,
    )  # fmt: skip


def _marked_by(claim: Claim) -> str:
    """Who marked a claim: person, rule or model, its name, and of a model the day; empty where nobody says."""
    by = claim.by
    if by is None:
        return ""
    return f"{by.who} {', '.join(filter(None, [by.name, by.when]))}".strip()


def _reading(case: Case) -> Reading | None:
    """What rules over words see in the text, and how much of it the casefile opens."""
    code = case.text.language.split("-")[0] if case.text.language else None
    if code is not None and code not in codes():
        return None
    try:
        seen = draft(case.document, code=code).ledger
    except BadInputError:
        return None
    comparisons = [claim for claim in case.claims if claim.kind == "comparison"]
    asked = Counter(q.split("?")[0] for c in comparisons if c.open is None for q in c.questions)
    return Reading(
        seen.sentences, seen.quantities, seen.comparisons, sum(c.open is not None for c in comparisons),
        tuple(sorted(asked.items())), sum(c.by is not None and c.by.who != "person" for c in case.claims),
    )  # fmt: skip


def _made_up(case: Case) -> str:
    """A case whose figures are invented says so in its title; the page repeats it on top."""
    return "The figures of this example are made up." if "made up" in case.title.casefold() else ""


def _figures_note(case: Case, catalog: Catalog) -> str:
    """Which figures were read: the case's own, those that the user brought or keeps, then the built-in ones."""
    own = [d.path.name for d in case.data]
    brought = list(dict.fromkeys(data.file for data in catalog.own if data.file not in own))
    table = (
        "evenhand's built-in table: figures every five years from 1900 and in the years around catalogued events, not whole "
        "series"
    )
    parts = [f"figures of the case's own ({', '.join(own)})"] if own else []
    parts += [f"figures that the user brought ({', '.join(brought)})"] if brought else []
    return capital(f"{' and '.join(parts)}, then {table}." if parts else f"figures from {table}.")
