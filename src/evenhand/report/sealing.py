"""A page's seal and its record: what it was made from, and whether a byte of it was changed since.

The seal is a digest of all bytes of the page, its own digits taken as zeros. It shows that a page was changed by accident or
in haste; who changes a page with care can seal it anew, which only making the page again can show.
"""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.audit.history import Correction, corrections
from evenhand.audit.record import FORMAT, record
from evenhand.audit.result import Audit
from evenhand.model import BadInputError
from evenhand.report.json_out import plain

BLANK = "0" * 64
SEAL = re.compile(rb'<meta name="evenhand:seal" content="sha256-([0-9a-f]{64})">')
RECORD = re.compile(rb'<meta name="evenhand:record" content="([A-Za-z0-9+/=]*)">')
GENERATOR = re.compile(rb'<meta name="generator" content="evenhand [^"]*">')
LARGEST = 200_000_000


@dataclass(frozen=True, slots=True)
class Read:
    """A page as it was found. sealed: its bytes are those that were sealed. record: what it says of itself."""

    path: Path
    content: bytes
    sealed: bool
    record: dict[str, Any]
    history: tuple[Correction, ...]


def sealed(html: str) -> str:
    """The page with its seal filled in."""
    content = html.encode("utf-8")
    found = SEAL.search(content)
    assert found is not None, "the template has a place for the seal"
    return html.replace(BLANK, digest(content), 1)


def digest(content: bytes) -> str:
    """SHA-256 of a page whose seal is taken as zeros."""
    found = SEAL.search(content)
    blank = content if found is None else content[: found.start(1)] + BLANK.encode() + content[found.end(1) :]
    return hashlib.sha256(blank).hexdigest()


def is_sealed(content: bytes) -> bool:
    """Is every byte as it was when the page was sealed?"""
    seals = SEAL.findall(content)
    return len(seals) == 1 and seals[0].decode() == digest(content)


def record_text(audit: Audit) -> str:
    """The record of a page with its history, for its head: base64, so that nothing in it is markup."""
    shape = record(audit) | {"history": plain(audit.history)}
    text = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def read_page(path: Path) -> Read:
    """A page of evenhand's from a file. Raises BadInputError where it is none, or its record cannot be read."""
    content = _bytes(path)
    if GENERATOR.search(content) is None and SEAL.search(content) is None and RECORD.search(content) is None:
        raise BadInputError(
            "this is no page that evenhand made", hint="give the HTML file that `evenhand audit` wrote", where=str(path)
        )
    whole = is_sealed(content)
    found = RECORD.findall(content)
    if not whole:
        return Read(path, content, sealed=False, record=_decoded(found) or {}, history=())
    said = _decoded(found)
    if said is None or said.get("format") != FORMAT:
        raise BadInputError(
            "this page's record is of a form that this version does not read",
            hint="use the version that made it",
            where=str(path),
        )
    return Read(path, content, sealed=True, record=said, history=corrections(said["history"]))


def _decoded(found: list[bytes]) -> dict[str, Any] | None:
    if len(found) != 1:
        return None
    try:
        said = json.loads(base64.b64decode(found[0], validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise BadInputError("this is a folder", hint="name a page in it", where=str(path))
    try:
        if path.stat().st_size > LARGEST:
            raise BadInputError(
                "this is too large for a page", hint="give the HTML file that `evenhand audit` wrote", where=str(path)
            )
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(
            f"cannot be read: {error.strerror or error}", hint="give a page", where=str(path)
        ) from error
