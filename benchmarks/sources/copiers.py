"""Simulated copiers: are they found, and is what was found used?"""

import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.results import Target
from benchmarks.sources.worlds import HARD, PLAIN, World, testimony, voted
from evenhand.sources import Settings, truth, truth_under_copying

FALSE_LINKS = 0.01


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the seeds. plain, without: voting, and voting with the copiers removed; accu, ours: ACCU without and with
    copying; auc: of pairs of one bloc against all others; false: share of the other pairs that are called dependent.
    """

    world: World
    plain: float
    without: float
    accu: float
    ours: float
    auc: float
    false: float


def score(world: World, seeds: int, settings: Settings | None = None, *, first: int = 0) -> Score:
    """One world over many seeds."""
    rows = [_one(world, seed, settings or Settings()) for seed in range(first, first + seeds)]
    return Score(world, *(float(value) for value in np.mean(rows, axis=0)))


def _one(world: World, seed: int, settings: Settings) -> tuple[float, ...]:
    values = world.draw(seed)
    said = testimony(values)
    found = truth_under_copying(said, settings=settings)
    right = float((found.truth.answer == 0).mean())
    upper = np.triu_indices(len(values), 1)
    gain = np.maximum(found.found.gains, found.found.gains.T)[upper]
    of = world.bloc
    dependent = (of[upper[0]] > 0) & (of[upper[0]] == of[upper[1]])
    plain, without = voted(values, world.false), voted(values[world.no_copier], world.false)
    accu = float((truth(said, "accu", settings=settings).answer == 0).mean())
    return plain, without, accu, right, _auc(gain, dependent), float((gain[~dependent] > 0).mean())


def _auc(score_of: NDArray[np.float64], dependent: NDArray[np.bool_]) -> float:
    """The chance that a dependent pair has the higher score; 1 where there is no such pair."""
    ours, others = score_of[dependent][:, None], score_of[~dependent][None]
    return float(((ours > others) + 0.5 * (ours == others)).mean()) if dependent.any() else 1.0


def scores(worlds: Iterable[World], seeds: int) -> list[Score]:
    """All worlds, one process for each core."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(partial(score, seeds=seeds), worlds))


def run(seeds: int = 200) -> tuple[str, list[Target]]:
    """The table of all worlds, and the targets."""
    plain, hard = scores(PLAIN, seeds), scores(HARD, seeds)
    lines = [
        f"{seeds} seeds, 100 items; one source of .3 is copied with rate .8. *Without* is voting with the copiers removed.",
        "",
        "| world | voting | without | ACCU | ACCU with copying | AUC of pairs | false links |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {s.world.name} | {s.plain:.3f} | {s.without:.3f} | {s.accu:.3f} | {s.ours:.3f} | "
        f"{f'{s.auc:.4f}' if s.world.blocs else ''} | {s.false:.4f} |"
        for s in (*plain, *hard)
    ]
    return "\n".join(lines), [*_plain_targets(plain), *_hard_targets(hard)]


def _plain_targets(found: list[Score]) -> list[Target]:
    pairs = min(found, key=lambda s: s.auc)
    used = min(found, key=lambda s: s.ours - s.without)
    lost = sum(s.ours < s.without - 0.01 for s in found)
    unfound = sum(s.auc < 0.99 for s in found)
    return [
        Target(f"pairs found, worst of {len(found)} worlds", "AUC at least .99", f"{pairs.auc:.4f} ({pairs.world.name}); "
               f"{len(found) - unfound} worlds reach it", unfound == 0),
        Target(f"accuracy, worst of {len(found)} worlds", "within .01 of voting without the copiers",
               f"{used.ours - used.without:+.3f} ({used.world.name}); {len(found) - lost} worlds reach it", lost == 0),
    ]  # fmt: skip


def _hard_targets(found: list[Score]) -> list[Target]:
    honest = max((s for s in found if not s.world.blocs), key=lambda s: s.false)
    below = min(found, key=lambda s: s.ours - s.plain)
    return [
        Target("false links among honest sources of .9", "at most 1 %", f"{100 * honest.false:.2f} %",
               honest.false <= FALSE_LINKS),
        Target("hard settings against plain voting, worst", "never below by more than .005",
               f"{below.ours - below.plain:+.3f} ({below.world.name})", below.ours >= below.plain - 0.005),
    ]  # fmt: skip
