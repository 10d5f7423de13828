"""Outcomes against a slow implementation that shares no code with ours: exact fractions, one unit at a time.

Random small panels with gaps, ties, kin and units that did not exist; every form, standard and rule of peers.
"""

import math
from fractions import Fraction
from itertools import pairwise, product
from statistics import median

import numpy as np
import pytest

from evenhand.compare import (
    AllPeers,
    Change,
    GapClosed,
    GroupPeers,
    Growth,
    Level,
    ListedPeers,
    NearestPeers,
    NearestUnits,
    Plan,
    RegionPeers,
    WholePath,
    Window,
    groups_of,
    multiverse,
    panel_of,
)
from evenhand.model import Choice, Form, Option, Outcome

YEARS = (1950, 1955, 1960, 1970)
WINDOWS = (Window(1950, 1950, 1970), Window(1955, 1955, 1970), Window(1950, 1950, 1960))
N = 14
UNITS = tuple("ABCDEFGHIJKLMN")
REGION = tuple("east" if i % 3 else "west" for i in range(N))
KIN = (("A", "B"), ("C", "D"))
CLUB = ("B", "C", "E", "F", "G", "H")
STANDARDS = {
    "level": Level(),
    "change": Change(),
    "growth": Growth(),
    "gap": GapClosed(),
    "path": WholePath(),
    "near": NearestPeers(k=4),
}
RULES = {
    "all": AllPeers(),
    "region": RegionPeers(),
    "club": GroupPeers("club"),
    "list": ListedPeers(CLUB),
    "nearest": NearestUnits(k=5),
}
FORMS = [
    Form("more"),
    Form("more", "down"),
    Form("less"),
    Form("most"),
    Form("least", "down"),
    Form("among-the-most"),
    Form("by-at-least", margin=1.5),
    Form("by-at-least", "down", margin=1.5),
    Form("by-at-least", ratio=1.5),
    Form("by-at-least", "down", ratio=1.5),
    Form("same", within=1.0),
    Form("same", within=25.0, unit="percent"),
    Form("same", within=0.5, unit="sd"),
    Form("at-most", margin=2.0),
    Form("rose"),
    Form("fell"),
]


def random_figures(seed):
    """figures[unit][year]: tenths between 1 and 30, few enough to tie, None for gaps."""
    rng = np.random.default_rng(seed)
    table = rng.integers(10, 300, (N, 4)) if seed % 2 else rng.integers(3, 9, (N, 4)) * 10
    gaps = rng.random((N, 4)) < 0.12
    return {
        u: {y: None if gaps[i, t] else Fraction(int(table[i, t]), 10) for t, y in enumerate(YEARS)}
        for i, u in enumerate(UNITS)
    }


def kin(u):
    return {v for pair in KIN for v in pair if u in pair} - {u}


def near(figures, u, year, k, who):
    start = figures[u][year]
    if start is None:
        return set()
    far = {v: abs(figures[v][year] - start) for v in who if v != u and v not in kin(u) and figures[v][year] is not None}
    reach = sorted(far.values())
    limit = reach[min(k, len(reach)) - 1] if reach else None
    return {v for v, d in far.items() if d <= limit}


def score(figures, name, window, up):
    """Unit -> score in the claim's direction, and whether scores are set against 0."""
    a, b = window.start, window.end
    sign = 1 if up else -1
    if name == "level":
        return {u: sign * f[b] for u, f in figures.items() if f[b] is not None}
    have = [u for u, f in figures.items() if f[a] is not None and f[b] is not None]
    change = {u: figures[u][b] - figures[u][a] for u in have}
    if name == "change":
        return {u: sign * c for u, c in change.items()}
    if name == "growth":
        return {u: sign * math.log(figures[u][b] / figures[u][a]) / (b - a) for u in have}
    if name == "gap":
        best = max if up else min
        start, end = (best((figures[u][y] for u in have), default=None) for y in (a, b))
        return {u: 1 - (end - figures[u][b]) / (start - figures[u][a]) for u in have if figures[u][a] != start}
    if name == "path":
        path = {u: [(y, figures[u][y]) for y in YEARS if a <= y <= b and figures[u][y] is not None] for u in have}
        return {u: sign * (mean_of_line(x) - figures[u][a]) for u, x in path.items() if len(x) >= 3}
    out = {}
    for u in have:
        others = near(figures, u, a, 4, have)
        if len(others) >= 3:
            out[u] = sign * (change[u] - median(change[v] for v in others))
    return out


def mean_of_line(points):
    areas = [(later - sooner) * (x + y) / 2 for (sooner, x), (later, y) in pairwise(points)]
    return sum(areas) / (points[-1][0] - points[0][0])


def named(figures, rule, u, window):
    if rule == "nearest":
        return near(figures, u, window.start, 5, UNITS)
    who = {"all": UNITS, "region": [v for v in UNITS if REGION[UNITS.index(v)] == REGION[UNITS.index(u)]]}.get(
        rule, CLUB
    )
    return {v for v in who if v != u and v not in kin(u)}


def close(x, y):
    return abs(x - y) <= 1e-9


def positive(x, y, up):
    return (x > 1e-12 and y > 1e-12) if up else (x < -1e-12 and y < -1e-12)


