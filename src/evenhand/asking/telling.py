"""What is told of a question: how it was read, the three sentences of its answer, and what stands beside them."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from evenhand.asking.understood import Lack, Missing, Understood
from evenhand.audit.comparison import against_words, sentence_of
from evenhand.audit.opening import Opened
from evenhand.audit.wording import capital, named, number
from evenhand.catalog import Catalog
from evenhand.model import BadInputError, Comparison, Finding, Outcome
from evenhand.model.verdict import NOT_A_CHANCE, percent

MOST_EVENTS = 3
CAME_OUT = {
    Outcome.HOLDS: "It comes out so",
    Outcome.FAILS: "It comes out otherwise",
    Outcome.TIED: "It comes out level",
}


def reading(u: Understood, opened: Opened, catalog: Catalog) -> tuple[str, ...]:
    """The question as it was understood: one sentence, its measure and years, and every word that was read as another."""
    measure = catalog.measure(u.measure)
    rule = "how high it stood" if opened.level else f"rule: {u.rule}"
    who = catalog.unit(opened.opponent).name if opened.opponent else against_words(opened)
    parts = [f"{measure.name} ({measure.unit})", rule, f"against {named(who)}" if who else "against nobody"]
    if u.window is not None and opened.level and u.window[0] < u.window[1]:
        parts.append(f"at the end, in {u.window[1]}")
    lines = [f"Understood as: {sentence_of(opened)}", f"  {'; '.join(parts)}"]
    return (*lines, *(f"  {capital(note)}." for note in u.notes))


def sentences(finding: Finding, opened: Opened) -> tuple[str, str, str]:
    """What the figures are; how the claim came out, in its own way and in all; what tips it."""
    first = _first(finding)
    if finding.share is None or finding.comparison is None:
        why = finding.reason.detail if finding.reason else finding.verdict
        return first, f"It cannot be judged: {_inside(why)}.", _instead(finding)
    own = _own_way(finding.comparison, signed=not opened.level)
    tried = f"{finding.judged:,} way{'' if finding.judged == 1 else 's'}"
    ways = f"over {tried} of comparing that we tried, it comes out as stated in {percent(finding.share)}"
    place = finding.place
    whom = "random groups of the same size" if opened.is_group else "others"
    others = (
        f", and {place.at_least} of {place.of - 1} {whom} fit the claim at least as well" if place is not None else ""
    )
    return first, f"{own}; {ways}{others}.", _tips(finding)


def _first(finding: Finding) -> str:
    """The figures themselves: the first sentence of the literal reading."""
    if finding.literal is None:
        return "There are no figures of both ends for the one who is judged."
    said = finding.literal.sentence
    end = said.find(". ")
    return said if end < 0 or said[end + 2 : end + 3].islower() else said[: end + 1]


def _own_way(shown: Comparison, *, signed: bool) -> str:
    judged = shown.judged
    if judged.outcome not in CAME_OUT or judged.score is None:
        return f"By its own rule it cannot be judged ({_inside(judged.why or 'no figures')})"
    against = f" against {number(judged.reference, signed=signed)}" if judged.reference is not None else ""
    place = f", place {judged.rank} of {judged.of}" if judged.rank else ""
    return f"{CAME_OUT[judged.outcome]} by {judged.standard} ({number(judged.score, signed=signed)}{against}{place})"


def _tips(finding: Finding) -> str:
    """What it hinges on most, with the share at both ends; and what a share is not."""
    chance = NOT_A_CHANCE[0].lower() + NOT_A_CHANCE[1:].rstrip(".")
    if not finding.hinges_on or finding.share in {0, 1}:
        return f"Nothing that we tried changes it; {chance}."
    hinge = finding.hinges_on[0]
    told = [o for o in hinge.options if o.share is not None]
    low, high = min(told, key=lambda o: o.share or 0.0), max(told, key=lambda o: o.share or 0.0)
    ends = f": {percent(low.share or 0.0)} with {low.label}, {percent(high.share or 0.0)} with {high.label}"
    return f"What tips it most is {hinge.label}{ends if low is not high else ''}; {chance}."


def _instead(finding: Finding) -> str:
    if finding.tolls is not None:
        return "The dead are not ranked; `evenhand data show` tells what is known of each event, by author."
    return "Ask for other years or another measure, or bring figures that can see it: `evenhand data add FILE.csv`."


def _inside(sentence: str) -> str:
    return sentence.strip().rstrip(".")


def beside(finding: Finding) -> tuple[str, ...]:
    """What may not be left out beside an answer: the events between the dates, what to mind, whose figures they are."""
    lines = []
    if finding.events_between:
        told = "; ".join(what for what, _ in finding.events_between[:MOST_EVENTS])
        more = len(finding.events_between) - MOST_EVENTS
        lines.append(f"Between those years: {told}{f'; and {more} more' if more > 0 else ''}.")
    if finding.caveats:
        lines.append(f"Mind: {_inside(finding.caveats[0])}.")
    if finding.sources:
        lines.append(f"Sources: {', '.join(finding.sources)} (`evenhand data show SOURCE` for each in full).")
    return tuple(lines)


def understood_json(u: Understood, opened: Opened) -> dict[str, Any]:
    """What was understood, as plain data."""
    form = {
        k: getattr(u.form, k)
        for k in ("name", "direction", "margin", "ratio", "within")
        if getattr(u.form, k) is not None
    }
    return {
        "sentence": sentence_of(opened), "subjects": list(u.subjects), "measure": u.measure, "form": form,
        "against": list(u.against), "window": list(u.window) if u.window else None, "rule": u.rule, "notes": list(u.notes),
    }  # fmt: skip


def check_answers(answers: Mapping[Lack, str]) -> None:
    """Are these things that a question can leave open?"""
    allowed = get_args(Lack)
    for name in answers:
        if name not in allowed:
            raise BadInputError(f"a question leaves no ‘{name}’ open", hint=f"one of {', '.join(allowed)}")


def check_whole(u: Understood, answers: Iterable[Lack] = ()) -> None:
    """Raises BadInputError with everything that is still missing, and what the standing choices are."""
    given = set(answers)
    if missing := [lack for lack in u.missing if lack.what not in given]:
        asks = " ".join(lack.asks for lack in missing)
        raise BadInputError(f"the question leaves open: {asks}", hint=f"say it in the question{_or_yes(missing)}")


def _or_yes(missing: list[Missing]) -> str:
    if any(lack.standing is None for lack in missing):
        return ""
    taken = "; ".join(
        lack.options[0][0] if lack.what in {"window", "measure"} else lack.options[0][1] for lack in missing
    )
    return f", or take the standing choices with --yes: {taken}"
