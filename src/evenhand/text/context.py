"""The words around a quote that tell it from others like it."""

from evenhand.text.anchor import Span, found_once
from evenhand.text.document import Document
from evenhand.text.markup import as_seen

CONTEXT = (12, 24, 48, 96, 192)


def context_of(document: Document, quote: str, start: int, end: int) -> dict[str, str]:
    """The words before a quote, as a casefile's prefix; nothing where it stands once. start, end: its code points."""
    span = Span(start, end)

    def before(length: int) -> str:
        return " ".join(as_seen(document.text, max(0, start - length), start).split())

    if found_once(document.text, quote) == span or found_once(document.text, quote, before(CONTEXT[-1])) != span:
        return {}  # it stands once, or no context tells it from the others
    prefixes = map(before, CONTEXT)
    return {"prefix": next(prefix for prefix in prefixes if found_once(document.text, quote, prefix or None) == span)}
