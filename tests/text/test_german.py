"""Marks of irony and suppositions in the second language."""

from pathlib import Path

import pytest

from evenhand.text import draft
from evenhand.text.completing import Drafted
from evenhand.text.document import Document


def drafted(text: str) -> list[Drafted]:
    return list(draft(Document(Path("text.txt"), text + "\n", "", ""), code="de").drafted)


@pytest.mark.parametrize("mark", ["Die „{}“", "Die sogenannte {}", "Die {} (sic)"])
@pytest.mark.parametrize("word", ["Reform", "Besatzung"])
def test_a_marked_word_is_asked_about(mark, word):
    (one,) = drafted(f"{mark.format(word)} hat 12 Millionen Menschen ärmer gemacht.")
    assert (one.claim.kind, one.claim.move) == ("quantity", "loaded-word")
    assert any("distance" in question for question in one.questions)


@pytest.mark.parametrize(
    "text", ["Das Wort „Reform“ stand in 40 Prozent der Reden.", "Die „echte“ Reform kostet 40 Prozent mehr."]
)
def test_words_that_are_mentioned_or_claimed_genuine_keep_their_marks(text):
    assert not any("distance" in question for one in drafted(text) for question in one.questions)


@pytest.mark.parametrize(
    "text",
    [
        "Wenn die Mühle der Stadt gehörte und größer wäre, wären die Löhne höher als im Nachbarort.",
        "Wenn die Mühle einem Unternehmer gehörte und größer wäre, wären die Löhne höher als im Nachbarort.",
        "Angenommen, die Preise stiegen um 12 Prozent.", "Sie tun, als hätte es die Hungersnot nie gegeben.",
    ],
)  # fmt: skip
def test_a_supposition_is_no_fact(text):
    assert not {one.claim.kind for one in drafted(text)} & {"comparison", "event", "quantity"}


def test_what_is_not_supposed_is_one():
    assert [one.claim.kind for one in drafted("Die Preise stiegen um 12 Prozent.")] == ["quantity"]
    assert [one.claim.kind for one in drafted("Es gab keine Hungersnot.")] == ["event"]
