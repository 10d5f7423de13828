"""What the text leaves out, on the page: seen in a real browser, in our plain words, the same for both sides."""

import json
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from page_reading import all_words, own_words, tags
from report_builders import audit
from test_browser import CONTRAST

from evenhand.audit import audit as audit_of, open_case
from evenhand.model import EventAccount, Reason
from evenhand.model.omission import (
    DoubleStandardAnswer,
    EventMention,
    HeldEvent,
    MapCell,
    MapConcept,
    NoFigures,
    Omission,
    OmissionMap,
    Picks,
    SelectivityAnswer,
    SelectivityRow,
    SideEvents,
    Votes,
    VotesRow,
)
from evenhand.report import json_schema, page, to_json
from evenhand.report.omission import INNOCENT, account_words, points
from evenhand.report.words import FORBIDDEN

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
NASTY = "<script>alert('x')</script> & Söns"


def event(name, mention=None, **changes):
    account = EventAccount(
        "A. Author", 1980, "excess deaths", 20_000, None, 45_000, "registers", "board", "", "2 to 5 of every 1,000"
    )
    bare = HeldEvent(name.lower(), name, "famine", 1951, 1953, ("Riverland",), ("Northmarket",), (), ("Elsewhere",), True, (),
                     (account,), "Blamed on the blockade by A. Author.", mention)  # fmt: skip
    return replace(bare, **changes)


def omission():
    found = EventMention("place-and-year", ("Riverland", "1951", "starved"), "Riverland starved in 1951.")
    concepts = (
        MapConcept("life", "le", "Length of life", "health", "higher"),
        MapConcept("gini", "gini", NASTY, "wealth", "lower", "people differ"),
        MapConcept("arms", "arms", "Arms", "health", "neither"),
        MapConcept("none", "none", "Nothing", "wealth", "higher"),
    )
    rows = (
        (
            MapCell(True, True, 0.9, 2.0),
            MapCell(False, True, 0.1, 3.0),
            MapCell(False, True, 0.5, 1.0),
            MapCell(False, False),
        ),
        (MapCell(False, True, 0.5, 1.0), MapCell(True, False), MapCell(False, True), MapCell(False, False)),
    )
    units = (("n", "Northmarket", "a"), ("r", "Riverside", "b"))
    picks = (
        Picks("domain", 0.19, 0.12, 0.39, 0.62, 73, 118, 191, True),
        Picks("any", 0.19, 0.02, 0.038, 0.96, 380, 9619, 9999, False),
    )
    ways = ("as-listed", "turned", "left-out")
    votes = VotesRow("as-listed", Votes(1, 2, 3, 4), Votes(0, 1, 0, 0), Votes(0, 0, 1, 0), Votes(5, 0, 0, 0))
    return Omission(
        (1950, 1985), 10_000, "An event counts as mentioned where a claim is about it.",
        (
            SideEvents("a", "Northmarket", (event("Long Hunger", nearest="It was a hungry time."),), (event("Short", found),)),
            SideEvents("b", "Riverside", (event("Flood", abroad=False, disputed=("Northmarket",)),), (), 2),
        ),
        OmissionMap(units, concepts, rows, (1950, 1985), "change", "", (("Tolls", "nobody is ranked by them"),)),
        NoFigures("Our table holds 100,000 or more.", ("A storm",), ("Nothing",), (("Northmarket", 1, 4),), ("censorship",)),
        SelectivityAnswer("a", tuple(SelectivityRow(way, 40, 7, picks) for way in ways), (NASTY,), 3),
        (DoubleStandardAnswer("Northmarket", "Riverside", ("Length of life",), ("Arms",), (), 0.25, (votes,)),),
    )  # fmt: skip


@cache
def html():
    return page(replace(audit(), omission=omission()))


def section(text=None):
    text = html() if text is None else text
    return text[text.index('<section id="left-out"') : text.index('<section id="map"')]


def test_the_order_is_events_then_the_map_then_what_we_lack_then_the_picks():
    told = [section().index(word) for word in (
        "Events that it does not mention", "Long Hunger", "Flood", "Leaving out is not lying", "lo-map",
        "What our catalogue has no figures for", "How lopsided", "Is each side asked",
    )]  # fmt: skip
    assert told == sorted(told)


def test_the_fixed_sentence_stands_there_word_for_word():
    fixed = "Of what our catalogue holds. Leaving out is not lying: a short text must. We cannot see intent, nor what nobody counted."
    assert fixed in section()


def test_events_show_their_threshold_their_match_and_every_author():
    words = all_words(section())
    assert "10,000 deaths or more" in words
    assert "2 more events of 10,000 deaths or more are not listed" in words
    assert "A. Author (1980): 20,000 to 45,000 excess deaths, 2 to 5 of every 1,000 who lived there; registers" in words
    assert "by a place, a year and a word for the kind or the dead: “Riverland”, “1951”, “starved”" in words
    assert "Riverland starved in 1951." in words
    assert "It was a hungry time." in words
    assert "Northmarket (disputed member)" in words


def test_no_event_has_a_share_or_a_colour():
    events = section()[: section().index("left-out-map")]
    assert "%" not in events
    assert not re.search(r"class=\"[^\"]*(band|look|bar)", events)


