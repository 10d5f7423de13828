"""Fits the points by which a passage's kind is told. ``python -m benchmarks.weigh [FOLDER ...] [--try]``

A multinomial logistic regression with an L2 penalty over ``evenhand.text.weighing.traits``, on the passages of the marked
texts that lie on a mark and on the marked sentences of ``readings/sentences.txt`` (kind|sentence). Writes
``languages/en.weights.toml``. With ``--try`` nothing is written: each group of texts is left out in turn, and told how often
the kind is right with the rules alone and with the points. FOLDER: more marked texts, as the reference reading.
"""

import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from benchmarks.readings import FOLDER, Marked, Reading, near, readings
from evenhand.model import CLAIM_KINDS
from evenhand.text import language
from evenhand.text.cited import listed
from evenhand.text.fold import fold
from evenhand.text.passages import passages
from evenhand.text.prose import blocks
from evenhand.text.reading import reading
from evenhand.text.weighing import traits

SENTENCES = FOLDER / "sentences.txt"
PENALTY = 5.0  # of the squares of the points; chosen by leaving out groups of texts
FEWEST = 2  # a trait seen less often gets no points
SMALLEST = 0.02
WEIGHTS = Path(__file__).parents[1] / "src" / "evenhand" / "text" / "languages" / "en.weights.toml"
HEAD = """\
# Points by which a passage's kind is told: a trait (evenhand.text.weighing), then its points for each kind in their order.
# Written by `python -m benchmarks.weigh` from marked texts and sentences; read by evenhand.text.language.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that lies on a mark: what stands in it, the mark's kind, and the kind of its strongest rule."""

    traits: frozenset[str]
    kind: str
    by_rule: str | None


def main(arguments: Sequence[str]) -> int:
    """Fit and write, or tell what each group of texts gets from the others."""
    groups = grouped([Path(a) for a in arguments if not a.startswith("--")])
    if "--try" in arguments:
        for name, held in groups.items():
            fitted = fit([e for other, those in groups.items() if other != name for e in those])
            told = f"rules {share(held, by_rule):.3f}, points {share(held, fitted.kind):.3f}"
            print(f"{name}: {len(held)} passages, {told}")
        return 0
    every = [e for those in groups.values() for e in those]
    fit(every).write(WEIGHTS)
    print(f"{len(every)} passages -> {WEIGHTS}")
    return 0


def grouped(folders: Sequence[Path]) -> dict[str, list[Example]]:
    """The examples by pair of texts, by folder, and those of the sentences."""
    found: dict[str, list[Example]] = {}
    for one in readings():
        found.setdefault(one.name.rsplit("-", 1)[0], []).extend(examples(one))
    for folder in folders:
        found[str(folder)] = [example for one in readings(folder) for example in examples(one)]
    return found | {"sentences": list(of_sentences(SENTENCES))}


def examples(one: Reading) -> Iterator[Example]:
    """The passages of a marked text that lie on a mark, each with that of which it covers most."""
    cues, starts = language("en"), fold(one.text).starts
    shown = blocks(one.text)
    _, lists = listed(shown)
    for place, block in enumerate(shown):
        if not block.is_prose or place in lists:
            continue
        for read in reading(block, cues):
            for passage in passages(read.sentence, read.tags, cues, read.sums):
                at = read.sentence.at
                start, end = block.span(at[passage.start][0], at[passage.end - 1][1])
                here = Marked(bisect_left(starts, start), bisect_left(starts, end), "", False, False, None, False)
                close = [mark for mark in one.marks if near(mark, here)]
                if close and not passage.sums:
                    mark = max(
                        close,
                        key=lambda m: (
                            (min(m.end, here.end) - max(m.start, here.start))
                            / (max(m.end, here.end) - min(m.start, here.start))
                        ),
                    )
                    best = passage.best
                    yield Example(traits(read, passage, cues), mark.kind, best.rule.kind if best else None)


def of_sentences(path: Path) -> Iterator[Example]:
    """The marked sentences: of each its longest passage."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words = line.split("|", 1)
            found = list(examples(Reading("", words, (Marked(0, len(words), kind, False, False, None, False),))))
            yield from found[:1]


def by_rule(example: Example) -> str:
    return example.by_rule or ("event" if "has past" in example.traits else "value")


def share(held: Sequence[Example], kind) -> float:  # noqa: ANN001
    return sum(kind(one) == one.kind for one in held) / max(1, len(held))


@dataclass(frozen=True, slots=True)
class Fitted:
    """base: (kinds,); points: (traits, kinds)."""

    names: list[str]
    base: NDArray[np.float64]
    points: NDArray[np.float64]

    def kind(self, example: Example) -> str:
        rows = [i for i, name in enumerate(self.names) if name in example.traits]
        return CLAIM_KINDS[int((self.base + self.points[rows].sum(axis=0)).argmax())]

    def write(self, path: Path) -> None:
        numbers = lambda row: "[" + ", ".join(f"{x:.2f}" for x in row) + "]"  # noqa: E731
        kept = [(name, row) for name, row in zip(self.names, self.points, strict=True) if abs(row).max() >= SMALLEST]
        lines = [HEAD, f"kinds = {list(CLAIM_KINDS)}\nbase = {numbers(self.base)}\n\n[points]\n".replace("'", '"')]
        lines += [f'"{name}" = {numbers(row)}\n' for name, row in kept]
        path.write_text("".join(lines), encoding="utf-8")


def fit(examples_: Sequence[Example]) -> Fitted:
    """The points with the highest likelihood less the penalty (L-BFGS)."""
    seen = Counter(trait for one in examples_ for trait in one.traits)
    names = sorted(name for name, n in seen.items() if n >= FEWEST)
    at = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(examples_), len(names)))
    for row, one in enumerate(examples_):
        x[row, [at[t] for t in sorted(one.traits) if t in at]] = 1
    y = np.eye(len(CLAIM_KINDS))[[CLAIM_KINDS.index(one.kind) for one in examples_]]
    shape = (len(names) + 1, len(CLAIM_KINDS))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = flat.reshape(shape)
        z = x @ w[1:] + w[0]
        likely = np.exp(z - logsumexp(z, axis=1, keepdims=True))
        value = -float((y * np.log(likely + 1e-300)).sum()) + PENALTY * float((w[1:] ** 2).sum())
        slope = np.vstack([(likely - y).sum(axis=0), x.T @ (likely - y) + 2 * PENALTY * w[1:]])
        return value, slope.ravel()

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x.reshape(
        shape
    )
    return Fitted(names, found[0], found[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
