"""The sentences that findings are told in. The words of DESIGN.md's page table; no word depends on a side."""

import re
from dataclasses import dataclass

from evenhand.model import Form

WITH_ARTICLE = re.compile(
    r"(Union|States|Kingdom|Republic|Empire|Emirates|Federation|Netherlands|Philippines|Bahamas|Gambia|Sudans)$"
    r"|^(Democratic Republic|Republic of|Union of)"
)
ALL_OTHERS = "all others with figures"
REASON_WORDS = {
    "outside_tolerance": "no figures near enough to the years asked for",
    "no_overlap": "it did not exist through the years asked for",
    "too_few_peers": "too few others with figures to compare with",
    "border_change": "its borders changed between the years",
    "not_published": "no figure, or none with the bounds asked for, has been published for those years",
    "blind_spot": "the figures cannot see an event that falls on or between the years",
    "not_ratio_scale": "multiples mean nothing there (the measure has no true zero, or the result is not above zero)",
    "not_defined": "the rule does not say anything of it (it led at the start, or counts in another unit than the claim)",
    "group_too_small": "fewer than three of the group, or under half of it, have figures",
    "excluded_kin": "it would be compared with itself under another name",
    "solver_failed": "the calculation did not settle",
    "too_few_periods": "there are too few years with figures before the event, or none after it",
    "exposed_early": "the event that is judged had reached it before the time asked for",
    "one_sided_text": "the text cites one side only",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a comparison's sentence needs.

    place: the subject with its preposition ("in Cuba", "under Winston Churchill"). against: the peers in words, or the
    opponent with its preposition.
    """

    place: str
    measure: str
    form: Form
    start: int
    end: int
    against: str
    pairwise: bool
    level: bool
    unit: str
    event: int | None = None


PROPER = ("Gini",)


def place_of(name: str, kind: str) -> str:
    """A unit with its preposition: "in Cuba", "under Winston Churchill"."""
    return f"under {name}" if kind == "leader" else f"in {named(name)}"


def named(name: str) -> str:
    """A unit's name as it stands inside a sentence: "the Soviet Union", "China"."""
    return f"the {name}" if WITH_ARTICLE.search(name) and not name.startswith("the ") else name


def mid_sentence(phrase: str) -> str:
    """A measure's name inside a sentence: "life expectancy", but "GDP per person"."""
    if len(phrase) < 2 or phrase[1].isupper() or not phrase[1].isalpha() or phrase.startswith(PROPER):
        return phrase
    return phrase[0].lower() + phrase[1:]


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def number(value: float, *, signed: bool = False) -> str:
    """A figure as a reader writes it: three or four digits that matter, thousands apart."""
    size = abs(value)
    places = (
        0 if size >= 1000 or value == int(value) else 1 if size >= 100 else 2 if size >= 1 else 3 if size >= 0.01 else 5
    )
    text = f"{value:,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in {"-0", "0"}:
        text = "0"
    return f"+{text}" if signed and value > 0 else text.replace("-", "−")


def by_whom(citation: str) -> str:
    """Author and year of a citation; the whole where it names no year, or no author before it.

    >>> by_whom("Riley, James C. (2005), Estimates of Global Life Expectancy, Populations Review 31")
    'Riley, James C. (2005)'
    """
    dated = re.match(r"[^()]{1,80}?\s*\(\d{4}[a-z]?\)", " ".join(citation.split()))
    return dated[0] if dated else citation


def comparison_sentence(r: Reading) -> str:
    """The open comparison as one full sentence: nothing left unsaid."""
    if r.form.name in {"rose", "fell"}:
        return f"From {r.start} to {r.end}, {mid_sentence(r.measure)} {r.form.name} {r.place}."
    if r.form.name in {"none", "always"}:
        verb = "fell" if r.form.direction == "down" else "rose"
        who = "no member" if r.form.name == "none" else "every member"
        return f"From {r.start} to {r.end}, {mid_sentence(r.measure)} {verb} in {who} of {r.place.removeprefix('in ')}."
    return capital(f"{_when(r)}, {mid_sentence(r.measure)} {_what(r)}.")


def _when(r: Reading) -> str:
    if r.level:
        return f"in {r.end}"
    turn = f", set against the years before {r.event}" if r.event is not None else ""
    return f"from {r.start} to {r.end}{turn}"


def _middle(r: Reading) -> str:
    return r.against if r.pairwise else f"in the middle one of {r.against}"


def _any(r: Reading) -> str:
    return "any other with figures" if r.against == ALL_OTHERS else f"any of {r.against}"


def _what(r: Reading) -> str:
    up = r.form.direction == "up"
    if r.level:
        return _level(r, up=up)
    verb = "rose" if up else "fell"
    margin = _margin(r)
    match r.form.name:
        case "more":
            return f"{verb} more {r.place} than {_middle(r)}"
        case "less":
            return f"{verb} less {r.place} than {_middle(r)}"
        case "most":
            return f"{verb} more {r.place} than in {_any(r)}"
        case "least":
            return f"{verb} less {r.place} than in {_any(r)}"
        case "among-the-most":
            return f"{verb} {r.place} by an amount among the greatest tenth, set against {r.against}"
        case "by-at-least":
            if r.form.ratio is not None:
                return f"{verb} {r.place} at least {number(r.form.ratio)} times as much as {_middle(r)}"
            return f"{verb} {r.place} by at least {margin} more than {_middle(r)}"
        case "same":
            return f"{verb} {r.place} by about as much as {_middle(r)} (within {_within(r)})"
        case _:
            return f"{verb} {r.place} by at most {margin} more than {_middle(r)}"


def _level(r: Reading, *, up: bool) -> str:
    word = "higher" if up == (r.form.name not in {"less", "least"}) else "lower"
    match r.form.name:
        case "more" | "less":
            return f"stood {word} {r.place} than {_middle(r)}"
        case "most" | "least":
            return f"stood {word} {r.place} than in {_any(r)}"
        case "among-the-most":
            return f"stood among the {'highest' if up else 'lowest'} tenth {r.place}, set against {r.against}"
        case "by-at-least":
            if r.form.ratio is not None:
                return f"came {r.place} to at least {number(r.form.ratio)} times the figure {_middle(r)}"
            return f"stood {word} {r.place} than {_middle(r)} by at least {_margin(r)}"
        case "same":
            return f"stood about the same {r.place} as {_middle(r)} (within {_within(r)})"
        case _:
            return f"stood {word} {r.place} than {_middle(r)} by at most {_margin(r)}, if at all"


def _margin(r: Reading) -> str:
    return f"{number(r.form.margin or 0.0)} {r.unit}".strip()


def _within(r: Reading) -> str:
    amount = number(r.form.within or 0.0)
    unit = {"absolute": r.unit, "percent": "percent", "sd": "standard deviations of all"}[r.form.unit]
    return f"{amount} {unit}".strip()


def listed(names: list[str], most: int = 6) -> str:
    """ "A, B and C", or "A, B, C and 12 more"."""
    if not names:
        return ""
    if len(names) == 1:
        return names[0]
    if len(names) <= most:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:most])} and {len(names) - most} more"
