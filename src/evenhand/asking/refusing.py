"""Questions that are refused: each with its reason, what is wrong, and what to ask instead."""

import re
from collections.abc import Collection, Sequence

from evenhand.asking.grammar import grammar
from evenhand.asking.lacking import TURNING, left
from evenhand.asking.measures import MeasureHit
from evenhand.asking.names import Named
from evenhand.asking.roles import MARK, Roles
from evenhand.asking.understood import NotUnderstoodError, Reason
from evenhand.asking.wording import Words
from evenhand.asking.years import Years
from evenhand.audit.wording import listed
from evenhand.catalog import Catalog, Measure
from evenhand.catalog.names import life_of
from evenhand.model import closest_words

EXAMPLE = "ask as in: Cuba (or Costa Rica) cut infant mortality more than comparable countries, 1960 to 1990"
HINTS: dict[Reason, str] = {
    "toll": "the dead are not ranked here; what is known of an event, by author: evenhand data show EVENT (evenhand data list "
    "--events lists them)",
    "event": "who attests it, with every author's estimate: evenhand data show EVENT (evenhand data list --events lists them)",
    "base-rate": "count the class in a casefile: kind: base-rate, with its class (docs/casefile.md)",
    "cause": "figures show what went together, not why; ask whether it rose or fell more than elsewhere, before and after",
    "lookup": "evenhand data show NAME prints its figures; a question here sets them against others’",
    "prediction": "there are no figures of years to come; ask about years that have been",
    "value": "say by what measure, against whom and when: " + EXAMPLE.removeprefix("ask as in: "),
}
WORTH = re.compile(r"\b(?:better|worse|best|worst|good|bad|great|greatest|evil|superior|inferior)\b")
BY = re.compile(
    r"\b(?:better|worse|good|bad)\b.*\b(?:at|in|for|on|with)\s+(?!the world|history|general|fact)(?:[a-z-]+ ?){1,4}$"
)
GOOD_FOR = re.compile(r"\b(?:good|bad|better|worse) for\b")
DID_BETTER = re.compile(r"\b(?:did|does|do|fared?|performed) (?:better|worse)\b")
ENDS = re.compile(r"\b\w{3,}(?:er|iest|est)\b")
MOVES = re.compile(r"\b(?:fewer|more|less|most|least)\b")


def kinds(words: Words) -> None:
    """Refuses what is no comparison of figures. A judgement of worth is looked for where nothing is measured."""
    for cue in grammar().refusals:
        if cue.id != "value" and (hit := cue.pattern.search(words.low)):
            reason: Reason = cue.id  # type: ignore[assignment]
            raise NotUnderstoodError(reason, f"{cue.says} (“{hit[0].strip()}”)", hint=HINTS[reason])


def without_measure(words: Words, named: Sequence[Named], years: Years, catalog: Catalog) -> NotUnderstoodError:
    """Nothing in it is a measure: worth, something outside the catalogue, or nothing at all."""
    value = next(cue for cue in grammar().refusals if cue.id == "value")
    hit = value.pattern.search(words.low) or WORTH.search(words.low)
    if hit and (value.pattern.search(words.low) or not _topic(words)):
        return NotUnderstoodError("value", f"it judges worth, by no measure (“{hit[0]}”)", hint=HINTS["value"])
    moves = any(cue.pattern.search(words.low) for cue in (*grammar().ways, *grammar().levels))
    compares = (moves and (years.start is not None or years.end is not None or MARK.search(words.low) is not None)) or (
        MARK.search(words.low) is not None
        and (ENDS.search(words.low) or MOVES.search(words.low) or "beat" in words.low)
    )
    if not compares:
        near = (
            closest_words(" ".join(left(words, ())), [m.name for m in catalog.measures()], 3) if left(words, ()) else []
        )
        close = f"; closest measures: {', '.join(near)}" if near else ""
        return NotUnderstoodError("unclear", "nothing in it can be asked of figures", hint=EXAMPLE + close)
    return outside(words, named, years, catalog)


