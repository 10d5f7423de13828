"""The verdict on one unit: the share, its place among all, what it hinges on, what was not judged."""

from dataclasses import dataclass
from fractions import Fraction
from statistics import median

import numpy as np

from evenhand.compare.hinges import by_options, hinges
from evenhand.compare.multiverse import Multiverse
from evenhand.compare.panel import Bools
from evenhand.compare.place import place, regional_place, size_by_quartile, standing, totals
from evenhand.compare.plan import OWN_CHANGE
from evenhand.model import BANDS, Hinge, Outcome, Place, band, verdict_words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the multiverse says of one unit. It was computed for all of them alike.

    words, band: as ``model.verdict_words`` and ``model.band``; None where nothing could be judged, and so are the
    shares. share: weighted share of the judged combinations that hold; share_unweighted: each once; share_min,
    share_max: if all that was not judged failed, or held. combinations, judged: how many. distinct: judged ones that
    differ in more than a window nearly the same. open_choices: choices with two options or more in them. not_judged:
    combinations by reason. typical_share: the median unit's; units_in_band: the fraction of units that reach this band.
    place, regional: see :mod:`evenhand.compare.place`. hinges: most telling first; interaction: what no single choice
    explains. lowest, highest: the range of the share over single options. placebo_p: ``at_least_as_good`` where every
    standard has a pre-period, with the share of units at 0.1 or below by quartile of the starting level.
    """

    unit: str
    words: str | None
    band: str | None
    share: Fraction | None
    share_unweighted: Fraction | None
    share_min: Fraction
    share_max: Fraction
    combinations: int
    distinct: int
    judged: int
    open_choices: int
    not_judged: dict[str, int]
    typical_share: Fraction | None
    units_in_band: Fraction | None
    place: Place | None
    regional: Place | None
    hinges: tuple[Hinge, ...]
    interaction: float | None
    lowest: float | None
    highest: float | None
    placebo_p: float | None
    size_by_quartile: tuple[float | None, ...]

    @property
    def rank(self) -> int | None:
        """1 + how many others did strictly better."""
        return None if self.place is None else self.place.rank

    @property
    def of(self) -> int | None:
        """How many are ranked, the unit counted."""
        return None if self.place is None else self.place.of

    @property
    def ties(self) -> int | None:
        """How many did exactly as well."""
        return None if self.place is None else self.place.ties

    @property
    def at_least(self) -> int | None:
        """How many others fit the claim at least as well."""
        return None if self.place is None else self.place.at_least

    @property
    def at_least_as_good(self) -> float | None:
        """(1 + at_least) / of."""
        return None if self.place is None else self.place.at_least_as_good


def verdict(found: Multiverse, unit: str) -> Verdict:
    """What does the multiverse say of this unit?"""
    outcomes = found.of(unit)
    judged, held = outcomes != Outcome.NOT_JUDGED, outcomes == Outcome.HOLDS
    whole, weighed, part = (int(found.weights[rows].sum()) for rows in (slice(None), judged, held))
    share = Fraction(part, weighed) if weighed else None
    distinct = len(np.unique(found.tree.near[judged]))
    open_choices = _open_choices(found, judged)
    typical, in_band = _among_all(found, unit, share)
    tables = by_options(found, judged, held)
    what, interaction = hinges(found, unit, tables) if share is not None else ((), None)
    shares = [h / j for table in tables for j, h in zip(table.judged, table.held, strict=True) if j]
    where = place(found, unit) if share is not None else None
    pre = share is not None and all_pre(found)
    return Verdict(
        unit=unit,
        words=None if share is None else verdict_words(share, distinct=distinct, open_choices=open_choices),
        band=None if share is None else band(share),
        share=share,
        share_unweighted=Fraction(int(held.sum()), int(judged.sum())) if weighed else None,
        share_min=Fraction(part, whole),
        share_max=Fraction(part + whole - weighed, whole),
        combinations=len(outcomes),
        distinct=distinct,
        judged=int(judged.sum()),
        open_choices=open_choices,
        not_judged=found.reasons(unit),
        typical_share=typical,
        units_in_band=in_band,
        place=where,
        regional=regional_place(found, unit) if share is not None else None,
        hinges=what,
        interaction=interaction,
        lowest=min(shares, default=None),
        highest=max(shares, default=None),
        placebo_p=where.at_least_as_good if pre and where is not None else None,
        size_by_quartile=size_by_quartile(found) if pre and found.plan.subject is None else (),
    )


def _among_all(found: Multiverse, unit: str, share: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
    columns = standing(found)
    columns[found.column(unit)] = True
    shares = totals(found).shares(columns)
    if share is None or not shares:
        return (median(shares) if shares else None), None
    names = [name for name, _ in BANDS]
    reached = sum(names.index(band(one)) <= names.index(band(share)) for one in shares)
    return median(shares), Fraction(reached, len(shares))


def _open_choices(found: Multiverse, judged: Bools) -> int:
    """Choices in which at least two options that are not nearly the same could be judged."""
    tree = found.tree
    return sum(len(np.unique(tree.classes[i][tree.digits[judged[tree.leaf], i]])) > 1 for i in tree.read)


def all_pre(found: Multiverse) -> bool:
    """Does every standard that was tried rest on a time before the event?"""
    at, window_at = found.plan.of_kind("standard"), found.plan.of_kind("window")
    if found.form.name in OWN_CHANGE or at is None or window_at is None:
        return False
    taken = np.unique(found.tree.digits[:, [at, window_at]], axis=0)
    options, windows = found.choices[at].options, found.choices[window_at].options
    return all(options[s].value.needs_pre and windows[w].value.start < windows[w].value.event for s, w in taken)
