"""The map: units of the sides by concepts, scored under one rule in the text's one window, cited cells marked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evenhand.audit.matrix import cited_cells
from evenhand.audit.omission.members import sides_of_units
from evenhand.audit.opening import default_tolerance
from evenhand.case import Case
from evenhand.catalog import Catalog, Measure
from evenhand.catalog.contested import contested
from evenhand.compare import Panel, Standard, Window, percentiles, standard
from evenhand.compare.double_standard import ahead
from evenhand.compare.panel import Bools, Floats, Groups
from evenhand.model import Outcome
from evenhand.model.omission import MapCell, MapConcept, OmissionMap

RULES = ("change", "level", "growth", "gap-closed", "whole-path", "nearest-peers")
"""The rules that score everybody from figures alone; those that fit a mix of others before an event cannot serve here."""
TOLLS = "it counts or lists people killed; nobody is ranked by such figures"
BOTH = "it stands for several sides, so for none"
LEADER = "times in office are compared claim by claim, not in calendar years"


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """The map with the arrays that it was drawn from.

    standing: [U, K] percentile, turned by the catalogue's direction. cited: [U, K]. side: [U] ids. direction: [K], 1 or -1
    where it has one, 0 where not (it is turned already, so 1). own_direction: [K] the same relative to the catalogue's where
    the casefile sets it: 1 alike, -1 turned, 0 neither. outcomes: by pair of sides, for each concept who is ahead.
    """

    map: OmissionMap
    standing: Floats
    cited: Bools
    side: tuple[str, ...]
    directed: Bools
    contested: Bools
    set_by_case: tuple[int, ...]
    outcomes: dict[tuple[str, str], tuple[Outcome, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """One measure scored: the columns of the panel, scores turned by direction, percentiles, and raw scores."""

    measure: Measure
    column: dict[str, int]
    raw: Floats
    turned: Floats
    grain: float
    standing: Floats
    stands: Bools
    kin: Bools


def lay(case: Case, catalog: Catalog, years: tuple[int, int]) -> Laid:
    """The map of a case. Which measure stands for a concept: the cited one, else the first with a score for anybody here."""
    of, several = sides_of_units(case, catalog, years)
    units = [u for u in of if catalog.unit(u).kind != "leader"]
    aside = [(catalog.unit(u).name, BOTH) for u in several]
    aside += [(catalog.unit(u).name, LEADER) for u in of if catalog.unit(u).kind == "leader"]
    rule, instead = _rule(case)
    cited = cited_cells(case, catalog)
    named = {m for u, m in cited if u in units}
    aside += [(m.name, TOLLS) for m in catalog.measures() if m.tolls and _anybody(catalog, m, units, years)]
    scorer = _Scorer(catalog, rule, years, {})
    scored = [_of_concept(c, scorer, units, named) for c in _concepts(catalog, named)]
    concepts = tuple(_column(case, s.measure) for s in scored)
    cells = [_cells(s, catalog, years, units, cited) for s in scored]
    standing = np.array(
        [[c.stands if c.stands is not None else np.nan for c in column] for column in cells], dtype=float
    )
    shown = OmissionMap(
        tuple((u, catalog.unit(u).name, of[u]) for u in units), concepts,
        tuple(tuple(column[i] for column in cells) for i in range(len(units))), years, rule.name, instead, tuple(aside),
    )  # fmt: skip
    shape = (len(scored), len(units))
    marked = np.array([[c.cited for c in column] for column in cells], dtype=bool).reshape(shape).T
    return Laid(
        shown, standing.reshape(shape).T, marked, tuple(of[u] for u in units),
        np.array([c.better != "neither" for c in concepts], dtype=bool),
        np.array([bool(c.contested) for c in concepts], dtype=bool),
        tuple(_set(c) for c in concepts), _outcomes(case, scored, units, of),
    )  # fmt: skip


def _rule(case: Case) -> tuple[Standard, str]:
    asked = case.default_standard or "change"
    return (standard(asked), "") if asked in RULES else (standard("change"), asked)


def _concepts(catalog: Catalog, cited: Collection[str]) -> list[list[Measure]]:
    """The measures of each concept, cited ones first, in the order of the catalogue."""
    out: dict[str, list[Measure]] = {}
    for m in catalog.measures():
        if m.domain != "context" and not m.tolls:
            out.setdefault(m.concept, []).append(m)
    return [sorted(measures, key=lambda m: m.id not in cited) for measures in out.values()]


@dataclass(frozen=True, slots=True)
class _Scorer:
    """Scores every unit by one measure after the other. groups: what is known of the units, by the panel's columns."""

    catalog: Catalog
    rule: Standard
    years: tuple[int, int]
    groups: dict[tuple[str, ...], Groups]

    def scored(self, measure: Measure) -> _Scored:
        panel = self.catalog.panel(measure.id, tolerance=default_tolerance(measure))
        panel = replace(panel, direction="down" if measure.better == "lower" else "up")
        window = Window(self.years[0], self.years[0], self.years[1])
        if panel.units not in self.groups:
            self.groups[panel.units] = self.catalog.groups_of(panel, window)
        groups, stands = self.groups[panel.units], self.catalog.stands(panel, window)
        columns = {unit: i for i, unit in enumerate(panel.units)}
        if not _reaches(panel, self.years, level=self.rule.is_level):
            nothing = np.full(len(panel.units), np.nan)
            return _Scored(measure, columns, nothing, nothing, 0.0, nothing, stands, groups.kin)
        scores = self.rule.score(panel, window, replace(groups, exposed=np.zeros(panel.values.shape, dtype=bool)))
        turned = -scores.values if measure.better == "lower" and not self.rule.oriented else scores.values
        standing = percentiles(turned, scores.grain, kin=groups.kin, stands=stands)
        return _Scored(measure, columns, scores.values, turned, scores.grain, standing, stands, groups.kin)


