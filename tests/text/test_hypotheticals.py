"""What is only supposed is nobody's figure, comparison or event."""

from pathlib import Path

import pytest

from evenhand.model import DraftClaim
from evenhand.text import draft
from evenhand.text.document import Document

FACTS = {"comparison", "event", "quantity"}


def claims(text: str) -> list[DraftClaim]:
    return list(draft(Document(Path("text.txt"), text + "\n", "", ""), code="en").claims)


@pytest.mark.parametrize(
    "text",
    [
        "If the mill were publicly owned, wages would be higher than in the next town.",
        "If the mill were privately owned, wages would be higher than in the next town.",
        "Rents would have doubled if the law had been passed.", "Rents would have halved if the law had been passed.",
        "Had the rains come earlier, the harvest would have been the largest in history.",
        "If the bill had risen from 40 to 52, a rise of 12, nobody would have noticed.",
        "Suppose that wages doubled from 40 to 90 in 1990.", "Imagine a famine that killed 40 per cent of the people.",
    ],
)  # fmt: skip
def test_a_supposition_is_no_fact(text):
    for claim in claims(text):
        assert claim.kind not in FACTS
        assert claim.arithmetic is None


@pytest.mark.parametrize(
    "text",
    ["They act as if the famine had never happened.", "They act as though the strike had never taken place."],
)
def test_as_if_denies_nothing(text):
    assert [claim for claim in claims(text) if claim.cue == "denied-event" or claim.confidence > 0.4] == []


def test_what_stands_beside_a_supposition_is_a_fact():
    first, second = claims("Wages rose by half; if prices had not risen, they would have doubled.")
    assert (first.kind, first.quote) == ("quantity", "Wages rose by half")
    assert second.kind == "cause"


@pytest.mark.parametrize(
    "text",
    [
        "They say that wages rose by half.",
        "Some say that the tram cost more than the bus.",
        "It is said that 40 people came.",
    ],
)
def test_what_they_say_is_theirs(text):
    assert {claim.voice for claim in claims(text)} == {"reported"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wages rose from 40 to 52, a rise of 12, if we trust the ministry.", "quantity"),
        ("When the mill was sold, wages rose by half.", "quantity"),
    ],
)
def test_a_condition_that_supposes_nothing_changes_nothing(text, kind):
    assert kind in [claim.kind for claim in claims(text)]
