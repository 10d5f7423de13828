"""Ties a quote to the exact words of a text, or says why it cannot."""

from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz

from evenhand.model import BadInputError
from evenhand.text.document import Document, line_of
from evenhand.text.fold import Folded, fold, occurrences
from evenhand.text.markup import as_seen, is_markup, seen, whole

MOST_COUNTED = 100
CONTEXTS_SHOWN = 4
CONTEXT = 30
NEAR_ENOUGH = 50
LONGEST_SOUGHT = 200


@dataclass(frozen=True, slots=True)
class Span:
    """Code points of the decoded text, end exclusive."""

    start: int
    end: int


def find(text: str | Document, quote: str, prefix: str | None = None, suffix: str | None = None) -> Span:
    """Where in the text does a quote stand?

    Typography is folded on both sides (see :mod:`evenhand.text.fold`); where several places fold alike and only one of
    them is the quote to the letter, that one is meant. A web page is read as it is shown, without
    its tags. prefix and suffix must stand right before and after. Raises BadInputError where the quote is not there,
    showing the nearest passage, and where it stands more than once.
    """
    where = str(text.path) if isinstance(text, Document) else ""
    text = text.text if isinstance(text, Document) else text
    folded, needle = _both(text, quote)
    if not needle:
        raise BadInputError("the quote is empty", hint="copy the exact words of the text", where=where)
    spans = [whole_span(text, folded, found) for found in places(folded, needle, prefix, suffix)]
    meant = _meant(text, quote, spans)
    if meant is not None:
        return meant
    if spans:
        raise BadInputError(*said_often(text, spans, told=bool(prefix or suffix)), where=where)
    if prefix or suffix:
        elsewhere = [whole_span(text, folded, found) for found in places(folded, needle, None, None)]
        if elsewhere:
            raise BadInputError(*said_elsewhere(text, elsewhere, prefix, suffix), where=where)
    raise BadInputError(*said_nowhere(text, fold(seen(text)), needle), where=where)


def found_once(text: str, quote: str, prefix: str | None = None) -> Span | None:
    """Where ``find`` would find it; None, and no message made, where it would not."""
    folded, needle = _both(text, quote)
    return _meant(text, quote, [whole_span(text, folded, found) for found in places(folded, needle, prefix, None)])


def _both(text: str, quote: str) -> tuple[Folded, str]:
    """Text and quote, folded."""
    folded, needle = fold(seen(text)), fold(quote).text.strip()
    if folded.text.find(needle) < 0 and is_markup(text):  # quoted with its tags, as the page is written
        folded = fold(text)
    return folded, needle


def _meant(text: str, quote: str, spans: list[Span]) -> Span | None:
    """The only place, or the only one to the letter."""
    to_the_letter = [span for span in spans if text[span.start : span.end] == quote]
    if len(spans) == 1 or len(to_the_letter) == 1:
        return (spans if len(spans) == 1 else to_the_letter)[0]
    return None


def whole_span(text: str, folded: Folded, found: tuple[int, int]) -> Span:
    """The code points of a place in the folded text."""
    start, end = folded.span(*found)
    return Span(start, whole(text, end))


def places(folded: Folded, needle: str, prefix: str | None, suffix: str | None) -> list[tuple[int, int]]:
    """Where the needle stands between its prefix and suffix, with or without a space between them."""
    before = fold(prefix or "").text.strip()
    after = fold(suffix or "").text.strip()
    found = set()
    for left, right in product(joints(before), joints(after)):
        head, tail = before + left, right + after
        for start, end in occurrences(folded, head + needle + tail, MOST_COUNTED + 1):
            found.add((start + len(head), end - len(tail)))
    return sorted(place for place in found if folded.whole(*place))[: MOST_COUNTED + 1]


def joints(word: str) -> tuple[str, ...]:
    return ("", " ") if word else ("",)


def said_often(text: str, spans: list[Span], *, told: bool) -> tuple[str]:
    """The message for a quote that stands in several places."""
    often = f"more than {MOST_COUNTED}" if len(spans) > MOST_COUNTED else str(len(spans))
    shown = "; ".join(in_context(text, span) for span in spans[:CONTEXTS_SHOWN])
    more = f"; and {len(spans) - CONTEXTS_SHOWN} more" if len(spans) > CONTEXTS_SHOWN else ""
    needed = "a longer prefix or suffix" if told else "a prefix or suffix that says which"
    return (f"the quote stands {often} times in the text and needs {needed}: {shown}{more}",)


def said_elsewhere(text: str, spans: list[Span], prefix: str | None, suffix: str | None) -> tuple[str]:
    """The message for a quote that is there, but not between that prefix and that suffix."""
    asked = " and ".join(
        f"{name} {one_line(words)!r}" for name, words in (("prefix", prefix), ("suffix", suffix)) if words
    )
    shown = "; ".join(in_context(text, span) for span in spans[:CONTEXTS_SHOWN])
    return (f"the quote stands in the text, but not with the {asked} right beside it: {shown}",)


def said_nowhere(text: str, folded: Folded, needle: str) -> tuple[str]:
    """The message for a quote that is not in the text, with the passage that comes nearest."""
    near = nearest(folded, needle[:LONGEST_SOUGHT])
    if near is None:
        return ("the quote is not in the text, nor is anything like it",)
    passage = one_line(as_seen(text, near.start, near.end))
    return (f"the quote is not in the text; the nearest passage is on line {line_of(text, near.start)}: {passage!r}",)


def nearest(folded: Folded, needle: str) -> Span | None:
    """Which passage comes nearest to a quote, in whole words? None where nothing is near."""
    found = fuzz.partial_ratio_alignment(needle, folded.text, score_cutoff=NEAR_ENOUGH)
    if found is None:
        return None
    start, end = (found.dest_start, found.dest_end) if len(needle) <= len(folded.text) else (0, len(folded.text))
    start = folded.text.rfind(" ", 0, start + 1) + 1
    close = folded.text.find(" ", max(start, end - 1))
    end = len(folded.text) if close < 0 else close
    return Span(*folded.span(start, end)) if start < end else None


def nearest_to(text: str, quote: str) -> Span | None:
    """Which passage of a text comes nearest to a quote that is not in it? None where nothing is near."""
    needle = fold(quote).text.strip()[:LONGEST_SOUGHT]
    return nearest(fold(seen(text)), needle) if needle else None


def in_context(text: str, span: Span) -> str:
    """One place of a quote with a few words around it, and its line."""
    before = one_line(as_seen(text, max(0, span.start - CONTEXT), span.start) + ".")[:-1]
    after = one_line("." + as_seen(text, span.end, span.end + CONTEXT))[1:]
    return f"line {line_of(text, span.start)}: '{before}[…]{after}'"


def one_line(words: str) -> str:
    return " ".join(words.split())
