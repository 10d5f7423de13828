"""Runs ``evenhand why``: one claim judged, and told in words or as JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.audit import open_case
from evenhand.audit.one_claim import OneClaim, one_claim, verdict_without
from evenhand.cli.claim_named import claim_of, named
from evenhand.cli.progress import Progress
from evenhand.compare import Verdict
from evenhand.model import BadInputError, Finding
from evenhand.model.verdict import NOT_A_CHANCE, percent
from evenhand.model.words import plural
from evenhand.report import turning, words
from evenhand.report.csv_links import figure_rows
from evenhand.report.json_out import finding_json, plain
from evenhand.report.share_card import account


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked for."""

    claim: str
    without: tuple[str, ...]
    data: tuple[Path, ...]
    new_units: bool
    seed: int


def answer(asked: Asked, progress: Progress, *, as_json: bool) -> str:
    """The answer in words, or as JSON; raises BadInputError."""
    wanted = named(asked.claim)
    case, catalog = open_case(wanted.path, data=asked.data, new_units=asked.new_units)
    id_ = claim_of(case, wanted.claim, command="why")
    left = [_left(one) for one in asked.without]
    progress("claims", 0, 1)
    again = verdict_without(case, catalog, case.claim(id_), left, seed=asked.seed)[1] if left else None
    found = one_claim(case, catalog, id_, seed=asked.seed)
    progress.clear()
    if as_json:
        return json.dumps(_shape(found, again, asked), ensure_ascii=False, indent=1) + "\n"
    return "\n".join([*_told(found), *(_again(again, asked, found.claim.finding) if again is not None else ())]) + "\n"


def _left(text: str) -> tuple[str, str]:
    choice, sign, option = text.partition("=")
    if not (choice and sign and option):
        raise BadInputError(f"--without {text!r} is no choice and option", hint="write it as standard=growth")
    return choice, option


def _told(found: OneClaim) -> Iterator[str]:
    claim, finding = found.claim, found.claim.finding
    yield f"{claim.id}  “{' '.join(claim.quote.split())}”"
    if finding.sentence:
        yield f"In full: {words.sentence(finding.sentence)}"
    if finding.share is not None:
        yield words.claim_verdict(finding.verdict) + _counted(finding)
        yield NOT_A_CHANCE
    else:
        yield words.sentence(finding.verdict)
    if finding.reason is not None:
        yield words.sentence(finding.reason.detail)
    for one in claim.disputes:
        yield f"Disputed by {one.by}: {words.sentence(one.reason)}" + (
            f" On the source: {one.source}" if one.source else ""
        )
    for note in claim.notes:
        yield f"Note{f' on {note.about}' if note.about else ''}{f' by {note.by}' if note.by else ''}: {note.text}"
    if finding.share is not None:
        yield from _tips(finding)
    if finding.comparison is not None and finding.comparison.trail is not None:
        nearest = finding.comparison.trail.nearest
        yield from ("", "What would turn it", f"  {turning.lead(nearest)}")
        yield from (f"  - {turning.told(turn)}" for turn in nearest.turns)
        yield from _figures(finding)
    yield from _accounts(finding)
    if found.sources:
        yield from ("", "Sources")
        yield from (f"  {source.id}: {source.citation}" for source in found.sources)


def _counted(finding: Finding) -> str:
    text = f" {percent(finding.share or 0.0)} of {plural(finding.judged, 'way')} of comparing"
    if finding.place is None:
        return f"{text}."
    others = "others" if finding.place.among == "units" else finding.place.among
    return f"{text}; {finding.place.at_least:,} of {finding.place.of - 1:,} {others} fit the claim at least as well."


