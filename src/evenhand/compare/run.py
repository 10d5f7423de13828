"""Judges combinations: the scores once for each way to score, then what each is set against."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.bench import Stack, class_counts
from evenhand.compare.distinct import Small, distinct
from evenhand.compare.judge import Outcomes, counterexamples, judge, judge_class
from evenhand.compare.nearness import at_start
from evenhand.compare.packing import pack_codes, pack_outcomes, unpack_outcomes
from evenhand.compare.panel import Codes, Floats, Ints, Names, Panel, Window
from evenhand.compare.plan import BY_RANK, OF_A_CLASS, Panels, Plan, favour_of
from evenhand.compare.scoring import ScoreRow, Scoring, score_row, turned_row
from evenhand.compare.settings import NO_PEERS, Setting, Settings, settings_of
from evenhand.compare.standards import Standard
from evenhand.compare.tree import Alike, Tree
from evenhand.model import Form

CELLS = 40_000
MIRROR = {"central": "central", "against": "for", "for": "against"}
Progress = Callable[[int, int], None]
Batch = tuple[Ints, Outcomes, Codes]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to score: the panel's ids, the window, the options of standard and pool, which end of the bounds."""

    ids: tuple[str, ...]
    window: Window
    standard: int
    pool: int
    values: str


@dataclass(frozen=True, slots=True, eq=False)
class Ways(Sequence[Way]):
    """V ways to score, each made when it is asked for, as a million of them would fill the memory.

    rows: [V, k] the options that choose the panel, then window, standard, pool and values.
    """

    plan: Plan
    rows: Small

    @overload
    def __getitem__(self, at: int) -> Way: ...
    @overload
    def __getitem__(self, at: slice) -> "Ways": ...
    def __getitem__(self, at: int | slice) -> "Way | Ways":
        if isinstance(at, slice):
            return Ways(self.plan, self.rows[at])
        row, plan = self.rows[at].tolist(), self.plan
        window, standard, pool, values = row[len(plan.of_panel) :]
        ids = tuple(plan.choices[i].options[o].id for i, o in zip(plan.of_panel, row, strict=False))
        return Way(ids, plan.option("window", window, None), standard, pool, plan.option("values", values, "central"))

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class Ran:
    """What came out. As in :class:`Multiverse`."""

    names: Names
    outcomes: Outcomes
    reasons: Codes
    twice_rank: NDArray[np.int16]
    ranked: NDArray[np.int16]
    rank_row: Ints
    start: Floats

    def outcome_row(self, c: int) -> Outcomes:
        """[M] the outcomes of one combination."""
        row: Outcomes = unpack_outcomes(self.outcomes[c : c + 1], len(self.names))[0]
        return row

    def code_row(self, c: int) -> Codes:
        """[M] the reasons of one combination."""
        both = np.stack([self.reasons[c] & 15, self.reasons[c] >> 4], axis=-1).ravel()
        codes: Codes = both[: len(self.names)]
        return codes


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some of the combinations: those of the ways from ``first`` on. As in :class:`Run`, and keys: [C] which they are."""

    first: int
    keys: Ints
    ways: Sequence[Way]
    way_of: Ints
    kind_of: Ints
    windows: tuple[Window, ...]
    rank_row: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What came out of a part. As in :class:`Ran`, for its combinations; rows: [R] which places ``twice_rank`` has."""

    keys: Ints
    outcomes: Outcomes
    reasons: Codes
    rows: Ints
    twice_rank: NDArray[np.int16]
    ranked: NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """All that is needed to judge combinations.

    ways: V ways to score. way_of: [C] the way of each combination. kinds, kind_of: the settings that occur, and [C]
    which one each has. windows: [C].
    """

    plan: Plan
    form: Form
    panels: Panels
    settings: Settings
    ways: Sequence[Way]
    way_of: Ints
    kinds: tuple[Setting, ...]
    kind_of: Ints
    windows: tuple[Window, ...]

    @classmethod
    def of(cls, plan: Plan, form: Form, panels: Panels, alike: Alike, tree: Tree) -> "Run":
        """Which scores are needed, and what is each combination set against?"""
        digits, at = tree.key_digits, plan.of_kind
        window_at = at("window")
        assert window_at is not None
        nothing = np.zeros(len(digits), dtype=np.int32)
        standard = digits[:, at("standard")] if len(alike.reads) > 1 else nothing
        columns: list[Small] = [digits[:, i] for i in plan.of_panel]
        columns += [alike.windows[standard, digits[:, window_at]], standard]
        columns += [nothing if at(kind) is None else digits[:, at(kind)] for kind in ("pool", "values")]
        first, way_of = distinct(columns)
        found = np.column_stack([column[first].astype(np.int32) for column in columns])
        peers = np.array(["peers" in reads for reads in alike.reads])[standard]
        kinds, kind_of = settings_of(plan, digits, peers)
        settings = Settings.of(plan, panels, sorted({kind.memberships for kind in kinds}), by_rank=form.name in BY_RANK)
        windows = tuple(plan.choices[window_at].options[int(w)].value for w in digits[:, window_at])
        return cls(plan, form, panels, settings, Ways(plan, found), way_of, kinds, kind_of, windows)

    def standard(self, way: Way) -> Standard:
        """The standard of a way to score."""
        return self.plan.standard_at(self.form, {"standard": way.standard, "pool": way.pool})

    def score(self, way: Way, values: str | None = None) -> ScoreRow:
        """The scores of all units under a way to score."""
        rule = self.standard(way)
        among = self.form.name in BY_RANK or self.plan.against is not None or rule.reference == "peers"
        in_worlds = among and self.plan.subject is None
        panel, favour = self.panels.at(way.ids), favour_of(self.form)
        rival = self.settings.opponent() if self.plan.against is not None else None
        groups = self.plan.groups
        return score_row(Scoring(rule, panel, way.window, groups, values or way.values, favour, in_worlds, rival))

    def stack(self, ways: range, *, mirrored: bool = False) -> Stack:
        """The scores under some of the ways, sorted."""
        lead = self.plan.standard_at(self.form, {}).unit
        taken = [self.ways[v] for v in ways]
        found = [self.score(way, MIRROR[way.values]) for way in taken] if mirrored else self._scored(taken)
        units = np.array([self.standard(way).unit == lead for way in taken])
        return Stack(self.form, self.settings, found, units)

    def _scored(self, ways: Sequence[Way]) -> list[ScoreRow]:
        """The scores under each way; a standard that can take many windows of one panel at once is asked so."""
        found: dict[int, ScoreRow] = {}
        alike: dict[Any, list[int]] = {}
        for v, way in enumerate(ways):
            rule = self.standard(way)
            if way.values == "central" and hasattr(rule, "score_many"):
                alike.setdefault((way.ids, way.standard, way.pool), []).append(v)
            else:
                found[v] = self.score(way)
        for at in alike.values():
            rule, panel = self.standard(ways[at[0]]), self.panels.at(ways[at[0]].ids)
            many: Any = rule
            for v, scores in zip(
                at, many.score_many(panel, [ways[v].window for v in at], self.plan.groups), strict=True
            ):
                found[v] = turned_row(scores, rule, panel)
        return [found[v] for v in range(len(ways))]

    def all(self, progress: Progress | None, chunk: int | None, spread: "Spread | None" = None) -> Ran:
        """Judge every combination. The result does not depend on how many rows are worked on at a time, nor where.

        spread: judges the parts elsewhere, and gives them back in any order.
        """
        names = self.settings.names()
        count, width = len(self.way_of), len(names)
        outcomes = np.zeros((count, -(-width // 4)), dtype=np.uint8)
        reasons = np.zeros((count, -(-width // 2)), dtype=np.uint8)
        rank_row, blocks = self._rank_rows()
        shape = (blocks * len(self.ways), width)
        same = self.plan.subject is None and self.form.name not in OF_A_CLASS
        twice = np.full(shape, -1, dtype=np.int16)
        ranked = np.zeros((shape[0], 1 if same else width), dtype=np.int16)
        parts, done = self.parts(chunk or max(1, CELLS // width), rank_row), 0
        for one in map(self.judged, parts) if spread is None else spread(self.core(), parts):
            outcomes[one.keys], reasons[one.keys] = one.outcomes, one.reasons
            twice[one.rows] = one.twice_rank
            # among units each that has a score is ranked among as many
            ranked[one.rows] = one.ranked.min(axis=1, keepdims=True) if same else one.ranked
            done += len(one.keys)
            if progress is not None:
                progress(done, count)
        return Ran(names, outcomes, reasons, twice, np.broadcast_to(ranked, shape), rank_row, self._start(width))

    def core(self) -> "Run":
        """What all parts have in common."""
        nothing = np.empty(0, dtype=np.int64)
        return replace(self, ways=(), way_of=nothing, kind_of=nothing, windows=())

    def parts(self, size: int, rank_row: Ints) -> Iterator[Part]:
        """The combinations of so many ways at a time."""
        order, starts = np.argsort(self.way_of, kind="stable"), np.arange(0, len(self.ways) + size, size)
        cuts = np.cumsum(np.concatenate([[0], np.bincount(self.way_of // size, minlength=len(starts) - 1)]))
        for k, first in enumerate(starts[:-1].tolist()):
            last = min(first + size, len(self.ways))
            keys = order[cuts[k] : cuts[k + 1]]
            windows = tuple(self.windows[int(c)] for c in keys)
            yield Part(
                first,
                keys,
                tuple(self.ways[first:last]),
                self.way_of[keys] - first,
                self.kind_of[keys],
                windows,
                rank_row[keys],
            )

    def judged(self, part: Part) -> Judged:
        """Judge one part. ``self`` may be the core."""
        run = replace(self, ways=part.ways, way_of=part.way_of, kind_of=part.kind_of, windows=part.windows)
        width, ways, keys = len(self.settings.names()), range(len(part.ways)), np.arange(len(part.keys))
        outcomes = np.zeros((len(keys), -(-width // 4)), dtype=np.uint8)
        reasons = np.zeros((len(keys), -(-width // 2)), dtype=np.uint8)
        stack = run.stack(ways)
        for at, found, codes in run._judge(stack, ways, keys):  # noqa: SLF001
            outcomes[at], reasons[at] = pack_outcomes(found), pack_codes(codes)
        rows, twice, ranked = run._ranks(stack, part.rank_row)  # noqa: SLF001
        return Judged(part.keys, outcomes, reasons, rows, twice, ranked)

    def _judge(self, stack: Stack, ways: range, keys: Ints) -> Iterator[Batch]:
        """Combinations of the same setting at once."""
        bounded = self.form.name == "same" and any(self.ways[v].values != "central" for v in ways)
        mirror = self.stack(ways, mirrored=True) if bounded else None
        for kind in np.unique(self.kind_of[keys]):
            at = keys[self.kind_of[keys] == kind]
            setting = self.kinds[int(kind)]
            rows = self.way_of[at] - ways.start
            if self.form.name in OF_A_CLASS:
                counted, blind, size = class_counts(stack, setting)
                found, codes = judge_class(self.form, counted, size, blind)
                yield at, found[rows], codes[rows]
                continue
            apart = np.array([stack.found[int(k)].worlds is not None for k in rows])
            if not apart.all():
                yield self._flat(stack, mirror, setting, at[~apart], ways)
            for c in at[apart]:
                yield self._world(stack, mirror, setting, int(c), ways)

    def _flat(self, stack: Stack, mirror: Stack | None, setting: Setting, at: Ints, ways: range) -> Batch:
        rows = self.way_of[at] - ways.start
        where = [self.where(int(c)) for c in (at if self._by_figures(setting) else at[:1])]
        other = None if mirror is None else mirror.bench(setting, rows, where)
        return at, *judge(self.form, stack.bench(setting, rows, where), other)

    def _world(self, stack: Stack, mirror: Stack | None, setting: Setting, c: int, ways: range) -> Batch:
        k, where = int(self.way_of[c]) - ways.start, self.where(c)
        other = None if mirror is None else mirror.world(setting, k, where)
        return np.array([c]), *judge(self.form, stack.world(setting, k, where), other)

    def _ranks(self, stack: Stack, rank_row: Ints) -> tuple[Ints, NDArray[np.int16], NDArray[np.int16]]:
        """Where each column's score lies among all units' scores, in the claim's direction; by row of the table."""
        rows, first = np.unique(rank_row, return_index=True)
        kinds, local = self.kind_of[first], self.way_of[first]
        shape = (len(rows), len(self.settings.names()))
        twice, ranked = np.full(shape, -1, dtype=np.int16), np.zeros(shape, dtype=np.int16)
        for kind in np.unique(kinds):
            here = kinds == kind
            if self.form.name in OF_A_CLASS:
                counted, _, _ = class_counts(stack, self.kinds[int(kind)])
                spared = 2 * (counted.scored - counterexamples(self.form, counted))
                twice[here], ranked[here] = spared[local[here]], np.maximum(counted.scored, 1)[local[here]]
                continue
            found, among = stack.percentiles(self.kinds[int(kind)], local[here])
            if favour_of(self.form) < 0:
                found = np.where(found >= 0, 2 * among - found, -1)
            twice[here], ranked[here] = found, among
        return rows, twice, ranked

    def _rank_rows(self) -> tuple[Ints, int]:
        """[C] the row of each combination in the table of places: a block of rows for each view of the columns."""
        if self.plan.subject is None:
            return self.way_of, 1
        views = [(kind.aggregate, self.settings.subject_under(kind.memberships)) for kind in self.kinds]
        names = sorted(set(views))
        blocks = np.array([names.index(view) for view in views], dtype=np.int64)
        return blocks[self.kind_of] * len(self.ways) + self.way_of, len(names)

    def _start(self, width: int) -> Floats:
        panel = next(iter(self.panels.by_ids.values()))
        window: Window = self.plan.option("window", 0, None)
        return at_start(panel, window.start) if self.plan.subject is None else np.full(width, np.nan)

    def where(self, c: int) -> tuple[Panel, Window]:
        """The panel and the window of a combination."""
        return self.panels.at(self.ways[int(self.way_of[c])].ids), self.windows[c]

    def _by_figures(self, setting: Setting) -> bool:
        return setting.peers != NO_PEERS and bool(self.plan.option("peers", setting.peers, None).of_figures)


Spread = Callable[[Run, Iterator[Part]], Iterator[Judged]]
