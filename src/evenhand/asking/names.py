"""Who is named in a question: units, leaders, groups and parts of the world, by every name that the catalogue knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from evenhand.asking.grammar import grammar
from evenhand.asking.wording import POSSESSIVE, TOKEN, Words
from evenhand.catalog import Catalog
from evenhand.catalog.names import fold
from evenhand.catalog.peoples import adjectives

Kind = Literal["unit", "leader", "group", "region"]
LONGEST_NAME = 6
NO_SURNAMES = frozenset({"of", "the", "second", "time", "office", "khan", "dalai", "lama", "king", "bin", "ibn"})
SHORTEST_SURNAME = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a question. ids: whom it can mean, several where it is ambiguous, none for a part of the world.

    region: of the catalogue, empty where it has none of that name. note: how it was read, where that is not the name itself.
    """

    kind: Kind
    ids: tuple[str, ...]
    words: str
    start: int
    end: int
    region: str = ""
    note: str = ""


def find_names(words: Words, catalog: Catalog, year: int | None) -> list[Named]:
    """All names, in the order of the question; takes their words. Longer names go before shorter ones."""
    return _kept(words, [*_regions(words), *_units(words, catalog, year), *_leaders(words, catalog)])


def find_groups(words: Words, catalog: Catalog) -> list[Named]:
    """The groups that are named, but for those whose name is part of a unit's ("the West", "West Germany")."""
    units = [(one.start, one.end) for one in _units(words, catalog, None)]
    return _kept(words, [one for one in _groups(words, catalog) if not _inside(one, units)])


def _inside(group: Named, units: list[tuple[int, int]]) -> bool:
    """Does the group's last word belong to a longer name of a unit?"""
    last = len(group.words.split()[-1])
    return any(start < group.end <= end and end - start > last for start, end in units)


def _kept(words: Words, found: list[Named]) -> list[Named]:
    """Those that overlap with no longer one, in the order of the question; takes their words."""
    kept: list[Named] = []
    for one in sorted(found, key=lambda n: (n.start - n.end, n.kind == "region")):
        if words.free(one.start, one.end):
            words.take(one.start, one.end)
            kept.append(one)
    return sorted(kept, key=lambda n: n.start)


def _groups(words: Words, catalog: Catalog) -> Iterator[Named]:
    for ids, pattern in grammar().groups:
        for hit in words.find(pattern):
            known = tuple(id_ for id_ in ids if catalog.has_group(id_))
            name = catalog.group(known[0]).name if len(known) == 1 else ""
            said = words.said[hit.start() : hit.end()]
            note = f"“{said}” was read as the group “{name}”" if name and fold(name) != fold(said) else ""
            yield Named("group", known, said, hit.start(), hit.end(), note=note)
    for group in catalog.groups():
        for hit in words.find(re.compile(rf"(?<!\w){re.escape(group.name.lower())}(?!\w)")):
            yield Named("group", (group.id,), hit[0], hit.start(), hit.end())


REST = re.compile(r"(?:(?:the )?(?:rest|average) of |(?:most )?other (?:countries (?:of|in) )?|most of )$")


def _regions(words: Words) -> Iterator[Named]:
    """Parts of the world, with the "rest of" before them."""
    for region, pattern in grammar().regions:
        for hit in words.find(pattern):
            before = REST.search(words.low[: hit.start()])
            start = before.start() if before and words.free(before.start(), hit.start()) else hit.start()
            yield Named("region", (), words.said[start : hit.end()], start, hit.end(), region=region)


def _units(words: Words, catalog: Catalog, year: int | None) -> Iterator[Named]:
    tokens = list(TOKEN.finditer(words.said))
    own = spelled(catalog)
    for i, first in enumerate(tokens):
        for length in range(min(LONGEST_NAME, len(tokens) - i), 0, -1):
            start, end = first.start(), tokens[i + length - 1].end()
            said = (
                POSSESSIVE.sub("", words.said[start:end].rstrip("./-")) if length == 1 else _bare(words.said[start:end])
            )
            end = start + len(said)
            name = fold(said)
            if not said or not words.free(start, end) or _no_name(said, words):
                continue
            if name in own:
                ids = catalog.names.units_named(said, year)
                kind: Kind = "leader" if ids and catalog.unit(ids[0]).kind == "leader" else "unit"
                if kind == "leader" and not _looks_like_a_name(said, words):
                    continue
                yield Named(kind, _of_one_kind(ids, kind, catalog), said, start, end)
                break
            if people := _people(said, catalog, year):
                yield Named("unit", people, said, start, end)
                break


