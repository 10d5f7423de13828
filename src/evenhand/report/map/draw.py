"""The map as SVG. Colours are attributes, so that the picture stands by itself; the page's style sheet goes before them."""

import itertools
from collections.abc import Iterator

from markupsafe import Markup, escape

from evenhand.report.map.lettering import broken, in_xml, width_of
from evenhand.report.map.view import BAR, HEAD, LINE, PAD, SMALL, STATES, TEXT, Box, Knot, Line, MapView

FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
)
INK, SOFT, PAPER, FAINT, FOR, AGAINST = "#1a1c22", "#4d5361", "#ffffff", "#eef0f4", "#27468f", "#1a1c22"
MARGIN, LEGEND = 24.0, 64.0
DASH = "7 5"
BORDERS = {"stands": ("2.4", ""), "falls": ("1", ""), "undecided": ("1.4", "2 3")}


def svg(view: MapView, *, links: bool = True, title: str = "", source: str = "") -> Markup:
    """The picture. links: boxes lead to their places in the outline. title, source: written on it, for a slide."""
    heading = broken(title, size=18, room=max(view.width, 300), most=2) if title else ()
    above = 26.0 * len(heading) + (10 if heading else 0)
    width = max(view.width, _legend_width()) + 2 * MARGIN
    footed = LEGEND + (18 if source else 0)
    height = view.height + above + footed + 2 * MARGIN
    parts = [
        (
            f'<svg class="argument-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" font-family="{escape(FONT)}" role="group" '
            'aria-label="Map of the argument">'
        ),
        _definitions(),
        f'<rect class="map-paper" width="100%" height="100%" fill="{PAPER}"/>',
        *(_words(line, MARGIN, MARGIN + 18 + 26 * i, 18, INK, weight=600) for i, line in enumerate(heading)),
        f'<g transform="translate({(width - view.width) / 2:.1f} {MARGIN + above:.1f})">',
        *map(_line, view.lines),
        *(_knot(knot, live=links) for knot in view.knots),
        *(_box(box, links=links) for box in view.boxes),
        "</g>",
        *_legend(MARGIN, height - footed - MARGIN / 2),
        _words(source, MARGIN, height - 12, SMALL, SOFT) if source else "",
        "</svg>",
    ]
    return Markup("").join(Markup(in_xml(part)) for part in parts)  # noqa: S704 - every text in it was escaped


def _definitions() -> str:
    return (
        '<defs><pattern id="map-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect class="map-plain" width="6" height="6" fill="{PAPER}"/>'
        '<rect class="map-stripe" width="1.2" height="6" fill="#c3c7d0"/>'
        "</pattern></defs>"
    )


def _line(line: Line) -> str:
    """A smooth line; a support ends in a filled arrow head, an attack is dashed and ends in a bar."""
    points, aside = line.points, line.head and line.on_link
    slopes = _slopes(points, aside=aside)
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for (x0, y0), (x1, y1), (u0, v0), (u1, v1) in zip(points, points[1:], slopes, slopes[1:], strict=False):
        path += f"C{x0 + u0 / 3:.1f} {y0 + v0 / 3:.1f} {x1 - u1 / 3:.1f} {y1 - v1 / 3:.1f} {x1:.1f} {y1:.1f}"
    attack = line.kind == "attack"
    dash = f' stroke-dasharray="{DASH}"' if attack else ""
    colour = AGAINST if attack else FOR
    drawn = (
        f'<path class="map-line map-{line.kind}" d="{path}" fill="none" stroke="{colour}" stroke-width="1.8"{dash}/>'
    )
    return drawn + (_head(points, line.kind, aside=aside) if line.head else "")


