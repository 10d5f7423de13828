"""Texts out of other files: the words of a .docx, the text of a PDF, what comes in on standard input; kept as plain text."""

import io
import sys
from pathlib import Path
from typing import Any

from evenhand.files import write_text
from evenhand.model import BadInputError
from evenhand.text.document import decode, read_bytes

OTHER = {".docx": "python-docx", ".pdf": "pypdf"}
EXTRA = "pip install 'evenhand[documents]'"


def is_other(path: Path) -> bool:
    """Is it a file whose text must be taken out first?"""
    return path.suffix.lower() in OTHER


def text_of(path: Path) -> str:
    """The text of a .docx (its paragraphs and the cells of its tables, in their order) or of a PDF (the text layer alone).

    Raises BadInputError where the library for it is missing, the file is broken or locked, or holds no text.
    """
    data, where = read_bytes(path), str(path)
    kind = path.suffix.lower()
    try:
        text = _docx(data) if kind == ".docx" else _pdf(data)
    except ImportError:
        message = f"to read a {kind} file, {OTHER[kind]} is needed"
        raise BadInputError(message, hint=f"install it: {EXTRA}; or save the text as plain text", where=where) from None
    except Exception as error:  # noqa: BLE001 (the libraries raise anything at all on a broken file)
        message = f"this {kind} file cannot be read"
        raise BadInputError(
            message, hint=f"{error or 'it is broken'}; save its text as plain text", where=where
        ) from None
    if not text.strip():
        hint = "a scan has none: run text recognition over it" if kind == ".pdf" else "write the text into it first"
        raise BadInputError("there is no text in this file", hint=hint, where=where)
    return text


def _docx(data: bytes) -> str:
    import docx  # noqa: PLC0415 (an extra, and slow to load)
    from docx.table import Table  # noqa: PLC0415

    parts: list[str] = []
    for item in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, Table):
            parts += [" | ".join(cell.text.strip() for cell in row.cells) for row in item.rows]
        else:
            parts.append(item.text)
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 (an extra, and slow to load)

    reader: Any = PdfReader(io.BytesIO(data))
    pages = [" \n".join(line.rstrip() for line in (page.extract_text() or "").splitlines()) for page in reader.pages]
    return "\n\n".join(page for page in pages if page.strip()) + "\n"


def from_standard_input() -> str:
    """All that comes in on standard input. Raises BadInputError where there is nothing."""
    text = decode(sys.stdin.buffer.read(), "standard input")
    if not text.strip():
        raise BadInputError("the text is empty", hint="pipe the text in, or name a file", where="standard input")
    return text


def kept(text: str, path: Path) -> Path:
    """The text as a plain file at a path; one that says the same is left, one that says something else is an error."""
    if path.exists():
        if path.is_file() and path.read_bytes() == text.encode():
            return path
        hint = "name another casefile with -o: the text is kept beside it"
        raise BadInputError("there is another text already", hint=hint, where=str(path))
    write_text(text, path, cannot="the text cannot be written")
    return path
