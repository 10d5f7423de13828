"""What the text leaves out: events for every side alike, the map, the picks; both sides by one path."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_reference import TABLES, WORDS, compares, event

from evenhand.audit import audit, open_case
from evenhand.audit.omission import omission, summary_of
from evenhand.audit.omission.events import side_events
from evenhand.case import Window
from evenhand.catalog import Catalog
from evenhand.model import BadInputError
from evenhand.model.omission import FIXED_SENTENCE
from evenhand.report import to_json

HISTORY = Path(__file__).resolve().parents[2] / "examples" / "history"
EVENTS = {
    # id: kind, name, other names, place, responsible, start, end, deaths
    "hunger": ("famine", "Great Hunger", "", "NEW", "ISL", 1934, 1936, 150_000),
    "flood": ("famine", "Flood of Vale 1950-1951", "", "VAL", "ISL;NEW", 1950, 1951, 40_000),
    "burning": ("war", "Burning of Colonia", "The Burning", "COL", "NEW", 1955, 1956, 12_000),
    "raid": ("state-killing", "Raid of 1958", "", "HIL", "HIL", 1958, 1958, 9_999),
    "purge": ("state-killing", "Fen purge", "", "NEW;FEN", "OLD", 1946, 1947, 20_000),
    "storm": ("famine", "Storm hunger", "", "ISL", "", 1947, 1947, 50_000),
}
SIDES = [
    {"id": "islanders", "name": "Islanders", "units": ["ISL", "VAL"]},
    {"id": "east", "name": "Easterners", "groups": ["east"]},
]
WINDOW = {"start": 1945, "end": 1960}
PEOPLE = "years"


KEPT: list[Catalog] = []


@pytest.fixture(scope="module", autouse=True)
def _tables(tmp_path_factory):
    KEPT[:] = [catalogue(tmp_path_factory.mktemp("tables"))]


def catalogue(folder):
    """The small catalogue with other events, and seven more measures in two domains."""
    tables = dict(TABLES)
    head = tables["events"].split("\n", 1)[0]
    rows = [
        f"{id_},{kind},{name},{other},{place},{held},{start},{end},killed,,{deaths},,A. Author,1980,chronicle,registers,"
        for id_, (kind, name, other, place, held, start, end, deaths) in EVENTS.items()
    ]
    tables["events"] = "\n".join([head, *rows]) + "\n"
    tables["units"] = tables["units"].replace("NEW,Newland,state,1900,,OLD,,,", "NEW,Newland,state,1900,,OLD,,OLD,")
    tables["nested_events"] = "event,part_of\nburning,flood\n"
    lines = tables["observations/years"].split("\n")
    for k in range(7):
        better = ("higher", "lower")[k % 2]
        domain = ("health", "wealth")[k % 2]
        tables["measures"] += f"m{k},c{k},{domain},Thing {k},Thing,things,{better},Because,ratio,,,5,,\n"
        tables[f"observations/m{k}"] = "\n".join([lines[0], *(_shifted(line, k) for line in lines[1:] if line)]) + "\n"
    for name, text in tables.items():
        path = folder / "reference" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Catalog.open(folder=folder / "reference", home=folder / "nobody")


def _shifted(line, k):
    """Another figure for each line: a fixed scramble, so that every thing orders the lands otherwise."""
    unit, year, value, *rest = line.split(",")
    moved = float(value) + (int(year) - 1925) * ((7 * sum(map(ord, unit)) + 13 * k * ord(unit[0])) % 11 - 5) / 20
    return ",".join([unit, year, f"{moved:.3f}", *rest])


TEXT = " ".join(f"Sentence {word} is here." for word in WORDS) + " Nobody recalls the Burning of Colonia."


def opened(folder, *claims, text=TEXT, **changes):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "essay.txt").write_text(text, encoding="utf-8")
    listed = [{"id": word, "quote": f"Sentence {word}", **claim} for word, claim in zip(WORDS, claims, strict=False)]
    content = {"version": 1, "text": {"file": "essay.txt", "language": "en"}, "claims": listed, "sides": SIDES,
               "window": WINDOW, "argues_for": "islanders", **changes}  # fmt: skip
    content = {key: value for key, value in content.items() if value is not None}
    (folder / "essay.case.yaml").write_text(json.dumps(content), encoding="utf-8")
    return open_case(folder / "essay.case.yaml", catalog=KEPT[0])


def left_out(folder, *claims, deaths_from=10_000, **changes):
    case, catalog = opened(folder, *claims, **changes)
    return omission(case, catalog, never=("camps",), deaths_from=deaths_from)


def cites(measure, subject="ISL", against="NEW"):
    return compares(subject, against, measure=measure)


CITED = tuple(cites(f"m{k}") for k in range(3))


# Events


def test_each_side_s_events_of_the_window_at_home_and_abroad(tmp_path):
    found = left_out(tmp_path)
    islanders, east = found.sides
    assert [(e.event, e.abroad, e.units, e.others) for e in islanders.missing] == [
        ("flood", True, ("Isle",), ("Newland",)),  # on no land of Isle’s own
    ]
    assert [(e.event, e.abroad) for e in east.missing] == [("purge", False), ("flood", True)]
    assert [(e.event, e.mention.how, e.mention.matched) for e in east.mentioned] == [
        ("burning", "name", ("Burning of Colonia",))
    ]
    assert east.missing[0].units == ("Old Land (for which Newland stands)",)
    assert east.mentioned[0].mention.passage == "Nobody recalls the Burning of Colonia."
    assert east.missing[1].related == ("Burning of Colonia",)
    assert found.without.unattributed == ("Storm hunger",)


def test_every_toll_stands_with_its_author_and_none_is_summed(tmp_path):
    told = to_json(audit(*opened(tmp_path)))["omission"]
    event_ = told["sides"][1]["missing"][0]
    assert event_["accounts"][0]["author"] == "A. Author"
    assert event_["accounts"][0]["evidence"] == "registers"
    assert set(told["sides"][0]) == {"side", "name", "missing", "mentioned", "below"}


@pytest.mark.parametrize(
    ("threshold", "listed", "below"), [(9_999, 4, 0), (10_000, 3, 0), (20_001, 1, 2), (40_001, 0, 3)]
)
def test_the_threshold_is_shown_and_can_be_moved(tmp_path, threshold, listed, below):
    found = left_out(tmp_path, deaths_from=threshold)
    east = found.sides[1]
    assert found.deaths_from == threshold
    assert (len(east.missing) + len(east.mentioned), east.below) == (listed, below)


def test_a_threshold_under_one_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="are no events"):
        left_out(tmp_path, deaths_from=0)


def test_a_claim_about_an_event_mentions_it_whatever_its_words(tmp_path):
    found = left_out(tmp_path, event("flood", "happened"))
    for side in found.sides:
        assert "flood" not in [e.event for e in side.missing]
        mention = next(e.mention for e in side.mentioned if e.event == "flood")
        assert (mention.how, mention.claim, mention.passage) == ("claim", "one", "Sentence one")


def test_a_member_counts_in_its_own_years_and_a_disputed_one_is_called_so(tmp_path):
    groups = [{"id": "own", "name": "Own", "members": [
        {"unit": "NEW", "from": 1957, "status": "core"}, {"unit": "HIL", "status": "disputed", "because": "half"}]}]  # fmt: skip
    sides = [SIDES[0], {"id": "own", "name": "Own", "groups": ["own"]}]
    found = left_out(tmp_path, sides=sides, groups=groups, deaths_from=1)
    own = found.sides[1]
    assert [(e.event, e.disputed) for e in own.missing] == [("raid", ("Hills",))]


def test_swapping_the_sides_swaps_the_lists_and_changes_nothing_else(tmp_path):
    one = left_out(tmp_path / "a", *CITED)
    other = left_out(tmp_path / "b", *CITED, sides=SIDES[::-1])
    assert one.sides == other.sides[::-1]
    mirrored = other.double_standard[0]
    first = one.double_standard[0]
    assert (first.cited_first, first.cited_second) == (mirrored.cited_second, mirrored.cited_first)
    assert first.overlap == mirrored.overlap
    for a, b in zip(first.rows, mirrored.rows, strict=True):
        assert (a.on_either.ahead, a.on_either.behind) == (b.on_either.behind, b.on_either.ahead)
        assert a.on_first.ahead == b.on_second.behind


# The map


def test_the_map_has_one_measure_for_each_concept_and_marks_the_cited(tmp_path):
    found = left_out(tmp_path, cites("years-old")).map
    assert [c.measure for c in found.concepts] == ["years-old", "income", *(f"m{k}" for k in range(7))]
    assert [u for u, _, _ in found.units] == ["ISL", "VAL", "FEN", "HIL", "NEW"]
    cited = [(u[0], c.concept) for u, row in zip(found.units, found.cells, strict=True)
             for c, cell in zip(found.concepts, row, strict=True) if cell.cited]  # fmt: skip
    assert cited == [("ISL", "life"), ("NEW", "life")]
    assert found.cells[0][1].figures
    assert found.cells[0][1].stands is None
    assert (found.standard, found.instead_of) == ("change", "")


def test_a_rule_that_needs_an_event_gives_way_to_change_and_that_is_said(tmp_path):
    found = left_out(tmp_path, default_standard="synthetic-control").map
    assert (found.standard, found.instead_of) == ("change", "synthetic-control")
    assert left_out(tmp_path, default_standard="level").map.standard == "level"


def test_a_unit_of_both_sides_stands_for_neither_on_the_map(tmp_path):
    sides = [{"id": "a", "units": ["ISL", "NEW"]}, {"id": "b", "units": ["NEW", "VAL"]}]
    found = left_out(tmp_path, sides=sides, argues_for="a")
    assert [u for u, _, _ in found.map.units] == ["ISL", "VAL"]
    assert found.map.left_aside[0][0] == "Newland"
    assert "flood" in [e.event for e in found.sides[0].missing]
    assert "flood" in [e.event for e in found.sides[1].missing]


# The picks


def test_changing_whom_the_text_argues_for_negates_the_favour(tmp_path):
    one = left_out(tmp_path / "a", *CITED).selectivity
    other = left_out(tmp_path / "b", *CITED, argues_for="east").selectivity
    assert one.rows[0].cells == other.rows[0].cells == 6
    for a, b in zip(one.rows, other.rows, strict=True):
        for mine, theirs in zip(a.pools, b.pools, strict=True):
            assert mine.favour == -theirs.favour
            assert (mine.p_high, mine.p_low) == (theirs.p_low, theirs.p_high)


def test_under_five_cited_cells_there_is_no_figure(tmp_path):
    found = left_out(tmp_path, *CITED[:2]).selectivity
    assert found.reason.code == "too_few_cells"
    assert found.rows[0].cells == 4
    assert found.rows[0].pools == ()


def test_without_a_side_that_it_argues_for_there_is_no_figure(tmp_path):
    assert left_out(tmp_path, *CITED, argues_for=None).selectivity.reason.code == "no_side"


def test_a_direction_that_the_casefile_sets_is_contested_and_the_catalogue_s_stands_beside_it(tmp_path):
    own = [{"measure": "m0", "better": "lower", "because": "less of it is more"}]
    plain = left_out(tmp_path / "a", *CITED).selectivity
    found = left_out(tmp_path / "b", *CITED, directions=own).selectivity
    assert [row.directions for row in found.rows] == ["as-listed", "turned", "left-out", "as-the-casefile-sets-them"]
    assert [row.cells for row in found.rows] == [6, 6, 4, 6]
    assert found.contested == ("Thing 0",)
    assert found.rows[0] == plain.rows[0]
    assert found.rows[1].pools == found.rows[3].pools
    assert found.rows[1].pools != found.rows[0].pools
    neither = [{"measure": "m0", "better": "neither", "because": "nobody knows"}]
    out = left_out(tmp_path / "c", *CITED, directions=neither).selectivity
    assert out.rows[3].pools == out.rows[2].pools


def test_a_text_that_cites_for_one_side_only_is_told_so_and_gets_no_share(tmp_path):
    found = left_out(tmp_path, cites("m0", "ISL", "VAL"), cites("m1", "ISL", "VAL")).double_standard[0]
    assert found.reason.code == "one_sided_text"
    assert (found.overlap, found.rows) == (None, ())
    assert found.cited_first == ("Thing 0", "Thing 1")


def test_three_sides_are_set_beside_each_other_two_by_two(tmp_path):
    sides = [*SIDES, {"id": "south", "name": "South", "units": ["COL"]}]
    found = left_out(tmp_path, *CITED, sides=sides)
    assert [(p.first, p.second) for p in found.double_standard] == [
        ("Islanders", "Easterners"), ("Islanders", "South"), ("Easterners", "South")
    ]  # fmt: skip


# The whole


@pytest.mark.parametrize(("missing", "code"), [("sides", "no_sides"), ("window", "no_years")])
def test_without_sides_or_years_it_says_what_is_lacking(tmp_path, missing, code):
    changes = {missing: None} | ({"argues_for": None} if missing == "sides" else {})
    found = left_out(tmp_path, **changes)
    assert found.reason.code == code
    assert f"`{missing}:`" in found.reason.detail
    assert summary_of(found) == ()


def test_the_summary_names_every_side(tmp_path):
    (told,) = summary_of(left_out(tmp_path))
    assert "1 for which units of “Islanders” are held responsible and 2 for which units of “Easterners” are" in told
    assert told in audit(*opened(tmp_path)).summary


def test_the_same_case_gives_the_same_findings(tmp_path):
    assert left_out(tmp_path, *CITED) == left_out(tmp_path, *CITED)


def test_a_state_s_events_are_told_of_a_leader_as_the_state_s_under_the_leader_in_the_leader_s_time(tmp_path):
    sides = [{"id": "s", "name": "S", "units": ["Stalin"]}, {"id": "c", "name": "C", "units": ["Churchill"]}]
    content = {"version": 1, "text": {"file": "essay.txt"}, "sides": sides, "window": {"start": 1917, "end": 1991}}
    (tmp_path / "essay.txt").write_text("Bengal starved, they say, in 1943.", encoding="utf-8")
    (tmp_path / "essay.case.yaml").write_text(json.dumps(content), encoding="utf-8")
    found, _ = side_events(*open_case(tmp_path / "essay.case.yaml"), (1917, 1991), 10_000)
    stalin, churchill = found
    assert {e.units for e in stalin.missing} == {("Soviet Union under Joseph Stalin",)}
    assert {e.units for e in (*churchill.missing, *churchill.mentioned)} == {
        ("United Kingdom under Winston Churchill",)
    }
    assert [(e.event, e.mention.matched) for e in churchill.mentioned] == [
        ("famine-bengal-1943", ("Bengal", "1943", "starved"))
    ]
    assert "famine-soviet-1921" not in {e.event for e in stalin.missing}


def test_both_texts_of_a_pair_are_read_by_one_path():
    """The same sides, years and catalogue: both get the same events and map, and part only in what they mention and cite."""
    found, shared = [], Catalog.open()
    for name in ("ledger-of-gains", "ledger-of-losses"):
        case, catalog = open_case(HISTORY / f"{name}.case.yaml", catalog=shared)
        found.append(omission(replace(case, window=Window(1930, 1985)), catalog, never=()))
    one, other = found
    for mine, theirs in zip(one.sides, other.sides, strict=True):
        both = [{e.event for e in (*side.missing, *side.mentioned)} for side in (mine, theirs)]
        assert both[0] == both[1]
        assert both[0]
    mentioned = [{e.event for s in found_.sides for e in s.mentioned} for found_ in found]
    assert mentioned[0] >= {"famine-soviet-1932", "famine-china-1959", "state-killing-soviet-1937"}
    assert mentioned[1] >= {
        "famine-soviet-1932",
        "famine-china-1959",
        "state-killing-soviet-1937",
        "forced-labour-soviet-1930",
    }
    assert one.map.concepts[0] == other.map.concepts[0]
    assert one.map.units == other.map.units
    assert FIXED_SENTENCE.startswith("Of what our catalogue holds. Leaving out is not lying: a short text must.")
