"""One self-contained HTML page from an audit. Same audit, same bytes; it asks the network for nothing."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evenhand.audit.result import Audit
from evenhand.files import write_text
from evenhand.model import BANDS, Finding
from evenhand.model.verdict import NOT_A_CHANCE
from evenhand.model.words import plural
from evenhand.report import omission, words
from evenhand.report.cards import card, snapshot
from evenhand.report.charts.ties import tie_picture
from evenhand.report.comparing import is_group, own_way_judged
from evenhand.report.csv_links import page_links
from evenhand.report.grid import grid
from evenhand.report.map import GIVENS_IN_WORDS, STATES, Section, Told, Ways, script, section, ways_told
from evenhand.report.sealing import BLANK, record_text, sealed
from evenhand.report.spans import Anchor, Piece, anchors, paragraphs
from evenhand.report.switching import script_sources, switch_script, switches
from evenhand.report.turning import outermost

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
SHORT_LINE = 60


def page(audit: Audit) -> str:
    """The audit as HTML."""
    marks = anchors(audit.claims)
    argument, again = _argument(audit, marks), switches(audit, marks)
    scripts = [
        *([script()] if argument is not None else []),
        *([switch_script()] if again is not None and again.data else []),
    ]
    return sealed(
        environment()
        .get_template("page.html.jinja")
        .render(
            audit=audit,
            marks=marks,
            paragraphs=paragraphs(audit.text, marks),
            cards=[card(mark, audit, again.by_claim.get(mark.claim.id) if again else None) for mark in marks],
            again=again,
            csv=page_links(audit),
            seal=BLANK,
            record=record_text(audit),
            numbers={mark.claim.id: mark for mark in marks},
            snapshot=snapshot(audit),
            grid=grid(audit),
            ties=tie_picture(audit.who_says) if audit.who_says else None,
            groups={mark.claim.id for mark in marks if is_group(mark.claim.finding)},
            argument=argument,
            changing=_changing(audit, marks),
            states=STATES,
            givens=GIVENS_IN_WORDS,
            omission=omission.shown(audit),
            policy=POLICY + script_sources(scripts),
            bands=BANDS,
            chance=NOT_A_CHANCE,
        )
    )


def _argument(audit: Audit, marks: Sequence[Anchor]) -> Section | None:
    """What the section on the argument shows; None where the casefile links nothing."""
    if audit.argument is None:
        return None
    given = audit.argument
    return section(given.graph, conclusions=given.conclusions, told=_told(marks), found=given.labels)


def _changing(audit: Audit, marks: Sequence[Anchor]) -> dict[str, Ways]:
    """By conclusion: what would bring it down or make it stand, and what bears the load."""
    given = audit.argument
    if given is None:
        return {}
    rows = zip(given.conclusions, given.ways_out, given.ways_in, given.load, strict=True)
    told = _told(marks)
    return {claim: ways_told(given.graph, out, into, load, told) for claim, out, into, load in rows}


def _told(marks: Sequence[Anchor]) -> dict[str, Told]:
    return {
        mark.claim.id: Told(str(mark.number), mark.card, mark.claim.quote, mark.claim.finding.verdict) for mark in marks
    }


def write_page(audit: Audit, path: str | Path) -> None:
    """Put the page at a path, whole or not at all."""
    write_text(page(audit), Path(path))


def index(pages: Sequence[tuple[str, str, Audit]]) -> str:
    """Pages side by side, in the caller's order: (title, where it is, audit). Nobody is ranked."""
    columns = [(title, href, audit, anchors(audit.claims)) for title, href, audit in pages]
    return environment().get_template("index.html.jinja").render(columns=columns, policy=POLICY, chance=NOT_A_CHANCE)


@cache
def environment() -> Environment:
    """The templates, with the words and pictures that they use."""
    environment = Environment(
        loader=PackageLoader("evenhand.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    plain = (
        words.percent,
        words.number,
        words.years,
        words.span,
        words.whole,
        plural,
        words.reason,
        words.rule,
        words.kind,
        words.by,
        words.sentence,
        words.shorten,
        words.voice,
        words.move,
        words.plain,
        words.role,
        words.claim_verdict,
    )
    environment.filters.update({function.__name__: function for function in plain})
    environment.filters.update({"look": look, "short_lines": short_lines, "safe_href": safe_href, "state": state})
    environment.filters.update({"account_words": omission.account_words, "mention_words": omission.mention_words})
    environment.filters.update({"own_way_judged": own_way_judged, "outermost": outermost})
    environment.globals.update(
        {"include_text": _package_text, "argument_script": script, "switch_script": switch_script}
    )
    return environment


def short_lines(paragraph: Sequence[Piece]) -> bool:
    """Are its lines meant as lines (a title, verse), not the wrapping of an editor?"""
    lines = "".join(piece.text for piece in paragraph).splitlines()
    return len(lines) > 1 and max(map(len, lines)) < SHORT_LINE


def look(finding: Finding) -> str:
    """The class of colour and pattern: the band of a share, or why there is none. Events have no scale."""
    if finding.kind == "event":
        return "look-event"
    if finding.status == "refused":
        return "look-refused"
    if finding.status == "not-judged-yet":
        return "look-not-yet"
    return f"look-{finding.band}" if finding.band and finding.share is not None else "look-plain"


def state(anchor: Anchor) -> str:
    """A claim's verdict in as few words as a list allows."""
    finding = anchor.claim.finding
    if finding.status == "not-judged-yet":
        return "not judged yet"
    return finding.verdict


def safe_href(url: str) -> str:
    """An address only where it is of the web; else nothing, so that no other scheme can be followed."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def _package_text(name: str) -> Markup:
    """A style sheet of ours, as it is."""
    return Markup((Path(__file__).parent / "templates" / name).read_text(encoding="utf-8"))  # noqa: S704 - our own file
