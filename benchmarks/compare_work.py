"""Parts of the benchmark of synthetic controls: predictors, synthetic DiD, batches, the multiverse, cold start, the limit."""

import csv
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

from benchmarks.compare_cases import FOLDER, REPEATS, Case, cases, drawn, ours, timed
from benchmarks.compare_peers import azcausal_sdid, mlsynth_predictors, mlsynth_sdid, pysyncon_predictors
from benchmarks.results import Target
from evenhand.compare import (
    Plan,
    Predictor,
    Problems,
    SyntheticControl,
    SyntheticDiD,
    Window,
    groups_of,
    multiverse,
    panel_of,
    solve,
)
from evenhand.model import Choice, Form, Option

Part = tuple[list[str], list[Target]]
SIZES = (10, 100, 1000)


def with_predictors(one: Case) -> Part:
    """Abadie, Diamond and Hainmueller's specification, V searched for all 39 units."""
    with (FOLDER / "california_predictors.csv").open(encoding="utf-8") as file:
        found = {row.pop("state"): row for row in csv.DictReader(file)}
    units = one.panel.units
    rules = tuple(
        Predictor(panel_of([[float(found[u][key]) for u in units]], [1988], units), 1988, 1988)
        for key in next(iter(found.values()))
    )
    rule, groups = SyntheticControl(pool="all", predictors=rules), groups_of(one.panel)
    fits = rule.fit(one.panel, one.window, groups)
    seconds = median(timed(lambda: rule.fit(one.panel, one.window, groups)) for _ in range(3))
    error = float(fits.pre_error[units.index("California")])
    mean = float(np.mean(fits.pre_error))
    lines = [
        f"All 39 units in {seconds:.2f} s; root mean squared error of California {error:.4f}, mean of all {mean:.3f}."
    ]
    beside, found_by = predictors_beside(one, found, fits.pre_error, seconds)
    return lines + beside, [
        Target("ADH specification, California's error", "at most 1.7541", f"{error:.4f}", error <= 1.7541),
        Target("ADH specification, all 39 units", "at most 1 s", f"{seconds:.2f} s", seconds <= 1),
        *found_by,
    ]


def predictors_beside(one: Case, found: dict[str, dict[str, str]], own: np.ndarray, seconds: float) -> Part:
    """The peers' searches for V: mlsynth's of all units, pysyncon's (a minute each) of two."""
    units, lines, targets = one.panel.units, [], []
    for name, run, chosen in (
        ("mlsynth", mlsynth_predictors, units),
        ("pysyncon", pysyncon_predictors, ("California", "Utah")),
    ):
        errors, spent = {}, 0.0
        for unit in chosen:
            start = process_time()
            weights = np.maximum(run(one.panel, one.window, found, unit), 0)
            spent += process_time() - start
            u = units.index(unit)
            left = one.pre[:, u] - np.delete(one.pre, u, axis=1) @ (weights / weights.sum())
            errors[unit] = float((left**2).mean() ** 0.5)
        excess = {unit: float(own[units.index(unit)]) / error - 1 for unit, error in errors.items()}
        worst, ratio = max(excess, key=excess.__getitem__), spent / len(chosen) * len(units) / seconds
        reached = sum(float(own[units.index(u)]) > error * (1 - 1e-6) for u, error in errors.items())
        lines.append(
            f"{name}, {len(chosen)} units: {spent / len(chosen):.1f} s a unit, {ratio:,.0f} times ours; California {errors['California']:.4f};"
            f" reaches our error in {reached}; ours over theirs at most {excess[worst]:+.1e} ({worst})."
        )
        targets.append(
            Target(
                f"ADH specification, no unit worse than {name}'s",
                "at most 1e-6",
                f"{excess[worst]:+.1e}",
                excess[worst] <= 1e-6,
            )
        )
        if len(chosen) == len(units):
            targets.append(Target(f"ADH specification, {name}", "50 times", f"{ratio:,.0f} times", ratio >= 50))
    return lines, targets


