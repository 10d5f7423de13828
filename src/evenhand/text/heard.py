"""Reported speech by patterns over words, which are a language's data: "to hear them tell it", "so the argument runs"."""

from evenhand.text.language import Language
from evenhand.text.patterns import Pattern, could_match, keys_of, matches
from evenhand.text.sentences import Sentence
from evenhand.text.speakers import Tags
from evenhand.text.speech import AUTHOR, Voiced, until


def heard(sentence: Sentence, tags: Tags, cues: Language) -> Voiced:
    """What the forms of a language (``[[reports]]``) tell of whose a sentence is; the author's where none fits."""
    keys = keys_of(sentence.low, tags, cues.keys)
    there = frozenset().union(*keys)
    possible = {
        (at, pattern)
        for key in there & cues.reports_index.keys()
        for at, pattern in cues.reports_index[key]
        if could_match(pattern, there)
    }
    for at, pattern in _ordered(possible, cues):
        form = cues.reports[at]
        for i, here in enumerate(keys):
            if pattern.firsts.isdisjoint(here) or sentence.quoted[i]:
                continue
            end = matches(keys, i, pattern)
            if end > i and not form.own & set(sentence.low[i:end]):
                since, last = (i if form.after else 0), until(sentence, end - 1)
                return Voiced(reported=True, stance=form.stance, since=since, until=last)
    return AUTHOR


def _ordered(possible: set[tuple[int, Pattern]], cues: Language) -> list[tuple[int, Pattern]]:
    """As they stand in the language's file."""
    return sorted(possible, key=lambda one: (one[0], cues.reports[one[0]].patterns.index(one[1])))
