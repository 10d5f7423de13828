"""A study from a data frame to a table, to words and to pictures; and one clear message for each bad input."""

from typing import Any

import numpy as np
import pytest

from evenhand.compare import (
    AllPeers,
    Change,
    Plan,
    SyntheticControl,
    Window,
    groups_of,
    multiverse,
    panel_of,
    read_frame,
    study,
)
from evenhand.model import BadInputError, Choice, Form, Option

from .inference_panels import PROP99, drawn, exposing, prop99


def rows(seed: int = 1, **change: Any) -> dict[str, list[Any]]:
    """A long frame in which u03 is treated from 2009 on."""
    panel, window = drawn(seed, units=10)
    frame: dict[str, list[Any]] = {"unit": [], "year": [], "figure": [], "treated": []}
    for n, unit in enumerate(panel.units):
        for t, year in enumerate(panel.periods.tolist()):
            frame["unit"].append(unit)
            frame["year"].append(year)
            frame["figure"].append(float(panel.values[t, n]))
            frame["treated"].append(int(unit == "u03" and year >= window.event))
    return frame | change


def asked(**more: Any) -> Any:
    read = read_frame(rows(), "unit", "year", "figure", treated="treated")
    given = {"standard": SyntheticControl(), "window": Window(2000, 2009, 2013), "groups": read.groups} | more
    return study(
        given.pop("standard"), given.pop("panel", read.panel), given.pop("window"), given.pop("groups"), **given
    )


def test_the_one_that_is_exposed_is_the_subject() -> None:
    found = asked()
    assert found.subject == "u03"
    table = found.columns()
    u = table["unit"].index("u03")
    assert table["exposed"][u]
    assert table["effect"][u] == pytest.approx(found.effect())
    assert table["p_by_effect"][u] == found.placebo().at("u03").p
    assert sum(weight for _, weight in found.donors()) == pytest.approx(1)
    assert {len(cells) for cells in table.values()} == {10}


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_results_are_frames(backend: str) -> None:
    pytest.importorskip(backend)
    import narwhals as nw

    found = asked()
    assert nw.from_native(found.to_frame(backend))["unit"].to_list() == list(found.panel.units)
    path = nw.from_native(found.paths(backend))
    assert path["gap"].to_list() == pytest.approx(found.fits().gaps[:, 3].tolist())
    assert nw.from_native(found.weights(backend))["weight"].to_list() == [weight for _, weight in found.donors()]


def test_beside_each_p_stands_how_often_it_rejects_when_nothing_happened() -> None:
    told = asked().summary()
    lines = told.splitlines()
    for by in ("effect", "ratio"):
        at = next(i for i, line in enumerate(lines) if line.startswith(f"  place by {by}:"))
        assert "p = " in lines[at]
        assert "by quarters of starting level" in lines[at + 1]
        assert "[" in lines[at + 1]  # the subject's quarter
    assert "None of these is the chance that nothing happened." in told
    page = asked()._repr_html_()
    assert "<b>0." in page
    assert page.count("<tr>") == page.count("</tr>") > 6


def test_names_cannot_break_the_page() -> None:
    panel, window = drawn(2)
    hostile = panel_of(panel.values, panel.periods.tolist(), ["<script>x</script>", *panel.units[1:]])
    page = study(SyntheticControl(), hostile, window, subject="<script>x</script>")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_standard_without_a_fit_has_places_and_no_more() -> None:
    panel, window = drawn(2)
    found = study(Change(), panel, Window(window.start, window.start, window.end), subject="u02")
    assert "place by effect" in found.summary()
    assert "ratio" not in found.columns()
    with pytest.raises(BadInputError, match="change fits no path"):
        found.paths()


def test_regions_are_told_where_there_are_some() -> None:
    panel, window = drawn(3, units=10)
    groups = groups_of(panel, region=["a", "b"] * 5)
    found = study(SyntheticControl(), panel, window, groups, subject="u02")
    assert "by whole regions" in found.summary()
    assert "p_by_regions" in found.columns()


def test_several_exposed_units_are_judged_together_too() -> None:
    panel, window = drawn(5, units=12)
    groups = groups_of(panel)
    groups.exposed[panel.periods >= window.event, :2] = True
    with pytest.raises(BadInputError, match="exposed in the window: u00, u01"):
        study(SyntheticControl(), panel, window, groups)
    found = study(SyntheticControl(), panel, window, groups, subject="u00")
    together = found.together()
    assert together.members == ("u00", "u01")
    assert together.groups == 45
    assert found.placebo().at("u00").of == 11


# Bad input


def broken(what: str) -> Any:
    panel, window = drawn(1, units=10)
    groups = exposing(panel, "u03", window.event)
    if what == "gaps":
        panel.values[4, 3] = np.nan
    if what == "infinite":
        panel.values[2, 5] = np.inf
    if what == "nobody left":
        groups.exposed[panel.periods >= window.event] = True
    return panel, window, groups


