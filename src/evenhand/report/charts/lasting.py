"""Who still lasts after how long: a falling line in steps with its band, and a second one to set it against."""

from evenhand.model.base_rate import BaseRate, Curve
from evenhand.report import words
from evenhand.report.charts.frame import WIDTH, Chart, Setting, framed
from evenhand.report.charts.plot import Axis, Label, Lines, Plot, Point, nice_axis

HEIGHT = 190


def lasting(found: BaseRate, setting: Setting) -> Chart | None:
    """The curves of a class; None where nothing is known of how long its members last."""
    if not found.curves or found.curves[0].years[-1] <= 0:
        return None
    longest = max(curve.years[-1] for curve in found.curves)
    across = nice_axis(0, longest, 5)
    layers, labels = [Lines((((0, 50), (longest, 50)),), "soft", 0.8, (2, 3))], []
    for i, curve in enumerate(found.curves):
        if curve.lead:
            layers += [
                Lines(runs, "faint", 1.4) for runs in (_bound(curve, curve.low), _bound(curve, curve.high)) if runs
            ]
        layers.append(Lines((_steps(curve),), "accent" if curve.lead else "ink", 1.8 if curve.lead else 1.2,
                            () if curve.lead else (5, 3), cap="butt"))  # fmt: skip
        dash = "whole line" if curve.lead else "broken line"
        labels.append(Label(longest, 104 - 9 * i, f"{words.shorten(curve.who, 32)}: {dash}", "ink", "right", 0, -8))
    plot = Plot(WIDTH, HEIGHT, Axis(0, longest, across.ticks, across.number_format), Axis(0, 118, (0, 25, 50, 75, 100)),
                tuple(layers), tuple(labels), left=30, bottom=22)  # fmt: skip
    lead = found.curves[0]
    svg = framed(
        "lasting", setting, plot, title=f"{found.name}: share in per cent that lasts longer than so many years",
        years=f"Counted: {lead.at_risk[0]:,}; drawn until {words.number(round(lead.years[-1], 1))} years",
        describe=f"A falling line in steps: of {lead.at_risk[0]:,}, the share that still goes on after so many years.",
    )  # fmt: skip
    told = "Each step down is one or more that ended; those that still went on when last seen leave the count there without one."
    second = f" The broken line: {found.curves[1].who}." if len(found.curves) > 1 else ""
    return Chart(
        "lasting",
        svg,
        f"{told} The thin lines are the 95 % band of the whole line, the dotted one is one half.{second}",
    )


def _steps(curve: Curve) -> tuple[Point, ...]:
    line: list[Point] = []
    for at, share in zip(curve.years, curve.shares, strict=True):
        line += [(at, line[-1][1])] if line else []
        line.append((at, 100 * share))
    return tuple(line)


def _bound(curve: Curve, values: tuple[float | None, ...]) -> tuple[tuple[Point, ...], ...]:
    known = [(at, 100 * value) for at, value in zip(curve.years, values, strict=True) if value is not None]
    line: list[Point] = []
    for at, value in known:
        line += [(at, line[-1][1])] if line else []
        line.append((at, value))
    return (tuple(line),) if len(line) > 1 else ()
