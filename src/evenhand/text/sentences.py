"""Splits folded prose into sentences and words. Linear in the length of the text."""

import re
from dataclasses import dataclass

from evenhand.text.language import Language

TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?|\d+(?:[.,]\d+)*|\[\^?\w{1,8}\]|\.{2,}|\S")
STOPS = frozenset(".!?") | {"..."}
CLOSING = frozenset("\"')]")
MARKER = re.compile(r"\[\^?\w{1,8}\]")
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block. words: its tokens as written; low: in lower case; at: where each starts and ends.

    quoted: for each token, whether it stands between quotation marks. start, end: in the block's folded text.
    """

    words: tuple[str, ...]
    low: tuple[str, ...]
    at: tuple[tuple[int, int], ...]
    quoted: tuple[bool, ...]
    start: int
    end: int
    note: str = ""

    def __len__(self) -> int:
        return len(self.words)


def sentences(text: str, language: Language) -> list[Sentence]:
    """The sentences of a folded text. Abbreviations and initials do not end one; a mark of a note belongs to the one before."""
    tokens = [(found[0], found.start(), found.end()) for found in TOKEN.finditer(text)]
    found: list[Sentence] = []
    first = 0
    for i in range(len(tokens)):
        if i < first or not (ends_here(tokens, i, language) or i - first >= LONGEST or i == len(tokens) - 1):
            continue
        last = i
        while last + 1 < len(tokens) and closes(tokens, last + 1, text):
            last += 1
        if made := sentence(tokens[first : last + 1]):
            found.append(made)
        first = last + 1
    return found


def closes(tokens: list[tuple[str, int, int]], i: int, text: str) -> bool:
    """Does a token still belong to the sentence before it: a closing mark, or the mark of a note?"""
    word, start, _ = tokens[i]
    if MARKER.fullmatch(word):
        return True
    return word in CLOSING and start > 0 and not text[start - 1].isspace()


def ends_here(tokens: list[tuple[str, int, int]], i: int, language: Language) -> bool:
    """Does a sentence end with this token?"""
    word, start, end = tokens[i]
    if word not in STOPS and not word.startswith("..."):
        return False
    following = next((t for t in tokens[i + 1 : i + 4] if t[0] not in CLOSING and not MARKER.fullmatch(t[0])), None)
    if following is None:
        return True
    if word.startswith("..."):
        return following[0][:1].isupper()
    glued = following[1] == end
    if (
        word == "."
        and i
        and tokens[i - 1][2] == start
        and abbreviates(tokens[i - 1][0], following[0], language, glued=glued)
    ):
        return False
    return not following[0][:1].islower() and not (glued and tokens[i + 1][0] not in CLOSING)


def abbreviates(before: str, following: str, language: Language, *, glued: bool) -> bool:
    """Does a full stop belong to the word before it?"""
    low = before.lower()
    initial = len(before) == 1 and before.isupper() and before != "I"
    return (
        glued or initial or low in language.abbreviations or (low in language.before_numbers and following[0].isdigit())
    )


def sentence(tokens: list[tuple[str, int, int]]) -> Sentence | None:
    """A sentence from its tokens, without the note marks and bullets that it opens with; None where no word is left."""
    note = ""
    while tokens and (MARKER.fullmatch(tokens[0][0]) or tokens[0][0] in "-*.:;,)"):
        tokens = tokens[1:]
    if len(tokens) > 2 and tokens[0][0].isdigit() and tokens[1][0] in ".)" and tokens[2][1] > tokens[1][2]:
        note, tokens = tokens[0][0], tokens[2:]
    if not any(word[0].isalpha() for word, _, _ in tokens):
        return None
    words = tuple(word for word, _, _ in tokens)
    at = tuple((start, end) for _, start, end in tokens)
    return Sentence(words, tuple(word.lower() for word in words), at, quoting(words), at[0][0], at[-1][1], note)


def quoting(words: tuple[str, ...]) -> tuple[bool, ...]:
    """[n]: does each token stand between double quotation marks?"""
    inside, found = False, []
    for word in words:
        if word == '"':
            inside = not inside
            found.append(True)
        else:
            found.append(inside)
    return tuple(found)
