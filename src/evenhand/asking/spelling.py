"""Misspelled words: read where one known word alone is near, and said; else left for the question back."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from evenhand.asking.grammar import grammar
from evenhand.asking.names import spelled, surnames
from evenhand.asking.understood import NotUnderstoodError
from evenhand.asking.wording import TOKEN, Words, words_of
from evenhand.catalog import Catalog
from evenhand.catalog.names import fold, life_of
from evenhand.catalog.peoples import adjectives
from evenhand.text import language

SHORTEST = 6
LONG = 8


def mended(words: Words, catalog: Catalog) -> tuple[Words, tuple[str, ...]]:
    """The question with its misspelled words mended, and what was read as what.

    Only words of six letters and more, with the right first letter, one letter off (two in eight letters and more).
    Raises NotUnderstoodError where a name is near to several, or too short to tell.
    """
    known, people, parts, measured = _vocabulary(catalog), _names(catalog), _parts(catalog), _measured(catalog)
    text, notes = words.said, []
    for token in reversed(list(TOKEN.finditer(words.said))):
        said = re.sub(r"'s?$", "", token[0].strip("./-'"))
        low = fold(said)
        if (
            len(low) < 4
            or not low.isalpha()
            or _is_known(low, known, people, parts, grammar().fillers, grammar().parts)
        ):
            continue
        capital = said[0].isupper() and words.mixed
        near = _near(low, people if capital else measured) or (
            _near(low, people) if not words.mixed or not capital else ()
        )
        if capital and not near and token.start() == 0:
            near = _near(low, measured)
        if not near:
            continue
        if len(near) > 1 or len(low) < SHORTEST:
            if capital and token.start() > 0:
                raise _several(said, near, catalog)
            continue
        text = text[: token.start()] + _like(said, near[0], people) + text[token.start() + len(said) :]
        notes.append(f"“{said}” was read as “{people.get(near[0], near[0])}”")
    return (words_of(text), tuple(reversed(notes))) if notes else (words, ())


def _is_known(low: str, *vocabularies: Collection[str]) -> bool:
    """Is it a word that we know, or the plural or singular of one?"""
    forms = {low, f"{low}s", low.removesuffix("s"), low.removesuffix("es")}
    return any(form in known for known in vocabularies for form in forms)


def _several(said: str, near: tuple[str, ...], catalog: Catalog) -> NotUnderstoodError:
    close = [] if len(near) > 1 else catalog.names.closest(said, 3, kind="unit")
    spellings = [*(_names(catalog).get(name, name) for name in near), *close]
    ids = [id_ for name in spellings for id_ in catalog.names.units_named(name)]
    told = ", ".join(life_of(catalog.unit(id_)) for id_ in dict.fromkeys(ids))
    return NotUnderstoodError(
        "ambiguous-name", f"nobody is called “{said}”, and more than one name is near to it" if len(near) > 1
        else f"nobody is called “{said}”, and so short a name is not guessed", hint=f"which is meant: {told or ', '.join(near)}?",
        candidates=tuple(dict.fromkeys(ids)),
    )  # fmt: skip


def _near(low: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words that are so near that a slip of the finger lies between; those at the smallest distance."""
    most = 2 if len(low) >= LONG else 1
    found = {}
    for word in known:
        if word[0] == low[0] and abs(len(word) - len(low)) <= most and len(word) >= 4:
            off = OSA.distance(low, word, score_cutoff=most)
            if off <= most:
                found[word] = off
    best = min(found.values(), default=0)
    return tuple(
        word for word, off in found.items() if off == best or (off <= most and word[:4] == low[:4] and len(low) < LONG)
    )


def _like(said: str, word: str, people: dict[str, str]) -> str:
    """The mended word, with a capital where it is a name."""
    return people.get(word, word) if word in people else word.capitalize() if said[0].isupper() else word


@lru_cache(maxsize=4)
def _names(catalog: Catalog) -> dict[str, str]:
    """Every name of one word, folded, with its spelling; and every word of a longer name."""
    out: dict[str, str] = {}
    for unit in catalog.units():
        if unit.kind == "leader":
            continue
        for name in (unit.name, *unit.other_names):
            folded = fold(name)
            if folded.isalpha() and folded.isascii():
                out.setdefault(folded, name)
            for word in folded.split():
                if len(word) >= SHORTEST:
                    out.setdefault(word, word.capitalize())
    for word in surnames(catalog):
        out.setdefault(word, word.capitalize())
    for word in adjectives():
        if word.isalpha():
            out.setdefault(fold(word), word.capitalize())
    return out


@lru_cache(maxsize=4)
def _parts(catalog: Catalog) -> frozenset[str]:
    """Every word of a name, however short: none of them is a slip."""
    return frozenset(word for name in spelled(catalog) for word in name.split())


@lru_cache(maxsize=4)
def _vocabulary(catalog: Catalog) -> dict[str, str]:
    """Every word that the grammar knows."""
    table = grammar()
    phrases = [w for cue in (*table.ways, *table.levels, *table.amounts, *table.peers) for w in cue.words]
    phrases += [g.name for g in catalog.groups()]
    phrases += [pattern.pattern for _, pattern in (*table.groups, *table.regions)] + [table.filler_phrases.pattern]
    phrases += [" ".join(words) for words in table.beside.values()]
    return _words(phrases) | _measured(catalog)


@lru_cache(maxsize=4)
def _measured(catalog: Catalog) -> dict[str, str]:
    """The words of measures: what is said of them is never mended, since a slip there could turn the question round."""
    table = grammar()
    phrases = [w for cue in (*table.measures, *table.adjectives) for w in cue.words]
    phrases += [p for words, _ in language().measures for p in words]
    return _words(phrases + [m.name for m in catalog.measures()])


def _words(phrases: list[str]) -> dict[str, str]:
    both = [re.sub(r"\w\?", "", phrase) for phrase in phrases] + [phrase.replace("?", "") for phrase in phrases]
    words = {word for phrase in both for word in re.findall(r"[a-z]{4,}", phrase.lower())}
    return {word: word for word in sorted(words)}
