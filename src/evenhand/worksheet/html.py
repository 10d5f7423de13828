"""The sheets and the key as self-contained HTML that prints to one page each."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evenhand.worksheet.sheet import Key, Sheet
from evenhand.worksheet.wording import WORDS

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
ROOMY = 1350


def sheet_html(sheet: Sheet) -> str:
    """A pupils' sheet."""
    return _rendered("sheet.html.jinja", sheet=sheet, size="small-print" if _letters(sheet) > ROOMY else "")


def _letters(sheet: Sheet) -> int:
    """How much there is to print, in letters; a row of figures counts as much as a line."""
    told = [(t.before, t.quote, t.after, t.about, *t.measures, *t.peers, t.measure, t.unit) for t in sheet.tasks]
    return sum(len(word) + 8 for words in told for word in words) + 30 * max(len(t.rows) for t in sheet.tasks)


def key_html(key: Key) -> str:
    """The teacher's key."""
    return _rendered("key.html.jinja", key=key)


def _rendered(name: str, **given: Any) -> str:
    style = files("evenhand.worksheet").joinpath("templates", "style.css").read_text(encoding="utf-8")
    safe = Markup(style)  # noqa: S704 - our own file
    return _environment().get_template(name).render(words=WORDS, policy=POLICY, style=safe, **given)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("evenhand.worksheet"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
