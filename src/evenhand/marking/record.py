"""What is kept of marking: the keys, so that it can be undone and gone on with, and the casefile that they make.

Both are written after every key, each whole or not at all, so that a kill at any moment loses nothing.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evenhand.case import RawCase, entries_of, parse, parse_text, save, write_draft
from evenhand.case.raw import extended
from evenhand.case.tree import Tree
from evenhand.files import write_text
from evenhand.marking.state import UNDO, Marker, State
from evenhand.model import BadInputError
from evenhand.text import Document
from evenhand.text.context import context_of

ALONE = {"rose", "fell"}
NEEDED = {
    "subject": "who is judged?",
    "measure": "by what measure?",
    "against": "compared with whom?",
    "window": "between which years?",
}
KEPT = 1
UNREAD = Tree("", None, {}, {})


@dataclass(slots=True)
class Session:
    """Marking of one text into one casefile.

    keys: all that count so far; states: before the first and after each of them. base: the casefile as it was, "" for none.
    """

    marker: Marker
    case: Path
    base: str = ""
    keys: list[str] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    resumed: bool = False
    digest: str = ""
    made: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """Where the marker stands now."""
        return self.states[-1]

    @property
    def file(self) -> Path:
        """Where the keys are kept: a hidden file beside the casefile."""
        return self.case.with_name(f".{self.case.name}.marking")

    def press(self, key: str) -> None:
        """One key: done, and saved. u takes the last one back, again and again, but is a letter while one types."""
        if key == UNDO and self.state.mode != "typing":
            if self.keys:
                self.keys.pop()
                self.states.pop()
            self._save()
            return
        self.keys.append(key)
        self.states.append(self.marker.press(self.state, key))
        self._save()

    def source(self) -> str:
        """The casefile as it stands; empty where nothing is marked and there was none before."""
        claims = [self._claim(claim) for claim in self.state.claims]
        if not self.base:
            return write_draft({**head_of(self.marker.text), "claims": numbered(claims, set())}) if claims else ""
        raw = parse_text(self.base, self.case)
        taken = {str(entry.get("id")) for entry in entries_of(raw, "claims")}
        return extended(raw, "claims", numbered(claims, taken)).source if claims else self.base

    def _claim(self, claim: dict[str, Any]) -> dict[str, Any]:
        """As the casefile has it; made once for each claim as it stands, since its quote is looked for in the whole text."""
        key = repr(claim)
        if key not in self.made:
            self.made[key] = claim_of(claim, self.marker.text.document)
        return self.made[key]

    def _save(self) -> None:
        source = self.source()
        digest = _digest(source)
        document = self.marker.text.document
        kept = {
            "version": KEPT,
            "text": document.sha256,
            "base": self.base,
            "keys": self.keys,
            "wrote": [self.digest, digest],
        }
        write_text(
            json.dumps(kept, ensure_ascii=False),
            self.file,
            cannot="what you mark cannot be saved here",
            hint="check the folder and its permissions",
        )
        if digest != self.digest:
            if source:
                save(RawCase(self.case, source, UNREAD, ()))
            elif not self.base:
                self.case.unlink(missing_ok=True)
            self.digest = digest


def opened(marker: Marker, case: Path) -> Session:
    """A session, gone on with where one was begun. A casefile that somebody edited since is kept, and added to.

    Raises BadInputError where the casefile belongs to another text, or cannot be read.
    """
    session = Session(marker, case, states=[marker.start()])
    on_disk = parse(case).source if case.is_file() else ""
    kept = _kept(session.file)
    if kept is not None and kept["text"] == marker.text.document.sha256 and _digest(on_disk) in kept["wrote"]:
        session.base, session.keys, session.resumed = kept["base"], list(kept["keys"]), bool(kept["keys"])
        for key in session.keys:
            session.states.append(marker.press(session.state, key))
        session.digest = _digest(on_disk)
        return session
    if on_disk:
        _check(parse(case), marker.text.document)
    session.base, session.digest = on_disk, _digest(on_disk)
    return session


def _check(raw: RawCase, document: Document) -> None:
    """Is it in order, and about this text?"""
    if raw.problems:
        raise BadInputError.of(raw.problems)
    text = raw.data["text"]
    same = (raw.path.parent / text["file"]).resolve() == document.path.resolve()
    if not same or text.get("sha256", document.sha256) != document.sha256:
        message = "this casefile belongs to another text, or the text has changed since"
        raise BadInputError(message, hint="name another casefile with -o", where=str(raw.path))


def _kept(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    well = (
        isinstance(found, dict) and found.get("version") == KEPT and {"text", "base", "keys", "wrote"} <= found.keys()
    )
    return found if well else None


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def head_of(text: Any) -> dict[str, Any]:
    """What a new casefile says of its text."""
    document: Document = text.document
    about = {"file": document.path.name, "sha256": document.sha256, "title": document.title, "language": text.cues.code}
    return {"version": 1, "text": about}


def numbered(claims: Sequence[dict[str, Any]], taken: set[str]) -> list[dict[str, Any]]:
    """The claims with ids that nobody has yet: m1, m2, ..."""
    free = (f"m{i}" for i in range(1, len(claims) + len(taken) + 2) if f"m{i}" not in taken)
    return [{"id": next(free), **claim} for claim in claims]


def claim_of(claim: dict[str, Any], document: Document) -> dict[str, Any]:
    """A marked claim as the casefile has it; what was left open becomes a question."""
    start, end = claim["start"], claim["end"]
    quote = document.text[start:end]
    out: dict[str, Any] = {
        "kind": claim["kind"],
        "quote": quote,
        **context_of(document, quote, start, end),
        "by": {"who": "person"},
    }
    out |= {key: claim[key] for key in ("voice", "stance") if key in claim}
    asked: list[str] = []
    if claim["kind"] == "comparison":
        opened, form = claim.get("open", {}), claim["form"]
        needed = [key for key in NEEDED if key not in opened and not (key == "against" and form["name"] in ALONE)]
        asked = [NEEDED[key] for key in needed]
        if not needed:
            kept = {key: opened[key] for key in ("subject", "against", "measure") if key in opened}
            kept = {k: v for k, v in kept.items() if not (k == "against" and form["name"] in ALONE)}
            out["open"] = {**kept, "form": dict(form), "window": dict(opened["window"])}
    if claim["kind"] == "event":
        if "event" in claim:
            out["event"] = {"id": claim["event"], "says": claim.get("says", "happened")}
        else:
            asked = ["which event?"]
    if claim["kind"] == "quantity" and "sum" in claim:
        out["arithmetic"] = dict(claim["sum"])
    if claim["kind"] == "base-rate":
        if "class" in claim:
            says = {"says": claim["says"]} if "says" in claim else {}
            out["class"] = {"group": claim["class"], "event": "as the text says", **says}
        else:
            asked = ["which class is counted?"]
    return out | ({"questions": asked} if asked else {})