def _topic(words: Words) -> bool:
    """Is something said to be better at something? "Better hospitals", "did better in exams"."""
    if GOOD_FOR.search(words.low):
        return False
    if BY.search(words.low.rstrip(" ?.!")):
        return True
    plain = [w for w in left(words, ()) if not WORTH.fullmatch(w.lower())]
    return len(plain) > 3 or (DID_BETTER.search(words.low) is not None and bool(plain))


def outside(words: Words, named: Sequence[Named], years: Years, catalog: Catalog) -> NotUnderstoodError:
    """What figures would answer it, and how to bring them."""
    unread = left(words, ())
    about = f" (“{' '.join(unread[:8])}”)" if unread else ""
    near = closest_words(" ".join(unread), [m.name for m in catalog.measures()], 2) if unread else []
    who = listed([one.words for one in named]) if named else "everybody who is compared"
    when = "the years that it speaks of"
    if years.start is not None or years.end is not None:
        when = " and ".join(str(y) for y in dict.fromkeys((years.start, years.end)) if y is not None)
    hint = (
        f"to answer it takes one figure for {who} and for at least three others (five in all for one against one), in {when}: a "
        'CSV with the columns unit, year, value, then `evenhand data add FILE.csv --new-units --name "WHAT IT MEASURES" '
        "--measure-unit UNIT --better lower` (or higher), or `evenhand data import SOURCE` (owid:…, worldbank:…; `evenhand data "
        "sources` lists some); `evenhand data list` shows what there is" + (f"; closest: {', '.join(near)}" if near else "")
    )  # fmt: skip
    return NotUnderstoodError("outside", f"the catalogue has no figures of what it measures{about}", hint=hint)


def two_measures(hits: Sequence[MeasureHit]) -> NotUnderstoodError:
    told = " and ".join(dict.fromkeys(f"“{hit.words}”" for hit in hits))
    return NotUnderstoodError("two-measures", f"it measures two things at once: {told}", hint="ask one after the other")


def names(words: Words, roles: Roles, named: Sequence[Named], catalog: Catalog, beside: Collection[str]) -> None:
    """Refuses names that mean several, those that mean nobody, and parts of a population."""
    if parts := [w for w in left(words, beside) if w.lower() in grammar().parts]:
        raise NotUnderstoodError(
            "outside",
            f"the catalogue has figures of whole populations, and none for {listed(parts)} alone",
            hint="bring some: a CSV with the columns unit, year, value, and `evenhand data add FILE.csv --name NAME`",
        )
    for one in named:
        if len(one.ids) > 1:
            told = ", ".join(_told(id_, catalog) for id_ in one.ids)
            raise NotUnderstoodError(
                "ambiguous-name", f"“{one.words}” may mean several", hint=f"say which: {told}", candidates=one.ids
            )
    people = [one for one in named if one.kind != "region"]
    for one in named:
        if one.kind == "region" and not _as_peers(one, roles, people, catalog):
            known = ", ".join(sorted({unit.region for unit in catalog.units() if unit.region})[:30])
            raise NotUnderstoodError(
                "unknown-name", f"“{one.words}” is no unit or group of the catalogue" if not one.region or not people
                else f"“{one.words}” is not the region of {people[0].words}",
                hint="name a country, a leader, or a group (evenhand data list --groups), or list a group in a casefile; regions "
                f"of the catalogue, as peers: {known}",
            )  # fmt: skip
    unknown = [w for w in left(words, beside) if w[0].isupper() and words.mixed and not TURNING.fullmatch(w.lower())]
    if words.tokens() and not roles.subjects:
        unknown = unknown or [w for w in left(words, ()) if len(w) > 3][:1]
    if unknown or (not people and not named and left(words, ())):
        raise _unknown(unknown or left(words, ()), catalog)


