"""Which stretches of a document are prose? Titles, tables, code, addresses and markup are not sentences."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from evenhand.text.fold import Folded, pieces
from evenhand.text.markup import UNSEEN, seen

BlockKind = Literal["paragraph", "heading", "quotation", "note", "byline", "caption", "table", "code"]
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+")
LINK = re.compile(r"\]\([^()\s]{0,2000}\)")
INLINE_CODE = re.compile(r"`[^`\n]{1,500}`")
FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
HEADING = re.compile(r"^ {0,3}#{1,6}\s")
UNDERLINE = re.compile(r"^ {0,3}(=+|-{3,})\s*$")
QUOTE_MARKS = re.compile(r"(?<=\n) {0,3}(?:> ?)+")
NOTE = re.compile(r"^\s*(?:\[\^?\w{1,8}\]:?|\(?\d{1,3}[.)]|[*-])\s+")
BYLINE = re.compile(r"^\s*(by|von|par|photo(?:graph)?s?:|image:|source:)\s+(\S.{0,60})$", re.IGNORECASE)
AUTHOR_WORD = re.compile(r"[A-ZÀ-Þ]|(?:our|the|a|an|staff|unsere[mrn]?|notre|de|van|von|der)\b")
INITIAL = re.compile(r"\b(?:[A-Z]|Jr|Sr|Dr|Prof)\.$")
CAPTION = re.compile(r"^\s*(?:figure|fig\.|table|chart|box|abbildung|tabelle)\s+\d+\s*[.:]", re.IGNORECASE)
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*\s*(?:\[\^?\w{1,8}\]\s*)?$")
# ASCII that folds to itself, with single spaces in it and nothing behind it that could join it
PLAIN = re.compile(r"[!-_a-~]+(?: [!-_a-~]+)*(?![^\x00-\x7f])")
UNSEEN_RUN = re.compile(f"{UNSEEN}+")
TITLE_WORDS = 14
SHOWN = 40
STOPS_INSIDE = re.compile(r"[^\W\d_]{4,}[.!?] ")
JOINED_DASH = frozenset("–—―−")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document. start, end: code points, end exclusive; folded: what is left of it to read.

    kind: only paragraph, quotation and note hold sentences.
    """

    start: int
    end: int
    kind: BlockKind
    folded: Folded

    @property
    def is_prose(self) -> bool:
        return self.kind in {"paragraph", "quotation", "note"}

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The document's code points for a stretch of the folded text."""
        left, right = self.folded.span(start, end)
        return self.start + left, self.start + right


def blocks(text: str) -> list[Block]:
    """The blocks of a document in order: plain text, Markdown or HTML, told apart by what stands in it."""
    shown = seen(text)
    shown = blanked(INLINE_CODE, blanked(ADDRESS, blanked(LINK, shown)))
    return [Block(start, end, kind, folded(unmarked(shown[start:end], kind))) for start, end, kind in stretches(shown)]


def unmarked(words: str, kind: BlockKind) -> str:
    """A block without the marks that Markdown puts before each line of a quotation, at the same length."""
    return QUOTE_MARKS.sub(lambda found: " " * len(found[0]), words) if kind == "quotation" else words


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match blanked out, at the same length."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


def stretches(text: str) -> list[tuple[int, int, BlockKind]]:
    """Where each block stands, and what it is."""
    found: list[tuple[int, int, BlockKind]] = []
    lines = list(lines_of(text))
    at = 0
    while at < len(lines):
        start, line = lines[at]
        if not line.strip():
            at += 1
            continue
        last = fenced(lines, at) if FENCE.match(line) else until_empty(lines, at)
        end = lines[last][0] + len(lines[last][1])
        kind: BlockKind = "code" if FENCE.match(line) else kind_of([words for _, words in lines[at : last + 1]])
        if not found and kind == "paragraph" and last == at and asks_in_title(line) and last + 1 < len(lines):
            kind = "heading"
        found.append((start, end, kind))
        at = last + 1
    return found