def _slopes(points: tuple[tuple[float, float], ...], *, aside: bool) -> list[tuple[float, float]]:
    """Which way the line runs at each point: up or down, and sideways where it ends at a joint."""
    steps = [b[1] - a[1] for a, b in itertools.pairwise(points)]
    ways = [(0.0, 1.5 * step) for step in (steps[0], *steps)]
    if aside:
        across = points[-1][0] - points[-2][0]
        ways[-1] = (max(abs(across), 24.0) * (1.5 if across > 0 else -1.5), 0.0)
    return ways


def _head(points: tuple[tuple[float, float], ...], kind: str, *, aside: bool) -> str:
    (x, y), before = points[-1], points[-2]
    back = 10 if before[1] > y else -10
    if kind == "support":
        return f'<path class="map-head map-support" d="M{x:.1f} {y:.1f}l-6 {back}h12z" fill="{FOR}"/>'
    bar = f"M{x:.1f} {y - 9:.1f}v18" if aside else f"M{x - 9:.1f} {y + back * 0.25:.1f}h18"
    return f'<path class="map-head map-attack" d="{bar}" stroke="{AGAINST}" stroke-width="4" fill="none"/>'


def _knot(knot: Knot, *, live: bool) -> str:
    colour = AGAINST if knot.kind == "attack" else FOR
    sign = "M-4 0h8" if knot.kind == "attack" else "M-4 0h8M0 -4v8"
    told = f"{'against' if knot.kind == 'attack' else 'for'}{', only together' if knot.joint else ''}"
    bar = ""
    if knot.joint:
        half = BAR / 2 - 10
        bar = (
            f'<path class="map-bar map-{knot.kind}" d="M{-half:.1f} 10h{2 * half:.1f}" stroke="{colour}" '
            'stroke-width="3" fill="none"/>'
            f'<text class="map-small" x="16" y="3" font-size="{SMALL}" fill="{SOFT}">together</text>'
        )
    struck = '<path class="map-struck" d="M-11 11L11 -11" stroke="#1a1c22" stroke-width="2"/>'
    return (
        f'<g class="map-knot map-{knot.label}" data-arg="{escape(knot.link)}" transform="translate({knot.x:.1f} {knot.y:.1f})">'
        f"<title>{escape(told)}{escape(f': {knot.scheme}') if knot.scheme else ''}</title>{bar}"
        f'<circle class="map-disc map-{knot.kind}" r="9" fill="{PAPER}" stroke="{colour}" stroke-width="1.8"/>'
        f'<path class="map-sign" d="{sign}" stroke="{INK}" stroke-width="2" fill="none"/>'
        f"{struck if live or knot.label == 'falls' else ''}</g>"
    )


def _box(box: Box, *, links: bool) -> str:
    left, top = -box.width / 2, -box.height / 2
    stroke, dots = BORDERS[box.label]
    dash = ' stroke-dasharray="8 4"' if box.unstated else (f' stroke-dasharray="{dots}"' if dots else "")
    fill = "url(#map-hatch)" if box.label == "falls" else (FAINT if box.conclusion else PAPER)
    kind = "left unsaid" if box.unstated else ("conclusion" if box.conclusion else "")
    head = " · ".join(part for part in (box.told.number, kind) if part)
    quote = f"“{box.told.quote}”" if box.told.quote else box.text
    inner = [
        f"<title>{escape(quote)}{escape(' — ' + box.told.verdict) if box.told.verdict else ''}</title>",
        (
            f'<rect class="map-rect" x="{left:.1f}" y="{top:.1f}" width="{box.width:.0f}" height="{box.height:.1f}" rx="5" '
            f'fill="{fill}" stroke="{INK}" stroke-width="{stroke}"{dash}/>'
        ),
        _words(head, left + PAD, top + PAD + 9, SMALL, SOFT, weight=600),
        _words(STATES[box.label], -left - PAD, top + PAD + 9, SMALL, INK, weight=600, end=True, name="map-state"),
        *(_words(line, left + PAD, top + PAD + HEAD + 12 + LINE * i, TEXT, INK) for i, line in enumerate(box.lines)),
    ]
    classes = f"map-box map-{box.label}{' map-unsaid' if box.unstated else ''}{' map-top' if box.conclusion else ''}"
    place = f"translate({box.x:.1f} {box.y:.1f})"
    group = f'<g class="{classes}" data-arg="{escape(box.id)}" transform="{place}">{"".join(inner)}</g>'
    return f'<a href="#arg-{escape(box.id)}" class="map-link">{group}</a>' if links else group


