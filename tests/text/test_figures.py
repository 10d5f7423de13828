"""Figures in prose, and the sums between them."""

import pytest

from evenhand.text import language, recompute
from evenhand.text.figures import figures
from evenhand.text.sentences import sentences
from evenhand.text.sums import sums

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
    (
        "In 2011 it was to cost 80 million. It cost 100 million and opened late. That is an excess of 20 million, exactly a quarter.",
        [
            "100 - 80 = 20, against 20 (as rounded)",
            "(100 - 80) / 80 = 0.250, against exactly a quarter = 0.250 (exactly)",
        ],
    ),
    (
        "Waiting times fell from 50 days to 40, a drop of about a fifth.",
        ["(50 - 40) / 50 = 0.200, against about a fifth = 0.200 (within 10 %)"],
    ),
    (
        "The choir grew from 20 voices to 30, half as many again.",
        ["(30 - 20) / 20 = 0.500, against half = 0.500 (within 5 %)"],
    ),
    (
        "She won 33 out of 44 games, exactly three quarters.",
        ["33 / 44 = 0.750, against exactly three quarters = 0.750 (exactly)"],
    ),
    (
        "They lost 12 of their first 20 games, well over half.",
        ["12 / 20 = 0.600, against well over half = 0.500 (more)"],
    ),
    (
        "The roof was priced at 2 million; it cost 7 million, three and a half times the estimate.",
        ["7 / 2 = 3.50, against three and a half times = 3.50 (within 5 %)"],
    ),
    ("The north sent 14 delegates and the south 9, 23 in all.", ["14 + 9 = 23, against 23 (as rounded)"]),
    ("Membership rose from 40 to 52, 12 more.", ["52 - 40 = 12, against 12 (as rounded)"]),
    (
        "Membership fell from 52 to 40, 12 fewer, nearly a quarter.",
        [
            "52 - 40 = 12, against 12 (as rounded)",
            "(52 - 40) / 52 = 0.231, against nearly a quarter = 0.250 (up to 10 % below)",
        ],
    ),
    (
        "Of the 12 mills, 7 were closed by the council and 5 by the company.",
        ["7 + 5 = 12, against 12 (as rounded)"],
    ),
    (
        "Of the 12 mills, 7 were closed by the company and 5 by the council.",
        ["7 + 5 = 12, against 12 (as rounded)"],
    ),
    ("Of the 40 votes, 25 were cast for the bill and 15 against it.", ["25 + 15 = 40, against 40 (as rounded)"]),
    ("It closed 3 in the first year, 4 in the second, seven in all.", ["3 + 4 = 7, against 7 (as rounded)"]),
    ("It sold 61 tickets, six more than the 55 of last year.", ["61 - 55 = 6, against 6 (as rounded)"]),
]
NONE = [
    "A list of 38 journalists was compiled in 1949.", "In 1990, half of the 300 schools closed.",
    "It was built from 1990 to 1999, a period of 9 years.", "Two in three of them are part-time; 17 of the 31 work for two banks.",
    "Between 1896 and 1930 some 61 per cent of the land passed to 2,300 settlers.", "From one day to the next, 3 people left.",
    "It cost 80 million. The other cost 100 million. A loss of 3 million was booked elsewhere.",
    "Twenty trains and 30 buses were late, a third of all journeys in the year.", "Nine wards closed and 3 opened; half of the staff left.",
    "It has 12 of the 40 seats, and a quarter of the chairs were empty.", "The 3 schools and 2 clinics cost 41 million in all.",
    "Of the 31 who signed, 17 work for two banks.", "He paid 4 dollars for 3 apples, twice in one week.",
    "Of the 12 mills, 7 were closed by the council and 3 by the company.", "Of the 12 clubs, 7 play in the league and 6 in the cup.",
    "Of the 12 members, 7 live in town and 5 are women.", "The fare rose from 40 to 52, 13 more stops were closed.",
    "The fare rose from 40 to 52, and 13 more closed.", "It rose from 40 to 52, 13 more than elsewhere.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), STATED)
def test_stated_sums_are_found_and_recomputed(text, wanted):
    found = sums(text, starts=[one.start for one in sentences(text, language("en"))])
    shown = [recompute(one.expression, one.stated) for one in found]
    assert [one.shown for one in shown] == wanted
    assert all(one.agrees for one in shown)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize("text", NONE)
def test_figures_without_a_sum_raise_no_alarm(text):
    assert sums(text, starts=[one.start for one in sentences(text, language("en"))]) == []


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
