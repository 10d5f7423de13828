"""The numbers behind a picture, one click away: a CSV that is its own address, so that no server is asked."""

import base64
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from evenhand.audit.result import Audit
from evenhand.model import Comparison, Finding
from evenhand.model.base_rate import BaseRate
from evenhand.model.omission import OmissionMap
from evenhand.report import words
from evenhand.report.charts.curve import in_order

FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
ESCAPED = re.compile(r'[\x00-\x20"#%<>\\^`{|}\x7f]')
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class SaveLink:
    """A link to save a table. href: the table itself; name: what the file is called."""

    href: str
    name: str


def link(name: str, rows: Iterable[Sequence[Cell]]) -> SaveLink:
    """A table in UTF-8, its lines ended as Unix does, inside an address."""
    escaped = ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}", csv_text(rows))
    return SaveLink(f"data:text/csv;charset=utf-8,{escaped}", f"{name}.csv")


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """What is not known is an empty cell; numbers stand in full."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerows([plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def plain(cell: Cell) -> str | int | float:
    """A cell as it is written: nothing where it is not known, and an apostrophe before a text that a spreadsheet would run.

    >>> plain("=HYPERLINK(A1)"), plain("half = 1/2"), plain(-3), plain(None)
    ("'=HYPERLINK(A1)", 'half = 1/2', -3, '')
    """
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def address(kind: str, text: str) -> str:
    """A text as a data address: in base64, which is shorter than to escape what is mostly markup."""
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(text.encode('utf-8')).decode('ascii')}"


def links(stem: str, finding: Finding) -> dict[str, SaveLink]:
    """The tables behind one card's pictures, by the picture's name; figures: all that the claim's own way read."""
    comparison = finding.comparison
    if comparison is None:
        return {}
    tables: dict[str, list[Sequence[Cell]]] = {
        "strip": _strip(comparison), "tracks": _tracks(comparison), "curve": _curve(comparison), "tips": _tips(finding),
        "figures": figures(comparison),
    }  # fmt: skip
    return {name: link(f"{stem}-{name}", rows) for name, rows in tables.items() if len(rows) > 1}


def _strip(comparison: Comparison) -> list[Sequence[Cell]]:
    head = ("unit", "name", "role", "result", "first_year_used", "last_year_used")
    return [head, *((m.unit, m.name, m.role, m.score, *(m.used or (None, None))) for m in comparison.strip)]


def _tracks(comparison: Comparison) -> list[Sequence[Cell]]:
    years = sorted({year for track in comparison.tracks for year in track.years})
    rows: list[Sequence[Cell]] = [("name", "role", "what", *years)]
    for track in comparison.tracks:
        for what, figures_ in (("value", track.values), ("low", track.low), ("high", track.high)):
            at = {year: f for year, f in zip(track.years, figures_, strict=False) if f is not None}
            if at:
                rows.append((track.name, track.role, what, *(at.get(year) for year in years)))
    return rows


def _curve(comparison: Comparison) -> list[Sequence[Cell]]:
    """In runs of the same place and outcome, as they are drawn."""
    runs = groupby(in_order(comparison.curve), key=lambda point: (point.percentile, point.outcome))
    rows = ((place, outcome.name.lower(), sum(1 for _ in run)) for (place, outcome), run in runs)
    return [("place_0_last_1_first", "claim", "ways"), *rows]


def _tips(finding: Finding) -> list[Sequence[Cell]]:
    rows = [
        (hinge.choice, hinge.label, hinge.share, option.option, option.label, option.share, option.lost)
        for hinge in finding.hinges_on
        for option in hinge.options
    ]
    return [("choice", "what", "accounts_for", "option", "answer", "share_as_stated", "share_not_judged"), *rows]


def figures(comparison: Comparison) -> list[Sequence[Cell]]:
    """Every figure that the claim's own way read, with its year and source."""
    found = comparison.trail.figures if comparison.trail else ()
    head = ("unit", "name", "role", "measure", "year", "value", "low", "high", "source")
    return [
        head,
        *((f.unit, f.name, f.role, f.measure, f.year, f.value, f.low, f.high, f.source) for f in found),
    ]


