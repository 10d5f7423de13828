"""The panels of the literature, from the folder of reference panels beside the checkout."""

import csv
from pathlib import Path

import numpy as np
import pytest

from evenhand.compare import Window, groups_of, panel_of

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "benchmarks"
NEEDS = pytest.mark.skipif(not FOLDER.is_dir(), reason="the reference panels are not beside the checkout")


def table(name, separator, unit, year, value):
    found = {}
    with (FOLDER / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=separator):
            found.setdefault(row[unit], {})[int(row[year])] = float(row[value] or "nan")
    years = sorted(next(iter(found.values())))
    panel = panel_of([[found[u][y] for u in found] for y in years], years, list(found))
    return panel, groups_of(panel)


def california():
    """Cigarette packs a head, 39 states; California's tax from 1989."""
    return *table("california_prop99.csv", ";", "State", "Year", "PacksPerCapita"), Window(1970, 1989, 2000)


def germany():
    """GDP a head, 17 countries; reunification, as dated by Abadie, Diamond, Hainmueller (2015), in 1990."""
    return *table("germany.csv", ",", "country", "year", "gdp"), Window(1960, 1990, 2003)


def predictors():
    """[7, 39] of Abadie, Diamond, Hainmueller (2010), in the order of the panel's states, and their names."""
    panel, _, _ = california()
    with (FOLDER / "california_predictors.csv").open(encoding="utf-8") as file:
        rows = {row.pop("state"): row for row in csv.DictReader(file)}
    names = list(next(iter(rows.values())))
    return np.array([[float(rows[u][name]) for u in panel.units] for name in names]), names


def german(column):
    """Another column of the West German panel."""
    return table("germany.csv", ",", "country", "year", column)[0]
