"""Looking things up: names, groups, kin, events."""

import numpy as np
import pytest

from evenhand.catalog import STITCH_RULES, Catalog, Group, Membership
from evenhand.catalog.entries import Unit
from evenhand.catalog.kin import by_figures, stands
from evenhand.compare.panel import Window
from evenhand.model import BadInputError, Vocabulary


@pytest.mark.parametrize(
    ("name", "id_"),
    [("ISL", "ISL"), ("isle", "ISL"), ("the  Isle", "ISL"), ("I.S.L", "ISL"), ("new-east", "NEA"), ("Nowhere", None)],
)
def test_names_are_folded(catalog, name, id_):
    assert catalog.vocabulary().unit(name) == id_


def test_a_name_of_several_units_is_told_apart_by_the_year(catalog):
    names = catalog.vocabulary()
    assert names.unit("Twin") is None
    assert names.unit("Twin", 1940) == "TWN"
    assert names.unit("Twin", 1960) == "TWO"
    assert names.closest("Twin", kind="unit") == ["TWN", "TWO"]
    with pytest.raises(BadInputError, match=r"several units.*TWN \(Twin, 1900 to 1950\), TWO \(Twin, from 1951\)"):
        catalog.unit("Twin")


def test_a_unit_that_was_not_there_yet_is_still_found_by_its_only_name(catalog):
    assert catalog.vocabulary().unit("Old Union", 2000) == "OLD"


def test_every_kind_has_its_names(catalog):
    names: Vocabulary = catalog.vocabulary()
    assert names.measure("Years of Life") == "years"
    assert names.group("planned economies") == "planned"
    assert names.source("yearbook") == "yearbook"
    assert names.event("the hunger") == "hunger"
    assert names.standard("gap-closed") == "gap-closed"
    assert names.standard("gap closed") == "gap-closed"
    assert names.closest("Yeers of life", kind="measure")[0] == "Years of life"


def test_unknown_names_are_told_with_the_closest(catalog):
    with pytest.raises(BadInputError, match="no measure is called ‘yeers’; closest: years"):
        catalog.measure("yeers")


def test_a_measure_is_read_when_it_is_asked_for(folder):
    (folder / "observations" / "index.csv").write_text("nonsense")
    catalog = Catalog.open(folder=folder)
    assert catalog.panel("years").values.shape == (32, 7)
    with pytest.raises(Exception, match="columns are not those of the table"):
        catalog.panel("index")


def test_observations_are_ordered_and_say_who_says_so(catalog):
    seen = catalog.observations("years", ["ISL"], 1926, 1950)
    assert [(o.start, o.value) for o in seen] == [(1930, 61), (1930, 59), (1950, 65)]
    assert [o.source for o in seen] == ["yearbook", "atlas", "yearbook"]
    assert seen[0].low == 60
    assert seen[1].low is None
    assert seen[2].flags == ("modelled",)
    assert catalog.modelled("years", "ISL", [1950])
    assert not catalog.modelled("years", "ISL", [1930, 1955])


def test_kin_are_mutual_and_heirs_of_one_state_are_not_kin(catalog):
    assert catalog.kin("OLD") == {"NEA", "NWE"}
    assert catalog.kin("NEA") == {"OLD"}
    assert catalog.kin("boss") == {"ISL"}
    groups = catalog.groups_of(catalog.panel("years"))
    assert (groups.kin == groups.kin.T).all()
    assert not groups.kin.diagonal().any()


def test_half_of_the_window_makes_a_member(catalog):
    panel = catalog.panel("years")
    window = Window(1945, 1945, 1964)
    members = catalog.membership("planned", panel, window)
    assert [u for u, yes in zip(panel.units, members.core, strict=True) if yes] == ["ISL", "OLD"]
    assert [u for u, yes in zip(panel.units, members.disputed, strict=True) if yes] == ["NEA"]
    longer = catalog.membership("planned", panel, (1945, 1974))
    assert [u for u, yes in zip(panel.units, longer.disputed, strict=True) if yes] == ["ISL", "NEA"]
    assert dict(longer.because)["ISL"] == "a plan for ten years; a plan on paper"


def test_groups_carry_membership_exposure_and_region(catalog):
    panel = catalog.panel("years")
    groups = catalog.groups_of(panel, (1945, 1964), exposed_to="planned")
    assert groups.names == ("planned", "under-foreign-rule")
    assert groups.member.shape == (2, 7)
    assert groups.region[panel.units.index("COL")] == "South"
    old = groups.exposed[:, panel.units.index("OLD")]
    assert panel.periods[np.flatnonzero(old)[0]] == 1928
    hungry = catalog.groups_of(panel, exposed_to="Great Hunger").exposed
    assert hungry.sum() == 2


