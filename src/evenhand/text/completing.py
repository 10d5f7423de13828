"""Completes a draft: what it could be opened to, which event or figure it speaks of, whom it cites, what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evenhand.model import DraftClaim, Vocabulary
from evenhand.text.cited import Cited, Reference, cited, who
from evenhand.text.document import Document
from evenhand.text.figures import FigureAt
from evenhand.text.happened import Spoken, spoken_of
from evenhand.text.language import Language
from evenhand.text.looked_up import Level, level_of
from evenhand.text.notes import Notes
from evenhand.text.opening import Mention, Opening, measures_in, mentions, open_claim
from evenhand.text.passages import Passage
from evenhand.text.plain import missing_of, reads, subject_of
from evenhand.text.reading import Read
from evenhand.text.sentences import MARKER
from evenhand.text.sums import StatedSum
from evenhand.text.windows import Years, years_in

SETTLING = {"event", "comparison"}  # kinds whose open questions stand in the casefile


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft with what was made of it.

    opening: of a comparison; sums: that its words state; event, level: what it speaks of, to look up; said_by: who is
    quoted; cites: the notes and references that its words point to; rests_on: the drafts that its inference follows from,
    by their place in the list; questions: what a person has to settle; differs: which of them asks between a rule and a
    model; when: the day on which a model answered.
    """

    claim: DraftClaim
    opening: Opening | None = None
    sums: tuple[StatedSum, ...] = ()
    event: Spoken | None = None
    level: Level | None = None
    said_by: str = ""
    cites: tuple[Cited, ...] = ()
    rests_on: tuple[int, ...] = ()
    questions: tuple[str, ...] = ()
    when: str = ""
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the passages of a text are completed from."""

    document: Document
    cues: Language
    notes: Notes
    references: Sequence[Reference]
    vocabulary: Vocabulary | None
    dated: dict[str, Years] = field(default_factory=dict)
    named: dict[tuple[str, int | None], tuple[list[Mention], list[str]]] = field(default_factory=dict)

    def seen(self, text: str, year: int | None) -> tuple[list[Mention], list[str]]:
        """The units that a text names, and doubts about them; each text is looked through once."""
        if (text, year) not in self.named:
            self.named[text, year] = mentions(text, self.vocabulary, year) if self.vocabulary is not None else ([], [])
        return self.named[text, year]

    def units(self, text: str, year: int | None) -> list[Mention]:
        return self.seen(text, year)[0]


def completed(claim: DraftClaim, one: Read, passage: Passage, context: Context) -> Drafted:
    """A draft with everything that its words, its paragraph and the title settle, and a question for the rest."""
    opening = opened(claim, one, context)
    spoken = spoken_in(claim, one, context)
    level = level_in(claim, one, passage, context)
    said_by = speaker(one, context.cues) if claim.voice == "reported" else ""
    about = subject_of(one.sentence, one.tags, passage.start, passage.end)
    here = figures_of(one, passage)
    sentence = reads(
        claim, one.words(*about) if about else "", said_by, opening=opening, sums=passage.sums, spoken=spoken, level=level,
        figure=next((f.said.strip() for f in here if f.unit != "year"), ""),
    )  # fmt: skip
    settled = bool(passage.sums or level or (spoken and spoken.id))
    missing = missing_of(claim, claim.missing, opening, settled=settled)
    if spoken is not None and spoken.question:
        missing = (*missing, spoken.question)
    leans = leaning(one, passage, context)
    asked = [q for mark in marks(one, passage) if (q := context.notes.question(mark, " ".join(one.sentence.low)))]
    asked += [c.question for c in leans if c.question and not c.mark.startswith("[")]
    if kept := " ".join(one.sentence.words[i] for i in sorted(one.ironic) if passage.reaches(i)):
        asked.append(f"“{kept}” is kept at a distance: whose word is it, and what would the text call it?")
    open_ones = missing if claim.kind in SETTLING else ()
    return Drafted(
        replace(claim, reads=sentence, missing=missing), opening, passage.sums, spoken, level, said_by, leans,
        questions=(*open_ones, *asked),
    )  # fmt: skip


def figures_of(one: Read, passage: Passage) -> list[FigureAt]:
    """The figures of a passage."""
    start, end = one.sentence.at[passage.start][0], one.sentence.at[passage.end - 1][1]
    return [f for f in one.figures if start <= f.start < end]


def around(one: Read, context: Context) -> tuple[str, str, str]:
    """The sentence, the paragraph and the title."""
    return one.text, one.block.folded.text, context.document.title


def opened(claim: DraftClaim, one: Read, context: Context) -> Opening | None:
    """A comparison opened as far as the text allows."""
    if claim.kind != "comparison" or context.vocabulary is None:
        return None
    return open_claim(claim, around(one, context), context.vocabulary, context.cues, context.seen, context.dated)


def spoken_in(claim: DraftClaim, one: Read, context: Context) -> Spoken | None:
    """The catalogued event that a passage speaks of."""
    if claim.kind != "event" or context.vocabulary is None:
        return None
    words = around(one, context)
    places = [[m.unit for m in context.units(text, None)] for text in (claim.quote, *words)]
    denied = claim.cue == "denied-event"
    return spoken_of(claim.quote, words, places, denied, context.vocabulary, context.cues)


def level_in(claim: DraftClaim, one: Read, passage: Passage, context: Context) -> Level | None:
    """The figure of a passage that can be looked up."""
    if claim.kind != "quantity" or context.vocabulary is None:
        return None
    texts = (claim.quote, *around(one, context))
    years = years_in(texts[:2], context.cues)
    year = years.end or years.start
    units: list[Mention] = next((found for text in texts if (found := context.units(text, year))), [])
    measures, _ = measures_in(texts[:1], context.vocabulary, context.cues)
    return level_of(claim.quote, figures_of(one, passage), units, measures, years.end, context.vocabulary, context.cues)


def speaker(one: Read, cues: Language) -> str:
    """Who is quoted, where a name or a noun says so."""
    return who(one.words(*one.voiced.speaker), cues) if one.voiced.speaker else ""


def marks(one: Read, passage: Passage) -> list[str]:
    """The marks of notes in a passage or right behind it."""
    return [w for w in one.sentence.words[passage.start : passage.end + 2] if MARKER.fullmatch(w)]


def leaning(one: Read, passage: Passage, context: Context) -> tuple[Cited, ...]:
    """The notes and references that a passage points to."""
    noted = tuple(Cited(mark, context.notes.whole.get(mark.strip("[]^"))) for mark in marks(one, passage))
    words = one.words(passage.start, min(passage.end + 8, len(one.sentence)))
    return (*noted, *cited(words, context.references, one.text))
