"""How do we say it to somebody who has never heard our words?"""

import math
import re
from collections.abc import Mapping
from types import MappingProxyType

from evenhand.model.verdict import percent as share_in_percent

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"

FORBIDDEN: tuple[tuple[str, str], ...] = (
    (r"\bmultiverses?\b", "the ways of comparing that we tried"),
    (r"\bstandards?\b", "rule"),
    (r"\bpanels?\b", "figures"),
    (r"\bobservations?\b", "figures"),
    (r"\bspecification curves?\b", "all results in order"),
    (r"\bstanding\b", "does the conclusion still follow?"),
)
"""Words that our own sentences on a page may not use, and what they say instead."""

RULES: Mapping[str, str] = MappingProxyType(
    {
        "level": "the level at the end",
        "change": "the change from start to end",
        "growth": "growth a year, in per cent",
        "gap-closed": "how much of the gap to the best was closed",
        "whole-path": "the whole path over the years",
        "nearest-peers": "set against those that started nearest",
        "difference-in-differences": "the change, less the change of the others",
        "synthetic-did": "the change, less that of a mix of others that moved in parallel before",
        "augmented-synthetic-control": "set against the mix of others that it followed before, corrected by regression",
        "matrix-completion": "set against what the shared movements of the others foretold",
        "penalized-synthetic-control": "set against a mix of others that were each like it before",
        "synthetic-control": "set against the mix of others that it followed before",
    }
)
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "outside_tolerance": "no figure near enough to the year asked for",
        "no_overlap": "no figures for the same years",
        "too_few_peers": "too few others with figures",
        "border_change": "the borders changed in between",
        "not_published": "no figure was published",
        "blind_spot": "the figures cannot see an event of those years",
        "not_ratio_scale": "ratios mean nothing on this scale",
        "not_defined": "the rule gives no answer here",
        "group_too_small": "too few members of the group have figures",
        "excluded_kin": "only its own predecessor, successor or parts were left to compare with",
        "solver_failed": "the calculation found no answer",
        "too_few_periods": "too few years with figures before or after the event",
        "exposed_early": "the same event had reached it before",
        "one_sided_text": "the text cites this for one side only",
        "no_figures": "we have no figures",
        "not_judged_yet": "not judged yet",
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "comparison": "a comparison",
        "event": "an event",
        "quantity": "a stated number",
        "tie": "who is tied to whom",
        "consensus": "agreement of sources",
        "cause": "cause and effect",
        "base-rate": "how often something happens",
        "definition": "a definition",
        "inference": "a conclusion",
        "value": "a value judgement",
    }
)
STANCE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "asserts": "reported, and agreed with by the author",
        "rejects": "reported, and rejected by the author",
        "concedes": "reported, and conceded by the author",
    }
)
MOVES: Mapping[str, str] = MappingProxyType(
    {
        "whataboutism": "answers a charge by naming somebody else's fault",
        "no-true-scotsman": "strikes the awkward cases off the list",
        "double-standard": "asks of one side what it does not ask of the other",
        "synecdoche": "lets a part speak for the whole",
        "loaded-word": "a word that judges while it names",
        "against-the-source": "goes against the teller and not the tale",
        "ad-hominem": "goes against the person",
        "superlative": "the most or the least of all",
        "cherry-picked-window": "the years are chosen to suit",
    }
)
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "subject": "judged",
        "member": "a member of the group judged",
        "opponent": "set against",
        "peer": "compared with",
        "other": "not compared with",
        "typical": "the typical one",
    }
)
BY_WORDS: Mapping[str, str] = MappingProxyType({"rule": "found by a rule", "model": "found by a language model"})


def percent(share: float | None) -> str:
    r"""A share in whole per cent; never rounded up to all or down to none.

    >>> percent(0.474), percent(0.999), percent(0.001)
    ('47\xa0%', 'over 99\xa0%', 'under 1\xa0%')
    """
    if share is None:
        return "not known"
    return share_in_percent(share)


def number(value: float | None) -> str:
    """A figure as a reader would write it: three significant digits, thousands apart.

    >>> number(-1234.5), number(0.04567), number(61.0)
    ('−1,234', '0.0457', '61')
    """
    if value is None or not math.isfinite(value):
        return DASH
    size = abs(value)
    if size >= 1000 or value == int(value):
        text = f"{round(size):,}"
    else:
        digits = max(0, 2 - math.floor(math.log10(size))) if size else 0
        text = f"{size:.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{MINUS}{text}" if value < 0 and text != "0" else text


def years(pair: tuple[int, int] | None) -> str:
    """Two years as a reader would write them."""
    if pair is None:
        return "none"
    start, end = pair
    return str(start) if start == end else f"{start}{DASH}{end}"


def span(low: float | None, high: float | None) -> str:
    """A range of people or figures, whole numbers in full."""
    if low is None and high is None:
        return DASH
    if low is None or high is None:
        return f"{'up to' if low is None else 'at least'} {whole(high if low is None else low)}"
    return whole(low) if low == high else f"{whole(low)} to {whole(high)}"


def whole(value: float | None) -> str:
    """A count of people in full digits."""
    return DASH if value is None else f"{round(value):,}"


def plain(code: str) -> str:
    """A code such as ``famine-deaths`` in words; a phrase is left as it is."""
    return code if " " in code else code.replace("-", " ").replace("_", " ")


def reason(code: str) -> str:
    """Why something could not be judged, in words."""
    return REASONS.get(code, code.replace("_", " "))


def rule(name: str) -> str:
    """A rule's name, in words."""
    key = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower().replace("_", "-").replace(" ", "-")
    return RULES.get(key, name)


def kind(name: str) -> str:
    """What sort of claim it is, in words."""
    return KINDS.get(name, name)


def voice(name: str, stance: str | None) -> str:
    """Whose claim it is."""
    if name == "reported":
        return STANCE_WORDS.get(stance or "", "reported by the author")
    return "the author's own"


def by(name: str) -> str:
    """Who found the claim in the text: a person, a rule or a model, with a name where there is one."""
    who, _, called = name.partition(" ")
    said = BY_WORDS.get(who, "marked by a person")
    return f"{said} ({called})" if called else said


def move(name: str) -> str:
    """A turn of argument that is worth a second look, in words."""
    return MOVES.get(name, name.replace("-", " "))


def role(name: str) -> str:
    """What a unit is here for."""
    return ROLES.get(name, name)


def claim_verdict(verdict: str) -> str:
    """The verdict as a full sentence about the claim."""
    text = verdict.strip()
    return sentence(text if text[:1].isupper() else f"The claim {text}") if text else ""


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    stripped = text.strip()
    if not stripped:
        return ""
    closed = stripped if stripped[-1] in ".!?…\u201d" else f"{stripped}."
    return closed[0].upper() + closed[1:]


def shorten(text: str, limit: int) -> str:
    """The beginning of a text, cut at a word."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"
