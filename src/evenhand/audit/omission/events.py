"""The catalogued events that a side's units are held responsible for, at home or abroad, and whether the text mentions them."""

from collections.abc import Iterable, Mapping, Sequence

from evenhand.audit.event import KIND_WORDS, counted_words
from evenhand.audit.omission.members import Spell, owners, spells
from evenhand.case import Case, Side
from evenhand.catalog import MASS_DEATH, Catalog, Event, people_of
from evenhand.catalog.tolls import wholes
from evenhand.model import EventAccount
from evenhand.model.omission import EventMention, HeldEvent, SideEvents
from evenhand.text.mentions import Search, Sought, search

HOW = {"name": "name", "place and year": "place-and-year", "place and kind": "place-and-kind"}
HOW_SOUGHT = (
    "An event counts as mentioned where a claim of the casefile is about it; where the text has one of its names; where one "
    "sentence has its place (or a word that only this event's names have), a year of it, and a word for its kind or, where it "
    "has none for another kind, for the dead; or where one sentence without any year has such a word of its own and a word "
    "for its kind. The words that were found stand beside each, so that you can check. Pronouns and hints are not understood. "
    "The same for every side."
)
NAMES_ONLY = (
    "An event counts as mentioned where a claim of the casefile is about it, or where the text has one of its names. For the "
    "language of this text we have no list of words for kinds of events, so that places and years were not looked for."
)
LONGEST = 280


def side_events(
    case: Case, catalog: Catalog, years: tuple[int, int], deaths_from: int
) -> tuple[tuple[SideEvents, ...], str]:
    """For every side its events in the window, and in words how mentions were looked for."""
    held = [(side, _held(side, catalog, years)) for side in case.sides]
    wanted = {event.id: event for _, events in held for event, _ in events}
    found = search(case.document.text, [sought(e, catalog) for e in catalog.events()], case.text.language)
    mentions = {id_: _mention(id_, case, found) for id_ in {*wanted, *(e.id for e in catalog.events())}}
    nested = wholes((row.event, row.part_of) for row in catalog.tables.nested_events)
    out = []
    for side, events in held:
        listed = [(e, by) for e, by in events if _largest(e) >= deaths_from]
        shown = [_shown(e, by, catalog, case, mentions, found, nested) for e, by in listed]
        below = sum(MASS_DEATH <= _largest(e) < deaths_from for e, _ in events)
        missing = tuple(e for e in shown if e.mention is None)
        out.append(SideEvents(side.id, side.name, missing, tuple(e for e in shown if e.mention is not None), below))
    return tuple(out), HOW_SOUGHT if found.words_known else NAMES_ONLY


def sought(event: Event, catalog: Catalog) -> Sought:
    """What an event is looked for by: all its names, and all names of the places where it happened."""
    places = [name for unit in map(catalog.unit, event.place) for name in (unit.name, *unit.other_names)]
    names = (event.name, *event.other_names)
    return Sought(event.id, names, tuple(dict.fromkeys(places)), event.kind, event.start, event.end)


def unattributed(case: Case, catalog: Catalog, years: tuple[int, int]) -> tuple[str, ...]:
    """Events of the window in the lands of any side that nobody in the catalogue is held responsible for, by name."""
    lands = {spell.unit for side in case.sides for spell in spells(side, catalog)}
    return tuple(
        e.name for e in _in_order(catalog.events()) if not e.responsible and lands & set(e.place) and _meets(e, *years)
    )


def _held(side: Side, catalog: Catalog, years: tuple[int, int]) -> list[tuple[Event, tuple[Spell, ...]]]:
    """The events of the window for which units of the side are held responsible, with the spells by which they are."""
    mine: dict[str, list[Spell]] = {}
    for spell in spells(side, catalog):
        mine.setdefault(spell.unit, []).append(spell)
    out = []
    for event in _in_order(catalog.events()):
        units = dict.fromkeys(owner.id for responsible in event.responsible for owner in owners(catalog, responsible))
        leaders = [s for s in mine if catalog.unit(s).kind == "leader" and set(catalog.unit(s).part_of) & set(units)]
        by = [
            spell
            for unit in (*units, *leaders)
            for spell in mine.get(unit, ())
            if _meets(event, max(years[0], spell.start), min(years[1], spell.end))
        ]
        if by:
            out.append((event, tuple(by)))
    return out


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda e: (e.start, e.id))


