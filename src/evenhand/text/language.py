"""The cues of a language: classes of words and patterns over words. Data in ``languages/``; one file a language."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.model import CLAIM_KINDS, MOVES, BadInputError, ClaimKind, Move
from evenhand.text.patterns import Pattern, pattern

ANY = frozenset({"{any}"})
WIDE = 2000  # for words of a built-in class: numbers, names
OFTEN = 300  # so many seldom words fill a place as often as a frequent one
UNMEASURED = 0.5  # the confidence of rules of a language whose rules nobody has measured
Index = dict[str, tuple[tuple[int, Pattern], ...]]


@dataclass(frozen=True, slots=True)
class Measured:
    """How a rule did on the marked texts: its drafts, those near a mark, those that are right, and all marks of its kind."""

    drafts: int
    near: int
    right: int
    of: int
    confidence: float

    @property
    def precision(self) -> float:
        return self.right / max(self.drafts, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.of, 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A cue: what fires it and what it says of the passage.

    strength: the strongest rule of a passage cuts it, and counts beside its points. confidence: the share of its drafts that
    were right where it was measured, drawn to that of all rules; measured: None where it never fired. examples,
    counter_examples: sentences that it must and must not find. supposes: its words only suppose what they say.
    """

    id: str
    kind: ClaimKind | None
    strength: float
    patterns: tuple[Pattern, ...]
    veiled: bool
    move: Move | None
    extent: str
    missing: tuple[str, ...]
    confidence: float
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    measured: Measured | None = None
    supposes: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A form in which somebody else is reported. own: words by which it is the author's after all ("I", "we").

    after: only what follows the form is reported.
    """

    patterns: tuple[Pattern, ...]
    own: frozenset[str]
    after: bool
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
class Weights:
    """Points for what may stand in a passage. base: (kinds,); points: (traits, kinds); rows: the row of each trait.

    asked_base, asked: for whether a reader asks about it at all; (traits,).
    """

    kinds: tuple[ClaimKind, ...]
    base: NDArray[np.float64]
    points: NDArray[np.float64]
    rows: dict[str, int]
    asked_base: float
    asked: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of years. end: None where it goes on."""

    words: tuple[str, ...]
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Language:
    """The cues of one language. index, reports_index: for a word or a class in braces, the patterns that need it."""

    code: str
    name: str
    classes: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]
    not_of: dict[str, frozenset[str]]
    abbreviations: frozenset[str]
    before_numbers: frozenset[str]
    common: frozenset[str]
    number_words: frozenset[str]
    rules: tuple[Rule, ...]
    reports: tuple[Report, ...]
    measures: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    against: tuple[tuple[tuple[str, ...], str], ...]
    sides: dict[str, tuple[str, ...]]
    windows: dict[str, tuple[str, ...]]
    periods: tuple[Period, ...]
    happenings: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    says: dict[str, tuple[str, ...]]
    changes: tuple[str, ...]
    preference: dict[str, frozenset[str]]
    worth: "Worth | None"
    up: frozenset[str]
    down: frozenset[str]
    measured: dict[str, Measured]
    irony: dict[str, frozenset[str]]
    small_words: frozenset[str]
    weights: "Weights | None"
    measure_words: re.Pattern[str] = field(repr=False)
    period_words: re.Pattern[str] = field(repr=False)
    index: Index = field(repr=False)
    reports_index: Index = field(repr=False)
    seen: dict[str, frozenset[str]] = field(repr=False, default_factory=dict)
    tagged: dict[tuple[str, bool, bool], frozenset[str]] = field(repr=False, default_factory=dict)
    keys: dict[tuple[str, frozenset[str]], frozenset[str]] = field(repr=False, default_factory=dict)

    def classes_of(self, word: str) -> frozenset[str]:
        """The classes of a word in lower case: those that list it, and those with one of its endings that do not except it."""
        if word not in self.seen:
            listed = {name for name, words in self.classes.items() if word in words}
            ended = {
                name for name, endings in self.endings.items()
                if len(word) > 4 and word.endswith(endings) and word not in self.not_of[name]
            }  # fmt: skip
            if "-" in word:  # "better-educated", "longest-running"
                listed |= self.classes_of(word.partition("-")[0]) & {"comparative", "superlative"}
            self.seen[word] = frozenset(listed | ended)
        return self.seen[word]


