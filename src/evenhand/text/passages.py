"""Which words of a sentence are one claim, and what fires in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evenhand.text.clauses import HARD, clauses, items, trimmed
from evenhand.text.language import Language, Rule
from evenhand.text.patterns import could_match, keys_of, matches
from evenhand.text.sentences import Sentence
from evenhand.text.sums import StatedSum

LONG = 220  # characters of a passage that is asked about as a whole
FEWEST = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fired, on the words from start to end (exclusive) of a sentence."""

    rule: Rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a sentence from start to end (exclusive), what fired in them, and the sums that they state."""

    start: int
    end: int
    hits: tuple[Hit, ...]
    sums: tuple[StatedSum, ...] = ()

    @property
    def best(self) -> Hit | None:
        """The strongest cue that gives a kind; of equals the first."""
        named = [hit for hit in self.hits if hit.rule.kind is not None]
        return max(named, key=lambda hit: (hit.rule.strength, -hit.start), default=None)


def hits(sentence: Sentence, tags: Sequence[frozenset[str]], cues: Language) -> list[Hit]:
    """Every rule that fires in a sentence, at every place."""
    found, keys = [], keys_of(sentence.low, tags, cues.keys)
    there = frozenset().union(*keys)
    possible = {
        id(pattern): (rule_at, pattern)
        for key in there & cues.index.keys()
        for rule_at, pattern in cues.index[key]
        if could_match(pattern, there)
    }
    for rule_at, pattern in possible.values():
        firsts = pattern.firsts
        for i, here in enumerate(keys):
            if firsts.isdisjoint(here):
                continue
            end = matches(keys, i, pattern)
            if end > i:
                found.append(Hit(cues.rules[rule_at], i, end))
    return sorted(found, key=lambda hit: (hit.start, hit.end, hit.rule.id))


def passages(
    sentence: Sentence, tags: Sequence[frozenset[str]], cues: Language, sums: Sequence[StatedSum]
) -> list[Passage]:
    """The passages of a sentence that may each be a claim, in order.

    A cue that rules a whole sentence keeps it whole; a list of deeds is cut item by item; a clause in which nothing
    fires belongs to the one before it; a sum is never cut.
    """
    fired = hits(sentence, tags, cues)
    top = max((hit.rule.strength for hit in fired if hit.rule.kind), default=0.0)
    whole = any(hit.rule.extent == "sentence" and hit.rule.strength >= top for hit in fired)
    bounds = [trimmed(sentence, tags, 0, len(sentence))] if whole and not sums else clauses(sentence, tags)
    found: list[Passage] = []
    for start, end in bounds:
        inside = within(fired, start, end)
        listed = items(sentence, tags, start, end) if any(hit.rule.extent == "list" for hit in inside) else []
        if len(listed) > 1:
            found += [Passage(a, b, within(fired, a, b)) for a, b in listed]
        else:
            found.append(Passage(start, end, inside))
    joined = merged(with_sums(sentence, found, sums))
    return [part for passage in joined for part in narrowed(sentence, tags, passage)]


def narrowed(sentence: Sentence, tags: Sequence[frozenset[str]], passage: Passage) -> list[Passage]:
    """The parts of a long passage in which something fires: a reader is asked about words, not about a whole period."""
    if passage.best is None or passage.sums or sentence.at[passage.end - 1][1] - sentence.at[passage.start][0] <= LONG:
        return [passage]
    if passage.best.rule.extent == "sentence":
        return [passage]
    marks = [passage.start, *(i for i in range(passage.start + 1, passage.end) if soft(sentence, tags, i)), passage.end]
    parts: list[Passage] = []
    for start, end in pairwise(joined_ahead(sentence, marks)):
        inside = within(passage.hits, start, end)
        part = Passage(start, end, inside)
        last = parts[-1] if parts else None
        if last is not None and (last.end - last.start < FEWEST or end - start < FEWEST or same_kind(last, part)):
            parts[-1] = Passage(last.start, end, (*last.hits, *inside))
        else:
            parts.append(part)
    kept = [Passage(*trimmed(sentence, tags, p.start, p.end), p.hits) for p in parts if p.best is not None]
    return kept or [passage]


def joined_ahead(sentence: Sentence, marks: Sequence[int]) -> list[int]:
    """Without the marks that would leave a dash and a word or two to what stands before: they open what follows."""
    kept = [marks[0]]
    for mark in marks[1:]:
        behind = sentence.low[kept[-1]] in HARD and mark - kept[-1] < FEWEST - 2
        if not behind or mark == marks[-1]:
            kept.append(mark)
    return kept


def same_kind(one: Passage, other: Passage) -> bool:
    """Would two neighbours be drafted as one kind?"""
    return one.best is not None and other.best is not None and one.best.rule.kind == other.best.rule.kind


def soft(sentence: Sentence, tags: Sequence[frozenset[str]], i: int) -> bool:
    """May a long passage be cut before word i?"""
    if sentence.quoted[i] and sentence.low[i] != '"':
        return False
    low = sentence.low[i]
    return low in {
        ",",
        ";",
        ":",
        "-",
        "(",
        "that",
        "who",
        "which",
        "because",
        "while",
        "although",
        "so",
        "where",
        "when",
    } or (
        low in {"and", "but", "or"}
        and i + 1 < len(tags)
        and bool(tags[i + 1] & {"pronoun", "article", "aux", "past", "present"})
    )


def within(fired: Sequence[Hit], start: int, end: int) -> tuple[Hit, ...]:
    return tuple(hit for hit in fired if start <= hit.start < end)


def with_sums(sentence: Sentence, found: Sequence[Passage], sums: Sequence[StatedSum]) -> list[Passage]:
    """Passages over which a sum reaches are one."""
    kept = list(found)
    for one in sums:
        over = [p for p in kept if sentence.at[p.start][0] < one.end and sentence.at[p.end - 1][1] > one.start]
        if not over:
            continue
        joined = Passage(
            min(p.start for p in over), max(p.end for p in over),
            tuple(hit for p in over for hit in p.hits), (*(s for p in over for s in p.sums), one),
        )  # fmt: skip
        at = kept.index(over[0])
        kept = [p for p in kept if p not in over]
        kept.insert(at, joined)
    return kept


def merged(found: Sequence[Passage]) -> list[Passage]:
    """A passage in which nothing fires belongs to the one before it, or else to the one after."""
    kept: list[Passage] = []
    for passage in found:
        last = kept[-1] if kept else None
        silent = last is not None and (passage.best is None or last.best is None) and not (passage.sums or last.sums)
        if last is not None and silent and last.end <= passage.start:
            kept[-1] = Passage(last.start, passage.end, (*last.hits, *passage.hits))
        else:
            kept.append(passage)
    return kept
