"""The multiverse as tables: every unit's share and place, or one unit's outcome under every combination."""

from html import escape
from typing import Any

import numpy as np

from evenhand.compare.multiverse import Multiverse
from evenhand.compare.place import place, totals
from evenhand.compare.verdict import all_pre
from evenhand.model import Outcome, ReasonCode

MOST_ROWS = 12


def shares(found: Multiverse) -> dict[str, list[Any]]:
    """For every unit: in what share of the judged weight the claim holds, and how many fit the claim at least as well.

    The last column is called a placebo p only where every standard that was tried has a time before the event.
    """
    weighed = totals(found)
    judged, held = weighed.judged.tolist(), weighed.held.tolist()
    share = [h / j if j else None for h, j in zip(held, judged, strict=True)]
    where = [place(found, unit) if j else None for unit, j in zip(found.units, judged, strict=True)]
    whole = int(found.weights.sum())
    return {
        "unit": list(found.units),
        "share": share,
        "judged": [j / whole for j in judged],
        "rank": [None if at is None else at.rank for at in where],
        "of": [None if at is None else at.of for at in where],
        "at_least_as_good": [None if at is None else at.at_least for at in where],
        "placebo_p" if all_pre(found) else "share_at_least_as_good": [
            None if at is None else at.at_least_as_good for at in where
        ],
    }


def combinations(found: Multiverse, unit: str) -> dict[str, list[Any]]:
    """For every combination: the option of each choice, its weight, and how it came out for this unit."""
    taken = [found.combination(c) for c in range(len(found.keys))]
    outcomes = found.of(unit)
    codes = found.codes(unit)
    percentiles = found.percentiles(unit)
    table: dict[str, list[Any]] = {
        choice.id: [None if (option := one[choice.id]) is None else option.id for one in taken]
        for choice in found.choices
    }
    table["weight"] = (found.weights / found.tree.denominator).tolist()
    table["outcome"] = [Outcome(int(outcome)).name.lower() for outcome in outcomes]
    table["percentile"] = [None if np.isnan(p) else float(p) for p in percentiles]
    table["reason"] = [ReasonCode(int(code)).word if code else None for code in codes]
    return table


def html(found: Multiverse) -> str:
    """The units with the largest shares, and how many there are."""
    table = shares(found)
    names = list(table)
    order = sorted(range(len(found.units)), key=lambda u: (-(table["share"][u] or 0), table["rank"][u] or 0))
    cells = "".join(
        "<tr>"
        + "".join(f"<td style='text-align:left'>{escape(_cell(table[name][u]))}</td>" for name in names)
        + "</tr>"
        for u in order[:MOST_ROWS]
    )
    head = "".join(f"<th style='text-align:left'>{escape(name)}</th>" for name in names)
    more = f"<p>and {len(order) - MOST_ROWS} more: to_frame() has all</p>" if len(order) > MOST_ROWS else ""
    title = f"“{found.form.name}” under {len(found.keys)} combinations of {len(found.choices)} choices, for every unit"
    return f"<p><b>{escape(title)}</b></p><table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>{more}"


def _cell(value: Any) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