@pytest.mark.parametrize(
    ("what", "standard", "window", "message"),
    [
        ("", SyntheticControl(), Window(2000, 2050, 2060), "the event 2050 lies outside the panel, 2000 to 2013"),
        ("", SyntheticControl(), Window(1990, 2009, 2013), "the figures begin in 2000, the window in 1990"),
        ("", SyntheticControl(), Window(2000, 2009, 2020), "the figures end in 2013, the window in 2020"),
        ("", SyntheticControl(), Window(2010, 2009, 2013), "does not run from start over event to end"),
        (
            "",
            SyntheticControl(least_pre=12),
            Window(2000, 2009, 2013),
            "9 periods lie before 2009, and synthetic-control asks for 12",
        ),
        ("gaps", SyntheticControl(), Window(2000, 2009, 2013), "u03 has no figure for 2004; nothing is filled in"),
        ("infinite", SyntheticControl(), Window(2000, 2009, 2013), "u05 has an infinite figure in 2002"),
        ("nobody left", SyntheticControl(), Window(2000, 2009, 2013), "no donor is left for u03"),
    ],
)
def test_what_is_wrong_is_said_in_one_message(what: str, standard: Any, window: Window, message: str) -> None:
    panel, _, groups = broken(what)
    with pytest.raises(BadInputError) as raised:
        study(standard, panel, window, groups, subject="u03")
    assert message in str(raised.value)
    assert len(raised.value.problems) == 1


def test_all_that_is_wrong_is_said_at_once() -> None:
    panel, _, groups = broken("gaps")
    groups.exposed[panel.periods >= 2009] = True
    with pytest.raises(BadInputError) as raised:
        study(SyntheticControl(least_pre=12), panel, Window(2000, 2009, 2013), groups, subject="u03")
    assert len(raised.value.problems) == 3


def test_what_a_reader_must_know_is_noted() -> None:
    panel, window, groups = broken("")
    panel.values[3, 7] = np.nan
    panel.values[panel.periods < window.event, 8] = 4.0
    found = study(SyntheticControl(), panel, window, groups, subject="u03")
    assert found.notes[0].startswith("u07: without a figure for each period")
    assert found.notes[1].startswith("u08: the same figure in all periods before 2009")
    assert "Note. u07" in found.summary()
    assert found.columns()["reason"][7] == "not_published"


def test_a_stranger_is_named_with_the_closest() -> None:
    with pytest.raises(BadInputError, match="there is no unit 'u3'; did you mean u03"):
        asked(subject="u3")


# Pictures


@pytest.fixture
def axes() -> Any:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    yield plt.subplots()[1]
    plt.close("all")


def test_paths_and_gaps_show_what_was_found(axes: Any) -> None:
    found = asked()
    drawn_lines = found.plot("paths", axes).get_lines()
    np.testing.assert_array_equal(drawn_lines[0].get_ydata(), found.fits().observed[:, 3])
    np.testing.assert_array_equal(drawn_lines[1].get_ydata(), found.fits().counterfactual[:, 3])
    axes.clear()
    lines = found.plot("gaps", axes).get_lines()
    on_top = max(lines, key=lambda line: line.get_zorder())
    np.testing.assert_array_equal(on_top.get_ydata(), found.fits().gaps[:, 3])
    assert sum(len(line.get_ydata()) == 14 for line in lines) == 10  # everybody


def test_ratios_and_weights_are_ranked(axes: Any) -> None:
    found = asked()
    bars = [bar.get_width() for bar in found.plot("ratios", axes).patches]
    assert bars == sorted(bars)
    assert len(bars) == 10
    axes.clear()
    assert [bar.get_width() for bar in found.plot("weights", axes).patches] == [w for _, w in found.donors()][::-1]


def test_an_unknown_picture_is_named() -> None:
    with pytest.raises(BadInputError, match="there is no plot 'path'; did you mean paths"):
        asked().plot("path")


def small_multiverse() -> Any:
    panel, _ = drawn(1, units=12, periods=30)
    windows = tuple(Option(f"w{i}", f"to {2015 + i}", Window(2000, 2008, 2015 + i)) for i in range(10))
    rules = (Option("change", "change", Change()), Option("sc", "sc", SyntheticControl()))
    peers = (Option("all", "all", AllPeers()),)
    choices = (Choice("years", windows, "window"), Choice("rule", rules, "standard"), Choice("peers", peers, "peers"))
    return multiverse(Plan(choices, groups_of(panel)), {(): panel}, Form("more"))


def test_a_multiverse_in_frames_pictures_and_a_notebook(axes: Any) -> None:
    found = small_multiverse()
    pytest.importorskip("pandas")
    frame = found.to_frame(backend="pandas")
    assert frame["share"].tolist() == [float(found.share(unit)) for unit in found.units]
    assert "share_at_least_as_good" in frame  # change reads no time before the event: no placebo p
    ways = found.to_frame("u03", "pandas")
    assert len(ways) == len(found.keys)
    assert ways["weight"].sum() == pytest.approx(1)
    share = ways.loc[ways["outcome"] == "holds", "weight"].sum() / ways["weight"].sum()
    assert share == pytest.approx(float(found.share("u03")))
    assert "under 20 combinations" in found._repr_html_()
    points = sum(len(dots.get_offsets()) for dots in found.plot("curve", "u03", axes).collections)
    assert points == 20
    axes.clear()
    assert len(found.plot("hinges", "u03", axes).patches) <= 2


@pytest.mark.shared
def test_california_from_a_frame_to_a_table() -> None:
    panel = prop99().panel
    found = study(SyntheticControl(), panel, PROP99, subject="California")
    assert found.effect() == pytest.approx(-19.5136, abs=1e-4)
    told = found.summary()
    assert "3 of 39, p = 0.077" in told
    assert "p = 0.104 (73 of 703 pairs)" in told