@cache
def language(code: str = "en") -> Language:
    """The cues of a language that ships with evenhand. Raises BadInputError where there is none."""
    path = files("evenhand.text").joinpath("languages", f"{code}.toml")
    if not path.is_file():
        raise BadInputError(
            f"there are no cues for the language {code!r}", hint=f"there are cues for {', '.join(codes())}"
        )
    table, fields = beside(code, ""), beside(code, ".fields")
    table["classes"] |= fields.get("classes", {})
    return build(table | {"small": fields.get("small", {})}, code, beside(code, ".measured"), beside(code, ".weights"))


def beside(code: str, part: str) -> dict[str, Any]:
    """A file of a language; empty where it has none of that name."""
    path = files("evenhand.text").joinpath("languages", f"{code}{part}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def codes() -> list[str]:
    """The languages that there are cues for."""
    folder = files("evenhand.text").joinpath("languages")
    names = [entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return sorted(name for name in names if "." not in name)


def build(
    table: dict[str, Any], code: str, counts: dict[str, Any] | None = None, weights: dict[str, Any] | None = None
) -> Language:
    """A language from its table. counts: how its rules did where they were measured; weights: the points of its traits.

    Raises BadInputError for a rule that names an unknown class, kind or move.
    """
    entries = table["classes"]
    classes = {name: words_of(entry["words"]) for name, entry in entries.items()}
    measured = {name: Measured(**one) for name, one in (counts or {}).items() if isinstance(one, dict)}
    unfired = counts.get("all") if counts else None
    rules = tuple(rule(entry, classes, measured, unfired) for entry in table["rules"])
    ways = table.get("directions", {})
    reports = tuple(report(entry, classes) for entry in table.get("reports", ()))
    return Language(
        code=code,
        name=table["name"],
        classes=classes,
        endings={name: tuple(entry["endings"]) for name, entry in entries.items() if "endings" in entry},
        not_of={name: words_of(entry.get("not", ())) for name, entry in entries.items()},
        abbreviations=frozenset(table["abbreviations"]["words"]),
        before_numbers=frozenset(table["abbreviations"].get("before_numbers", ())),
        common=words_of(table["common"]["words"]),
        number_words=words_of(table["numbers"]["words"]),
        rules=rules,
        reports=reports,
        measures=tuple((tuple(e["words"]), tuple(e["measures"])) for e in table.get("measures", ())),
        against=tuple((tuple(e["words"]), e["peers"]) for e in table.get("against", ())),
        sides=phrases_of(table.get("sides", {})),
        windows=phrases_of(table.get("windows", {})),
        periods=tuple(Period(tuple(e["words"]), e["from"], e.get("to")) for e in table.get("periods", ())),
        happenings=tuple((words_of(e["words"]), tuple(e["kinds"])) for e in table.get("happenings", ())),
        says=phrases_of(table.get("says", {})),
        changes=tuple(table.get("changes", {}).get("phrases", ())),
        preference={name: words_of(words) for name, words in table.get("preference", {}).items()},
        worth=worth_of(table["worth"]) if "worth" in table else None,
        up=words_of(ways.get("up", ())),
        down=words_of(ways.get("down", ())),
        measured=measured,
        irony={name: words_of(words) for name, words in table.get("irony", {}).items()},
        small_words=words_of(table.get("small", {}).get("words", ())),
        weights=weights_of(weights) if weights else None,
        measure_words=any_of(phrase for e in table.get("measures", ()) for phrase in e["words"]),
        period_words=any_of(phrase for e in table.get("periods", ()) for phrase in e["words"]),
        index=index_of(rules, classes, frequent_of(table)),
        reports_index=index_of(reports, classes, frequent_of(table)),
    )


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some phrases as whole words, the longest first; nothing where there is none."""
    listed = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b" if listed else r"(?!)")


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """Words from lines of words."""
    return frozenset(" ".join(lines).split())


def phrases_of(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(phrases) for name, phrases in table.items()}


def frequent_of(table: dict[str, Any]) -> frozenset[str]:
    """The words that nearly every sentence has some of."""
    return words_of(table["common"]["words"]) | words_of(table.get("small", {}).get("words", ()))


def index_of(
    rules: Sequence[Rule] | Sequence[Report], classes: dict[str, frozenset[str]], frequent: frozenset[str]
) -> Index:
    """For each word, and each class in braces, the patterns that cannot match without it, with the places of
    their rules or forms of report.

    Each pattern stands under that of its places which is filled most seldom.
    """
    index: dict[str, list[tuple[int, Pattern]]] = {}
    widths: dict[str, int] = {}
    for i, patterns in enumerate([one.patterns for one in rules]):
        for shape in patterns:
            for key in min(shape.needs or (ANY,), key=lambda place: width(place, classes, frequent, widths)):
                index.setdefault(key, []).append((i, shape))
    return {key: tuple(found) for key, found in index.items()}


def width(
    place: frozenset[str], classes: dict[str, frozenset[str]], frequent: frozenset[str], seen: dict[str, int]
) -> int:
    """About how often a place is filled: by its words, the frequent ones many times."""
    for key in place - seen.keys():
        words = classes.get(key[1:-1], frozenset()) if key[0] == "{" else frozenset({key})
        seen[key] = len(words) + OFTEN * len(words & frequent) or WIDE
    return sum(seen[key] for key in place)


def weights_of(table: dict[str, Any]) -> Weights:
    points = np.array(list(table["points"].values()))
    rows = {trait: row for row, trait in enumerate(table["points"])}
    base = np.array(table["base"])
    return Weights(tuple(table["kinds"]), base[:-1], points[:, :-1], rows, float(base[-1]), points[:, -1])


def worth_of(table: dict[str, Any]) -> Worth:
    words = tuple((frozenset(entry["words"].split()), float(entry["points"])) for entry in table["words"].values())
    return Worth(table["base"], table["short"], table["asked"], dict(table["classes"]), words)


def report(entry: dict[str, Any], classes: dict[str, frozenset[str]]) -> Report:
    """A form of reported speech from its entry. Raises BadInputError where a pattern names an unknown class."""
    patterns = tuple(pattern(text, classes, "reports") for text in entry["patterns"])
    own, examples = frozenset(entry.get("own", ())), tuple(entry["examples"])
    return Report(patterns, own, entry.get("after", False), examples, tuple(entry.get("not", ())))


def rule(
    entry: dict[str, Any], classes: dict[str, frozenset[str]], measured: dict[str, Measured], unfired: float | None
) -> Rule:
    """A rule from its entry. unfired: the confidence of a rule that never fired where the others were measured."""
    kind, move = entry.get("kind"), entry.get("move")
    if kind is not None and kind not in CLAIM_KINDS:
        raise BadInputError(f"rule {entry['id']}: there is no kind {kind!r}", hint=f"allowed: {', '.join(CLAIM_KINDS)}")
    if move is not None and move not in MOVES:
        raise BadInputError(f"rule {entry['id']}: there is no move {move!r}", hint=f"allowed: {', '.join(MOVES)}")
    patterns = tuple(pattern(text, classes, entry["id"]) for text in entry["patterns"])
    known = measured.get(entry["id"])
    confidence = known.confidence if known is not None else unfired or UNMEASURED
    return Rule(
        entry["id"], kind, float(entry.get("strength", 0)), patterns, entry.get("veiled", False), move,
        entry.get("extent", "clause"), tuple(entry.get("missing", ())), float(confidence),
        tuple(entry.get("examples", ())), tuple(entry.get("not", ())), known,
        entry.get("supposes", False),
    )  # fmt: skip
