"""How fast and how exact are the synthetic controls, beside other libraries? ``python -m benchmarks.compare [--check]``

Needs the extra ``bench`` and the reference panels in ``../shared/benchmarks``. One process, one thread, peers and ours by
turns, medians of processor time; losses are recomputed from the weights by one function for all. A peer too slow for the
whole sweep is timed on some units, and that is said.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import sys
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import process_time

import numpy as np
import pandas as pd

from benchmarks.compare_cases import REPEATS, Case, cases, drawn, ours, timed
from benchmarks.compare_peers import PEERS, mlsynth_frame, pysyncon_frame
from benchmarks.compare_work import Part, cold, combinations, limit, million, sdid, with_predictors
from benchmarks.results import Target, checked, machine, told, write
from evenhand.compare import SyntheticControl, groups_of, read_frame, to_frame

HEADING = "## Synthetic controls beside other libraries"
PACKAGES = ("evenhand", "numpy", "numba", "scipy", "pysyncon", "mlsynth", "azcausal")
INTRODUCTION = """
Placebo sweeps over all units, arrays in, one thread; microseconds of processor time a fit. Excess loss: the worst over the
optimum, as a share of it. `python -m benchmarks.compare`
"""


def losses(pre: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """[N] the sum of squares of each unit's fit, from weights made feasible: negative ones cut, the sum made 1."""
    feasible = np.maximum(weights, 0)
    feasible = feasible / feasible.sum(axis=1, keepdims=True)
    return ((pre - pre @ feasible.T) ** 2).sum(axis=0)


def fewer(count: int, n: int) -> list[int]:
    """Some of n units, evenly spread."""
    return sorted({int(i) for i in np.linspace(0, n - 1, min(count, n))})


def sweeps(one: Case) -> Iterator[tuple[str, str]]:
    """Placebo sweeps, arrays in: a row for each peer."""
    n = one.pre.shape[1]
    ours(one.pre)
    again = max(1, 4000 // (n * n))

    def mine_timed() -> float:
        """Seconds a fit; short sweeps are run several times over, since a clock has its own cost."""
        return timed(lambda: [ours(one.pre) for _ in range(again)]) / (n * again)

    mine = [mine_timed() for _ in range(3 * REPEATS)]
    best = losses(one.pre, ours(one.pre))
    yield f"| {one.name} | evenhand | {1e6 * median(mine):.1f} | 1 | | |", ""
    for name, (solver, count) in PEERS.items():
        units = fewer(count, n)
        theirs, found = [], np.zeros((len(units), n))
        for _ in range(1 if count < n else REPEATS):
            start = process_time()
            for k, u in enumerate(units):
                found[k, np.arange(n) != u] = solver(np.delete(one.pre, u, axis=1), one.pre[:, u])
            theirs.append((process_time() - start) / len(units))
            mine += [mine_timed() for _ in range(REPEATS)]
        feasible = np.maximum(found, 0) / np.maximum(found, 0).sum(axis=1, keepdims=True)
        reached = ((one.pre[:, units] - one.pre @ feasible.T) ** 2).sum(axis=0)
        excess = float(((reached - best[units]) / np.maximum(best[units], 1e-6 * one.pre.var())).max())
        off = float(np.abs(found.sum(axis=1) - 1).max())
        ratio = median(theirs) / median(mine)
        note = "" if len(units) == n else f" (on {len(units)} units)"
        row = f"| {one.name} | {name}{note} | {1e6 * median(theirs):.1f} | {ratio:,.0f} | {excess:.1e} | {off:.0e} |"
        yield row, f"{name}:{ratio}"


def sweep_targets(name: str, ratios: dict[str, float]) -> list[Target]:
    """What a sweep must show."""
    wanted = {"Prop 99": (1500, 10, 50), "Germany": (1500, 10, 50), "150 by 60": (None, 15, 300)}[name]
    mlsynth = min((r for peer, r in ratios.items() if peer.startswith("mlsynth")), default=None)
    got = (ratios.get("pysyncon"), ratios.get("scipy nnls"), mlsynth)
    made = []
    for peer, least, ratio in zip(("pysyncon", "scipy nnls", "mlsynth's fastest"), wanted, got, strict=True):
        if least is not None:
            shown = "not installed" if ratio is None else f"{ratio:,.0f} times"
            met = None if ratio is None else ratio >= least
            made.append(Target(f"{name}, arrays in, {peer}", f"{least:,} times", shown, met))
    return made


def frames(one: Case) -> tuple[list[str], list[Target]]:
    """A data frame in, a table of effects out, all units."""
    figures, units = one.panel.values, one.panel.units
    cells = [(u, int(y), figures[t, i]) for i, u in enumerate(units) for t, y in enumerate(one.panel.periods)]
    table = pd.DataFrame(cells, columns=["unit", "year", "value"])

    def mine() -> object:
        read = read_frame(table, unit="unit", time="year", value="value")
        fits = SyntheticControl(pool="all").fit(read.panel, one.window, groups_of(read.panel))
        return to_frame({"unit": fits.units, "effect": fits.effects, "ratio": fits.ratio}, backend="pandas")

    mine()
    own = median(timed(mine) for _ in range(REPEATS))
    rows, targets = [f"| {one.name} | evenhand | {1e3 * own:.2f} | 1 |"], []
    n, some = len(units), fewer(4, len(units))
    for peer, run, least in (("pysyncon", pysyncon_frame, 200), ("mlsynth", mlsynth_frame, 20 if n > 20 else 8)):
        run(table, units[0], one.window)
        seconds = n * median(timed(partial(run, table, units[u], one.window)) for u in some)
        ratio = seconds / own
        rows.append(
            f"| {one.name} | {peer} ({len(some)} units, times {n / len(some):.0f}) | {1e3 * seconds:.1f} | {ratio:,.0f} |"
        )
        targets.append(
            Target(f"{one.name}, frame to table, {peer}", f"{least} times", f"{ratio:,.0f} times", ratio >= least)
        )
    return rows, targets


def main(arguments: list[str]) -> int:
    """All of it, or with --check the targets that are missed and exit code 1."""
    warnings.filterwarnings("ignore")
    lines = [machine(*PACKAGES), INTRODUCTION]
    lines += ["| panel | solver | µs a fit | times ours | excess loss | sum off by |", "|---|---|---|---|---|---|"]
    targets: list[Target] = []
    for one in [*cases(), drawn()]:
        print(one.name, file=sys.stderr)
        ratios = {}
        for row, ratio in sweeps(one):
            lines.append(row)
            if ratio:
                ratios[ratio.split(":")[0]] = float(ratio.split(":")[1])
        targets += sweep_targets(one.name, ratios)
    lines += ["", "From a data frame to a table of effects, all units.", ""]
    lines += ["| panel | library | ms | times ours |", "|---|---|---|---|"]
    for one in cases():
        rows, found = frames(one)
        lines += rows
        targets += found
    california = cases()[0]
    parts: list[tuple[str, Callable[[], Part]]] = [
        ("Predictors", lambda: with_predictors(california)),
        ("Synthetic difference-in-differences", lambda: sdid(california)),
        ("A million problems", lambda: million(california)),
        ("A million combinations", combinations),
        ("Cold start", cold),
    ]
    for title, part in parts:
        print(title, file=sys.stderr)
        said, found = part()
        lines += ["", f"**{title}.** {' '.join(said)}"]
        targets += found
    lines += ["", f"**How far from the machine's limit.** {' '.join(limit())}", "", told(targets)]
    text = "\n".join(lines)
    print(text)
    if "--check" in arguments:
        return checked(targets)
    write(HEADING, text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
