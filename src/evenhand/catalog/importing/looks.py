"""Is this file what it says it is? Its bytes, looked at once before anything is read: hash, encoding, length of lines."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from evenhand.model import BadInputError

CHUNK = 1 << 20
LONGEST_LINE = 1 << 22
"""More bytes without an end of line, and it is no table."""
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MARKUP = re.compile(rb"\s*(<!doctype html|<html|<head|<\?xml)", re.IGNORECASE)
SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive (or an Excel .xlsx)"), (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)"),
    (b"PAR1", "a Parquet file"), (b"\x1f\x8b", "a gzip archive"), (b"%PDF", "a PDF"), (b"SQLite format 3", "a database"),
)  # fmt: skip
ADVICE = {
    "an old Excel file (.xls)": "open it in a spreadsheet and save it as .xlsx or as CSV",
    "a gzip archive": "unpack it first",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the bytes of a text table say: its digest, size, encoding, and its first lines as text."""

    sha256: str
    size: int
    encoding: str
    head: str


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def looked_at(path: Path, file: str, encoding: str = "utf-8") -> Looked:
    """A text file's digest, encoding and head. Raises ``BadInputError`` where it is no table of text; reads it once,
    and never holds more than a piece of it.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(CHUNK)
        _check_head(head, file)
        mark = next((name for sign, name in MARKS if head.startswith(sign)), "")
        return _read_through(path, file, mark or encoding, head)
    except OSError as error:
        raise BadInputError(f"cannot be read: {error.strerror}", where=file) from error


def _check_head(head: bytes, file: str) -> None:
    if not head.strip():
        raise BadInputError("is empty", hint="expected a table with a header", where=file)
    for sign, what in SIGNATURES:
        if head.startswith(sign):
            hint = ADVICE.get(what, "give it the ending that fits, or unpack it first")
            raise BadInputError(f"is {what}, not a table of text", hint=hint, where=file)
    if MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        title = re.search(rb"<title[^>]*>([^<]{1,200})", head, re.IGNORECASE)
        says = f" (“{title[1].decode('utf-8', 'replace').strip()}”)" if title else ""
        hint = "an error page was probably saved in its place: fetch it again, and look at it in a browser first"
        raise BadInputError(f"is a web page{says}, not a table", hint=hint, where=f"{file}: row 1")


def _read_through(path: Path, file: str, encoding: str, head: bytes) -> Looked:
    found, size, line, since = hashlib.sha256(), 0, 1, 0
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
    except LookupError as error:
        raise BadInputError(f"no encoding is called ‘{encoding}’", hint="utf-8, cp1252, utf-16", where=file) from error
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            found.update(chunk)
            size += len(chunk)
            if encoding != "utf-16" and b"\0" in chunk:
                line += chunk[: chunk.index(0)].count(b"\n")
                raise BadInputError("holds bytes that are no text", hint="is it a table?", where=f"{file}: line {line}")
            _decoded(decoder, chunk, line, file)
            ends = chunk.count(b"\n") + (chunk.count(b"\r") if b"\n" not in chunk else 0)
            line += ends
            since = len(chunk) - 1 - max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) if ends else since + len(chunk)
            if since > LONGEST_LINE:
                raise BadInputError(
                    f"one line is longer than {LONGEST_LINE >> 20} MB", where=f"{file}: line {line}, column {LONGEST_LINE}",
                    hint="a table has one row on each line; was it saved without its line ends?",
                )  # fmt: skip
    text = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)("ignore").decode(head)
    return Looked(found.hexdigest(), size, encoding, text)


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, line: int, file: str) -> None:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError as error:
        at = line + chunk[: error.start].count(b"\n")
        raise BadInputError(
            "is not in the encoding that it was read as", where=f"{file}: line {at}",
            hint="save it as CSV in UTF-8, or say `encoding: cp1252` (older Windows) in a mapping file",
        ) from error  # fmt: skip
