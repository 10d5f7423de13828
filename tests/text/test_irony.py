"""A mark of irony changes nothing of what is drafted but that it is asked about, alike for all sides."""

from pathlib import Path

import pytest

from evenhand.text import draft
from evenhand.text.completing import Drafted
from evenhand.text.document import Document


def drafted(text: str) -> list[Drafted]:
    return list(draft(Document(Path("text.txt"), text + "\n", "", ""), code="en").drafted)


def shown(text: str) -> list[tuple[object, ...]]:
    return [(c.kind, c.voice, c.stance, c.veiled, c.confidence) for c in (one.claim for one in drafted(text))]


MARKS = ["the so-called {}", "the “{}”", "the ‘{}’", "the {} (sic)", "the supposed {}", "the self-styled {}"]
FRAMES = [
    "Last year {} cost nothing.", "In the north {} was a disaster.", "Since then {} had cut wages by half.",
    "After that {} did better than its neighbours.",
]  # fmt: skip


@pytest.mark.parametrize("word", ["reform", "liberators", "tradition", "occupiers"])
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("mark", MARKS)
def test_a_marked_word_is_read_as_the_word_and_asked_about(frame, mark, word):
    plain, marked = frame.format(f"the {word}"), frame.format(mark.format(word))
    assert shown(plain)
    assert shown(marked) == shown(plain)
    assert "loaded-word" in [one.claim.move for one in drafted(marked)]
    assert any(f"“{word}” is kept at a distance" in question for one in drafted(marked) for question in one.questions)
    assert not any("distance" in question for one in drafted(plain) for question in one.questions)


def test_the_quote_holds_its_marks():
    (one,) = drafted("They cost us dear, the “reformers”.")
    assert one.claim.quote.endswith("the “reformers”")


@pytest.mark.parametrize(
    "text",
    [
        "The word “reform” means nothing here.", "“Reform” has come to mean any cut.", "Critics call it “reform”.",
        "The minister called them “useful”.", "In her novel “Progress” nobody works.", "It was not a “real” market.",
        "The workers' wages were higher than the clerks'.", "“The reform has cost us nothing at all”, said the mayor.",
        "The flats on “B” stairs are worse.", "It was “the best day of the year” for many.",
    ],
)  # fmt: skip
def test_what_is_cited_mentioned_or_named_is_no_irony(text):
    assert not any("distance" in question for one in drafted(text) for question in one.questions)


def test_a_sentence_that_is_supposedly_so_is_still_somebody_else_s():
    (one,) = drafted("Supposedly the clock has stopped.")
    assert (one.claim.voice, one.claim.stance) == ("reported", "rejects")
