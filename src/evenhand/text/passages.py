"""Which words of a sentence are one claim, and what fires in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evenhand.text.clauses import HARD, clauses, items, trimmed
from evenhand.text.language import Language, Rule
from evenhand.text.patterns import found_in, keys_of
from evenhand.text.sentences import Sentence
from evenhand.text.sums import StatedSum

LONG = 220  # characters of a passage that is asked about as a whole
FEWEST = 6
ASIDE = 8
LEADING = frozenset({"from", "of", "some", "the", "a", "an", "about", "nearly", "only", "its", "their", "$"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fired, on the words from start to end (exclusive) of a sentence."""

    rule: Rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a sentence from start to end (exclusive), what fired in them, and the sums that they state.

    since: where its clause begins, where it is the first item of a list of deeds; its subject stands there. -1: at start.
    """

    start: int
    end: int
    hits: tuple[Hit, ...]
    sums: tuple[StatedSum, ...] = ()
    since: int = -1

    def reaches(self, i: int) -> bool:
        """Is a word among its own, or those of its subject?"""
        return (self.since if self.since >= 0 else self.start) <= i < self.end

    @property
    def best(self) -> Hit | None:
        """The strongest cue that gives a kind; of equals the first."""
        named = [hit for hit in self.hits if hit.rule.kind is not None]
        return max(named, key=lambda hit: (hit.rule.strength, -hit.start), default=None)


def hits(sentence: Sentence, tags: Sequence[frozenset[str]], cues: Language) -> list[Hit]:
    """Every rule that fires in a sentence, at every place."""
    keys = keys_of(sentence.low, tags, cues.keys)
    found = [Hit(cues.rules[owner], start, end) for owner, start, end in found_in(keys, cues.index)]
    return sorted(found, key=lambda hit: (hit.start, hit.end, hit.rule.id))


def passages(
    sentence: Sentence, tags: Sequence[frozenset[str]], cues: Language, sums: Sequence[StatedSum]
) -> list[Passage]:
    """The passages of a sentence that may each be a claim, in order.

    A cue that rules a whole sentence keeps it whole; a list of deeds is cut item by item; a clause in which nothing
    fires belongs to the one before it; a sum is never cut.
    """
    fired = hits(sentence, tags, cues)
    stretches = supposed(sentence, fired)
    fired = [hit for hit in fired if not only_supposed(hit, stretches)]
    sums = [one for one in sums if not any(_holds(sentence, stretch, one) for stretch in stretches)]
    top = max((hit.rule.strength for hit in fired if hit.rule.kind), default=0.0)
    whole = any(hit.rule.extent == "sentence" and hit.rule.strength >= top for hit in fired)
    bounds = [trimmed(sentence, tags, 0, len(sentence))] if whole and not sums else clauses(sentence, tags)
    bounds = bounds if whole and not sums else joined_over(bounds, stretches)
    found: list[Passage] = []
    for start, end in bounds:
        inside = within(fired, start, end)
        listed = items(sentence, tags, start, end) if any(hit.rule.extent == "list" for hit in inside) else []
        if len(listed) > 1:
            found += [
                Passage(a, b, deeds(tags, within(fired, a, b), inside, a, b), since=start if n == 0 else -1)
                for n, (a, b) in enumerate(listed)
            ]
        else:
            found.append(Passage(start, end, inside))
    joined = merged(with_sums(sentence, found, sums))
    kept = [part for passage in joined for part in narrowed(sentence, tags, passage)]
    return [part for passage in kept for part in from_first_figure(sentence, passage)]


def from_first_figure(sentence: Sentence, passage: Passage) -> list[Passage]:
    """A sum whose result is a short aside ("..., a quarter more") is quoted from its first figure on.

    A reader may mark the aside alone or the sentence with it; the words from the first figure to the result are what the sum
    is told by, and no more; where they are long, those from the last hard stop on. What another cue fires
    on before them stays a passage of its own.
    """
    at = aside_of(sentence, passage)
    if at < 0 or length(sentence, at, passage.end) * 3 >= length(sentence, passage.start, passage.end):
        return [passage]
    opens = min(one.start for one in passage.sums)
    first = next((i for i in range(passage.start, at) if sentence.at[i][0] >= opens), passage.start)
    while first > passage.start and sentence.low[first - 1] in LEADING:
        first -= 1
    if length(sentence, at, passage.end) * 3 < length(sentence, first, passage.end):
        first = next((i + 1 for i in range(at - 2, first, -1) if sentence.low[i] in HARD), first)
    told = replace(passage, start=first, hits=within(passage.hits, first, passage.end))
    front = Passage(*bare(sentence, passage.start, first), within(passage.hits, passage.start, first))
    other = front.best is not None and front.best.rule.kind != "quantity" and front.end - front.start >= FEWEST
    return [front, told] if other else [told]


def bare(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Words without the stops and conjunctions behind them."""
    while end - 1 > start and (not sentence.low[end - 1][0].isalnum() or sentence.low[end - 1] in {"and", "but", "or"}):
        end -= 1
    return start, end


