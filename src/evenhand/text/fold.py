"""Folds a text so that typographic differences do not matter, and keeps the exact way back.

White space of any kind becomes one space; invisible characters vanish; typographic quotes, dashes and ellipses become
their typewriter forms; composed and decomposed accents become the same. Letters and case stay as they are.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

INVISIBLE = frozenset("\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
SINGLE = frozenset("'‘’‚‛′‹›`´ʼ＇")
DOUBLE = frozenset('"“”„‟″«»〝〞＂')
DASHES = frozenset("-‐‑‒–—―−﹘﹣－")
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. starts[i], ends[i]: the code points of the original that the i-th folded character stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def whole(self, start: int, end: int) -> bool:
        """Does a stretch of the folded text stand for whole characters of the original?"""
        opens = start == 0 or self.starts[start - 1] != self.starts[start]
        closes = end == len(self.text) or self.starts[end] != self.starts[end - 1]
        return opens and closes

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's code points for a stretch of the folded text, end exclusive."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=64)
def fold(text: str) -> Folded:
    """What is left of a text when typography is taken away? One pass; remembered, for a casefile asks many times."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for characters, start, end in pieces(text):
        if out and characters == out[-1] and characters in (" ", "-"):
            ends[-1] = end
            continue
        for character in characters:
            out.append(character)
            starts.append(start)
            ends.append(end)
    return Folded("".join(out), tuple(starts), tuple(ends))


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Each visible piece of the text: its folded characters, and from where to where it stood."""
    at = 0
    while at < len(text):
        start = at
        character = text[at]
        at += 1
        if character in INVISIBLE:
            continue
        while at < len(text) and unicodedata.combining(text[at]):
            at += 1
        yield simple(character) if at == start + 1 else unicodedata.normalize("NFD", text[start:at]), start, at


def simple(character: str) -> str:
    """One character, folded."""
    if character.isspace():
        return " "
    if character.isascii():
        return "'" if character == "`" else character
    if character in SINGLE:
        return "'"
    if character in DOUBLE:
        return '"'
    if character in DASHES:
        return "-"
    if character == ELLIPSIS:
        return "..."
    decomposed = unicodedata.normalize("NFD", character)
    return simple(decomposed) if len(decomposed) == 1 and decomposed != character else decomposed


def occurrences(folded: Folded, needle: str, limit: int) -> list[tuple[int, int]]:
    """Where does a folded needle stand, as whole characters? Overlapping ones count; at most ``limit`` are given."""
    return list(islice(_occurrences(folded, needle), limit))


def _occurrences(folded: Folded, needle: str) -> Iterator[tuple[int, int]]:
    at = folded.text.find(needle)
    while at >= 0:
        end = at + len(needle)
        if folded.whole(at, end):
            yield at, end
        at = folded.text.find(needle, at + 1)
