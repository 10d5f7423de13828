"""How to cite one finding: in APA's form, as BibTeX, and by the digests that say exactly which finding it is."""

import re
from dataclasses import dataclass

from evenhand.audit.finding_id import SHORT, finding_hash
from evenhand.audit.result import Provenance
from evenhand.case import Case, Claim
from evenhand.exchange.bibliography import escaped
from evenhand.report.words import shorten

AUTHOR = "The evenhand authors"
QUOTED = 120


@dataclass(frozen=True, slots=True)
class Cited:
    """apa, bibtex: ready to paste. finding: the digest of what it was made from, which is named in all parts beside it."""

    apa: str
    bibtex: str
    finding: str
    snapshot: str
    figures: str
    text: str
    casefile: str
    own_data: tuple[tuple[str, str], ...]
    version: str


def cite(case: Case, claim: Claim, made: Provenance) -> Cited:
    """The finding on one claim, as a thing that was computed: nobody wrote its verdict. The year is that of the figures."""
    digest = finding_hash(made, claim.id)
    year = made.date[:4] or "n.d."
    quote = shorten(claim.quote, QUOTED)
    named = f"claim {claim.id}; snapshot {made.figures_sha256[:SHORT]}; finding {digest[:SHORT]}"
    title = f"Audit of the claim “{quote}” in {case.title.rstrip('.')}"
    apa = f"{AUTHOR}. ({year}). {title} ({named}) [Computed finding]. evenhand {made.version}."
    return Cited(
        apa, _bibtex(case, claim, made, title=title, year=year, digest=digest), digest, made.figures_sha256[:SHORT],
        made.figures_sha256, made.text_sha256, made.case_sha256, made.own_data, made.version,
    )  # fmt: skip


def _bibtex(case: Case, claim: Claim, made: Provenance, *, title: str, year: str, digest: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", case.document.path.stem.lower()).strip("-") or "text"
    by = f" by {case.text.author}" if case.text.author else ""
    note = f"claim {claim.id} of the text {made.text_file}{by}; figures {made.figures_sha256}; finding {digest}"
    fields = [
        ("author", f"{{{AUTHOR}}}"), ("title", f"{{{escaped(title)}}}"), *([("year", year)] if year.isdigit() else []),
        ("howpublished", escaped(f"evenhand {made.version}, computed finding")), ("note", escaped(note)),
    ]  # fmt: skip
    body = "".join(f"  {key} = {{{value}}},\n" for key, value in fields)
    return f"@misc{{evenhand-{stem}-{claim.id},\n{body}}}\n"
