"""Marks by which a text keeps its distance from a word: scare quotes, "so-called", "(sic)". What is said is the same without.

A sentence is read without its marks, so that they change neither its kind nor whose claim it is; that there was one is kept,
for it is a question to the text: whose word is that? Words that somebody is cited for, that are mentioned ("the word ...")
or that name a work keep their quotation marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evenhand.text.language import Language
from evenhand.text.sentences import Sentence

Tags = Sequence[frozenset[str]]
FEW = 2  # words that quotation marks set apart as somebody's expression; more of them are a quotation
SHORTEST = 3
BEFORE = 5
AFTER = 5


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A sentence without its marks of irony. ironic: the words that had one, by their place in it."""

    sentence: Sentence
    ironic: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """Words from start to end (exclusive) that a mark sets apart; dropped: the tokens of the mark itself."""

    start: int
    end: int
    dropped: tuple[int, ...]


def unmarked(sentence: Sentence, tags: Tags, cues: Language) -> Unmarked:
    """The sentence as it reads without its marks of irony; each word's place takes in the marks that it had."""
    found = marks(sentence, tags, cues)
    if not found:
        return Unmarked(sentence)
    at, words, quoted = list(sentence.at), list(sentence.words), list(sentence.quoted)
    dropped = {i for mark in found for i in mark.dropped}
    for mark in found:
        reach = [*mark.dropped, mark.start, mark.end - 1]
        at[mark.start] = (sentence.at[min(reach)][0], at[mark.start][1])
        at[mark.end - 1] = (at[mark.end - 1][0], sentence.at[max(reach)][1])
        words[mark.end - 1] = words[mark.end - 1].removesuffix("'") if single(sentence, mark) else words[mark.end - 1]
        quoted[mark.start : mark.end] = [False] * (mark.end - mark.start)
    kept = [i for i in range(len(words)) if i not in dropped]
    ironic = {i for mark in found for i in range(mark.start, mark.end)}
    shown = replace(
        sentence, words=tuple(words[i] for i in kept), low=tuple(words[i].lower() for i in kept),
        at=tuple(at[i] for i in kept), quoted=tuple(quoted[i] for i in kept),
    )  # fmt: skip
    return Unmarked(shown, frozenset(n for n, i in enumerate(kept) if i in ironic))


def single(sentence: Sentence, mark: Mark) -> bool:
    """Are the marks single quotation marks, of which the closing one hangs on the last word?"""
    return sentence.words[mark.dropped[0]] == "'"


def marks(sentence: Sentence, tags: Tags, cues: Language) -> list[Mark]:
    """The marks of irony of a sentence, in order; they do not overlap."""
    low, found, at = sentence.low, [], 0
    while at < len(low):
        mark = None
        if low[at] in {'"', "'"}:
            end = closing(sentence, at)
            if end > at and distances(sentence, tags, at, end, cues):
                mark = Mark(at + 1, end + (low[at] == "'"), (at, end) if low[at] == '"' else (at,))
            at = max(at, end)
        elif low[at] in cues.irony.get("before", ()):
            mark = set_before(sentence, tags, at)
        elif low[at] in cues.irony.get("after", ()) and bracketed(sentence, at) and at >= 2:
            mark = Mark(at - 2, at - 1, (at - 1, at, at + 1))
        if mark is not None:
            found.append(mark)
            at = max(at, mark.end - 1, *mark.dropped)
        at += 1
    return found


def bracketed(sentence: Sentence, at: int) -> bool:
    return sentence.low[at - 1] in {"(", "["} and sentence.low[at + 1 : at + 2] in {(")",), ("]",)}


def set_before(sentence: Sentence, tags: Tags, at: int) -> Mark | None:
    """ "the so-called reform": a mark inside a noun phrase; "supposedly, it rained" reports and is none."""
    if at + 1 >= len(sentence) or not sentence.low[at + 1][0].isalpha():
        return None
    inside = at > 0 and "article" in tags[at - 1]
    hyphened = "-" in sentence.low[at]
    return Mark(at + 1, at + 2, (at,)) if inside or (hyphened and not verb(tags[at + 1])) else None


def verb(found: frozenset[str]) -> bool:
    return bool(found & {"be", "have", "aux", "preposition", "conjunction"})


def closing(sentence: Sentence, at: int) -> int:
    """Where the quotation that opens at a token closes; the token itself where that is no quotation."""
    low = sentence.low
    if low[at] == '"':
        return next((i for i in range(at + 1, len(low)) if low[i] == '"'), at)
    glued = at + 1 < len(low) and sentence.at[at][1] == sentence.at[at + 1][0]
    ends = (i for i in range(at + 1, min(len(low), at + FEW + 1)) if low[i].endswith("'") and len(low[i]) > 1)
    return next(ends, at) if glued else at


def distances(sentence: Sentence, tags: Tags, at: int, end: int, cues: Language) -> bool:
    """Do the quotation marks at two tokens only keep a word or two at a distance?"""
    last = end + (sentence.low[at] == "'")
    inside = [word.removesuffix("'") for word in sentence.words[at + 1 : last]]
    if not 0 < len(inside) <= FEW or not all(word.replace("-", "").isalpha() for word in inside):
        return False
    nouns = "capital-nouns" in cues.irony
    named = at > 0 and not nouns and any(word[0].isupper() for word in inside)
    genuine = cues.irony.get("genuine", frozenset()) & {word.lower() for word in inside}
    return not (named or genuine or len("".join(inside)) < SHORTEST or cited(sentence, tags, at, last, cues))


def cited(sentence: Sentence, tags: Tags, at: int, end: int, cues: Language) -> bool:
    """Is somebody cited for the words, or are they mentioned as words?"""
    mention = cues.irony.get("mention", frozenset())
    near = [*range(max(0, at - BEFORE), at), *range(end, min(len(tags), end + AFTER))]
    return any(sentence.low[i] in mention or "reporting" in tags[i] for i in near)
