"""Patterns over words: a little notation, matched word by word, so that no text can make it slow."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evenhand.model import BadInputError

GAP = re.compile(r"~(\d+)")
BUILT_IN = frozenset({"number", "year", "name", "quoted", "any"})


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern. words: what may stand there; classes: or any word of these; gap: up to so many words.

    optional: it may be missing. negated: anything but these, and it takes no place.
    """

    words: frozenset[str] = frozenset()
    classes: tuple[str, ...] = ()
    gap: int = 0
    optional: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sequence of places; opens and closes: it must stand at the start or the end of the sentence."""

    elements: tuple[Element, ...]
    opens: bool
    closes: bool


def first_places(pattern: Pattern) -> list[Element]:
    """The places with which a match may begin: the first that must be there, and the optional ones before it."""
    found = []
    for element in pattern.elements:
        found.append(element)
        if not element.optional:
            break
    return found


def pattern(text: str, classes: Collection[str], rule_id: str) -> Pattern:
    """A pattern from its notation, which the head of ``languages/en.toml`` explains."""
    parts = text.split()
    opens, closes = parts[0] == "^", parts[-1] == "$"
    inner = parts[1 if opens else 0 : len(parts) - 1 if closes else len(parts)]
    elements = tuple(element(part, classes, rule_id) for part in inner)
    if elements[0].gap or elements[0].negated:
        raise BadInputError(f"rule {rule_id}: the pattern {text!r} must open with words")
    return Pattern(elements, opens, closes)


def element(part: str, classes: Collection[str], rule_id: str) -> Element:
    if gap := GAP.fullmatch(part):
        return Element(gap=int(gap[1]))
    negated, optional = part.startswith("!"), part.endswith("?") and len(part) > 1
    alternatives = part.removeprefix("!").removesuffix("?" if optional else "").split("|")
    named = tuple(a[1:-1] for a in alternatives if a.startswith("{"))
    unknown = [name for name in named if name not in classes and name not in BUILT_IN]
    if unknown:
        raise BadInputError(f"rule {rule_id}: there is no class of words {unknown[0]!r}")
    words = frozenset(a for a in alternatives if not a.startswith("{"))
    return Element(words, named, 0, optional, negated)


def matches(words: Sequence[str], tags: Sequence[frozenset[str]], at: int, pattern: Pattern) -> int:
    """Where does a match that begins with word ``at`` end (exclusive)? -1 where there is none."""
    if pattern.opens and at > 0:
        return -1
    end = _ahead(words, tags, at, pattern.elements, 0)
    return -1 if end < 0 or (pattern.closes and end < len(words)) else end


def _ahead(words: Sequence[str], tags: Sequence[frozenset[str]], at: int, elements: tuple[Element, ...], i: int) -> int:
    """Matches the places from the i-th on, at word ``at``; patterns are short, so that depth and work are bounded."""
    if i == len(elements):
        return at
    one = elements[i]
    if one.gap:
        for skip in range(min(one.gap, len(words) - at) + 1):
            if (end := _ahead(words, tags, at + skip, elements, i + 1)) >= 0:
                return end
        return -1
    fits = at < len(words) and (words[at] in one.words or any(name in tags[at] for name in one.classes))
    if one.negated:
        return -1 if fits else _ahead(words, tags, at, elements, i + 1)
    if fits and (end := _ahead(words, tags, at + 1, elements, i + 1)) >= 0:
        return end
    return _ahead(words, tags, at, elements, i + 1) if one.optional else -1
