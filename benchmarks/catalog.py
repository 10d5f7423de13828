"""How fast is the catalogue over more figures than memory holds? ``python -m benchmarks.catalog [--check]``

Two generated imports of 100,000,000 figures each, written as an import writes them: 5,000 measures of 200 units over 100
years, as a large collection of indicators has; and one measure of 100,000 units over 1,000 years. From each a new process
lays out a panel of 200 units by 100 years: ``Catalog.open`` and the panel together, and the panel alone. The size is set
by EVENHAND_BENCH_ROWS. Then the collection beside the checkout, if it is there, is imported by one command. Written to
RESULTS.md; with ``--check`` compared with the targets.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.results import Target, checked, machine, told, write
from evenhand.catalog.entries import Measure, Source, Unit
from evenhand.catalog.imported import Manifest, Shelf, SourceManifest
from evenhand.catalog.imported.figures import covered, written
from evenhand.catalog.imported.shelf import COVERAGE, FIGURES

HEADING = "## The catalogue over a hundred million figures"
ROWS = int(os.environ.get("EVENHAND_BENCH_ROWS", "100000000"))
UNITS, YEARS, TRIES = 200, 100, 3
PACK = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
MANY = """SELECT 'm' || lpad((i // 20000)::VARCHAR, 4, '0') AS measure,
  'u' || lpad(((i % 20000) // 100)::VARCHAR, 6, '0') AS unit,
  (1920 + i % 100)::INTEGER AS year, (hash(i) % 100000) / 1000.0 AS value, NULL::DOUBLE AS low, NULL::DOUBLE AS high,
  's' AS source, '' AS flags FROM range({rows}) t(i)"""
ONE = """SELECT 'm0000' AS measure, 'u' || lpad((i // 1000)::VARCHAR, 6, '0') AS unit, (1020 + i % 1000)::INTEGER AS year,
  (hash(i) % 100000) / 1000.0 AS value, NULL::DOUBLE AS low, NULL::DOUBLE AS high, 's' AS source, '' AS flags
  FROM range({rows}) t(i)"""
CASES = (
    ("5,000 measures", MANY, 1, max(1, ROWS // 20_000)),
    ("one measure of 100,000 units", ONE, max(1, ROWS // 1000 // UNITS), 1),
)
ASK = """
import json, sys, time
from pathlib import Path
import evenhand.catalog.catalog
units = [f"u{i * int(sys.argv[2]):06}" for i in range(200)]
began = time.perf_counter()
catalog = evenhand.catalog.catalog.Catalog.open(home=Path(sys.argv[1]), folder=Path(sys.argv[1]) / "none")
opened = time.perf_counter()
panel = catalog.panel("m0000", units=units, years=(1920, 2019))
done = time.perf_counter()
assert panel.values.shape == (100, 200) and not (panel.values != panel.values).any()
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1000
print(json.dumps([done - began, done - opened, peak]))
"""
IMPORT = """
import sys
from pathlib import Path
from evenhand.cli import run
code = run(["data", "import", sys.argv[1]])
print(int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1000, file=sys.stderr)
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Medians over new processes. whole: opening and panel, seconds; panel: alone; peak: MB. size: GB on disk."""

    name: str
    whole: float
    panel: float
    peak: float
    size: float


def main(arguments: Sequence[str]) -> int:
    """Generate, ask, tabulate."""
    asked = []
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
        for name, query, step, measures in CASES:
            home = Path(folder) / name.replace(" ", "-").replace(",", "")
            size = generate(home, query.format(rows=ROWS), measures)
            asked.append(ask(name, home, step, size))
            print(asked[-1], file=sys.stderr)
        packed = pack(Path(folder) / "pack")
    targets = targets_of(asked, packed)
    body = report(asked, packed, targets)
    print(body)
    if "--check" in arguments:
        return checked(targets)
    write(HEADING, body)
    return 0


def generate(home: Path, query: str, measures: int) -> float:
    """An import of generated figures; gives its size in GB."""
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '2GB'")
    connection.execute("SET temp_directory = ?", [str(home / "spill")])
    connection.execute("SET enable_progress_bar = false")
    shelf = Shelf(home)
    with shelf.writing("generated") as place:
        written(connection, f"({query})", str(place.folder / FIGURES))
        covered(connection, f"read_parquet('{place.folder / FIGURES}')", str(place.folder / COVERAGE))
        count = ROWS // 1000 if measures == 1 else UNITS
        shelf.commit(Manifest(
            "generated", "Generated", "generated", "", "2026-01-01", place.folder.name, ROWS, {},
            (SourceManifest(Source("s", "Generated"), ROWS, ""),),
            tuple(Measure(f"m{i:04}", f"m{i:04}", "other", f"Measure {i}") for i in range(measures)),
            tuple(Unit(f"u{i:06}", f"Unit {i}") for i in range(count)),
        ))  # fmt: skip
        return (place.folder / FIGURES).stat().st_size / 1e9


def ask(name: str, home: Path, step: int, size: float) -> Asked:
    """The panel from new processes, the median of several."""
    runs = []
    for _ in range(TRIES):
        done = subprocess.run(
            [sys.executable, "-c", ASK, str(home), str(step)], check=True, capture_output=True, text=True
        )
        runs.append(json.loads(done.stdout))
    middle = [sorted(column)[TRIES // 2] for column in zip(*runs, strict=True)]
    return Asked(name, *middle, size)


def pack(home: Path) -> tuple[float, float, str] | None:
    """The collection beside the checkout by one command: seconds, peak MB, and what was told; None where it is not there."""
    if not PACK.is_dir():
        return None
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(PACK)], env={**os.environ, "EVENHAND_HOME": str(home)}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    return seconds, float(done.stderr.strip().splitlines()[-1]), " ".join(done.stdout.splitlines()[1].split())


def targets_of(asked: Sequence[Asked], packed: tuple[float, float, str] | None) -> list[Target]:
    """What was promised, and what came out."""
    found = [
        Target(f"panel of 200 by 100 out of {ROWS:,}, {one.name}", "under 2 s", f"{one.panel:.2f} s", one.panel < 2)
        for one in asked
    ]
    if packed is not None:
        found.append(Target("the collection by one command", "under 30 s", f"{packed[0]:.1f} s", packed[0] < 30))
        found.append(Target("its memory", "under 1 GB", f"{packed[1] / 1000:.2f} GB", packed[1] < 1000))
    return found


def report(asked: Sequence[Asked], packed: tuple[float, float, str] | None, targets: Sequence[Target]) -> str:
    """The section of RESULTS.md."""
    lines = [
        f"{ROWS:,} generated figures each: `python -m benchmarks.catalog`. Medians of {TRIES} new processes.",
        f"{machine('duckdb', 'numpy')}.",
        "", "| figures | on disk | panel of 200 by 100 | with opening the catalogue | peak memory |", "|---|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {one.name} | {one.size:.2f} GB | {one.panel:.2f} s | {one.whole:.2f} s | {one.peak:,.0f} MB |"
        for one in asked
    ]
    if packed is not None:
        lines += [
            "",
            f"A collection of 93 tables by one command: {packed[0]:.1f} s, {packed[1]:,.0f} MB; it {packed[2]}.",
        ]
    return "\n".join([*lines, "", told(targets)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
