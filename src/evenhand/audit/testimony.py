"""A casefile's testimony, and what it cites as testimony: each item's answer without the tied, and which answers win."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from evenhand.audit.ties import known_ties, names_of, years_said
from evenhand.audit.wording import listed, number
from evenhand.case import Case
from evenhand.catalog import Catalog
from evenhand.model.verdict import percent
from evenhand.model.who_says import WithoutRow
from evenhand.model.words import plural
from evenhand.sources import Ending, Testimony, endings, read_testimony, sweep, without_them

Swept = tuple[tuple[str, str, float], ...]
SAYS_SO = "says so"


def of_case(case: Case, names: Mapping[str, str]) -> Testimony | None:
    """The casefile's testimony as the engine reads it; None where it has none.

    Where a statement has no year and its source's citation names one, it was made then.
    """
    rows = [
        {
            "source": s.source,
            "item": s.item,
            "value": s.value,
            "low": s.low,
            "high": s.high,
            "when": s.when or _one(said),
        }
        for s in case.testimony
        for said in (years_said(s.source, names),)
    ]
    return read_testimony(rows) if rows else None


def _one(years: tuple[int, ...]) -> int | None:
    return years[0] if len(years) == 1 else None


def cited(sources: Iterable[str], names: Mapping[str, str], *, beside: Case | None = None) -> tuple[Testimony, str]:
    """What is cited together, as testimony: every source says the one thing, in the years of its works; and that item.

    beside: a casefile whose testimony tells what they agree on elsewhere. There, too, those who are cited speak in the
    years of the works that are cited, so that the same ties are in force however a claim is counted.
    """
    who, statements = tuple(dict.fromkeys(sources)), beside.testimony if beside is not None else ()
    item = "what is cited"
    while any(item == said.item for said in statements):
        item += " here"
    years = {source: years_said(source, names) or (None,) for source in who}
    rows = [
        {"source": s.source, "item": s.item, "value": s.value, "low": s.low, "high": s.high,
         "when": years[s.source][0] if s.source in years else s.when}
        for s in statements
    ]  # fmt: skip
    rows += [
        {"source": source, "item": item, "value": SAYS_SO, "low": None, "high": None, "when": year}
        for source in who
        for year in years[source]
    ]
    return read_testimony(rows), item


def answers(case: Case, catalog: Catalog) -> tuple[tuple[WithoutRow, ...], Swept, tuple[str, ...]]:
    """The rows of the table, the shares of the sweep (items whose values are words), and notes."""
    names = names_of(case, catalog)
    testimony = of_case(case, names)
    if testimony is None:
        return (), (), ()
    ties = known_ties(case, catalog)
    found = without_them(testimony, ties)
    first = {row.item: row.answer or row.note for row in found.rows if row.kind == "all-ties"}
    rows = _merged(
        WithoutRow(row.item, row.label, row.side, row.removed, row.left, first[row.item],
                   row.answer or row.note, row.same is True)
        for row in found.rows if row.kind != "all-ties"
    )  # fmt: skip
    swept: Swept = ()
    ended: list[str] = []
    if len(testimony.of_kind("category")):
        shares = sweep(testimony, ties).shares
        swept = tuple((item, said or "level", float(share)) for item, told in shares.items() for said, share in told)
        ended.append(_ended(endings(testimony, ties=ties)))
    notes = tuple(f"{note.detail}." for note in (*testimony.notes, *found.notes))
    return rows, swept, (*notes, *ended)


def _ended(ends: Sequence[Ending]) -> str:
    """Every fixed point of the method that the table is made by, in a sentence."""
    told = [
        f"log-likelihood {number(end.log_likelihood or 0.0)}, weight {percent(end.weight or 0.0)}, from {', '.join(end.starts)}"
        for end in ends
    ]
    points = plural(len(ends), "fixed point")
    return f"With copying allowed for, the answers of the testimony end in {points}: {'; '.join(told)}."


def _merged(rows: Iterable[WithoutRow]) -> tuple[WithoutRow, ...]:
    """Rows of an item in which the same sources are left out and the same comes out are one, as those of claims are."""
    by: dict[tuple[str, tuple[str, ...], str], list[WithoutRow]] = {}
    for row in rows:
        by.setdefault((row.claim, row.removed, row.after if row.removed else row.without), []).append(row)
    return tuple(
        replace(same[0], without="; ".join(dict.fromkeys(row.without for row in same)),
                side=listed(list(dict.fromkeys(row.side for row in same if row.side))))
        for same in by.values()
    )  # fmt: skip
