"""How fast is the argument engine? ``python -m benchmarks.argue [--check] [FRAMEWORK.af]``

200 claims with 400 links (supports alone and joint, attacks on claims and on links, with and without loops): standing under
all semantics, and all ways out of a conclusion up to size three. And an ICCMA framework where one is given: the grounded and
a preferred extension; at ``../shared/texts/iccma/`` if it is there. And the page: from a changed finding to the labels on
the map, in Chromium. Times are of processor time (two threads in the local search, else one), beside that on the wall.
Written to RESULTS.md.
"""

import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.results import Target, checked, machine, told, write
from evenhand.argue import Graph, Link, Node, budget, extensions, labels, parse_iccma, standing, ways_in, ways_out
from evenhand.argue.answering import STEPS, WALKS, answering
from evenhand.argue.extensions import OutOfTimeError
from evenhand.argue.wiring import wire
from evenhand.report.map.section import script, section

CLAIMS, LINKS = 200, 400
SEEDS = 5
LIMIT, FRAMEWORK_LIMIT, PAGE_LIMIT = 2.0, 10.0, 0.05
SEARCHES, SEARCHED = range(2, 12), 60.0
STOP = 20.0  # seconds on the wall after which one task is given up, and so told
SHARED = Path(__file__).parents[2] / "shared" / "texts" / "iccma"
CHROMIUM = Path("/usr/bin/chromium")
CHANGED = """() => [...document.querySelectorAll('#argument select[data-of]')].slice(0, 40).flatMap(box =>
  ["fails", "holds", ""].map(to => { const began = performance.now();
    box.value = to; box.dispatchEvent(new Event('change')); document.body.offsetHeight;
    return performance.now() - began; }))"""
HEADING = "## The argument engine"


@dataclass(frozen=True, slots=True)
class Timed:
    """One task: the worst processor time and wall time over all graphs, in seconds."""

    what: str
    processor: float
    wall: float
    note: str


def argument(seed: int, *, loops: bool) -> Graph:
    """A random argument: half of the claims are premises, each conclusion has two supports, a fifth of the links attack."""
    rng = random.Random(seed)  # noqa: S311
    premises = CLAIMS // 2
    given = [
        "argued" if i < CLAIMS - premises else rng.choice(["holds"] * 6 + ["undetermined", "fails"])
        for i in range(CLAIMS)
    ]
    nodes = tuple(Node(f"c{i}", given=g) for i, g in enumerate(given))  # type: ignore[arg-type]
    links: list[Link] = []
    for i in range(CLAIMS - premises):
        for _ in range(2):
            below = rng.sample(range(i + 1, min(CLAIMS, i + 60)), rng.choice([1, 1, 2]))
            links.append(Link(f"l{len(links)}", tuple(f"c{s}" for s in below), f"c{i}", joint=rng.random() < 0.5))
    while len(links) < LINKS:
        to = rng.randrange(CLAIMS - 1)
        source = rng.randrange(CLAIMS) if loops else rng.randrange(to + 1, CLAIMS)
        attacks = rng.random() < 0.6
        target = rng.choice(links).id if attacks and rng.random() < 0.2 else f"c{to}"
        if source != to:
            links.append(Link(f"l{len(links)}", (f"c{source}",), target, "attack" if attacks else "support"))
    return Graph(nodes, tuple(links))


def timed(what: str, tasks: Sequence[Callable[[], object]]) -> Timed:
    """The worst of several runs."""
    processor = wall = 0.0
    whole = True
    for task in tasks:
        began, worked = perf_counter(), process_time()
        whole = task() is not False and whole
        wall, processor = max(wall, perf_counter() - began), max(processor, process_time() - worked)
    note = f"worst of {len(tasks)}" if whole else "not finished in the time given"
    return Timed(what, processor, wall, note)


def on_arguments(*, loops: bool) -> list[Timed]:
    """Standing and ways, of graphs with or without loops."""
    graphs = [argument(seed, loops=loops) for seed in range(SEEDS)]
    tops = [next(n.id for n in g.nodes if found[n.id] == "stands") for g in graphs for found in [labels(g)]]
    lost = [next((n.id for n in g.nodes if found[n.id] != "stands"), "c0") for g in graphs for found in [labels(g)]]
    kind = "with loops" if loops else "without loops"

    def everything(graph: Graph, top: str) -> bool:
        found = standing(graph, budget=budget(STOP))
        ways = ways_out(graph, top, budget=budget(STOP))
        return (ways.complete or ways.searched == 3) and not any("time" in n for n in found.notes)

    return [
        timed(f"standing, all semantics, {kind}", [lambda g=g: standing(g, budget=budget(STOP)) for g in graphs]),
        timed(f"ways out to size three, {kind}",
              [lambda g=g, t=t: ways_out(g, t, budget=budget(STOP)) for g, t in zip(graphs, tops, strict=True)]),
        timed(f"both, {kind}", [lambda g=g, t=t: everything(g, t) for g, t in zip(graphs, tops, strict=True)]),
        timed(f"ways in to size three, {kind}",
              [lambda g=g, t=t: ways_in(g, t, budget=budget(STOP)) for g, t in zip(graphs, lost, strict=True)]),
    ]  # fmt: skip