def _of_concept(measures: Sequence[Measure], scorer: _Scorer, units: Sequence[str], cited: Collection[str]) -> _Scored:
    """By the measure that is cited, else the first that says anything of anybody here, else the first."""
    first = scorer.scored(measures[0])
    if measures[0].id in cited or _says(first, units):
        return first
    others = (scorer.scored(measure) for measure in measures[1:])
    return next((one for one in others if _says(one, units)), first)


def _says(scored: _Scored, units: Sequence[str]) -> bool:
    return any(u in scored.column and not np.isnan(scored.raw[scored.column[u]]) for u in units)


def _reaches(panel: Panel, years: tuple[int, int], *, level: bool) -> bool:
    """Has the panel the years that the rule reads: those of the window, or of a level the last alone?"""
    first = years[1] if level else years[0]
    return len(panel.periods) > 0 and panel.periods[0] <= first and panel.periods[-1] >= years[1]


def _column(case: Case, measure: Measure) -> MapConcept:
    own = next((d for d in case.directions if d.measure == measure.id), None)
    why = contested().get(measure.concept, "") or (own.because if own else "")
    return MapConcept(
        measure.concept, measure.id, measure.name, measure.domain, measure.better, why, own.better if own else None
    )


def _set(concept: MapConcept) -> int:
    """The casefile's direction relative to the catalogue's: 1 alike, -1 turned, 0 neither."""
    if concept.set_to is None or concept.set_to == concept.better:
        return int(concept.better != "neither")
    if concept.set_to == "neither":
        return 0
    if concept.better == "neither":
        return 1 if concept.set_to == "higher" else -1
    return -1


def _cells(
    scored: _Scored, catalog: Catalog, years: tuple[int, int], units: Sequence[str], cited: Collection[tuple[str, str]]
) -> list[MapCell]:
    same = [m.id for m in catalog.measures_of_concept(scored.measure.concept)]
    seen = {unit for m in same for unit in _anybody(catalog, catalog.measure(m), units, years)}
    out = []
    for unit in units:
        at = scored.column.get(unit)
        stands = None if at is None or np.isnan(scored.standing[at]) else round(float(scored.standing[at]), 12)
        score = None if at is None or np.isnan(scored.raw[at]) else float(scored.raw[at])
        marked = any((unit, m) in cited for m in same)
        out.append(MapCell(marked, unit in seen, stands, score))
    return out


def _anybody(catalog: Catalog, measure: Measure, units: Collection[str], years: tuple[int, int]) -> set[str]:
    """Which of these units have any figure of the measure in these years?"""
    rows = catalog.figures(measure.id)
    inside = np.flatnonzero((rows.year >= years[0]) & (rows.year <= years[1]))
    return {str(rows.unit[i]) for i in inside} & set(units)


def _outcomes(
    case: Case, scored: Sequence[_Scored], units: Sequence[str], of: dict[str, str]
) -> dict[tuple[str, str], tuple[Outcome, ...]]:
    ids = [side.id for side in case.sides]
    pairs = [(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :]]
    return {pair: tuple(_ahead(s, units, of, pair) for s in scored) for pair in pairs}


def _ahead(scored: _Scored, units: Sequence[str], of: dict[str, str], pair: tuple[str, str]) -> Outcome:
    """Who is ahead? Of kin that stand in one window, one alone counts among the members."""
    masks = []
    for side in pair:
        mine = np.zeros(len(scored.turned), dtype=bool)
        mine[[scored.column[u] for u in units if of[u] == side and u in scored.column]] = True
        heads = mine & scored.stands
        masks.append(heads | (mine & ~scored.kin[:, heads].any(axis=1)))
    if scored.measure.better == "neither":
        return Outcome.NOT_JUDGED
    return ahead(scored.turned, scored.grain, *masks)
