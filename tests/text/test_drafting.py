"""What is drafted of a text: exact quotes whatever the typography, the same for either side, and nothing that blows up."""

import random
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from evenhand.model import BadInputError, DraftClaim
from evenhand.text import draft
from evenhand.text.document import Document

MUTATIONS = 1000
TEXT = """\
# The record of Norland

Norland cut infant mortality more than Sudland between 1960 and 1990. Critics claim that it was “a monster among states”.
The ministry denies that there was a famine. Wages rose from 38 to 47, a rise of 9, nearly a quarter [1]. No other
country has ever done so much. The study was funded by the car makers, and its author worked for them.

It raised life expectancy, ended illiteracy and built schools — faster than anybody. Thus the critics are wrong.

[1] A census of potatoes, onions and cabbage in the northern provinces, printed by the farmers themselves, page 3.
"""


def document(text: str) -> Document:
    return Document(Path("text.txt"), text, "", "")


def kinds(text: str) -> list[str]:
    return [claim.kind for claim in draft(document(text)).claims]


def test_a_text_is_drafted():
    made = draft(document(TEXT))
    by_cue = {claim.cue: claim for claim in made.claims}
    first, *_ = made.claims
    assert (first.cue, first.kind, first.veiled) == ("comparative-than", "comparison", False)
    assert by_cue["comparative-than"].quote.endswith("faster than anybody")
    assert by_cue["comparative-than"].veiled
    assert by_cue["denied-event"].kind == "event"
    assert by_cue["denied-event"].voice == "reported"
    assert by_cue["superlative"].move == "superlative"
    assert by_cue["stated sum"].arithmetic == "47 - 38 = 9, against 9 (as rounded)"
    assert by_cue["tie"].move == "against-the-source"
    assert by_cue["inference"].kind == "inference"
    deeds = [c.quote for c in made.claims if c.cue in {"achievements", "deeds"}]
    assert deeds[:2] == ["raised life expectancy", "ended illiteracy"]
    assert made.ledger.sentences == 9
    assert made.ledger.comparisons == sum(c.kind == "comparison" for c in made.claims)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "Air quality has improved, rents along the line have fallen by half and small shops are doing better.",
            ["Air quality has improved", "rents along the line have fallen by half", "small shops are doing better"],
        ),
        ("The rise in wages and cheap prices has been good.", ["The rise in wages and cheap prices has been good"]),
        (
            "It lists great gains in literacy and the position of women, ending hunger, inspiring and providing aid to others.",
            ["gains in literacy and the position of women", "ending hunger", "inspiring and providing aid to others"],
        ),
        ("The record is ending hunger, raising wages.", ["ending hunger", "raising wages"]),
        ("The record is starving towns, closing schools.", ["starving towns", "closing schools"]),
        (
            "It meant ending hunger, raising wages and building schools.",
            ["ending hunger", "raising wages", "building schools"],
        ),
    ],
)
def test_a_clause_is_cut_before_its_own_subject(text, quotes):
    drafted = [claim.quote for claim in draft(document(text)).claims]
    assert [quote for quote in quotes if quote not in drafted] == []


def test_a_statement_about_any_reader_is_drafted_and_an_address_is_not():
    assert kinds("When you close a school, you close the village.") == ["inference"]
    assert kinds("You will find the tables on the next page.") == []


def test_an_inference_rests_on_what_stands_before_it():
    made = draft(document(TEXT)).drafted
    (thus,) = [one for one in made if one.claim.kind == "inference"]
    assert thus.rests_on
    assert all(made[i].claim.end <= thus.claim.start for i in thus.rests_on)


def test_a_note_about_something_else_is_a_question():
    made = draft(document(TEXT)).drafted
    asked = [question for one in made for question in one.questions]
    assert any(
        question.startswith("note [1] speaks of") and "Does the note carry it?" in question for question in asked
    )


def test_a_mark_without_a_note_is_a_question():
    made = draft(document("Wages rose by half between the wars in every town [7]. It ended.\n")).drafted
    assert any("none of that mark" in question for one in made for question in one.questions)


# Anchors


def mutated(text: str, seed: int) -> str:
    """The text with its typography changed in ways that people's editors change it."""
    draw = random.Random(seed)
    swaps = {
        " ": [" ", "\u00a0", "  ", "\u2009"], "\n": ["\n", "\r\n"], "'": ["'", "’"], '"': ['"', "“", "”"],
        "e": ["e", "e\u0301", "é", "e"], "a": ["a", "a", "\u00ada", "a\u200d"], ".": [".", "…", ". 🙂"], "o": ["o", "o", "о"],
        "s": ["s", "s", "\u202bs\u202c"],
    }  # fmt: skip
    return "".join(draw.choice(swaps[c]) if c in swaps and draw.random() < 0.15 else c for c in text)


def test_every_quote_stands_at_its_offsets_whatever_the_typography():
    count = 0
    for seed in range(MUTATIONS):
        text = mutated(TEXT, seed)
        for claim in draft(document(text)).claims:
            assert text[claim.start : claim.end] == claim.quote
            assert claim.quote.strip()
            count += 1
    assert count > 5000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_it(text):
    claims: tuple[DraftClaim, ...] = ()
    with suppress(BadInputError):
        claims = draft(document(text)).claims
    for claim in claims:
        assert text[claim.start : claim.end] == claim.quote


# Even hands

PAIRS = [
    ("Norland", "Sudland"), ("Socialists", "Liberals"), ("Stalin", "Churchill"), ("The council", "The union"), ("Cuba", "Haiti"),
    ("Labour", "The Conservatives"), ("Liberals", "Greens"), ("The Republicans", "The Democrats"),
]  # fmt: skip
FRAMES = [
    "{a} was a monster, and {b} was not.", "{a} did more for the poor than {b}.", "{b} claims that {a} lied about the famine of 1921.",
    "{a} paid the historian who worked for {b}.", "Nobody believes {a}, and everybody believes {b}.", "{a} has failed.",
    "The crimes of {a} were worse than those of {b}, because {b} stopped.", "What about {a}? {b} never managed it.",
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), PAIRS)
@pytest.mark.parametrize("frame", FRAMES)
def test_exchanging_the_sides_changes_no_draft(frame, a, b):
    def drafted(one: str, other: str) -> list[tuple[object, ...]]:
        return [
            (c.kind, c.veiled, c.voice, c.stance, c.move, c.confidence, c.cue, c.missing)
            for c in draft(document(frame.format(a=one, b=other) + "\n")).claims
        ]

    assert drafted(a, b) == drafted(b, a)


# Nothing blows up

HOSTILE = {
    "brackets": "(" * 10_000 + "worse than" + ")" * 10_000,
    "nested quotes": "“" * 5_000 + "it was worse" + "”" * 5_000 + " he said. " * 5_000,
    "one endless sentence": "and it was more than the other, " * 3_200,
    "commas": "," * 100_000,
    "digits": "1,000" * 20_000,
    "from to": "from 1 to 2 " * 8_000,
    "dots": "..." * 33_000,
    "tags": "<p" * 50_000,
    "comments": "<p>" + "<!--" * 25_000,
    "marks": "[1]" * 33_000,
    "stars": "* " * 50_000,
    "names": "Norland Of The " * 6_600,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end(name):
    """Each takes well under two seconds; the bound here only tells an explosion from a slow machine."""
    began = time.process_time()
    with suppress(BadInputError):
        draft(document(HOSTILE[name]), code="en")
    assert time.process_time() - began < 20
