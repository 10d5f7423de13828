"""Recomputes the sums that a text states."""

from fractions import Fraction

from evenhand.model import Sum
from evenhand.text.expression import evaluate
from evenhand.text.fold import fold
from evenhand.text.stated import Stated, read_stated

SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def recompute(expression: str, stated: str | float, tolerance: str | float | None = None) -> Sum:
    """Does a sum come out as the text says?

    expression: numbers with + - * / ( ) % of and words like million; computed exactly. stated: the result in the
    text's own words or digits. How far it may be off follows those words (``words.toml``); a tolerance (absolute, or
    "10 %" of the stated figure) goes before them. agrees is None where the words state no figure that we can read.
    Raises BadInputError where the expression is no sum.

    >>> recompute("5.8 / 18.7", "close to a third").shown
    '5.8 / 18.7 = 0.310, against close to a third = 0.333 (within 10 %)'
    """
    value = evaluate(expression)
    reading = read_stated(stated, tolerance)
    written = " ".join(expression.split())
    said = str(stated).strip()
    if reading is None:
        shown = f"{written} = {figure(value)}, against {said}, which states no figure that we can read"
        return Sum(shown, float(value), said, None, "", None)
    shown = f"{written} = {figure(value)}, against {described(reading)} ({reading.tolerance})"
    stated_value = None if reading.value is None else float(reading.value)
    return Sum(shown, float(value), said, stated_value, reading.tolerance, reading.agrees(value))


def described(stated: Stated) -> str:
    """The stated words, and their figure where the words do not show it."""
    text = fold(stated.words).text
    if (
        stated.value is None
        or figure(stated.value) in text
        or not any(character.isalpha() or character == "%" for character in text)
    ):
        return stated.words
    return f"{stated.words} = {figure(stated.value)}"


def figure(value: Fraction) -> str:
    """A number as a reader would write it: whole ones in full, others to three digits, large ones in words.

    >>> figure(Fraction(58, 187)), figure(Fraction(1234)), figure(Fraction(5_800_000))
    ('0.310', '1,234', '5.8 million')
    """
    for scale, name in SCALES:
        if abs(value) >= scale:
            return f"{float(value / scale):,.2f}".rstrip("0").rstrip(".") + f" {name}"
    if value.denominator == 1:
        return f"{int(value):,}"
    if abs(value) >= 1000:
        return f"{float(value):,.1f}"
    return f"{float(value):#.3g}".rstrip(".")