def on_framework(path: Path) -> list[Timed]:
    """An ICCMA framework: read and grounded; one preferred extension."""
    graph = parse_iccma(path.read_text(encoding="utf-8"), "af", where=path.name)
    size = f"{len(graph.nodes):,} arguments, {len(graph.links):,} attacks"
    grounded = timed("grounded", [lambda: labels(graph)])
    began, worked = perf_counter(), process_time()
    try:
        found = extensions(graph, "preferred", most=1, budget=budget(FRAMEWORK_LIMIT))
        note = f"{len(found[0])} arguments"
    except OutOfTimeError:
        note = "not finished in the time given"
    preferred = Timed("one preferred extension", process_time() - worked, perf_counter() - began, note)
    return [Timed(f"{size}: grounded", grounded.processor, grounded.wall, ""), preferred]


def from_other_seeds(path: Path) -> list[Timed]:
    """The local search alone, from other seeds than the one it starts from: how much of its time is luck."""
    wiring = wire(parse_iccma(path.read_text(encoding="utf-8"), "af", where=path.name))
    out = []
    for seed in SEARCHES:
        began, worked = perf_counter(), process_time()
        found = answering(wiring, budget(SEARCHED), seed=seed)
        note = f"{len(found)} undecided arguments answer all" if found else f"none in {WALKS} walks of {STEPS:,} steps"
        out.append(Timed(f"local search, seed {seed}", process_time() - worked, perf_counter() - began, note))
    return out


def on_page() -> Timed | None:
    """A changed finding, from the click to the map laid out again, without the outline; None where there is no Chromium."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not needed without a browser
    except ModuleNotFoundError:
        return None
    if not CHROMIUM.exists():
        return None
    graph = argument(0, loops=True)
    made = section(graph)
    html = f"<div id=argument><div id=argument-frame>{made.picture}</div>{_controls(graph)}</div>"
    html += f'<script type="application/json" id="argument-data">{made.data}</script><script>{script()}</script>'
    with sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.set_content(html)
        took = sorted(tab.evaluate(CHANGED))
        browser.close()
    middle, worst = took[len(took) // 2] / 1000, took[-1] / 1000
    return Timed(
        "the page's map: a finding changed, in Chromium",
        middle,
        worst,
        f"median and worst of {len(took)} changes, on the wall",
    )


def _controls(graph: Graph) -> str:
    """What the page's script looks for, with one box for each claim, as the page has it."""
    boxes = "".join(
        f'<span class="arg-change" hidden><select data-of="{n.id}"><option value=""></option><option>holds</option>'
        f"<option>fails</option></select></span>" for n in graph.nodes
    )  # fmt: skip
    return f"{boxes}<p id=argument-says></p><button id=argument-reset></button><div id=argument-tools hidden></div>"


def main(arguments: Sequence[str]) -> int:
    """Measure, tabulate, compare with the targets."""
    paths = [Path(a) for a in arguments if not a.startswith("-")] or sorted(SHARED.glob("*.af"))
    rows = [*on_arguments(loops=False), *on_arguments(loops=True)]
    both = [row for row in rows if row.what.startswith("both")]
    worst, whole = max(row.processor for row in both), all(not row.note.startswith("not") for row in both)
    targets = [Target("200 claims, 400 links: standing and ways out to size three", f"under {LIMIT:.0f} s",
                      f"{worst:.2f} s of processor time", worst < LIMIT and whole)]  # fmt: skip
    shown = on_page()
    rows += [shown] if shown else []
    got = f"{shown.processor * 1000:.0f} ms, at worst {shown.wall * 1000:.0f}" if shown else "no Chromium here"
    targets.append(Target("the page's map of 200 claims and 400 links, a finding changed",
                          f"under {PAGE_LIMIT * 1000:.0f} ms", got, shown.wall < PAGE_LIMIT if shown else None))  # fmt: skip
    for path in paths:
        found = on_framework(path)
        rows += found
        wanted = f"under {FRAMEWORK_LIMIT:.0f} s"
        for one in found:
            done = not one.note.startswith("not")
            got = f"{one.wall:.2f} s" if done else one.note
            what = f"ICCMA framework, {one.what.rpartition(': ')[2]}"
            targets.append(Target(what, wanted, got, done and one.wall < FRAMEWORK_LIMIT))
        searches = from_other_seeds(path)
        rows += searches
        quick = sum(one.wall < FRAMEWORK_LIMIT for one in searches)
        targets.append(Target("the local search for it, from other seeds", f"most {wanted}, on the wall",
                              f"{quick} of {len(searches)}", quick > len(searches) / 2))  # fmt: skip
    table = ["| task | processor, s | wall, s | |", "|---|---|---|---|"]
    table += [f"| {r.what} | {r.processor:.2f} | {r.wall:.2f} | {r.note} |" for r in rows]
    text = "\n".join(
        [
            f"`python -m benchmarks.argue`, {machine('python-sat')}; the machine shared with other work.",
            "",
            *table,
            "",
            told(targets),
        ]
    )
    print(text)
    if "--check" in arguments:
        return checked(targets)
    write(HEADING, text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
