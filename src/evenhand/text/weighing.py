"""Which kind of claim a passage is, and whether a reader would ask about it: points for all that stands in it, summed.

A multinomial logistic regression (for the kinds) and a binary one (for being asked about) over what the rules and the classes
of words find, over a closed list of small words and over a passage's shape. No word of the text itself counts but those of the
lists, so that a name or a side never does. The points are data (``languages/en.weights.toml``), fitted by
``python -m benchmarks.weigh`` to marked texts and sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from evenhand.model import ClaimKind
from evenhand.text.language import Language
from evenhand.text.passages import Passage
from evenhand.text.reading import Read

STRONG = 0.9  # a rule's strength from which on it counts beside the points; both chosen by leaving out groups of texts
CLOSE = 1.5  # how much likelier another kind may be before it is drafted instead
KEPT = 1 << 14
ASKED = 0.35  # how likely a question must be for a passage to be drafted without a strong rule; chosen so too
LENGTHS = (4, 6, 9, 13, 20, 30)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The kind with the most points, how likely the model holds each, and that a reader asks about it at all; 0 to 1."""

    kind: ClaimKind
    likely: dict[ClaimKind, float]
    asked: float


def weighed(one: Read, passage: Passage, cues: Language) -> Weighed | None:
    """The likeliest kind of a passage. None in a language that has no points."""
    table = cues.weights
    if table is None:
        return None
    rows = sorted(table.rows[trait] for trait in traits(one, passage, cues) if trait in table.rows)
    points = table.base + table.points[rows].sum(axis=0)
    likely = np.exp(points - points.max())
    likely /= likely.sum()
    asked = 1 / (1 + np.exp(-table.asked_base - table.asked[rows].sum()))
    return Weighed(
        table.kinds[int(points.argmax())], dict(zip(table.kinds, likely.tolist(), strict=True)), float(asked)
    )


def is_asked(found: Weighed | None, passage: Passage) -> bool:
    """Would a reader ask about a passage? About one with a sum, or with a strong rule, always."""
    return found is None or found.asked >= ASKED or bool(passage.sums) or is_strong(passage)


def is_strong(passage: Passage) -> bool:
    return passage.best is not None and passage.best.rule.strength >= STRONG


def kind_of(found: Weighed | None, passage: Passage) -> ClaimKind | None:
    """The likeliest kind of a passage; that of a strong rule where it is nearly as likely.

    Without points, that of the strongest rule; None where no rule fired either.
    """
    by_rule = passage.best.rule.kind if passage.best is not None else None
    if found is None:
        return by_rule
    strong = is_strong(passage)
    if strong and by_rule is not None and found.likely[by_rule] * CLOSE > found.likely[found.kind]:
        return by_rule
    return found.kind


def traits(one: Read, passage: Passage, cues: Language) -> frozenset[str]:
    """All that counts of a passage, each once."""
    found = set(of_shape(one, passage))
    found.update(of_cues(passage))
    low, tags, small = one.sentence.low, one.tags, cues.small_words
    before = ""
    for i in range(passage.start, passage.end):
        found |= said_of("has", tags[i])
        word = low[i] if low[i] in small else ""
        if word:
            found.add(of_word("word", word))
        if word and before:
            found.add(of_word(of_word("words", before), word))
        before = word
    found |= said_of("opens", tags[passage.start])
    if low[passage.start] in small:
        found.add(of_word("opens word", low[passage.start]))
    return frozenset(found.union(*(near(each) for each in tags)))


def of_cues(passage: Passage) -> Iterator[str]:
    """The rules that fired, their kinds, and the strongest."""
    for hit in passage.hits:
        yield of_word("rule", hit.rule.id)
        yield of_word("fired", str(hit.rule.kind))
    best = passage.best
    yield of_word("strongest", str(best.rule.kind)) if best is not None else "no rule"
    if best is not None:
        yield of_word("strongest rule", best.rule.id)


@lru_cache(KEPT)
def said_of(what: str, tags: frozenset[str]) -> frozenset[str]:
    """The traits of a word's classes."""
    return frozenset(f"{what} {name}" for name in tags)


@lru_cache(KEPT)
def near(tags: frozenset[str]) -> frozenset[str]:
    """The traits of a word's fields, wherever in the sentence it stands."""
    return frozenset(f"near {name}" for name in tags if name.startswith("of-"))


@lru_cache(KEPT)
def of_word(what: str, word: str) -> str:
    return f"{what} {word}"


def of_shape(one: Read, passage: Passage) -> Iterator[str]:
    """Its place in the sentence, its length, whose it is, whether it asks."""
    low = one.sentence.low
    if passage.start == 0:
        yield "first"
    if passage.end >= len(low) - 1:
        yield "last"
    if low[-1] == "?":
        yield "asks"
    if passage.since >= 0:
        yield "item"
    if one.voiced.holds(passage.start, passage.end):
        yield "reported"
    if any(one.sentence.quoted[passage.start : passage.end]):
        yield "quoted"
    for limit in LENGTHS:
        if passage.end - passage.start > limit:
            yield f"over {limit} words"
