"""Every claim answered again without some of the sources: each tied group, all that are tied, each side's. One code path.

No source left is not a refutation; and where no tie is known, that shows nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from evenhand.audit.leaders import is_leader, open_leaders
from evenhand.audit.opening import open_comparison
from evenhand.audit.result import AuditedClaim
from evenhand.audit.testimony import cited
from evenhand.audit.ties import names_of
from evenhand.audit.voices import allowance_rows
from evenhand.audit.wording import by_whom, listed
from evenhand.case import Case, Claim
from evenhand.catalog import Catalog
from evenhand.catalog.without import CatalogWithout
from evenhand.compare import multiverse
from evenhand.model import BadInputError, Finding
from evenhand.model.verdict import percent
from evenhand.model.who_says import WithoutRow
from evenhand.model.words import plural
from evenhand.sources import TiedGroup, Ties, groups
from evenhand.sources.without import Scenario, scenarios

NO_SOURCE_LEFT = "no source left, which refutes nothing"


def without_rows(case: Case, catalog: Catalog, claims: Sequence[AuditedClaim], ties: Ties) -> tuple[WithoutRow, ...]:
    """The table: for every claim that rests on a tied source, its answer and the answer without."""
    rows, names = [], names_of(case, catalog)
    for told in (told for told in claims if told.finding.tie is None):  # a claim of a tie does not rest on the source
        claim = case.claim(told.id)
        all_heard = answer(claim, told.finding, case, catalog, frozenset())
        left_out = _merged(left_out_of(told.finding.sources, ties, names))
        if left_out:
            rows += allowance_rows(case, told, all_heard, ties, names)
        for one in left_out:
            after = answer(claim, told.finding, case, catalog, one.removed)
            left = len(set(told.finding.sources) - one.removed)
            rows.append(WithoutRow(
                told.id, one.label, one.side, tuple(sorted(one.removed)), left, all_heard, after, all_heard == after
            ))  # fmt: skip
    return tuple(rows)


def left_out_of(sources: Iterable[str], ties: Ties, citations: Mapping[str, str]) -> list[Scenario]:
    """Who is left out, of these sources: those of each side, all that are tied, those tied to each party.

    The scenarios of ``without_them``. citations: what sources are called; their years say when they spoke.
    """
    told = dict.fromkeys(sources)
    tied = groups(cited(told, citations)[0], ties).groups if told else ()
    return [one for one in scenarios(ties, _by_name(tied, citations)) if one.removed]


def _by_name(tied: Iterable[TiedGroup], citations: Mapping[str, str]) -> tuple[TiedGroup, ...]:
    """The groups with their parties by name, where a party is a source itself."""
    return tuple(
        replace(group, party=" and ".join(by_whom(citations[p]) if p in citations else p for p in group.parties))
        for group in tied
    )


def _merged(left: Sequence[Scenario]) -> list[Scenario]:
    """Those that leave out the same sources are one row."""
    by: dict[frozenset[str], list[Scenario]] = {}
    for one in left:
        by.setdefault(one.removed, []).append(one)
    return [
        replace(same[0], label="; ".join(dict.fromkeys(one.label for one in same)),
                side=listed(list(dict.fromkeys(one.side for one in same if one.side))))
        for same in by.values()
    ]  # fmt: skip


def answer(claim: Claim, finding: Finding, case: Case, catalog: Catalog, without: frozenset[str]) -> str:
    """What a claim's answer is without some of its sources."""
    left = [source for source in finding.sources if source not in without]
    if not left:
        return NO_SOURCE_LEFT
    if claim.open is not None and finding.share is not None:
        share = finding.share if not without else share_without(claim, case, catalog, without)
        return "cannot be judged any more" if share is None else f"{percent(float(share))} of the ways"
    if finding.event is not None:
        accounts = [account for account in finding.event.accounts if account.source not in without]
        kinds = len({account.evidence for account in accounts})
        told = f"{plural(len(accounts), 'account')} in {plural(kinds, 'kind')} of evidence"
        return told if accounts else NO_SOURCE_LEFT
    told = f"{plural(len(left), 'source')} for it"
    return f"{told}: {finding.verdict}" if finding.quantity is not None else told


def share_without(claim: Claim, case: Case, catalog: Catalog, without: frozenset[str]) -> Fraction | None:
    """The share of the ways in which the claim holds when these sources are not believed; None where it cannot be judged."""
    assert claim.open is not None
    choices = [case.choice(choice) for choice in claim.open.choices]
    try:
        rest = CatalogWithout(catalog, without)
        led = is_leader(claim.open, catalog)
        opened = open_leaders(claim.open, rest) if led else open_comparison(claim.open, rest, case_choices=choices)
        plan = replace(opened.plan, placebos=0, regional=0)  # only the claim's own share is asked for
        found = multiverse(plan, opened.panels, opened.form)
        kept: dict[str, list[str]] = {known.kind: known.kept for known in opened.lists if known.excluded}
        return (found.restricted(kept) if kept else found).share(opened.column)
    except BadInputError:
        return None
