"""Ties and agreements: what shows them, what rests on them, what an agreement would take; the same for either side."""

from typing import Any

import pytest
from small_reference import catalogue, compares, event, judged

from evenhand.audit.consensus import beyond_testimony
from evenhand.model import BadInputError

PAID = {"to": "The Mill", "kind": "funding", "start": 1950, "end": 1960, "status": "documented", "evidence": "its books",
        "source": "atlas", "side": "a"}  # fmt: skip
SIDES = [
    {"id": "a", "name": "The mill's side", "units": ["ISL"]},
    {"id": "b", "name": "The weir's side", "units": ["VAL"]},
]
AGREED = {"agreement": "the mill is harmless", "inquirers": 6, "hears": 3}


def source(id_: str, *ties: dict[str, Any]) -> dict[str, Any]:
    return {"id": id_, "citation": f"{id_.title()} (2001)", "ties": list(ties)}


@pytest.mark.parametrize(
    ("changes", "to", "verdict"),
    [
        ({}, "The Mill", "the tie is documented"), ({}, "the mill", "the tie is documented"),
        ({"status": "asserted"}, "The Mill", "the tie is asserted, and nothing here shows it"),
        ({"status": "disputed"}, None, "the tie is disputed"), ({}, "The Miller", "no such tie is known here"),
    ],
)  # fmt: skip
def test_a_tie_is_looked_up(tmp_path, changes, to, verdict):
    said = {"source": "survey"} | ({"to": to} if to else {})
    claims = [{"kind": "tie", "tie": said}, {"kind": "value", "cites": ["survey"]}, {"kind": "value"}]
    finding = judged(tmp_path, *claims, sources=[source("survey", PAID | changes)], sides=SIDES).claims[0].finding
    assert (finding.status, finding.verdict, finding.share) == ("judged", verdict, None)
    assert finding.tie.rests == ("two",)
    assert finding.tie.ties[0].shown_by == "Atlas (1999)"
    assert (finding.tie.ties[0].years, finding.tie.ties[0].side) == ("1950 to 1960", "The mill's side")
    assert "does not make what the source says false" in finding.caveats[0]
    assert "closest: The Mill" in finding.tie.answer or to != "The Miller"


def test_a_tie_of_whom_nothing_is_known_is_not_denied(tmp_path):
    finding = judged(tmp_path, {"kind": "tie", "tie": {"source": "atlas"}}, {"kind": "tie"}).claims[0].finding
    assert (finding.status, finding.reason.code) == ("not-judged-yet", "no_tie")
    assert "not to say that there is none" in finding.reason.detail


def test_a_source_that_is_its_own_tie_is_left_out(tmp_path):
    own = source("survey", PAID | {"to": "survey"})
    found = judged(tmp_path, {"kind": "tie", "tie": {"source": "survey"}}, sources=[own], sides=SIDES)
    assert found.claims[0].finding.status == "not-judged-yet"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"source": None}, "a documented tie names no source"), ({"source": "nobody"}, "unknown source 'nobody'"),
        ({"kind": "fondness"}, "'fondness' is not allowed"), ({"side": "c"}, "unknown side 'c'"),
        ({"start": 1970}, "end 1960 is before start 1970"),
    ],
)  # fmt: skip
def test_bad_ties_say_where_and_what(tmp_path, changed, message):
    tie = {key: value for key, value in (PAID | changed).items() if value is not None}
    with pytest.raises(BadInputError, match=message):
        judged(tmp_path, {"kind": "tie"}, sources=[source("survey", tie)], sides=SIDES)


