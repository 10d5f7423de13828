"""Could an agreement have been made? How many studies, of what size, reaching how many people, would it take?

The search is the simulation turned round: for every size of study and every reach, the least number of studies after which
half of a public is wrong, although the inquirers looked for the truth and nobody lied. It says what could be, never what
was; it covers what people say alone; and the same search is always made for the opposite agreement.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from evenhand.model import BadInputError
from evenhand.sources.draws import Floats
from evenhand.sources.learners import Community, History, history, learning
from evenhand.sources.propaganda import (
    Propagandist,
    Public,
    Way,
    audiences,
    handed,
    hear,
    odds_ratio,
    ranks,
    share_under,
    study_of,
)  # fmt: skip
from evenhand.sources.totals import Study, effect, total_at

COULD_NOT_WAS = "This says what it would take to make an agreement of words, never that it was made."
SIZES = (10, 30, 100, 300, 1000)
REACHES = (0.25, 0.5, 0.6, 0.75, 0.9, 1.0)
MOST_STUDIES = 1_000_000
LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for, and in which setting.

    community, public: those who inquire and those who look on. way: ``publish`` or ``skew``. sizes, reaches: the grid.
    target: the share of the public that is to end up wrong. opponents: who pushes the other way meanwhile, at what effort;
    their ``pushes`` is read as "the truth" (True) or "what is false" (False), so that both agreements meet the same.
    """

    community: Community
    public: Public = field(default_factory=Public)
    way: Way = "publish"
    skew: float = 0.0
    sizes: tuple[int, ...] = SIZES
    reaches: tuple[float, ...] = REACHES
    target: float = 0.5
    most: int = MOST_STUDIES
    opponents: tuple[Propagandist, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """The least effort for one size of study and one reach. studies: None where no number up to the most tried does it.

    published: how many of them come out as wished, on average; trials: in all studies together; wrong: the share of the
    public that is wrong then.
    """

    size: int
    reach: float
    studies: int | None
    published: float | None
    trials: int | None
    wrong: float


@dataclass(frozen=True, slots=True)
class Effort:
    """What it takes to make one agreement although it is false.

    pushes: the agreement, that the new way is better (True) or worse. found_out: the share of runs in which the inquirers
    settle on the truth. without: the share of the public that is wrong with nobody pushing; shared: where somebody only
    hands on to everybody those of the inquirers' own studies that suit, and runs none; shared_studies: how many.
    """

    pushes: bool
    found_out: float
    without: float
    shared: float
    shared_studies: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a case says was done. pushes: for which agreement; who and what: in words, with the source."""

    who: str
    pushes: bool
    studies: int
    size: int
    reach: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far what is known to have been done is from what it would take.

    wrong: the share of the public that is wrong after it; needed: studies of that size and reach; times: needed over known,
    None where no number would do, or none is known.
    """

    known: Known
    wrong: float
    needed: int | None
    times: float | None


@dataclass(frozen=True, slots=True)
class Manufacture:
    """The answer for an agreement and for its opposite, under the same settings and seed; and how far the known falls."""

    question: Question
    asked: Effort
    opposite: Effort
    distances: tuple[Distance, ...]
    runs: int
    seed: int
    note: str = COULD_NOT_WAS


def could_be_made(
    question: Question, *, pushes: bool = True, known: tuple[Known, ...] = (), runs: int = 1_000, seed: int = 0,
    threads: int | None = None, progress: Callable[[str, int, int], None] | None = None,
) -> Manufacture:  # fmt: skip
    """Could the agreement that the new way is better (``pushes``; else worse) have been made, and what would it take?

    Raises BadInputError where the setting cannot be simulated or nothing is searched.
    """
    _check(question, known)
    found = {}
    for step, side in enumerate((pushes, not pushes)):
        if progress is not None:
            progress("agreements", step, 2)
        found[side] = _Search.of(question, side, runs=runs, seed=seed, threads=threads)
    distances = tuple(found[one.pushes].distance(one) for one in known)
    return Manufacture(question, found[pushes].effort(), found[not pushes].effort(), distances, runs, seed)


@dataclass(frozen=True, slots=True)
class _Search:
    """One world, in which what is pushed is false, and what its public hears of everybody but the one who pushes.

    audiences: by whom else they are reached, their share, and the odds [R, K] toward the truth that they take. luck: [R].
    tried: the share wrong among those who are reached, by size and number of studies: no reach asks for it twice.
    """

    question: Question
    pushes: bool
    seen: History
    audiences: list[tuple[float, Floats]]
    luck: Floats
    tried: dict[tuple[int, int], float]

    @classmethod
    def of(cls, question: Question, pushes: bool, *, runs: int, seed: int, threads: int | None) -> "_Search":
        seen = history(replace(question.community, true=not pushes), runs=runs, seed=seed, threads=threads)
        others = tuple(replace(one, pushes=one.pushes != pushes) for one in question.opponents)
        heard = [(share, odds_ratio(odds)) for share, odds in audiences(hear(seen, question.public, others))]
        return cls(question, pushes, seen, heard, ranks(seen, len(others))[seen.outcome != 0], {})

    def study(self, size: int) -> Study:
        return study_of(self.seen, Propagandist(self.pushes, self.question.way, size=size, skew=self.question.skew))

    def wrong(self, pushed: Floats) -> float:
        """The share wrong among those who also take these log-odds [R] toward the truth."""
        prior, more = self.question.public.seen_from(true=not self.pushes), odds_ratio(pushed)[:, None]
        return sum(share * float(share_under(odds * more, prior).mean()) for share, odds in self.audiences)

    def after(self, size: int, studies: int) -> float:
        """The share wrong among those who are reached by so many studies."""
        if (size, studies) not in self.tried:
            pushed = total_at(self.study(size), studies, self.luck)
            self.tried[size, studies] = self.wrong(-pushed * self.seen.weight)
        return self.tried[size, studies]

    def effort(self) -> Effort:
        without = self.after(1, 0)
        suiting = self.seen.n_in_favour if self.pushes else self.seen.n_against
        cells = [self.cell(size, reach) for size in self.question.sizes for reach in self.question.reaches]
        settled = self.seen.outcome != 0
        shared = handed(self.seen, Propagandist(self.pushes, "share"))[settled]
        return Effort(
            self.pushes, learning(self.seen).right, without, self.wrong(shared),
            float(suiting.sum(axis=1)[settled].mean()), tuple(cells),
        )  # fmt: skip

    def cell(self, size: int, reach: float) -> Cell:
        """The least number of studies, found by doubling and halving: more of them never makes fewer wrong."""
        unreached, target = self.after(1, 0), self.question.target
        studies = self.least(lambda n: reach * self.after(size, n) + (1 - reach) * unreached >= target)
        inside = self.after(size, self.question.most if studies is None else studies)
        wrong = reach * inside + (1 - reach) * unreached
        if studies is None:
            return Cell(size, reach, None, None, None, wrong)
        suits = effect(self.study(size)).published
        return Cell(size, reach, studies, studies * suits, studies * size, wrong)

    def least(self, enough: Callable[[int], bool]) -> int | None:
        if enough(0):
            return 0
        high = 1
        while not enough(high):
            if high >= self.question.most:
                return None
            high = min(2 * high, self.question.most)
        low = high // 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle, high)
        return high

    def distance(self, known: Known) -> Distance:
        """The share wrong after what is known, and how many times as much it would take."""
        cell = self.cell(known.size, known.reach)
        wrong = known.reach * self.after(known.size, known.studies) + (1 - known.reach) * self.after(1, 0)
        times = None if cell.studies is None or not known.studies else cell.studies / known.studies
        return Distance(known, wrong, cell.studies, times)


def _check(question: Question, known: tuple[Known, ...]) -> None:
    if not question.sizes or not question.reaches:
        raise BadInputError("there is nothing to search", hint="give one size of study and one reach at least")
    for size in (*question.sizes, *(one.size for one in known)):
        if not 1 <= size <= LARGEST:
            raise BadInputError(f"studies of {size:,} cannot be searched", hint=f"1 to {LARGEST:,}")
    for reach in (*question.reaches, *(one.reach for one in known)):
        if not 0 <= reach <= 1:
            raise BadInputError(f"a reach of {reach} is no share of a public", hint="0 to 1")
    for one in known:
        if not 0 <= one.studies <= MOST_STUDIES:
            raise BadInputError(f"{one.studies:,} studies cannot be searched", hint=f"0 to {MOST_STUDIES:,}")
    if not 0 < question.target <= 1:
        raise BadInputError(f"a target of {question.target} is no share of a public", hint="more than 0, at most 1")
    if question.way not in {"publish", "skew"}:
        raise BadInputError(f"studies are not made by the way ‘{question.way}’", hint="publish or skew")
    if question.way == "skew" and not question.skew > 0:
        raise BadInputError("a skew of 0 moves nothing", hint="more than 0")