def _tips(finding: Finding) -> Iterator[str]:
    yield from ("", "What tips it")
    if not finding.hinges_on:
        yield "  Nothing that we tried changes it."
    for hinge in finding.hinges_on:
        rough = " (roughly: some ways could not be judged)" if hinge.unbalanced else ""
        yield f"  {hinge.label}: accounts for {percent(hinge.share)} of the differences{rough}"
        wide = max(len(option.label) for option in hinge.options) + 2
        for option in hinge.options:
            share = "not judged" if option.share is None else percent(option.share)
            yield f"      {option.label:<{wide}}{share}"


def _figures(finding: Finding) -> Iterator[str]:
    assert finding.comparison is not None
    rows = figure_rows(finding.comparison)
    yield from (
        "",
        f"Figures of the claim's own way: {finding.comparison.judged.measure} ({finding.comparison.judged.unit_of_measure})",
    )
    if not rows:
        yield "  None: this way could not be judged."
        return
    widths = [max(len(row[k]) for row in rows) + 2 for k in range(4)]
    for row in rows:
        yield "  " + "".join(f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=False)) + row[4]


def _accounts(finding: Finding) -> Iterator[str]:
    """Of an event, who attests what; of a number, what others give. No shares, and no sums."""
    if finding.event is not None:
        yield from (
            "",
            f"{finding.event.name}, {words.years((finding.event.start, finding.event.end))}: who attests what",
        )
        yield from (f"  {account(one)}; {words.plain(one.evidence)}" for one in finding.event.accounts)
    if finding.tolls is not None:
        for side in (finding.tolls.first, finding.tolls.second):
            yield from ("", f"Attributed to {side.name}, {words.years((side.start, side.end))}; not added up")
            yield from (f"  {part.name}: {account(one)}" for part in side.parts for one in part.accounts)
    if finding.quantity is not None:
        yield from (f"  {one.shown}; the text says “{one.stated}”" for one in finding.quantity.sums)
        yield from (f"  {source}: {figure}" for source, figure in finding.quantity.figures)
    if finding.follows is not None:
        yield from ("", words.sentence(finding.follows.because))


def _again(again: Verdict, asked: Asked, finding: Finding) -> Iterator[str]:
    yield from ("", f"Without {', '.join(asked.without)} (your choice, not the audit's)")
    if again.share is None:
        yield "  Nothing could be judged."
        return
    text = f"  {words.claim_verdict(again.words or '')} {percent(float(again.share))} of {plural(again.judged, 'way')}"
    if again.place is not None:
        text += f"; {again.place.at_least:,} of {again.place.of - 1:,} fit the claim at least as well"
    yield f"{text}. The audit itself: {percent(finding.share or 0.0)}."


def _shape(found: OneClaim, again: Verdict | None, asked: Asked) -> dict[str, Any]:
    claim, finding = found.claim, finding_json(found.claim.finding)
    trail = (finding["comparison"] or {}).get("trail") or {}
    names = (
        "status",
        "verdict",
        "band",
        "sentence",
        "share",
        "judged",
        "rank",
        "of",
        "at_least",
        "hinges_on",
        "interaction",
        "reason",
    )
    shape = {"claim": claim.id, "quote": claim.quote, **{name: finding[name] for name in names}}
    shape |= {"nearest": trail.get("nearest"), "figures": trail.get("figures", []), "event": finding["event"]}
    shape |= {"quantity": finding["quantity"], "follows": finding["follows"]}
    shape |= {"disputes": plain(claim.disputes), "notes": plain(claim.notes), "sources": plain(found.sources)}
    if again is not None:
        shape["without"] = {"left_out": list(asked.without), **_counts(again)}
    return shape


def _counts(again: Verdict) -> dict[str, Any]:
    return {
        "verdict": again.words, "band": again.band, "share": None if again.share is None else float(again.share),
        "combinations": again.combinations, "judged": again.judged, "distinct": again.distinct, **_place(again),
    }  # fmt: skip


def _place(again: Verdict) -> dict[str, Any]:
    """Its place, or nulls where there is none."""
    names = ("rank", "of", "ties", "at_least")
    return {name: getattr(again.place, name) if again.place is not None else None for name in names}
