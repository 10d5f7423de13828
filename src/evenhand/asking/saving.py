"""Puts a question into a casefile: as one more claim, tied to words of its text; or makes a casefile of it."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.case import edited, entries_of, find_text, parse, parse_text, stem_of_case, write_draft
from evenhand.case.raw import RawCase
from evenhand.files import write_texts
from evenhand.model import BadInputError
from evenhand.text import find
from evenhand.text.document import read

if TYPE_CHECKING:
    from evenhand.asking.answer import Answer

TITLE = "Questions asked of figures"
BY = "evenhand ask"


def save(answer: "Answer", path: Path, *, quote: str | None = None) -> Path:
    """Appends the question to a casefile; comments, order and every other claim stay. Gives the casefile's path.

    A claim is tied to words of its text. They are ``quote``, else the question itself where the text says it. Where there
    is no casefile yet, it is made, with the question as its text beside it; a casefile that was made so gets the question
    as a further line of its text. Raises BadInputError where the text does not hold the words; nothing is written then.
    """
    if not path.exists():
        return write_case(answer, path)
    raw = parse(path)
    if raw.problems:
        raise BadInputError.of(raw.problems)
    document = read(find_text(path))
    words = quote or answer.question
    files: dict[Path, str | bytes] = {}
    try:
        find(document, words)
    except BadInputError as error:
        if quote is not None or not _made_here(raw):
            raise BadInputError(
                f"the text {document.path.name} does not say “{_short(words)}” in exactly one place",
                hint="a claim is tied to the text's own words: give them with --quote WORDS; or save to a new casefile",
                where=str(path),
            ) from error  # fmt: skip
        text = f"{document.text.rstrip()}\n{answer.question}\n"
        files[document.path] = text
        raw = edited(raw, ("text", "sha256"), hashlib.sha256(text.encode()).hexdigest()) if _hashed(raw) else raw
    claims = entries_of(raw, "claims")
    raw = edited(raw, ("claims", len(claims)), claim_of(answer, _free_id(claims), words))
    files[path] = raw.source
    write_texts(files)
    return path


def write_case(answer: "Answer", path: Path) -> Path:
    """A new casefile with the question as its text beside it."""
    text = path.with_name(stem_of_case(path) + ".txt")
    if text.exists():
        raise BadInputError(
            f"there is a text of that name, {text.name}, and no casefile beside it yet",
            hint="mark it first, or choose another name",
            where=str(path),
        )  # fmt: skip
    body = f"{answer.question}\n"
    digest = hashlib.sha256(body.encode()).hexdigest()
    data: dict[str, Any] = {
        "version": 1,
        "text": {"file": text.name, "sha256": digest, "title": TITLE, "author": BY, "language": "en"},
        "claims": [claim_of(answer, "q1", answer.question)],
    }
    source = write_draft(data)
    parse_text(source, path)
    write_texts({text: body, path: source})
    return path


def claim_of(answer: "Answer", id_: str, quote: str) -> dict[str, Any]:
    """The question as a claim of a casefile, opened as it was understood."""
    u, catalog = answer.understood, answer.catalog
    if len(u.subjects) > 1:
        subject: dict[str, Any] = {"units": list(u.subjects)}
    else:
        subject = {"group" if catalog.has_group(u.subjects[0]) else "unit": u.subjects[0]}
    form: dict[str, Any] = {"name": u.form.name, "direction": u.form.direction}
    form |= {key: value for key in ("margin", "ratio", "within") if (value := getattr(u.form, key)) is not None}
    if u.form.name == "same":
        form["unit"] = u.form.unit
    opened: dict[str, Any] = {"subject": subject, "against": _against(answer), "measure": u.measure, "form": form}
    if u.window is not None:
        opened["window"] = {"start": u.window[0], "end": u.window[1]}
    opened["standard"] = u.rule
    return {
        "id": id_, "kind": "comparison", "quote": quote, "reads": answer.finding.sentence, "by": {"who": "rule", "name": BY},
        "open": opened,
    }  # fmt: skip


def _against(answer: "Answer") -> dict[str, Any]:
    u = answer.understood
    if u.form.name in {"rose", "fell"}:
        return {"peers": "all"}
    if len(u.against) > 1:
        return {"peers": list(u.against)}
    (one,) = u.against
    if one in {"all", "region", "nearest"}:
        return {"peers": one}
    return {"group" if answer.catalog.has_group(one) else "unit": one}


def _made_here(raw: RawCase) -> bool:
    """Was the casefile made by this, so that its text is a list of questions?"""
    text = raw.data.get("text", {}) if isinstance(raw.data, dict) else {}
    return text.get("title") == TITLE and text.get("author") == BY


def _hashed(raw: RawCase) -> bool:
    return "sha256" in raw.data.get("text", {})


def _free_id(claims: list[dict[str, Any]]) -> str:
    taken = {str(claim.get("id")) for claim in claims}
    return next(f"q{i}" for i in range(1, len(taken) + 2) if f"q{i}" not in taken)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"
