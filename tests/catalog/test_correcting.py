"""``evenhand report-figure``: a correction that a maintainer can read, and that git applies to the table as it lies."""

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from evenhand.catalog import Catalog
from evenhand.catalog.correcting import FOLDER, Proposed, report_figure
from evenhand.cli import run
from evenhand.model import BadInputError

WHY = "the series leaves out the east\n--- a/x\n+++ b/x\n@@ -1 +1 @@"


@pytest.fixture(scope="module")
def table() -> Catalog:
    return Catalog.open(home=Path("/dev/null"))


@pytest.fixture
def clone(tmp_path, table) -> Path:
    """A folder that git knows, with the tables where they lie in a clone."""
    there = tmp_path / FOLDER
    (there / "observations").mkdir(parents=True)
    for name in ("sources.csv", "observations/infant-mortality.csv"):
        shutil.copy(table.reference.folder / name, there / name)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("source", ["riley-un", "Author, A. (2020), “A title”, with, commas"])
def test_git_applies_it_and_only_that_figure_changes(clone, table, source):
    found = report_figure(table, "infant mortality", "Cuba", 1960, Proposed(35.1, 33, 37, source, WHY))
    figures, sources = (clone / FOLDER / name for name in ("observations/infant-mortality.csv", "sources.csv"))
    before, known = rows(figures), rows(sources)
    (clone / "it.patch").write_text(found.patch, encoding="utf-8")
    subprocess.run(["git", "apply", "it.patch"], cwd=clone, check=True)
    after = rows(figures)
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    ((old, new),) = changed
    assert old[:2] == new[:2] == ["CUB", "1960"]
    assert new[2:5] == ["35.1", "33", "37"]
    added = rows(sources)[len(known) :]
    if source == "riley-un":
        assert (new[5], added) == ("riley-un", [])
    else:
        assert [new[5], source] == added[0][:2]
    for part in (
        "Infant mortality",
        "Cuba, 1960",
        f"Now:       {old[2]}",
        "Proposed:  35.1 (33 to 37)",
        "the series leaves out the east",
    ):
        assert part in found.patch


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"year": 1961}, "nearest years are 1960"),
        ({"unit": "Nowhereland"}, "no unit is called"),
        ({"measure": "happiness"}, "happiness"),
        ({"value": -4.0}, "cannot be a figure"),
        ({"low": 36.0}, "two ends"),
        ({"low": 36.0, "high": 38.0}, "does not hold the value"),
        ({"source": "nobody-1999"}, "there is no source"),
        ({"why": " "}, "needs a source and a reason"),
        ({"of": "riley-un"}, "it comes from gapminder-infant"),
    ],
)
def test_what_cannot_be_corrected_is_told(table, changes, said):
    asked = {"unit": "Cuba", "measure": "infant-mortality", "year": 1960, "value": 35.1, "low": None, "high": None,
             "source": "riley-un", "why": "so", "of": None} | changes  # fmt: skip
    proposed = Proposed(asked["value"], asked["low"], asked["high"], asked["source"], asked["why"])
    with pytest.raises(BadInputError) as caught:
        report_figure(table, asked["measure"], asked["unit"], asked["year"], proposed, of=asked["of"])
    assert said in str(caught.value.problems[0])


def test_what_stands_there_already_is_no_correction(table):
    now = next(o for o in table.observations("infant-mortality", ["CUB"], 1960, 1960))
    with pytest.raises(BadInputError, match="says exactly that already"):
        report_figure(table, "infant-mortality", "CUB", 1960, Proposed(now.value, now.low, now.high, now.source, "so"))


def test_the_command_writes_a_file_and_nothing_else(tmp_path, monkeypatch, capsys, table):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Catalog, "open", lambda: table)
    asked = [
        "report-figure",
        "Cuba",
        "--measure",
        "infant-mortality",
        "--year",
        "1960",
        "--value",
        "35.1",
        "--source",
        "riley-un",
        "--why",
        "so",
    ]
    assert run([*asked, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [p.name for p in tmp_path.iterdir()] == [said["file"]] == ["infant-mortality-CUB-1960.correction.patch"]
    assert run([*asked, "-o", "-"]) == 0
    assert capsys.readouterr().out == Path(said["file"]).read_text(encoding="utf-8")
    assert run(["1961" if word == "1960" else word for word in asked]) == 2
    assert "no figure of Infant mortality for Cuba in 1961" in capsys.readouterr().err
