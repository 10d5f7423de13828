"""schema.org ClaimReview, as JSON-LD: only of claims that a person has marked as reviewed.

A share is no rating: the review carries the verdict in words (``alternateName``) and no number.
"""

import json
from typing import Any

from evenhand.audit import AuditedClaim
from evenhand.case import Case, Claim, Reviewed
from evenhand.exchange.material import Exported, Material
from evenhand.model import BadInputError
from evenhand.model.verdict import NOT_A_CHANCE

MARK = 'go through its finding, then add `reviewed: {by: YOUR NAME, date: "2026-11-25"}` to the claim'


def export(material: Material, stem: str) -> Exported:
    """A graph of ClaimReviews. Raises BadInputError where no claim is marked as reviewed by a person."""
    case = material.case
    reviewed = [claim for claim in case.claims if claim.reviewed is not None]
    if not reviewed:
        raise BadInputError("no claim of this casefile is marked as reviewed", hint=MARK, where=str(case.path))
    found = {claim.id: claim for claim in material.found.claims}
    graph = [_review(claim, claim.reviewed, found[claim.id], case) for claim in reviewed if claim.reviewed]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1) + "\n"
    return Exported({f"{stem}.claimreview.jsonld": text}, tuple(_left_out(case, len(reviewed))))


def _left_out(case: Case, reviewed: int) -> list[str]:
    lost = ["a numeric rating: a share of ways of comparing is not one"]
    if reviewed < len(case.claims):
        lost.append(f"{len(case.claims) - reviewed} of {len(case.claims)} claims, which nobody has marked as reviewed")
    without = [claim.id for claim in case.claims if claim.reviewed and not claim.reviewed.url]
    if without:
        lost.append(
            f"the address of the review of {', '.join(without)}: search engines ask for it (reviewed: {{url: ...}})"
        )
    return lost


def _review(claim: Claim, reviewed: Reviewed, audited: AuditedClaim, case: Case) -> dict[str, Any]:
    verdict = reviewed.says or audited.finding.verdict
    body = " ".join(filter(None, [audited.finding.sentence, f"“{claim.quote}”: {audited.finding.verdict}."]))
    shared = audited.finding.share is not None
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": f"#{claim.id}",
        "claimReviewed": claim.reads or claim.quote,
        "datePublished": reviewed.date,
        "author": {"@type": "Person", "name": reviewed.by},
        "reviewBody": f"{body} {NOT_A_CHANCE}" if shared else body,
        "reviewRating": {"@type": "Rating", "alternateName": verdict},
        "itemReviewed": _item(claim, case),
    }
    return review | ({"url": reviewed.url} if reviewed.url else {})


def _item(claim: Claim, case: Case) -> dict[str, Any]:
    text: dict[str, Any] = {"@type": "CreativeWork", "headline": case.title}
    text |= {"url": case.text.url} if case.text.url else {}
    text |= {"inLanguage": case.text.language} if case.text.language else {}
    author = {"@type": "Person", "name": case.text.author} if case.text.author else None
    text |= {"author": author} if author else {}
    item: dict[str, Any] = {"@type": "Claim", "text": claim.quote, "appearance": text}
    own = author if claim.voice == "author" else None
    return item | ({"author": own} if own else {})
