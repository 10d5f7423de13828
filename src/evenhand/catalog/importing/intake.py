"""Tables in, figures out: every cell of every table is kept, merged, empty or refused, and counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from evenhand.catalog.entries import Measure, Source
from evenhand.catalog.imported.rows import insert
from evenhand.catalog.importing import faults
from evenhand.catalog.importing.cells import Tell, load, parse, quoted
from evenhand.catalog.importing.layout import Table
from evenhand.catalog.importing.report import Refusal, TableReport
from evenhand.catalog.importing.units import LEFT_OUT, Asked, Meant, Resolver, Unknown
from evenhand.catalog.own import undeclared
from evenhand.model import BadInputError, Problem

MEMORY = "400MB"
OUTSIDE = "outside the unit's life"
FIGURES = """
CREATE TABLE figures (measure VARCHAR, unit VARCHAR, year INTEGER, value DOUBLE, low DOUBLE, high DOUBLE,
  source VARCHAR, flags VARCHAR, tab INTEGER, row BIGINT, col VARCHAR, name VARCHAR, duplicates VARCHAR)
"""


@dataclass(slots=True)
class Intake:
    """One import on its way.

    sources: by the word that the tables use. measures: by id, those that were met. settle: gives a measure the id and name
    under which the catalogue will know it.
    """

    connection: duckdb.DuckDBPyConnection
    resolver: Resolver
    sources: dict[str, Source]
    tell: Tell
    settle: Callable[[Measure], Measure]
    measures: dict[str, Measure] = field(default_factory=dict)
    reports: list[TableReport] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def add(self, table: Table) -> None:
        """Reads one table. Raises ``BadInputError`` where a cell cannot be read, or a name is not known to a strict one."""
        loaded = load(self.connection, table, self.tell)
        parse(self.connection, table)
        faults.check(self.connection, table)
        met = self._words(table)
        unknown = self._units(table)
        wrong = [one for one in unknown if table.strict and one.because != LEFT_OUT]
        if wrong:
            raise BadInputError.of(faults.problems_told([_told(one, table) for one in wrong]))
        self._outside_lives(table)
        notes = [*loaded.notes, *self._outside_limits(table, met, strict=table.strict)]
        number = len(self.tables)
        self.connection.execute(_kept(table, number))
        counted = self.connection.execute("SELECT count(*), count(*) FILTER (empty), count(*) FILTER (NOT empty AND unit IS NULL) FROM placed")  # fmt: skip  # noqa: E501
        cells, empty, refused = counted.fetchone() or (0, 0, 0)
        self.tables.append(table)
        self.reports.append(TableReport(
            table.file, loaded.rows, cells, cells - empty - refused, empty, 0, refused,
            tuple(Refusal(u.because, u.asked.name or u.asked.code, u.asked.figures, u.asked.row, u.closest) for u in unknown),
            tuple(notes),
        ))  # fmt: skip

    def _words(self, table: Table) -> list[Measure]:
        """Which measure does each word of the table mean? Measures that nobody declared are taken as they come."""
        by_word = {one.word: one.measure for one in table.measured}
        only = table.measured[0].measure if len(table.measured) == 1 and not table.columns.measure else None
        words = self.connection.execute("SELECT word, min(value) FROM parsed WHERE NOT empty GROUP BY 1").fetchall()
        found: dict[str, Measure] = {}
        for word, least in words:
            if not word and only is None:
                problem = f"{table.file}: column {table.columns.measure}"
                raise BadInputError("a row names no measure", where=problem)
            found[word] = self.settle(by_word.get(word) or only or undeclared(word, [least]))
        for measure in found.values():
            self.measures.setdefault(measure.id, measure)
        pairs = [[word, measure.id] for word, measure in found.items()]
        self.connection.execute("CREATE OR REPLACE TABLE words (word VARCHAR, measure VARCHAR)")
        insert(self.connection, "words", pairs)
        return list({measure.id: measure for measure in found.values()}.values())

    def _units(self, table: Table) -> list[Unknown]:
        self._place(self.resolver.resolve(self._asked("parsed", "NOT empty"), table))
        return self.resolver.unknown(self._asked("placed", "NOT empty AND unit IS NULL"), table)

    def _asked(self, view: str, where: str) -> list[Asked]:
        rows = self.connection.execute(
            f"SELECT name, code, min(year), max(year), count(*), min(row) FROM {view} WHERE {where} GROUP BY 1, 2 "  # noqa: S608
            "ORDER BY 5 DESC, 1, 2"
        ).fetchall()
        return [Asked(*row) for row in rows]

    def _place(self, meant: list[Meant]) -> None:
        """``placed``: the parsed cells with their units; NULL where the name means none."""
        lives = [self.resolver.unit(one.unit) for one in meant]
        rows = [
            [one.name, one.code, one.first, one.last, one.unit, life.start, life.end]
            for one, life in zip(meant, lives, strict=True)
        ]
        self.connection.execute(
            "CREATE OR REPLACE TABLE meant (name VARCHAR, code VARCHAR, first INTEGER, last INTEGER, unit VARCHAR, "
            "born INTEGER, died INTEGER)"
        )
        insert(self.connection, "meant", rows)
        self.connection.execute(
            "CREATE OR REPLACE TABLE placed AS SELECT p.*, m.unit, m.born, m.died, w.measure FROM parsed p "
            "LEFT JOIN meant m ON p.name = m.name AND p.code = m.code AND p.year BETWEEN m.first AND m.last "
            "AND NOT p.empty LEFT JOIN words w ON p.word = w.word"
        )

    def _outside_lives(self, table: Table) -> None:
        """Where names stand for the state of the year, a figure from before its time or after it cannot be right."""
        if table.territory == "today":
            return
        rows = self.connection.execute(
            "SELECT unit, any_value(name), min(row), arg_min(year, row), count(*), any_value(born), any_value(died) "
            "FROM placed WHERE year < born OR year > died GROUP BY unit ORDER BY 3"
        ).fetchall()
        column = table.columns.unit or table.columns.code
        problems = [
            Problem(f"{table.file}: row {row}, column {column}", *_life(*rest)) for _, *rest, row in _reordered(rows)
        ]
        if problems:
            raise BadInputError.of(faults.problems_told(problems))

    def _outside_limits(self, table: Table, met: Sequence[Measure], *, strict: bool) -> list[str]:
        told = []
        for measure in met:
            low, high = measure.minimum, measure.maximum
            if low is None and high is None:
                continue
            bad = " OR ".join([f"value < {low!r}"] * (low is not None) + [f"value > {high!r}"] * (high is not None))
            found = self.connection.execute(
                f"SELECT count(*), min(row), arg_min(value, row), arg_min(col, row) FROM placed "  # noqa: S608
                f"WHERE measure = {quoted(measure.id)} AND ({bad})"
            ).fetchone()
            if found and found[0]:
                ends = ("any" if end is None else f"{end:g}" for end in (low, high))
                limits = f"{measure.name} goes from {' to '.join(ends)}"
                if strict:
                    where = f"{table.file}: row {found[1]}, column {found[3]}"
                    more = f" (and {found[0] - 1:,} more)" if found[0] > 1 else ""
                    raise BadInputError(f"{found[2]:g} is outside the measure's limits{more}", hint=limits, where=where)
                told.append(f"{found[0]:,} figures are outside the stated limits ({limits}); first in row {found[1]}")
        return told

    def finish(self) -> None:
        """Merges what was said twice; raises ``BadInputError`` where the same key has different values."""
        self.connection.execute(_DECIDED)
        self._conflicts()
        gone = self.connection.execute(
            "SELECT tab, count(*) FILTER (same), count(*) FILTER (NOT same) FROM decided WHERE place > 1 GROUP BY tab"
        ).fetchall()
        for tab, merged, refused in gone:
            before = self.reports[tab]
            more = (
                Refusal(
                    f"another row of the same key counts (duplicates: {self.tables[tab].duplicates})", "", refused, 0
                ),
            )
            self.reports[tab] = replace(
                before, kept=before.kept - merged - refused, merged=merged, refused=before.refused + refused,
                refusals=before.refusals + (more if refused else ()),
            )  # fmt: skip
        self._bare_sources()

    def _conflicts(self) -> None:
        rows = self.connection.execute(
            "SELECT b.tab, b.row, b.col, b.name, b.year, b.value, a.tab, a.row, a.value FROM decided b JOIN decided a "
            "USING (measure, unit, year, source) WHERE a.place = 1 AND b.place > 1 AND NOT b.same "
            "AND b.duplicates = 'refuse' ORDER BY b.tab, b.row LIMIT ?",
            [faults.TOLD + 1],
        ).fetchall()
        problems = []
        for tab, row, column, name, year, value, other_tab, other_row, other in rows:
            there = f"row {other_row}" if tab == other_tab else f"{self.tables[other_tab].file}, row {other_row}"
            problems.append(Problem(
                f"{self.tables[tab].file}: row {row}, column {column}",
                f"{name} in {year} is {value:g} here and {other:g} in {there}",
                "delete one, or say in a mapping file which counts: `duplicates: first` or `last`",
            ))  # fmt: skip
        if problems:
            raise BadInputError.of(faults.problems_told(problems))

    def _bare_sources(self) -> None:
        """Words of the tables become ids of sources; of one that nobody declared only the word is known."""
        for (word,) in self.connection.execute("SELECT DISTINCT source FROM figures ORDER BY 1").fetchall():
            source = self.sources.setdefault(word, Source(word, word, kind="as the table names it"))
            if source.id != word:
                self.connection.execute("UPDATE decided SET source = ? WHERE source = ?", [source.id, word])


_DECIDED = """
CREATE TABLE decided AS SELECT *, row_number() OVER key AS place,
  first_value(value) OVER key = value AND first_value(low) OVER key IS NOT DISTINCT FROM low
  AND first_value(high) OVER key IS NOT DISTINCT FROM high AS same
