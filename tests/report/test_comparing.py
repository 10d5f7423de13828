"""A card says what it is about: a unit or a group, set against whom, its scores in their own unit."""

import re
from dataclasses import replace

import pytest
from page_reading import all_words
from report_builders import audit
from report_findings import OPPONENT, SUBJECT, compared, event

from evenhand.audit.result import Audit
from evenhand.model import Comparison, Finding, Mark, Outcome, Place, Track
from evenhand.report import index, page
from evenhand.report.cards import event_answer, four_questions
from evenhand.report.charts.frame import CHARACTERS, WIDTH, cited_together
from evenhand.report.charts.plot import LETTER, beside
from evenhand.report.charts.tracks import _drawn
from evenhand.report.comparing import short_citation

GROUP = "Hospitals that bought the new booking system"


def with_finding(finding: Finding) -> Audit:
    base = audit()
    return replace(base, claims=(replace(base.claims[0], finding=finding), *base.claims[1:]))


def told(finding: Finding) -> str:
    """All that the first card says, on one line."""
    html = page(with_finding(finding))
    start = html.index('id="claim-1"')
    return re.sub(r"\s+", " ", all_words(html[start : html.index("</article>", start)])).replace("\u00a0", " ")


def plain() -> tuple[Finding, Comparison]:
    finding = compared()
    assert finding.comparison
    return finding, finding.comparison


