"""Published figures: crowds whose answers are known, five sources on five researchers, and bookshops on authors."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.results import Target
from evenhand.sources import METHODS, Testimony, dawid_skene, read_testimony, sweep, truth, truth_under_copying
from evenhand.sources.people import people

SHARED = Path(__file__).resolve().parents[3] / "shared" / "testimony"
FIVE = {
    "Stonebraker": "MIT Berkeley MIT MIT MS",
    "Dewitt": "MSR MSR UWisc UWisc UWisc",
    "Bernstein": "MSR MSR MSR MSR MSR",
    "Carey": "UCI AT&T BEA BEA BEA",
    "Halevy": "Google Google UW UW UW",
}
RIGHT = {"Stonebraker": "MIT", "Dewitt": "MSR", "Bernstein": "MSR", "Carey": "UCI", "Halevy": "Google"}


def crowd(name: str) -> tuple[Testimony, dict[str, str]]:
    """Bluebirds, product or RTE: testimony and the true answers."""
    if name == "RTE":
        with (SHARED / "rte" / "rte.standardized.tsv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        table = {
            "source": [row["!amt_worker_ids"] for row in rows],
            "item": [row["orig_id"] for row in rows],
            "value": [row["response"] for row in rows],
        }
        return read_testimony(table, kind="category"), {row["orig_id"]: row["gold"] for row in rows}
    folder = SHARED / "crowd" / {"bluebirds": "d_Duck_Identification", "product": "d_jn-product"}[name]
    columns = {"source": "worker", "item": "question", "value": "answer"}
    with (folder / "truth.csv").open(encoding="utf-8") as file:
        right = dict(list(csv.reader(file))[1:])
    return read_testimony(folder / "answer.csv", kind="category", names=columns), right


def accuracy(testimony: Testimony, answer: Any, right: dict[str, str]) -> float:
    """The share of the items with a known answer on which ``answer`` [I] is right; level values count as wrong."""
    hits = [
        answer[code] >= 0 and testimony.values[answer[code]] == right[item]
        for code, item in enumerate(testimony.items)
        if item in right
    ]
    return float(np.mean(hits))


def crowds() -> tuple[str, list[Target]]:
    """Dawid-Skene from both starts, and every other method, on the three crowds."""
    lines = ["| | " + " | ".join((*METHODS[:5], "dawid-skene from the majority")) + " |", "|---" * 7 + "|"]
    got: dict[str, list[float]] = {}
    for name in ("bluebirds", "product", "RTE"):
        said, right = crowd(name)
        figures = [accuracy(said, truth(said, method).answer, right) for method in METHODS[:5]]
        majority = dawid_skene(said, start="majority").posterior.argmax(axis=1)
        figures.append(accuracy(said, majority, right))
        got[name] = [figures[1], figures[5]]
        lines.append(f"| {name} | " + " | ".join(f"{figure:.4f}" for figure in figures) + " |")
    wanted = {"bluebirds": (0.8796, 0.8796), "product": (0.9366, 0.940), "RTE": (0.9275, 0.9275)}
    targets = [
        Target(f"Dawid-Skene on {name}", f"{low:.4f}" + (f" to {high:.3f}" if high > low else ""),
               f"{got[name][0]:.4f} from the shares, {got[name][1]:.4f} from the majority",
               any(round(low, 3) - 0.0005 <= round(figure, 3) <= high + 0.0005 for figure in got[name]))
        for name, (low, high) in wanted.items()
    ]  # fmt: skip
    return "\n".join(lines), targets


def five_sources() -> tuple[str, list[Target]]:
    """The example of Dong, Berti-Equille and Srivastava (2009): what the defaults give, every fixed point, the sweep."""
    rows = [
        {"source": f"S{at + 1}", "item": item, "value": value}
        for item, said in FIVE.items()
        for at, value in enumerate(said.split())
    ]
    said = read_testimony(rows, kind="category")
    lines = ["| method | right of 5 |", "|---|---|"]
    lines += [f"| {m} | {round(5 * accuracy(said, truth(said, m).answer, RIGHT))} |" for m in METHODS]
    found, swept = truth_under_copying(said), sweep(said)
    lines += ["", f"Fixed points of the default from {2 + len(said.sources)} starts: {len(found.points)}."]
    lines += [
        f"Log posterior {point.posterior:.2f}, log-likelihood {point.state.likelihood:.2f}: "
        f"{round(5 * accuracy(said, point.answer, RIGHT))} of 5 right."
        for point in found.points
    ]
    lines += [
        "",
        f"{len(swept.tried)} ways tried. {swept.sentence}",
        "",
        "| item | share in which each answer wins |",
        "|---|---|",
    ]
    lines += [
        f"| {item} | "
        + ", ".join(f"{answer or 'level'} {100 * float(share):.1f} %" for answer, share in answers)
        + " |"
        for item, answers in swept.shares.items()
    ]
    target = Target("Dong's five sources", "reported with the sweep, said to be undecided",
                    f"{len(swept.undecided)} of 5 items undecided", bool(swept.undecided))  # fmt: skip
    return "\n".join(lines), [target]


def book() -> tuple[str, list[Target]]:
    """Exact author sets of 100 books, by every method, as whole sets and person by person."""
    with (SHARED / "book" / "claim1.csv").open(encoding="utf-8", errors="replace") as file:
        rows = list(csv.reader(file, skipinitialspace=True))[1:]
    with (SHARED / "book" / "book_golden.csv").open(encoding="utf-8") as file:
        gold = {row[0]: [_family(name) for name in row[2].split(";") if name.strip()] for row in csv.reader(file)}
    listed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        listed[row[2]].append((row[5], row[4]))
    read = {
        book: [(shop, who) for (shop, _), who in zip(given, people([text for _, text in given]), strict=True) if who]
        for book, given in listed.items()
    }
    whole, apart = _whole_sets(read), _person_by_person(read)
    lines = ["| method | whole sets | person by person |", "|---|---|---|"]
    best = 0.0
    for method in METHODS[:5]:
        sets = "" if method in {"dawid-skene", "one-coin"} else f"{_exact(_sets_of(whole, method), gold):.2f}"
        people_right = _exact(_people_of(apart, method), gold)
        best = max(best, people_right)
        lines.append(f"| {method} | {sets} | {people_right:.2f} |")
    return "\n".join(lines), [Target("Book, best method", "at least .90 exact author sets", f"{best:.2f}", best >= 0.9)]


def _family(name: str) -> str:
    return name.split(",", 1)[0].strip().replace("'", "")


def _whole_sets(read: dict[str, Any]) -> Testimony:
    return read_testimony(
        [
            {"source": shop, "item": b, "value": "; ".join(sorted(who))}
            for b, given in read.items()
            for shop, who in given
        ],
        kind="category",
    )


def _person_by_person(read: dict[str, Any]) -> Testimony:
    """Each list says yes or no to everybody whom any list of the book names. Lists of one name count as a source of their
    own beside the shop's longer ones: they often name the first author alone.
    """
    rows = []
    for b, given in read.items():
        everybody = sorted(set().union(*(who for _, who in given)))
        for shop, who in given:
            source = f"{shop} (one name)" if len(who) == 1 else shop
            rows += [
                {"source": source, "item": f"{b}|{name}", "value": "yes" if name in who else "no"} for name in everybody
            ]
    return read_testimony(rows, kind="category")


def _sets_of(said: Testimony, method: str) -> dict[str, list[str]]:
    answer = truth(said, method).answer
    return {b: said.values[answer[code]].split("; ") for code, b in enumerate(said.items) if answer[code] >= 0}


def _people_of(said: Testimony, method: str) -> dict[str, list[str]]:
    answer, found = truth(said, method).answer, defaultdict(list)
    for code, item in enumerate(said.items):
        b, name = item.split("|")
        if answer[code] >= 0 and said.values[answer[code]] == "yes":
            found[b].append(name)
    return found


def _exact(found: dict[str, list[str]], gold: dict[str, list[str]]) -> float:
    hits = [sorted(name.split(",")[0] for name in found.get(b, [])) == sorted(names) for b, names in gold.items()]
    return float(np.mean(hits))
