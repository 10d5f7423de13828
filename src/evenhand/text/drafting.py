"""Drafts what a reader would ask about: passages, their kinds and whose claims they are. No model: rules over words."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from evenhand.model import BadInputError, ClaimKind, DraftClaim, Move, Vocabulary
from evenhand.text.arithmetic import recompute
from evenhand.text.clauses import tags_of
from evenhand.text.document import Document
from evenhand.text.figures import FigureAt, figures
from evenhand.text.language import Language, codes, language
from evenhand.text.notes import Notes, notes_of
from evenhand.text.opening import Opening, open_claim
from evenhand.text.passages import Passage, passages
from evenhand.text.prose import Block, blocks
from evenhand.text.sentences import MARKER, Sentence, sentences
from evenhand.text.speech import Voiced, voice_of
from evenhand.text.sums import StatedSum, sums

Progress = Callable[[int, int], None]
LONGEST_QUOTE = 480
SHORTEST = 4
UNSURE = 0.3
WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 4000
ENOUGH = 20
FEWEST_COMMON = 0.12
SET_AGAINST = frozenset({"than", "as", "against", "compared"})


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft with what was made of it. opening: of a comparison; sums: that its words state; rests_on: the drafts that
    its inference follows from, by their place in the list; questions: what a person has to settle.
    """

    claim: DraftClaim
    opening: Opening | None = None
    sums: tuple[StatedSum, ...] = ()
    rests_on: tuple[int, ...] = ()
    questions: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence, its block, its words' classes, whose it is, the figures in it and the sums that it states."""

    block: Block
    sentence: Sentence
    tags: Sequence[frozenset[str]]
    voiced: Voiced
    figures: Sequence[FigureAt]
    sums: Sequence[StatedSum]


def draft(
    document: Document,
    vocabulary: Vocabulary | None = None,
    *,
    code: str | None = None,
    progress: Progress | None = None,
) -> Draft:
    """Which passages of a text make a claim, of what kind, whose, and how could each be checked?

    Method: cues over words (``languages/``), the strongest in each clause; lists of deeds item by item; sums between the
    figures of a sentence recomputed. vocabulary: resolves units, measures and events; without one nothing is opened.
    code: of the language, told by its most frequent words where it is left out. progress: called with (done, total)
    characters. Every quote stands at its offsets. Raises BadInputError for a text without a sentence, and for one in a
    language that there are no cues for.
    """
    shown = blocks(document.text)
    cues = language(code or language_of(shown, document))
    notes = notes_of(shown)
    found: list[Drafted] = []
    read = quantities = 0
    for block in shown:
        if progress is not None:
            progress(block.start, len(document.text))
        if not block.is_prose:
            continue
        first = len(found)
        for one in reading(block, cues):
            read += 1
            quantities += sum(f.unit != "year" for f in one.figures)
            made = drafted(document.text, one, cues, notes)
            found += [opened(m, one, document, vocabulary, cues) if vocabulary else m for m in made]
        found[first:] = linked(found[first:], first)
    if not read:
        hint = "a draft needs sentences: titles, lists of links, tables and code are none"
        raise BadInputError("there is no sentence in this text", hint=hint, where=str(document.path))
    return Draft(tuple(found), ledger_of(found, read, quantities), cues.code)


def language_of(shown: Sequence[Block], document: Document) -> str:
    """Which language is a text in? The one whose most frequent words it holds most of."""
    words = [word for block in shown if block.is_prose for word in WORD.findall(block.folded.text[:SAMPLE].lower())]
    words = words[:SAMPLE]
    if not words:
        return "en"
    shares = {code: sum(word in language(code).common for word in words) / len(words) for code in codes()}
    best = max(shares, key=lambda code: (shares[code], code == "en"))
    if len(words) >= ENOUGH and shares[best] < FEWEST_COMMON:
        hint = f"there are cues for {', '.join(codes())}; if it is in one of these, say so with --language"
        raise BadInputError("we have no cues for the language of this text", hint=hint, where=str(document.path))
    return best


def reading(block: Block, cues: Language) -> Iterator[Read]:
    """The sentences of a block; a figure's place is in the block."""
    text = block.folded.text
    cut = sentences(text, cues)
    seen = [[placed(f, one.start) for f in figures(text[one.start : one.end])] for one in cut]
    starts = [one.start for one in cut]
    stated = sums(text, [f for each in seen for f in each], starts)
    of = [bisect_right(starts, one.at) - 1 for one in stated]
    for i, sentence in enumerate(cut):
        tags = tags_of(sentence, cues)
        voiced = voice_of(sentence, tags, quotation=block.kind == "quotation")
        yield Read(block, sentence, tags, voiced, seen[i], [s for s, where in zip(stated, of, strict=True) if where == i])


