"""A claim's card as one picture and as two sentences, to be passed on: all that a reader must know is in them.

The picture is 600 pixels wide and no text in it is smaller than 12 of them. A claim about deaths has no share and no place in
it, only who says what: authors and their ranges.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from evenhand.audit.finding_id import SHORT, finding_hash
from evenhand.audit.result import Audit, AuditedClaim
from evenhand.model import EventAccount, Finding
from evenhand.model.verdict import NOT_A_CHANCE
from evenhand.model.words import plural
from evenhand.report import words
from evenhand.report.comparing import is_group, short_citation
from evenhand.report.map.lettering import broken, in_xml

WIDTH, EDGE = 600, 28
SMALLEST = 12
ROOM = WIDTH - 2 * EDGE
FONT = "'Liberation Sans', Arial, Helvetica, 'Noto Sans', 'Noto Sans CJK SC', 'DejaVu Sans', sans-serif"
INK, SOFT, ACCENT, RULE, PAPER = "#1a1c22", "#4d5361", "#27468f", "#c9c8c2", "#ffffff"
MOST_EVENTS, MOST_SOURCES, MOST_ACCOUNTS = 6, 5, 9


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, or a rule across where text is empty. after: the room below it."""

    text: str
    size: float = 13
    ink: str = INK
    bold: bool = False
    after: float = 4


def card_svg(claim: AuditedClaim, audit: Audit) -> str:
    """The card as a picture of its own: quote, what came out of how many ways, events, sources, and where it comes from."""
    lines = list(_lines(claim, audit))
    y, drawn = float(EDGE), []
    for line in lines:
        if not line.text:
            drawn.append(Markup('<path d="M{} {:.1f}H{}" stroke="{}"/>').format(EDGE, y + 2, WIDTH - EDGE, RULE))
            y += 4 + line.after
            continue
        y += line.size
        bold = Markup(' font-weight="700"') if line.bold else Markup("")
        drawn.append(Markup('<text x="{}" y="{:.1f}" font-size="{}" fill="{}"{}>{}</text>').format(
            EDGE, y, line.size, line.ink, bold, line.text
        ))  # fmt: skip
        y += line.after + line.size * 0.22
    tall = round(y + EDGE)
    title = words.shorten(f"“{claim.quote}”: {_told(claim.finding)}", 300)
    return in_xml(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}" role="img" '
        f'font-family="{FONT}"><title>{escape(title)}</title><rect width="{WIDTH}" height="{tall}" fill="{PAPER}"/>'
        f'<rect width="{WIDTH}" height="6" fill="{ACCENT}"/>{Markup("").join(drawn)}</svg>'
    )


def _lines(claim: AuditedClaim, audit: Audit) -> Iterator[Line]:
    finding = claim.finding
    by = f", {audit.author}" if audit.author else ""
    yield from _wrapped(f"{audit.title}{by}", 13, SOFT, most=2, last=10)
    size = 22 if len(claim.quote) <= 220 else 17 if len(claim.quote) <= 600 else 14
    yield from _wrapped(f"“{' '.join(claim.quote.split())}”", size, bold=True, most=26, last=10)
    if audit.made_up:
        yield from _wrapped(audit.made_up, 13, SOFT, last=8)
    yield Line("", after=10)
    if speaks_of_deaths(finding):
        yield from _deaths(finding)
    else:
        yield from _result(finding)
    if claim.disputes:
        who = "; ".join(one.by for one in claim.disputes)
        yield from _wrapped(f"Disputed by {who}. The page says why.", 13, most=3, last=8)
    if finding.events_between and not finding.event:
        yield from _listed(
            "Between those years", [f"{what}: {whom}" for what, whom in finding.events_between], MOST_EVENTS, 2
        )
    cited = _citations(finding, audit)
    if cited:
        yield from _listed("Source" if len(cited) == 1 else "Sources", cited, MOST_SOURCES, 2)
    yield Line("", after=8)
    made = audit.provenance
    dated = f" · {made.date}" if made.date else ""
    mark = finding_hash(made, claim.id)[:SHORT]
    yield from _wrapped(
        f"evenhand {made.version}{dated} · claim {claim.id} · snapshot {made.figures_sha256[:12]} · finding {mark}",
        12,
        SOFT,
        most=3,
    )


def speaks_of_deaths(finding: Finding) -> bool:
    """Is it about an event, or about tolls? Then no share and no place may stand beside it."""
    return finding.event is not None or finding.tolls is not None or finding.kind == "event"


def _result(finding: Finding) -> Iterator[Line]:
    if finding.share is not None:
        yield Line(words.percent(finding.share), 40, ACCENT, bold=True, after=0)
        ways = plural(finding.judged, "way")
        yield from _wrapped(f"of the {ways} of comparing that we tried come out as the text says", 14, last=8)
        if finding.place is not None:
            yield Line(f"{finding.place.at_least:,} of {finding.place.of - 1:,}", 40, ACCENT, bold=True, after=0)
            whom = "random groups of the same size " if is_group(finding) else "others "
            yield from _wrapped(f"{whom}fit the claim at least as well under the same ways", 14, last=8)
    verdict = words.claim_verdict(finding.verdict) if finding.share is not None else words.sentence(finding.verdict)
    yield from _wrapped(verdict, 17, bold=True, most=4, last=4)
    if finding.share is not None:
        yield from _wrapped(NOT_A_CHANCE, 13, SOFT, last=8)
    if finding.literal is not None:
        yield from _wrapped(f"The words as they stand: {words.sentence(finding.literal.sentence)}", 13, most=4, last=6)
    if finding.sentence:
        yield from _wrapped(f"Read as: {words.sentence(finding.sentence)}", 13, most=6, last=6)
    if finding.reason is not None:
        yield from _wrapped(words.sentence(finding.reason.detail), 13, most=6, last=6)
    if finding.follows is not None:
        yield from _wrapped(words.sentence(finding.follows.because), 13, most=6, last=6)
    if finding.quantity is not None:
        for one in finding.quantity.sums[:3]:
            yield from _wrapped(f"{one.shown}; the text says {one.stated}.", 13, most=3, last=6)
        yield from _listed(
            "What others give", [f"{source}: {figure}" for source, figure in finding.quantity.figures], 4, 2
        )


