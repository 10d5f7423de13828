"""The whole of a large collection, by one command, and nothing of it lost."""

import csv
from pathlib import Path

import duckdb
import pytest

from evenhand.catalog import Catalog
from evenhand.catalog.bring import import_source

PACK = Path(__file__).parents[3].parent / "shared" / "data"


@pytest.mark.shared
@pytest.mark.skipif(not PACK.is_dir(), reason="needs ../shared/data")
def test_every_row_is_kept_merged_or_refused_with_a_reason(home):
    shipped = len(Catalog.open().tenures())
    report = import_source(str(PACK), id_="pack")
    rows = 0
    for path in (PACK / "measures").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows += sum(1 for _ in csv.reader(file)) - 1
    own = [table for table in report.tables if table.file.startswith("measures/")]
    assert sum(table.rows for table in own) == rows == sum(table.kept for table in own)
    for table in report.tables:
        assert table.cells == table.kept + table.empty + table.merged + table.refused
        assert table.refused == sum(one.figures for one in table.refusals)
    (stored,) = (home / "imports" / "files").glob("*/figures.parquet")
    ours = duckdb.execute(
        "SELECT unit, year, value, low, high FROM read_parquet(?) WHERE source = 'swiid' AND measure LIKE 'gini_disp%' "
        "ORDER BY unit, year", [str(stored)],
    ).fetchall()  # fmt: skip
    theirs = duckdb.execute(
        "SELECT code, year, value, low, high FROM read_csv(?) ORDER BY code, year",
        [str(PACK / "measures/gini_disp_swiid.csv")],
    ).fetchall()
    assert ours == theirs
    catalog = Catalog.open()
    with (PACK / "leaders.csv").open(encoding="utf-8") as file:
        assert report.entries["tenures"] == sum(1 for _ in csv.reader(file)) - 1 == len(catalog.tenures()) - shipped
    assert all(tenure.unit in catalog.known.units for tenure in catalog.tenures())
    units = {unit.id for unit in catalog.units()}
    assert {place for event in catalog.events() for place in event.place} <= units
    assert "WORLD" not in catalog.panel("life_expectancy_gapminder").units