def placed(one: FigureAt, by: int) -> FigureAt:
    return replace(one, start=one.start + by, end=one.end + by, opens=one.opens + by)


def drafted(text: str, one: Read, cues: Language, notes: Notes) -> Iterator[Drafted]:
    """The drafts of one sentence."""
    sentence = one.sentence
    taken: list[tuple[str, int, int]] = []
    for passage in passages(sentence, one.tags, cues, one.sums):
        claim = claim_of(one, passage)
        if claim is None or any(k == claim.kind and passage.start < e and s < passage.end for k, s, e in taken):
            continue
        taken.append((claim.kind, passage.start, passage.end))
        start, end = one.block.span(sentence.at[passage.start][0], sentence.at[passage.end - 1][1])
        if end - start > LONGEST_QUOTE:
            end = start + len(text[start : start + LONGEST_QUOTE].rsplit(None, 1)[0])
        marked = [w for w in sentence.words[passage.start : passage.end + 2] if MARKER.fullmatch(w)]
        asked = tuple(q for mark in marked if (q := notes.question(mark, " ".join(sentence.low))) is not None)
        yield Drafted(replace(claim, quote=text[start:end], start=start, end=end), sums=passage.sums, questions=asked)


def claim_of(one: Read, passage: Passage) -> DraftClaim | None:
    """What a passage is drafted as: by its strongest cue. None where nothing in it makes a claim."""
    best, voiced = passage.best, one.voiced
    arithmetic = None
    if passage.sums:
        first = passage.sums[0]
        arithmetic = recompute(first.expression, first.stated).shown
    if best is None and arithmetic is None:
        return left_over(one, passage)
    rule = best.rule if best is not None else None
    kind: ClaimKind = "quantity" if arithmetic or rule is None or rule.kind is None else rule.kind
    return DraftClaim(
        "", 0, 0, kind,
        veiled=kind == "comparison" and is_veiled(one, passage), voice="reported" if voiced.reported else "author",
        stance=voiced.stance, move=move_of(one, passage, kind), arithmetic=arithmetic,
        confidence=0.95 if arithmetic else rule.confidence if rule else UNSURE,
        missing=rule.missing if rule else (), cue=rule.id if rule and not arithmetic else "stated sum",
    )  # fmt: skip


def is_veiled(one: Read, passage: Passage) -> bool:
    """Does a comparison leave unsaid with whom, or on what measure? Open is what names a yardstick and the other side."""
    words = one.tags[passage.start : passage.end]
    low = one.sentence.low[passage.start : passage.end]
    measured = any(found & {"number", "trend", "measurable"} and "year" not in found for found in words)
    other = bool(SET_AGAINST & set(low)) or any("name" in found for found in words)
    return not (measured and other)


def move_of(one: Read, passage: Passage, kind: str) -> Move | None:
    """The rhetorical move of a passage, where its words and its kind make one."""
    moves = sorted((hit for hit in passage.hits if hit.rule.move), key=lambda hit: -hit.rule.strength)
    if kind == "tie" and any("sourcelike" in found for found in one.tags[passage.start : passage.end]):
        return "against-the-source"
    return next((hit.rule.move for hit in moves if hit.rule.move != "superlative" or kind == "comparison"), None)


def left_over(one: Read, passage: Passage) -> DraftClaim | None:
    """A passage without a cue: a statement that somebody may still ask about; questions and fragments are none."""
    low = one.sentence.low
    if passage.end - passage.start < SHORTEST or low[-1] == "?" or "imperative" in one.tags[0]:
        return None
    past = any("past" in found for found in one.tags[passage.start : passage.end])
    kind: ClaimKind = "event" if past else "value"
    return DraftClaim("", 0, 0, kind, voice="reported" if one.voiced.reported else "author", stance=one.voiced.stance,
                      confidence=UNSURE, cue="no cue")  # fmt: skip


def opened(made: Drafted, one: Read, document: Document, vocabulary: Vocabulary, cues: Language) -> Drafted:
    """A comparison opened as far as the text allows."""
    if made.claim.kind != "comparison":
        return made
    block = one.block.folded.text
    around = (block[one.sentence.start : one.sentence.end], block, document.title)
    opening = open_claim(made.claim, around, vocabulary, cues)
    return replace(made, opening=opening, questions=(*opening.questions, *made.questions))


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
