"""Puts letters for names: of countries and groups, their people, adjectives, capitals and leaders; and hides every other name."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from evenhand.asking.grammar import grammar
from evenhand.asking.names import Named, find_groups, find_names, leader_words
from evenhand.asking.wording import Words, words_of
from evenhand.catalog import Catalog
from evenhand.catalog.peoples import peoples
from evenhand.text import language

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O: one reads as a word, the other as a number
A_NAME = "[a name]"
A_SYSTEM = "[a system]"
CAPITAL = re.compile(r"[A-Z\u00c0-\u00de][\w'’.-]*")
SOME_NAME = re.compile(r"\[a name\](?:(?:[ ’'-]|, | of | and |’s |'s )*\[a name\])+")
OWNERS = re.compile(r"\bpeople of ([A-Z]+)'(?!\w)")
OPENS = re.compile(r"(?:^|[.!?:;]\s+|[“\"(]\s*)$")
SHORTEST = 4


@dataclass(slots=True)
class Masks:
    """Who gets which letter, in the order in which they were met. groups: which of them are groups."""

    catalog: Catalog
    year: int | None = None
    letters: dict[str, str] = field(default_factory=dict)

    def letter(self, id_: str) -> str:
        """The letter of a unit or group, given where it has none yet; "group A" for a group."""
        if id_ not in self.letters:
            n = len(self.letters)
            self.letters[id_] = LETTERS[n % len(LETTERS)] * (n // len(LETTERS) + 1)
        return f"group {self.letters[id_]}" if self.is_group(id_) else self.letters[id_]

    def is_group(self, id_: str) -> bool:
        return self.catalog.has_group(id_)

    def named(self, id_: str) -> str:
        """Who a letter is, for the key."""
        return self.catalog.group(id_).name if self.is_group(id_) else self.catalog.unit(id_).name


def masked(text: str, masks: Masks, document: str) -> str:
    """A passage with letters for names. document: the text it is from, whose small words are known to be no names."""
    words = words_of(text)
    out, at = [], 0
    for one in _named(words, masks):
        out += [_unnamed(words.said[at : one.start], at, words, masks, document), _mask(one, masks)]
        at = one.end
    out.append(_unnamed(words.said[at:], at, words, masks, document))
    spaced = _smooth(_by_force("".join(out), masks))
    return (" " if text[:1].isspace() else "") + spaced + (" " if text[-1:].isspace() and spaced else "")


def masked_label(label: str, masks: Masks) -> str:
    """The name of a measure or its unit, with letters for the names in it; its other words stay."""
    words, out, at = words_of(label), [], 0
    for one in _named(words, masks):
        out += [label[at : one.start], _mask(one, masks)]
        at = one.end
    return _by_force("".join([*out, label[at:]]), masks)


def _named(words: Words, masks: Masks) -> list[Named]:
    found = [*find_groups(words, masks.catalog), *find_names(words, masks.catalog, masks.year)]
    return sorted(found, key=lambda one: one.start)


def _mask(one: Named, masks: Masks) -> str:
    """What stands for a name: a letter, "the leader of A", "people of A"."""
    if one.kind == "region" or not one.ids:
        return A_NAME if one.kind != "region" else "[a part of the world]"
    known = [id_ for id_ in one.ids if id_ in masks.letters]
    id_ = known[0] if known else one.ids[0]
    if one.kind == "leader":
        states = masks.catalog.unit(id_).part_of
        return f"the leader of {masks.letter(states[0])}" if states else A_NAME
    low, letter = one.words.lower(), masks.letter(id_)
    people = peoples().get(id_)
    if people and low in {p.lower() for p in people.people} - {a.lower() for a in people.adjectives}:
        return f"people of {letter}"
    return letter


def _unnamed(piece: str, at: int, words: Words, masks: Masks, document: str) -> str:
    """Hides the words with a capital that nobody knows, but for those that only begin a sentence."""

    def hide(hit: re.Match[str]) -> str:
        said = hit[0].rstrip(".'’-")
        plain = re.sub(r"['’]s$", "", said)
        initial = OPENS.search(words.said[: at + hit.start()]) is not None
        if plain.lower() in _kept() or (initial and _is_plain(plain.lower(), document)):
            return hit[0]
        known = next((id_ for id_ in masks.letters if plain in secrets([id_], masks.catalog)), None)
        return (masks.letter(known) if known is not None else A_NAME) + hit[0][len(plain) :]

    hidden = CAPITAL.sub(hide, piece)
    return _systems().sub(A_SYSTEM, hidden)


def _by_force(text: str, masks: Masks) -> str:
    """Names that are part of another word, or that the rules did not see: each that is to be secret, wherever it stands."""
    for id_, letter in list(masks.letters.items()):
        for word in secrets([id_], masks.catalog):
            pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
            text = pattern.sub(masks.letter(id_) if letter else A_NAME, text)
    return text


def _smooth(text: str) -> str:
    text = OWNERS.sub(r"\1's people's", SOME_NAME.sub(A_NAME, text))
    return re.sub(r"\[a system\](?: \[a system\])+", A_SYSTEM, re.sub(r"(?:^|(?<=\s))-(?=\s)", "–", text))


def secrets(ids: Iterable[str], catalog: Catalog) -> tuple[str, ...]:
    """Every word that would give away one of these: names in all scripts, adjectives, peoples, capitals, leaders.

    Of names of several words also each of their own words that has a capital and says something ("Stavering" of "Stavering
    General"), where it is in no other unit's name.
    """
    out = {word for id_ in ids for word in _secrets_of(id_, catalog) if len(word) > 1}
    return tuple(sorted(out, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1024)
def _secrets_of(id_: str, catalog: Catalog) -> tuple[str, ...]:
    if catalog.has_group(id_):
        return (catalog.group(id_).name,)
    unit = catalog.unit(id_)
    if unit.kind == "leader":
        states = [word for state in unit.part_of for word in _secrets_of(state, catalog)]
        return (unit.name, *unit.other_names, *_capitals(leader_words(unit.name)), *states)
    people = peoples().get(id_)
    said = (*people.adjectives, *people.people, *people.capitals) if people else ()
    leaders = [one for one in catalog.units() if one.kind == "leader" and id_ in one.part_of]
    ruled = [word for leader in leaders for word in _capitals(leader_words(leader.name))]
    return (unit.name, *unit.other_names, *said, *_own_words(unit.name, catalog), *ruled)


def _capitals(words: Sequence[str]) -> list[str]:
    return [word.capitalize() for word in words if word not in _plain_words()]


def _own_words(name: str, catalog: Catalog) -> list[str]:
    """The words of a name by which it alone is known."""
    words = [w for w in re.findall(r"[^\W\d_][\w'’-]+", name) if w[0].isupper() and len(w) >= SHORTEST]
    if len(words) < 2:
        return []
    others = " ".join(unit.name for unit in catalog.units() if unit.name != name)
    return [w for w in words if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", others) is None]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("evenhand.worksheet").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _kept() -> frozenset[str]:
    return frozenset(_table()["keep"])


@cache
def _systems() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_table()['systems'])})(?!\w)", re.IGNORECASE)


@cache
def _plain_words() -> frozenset[str]:
    """Words of the language that are no names."""
    classes = frozenset(word for words in language().classes.values() for word in words)
    return grammar().fillers | classes | language().common | language().number_words


def _is_plain(word: str, document: str) -> bool:
    """Is the first word of a sentence a plain word: one of the language, or one that the text writes small elsewhere?"""
    return word in _plain_words() or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", document) is not None
