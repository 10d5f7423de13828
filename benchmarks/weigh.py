"""Fits the points by which a passage's kind is told. ``python -m benchmarks.weigh [FOLDER ...] [--try]``

Logistic regressions with an L2 penalty over ``evenhand.text.weighing.traits``: for the kind, on the passages of the marked texts
that lie on a mark and on the marked sentences of ``readings/sentences.txt`` (kind|sentence); for being asked about, on all
passages of the texts. Writes ``languages/en.weights.toml``. With ``--try`` nothing is written: each group of texts is left out
in turn, and told how often the kind is right with the rules alone and with the points. FOLDER: more marked texts. What ships was
fitted with the reference reading as well (``../shared/essays``).
"""

import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
PENALTY = 15.0  # of the squares of the points; chosen by leaving out groups of texts
ASKED_PENALTY = 15.0
FEWEST = 2  # a trait seen less often gets no points
SMALLEST = 0.02
WEIGHTS = Path(__file__).parents[1] / "src" / "evenhand" / "text" / "languages" / "en.weights.toml"
HEAD = """\
# Points by which a passage's kind is told: a trait (evenhand.text.weighing), then its points for each kind in their
# order, and for being asked about at all.
# Written by `python -m benchmarks.weigh` from marked texts and sentences; read by evenhand.text.language.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage: what stands in it, the kind of the mark that it lies on, if any, and the kind of its strongest rule."""

    traits: frozenset[str]
    kind: str | None
    by_rule: str | None
    in_text: bool = True


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
    """The passages of a marked text; those on marks with the one of which they cover most."""
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
                best = passage.best
                if not close:
                    yield Example(traits(read, passage, cues), None, best.rule.kind if best else None)
                elif not passage.sums:
                    mark = max(
                        close,
                        key=lambda m: (
                            (min(m.end, here.end) - max(m.start, here.start))
                            / (max(m.end, here.end) - min(m.start, here.start))
                        ),
                    )
                    yield Example(traits(read, passage, cues), mark.kind, best.rule.kind if best else None)


def of_sentences(path: Path) -> Iterator[Example]:
    """The marked sentences: of each its first passage."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words = line.split("|", 1)
            found = list(examples(Reading("", words, (Marked(0, len(words), kind, False, False, None, False),))))
            yield from (replace(one, in_text=False) for one in found[:1])


def by_rule(example: Example) -> str:
    return example.by_rule or ("event" if "has past" in example.traits else "value")


def share(held: Sequence[Example], kind) -> float:  # noqa: ANN001
    marked = [one for one in held if one.kind is not None]
    return sum(kind(one) == one.kind for one in marked) / max(1, len(marked))


@dataclass(frozen=True, slots=True)
class Fitted:
    """base: (kinds and one,); points: (traits, kinds and one), the last for being asked about."""

    names: list[str]
    base: NDArray[np.float64]
    points: NDArray[np.float64]

    def kind(self, example: Example) -> str:
        rows = [i for i, name in enumerate(self.names) if name in example.traits]
        return CLAIM_KINDS[int((self.base + self.points[rows].sum(axis=0))[:-1].argmax())]

    def write(self, path: Path) -> None:
        numbers = lambda row: "[" + ", ".join(f"{x:.2f}" for x in row) + "]"  # noqa: E731
        kept = [(name, row) for name, row in zip(self.names, self.points, strict=True) if abs(row).max() >= SMALLEST]
        lines = [HEAD, f"kinds = {list(CLAIM_KINDS)}\nbase = {numbers(self.base)}\n\n[points]\n".replace("'", '"')]
        lines += [f'"{name}" = {numbers(row)}\n' for name, row in kept]
        path.write_text("".join(lines), encoding="utf-8")


def fit(every: Sequence[Example]) -> Fitted:
    """Points for the kinds, from the passages on marks, and for being asked about, from those of whole texts."""
    seen = Counter(trait for one in every for trait in one.traits)
    names = sorted(name for name, n in seen.items() if n >= FEWEST)
    on_marks = [one for one in every if one.kind is not None]
    kinds = np.eye(len(CLAIM_KINDS))[[CLAIM_KINDS.index(one.kind or "") for one in on_marks]]
    whole = [one for one in every if one.in_text]
    asked = np.eye(2)[[int(one.kind is not None) for one in whole]]
    by_kind = regressed(seen_in(on_marks, names), kinds, PENALTY)
    by_asking = regressed(seen_in(whole, names), asked, ASKED_PENALTY)
    both = np.column_stack([by_kind, by_asking[:, 1] - by_asking[:, 0]])
    return Fitted(names, both[0], both[1:])


def seen_in(every: Sequence[Example], names: Sequence[str]) -> NDArray[np.float64]:
    """(examples, traits): 1 where it has it."""
    at = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(every), len(names)))
    for row, one in enumerate(every):
        x[row, [at[t] for t in sorted(one.traits) if t in at]] = 1
    return x


def regressed(x: NDArray[np.float64], y: NDArray[np.float64], penalty: float) -> NDArray[np.float64]:
    """(1 and traits, outcomes): the points with the highest likelihood less the penalty (L-BFGS)."""
    shape = (x.shape[1] + 1, y.shape[1])

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = flat.reshape(shape)
        z = x @ w[1:] + w[0]
        likely = np.exp(z - logsumexp(z, axis=1, keepdims=True))
        value = -float((y * np.log(likely + 1e-300)).sum()) + penalty * float((w[1:] ** 2).sum())
        return value, np.vstack([(likely - y).sum(axis=0), x.T @ (likely - y) + 2 * penalty * w[1:]]).ravel()

    start = np.zeros(shape).ravel()
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x.reshape(shape)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