def of_group() -> Finding:
    finding, made = plain()
    strip = tuple(replace(m, role="member" if m.role == "peer" else "other", share=None) for m in made.strip)
    tracks = tuple(replace(t, role="member" if t.role == "peer" else "other") for t in made.tracks)
    whole = Mark("group-id", GROUP, -8.0, "subject")
    judged = replace(made.judged, used=None, peers_named=0, peers_scored=0, rule_of_peers="", rank=55, of=99)
    return replace(
        finding,
        place=Place(1235, 5000, 0, 1234, 0.25, "random groups of the same size"),
        comparison=replace(
            made, strip=(*strip, whole), tracks=(replace(tracks[0], role="subject", name=GROUP), *tracks), judged=judged,
            peers=(), placebo_p=None, size_by_quartile=(), regional_place=Place(162, 500, 0, 161, 0.3, "groups of the same regional mix"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "unit", "score"),
    [
        ("growth rate", "(% a year)", "3.37"),
        ("share of the gap to the best closed", "(share of the gap, 1 = all of it)", "0.0337"),
        ("change", "(days)", "0.0337"),
        ("average over the whole path", "(days)", "0.0337"),
    ],
)
def test_scores_are_in_the_unit_of_their_rule(rule: str, unit: str, score: str):
    finding, made = plain()
    strip = tuple(replace(mark, score=0.0337 if mark.role == "subject" else 0.01) for mark in made.strip)
    judged = replace(made.judged, standard=rule, score=0.0337, reference=0.02)
    said = told(replace(finding, comparison=replace(made, strip=strip, judged=judged)))
    assert f"Waiting time {unit}" in said
    assert f"{SUBJECT} judged {score} " in said


def test_a_group_is_set_against_random_groups():
    said = told(of_group())
    assert "1,234 of 4,999 random groups of the same size fit the claim at least as well" in said
    assert "% of random groups of the same size reach this band" in said
    assert "161 of 499 random groups of the same regional mix fit the claim at least as well" in said
    assert "of all units" not in said
    assert "whole regions change places" not in said


def test_a_groups_own_dot_is_no_unit():
    finding = of_group()
    assert finding.comparison
    units = len(finding.comparison.strip) - 1
    said = told(finding)
    assert f"Every unit with figures, {units} in all" in said
    assert f"{units} units, a dot each" in said
    assert f"{units + 1} units" not in said
    assert "number 55 of 99" not in said


def test_years_and_shares_that_are_not_known_are_not_mentioned():
    said = told(of_group())
    for wrong in ("used for", "Years used for", "years used", ": none", "not known", "Comes out as stated for it in"):
        assert wrong not in said, wrong
    assert "Comes out as stated for it in" in told(compared())


def test_the_side_table_says_groups():
    made = audit()
    asked = replace(made.same_standard[0], rows=((GROUP, "subject", 0.4, 1235, 5000), (SUBJECT, "a", 0.4, 7, 132)))
    html = page(replace(with_finding(of_group()), same_standard=(asked,)))
    said = all_words(html[html.index('id="sides"') :])
    assert "1,235 of 5,000 groups of the same size" in said
    assert "7 of 132 groups" not in said


def test_a_pair_names_its_opponent_and_counts_nobody():
    finding, made = plain()
    judged = replace(made.judged, peers_named=0, peers_scored=0, rule_of_peers="")
    said = told(replace(finding, comparison=replace(made, judged=judged, peers=made.peers[:1])))
    assert re.search(rf"Compared with whom Set against: {OPPONENT} ?\.", said)
    assert "0 of 0" not in said
    assert "governed" not in said


def test_where_nobody_is_compared_with_nothing_is_said_of_them():
    finding, made = plain()
    judged = replace(made.judged, peers_named=0, peers_scored=0, rule_of_peers="")
    alone = tuple(replace(mark, role="other" if mark.role == "opponent" else mark.role) for mark in made.strip)
    lines = tuple(replace(track, role="other" if track.role == "opponent" else track.role) for track in made.tracks)
    said = told(replace(finding, comparison=replace(made, judged=judged, peers=(), strip=alone, tracks=lines)))
    hinge = 2  # one of the choices has this name, too, and the two sentences tell that it tips the claim most
    assert said.count("Compared with whom") == hinge
    assert told(finding).count("Compared with whom") == hinge + 1
    assert "have figures" not in said
    assert "in many ways" not in said


def test_one_is_one():
    finding, made = plain()
    note = made.peers[0]
    peers = (replace(note, sovereign=True), replace(note, unit="x", name="Xton", sovereign=False))
    said = told(replace(finding, comparison=replace(made, peers=peers)))
    assert "1 governed itself (sovereign), 1 was governed by another state" in said


def test_what_could_not_be_judged_in_its_own_words_gets_no_number():
    finding, made = plain()
    judged = replace(made.judged, outcome=Outcome.NOT_JUDGED, why="too few others with figures", rank=3, of=40)
    said = told(replace(finding, comparison=replace(made, judged=judged)))
    assert "In the claim's own words it could not be judged: too few others with figures." in said
    assert "The share comes from the other ways." in said
    assert "number 3 of 40" not in said
    assert "number 2 of 40" in told(finding)


def test_who_is_held_responsible_and_why_is_said_once():
    asked = dict(four_questions(event()))
    held = asked["Who was responsible, and was it meant?"]
    assert held.startswith("Held responsible: the Northmarket Board, by the Town Inquiry. Alder (2015) holds")
    assert len(asked) == 3
    again = replace(event(), answer=f"Held responsible: the Board. {event().attribution}")
    assert event_answer(again) == "Held responsible: the Board."


def test_a_picture_names_the_source_of_what_it_draws():
    finding, made = plain()
    html = page(
        with_finding(replace(finding, sources=("board", "alder"), comparison=replace(made, picture_sources=("alder",))))
    )
    for picture in re.findall(r'<svg class="chart".*?</svg>', html, re.DOTALL):
        said = all_words(picture)
        assert "Alder, B. (2015)" in said
        assert "Northmarket Board" not in said


def test_long_citations_keep_author_year_and_title():
    long = "Getty, J. Arch, Gabor T. Rittersporn and Viktor N. Zemskov (1993), Victims of the Penal System in the Years before the War, Review 98: 1"
    assert short_citation(long) == "Getty and others (1993), Victims of the Penal System in the…"
    assert short_citation("World Bank, Indicators") == "World Bank, Indicators"
    undated = (
        "An institute of some standing, series of many figures 1870-2023, as given in a table, and again in another"
    )
    assert short_citation(undated).startswith("An institute of some standing, series")
    many = tuple(f"Author {k} (2000), A title of some length, to be read" for k in range(9))
    assert cited_together(many).endswith("; and 7 more")
    assert cited_together(many[:1]) == many[0]


@pytest.mark.parametrize("at", [0.0, 3.0, 60.0, 138.0, 139.0, 220.0, 275.0, 276.0])
@pytest.mark.parametrize("text", ["a", "Northmarket General", "Hospitals that bought the new booking s"])
def test_labels_stay_in_the_picture(at: float, text: str):
    room = (-6.0, 282.0)
    align, shift = beside(at, text, room)
    first = at + shift - (LETTER * len(text) if align == "right" else 0)
    assert first >= room[0]
    assert first + LETTER * len(text) <= room[1]


def test_the_small_print_fits():
    assert CHARACTERS * 5.9 <= WIDTH


def test_counts_have_their_thousands_apart():
    finding, made = plain()
    placed = replace(
        finding, combinations=8256, judged=3096, not_judged={"no_overlap": 5160}, place=Place(3, 5001, 0, 2999, 0.5),
        comparison=replace(made, judged=replace(made.judged, rank=1234, of=5678), opponent_place=Place(1235, 5678, 0, 9, 0.1)),
    )  # fmt: skip
    said = told(placed)
    for part in ("2,999 of 5,000", "number 1,234 of 5,678", "number 1,235 of 5,678", "5,160 ways of 8,256"):
        assert part in said
    assert not re.search(r"\b(?:2999|5000|1234|1235|5678|5160|8256)\b", said)


def test_columns_keep_off_the_line_between_them():
    html = index([("One", "a.html", audit()), ("Two", "b.html", audit())])
    rule = re.search(r"\.column \+ \.column \{[^}]*padding-left: ([\d.]+)rem; margin-left: -([\d.]+)rem", html)
    gap = re.search(r"\.columns \{ gap: 0 ([\d.]+)rem", html)
    assert rule
    assert gap
    assert float(rule[2]) < float(gap[1])


def test_a_line_of_one_year_is_a_dot():
    alone = Track("u", "One", "subject", (2010,), (5.0,))
    assert _drawn(alone) == ((2010.0, 5.0), (2010.0, 5.0))
    assert _drawn(replace(alone, years=(2010, 2011), values=(5.0, 6.0))) == ((2010.0, 5.0), (2011.0, 6.0))


def test_a_leaders_years_are_years_in_office():
    finding, comparison = plain()
    terms = replace(comparison, judged=replace(comparison.judged, years=(0, 10), used=None, years_in_office=True))
    html = page(with_finding(replace(finding, comparison=terms)))
    card = html[html.index('id="claim-1"') :]
    card = card[: card.index("</article>")]
    assert "Years in office: 0" in card
    assert "Years asked for" not in card
    assert "Years asked for" in page(with_finding(finding))
