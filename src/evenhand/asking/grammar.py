"""The little grammar by which questions are read: data in ``grammar.toml``, made into patterns once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LETTER = r"[\w%$€£]"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words, and what they say. pattern: any of the words, the longest first. says: in plain words, for the docs."""

    id: str
    says: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class MeasureCue:
    """Words that name measures, the first first.

    way: where the words also say which way (``richer``); level: they also say how high it stood. turned: where the word
    goes up, the measure goes down. broad: several things could be meant. note: what the words do not say themselves.
    """

    measures: tuple[str, ...]
    pattern: re.Pattern[str]
    words: tuple[str, ...]
    note: str = ""
    way: str = ""
    turned: bool = False
    broad: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """All tables of ``grammar.toml``."""

    ways: tuple[Cue, ...]
    levels: tuple[Cue, ...]
    amounts: tuple[Cue, ...]
    adjectives: tuple[MeasureCue, ...]
    measures: tuple[MeasureCue, ...]
    peers: tuple[Cue, ...]
    groups: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]
    regions: tuple[tuple[str, re.Pattern[str]], ...]
    refusals: tuple[Cue, ...]
    fillers: frozenset[str]
    filler_phrases: re.Pattern[str]
    beside: dict[str, frozenset[str]]
    parts: frozenset[str]


@cache
def grammar() -> Grammar:
    """The grammar that ships with evenhand."""
    table = tomllib.loads(files("evenhand.asking").joinpath("grammar.toml").read_text(encoding="utf-8"))
    return Grammar(
        ways=_cues(table["ways"]),
        levels=_cues(table["levels"]),
        amounts=_cues(table["amounts"]),
        adjectives=tuple(map(_adjective, table["adjectives"])),
        measures=tuple(map(_measure, table["measures"])),
        peers=_cues(table["peers"]),
        groups=tuple((tuple(one["groups"]), any_of(one["words"])) for one in table["groups"]),
        regions=tuple((one["region"], any_of(one["words"])) for one in table["regions"]),
        refusals=tuple(
            Cue(one["id"], one["says"], tuple(one["words"]), re.compile("|".join(f"(?:{w})" for w in one["words"])))
            for one in table["refusals"]
        ),
        fillers=frozenset(" ".join(table["fillers"]["words"]).split()),
        filler_phrases=any_of(table["fillers"]["phrases"]),
        beside={measure: frozenset(words.split()) for measure, words in table["beside"].items()},
        parts=frozenset(table["parts"]["words"].split()),
    )


def any_of(words: list[str]) -> re.Pattern[str]:
    """A pattern for any of some words and phrases as whole words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!{LETTER})(?:{'|'.join(ordered)})(?!{LETTER})")


def _cues(entries: list[dict[str, Any]]) -> tuple[Cue, ...]:
    return tuple(Cue(one["id"], one["says"], tuple(one["words"]), any_of(one["words"])) for one in entries)


def _adjective(entry: dict[str, Any]) -> MeasureCue:
    """ "unequal" with "more" or "less" before it, or a word that holds its own comparison ("richer")."""
    plain = [rf"(?:more|less|most|least|as|equally|so) {word}" for word in entry["words"]]
    words = [*plain, *entry.get("stems", ())]
    return MeasureCue(
        tuple(entry["measures"]), any_of(words), tuple(words), way=entry["way"], broad=entry.get("broad", False)
    )


def _measure(entry: dict[str, Any]) -> MeasureCue:
    return MeasureCue(
        tuple(entry["measures"]), any_of(entry["words"]), tuple(entry["words"]), entry.get("note", ""),
        turned=entry.get("turned", False), broad=entry.get("broad", False),
    )  # fmt: skip
