"""How often do innocent texts look selective? ``python -m benchmarks.selectivity`` writes its section of RESULTS.md.

Made-up authors cite cells of the built-in table without any view on which side comes out well: some pick things at random,
others choose a topic, a country or a source and take what they find there. The test of ``evenhand.compare.selectivity``
is put to each. ``--quick``: a tenth of the authors, nothing written.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.results import Target, checked, machine, told, write
from evenhand.audit import open_case
from evenhand.audit.omission.cells import Laid, lay
from evenhand.case import Window
from evenhand.catalog import Catalog
from evenhand.compare import favour, selectivity
from evenhand.compare.panel import Bools, Floats

ROOT = Path(__file__).resolve().parents[1]
HEADING = "## Selectivity of innocent authors"
AUTHORS = 2_000
DRAWS = 999
LEVEL = 0.05
WINDOWS = ((1950, 1985), (1960, 2000), (1925, 1965))
FEWEST = 5


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What can be cited: percentiles turned by direction [U, K], side [U], domain and main source [K]."""

    standing: Floats
    side: np.ndarray
    domain: np.ndarray
    source: np.ndarray

    @property
    def known(self) -> Bools:
        return ~np.isnan(self.standing)


Picker = Callable[[World, np.random.Generator], Bools]


def worlds() -> list[World]:
    """The units of the two sides of the built-in history pair by all concepts with a direction, in three windows."""
    case, catalog = open_case(ROOT / "examples" / "history" / "ledger-of-gains.case.yaml")
    return [_world(lay(replace(case, window=Window(*years), claims=()), catalog, years), catalog) for years in WINDOWS]


def _world(laid: Laid, catalog: Catalog) -> World:
    kept = np.flatnonzero(laid.directed & (~np.isnan(laid.standing)).any(axis=0))
    concepts = [laid.map.concepts[k] for k in kept]
    first = laid.side[0]
    return World(
        laid.standing[:, kept],
        np.array([1 if side == first else -1 for side in laid.side]),
        np.array([c.domain for c in concepts]),
        np.array([_main_source(catalog, c.measure) for c in concepts]),
    )


def _main_source(catalog: Catalog, measure: str) -> str:
    return Counter(map(str, catalog.figures(measure).source)).most_common(1)[0][0]


def independent(world: World, rng: np.random.Generator) -> Bools:
    """One thing from each field, each for three units of its own: the picks that the test itself makes."""
    cited = np.zeros(world.standing.shape, dtype=bool)
    for domain in dict.fromkeys(world.domain.tolist()):
        units = rng.choice(len(world.side), 3, replace=False)
        there = [k for k in np.flatnonzero(world.domain == domain) if world.known[units, k].any()]
        if there:
            cited[units, rng.choice(there)] = True
    return cited


def distinct(world: World, rng: np.random.Generator) -> Bools:
    """Six different things of any field, each for three units of its own."""
    cited = np.zeros(world.standing.shape, dtype=bool)
    for k in rng.choice(len(world.domain), 6, replace=False):
        cited[rng.choice(len(world.side), 3, replace=False), k] = True
    return cited


def by_topic(world: World, rng: np.random.Generator) -> Bools:
    """Everything of one field, for four units."""
    domain = rng.choice(list(dict.fromkeys(world.domain.tolist())))
    return _block(world, rng.choice(len(world.side), 4, replace=False), world.domain == domain)


def by_unit(world: World, rng: np.random.Generator) -> Bools:
    """Six things, at random, for one unit of either side."""
    return _of_one(world, rng, None)


def by_fame(world: World, rng: np.random.Generator) -> Bools:
    """For one unit the six things that it is known for, good or bad: the further from the middle, the likelier."""
    return _of_one(world, rng, 4.0)


def by_source(world: World, rng: np.random.Generator) -> Bools:
    """Everything that one source has, for three units."""
    rich = [s for s, n in Counter(world.source.tolist()).items() if n > 1]
    return _block(world, rng.choice(len(world.side), 3, replace=False), world.source == rng.choice(sorted(rich)))


def by_group(world: World, rng: np.random.Generator) -> Bools:
    """Three things, at random, for all units of both sides."""
    columns = np.zeros(len(world.domain), dtype=bool)
    columns[rng.choice(len(world.domain), 3, replace=False)] = True
    return _block(world, np.arange(len(world.side)), columns)


def by_topic_of_a_side(world: World, rng: np.random.Generator) -> Bools:
    """Everything of one field, for all units of one side."""
    domain = rng.choice(list(dict.fromkeys(world.domain.tolist())))
    return _block(world, np.flatnonzero(world.side == rng.choice([-1, 1])), world.domain == domain)