def sdid(one: Case) -> Part:
    """Synthetic difference-in-differences of all units with exhaustive placebo errors."""
    rule, groups, n = SyntheticDiD(pool="all"), groups_of(one.panel), len(one.panel.units)
    rule.placebo_errors(one.panel, one.window, groups)

    def mine() -> None:
        rule.fit(one.panel, one.window, groups)
        rule.placebo_errors(one.panel, one.window, groups)

    own = median(timed(mine) for _ in range(REPEATS))
    fits, subject = n * n, one.panel.units.index("California")
    effect = float(rule.fit(one.panel, one.window, groups).effects[subject])
    error = float(rule.placebo_errors(one.panel, one.window, groups)[subject])
    each = 1e6 * own / fits
    lines = [
        f"evenhand: {fits:,} fits in {own:.3f} s ({each:.0f} µs a fit); California {effect:.4f}, error {error:.3f}."
    ]
    targets = []
    for peer, run, least in (("azcausal", azcausal_sdid, 500), ("mlsynth", mlsynth_sdid, 5)):
        try:
            each, their = run(one.panel, one.window, "California")
        except Exception as problem:  # noqa: BLE001 - a peer that fails is told, not hidden
            lines.append(f"{peer}: failed ({type(problem).__name__}: {problem}).")
            targets.append(Target(f"SDID, {peer}", f"{least} times", "failed here", None))
            continue
        ratio = each * fits / own
        lines.append(
            f"{peer}: {1e3 * each:.1f} ms a fit, California {their:.4f}; {ratio:,.0f} times ours for as many fits."
        )
        targets.append(
            Target(f"SDID with exhaustive errors, {peer}", f"{least} times", f"{ratio:,.0f} times", ratio >= least)
        )
    return lines, targets


def million(one: Case) -> Part:
    """A million distinct problems: windows by pools that leave two donors out."""
    figures = np.ascontiguousarray(one.panel.values)
    years, n = figures.shape
    spans = [(a, b) for b in range(8, years) for a in range(b - 7)]
    pairs = [(i, j) for i in range(n) for j in range(i)]
    size, solved, proved, seconds, at = 130, 0, 0, 0.0, 0
    rng = np.random.default_rng(0)
    base = np.r_[-1, np.zeros(size - 1, dtype=np.int64)]
    while solved < 1_000_000:
        first, last = spans[at % len(spans)]
        at += 1
        pools = np.tile(~np.eye(n, dtype=bool), (size, 1, 1))
        for k, pair in enumerate(rng.choice(len(pairs), size - 1, replace=False), start=1):
            pools[k][:, list(pairs[pair])] = False
        problems = Problems(
            figures, pools, first=np.full(size, first), last=np.full(size, last), pool=np.arange(size), base=base
        )
        start = process_time()
        found = solve(problems, smallest=False, careful=False)
        seconds += process_time() - start
        proved += int(found.proved.sum())
        solved += int((~found.proved).sum())
    said = (
        f"{solved:,} problems solved in {seconds:.1f} s of one core ({1e6 * seconds / solved:.2f} µs each); {proved:,} more were"
        " proved free, as their optimum in the larger pool lies in the smaller one. Blocks share nothing, so two cores halve it."
    )
    got = f"{seconds / 2:.1f} s (half of {seconds:.1f} s of one core)"
    return [said], [Target("a million distinct problems, 2 cores", "under 5 s", got, seconds / 2 < 5)]


def combinations() -> Part:
    """The multiverse over three sizes of combinations of 39 units, each in a process of its own without the peers."""
    spent, memory, lines = [], 0.0, []
    for count in SIZES:
        line = f"from benchmarks.compare_work import combined; combined({count})"
        done = subprocess.run([sys.executable, "-c", line], stdout=subprocess.PIPE, text=True, check=True)
        combos, wall, processor, memory = map(float, done.stdout.split())
        spent.append((int(combos), wall))
        lines.append(f"{int(combos):,} combinations: {wall:.1f} s ({processor:.1f} s of processor), {memory:.0f} MB.")
    (few, short), (many, long) = spent[0], spent[-1]
    linear = long / many / (short / few)
    lines.append(f"Two threads, 39 units. Time per combination, last size over first: {linear:.2f}.")
    return lines, [
        Target(f"{many:,} combinations of 39 units", "under 120 s", f"{long:.0f} s", long < 120),
        Target("time linear in the combinations", "1 within a quarter", f"{linear:.2f}", 0.75 < linear < 1.25),
        Target(f"peak memory at {many:,}", "under 500 MB", f"{memory:.0f} MB", memory < 500),
    ]


