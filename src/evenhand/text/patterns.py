"""Patterns over words: a little notation, matched word by word, so that no text can make it slow."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evenhand.model import BadInputError

GAP = re.compile(r"~(\d+)")
BUILT_IN = frozenset({"number", "year", "name", "quoted", "again", "any"})


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern. accepts: the words, and classes in braces, that may stand there; gap: up to so many words.

    optional: it may be missing. negated: anything but these, and it takes no place.
    """

    accepts: frozenset[str] = frozenset()
    gap: int = 0
    optional: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sequence of places; opens and closes: it must stand at the start or the end of the sentence.

    needs: what must stand somewhere in a sentence for it to match at all; the rest of the work is spared where it does not.
    firsts: with what a match may begin.
    """

    elements: tuple[Element, ...]
    opens: bool
    closes: bool
    needs: tuple[frozenset[str], ...] = ()
    firsts: frozenset[str] = frozenset()


def first_places(elements: Sequence[Element]) -> list[Element]:
    """The places with which a match may begin: the first that must be there, and the optional ones before it."""
    found = []
    for element in elements:
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
    firsts = frozenset(key for place in first_places(elements) for key in place.accepts)
    return Pattern(elements, opens, closes, needs_of(elements), firsts)


def needs_of(elements: Sequence[Element]) -> tuple[frozenset[str], ...]:
    """The places that must be filled, without those that nearly any word fills."""
    must = (one.accepts for one in elements if not (one.gap or one.optional or one.negated))
    return tuple(accepts for accepts in must if "{any}" not in accepts)


def could_match(pattern: Pattern, there: frozenset[str]) -> bool:
    """Does a sentence hold everything that a pattern needs? there: all of its words and classes."""
    for need in pattern.needs:  # noqa: SIM110 - the loop is what most of the time goes into
        if need.isdisjoint(there):
            return False
    return True


def element(part: str, classes: Collection[str], rule_id: str) -> Element:
    if gap := GAP.fullmatch(part):
        return Element(gap=int(gap[1]))
    negated, optional = part.startswith("!"), part.endswith("?") and len(part) > 1
    alternatives = part.removeprefix("!").removesuffix("?" if optional else "").split("|")
    unknown = [a for a in alternatives if a.startswith("{") and a[1:-1] not in classes and a[1:-1] not in BUILT_IN]
    if unknown:
        raise BadInputError(f"rule {rule_id}: there is no class of words {unknown[0][1:-1]!r}")
    return Element(frozenset(alternatives), 0, optional, negated)


Keys = Sequence[frozenset[str]]


def keys_of(
    words: Sequence[str], tags: Sequence[frozenset[str]], seen: dict[tuple[str, frozenset[str]], frozenset[str]]
) -> list[frozenset[str]]:
    """For each word what a place of a pattern may ask for: the word itself, and its classes in braces. seen: remembers them."""
    found = []
    for word, names in zip(words, tags, strict=True):
        keys = seen.get((word, names))
        if keys is None:
            keys = seen[word, names] = frozenset((word, *(f"{{{name}}}" for name in names)))
        found.append(keys)
    return found


def matches(keys: Keys, at: int, pattern: Pattern) -> int:
    """Where does a match that begins with word ``at`` end (exclusive)? -1 where there is none."""
    if pattern.opens and at > 0:
        return -1
    end = _ahead(keys, at, pattern.elements, 0)
    return -1 if end < 0 or (pattern.closes and end < len(keys)) else end


def found_in(keys: Keys, index: Mapping[str, Sequence[tuple[int, Pattern]]]) -> Iterator[tuple[int, int, int]]:
    """(whose pattern, first word, last exclusive) of every match in a sentence, in no order.

    index: for a word or a class in braces, the patterns that need it, with their owners.
    """
    there = frozenset().union(*keys)
    possible = {
        id(pattern): (owner, pattern)
        for key in there & index.keys()
        for owner, pattern in index[key]
        if could_match(pattern, there)
    }
    for owner, pattern in possible.values():
        firsts = pattern.firsts
        for i, here in enumerate(keys):
            if not firsts.isdisjoint(here) and (end := matches(keys, i, pattern)) > i:
                yield owner, i, end


def _ahead(keys: Keys, at: int, elements: tuple[Element, ...], i: int) -> int:
    """Matches the places from the i-th on, at word ``at``; patterns are short, so that depth and work are bounded."""
    while i < len(elements):
        one = elements[i]
        if one.gap:
            for skip in range(min(one.gap, len(keys) - at) + 1):
                if (end := _ahead(keys, at + skip, elements, i + 1)) >= 0:
                    return end
            return -1
        fits = at < len(keys) and not one.accepts.isdisjoint(keys[at])
        i += 1
        if one.negated:
            if fits:
                return -1
            continue
        if one.optional:
            if fits and (end := _ahead(keys, at + 1, elements, i)) >= 0:
                return end
            continue
        if not fits:
            return -1
        at += 1
    return at