def against_value(form, s, reference, sd, *, up, is_zero):
    """The outcome of a form that sets a score against a number."""
    gap = s - reference
    if form.name in {"more", "less", "rose", "fell"}:
        if close(gap, 0):
            return "tied"
        return "holds" if (gap > 0) == (form.name in {"more", "rose"}) else "fails"
    if form.name == "by-at-least" and form.ratio is not None:
        if is_zero or not positive(s, reference, up):
            return "not"
        big, small = (s, reference * form.ratio) if up else (-reference, -s * form.ratio)
        return "holds" if big > small or close(big, small) else "fails"
    if form.name == "by-at-least":
        return "holds" if gap > form.margin or close(gap, form.margin) else "fails"
    if form.name == "at-most":
        return "holds" if gap < form.margin or close(gap, form.margin) else "fails"
    if form.unit == "percent" and is_zero:
        return "not"
    width = {"absolute": form.within, "percent": form.within / 100 * abs(float(reference)), "sd": form.within * sd}[
        form.unit
    ]
    return "holds" if abs(gap) < width or close(abs(gap), width) else "fails"


def by_rank(form, s, rivals):
    beyond = sum(1 for x in rivals if (x > s if form.name == "most" else x < s) and not close(x, s))
    equal = sum(close(x, s) for x in rivals)
    if form.name == "among-the-most":
        n = len(rivals) + 1
        level = sum(x > s or close(x, s) for x in rivals)
        return "not" if n < 10 else "holds" if level <= math.ceil(n / 10) - 1 else "fails"
    return "tied" if beyond == 0 and equal else "holds" if beyond == 0 else "fails"


def slow(figures, form, window, standard, rule, u):
    up = form.direction == "up" or form.name in {"rose", "fell"}
    own_change = form.name in {"rose", "fell"}
    scores = score(figures, "change" if own_change else standard, window, up)
    if u not in scores:
        return "not"
    margin = form.name in {"at-most", "same", "by-at-least"} and form.ratio is None and form.unit == "absolute"
    if margin and standard in {"growth", "gap"}:
        return "not"
    values = [float(x) for x in scores.values()]
    sd = float(np.std(values))
    by_order = form.name in {"most", "least", "among-the-most"}
    if own_change or (standard == "near" and not by_order):
        return against_value(form, scores[u], 0, sd, up=up, is_zero=True)
    who = named(figures, rule, u, window)
    rivals = [scores[v] for v in who if v in scores]
    if len(rivals) < 3 or 2 * len(rivals) < len(who):
        return "not"
    if by_order:
        return by_rank(form, scores[u], rivals)
    upwards = up or standard != "level"
    return against_value(form, scores[u], median(rivals), sd, up=upwards, is_zero=False)


def the_plan(panel, against=None):
    choices = (
        Choice("peers", tuple(Option(name, name, rule) for name, rule in RULES.items()), "peers"),
        Choice("window", tuple(Option(f"w{i}", "", window) for i, window in enumerate(WINDOWS)), "window"),
        Choice("standard", tuple(Option(name, name, rule) for name, rule in STANDARDS.items()), "standard"),
    )
    groups = groups_of(panel, members={"club": CLUB}, region=REGION, kin=KIN)
    return Plan(choices, groups, against=against)


def panel_from(figures):
    return panel_of([[None if (v := figures[u][y]) is None else float(v) for u in UNITS] for y in YEARS], YEARS, UNITS)


WORDS = {Outcome.FAILS: "fails", Outcome.HOLDS: "holds", Outcome.TIED: "tied", Outcome.NOT_JUDGED: "not"}


@pytest.mark.parametrize(
    "form", FORMS, ids=lambda f: f"{f.name}-{f.direction}-{f.ratio or f.margin or f.within}-{f.unit}"
)
@pytest.mark.parametrize("seed", range(6))
def test_every_outcome_is_the_slow_one(form, seed):
    figures = random_figures(seed)
    panel = panel_from(figures)
    found = multiverse(the_plan(panel), {"only": panel}, form)
    seen = set()
    for c in range(len(found.keys)):
        taken = found.combination(c)
        window = taken["window"].value
        standard = taken["standard"].id if taken["standard"] else None
        rule = taken["peers"].id if taken["peers"] else None
        for u in UNITS:
            expected = slow(figures, form, window, standard, rule, u)
            assert WORDS[found.outcome(c, u)] == expected, (c, u, window, standard, rule)
            seen.add(expected)
    assert len(seen) > 1


@pytest.mark.parametrize(
    "form", [Form("more"), Form("less"), Form("by-at-least", margin=1.0), Form("same", within=2.0)]
)
@pytest.mark.parametrize("seed", range(4))
def test_pairwise_outcomes_are_the_slow_ones(form, seed):
    figures = random_figures(seed)
    panel = panel_from(figures)
    found = multiverse(the_plan(panel, against="E"), {"only": panel}, form)
    assert len(found.keys) == len(WINDOWS) * len(STANDARDS) - 1  # two windows with the same end are one for Level
    for c, u in product(range(len(found.keys)), UNITS):
        taken = found.combination(c)
        standard = taken["standard"].id
        scores = score(figures, standard, taken["window"].value, up=True)
        expected = "not"
        unfit = form.name in {"by-at-least", "same"} and standard in {"growth", "gap"}
        if u in scores and "E" in scores and u != "E" and len(scores) >= 5 and not unfit:
            expected = against_value(form, scores[u], scores["E"], 0.0, up=True, is_zero=False)
        assert WORDS[found.outcome(c, u)] == expected, (c, u)
