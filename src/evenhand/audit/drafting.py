"""Turns drafts into a casefile: what could be opened is opened, the rest are questions beside their claims."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evenhand.case import RawCase, parse_text, write_draft
from evenhand.text import Document, Draft, Drafted
from evenhand.text.context import context_of
from evenhand.text.fold import fold
from evenhand.text.markup import as_seen

HEAD = (
    "A draft made by rules over words. Nobody has checked it: read each claim, answer its questions, mend or delete it,",
    "and put your own name in `by`. A comparison is audited once it has `open:`.",
)
SURE = 0.5
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
DRAFTED_ABOVE = "# What was drafted so far, so that --update brings nothing back that you deleted.\n"


def case_of(draft: Draft, document: Document, path: Path) -> RawCase:
    """The casefile of a draft, not yet on disk; path: where it will be. It is in order by construction."""
    data: dict[str, Any] = {
        "version": 1,
        "text": {
            "file": file_from(path.parent, document.path),
            "sha256": document.sha256,
            "title": document.title,
            "language": draft.language,
        },
    }
    ids = [f"c{i + 1}" for i in range(len(draft.drafted))]
    choices = [choice for i, one in enumerate(draft.drafted) if (choice := choice_of(one, ids[i])) is not None]
    sources, cites = sources_of(draft.drafted)
    claims = [claim_of(one, ids[i], document, cites[i]) for i, one in enumerate(draft.drafted)]
    links = [link_of(one, ids, i) for i, one in enumerate(draft.drafted) if one.rests_on]
    data |= {"sources": sources} if sources else {}
    whole: dict[str, Any] = {**data, **({"choices": choices} if choices else {}), "claims": claims}
    if links:
        whole["links"] = links
    source = write_draft(whole)
    comments = {ids[i]: comments_of(one) for i, one in enumerate(draft.drafted)}
    drafted = f"{DRAFTED_ABOVE}drafted: [{', '.join(digests(draft.drafted, document))}]\n" if draft.drafted else ""
    model = any(one.claim.by == "model" for one in draft.drafted)
    head = [HEAD[0].replace("words.", "words and by a language model.") if model else HEAD[0], *HEAD[1:]]
    return parse_text(commented(source, comments, head) + drafted, path)


def file_from(folder: Path, text: Path) -> str:
    """How a casefile in a folder names its text."""
    inside = text.resolve().is_relative_to(folder.resolve())
    return text.resolve().relative_to(folder.resolve()).as_posix() if inside else text.name


def claim_of(one: Drafted, id_: str, document: Document, cites: Sequence[str] = ()) -> dict[str, Any]:
    """One claim of the casefile, in the order in which people read it. cites: ids of sources."""
    claim = one.claim
    data: dict[str, Any] = {
        "id": id_,
        "kind": claim.kind,
        "quote": (quote := as_seen(document.text, claim.start, claim.end)),
        **context_of(document, quote, claim.start, claim.end),
    }
    if claim.reads:
        data["reads"] = claim.reads
    data["by"] = {"who": "rule" if claim.by == "rule" else "model", "name": claim.cue}
    data["by"] |= {"when": one.when} if one.when else {}
    if claim.voice == "reported":
        data["voice"] = "reported"
        data |= {"stance": claim.stance} if claim.stance else {}
    if claim.kind == "comparison":
        data["veiled"] = claim.veiled
    if claim.move:
        data["move"] = claim.move
    if opened := open_of(one, id_):
        data["open"] = opened
    if one.sums:
        data["arithmetic"] = [{"expression": s.expression, "stated": s.stated} for s in one.sums]
    if looked := looked_up_of(one):
        data |= looked
    if cites:
        data["cites"] = list(cites)
    if one.questions and not opened:
        data["questions"] = list(one.questions)
    return data


def open_of(one: Drafted, id_: str) -> dict[str, Any] | None:
    """How a comparison is opened; None where a question is left, or where it is somebody else's claim or unsure."""
    opening = one.opening
    if opening is None or not opening.whole or one.claim.confidence < SURE:
        return None
    start, end = opening.window
    against: dict[str, Any] = {"unit": opening.against} if opening.against else {"peers": opening.peers}
    subject = {"unit": opening.subjects[0]} if len(opening.subjects) == 1 else {"units": list(opening.subjects)}
    data: dict[str, Any] = {
        "subject": subject, "against": against, "measure": opening.measures[0],
        "form": {"name": opening.form, "direction": opening.direction}, "window": {"start": start, "end": end},
    }  # fmt: skip
    return data | ({"choices": [f"measure-{id_}"]} if len(opening.measures) > 1 else {})


