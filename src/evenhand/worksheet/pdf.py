"""The sheets and the key as PDF, a page a sheet, by ReportLab: it needs no browser, and the same sheet gives the same bytes."""

import unicodedata
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import HRFlowable, KeepInFrame, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from evenhand.worksheet.sheet import Entry, Key, Sheet, Task
from evenhand.worksheet.wording import WORDS

MARGIN = 13 * mm
ROOM = (A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN)
BOX = '<font name="ZapfDingbats" size="9">\u274f</font>&nbsp;'
BLANK = "______________"
CLOSE = [("TOPPADDING", (0, 0), (-1, -1), 0.6), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6)]
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.2, leading=11.6, spaceAfter=1.6)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, leading=9.8)
HEAD = ParagraphStyle("head", parent=BODY, fontName="Helvetica-Bold", fontSize=13.5, leading=16, spaceAfter=3)
SECTION = ParagraphStyle("section", parent=BODY, fontName="Helvetica-Bold", spaceBefore=5)
QUOTE = ParagraphStyle("quote", parent=BODY, leftIndent=8)
FOLD = ParagraphStyle("fold", parent=SMALL, alignment=1)


def sheet_pdf(sheet: Sheet) -> bytes:
    """A pupils' sheet on one page of A4; what is too long is set smaller."""
    flow: list[Any] = [_p(f"{_word('title')}" + (f" ({sheet.number}/{sheet.of})" if sheet.of > 1 else ""), HEAD)]
    flow.append(_p(_word("intro") + (f" {_word('second')}" if sheet.number > 1 else "")))
    flow.append(_p(f"Name {BLANK * 2}   Date {BLANK}"))
    for task in sheet.tasks:
        flow += _above(task)
    flow += [Spacer(1, 5), HRFlowable(width="100%", dash=(4, 3), color=colors.black), _p(_word("fold"), FOLD)]
    flow += [_p(_word("verdict")), _below(sheet.tasks)]
    flow.append(_p(f"{_word('signed')} {BLANK} {_word('then')}"))
    return _one_page(flow, f"{_word('title')} {sheet.number}")


def key_pdf(key: Key) -> bytes:
    """The teacher's key, on as many pages as it takes."""
    flow: list[Any] = [_p(_word("key"), HEAD), _p(_word("key_intro")), _letters(key)]
    for number, title, entries in key.sheets:
        flow.append(_p(f"{_word('title')} {number}: {title}", SECTION))
        for entry in entries:
            flow += _entry(entry)
    return _written(flow, _word("key"))


def _above(task: Task) -> list[Any]:
    """The sentence, and what may be ticked before the figures are seen."""
    said = (
        f'{_safe(task.before)}<b>{_safe(task.quote)}</b>{_safe(task.after)} <font size="8">{_safe(task.about)}</font>'
    )
    return [
        _p(f"{task.number}. {_word('says')}", SECTION), Paragraph(said, QUOTE),
        _boxes(_word("measure"), [*task.measures, BLANK]), _boxes(_word("peers"), [*task.peers, BLANK]),
    ]  # fmt: skip


def _below(tasks: Sequence[Task]) -> Table:
    """The figures by letter, and the verdict under them, a column for each claim."""
    wide = ROOM[0] / len(tasks)
    columns = []
    for task in tasks:
        head = [Paragraph("", SMALL), *(_p(year, SMALL) for year in task.years)]
        rows = [[_p(row.letter, SMALL), *(_p(figure, SMALL) for figure in row.figures)] for row in task.rows]
        widths = [min(22 * mm, wide * 0.34), *[min(17 * mm, wide * 0.28)] * len(task.years)]
        figures = Table([head, *rows], colWidths=widths, hAlign="LEFT")
        figures.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), *CLOSE]))
        answers = [Paragraph(f"{BOX}{_safe(answer)}", BODY) for answer in WORDS["answers"]]
        about = _p(f"{task.number}. {task.measure}, {task.unit}", SMALL)
        columns.append([about, figures, Spacer(1, 3), *answers, _p(f"{_word('because')} {BLANK}"), _p(BLANK * 2)])
    side_by_side = Table([columns], colWidths=[wide] * len(tasks))
    side_by_side.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return side_by_side


def _entry(entry: Entry) -> list[Any]:
    return [
        _p(f"{entry.number}. “{entry.quote}”", SECTION),
        _p(f"{_word('opened')} {entry.opened} {entry.literal}"), _p(f"{entry.verdict} {entry.tips}"),
        _p(f"{_word('sources')} {'; '.join(entry.sources)}.", SMALL),
    ]  # fmt: skip


def _letters(key: Key) -> Table:
    """Who each letter is, three to a row."""
    cells = [[_p(letter), _p(name)] for letter, name in key.letters]
    rows = [[cell for pair in cells[i : i + 3] for cell in pair] for i in range(0, len(cells), 3)]
    rows[-1] += [""] * (6 * (len(rows) > 1) - len(rows[-1]))
    table = Table(rows, colWidths=[10 * mm, 50 * mm] * (len(rows[0]) // 2), hAlign="LEFT")
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), *CLOSE]))
    return table


def _boxes(asks: str, words: Sequence[str]) -> Paragraph:
    """A question and what may be ticked, no box apart from its words."""
    ticked = (f"{BOX}{_safe(word).replace(' ', '&nbsp;')}" for word in words)
    return Paragraph("&nbsp;&nbsp; ".join([_safe(asks), *ticked]), BODY)


def _p(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(_safe(text), style)


def _word(name: str) -> str:
    return str(WORDS[name])


def _safe(text: str) -> str:
    """What the standard fonts can show: letters that they lack lose their marks."""
    shown = []
    for c in text.replace("−", "-").replace("\u00a0", " "):
        try:
            c.encode("cp1252")
            shown.append(c)
        except UnicodeEncodeError:
            plain = "".join(p for p in unicodedata.normalize("NFKD", c) if not unicodedata.combining(p))
            shown.append(plain.encode("cp1252", "replace").decode("cp1252"))
    return escape("".join(shown))


def _one_page(flow: list[Any], title: str) -> bytes:
    return _written([KeepInFrame(*ROOM, flow, mode="shrink")], title)


def _written(flow: list[Any], title: str) -> bytes:
    """The file: with no clock, no host and no author in it; its text is not compressed, so that it can be searched for names."""
    out = BytesIO()
    edge = MARGIN - 6  # a frame keeps six points on each side for itself
    told = {"title": title, "author": "", "subject": "", "creator": "evenhand", "producer": "evenhand", "lang": "en"}
    edges = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), edge)
    document = SimpleDocTemplate(out, pagesize=A4, pageCompression=0, invariant=1, **edges, **told)
    document.build(flow, canvasmaker=_canvas)
    return out.getvalue()


def _canvas(*arguments: Any, **options: Any) -> Canvas:
    return Canvas(*arguments, **(options | {"invariant": 1, "pageCompression": 0}))
