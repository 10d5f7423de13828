"""The panels that the benchmark of synthetic controls measures on, and how it measures."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np

from evenhand.compare import Panel, Problems, Window, panel_of
from evenhand.compare.simplex.solve import one_block

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """name; panel; window; pre: [m, N] figures before the event; frame: the long table's rows (unit, year, value)."""

    name: str
    panel: Panel
    window: Window
    pre: np.ndarray


def case(name: str, file: str, columns: tuple[str, str, str, str], window: Window) -> Case:
    """A panel of the literature."""
    separator, unit, year, value = columns
    found: dict[str, dict[int, float]] = {}
    with (FOLDER / file).open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter=separator):
            found.setdefault(row[unit], {})[int(row[year])] = float(row[value])
    years = sorted(next(iter(found.values())))
    panel = panel_of([[found[u][y] for u in found] for y in years], years, list(found))
    return Case(name, panel, window, panel.values[panel.periods < window.event])


def cases() -> list[Case]:
    """Prop 99 and West Germany."""
    return [
        case("Prop 99", "california_prop99.csv", (";", "State", "Year", "PacksPerCapita"), Window(1970, 1989, 2000)),
        case("Germany", "germany.csv", (",", "country", "year", "gdp"), Window(1960, 1990, 2003)),
    ]


def drawn() -> Case:
    """150 units by 60 periods, random walks; 40 of them before the event."""
    rng = np.random.default_rng(0)
    values = np.cumsum(rng.normal(size=(60, 150)), axis=0) + 5 * rng.normal(size=150)
    panel = panel_of(values, range(60), [f"u{i:03}" for i in range(150)])
    return Case("150 by 60", panel, Window(0, 40, 59), values[:40])


def ours(pre: np.ndarray) -> np.ndarray:
    """All placebos, arrays in: [N, N] weights."""
    return one_block(Problems(pre, ~np.eye(pre.shape[1], dtype=bool))).weights


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time of this process: other work on the machine does not count."""
    start = process_time()
    work()
    return process_time() - start