def _deaths(finding: Finding) -> Iterator[Line]:
    yield from _wrapped(words.sentence(finding.verdict), 17, bold=True, most=4, last=6)
    if finding.event is not None:
        event = finding.event
        yield from _wrapped(f"{event.name}, {words.years((event.start, event.end))}", 15, bold=True, most=3, last=4)
        yield from _listed(
            "Who attests what (not added up)", [account(one) for one in event.accounts], MOST_ACCOUNTS, 3
        )
        if event.responsible:
            yield from _wrapped(f"Held responsible: {'; '.join(event.responsible)}.", 13, most=4, last=6)
        return
    if finding.reason is not None:
        yield from _wrapped(words.sentence(finding.reason.detail), 13, most=6, last=6)
    if finding.tolls is not None:
        for side in (finding.tolls.first, finding.tolls.second):
            rows = [f"{part.name}: {account(one)}" for part in side.parts for one in part.accounts]
            yield from _listed(
                f"Attributed to {side.name}, {words.years((side.start, side.end))} (not added up)",
                rows,
                MOST_ACCOUNTS,
                3,
            )


def account(one: EventAccount) -> str:
    """One author's numbers, as they were given."""
    number = words.span(one.low, one.high) if one.low is not None or one.high is not None else words.whole(one.central)
    central = f", central {words.whole(one.central)}" if one.central is not None and one.low != one.high else ""
    return f"{one.author} ({one.year or 'not dated'}): {number}{central}, {words.plain(one.counted)}"


def _wrapped(
    text: str, size: float, ink: str = INK, *, bold: bool = False, most: int = 8, last: float = 4
) -> Iterator[Line]:
    size = max(size, SMALLEST)
    lines = broken(text, size=size * (1.06 if bold else 1), room=ROOM, most=most)
    for k, line in enumerate(lines, 1):
        yield Line(line, size, ink, bold, last if k == len(lines) else 2)


def _listed(head: str, items: Sequence[str], most: int, lines: int) -> Iterator[Line]:
    if not items:
        return
    yield Line(head, 13, INK, bold=True, after=2)
    for item in items[:most]:
        yield from _wrapped(f"· {' '.join(item.split())}", SMALLEST, SOFT, most=lines, last=2)
    if len(items) > most:
        yield Line(f"· and {len(items) - most:,} more, on the page", SMALLEST, SOFT, after=2)
    yield Line(" ", 2, after=2)


def _citations(finding: Finding, audit: Audit) -> list[str]:
    known = {source.id: source.citation for source in audit.sources}
    return [short_citation(known.get(id_, id_)) for id_ in finding.sources]


def _told(finding: Finding) -> str:
    if finding.share is None or speaks_of_deaths(finding):
        return words.sentence(finding.verdict)
    return f"{words.percent(finding.share)} of {plural(finding.judged, 'way')}; {finding.verdict}"


def two_sentences(claim: AuditedClaim, audit: Audit) -> str:
    """The card in two sentences, with all that a picture of it says of where it comes from."""
    finding = claim.finding
    quote = f"“{' '.join(claim.quote.split())}” ({audit.title})"
    made = audit.provenance
    finding_mark = finding_hash(made, claim.id)[:SHORT]
    mark = f"evenhand {made.version}, snapshot {made.figures_sha256[:12]}, finding {finding_mark}"
    if speaks_of_deaths(finding):
        return f"{quote}: {_inside(_attested(finding))}. Each counts something of its own and nothing is added up ({mark})."
    if finding.share is None:
        why = (
            _inside(finding.reason.detail)
            if finding.reason is not None
            else _inside(finding.sentence or finding.verdict)
        )
        return f"{quote}: {_inside(finding.verdict)}. What we found of it: {why} ({mark})."
    ways = f"the {plural(finding.judged, 'way')} of comparing that were tried"
    first = f"{quote}: {words.percent(finding.share)} of {ways} come out as the text says"
    if finding.place is not None:
        whom = "random groups of the same size" if is_group(finding) else "others"
        first += f", and {finding.place.at_least:,} of {finding.place.of - 1:,} {whom} fit the claim at least as well"
    hinge = finding.hinges_on[0].label if finding.hinges_on else ""
    second = f"What tips it most is {hinge}" if hinge else "Nothing that was tried changes it"
    return f"{first}. {second}, and this is not the chance that the claim is true ({mark})."


def _attested(finding: Finding) -> str:
    if finding.event is not None:
        said = "; ".join(account(one) for one in finding.event.accounts[:MOST_ACCOUNTS])
        return (
            f"of {finding.event.name} the sources say: {said}"
            if said
            else f"of {finding.event.name} we hold no account"
        )
    sides = (finding.tolls.first, finding.tolls.second) if finding.tolls is not None else ()
    parts = [f"{part.name}: {account(one)}" for side in sides for part in side.parts for one in part.accounts][
        :MOST_ACCOUNTS
    ]
    return (
        f"what the sources say: {'; '.join(parts)}"
        if parts
        else (finding.reason.detail if finding.reason else finding.verdict)
    )


def _inside(text: str) -> str:
    """A text as it stands inside a sentence of ours."""
    return " ".join(text.split()).rstrip(".!? ")
