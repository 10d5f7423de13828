"""What the findings add up to, in a few plain sentences; counts by kind and by side."""

from collections import Counter
from collections.abc import Sequence

from evenhand.audit.result import AuditedClaim, Coverage, SideCount
from evenhand.audit.wording import listed
from evenhand.case import Case
from evenhand.catalog import Catalog
from evenhand.model import BANDS
from evenhand.model.verdict import percent
from evenhand.model.words import plural

MOST_NAMED = 3
GOOD = {"every", "nearly-every", "most"}
POOR = {"otherwise-in-most", "otherwise-in-nearly-every", "otherwise-in-every"}


def coverage(claims: Sequence[AuditedClaim]) -> Coverage:
    """How much of what the casefile lists could be judged, and why not the rest?"""
    status = Counter(c.finding.status for c in claims)
    kinds: dict[str, list[int]] = {}
    for claim in claims:
        counts = kinds.setdefault(claim.kind, [0, 0])
        counts[0] += 1
        counts[1] += claim.finding.status == "judged"
    reasons = Counter(c.finding.reason.detail for c in claims if c.finding.reason and c.finding.status != "judged")
    return Coverage(
        len(claims), status["judged"], status["refused"], status["not-judged-yet"],
        tuple((kind, n, judged) for kind, (n, judged) in sorted(kinds.items())),
        tuple(sorted(reasons.items(), key=lambda p: (-p[1], p[0]))),
    )  # fmt: skip


def side_counts(case: Case, claims: Sequence[AuditedClaim], catalog: Catalog) -> tuple[SideCount, ...]:
    """For each side: what was judged, what was refused and why."""
    out = []
    for side in case.sides:
        mine = [c for c in claims if c.side == side.id]
        refused = Counter(c.finding.reason.detail for c in mine if c.finding.status == "refused" and c.finding.reason)
        names = [catalog.unit(u).name for u in side.units] + [catalog.group(g).name for g in side.groups]
        out.append(SideCount(
            side.id, side.name or side.id, tuple(names), len(mine), sum(c.finding.status == "judged" for c in mine),
            tuple(sorted(refused.items())), sum(c.finding.status == "not-judged-yet" for c in mine),
        ))  # fmt: skip
    return tuple(out)


def summary(
    claims: Sequence[AuditedClaim], counted: Coverage, sides: Sequence[SideCount]
) -> tuple[tuple[str, ...], bool]:
    """The answer in a few plain sentences, and whether it is withheld because under half could be judged."""
    if 2 * counted.judged < counted.claims:
        first = (
            f"Only {counted.judged} of {plural(counted.claims, 'claim')} could be judged, so this page gives no answer on "
            "the text as a whole; each card says what was found."
        )
        return (first, *_lopsided(sides)), True
    compared = [c for c in claims if c.finding.band is not None]
    sentences = [_bands(compared)] if compared else []
    sentences += _extremes(compared) + _hardly_tried(claims) + _quantities(claims) + _events(claims) + _lopsided(sides)
    return tuple(s for s in sentences if s), False


def denied(claims: Sequence[AuditedClaim]) -> tuple[str, ...]:
    """Catalogued events that the text denies, named on the first screen."""
    out = []
    for claim in claims:
        event = claim.finding.event
        if event is not None and event.denied:
            authors = listed(list(dict.fromkeys(f"{a.author} ({a.year})" for a in event.accounts)), most=3)
            out.append(f"The text denies an event that our catalogue holds: {event.name}, attested by {authors}.")
    return tuple(out)


def _bands(compared: Sequence[AuditedClaim]) -> str:
    bands = Counter(c.finding.band for c in compared)
    good = sum(n for b, n in bands.items() if b in GOOD)
    poor = sum(n for b, n in bands.items() if b in POOR)
    middle = len(compared) - good - poor
    return (
        f"Of {plural(len(compared), 'comparison')} that could be made, {good} came out as the text says in most or all of the "
        f"ways of comparing that we tried, {poor} came out otherwise in most or all of them, and {middle} "
        f"{'depends' if middle == 1 else 'depend'} on the way of comparing."
    )


def _hardly_tried(claims: Sequence[AuditedClaim]) -> list[str]:
    """Comparisons for which there were too few ways to say how steady they are."""
    few = sum(c.finding.share is not None and c.finding.band is None for c in claims)
    return (
        [f"For {plural(few, 'more comparison')} there were too few ways of comparing to say how steady it is."]
        if few
        else []
    )


def _extremes(compared: Sequence[AuditedClaim]) -> list[str]:
    order = [name for name, _ in BANDS]

    def key(claim: AuditedClaim) -> tuple[int, str]:
        return (order.index(claim.finding.band or "depends"), claim.id)

    best = [c for c in sorted(compared, key=key) if c.finding.band in GOOD][:MOST_NAMED]
    worst = [c for c in sorted(compared, key=key, reverse=True) if c.finding.band in POOR][:MOST_NAMED]
    out = []
    for name, chosen in (("Most steady", best), ("Least steady", worst)):
        if chosen:
            out.append(f"{name}: {'; '.join(_one(c) for c in chosen)}.")
    return out


def _one(claim: AuditedClaim) -> str:
    f = claim.finding
    others = "others" if f.place is None or f.place.among == "units" else f.place.among
    place = (
        f", where {f.place.at_least:,} of {f.place.of - 1:,} {others} fit the claim at least as well" if f.place else ""
    )
    return f"“{claim.quote}” ({percent(f.share or 0.0)}{place})"


def _quantities(claims: Sequence[AuditedClaim]) -> list[str]:
    checked = [c for c in claims if c.finding.quantity and c.finding.quantity.agrees is not None]
    if not checked:
        return []
    right = sum(bool(c.finding.quantity and c.finding.quantity.agrees) for c in checked)
    return [f"Of {plural(len(checked), 'figure')} or sums that could be checked, {right} came out as stated."]


def _events(claims: Sequence[AuditedClaim]) -> list[str]:
    named = list(dict.fromkeys(c.finding.event.name for c in claims if c.finding.event))
    return [f"It speaks of {listed(named)}; the cards say who attests what of each."] if named else []


def _lopsided(sides: Sequence[SideCount]) -> list[str]:
    """A lopsided count of what could be judged is said, whichever side it falls on."""
    shares = [(s, s.judged / s.claims) for s in sides if s.claims >= 2]
    if len(shares) < 2:
        return []
    most, least = max(shares, key=lambda p: p[1]), min(shares, key=lambda p: p[1])
    if most[1] - least[1] < 0.25:
        return []
    sentence = (
        f"More could be judged for one side than for the other: {most[0].judged} of {most[0].claims} for {most[0].name}, "
        f"{least[0].judged} of {least[0].claims} for {least[0].name}."
    )
    return [sentence]
