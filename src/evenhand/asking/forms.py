"""What a question says of the figures: rose or fell, by more or by less, higher or lower, by at least so much."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from evenhand.asking.grammar import Cue, grammar
from evenhand.asking.measures import MeasureHit
from evenhand.asking.wording import Words
from evenhand.model import Form, FormName
from evenhand.text.figures import figures

Way = Literal["up", "down", "better", "worse", ""]
NUMBER = r"\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten"
TIMES = re.compile(
    rf"\b(?:at least |more than |over )?(?P<n>twice|half|(?:{NUMBER}) times)(?: as| the)?"
    r"(?: (?:high|much|many|great|large|rich|long|fast|big|unequal|low))?(?: as)?\b"
)
AT_MOST = re.compile(rf"\b(?:by )?(?:at most|at the most|up to|less than) (?={NUMBER})")
LOOSE = re.compile(
    r"\b(?:doubl(?:ed?|es|ing)|halv(?:ed?|es|ing)|tripl(?:ed?|es|ing)|trebl(?:ed?|es|ing)|quadrupled?)\b"
    rf"|\b(?:nearly|almost|about|around|roughly|some|exactly|only|just) (?=twice|half|(?:{NUMBER}) times|\d|(?:{NUMBER}) )"
)
"""Words that say how much, or how nearly: read as a rise, a fall, or "at least", and asked about."""
AT_LEAST_AS = re.compile(rf"\bat (?:least|most) as\b|\bat most\b(?! (?:{NUMBER})\b)")
MOVES = "falls?|drops?|declines?|rises?|gains?|increases?|decreases?|reductions?|growth|improvements?|cuts?"
SIZE = re.compile(
    rf"\b(?P<a>bigger|larger|greater|higher|sharper|smaller|lesser|lower|slighter) (?:{MOVES})\b"
    rf"|\b(?:{MOVES})\b[^,.;]{{0,80}}?\b(?:was|were|is|are|has been) (?P<b>bigger|larger|greater|higher|smaller|lower|slighter)\b"
)
"""A rise or a fall that is bigger or smaller: by more, or by less."""
SUPERLATIVE = re.compile(rf"\b(biggest|largest|greatest|highest|steepest|smallest|lowest|slightest) (?:{MOVES})\b")
SMALL = frozenset({"smaller", "lesser", "lower", "slighter"})
OWN_RECORD = re.compile(r"\b(?:its|their|his|her) (?:highest|lowest|best|worst|greatest|largest|smallest)\b")
MARGIN = re.compile(
    rf"\b(?:by )?(?:at least |more than |over )?(?P<n>{NUMBER}|twenty|thirty|fifty) "
    r"(?P<unit>percentage points|points|per cent|percent|%|years|deaths|cm|centimetres|dollars|index points) "
    r"(?P<way>more|less|higher|lower|fewer)\b"
)
COPULA = re.compile(r"\b(?:was|is|were|are|had|has|have|stood|stands|been)\b")
TURNING = re.compile(
    r"\b(?:became|become|becomes|becoming|grew|grow|grows|grown|growing|got|get|gets|gotten|getting|turned|made)\b"
)
GREW = re.compile(r"\b(?:grew|grow|grows|grown|growing|growth)\b")
INSIDE = {"more": "more", "less": "less", "fewer": "less"}
"""Amounts that stand inside the words of a measure: "spends less on arms"."""
OUTGREW = re.compile(r"\boutgr(?:ew|own|ows)\b")
FAST = re.compile(r"\b(?:faster|fastest|slower|slowest|more quickly|more rapidly|more slowly|quicker)\b")
NOT = re.compile(
    r"\b(?:not|never|no|nor|neither|cannot|without|except|excluding|other than|barely|hardly|failed|fail|fails)\b|n't\b"
)
FLIP: dict[str, Way] = {"up": "down", "down": "up", "better": "worse", "worse": "better", "": ""}


@dataclass(frozen=True, slots=True)
class Said:
    """What a question says of the figures, before anybody is looked up.

    way: of the measure's own figures, or towards what is called better or worse; empty where nothing says it. level: how
    high it stood, and not how it changed. amount: more, less, most, least, among, same, or empty. margin, ratio: at
    least; at_most: at most.
    growth: a rate is meant. conflict: words that point both ways.
    """

    way: Way = ""
    level: bool = False
    amount: str = ""
    margin: float | None = None
    ratio: float | None = None
    growth: bool = False
    conflict: tuple[str, ...] = ()
    percent: bool = False
    at_most: bool = False


def loosely_read(words: Words) -> list[str]:
    """The words that say how much, or how nearly, and are not judged."""
    found = list(LOOSE.finditer(words.low))
    for hit in found:
        words.take(hit.start(), hit.end())
    return list(dict.fromkeys(hit[0].strip() for hit in found))


def negated(words: Words) -> str:
    """The word that turns the question round; empty where there is none. "Didn't it rise?" asks whether it rose."""
    opening = re.match(r"(?:did|is|was|were|are|has|have|does|do)n't\b", words.low)
    for hit in words.find(NOT):
        if opening is None or hit.start() >= opening.end():
            return hit[0]
    return ""


def read_form(words: Words, hits: list[MeasureHit], *, single_year: bool) -> Said:
    """What is said of the figures; takes the words that say it. hits: the words of measures, taken before."""
    said = _numbers(words)
    size = _size(words)
    adjective = next((hit for hit in hits if hit.cue.way), None)
    change = _first(words, grammar().ways)
    amounts = _hits(words, grammar().amounts)
    levels = _hits(words, grammar().levels) if change is None or single_year else []
    turned = sum(hit.cue.turned for hit in hits) % 2 == 1
    growth = bool((GREW.search(words.low) and FAST.search(words.low)) or OUTGREW.search(words.low))
    inside = [INSIDE[w] for hit in hits if not hit.cue.way for w in hit.words.split() if w in INSIDE]
    amount = _amount([*inside, *(id_ for id_, _ in amounts)]) or said.amount or size
    said = replace(said, amount=amount, growth=growth)
    if adjective is not None:
        said = _by_adjective(words, said, adjective, change, single_year=single_year)
    elif change is not None and not (single_year and levels):
        said = replace(said, way=change[0], level=False, conflict=change[1])
    elif levels or single_year or said.amount in {"highest", "lowest"}:
        said = _level(said, levels)
    elif COPULA.search(words.low) and said.amount and hits:
        said = replace(said, level=True, way=said.way or "up")
    if said.amount in {"highest", "lowest"}:
        said = _superlative(words, said, changes=change is not None)
    if said.amount == "among":
        said = _among(words, said, amounts)
    return replace(said, way=FLIP[said.way] if turned and said.way in {"up", "down"} else said.way)


def _superlative(words: Words, said: Said, *, changes: bool) -> Said:
    """ "the highest", "the lowest": of the level; "the greatest rise": of the change. Both at once is asked apart."""
    if not changes:
        return replace(said, amount="most", level=True, way="up" if said.amount == "highest" else "down")
    move = SUPERLATIVE.search(words.low)
    if move is None:
        return replace(said, amount="most", conflict=("how it changed", "how high it stood"))
    return replace(said, amount="least" if move[1] in {"smallest", "lowest", "slightest"} else "most")


def _size(words: Words) -> str:
    """More or less, where a rise or a fall is called bigger or smaller; takes the word."""
    found = SIZE.search(words.low)
    if found is None:
        return ""
    group = "a" if found["a"] else "b"
    words.take(found.start(group), found.end(group))
    return "less" if found[group] in SMALL else "more"


def _by_adjective(
    words: Words, said: Said, hit: MeasureHit, change: tuple[Way, tuple[str, ...]] | None, *, single_year: bool
) -> Said:
    """ "richer", "more unequal", "less democratic": the measure, the way and the amount in one."""
    way: Way = "up" if hit.cue.way == "up" else "down"
    first = hit.words.split()[0]
    if first in {"less", "least"}:
        way = FLIP[way]
    most = first in {"most", "least"} or first.endswith("est")
    amount = (
        "same"
        if first in {"as", "equally"}
        else said.amount
        if said.amount in {"among", "same", "less", "least"}
        else ""
    )
    amount = amount or ("most" if most or said.amount in {"most", "highest"} else "more")
    moved = TURNING.search(words.low) is not None or change is not None
    return replace(
        said, way=way, amount=amount, level=not moved and (single_year or COPULA.search(words.low) is not None)
    )


def _level(said: Said, levels: list[tuple[str, int]]) -> Said:
    named: dict[str, Way] = {"higher": "up", "lower": "down", "better-stood": "better", "worse-stood": "worse"}
    way = named[levels[0][0]] if levels else said.way or "up"
    amount = said.amount or "more"
    if said.amount == "less" and not levels:
        way, amount = FLIP[way], "more"
    return replace(said, way=way, level=True, amount=amount)


def _among(words: Words, said: Said, amounts: list[tuple[str, int]]) -> Said:
    """ "among the most unequal", "one of the lowest"."""
    ids = {id_ for id_, _ in amounts}
    if "lowest" in ids and said.way in {"", "up"} and not said.conflict:
        said = replace(said, way="down")
    level = said.level or bool(COPULA.search(words.low) and {"highest", "lowest", "most"} & ids)
    return replace(said, level=level, way=said.way or "up")


def _numbers(words: Words) -> Said:
    """ "twice as high", "three times as fast", "5 years more", "at most 5 years more"."""
    at_most = next(iter(words.find(AT_MOST)), None)
    if at_most is not None:
        words.take(at_most.start(), at_most.end())
    for hit in words.find(MARGIN):
        n = _value(hit["n"])
        percent = hit["unit"] in {"per cent", "percent", "%"}
        words.take(hit.start(), hit.end())
        way: Way = "down" if hit["way"] in {"lower", "fewer"} else "up" if hit["way"] == "higher" else ""
        return Said(
            amount="more" if hit["way"] != "less" else "less",
            margin=n,
            way=way,
            percent=percent,
            at_most=at_most is not None,
        )
    for hit in words.find(TIMES):
        word = hit["n"]
        n = {"twice": 2.0, "half": 0.5}.get(word) or _value(word.split()[0])
        words.take(hit.start(), hit.end())
        return Said(amount="more", ratio=n)
    return Said()


def _value(word: str) -> float:
    found = figures(f"{word} years")
    return float(found[0].value if found else Fraction(word))


def _hits(words: Words, cues: tuple[Cue, ...], *, verbs: bool = False) -> list[tuple[str, int]]:
    """(cue, place) of all words of some cues; takes them, the longest first. verbs: "lower" after "was" is none."""
    found = [(cue.id, hit.start(), hit.end()) for cue in cues for hit in words.find(cue.pattern)]
    found = [one for one in found if not (verbs and _is_adjective(words.low, one[1]))]
    kept = []
    for id_, start, end in sorted(found, key=lambda f: f[1] - f[2]):
        if words.free(start, end):
            words.take(start, end)
            kept.append((id_, start))
    return sorted(kept, key=lambda hit: hit[1])


def _first(words: Words, cues: tuple[Cue, ...]) -> tuple[Way, tuple[str, ...]] | None:
    """Which way the verbs say; with all of them where they do not agree."""
    hits = _hits(words, cues, verbs=True)
    if not hits:
        return None
    ways = list(dict.fromkeys(id_ for id_, _ in hits))
    if "better" in ways and len(ways) == 2:
        ways = [way for way in ways if way != "better"]
    way: Way = ways[0]  # type: ignore[assignment]
    return way, tuple(ways) if len(ways) > 1 else ()


def _is_adjective(low: str, at: int) -> bool:
    """ "had a lower rate", "was lower": no verb. "lowered", "lower than" after "was"."""
    if not low.startswith("lower", at) or low.startswith(("lowered", "lowers", "lowering"), at):
        return False
    if re.search(r"\b(?:an?|the|much|far|even|any) $", low[:at]):
        return True
    return COPULA.search(low[:at]) is not None or low[at : at + 11].startswith("lower than")


def _amount(ids: list[str]) -> str:
    """The amount that counts, of all that are named: the rarest first."""
    for id_ in ("among", "same", "highest", "lowest", "least", "most", "less", "more"):
        if id_ in ids:
            return id_
    return ""


def form_of(said: Said, better: str, *, alone: bool) -> tuple[Form, str] | None:
    """The form and the rule. better: which way the measure calls better. alone: nobody is set against it.

    None where nothing says which way the figures point.
    """
    direction = direction_of(said, better)
    if direction is None:
        return None
    rule = "level" if said.level else "growth" if said.growth else "change"
    if alone and not said.level and not said.amount:
        return Form("rose" if direction == "up" else "fell", direction=direction), "change"
    if said.at_most and said.margin is not None:
        return Form("at-most", direction=direction, margin=said.margin), rule
    if said.margin is not None or said.ratio is not None:
        return Form("by-at-least", direction=direction, margin=said.margin, ratio=said.ratio), rule
    if said.amount == "same":
        return Form("same", direction=direction, within=5.0, unit="percent"), rule
    names: dict[str, FormName] = {"among": "among-the-most", "most": "most", "least": "least", "less": "less"}
    name = names.get(said.amount, "more")
    if said.level and name in {"less", "least"}:
        return Form("more" if name == "less" else "most", direction="down" if direction == "up" else "up"), rule
    return Form(name, direction=direction), rule


def direction_of(said: Said, better: str) -> Literal["up", "down"] | None:
    """Up or down, for words that say it and for those that say better or worse."""
    if said.way in {"up", "down"}:
        return "up" if said.way == "up" else "down"
    if better == "neither":
        return None
    up = (better == "higher") == (said.way in {"better", ""})
    return "up" if up else "down"
