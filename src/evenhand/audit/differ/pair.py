"""Two texts of a pair: what does each cite that the other leaves out, and what do both accept?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evenhand.audit.classes import class_of
from evenhand.audit.differ.matching import paired_sides
from evenhand.audit.differ.result import Cited, PairDiff, Shared
from evenhand.audit.differ.twice import Opened
from evenhand.audit.wording import mid_sentence
from evenhand.case import Claim
from evenhand.catalog import Catalog
from evenhand.model import BadInputError

KINDS = {"figure": 0, "event": 1, "class": 2, "source": 3}
BETTER = {
    ("higher", "up"): "better",
    ("higher", "down"): "worse",
    ("lower", "up"): "worse",
    ("lower", "down"): "better",
}
ENDS = (("better", "worse"), ("up", "down"), ("happened", "denied"), ("never", "always"), ("more-often", "less-often"))
OPPOSITE = {pair for one, other in ENDS for pair in ((one, other), (other, one))}
TURNED = {"less", "least"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that one claim cites. says: what it says of it; owns: whether the text stands by that."""

    kind: str
    id: str
    name: str
    claim: str
    says: str
    owns: bool


def diff_pair(first: Opened, second: Opened) -> PairDiff:
    """What each cites: what its claims are opened to, units by concepts, events, classes, sources. Nothing is audited."""
    mine, theirs = (_by_thing(one) for one in (first, second))
    shared = [_shared(mine[key], theirs[key]) for key in sorted(mine.keys() & theirs.keys(), key=_order)]
    sides = tuple(
        a.name if a.name == b.name else f"{a.name} / {b.name}" for a, b in paired_sides(first.case, second.case)
    )
    return PairDiff(
        first.name, second.name, first.case.title, second.case.title, _only(mine, theirs), _only(theirs, mine),
        tuple(s for s in shared if s.agree == "yes"), tuple(s for s in shared if s.agree == "no"),
        tuple(s for s in shared if s.agree == ""), sides,
    )  # fmt: skip


def _order(key: tuple[str, str]) -> tuple[int, str]:
    return KINDS[key[0]], key[1]


def _by_thing(opened: Opened) -> dict[tuple[str, str], list[Mention]]:
    out: dict[tuple[str, str], list[Mention]] = {}
    for claim in opened.case.claims:
        for mention in _mentions(claim, opened):
            out.setdefault((mention.kind, mention.id), []).append(mention)
    return out


def _mentions(claim: Claim, opened: Opened) -> Iterator[Mention]:
    owns = claim.voice == "author" or claim.stance in {"asserts", "concedes"}
    catalog = opened.catalog
    if claim.open is not None:
        measure = catalog.measure(claim.open.measure)
        says = _says(claim, catalog)
        for who in filter(None, (claim.open.subject.unit, claim.open.subject.group, *claim.open.subject.units)):
            yield Mention(
                "figure",
                f"{who} {measure.concept}",
                f"{_who(who, catalog)}: {mid_sentence(measure.name)}",
                claim.id,
                says,
                owns,
            )
        against = claim.open.against
        for who in filter(None, (against.unit, against.group) if against else ()):
            name = f"{_who(who, catalog)}: {mid_sentence(measure.name)}"
            yield Mention("figure", f"{who} {measure.concept}", name, claim.id, "", owns)
    if claim.figure is not None:
        measure, who = catalog.measure(claim.figure.measure), claim.figure.unit
        name = f"{_who(who, catalog)}: {mid_sentence(measure.name)}"
        says = f"{claim.figure.stated} in {claim.figure.year}"
        yield Mention("figure", f"{who} {measure.concept}", name, claim.id, says, owns)
    if claim.event is not None:
        says = "denied" if (claim.event.says == "denied") == owns else "happened"
        yield Mention("event", claim.event.id, catalog.event(claim.event.id).name, claim.id, says, owns=True)
    if claim.klass is not None:
        yield Mention("class", claim.klass.group, class_of(claim.klass.group, opened.case, catalog).name, claim.id,
                      claim.klass.says or "", owns)  # fmt: skip
    for source in dict.fromkeys([*claim.cites, *([claim.tie.source] if claim.tie else [])]):
        yield Mention("source", source, _citation(source, opened), claim.id, "", owns)


def _says(claim: Claim, catalog: Catalog) -> str:
    """A comparison boiled down to what another text can deny: did well or did badly, against whom."""
    opened = claim.open
    if opened is None:
        return ""
    measure, form = catalog.measure(opened.measure), opened.form
    way = ("down" if form.direction == "up" else "up") if form.name in TURNED else form.direction
    plain = {"rose": "up", "fell": "down"}.get(form.name, way)
    word = BETTER.get((measure.better, plain), plain)
    if form.name in {"same", "at-most", "none"}:
        word = {"same": "about the same", "at-most": f"no more than so much {word}", "none": f"none {word}"}[form.name]
    years = f", {opened.window.start} to {opened.window.end}" if opened.window else ""
    if opened.against is None:
        return f"{word}{years}"
    against = opened.against
    whom = against.unit or against.group or (against.peers.group or against.peers.rule if against.peers else "")
    known = {"all": "all others", "region": "its region", "nearest": "those nearest to it", "list": "those listed"}
    return f"{word} {'as' if form.name == 'same' else 'than'} {known.get(whom) or _who(whom, catalog)}{years}"


def _who(id_: str, catalog: Catalog) -> str:
    try:
        return catalog.group(id_).name if catalog.has_group(id_) else catalog.unit(id_).name
    except BadInputError:
        return id_


def _citation(source: str, opened: Opened) -> str:
    own = next((one.citation for one in opened.case.sources if one.id == source), None)
    return own or opened.catalog.source(source).citation


def _only(
    mine: dict[tuple[str, str], list[Mention]], theirs: dict[tuple[str, str], list[Mention]]
) -> tuple[Cited, ...]:
    left = sorted(mine.keys() - theirs.keys(), key=_order)
    return tuple(Cited(kind, id_, mine[kind, id_][0].name, _ids(mine[kind, id_])) for kind, id_ in left)


def _ids(mentions: list[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.claim for mention in mentions))


def _shared(mine: list[Mention], theirs: list[Mention]) -> Shared:
    """Both accept what both say and stand by; they part where one turns round what the other says, or rejects it."""
    said, there = ({(m.says, m.owns) for m in group if m.says} for group in (mine, theirs))
    both = sorted({says for says, owns in said if owns} & {says for says, owns in there if owns})
    agree: Literal["yes", "no", ""] = ""
    if both and mine[0].kind != "source":
        agree = "yes"
    elif any(_turned(one, other) for one in said for other in there):
        agree = "no"
    return Shared(
        mine[0].kind, mine[0].id, mine[0].name, _ids(mine), _ids(theirs), agree, _told(mine, both), _told(theirs, both)
    )


def _turned(one: tuple[str, bool], other: tuple[str, bool]) -> bool:
    if one[0] == other[0]:
        return one[1] != other[1]
    (mine, said), (theirs, there) = (_split(one[0]), _split(other[0]))
    return (mine, theirs) in OPPOSITE and said == there and one[1] == other[1]


def _split(says: str) -> tuple[str, str]:
    """The word that another can turn round, and the rest, which must be the same."""
    found = re.match(r"[\w-]+", says)
    return (found[0], says[found.end() :]) if found else (says, "")


def _told(mentions: list[Mention], both: list[str]) -> str:
    said = both or list(dict.fromkeys(f"{m.says}{'' if m.owns else ' (rejected)'}" for m in mentions if m.says))
    return ", ".join(said)
