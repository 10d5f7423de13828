"""Whose words are these? Quoted and reported speech is the quoted person's claim, not the author's."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.model import Stance
from evenhand.text.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Voiced:
    """Whether somebody else is reported, and what the author does with it. speaker: [first, last) words that say who."""

    reported: bool
    stance: Stance | None = None
    speaker: tuple[int, int] | None = None


AUTHOR = Voiced(reported=False)
EARLY = 14  # words within which a sentence says whose it is
HOLDS = frozenset({"the", "this", "that", "old", "these", "such"})
OPENS_SAID = frozenset({"that", '"', "of", "about"})
FOLLOWS = frozenset({"that", ":", '"', ",", "the", "how", "they", "it", "of", "about", "there"})


def voice_of(sentence: Sentence, tags: Sequence[frozenset[str]], *, quotation: bool = False) -> Voiced:
    """Is a sentence somebody else's claim? By who says it and the verb of saying; none is guessed from a side."""
    if quotation or mostly_quoted(sentence):
        return Voiced(reported=True)
    if sentence.low[:2] == ("according", "to") and not any("sourcelike" in t for t in tags[2:7]):
        return Voiced(reported=True)
    if said_to_be(sentence, tags):
        return Voiced(reported=True, stance="rejects")
    for i, found in enumerate(tags[:10]):
        if "reporting" in found and not sentence.quoted[i] and spoken(sentence, tags, i):
            stance: Stance | None = "rejects" if "rejecting" in found else "concedes" if "conceding" in found else None
            return Voiced(reported=True, stance=stance)
    return AUTHOR


def said_to_be(sentence: Sentence, tags: Sequence[frozenset[str]]) -> bool:
    """Words of others, held at arm's length: "the claim that", "stories of", "we are told"."""
    low = sentence.low
    for i in range(1, min(len(low) - 1, EARLY)):
        if "saying" in tags[i] and low[i + 1] in OPENS_SAID and (low[i - 1] in HOLDS or "name" in tags[i - 1]):
            return True
        if low[i] == "told" and low[i - 1] == "are" and "we" in low[:i]:
            return True
    return False


def spoken(sentence: Sentence, tags: Sequence[frozenset[str]], i: int) -> bool:
    """Is the word at i a verb of saying with a speaker who is not the author, before what is said?"""
    if i == 0 or any("self" in found for found in tags[max(0, i - 3) : i]):
        return False
    low = sentence.low
    if low[i - 1] in {"to", "not", "don't", "doesn't", "who"} or "be" in tags[i - 1]:
        return False
    speaker = (
        any(found & {"camp", "name", "sourcelike", "pronoun"} for found in tags[:i]) or sentence.words[0][0].isupper()
    )
    after = low[i + 1 : i + 7]
    counted = any("number" in found for found in tags[i + 2 : i + 4])
    says = bool(after) and (after[0] in FOLLOWS or '"' in after or counted)
    return speaker and says


def mostly_quoted(sentence: Sentence) -> bool:
    inside = sum(sentence.quoted)
    return inside >= 6 and inside * 10 >= 7 * len(sentence)
