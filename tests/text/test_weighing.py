"""A passage's kind is told by points: they are of closed lists, so that no name and no side counts."""

import dataclasses

import pytest

from evenhand.model import CLAIM_KINDS
from evenhand.text import language
from evenhand.text.passages import passages
from evenhand.text.prose import blocks
from evenhand.text.reading import reading
from evenhand.text.weighing import is_asked, kind_of, traits, weighed

CUES = language("en")


def passage_of(text: str, code: str = "en"):
    (read,) = [read for block in blocks(text) for read in reading(block, language(code))]
    first, *_ = passages(read.sentence, read.tags, language(code), read.sums)
    return read, first


def kind_in(text: str):
    read, passage = passage_of(text)
    return kind_of(weighed(read, passage, CUES), passage)


def test_a_trait_is_a_rule_a_class_a_small_word_or_a_shape():
    known = {rule.id for rule in CUES.rules} | {str(rule.kind) for rule in CUES.rules}
    classes = {*CUES.classes, "number", "year", "name", "quoted", "again", "any"}
    for trait in CUES.weights.rows:
        what, _, rest = trait.partition(" ")
        if what in {"rule", "fired", "strongest"}:
            assert rest.removeprefix("rule ") in known
        elif what in {"has", "near", "opens"} and not rest.startswith("word "):
            assert rest in classes
        elif what in {"word", "words"} or rest.startswith("word "):
            assert set(rest.removeprefix("word ").split()) <= CUES.small_words


def test_points_have_a_column_for_each_kind():
    assert CUES.weights.kinds == tuple(CLAIM_KINDS)
    assert CUES.weights.points.shape == (len(CUES.weights.rows), len(CLAIM_KINDS))


@pytest.mark.parametrize("kind", ["tie", "cause", "definition", "value"])
def test_a_kind_is_told_without_a_name(kind):
    said = {
        "tie": "The study was paid for by the {0}.",
        "cause": "The {0} policy ruined the harbour because nobody checked it.",
        "definition": "By freedom the {0} party means the freedom to buy.",
        "value": "Nobody should admire the {0} for this; it was wrong.",
    }[kind]
    told = {kind_in(said.format(name)) for name in ("Ostrian", "Westrian")}
    assert told == {kind}


@pytest.mark.parametrize(
    "text", ["The Ostrian mills closed in winter.", "A mill is not a gift.", "So the Ostrians left."]
)
def test_names_have_the_same_traits(text):
    one, other = passage_of(text), passage_of(text.replace("Ostrian", "Westrian"))
    assert traits(*one, CUES) == traits(*other, CUES)
    assert weighed(*one, CUES) == weighed(*other, CUES)


def test_likelihoods_sum_to_one():
    found = weighed(*passage_of("The tax ruined the harbour."), CUES)
    assert sum(found.likely.values()) == pytest.approx(1)
    assert found.likely[found.kind] == max(found.likely.values())


def test_a_language_without_points_goes_by_its_strongest_rule():
    read, passage = passage_of("Die Löhne stiegen schneller als in Italien.", "de")
    assert weighed(read, passage, language("de")) is None
    assert is_asked(None, passage)
    assert kind_of(None, passage) == passage.best.rule.kind


def test_what_has_a_strong_rule_or_a_sum_is_always_asked_about():
    read, passage = passage_of("Norland cut infant mortality more than Sudland between 1960 and 1990.")
    nothing = dataclasses.replace(weighed(read, passage, CUES), asked=0.0)
    assert is_asked(nothing, passage)
    assert not is_asked(nothing, dataclasses.replace(passage, hits=()))
