"""Reads a question: who, against whom, by what measure, in which years, and what is said of the figures.

Every word is either read or asked about: what nobody has read at the end is a question back, never dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evenhand.asking import coverage, refusing
from evenhand.asking.forms import AT_LEAST_AS, OWN_RECORD, Said, direction_of, form_of, loosely_read, negated, read_form
from evenhand.asking.grammar import grammar
from evenhand.asking.lacking import lacks
from evenhand.asking.measures import MeasureHit, find_measures, measures_of
from evenhand.asking.names import Named, find_groups, find_names
from evenhand.asking.roles import PeersHit, Roles, find_peers, find_roles
from evenhand.asking.spelling import mended
from evenhand.asking.understood import NotUnderstoodError, Understood
from evenhand.asking.wording import FRAMES, LONGEST, Words, words_of
from evenhand.asking.years import Years, read_years
from evenhand.catalog import Catalog
from evenhand.model import Form

SHARE_OF = re.compile(
    r"\bas (?:a )?(?:share|percentage|proportion|per cent|percent) of (?:gdp|the economy|output|national income)\b"
)


@dataclass(slots=True)
class Parts:
    """What was found in a question, before it is put together."""

    words: Words
    years: Years
    hits: list[MeasureHit]
    peers: PeersHit | None
    named: list[Named]
    said: Said
    notes: list[str]


def understand(question: str, catalog: Catalog) -> Understood:
    """How is a question understood? Raises NotUnderstoodError with the reason where it cannot be asked of figures."""
    words = words_of(question)
    if not words.said:
        raise NotUnderstoodError("unclear", "the question is empty", hint=refusing.EXAMPLE)
    if len(words.said) > LONGEST:
        raise NotUnderstoodError(
            "unclear", f"a question has {LONGEST} letters at most, and this has {len(words.said)}",
            hint="for a whole text: evenhand draft TEXT",
        )  # fmt: skip
    refusing.kinds(words)
    words, notes = mended(words, catalog)
    return _together(_parts(words, list(notes), catalog), question.strip(), catalog)


def _parts(words: Words, notes: list[str], catalog: Catalog) -> Parts:
    for pattern in (*FRAMES, SHARE_OF):
        for hit in words.find(pattern):
            words.take(hit.start(), hit.end())
    years = read_years(words)
    grouped = find_groups(words, catalog)
    hits = find_measures(words, catalog)
    if not hits:
        named = find_names(words, catalog, years.start)
        raise refusing.without_measure(words, named, years, catalog)
    for hit in words.find(grammar().filler_phrases):
        words.take(hit.start(), hit.end())
    peers = find_peers(words)
    named = sorted([*grouped, *find_names(words, catalog, None)], key=lambda one: one.start)
    named = [_in_years(one, years, catalog) for one in named]
    said = read_form(words, hits, single_year=years.single)
    notes += [one.note for one in named if one.note]
    if len({hit.cue.measures for hit in hits}) == 1:
        notes += [f"“{words.said[hit.start : hit.end]}” {hit.cue.note}" for hit in hits if hit.cue.note]
    return Parts(words, years, hits, peers, named, said, notes)


def _in_years(one: Named, years: Years, catalog: Catalog) -> Named:
    """Whom the name meant in the years of the question: at their start, in their middle and at their end."""
    if one.kind != "unit" or not one.ids:
        return one
    first, last = years.start, years.end
    moments = {y for y in (first, last) if y is not None}
    if first is not None and last is not None:
        moments.add((first + last) // 2)
    names = {one.words} if catalog.names.units_named(one.words) else {catalog.unit(id_).name for id_ in one.ids}
    ids: dict[str, None] = {}
    for name in names:
        asked: list[int | None] = [*sorted(moments)] or [None]
        for moment in asked:
            found = catalog.names.units_named(name, moment)
            ids |= dict.fromkeys(id_ for id_ in found if catalog.unit(id_).kind != "leader")
    through = [id_ for id_ in ids if moments and all(catalog.unit(id_).lived(moment, moment) for moment in moments)]
    return replace(one, ids=tuple(through or ids) or one.ids)


def _together(parts: Parts, question: str, catalog: Catalog) -> Understood:
    """Puts the parts together, and refuses what cannot be asked."""
    words, said = parts.words, parts.said
    if turning := negated(words):
        raise NotUnderstoodError(
            "unclear",
            f"“{turning}” turns the question round",
            hint="ask it without: whether it rose, fell, was more or less",
        )
    if edge := AT_LEAST_AS.search(words.low):
        raise NotUnderstoodError(
            "unclear",
            f"“{edge[0]}” counts ties, too",
            hint="ask whether it was more, or give a number: at most 5 years more",
        )
    if record := OWN_RECORD.search(words.low):
        raise NotUnderstoodError(
            "unclear", f"“{record[0]}” compares years of one and the same", hint="ask whether it rose or fell"
        )
    measures, broad = measures_of(parts.hits, catalog)
    if not measures:
        raise refusing.two_measures(parts.hits)
    if len(parts.years.windows) > 1 or parts.years.stray:
        told = " and ".join([*(f"{a} to {b}" for a, b in parts.years.windows), *map(str, parts.years.stray)])
        raise NotUnderstoodError(
            "several", f"it speaks of {told}: two comparisons at once", hint="ask one after the other"
        )
    roles = find_roles(words, parts.named, parts.peers, bare=not (said.way or said.amount))
    if said.amount == "same" and len(roles.subjects) == 2 and not (roles.against or roles.peers):
        roles = replace(roles, subjects=roles.subjects[:1], against=roles.subjects[1:], joined=False)
    refusing.names(words, roles, parts.named, catalog, _beside(measures))
    roles = _without_states_of_leaders(roles, catalog)
    refusing.roles(roles)
    subjects, against = _ids(roles.subjects), _against(roles, said)
    leader = bool(subjects) and catalog.unit(subjects[0]).kind == "leader" if _is_unit(subjects, catalog) else False
    if leader and (parts.years.start is not None or parts.years.end is not None):
        raise refusing.leader_years(subjects[0], catalog)
    if said.conflict:
        raise refusing.both_ways(said.conflict)
    measure = _measure(measures, subjects, against, parts.years, leader=leader, catalog=catalog)
    refusing.toll_measure(catalog.measure(measure))
    _check_ratio(said, measure, catalog)
    alone = not against and not said.amount
    better = catalog.measure(measure).better
    made = form_of(said, better, alone=alone)
    form, rule = made or (Form("more"), "level" if said.level else "change")
    form, against = _most(form, roles, against, level=rule == "level")
    window = None if leader else _window(parts.years, measure, subjects, against, catalog, level=rule == "level")
    understood = Understood(
        question, subjects, measure, form, against, window, rule, leader, tuple(dict.fromkeys(parts.notes)), (),
        tuple(dict.fromkeys(measures)),
    )  # fmt: skip
    broad = broad and len(_concepts(measures, catalog)) > 1
    return lacks(
        understood, words, catalog, broad=broad, said=direction_of(said, better) is not None,
        loose=loosely_read(words), peers=bool(against) or form.name in {"rose", "fell"}, beside=_beside(measures),
        years=(None if parts.years.single else parts.years.start, parts.years.end),
    )  # fmt: skip


def _measure(
    measures: tuple[str, ...], subjects: tuple[str, ...], against: tuple[str, ...], years: Years, *, leader: bool,
    catalog: Catalog,
) -> str:  # fmt: skip
    """The measure that has figures in those years; years outside all figures are refused."""
    units = tuple(u for u in (*subjects, *against) if _is_unit((u,), catalog) and catalog.unit(u).kind != "leader")
    if leader or not units:
        return measures[0]
    end = None if years.to_last else years.end
    measure = coverage.measure_with_figures(measures, units, years.start, end, catalog)
    coverage.shared_years(measure, units, catalog)
    coverage.check_years(measure, units, years.start, end, catalog)
    return measure


def _check_ratio(said: Said, measure: str, catalog: Catalog) -> None:
    known = catalog.measure(measure)
    if said.ratio is not None and said.ratio < 1:
        raise NotUnderstoodError(
            "unclear",
            "a fraction of another's figure cannot be asked",
            hint="ask it the other way round: twice as high",
        )
    if said.ratio is not None and known.scale not in {"ratio", "count", "share"}:
        raise NotUnderstoodError(
            "unclear",
            f"{known.name} has no true zero, so nothing is so many times as high",
            hint="ask whether it was higher",
        )
    if said.percent:
        raise NotUnderstoodError(
            "unclear", "so many per cent more: of what?", hint=f"give a margin in the measure's own unit: {known.unit}"
        )


def _without_states_of_leaders(roles: Roles, catalog: Catalog) -> Roles:
    """ "Under Franco, Spain's income grew": the leader is judged, and the state is only where."""

    def side(people: tuple[Named, ...]) -> tuple[Named, ...]:
        states = {s for n in people if n.kind == "leader" and len(n.ids) == 1 for s in catalog.unit(n.ids[0]).part_of}
        states |= {kin for state in states for kin in catalog.kin(state)}
        return tuple(n for n in people if not (n.kind == "unit" and n.ids and set(n.ids) <= states))

    return replace(roles, subjects=side(roles.subjects), against=side(roles.against))


def _ids(named: Sequence[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.ids[0] for one in named if one.ids))


def _is_unit(ids: tuple[str, ...], catalog: Catalog) -> bool:
    return bool(ids) and all(any(unit.id == id_ for unit in catalog.units()) for id_ in ids)


def _against(roles: Roles, said: Said) -> tuple[str, ...]:
    """The ids of those named, or a rule for peers."""
    if roles.against:
        return _ids(roles.against)
    if roles.region is not None and not roles.peers.startswith("any"):
        return ("region",)
    rules = {"any": "all", "any-region": "region"}
    if roles.peers:
        return (rules.get(roles.peers, roles.peers),) if roles.region is None else ("region",)
    superlative = said.amount == "among" or (said.level and said.amount in {"most", "least"})
    return ("all",) if superlative else ()


def _most(form: Form, roles: Roles, against: tuple[str, ...], *, level: bool) -> tuple[Form, tuple[str, ...]]:
    """ "than any other": first of them all."""
    if roles.peers.startswith("any") and not roles.against:
        if form.name == "more":
            return replace(form, name="most"), against
        if form.name == "less" and not level:
            return replace(form, name="least"), against
    return form, against


def _window(
    years: Years, measure: str, subjects: tuple[str, ...], against: tuple[str, ...], catalog: Catalog, *, level: bool
) -> tuple[int, int] | None:  # fmt: skip
    """The window; None where a year is missing. "since": to the last year with figures."""
    start, end = years.start, years.end
    if years.to_last and start is not None:
        units = tuple(u for u in (*subjects, *against) if _is_unit((u,), catalog))
        last = (
            coverage.shared_years(measure, units, catalog).last if units else int(catalog.figures(measure).year.max())
        )
        end = last
    if start is None or end is None:
        return None
    if start > end or (start == end and not level and not years.single):
        raise NotUnderstoodError(
            "years", f"{start} to {end} is no span of years", hint="give an earlier and a later year: 1960 to 1990"
        )
    return (start, end) if level or start < end else None


def _concepts(measures: Sequence[str], catalog: Catalog) -> set[str]:
    return {catalog.measure(m).concept for m in measures}


def _beside(measures: Sequence[str]) -> frozenset[str]:
    return frozenset(word for m in measures for word in grammar().beside.get(m, ()))
