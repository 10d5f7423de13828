"""A picture that can travel alone: claim, share, years used, source and snapshot are inside it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evenhand.model import Finding
from evenhand.model.words import plural
from evenhand.report import words
from evenhand.report.charts.plot import Plot, draw
from evenhand.report.comparing import others_ranked

WIDTH = 296
"""So narrow that the smallest text is still ten pixels high on a telephone of 360 pixels."""
LINE = 13
CHARACTERS = 50
CITED = 3 * CHARACTERS - 30


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


def footer(setting: Setting, years: str) -> list[tuple[str, bool]]:
    """The small print inside a picture: lines, and whether their words are the text's or a source's."""
    finding = setting.finding
    quote = wrap(f"Claim {setting.number}: \u201c{words.shorten(setting.quote, 170)}\u201d", 3)
    ways = (
        f"{words.percent(finding.share)} of {plural(finding.judged, 'way')} judged" if finding.share is not None else ""
    )
    share = ways or f"Claim {setting.number} {finding.verdict}"
    if finding.place:
        share += f"; {others_ranked(finding)} fit the claim at least as well"
    cited = wrap(f"Figures: {cited_together(setting.citations) or 'the text brought its own'}", 4)
    stamp = f"evenhand · snapshot of the figures {setting.snapshot}"
    return [
        *((line, True) for line in quote),
        *((line, False) for line in (*wrap(share, 3), *wrap(years, 3))),
        *((line, True) for line in cited),
        (stamp, False),
    ]


def cited_together(citations: Sequence[str]) -> str:
    """As many whole citations as there is room for, the first ones first, and how many more there are."""
    kept: list[str] = []
    for citation in citations:
        if kept and len("; ".join((*kept, citation))) > CITED:
            return f"{'; '.join(kept)}; and {len(citations) - len(kept):,} more"
        kept.append(citation)
    return "; ".join(kept)


def framed(name: str, setting: Setting, plot: Plot, *, title: str, describe: str, years: str) -> Markup:
    """The plot with its title above and its small print below, named and described for screen readers."""
    head = [(line, True) for line in wrap(title, 4, 40)]
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


def _lines(lines: Sequence[tuple[str, bool]], first: int, step: int) -> Markup:
    return Markup("").join(
        Markup('<text x="0" y="{}"{}>{}</text>').format(
            first + step * k, Markup(' class="theirs"') if theirs else "", line
        )
        for k, (line, theirs) in enumerate(lines)
    )
