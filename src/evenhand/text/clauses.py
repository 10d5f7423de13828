"""Cuts a sentence into clauses and lists, by its stops, its conjunctions and its finite verbs; no grammar is needed for more."""

from collections.abc import Sequence

from evenhand.text.language import Language
from evenhand.text.sentences import Sentence

COMMAS = frozenset({",", ";", ":", "-", "--"})
ENDS = COMMAS | {".", "(", ")", "..."}
HARD = frozenset({";", "...", "-", "--", ":"})
SHORTEST = 4
LONGEST_ITEM = 14
LONGEST_SUBJECT = 6
RELATIVE = frozenset({"who", "which", "that", "whose", "what", "where", "when"})
LINKING = frozenset({"and", "or", "including", "include", "includes", "massive", "by", "like"})


def tags_of(sentence: Sentence, language: Language) -> list[frozenset[str]]:
    """For each word the classes it is of; ``number``, ``year``, ``name``, ``quoted``, ``again`` and ``any`` are built in."""
    found, seen = [], language.tagged
    for i, low in enumerate(sentence.low):
        name = bool(i) and sentence.words[i][0].isupper()
        key = (low, name, sentence.quoted[i])
        tags = seen.get(key)
        if tags is None:
            tags = seen[key] = tags_of_word(low, language, name=name, quoted=sentence.quoted[i])
        found.append(tags)
    for i in echoes(sentence.low, found):
        found[i] |= {"again"}
    return found


def echoes(low: Sequence[str], tags: Sequence[frozenset[str]]) -> list[int]:
    """The words with which a part of a sentence opens as the part before it did: "a strike by ...; a strike by ..."."""
    found: list[int] = []
    opened: set[str] = set()
    start = 0
    for i, word in enumerate(low):
        if (i and word in HARD | {","}) or (i == start and "article" in tags[i]):
            start = i + 1
        elif i == start:
            if word in opened and word[0].isalpha():
                found.append(i)
            opened.add(word)
    return found


def tags_of_word(low: str, language: Language, *, name: bool, quoted: bool) -> frozenset[str]:
    """The classes of one word. name: it has a capital inside a sentence."""
    built = ["any"] if low[0].isalnum() else []
    if low[0].isdigit():
        built += ["number", "year"] if len(low) == 4 and low.isdigit() and "1000" <= low <= "2100" else ["number"]
    elif low in language.number_words:
        built.append("number")
    if name and low not in language.common:
        built.append("name")
    if quoted:
        built.append("quoted")
    return language.classes_of(low) | frozenset(built)


