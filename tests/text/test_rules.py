"""Rules are data: each finds its examples and leaves its counter-examples alone."""

import tomllib
from importlib.resources import files

import pytest

from evenhand.model import CLAIM_KINDS, MOVES, BadInputError
from evenhand.text import codes, language
from evenhand.text.clauses import tags_of
from evenhand.text.language import build
from evenhand.text.passages import hits
from evenhand.text.patterns import pattern
from evenhand.text.prose import folded
from evenhand.text.sentences import sentences

ALL = [(code, rule) for code in codes() for rule in language(code).rules]
NAMES = [f"{code}:{rule.id}" for code, rule in ALL]


def fired(text: str, code: str) -> set[str]:
    cues = language(code)
    return {
        hit.rule.id
        for sentence in sentences(folded(text).text, cues)
        for hit in hits(sentence, tags_of(sentence, cues), cues)
    }


@pytest.mark.parametrize(("code", "rule"), ALL, ids=NAMES)
def test_a_rule_finds_its_examples_and_only_those(code, rule):
    assert rule.examples
    assert rule.counter_examples
    for example in rule.examples:
        assert rule.id in fired(example, code), example
    for example in rule.counter_examples:
        assert rule.id not in fired(example, code), example


@pytest.mark.parametrize("code", codes())
def test_a_language_is_whole(code):
    cues = language(code)
    assert len({rule.id for rule in cues.rules}) == len(cues.rules)
    assert {rule.kind for rule in cues.rules} <= {*CLAIM_KINDS, None}
    assert {rule.move for rule in cues.rules if rule.move} <= set(MOVES)
    assert all(0 < rule.confidence <= 1 and (0 < rule.strength < 1 or rule.kind is None) for rule in cues.rules)


def test_english_knows_every_kind_and_every_move():
    rules = language("en").rules
    assert {rule.kind for rule in rules if rule.kind} == set(CLAIM_KINDS)
    assert {rule.move for rule in rules if rule.move} | {"against-the-source"} == set(MOVES)


def test_an_unknown_language_is_refused_with_those_that_there_are():
    with pytest.raises(BadInputError, match="no cues for the language 'xx'") as caught:
        language("xx")
    assert "en" in caught.value.problems[0].hint


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "gossip"}, "there is no kind 'gossip'"),
        ({"move": "shrug"}, "there is no move 'shrug'"),
        ({"patterns": ["{nonsense} than"]}, "there is no class of words 'nonsense'"),
        ({"patterns": ["~3 than"]}, "must open with words"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(change, message):
    table = tomllib.loads(files("evenhand.text").joinpath("languages", "en.toml").read_text(encoding="utf-8"))
    table["rules"] = [table["rules"][0] | change]
    with pytest.raises(BadInputError, match=message):
        build(table, "en")


def test_the_notation_of_patterns():
    shape = pattern("^ more|less {superlative}? ~3 than !ever", {"superlative"}, "x")
    assert shape.opens
    assert not shape.closes
    assert [element.gap for element in shape.elements] == [0, 0, 3, 0, 0]
    assert shape.elements[1].optional
    assert shape.elements[4].negated
