"""A picture that can travel alone: claim, share, years used, source and snapshot are inside it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evenhand.model import Finding
from evenhand.report import words
from evenhand.report.charts.plot import Plot, draw

WIDTH = 340
LINE = 12
CHARACTERS = 62


@dataclass(frozen=True, slots=True)
class Setting:
    """What every picture of a claim says of itself."""

    number: int
    quote: str
    finding: Finding
    subject: str
    citations: tuple[str, ...]
    snapshot: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture. svg: the whole of it. caption: what a reader should see in it. name: strip, tracks or curve."""

    name: str
    svg: Markup
    caption: str


def wrap(text: str, limit: int, width: int = CHARACTERS) -> list[str]:
    """The text in lines, the last one cut where it has more than ``limit``."""
    return textwrap.wrap(text, width, max_lines=limit, placeholder=" …", break_long_words=True)


def footer(setting: Setting, years: str) -> list[str]:
    """The small print inside a picture."""
    finding, place = setting.finding, setting.finding.place
    lines = wrap(f"Claim {setting.number}: \u201c{words.shorten(setting.quote, 170)}\u201d", 2)
    parts = [f"{words.percent(finding.share)} of {words.plural(finding.judged, 'way', 'ways')} judged"]
    if place:
        parts.append(f"{place.at_least} of {place.of - 1} did at least as well")
    lines += wrap("; ".join(parts), 1)
    lines += wrap(years, 2)
    cited = "; ".join(setting.citations) or "the text's own figures"
    lines += wrap(f"Figures: {cited}", 3)
    return [*lines, f"evenhand · snapshot of the figures {setting.snapshot}"]


def framed(name: str, setting: Setting, plot: Plot, *, title: str, describe: str, years: str) -> Markup:
    """The plot with its title above and its small print below, named and described for screen readers."""
    head = wrap(title, 3, 52)
    top = 15 * len(head) + 4
    foot = footer(setting, years)
    height = top + plot.height + 8 + LINE * len(foot) + 2
    ids = f"claim-{setting.number}-{name}"
    return Markup(
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{ids}-t {ids}-d">'
        '<title id="{ids}-t">{title}</title><desc id="{ids}-d">{describe}</desc>'
        '<g class="ch">{head}</g><g transform="translate(0,{top})">{plot}</g><g class="cf">{foot}</g></svg>'
    ).format(
        width=WIDTH,
        height=height,
        ids=ids,
        title=title,
        describe=describe,
        top=top,
        head=_lines(head, 12, 15),
        plot=_fragment(plot),
        foot=_lines(foot, top + plot.height + 16, LINE),
    )


def _fragment(plot: Plot) -> Markup:
    return Markup(draw(plot))  # noqa: S704 - Vega escapes the texts; a test draws hostile names


def _lines(lines: Sequence[str], first: int, step: int) -> Markup:
    return Markup("").join(
        Markup('<text x="0" y="{}">{}</text>').format(first + step * k, line) for k, line in enumerate(lines)
    )
