"""Network epistemology: Zollman's table, the policy maker, and the search for an effort; how near, and how fast."""

import time
from dataclasses import dataclass
from math import sqrt

import numpy as np

from benchmarks.results import Target, machine, told, write
from evenhand.sources.learners import Community, Learning, history, learning, one_round, zollman_table
from evenhand.sources.manufacture import Question, could_be_made
from evenhand.sources.network import from_edges, network
from evenhand.sources.propaganda import Belief, Propagandist, Public, believe

HEADING = "## Sources: simulation"
RUNS, THREADS = 10_000, 2
ENDS = {"cycle": (0.758, 0.981), "wheel": (0.732, 0.969), "complete": (0.732, 0.905)}
"""Success of 4 and of 11 agents, over 10,000 runs of another implementation; so both sides have a Monte Carlo error."""
POLICY_MAKER = {10: 0.03, 15: 0.41, 20: 0.92}
ERRORS = 3.0
HEARD = [(0, 2), (0, 5), (1, 2), (1, 3), (1, 4), (1, 5), (2, 3), (2, 5), (3, 4), (3, 5)]
PRIORS, FOUND = (0.32, 0.21, 0.56, 0.43, 0.02, 0.59), (6, 5, 7, 4, 2, 5)
AFTER = np.array([0.70, 0.57, 0.87, 0.79, 0.02, 0.88])
"""The Misinformation Age, figure 2, as worked in figure-two.ipynb of polygraphs: ten trials each, epsilon .1."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found, and the seconds that each part took."""

    table: dict[str, tuple[Learning, ...]]
    beliefs: dict[int, Belief]
    scientists: float
    cells: int
    seconds: dict[str, float]


def main() -> list[Target]:
    """Measures, writes the section, and gives the targets."""
    found = measure()
    targets = targets_of(found)
    write(HEADING, f"{machine('numba', 'numpy')}, {THREADS} threads.\n\n{told(targets)}\n\n{tables(found)}")
    return targets


def measure() -> Measured:
    """Everything once, after compiling."""
    zollman_table(range(4, 5), runs=4, threads=THREADS)
    seconds: dict[str, float] = {}
    began, at_work = time.perf_counter(), time.process_time()
    table = zollman_table(runs=RUNS, seed=2007, threads=THREADS)
    seconds["table"] = time.perf_counter() - began
    seconds["processor"] = time.process_time() - at_work
    began = time.perf_counter()
    cycle = Community(network("cycle", 20), trials=10, edge=0.05, enough=0.99)
    seen = history(cycle, runs=RUNS, seed=2018, threads=THREADS)
    pushed = (Propagandist(pushes=False, way="share"),)
    beliefs = {n: believe(seen, Public(n, (0, 0.5)), pushed, right_only=True) for n in range(1, 21)}
    seconds["policy maker"] = time.perf_counter() - began
    began = time.perf_counter()
    question = Question(
        cycle, Public(10), sizes=tuple(range(2, 82, 2)), reaches=tuple(np.linspace(0.5, 1.0, 25).tolist())
    )
    searched = could_be_made(question, runs=1_000, seed=2026, threads=THREADS)
    seconds["search"] = time.perf_counter() - began
    return Measured(table, beliefs, learning(seen).right, len(searched.asked.cells), seconds)


def targets_of(found: Measured) -> list[Target]:
    """Each figure within three standard errors of the difference of two such simulations (and of the rounding)."""
    out = []
    for shape, ends in ENDS.items():
        for agents, figure, one in zip((4, 11), ends, (found.table[shape][0], found.table[shape][-1]), strict=True):
            allowed = ERRORS * sqrt(2 * figure * (1 - figure) / RUNS) + 0.0005
            near = abs(one.right - figure) <= allowed
            out.append(Target(f"{shape}, {agents} agents", f"{figure:.3f} ± {allowed:.3f}", f"{one.right:.3f}", near))
    for hears, figure in POLICY_MAKER.items():
        one = found.beliefs[hears]
        allowed = ERRORS * sqrt(2) * one.error[0] + 0.005
        near = abs(one.credence - figure) <= allowed
        out.append(Target(f"policy maker, {hears} heard", f"{figure:.2f} ± {allowed:.3f}", f"{one.credence:.3f}", near))
    table, search = found.seconds["table"], found.seconds["search"]
    worked = f"{table:.1f} s ({found.seconds['processor']:.1f} s of processor time)"
    after = one_round(from_edges(6, HEARD), PRIORS, FOUND, trials=10, edge=0.1)
    return [
        *out,
        Target("Zollman's table, 24 cells of 10,000 runs", "< 30 s on 2 cores", worked, table < 30),
        Target(f"search over {found.cells:,} cells, and for the opposite", "< 60 s", f"{search:.1f} s", search < 60),
        Target(
            "O'Connor and Weatherall 2019, figure 2, as polygraphs works it", " ".join(f"{one:.2f}" for one in AFTER),
            " ".join(f"{one:.3f}" for one in after), bool((after.round(2) == AFTER).all()),
        ),
    ]  # fmt: skip


def tables(found: Measured) -> str:
    """All cells, with their errors."""
    rows = ["| network | " + " | ".join(map(str, range(4, 12))) + " |", "|---|" + "---|" * 8]
    rows += [
        f"| {shape} | " + " | ".join(f"{one.right:.3f}" for one in line) + " |" for shape, line in found.table.items()
    ]
    heard = "| heard | " + " | ".join(map(str, found.beliefs)) + " |"
    credences = "| credence | " + " | ".join(f"{one.credence:.3f}" for one in found.beliefs.values()) + " |"
    success = (
        f"Success by network and number of agents (epsilon .001, n 1000, {RUNS:,} runs, standard error at most .005):"
    )
    right = f"the scientists find the truth in {found.scientists:.1%} of the runs"
    believed = f"Mean credence of a policy maker by scientists heard; {right}:"
    return "\n".join([success, "", *rows, "", believed, "", heard, "|---|" + "---|" * len(found.beliefs), credences])


if __name__ == "__main__":
    main()