def _words(
    text: str,
    x: float,
    y: float,
    size: float,
    colour: str,
    *,
    weight: int = 400,
    end: bool = False,
    name: str = "map-text",
) -> str:
    if not text:
        return ""
    anchor = ' text-anchor="end"' if end else ""
    shade = "map-soft" if colour == SOFT else "map-ink"
    return (
        f'<text class="{name} {shade}" x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-weight="{weight}" '
        f'fill="{colour}"{anchor}>{escape(text)}</text>'
    )


ENTRIES = (
    ("for", "speaks for"), ("against", "speaks against"), ("bar", "only together"), ("stands", "stands"), ("open", "open"),
    ("falls", "falls"), ("unsaid", "left unsaid"),
)  # fmt: skip


def legend_picture() -> Markup:
    """The same legend by itself, for a page whose map scrolls."""
    width, height = _legend_width(), 32
    size = f'viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}"'
    inside = "".join(_legend(0, -14))
    look = f'class="argument-map arg-legend" {size} font-family="{escape(FONT)}"'
    return Markup(f'<svg xmlns="http://www.w3.org/2000/svg" {look} aria-hidden="true">{inside}</svg>')  # noqa: S704 - our words


def _legend_width() -> float:
    return sum(62 + width_of(text, SMALL) for _, text in ENTRIES)


def _legend(x: float, y: float) -> Iterator[str]:
    """What the signs mean; not by colour alone."""
    yield f'<g class="map-legend" aria-hidden="true" transform="translate({x:.0f} {y + 30:.0f})">'
    at = 0.0
    for kind, text in ENTRIES:
        yield f'<g transform="translate({at:.0f} 0)">{_sample(kind)}{_words(text, 42, 4, SMALL, SOFT)}</g>'
        at += 62 + width_of(text, SMALL)
    yield "</g>"


def _sample(kind: str) -> str:
    if kind == "for":
        line = f'<path class="map-line map-support" d="M0 0H28" stroke="{FOR}" stroke-width="1.8"/>'
        return f'{line}<path class="map-head map-support" d="M36 0l-10 -6v12z" fill="{FOR}"/>'
    if kind == "against":
        dashed = f'stroke-width="1.8" stroke-dasharray="{DASH}"'
        line = f'<path class="map-line map-attack" d="M0 0H32" stroke="{AGAINST}" {dashed}/>'
        return f'{line}<path class="map-head map-attack" d="M34 -7v14" stroke="{AGAINST}" stroke-width="4"/>'
    if kind == "bar":
        bar = f'<path class="map-bar map-support" d="M0 3h36" stroke="{FOR}" stroke-width="3"/>'
        disc = f'cx="18" cy="-5" r="6" fill="{PAPER}" stroke="{FOR}" stroke-width="1.8"'
        return f'{bar}<circle class="map-disc map-support" {disc}/>'
    label = {"stands": "stands", "open": "undecided", "falls": "falls"}.get(kind, "stands")
    stroke, dots = BORDERS[label]
    dash = ' stroke-dasharray="8 4"' if kind == "unsaid" else (f' stroke-dasharray="{dots}"' if dots else "")
    fill = "url(#map-hatch)" if kind == "falls" else PAPER
    look = f'fill="{fill}" stroke="{INK}" stroke-width="{stroke}"{dash}'
    return f'<rect class="map-rect map-sample-{kind}" y="-9" width="36" height="18" rx="3" {look}/>'
