"""W3C Web Annotations: every claim tied to its exact words and their place, with what was found as the body.

After the Web Annotation Data Model (W3C Recommendation, 23 February 2017): a TextQuoteSelector and a
TextPositionSelector, whose positions are code points, as those of a casefile are.
"""

import json
from typing import Any

from evenhand.audit import Audit, AuditedClaim
from evenhand.case import Case
from evenhand.exchange.material import Exported, Material

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32


def export(material: Material, stem: str) -> Exported:
    """An AnnotationCollection with one page, an annotation for each claim."""
    case, found = material.case, material.found
    page = {
        "id": f"urn:evenhand:{stem}:page:1",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": [_annotation(claim, case, found) for claim in found.claims],
    }
    collection = {
        "@context": CONTEXT,
        "id": f"urn:evenhand:{stem}",
        "type": "AnnotationCollection",
        "label": case.title,
        "total": len(found.claims),
        "first": page,
    }
    lost = ["how each comparison is opened, its choices and pictures (the JSON of `evenhand audit` has them)"]
    if case.links:
        lost.append("the links between claims (--to argdown and --to xaif have them)")
    if not case.text.url:
        lost.append("where the text is published: name it in the casefile as text: {url: ...}; they point at the file")
    return Exported(
        {f"{stem}.annotations.jsonld": json.dumps(collection, ensure_ascii=False, indent=1) + "\n"}, tuple(lost)
    )


def _annotation(claim: AuditedClaim, case: Case, found: Audit) -> dict[str, Any]:
    said = claim.finding.verdict
    text = f"{claim.reads} {_capital(said)}." if claim.reads else f"{_capital(said)}."
    return {
        "id": f"urn:evenhand:{found.provenance.case_sha256[:16]}:{claim.id}",
        "type": "Annotation",
        "motivation": "assessing" if claim.finding.status == "judged" else "describing",
        "body": [
            {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": "commenting"},
            {"type": "TextualBody", "value": claim.kind, "purpose": "tagging"},
            {"type": "TextualBody", "value": "evenhand", "purpose": "tagging"},
        ],
        "target": {
            "source": case.text.url or case.text.file,
            "selector": [quote_selector(found.text, claim.start, claim.end), position_selector(claim.start, claim.end)],
        },
    }


def quote_selector(text: str, start: int, end: int) -> dict[str, str]:
    """The exact words, with as much before and after as tells them from the same words elsewhere."""
    around = AROUND
    while around < len(text) and _often(text, start, end, around) > 1:
        around *= 2
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - around) : start],
        "suffix": text[end : end + around],
    }


def position_selector(start: int, end: int) -> dict[str, str | int]:
    """From the first code point to behind the last."""
    return {"type": "TextPositionSelector", "start": start, "end": end}


def _often(text: str, start: int, end: int, around: int) -> int:
    needle = text[max(0, start - around) : end + around]
    first = text.find(needle)
    return 1 if text.find(needle, first + 1) < 0 else 2


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