FROM figures WINDOW key AS (PARTITION BY measure, unit, year, source
  ORDER BY CASE WHEN duplicates = 'last' THEN -tab ELSE tab END, CASE WHEN duplicates = 'last' THEN -row ELSE row END,
  col ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
"""


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database for one import: it holds so much in memory and puts the rest into the folder."""
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET temp_directory = ?", [str(folder / "spill")])
    connection.execute("SET enable_progress_bar = false")
    connection.execute(FIGURES)
    return connection


def _kept(table: Table, number: int) -> str:
    source = f"coalesce(nullif(source, ''), {quoted(table.source)})"
    return (
        f"INSERT INTO figures SELECT measure, unit, year, value, low, high, {source}, flags, {number}, row, col, "  # noqa: S608
        f"coalesce(nullif(name, ''), code), {quoted(table.duplicates)} FROM placed WHERE NOT empty AND unit IS NOT NULL"
    )


def _reordered(rows: list[Any]) -> list[tuple[Any, ...]]:
    return [(unit, name, year, times, born, died, row) for unit, name, row, year, times, born, died in rows]


def _life(name: str, year: int, times: int, born: int | None, died: int | None) -> tuple[str, str]:
    more = f" (and {times - 1:,} more)" if times > 1 else ""
    told = f"began in {born}" if born is not None and year < born else f"ended in {died}"
    hint = "leave the row out, or say in a mapping file that names stand for today's territory: `territory: today`"
    return f"a figure of {year} for {name}, which {told}{more}", hint


def _told(unknown: Unknown, table: Table) -> Problem:
    one = unknown.asked
    column = table.columns.unit if one.name else table.columns.code
    where = f"{table.file}: row {one.row}, column {column}"
    more = f" ({one.figures:,} figures)" if one.figures > 1 else ""
    if len(unknown.closest) > 1 and unknown.because != "no unit of that name":
        return Problem(where, f"‘{one.name or one.code}’ is the name of several units{more}",
                       f"say which under `units` in a mapping file: {', '.join(unknown.closest)}")  # fmt: skip
    hint = f"closest: {', '.join(unknown.closest)}; " if unknown.closest else ""
    hint += "say whom it means under `units` in a mapping file, leave it out with `unknown: leave-out`, "
    return Problem(
        where, f"no unit is called ‘{one.name or one.code}’{more}", hint + "or take it as new with --new-units"
    )