def test_an_agreement_is_searched_for_both_sides_alike(tmp_path):
    spent = [{"by": "The Mill", "for": "agreement", "studies": 20, "size": 10, "reach": 0.9},
             {"by": "The Weir", "for": "opposite", "studies": 20, "size": 10, "reach": 0.9}]  # fmt: skip
    claim = {"kind": "consensus", "consensus": AGREED | {"spent": spent}}
    finding = judged(tmp_path, claim).claims[0].finding
    asked, opposite = finding.consensus.makings
    assert (finding.status, finding.share, finding.band) == ("judged", None, None)
    assert asked.rows == opposite.rows
    assert (asked.spent[0].wrong, asked.spent[0].times) == (opposite.spent[0].wrong, opposite.spent[0].times)
    assert (asked.spent[0].by, opposite.spent[0].by) == ("The Mill", "The Weir")
    assert "never that it was done" in finding.consensus.note
    assert any("seed 0" in line for line in finding.consensus.setting)


def test_where_more_than_testimony_is_known_nothing_is_simulated(tmp_path):
    known = {"kind": "consensus", "consensus": AGREED | {"event": "hunger"}}
    told = {"kind": "consensus", "consensus": AGREED | {"event": "raid"}}
    refused, searched = (claim.finding for claim in judged(tmp_path, known, told, {"kind": "consensus"}).claims[:2])
    assert (refused.status, refused.reason.code, refused.consensus.makings) == ("refused", "beyond_testimony", ())
    assert "archival evidence (A. Author (1980): registers)" in refused.reason.detail
    assert "census evidence (B. Writer (1990): censuses)" in refused.reason.detail
    assert searched.status == "judged"
    assert searched.consensus.makings


@pytest.mark.parametrize(
    ("evidence", "kinds"),
    [
        ("estimate from memoirs and reports before the archives opened", ""), ("compilation from census reports", ""),
        ("review of official records", ""), ("archival records of the camps", "archival"), ("graves and interviews", "physical"),
        ("estimate from censuses published before the archives opened", "census"), ("contemporary reports", ""),
    ],
)  # fmt: skip
def test_what_is_more_than_testimony(tmp_path, evidence, kinds):
    from dataclasses import replace

    raid = catalogue(tmp_path).event("raid")
    known = beyond_testimony(replace(raid, estimates=(replace(raid.estimates[0], evidence=evidence),)))
    assert (f"{kinds} evidence" in known) if kinds else known == ""


def tied(id_: str, to: str, side: str, **changes: Any) -> dict[str, Any]:
    return source(
        id_, {"to": to, "kind": "ownership", "status": "documented", "source": "atlas", "side": side} | changes
    )


def test_every_answer_is_given_again_without_the_tied(tmp_path):
    claims = [
        compares(),
        event("hunger", "happened"),
        {"kind": "value", "cites": ["survey"]},
        {"kind": "tie", "cites": ["survey"]},
    ]
    ties = [tied("yearbook", "The Mill", "a"), tied("chronicle", "The Weir", "b"), tied("survey", "The Mill", "a")]
    told = judged(tmp_path, *claims, sources=ties, sides=SIDES).who_says
    rows = {(row.claim, row.removed): row for row in told.without}
    mine = rows["one", ("yearbook",)]
    assert "those tied to The Mill" in mine.without
    assert "without all who are tied in the interest of The mill's side" in mine.without
    assert (mine.side, mine.left, mine.same) == ("The mill's side", 1, False)
    assert mine.before.endswith("of the ways")
    assert rows["two", ("chronicle",)].after == "no source left, which refutes nothing"
    assert rows["two", ("chronicle",)].before == "2 accounts in 2 kinds of evidence"
    assert rows["three", ("survey",)].after == "no source left, which refutes nothing"
    assert not [row for row in told.without if row.claim == "four"]
    assert {(voice.id, voice.claims) for voice in told.voices if voice.is_source} >= {("survey", ("three", "four"))}


