"""What a card shows beside the share: the strip of all units, the lines, all results in order, the peers by name."""

from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from evenhand.audit.choices import LABELS
from evenhand.audit.opening import Opened
from evenhand.audit.wording import REASON_WORDS, listed, number
from evenhand.catalog import Event
from evenhand.compare import Detail, Member, Multiverse, Panel, Verdict, detail, multiverse
from evenhand.model import (
    BadInputError,
    Comparison,
    CurvePoint,
    Judged,
    Mark,
    Outcome,
    PeerNote,
    Place,
    ReasonCode,
    Track,
)
from evenhand.model.words import years

MOST_CURVE = 2000
MOST_TRACKS = 60


@dataclass(frozen=True, slots=True)
class Tried:
    """An open comparison and what came of it. head: without what the casefile leaves out; whole: with it."""

    opened: Opened
    whole: Multiverse
    head: Multiverse
    verdict: Verdict
    detail: Detail


def comparison(tried: Tried) -> Comparison:
    """All evidence of one comparison."""
    opened, found = tried.opened, tried.verdict
    curve, of = _curve(tried)
    excluded = any(known.excluded for known in opened.lists)
    return Comparison(
        judged=_judged(tried), strip=_strip(tried), tracks=_tracks(tried), curve=curve, curve_shown_of=of,
        peers=_peers(tried), tried=tuple(_tried(opened)), excluded=opened.printed,
        share_without_exclusions=float(tried.whole.share(opened.column)) if excluded else None,
        share_with_blind=_share_with_blind(tried), opponent_place=_opponent_place(tried), regional_place=found.regional,
        counterexamples=_counterexamples(tried), bounds_note=_bounds_note(tried), placebo_p=found.placebo_p,
        size_by_quartile=found.size_by_quartile, event_marks=event_marks(opened), picture_sources=_of_panel(opened, opened.lead),
    )  # fmt: skip


def events_between(opened: Opened) -> tuple[tuple[str, str], ...]:
    """Catalogued events in the window: (what and when, whom it touched).

    First those that these figures cannot see, then what happened in the subject's or the opponent's own place, then what
    they are held responsible for elsewhere, then the others'; each by year.
    """
    catalog, (start, end) = opened.catalog, (opened.window.start, opened.window.end)
    first = [*opened.units, *([opened.opponent] if opened.opponent else [])]
    rest = [unit for unit in opened.lead.units if unit not in first]
    own = catalog.events_between(first, start, end)
    there = [e for e in own if set(first) & set(e.place)]
    everybody = list(opened.lead.units)
    unseen = [e for e in there if _unseen(opened, e, first)]
    rows: dict[str, tuple[str, str]] = {}
    for event in (*unseen, *there, *own, *catalog.events_between(rest, start, end)):
        blind = ", which these figures cannot see" if _unseen(opened, event, everybody) else ""
        rows.setdefault(event.id, (f"{event.name} ({years(event.start, event.end)}){blind}", _whom(opened, event)))
    return tuple(rows.values())


def event_marks(opened: Opened) -> tuple[tuple[str, str, int, int], ...]:
    """Events in the subject's and the opponent's own place, for the lines: (event, unit, first year, last year)."""
    out = []
    for unit in [*opened.units, *([opened.opponent] if opened.opponent else [])]:
        events = opened.catalog.events_between([unit], opened.window.start, opened.window.end)
        name = opened.catalog.unit(unit).name
        out += [(e.name, name, e.start, e.end) for e in events if unit in e.place and not opened.is_group]
    return tuple(out)


def _unseen(opened: Opened, event: Event, units: list[str]) -> bool:
    """Does the measure have a blind spot for this kind of event, in one of these units, at that time?"""
    return any(
        spot.event_kind == event.kind
        and spot.start <= event.end
        and spot.end >= event.start
        and ("*" in spot.units or set(spot.units) & set(units) & set(event.place))
        for spot in opened.catalog.blind_spots(opened.measure.id)
    )


def sources_used(opened: Opened) -> tuple[str, ...]:
    """The sources of all figures that a window of the comparison can have read."""
    return tuple(sorted({id_ for panel in opened.panels.values() for id_ in _of_panel(opened, panel)}))


def _of_panel(opened: Opened, panel: Panel) -> tuple[str, ...]:
    """The sources of a panel's figures around the window, those of the most figures first."""
    sources = opened.catalog.sources()
    rows = (panel.periods >= opened.window.start - 5) & (panel.periods <= opened.window.end + 5)
    found, counts = np.unique(panel.source_id[rows], return_counts=True)
    pairs = sorted((-int(n), sources[int(i)].id) for i, n in zip(found, counts, strict=True) if i >= 0)
    return tuple(id_ for _, id_ in pairs)


def _whom(opened: Opened, event: Event) -> str:
    where = listed([opened.catalog.unit(u).name for u in event.place], 4)
    by = [opened.catalog.unit(u).name for u in event.responsible]
    return f"{where}; held responsible: {listed(by, 4)}" if by else where