def aside_of(sentence: Sentence, passage: Passage) -> int:
    """The word with which the result of a passage's last sum opens, set apart by a stop; -1 where it is not."""
    if not passage.sums:
        return -1
    at = max(one.at for one in passage.sums)
    opens = next((i for i in range(passage.start, passage.end) if sentence.at[i][0] >= at), passage.end)
    back = range(opens - 1, max(passage.start, opens - ASIDE), -1)
    stop = next((i for i in back if sentence.low[i] in {",", "(", *HARD}), -1)
    return stop + 1 if stop >= 0 else -1


def length(sentence: Sentence, start: int, end: int) -> int:
    """Characters from one word to before another."""
    return sentence.at[end - 1][1] - sentence.at[start][0]


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


def supposed(sentence: Sentence, fired: Sequence[Hit]) -> list[tuple[int, int]]:
    """[first, last) words of what a sentence only supposes ("if it were ..., ... would"): up to the next hard stop or turn."""
    low, found = sentence.low, []
    for hit in fired:
        if hit.rule.supposes:
            start = next((i + 1 for i in range(hit.start - 1, -1, -1) if turns(low, i)), 0)
            found.append((start, next((i for i in range(hit.end, len(low)) if turns(low, i)), len(low))))
    return found


def turns(low: Sequence[str], i: int) -> bool:
    """Does the author speak of what is again: after a hard stop, or at a "but" behind a comma?"""
    return low[i] in HARD or (i > 0 and low[i] in {"but", "yet"} and low[i - 1] == ",")


def only_supposed(hit: Hit, stretches: Sequence[tuple[int, int]]) -> bool:
    """Would a cue take for a fact what is only supposed? What rules a whole sentence says what follows, and does not."""
    inside = any(start <= hit.start < end for start, end in stretches)
    return inside and hit.rule.extent != "sentence" and hit.rule.kind not in {"cause", "inference", "tie", "value"}


def _holds(sentence: Sentence, stretch: tuple[int, int], one: StatedSum) -> bool:
    start, end = sentence.at[stretch[0]][0], sentence.at[stretch[1] - 1][1]
    return one.start < end and one.end > start


def joined_over(bounds: Sequence[tuple[int, int]], stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The clauses, those of one supposition as one."""
    found: list[tuple[int, int]] = []
    for start, end in bounds:
        if found and any(a <= found[-1][0] and end <= b for a, b in stretches) and found[-1][1] <= start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def deeds(
    tags: Sequence[frozenset[str]], own: tuple[Hit, ...], inside: Sequence[Hit], start: int, end: int
) -> tuple[Hit, ...]:
    """What fires in an item of a list: in one that opens with a deed also what made it a list."""
    if not tags[start] & {"achieving", "worsening"}:
        return own
    return (*own, *[Hit(hit.rule, start, end) for hit in inside if hit.rule.extent == "list"][:1])


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
