"""The sums that texts state, and how loosely their words are meant."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from evenhand.model import BadInputError
from evenhand.text import evaluate, read_stated, recompute
from evenhand.text.words import words

ALLOWED = "allowed: numbers, + - * / ( ), %, of, and words like thousand, million, bn, tn"

# The essay's footnote (Schwartz 1998, Atomic Audit): 5.8 of 18.7 is 0.310; "close to a third" is within 10 % of 0.333.
GOLDEN = [
    ("5.8 / 18.7", "close to a third", True, "5.8 / 18.7 = 0.310, against close to a third = 0.333 (within 10 %)"),
    ("5.8 / 18.7", "a third", False, "5.8 / 18.7 = 0.310, against a third = 0.333 (within 5 %)"),
    (
        "5.8tn / 18.7tn",
        "nearly a third",
        True,
        "5.8tn / 18.7tn = 0.310, against nearly a third = 0.333 (up to 10 % below)",
    ),
    ("US$5.8tn / US$18.7tn", "0.31", True, "US$5.8tn / US$18.7tn = 0.310, against 0.31 (as rounded)"),
    ("44 - 35", "9", True, "44 - 35 = 9, against 9 (as rounded)"),
    ("44 - 35", 9, True, "44 - 35 = 9, against 9 (as rounded)"),
    ("12 + 15 + 11", "some 38", True, "12 + 15 + 11 = 38, against some 38 (within 10 %)"),
    ("(63-44)/44", "about 40 %", True, "(63-44)/44 = 0.432, against about 40 % = 0.400 (within 10 %)"),
    ("(63-44)/44", "40 %", False, "(63-44)/44 = 0.432, against 40 % = 0.400 (as rounded)"),
    ("12 % of 340", "40.8", True, "12 % of 340 = 40.8, against 40.8 (as rounded)"),
    ("12 % of 340", "41", True, "12 % of 340 = 40.8, against 41 (as rounded)"),
    (
        "1 / 4 + 0.01",
        "nearly a quarter",
        False,
        "1 / 4 + 0.01 = 0.260, against nearly a quarter = 0.250 (up to 10 % below)",
    ),
    ("6 / 10", "more than half", True, "6 / 10 = 0.600, against more than half = 0.500 (more)"),
    ("1 / 2", "more than half", False, "1 / 2 = 0.500, against more than half = 0.500 (more)"),
    ("2 / 3", "at least two thirds", True, "2 / 3 = 0.667, against at least two thirds = 0.667 (that or more)"),
    ("4", "less than 5", True, "4 = 4, against less than 5 (less)"),
    ("5", "under 5", False, "5 = 5, against under 5 (less)"),
    ("10", "up to 10", True, "10 = 10, against up to 10 (that or less)"),
    ("12.2", "exactly 12", False, "12.2 = 12.2, against exactly 12 (exactly)"),
    ("88 / 44", "twice", True, "88 / 44 = 2, against twice = 2 (within 5 %)"),
    ("93 / 30", "three times", True, "93 / 30 = 3.10, against three times = 3 (within 5 %)"),
    (
        "2.9 million + 2.9 million",
        "5.8 million",
        True,
        "2.9 million + 2.9 million = 5.8 million, against 5.8 million (as rounded)",
    ),
    ("41", "40 % or more", True, "41 = 41, against 40 % or more = 0.400 (that or more)"),
    ("35", "between 30 and 40", True, "35 = 35, against between 30 and 40 (between the two)"),
    ("35", "36 to 40", False, "35 = 35, against 36 to 40 (between the two)"),
    (
        "1",
        "countless billions of dollars",
        None,
        "1 = 1, against countless billions of dollars, which states no figure that we can read",
    ),
]


@pytest.mark.parametrize(("expression", "stated", "agrees", "shown"), GOLDEN)
def test_sums_of_texts(expression: str, stated: str | int, agrees: bool | None, shown: str) -> None:
    found = recompute(expression, stated)
    assert (found.shown, found.agrees) == (shown, agrees)
    assert found.stated == str(stated)


def test_the_essays_fraction_to_the_digit() -> None:
    found = recompute("5.8 / 18.7", "close to a third")
    assert found.value == 5.8 / 18.7
    assert found.stated_value == 1 / 3
    assert found.tolerance == "within 10 %"


@pytest.mark.parametrize(
    ("words_", "value"),
    [
        ("a dozen", 12),
        ("twenty-five", 25),
        ("a hundred and five", 105),
        ("two thousand three hundred and forty-five", 2345),
        ("one and a half million", 1_500_000),
        ("half a million", 500_000),
        ("two and a half", Fraction(5, 2)),
        ("three-quarters", Fraction(3, 4)),
        ("one in five", Fraction(1, 5)),
        ("12 out of 40", Fraction(3, 10)),
        ("1/3", Fraction(1, 3)),
        ("5.8tn", 5_800_000_000_000),
        ("US$ 5.8 trillion", 5_800_000_000_000),
        ("1,200", 1200),
        ("1 200", 1200),
        ("tenfold", 10),
        ("doubled", 2),
        ("9 percentage points", 9),
        ("9 per cent", Fraction(9, 100)),
        ("none", 0),
        ("-3", -3),
        ("−3", -3),
        ("38 journalists and writers", 38),
        ("some 38 of them", 38),
        ("a third of it", Fraction(1, 3)),
        ("only seven", 7),
        ("a full two thirds", Fraction(2, 3)),
        ("the half", Fraction(1, 2)),
        ("10-fold", 10),
        ("1.2m", 1_200_000),
        ("two a day", 2),
        ("a million", 1_000_000),
        ("a third of a million", Fraction(1_000_000, 3)),
        ("two million three hundred thousand", 2_300_000),
    ],
)
def test_figures_in_words(words_: str, value: Fraction | int) -> None:
    found = read_stated(words_)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "countless",
        "a",
        "a deranged butcher",
        "a few",
        "hundreds of them",
        "many more than before",
        "nobody",
        "…",
        "billions",
    ],
)
def test_words_without_a_figure_state_none(nothing: str) -> None:
    found = read_stated(nothing)
    assert found is None


@pytest.mark.parametrize(
    ("stated", "tolerance", "value", "agrees"),
    [
        ("41", 1, "40", True),
        ("42", 1, "40", False),
        ("42", "5 %", "40", True),
        ("40", "5 %", "42.1", False),
        ("more than 40", "1", "39.5", True),
        ("about 40", 0, "41", False),
        ("40", 0.5, "40.5", True),
    ],
)
def test_an_explicit_tolerance_goes_before_the_words(
    stated: str, tolerance: str | float, value: str, agrees: bool
) -> None:
    assert recompute(value, stated, tolerance).agrees is agrees


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("5 / 0", "the sum '5 / 0' divides by zero; check the figures"),
        ("1 / (2 - 2)", "the sum '1 / (2 - 2)' divides by zero; check the figures"),
        ("", f"the sum '' cannot be read: a number is missing before 'the end' (character 1); {ALLOWED}"),
        ("1 +", f"the sum '1 +' cannot be read: a number is missing before 'the end' (character 4); {ALLOWED}"),
        ("(1", f"the sum '(1' cannot be read: a bracket is not closed (character 3); {ALLOWED}"),
        ("1)", f"the sum '1)' cannot be read: ')' does not belong there (character 2); {ALLOWED}"),
        ("1,5", f"the sum '1,5' holds ',' (character 2); {ALLOWED}"),
        ("2**9", f"the sum '2**9' cannot be read: '*' stands where a number is needed (character 3); {ALLOWED}"),
        ("5 apples", f"the sum '5 apples' cannot be read: 'apples' does not belong there (character 3); {ALLOWED}"),
        ("exit()", f"the sum 'exit()' cannot be read: 'exit' stands where a number is needed (character 1); {ALLOWED}"),
        ("().__class__", f"the sum '().__class__' holds '.' (character 3); {ALLOWED}"),
        ("9" * 31, f"the sum '{'9' * 31}' holds a number of over 30 digits"),
        ("1" + "+1" * 200, "the sum is 401 characters long; allowed: up to 300"),
        (
            "(" * 50 + "1",
            f"the sum '{'(' * 50}1' cannot be read: it is nested more than 40 deep (character 42); {ALLOWED}",
        ),
    ],
)
def test_what_is_no_sum_is_said_to_be_none(expression: str, message: str) -> None:
    with pytest.raises(BadInputError) as caught:
        evaluate(expression)
    assert str(caught.value) == message


def test_a_tolerance_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(BadInputError) as caught:
        recompute("1", "1", "a bit")
    assert str(caught.value) == (
        "the tolerance 'a bit' cannot be read; "
        'allowed: a number of 0 or more, or a share of the stated figure like "10 %"'
    )


@given(st.fractions(-1000, 1000, max_denominator=100), st.fractions(-1000, 1000, max_denominator=100))
def test_sums_are_exact(a: Fraction, b: Fraction) -> None:
    left, right = (f"({x.numerator} / {x.denominator})" for x in (a, b))
    assert evaluate(f"{left} + {right}") == a + b
    assert evaluate(f"{left} − {right} × 2") == a - b * 2
    if b:
        assert evaluate(f"{left} ÷ {right}") == a / b


@given(st.text(max_size=40))
def test_any_expression_is_a_number_or_an_error_in_words(expression: str) -> None:
    try:
        assert isinstance(evaluate(expression), Fraction)
    except BadInputError as error:
        assert str(error)  # noqa: PT017


@given(st.text(max_size=40))
def test_any_stated_words_can_be_asked(stated: str) -> None:
    found = read_stated(stated)
    assert found is None or found.low is None or found.high is None or found.low <= found.high


@given(st.decimals(0, 10_000, places=2))
def test_a_figure_agrees_with_itself_unless_the_words_say_otherwise(number: object) -> None:
    value = Fraction(str(number))
    for rule in words().rules:
        phrase = f"{number} {rule.words[0]}" if rule.after else f"{rule.words[0]} {number}"
        found = read_stated(phrase)
        assert found is not None
        assert found.value == value
        assert found.agrees(value) is not rule.open
    assert recompute(str(number), str(number)).agrees
