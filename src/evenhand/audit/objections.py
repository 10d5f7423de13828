"""What readers object to and note, put beside the verdicts. Nothing here changes what was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evenhand.audit.result import AuditedClaim, Disputed, Noted
from evenhand.case import Case, Dispute, Note
from evenhand.catalog import Catalog
from evenhand.model import Finding


@dataclass(frozen=True, slots=True)
class Objections:
    """claims: with their disputes and notes; rest: notes that belong to no card."""

    claims: tuple[AuditedClaim, ...]
    rest: tuple[Noted, ...]


def with_objections(case: Case, catalog: Catalog, claims: Sequence[AuditedClaim]) -> Objections:
    """Every dispute at its claim; every note at the claims that it is about: by id, by a unit compared, by a year of theirs."""
    if not (case.disputes or case.notes):
        return Objections(tuple(claims), ())
    placed: set[int] = set()
    out = []
    for claim in claims:
        mine = [k for k, note in enumerate(case.notes) if _about(note, claim)]
        placed |= set(mine)
        out.append(replace(
            claim,
            disputes=tuple(_disputed(d, case, catalog, claim.finding) for d in case.disputes if d.claim == claim.id),
            notes=tuple(_noted(case.notes[k], catalog, {c.id for c in claims}) for k in mine),
        ))  # fmt: skip
    rest = (note for k, note in enumerate(case.notes) if k not in placed)
    return Objections(tuple(out), tuple(_noted(note, catalog, set()) for note in rest))


def _disputed(dispute: Dispute, case: Case, catalog: Catalog, finding: Finding) -> Disputed:
    """With what comes out under each option of the choice that is disputed, where the claim was tried under it."""
    kinds = {choice.id: choice.kind for choice in case.choices}
    kind = kinds.get(dispute.choice or "", dispute.choice or "")
    hinge = next((h for h in finding.hinges_on if h.choice == kind), None)
    shares = tuple((option.label, option.share) for option in hinge.options) if hinge is not None else ()
    trail = finding.comparison.trail if finding.comparison is not None else None
    tried = {choice.choice: choice.label for choice in trail.choices} if trail is not None else {}
    label = tried.get(kind, dispute.choice or "")
    return Disputed(dispute.by, dispute.reason, label, shares, _cited(dispute.source, case, catalog))


def _cited(source: str | None, case: Case, catalog: Catalog) -> str:
    if source is None:
        return ""
    own = next((one.citation for one in case.sources if one.id == source), None)
    return own if own is not None else catalog.source(source).citation


def _about(note: Note, claim: AuditedClaim) -> bool:
    if note.at == claim.id:
        return True
    finding = claim.finding
    compared = finding.comparison
    if isinstance(note.at, int):
        years = compared.judged.years if compared is not None and not compared.judged.years_in_office else None
        event = finding.event
        years = years if event is None else (event.start, event.end)
        return years is not None and years[0] <= note.at <= years[1]
    return compared is not None and any(
        mark.unit == note.at and mark.role in {"subject", "opponent", "member"} for mark in compared.strip
    )


def _noted(note: Note, catalog: Catalog, claims: set[str]) -> Noted:
    if isinstance(note.at, int):
        return Noted(str(note.at), note.text, note.by or "")
    if note.at in claims:
        return Noted("", note.text, note.by or "")
    known = catalog.vocabulary().unit(note.at)
    return Noted(catalog.unit(known).name if known else note.at, note.text, note.by or "")