def test_a_casefiles_groups_join_the_catalogues(catalog):
    mine = catalog.with_groups([Group("mine", "Mine")], [Membership("mine", "ISL"), Membership("mine", "COL", 1960)])
    panel = mine.panel("years")
    assert mine.membership("mine", panel, (1940, 1950)).core.tolist() == [u == "ISL" for u in panel.units]
    assert not catalog.has_group("mine")


def test_who_stands_for_a_territory(catalog):
    panel = catalog.panel("years")
    window = (1930, 1950)
    was = catalog.stands(panel, window)
    today = catalog.stands(panel, window, "today")
    assert [u for u, yes in zip(panel.units, was, strict=True) if yes] == ["COL", "ISL", "OLD", "TWN"]
    assert [u for u, yes in zip(panel.units, today, strict=True) if yes] == ["COL", "ISL", "NEA", "NWE", "TWO"]


def test_whoever_has_no_kin_stands_whatever_is_known_of_it(catalog):
    panel = catalog.panel("years")
    for window in ((1930, 1950), (1800, 1950), (1940, 1941)):
        standing = catalog.stands(panel, window)
        assert standing[panel.units.index("COL")]
        assert standing[panel.units.index("ISL")]
        assert standing[[panel.units.index("TWN"), panel.units.index("TWO")]].sum() == 1
        assert standing[[panel.units.index("OLD"), panel.units.index("NEA")]].sum() == 1
    late = catalog.stands(panel, (2000, 2010))
    assert [u for u, yes in zip(panel.units, late, strict=True) if yes] == ["COL", "ISL", "NEA", "NWE", "TWO"]


def test_names_do_not_decide_who_stands():
    figures = np.array([[1.0, 2.0], [3.0, 4.0]])
    kin = ~np.eye(2, dtype=bool)
    found = []
    for names in ("ab", "ba"):
        units = [Unit(name, name, "state", 1900, None) for name in names]
        order = np.argsort(list(names))
        moved = figures[:, order]
        has = np.ones(2, dtype=bool)
        standing = stands([units[i] for i in order], kin, has, (1950, 1960), "as-it-was", by_figures(moved).tolist())
        found.append(moved[:, standing].ravel().tolist())
    assert found[0] == found[1]


def test_sovereignty_is_known_disputed_or_not_a_question(catalog):
    assert catalog.sovereign("COL", 1950, 1970) is False
    assert catalog.sovereign("COL", 1960, 1970) is True
    assert catalog.sovereign("NEA", 1939, 1950) is None
    assert catalog.sovereign("OLD", 2000, 2010) is None
    assert catalog.sovereign("boss", 1950, 1955) is None


def test_events_between_years_in_a_place_or_under_its_rule(catalog):
    assert [e.id for e in catalog.events_between(["NEA"], 1930, 1932)] == ["hunger"]
    assert [e.id for e in catalog.events_between(["OLD"], 1933, 1960)] == ["hunger"]
    assert catalog.events_in("OLD") == ()
    assert [e.id for e in catalog.events_between(["ISL"], 1900, 1960)] == ["hunger", "raid"]
    assert catalog.events_between(["NWE"], 1900, 1960) == ()
    assert catalog.events_between(["NEA"], 1934, 1960) == ()


def test_an_event_has_all_its_estimates(catalog):
    event = catalog.event("The Hunger")
    assert [e.author for e in event.estimates] == ["A. Author", "B. Writer"]
    assert event.counted == ("famine-deaths", "excess-deaths")
    assert event.attributions == ("Blamed on the plan.", "Blamed on the weather.")
    assert event.mass_death
    assert not catalog.event("raid").mass_death


def test_the_digest_is_of_the_tables(catalog, catalog_with, tables):
    assert catalog_with().sha256 == catalog.sha256
    assert catalog_with(groups=tables["groups"].replace("Planned", "Unplanned")).sha256 != catalog.sha256


def test_every_measure_of_the_tables_that_ship_has_a_panel():
    shipped = Catalog.open()
    assert shipped.vocabulary().unit("the U.S.S.R.", 1950) == "SUN"
    for measure in shipped.measures():
        panel = shipped.panel(measure.id, tolerance=2)
        known = ~np.isnan(panel.values)
        assert known.any()
        assert (known == (panel.reason_codes == 0)).all()
        assert (known == (panel.source_id >= 0)).all()
        assert np.abs(panel.year_used - panel.periods[:, None]).max() <= 2


def test_in_no_window_do_two_kin_stand_for_one_territory_in_the_tables_that_ship():
    shipped = Catalog.open()
    panel = shipped.panel("life-expectancy", tolerance=2)
    kin = shipped.groups_of(panel).kin
    for rule in STITCH_RULES:
        standing = shipped.stands(panel, (1950, 1985), rule)
        assert standing.sum() > 100
        assert not kin[np.ix_(standing, standing)].any()
