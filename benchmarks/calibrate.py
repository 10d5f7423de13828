"""How often is each rule right, and is a confidence what it says? Counts of drafts by rule over the marked texts.

A draft is right where it lies on a mark (shares a third of what both cover) of its kind. A rule's confidence is the share
of its drafts that were right, drawn towards the share of all rules by as many drafts as ``WEIGHT`` (a beta prior), so
that a rule which fired twice is not sure. Rules are surer of the texts by which they were made, so all confidences are moved
by one number on the scale of log odds: from the share of all drafts that is right to the share that was right on the last
texts while they were unseen. Tested by leaving out each text in turn.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from pathlib import Path

from benchmarks.readings import Marked, near
from evenhand.text import language

WEIGHT = 6
WHILE_UNSEEN = 68 / 129  # of the drafts of the last six texts (benchmarks/draft.py) while they were unseen were right
HEAD = """\
# How often each rule was right on the marked texts of benchmarks/readings. Written by `python -m benchmarks.draft`; read by
# evenhand.text.language. drafts: it made; near: lie on a mark; right: of its kind too; of: marks of its kind there are.
# confidence: right by drafts, drawn to all, moved to what the unseen texts showed: see benchmarks/calibrate.py.
"""
BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
OTHER_KINDS = {"stated sum": "quantity", "no cue": "event"}
Pair = tuple[Sequence[Marked], Sequence[Marked]]


@dataclass(frozen=True, slots=True)
class Count:
    """Of one rule. of: marks of its kind."""

    drafts: int
    near: int
    right: int
    of: int


def right(marks: Sequence[Marked], draft: Marked) -> bool:
    """Does a draft lie on a mark of its kind?"""
    return any(mark.kind == draft.kind and near(mark, draft) for mark in marks)


def counts(marked: Sequence[Pair]) -> dict[str, Count]:
    """For each rule that fired, by id."""
    drafts: Counter[str] = Counter()
    close: Counter[str] = Counter()
    good: Counter[str] = Counter()
    kinds = Counter(mark.kind for marks, _ in marked for mark in marks)
    for marks, found in marked:
        for one in found:
            drafts[one.cue] += 1
            close[one.cue] += any(near(mark, one) for mark in marks)
            good[one.cue] += right(marks, one)
    of = {rule.id: rule.kind or "" for rule in language("en").rules} | OTHER_KINDS
    return {cue: Count(n, close[cue], good[cue], kinds[of.get(cue, "")]) for cue, n in sorted(drafts.items())}


def confidences(found: dict[str, Count]) -> dict[str, float]:
    """The confidence of each rule; that of a rule which never fired is the share of all, under the empty name."""
    share = sum(c.right for c in found.values()) / max(1, sum(c.drafts for c in found.values()))
    return {cue: (c.right + WEIGHT * share) / (c.drafts + WEIGHT) for cue, c in found.items()} | {"": share}


def left_out(marked: Sequence[Pair]) -> Iterator[tuple[float, bool]]:
    """For each draft the confidence that the other texts give its rule, and whether it is right."""
    for i, pair in enumerate(marked):
        yield from judged([pair], confidences(counts([*marked[:i], *marked[i + 1 :]])))


def moved(confidence: float, by: float) -> float:
    """A confidence moved on the scale of log odds."""
    return 1 / (1 + (1 - confidence) / confidence * exp(-by))


def shift(given: dict[str, float]) -> float:
    """By how much confidences are moved: from the share of all that is right to that of texts while they were unseen."""
    share = given[""]
    return log(WHILE_UNSEEN / (1 - WHILE_UNSEEN)) - log(share / (1 - share))


def judged(marked: Sequence[Pair], given: dict[str, float]) -> Iterator[tuple[float, bool]]:
    """For each draft the confidence given, and whether it is right."""
    for marks, found in marked:
        for one in found:
            yield given.get(one.cue, given[""]), right(marks, one)


def reliability(pairs: Sequence[tuple[float, bool]]) -> list[tuple[str, int, float, float]]:
    """By bin of confidence: the bin, how many drafts, their mean confidence, the share that is right."""
    rows = []
    for low, high in pairwise(BINS):
        inside = [(c, ok) for c, ok in pairs if low <= c < high]
        if inside:
            mean, share = sum(c for c, _ in inside) / len(inside), sum(ok for _, ok in inside) / len(inside)
            rows.append((f"{low:.1f} to {min(high, 1.0):.1f}", len(inside), mean, share))
    return rows


def error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: the mean distance between confidence and share right, over bins, by their drafts."""
    return sum(n * abs(mean - share) for _, n, mean, share in reliability(pairs)) / max(1, len(pairs))


def table(pairs: Sequence[tuple[float, bool]]) -> str:
    rows = [f"| {name} | {n} | {mean:.2f} | {share:.2f} |" for name, n, mean, share in reliability(pairs)]
    return "\n".join(["| confidence | drafts | mean confidence | share right |", "|---|---|---|---|", *rows])


def write(found: dict[str, Count], by: float, path: Path) -> None:
    """Writes the counts and the confidences, moved, beside the rules."""
    given = {cue: moved(c, by) for cue, c in confidences(found).items()}
    lines = [HEAD, f"all = {given['']:.2f}\n"]
    for cue, c in found.items():
        lines.append(f'\n["{cue}"]')
        lines.append(
            f"\ndrafts = {c.drafts}\nnear = {c.near}\nright = {c.right}\nof = {c.of}\nconfidence = {given[cue]:.2f}\n"
        )
    path.write_text("".join(lines), encoding="utf-8")
