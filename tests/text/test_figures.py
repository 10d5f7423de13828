"""Figures in prose, and the sums between them."""

import pytest

from evenhand.text import recompute
from evenhand.text.figures import figures, sums

STATED = [
    (
        "The US spent nearly US$5.8tn in the second half of the twentieth century on nuclear weapons, close to a third of its total military spending (US$18.7tn).",
        ["5.8 / 18.7 = 0.310, against close to a third = 0.333 (within 10 %)"],
    ),
    ("Ridership has doubled, from 31,000 trips a day to 64,000.", ["64 / 31 = 2.06, against twice = 2 (within 5 %)"]),
    (
        "The bill, 412 million, was nearly a third above the estimate of 310 million.",
        ["(412 - 310) / 310 = 0.329, against nearly a third = 0.333 (up to 10 % below)"],
    ),
    (
        "The tax rose from four shillings to nine, more than double.",
        ["9 / 4 = 2.25, against more than double = 2 (more)"],
    ),
    (
        "Of the 46 million spent, 19 million, or about two fifths, went to families.",
        ["19 / 46 = 0.413, against about two fifths = 0.400 (within 10 %)"],
    ),
    ("Debt fell from 88 to 74 per cent of output, a fall of 14 points.", ["88 - 74 = 14, against 14 (as rounded)"]),
    (
        "Scores rose from 38 to 47, a rise of 9, nearly a quarter.",
        [
            "47 - 38 = 9, against 9 (as rounded)",
            "(47 - 38) / 38 = 0.237, against nearly a quarter = 0.250 (up to 10 % below)",
        ],
    ),
    (
        "Sales fell from 200 to 150, a drop of 25 per cent.",
        ["(200 - 150) / 200 = 0.250, against 25 per cent = 0.250 (as rounded)"],
    ),
]
NONE = [
    "A list of 38 journalists was compiled in 1949.", "In 1990, half of the 300 schools closed.",
    "It was built from 1990 to 1999, a period of 9 years.", "Two in three of them are part-time; 17 of the 31 work for two banks.",
    "Between 1896 and 1930 some 61 per cent of the land passed to 2,300 settlers.", "From one day to the next, 3 people left.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), STATED)
def test_stated_sums_are_found_and_recomputed(text, wanted):
    found = sums(text)
    shown = [recompute(one.expression, one.stated) for one in found]
    assert [one.shown for one in shown] == wanted
    assert all(one.agrees for one in shown)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize("text", NONE)
def test_figures_without_a_sum_raise_no_alarm(text):
    assert sums(text) == []


def test_a_sum_that_is_wrong_is_found_all_the_same():
    (one,) = sums("Scores rose from 38 to 47, a rise of 12.")
    assert not recompute(one.expression, one.stated).agrees


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Forty per cent left.", [("percent", 0.4)]),
        ("It cost US$5.8tn.", [("money", 5.8e12)]),
        ("Nearly a quarter of the 1.2 million jobs", [("share", 0.25), ("plain", 1.2e6)]),
        ("since 1989 it fell by 9 points", [("year", 1989), ("points", 9)]),
        ("the first half of the nineteenth century", []),
        ("twice as many", [("times", 2)]),
        ("one of us", []),
    ],
)
def test_figures(text, wanted):
    assert [(f.unit, float(f.value)) for f in figures(text)] == [(unit, pytest.approx(value)) for unit, value in wanted]