def test_exchanging_the_sides_exchanges_their_names_alone(tmp_path):
    claims = [compares(), event("hunger", "happened"), {"kind": "value", "cites": ["survey"]}]

    def table(one: str, other: str) -> list[tuple]:
        ties = [
            tied("yearbook", "The Mill", one),
            tied("chronicle", "The Weir", other),
            tied("survey", "The Mill", one),
        ]
        told = judged(tmp_path, *claims, sources=ties, sides=SIDES).who_says
        swap = (
            {"The mill's side": one, "The weir's side": other}
            if one == "a"
            else {"The mill's side": "b", "The weir's side": "a"}
        )
        rows = [
            (row.claim, row.removed, row.left, row.before, row.after, swap.get(row.side, "")) for row in told.without
        ]
        return sorted(rows)

    assert table("a", "b") == table("b", "a")


@pytest.mark.parametrize(
    ("changes", "takes"),
    [({"status": "asserted"}, False), ({"status": "disputed"}, False), ({"start": 1950, "end": 1960}, False),
     ({"start": 1990}, True), ({}, True)],
)  # fmt: skip
def test_only_documented_ties_of_the_right_years_take_a_source_out(tmp_path, changes, takes):
    told = judged(tmp_path, {"kind": "value", "cites": ["survey"]}, sources=[tied("survey", "The Mill", "a", **changes)],
                  sides=SIDES).who_says  # fmt: skip
    assert bool(told.without) is takes
    assert [tie.to for tie in told.ties] == ["The Mill"]
    assert any("does not cover the year" in note for note in told.notes) is ("end" in changes)


def test_what_stands_behind_somebody_stands_behind_the_source_unless_it_is_kinship(tmp_path):
    ties = [tied("survey", "poll", "a", kind="family"), tied("panel", "poll", "a"), tied("poll", "The Mill", "a")]
    told = judged(tmp_path, {"kind": "value", "cites": ["survey", "panel"]}, sources=ties, sides=SIDES).who_says
    by = {row.without: row.removed for row in told.without}
    assert by["without those tied to The Mill"] == ("panel",)
    assert any(removed == ("panel", "survey") and "Poll (2001)" in without for without, removed in by.items())


def test_a_tie_behind_a_source_that_had_lapsed_when_it_spoke_takes_it_out_no_more_than_its_own(tmp_path):
    """One path for both: as in ``evenhand.sources``, every tie of the way was in force in the year of the work."""
    ties = [tied("survey", "Press", "a"), source("Press", {"to": "The Mill", "kind": "ownership", "status": "documented",
            "source": "atlas", "side": "a", "start": 1950, "end": 1960})]  # fmt: skip
    told = judged(tmp_path, {"kind": "value", "cites": ["survey"]}, sources=ties, sides=SIDES).who_says
    assert all("The Mill" not in row.without for row in told.without)
    assert any("Press" in row.without for row in told.without)
    (note,) = [note for note in told.notes if "does not cover the year" in note]
    assert note.startswith("The tie of Press (2001) to The Mill (1950 to 1960)")


def test_the_rows_of_a_claim_are_those_of_the_engine(tmp_path):
    """What a claim cites and the same as testimony: the same sources go, for the same parties."""
    names = ["survey", "panel", "poll"]
    ties = [
        tied("survey", "The Mill", "a"),
        tied("panel", "The Weir", "b"),
        tied("poll", "The Mill", "a", kind="funding"),
    ]
    said = [{"source": name, "item": "the bridge", "value": "open"} for name in names]
    told = judged(tmp_path, {"kind": "value", "cites": names}, sources=ties, sides=SIDES, testimony=said).who_says
    mine = {part: row.removed for row in told.without if row.claim == "one" and row.removed
            for part in row.without.split("; ")}  # fmt: skip
    engine = {part: row.removed for row in told.without if row.claim == "the bridge" and row.removed
              for part in row.without.split("; ")}  # fmt: skip
    assert mine == engine
    assert mine["without all who are tied"] == ("panel", "poll", "survey")
    assert mine["without those tied to The Mill"] == ("poll", "survey")


