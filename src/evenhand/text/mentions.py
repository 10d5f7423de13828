"""Does a text mention an event? By its name, or by its place, a word for its kind and a year; what was found is shown.

Case, accents and typography do not matter, save that a name in capitals is looked for in capitals. The words are data
(``event_words.toml``); nothing here knows who is held responsible for anything.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from evenhand.text.fold import fold
from evenhand.text.language import codes, language
from evenhand.text.sentences import sentences

WORD = re.compile(r"[^\W_]+")
BRACKETS = re.compile(r"\([^)]*\)")
YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(s?)(?:\s?-\s?(\d{4}|\d\d)(?!\d))?", re.IGNORECASE)
ACRONYM = 4
SHORTEST = 2
ANY, VIOLENT, PLAIN, PEOPLES, NEVER = "any", "violent", "plain", "peoples", "never"
SYNONYMS = "synonyms"
HUNGER = frozenset({"famine", "sanctions"})
How = Literal["name", "place and year", "place and kind"]


@dataclass(frozen=True, slots=True)
class Sought:
    """An event to look for: its names, the names of the places where it happened, its kind, and its years."""

    id: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text mentions an event. start, end: code points of the text, of the sentence. matched: the words found.

    how: by a name of it; by a place, a year of it and a word for its kind (or, where it
    has none for another kind, for the dead); or by a word that only this
    event's names have, and a word for its kind.
    """

    event: str
    how: How
    matched: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Search:
    """What was found. nearest: for events that were not, the first sentence that may speak of it: it has
    the place and a word for the dead or the kind and no year, or a word that only this event's names have.
    """

    mentions: Mapping[str, Mention]
    nearest: Mapping[str, tuple[int, int]]
    words_known: bool


def search(text: str, events: Sequence[Sought], code: str | None = "en") -> Search:
    """Which of these events does a text mention, and where first? code: the text's language.

    In a language without a list of words for kinds of events, names alone are looked for (``words_known`` is False).
    """
    table = _table(code.split("-")[0] if code else "en")
    read = _Read(_sentences(text, code))
    own, unique = _own_words(events, (_table("en") or {}).get(PLAIN, ())), _unique(events)
    found: dict[str, Mention] = {}
    nearest: dict[str, tuple[int, int]] = {}
    for event in events:
        first = _by_name(event, unique, read)
        seen = [] if table is None else _by_words(event, sorted(own[event.id]), read)
        mentions = [m for m in (first, *seen) if isinstance(m, Mention)]
        if mentions:
            found[event.id] = min(mentions, key=lambda m: (m.start, m.how != "name"))
        elif seen:
            nearest[event.id] = min((part.start, part.end) for part in seen)
    return Search(found, nearest, bool(table))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """low: its words folded; high: as written. kinds: for each kind of event the first word that stands for it, as written.
    years: each as first and last year. start, end: in the text.
    """

    low: tuple[str, ...]
    high: tuple[str, ...]
    kinds: Mapping[str, str]
    years: tuple[tuple[int, int], ...]
    start: int
    end: int


class _Read:
    """A text read once: its sentences, and where each word stands in them."""

    def __init__(self, parts: Sequence[_Sentence]) -> None:
        self.parts = parts
        self.at: dict[str, list[tuple[int, int]]] = {}
        for k, part in enumerate(parts):
            for i, word in enumerate(part.low):
                self.at.setdefault(word, []).append((k, i))
        self._seen: dict[str, tuple[int, ...]] = {}

    def where(self, written: str) -> tuple[int, ...]:
        """The sentences in which a name stands, in order."""
        if written not in self._seen:
            name = _Name.of(written)
            places = self.at.get(name.low[0], ()) if name.low else ()
            self._seen[written] = tuple(dict.fromkeys(k for k, i in places if name.stands(self.parts[k], i)))
        return self._seen[written]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name's words. proper: each has a capital, and is looked for so. small: none has."""

    low: tuple[str, ...]
    high: tuple[str, ...]
    proper: bool
    small: bool

    @classmethod
    def of(cls, name: str) -> "_Name":
        high = tuple(WORD.findall(fold(name).text))
        capital = [word[0].isupper() for word in high if not word[0].isdigit()]
        return cls(tuple(map(_plain, high)), high, all(capital), not any(capital))

    def stands(self, part: _Sentence, i: int) -> bool:
        """Does it stand there, from the i-th word on?"""
        end = i + len(self.low)
        if part.low[i:end] != self.low:
            return False
        if len(self.high) == 1 and len(self.high[0]) <= ACRONYM and self.high[0].isupper():
            return part.high[i] == self.high[0]
        return not self.proper or all(_capital(word) for word in part.high[i:end])


