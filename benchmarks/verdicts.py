"""How often are the verdicts' words true where the truth is known? ``python -m benchmarks.verdicts [--check]``

1,000 made-up worlds of 40 units in 5 regions and 3 measures of one concept. Units of a region share half of the variance of
their trends, measures of a unit 60 %; all figures are measured with noise. One unit is given an effect of 0 to 3 standard
deviations of all units' true changes, and the claim is that it rose more than others. Written to RESULTS.md; with
``--check`` compared with what stands there.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from benchmarks.results import RESULTS, section, write
from evenhand.compare import (
    AllPeers,
    NearestUnits,
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
from evenhand.model import BANDS, Choice, Form, Option

WORLDS, UNITS, REGIONS, MEASURES = 1000, 40, 5, 3
EFFECTS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
YEARS = np.arange(1950, 1991)
NAMES = tuple(f"u{i:02}" for i in range(UNITS))
STANDARDS = ("change", "growth", "gap-closed", "whole-path", "nearest-peers")
SEED = 20240229
HEADING = "## Verdicts against a known truth"
BAND_NAMES = tuple(name for name, _ in BANDS)


@dataclass(frozen=True, slots=True)
class Judged:
    """What came out for one world. truly_above: the unit's true change is above the median unit's."""

    effect: float
    band: str
    share: float
    unusual: bool
    truly_above: bool


def main(arguments: Sequence[str]) -> int:
    """Generate, judge, tabulate."""
    judged = []
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for one in pool.map(judge, range(WORLDS), chunksize=10):
            judged.append(one)
            print(f"\r{len(judged):,} of {WORLDS:,} worlds", end="", file=sys.stderr)
    print(file=sys.stderr)
    text = report(judged)
    print(text)
    if "--check" in arguments:
        same = section(HEADING, RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "") == text
        print("as in RESULTS.md" if same else "NOT as in RESULTS.md", file=sys.stderr)
        return 0 if same else 1
    write(HEADING, text.removeprefix(HEADING))
    return 0


def judge(seed: int) -> Judged:
    """One world, and the verdict on the unit that was given the effect."""
    rng = np.random.default_rng([SEED, seed])
    effect = EFFECTS[seed % len(EFFECTS)]
    unit = int(rng.integers(UNITS))
    region = [f"r{i % REGIONS}" for i in range(UNITS)]
    truth, panels = world(rng, unit, effect)
    found = multiverse(plan(panels, region), panels, Form("more"))
    said = verdict(found, NAMES[unit])
    assert said.share is not None
    assert said.band is not None
    assert said.at_least_as_good is not None
    above = bool(truth[unit] > np.median(np.delete(truth, unit)))
    return Judged(effect, said.band, float(said.share), said.at_least_as_good <= 0.05, above)


def world(rng: np.random.Generator, unit: int, effect: float) -> tuple[np.ndarray, dict[str, Panel]]:
    """[N] the true changes, and the panels: levels, a common rise, trends of regions and units, noise that persists."""
    regional = rng.normal(0, np.sqrt(0.5), REGIONS)[np.arange(UNITS) % REGIONS]
    shared = regional + rng.normal(0, np.sqrt(0.5), UNITS)
    level = rng.normal(0, 8, UNITS)
    ramp = np.clip((YEARS - 1960) / 25, -0.4, 1.0)
    given = np.zeros(UNITS)
    given[unit] = effect
    changes, panels = [], {}
    for m in range(MEASURES):
        trend = np.sqrt(0.6) * shared + np.sqrt(0.4) * rng.normal(0, 1, UNITS) + given
        noise = np.zeros((len(YEARS), UNITS))
        for t in range(1, len(YEARS)):
            noise[t] = 0.7 * noise[t - 1] + rng.normal(0, 0.7, UNITS)
        figures = 60 + level + ramp[:, None] * (8 + 3 * trend) + noise
        panels[f"m{m}"] = panel_of(np.round(figures, 1), YEARS.tolist(), NAMES)
        changes.append(trend)
    return np.mean(changes, axis=0), panels


def plan(panels: dict[str, Panel], region: Sequence[str]) -> Plan:
    """The standing choices: three measures, window ends five years either way, five standards, three rules of peers."""
    spans = [Window(a, a, b) for a in (1960, 1955, 1965) for b in (1985, 1980, 1990)]
    rules = (AllPeers(), RegionPeers(), NearestUnits(k=10))
    choices = (
        Choice("measure", tuple(Option(name, name, name) for name in panels), "measure"),
        Choice("window", tuple(Option(f"w{i}", "", span) for i, span in enumerate(spans)), "window"),
        Choice("standard", tuple(Option(name, name, standard(name)) for name in STANDARDS), "standard"),
        Choice("peers", tuple(Option(f"p{i}", "", rule) for i, rule in enumerate(rules)), "peers"),
    )
    return Plan(choices, groups_of(next(iter(panels.values())), region=region))


def report(judged: Sequence[Judged]) -> str:
    """Both tables."""
    lines = [
        HEADING,
        "",
        f"{WORLDS:,} made-up worlds (seed {SEED}): `python -m benchmarks.verdicts`. Each row: in what percentage of the worlds",
        "the verdict on the unit that was given the effect fell into each band.",
        "",
        "| effect (sd) | worlds | "
        + " | ".join(name.replace("-", " ") for name in BAND_NAMES)
        + " | mean share | best 5 % of units |",
        "|---" * (len(BAND_NAMES) + 4) + "|",
    ]
    for effect in EFFECTS:
        rows = [one for one in judged if one.effect == effect]
        cells = [f"{100 * sum(one.band == name for one in rows) / len(rows):.0f}" for name in BAND_NAMES]
        share, unusual = np.mean([one.share for one in rows]), np.mean([one.unusual for one in rows])
        lines.append(
            f"| {effect:.1f} | {len(rows)} | {' | '.join(cells)} | {100 * share:.0f} % | {100 * unusual:.0f} % |"
        )
    lines += [
        "",
        "And the reverse: where the verdict fell into a band, how often the unit truly rose more than the median of the others.",
        "",
        "| band | worlds | truly rose more | mean effect (sd) | no effect at all |",
        "|---|---|---|---|---|",
    ]
    for name, words in BANDS:
        rows = [one for one in judged if one.band == name]
        if rows:
            true = np.mean([one.truly_above for one in rows])
            effect, none = np.mean([one.effect for one in rows]), np.mean([one.effect == 0 for one in rows])
            lines.append(f"| {words} | {len(rows)} | {100 * true:.0f} % | {effect:.2f} | {100 * none:.0f} % |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
