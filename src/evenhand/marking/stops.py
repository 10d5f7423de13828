"""Where the marker stops in a text: every passage that rules over words would draft, else the sentence."""

from dataclasses import dataclass

from evenhand.catalog import Catalog
from evenhand.model import BadInputError, DraftClaim
from evenhand.text import Document, Drafted, codes, draft, language
from evenhand.text.language import Language
from evenhand.text.prose import Block, blocks
from evenhand.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Stop:
    """A passage. start, end: its code points; sentence, block: those of what it stands in. drafted: what rules make of it."""

    start: int
    end: int
    sentence: tuple[int, int]
    block: tuple[int, int]
    drafted: Drafted | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A document ready to be marked."""

    document: Document
    stops: tuple[Stop, ...]
    cues: Language
    catalog: Catalog

    def words(self, span: tuple[int, int]) -> str:
        """What stands there."""
        return self.document.text[span[0] : span[1]]


def ready(document: Document, catalog: Catalog, *, code: str | None = None) -> Text:
    """The text with its stops. Raises BadInputError for a text without a sentence, and for a language code that there is not."""
    if code is not None and code not in codes():
        raise BadInputError(f"we have no cues for the language ‘{code}’", hint=f"one of {', '.join(codes())}")
    try:
        made = draft(document, catalog.vocabulary(), code=code)
    except BadInputError as error:
        if "language" not in error.problems[0].message:
            raise
        made = draft(
            document, catalog.vocabulary(), code="en"
        )  # no cues for it: the sentences can be marked all the same
    cues = language(made.language)
    found = [stop for block in blocks(document.text) if block.is_prose for stop in _of_block(block, cues, made.drafted)]
    return Text(document, tuple(found), cues, catalog)


def _of_block(block: Block, cues: Language, drafted: tuple[Drafted, ...]) -> list[Stop]:
    out = []
    for sentence in sentences(block.folded.text, cues):
        span = block.span(sentence.at[0][0], sentence.at[-1][1])
        here = sorted({(d.claim.start, -d.claim.end): d for d in drafted if span[0] <= d.claim.start < span[1]}.items())
        places = [Stop(d.claim.start, d.claim.end, span, (block.start, block.end), d) for _, d in here]
        out += places or [Stop(*span, span, (block.start, block.end))]
    return out


def claim_at(text: Text, start: int, end: int) -> DraftClaim:
    """A passage as a bare claim, for those who open it."""
    return DraftClaim(text.words((start, end)), start, end, "comparison")
