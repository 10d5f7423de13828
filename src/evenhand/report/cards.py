"""What a claim's card shows: the finding, its pictures, and the tables with the same numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from evenhand.audit.result import Audit, AuditedClaim
from evenhand.model import Comparison, EventAnswer, Mark, Outcome, Track
from evenhand.model.words import plural
from evenhand.report import turning, words
from evenhand.report.charts import Chart, Setting, claim_charts
from evenhand.report.charts.curve import in_order
from evenhand.report.charts.lasting import lasting
from evenhand.report.comparing import is_group, picture_sources, score_unit, set_against, short_citation, shown_score
from evenhand.report.csv_links import SaveLink, address, figure_rows, links, members, survival
from evenhand.report.share_card import card_svg, two_sentences
from evenhand.report.spans import Anchor
from evenhand.report.switching import Switch

MOST_YEARS = 24
GROUPS = 20
PICTURES = ("strip", "tracks", "curve", "tips", "figures")
ROLE_ORDER = ("subject", "opponent", "member", "peer", "other")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the strip, with what is known of it as a peer."""

    name: str
    role: str
    score: str
    used: str
    share: str
    sovereign: str
    modelled: str
    reason: str


@dataclass(frozen=True, slots=True)
class YearTable:
    """The lines as numbers. rows: name, role, one text per year. thinned: not every year is shown."""

    years: tuple[int, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    thinned: bool


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """A run of results in order: which, from what place to what, and how the claim came out."""

    first: int
    last: int
    low: str
    high: str
    holds: int
    fails: int
    tied: int


@dataclass(frozen=True, slots=True)
class Shared:
    """What can be passed on. text: two sentences; svg, txt: links to save."""

    text: str
    svg: SaveLink
    txt: SaveLink


@dataclass(frozen=True, slots=True)
class Card:
    """All that the template of a card reads."""

    anchor: Anchor
    claim: AuditedClaim
    subject: str
    opponent: str
    citations: tuple[str, ...]
    charts: Mapping[str, Chart] = field(default_factory=dict)
    units: tuple[UnitRow, ...] = ()
    years: YearTable | None = None
    results: tuple[ResultGroup, ...] = ()
    peer_counts: str = ""
    against: str = "others"
    score_unit: str = ""
    group: bool = False
    event_answer: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    switch: Switch | None = None
    turn_lead: str = ""
    turns: tuple[str, ...] = ()
    figures: tuple[tuple[str, str, str, str, str], ...] = ()
    csv: Mapping[str, SaveLink | None] = field(default_factory=dict)
    shared: Shared | None = None


def card(anchor: Anchor, audit: Audit, switch: Switch | None = None) -> Card:
    """Everything for one claim's card. An event gets no picture: the dead are not points."""
    finding = anchor.claim.finding
    citations = _citations(audit, finding.sources)
    comparison = finding.comparison
    questions = four_questions(finding.event) if finding.event else ()
    if comparison is None or finding.kind == "event":
        answer = event_answer(finding.event) if finding.event else ""
        pictures, shared_ = _of_class(anchor, audit, citations), shared(anchor, audit)
        return Card(
            anchor, anchor.claim, "", "", citations, pictures, event_answer=answer, questions=questions, shared=shared_,
            csv=_of_members(anchor),
        )  # fmt: skip
    subject = _name(comparison, "subject")
    opponent = _name(comparison, "opponent")
    drawn = tuple(map(short_citation, _citations(audit, picture_sources(finding))))
    setting = Setting(anchor.number, anchor.claim.quote, finding, subject or "the one judged", drawn, snapshot(audit))
    return Card(
        anchor,
        anchor.claim,
        subject,
        opponent,
        citations,
        claim_charts(comparison, setting),
        unit_rows(comparison),
        year_table(comparison),
        result_groups(comparison),
        peer_counts(comparison),
        set_against(comparison, opponent),
        score_unit(comparison.judged),
        is_group(finding),
        questions=questions,
        switch=switch,
        turn_lead=turning.lead(comparison.trail.nearest) if comparison.trail else "",
        turns=tuple(map(turning.told, comparison.trail.nearest.turns)) if comparison.trail else (),
        figures=figure_rows(comparison),
        shared=shared(anchor, audit),
        csv=dict.fromkeys(PICTURES) | links(anchor.card, finding),
    )


def _of_class(anchor: Anchor, audit: Audit, citations: tuple[str, ...]) -> dict[str, Chart]:
    """The picture of how long the members of a class last."""
    finding = anchor.claim.finding
    cited = tuple(map(short_citation, citations))
    setting = Setting(anchor.number, anchor.claim.quote, finding, "", cited, snapshot(audit))
    chart = lasting(finding.base_rate, setting) if finding.base_rate else None
    return {} if chart is None else {"lasting": chart}


def _of_members(anchor: Anchor) -> dict[str, SaveLink | None]:
    """The class member by member, and the curve of how long they last."""
    counted = anchor.claim.finding.base_rate
    if counted is None:
        return {}
    return {"members": members(anchor.card, counted), "lasting": survival(anchor.card, counted)}


def shared(anchor: Anchor, audit: Audit) -> Shared | None:
    """The card's picture and its two sentences, as links; nothing for what was not judged yet."""
    if anchor.claim.finding.status == "not-judged-yet":
        return None
    text = two_sentences(anchor.claim, audit)
    picture = SaveLink(address("image/svg+xml", card_svg(anchor.claim, audit)), f"{anchor.card}.svg")
    return Shared(text, picture, SaveLink(address("text/plain", text + "\n"), f"{anchor.card}.txt"))


def snapshot(audit: Audit) -> str:
    """The short name of the figures that were used."""
    return audit.provenance.figures_sha256[:12]


def _citations(audit: Audit, ids: tuple[str, ...]) -> tuple[str, ...]:
    known = {source.id: source.citation.strip().rstrip(".") for source in audit.sources}
    return tuple(known.get(source, source) for source in ids)


def _name(comparison: Comparison, role: str) -> str:
    drawn: list[Mark | Track] = [*comparison.strip, *comparison.tracks]
    return next((item.name for item in drawn if item.role == role), "")


def unit_rows(comparison: Comparison) -> tuple[UnitRow, ...]:
    """Every unit that was scored or is a peer: the marked ones first, then by score."""
    notes = {note.unit: note for note in comparison.peers}
    order = {role: k for k, role in enumerate(ROLE_ORDER)}
    marks = sorted(comparison.strip, key=lambda mark: (min(order.get(mark.role, 9), 3), -mark.score, mark.unit))
    rows = []
    for mark in marks:
        note = notes.get(mark.unit)
        rows.append(
            UnitRow(
                mark.name,
                words.role(mark.role),
                words.number(shown_score(comparison.judged, mark.score)),
                words.years(mark.used) if mark.used else "",
                words.percent(mark.share) if mark.share is not None else "",
                _yes(note.sovereign) if note else "",
                ("yes" if note.modelled else "no") if note else "",
                note.reason if note else "",
            )
        )
    drawn = {mark.unit for mark in comparison.strip}
    rows += [
        UnitRow(
            note.name,
            "no figure",
            words.DASH,
            words.DASH,
            words.DASH,
            _yes(note.sovereign),
            "yes" if note.modelled else "no",
            note.reason,
        )
        for note in comparison.peers
        if note.unit not in drawn
    ]
    return tuple(rows)


def _yes(sovereign: bool | None) -> str:
    return "not known" if sovereign is None else "itself" if sovereign else "another state"


def peer_counts(comparison: Comparison) -> str:
    """How many governed themselves, were governed by others, rest on modelled figures."""
    peers = comparison.peers
    own = sum(peer.sovereign is True for peer in peers)
    ruled = sum(peer.sovereign is False for peer in peers)
    unknown = len(peers) - own - ruled
    parts = []
    if own or ruled:
        itself, was = "itself" if own == 1 else "themselves", "was" if ruled == 1 else "were"
        parts.append(f"{own:,} governed {itself} (sovereign), {ruled:,} {was} governed by another state (colonised)")
        parts += [f"for {unknown:,} we do not know"] if unknown else []
    parts.append(f"for {sum(peer.modelled for peer in peers):,} a figure is modelled by its source")
    return f"{plural(len(peers), 'other')} by name: {'; '.join(parts)}."


def year_table(comparison: Comparison) -> YearTable | None:
    """The lines' numbers; of more than 24 years only those used and those that end in 0 or 5."""
    found = sorted({year for track in comparison.tracks for year in track.years})
    if not found:
        return None
    used = comparison.judged.used or ()
    thinned = len(found) > MOST_YEARS
    shown = tuple(year for year in found if not thinned or year % 5 == 0 or year in used)
    order = {role: k for k, role in enumerate(ROLE_ORDER)}
    rows = []
    for track in sorted(comparison.tracks, key=lambda item: (order.get(item.role, 9), item.name, item.unit)):
        at = dict(zip(track.years, track.values, strict=True))
        rows.append((track.name, track.role, tuple(words.number(at[year]) if year in at else "" for year in shown)))
    return YearTable(shown, tuple(rows), thinned)


def result_groups(comparison: Comparison) -> tuple[ResultGroup, ...]:
    """All drawn results in order, in at most twenty runs of about equal length."""
    points = in_order(comparison.curve)
    count = min(GROUPS, len(points))
    edges = [len(points) * k // count for k in range(count + 1)] if count else []
    groups = []
    for first, last in pairwise(edges):
        run = points[first:last]
        tally = {outcome: sum(point.outcome == outcome for point in run) for outcome in Outcome}
        groups.append(
            ResultGroup(
                first + 1,
                last,
                words.number(round(100 * run[0].percentile, 1)),
                words.number(round(100 * run[-1].percentile, 1)),
                tally[Outcome.HOLDS],
                tally[Outcome.FAILS],
                tally[Outcome.TIED],
            )
        )
    return tuple(groups)


def four_questions(event: EventAnswer) -> tuple[tuple[str, str], ...]:
    """Did it happen, on what scale, who was responsible and was it meant? Each by who attests it; never a share.

    The last two are one block: those who hold somebody responsible say in the same breath whether it was meant.
    """
    if event.questions:
        return event.questions
    authors = ", ".join(dict.fromkeys(account.author for account in event.accounts))
    kinds = plural(event.lines_of_evidence, "kind")
    attested = f"Attested by {authors}, in {kinds} of evidence." if authors else "We hold no account of it."
    scale = f"Each account is below with what it counts; they are not added up. {words.sentence(event.per_head)}"
    held = f"Held responsible: {'; '.join(event.responsible)}." if event.responsible else "Our sources name nobody."
    meant = words.sentence(event.attribution) or "Our sources do not say whether it was meant."
    return (
        ("Did it happen?", attested),
        ("On what scale?", scale.strip()),
        ("Who was responsible, and was it meant?", f"{held} {meant}"),
    )


def event_answer(event: EventAnswer) -> str:
    """The answer to what the text says of it, without the words that the questions below repeat."""
    if event.questions or not event.attribution:
        return event.answer
    return event.answer.replace(event.attribution.strip(), "").strip()