def _judged(tried: Tried) -> Judged:
    opened, lead = tried.opened, tried.detail
    at = lead.column(opened.column)
    used = None
    if not opened.is_group and lead.used_years[at, 0] > 0:
        used = (int(lead.used_years[at, 0]), int(lead.used_years[at, 1]))
    score, reference = (None if np.isnan(v[at]) else float(v[at]) for v in (lead.scores, lead.reference))
    rule = next((k.options[0].label for k in opened.lists if k.kind == "peers"), "")
    return Judged(
        LABELS.get(lead.standard, lead.standard), opened.measure.name, opened.measure.unit,
        (lead.window.start, lead.window.end), used, score, reference, Outcome(int(lead.outcomes[at])),
        int(lead.rank[at]) or None, int(lead.of[at]) or None, int(lead.peers_named[at]), int(lead.peers_scored[at]), rule,
        why_not(lead, at), years_in_office=opened.leaders,
    )  # fmt: skip


def why_not(lead: Detail, at: int) -> str:
    """Why one way could not be judged for a column; empty where it could."""
    code = ReasonCode(int(lead.reason_codes[at]))
    return "" if code == ReasonCode.OK else REASON_WORDS.get(code.word, code.word)


def _role(tried: Tried, unit: str) -> str:
    opened = tried.opened
    if unit in opened.units:
        return "member" if opened.is_group else "subject"
    if unit == opened.opponent:
        return "opponent"
    at = tried.detail.column(opened.column)
    return "peer" if tried.detail.peers[at, tried.detail.units.index(unit)] else "other"


def _strip(tried: Tried) -> tuple[Mark, ...]:
    """Every unit that has a score under the first option of each choice, ordered by it; kin of those judged left out."""
    opened, lead = tried.opened, tried.detail
    kin = {other for unit in opened.units for other in opened.catalog.kin(unit)} - set(opened.units) - {opened.opponent}
    stands = opened.plan.stands
    marks = []
    for i, unit in enumerate(lead.units):
        shown = unit in opened.units or unit == opened.opponent or stands is None or bool(stands[i])
        if np.isnan(lead.unit_scores[i]) or unit in kin or not shown:
            continue
        used = (int(lead.used_years[i, 0]), int(lead.used_years[i, 1]))
        marks.append(Mark(unit, opened.catalog.unit(unit).name, float(lead.unit_scores[i]), _role(tried, unit), used))
    at = lead.column(opened.column)
    if opened.is_group and not np.isnan(lead.scores[at]):
        marks.append(Mark(opened.column, opened.catalog.group(opened.column).name, float(lead.scores[at]), "subject"))
    return tuple(sorted(marks, key=lambda m: (m.score, m.unit)))