def test_a_circle_of_owners_ends_and_is_said(tmp_path):
    ties = [tied("survey", "panel", "a"), tied("panel", "survey", "a")]
    told = judged(tmp_path, {"kind": "value", "cites": ["survey"]}, sources=ties, sides=SIDES).who_says
    assert any("cycle of ownership" in note for note in told.notes)
    assert told.without[0].after == "no source left, which refutes nothing"


def test_the_catalogues_own_sources_carry_ties():
    from evenhand.catalog import Catalog
    from evenhand.catalog.ties import catalog_ties

    catalog, ties = Catalog.open(home=None), catalog_ties()
    known = {source.id for source in catalog.sources()}
    assert not ties.notes
    reached = {tie.to for tie in ties.ties}
    for tie in ties.ties:
        assert tie.from_ in known | reached, tie.from_
        assert tie.source in known or any(mark in tie.source for mark in ("https://", "(")), tie.source
        assert tie.status == "documented"
        assert tie.evidence
    assert {tie.to for tie in ties.ties if tie.kind == "state-control"} >= {
        "Soviet Union",
        "United States",
        "United Kingdom",
    }


def test_a_verdict_can_hinge_on_who_is_believed(tmp_path):
    """Two hands give the same measure; a choice of sources leaves one of them out."""
    rows = [f"{unit},{year},{value},{source}" for source, slope in (("ledger", 3), ("diary", 0))
            for unit, first in (("ISL", 60), ("VAL", 58), ("MOR", 55), ("NEW", 50), ("FEN", 48), ("HIL", 47))
            for year, value in ((1945, first), (1960, first + (slope if unit == "ISL" else 1)))]  # fmt: skip
    (tmp_path / "own.csv").write_text("\n".join(["unit,year,value,source", *rows]) + "\n", encoding="utf-8")
    data = [{"file": "own.csv", "measures": [{"id": "bread", "name": "Bread", "unit": "loaves", "better": "higher"}]}]
    believed = [{"id": "who", "kind": "sources", "options": [
        {"id": "no-diary", "value": "without:diary", "because": "kept by one side"},
        {"id": "no-ledger", "value": "without:ledger", "because": "kept by the other"}]}]  # fmt: skip
    sources = [tied("ledger", "The Mill", "a"), tied("diary", "The Weir", "b")]
    claim = compares(measure="bread", choices=["who"])
    found = judged(tmp_path, claim, data=data, sources=sources, choices=believed, sides=SIDES)
    hinge = next(h for h in found.claims[0].finding.hinges_on if h.choice == "sources")
    shares = {option.option: option.share for option in hinge.options}
    assert (shares["no-diary"], shares["no-ledger"]) == (1.0, 0.0)
    by = {row.removed: row.after for row in found.who_says.without}
    assert by["ledger",] != by["diary",]
    assert by["diary", "ledger"] == "no source left, which refutes nothing"


def test_testimony_of_a_casefile_is_weighed(tmp_path):
    feeds = [{"source": f"feed{i}", "item": "the bridge", "value": "closed"} for i in range(3)]
    sources = [
        source(f"feed{i}", {"to": "Wire", "kind": "copying", "status": "documented", "source": "atlas"})
        for i in range(3)
    ]
    own = [source("council"), {"id": "one", "citation": "One (2001)"}]
    said = [*feeds, {"source": "council", "item": "the bridge", "value": "open", "when": 1950}]
    told = judged(tmp_path, {"kind": "value"}, testimony=said, sources=[*sources, *own]).who_says
    rows = {part: row for row in told.without for part in row.without.split("; ")}
    assert rows["without those tied to Wire"].after == "open"
    assert rows["without those tied to Wire"] is rows["without all who are tied"]  # the same are left out: one row
    assert sum(share for _, _, share in told.sweep) == pytest.approx(1)
    (ended,) = [note for note in told.notes if "fixed point" in note]
    assert ended.startswith("With copying allowed for, the answers of the testimony end in ")
    assert all(part in ended for part in ("log-likelihood −", "weight ", "from vote"))
    numbers = [{"source": "feed0", "item": "how many", "value": 3}, {"source": "feed1", "item": "how many", "value": 5}]
    assert judged(tmp_path, {"kind": "value"}, testimony=numbers, sources=sources).who_says.sweep == ()


