"""Answers one question in the terminal: a sentence, a place, and a small chart."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from evenhand.audit import is_leader, judge, open_comparison, open_leaders
from evenhand.audit.opening import Opened
from evenhand.audit.wording import capital, number
from evenhand.case import Against, Claim, OpenComparison, Peers, Subject, Window
from evenhand.catalog import Catalog
from evenhand.cli.compare import FORMS, PEERS
from evenhand.cli.progress import Progress
from evenhand.compare import STANDARDS, Study, study
from evenhand.model import (
    FORM_NAMES,
    BadInputError,
    Comparison,
    EventAccount,
    Finding,
    Form,
    Outcome,
    Tolls,
    closest_words,
)
from evenhand.model.verdict import NOT_A_CHANCE, percent
from evenhand.model.words import plural
from evenhand.report import finding_json
from evenhand.report.terminal import bars
from evenhand.text import Span


@dataclass(frozen=True, slots=True)
class Question:
    """What the user asked, in words."""

    subject: str
    measure: str
    start: int | None
    end: int | None
    event: int | None
    against: str
    form: str
    direction: str
    standard: str


def answer(
    asked: Question, *, try_all: bool, placebos: bool, data: Sequence[str], new_units: bool, as_json: bool
) -> str:
    """The answer as text, or as JSON."""
    catalog = Catalog.open()
    for path in data:
        catalog = catalog.with_own([catalog.read_own(Path(path), new_units=new_units)])
    comparison = _comparison(asked, catalog)
    opened = (
        open_leaders(comparison, catalog) if is_leader(comparison, catalog) else open_comparison(comparison, catalog)
    )
    claim = Claim("question", "comparison", "", Span(0, 0), 0, open=comparison)
    shown = Progress()
    finding, _ = judge(opened, claim, None, progress=lambda done, total: shown("ways of comparing", done, total))
    studied = _study(opened) if placebos else None
    if studied is not None:
        shown("placebos", 0, 1)
        studied.prepare()
    shown.clear()
    if as_json:
        told = finding_json(finding) | ({"placebos": studied.columns()} if studied is not None else {})
        return json.dumps(told, ensure_ascii=False, indent=1)
    text = _text(finding, up=opened.higher_favoured, signed=not opened.level, try_all=try_all)
    return text if studied is None else f"{text}\n\n{studied.summary()}"


def _study(opened: Opened) -> Study:
    """The same question put to the rule alone: its placebos, and how often they err on these figures."""
    rule = opened.plan.standard_at(opened.form, {})
    window = next(choice for choice in opened.plan.choices if choice.kind == "window").options[0].value
    if opened.is_group:
        raise BadInputError("--placebos judges one unit", hint="groups are set beside random groups as it is")
    if not rule.needs_pre or window.start >= window.event:
        needing = ", ".join(name for name, one in STANDARDS.items() if one().needs_pre)
        raise BadInputError(
            "--placebos wants a rule that looks before an event, and --event", hint=f"--standard {needing}"
        )
    names = [opened.catalog.unit(unit).name for unit in opened.lead.units]
    if len(set(names)) < len(names):
        return study(rule, opened.lead, window, opened.plan.groups, subject=opened.column)
    named = replace(opened.lead, units=tuple(names))
    return study(rule, named, window, opened.plan.groups, subject=opened.catalog.unit(opened.column).name)


def _comparison(asked: Question, catalog: Catalog) -> OpenComparison:
    _check(asked)
    subject = _subject(asked.subject, catalog, asked.start)
    leader = subject.unit is not None and catalog.unit(subject.unit).kind == "leader"
    return OpenComparison(
        subject, _against(asked.against, catalog, asked.start), catalog.measure(asked.measure).id,
        Form(cast("Any", asked.form), direction=cast("Any", asked.direction)),
        None if leader else _window(asked), asked.standard,
    )  # fmt: skip


def _window(asked: Question) -> Window:
    if asked.start is None or asked.end is None:
        missing = "--from" if asked.start is None else "--to"
        raise BadInputError(f"{missing} is missing", hint="give the first and the last year: --from 1960 --to 1990")
    return Window(asked.start, asked.end, asked.event)


def _check(asked: Question) -> None:
    """Is the question one that can be asked in a line? Raises BadInputError where it is not."""
    if asked.form in FORM_NAMES and asked.form not in FORMS:
        raise BadInputError(
            f"the form {asked.form} needs more than a line says",
            hint=f"one of {', '.join(FORMS)}; or ask it in a casefile",
        )
    for what, name, allowed in (("form", asked.form, FORMS), ("rule", asked.standard, tuple(STANDARDS))):
        if name not in allowed:
            near = closest_words(name, allowed, 1)
            hint = f"one of {', '.join(allowed)}" + (f"; closest: {near[0]}" if near else "")
            raise BadInputError(f"there is no {what} ‘{name}’", hint=hint)
    if asked.start is not None and asked.end is not None and asked.start > asked.end:
        raise BadInputError(f"--from {asked.start} lies after --to {asked.end}", hint="give the earlier year first")
    ends = (-9999 if asked.start is None else asked.start, 9999 if asked.end is None else asked.end)
    if asked.event is not None and not ends[0] <= asked.event <= ends[1]:
        raise BadInputError(f"--event {asked.event} is not between {asked.start} and {asked.end}")


def _subject(name: str, catalog: Catalog, year: int | None) -> Subject:
    if not catalog.names.units_named(name, year) and catalog.names.group(name) is not None:
        return Subject(group=catalog.group(name).id)
    return Subject(unit=catalog.names.find("unit", name, year))


def _against(name: str, catalog: Catalog, year: int | None) -> Against:
    if name in PEERS:
        return Against(peers=Peers(cast("Any", name)))
    if not catalog.names.units_named(name, year) and catalog.names.group(name) is not None:
        return Against(group=catalog.group(name).id)
    return Against(unit=catalog.names.find("unit", name, year))


def _text(finding: Finding, *, up: bool, signed: bool, try_all: bool) -> str:
    """up: the higher figures help the claim. signed: scores are changes, and not levels."""
    lines = [finding.sentence]
    if finding.literal is not None:
        lines.append(finding.literal.sentence)
    shown = finding.comparison
    if shown is None:
        lines += ["", f"Cannot be judged: {finding.reason.detail if finding.reason else ''}."]
        return "\n".join([*lines, *(_tolls(finding.tolls) if finding.tolls else [])])
    lines += ["", _first_way(shown, signed=signed), "", *bars(shown, up=up, signed=signed)]
    if try_all:
        lines += ["", *_all_ways(finding)]
    lines += ["", *(f"Beware: {line}" for line in finding.caveats)] if finding.caveats else []
    if finding.events_between:
        lines += ["", "Between those years: " + "; ".join(what for what, _ in finding.events_between[:3])
                  + (f"; and {len(finding.events_between) - 3} more." if len(finding.events_between) > 3 else ".")]  # fmt: skip
    return "\n".join(
        [*lines, "", f"Sources: {', '.join(finding.sources)} (`evenhand data show SOURCE` for each in full)."]
    )


def _tolls(tolls: Tolls) -> list[str]:
    """Both sides' parts by author, and under which rules either is the larger."""
    lines = []
    for side in (tolls.first, tolls.second):
        lines += ["", f"{side.name}, {side.start} to {side.end}:"]
        for part in side.parts:
            notes = [part.kind, f"{part.start} to {part.end}", *(["abroad"] if part.abroad else [])]
            notes += ["others are held responsible, too"] if part.shared else []
            notes += [f"part of {', '.join(part.within)}"] if part.within else []
            lines.append(f"  {part.name} ({'; '.join(notes)})")
            lines += [f"    {_account(account)}" for account in part.accounts]
        lines += [] if side.parts else ["  our table lists nothing, which is not to say that there was nothing"]
    numbered = [f"  rule {i}: {rule.rule}" for i, rule in enumerate(tolls.rules, start=1)]
    return [*lines, "", *tolls.sentences, *numbered, "", tolls.mind]


