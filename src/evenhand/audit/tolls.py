"""“Worse than” between two states or leaders: tolls side by side by author, under each rule of attribution. No score."""

from evenhand.audit.event import KIND_WORDS, counted_words
from evenhand.audit.opening import Opened
from evenhand.audit.wording import listed, place_of
from evenhand.catalog import Catalog, Estimate, Observation, Unit
from evenhand.catalog.heads import people_at
from evenhand.catalog.tolls import WAYS, Part, Range, Way, attributed, counted, larger, total, wholes
from evenhand.model import EventAccount, TollPart, TollRule, Tolls, TollSide

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
    heads = [None if n is None else _per_thousand(toll, n) for toll, n in zip(tolls, people, strict=True)]
    if not all(mine):
        return TollRule(way_words(way), tolls[0], tolls[1], "not-listed", heads[0], heads[1], "not-listed")
    per_head = "unknown" if heads[0] is None or heads[1] is None else larger(heads[0], heads[1])
    return TollRule(way_words(way), tolls[0], tolls[1], larger(tolls[0], tolls[1]), heads[0], heads[1], per_head)


def _per_thousand(toll: Range, people: float) -> Range:
    return 1000 * toll[0] / people, 1000 * toll[1] / people, 1000 * toll[2] / people


ENDINGS = {
    "same": "the two are the same {rules}",
    "authors": "which is the larger depends on the authors taken {rules}",
    "not-listed": "our table lists nothing for one of the two {rules}, which is not to say that there was nothing",
    "unknown": "it is not known, since we have no figure of how many people lived there",
}


def _sentences(rules: tuple[TollRule, ...], units: list[Unit]) -> tuple[str, ...]:
    """Under which of the rules either is the larger, in all and per head; said alike of both."""
    names = [place_of(unit.name, unit.kind) for unit in units]
    endings = {word: f"the toll {name} is the larger {{rules}}, whichever authors are taken"
               for word, name in zip(("first", "second"), names, strict=True)} | ENDINGS  # fmt: skip
    out = []
    for what, words in (("In all", [r.larger for r in rules]), ("Per head", [r.larger_per_head for r in rules])):
        for word, ending in endings.items():
            under = [i + 1 for i, found in enumerate(words) if found == word]
            if under:
                out.append(f"{what}, {ending.format(rules=_numbered(under, len(rules)))}.")
    return tuple(out)


def _numbered(under: list[int], of: int) -> str:
    if len(under) == of:
        return f"under each of the {of} rules"
    return f"under rule {under[0]}" if len(under) == 1 else f"under rules {listed([str(n) for n in under], of)}"
