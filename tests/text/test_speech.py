"""Whose words are these? By form, never by side."""

import pytest

from evenhand.text import language
from evenhand.text.clauses import tags_of
from evenhand.text.heard import heard
from evenhand.text.prose import folded
from evenhand.text.sentences import sentences
from evenhand.text.speech import voice_of

CUES = language("en")


def voiced(text: str):
    (sentence,) = sentences(folded(text).text, CUES)
    found = voice_of(sentence, tags_of(sentence, CUES))
    return found, sentence


REPORTED = [
    "Critics claim that the pool is too cold.",
    "The gardeners insist the hedge was never cut.",
    "Shopkeepers like to tell us that parking saves the high street.",
    "It is said that the bell rang by itself.",
    "The recipe is supposed to have come from a monastery.",
    "We are told that nobody noticed.",
    "The story that the bridge was sold to a circus is an old one.",
    "The pool, they say, is too cold.",
    "“The pool is too cold for anybody but penguins,” says the lifeguard.",
    "According to the gardeners, the hedge grew overnight.",
    "Opponents call it “a puddle with a fence”.",
    "Supposedly the clock has stopped.",
]
AUTHORS = [
    "The pool is too cold.",
    "I say that the pool is too cold.",
    "We insist that the hedge be cut.",
    "It is easy to say “let them swim elsewhere”.",
    "No matter how often you claim it, the pool stays cold.",
    "According to a study of 40 pools, most are colder.",
    "They were judged according to the same standard as other swimmers.",
    "He told his daughter a story.",
    "The gardeners cut the hedge in May.",
    "An answer that helps nobody is no answer.",
]


@pytest.mark.parametrize("text", REPORTED)
def test_what_others_say_is_theirs(text):
    assert voiced(text)[0].reported


@pytest.mark.parametrize("text", AUTHORS)
def test_what_nobody_else_says_is_the_author_s(text):
    assert not voiced(text)[0].reported


def test_who_speaks_is_known():
    found, sentence = voiced("The old gardeners insist that the hedge was never cut.")
    assert sentence.words[slice(*found.speaker)] == ("The", "old", "gardeners")


def test_what_follows_but_is_the_author_s_again():
    found, sentence = voiced("Critics claim that the pool is cold, but the thermometer reads 24 degrees.")
    but = sentence.low.index("but")
    assert found.holds(0, but)
    assert not found.holds(but, len(sentence))


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Critics admit that it is warm.", "concedes"),
        ("Critics claim that it is cold.", "rejects"),
        ("Critics say that it is cold.", None),
    ],
)
def test_what_the_author_does_with_it(text, stance):
    assert voiced(text)[0].stance == stance


FORMS = [(form, text) for form in CUES.reports for text in form.examples]
NO_FORMS = [(form, text) for form in CUES.reports for text in form.counter_examples]


def heard_in(text: str) -> bool:
    (sentence,) = sentences(folded(text).text, CUES)
    return heard(sentence, tags_of(sentence, CUES), CUES).reported


@pytest.mark.parametrize(("form", "text"), FORMS, ids=[text for _, text in FORMS])
def test_a_form_of_report_finds_its_examples(form, text):
    assert heard_in(text)


@pytest.mark.parametrize(("form", "text"), NO_FORMS, ids=[text for _, text in NO_FORMS])
def test_a_form_of_report_leaves_the_author_alone(form, text):
    assert not heard_in(text)


def test_every_form_of_report_has_both_kinds_of_example():
    assert all(form.examples and form.counter_examples for form in CUES.reports)
