"""Size and power of the placebo test on a panel of one's own: how often does it reject when nothing happened?

Over all units alike a rank test rejects as often as its level says, by construction, and that is no evidence. What tells
something is the rate among units like the one that is judged: those that started as high, moved as much before the event,
or were followed as closely.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenhand.compare.conformal import apt_for_conformal, conformal
from evenhand.compare.errors import placebo_errors
from evenhand.compare.panel import Bools, Floats, Groups, Ints, Names, Panel, Scores, Window, groups_of
from evenhand.compare.placebo import By, Placebos, column_of, outcome, rank_all
from evenhand.compare.pools import exposed_in, exposing
from evenhand.compare.power import Power, power
from evenhand.compare.registry import STANDARDS
from evenhand.compare.standards import Standard
from evenhand.compare.synthetic.control import SyntheticControl
from evenhand.model import BadInputError

LEAST_PRE = 5
FEWEST_UNITS = 8
POOLS = {"unexposed": "exposed units are nobody's donors", "all": "exposed units are donors of the placebos"}
STARTS, CHANGES, FITS = "starting level", "change before the event", "fit before the event"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Quartiles:
    """How often the test rejects in each quarter of the units, lowest first.

    by: what they are ordered by. rates: of each quarter, None where nobody was in it. counts: judgements behind each
    (units times dates). subject: which quarter the subject is in (0 to 3), None where none was named or it has none.
    """

    by: str
    rates: tuple[float | None, ...]
    counts: tuple[int, ...]
    subject: int | None


@dataclass(frozen=True, slots=True)
class Rate:
    """Out of how many judgements how many rejected, and what share was meant to."""

    what: str
    rejected: int
    of: int
    nominal: float

    @property
    def share(self) -> float | None:
        """Rejected / of."""
        return self.rejected / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Size:
    """How a test behaves on this panel when nothing happened.

    standard, by: what is tested with. level: what p must reach. dates: the events that were pretended. quartiles: with
    exposed units out of the placebos' pools; exposed_in: with them in, empty where nobody is exposed or the standard has
    no pools. conformal, interval: rates of the conformal test and of synthetic difference-in-differences' placebo
    interval, over all units and dates. power: the smallest added effect that is found in 80 % of placebos.
    """

    standard: str
    by: By
    level: float
    subject: str | None
    dates: tuple[int, ...]
    units: int
    quartiles: tuple[Quartiles, ...]
    exposed_in: tuple[Quartiles, ...]
    conformal: Rate | None
    interval: Rate | None
    power: Power

    def of_subject(self) -> dict[str, float | None]:
        """The rates in the subject's own quarters, by what they are ordered by."""
        return {one.by: one.rates[one.subject] for one in self.quartiles if one.subject is not None}


def size(
    standard: Standard,
    panel: Panel,
    window: Window | None = None,
    groups: Groups | None = None,
    *,
    subject: str | None = None,
    level: float = 0.1,
    by: By = "effect",
    progress: Progress | None = None,
) -> Size:
    """How often does this test reject, on this panel, when nothing happened, and how large an effect would it find?

    window: with the event that is judged; None: every date with five periods before it is pretended in turn. subject:
    whose quarter is pointed out; where ``groups`` names nobody as exposed it counts as exposed from the event on. Units
    that are exposed are not counted: there something did happen. Raises ``BadInputError`` under eight units, or without
    a date.
    """
    if not 0 < level < 1:
        raise BadInputError(f"the level {level:g} does not lie between 0 and 1", hint="0.1 means one in ten")
    known = groups if groups is not None else groups_of(panel)
    u = None if subject is None else column_of(panel.units, subject)
    windows = [window] if window is not None else pretended(panel)
    worlds = [(at, known if u is None else exposing(panel, known, u, at.event)) for at in windows]
    tested = {pool: _Table(u) for pool in POOLS}
    rates = {"conformal": [0, 0], "interval": [0, 0]}
    powers: list[Power] = []
    for step, (at, given) in enumerate(worlds):
        for pool, rule in _rules(standard, given).items():
            tested[pool].add(outcome(rule, panel, at, given), panel, at, given, level, by)
        _conformal(standard, panel, at, given, level, rates["conformal"])
        _interval(panel, at, given, level, rates["interval"])
        powers.append(power(standard, panel, at, given, level=level, by=by))
        if progress is not None:
            progress(step + 1, len(worlds))
    first, second = (tested[pool].quartiles() for pool in POOLS)
    if not first:
        raise BadInputError("no unit could be judged at any date", hint="look at the reasons of standard.score(…)")
    return Size(
        standard.name, by, level, subject, tuple(at.event for at in windows), len(panel.units), first, second,
        _rate("conformal test", rates["conformal"], level), _rate("synthetic-did interval", rates["interval"], level),
        Power.pooled(powers),
    )  # fmt: skip


