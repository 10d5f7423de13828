"""Two people audited one text: where do they part, and which single concession would bring them closest?"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.audit.differ.bench import Bench, Data, conceded, conceded_entry, conceded_whole, named_by
from evenhand.audit.differ.distance import gap, outcome_share
from evenhand.audit.differ.matching import matched
from evenhand.audit.differ.parting import WHOLE, Point, general, parting, points_apart
from evenhand.audit.differ.result import By, CaseDiff, Concession, Matched, OneSide, Parting
from evenhand.audit.run import Progress, judged
from evenhand.case import Case, Claim, RawCase
from evenhand.catalog import Catalog
from evenhand.model import BadInputError, Finding

NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Opened:
    """A casefile that was checked whole, and the catalogue with its own figures."""

    name: str
    raw: RawCase
    case: Case
    catalog: Catalog


@dataclass(frozen=True, slots=True)
class Change:
    """One concession to try. made: the data of the one who gives way, changed. pairs: the matched claims that it may move."""

    parting: Parting
    claim: str
    quote: str
    by: By
    made: Callable[[], Data]
    pairs: tuple[int, ...]


def diff_same_text(
    first: Opened, second: Opened, catalog: Catalog, *, seed: int = 0, progress: Progress | None = None
) -> CaseDiff:
    """Audits both, sets the passages that both marked side by side, and tries every single concession of either.

    catalog: without the figures of either. The same with the two turned round, but for who is called first.
    """
    pairs = matched(first.case, second.case)
    mine, theirs = (judged(one.case, one.catalog, seed=seed)[0] for one in (first, second))
    gaps = [gap(mine[a.id], theirs[b.id]) for a, b in pairs]
    common = [found for found, _ in general(first.case, second.case)]
    with tempfile.TemporaryDirectory(prefix="evenhand-diff-") as folder:
        bench = Bench(Path(folder), (first.raw, first.case), (second.raw, second.case), catalog, seed)
        changes = list(_changes(first, second, bench, pairs))
        tried, untried = _tried(changes, bench, pairs, (mine, theirs), gaps, progress)
    left = _either(tried)
    best = (
        [one for one in left if one.after <= left[0].after + NEAR] if left and left[0].after < sum(gaps) - NEAR else []
    )
    return CaseDiff(
        first.name, second.name, first.case.title, sum(gaps),
        tuple(_side_by_side(first, second, pair, (mine, theirs), g) for pair, g in zip(pairs, gaps, strict=True)),
        _alone(first, mine, {a.id for a, _ in pairs}), _alone(second, theirs, {b.id for _, b in pairs}),
        tuple(common), tuple(left), tuple(best), tuple(untried),
    )  # fmt: skip


def _side_by_side(
    first: Opened,
    second: Opened,
    pair: tuple[Claim, Claim],
    found: tuple[dict[str, Finding], dict[str, Finding]],
    apart: float,
) -> Matched:
    a, b = pair
    points = [parting(p, (a, first.catalog), (b, second.catalog)) for p in points_apart(a, b)]
    if a.reads != b.reads and a.reads and b.reads:
        points.insert(0, Parting("reading", "reads", "in a sentence", a.reads, b.reads))
    return Matched(_one(a, found[0][a.id]), _one(b, found[1][b.id]), apart, tuple(points))


def _one(claim: Claim, finding: Finding) -> OneSide:
    return OneSide(
        claim.id, claim.kind, claim.quote, claim.reads or "", finding.status, finding.verdict, outcome_share(finding)
    )


def _alone(opened: Opened, found: dict[str, Finding], taken: set[str]) -> tuple[OneSide, ...]:
    return tuple(_one(c, found[c.id]) for c in opened.case.claims if c.id not in taken)


def _changes(first: Opened, second: Opened, bench: Bench, pairs: Sequence[tuple[Claim, Claim]]) -> Iterator[Change]:
    """Every single change of the one's towards the other's, both ways."""
    for i, (a, b) in enumerate(pairs):
        for point in points_apart(a, b):
            told = parting(point, (a, first.catalog), (b, second.catalog))
            yield Change(told, a.id, a.quote, "first", _made(bench.first, bench.second, (a, b), point), (i,))
            yield Change(told, a.id, a.quote, "second", _made(bench.second, bench.first, (b, a), point), (i,))
    for told, (key, id_) in general(first.case, second.case):
        everything = tuple(i for i, pair in enumerate(pairs) if _names(bench, pair, id_))
        yield Change(told, "", "", "first", _entry(bench.first, bench.second, key, id_), everything)
        yield Change(told, "", "", "second", _entry(bench.second, bench.first, key, id_), everything)


def _made(data: Data, other: Data, claims: tuple[Claim, Claim], point: Point) -> Callable[[], Data]:
    ids, window = (claims[0].id, claims[1].id), _years(claims[1])
    if point is WHOLE:
        return lambda: conceded_whole(data, other, ids, window)
    return lambda: conceded(data, other, ids, point.keys, window)


def _names(bench: Bench, pair: tuple[Claim, Claim], id_: str) -> bool:
    """Does either reading of a passage name a declared entry, itself or by one of its choices? All do where id_ is empty."""
    if not id_:
        return True
    both = ((bench.first, pair[0].id), (bench.second, pair[1].id))
    return any(id_ in named_by(data, claim) for data, claim in both)


def _entry(data: Data, other: Data, key: str, id_: str) -> Callable[[], Data]:
    return lambda: conceded_entry(data, other, key, id_)


def _years(claim: Claim) -> Data | None:
    window = claim.open.window if claim.open else None
    if window is None:
        return None
    years: dict[str, Any] = {"start": window.start, "end": window.end}
    return years | ({"event": window.event} if window.event is not None else {})


def _tried(
    changes: Sequence[Change], bench: Bench, pairs: Sequence[tuple[Claim, Claim]],
    found: tuple[dict[str, Finding], dict[str, Finding]], gaps: Sequence[float], progress: Progress | None,
) -> tuple[list[Concession], list[tuple[str, str]]]:  # fmt: skip
    out, untried = [], []
    for i, change in enumerate(changes):
        if progress is not None:
            progress("concessions", i, len(changes))
        gives_way = 0 if change.by == "first" else 1
        try:
            anew = bench.findings(change.made(), [pairs[k][gives_way].id for k in change.pairs])
        except BadInputError as error:
            untried.append(
                (f"{change.parting.label}{f' in {change.claim}' if change.claim else ''}", error.problems[0].message)
            )
            continue
        after = list(gaps)
        for k in change.pairs:
            a, b = pairs[k]
            both = (anew[a.id], found[1][b.id]) if gives_way == 0 else (found[0][a.id], anew[b.id])
            after[k] = gap(*both)
        out.append(Concession(change.parting, change.claim, change.quote, change.by, sum(after)))
    if progress is not None:
        progress("concessions", len(changes), len(changes))
    return out, list(dict.fromkeys(untried))


def _either(tried: Sequence[Concession]) -> list[Concession]:
    """Where it comes to the same who gives way, one row; what brings them closest first, then in the order of the text."""
    out: list[tuple[int, Concession]] = []
    by_point: dict[tuple[str, str], list[Concession]] = {}
    for one in tried:
        by_point.setdefault((one.claim, one.parting.where), []).append(one)
    for place, group in enumerate(by_point.values()):
        if len(group) == 2 and abs(group[0].after - group[1].after) <= NEAR:
            one = group[0]
            out.append((place, Concession(one.parting, one.claim, one.quote, "either", one.after)))
        else:
            out += [(place, one) for one in group]
    return [one for _, one in sorted(out, key=lambda pair: (round(pair[1].after, 9), pair[0]))]