def lines_of(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        found.append((at, line))
        at += len(line)
    return found


def fenced(lines: list[tuple[int, str]], at: int) -> int:
    """The line that closes a fence, or the last one."""
    opening = FENCE.match(lines[at][1])
    assert opening is not None
    return next(
        (i for i in range(at + 1, len(lines)) if lines[i][1].strip().startswith(opening[1][:3])), len(lines) - 1
    )


def until_empty(lines: list[tuple[int, str]], at: int) -> int:
    """The last line of the block that starts here: a heading is one line, a list item ends before the next."""
    if HEADING.match(lines[at][1]):
        return at
    last = at
    while last + 1 < len(lines):
        following = lines[last + 1][1]
        if not following.strip() or HEADING.match(following) or FENCE.match(following) or NOTE.match(following):
            break
        last += 1
    return last


def kind_of(lines: list[str]) -> BlockKind:
    """What a block is, from its lines."""
    first, whole = lines[0], " ".join(lines)
    if HEADING.match(first) or (len(lines) == 2 and UNDERLINE.match(lines[1])):
        return "heading"
    if first.count("|") >= 2 or first.count("\t") >= 2:
        return "table"
    if all(line.startswith(("    ", "\t")) for line in lines) and re.search(r"[{};=]\s*$", first):
        return "code"
    if first.lstrip().startswith(">"):
        return "quotation"
    if CAPTION.match(first):
        return "caption"
    if len(lines) == 1 and is_byline(first):
        return "byline"
    if NOTE.match(first):
        return "note"
    return "heading" if is_title(whole) else "paragraph"


def is_byline(line: str) -> bool:
    """ "By Anna Weber and J. Holt, economics editor", "Photo: Reuters"; "By then the mill was shut." is a sentence."""
    found = BYLINE.match(line)
    if found is None:
        return False
    after = found[2].split()
    named = found[1].lower().endswith(":") or AUTHOR_WORD.match(after[0]) is not None
    ended = ENDS_SENTENCE.search(line.rstrip()) is not None and INITIAL.search(line.rstrip()) is None
    return named and not ended


def is_title(line: str) -> bool:
    """A short line that ends without a stop is a title."""
    return (
        len(line.split()) <= TITLE_WORDS
        and not ENDS_SENTENCE.search(line.rstrip()[-SHOWN:])
        and not STOPS_INSIDE.search(line)
    )


def asks_in_title(line: str) -> bool:
    """Is a text's first line a title that asks or calls out: "Who Paid for the Miracle?" """
    words = line.split()
    capitals = sum(word[:1].isupper() for word in words)
    return len(words) <= TITLE_WORDS and line.rstrip().endswith(("?", "!")) and 2 * capitals > len(words)


def folded(text: str) -> Folded:
    """As ``fold``, but a dash between two words stays apart from both, and marks of notes and lists are gone."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 1 if text.startswith(">") and not unicodedata.combining(text[1:2] or " ") else 0
    if at:
        put(" ", 0, 1, out, starts, ends)
    while at < len(text):
        if run := PLAIN.match(text, at):
            out.extend(run[0])
            starts.extend(range(at, run.end()))
            ends.extend(range(at + 1, run.end() + 1))
            at = run.end()
            continue
        if run := UNSEEN_RUN.match(text, at):
            at = run.end()
            continue
        stop = at + 1
        while stop < len(text) and text[stop] > "\u02ff" and unicodedata.combining(text[stop]):
            stop += 1
        for characters, start, end in pieces(text[at:stop]):
            apart = text[at] in JOINED_DASH and not between_digits(text, at, stop)
            shown = " - " if apart else characters if characters.isascii() else unicodedata.normalize("NFC", characters)
            put(shown, at + start, at + end, out, starts, ends)
        at = stop
    return Folded("".join(out), tuple(starts), tuple(ends))


def put(shown: str, start: int, end: int, out: list[str], starts: list[int], ends: list[int]) -> None:
    """Adds what is left of some code points; spaces are not doubled."""
    for character in shown:
        if character == " " and out and out[-1] == " ":
            ends[-1] = max(ends[-1], end)
            continue
        out.append(character)
        starts.append(start)
        ends.append(end)


def between_digits(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