def _account(account: EventAccount) -> str:
    given = [f"{n:,}" for n in (account.low, account.central, account.high) if n is not None]
    return f"{account.author} ({account.year or 'not dated'}): {' / '.join(given)}, {account.counted}"


def _first_way(shown: Comparison, *, signed: bool) -> str:
    j = shown.judged
    word = {
        Outcome.HOLDS: "It comes out so",
        Outcome.FAILS: "It comes out otherwise",
        Outcome.TIED: "It comes out level",
    }
    if j.outcome not in word or j.score is None:
        return f"By {j.standard}: cannot be judged ({j.why or 'no figures'})."
    against = f" against {number(j.reference, signed=signed)}" if j.reference is not None else ""
    place = f", place {j.rank} of {j.of}" if j.rank else ""
    return f"{word[j.outcome]} by {j.standard}: {number(j.score, signed=signed)}{against}{place}."


def _all_ways(finding: Finding) -> list[str]:
    assert finding.share is not None
    at = finding.place
    lines = [
        f"Over {plural(finding.judged, 'way')} of comparing that we tried: {percent(finding.share)}. {capital(finding.verdict)}."
    ]
    if at is not None:
        lines.append(f"{at.at_least} of {at.of - 1} others fit the claim at least as well under the same ways.")
    lines.append(NOT_A_CHANCE)
    for hinge in finding.hinges_on:
        options = ", ".join(f"{o.label} {percent(o.share)}" for o in hinge.options if o.share is not None)
        lines.append(f"  {hinge.label}: {options}")
    if not finding.hinges_on:
        lines.append("  Nothing that we tried changes it.")
    return lines