def _looks_like_a_name(said: str, words: Words) -> bool:
    """ "King", "Than": leaders are called by plain words, too. Where nothing has a capital, a longer name may stand."""
    if words.mixed and any(c.isupper() for c in words.said):
        return said[0].isupper()
    return len(said) > SHORTEST_SURNAME and said.lower() not in {"smith", "howard", "carter", "kennedy"}


def _of_one_kind(ids: tuple[str, ...], kind: Kind, catalog: Catalog) -> tuple[str, ...]:
    """Of those of one name: the units, or the leaders."""
    return tuple(id_ for id_ in ids if (catalog.unit(id_).kind == "leader") == (kind == "leader"))


def _bare(said: str) -> str:
    return re.sub(r"'s?$", "", said.rstrip("./-"))


def _no_name(said: str, words: Words) -> bool:
    """ "us", "chad": a short name counts only where it is written as one."""
    if not words.mixed:
        return said.lower() in {"us", "can", "man"}
    return len(said) < 4 and said.islower() and said not in {"uk", "usa", "uae", "gdr", "frg", "prc"}


def _people(said: str, catalog: Catalog, year: int | None) -> tuple[str, ...]:
    """The units that an adjective or the name of a people means: as many as the country's own name would."""
    if said.lower() in {"us", "u.s"} and said != said.upper():
        return ()
    out: dict[str, None] = {}
    low = said.lower().rstrip(".")
    for unit in adjectives().get(low) or adjectives().get(f"{low}s", ()):
        if any(unit == known.id for known in catalog.units()):
            out |= dict.fromkeys(catalog.names.units_named(catalog.unit(unit).name, year))
    return tuple(out)


@lru_cache(maxsize=4)
def spelled(catalog: Catalog) -> frozenset[str]:
    """Every name of a unit, folded: not ids, which few would type and many words look like."""
    return frozenset(fold(name) for unit in catalog.units() for name in (unit.name, *unit.other_names))


@lru_cache(maxsize=4)
def surnames(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """For each word of a leader's name, the leaders who bear it."""
    out: dict[str, list[str]] = {}
    for unit in catalog.units():
        if unit.kind == "leader":
            for word in leader_words(unit.name):
                out.setdefault(word, []).append(unit.id)
    return {word: tuple(dict.fromkeys(ids)) for word, ids in out.items()}


def leader_words(name: str) -> list[str]:
    """The words of a leader's name, folded: "Duvalier, Francois (Haiti, 1957 to 1971)" gives duvalier, francois."""
    words = fold(re.sub(r"\(.*?\)|, second time.*", " ", name)).split()
    return [word for word in words if len(word) >= SHORTEST_SURNAME and word not in NO_SURNAMES]


def _leaders(words: Words, catalog: Catalog) -> Iterator[Named]:
    """ "Thatcher", "Margaret Thatcher", "Somoza": by any word of the name, where it is written as a name.

    A given name that the catalogue knows otherwise is somebody else: with "Fidel Castro" known, "Raúl Castro" is nobody.
    """
    tokens = list(TOKEN.finditer(words.said))
    index = surnames(catalog)
    for i, token in enumerate(tokens):
        said = _bare(token[0])
        ids = index.get(fold(said), ())
        if not ids or not (words.mixed and said[0].isupper()):
            continue
        given: list[str] = []
        start = token.start()
        for before in reversed(tokens[:i]):
            gap = words.said[before.end() : start]
            if gap.strip() or not _may_be_given(before[0]):
                break
            given.insert(0, fold(before[0]))
            start = before.start()
        ids = tuple(id_ for id_ in ids if _fits(given, catalog.unit(id_).name))
        if not ids:
            continue
        end = token.start() + len(said)
        name = catalog.unit(ids[0]).name
        note = "" if len(ids) > 1 else f"“{words.said[start:end]}” was read as {name}"
        yield Named("leader", ids, words.said[start:end], start, end, note=note)


def _may_be_given(word: str) -> bool:
    return word[0].isupper() and word.lower() not in grammar().fillers and word.lower() not in adjectives()


def _fits(given: list[str], name: str) -> bool:
    """Can somebody with these given names be the one of that name? Yes where the catalogue knows no given name."""
    known = set(fold(re.sub(r"\(.*?\)", " ", name)).split())
    return not given or len(known) == 1 or any(word in known or word[0] in known for word in given)
