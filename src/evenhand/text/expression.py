"""Computes a sum that a text states, exactly, and nothing that is not a sum."""

import re
from dataclasses import dataclass
from fractions import Fraction

from evenhand.model import BadInputError
from evenhand.text.words import words

LONGEST = 300
DEEPEST = 40
MOST_DIGITS = 30
ALLOWED = "allowed: numbers, + - * / ( ), %, of, and words like thousand, million, bn, tn"
SIGNS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/", ":": "/", "∕": "/", "⁄": "/"}
)
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[   ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<sign>[-+*/()%])|(?P<word>us\$|[^\W\d_]+|[$€£¥])|(?P<other>\S))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sum. kind: number, sign, word or end. at: the character it starts on, from 1."""

    kind: str
    text: str
    at: int


def evaluate(expression: str) -> Fraction:
    """What does a sum come to? Raises BadInputError for what is no sum, and for a division by zero."""
    if len(expression) > LONGEST:
        raise BadInputError(f"the sum is {len(expression)} characters long", hint=f"allowed: up to {LONGEST}")
    reader = _Reader(expression, tokens(expression))
    value = reader.sum(0)
    if reader.next.kind != "end":
        raise reader.error(f"{reader.next.text!r} does not belong there")
    return value


def tokens(expression: str) -> list[Token]:
    """The pieces of a sum in order, signs of currency left out."""
    found = []
    for match in TOKEN.finditer(expression.translate(SIGNS).rstrip()):
        kind = match.lastgroup or "other"
        text, at = match[kind], match.start(kind) + 1
        if kind == "word" and text.lower() in words().currencies:
            continue
        if kind == "other":
            raise BadInputError(f"the sum {expression!r} holds {text!r} (character {at})", hint=ALLOWED)
        if sum(character.isdigit() for character in text) > MOST_DIGITS:
            raise BadInputError(f"the sum {expression!r} holds a number of over {MOST_DIGITS} digits")
        found.append(Token(kind, text, at))
    return [*found, Token("end", "the end", len(expression) + 1)]


@dataclass(slots=True)
class _Reader:
    """Recursive descent over the tokens: sums of products of signed amounts."""

    expression: str
    left: list[Token]

    @property
    def next(self) -> Token:
        return self.left[0]

    def error(self, what: str) -> BadInputError:
        return BadInputError(
            f"the sum {self.expression!r} cannot be read: {what} (character {self.next.at})", hint=ALLOWED
        )

    def take(self, *texts: str) -> str | None:
        """The next token's text if it is one of these, taken; else None."""
        text = self.next.text.lower()
        if self.next.kind in ("sign", "word") and text in texts:
            self.left.pop(0)
            return text
        return None

    def sum(self, depth: int) -> Fraction:
        value = self.product(depth)
        while sign := self.take("+", "-"):
            value = value + self.product(depth) if sign == "+" else value - self.product(depth)
        return value

    def product(self, depth: int) -> Fraction:
        value = self.amount(depth)
        while sign := self.take("*", "/", "of", "x"):
            other = self.amount(depth)
            if sign == "/" and other == 0:
                raise BadInputError(f"the sum {self.expression!r} divides by zero", hint="check the figures")
            value = value / other if sign == "/" else value * other
        return value

    def amount(self, depth: int) -> Fraction:
        if depth > DEEPEST:
            raise self.error(f"it is nested more than {DEEPEST} deep")
        if sign := self.take("-", "+"):
            value = self.amount(depth + 1)
            return -value if sign == "-" else value
        value = self.bracket(depth) if self.take("(") else self.number()
        while self.next.kind == "word" and self.next.text.lower() in words().magnitudes:
            value *= words().magnitudes[self.left.pop(0).text.lower()]
        return value / 100 if self.take("%", "percent") else value

    def bracket(self, depth: int) -> Fraction:
        value = self.sum(depth + 1)
        if not self.take(")"):
            raise self.error("a bracket is not closed")
        return value

    def number(self) -> Fraction:
        if self.next.kind != "number":
            raise self.error(f"a number is missing before {self.next.text!r}" if self.next.kind == "end"
                             else f"{self.next.text!r} stands where a number is needed")  # fmt: skip
        return plain_number(self.left.pop(0).text)


def plain_number(digits: str) -> Fraction:
    """Digits with thousands separators to an exact number."""
    return Fraction(re.sub(r"[,\s]", "", digits))
