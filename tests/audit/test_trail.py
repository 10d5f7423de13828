"""What a verdict rests on and what would turn it: the nearest way, by trying them all; every figure, with its source."""

from itertools import product

import pytest
from small_case import GROUP, PAIR, audited, case, comparison, figures, write_case
from small_reference import catalogue

from evenhand.audit import open_case, open_comparison
from evenhand.compare import detail
from evenhand.model import Outcome

MIDDLE = comparison(subject={"unit": "Gorsedale"})


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Claims with different ends: one that hinges, one against an opponent, one of a group."""
    folder = tmp_path_factory.mktemp("trail")
    content = case(MIDDLE, PAIR, GROUP)
    made = audited(folder, content)
    _, catalog = open_case(write_case(folder, content), catalog=catalogue(folder))
    return {claim.id: claim.finding for claim in made.claims}, folder, catalog


def outcomes(folder, id_):
    """How the claim comes out under every full combination, asked one by one of the engine."""
    opened_case, catalog = open_case(folder / "essay.case.yaml", catalog=catalogue(folder))
    opened = open_comparison(opened_case.claim(id_).open, catalog)
    choices = opened.plan.choices
    for options in product(*(choice.options for choice in choices)):
        taken = {choice.id: option for choice, option in zip(choices, options, strict=True)}
        one = detail(opened.plan, opened.panels, opened.form, taken)
        yield {k: o.id for k, o in taken.items()}, Outcome(int(one.outcomes[one.column(opened.column)]))


@pytest.mark.parametrize("id_", ["more", "pair"])
def test_the_nearest_way_that_turns_it_is_the_nearest(found, id_):
    nearest = found[0][id_].comparison.trail.nearest
    rows = list(outcomes(found[1], id_))
    first = rows[0][0]
    own = rows[0][1]
    assert nearest.own == own
    turned = [
        sum(taken[c] != first[c] for c in taken)
        for taken, outcome in rows
        if outcome != Outcome.NOT_JUDGED and (outcome == Outcome.HOLDS) != (own == Outcome.HOLDS)
    ]
    assert nearest.changes == min(turned)
    by_taken = {tuple(sorted(taken.items())): outcome for taken, outcome in rows}
    assert nearest.of == len(nearest.turns)
    for turn in nearest.turns:
        assert len(turn.changed) == nearest.changes
        taken = first | {one.choice: one.taken for one in turn.changed}
        assert by_taken[tuple(sorted(taken.items()))] == turn.outcome
        assert all(one.instead_of == first[one.choice] for one in turn.changed)


def test_where_nothing_turns_it_that_is_said(tmp_path):
    made = audited(tmp_path, case(comparison(subject={"unit": "Alderton"})))
    finding = made.claims[0].finding
    assert finding.share == 1
    assert finding.comparison.trail.nearest.changes is None
    assert finding.comparison.trail.nearest.turns == ()


def test_every_figure_has_its_year_and_source(found):
    known = {(row["unit"], row["year"]): row for row in figures() if row["measure"] == "delay"}
    trail = found[0]["more"].comparison.trail
    assert {f.role for f in trail.figures} == {"subject", "peer"}
    assert len(trail.figures) == 2 * 12, "the first and the last year of everybody"
    for figure in trail.figures:
        row = known[figure.name, figure.year]
        assert (figure.value, figure.low, figure.high, figure.source) == (
            row["value"],
            row["low"],
            row["high"],
            "timetable",
        )
    assert {f.year for f in trail.figures} == {2005, 2019}
    pair = found[0]["pair"].comparison.trail
    assert [(f.name, f.role) for f in pair.figures[::2]] == [("Alderton", "subject"), ("Birchley", "opponent")]
    assert {f.role for f in found[0]["group"].comparison.trail.figures} == {"member", "peer"}


def test_a_changed_figure_changes_its_tables_digest_alone(tmp_path, found):
    rows = figures()
    next(r for r in rows if r["measure"] == "delay" and r["unit"] == "Larchend" and r["year"] == 2010)["value"] += 0.1
    made = audited(tmp_path, case(MIDDLE), rows=rows)
    before, after = found[0]["more"].comparison.trail, made.claims[0].finding.comparison.trail
    assert before.figures == after.figures
    assert [s.digest for s in before.series] != [s.digest for s in after.series]
