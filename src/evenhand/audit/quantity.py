"""Quantities: what the text adds up, recomputed; what it states, beside the figures of the catalogue."""

from dataclasses import dataclass
from fractions import Fraction

from evenhand.audit.wording import number
from evenhand.case import Claim, Figure
from evenhand.catalog import Catalog, Observation
from evenhand.model import Finding, Quantity, Reason
from evenhand.text import read_stated, recompute


def check_quantity(claim: Claim, catalog: Catalog) -> Finding:
    """Does the sum come out as stated, and does the stated figure lie in the catalogue's range by source?"""
    sums = tuple(recompute(a.expression, a.stated, a.tolerance) for a in claim.arithmetic)
    figure = _against_catalogue(claim.figure, catalog) if claim.figure else None
    if not sums and figure is None:
        return Finding(
            claim.id, claim.kind, "not-judged-yet", "not judged yet", sentence=claim.reads or "", side=claim.side,
            questions=claim.questions, sources=claim.cites,
            reason=Reason("not_judged_yet", "the casefile names no sum to recompute and no figure to look up"),
        )  # fmt: skip
    checks = [s.agrees for s in sums] + ([figure.agrees] if figure else [])
    known = [c for c in checks if c is not None]
    agrees = all(known) if known else None
    quantity = Quantity(sums=sums, figures=figure.rows if figure else (), agrees=agrees)
    refused = agrees is None
    why = figure.why if figure and figure.why else "the stated figure cannot be read as a number"
    return Finding(
        claim.id, claim.kind, "refused" if refused else "judged",
        "cannot be judged" if refused else "comes out as stated" if agrees else "does not come out as stated",
        sentence=claim.reads or "", side=claim.side, quantity=quantity, questions=claim.questions,
        reason=Reason("no_figures", why) if refused else None,
        sources=tuple(dict.fromkeys([*claim.cites, *(figure.sources if figure else ())])),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Looked:
    """A stated figure beside the catalogue's: rows of (what, figure), whether it agrees, the sources, and why not known."""

    rows: tuple[tuple[str, str], ...]
    agrees: bool | None
    sources: tuple[str, ...]
    why: str = ""


def _against_catalogue(figure: Figure, catalog: Catalog) -> _Looked:
    measure = catalog.measure(figure.measure)
    rows: list[tuple[str, str]] = [("stated", str(figure.stated))]
    agrees: list[bool] = []
    sources: list[str] = []
    same_unit = [
        m for m in catalog.measures_of_concept(measure.concept) if m.id != measure.id and m.unit == measure.unit
    ]
    for other in [measure, *same_unit]:
        for seen in catalog.observations(other.id, units=[figure.unit], start=figure.year, end=figure.year):
            rows.append((f"{other.name}, {seen.start} ({seen.source})", _with_range(seen, other.unit)))
            sources.append(seen.source)
            if other.id == measure.id or other.unit == measure.unit:
                verdict = _agrees(figure, seen)
                agrees += [verdict] if verdict is not None else []
    if len(rows) == 1:
        why = "the catalogue has no figure for that unit and year"
        return _Looked((*rows, (f"{measure.name}, {figure.year}", "none in our figures")), None, (), why)
    return _Looked(tuple(rows), any(agrees) if agrees else None, tuple(dict.fromkeys(sources)))


def _agrees(figure: Figure, seen: Observation) -> bool | None:
    """Does the stated figure fit the source's figure, or its range where it gives one?"""
    reading = read_stated(figure.stated, figure.tolerance)
    if reading is None:
        return None
    if reading.agrees(Fraction(str(seen.value))):
        return True
    if seen.low is None or seen.high is None:
        return False
    low, high = Fraction(str(seen.low)), Fraction(str(seen.high))
    return (reading.low is None or reading.low <= high) and (reading.high is None or reading.high >= low)


def _with_range(seen: Observation, unit: str) -> str:
    text = f"{number(seen.value)} {unit}".strip()
    if seen.low is not None and seen.high is not None:
        text += f" (source gives {number(seen.low)} to {number(seen.high)})"
    return text
