"""A text as read: decoded once, so that every offset in a casefile means the same code point."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from evenhand.model import BadInputError, closest_words
from evenhand.text.markup import is_markup, title_in

SAVE_AS = "save it as plain text in UTF-8 and try again"
MAGIC = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word, OpenDocument or zip file", b"{\\rtf": "an RTF file"}
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TITLE_LENGTH = 120
LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded text. Offsets are code points of ``text``: BOM dropped, line ends kept. sha256 is that of the bytes."""

    path: Path
    text: str
    sha256: str
    title: str

    def line_of(self, offset: int) -> int:
        """On which line, counted from 1, does an offset lie?"""
        return line_of(self.text, offset)


def read(path: str | Path) -> Document:
    """What does a text file say? Raises BadInputError where there is nothing to read, saying what to do."""
    path = Path(path)
    data = read_bytes(path)
    text = decode(data, str(path))
    if not text.strip():
        raise BadInputError("the text is empty", hint="write or paste the text into it first", where=str(path))
    return Document(path, text, hashlib.sha256(data).hexdigest(), title_of(text, path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, or an error in words."""
    where = str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            message = f"this file has {size // 1_000_000} MB; a text has {LARGEST // 1_000_000} MB at most"
            raise BadInputError(message, hint="cut it into parts", where=where)
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInputError("there is no such file", hint=neighbours(path), where=where) from None
    except IsADirectoryError:
        raise BadInputError("this is a folder, not a file", hint="name a file in it", where=where) from None
    except PermissionError:
        raise BadInputError("we are not allowed to read this file", hint="check its permissions", where=where) from None
    except (OSError, ValueError) as error:
        raise BadInputError("this file cannot be read", hint=reason_of(error), where=where) from None


def decode(data: bytes, where: str) -> str:
    """UTF-8 to text, the byte order mark dropped and line ends kept; anything else is an error that says where."""
    if data.startswith(WIDE) or every_other_is_zero(data):
        raise BadInputError("this is UTF-16, not UTF-8", hint=SAVE_AS, where=where)
    for magic, name in MAGIC.items():
        if data.startswith(magic):
            raise BadInputError(f"this is {name}, not a text", hint=SAVE_AS, where=where)
    if b"\0" in data:
        message = f"this is a binary file, not a text: byte {data.index(bytes(1))} is zero"
        raise BadInputError(message, hint=SAVE_AS, where=where)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start
        line = data.count(b"\n", 0, start) + 1
        message = f"this is not UTF-8: byte {start}, on line {line}, is 0x{data[start]:02x}"
        raise BadInputError(message, hint=SAVE_AS, where=where) from None


def every_other_is_zero(data: bytes) -> bool:
    """Is this UTF-16 without a mark? Of Latin letters every other byte is zero then."""
    head = data[:400]
    return any(len(half) > 3 and half.count(0) > 0.8 * len(half) and 0 not in other[:4]
               for half, other in ((head[::2], head[1::2]), (head[1::2], head[::2])))  # fmt: skip


def line_of(text: str, offset: int) -> int:
    """On which line, counted from 1, does an offset lie? CRLF, LF and CR all end a line."""
    before = text[:offset]
    lone = before.count("\r") - before.count("\r\n")
    if before.endswith("\r") and text[offset : offset + 1] == "\n":
        lone -= 1
    return before.count("\n") + lone + 1


def title_of(text: str, path: Path) -> str:
    """The first heading of a Markdown text or of a web page, else the name of the file."""
    if is_markup(text) and (title := title_in(text)):
        return title[:TITLE_LENGTH]
    first = text.lstrip().split("\n", 1)[0].strip()
    if first.startswith("# "):
        return first[2:].strip(" #")[:TITLE_LENGTH]
    return path.stem


def neighbours(path: Path) -> str:
    """What lies where a missing file was looked for."""
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.suffix == path.suffix)
    except OSError:
        return f"there is no folder {path.parent} either"
    near = closest_words(path.name, names) or names
    return f"the folder holds {', '.join(near[:5])}" if names else ""


def reason_of(error: Exception) -> str:
    """The system's own words for what went wrong."""
    return (getattr(error, "strerror", None) or str(error)).lower()
