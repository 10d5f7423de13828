"""Reads a document, ties quotes to its exact words, and recomputes the sums that it states."""

from evenhand.text.anchor import Span, find, nearest_to
from evenhand.text.arithmetic import figure, recompute
from evenhand.text.completing import Drafted
from evenhand.text.document import Document, decode, read, read_bytes
from evenhand.text.drafting import Draft, Ledger, draft
from evenhand.text.expression import evaluate
from evenhand.text.language import codes, language
from evenhand.text.opening import Opening
from evenhand.text.stated import Stated, read_stated, read_tolerance

__all__ = [
    "Document",
    "Draft",
    "Drafted",
    "Ledger",
    "Opening",
    "Span",
    "Stated",
    "codes",
    "decode",
    "draft",
    "evaluate",
    "figure",
    "find",
    "language",
    "nearest_to",
    "read",
    "read_bytes",
    "read_stated",
    "read_tolerance",
    "recompute",
]
