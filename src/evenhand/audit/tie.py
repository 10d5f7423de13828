"""Ties: what shows the tie that a claim speaks of, and what rests on the source. Never whether the source is right."""

from evenhand.audit.ties import known_ties, names_of, notes_of
from evenhand.audit.wording import listed
from evenhand.case import Case, Claim
from evenhand.catalog import Catalog
from evenhand.model import Finding, Reason, closest_words
from evenhand.model.who_says import TieAnswer, TieNote
from evenhand.model.words import plural

NOT_REFUTED = "A tie shows whose voice a source may be; it does not make what the source says false."


def check_tie(claim: Claim, case: Case, catalog: Catalog) -> Finding:
    """Is the tie documented, by whom, for which years? Without ``tie:``, the ties of the sources that the claim cites."""
    names = names_of(case, catalog)
    sources = (claim.tie.source,) if claim.tie else claim.cites
    if not sources:
        return _left_open(claim, "the casefile does not say whose tie is meant: add tie: {source: ..., to: ...}")
    ties = tuple(tie for tie in known_ties(case, catalog).ties if tie.from_ in sources)
    asked = claim.tie.to if claim.tie and claim.tie.to else ""
    shown = notes_of([tie for tie in ties if not asked or _same(tie.to, asked, names)], names)
    others = notes_of([tie for tie in ties if asked and not _same(tie.to, asked, names)], names)
    rests = tuple(other.id for other in case.claims if other.id != claim.id and set(other.cites) & set(sources))
    if not ties:
        return _left_open(claim, f"neither the casefile nor the catalogue holds a tie of {listed(list(sources))}")
    answer = TieAnswer(
        listed(list(sources)), listed([names.get(s, s) for s in sources]), asked, (*shown, *others), rests,
        _answer(asked, shown, others, rests),
    )  # fmt: skip
    return Finding(
        claim.id, claim.kind, "judged", _verdict(shown), sentence=claim.reads or "", side=claim.side, tie=answer,
        questions=claim.questions, sources=tuple(dict.fromkeys([*claim.cites, *sources])), caveats=(NOT_REFUTED,),
    )  # fmt: skip


def _same(to: str, asked: str, names: dict[str, str]) -> bool:
    return asked.casefold() in {to.casefold(), names.get(to, to).casefold()}


def _verdict(shown: tuple[TieNote, ...]) -> str:
    statuses = {tie.status for tie in shown}
    if not shown:
        return "no such tie is known here"
    if "documented" in statuses:
        return "the tie is documented" if statuses == {"documented"} else "the tie is documented in part"
    return "the tie is disputed" if "disputed" in statuses else "the tie is asserted, and nothing here shows it"


def _answer(asked: str, shown: tuple[TieNote, ...], others: tuple[TieNote, ...], rests: tuple[str, ...]) -> str:
    parts = [f"{tie.says} {tie.to} ({tie.kind}, {tie.years}): {tie.status}" for tie in shown]
    said = f"It {listed(parts, 8)}." if parts else f"No tie to {asked} is among those known here."
    if not shown and others:
        near = closest_words(asked, [tie.to for tie in others], 1)
        said += f" It is tied to {listed([tie.to for tie in others])}" + (f"; closest: {near[0]}." if near else ".")
    rest = f" {plural(len(rests), 'claim')} of this text {'rests' if len(rests) == 1 else 'rest'} on the source."
    return said + (rest if rests else " No other claim of this text rests on the source.")


def _left_open(claim: Claim, why: str) -> Finding:
    return Finding(
        claim.id, claim.kind, "not-judged-yet", "not judged yet", sentence=claim.reads or "", side=claim.side,
        questions=claim.questions, sources=claim.cites, reason=Reason("no_tie", f"{why}; that is not to say that there is none"),
    )  # fmt: skip
