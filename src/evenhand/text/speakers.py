"""Verbs of saying and who speaks before them: "critics claim that", "the ministry denies there was"."""

from collections.abc import Sequence

from evenhand.text.sentences import Sentence

Tags = Sequence[frozenset[str]]
STOPS = frozenset({",", ";", ":", "-", "--", "(", ")"})
NAMING = frozenset({
    "call", "calls", "called", "label", "labels", "labelled", "labeled", "brand", "brands", "branded", "dub", "dubs", "dubbed",
    "denounce",
})  # fmt: skip
LEADING = frozenset(
    {
        "like",
        "likes",
        "love",
        "loves",
        "want",
        "wants",
        "tend",
        "tends",
        "used",
        "rush",
        "rushes",
        "continue",
        "go",
        "goes",
        "on",
        "never",
        "dare",
    }
)
OBJECTS = frozenset(
    {"us", "me", "you", "him", "her", "them", "everybody", "everyone", "reporters", "parliament", "readers"}
)
BOASTS = frozenset(
    {
        "boast",
        "boasts",
        "boasted",
        "complain",
        "complains",
        "complained",
        "warn",
        "warns",
        "warned",
        "speak",
        "speaks",
        "spoke",
    }
)
FOLLOWS = frozenset({"that", ":", '"', "how", "why", "whether"})
NOT_BEFORE = frozenset(
    {
        "to",
        "not",
        "don't",
        "doesn't",
        "didn't",
        "who",
        "cannot",
        "can't",
        "if",
        "let",
        "should",
        "must",
        "would",
        "could",
        "might",
        "and",
    }
)


def says(sentence: Sentence, tags: Tags, i: int) -> bool:
    """Is the word at i a verb of saying: "claims", "point out"?"""
    return "reporting" in tags[i] or (
        sentence.low[i] in {"point", "points", "pointed"} and sentence.low[i + 1 : i + 2] == ("out",)
    )


def spoken(sentence: Sentence, tags: Tags, i: int) -> bool:
    """Is the word at i a verb of saying with a speaker who is not the author, before what is said?"""
    low = sentence.low
    after = low[i + 2 : i + 9] if low[i + 1 : i + 2] == ("out",) else low[i + 1 : i + 8]
    if not after:
        return False
    leading = low[i - 1] == "to" and i > 1 and low[i - 2] in LEADING
    if (
        (low[i - 1] in NOT_BEFORE and not leading)
        or "be" in tags[i - 1]
        or tags[i - 1] & {"article", "camp"} == {"article"}
    ):
        return False
    speaker = speaker_before(sentence, tags, i)
    if (
        speaker is None
        or "nobody" in low[speaker[0] : speaker[1]]
        or after[0] == "what"
        or set(after[:2]) & {"truth", "lies"}
    ):
        return False
    said = after[1:] if after[0] in OBJECTS else after
    if not said:
        return False
    naming = low[i] in NAMING
    cited = any("sourcelike" in found for found in tags[speaker[0] : speaker[1]]) and "finding" in tags[i]
    if naming or "finding" in tags[i]:
        plain = any(low[j] in {"a", "an", "the"} for j in range(i + 2, min(len(low), i + 7))) and bool(
            tags[i + 1] & {"article", "pronoun", "name"} or low[i + 1] in OBJECTS
        )
        return '"' in after or plain if naming else said[0] == "that" and not cited
    k = i + 1 + (after[0] in OBJECTS)
    clause = bool(tags[k] & {"article", "pronoun", "plural", "number", "name"}) and any(
        tags[j] & {"aux", "past", "present", "be", "have"}
        for j in range(k + 1, min(len(tags), k + 8))
        if "," not in low[k:j]
    )
    boasts = said[0] == "of" and low[i] in BOASTS
    if low[i] in {"explain", "explains", "explained"}:
        clause = False
    clause = clause or (
        low[i] in {"deny", "denies", "denied"} and said[0] in {"any", "all", "having", "every", "it", "this"}
    )
    describes = low[i] in {"describe", "describes", "described"} and "as" in low[i + 2 : i + 10]
    return said[0] in FOLLOWS or '"' in after[:4] or clause or boasts or describes


def speaker_before(sentence: Sentence, tags: Tags, i: int) -> tuple[int, int] | None:
    """[first, last) words of who speaks: the noun before a verb of saying. None where that is the author, or nobody."""
    end = i
    while end > 0 and (tags[end - 1] & {"adverb", "aux", "have"} or sentence.low[end - 1] in {"to", *LEADING}):
        end -= 1
    start = end
    while (
        start > 0 and sentence.low[start - 1] not in STOPS and "conjunction" not in tags[start - 1] and end - start < 9
    ):
        start -= 1
    words = tags[start:end]
    if {"you", "let", "if", "matter", "whatever", "whoever", "one"} & set(sentence.low[start:end]):
        return None
    named = any(found & {"camp", "name", "sourcelike", "pronoun", "society", "everybody", "plural"} for found in words)
    capital = end > start and start == 0 and sentence.words[0][:1].isupper()
    if end == start or {"i", "we"} & set(sentence.low[start:end]) or not (named or capital):
        return None
    return start, end