def by_source_of_a_side(world: World, rng: np.random.Generator) -> Bools:
    """Everything that one source has, for all units of one side."""
    rich = [s for s, n in Counter(world.source.tolist()).items() if n > 1]
    columns = world.source == rng.choice(sorted(rich))
    return _block(world, np.flatnonzero(world.side == rng.choice([-1, 1])), columns)


def _block(world: World, units: np.ndarray, columns: np.ndarray) -> Bools:
    cited = np.zeros(world.standing.shape, dtype=bool)
    cited[np.ix_(units, np.flatnonzero(columns))] = True
    return cited


def _of_one(world: World, rng: np.random.Generator, fame: float | None) -> Bools:
    rich = np.flatnonzero(world.known.sum(axis=1) >= 8)
    unit = rng.choice(rich)
    there = np.flatnonzero(world.known[unit])
    weight = np.ones(len(there)) if fame is None else np.abs(world.standing[unit, there] - 0.5) ** fame + 1e-9
    cited = np.zeros(world.standing.shape, dtype=bool)
    cited[unit, rng.choice(there, 6, replace=False, p=weight / weight.sum())] = True
    return cited


PICKERS: dict[str, tuple[str, Picker]] = {
    "independent": ("one thing from each field, at random", independent),
    "distinct": ("six different things, at random", distinct),
    "topic": ("a topic: all of one field", by_topic),
    "unit": ("a country: six things, at random", by_unit),
    "fame": ("a country: what it is known for, good or bad", by_fame),
    "source": ("a source: all that it has", by_source),
    "topic-side": ("a topic: all of one field, for one whole side", by_topic_of_a_side),
    "source-side": ("a source: all that it has, for one whole side", by_source_of_a_side),
    "group": ("three things for both whole groups", by_group),
}


@dataclass(frozen=True, slots=True)
class Rates:
    """Of ``authors`` with five cited cells or more: the share with p at or under the level, by pool and tail."""

    authors: int
    domain_high: float
    domain_low: float
    any_high: float
    any_low: float


def rates(name: str, made: list[World], authors: int, seed: int) -> Rates:
    """How often is each tail at or under the level?"""
    found = np.array(list(_tails(PICKERS[name][1], made, authors, np.random.default_rng(seed))))
    under = (found <= LEVEL).mean(axis=0)
    return Rates(len(found), *(float(x) for x in under))


def _tails(pick: Picker, made: list[World], authors: int, rng: np.random.Generator) -> Iterator[list[float]]:
    for i in range(authors):
        world = made[i % len(made)]
        cited = pick(world, rng)
        side = world.side * rng.choice([-1, 1])
        favours = favour(world.standing, np.ones(len(world.domain), dtype=np.int64), side)
        if int((cited & ~np.isnan(favours)).sum()) < FEWEST:
            continue
        domains = world.domain.tolist()
        row: list[float] = []
        for pool in ("domain", "any"):
            one = selectivity(favours, cited, domains, rng, pool=pool, draws=DRAWS, most=10_000)
            row += [one.p_high or 1.0, one.p_low or 1.0]
        yield row


def main(arguments: list[str]) -> int:
    authors = AUTHORS // 10 if "--quick" in arguments else AUTHORS
    made = worlds()
    found = {name: rates(name, made, authors, seed) for seed, name in enumerate(PICKERS)}
    for name, rate in found.items():
        print(f"{PICKERS[name][0]}: {rate}")
    own = found["independent"]
    slack = 3 * (LEVEL * (1 - LEVEL) / own.authors) ** 0.5
    targets = [
        Target(f"size for independent picks, {where}", f"at most {LEVEL:.0%}", f"{max(pair):.1%}", max(pair) <= LEVEL + slack)
        for where, pair in (
            ("same field", (own.domain_high, own.domain_low)),
            ("any field", (own.any_high, own.any_low)),
        )
    ]  # fmt: skip
    if "--quick" not in arguments:
        write(HEADING, _body(found, targets))
    return checked(targets) if "--check" in arguments else 0


def _body(found: dict[str, Rates], targets: list[Target]) -> str:
    rows = [
        f"| {PICKERS[name][0]} | {r.authors:,} | {r.domain_high:.1%} | {r.domain_low:.1%} | {r.any_high:.1%} | {r.any_low:.1%} |"
        for name, r in found.items()
    ]
    windows = ", ".join(f"{a} to {b}" for a, b in WINDOWS)
    told_first = (
        "Made-up authors with no view on who comes out well cite cells of the built-in table (both sides of the history pair, "
        f"all things with a direction, windows {windows}; the side they argue for is tossed). Of those with {FEWEST} cells or "
        f"more, how many get a p of {LEVEL} or less? `python -m benchmarks.selectivity`."
    )
    lines = [
        told_first,
        "",
        told(targets),
        "",
        "| the author picks | authors | same field, for | same field, against | any field, for | any field, against |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        machine("evenhand", "numpy"),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
