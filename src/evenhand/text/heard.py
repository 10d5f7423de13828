"""Reported speech by patterns over words, which are a language's data: "to hear them tell it", "so the argument runs"."""

from evenhand.text.language import Language
from evenhand.text.patterns import could_match, keys_of, matches
from evenhand.text.sentences import Sentence
from evenhand.text.speakers import Tags
from evenhand.text.speech import AUTHOR, Voiced, until


def heard(sentence: Sentence, tags: Tags, cues: Language) -> Voiced:
    """What the forms of a language (``[[reports]]``) tell of whose a sentence is; the author's where none fits."""
    keys = keys_of(sentence.low, tags, cues.keys)
    there = frozenset().union(*keys)
    for form in cues.reports:
        for pattern in form.patterns:
            if not could_match(pattern, there):
                continue
            for i, here in enumerate(keys):
                if pattern.firsts.isdisjoint(here) or sentence.quoted[i]:
                    continue
                end = matches(keys, i, pattern)
                if end > i and not form.own & set(sentence.low[i:end]):
                    return Voiced(
                        reported=True, stance=form.stance, since=i if form.after else 0, until=until(sentence, end - 1)
                    )
    return AUTHOR
