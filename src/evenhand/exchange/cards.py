"""One claim's card, or all cards of a case, as pictures and as two sentences."""

from collections.abc import Callable

import vl_convert

from evenhand.audit import Audit, AuditedClaim
from evenhand.exchange.material import Exported, Material
from evenhand.report.share_card import card_svg, two_sentences

SCALE = 2.0
LOST = ("the pictures, the tables and the choices that tip it (the page has them)",)


def to_svg(material: Material, stem: str) -> Exported:
    """Each card as SVG, 600 pixels wide."""
    return _each(material, stem, "svg", card_svg)


def to_png(material: Material, stem: str) -> Exported:
    """The same as PNG, 1,200 pixels wide, for a width of 600."""
    return _each(material, stem, "png", lambda claim, audit: vl_convert.svg_to_png(card_svg(claim, audit), scale=SCALE))


def to_text(material: Material, stem: str) -> Exported:
    """Each card in two sentences."""
    return _each(material, stem, "txt", lambda claim, audit: two_sentences(claim, audit) + "\n")


def _each(material: Material, stem: str, suffix: str, make: Callable[[AuditedClaim, Audit], str | bytes]) -> Exported:
    audit = material.found
    chosen = [claim for claim in audit.claims if material.claim in {None, claim.id}]
    return Exported({f"{stem}.{claim.id}.{suffix}": make(claim, audit) for claim in chosen}, LOST)
