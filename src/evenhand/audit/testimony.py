"""A casefile's testimony: each item's answer without the tied, and in how many of the settings each answer wins."""

from evenhand.audit.ties import known_ties
from evenhand.case import Case
from evenhand.catalog import Catalog
from evenhand.model.who_says import WithoutRow
from evenhand.sources import Testimony, read_testimony, sweep, without_them

Swept = tuple[tuple[str, str, float], ...]


def of_case(case: Case) -> Testimony | None:
    """The casefile's testimony as the engine reads it; None where it has none."""
    rows = [
        {"source": s.source, "item": s.item, "value": s.value, "low": s.low, "high": s.high, "when": s.when}
        for s in case.testimony
    ]
    return read_testimony(rows) if rows else None


def answers(case: Case, catalog: Catalog) -> tuple[tuple[WithoutRow, ...], Swept, tuple[str, ...]]:
    """The rows of the table, the shares of the sweep (items whose values are words), and notes."""
    testimony = of_case(case)
    if testimony is None:
        return (), (), ()
    ties, sides = known_ties(case, catalog), {side.id: side.name for side in case.sides}
    found = without_them(testimony, ties)
    first = {row.item: row.answer or row.note for row in found.rows if row.kind == "all-ties"}
    rows = tuple(
        WithoutRow(row.item, row.label, sides.get(row.side, row.side), row.removed, row.left, first[row.item],
                   row.answer or row.note, row.same is True)
        for row in found.rows if row.kind != "all-ties"
    )  # fmt: skip
    swept: Swept = ()
    if len(testimony.of_kind("category")):
        shares = sweep(testimony, ties).shares
        swept = tuple((item, said or "level", float(share)) for item, told in shares.items() for said, share in told)
    notes = tuple(f"{note.detail}." for note in (*testimony.notes, *found.notes))
    return rows, swept, notes
