"""The words around figures: how loosely each is meant, and what number words mean. Data in ``words.toml``."""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """How loosely a stated figure is meant. below, above: as fractions of its size, None for as far as you like."""

    name: str
    words: tuple[str, ...]
    below: Fraction | None
    above: Fraction | None
    open: bool
    after: bool
    shown: str


@dataclass(frozen=True, slots=True)
class Words:
    """The table, read once."""

    rules: tuple[Rule, ...]
    fraction: Fraction
    multiple: Fraction
    shown_digits: str
    shown_words: str
    filler: tuple[str, ...]
    numbers: dict[str, int]
    magnitudes: dict[str, int]
    fractions: dict[str, int]
    multiples: dict[str, int]
    currencies: tuple[str, ...]


@cache
def words() -> Words:
    """The table of words that ships with evenhand."""
    table = tomllib.loads(files("evenhand.text").joinpath("words.toml").read_text(encoding="utf-8"))
    plain = table["plain"]
    return Words(
        rules=tuple(_rule(entry) for entry in table["rule"]),
        fraction=exact(plain["fraction"]),
        multiple=exact(plain["multiple"]),
        shown_digits=plain["shown_digits"],
        shown_words=plain["shown_words"],
        filler=tuple(table["filler"]["words"]),
        numbers=table["numbers"],
        magnitudes=table["magnitudes"],
        fractions={form: parts for name, parts in table["fractions"].items() for form in (name, _plural(name))},
        multiples=table["multiples"],
        currencies=tuple(table["currencies"]["signs"]),
    )


def exact(number: float) -> Fraction:
    """A decimal as it is written: 0.1 is a tenth."""
    return Fraction(str(number))


def _plural(name: str) -> str:
    return "halves" if name == "half" else name + "s"


def _rule(entry: dict[str, Any]) -> Rule:
    reach = [None if entry[side] == "any" else exact(entry[side]) for side in ("below", "above")]
    return Rule(entry["name"], tuple(entry["words"]), reach[0], reach[1], entry.get("open", False),
                entry.get("after", False), entry["shown"])  # fmt: skip
