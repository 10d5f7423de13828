"""Who is judged, and against whom: by the order of the names and the words between them."""

import re
from dataclasses import dataclass
from itertools import pairwise

from evenhand.asking.forms import AT_MOST, MARGIN, TIMES
from evenhand.asking.grammar import grammar
from evenhand.asking.names import Named
from evenhand.asking.wording import Words

OVER = (
    "outperform(?:ed|s)?|outpace[ds]?|outgrow|outgrew|outgrows|outstripped|outdid|trails|trailed|lags behind|lagged behind"
    "|overtook|beat|beats"
)
MARK = re.compile(
    r"\b(?:than|versus|vs|against|compared (?:with|to)|relative to|in (?:contrast|comparison) (?:to|with)|unlike|set against"
    rf"|behind|above|below|exceeded|exceeds|ahead of|beaten by|{OVER}"
    r"|as (?:high|much|many|low|fast|rich|long|great|large|unequal|democratic)?\s*as in|as in|as under|as that (?:of|in)"
    r"|times that of|half that of|half of that of|caught up with|as)\b"
)
WHICH = re.compile(r"\b(?:who|which)\b")
JOINS = re.compile(r"(?:'s?)?[\s,]*(?:and|&)?\s*(?:the |in |under )?")
COMPARE = re.compile(r"\bcompar(?:e|ing)\b")


@dataclass(frozen=True, slots=True)
class Roles:
    """subjects, against: names, in the order of the question. peers: a rule for peers (any, any-region, region, nearest, all).

    region: a part of the world that the peers are said to be in. joined: named with "and". order: the words gave no order.
    """

    subjects: tuple[Named, ...] = ()
    against: tuple[Named, ...] = ()
    peers: str = ""
    region: Named | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class PeersHit:
    id: str
    start: int
    words: str


BEHIND = re.compile(
    r"\b(?:than|against|versus|vs|compared (?:with|to)|as|like|relative to|among(?:st)?(?: the)?|in|of|under)\s+"
    r"(?:that of |those of |in |under |for |the |that in )*$"
)


def find_peers(words: Words) -> PeersHit | None:
    """The rule for peers that the words name; takes them. The longest phrase counts."""
    hits = [(cue.id, hit) for cue in grammar().peers for hit in words.find(cue.pattern)]
    found = [(id_, hit) for id_, hit in hits if _at_a_place(words, id_, hit)]
    if not found:
        return None
    id_, hit = max(found, key=lambda f: (len(f[1][0]), -f[1].start()))
    words.take(hit.start(), hit.end())
    return PeersHit(id_, hit.start(), hit[0])


def _at_a_place(words: Words, id_: str, hit: re.Match[str]) -> bool:
    """Short phrases ("others", "most", "elsewhere") name peers only behind a word that sets one against another."""
    if len(hit[0].split()) > 1 and id_ != "all":
        return True
    before = words.low[: hit.start()]
    behind = BEHIND.search(before)
    if hit[0] == "most":
        return behind is not None and behind[0].split()[0] not in {"the", "of", "in"}
    if hit[0].startswith(("average", "region")):
        return behind is not None and behind[0].split()[0] not in {"the", "of"}
    return behind is not None or hit[0].startswith(("than", "in "))


def find_roles(words: Words, named: list[Named], peers: PeersHit | None, *, bare: bool = False) -> Roles:
    """Gives everybody their part. bare: nothing is said of the figures ("inequality sweden denmark"): two are compared."""
    regions = [n for n in named if n.kind == "region"]
    people = [n for n in named if n.kind != "region"]
    region = next((r for r in regions if people and r.region), None)
    rule = peers.id if peers else ""
    mark = _mark(words, people, [p for p in [peers.start if peers else None] if p is not None])
    if mark is None:
        return _unmarked(words, people, rule, region, bare=bare)
    at, end = mark
    fronted = len(people) > 0 and not any(n.start < at for n in people)
    if fronted and (comma := words.low.find(",", end)) > 0 and any(n.start > comma for n in people):
        after = [n for n in people if end <= n.start < comma]
        return Roles(tuple(n for n in people if n.start > comma), tuple(after), rule, region)
    before = [n for n in people if n.start < at]
    after = [n for n in people if n.start >= at]
    if not before and after:
        return Roles(tuple(after), (), rule, region)
    return Roles(tuple(before), tuple(after), rule, region, joined=_joined(words, before))


def _mark(words: Words, people: list[Named], others: list[int]) -> tuple[int, int] | None:
    """The word that sets one against another: the first with somebody behind it."""
    inside = [m.span() for pattern in (MARGIN, TIMES, AT_MOST) for m in pattern.finditer(words.low)]
    for hit in MARK.finditer(words.low):
        if hit[0] == "than" and any(a <= hit.start() < b for a, b in inside):
            continue
        if any(n.start >= hit.end() for n in people) or any(start >= hit.start() - 1 for start in others):
            if hit[0] == "as" and not _directly_before(words, hit.end(), people):
                continue
            return hit.start(), hit.end()
    return None


def _directly_before(words: Words, end: int, people: list[Named]) -> bool:
    """Does somebody's name follow at once, with others named before?"""
    after = next((n for n in people if n.start >= end), None)
    return (
        after is not None
        and any(n.start < end for n in people)
        and LINK.fullmatch(words.low[end : after.start]) is not None
    )


LINK = re.compile(r"\s*(?:that of |those of |in |under |for )?(?:the )?")


def _unmarked(words: Words, people: list[Named], rule: str, region: Named | None, *, bare: bool) -> Roles:
    if len(people) < 2:
        return Roles(tuple(people), (), rule, region)
    joined = _joined(words, people)
    between = words.low[people[0].end : people[1].start]
    either = re.search(r"\bor\b", between) or WHICH.search(words.low) or COMPARE.search(words.low[: people[1].start])
    asked = either is not None
    if len(people) == 2 and (asked or (bare and not joined)):
        return Roles((people[0],), (people[1],), rule, region)
    return Roles(tuple(people), (), rule, region, joined=joined)


def _joined(words: Words, people: list[Named]) -> bool:
    """Do only "and" and commas stand between all of them?"""
    gaps = [words.low[a.end : b.start] for a, b in pairwise(people)]
    return len(people) > 1 and all(JOINS.fullmatch(gap) for gap in gaps) and "and" in gaps[-1].replace("&", "and")
