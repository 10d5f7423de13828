"""What a page remembers of how it was made, so that the next audit can say what changed."""

import re
from typing import Any

from evenhand.audit.result import Audit, AuditedClaim
from evenhand.model import EventAccount

FORMAT = 1


def record(audit: Audit) -> dict[str, Any]:
    """Plain data: the versions and digests, and of every claim its result, its choices and the figures that its own way read."""
    made = audit.provenance
    return {
        "format": FORMAT, "version": made.version, "text_file": made.text_file, "text_sha256": made.text_sha256,
        "case_file": made.case_file, "case_sha256": made.case_sha256, "figures_sha256": made.figures_sha256,
        "own_data": [list(one) for one in made.own_data], "seed": made.seed, "deaths_from": _deaths_from(made.command),
        "date": made.date,
        "claims": [_claim(claim) for claim in audit.claims],
    }  # fmt: skip


def _claim(claim: AuditedClaim) -> dict[str, Any]:
    finding = claim.finding
    trail = finding.comparison.trail if finding.comparison is not None else None
    place = finding.place
    accounts = finding.event.accounts if finding.event is not None else ()
    quantity = finding.quantity.figures if finding.quantity is not None else ()
    return {
        "id": claim.id, "quote": claim.quote, "sentence": finding.sentence, "status": finding.status,
        "verdict": finding.verdict, "share": finding.share, "judged": finding.judged,
        "place": [place.at_least, place.of] if place is not None else None,
        "choices": [[c.choice, c.label, [list(o) for o in c.options]] for c in trail.choices] if trail else [],
        "series": [[s.key, s.measure, s.digest] for s in trail.series] if trail else [],
        "read": [[f.measure, f.unit, f.name, f.year, f.value, f.low, f.high, f.source] for f in trail.figures] if trail else [],
        "told": [*map(_account, accounts), *([source, figure, ""] for source, figure in quantity)],
    }  # fmt: skip


def _account(one: EventAccount) -> list[str]:
    numbers = ", ".join("not given" if n is None else f"{n:,}" for n in (one.low, one.central, one.high))
    return [f"{one.author} ({one.year or 'not dated'}), {one.counted}", numbers, one.source]


def _deaths_from(command: str) -> int | None:
    """The threshold of the events that are listed, where it was asked for; None for the usual one."""
    asked = re.search(r"--deaths-from (\d+)", command)
    return int(asked[1]) if asked else None