def looked_up_of(one: Drafted) -> dict[str, Any]:
    """The catalogued event or figure that a claim speaks of; nothing where it is unsure."""
    if one.event is not None and one.event.id is not None:
        stated = {"stated": one.event.stated} if one.event.stated else {}
        return {"event": {"id": one.event.id, "says": one.event.says, **stated}}
    if one.level is not None and not one.sums:
        level = one.level
        return {"figure": {"unit": level.unit, "measure": level.measure, "year": level.year, "stated": level.stated}}
    return {}


def sources_of(
    drafted: Sequence[Drafted], standing: Sequence[Mapping[str, Any]] = ()
) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """The sources that the text leans on, each once: its notes and references, and whom it quotes; and which claim on which.

    standing: those that the casefile has already.
    """
    found = {str(one.get("citation")): str(one.get("id")) for one in standing}
    taken = set(found.values())
    entries: list[dict[str, Any]] = []
    cites: list[list[str]] = []
    for one in drafted:
        here = []
        known = [(c.citation, "reference") for c in one.cites if c.citation]
        if one.said_by:
            known.append((f"“{one.said_by}”, as the text quotes it", "quoted"))
        for citation, kind in known:
            if citation not in found:
                found[citation] = next(f"s{i}" for i in range(1, len(taken) + 2) if f"s{i}" not in taken)
                taken.add(found[citation])
                entries.append({"id": found[citation], "citation": citation, "kind": kind})
            here.append(found[citation])
        cites.append(list(dict.fromkeys(here)))
    return entries, cites


def choice_of(one: Drafted, id_: str) -> dict[str, Any] | None:
    """The measures that the words propose, as alternatives."""
    if open_of(one, id_) is None or one.opening is None or len(one.opening.measures) < 2:
        return None
    because = f"the text says “{one.opening.because}”"
    options = [{"id": measure, "value": measure, "because": because} for measure in one.opening.measures]
    return {"id": f"measure-{id_}", "kind": "measure", "options": options}


def link_of(one: Drafted, ids: Sequence[str], i: int) -> dict[str, Any]:
    return {
        "id": f"l{i + 1}",
        "from": [ids[j] for j in one.rests_on],
        "to": ids[i],
        "kind": "support",
        "joint": len(one.rests_on) > 1,
    }


def comments_of(one: Drafted) -> list[str]:
    """What stands above a claim for whoever edits the file."""
    found = [f"{one.claim.cue}, confidence {one.claim.confidence:.2f}"]
    if one.claim.by == "model":
        found = [
            f"proposed by the model {one.claim.cue} on {one.when}; no rule sees it, and nobody has measured this model"
        ]
    found += [f"question: {question}" for question in one.questions]
    if one.opening is not None and one.opening.because:
        found.append(f"measure: “{one.opening.because}” proposes {', '.join(one.opening.measures)}")
    if one.opening is not None and one.opening.window_because:
        found.append(f"window: {one.opening.window_because}")
    return found


def commented(source: str, comments: Mapping[str, Sequence[str]], head: Sequence[str] = HEAD) -> str:
    """A casefile's source with lines of comment on top and above its claims."""
    out = [f"# {line}" for line in head]
    inside = False
    for line in source.splitlines():
        inside = (line == "claims:") or (inside and line[:1] in {" ", "-"})
        id_ = line.removeprefix("- id: ")
        if inside and id_ != line:
            out += [f"# {' '.join(comment.split())}" for comment in comments.get(id_, ())]
        out.append(line)
    return "\n".join(out) + "\n"


def digests(drafted: Sequence[Drafted], document: Document) -> list[str]:
    """What stands for each passage that was drafted, each once."""
    return list(dict.fromkeys(digest_of(one, document) for one in drafted))


def digest_of(one: Drafted, document: Document) -> str:
    """Eight letters that stand for the words of a passage; letters alone, so that YAML reads no number."""
    words = fold(as_seen(document.text, one.claim.start, one.claim.end)).text.strip()
    return hashlib.sha256(words.encode()).hexdigest()[:8].translate(LETTERS)
