"""What lets a reader leave choices out on the page: the outcomes that it carries, the script that counts them, their size."""

import base64
import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evenhand.audit.recount import MOST_FOR_PLACES, Recount, without_others
from evenhand.audit.result import Audit
from evenhand.model import BANDS
from evenhand.report.spans import Anchor

MOST_ON_PAGE = 8_000_000
"""Bytes of outcomes on one page: what goes beyond is left out claim by claim, places first."""
TOO_LARGE = (
    "There are too many ways of comparing here to count them again on a page; the command “evenhand why” with “--without” "
    "counts them."
)
WORDS = frozenset({"label", "because", "kind"})
FOLDER = Path(__file__).parent / "templates" / "switch"


@dataclass(frozen=True, slots=True)
class Switch:
    """What a card says of it. record: None where the page cannot count again; then note says why, or nothing needs saying."""

    record: Recount | None
    places: bool = True
    places_size: str = ""
    places_most: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Switches:
    """Of all cards. data: JSON for the script, safe inside a script element, empty where no card counts again; size: in words,
    what the page carries for it.
    """

    by_claim: Mapping[str, Switch]
    data: Markup
    size: str


def switches(audit: Audit, marks: Sequence[Anchor]) -> Switches | None:
    """What can be counted again on this page; None where nothing can."""
    room, by_claim, carried = MOST_ON_PAGE, {}, []
    for mark in marks:
        finding = mark.claim.finding
        if finding.share is None or finding.comparison is None:
            continue
        found = audit.recounts.get(mark.claim.id)
        if found is not None and found.size > room:
            found = None
        if found is None:
            if audit.recounts:
                by_claim[mark.claim.id] = Switch(None, note=TOO_LARGE)
            continue
        if not _open(found):
            continue
        room -= found.size
        if found.others is not None and found.others_size > room:
            found = without_others(found)
        room -= found.others_size if found.others is not None else 0
        most = min(MOST_FOR_PLACES * 4 // 3, MOST_ON_PAGE)
        by_claim[mark.claim.id] = Switch(found, found.others is not None, in_words(found.others_size), in_words(most))
        carried.append({"card": mark.card, **_carried(found)})
    if not carried:
        return Switches(by_claim, Markup(""), "") if by_claim else None
    shape = {"words": [sentence for _, sentence in BANDS], "claims": carried}
    return Switches(
        by_claim, _safe(json.dumps(shape, ensure_ascii=True, separators=(",", ":"))), in_words(MOST_ON_PAGE - room)
    )


def _open(found: Recount) -> bool:
    """Is there any choice with two options that something reads?"""
    return any(choice.read and len(choice.options) > 1 for choice in found.choices)


def in_words(size: int) -> str:
    """Bytes as a reader counts them.

    >>> in_words(900), in_words(61_440), in_words(3_100_000)
    ('1 kB', '61 kB', '3.1 MB')
    """
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def _carried(found: Recount) -> dict[str, Any]:
    """What the script reads of it: the words stand in the page already, and what the others' table tells is not told twice."""
    fields = {item.name: _plain(getattr(found, item.name)) for item in dataclasses.fields(found)}
    if found.others is not None:
        del fields["percentiles"], fields["among"]
    del fields["others_size"], fields["size"]
    return fields


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value) if item.name not in WORDS
        }
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _safe(text: str) -> Markup:
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - no markup is left


@cache
def switch_script() -> Markup:
    """The script that counts again, and what a reader does with it."""
    parts = [(FOLDER / name).read_text(encoding="utf-8") for name in ("count.js", "switch.js", "picture.js")]
    return Markup("\n".join(parts))  # noqa: S704 - our own files


def script_sources(scripts: Sequence[str]) -> str:
    """What a page that holds these scripts adds to its policy: each of them, to the letter, and no other."""
    if not scripts:
        return ""
    digests = (base64.b64encode(hashlib.sha256(one.encode("utf-8")).digest()).decode("ascii") for one in scripts)
    allowed = " ".join(f"'sha256-{one}'" for one in digests)
    return f"; script-src {allowed}"
