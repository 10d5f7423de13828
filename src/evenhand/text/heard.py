"""Reported speech by patterns over words, which are a language's data: "to hear them tell it", "so the argument runs"."""

from evenhand.text.language import Language
from evenhand.text.patterns import found_in, keys_of
from evenhand.text.sentences import Sentence
from evenhand.text.speakers import Tags
from evenhand.text.speech import AUTHOR, Voiced, until


def heard(sentence: Sentence, tags: Tags, cues: Language) -> Voiced:
    """What the forms of a language (``[[reports]]``) tell of whose a sentence is; the author's where none fits."""
    keys = keys_of(sentence.low, tags, cues.keys)
    for owner, start, end in sorted(found_in(keys, cues.reports_index)):
        form = cues.reports[owner]
        if not sentence.quoted[start] and form.own.isdisjoint(sentence.low[start:end]):
            return Voiced(reported=True, since=start if form.after else 0, until=until(sentence, end - 1))
    return AUTHOR
