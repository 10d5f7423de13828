"""Reads a block of prose sentence by sentence: its words' classes, whose it is, its figures and its sums."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evenhand.text.cited import IN_TEXT
from evenhand.text.clauses import tags_of
from evenhand.text.figures import FigureAt, figures
from evenhand.text.heard import heard
from evenhand.text.irony import unmarked
from evenhand.text.language import Language
from evenhand.text.prose import Block
from evenhand.text.sentences import Sentence, sentences
from evenhand.text.speech import Voiced, voice_of
from evenhand.text.sums import StatedSum, sums


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence, its block, its words' classes, whose it is, the figures in it and the sums that it states.

    The sentence is without its marks of irony; ironic: its words that had one.
    The places of figures and sums are in the block's folded text.
    """

    block: Block
    sentence: Sentence
    tags: Sequence[frozenset[str]]
    voiced: Voiced
    figures: Sequence[FigureAt]
    sums: Sequence[StatedSum]
    ironic: frozenset[int] = frozenset()

    def words(self, start: int, end: int) -> str:
        """Some words of the sentence as they stand."""
        at = self.sentence.at
        return self.block.folded.text[at[start][0] : at[end - 1][1]] if start < end else ""

    @property
    def text(self) -> str:
        return self.block.folded.text[self.sentence.start : self.sentence.end]


def reading(block: Block, cues: Language) -> Iterator[Read]:
    """The sentences of a block in order."""
    text = block.folded.text
    cut = sentences(text, cues)
    seen = [figures_in(text, one) for one in cut]
    starts = [one.start for one in cut]
    stated = sums(text, [f for each in seen for f in each], starts)
    of = [bisect_right(starts, one.at) - 1 for one in stated]
    for i, sentence in enumerate(cut):
        tags = tags_of(sentence, cues)
        plain = unmarked(sentence, tags, cues)
        tags = tags if plain.sentence is sentence else tags_of(plain.sentence, cues)
        voiced = voice_of(plain.sentence, tags, quotation=block.kind == "quotation")
        voiced = voiced if voiced.reported else heard(plain.sentence, tags, cues)
        here = [s for s, where in zip(stated, of, strict=True) if where == i]
        yield Read(block, plain.sentence, tags, voiced, seen[i], here, plain.ironic)


def figures_in(text: str, one: Sentence) -> list[FigureAt]:
    """The figures of a sentence; those of a reference in brackets ("Mill 1863, p. 3") are none."""
    words = text[one.start : one.end]
    outside = [range(*found.span()) for found in IN_TEXT.finditer(words)] if "(" in words else []
    return [placed(f, one.start) for f in figures(words) if not any(f.start in each for each in outside)]


def placed(one: FigureAt, by: int) -> FigureAt:
    return replace(one, start=one.start + by, end=one.end + by, opens=one.opens + by)
