"""Lines, labels and axes in; an SVG fragment out. Vega draws, the page's custom properties colour.

Every layer is a set of polylines of one look and becomes a single path: thousands of marks stay small. Nothing in the
layout depends on the width of a text, so a machine's fonts do not change a byte.
"""

import math
import re
from dataclasses import dataclass
from typing import Any, Literal

import vl_convert

Ink = Literal["ink", "soft", "line", "faint", "accent", "card"]
SENTINELS: dict[Ink, str] = {
    "ink": "#010101",
    "soft": "#010102",
    "faint": "#010103",
    "accent": "#010104",
    "card": "#010105",
    "line": "#010106",
}
NOISE = re.compile(
    r' (?:class|role|aria-[a-z]+|pointer-events|font-family|opacity|stroke-miterlimit)="[^"]*"'
    r'| transform="translate\(0,0\)"'
)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Lines:
    """Polylines of one look. A polyline of two equal points is a dot of the line's width."""

    lines: tuple[tuple[Point, ...], ...]
    ink: Ink
    width: float = 1.0
    dash: tuple[int, ...] = ()
    cap: Literal["round", "butt", "square"] = "round"


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place of the plot. dy: shift in pixels, down."""

    x: float
    y: float
    text: str
    ink: Ink = "ink"
    align: Literal["left", "center", "right"] = "center"
    dx: float = 0
    dy: float = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where, ticks, and their d3 number format."""

    low: float
    high: float
    ticks: tuple[float, ...] = ()
    number_format: str = "d"


LETTER = 6.2
"""No letter of a label is wider than this on the whole, in pixels."""


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn. Sizes in pixels; left and bottom leave room for the labels of the axes."""

    width: int
    height: int
    x: Axis
    y: Axis
    layers: tuple[Lines, ...]
    labels: tuple[Label, ...] = ()
    left: int = 4
    right: int = 8
    top: int = 4
    bottom: int = 20


def nice_axis(low: float, high: float, count: int = 5) -> Axis:
    """An axis that covers the values, with round ticks."""
    if not high > low:
        low, high = low - 1, high + 1
    raw = (high - low) / count
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    if step / power == 2.5:
        digits += 1 if power <= 1 else 0
    return Axis(low, high, tuple(round(k * step, 12) for k in range(first, last + 1)), f",.{digits}f")


def year_axis(low: int, high: int) -> Axis:
    """An axis of years, without a thousands separator."""
    length = max(high - low, 1)
    step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 10_000) if length / s <= 6)
    first = -(-low // step) * step
    return Axis(low, max(high, low + 1), tuple(float(year) for year in range(first, high + 1, step)), "d")


def beside(at: float, text: str, room: tuple[float, float]) -> tuple[Literal["left", "right"], float]:
    """How a text stands beside a place so that it stays in the picture: its anchor, and its shift in pixels.

    at: pixels from the left end of the axis. room: from where to where there is space, in the same pixels.
    """
    wide, (first, last) = LETTER * len(text), room
    fits = {"right": at - 4 - wide >= first, "left": at + 4 + wide <= last}
    middle = (first + last) / 2
    wanted: tuple[Literal["left", "right"], ...] = ("right", "left") if at > middle else ("left", "right")
    for side in wanted:
        if fits[side]:
            return side, -4 if side == "right" else 4
    return ("right", last - at) if at > middle else ("left", first - at)


def draw(plot: Plot) -> str:
    """The plot as a fragment of SVG, coloured by custom properties, its corner at 0, 0."""
    svg = str(vl_convert.vega_to_svg(_spec(plot)))
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", svg, flags=re.DOTALL)
    inner = re.sub(r'<path class="(?:background|foreground)"[^>]*/>', "", inner)
    inner = re.sub(r"<[^>]+>", _clean_tag, inner)
    while (smaller := inner.replace("<g></g>", "")) != inner:
        inner = smaller
    return inner


def _clean_tag(match: re.Match[str]) -> str:
    tag = NOISE.sub("", match[0])
    tag = re.sub(r"-?\d+\.\d{2,}(?:e-?\d+)?", lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), tag)
    for ink, sentinel in SENTINELS.items():
        tag = tag.replace(sentinel, f"var(--chart-{ink})")
    return tag


def _spec(plot: Plot) -> dict[str, Any]:
    """Vega and not Vega-Lite: it spends twice as long on compiling as on drawing."""
    inner = (plot.width - plot.left - plot.right, plot.height - plot.top - plot.bottom)
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "width": inner[0],
        "height": inner[1],
        "padding": {"left": plot.left, "right": plot.right, "top": plot.top, "bottom": plot.bottom},
        "autosize": "none",
        "background": None,
        "scales": [_scale("x", plot.x, "width"), _scale("y", plot.y, "height")],
        "axes": [
            *([_axis("y", "left", plot.y, grid=True)] if plot.y.ticks else []),
            *([_axis("x", "bottom", plot.x, grid=False)] if plot.x.ticks else []),
        ],
        "marks": [*(_path_mark(layer, plot, inner) for layer in plot.layers), *map(_text_mark, plot.labels)],
    }


def _scale(name: str, axis: Axis, size: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "linear",
        "domain": [axis.low, axis.high],
        "range": size,
        "nice": False,
        "zero": False,
    }


def _axis(name: str, side: str, axis: Axis, *, grid: bool) -> dict[str, Any]:
    return {
        "scale": name,
        "orient": side,
        "values": list(axis.ticks),
        "format": axis.number_format,
        "aria": False,
        "grid": grid,
        "gridColor": SENTINELS["faint"],
        "gridWidth": 0.6,
        "domain": not grid,
        "domainColor": SENTINELS["soft"],
        "ticks": not grid,
        "tickColor": SENTINELS["soft"],
        "tickSize": 4,
        "labelColor": SENTINELS["soft"],
        "labelFontSize": 10.5,
        **({} if grid else {"labelFlush": 14}),
    }


def _path_mark(lines: Lines, plot: Plot, inner: tuple[int, int]) -> dict[str, Any]:
    """All polylines of a look as one path."""
    x, y = plot.x, plot.y
    across, up = inner[0] / (x.high - x.low), inner[1] / (y.high - y.low)
    path = "".join(
        "M"
        + "L".join(f"{(a - x.low) * across:.1f},{inner[1] - (b - y.low) * up:.1f}" for a, b in line).replace(".0", "")
        for line in lines.lines
    )
    drawn = {
        "path": path,
        "stroke": SENTINELS[lines.ink],
        "strokeWidth": lines.width,
        "strokeCap": lines.cap,
        "strokeJoin": "round",
        **({"strokeDash": list(lines.dash)} if lines.dash else {}),
    }
    return _mark("path", drawn)


def _text_mark(label: Label) -> dict[str, Any]:
    drawn = {
        "text": label.text,
        "fill": SENTINELS[label.ink],
        "align": label.align,
        "baseline": "middle",
        "dx": label.dx,
        "dy": label.dy,
        "fontSize": 10.5,
        "fontWeight": "bold" if label.bold else "normal",
    }
    mark = _mark("text", drawn)
    mark["encode"]["enter"] |= {"x": {"scale": "x", "value": label.x}, "y": {"scale": "y", "value": label.y}}
    return mark


def _mark(kind: str, drawn: dict[str, Any]) -> dict[str, Any]:
    values = {name: {"value": value} for name, value in drawn.items()}
    return {"type": kind, "aria": False, "interactive": False, "encode": {"enter": values}}
