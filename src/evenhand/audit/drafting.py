"""Turns drafts into a casefile: what could be opened is opened, the rest are questions beside their claims."""

from collections.abc import Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Any

from evenhand.case import RawCase, edited, entries_of, parse_text, write_draft
from evenhand.model import BadInputError, DraftClaim
from evenhand.text import Document, Draft, Drafted, find
from evenhand.text.context import context_of
from evenhand.text.markup import as_seen

HEAD = (
    "A draft made by rules over words. Nobody has checked it: read each claim, answer its questions, mend or delete it,",
    "and put your own name in `by`. A comparison is audited once it has `open:`.",
)
SURE = 0.5


def case_of(draft: Draft, document: Document, path: Path) -> RawCase:
    """The casefile of a draft, not yet on disk; path: where it will be. It is in order by construction."""
    data: dict[str, Any] = {
        "version": 1,
        "text": {
            "file": document.path.name,
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
    return parse_text(commented(source, comments), path)


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


def sources_of(drafted: Sequence[Drafted]) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """The sources that the text leans on, each once: its notes and references, and whom it quotes; and which claim on which."""
    found: dict[str, str] = {}
    entries: list[dict[str, Any]] = []
    cites: list[list[str]] = []
    for one in drafted:
        here = []
        known = [(c.citation, "reference") for c in one.cites if c.citation]
        if one.said_by:
            known.append((f"“{one.said_by}”, as the text quotes it", "quoted"))
        for citation, kind in known:
            if citation not in found:
                found[citation] = f"s{len(found) + 1}"
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


def commented(source: str, comments: Mapping[str, Sequence[str]]) -> str:
    """A casefile's source with lines of comment above its claims."""
    out = [f"# {line}" for line in HEAD]
    inside = False
    for line in source.splitlines():
        inside = (line == "claims:") or (inside and line[:1] in {" ", "-"})
        id_ = line.removeprefix("- id: ")
        if inside and id_ != line:
            out += [f"# {' '.join(comment.split())}" for comment in comments.get(id_, ())]
        out.append(line)
    return "\n".join(out) + "\n"


def updated(raw: RawCase, draft: Draft, document: Document) -> RawCase:
    """A casefile with what the draft finds and it does not have yet; nothing that stands in it is touched."""
    known = [span_of(document, entry) for entry in entries_of(raw, "claims")]
    taken = {str(entry.get("id")) for entry in entries_of(raw, "claims")}
    count = len(known)
    for one in draft.drafted:
        if any(span is not None and overlaps(span, one.claim) for span in known):
            continue
        id_ = next(f"d{i}" for i in range(1, len(taken) + 2) if f"d{i}" not in taken)
        taken.add(id_)
        claim = claim_of(one, id_, document)
        if isinstance(claim.get("open"), dict):
            claim["open"].pop("choices", None)
        raw = edited(raw, ("claims", count), claim)
        count += 1
    return raw


def span_of(document: Document, entry: Mapping[str, Any]) -> tuple[int, int] | None:
    try:
        span = find(document, str(entry.get("quote", "")), entry.get("prefix"), entry.get("suffix"))
    except BadInputError:
        return None
    return span.start, span.end


def overlaps(span: tuple[int, int], claim: DraftClaim) -> bool:
    """Do they share at least a third of what they cover together?"""
    both = max(0, min(span[1], claim.end) - max(span[0], claim.start))
    return 3 * both >= (span[1] - span[0]) + (claim.end - claim.start) - both


def difference(before: str, after: str, name: str) -> str:
    """What an update changes, line by line."""
    lines = unified_diff(before.splitlines(), after.splitlines(), f"{name} (as it was)", name, lineterm="", n=1)
    return "\n".join(lines)