def combined(count: int) -> None:
    """Judge count thousand combinations, after a small round that compiles; print how many, seconds, of processor, MB."""
    one = cases()[0]
    rng = np.random.default_rng(1)
    years, units, figures = one.panel.periods.tolist(), one.panel.units, one.panel.values
    windows = [Window(a, 1989 + e, 2000 - f) for a in range(1970, 1975) for e in range(-2, 3) for f in range(4)]
    rules = [
        SyntheticControl(pool="all", intercept=parallel, least_pre=k) for parallel in (False, True) for k in range(2, 7)
    ]
    tables = {
        f"m{i}": panel_of(figures * (1 + 0.02 * rng.normal(size=figures.shape)), years, units) for i in range(count)
    }
    for some in (["m0"], list(tables)):
        choices = (
            Choice("measure", tuple(Option(name, "", name) for name in some), "measure"),
            Choice("window", tuple(Option(f"w{i}", "", w) for i, w in enumerate(windows)), "window"),
            Choice("standard", tuple(Option(f"s{i}", "", rule) for i, rule in enumerate(rules)), "standard"),
        )
        wall, processor = perf_counter(), process_time()
        found = multiverse(Plan(choices, groups_of(one.panel)), {k: tables[k] for k in some}, Form("more"))
        wall, processor = perf_counter() - wall, process_time() - processor
    # ru_maxrss starts at what the process that began this one held
    memory = int(Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024
    sys.stdout.write(f"{len(found.keys)} {wall} {processor} {memory}\n")


def cold() -> Part:
    """Fresh processes: the import, the first fit, and the first ever."""
    fit = (
        "import numpy as np; from evenhand.compare import *;"
        "p = panel_of(np.random.default_rng(0).normal(size=(20, 12)), range(20), [f'u{i}' for i in range(12)]);"
        "SyntheticControl().score(p, Window(0, 12, 19), groups_of(p))"
    )
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "NUMBA_CACHE_DIR": folder}
        bare, imported = (median(_process(line, env) for _ in range(REPEATS)) for line in ("pass", "import evenhand"))
        first = _process(fit, env)
        later = median(_process(fit, env) for _ in range(3))
    lines = [
        (
            f"`import evenhand` {imported:.3f} s (Python itself {bare:.3f} s); first fit in a fresh process {later:.2f} s; first"
            f" ever {first:.1f} s. Processor time of the new process."
        )
    ]
    return lines, [
        Target("import evenhand", "under 0.2 s", f"{imported:.3f} s", imported < 0.2),
        Target("first fit in a fresh process", "under 1 s", f"{later:.2f} s", later < 1),
        Target("first fit ever", "under 8 s", f"{first:.1f} s", first < 8),
    ]


def _process(line: str, env: dict[str, str]) -> float:
    """Seconds of processor time of a fresh Python."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", line], env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def limit() -> list[str]:
    """How far is the kernel from what the machine can do? Arithmetic counted against the rate of a plain product."""
    one = drawn()
    n, m = one.pre.shape[1], one.pre.shape[0]
    weights = ours(one.pre)
    support = float((weights > 0).sum(axis=1).mean())
    seconds = median(timed(lambda: ours(one.pre)) for _ in range(REPEATS)) / n
    steps = 1.3 * support
    work = m * n * 2 + steps * (2 * n * support / 2 + 6 * support**2) + 2 * 2 * m * n
    square = np.random.default_rng(0).normal(size=(400, 400))
    rate = 2 * 400**3 / median(timed(lambda: square @ square) for _ in range(REPEATS))
    return [
        (
            f"150 by 60: {1e6 * seconds:.1f} µs a fit for about {work:,.0f} floating-point operations (supports of {support:.1f}"
            f" donors, about {steps:.0f} steps, the Gram matrix shared, two passes over the data): {work / seconds / 1e9:.1f}"
            f" GFLOP/s, where a large matrix product on one core reaches {rate / 1e9:.0f}. The rest is latency: each step (least"
            " slope, one rank of the inverse, step length) waits for the one before, on vectors that fill few SIMD registers."
            " Several problems side by side in the lanes of one register would hide it; that is not done."
        )
    ]