def figure_rows(comparison: Comparison) -> tuple[tuple[str, str, str, str, str], ...]:
    """The same for the table on the card: name, role, year, figure with its range, source."""
    found = comparison.trail.figures if comparison.trail else ()
    return tuple((f.name, words.role(f.role), str(f.year), _ranged(f.value, f.low, f.high), f.source) for f in found)


def _ranged(value: float, low: float | None, high: float | None) -> str:
    if low is None or high is None or low == high == value:
        return exact(value)
    return f"{exact(value)} ({exact(low)} to {exact(high)})"


def exact(value: float) -> str:
    """A figure with all the digits that its source gives, up to four after the point.

    >>> exact(63.246), exact(1234567.0), exact(-0.5)
    ('63.246', '1,234,567', '−0.5')
    """
    text = f"{abs(value):,.4f}".rstrip("0").rstrip(".")
    return f"{words.MINUS}{text}" if value < 0 and text != "0" else text


def members(stem: str, counted: BaseRate) -> SaveLink:
    """A class member by member: when each began and ended, how it came out, and whether it is disputed."""
    head = ("member", "where", "start", "end", "years", "goes_on", "outcome", "status", "because", "source", "left_out")
    rows = [
        (
            m.name,
            m.where,
            m.start,
            m.end,
            m.years,
            _yes(m.goes_on),
            m.outcome,
            m.status,
            m.because,
            m.source,
            m.left_out,
        )
        for m in counted.members
    ]
    return link(f"{stem}-members", [head, *rows])


def survival(stem: str, counted: BaseRate) -> SaveLink:
    """The curve step by step: after how many years which share still lasts, with its 95 % band and who is left."""
    rows = [
        (curve.who, *step)
        for curve in counted.curves
        for step in zip(curve.years, curve.shares, curve.low, curve.high, curve.at_risk, strict=True)
    ]
    return link(f"{stem}-lasting", [("who", "years", "share_that_lasts_longer", "low", "high", "at_risk"), *rows])


def _omission_map(drawn: OmissionMap) -> list[Sequence[Cell]]:
    head = ("unit", "name", "side", "concept", "measure", "cited", "figures", "stands_worst_0_best_1", "score", "rule")
    rows = (
        (unit, name, side, concept.concept, concept.measure, *map(_yes, (cell.cited, cell.figures)), cell.stands,
         cell.score, drawn.standard)
        for (unit, name, side), row in zip(drawn.units, drawn.cells, strict=True)
        for concept, cell in zip(drawn.concepts, row, strict=True)
    )  # fmt: skip
    return [head, *rows]


def _yes(held: bool) -> str:
    return "yes" if held else "no"


def page_links(audit: Audit) -> dict[str, SaveLink | None]:
    """The tables behind the pictures that belong to no card: who is tied to whom, what is cited, and the argument."""
    out: dict[str, SaveLink | None] = dict.fromkeys(("ties", "matrix", "map", "argument"))
    if audit.who_says is not None and audit.who_says.ties:
        rows = [(t.name, t.to, t.kind, t.years, t.status, t.evidence, t.side) for t in audit.who_says.ties]
        out["ties"] = link("ties", [("source", "tied_to", "how", "when", "status", "evidence", "side"), *rows])
    if audit.matrix is not None:
        names = {id_: name for id_, name, _ in audit.matrix.units} | {
            id_: name for id_, name, _ in audit.matrix.measures
        }
        cells = [cell for row in audit.matrix.cells for cell in row]
        told = [(names.get(c.unit, c.unit), names.get(c.measure, c.measure), c.state, c.value) for c in cells]
        out["matrix"] = link("cited-and-left-out", [("unit", "measure", "state", "figures"), *told])
    if audit.omission is not None and audit.omission.map is not None and audit.omission.map.concepts:
        out["map"] = link("what-the-text-could-have-cited", _omission_map(audit.omission.map))
    if audit.argument is not None:
        labels, links_ = audit.argument.labels, audit.argument.graph.links
        steps = [
            (one.id, " + ".join(one.sources), one.kind, one.target, labels.get(one.id, ""), labels.get(one.target, ""))
            for one in links_
        ]
        out["argument"] = link("argument", [("link", "from", "kind", "to", "this_step", "what_it_leads_to"), *steps])
    return out
