"""What the card says of a class that was counted: the question, the answer, what to mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenhand.audit.wording import capital, mid_sentence, number
from evenhand.model.verdict import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evenhand.audit.base_rate import Counted
    from evenhand.audit.classes import Class, MemberSet
    from evenhand.case import ClassRef
    from evenhand.compare.rates import Rate
    from evenhand.compare.survival import Survival

FREQUENCY = {
    "never": "it never happened", "always": "it always happened", "sometimes": "it happened to some and not to others",
    "mostly": "it happened to more than half",
}  # fmt: skip


def asked(found: Class, given: ClassRef, other: Class | None) -> str:
    """The claim as it was counted: nothing left unsaid."""
    share = percent(given.share) if given.share is not None else percent(0.2)
    in_words = FREQUENCY | {
        "rarely": f"it happened to {share} of them at most", "about": f"it happened to about {share} of them",
        "at-most": f"it happened to {share} of them at most", "at-least": f"it happened to {share} of them at least",
    }  # fmt: skip
    years = number(float(given.years)) if given.years is not None else ""
    of = "all of them" if given.who == "all" else "the typical one"
    if other is not None:
        word = {"more-often": "it happened more often than", "less-often": "it happened less often than", "shorter":
                "they lasted shorter than", "longer": "they lasted longer than"}[given.says or "shorter"]  # fmt: skip
        said = (
            f"{word} among “{mid_sentence(other.name)}”" if "often" in word else f"{word} “{mid_sentence(other.name)}”"
        )
    elif given.says in {"under", "over"}:
        said = f"{of} lasted {given.says} {years} years"
    else:
        said = in_words.get(given.says or "", "")
    when = "" if found.in_years else _when(given)
    what = f": {found.success or given.event}" if given.says not in {"under", "over", "shorter", "longer"} else ""
    return capital(f"{mid_sentence(found.name)}{when}{what}" + (f"; the text says that {said}." if said else "."))


def _when(given: ClassRef) -> str:
    if given.start is not None and given.end is not None:
        return f" that began from {given.start} to {given.end}"
    if given.start is not None:
        return f" that began in {given.start} or later"
    return f" that began by {given.end}" if given.end is not None else ""


def answers(
    given: ClassRef, counted: Sequence[Counted], theirs: Sequence[MemberSet], other: Class | None
) -> tuple[str, ...]:
    """The first answer in plain sentences: of the members that nobody disputes, and then with all."""
    from evenhand.audit.base_rate import HOW_LONG, rate_of, span_of  # noqa: PLC0415 (it calls this)

    named = [one for one in counted if not one.of.alone]
    out = []
    for one in named:
        if given.says not in HOW_LONG and one.rate.share is not None:
            out.append(f"{capital(one.of.who)}: {_often(one.rate)}.")
        if given.says in HOW_LONG | {None} and one.span is not None:
            out.append(f"{capital(one.of.who)}: {_long(one.span)}.")
    if other is not None and theirs:
        if given.says in HOW_LONG and (there := span_of(theirs[0].members)) is not None:
            out.append(f"{other.name}, {theirs[0].who}: {_long(there)}.")
        elif given.says not in HOW_LONG:
            out.append(f"{other.name}, {theirs[0].who}: {_often(rate_of(theirs[0].members))}.")
    return tuple(out)


def _often(found: Rate) -> str:
    if found.share is None or found.wilson is None:
        return "nobody whose outcome is known"
    low, high = (percent(bound) for bound in found.wilson)
    return f"{found.successes:,} of {found.total:,} ({percent(found.share)}; 95\u00a0% interval {low} to {high})"


def _long(span: Survival) -> str:
    middle = (
        f"half of them lasted {number(round(span.median, 1))} years or longer ({_bounds(span)})"
        if span.median is not None
        else f"more than half outlast the {number(round(float(span.times[-1]), 1))} years that were seen"
    )
    going = f"; {span.n - span.ends:,} still went on when last seen" if span.n > span.ends else ""
    return (
        f"of {span.n:,}, {middle}; on average {number(round(span.mean, 1))} of the first "
        f"{number(round(span.horizon, 1))} years{going}"
    )


def _bounds(span: Survival) -> str:
    low = "not known" if span.median_low is None else number(round(span.median_low, 1))
    high = "more than was seen" if span.median_high is None else number(round(span.median_high, 1))
    return f"95\u00a0% interval {low} to {high}"


INTERVAL = "The interval is for these as drawn at random from more of their kind; they are all that is listed."
CUTS = {"mostly": 0.5, "rarely": 0.2}


def caveats(found: Class, given: ClassRef, counted: Sequence[Counted], theirs: Sequence[MemberSet]) -> tuple[str, ...]:
    """What the class can and cannot say."""
    from evenhand.audit.base_rate import HOW_LONG  # noqa: PLC0415 (it calls this)

    out = list(found.mind)
    lead = counted[0]
    if given.says not in HOW_LONG and lead.rate.wilson is not None:
        cut = given.share if given.share is not None else CUTS.get(given.says or "")
        low, high = lead.rate.wilson
        if cut is not None and given.says != "about" and low < cut < high:
            side = f"on which side of {percent(cut)} it lies"
            out.append(f"Read as a draw from more of their kind, they are too few to tell {side}.")
        if given.says in {"never", "always"} and lead.rate.successes in {0, lead.rate.total}:
            bound = percent(high if lead.rate.successes == 0 else 1 - low)
            which = "none" if lead.rate.successes == 0 else "all"
            out.append(
                f"That it was {which} of {lead.rate.total} does not show that it must be: up to {bound} could do otherwise."
            )
    out += _apart(given, lead, theirs)
    out.append(INTERVAL)
    return tuple(out)


def _apart(given: ClassRef, lead: Counted, theirs: Sequence[MemberSet]) -> list[str]:
    """How far apart the two classes are, and whether that is more than chance would make."""
    from evenhand.audit.base_rate import HOW_LONG, rate_of, span_of  # noqa: PLC0415 (it calls this)
    from evenhand.compare.rates import difference  # noqa: PLC0415
    from evenhand.compare.survival import difference_of_means  # noqa: PLC0415

    if not theirs:
        return []
    if given.says not in HOW_LONG:
        gap = difference(lead.rate, rate_of(theirs[0].members))
        if gap is None:
            return []
        told = f"The difference is {_points(gap[0])} ({_points(gap[1])} to {_points(gap[2])})"
    else:
        there = span_of(theirs[0].members)
        if lead.span is None or there is None:
            return []
        horizon = min(float(lead.span.times[-1]), float(there.times[-1]))
        pair = span_of(lead.of.members, horizon), span_of(theirs[0].members, horizon)
        if pair[0] is None or pair[1] is None:
            return []
        gap = difference_of_means(pair[0], pair[1])
        low, high = (number(round(bound, 1), signed=True) for bound in gap[1:])
        told = (
            f"On average, of the first {number(round(horizon, 1))} years, the difference is "
            f"{number(round(gap[0], 1), signed=True)} years ({low} to {high})"
        )
    return [f"{told}, 95\u00a0% interval" + ("; it takes in no difference at all." if gap[1] <= 0 <= gap[2] else ".")]


def _points(value: float) -> str:
    return f"{number(round(100 * value, 1), signed=True)} points"
