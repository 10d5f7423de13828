"""Reads a figure as a text states it: "close to a third", "5.8tn", "at least two thirds"."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from evenhand.model import BadInputError
from evenhand.text.expression import plain_number
from evenhand.text.fold import fold
from evenhand.text.words import Rule, exact, words

DIGITS = re.compile(
    r"[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?: \d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
)
WORD = re.compile(r"[^\W\d_]+")
OUT_OF = re.compile(r"\s*(?:/|in|out of|of every)\s*(?=[\w.])")
PERCENT = re.compile(r"\s*(?:%|percent\b|per cent\b|per hundred\b)(?! points?)(?!age)")
NUMBER_WORD = re.compile(r"[\s-]*(?:and )?([^\W\d_]+)")
SCALED = re.compile(r"[\s-]*(?:of an? |an? )?([^\W\d_]+)")
AND_A = re.compile(r"[\s-]*and an? ([^\W\d_]+)")
ARTICLE = re.compile(r"(an?)(?=[\s-])")
HUNDRED = 100
TIMES = re.compile(r"[\s-]*(?:times|fold|x)\b")
RANGE = re.compile(r"\s*(?:to|and|-)\s*")
TOLERANCE = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(%)?\s*")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as stated. value: None for a range. low, high: where a figure may lie and agree, None for anywhere.

    open: the stated value itself does not agree ("more than 5" is not 5). tolerance: the same in words.
    """

    words: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    open: bool
    tolerance: str

    def agrees(self, value: Fraction) -> bool:
        """Is this what the words say?"""
        if self.open and value == self.value:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A bare figure. slack: how far a plain one may be off. shown: that in words. rest: the text behind it."""

    value: Fraction
    slack: Fraction
    shown: str
    rest: str


def read_stated(stated: str | float, tolerance: str | float | None = None) -> Stated | None:
    """What figure do these words state, and how loosely? None where they state none that we can read.

    The looseness follows the words by the table in ``words.toml``; an explicit tolerance (an absolute number, or
    "10 %" of the stated figure) goes before it.
    """
    said = str(stated).strip()
    rule, text = _take_rule(fold(said).text.strip().lower())
    first = _figure(text)
    if first is None:
        return None
    second = _second(text, first.rest)
    if second is not None:
        return _range(said, first, second)
    rule = rule or _rule_after(first.rest)
    if tolerance is not None:
        slack, shown = read_tolerance(tolerance, first.value)
        return Stated(said, first.value, first.value - slack, first.value + slack, open=False, tolerance=shown)
    if rule is None:
        return Stated(said, first.value, first.value - first.slack, first.value + first.slack, open=False,
                      tolerance=first.shown)  # fmt: skip
    low, high = (None if reach is None else abs(first.value) * reach for reach in (rule.below, rule.above))
    return Stated(said, first.value, None if low is None else first.value - low,
                  None if high is None else first.value + high, open=rule.open, tolerance=rule.shown)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opening:
    """A figure with which a text opens. length: of its words; percent: it is written per hundred."""

    value: Fraction
    length: int
    percent: bool


def figure_at(text: str) -> Opening | None:
    """The figure with which a folded text in lower case opens, without words of looseness; None where it opens with none."""
    found = _figure(text)
    if found is None:
        return None
    taken = text[: len(text) - len(found.rest)]
    return Opening(found.value, len(taken.rstrip()), bool(PERCENT.search(taken)))


def read_tolerance(tolerance: str | float, value: Fraction) -> tuple[Fraction, str]:
    """How far may a figure be off, and how is that said? "10 %" is of the stated figure, a bare number absolute."""
    found = TOLERANCE.fullmatch(str(tolerance))
    if found is None:
        hint = 'allowed: a number of 0 or more, or a share of the stated figure like "10 %"'
        raise BadInputError(f"the tolerance {tolerance!r} cannot be read", hint=hint)
    if found[2]:
        return abs(value) * exact_text(found[1]) / 100, f"within {found[1]} %"
    return exact_text(found[1]), f"within {found[1]}"


def exact_text(digits: str) -> Fraction:
    return Fraction(digits)


def _range(said: str, first: _Figure, second: _Figure) -> Stated:
    low, high = min(first.value, second.value), max(first.value, second.value)
    return Stated(said, None, low - first.slack, high + second.slack, open=False, tolerance="between the two")


def _take_rule(text: str) -> tuple[Rule | None, str]:
    """The first rule whose words the text opens with, and the text without those and without filler."""
    found: Rule | None = None
    phrases = {phrase: rule for rule in words().rules if not rule.after for phrase in rule.words}
    known = sorted({*phrases, *words().filler, "between", "from"}, key=len, reverse=True)
    while phrase := next((phrase for phrase in known if _opens(text, phrase)), None):
        found = found or phrases.get(phrase)
        text = text[len(phrase) :].lstrip()
    return found, text


def _opens(text: str, phrase: str) -> bool:
    """Does a text open with a phrase, as whole words?"""
    return text.startswith(phrase) and not (phrase[-1].isalpha() and text[len(phrase) : len(phrase) + 1].isalpha())


def _rule_after(rest: str) -> Rule | None:
    """The rule whose words stand right behind the figure: "40 % or more"."""
    rest = rest.strip(" ,")
    after = ((phrase, rule) for rule in words().rules if rule.after for phrase in rule.words)
    return next((rule for phrase, rule in after if _opens(rest, phrase)), None)


def _second(text: str, rest: str) -> _Figure | None:
    """The other end of a range, where there is one: "30 to 40", "between 30 and 40"."""
    joint = RANGE.match(rest)
    if joint is None or (joint[0].strip() == "and" and not text[:1].isdigit()):
        return None
    return _figure(rest[joint.end() :])


def _figure(text: str) -> _Figure | None:
    """The figure that a text opens with."""
    text = _without_currency(text)
    number = _digits(text) or _in_words(text)
    if number is None:
        return None
    if percent := PERCENT.match(number.rest):
        return replace(number, value=number.value / 100, slack=number.slack / 100, rest=number.rest[percent.end() :])
    if times := TIMES.match(number.rest):
        rest = number.rest[times.end() :]
        return (
            _loose(number.value, words().multiple, rest)
            if number.value.denominator == 1
            else replace(number, rest=rest)
        )
    joint = OUT_OF.match(number.rest)
    other = joint and (_digits(number.rest[joint.end() :]) or _in_words(number.rest[joint.end() :]))
    if other and other.value > 0 and number.value.denominator == 1:
        return _loose(number.value / other.value, words().fraction, other.rest)
    return number


def _without_currency(text: str) -> str:
    for sign in words().currencies:
        if _opens(text, sign):
            return text[len(sign) :].lstrip()
    return text


def _loose(value: Fraction, reach: Fraction, rest: str) -> _Figure:
    return _Figure(value, abs(value) * reach, words().shown_words, rest)


def _digits(text: str) -> _Figure | None:
    """A figure in digits: it may be off by half a unit of its last digit."""
    found = DIGITS.match(text)
    if found is None:
        return None
    decimals = len(found[0].partition(".")[2])
    number = _Figure(plain_number(found[0]), Fraction(1, 2 * 10**decimals), words().shown_digits, text[found.end() :])
    return _with_magnitude(number)


def _with_magnitude(number: _Figure) -> _Figure:
    """Multiplied by the thousand, million or bn that follows."""
    while found := SCALED.match(number.rest):
        scale = words().magnitudes.get(found[1]) or words().magnitudes.get(found[1].removesuffix("s"))
        if scale is None:
            break
        number = replace(
            number, value=number.value * scale, slack=number.slack * scale, rest=number.rest[found.end() :]
        )
    return number


def _in_words(text: str) -> _Figure | None:
    """A figure in words: a fraction, a multiple or a number up to the trillions."""
    first = WORD.match(text)
    if first is None:
        return None
    table = words()
    if first[0] in table.multiples:
        return _loose(exact(table.multiples[first[0]]), table.multiple, text[first.end() :])
    if first[0] in table.fractions:
        return _with_magnitude(_loose(Fraction(1, table.fractions[first[0]]), table.fraction, text[first.end() :]))
    return _counted(text)


def _counted(text: str) -> _Figure | None:
    """A number in words, and the fraction that follows it: "two thirds", "one and a half million"."""
    number, unit, rest = _cardinal(text)
    fractions = words().fractions
    if (extra := AND_A.match(rest)) and extra[1] in fractions and number:
        value = number + Fraction(1, fractions[extra[1]])
        return _with_magnitude(_loose(value, words().fraction, rest[extra.end() :]))
    article = ARTICLE.match(text)
    if article and number is None:
        number, rest = Fraction(1), text[article.end(1) :]
        unit = 0
    if (part := NUMBER_WORD.match(rest)) and part[1] in fractions and number:
        return _with_magnitude(_loose(number / fractions[part[1]], words().fraction, rest[part.end() :]))
    return _Figure(number, Fraction(unit, 2), words().shown_digits, rest) if number is not None and unit else None


def _cardinal(text: str) -> tuple[Fraction | None, int, str]:
    """A whole number in words, the unit of its last word, and the text behind it: "two hundred" counts in hundreds."""
    article = ARTICLE.match(text)
    total, group, unit, seen = 0, 0, 1, False
    rest = text[article.end(1) :] if article else text
    while found := NUMBER_WORD.match(rest):
        number, scale = words().numbers.get(found[1]), words().magnitudes.get(found[1].removesuffix("s"))
        if number is not None:
            group, unit = group + number, 1
        elif scale is None or not (seen or article):
            break
        elif scale == HUNDRED:
            group, unit = max(group, 1) * scale, scale
        else:
            total, group, unit = total + max(group, 1) * scale, 0, scale
        seen, rest = True, rest[found.end() :]
    return (Fraction(total + group), unit, rest) if seen else (None, 1, text)