def _as_peers(one: Named, roles: Roles, people: Sequence[Named], catalog: Catalog) -> bool:
    """Is a part of the world named as peers, and is it the subject's own region in the catalogue?"""
    subjects = [n for n in roles.subjects if n.ids]
    if not one.region or not subjects or roles.against or (subjects[0].start > one.start > 0 and len(people) < 1):
        return False
    regions = set()
    for subject in subjects:
        for id_ in subject.ids:
            if any(unit.id == id_ for unit in catalog.units()):
                unit = catalog.unit(id_)
                regions |= (
                    {catalog.unit(state).region for state in unit.part_of} if unit.kind == "leader" else {unit.region}
                )
    return regions == {one.region}


def _told(id_: str, catalog: Catalog) -> str:
    return f"“{catalog.group(id_).name}”" if catalog.has_group(id_) else life_of(catalog.unit(id_))


def _unknown(unread: Sequence[str], catalog: Catalog) -> NotUnderstoodError:
    name = " ".join(unread[:4])
    close = [*catalog.names.closest(name, 3, kind="unit"), *catalog.names.closest(name, 1, kind="group")]
    hint = f"closest: {', '.join(close)}; " if close else ""
    return NotUnderstoodError(
        "unknown-name", f"nobody in the catalogue is called “{name}”",
        hint=f"{hint}`evenhand data list --units` lists all; for others: `evenhand data add FILE.csv --new-units`",
    )  # fmt: skip


def roles(found: Roles) -> None:
    """Refuses who cannot be set against each other in one question."""
    subjects = list(dict.fromkeys(one.ids[0] for one in found.subjects if one.ids))
    against = list(dict.fromkeys(one.ids[0] for one in found.against if one.ids))
    kinds_ = {one.kind for one in (*found.subjects, *found.against)}
    if found.against and set(subjects) & set(against):
        name = next(one.words for one in found.subjects if one.ids and one.ids[0] in against)
        raise NotUnderstoodError("itself", f"{name} is compared with itself", hint="name another, or a group")
    if "leader" in kinds_ and kinds_ != {"leader"}:
        raise NotUnderstoodError(
            "mixed",
            "a leader is set against a country or a group: times in office are compared with times in office",
            hint="name another leader, or two countries and the years",
        )
    if len(subjects) > 1 and not found.joined:
        told = listed([one.words for one in found.subjects])
        raise NotUnderstoodError(
            "several", f"several are judged: {told}", hint="ask of one after the other, or join them with “and”"
        )
    if len(subjects) > 1 and ("leader" in kinds_ or "group" in kinds_):
        raise NotUnderstoodError(
            "several", "several leaders or groups are judged at once", hint="ask of one after the other"
        )
    if len(against) > 1 and (len(against) < 3 or kinds_ != {"unit"}):
        told = listed([one.words for one in found.against])
        raise NotUnderstoodError(
            "several",
            f"it is set against {told}: two comparisons at once",
            hint="ask against one, then the other; or name three and more",
        )


def leader_years(leader: str, catalog: Catalog) -> NotUnderstoodError:
    unit = catalog.unit(leader)
    states = listed([catalog.unit(s).name for s in unit.part_of])
    return NotUnderstoodError(
        "leader-years",
        f"{unit.name} is judged over the time in office ({unit.start} to {unit.end or 'now'}), and the question names years",
        hint=f"leave the years out, or ask of the country: {states}",
    )  # fmt: skip


def both_ways(ways: Sequence[str]) -> NotUnderstoodError:
    return NotUnderstoodError(
        "unclear",
        "it says that the figure went two ways at once",
        hint=f"ask one after the other ({' and '.join(ways)})",
    )


def toll_measure(measure: Measure) -> None:
    if measure.tolls:
        raise NotUnderstoodError(
            "toll", f"{measure.name} counts or lists people killed, who are not ranked", hint=HINTS["toll"]
        )
