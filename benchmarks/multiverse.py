"""How long do 100,000 combinations over 150 units take? ``python -m benchmarks.multiverse``

25 panels, 100 windows, the four standards whose scores are set against peers, ten rules of peers. On one core.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import resource
import sys
from math import prod
from time import perf_counter, process_time

import numpy as np

from evenhand.compare import (
    AllPeers,
    GroupPeers,
    Panel,
    Plan,
    RegionPeers,
    Window,
    groups_of,
    multiverse,
    panel_of,
    standard,
    verdict,
)
from evenhand.model import Choice, Form, Option

UNITS, FIRST, LAST = 150, 1940, 2000
STANDARDS = ("change", "growth", "gap-closed", "whole-path")


def panels(count: int, rng: np.random.Generator) -> dict[str, Panel]:
    """Random walks of 150 units, with a tenth of the figures missing."""
    units, years = [f"u{i:03}" for i in range(UNITS)], range(FIRST, LAST + 1)
    made = {}
    for i in range(count):
        walk = 50 + np.cumsum(rng.normal(0.3, 1.0, (len(years), UNITS)), axis=0) + rng.normal(0, 5, UNITS)
        walk = np.round(np.maximum(walk, 1.0), 1)
        walk[rng.random(walk.shape) < 0.1] = np.nan
        made[f"m{i}"] = panel_of(walk, years, units)
    return made


def plan(tables: dict[str, Panel], rng: np.random.Generator) -> Plan:
    """25 measures, 100 windows, 4 standards, 10 rules of peers."""
    any_panel = next(iter(tables.values()))
    clubs = {f"g{i}": [u for u in any_panel.units if rng.random() < 0.5] for i in range(8)}
    region = [f"r{int(rng.integers(8))}" for _ in any_panel.units]
    windows = [Window(a, a, b) for a in range(1945, 1955) for b in range(1985, 1995)]
    rules = [AllPeers(), RegionPeers(), *[GroupPeers(name) for name in clubs]]
    choices = (
        Choice("measure", tuple(Option(name, name, name) for name in tables), "measure"),
        Choice("window", tuple(Option(f"w{i}", "", window) for i, window in enumerate(windows)), "window"),
        Choice("standard", tuple(Option(name, name, standard(name)) for name in STANDARDS), "standard"),
        Choice("peers", tuple(Option(f"p{i}", "", rule) for i, rule in enumerate(rules)), "peers"),
    )
    return Plan(choices, groups_of(any_panel, members=clubs, region=region))


def main() -> None:
    """Time it and say so."""
    rng = np.random.default_rng(20)
    tables = panels(25, rng)
    what = plan(tables, rng)
    start, began = perf_counter(), process_time()
    found = multiverse(
        what, tables, Form("more"), lambda done, total: print(f"\r{done:,} of {total:,}", end="", file=sys.stderr)
    )
    middle, worked = perf_counter(), process_time()
    print(file=sys.stderr)
    said = verdict(found, "u000")
    end = perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ways = prod(len(choice.options) for choice in what.choices)
    print(f"{ways:,} ways listed, {len(found.keys):,} of them different, {UNITS} units, form more, one thread")
    print(f"multiverse {middle - start:.2f} s ({worked - began:.2f} s of processor time), {memory:.0f} MB at most")
    print(f"one unit's verdict {end - middle:.2f} s")
    print(f"u000: {said.words}; rank {said.rank} of {said.of}")


if __name__ == "__main__":
    main()
