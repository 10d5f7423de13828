"""Is a sentence worth checking? Points for its words, summed."""

from collections.abc import Sequence

from evenhand.text.language import Language
from evenhand.text.sentences import Sentence

MOST = 3
SHORT = (9, 13)


def worth(sentence: Sentence, tags: Sequence[frozenset[str]], cues: Language) -> float:
    """How much does a sentence state that could be checked? Above 0: worth checking.

    A sum of points by class of word (``[worth]`` in the language's file), the form of a logistic regression as in
    ClaimBuster (Hassan et al. 2017). 0 in a language that has no such points.
    """
    table = cues.worth
    if table is None:
        return 0.0
    total = table.base + table.short * sum(len(sentence) < limit for limit in SHORT)
    if "?" in sentence.low:
        total += table.asked
    for words, points in table.words:
        total += points * min(sum(word in words for word in sentence.low), MOST)
    for name, points in table.classes.items():
        most = 1 if name == "year" else MOST
        total += points * min(sum(name in found for found in tags), most)
    return round(total, 3)
