"""“Worse than” between two states or leaders: tolls side by side by author, under each rule of attribution. No score."""

from evenhand.audit.event import KIND_WORDS, counted_words
from evenhand.audit.opening import Opened
from evenhand.audit.wording import listed, named, place_of
from evenhand.catalog import Catalog, Estimate, Observation, Unit
from evenhand.catalog.heads import people_at
from evenhand.catalog.tolls import (
    WAYS,
    Part,
    Range,
    Way,
    attributed,
    authors_of,
    by_one_author,
    counted,
    larger,
    total,
    wholes,
)  # fmt: skip
from evenhand.model import EventAccount, TollByAuthor, TollPart, TollRule, Tolls, TollSide

MIND = (
    "No total stands for what was done, and none is a score. Authors count different things; a toll that several are held "
    "responsible for stands in full with each; events that nobody counted, or fewer than 100,000 died in, are in no row."
)


def side_by_side(opened: Opened) -> Tolls | None:
    """Everything attributed to the two, by author, and under which rules either is the larger. None without two sides."""
    if opened.opponent is None or opened.is_group:
        return None
    catalog = opened.catalog
    nested = wholes((row.event, row.part_of) for row in catalog.tables.nested_events)
    units = [catalog.unit(opened.column), catalog.unit(opened.opponent)]
    years = [_years(opened, unit) for unit in units]
    parts = [attributed(catalog, unit.id, span, nested) for unit, span in zip(units, years, strict=True)]
    people = [
        people_at(catalog, _state(unit), (span[0] + span[1]) // 2) for unit, span in zip(units, years, strict=True)
    ]
    sides = tuple(
        _side(catalog, unit, span, mine, heads)
        for unit, span, mine, heads in zip(units, years, parts, people, strict=True)
    )
    rules = tuple(_rule(way, parts, [None if p is None else p.value for p in people]) for way in WAYS)
    return Tolls(sides[0], sides[1], rules, _sentences(rules, units), MIND)


def sentence(opened: Opened) -> str:
    """What is shown where a measure of people killed was to be compared: whose deaths, of which years, and no comparison."""
    catalog, window = opened.catalog, opened.window
    when = "in the own years in office" if opened.leaders else f"from {window.start} to {window.end}"
    if opened.is_group:
        return f"Events {when} in “{catalog.group(opened.column).name}”, each with its deaths by author."
    names = [named(catalog.unit(unit).name) for unit in (opened.column, opened.opponent) if unit is not None]
    if len(names) == 1:
        return f"Events {when} that touched or are attributed to {names[0]}, each with its deaths by author."
    return f"Deaths attributed to {names[0]} and to {names[1]} {when}, by author and under each rule of attribution."


def _years(opened: Opened, unit: Unit) -> tuple[int, int]:
    if opened.leaders:
        return unit.start or 0, unit.end or 9999
    return opened.window.start, opened.window.end


def _state(unit: Unit) -> str:
    return unit.part_of[-1] if unit.kind == "leader" else unit.id


def _side(
    catalog: Catalog, unit: Unit, years: tuple[int, int], parts: tuple[Part, ...], people: Observation | None
) -> TollSide:
    value, year = (None, None) if people is None else (people.value, people.start)
    return TollSide(unit.id, unit.name, years[0], years[1], value, year, tuple(_part(catalog, part) for part in parts))


def _part(catalog: Catalog, part: Part) -> TollPart:
    event = part.event
    return TollPart(
        event.id, event.name, KIND_WORDS[event.kind], event.start, event.end, tuple(catalog.unit(u).name for u in event.place),
        tuple(catalog.unit(u).name for u in event.responsible), part.abroad, part.shared,
        tuple(catalog.event(e).name for e in sorted(part.within)), tuple(_account(catalog, e) for e in event.estimates),
    )  # fmt: skip


def _account(catalog: Catalog, e: Estimate) -> EventAccount:
    kind = catalog.source(e.source).kind
    return EventAccount(
        e.author, e.year, counted_words(e.counted), e.low, e.central, e.high, e.evidence, e.source, kind
    )


def way_words(way: Way) -> str:
    """ "counted: killing by the state, famines and blockades; not counted: deaths abroad, wars and what several ..."."""
    named = (
        ("famines and blockades", way.famine), ("wars", way.war), ("deaths abroad", way.abroad),
        ("what others are held responsible for, too", way.shared),
    )  # fmt: skip
    inside, outside = ([word for word, there in named if there is flag] for flag in (True, False))
    told = ["killing by the state", *inside]
    return f"counted: {listed(told)}" + (f"; not counted: {listed(outside)}" if outside else "")


def _rule(way: Way, parts: list[tuple[Part, ...]], people: list[float | None]) -> TollRule:
    mine = [counted(one, way) for one in parts]
    tolls = [total(one) for one in mine]
    heads = _of_heads(tolls, people)
    alone = tuple(_alone(way, parts, people, author) for author in sorted(authors_of(parts[0]) & authors_of(parts[1])))
    if not all(mine):
        return TollRule(way_words(way), tolls[0], tolls[1], "not-listed", heads[0], heads[1], "not-listed", alone)
    per_head = "unknown" if heads[0] is None or heads[1] is None else larger(heads[0], heads[1])
    return TollRule(way_words(way), tolls[0], tolls[1], larger(tolls[0], tolls[1]), heads[0], heads[1], per_head, alone)


def _of_heads(tolls: list[Range], people: list[float | None]) -> list[Range | None]:
    return [None if n is None else _per_thousand(toll, n) for toll, n in zip(tolls, people, strict=True)]


def _alone(way: Way, parts: list[tuple[Part, ...]], people: list[float | None], author: str) -> TollByAuthor:
    """One author's numbers alone: what the rule counts of them, and the events that have none."""
    mine = [counted(by_one_author(one, author), way) for one in parts]
    missing = [_without(counted(one, way), own) for one, own in zip(parts, mine, strict=True)]
    tolls = [total(one) for one in mine]
    heads = _of_heads(tolls, people)
    if all(mine):
        gaps = bool(missing[0]), bool(missing[1])
        words = _whose(tolls[0], tolls[1], gaps), _whose(heads[0], heads[1], gaps)
    else:
        words = "not-listed", "not-listed"
    return TollByAuthor(author, tolls[0], tolls[1], missing[0], missing[1], words[0], heads[0], heads[1], words[1])


def _without(parts: tuple[Part, ...], own: tuple[Part, ...]) -> tuple[str, ...]:
    there = {part.event.id for part in own}
    return tuple(part.event.name for part in parts if part.event.id not in there)


def _whose(one: Range | None, other: Range | None, gaps: tuple[bool, bool]) -> str:
    """Whose is the larger by one author? An event without a number can only add to a toll: one alone may stay the larger."""
    if one is None or other is None:
        return "unknown"
    found = larger(one, other)
    if (found == "first" and not gaps[1]) or (found == "second" and not gaps[0]):
        return found
    if any(gaps):
        return "incomplete"
    return "range" if found == "authors" else found


def _per_thousand(toll: Range, people: float) -> Range:
    return 1000 * toll[0] / people, 1000 * toll[1] / people, 1000 * toll[2] / people


ENDINGS = {
    "same": "the two are the same {rules}",
    "authors": "which is the larger depends on the authors taken {rules}",
    "not-listed": "our table lists nothing for one of the two {rules}, which is not to say that there was nothing",
    "unknown": "it is not known, since we have no figure of how many people lived there",
}

ALONE = {
    "range": "which is the larger depends on the end of the author's own range that is taken {rules}",
    "incomplete": "it stays open {rules}, since there are events without a number by this author",
    "not-listed": "there is no number for one of the two {rules}",
}
NOBODY = "No author gives numbers for both, so that no one author's count can be set against itself."


def _sentences(rules: tuple[TollRule, ...], units: list[Unit]) -> tuple[str, ...]:
    """Under which of the rules either is the larger, in all and per head, by all authors and by each alone; said alike."""
    names = [place_of(unit.name, unit.kind) for unit in units]
    endings = {word: f"the toll {name} is the larger {{rules}}, whichever authors are taken"
               for word, name in zip(("first", "second"), names, strict=True)} | ENDINGS  # fmt: skip
    out = _told("In all", [r.larger for r in rules], endings)
    out += _told("Per head", [r.larger_per_head for r in rules], endings)
    endings |= {
        w: f"the toll {name} is the larger {{rules}}" for w, name in zip(("first", "second"), names, strict=True)
    }
    endings |= ALONE
    for k, author in enumerate(one.author for one in rules[0].by_author):
        whole = [rule.by_author[k].larger for rule in rules]
        heads = [rule.by_author[k].larger_per_head for rule in rules]
        both = whole == heads
        out += _told(f"By {author} alone, in all{' and per head' if both else ''}", whole, endings)
        out += [] if both else _told(f"By {author} alone, per head", heads, endings)
    return (*out, *([] if rules[0].by_author else [NOBODY]))


def _told(what: str, words: list[str], endings: dict[str, str]) -> list[str]:
    under = {word: [i + 1 for i, found in enumerate(words) if found == word] for word in endings}
    return [
        f"{what}, {endings[word].format(rules=_numbered(which, len(words)))}." for word, which in under.items() if which
    ]


def _numbered(under: list[int], of: int) -> str:
    if len(under) == of:
        return f"under each of the {of} rules"
    return f"under rule {under[0]}" if len(under) == 1 else f"under rules {listed([str(n) for n in under], of)}"