def test_it_is_said_in_plain_words_and_nothing_of_the_text_is_markup():
    for pattern, instead in FORBIDDEN:
        assert not re.search(pattern, own_words(section()), re.IGNORECASE), (pattern, instead)
    assert "<script>alert" not in html()
    levels = [int(tag[1]) for tag, _ in tags(html()) if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_cell_of_the_map_says_in_words_what_its_sign_says():
    told = re.findall(
        r'<td class="(lo-\w+)"><span aria-hidden="true">(.?)</span><span class="vh">([^<]*)</span>', section()
    )
    assert told == [
        ("lo-cited", "▲", "cited, in the best third"), ("lo-open", "◇", "neither more nor less is better"), ("lo-open", "▼", "in the worst third"),
        ("lo-open", "=", "in the middle third"), ("lo-open", "○", "figures, but none that the rule can place"), ("lo-cited", "", "cited, no figures"),
    ]  # fmt: skip
    assert section().count("lo-name") == 3  # nobody has a figure of the fourth
    assert "red" not in re.findall(r"color: (\w+)", section())


def test_directions_are_shown_listed_turned_and_left_out():
    words = own_words(section())
    for way in (
        "As our catalogue lists what is better.",
        "With contested directions turned round.",
        "With contested directions left out.",
    ):
        assert way in words
    assert "Of all 192 such picks, 39\u00a0% favour that side at least as much" in all_words(section())
    assert INNOCENT in section()
    assert (points(0.19), points(-0.031), points(0.001), points(None)) == ("+19", "−3", "0", "–")


def test_reasons_take_the_place_of_figures():
    found = omission()
    one_sided = replace(
        found.double_standard[0],
        overlap=None,
        rows=(),
        reason=Reason("one_sided_text", "the text cites figures for one side only: X"),
    )
    few = SelectivityAnswer(
        "a", (), (), 0, Reason("too_few_cells", "under 5 cited cells there is no figure; here are 4")
    )
    words = all_words(
        section(page(replace(audit(), omission=replace(found, double_standard=(one_sided,), selectivity=few))))
    )
    assert "The text cites figures for one side only: X." in words
    assert "No figure: under 5 cited cells there is no figure; here are 4." in words
    assert "%" not in words[words.index("How lopsided") :]
    bare = Omission(None, 10_000, "", (), None, None, None, (), Reason("no_sides", "the casefile names no sides"))
    assert "The casefile names no sides." in section(page(replace(audit(), omission=bare)))


def test_an_author_without_a_number_is_told_so():
    account = EventAccount("B", None, "killed", None, None, None, "letters", "s")
    assert account_words(account) == "B: no number killed; letters"
    assert (
        account_words(replace(account, central=10_000, low=9_000, high=12_000))
        == "B: 10,000 (9,000 to 12,000) killed; letters"
    )


def test_the_json_has_it_all_and_fits_the_schema():
    told = to_json(replace(audit(), omission=omission()))
    Draft202012Validator(json_schema()).validate(told)
    assert json.loads(json.dumps(told))["omission"]["sides"][0]["missing"][0]["abroad"] is True


def test_the_innocent_rates_on_the_page_are_those_that_were_measured():
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    part = results[results.index("## Selectivity of innocent authors") :].split("\n## ")[0]
    rows = re.findall(r"^\| a (?:topic|country|source): [^|]*\| [\d,]+ \| (.*) \|$", part, re.MULTILINE)
    shares = [[float(share.rstrip("%")) for share in row.split(" | ")] for row in rows]
    assert len(shares) >= 6
    ends = [(min(min(s[i : i + 2]) for s in shares), max(max(s[i : i + 2]) for s in shares)) for i in (0, 2)]
    (low, high), (low_any, high_any) = [tuple(round(share) for share in pair) for pair in ends]
    assert (
        f"in {low} to {high} % of cases by picks from the same field, and in {low_any} to {high_any} % by picks"
        in INNOCENT
    )
    assert part.strip().splitlines()[-3] in (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")
def test_it_is_seen_in_a_browser(tmp_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = tmp_path / "page.html"
    path.write_text(html(), encoding="utf-8")
    with playwright.sync_playwright() as runner:
        chromium = runner.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        tab = chromium.new_page(viewport={"width": 1280, "height": 900})
        tab.goto(path.as_uri())
        tab.get_by_role("link", name="What it leaves out").click()
        top = tab.evaluate("document.getElementById('left-out').getBoundingClientRect().top")
        assert -50 < top < 400
        assert tab.get_by_role("heading", name="Events that it does not mention").is_visible()
        assert tab.get_by_text("Long Hunger").is_visible()
        assert not tab.get_by_text("A. Author (1980)").first.is_visible()
        tab.get_by_text("Who counts what, and on what evidence").first.click()
        assert tab.get_by_text("A. Author (1980)").first.is_visible()
        dark, light = (
            tab.locator(f"td.{name}").first.evaluate("cell => getComputedStyle(cell).backgroundColor")
            for name in ("lo-cited", "lo-open")
        )
        assert dark != light
        assert tab.locator(".lo-map").is_visible()
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            assert tab.evaluate(CONTRAST) == []
        for width in (1280, 390):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        chromium.close()


@pytest.mark.parametrize("name", ["union", "hospital"])
def test_the_examples_have_the_section(name, tmp_path, monkeypatch):
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path))
    case, catalog = open_case(ROOT / "examples" / "everyday" / f"{name}.case.yaml")
    found = audit_of(
        replace(case, claims=tuple(c for c in case.claims if c.kind == "quantity"), links=(), positions=()), catalog
    )
    words = all_words(section(page(found)))
    assert words.count("Our catalogue lists none.") == 2
    assert "No figure: under 5 cited cells" in words
