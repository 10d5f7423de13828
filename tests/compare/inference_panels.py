"""Small panels for inference: drawn, and the published ones where they lie beside the checkout."""

import csv
from pathlib import Path

import numpy as np
import pytest

from evenhand.compare import Framed, Groups, Panel, Window, groups_of, panel_of, read_frame

BENCHMARKS = Path(__file__).resolve().parents[3] / "shared" / "benchmarks"
PROP99 = Window(1970, 1989, 2000)
GERMANY = Window(1960, 1990, 2003)


def drawn(seed: int, units: int = 9, periods: int = 14, event: int = 9) -> tuple[Panel, Window]:
    """Two common factors, loadings of every unit, noise; years from 2000 on."""
    rng = np.random.default_rng(seed)
    factors = np.cumsum(rng.normal(size=(periods, 2)), axis=0)
    values = 20 + factors @ rng.uniform(0, 1, size=(2, units)) + rng.normal(scale=0.3, size=(periods, units))
    years = list(range(2000, 2000 + periods))
    return panel_of(values, years, [f"u{i:02d}" for i in range(units)]), Window(2000, 2000 + event, years[-1])


def exposing(panel: Panel, unit: str, event: int) -> Groups:
    """Groups of their own, in which one unit is exposed from the event on."""
    groups = groups_of(panel)
    groups.exposed[panel.periods >= event, panel.units.index(unit)] = True
    return groups


def prop99() -> Framed:
    """The California panel of Abadie, Diamond and Hainmueller (2010)."""
    return _shared("california_prop99.csv", ";", ("State", "Year", "PacksPerCapita"))


def germany() -> Framed:
    """The West German panel of Abadie, Diamond and Hainmueller (2015)."""
    return _shared("germany.csv", ",", ("country", "year", "gdp"))


def _shared(name: str, separator: str, names: tuple[str, str, str]) -> Framed:
    path = BENCHMARKS / name
    if not path.exists():
        pytest.skip(f"needs ../shared/benchmarks/{name}")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=separator))
    return read_frame({column: [row[column] for row in rows] for column in rows[0]}, *names)
