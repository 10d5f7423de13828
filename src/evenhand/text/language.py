"""The cues of a language: classes of words and patterns over words. Data in ``languages/``; one file a language."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from evenhand.model import CLAIM_KINDS, MOVES, BadInputError, ClaimKind, Move

GAP = re.compile(r"~(\d+)")


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


@dataclass(frozen=True, slots=True)
class Rule:
    """A cue: what fires it and what it says of the passage.

    strength: of the kinds that fire in one passage the strongest is drafted. confidence: the share of its drafts that
    were right where it was measured. examples, counter_examples: sentences that it must and must not find.
    """

    id: str
    kind: ClaimKind | None
    strength: float
    patterns: tuple[Pattern, ...]
    veiled: bool
    move: Move | None
    extent: str
    voice: str | None
    stance: str | None
    reads: str
    missing: tuple[str, ...]
    confidence: float
    because: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """Points for a sentence's words. words: by word; classes: by class; base, short, asked: for the sentence."""

    base: float
    short: float
    asked: float
    classes: dict[str, float]
    words: tuple[tuple[frozenset[str], float], ...]


@dataclass(frozen=True, slots=True)
class Language:
    """The cues of one language. triggers: for the first word of a pattern, the patterns that it may open."""

    code: str
    name: str
    classes: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]
    not_of: dict[str, frozenset[str]]
    abbreviations: frozenset[str]
    common: frozenset[str]
    number_words: frozenset[str]
    rules: tuple[Rule, ...]
    measures: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    against: tuple[tuple[tuple[str, ...], str], ...]
    preference: dict[str, frozenset[str]]
    worth: "Worth | None"
    up: frozenset[str]
    down: frozenset[str]
    by_word: dict[str, tuple[tuple[int, Pattern], ...]] = field(repr=False, default_factory=dict)
    by_class: dict[str, tuple[tuple[int, Pattern], ...]] = field(repr=False, default_factory=dict)
    seen: dict[str, frozenset[str]] = field(repr=False, default_factory=dict)

    def classes_of(self, word: str) -> frozenset[str]:
        """The classes of a word in lower case: those that list it, and those with one of its endings that do not except it."""
        if word not in self.seen:
            listed = {name for name, words in self.classes.items() if word in words}
            ended = {
                name for name, endings in self.endings.items()
                if len(word) > 4 and word.endswith(endings) and word not in self.not_of[name]
            }  # fmt: skip
            self.seen[word] = frozenset(listed | ended)
        return self.seen[word]


@cache
def language(code: str = "en") -> Language:
    """The cues of a language that ships with evenhand. Raises BadInputError where there is none."""
    path = files("evenhand.text").joinpath("languages", f"{code}.toml")
    if not path.is_file():
        raise BadInputError(f"there are no cues for the language {code!r}", hint=f"there are cues for {', '.join(codes())}")
    return build(tomllib.loads(path.read_text(encoding="utf-8")), code)


def codes() -> list[str]:
    """The languages that there are cues for."""
    folder = files("evenhand.text").joinpath("languages")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def build(table: dict[str, Any], code: str) -> Language:
    """A language from its table. Raises BadInputError for a rule that names an unknown class, kind or move."""
    classes = {name: frozenset(" ".join(entry["words"]).split()) for name, entry in table["classes"].items()}
    endings = {name: tuple(entry["endings"]) for name, entry in table["classes"].items() if entry.get("endings")}
    not_of = {name: frozenset(" ".join(entry.get("not", ())).split()) for name, entry in table["classes"].items()}
    rules = tuple(rule(entry, classes) for entry in table["rules"])
    by_word: dict[str, list[tuple[int, Pattern]]] = {}
    by_class: dict[str, list[tuple[int, Pattern]]] = {}
    for i, one in enumerate(rules):
        for pattern in one.patterns:
            for element in first_places(pattern):
                for word in element.words:
                    by_word.setdefault(word, []).append((i, pattern))
                for name in element.classes:
                    by_class.setdefault(name, []).append((i, pattern))
    return Language(
        code, table["name"], classes, endings, not_of, frozenset(table["abbreviations"]["words"]),
        frozenset(" ".join(table["common"]["words"]).split()),
        frozenset(" ".join(table["numbers"]["words"]).split()), rules,
        tuple((tuple(e["words"]), tuple(e["measures"])) for e in table.get("measures", ())),
        tuple((tuple(e["words"]), e["peers"]) for e in table.get("against", ())),
        {name: frozenset(" ".join(words).split()) for name, words in table.get("preference", {}).items()},
        worth_of(table["worth"]) if "worth" in table else None,
        *(frozenset(" ".join(table.get("directions", {}).get(way, ())).split()) for way in ("up", "down")),
        {word: tuple(found) for word, found in by_word.items()}, {name: tuple(found) for name, found in by_class.items()},
    )  # fmt: skip


def worth_of(table: dict[str, Any]) -> Worth:
    words = tuple((frozenset(entry["words"].split()), float(entry["points"])) for entry in table["words"].values())
    return Worth(table["base"], table["short"], table["asked"], dict(table["classes"]), words)


def first_places(pattern: Pattern) -> list[Element]:
    """The places with which a match may begin: the first that must be there, and the optional ones before it."""
    found = []
    for element in pattern.elements:
        found.append(element)
        if not element.optional:
            break
    return found


def rule(entry: dict[str, Any], classes: dict[str, frozenset[str]]) -> Rule:
    kind, move = entry.get("kind"), entry.get("move")
    if kind is not None and kind not in CLAIM_KINDS:
        raise BadInputError(f"rule {entry['id']}: there is no kind {kind!r}", hint=f"allowed: {', '.join(CLAIM_KINDS)}")
    if move is not None and move not in MOVES:
        raise BadInputError(f"rule {entry['id']}: there is no move {move!r}", hint=f"allowed: {', '.join(MOVES)}")
    patterns = tuple(pattern(text, classes, entry["id"]) for text in entry["patterns"])
    return Rule(
        entry["id"], kind, float(entry.get("strength", 0)), patterns, entry.get("veiled", False), move,
        entry.get("extent", "clause"), entry.get("voice"), entry.get("stance"), entry.get("reads", ""),
        tuple(entry.get("missing", ())), float(entry.get("confidence", 0.5)), entry.get("because", ""),
        tuple(entry.get("examples", ())), tuple(entry.get("not", ())),
    )  # fmt: skip


def pattern(text: str, classes: dict[str, frozenset[str]], rule_id: str) -> Pattern:
    """A pattern from its notation: words, ``a|b``, ``{class}``, ``?`` for optional, ``~4`` for a gap, ``!`` for not, ``^``, ``$``."""
    parts = text.split()
    opens, closes = parts[0] == "^", parts[-1] == "$"
    inner = parts[1 if opens else 0 : len(parts) - 1 if closes else len(parts)]
    elements = tuple(element(part, classes, rule_id) for part in inner)
    if elements[0].gap or elements[0].negated:
        raise BadInputError(f"rule {rule_id}: the pattern {text!r} must open with words")
    return Pattern(elements, opens, closes)


def element(part: str, classes: dict[str, frozenset[str]], rule_id: str) -> Element:
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


BUILT_IN = frozenset({"number", "year", "name", "quoted", "any"})


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
