"""How many independent voices are behind each claim: the counts of ``evenhand.sources``, under every allowance for ties."""

from collections.abc import Iterable, Mapping, Sequence

from evenhand.audit.result import AuditedClaim
from evenhand.audit.testimony import SAYS_SO, cited
from evenhand.case import Case
from evenhand.model.who_says import VoiceCount, WithoutRow
from evenhand.sources import Ties, Voices, independent_voices
from evenhand.sources.without import scenarios

CANNOT_TELL = "cannot be told"


def voices_of(case: Case, sources: Iterable[str], ties: Ties, names: Mapping[str, str]) -> Voices:
    """How many independent voices are these sources, who all say one thing?

    What they agree on elsewhere is read from the casefile's testimony. That a text cites them together is no agreement of
    theirs, so every claim is counted by itself. names: citations, whose years say which ties were in force.
    """
    testimony, item = cited(sources, names, beside=case)
    return independent_voices(testimony, ties, item, SAYS_SO)


def voice_counts(
    case: Case, claims: Sequence[AuditedClaim], ties: Ties, names: Mapping[str, str]
) -> tuple[VoiceCount, ...]:
    """The counts of every claim that rests on more than one source."""
    found = {told.id: told.finding.sources for told in claims if told.finding.tie is None and told.finding.sources}
    several = {claim: sources for claim, sources in found.items() if len(set(sources)) > 1}
    counted = {who: voices_of(case, who, ties, names) for who in dict.fromkeys(map(frozenset, several.values()))}
    return tuple(_count(claim, counted[frozenset(sources)]) for claim, sources in several.items())


def _count(claim: str, voices: Voices) -> VoiceCount:
    return VoiceCount(
        claim, voices.heads, voices.by_roots, voices.by_ties, voices.by_agreement, voices.by_odds, voices.lowest,
        voices.highest, voices.sentence,
    )  # fmt: skip


def allowance_rows(
    case: Case, told: AuditedClaim, answer: str, ties: Ties, names: Mapping[str, str]
) -> list[WithoutRow]:
    """A claim's answer with the voices behind it, with all ties allowed for beside no ties and each side's ties alone.

    The scenarios are those of ``without_them``. Nobody is left out; a claim of one source has one voice in each.
    """
    sources = told.finding.sources
    if len(set(sources)) < 2:
        return []
    first, *others = [
        (one, f"{answer}; {span(voices_of(case, sources, one.ties, names))}") for one in scenarios(ties, ())
    ]
    return [
        WithoutRow(told.id, one.label, one.side, (), len(set(sources)), first[1], text, text == first[1])
        for one, text in others
    ]  # fmt: skip


def span(voices: Voices) -> str:
    """The least and the most of the counts, in words."""
    low, high = f"{voices.lowest:.1f}", f"{voices.highest:.1f}"
    return f"{low} to {high} independent voices" if low != high else f"{low} independent voices"


def in_words(voices: Voices) -> str:
    """Every count beside the others."""
    counts = {
        "by roots": float(voices.by_roots), "by declared ties": voices.by_ties,
        "by agreement on other items": voices.by_agreement, "by the odds they give": voices.by_odds,
    }  # fmt: skip
    told = [f"{how} {CANNOT_TELL if count is None else f'{count:.1f}'}" for how, count in counts.items()]
    return f"{voices.sentence} Counted {', '.join(told)}." if voices.heads > 1 else voices.sentence