def _capital(word: str) -> bool:
    """Is it written as a part of a name? A word for a kind may be small: the Korean war."""
    return word[0].isupper() or word[0].isdigit() or bool(_kinds_of(word, "en"))


def _by_name(event: Sought, unique: Counter[str], read: _Read) -> Mention | None:
    """A name settles it; one that is written without a capital is no name by itself, and needs a year of the event."""
    found = []
    for name in _spellings(event.names, unique):
        small = _Name.of(name).small
        at = next((k for k in read.where(name) if not small or _fitting(event, read.parts[k])), None)
        if at is not None:
            found.append((at, name))
    if not found:
        return None
    part, name = read.parts[min(found)[0]], min(found)[1]
    return Mention(event.id, "name", (name,), part.start, part.end)


def _by_words(event: Sought, own: Sequence[str], read: _Read) -> list[Mention | _Sentence]:
    """The first mention by place, year and kind; where there is none, the sentences that may be one."""
    alone = {k: read.parts[k].high[i] for w in own for k, i in read.at.get(w, ()) if read.parts[k].high[i][0].isupper()}
    places = {k: place for place in event.places if len(place) >= SHORTEST for k in read.where(place)}
    near: list[Mention | _Sentence] = []
    for k in sorted({*alone, *places}):
        seen = _weigh(event, read.parts[k], places.get(k), alone.get(k))
        if isinstance(seen, Mention):
            return [seen]
        near += [read.parts[k]] if seen else []
    return near


def _weigh(event: Sought, part: _Sentence, place: str | None, alone: str | None) -> Mention | bool:
    """A mention; or may it be one?"""
    kind = part.kinds.get(event.kind)
    dead = kind or (_dead(event.kind, part) if part.kinds.keys() <= {ANY, VIOLENT} else None)
    year = _fitting(event, part)
    if dead and year:
        return Mention(event.id, "place and year", (alone or place or "", year, dead), part.start, part.end)
    if kind and alone and not part.years and _plain(alone) not in _peoples():
        return Mention(event.id, "place and kind", (alone, kind), part.start, part.end)
    return bool((dead and not part.years) or (alone and (dead or year)))


def _kinds_at(low: tuple[str, ...], i: int, code: str) -> tuple[str, ...]:
    """The kinds that the i-th word stands for, unless it is of a pair that looks like one and is none: the cold war."""
    kinds = _kinds_of(low[i], code)
    if kinds and {" ".join(low[max(0, i - 1) : i + 1]), " ".join(low[i : i + 2])} & _never(code):
        return ()
    return kinds


@cache
def _never(code: str) -> frozenset[str]:
    return frozenset(" ".join(map(_plain, pair.split())) for pair in _words().get(code, {}).get(NEVER, ()))


def _dead(kind: str, part: _Sentence) -> str | None:
    """The first word for the dead that stands for this kind; one for violence stands for no hunger."""
    return part.kinds.get(ANY) or (part.kinds.get(VIOLENT) if kind not in HUNGER else None)


@cache
def _peoples() -> frozenset[str]:
    """Words of the catalogue's names, which are English, that name people or wide lands."""
    return frozenset((_table("en") or {}).get(PEOPLES, ()))


@lru_cache(maxsize=65536)
def _kinds_of(word: str, code: str) -> tuple[str, ...]:
    """The kinds of events that a folded word stands for."""
    table = _table(code) or {}
    return tuple(
        kind
        for kind, words in table.items()
        if kind not in {PLAIN, PEOPLES}
        and any(word.startswith(w[:-1]) if w.endswith("*") else word == w for w in words)
    )


