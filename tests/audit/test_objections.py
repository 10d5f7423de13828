"""Readers' disputes and notes stand beside verdicts, and never change one."""

from dataclasses import replace

import pytest
from small_case import FELL, PAIR, SUM, audited, case, comparison

from evenhand.model import BadInputError
from evenhand.report import page

DISPUTES = [
    {"claim": "more", "by": "A. Reader", "choice": "window", "reason": "2005 was a bad year", "source": "timetable"},
    {"claim": "sum", "by": "B. Reader", "reason": "<b>not so</b>"},
]
NOTES = [
    {"at": "sum", "text": "Sums are easy.", "by": "A teacher"},
    {"at": "Birchley", "text": "Birchley lost its express."},
    {"at": 2010, "text": "A strike."},
    {"at": 1900, "text": "Long ago."},
]


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    claims = (FELL, comparison(), PAIR, SUM)
    plain = audited(tmp_path_factory.mktemp("plain"), case(*claims))
    objected = audited(tmp_path_factory.mktemp("objected"), case(*claims, disputes=DISPUTES, notes=NOTES))
    return plain, objected


def test_no_verdict_changes(pair):
    plain, objected = pair
    assert [c.finding for c in plain.claims] == [c.finding for c in objected.claims]
    assert plain.summary == objected.summary
    bare = [replace(c, disputes=(), notes=()) for c in objected.claims]
    assert bare == list(plain.claims)
    assert not objected.unchecked


def test_each_stands_where_it_belongs(pair):
    claims = {claim.id: claim for claim in pair[1].claims}
    (one,) = claims["more"].disputes
    assert (one.by, one.choice, one.source) == ("A. Reader", "the years", "The timetable (2025)")
    hinge = next((h for h in claims["more"].finding.hinges_on if h.choice == "window"), None)
    assert one.shares == (() if hinge is None else tuple((o.label, o.share) for o in hinge.options))
    assert [n.text for n in claims["sum"].notes] == ["Sums are easy."]
    assert [n.about for n in claims["pair"].notes] == ["Birchley", "2010"]
    assert [n.about for n in claims["more"].notes] == ["2010"]
    assert [n.text for n in pair[1].notes] == ["Long ago."], "what belongs to no card stands below them"


def test_the_page_shows_them_beside_the_verdict(pair):
    html = page(pair[1])
    at = html.index("2005 was a bad year")
    card = html[html.rindex("<article", 0, at) : at]
    assert 'class="verdict"' in card
    assert "An objection stands beside the verdict and changes nothing in it." in html
    assert "&lt;b&gt;not so&lt;/b&gt;" in html
    assert "<b>not so" not in html
    assert "Readers dispute what we found of 2 claims" in html
    assert "Long ago." in html


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"disputes": [{"claim": "nobody", "by": "x", "reason": "y"}]}, "unknown claim 'nobody'"),
        (
            {"disputes": [{"claim": "sum", "by": "x", "reason": "y", "choice": "weather"}]},
            "unknown choice or kind of choice",
        ),
        ({"notes": [{"at": "Atlantis", "text": "sunk"}]}, "unknown claim or unit 'Atlantis'"),
    ],
)
def test_what_stands_nowhere_is_said(tmp_path, changes, said):
    with pytest.raises(BadInputError) as caught:
        audited(tmp_path, case(SUM, **changes))
    assert said in str(caught.value.problems[0])
