"""The words around a quote that tell it from others like it."""

from evenhand.model import BadInputError
from evenhand.text.anchor import find
from evenhand.text.document import Document
from evenhand.text.markup import as_seen

CONTEXT = (12, 24, 48, 96, 192)


def context_of(document: Document, quote: str, start: int, end: int) -> dict[str, str]:
    """The words before a quote, as a casefile's prefix; nothing where it stands once. start, end: its code points."""
    for length in (0, *CONTEXT):
        prefix = " ".join(as_seen(document.text, max(0, start - length), start).split()) if length else ""
        try:
            span = find(document, quote, prefix or None)
        except BadInputError:
            continue
        if (span.start, span.end) == (start, end):
            return {"prefix": prefix} if prefix else {}
    return {}