def _meets(event: Event, first: int, last: int) -> bool:
    return max(event.start, first) <= min(event.end, last)


def _largest(event: Event) -> int:
    return max((e.largest for e in event.estimates), default=0)


def _mention(id_: str, case: Case, found: Search) -> EventMention | None:
    """A claim about it goes first, then what the text's own words say."""
    claim = next((c for c in case.claims if c.event is not None and c.event.id == id_), None)
    if claim is not None:
        return EventMention("claim", (), _flat(claim.quote), claim.id)
    seen = found.mentions.get(id_)
    if seen is None:
        return None
    how = HOW[seen.how]
    return EventMention(how, seen.matched, _flat(case.document.text[seen.start : seen.end]))  # type: ignore[arg-type]


def _flat(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _shown(
    event: Event, by: Sequence[Spell], catalog: Catalog, case: Case, mentions: Mapping[str, EventMention | None],
    found: Search, nested: Mapping[str, frozenset[str]],
) -> HeldEvent:  # fmt: skip
    def names(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(catalog.unit(u).name for u in ids)

    own = _without_stand_ins(dict.fromkeys(spell.unit for spell in by), event, catalog)
    called = {u: _called(u, event, catalog) for u in own}
    core = {spell.unit for spell in by if spell.core}
    states = {s for u in own for s in (catalog.unit(u).part_of if catalog.unit(u).kind == "leader" else (u,))}
    ground = states | {kin for state in states for kin in catalog.kin(state)}
    others = [u for u in event.responsible if not {o.id for o in owners(catalog, u)} & (own.keys() | states)]
    wider, mention = sorted(nested.get(event.id, ())), mentions[event.id]
    near = found.nearest.get(event.id) if mention is None else None
    related = [*wider, *(part for part, above in nested.items() if event.id in above)]
    return HeldEvent(
        event.id, event.name, KIND_WORDS[event.kind], event.start, event.end, names(event.place), tuple(called.values()),
        tuple(name for u, name in called.items() if u not in core), names(others), not ground & set(event.place),
        tuple(catalog.event(e).name for e in wider), _accounts(event, catalog),
        catalog.in_words(" ".join(event.attributions)), mention,
        _flat(case.document.text[near[0] : near[1]]) if near else "",
        tuple(catalog.event(e).name for e in related if mentions.get(e) is not None),
    )  # fmt: skip


def _called(unit: str, event: Event, catalog: Catalog) -> str:
    """Who is held responsible, by name: where it is a leader's state, or a state whose heir this is, that is said."""
    found = catalog.unit(unit)
    if unit in event.responsible:
        return found.name
    held = [catalog.unit(r) for r in event.responsible]
    if found.kind == "leader":
        states = [state.name for state in held if state.id in found.part_of]
        return f"{' and '.join(states)} under {found.name}" if states else found.name
    whose = [one.name for one in held if found.id in {o.id for o in owners(catalog, one.id)}]
    return f"{' and '.join(whose)} (for which {found.name} stands)"


def _accounts(event: Event, catalog: Catalog) -> tuple[EventAccount, ...]:
    """Every author's estimate, in all and of every 1,000 who lived there; never one range over all."""
    people = people_of(catalog, event)
    return tuple(
        EventAccount(e.author, e.year, counted_words(e.counted), e.low, e.central, e.high, e.evidence, e.source,
                     catalog.source(e.source).kind, people.per_thousand(e) if people else "")
        for e in event.estimates
    )  # fmt: skip


def _without_stand_ins(own: Mapping[str, None], event: Event, catalog: Catalog) -> dict[str, None]:
    """An heir is not named beside the state that it stands for, where both are of the side."""
    direct = {u for u in own if u in event.responsible or catalog.unit(u).kind == "leader"}
    return dict.fromkeys(u for u in own if u in direct) if direct else dict(own)
