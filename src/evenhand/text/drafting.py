"""Drafts what a reader would ask about: passages, their kinds and whose claims they are. No model: rules over words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from evenhand.model import BadInputError, DraftClaim, Vocabulary
from evenhand.text.cited import listed
from evenhand.text.claiming import claim_of
from evenhand.text.completing import Context, Drafted, completed
from evenhand.text.document import Document
from evenhand.text.language import codes, language
from evenhand.text.markup import as_seen, is_markup, whole
from evenhand.text.notes import notes_of
from evenhand.text.passages import passages
from evenhand.text.prose import Block, blocks
from evenhand.text.reading import Read, reading

Progress = Callable[[int, int], None]
LONGEST_QUOTE = 480
WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 4000
ENOUGH = 20
LAST_LATIN = "\u024f"
FEWEST_COMMON = 0.12


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was read and what became of it."""

    sentences: int
    quantities: int
    comparisons: int
    opened: int
    left_open: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that was drafted of a text, in its order, and the account of it."""

    drafted: tuple[Drafted, ...]
    ledger: Ledger
    language: str

    @property
    def claims(self) -> tuple[DraftClaim, ...]:
        return tuple(one.claim for one in self.drafted)


def draft(
    document: Document,
    vocabulary: Vocabulary | None = None,
    *,
    code: str | None = None,
    progress: Progress | None = None,
) -> Draft:
    """Which passages of a text make a claim, of what kind, whose, and how could each be checked?

    Method: cues over words (``languages/``), their points summed in each clause; lists of deeds item by item; sums between the
    figures of a sentence recomputed. vocabulary: resolves units, measures and events; without one nothing is opened.
    code: of the language, told by its most frequent words where it is left out. progress: called with (done, total)
    characters. Every quote stands at its offsets. Raises BadInputError for a text without a sentence, and for one in a
    language that there are no cues for.
    """
    shown = blocks(document.text)
    cues = language(code or language_of(shown, document))
    references, lists = listed(shown)
    context = Context(document, cues, notes_of(shown), references, vocabulary)
    found: list[Drafted] = []
    read = quantities = 0
    for place, block in enumerate(shown):
        if progress is not None:
            progress(block.start, len(document.text))
        if not block.is_prose or place in lists:
            continue
        first = len(found)
        for one in reading(block, cues):
            read += 1
            quantities += sum(f.unit != "year" for f in one.figures)
            found += drafted(one, context)
        found[first:] = linked(found[first:], first)
    if not read:
        hint = "a draft needs sentences: titles, lists of links, tables and code are none"
        raise BadInputError("there is no sentence in this text", hint=hint, where=str(document.path))
    return Draft(tuple(found), ledger_of(found, read, quantities), cues.code)


def language_of(shown: Sequence[Block], document: Document) -> str:
    """Which language is a text in? The one whose most frequent words it holds most of."""
    letters = [c for c in document.text[: SAMPLE * 10] if c.isalpha()]
    if len(letters) >= ENOUGH and 2 * sum(c > LAST_LATIN for c in letters) > len(letters):
        raise no_cues(document)
    words = [word for block in shown if block.is_prose for word in WORD.findall(block.folded.text[:SAMPLE].lower())]
    words = words[:SAMPLE]
    if not words:
        return "en"
    shares = {code: sum(word in language(code).common for word in words) / len(words) for code in codes()}
    best = max(shares, key=lambda code: (shares[code], code == "en"))
    if len(words) >= ENOUGH and shares[best] < FEWEST_COMMON:
        raise no_cues(document)
    return best


def no_cues(document: Document) -> BadInputError:
    hint = f"there are cues for {', '.join(codes())}; if it is in one of these, say so with --language"
    return BadInputError("we have no cues for the language of this text", hint=hint, where=str(document.path))


def drafted(one: Read, context: Context) -> Iterator[Drafted]:
    """The drafts of one sentence."""
    sentence, text = one.sentence, context.document.text
    taken: list[tuple[str, int, int]] = []
    for passage in passages(sentence, one.tags, context.cues, one.sums):
        claim = claim_of(one, passage, context.cues)
        if claim is None or any(k == claim.kind and passage.start < e and s < passage.end for k, s, e in taken):
            continue
        taken.append((claim.kind, passage.start, passage.end))
        start, end = one.block.span(sentence.at[passage.start][0], sentence.at[passage.end - 1][1])
        if end - start > LONGEST_QUOTE:
            end = cut_short(one, passage.start, passage.end, text)
        end = whole(text, end)
        made = completed(replace(claim, quote=as_seen(text, start, end), start=start, end=end), one, passage, context)
        yield replace(made, claim=replace(made.claim, quote=text[start:end]))


def cut_short(one: Read, first: int, last: int, text: str) -> int:
    """Where the quote of a long passage ends: between two words; of a web page the words that are shown count."""
    at = one.sentence.at
    if not is_markup(text):
        start, _ = one.block.span(*at[first])
        return start + len(text[start : start + LONGEST_QUOTE].rsplit(None, 1)[0])
    kept = max((i for i in range(first, last) if at[i][1] - at[first][0] <= LONGEST_QUOTE), default=first)
    return one.block.span(at[first][0], at[kept][1])[1]


def linked(found: Sequence[Drafted], first: int) -> list[Drafted]:
    """An inference follows from what its paragraph says before it."""
    kept: list[Drafted] = []
    before: list[int] = []
    for i, one in enumerate(found):
        inference = one.claim.kind == "inference"
        kept.append(replace(one, rests_on=tuple(before[-2:])) if inference and before else one)
        if one.claim.kind not in {"inference", "definition"}:
            before.append(first + i)
    return kept


def ledger_of(found: Sequence[Drafted], read: int, quantities: int) -> Ledger:
    comparisons = [one for one in found if one.claim.kind == "comparison"]
    reasons: dict[str, int] = {}
    for one in comparisons:
        for question in one.opening.questions if one.opening else ():
            reasons[question.split("?")[0]] = reasons.get(question.split("?")[0], 0) + 1
    opened_ones = sum(one.opening is not None and one.opening.whole for one in comparisons)
    return Ledger(read, quantities, len(comparisons), opened_ones, tuple(sorted(reasons.items())))