def clauses(sentence: Sentence, tags: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """[first, last) words of each clause: cut where a stop or a conjunction stands between two finite verbs.

    What stands in brackets is a clause of its own where it is long enough.
    """
    outer, inner = bracketed(sentence)
    bounds, start = [], 0
    for cut in [i for i in range(1, len(sentence)) if outer[i] and cut_at(sentence, tags, i)]:
        if has_verb(tags, start, cut) and has_verb(tags, cut, len(sentence)):
            bounds.append((start, cut))
            start = cut
    bounds.append((start, len(sentence)))
    found = [trimmed(sentence, tags, *bound) for bound in bounds]
    return [*found, *(trimmed(sentence, tags, *bound) for bound in inner)]


def bracketed(sentence: Sentence) -> tuple[list[bool], list[tuple[int, int]]]:
    """Which words stand outside of brackets, and the longer stretches inside of them."""
    outside, inner, opened = [True] * len(sentence), [], -1
    for i, low in enumerate(sentence.low):
        if low == "(" and opened < 0:
            opened = i
        elif low == ")" and opened >= 0:
            outside[opened : i + 1] = [False] * (i + 1 - opened)
            if i - opened > SHORTEST + 2:
                inner.append((opened + 1, i))
            opened = -1
    return outside, inner


def cut_at(sentence: Sentence, tags: Sequence[frozenset[str]], i: int) -> bool:
    """May a clause begin with word i?"""
    if i >= len(sentence) - 2 or sentence.quoted[i]:
        return False
    low, following = sentence.low[i], tags[i + 1]
    if low in HARD:
        return True
    subject = bool(following & {"article", "pronoun", "name", "plural", "number", "camp"})
    if "conjunction" in tags[i]:
        return (
            (subject and not listed_on(sentence, tags, i + 1))
            or verb_at(tags, i + 1)
            or ("gerund" in following and "gerund" not in tags[i - 1])
            or opens_clause(sentence, tags, i + 1)
        )
    relative = low == "," and sentence.low[i + 1] in {"which", "who", "so"} and verb_at(tags, i + 2)
    return relative or (
        low == "," and (bool(following & {"article", "pronoun"}) or opens_clause(sentence, tags, i + 1))
    )


def listed_on(sentence: Sentence, tags: Sequence[frozenset[str]], i: int) -> bool:
    """Is what stands here the end of an item, and a further deed behind its comma: "and the rights of women, ending"?"""
    for j in range(i, min(i + LONGEST_ITEM, len(sentence) - 1)):
        if sentence.low[j] == ",":
            return {"gerund", "achieving"} <= tags[j + 1]
        if verb_at(tags, j) or sentence.low[j] in ENDS:
            return False
    return False


def opens_clause(sentence: Sentence, tags: Sequence[frozenset[str]], i: int) -> bool:
    """Does a bare subject with its finite verb stand here: "rents along the line have", "small shops are"?"""
    if tags[i] & {"preposition", "gerund", "past", "adverb", "aux"} or not sentence.low[i][0].isalpha():
        return False
    for j in range(i + 1, min(i + LONGEST_SUBJECT, len(sentence) - 1)):
        if (
            sentence.low[j] in ENDS
            or sentence.quoted[j]
            or tags[j] & {"conjunction", "past"}
            or sentence.low[j] in RELATIVE
        ):
            return False
        if tags[j] & {"be", "have"}:
            return "gerund" not in tags[j]
    return False


def verb_at(tags: Sequence[frozenset[str]], i: int) -> bool:
    return i < len(tags) and bool(tags[i] & {"aux", "past", "present", "trend", "causal"})


def has_verb(tags: Sequence[frozenset[str]], start: int, end: int) -> bool:
    """Is there a finite verb between two words?"""
    return any(verb_at(tags, i) for i in range(start, end))


def trimmed(sentence: Sentence, tags: Sequence[frozenset[str]], start: int, end: int) -> tuple[int, int]:
    """Without the conjunctions and stops at either end."""
    while start < end - 1 and (sentence.low[start] in ENDS or ("conjunction" in tags[start])):
        start += 1
    while end - 1 > start and sentence.low[end - 1] in ENDS:
        if sentence.low[end - 1] == ")" and "(" in sentence.low[start:end]:
            break
        end -= 1
    return start, end


def items(sentence: Sentence, tags: Sequence[frozenset[str]], start: int, end: int) -> list[tuple[int, int]]:
    """The items of a list of deeds: stretches between commas and "and" that each begin with a deed."""
    marks = [i for i in range(start, end) if begins_item(sentence, tags, i, start)]
    marks = [i for i in marks if i + 1 not in marks]
    marks = [i for i in marks if not (i - 2 in marks and sentence.low[i - 1] == "and")]  # "inspiring and providing aid"
    if len(marks) < 2:
        return []
    found = []
    for at, first in enumerate(marks):
        close = marks[at + 1] if at + 1 < len(marks) else end
        stop = next((i for i in range(first + 2, close) if sentence.low[i] == "," or sentence.low[i] in HARD), close)
        stop -= "conjunction" in tags[stop - 1]
        found.append(trimmed(sentence, tags, first, min(stop, first + LONGEST_ITEM)))
    last = found[-1][1]
    rest = trimmed(sentence, tags, last, end) if end - last > SHORTEST + 1 else None
    return [*found, rest] if rest is not None else found


def begins_item(sentence: Sentence, tags: Sequence[frozenset[str]], i: int, start: int) -> bool:
    """Does an item of a list of deeds begin here?"""
    if not tags[i] & {"achieving", "worsening", "gerund"} or sentence.quoted[i]:
        return False
    if i == start:
        return True
    before, gerund = sentence.low[i - 1], "gerund" in tags[i]
    deed = gerund and bool(tags[i] & {"achieving", "worsening"})
    if before in COMMAS or before in LINKING or (deed and tags[i - 1] & {"be", "present", "past", "preposition"}):
        return True
    return (
        not gerund
        and bool(tags[i - 1] & {"have", "any"})
        and not any(tags[j] & {"achieving", "past"} for j in range(start, i))
    )
