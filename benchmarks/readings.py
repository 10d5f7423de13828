"""Texts that were marked by hand, and how close a draft comes to a marking.

``readings/*.txt``: the marks stand in the text, ⟦kind flags|the words⟧; flags: v veiled, r reported, a states a sum,
m=MOVE; or in ``NAME.gold.yaml`` beside ``NAME.txt``. A drafted and a marked claim match when
they share a third of what they cover together, one to one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from evenhand.model import DraftClaim
from evenhand.text.fold import fold

FOLDER = Path(__file__).with_name("readings")
MARK = re.compile(r"⟦([^|⟧]*)\|([^⟦⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Marked:
    """One claim of a marking or of a draft, over the folded text from start to end."""

    start: int
    end: int
    kind: str
    veiled: bool
    reported: bool
    move: str | None
    arithmetic: bool
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and its marks."""

    name: str
    text: str
    marks: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of a marking were found, and how many of a draft were right."""

    matched: int
    drafted: int
    marked: int

    @property
    def precision(self) -> float:
        return self.matched / max(self.drafted, 1)

    @property
    def recall(self) -> float:
        return self.matched / max(self.marked, 1)

    @property
    def f1(self) -> float:
        return 2 * self.matched / max(self.drafted + self.marked, 1)


def read(path: Path) -> Reading:
    """A marked text: the plain text, and its marks over the folded one."""
    raw = path.read_text(encoding="utf-8")
    text = MARK.sub(lambda found: found[2], raw)
    folded, at, marks = fold(text).text, 0, []
    for found in MARK.finditer(raw):
        kind, *flags = found[1].split()
        words = fold(found[2]).text.strip()
        at = folded.index(words, at)
        move = next((flag[2:] for flag in flags if flag.startswith("m=")), None)
        marks.append(Marked(at, at + len(words), kind, "v" in flags, "r" in flags, move, "a" in flags))
    return Reading(path.stem, text, tuple(marks))


def read_gold(path: Path) -> Reading:
    """A text that was marked beside it, in ``NAME.gold.yaml`` (the claims' quotes, kinds and flags)."""
    gold = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = (path.parent / gold["text"]).read_text(encoding="utf-8")
    folded, marks = fold(text).text, []
    for claim in gold["claims"]:
        words = " ".join(fold(claim["quote"]).text.split())
        at = folded.find(words)
        if at < 0:
            raise SystemExit(f"{path}: not in the text: {claim['quote']}")
        marks.append(Marked(
            at, at + len(words), claim["kind"], bool(claim.get("veiled")), claim.get("voice") == "reported",
            claim.get("move"), bool(claim.get("arithmetic")),
        ))  # fmt: skip
    return Reading(path.name.removesuffix(".gold.yaml"), text, tuple(sorted(marks, key=lambda m: m.start)))


def readings(folder: Path = FOLDER) -> list[Reading]:
    """The marked texts of a folder, those with marks in them and those with marks beside them, by name."""
    beside = {path.name.removesuffix(".gold.yaml"): path for path in folder.glob("*.gold.yaml")}
    found = [read(path) for path in folder.glob("*.txt") if path.stem not in {*beside, "sentences"}]
    return sorted([*found, *map(read_gold, beside.values())], key=lambda one: one.name)


def drafted(text: str, claims: Sequence[DraftClaim]) -> list[Marked]:
    """A draft over the folded text."""
    folded, at, found = fold(text), 0, []
    for claim in claims:
        while folded.starts[at] < claim.start:
            at += 1
        end = at
        while end < len(folded.starts) and folded.starts[end] < claim.end:
            end += 1
        reported = claim.voice == "reported"
        found.append(Marked(at, end, claim.kind, claim.veiled, reported, claim.move, bool(claim.arithmetic), claim.cue))
    return found


def near(one: Marked, other: Marked) -> bool:
    """Do they share a third of what they cover together?"""
    both = max(0, min(one.end, other.end) - max(one.start, other.start))
    return 3 * both >= (one.end - one.start) + (other.end - other.start) - both > 0


def score(
    marks: Sequence[Marked], drafts: Sequence[Marked], accept: Callable[[Marked, Marked], bool] = lambda _m, _d: True
) -> Score:
    """The best one-to-one matching, by augmenting paths."""
    holder: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j, one in enumerate(drafts):
            if j not in seen and near(marks[i], one) and accept(marks[i], one):
                seen.add(j)
                if j not in holder or place(holder[j], seen):
                    holder[j] = i
                    return True
        return False

    matched = sum(place(i, set()) for i in range(len(marks)))
    return Score(matched, len(drafts), len(marks))


def scores(marks: Sequence[Marked], drafts: Sequence[Marked]) -> dict[str, Score]:
    """Claims, typed, veiled, reported, moves, arithmetic."""

    def having(of: Sequence[Marked], what: str) -> list[Marked]:
        return [one for one in of if getattr(one, what)]

    found = {"claims": score(marks, drafts), "typed": score(marks, drafts, lambda m, d: m.kind == d.kind)}
    for what in ("veiled", "reported", "arithmetic"):
        found[what] = score(having(marks, what), having(drafts, what))
    found["moves"] = score(having(marks, "move"), having(drafts, "move"), lambda m, d: m.move == d.move)
    return found
