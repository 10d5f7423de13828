"""How far apart are two findings of one passage? The rule that ``evenhand diff`` measures by, and docs/diff.md tells."""

from evenhand.model import Finding


def outcome_share(finding: Finding) -> float | None:
    """In which share of the ways of comparing, or of the sets of members, does it come out as the text says?"""
    if finding.status != "judged":
        return None
    if finding.share is not None:
        return finding.share
    counted = finding.base_rate
    return counted.sets_hold / counted.sets if counted and counted.sets_hold is not None and counted.sets else None


def gap(first: Finding, second: Finding) -> float:
    """0 where both say the same, 1 where one says what the other denies, or only one of the two can be judged.

    Between two shares it is their difference. Findings without a share (sums, events, ties) are as near as their answers: 0
    or 1. Two claims that neither could judge are 0 apart if they were read as the same kind, else 1. It is the same both ways.
    """
    shares = outcome_share(first), outcome_share(second)
    if shares[0] is not None and shares[1] is not None:
        return abs(shares[0] - shares[1])
    if first.status != second.status and "judged" in {first.status, second.status}:
        return 1.0
    if first.status != "judged":
        return 0.0 if first.kind == second.kind else 1.0
    return 0.0 if _answer(first) == _answer(second) else 1.0


def _answer(finding: Finding) -> tuple[str, ...]:
    event = (finding.event.event, finding.event.says, str(finding.event.denied)) if finding.event else ()
    return (finding.kind, finding.verdict, *event, *((finding.tie.source, finding.tie.asked) if finding.tie else ()))