def _tracks(tried: Tried) -> tuple[Track, ...]:
    """The lines: the subject's and the opponent's, then the peers' (every n-th in the order of ids where they are many)."""
    opened = tried.opened
    strip = [m for m in _strip(tried) if m.role != "other"]
    if opened.opponent is not None or not any(m.role == "peer" for m in strip):
        strip = list(_strip(tried))
    in_order = list(strip)  # of their scores, so that exchanging names exchanges no line
    special = [m for m in in_order if m.role in {"subject", "opponent", "member"} and m.unit != opened.plan.subject]
    others = [m for m in in_order if m.role in {"peer", "other"}]
    step = max(1, -(-len(others) // MOST_TRACKS))
    lines = [t for m in [*special, *others[::step]] if (t := _track(opened, m)) is not None]
    middle = _middle(opened, [t for t in lines if t.role == "member"])
    return (*([middle] if middle else []), *lines)


def _middle(opened: Opened, members: list[Track]) -> Track | None:
    """A group's own line: the middle one of the same members in every year, those years that all of them have."""
    if not opened.is_group or not members:
        return None
    ends = {max(track.years[0] for track in members), min(track.years[-1] for track in members)}
    whole = [track for track in members if ends <= set(track.years)]
    years_of_all = set.intersection(*(set(track.years) for track in whole)) if whole else set()
    rows = [(year, median(track.values[track.years.index(year)] for track in whole)) for year in sorted(years_of_all)]
    if len(whole) < min(3, len(members)) or not rows:
        return None
    years, values = zip(*rows, strict=True)
    return Track(opened.column, opened.catalog.group(opened.column).name, "subject", years, values)


def _track(opened: Opened, mark: Mark) -> Track | None:
    window = opened.window
    margin = 5 if opened.level else 0
    seen = opened.catalog.observations(opened.measure.id, [mark.unit], min(window.start, window.end - 10 * bool(margin)),
                                       window.end + margin)  # fmt: skip
    first = {o.start: o for o in reversed(seen)}
    if not first:
        return None
    rows = [first[year] for year in sorted(first)]
    return Track(
        mark.unit, mark.name, mark.role, tuple(o.start for o in rows), tuple(o.value for o in rows),
        tuple(o.low for o in rows), tuple(o.high for o in rows),
    )  # fmt: skip


def _curve(tried: Tried) -> tuple[tuple[CurvePoint, ...], int]:
    """All results in order of where the subject stood, at most 2,000 evenly spaced of them, and of how many."""
    head, column = tried.head, tried.opened.column
    percentiles, outcomes = head.percentiles(column), head.of(column)
    rows = [
        (float(p), int(o), int(key))
        for p, o, key in zip(percentiles, outcomes, head.keys, strict=True)
        if o != Outcome.NOT_JUDGED and not np.isnan(p)
    ]
    rows.sort()
    picked = (
        rows if len(rows) <= MOST_CURVE else [rows[i] for i in np.linspace(0, len(rows) - 1, MOST_CURVE).astype(int)]
    )
    return tuple(CurvePoint(key, round(p, 4), Outcome(o)) for p, o, key in picked), len(rows)


def _peers(tried: Tried) -> tuple[PeerNote, ...]:
    """The peers by name: sovereign or not, modelled or not, and why one has no score."""
    opened, lead, catalog = tried.opened, tried.detail, tried.opened.catalog
    at = lead.column(opened.column)
    members: list[int] = np.flatnonzero(lead.peers[at]).tolist()
    if opened.opponent is not None:
        members = [lead.units.index(opened.opponent)]
    start, end = lead.window.start, lead.window.end
    notes = []
    for i in members:
        unit = lead.units[i]
        code = ReasonCode(int(lead.unit_codes[i]))
        if code == ReasonCode.NO_OVERLAP:
            continue
        scored = code == ReasonCode.OK
        modelled = scored and catalog.modelled(opened.measure.id, unit, [int(y) for y in lead.used_years[i]])
        reason = "" if scored else REASON_WORDS.get(code.word, code.word)
        notes.append(PeerNote(unit, catalog.unit(unit).name, catalog.sovereign(unit, start, end), modelled, reason))
    return tuple(sorted(notes, key=lambda n: (bool(n.reason), n.name)))


def _tried(opened: Opened) -> list[str]:
    return [
        f"{known.label}: {listed([o.label for o in known.options if o.id in known.kept], 14)}" for known in opened.lists
    ]


def _share_with_blind(tried: Tried) -> float | None:
    """The share if nobody's figures were taken to be blind; None where nobody's were."""
    opened = tried.opened
    if not any(panel.blind is not None and panel.blind.any() for panel in opened.panels.values()):
        return None
    plan = replace(opened.plan, ignore_blind=True, placebos=0, regional=0)  # only the subject's share is asked for
    seeing = multiverse(plan, opened.panels, opened.form)
    try:
        return float(seeing.restricted({k.kind: k.kept for k in opened.lists}).share(opened.column))
    except BadInputError:
        return None


def _opponent_place(tried: Tried) -> Place | None:
    """Where the opponent stands under the first option of every choice: both places are always shown."""
    opponent, lead = tried.opened.opponent, tried.detail
    if opponent is None or opponent not in lead.units or tried.opened.is_group:
        return None
    at = lead.column(opponent)
    rank, of = int(lead.rank[at]), int(lead.of[at])
    return Place(rank, of, 0, rank - 1, rank / of, "units, under the first way") if rank else None


def _counterexamples(tried: Tried) -> tuple[str, ...]:
    out = []
    against = {member.unit: member for member in tried.detail.counterexamples}
    for member in _with_disputed(tried):
        against.setdefault(member.unit, member)
    for member in against.values():
        name = tried.opened.catalog.unit(member.unit).name
        years = f", {member.years[0]} to {member.years[1]}" if member.years else ""
        disputed = ", a disputed member" if member.status == "disputed" else ""
        out.append(f"{name}: {number(member.change or 0.0, signed=True)} {tried.opened.measure.unit}{years}{disputed}")
    return tuple(out)


def _with_disputed(tried: Tried) -> tuple[Member, ...]:
    """The counterexamples when all disputed members are in."""
    opened = tried.opened
    members = next((known for known in opened.lists if known.kind == "membership"), None)
    everyone = next((o.id for o in members.options if o.id.endswith("with-disputed")), None) if members else None
    if everyone is None or opened.form.name not in {"none", "always"}:
        return ()
    return detail(opened.plan, opened.panels, opened.form, {"membership": everyone}).counterexamples


def _bounds_note(tried: Tried) -> str:
    """Holding at the central figures and not at the bounds against it is said: within the data's own range."""
    by_option = {o.option: o.share for h in tried.verdict.hinges if h.choice == "values" for o in h.options}
    central, against = by_option.get("central"), by_option.get("against")
    if central is None or against is None or not (central >= 0.5 > against):
        return ""
    return (
        f"Within the data's own range: with the central figures it comes out in {round(100 * central)} % of the ways, with each "
        f"source's bounds taken against it in {round(100 * against)} %."
    )