def test_an_effort_of_which_something_is_not_said_is_shown_and_not_guessed(tmp_path):
    spent = [{"by": "The Mill", "for": "agreement", "studies": 1000, "money": "a thousand books"},
             {"by": "The Weir", "for": "opposite", "money": "a million crowns"}]  # fmt: skip
    finding = judged(tmp_path, {"kind": "consensus", "consensus": AGREED | {"spent": spent}}).claims[0].finding
    rows = [making.spent[0] for making in finding.consensus.makings]
    assert [(row.studies, row.wrong, row.needed, row.times) for row in rows] == [
        (1000, None, None, None),
        (None, None, None, None),
    ]


def test_claims_are_counted_with_no_ties_all_ties_and_each_sides_alone(tmp_path):
    cited = {"kind": "value", "cites": ["survey", "panel", "atlas"]}
    ties = [tied("survey", "The Mill", "a"), tied("panel", "The Mill", "a"), source("atlas")]
    told = judged(tmp_path, cited, {"kind": "value", "cites": ["survey"]}, sources=ties, sides=SIDES).who_says
    (count,) = told.counts
    assert (count.claim, count.heads, count.by_roots, count.by_agreement) == ("one", 3, 2, None)
    assert 2 <= count.by_ties < 3
    assert count.lowest == min(count.by_roots, count.by_ties, count.by_odds)
    rows = {row.without: row for row in told.without if not row.removed}
    none, mine = (
        rows["everybody, as if nobody were tied"],
        rows["everybody, only the ties in the interest of The mill's side allowed for"],
    )
    assert (none.claim, none.left, none.same, none.after) == (
        "one",
        3,
        False,
        "3 sources for it; 3.0 independent voices",
    )
    assert none.before == mine.before == mine.after
    assert (mine.side, mine.same) == ("The mill's side", True)


def test_an_agreement_is_counted_like_any_claim(tmp_path):
    claim = {"kind": "consensus", "cites": ["survey", "panel"], "consensus": AGREED}
    ties = [tied("survey", "The Mill", "a"), tied("panel", "The Mill", "a")]
    found = judged(tmp_path, claim, sources=ties, sides=SIDES)
    said = found.claims[0].finding.consensus.voices
    assert said.startswith(f"The text cites 2 sources for it. {found.who_says.counts[0].sentence}")
    assert "by agreement on other items cannot be told" in said


def test_a_comparison_can_hinge_on_which_authors_estimate_of_its_subject_is_taken(tmp_path):
    """One author writes of one place alone; all others have one source. The estimates by author are the alternatives."""
    rows = [f"{unit},{year},{value},ledger" for unit, first in
            (("ISL", 60), ("VAL", 58), ("MOR", 55), ("NEW", 50), ("FEN", 48), ("HIL", 47))
            for year, value in ((1945, first), (1960, first + (3 if unit == "ISL" else 1)))]  # fmt: skip
    rows += ["ISL,1960,58,diary"]
    (tmp_path / "own.csv").write_text("\n".join(["unit,year,value,source", *rows]) + "\n", encoding="utf-8")
    data = [{"file": "own.csv", "measures": [{"id": "bread", "name": "Bread", "unit": "loaves", "better": "higher"}]}]
    sources = [source("ledger"), source("diary")]
    finding = judged(tmp_path, compares(measure="bread"), data=data, sources=sources, sides=SIDES).claims[0].finding
    hinge = next(h for h in finding.hinges_on if h.choice == "sources")
    shares = {option.option: option.share for option in hinge.options}
    assert (shares["ledger"], shares["first:diary"]) == (1.0, 0.0)
    assert any("Diary (2001), where that source gives a figure" in option.label for option in hinge.options)