def _fitting(event: Sought, part: _Sentence) -> str | None:
    """The first year or years of the sentence that the event's own overlap, as written; None where there are none."""
    for first, last in part.years:
        if first <= event.end and last >= event.start:
            return str(first) if first == last else f"{first} to {last}"
    return None


def _spellings(names: Sequence[str], unique: Counter[str]) -> list[str]:
    """The names without what stands in brackets; and without their years, where no other event is called so."""
    out = []
    also = [other for name in names for other in _words()[SYNONYMS].get(name, ())]
    for name in (*names, *also):
        bare = BRACKETS.sub(" ", name).strip()
        short = _without_years(bare)
        out += [bare, short] if short != bare and unique[_key(short)] == 1 else [bare]
    return list(dict.fromkeys(out))


def _unique(events: Sequence[Sought]) -> Counter[str]:
    keys = [{_key(_without_years(BRACKETS.sub(" ", name))) for name in event.names} for event in events]
    return Counter(key for one in keys for key in one)


def _without_years(name: str) -> str:
    return re.sub(r"(?:\s+(?:of|in|to))?\s+\d{4}(?:\s?-\s?\d{2,4})?$", "", fold(name).text.strip()).strip()


def _key(name: str) -> str:
    return " ".join(map(_plain, WORD.findall(fold(name).text)))


def _own_words(events: Sequence[Sought], plain: Sequence[str]) -> dict[str, set[str]]:
    """For each event the capitalised words of its names that no other event's names have, and that are no
    place's whole name: Bengal, Biafra.
    """
    kinds = {w for kind, words in (_table("en") or {}).items() if kind != PEOPLES for w in words}
    mine = {
        event.id: {
            _plain(word)
            for name in event.names
            for word in WORD.findall(fold(BRACKETS.sub(" ", name)).text)
            if word[0].isupper() and len(word) >= ACRONYM and _plain(word) not in {*plain, *kinds}
            and not any(w.endswith("*") and _plain(word).startswith(w[:-1]) for w in kinds)
        }
        for event in events
    }  # fmt: skip
    known = {_key(place) for event in events for place in event.places}
    often = Counter(word for words in mine.values() for word in words)
    return {id_: {word for word in words if often[word] == 1 and word not in known} for id_, words in mine.items()}


def _sentences(text: str, code: str | None) -> list[_Sentence]:
    folded = fold(text)
    known = code.split("-")[0] if code else "en"
    cues = language(known if known in codes() else "en")
    out = []
    for one in sentences(folded.text, cues):
        piece = folded.text[one.start : one.end]
        high = tuple(WORD.findall(piece))
        low = tuple(map(_plain, high))
        kinds = {kind: high[i] for i in range(len(low) - 1, -1, -1) for kind in _kinds_at(low, i, known)}
        out.append(_Sentence(low, high, kinds, _years(piece), *folded.span(one.start, one.end)))
    return out


def _years(piece: str) -> tuple[tuple[int, int], ...]:
    """The years that a sentence names: 1943, 1932-33, 1958-1962, 1930s."""
    out = []
    for found in YEAR.finditer(piece):
        first = int(found[1])
        if found[2]:
            out.append((first, first + 9 if first % 10 == 0 else first))
            continue
        last = int(found[3] if len(found[3] or "") == ACRONYM else f"{found[1][:2]}{found[3]}") if found[3] else first
        out.append((first, max(last, first)))
    return tuple(out)


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    """A word without case and accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    loaded = files("evenhand.text").joinpath("event_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(loaded)


@cache
def _table(code: str) -> Mapping[str, tuple[str, ...]] | None:
    """The words for kinds of events in one language, folded; None where there is no list."""
    entry = _words().get(code) if code != SYNONYMS else None
    if entry is None:
        return None
    return {kind: tuple(map(_stem, words.split())) for kind, words in entry.items() if kind != NEVER}


def _stem(word: str) -> str:
    return f"{_plain(word[:-1])}*" if word.endswith("*") else _plain(word)
