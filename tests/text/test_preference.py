"""Which of two things a sentence prefers."""

import pytest

from evenhand.text import language
from evenhand.text.preference import preference

SENTENCES = [
    ("Trams are better than buses.", "Trams", "buses", "better"),
    ("Trams are slower than buses.", "Trams", "buses", "worse"),
    ("Trams aren't better than buses.", "Trams", "buses", "worse"),
    ("Trams are more expensive than buses.", "Trams", "buses", "worse"),
    ("Trams are less noisy than buses.", "Trams", "buses", "worse"),
    ("I prefer trams to buses.", "trams", "buses", "better"),
    ("Trams outperform buses.", "Trams", "buses", "better"),
    ("A tram is a tram and a bus is a bus.", "tram", "bus", "none"),
    ("Trams and buses run on Sundays.", "Trams", "buses", "none"),
]


@pytest.mark.parametrize(("sentence", "first", "second", "wanted"), SENTENCES)
def test_what_is_preferred(sentence, first, second, wanted):
    assert preference(sentence, first, second, language("en")) == wanted


@pytest.mark.parametrize(("sentence", "first", "second", "wanted"), SENTENCES)
def test_asking_the_other_way_round_mirrors_the_answer(sentence, first, second, wanted):
    mirror = {"better": "worse", "worse": "better", "none": "none"}
    assert preference(sentence, second, first, language("en")) == mirror[wanted]


def test_a_thing_that_is_not_named_is_not_compared():
    assert preference("Trams are better.", "Trams", "buses", language("en")) == "none"
