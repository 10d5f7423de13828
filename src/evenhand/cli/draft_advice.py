"""What would have to be written into a casefile so that a drafted claim can be audited, ready to be copied."""

from collections.abc import Callable

from evenhand.audit.drafting import looked_up_of, open_of
from evenhand.text import Drafted

BLANK = "…"
UNITS = "`evenhand data list --units` lists who can be named"
MEASURES = "`evenhand data list` lists the measures"
EVENTS = "`evenhand data list --events` lists them with their ids"
NOT_JUDGED = {
    "cause": "A cause is shown and not judged. Where it hides a comparison, add `open:` as to a comparison.",
    "definition": "A definition is shown and not judged. Who belongs is a choice: `groups:` with disputed members tries both.",
    "inference": "A conclusion has no evidence of its own: `links:` say what it rests on, and the page whether it still follows.",
    "value": "A judgement is not scored. Where it hides a comparison, add `open:` as to a comparison, and `veiled: true`.",
}


def advice(one: Drafted, id_: str) -> list[str]:
    """Lines that say what to add to a claim; none where the draft has it already."""
    kind = one.claim.kind
    if kind == "comparison" and one.opening is not None and open_of(one, id_):
        return ["It is opened already: `evenhand audit` judges it. Check that this is what the text means."]
    if one.sums:
        return ["Its sum is recomputed already: `evenhand audit` shows it."]
    if looked_up_of(one):
        return ["What it speaks of is found in the catalogue already: `evenhand audit` looks it up."]
    if kind in NOT_JUDGED:
        return [NOT_JUDGED[kind]]
    lines, help_ = ADDED[kind](one)
    out = [
        f"To have it audited, write this under the claim ({id_} of a new draft), with what is yours to say in place of {BLANK}:"
    ]
    out += [f"    {line}" for line in lines]
    return [*out, *([f"({'; '.join(help_)})"] if help_ else [])]


def comparison(one: Drafted) -> tuple[list[str], list[str]]:
    opening = one.opening
    subjects = opening.subjects if opening else ()
    start, end = opening.window if opening else (None, None)
    if opening and opening.against:
        against = f"unit: {opening.against}"
    else:
        against = f"peers: {(opening.peers if opening else None) or BLANK}"
    subject = f"units: [{', '.join(subjects)}]" if len(subjects) > 1 else f"unit: {subjects[0] if subjects else BLANK}"
    measures = opening.measures if opening else ()
    found = [
        "open:",
        f"  subject: {{{subject}}}",
        f"  against: {{{against}}}"
        + ("" if against != f"peers: {BLANK}" else "    # all, region or nearest; or {unit: …}"),
        f"  measure: {measures[0] if measures else BLANK}"
        + (f"    # or {', '.join(measures[1:])}" if measures[1:] else ""),
        f"  form: {{name: {opening.form if opening else 'more'}, direction: {opening.direction if opening else 'up'}}}",
        f"  window: {{start: {start or BLANK}, end: {end or BLANK}}}",
    ]
    return found, [UNITS, MEASURES]


def quantity(one: Drafted) -> tuple[list[str], list[str]]:
    quote = one.claim.quote
    number = next((word.strip(".,;:()") for word in quote.split() if any(c.isdigit() for c in word)), BLANK)
    return [f'figure: {{unit: {BLANK}, measure: {BLANK}, year: {BLANK}, stated: "{number}"}}'], [
        UNITS, MEASURES,
        "what the catalogue does not have: your own figures with `--data`",
        'a sum instead: arithmetic: {expression: "47 - 38", stated: "9"}',
    ]  # fmt: skip


def event(one: Drafted) -> tuple[list[str], list[str]]:
    says = one.event.says if one.event is not None else "happened"
    return [f"event: {{id: {BLANK}, says: {says}}}"], [EVENTS, "says: happened, denied, scale, responsible or intent"]


def tie(_: Drafted) -> tuple[list[str], list[str]]:
    return [f"tie: {{source: {BLANK}, to: {BLANK}}}"], [
        "source: one of the casefile's `sources`, with its `ties`, or of the catalogue's: `evenhand sources --help`"
    ]


def base_rate(_: Drafted) -> tuple[list[str], list[str]]:
    return [f"class: {{group: {BLANK}, event: {BLANK}, from: {BLANK}, to: {BLANK}, says: {BLANK}}}"], [
        "group: the whole class, a group of the catalogue or of your own; says: never, rarely, sometimes, mostly or always"
    ]


def consensus(_: Drafted) -> tuple[list[str], list[str]]:
    return [f"consensus: {{agreement: {BLANK}, opposite: {BLANK}}}"], ["both as one sentence"]


ADDED: dict[str, Callable[[Drafted], tuple[list[str], list[str]]]] = {
    "comparison": comparison, "quantity": quantity, "event": event, "tie": tie, "base-rate": base_rate, "consensus": consensus,
}  # fmt: skip