def pretended(panel: Panel) -> list[Window]:
    """Every window of the whole panel whose event has five periods before it."""
    if len(panel.units) < FEWEST_UNITS:
        raise BadInputError(f"{len(panel.units)} units are too few to tell", hint=f"{FEWEST_UNITS} at least are wanted")
    years = panel.periods.tolist()
    if len(years) <= LEAST_PRE:
        raise BadInputError(f"{len(years)} periods are too few to pretend an event", hint="more than five are wanted")
    return [Window(years[0], year, years[-1]) for year in years[LEAST_PRE:]]


class _Table:
    """Gathers who was rejected, by quarters of the units."""

    def __init__(self, subject: int | None) -> None:
        self._subject = subject
        self._hits: dict[str, list[list[bool]]] = {}
        self._where: dict[str, int | None] = {}

    def add(self, found: Any, panel: Panel, window: Window, groups: Groups, level: float, by: By) -> None:
        """One date."""
        if by == "ratio" and isinstance(found, Scores):
            raise BadInputError("there is no ratio of errors without a fit before the event", hint="ask by='effect'")
        ranked: Placebos = rank_all(found, panel, window, groups, by=by)
        counted = (ranked.codes == 0) & ~exposed_in(panel, groups, window.start, window.end)
        for name, order in _orders(found, panel, window).items():
            placed = _quarter(order, counted)
            hits = self._hits.setdefault(name, [[], [], [], []])
            for q in range(4):
                hits[q] += (ranked.p[counted & (placed == q)] <= level).tolist()
            u = self._subject
            self._where[name] = None if u is None or placed[u] < 0 else int(placed[u])

    def quartiles(self) -> tuple[Quartiles, ...]:
        """What was gathered; the subject's quarter is that of the last date."""
        return tuple(
            Quartiles(
                name,
                tuple(float(np.mean(one)) if one else None for one in hits),
                tuple(map(len, hits)),
                self._where[name],
            )
            for name, hits in self._hits.items()
            if any(hits)
        )


def _orders(found: Any, panel: Panel, window: Window) -> dict[str, Floats]:
    """[N] what the units can be ordered by before the event."""
    before = (panel.periods >= window.start) & (panel.periods < max(window.event, window.start + 1))
    rows = panel.values[before]
    orders = {STARTS: rows[0]}
    if len(rows) > 1:
        orders[CHANGES] = rows[-1] - rows[0]
    if not isinstance(found, Scores):
        orders[FITS] = found.pre_error
    return orders


def _quarter(order: Floats, counted: Bools) -> Ints:
    """[N] 0 to 3 by place among the units that are counted; -1 for none. Where an exposed unit would stand, it is put."""
    among = np.sort(order[counted & ~np.isnan(order)])
    if not len(among):
        return np.full(len(order), -1)
    place = np.minimum(np.searchsorted(among, order, side="left"), len(among) - 1)
    return np.where(np.isnan(order), -1, 4 * place // len(among))


def _rules(standard: Standard, groups: Groups) -> dict[str, Standard]:
    """The standard with each of the pools; one alone where that makes no difference."""
    if not hasattr(standard, "pool"):
        return {"unexposed": standard}
    rule: Any = standard
    out: Standard = replace(rule, pool="unexposed")
    return {"unexposed": out} | ({"all": replace(rule, pool="all")} if groups.exposed.any() else {})


def _conformal(
    standard: Standard, panel: Panel, window: Window, groups: Groups, level: float, count: list[int]
) -> None:
    rule = standard if apt_for_conformal(standard) else SyntheticControl()
    free = ~exposed_in(panel, groups, window.start, window.end)
    p = conformal(rule, panel, window, groups).p[free] if window.start < window.event else np.full(1, np.nan)
    count[0] += int((p <= level).sum())
    count[1] += int((~np.isnan(p)).sum())


def _interval(panel: Panel, window: Window, groups: Groups, level: float, count: list[int]) -> None:
    if window.start >= window.event or "synthetic-did" not in STANDARDS:
        return
    found = placebo_errors(STANDARDS["synthetic-did"](), panel, window, groups)
    free = ~exposed_in(panel, groups, window.start, window.end) & ~np.isnan(found.errors)
    names: Names = panel.units
    ends = [found.interval(names[u], 1 - level) for u in np.flatnonzero(free)]
    count[0] += sum(not low <= 0 <= high for low, high in ends)
    count[1] += len(ends)


def _rate(what: str, count: list[int], level: float) -> Rate | None:
    return Rate(what, count[0], count[1], level) if count[1] else None
