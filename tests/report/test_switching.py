"""Choices left out on the page, in a real browser: everything shown is what the engine computes for what is left."""

import csv
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "audit"))
from small_case import GROUP, PAIR, case, comparison, write_case
from small_reference import catalogue

from evenhand.audit import Opened, audit, is_leader, open_case, open_comparison
from evenhand.audit.evidence import Tried, _curve
from evenhand.compare import Multiverse, multiverse, verdict
from evenhand.model.verdict import percent
from evenhand.report import page, words

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")]
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

MOST = comparison(
    "most", "They fell by more than elsewhere", form={"name": "among-the-most", "direction": "down"},
    exclude=[{"choice": "standard", "option": "growth", "because": "a rate hides the start"}],
)  # fmt: skip
COUNT = """([claim, taken]) => { const { count, claims, words } = window.evenhandRecount;
  return count(claims.find((one) => one.claim === claim), taken, words); }"""


EACH_BOX = """() => [...document.querySelectorAll('.switch')].flatMap((panel) => {
  const card = panel.closest('.card'), now = (name) => card.querySelector(`[data-now="${name}"]`)?.innerText;
  const claim = evenhandRecount.claims.find((one) => one.card === card.id).claim, audited = now('share');
  return [...panel.querySelectorAll('input:not(:disabled)')].map((box) => {
    box.click();
    const line = card.querySelector('.again-line');
    const one = {claim, choice: box.dataset.choice, option: box.value, audited, share: now('share'), place: now('place'),
      verdict: now('verdict'), says: card.querySelector('[data-reader-says]').innerText,
      steps: line ? line.getAttribute('d').split('L').length - 1 : 0, dots: card.querySelectorAll('.again-units circle').length,
      shares: evenhandRecount.last[claim].all?.units};
    box.click();
    return {...one, restored: now('share')};
  }); })"""


class Engine:
    """The same claims, asked of the engine."""

    def __init__(self, path: Path, **opening: object) -> None:
        self.case, self.catalog = open_case(path, **opening)
        claims = [c for c in self.case.claims if c.open and not self._is_leader(c)]
        self.opened = {
            c.id: open_comparison(c.open, self.catalog, case_choices=[self.case.choice(k) for k in c.open.choices])
            for c in claims
        }
        self.whole = {id_: multiverse(o.plan, o.panels, o.form) for id_, o in self.opened.items()}
        self.html = page(audit(self.case, self.catalog))

    def _is_leader(self, claim: object) -> bool:
        return is_leader(claim.open, self.catalog)

    def kept(self, claim: str) -> dict[str, list[str]]:
        return {known.kind: list(known.kept) for known in self.opened[claim].lists}

    def restricted(self, claim: str, only: dict[str, list[str]]) -> tuple[Opened, Multiverse]:
        return self.opened[claim], self.whole[claim].restricted(only)

    def numbers(self, claim: str, only: dict[str, list[str]]) -> list[list[int]]:
        """What the page is given: for each choice the numbers of the options that are left in."""
        return [[k for k, o in enumerate(c.options) if o.id in only[c.id]] for c in self.whole[claim].choices]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("switch")
    claims = case(comparison(subject={"unit": "Gorsedale"}), PAIR, MOST, GROUP)
    return Engine(write_case(folder, claims), catalog=catalogue(folder))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, str]:
    engine = Engine(Path(__file__).parents[2] / "examples" / "everyday" / "hospital.case.yaml")
    path = tmp_path_factory.mktemp("example") / "hospital.html"
    path.write_text(engine.html, encoding="utf-8")
    return engine, path.as_uri()


@pytest.fixture(scope="module")
def address(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "essay.html"
    path.write_text(engine.html, encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def tab(browser, address):
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(address)
    yield opened
    opened.close()
    assert said == []


def card_of(tab, claim: str):
    return tab.locator(f"#{tab.evaluate('id => evenhandRecount.claims.find((c) => c.claim === id).card', claim)}")


def subsets(engine: Engine, claim: str, count: int) -> Iterator[dict[str, list[str]]]:
    """Every single option left out, every one alone, and random sets."""
    whole = engine.whole[claim]
    everything = {c.id: [o.id for o in c.options] for c in whole.choices}
    for choice, ids in everything.items():
        for one in ids if len(ids) > 1 else ():
            yield everything | {choice: [id_ for id_ in ids if id_ != one]}
            yield everything | {choice: [one]}
    draw = random.Random(claim)
    for _ in range(count):
        yield {c: [i for i in ids if draw.random() < 0.6] or [draw.choice(ids)] for c, ids in everything.items()}


@pytest.mark.parametrize("claim", ["more", "pair", "most", "group"])
def test_the_page_counts_as_the_engine_does(engine, tab, claim):
    reached = set()
    for only in subsets(engine, claim, 40) if claim != "group" else islice(subsets(engine, claim, 0), 8):
        opened, head = engine.restricted(claim, only)
        got = tab.evaluate(COUNT, [claim, engine.numbers(claim, only)])
        found = verdict(head, opened.column)
        assert (got["combinations"], got["judged"], got["distinct"]) == (
            found.combinations,
            found.judged,
            found.distinct,
        )
        assert (got["min"], got["max"]) == (float(found.share_min), float(found.share_max))
        if found.share is None:
            assert got["share"] is None
            continue
        assert got["share"] == float(found.share)
        assert got["verdict"] == found.words
        assert got["choices"] == found.open_choices
        points, of = _curve(Tried(opened, head, head, found, None))
        assert got["curve"]["of"] == of
        rows = {int(key): c for c, key in enumerate(engine.whole[claim].keys)}
        assert [tuple(p) for p in got["curve"]["points"]] == [
            (p.percentile, p.outcome, rows[p.combination]) for p in points
        ]
        if got["place"] is None:
            assert claim == "group", "the random groups are too many for a page"
            continue
        place = found.place
        assert got["place"] == {"rank": place.rank, "of": place.of, "ties": place.ties, "at_least": place.at_least}
        assert got["all"]["in_band"] == pytest.approx(float(found.units_in_band), abs=1e-12)
        assert got["all"]["typical"] == pytest.approx(float(found.typical_share), abs=1e-12)
        reached.add((round(got["share"], 2), place.at_least))
    assert claim == "group" or len(reached) > 10, "the sets that were tried change what comes out"


def test_every_choice_of_an_example_switched_on_its_card(browser, example):
    """Every box of every card: the card then says what the engine computes for what is left."""
    engine, address = example
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(address)
    seen = tab.evaluate(EACH_BOX)
    assert len(seen) > 100
    assert len({one["claim"] for one in seen}) >= 10
    changed = 0
    for one in seen:
        claim, opened, only = one["claim"], engine.opened[one["claim"]], engine.kept(one["claim"])
        kept = only[one["choice"]]
        only[one["choice"]] = (
            [i for i in kept if i != one["option"]] if one["option"] in kept else [*kept, one["option"]]
        )
        found = verdict(engine.restricted(claim, only)[1], opened.column)
        if found.share is None:
            assert one["share"] == "none"
            continue
        assert one["share"] == percent(float(found.share)), one
        assert one["verdict"] == words.claim_verdict(found.words)
        others = opened.is_group and one["place"] == "not counted again"
        assert others or one["place"] == f"{found.place.at_least:,} of {found.place.of - 1:,}"
        assert ("You, the reader, left out" if one["option"] in kept else "You took back in") in one["says"]
        assert f"The audit itself, with nothing changed: {one['audited']}" in one["says"]
        assert one["steps"] == 2 * min(found.judged, 2000) - 1, "a step for every result"
        assert one["dots"] == sum(share is not None for share in one["shares"] or [])
        assert one["restored"] == one["audited"]
        changed += one["share"] != one["audited"]
    assert changed > 60, "most choices change the share"
    tab.close()


def test_a_link_holds_the_state_of_all_cards(browser, tab, address):
    for claim, k in (("more", 1), ("pair", 2), ("more", 5)):
        card = card_of(tab, claim)
        if card.locator(".switch").get_attribute("open") is None:
            card.locator(".switch > summary").click()
        card.locator(".switch input").nth(k).uncheck()
    shown = {claim: card_of(tab, claim).locator(".pair").inner_text() for claim in ("more", "pair", "most")}
    said = card_of(tab, "more").locator("[data-reader-says]").inner_text()
    link = card_of(tab, "more").locator("[data-link]").get_attribute("href")
    assert tab.evaluate("location.hash") == link
    other = browser.new_page(viewport={"width": 1280, "height": 900})
    other.goto(address + link)
    assert {claim: card_of(other, claim).locator(".pair").inner_text() for claim in shown} == shown
    assert card_of(other, "more").locator("[data-reader-says]").inner_text() == said
    top = card_of(other, "more").bounding_box()["y"]
    assert -5 <= top < 200, "the link leads to the card"
    assert not other.locator("#recount-stale").is_visible()
    other.close()


@pytest.mark.parametrize(
    "link", ["#claim-1;more/standard/no-such-rule", "#claim-1;nobody/window/x", "#claim-1;%zz/%/x"]
)
def test_a_link_to_what_is_not_there_is_said(browser, address, link):
    other = browser.new_page()
    other.goto(address + link)
    assert other.locator("#recount-stale").is_visible()
    other.close()


def test_by_keyboard_alone_and_back(tab):
    card = card_of(tab, "more")
    before = card.locator(".pair").inner_text()
    card.locator(".switch > summary").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.type") == "checkbox"
    tab.keyboard.press("Space")
    assert card.locator("[data-reader]").is_visible()
    assert card.locator("[data-reader]").get_attribute("role") == "status"
    card.locator(".switch [data-restore]").focus()
    tab.keyboard.press("Enter")
    assert card.locator(".pair").inner_text() == before
    assert not card.locator("[data-reader]").is_visible()
    assert tab.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_last_option_of_a_choice_stays(tab):
    card = card_of(tab, "more")
    card.locator(".switch > summary").click()
    for name in tab.evaluate(
        "[...new Set([...document.querySelectorAll('.switch')][0] ? [...document.querySelectorAll('.switch input')].map(b => b.dataset.choice) : [])]"
    ):
        boxes = card.locator(f'.switch input[data-choice="{name}"]')
        for k in range(boxes.count()):
            if boxes.nth(k).is_enabled():
                boxes.nth(k).uncheck()
        assert boxes.evaluate_all("all => all.filter(b => b.checked).length") == (1 if boxes.count() else 0)


def test_without_scripts_nothing_is_promised(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page_ = context.new_page()
    page_.goto(address)
    assert not page_.locator(".switch").first.is_visible()
    assert not page_.locator("[data-reader]").first.is_visible()
    context.close()


def test_the_policy_allows_these_scripts_and_no_other(tab, engine):
    policy = tab.get_attribute('meta[http-equiv="Content-Security-Policy"]', "content")
    allowed = policy.partition("script-src ")[2].split(";")[0].split()
    assert len(allowed) == engine.html.count("<script>") == 1
    tab.evaluate("() => { const s = document.createElement('script'); s.textContent = 'window.broken = 1'; }")
    assert "unsafe" not in " ".join(allowed)
    assert "eval" not in policy


def test_the_size_is_said_and_what_is_too_large_is_told(engine):
    assert "kB" in engine.html[engine.html.index('id="methods"') :]
    group = engine.html[engine.html.index("riverside towns cut") :]
    assert "How many fit the claim at least as well is not counted again here" in group


def saved(tab, locator) -> tuple[str, bytes]:
    """What a click saves: the file's name and its bytes."""
    with tab.expect_download() as download:
        locator.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_numbers_behind_every_picture_are_one_click_away(engine, tab):
    card = card_of(tab, "more")
    links = card.locator('a[download$=".csv"]')
    names = {}
    for k in range(links.count()):
        name, content = saved(tab, links.nth(k))
        names[name.partition("-")[2].split("-")[1].removesuffix(".csv")] = list(
            csv.reader(content.decode().splitlines())
        )
    assert set(names) == {"strip", "tracks", "curve", "tips", "figures"}
    found = audit(engine.case, engine.catalog)
    finding = next(c.finding for c in found.claims if c.id == "more")
    assert [row[:2] for row in names["strip"][1:]] == [[m.unit, m.name] for m in finding.comparison.strip]
    assert sum(int(row[2]) for row in names["curve"][1:]) == finding.judged
    assert len(names["figures"]) - 1 == len(finding.comparison.trail.figures)
    assert {row[8] for row in names["figures"][1:]} == {"timetable"}
    options = sum(len(h.options) for h in finding.hinges_on)
    assert len(names["tips"]) - 1 == options
    values = [row for row in names["tracks"] if row[2] == "value"]
    assert {row[0] for row in values} == {t.name for t in finding.comparison.tracks}


def test_a_card_saves_its_picture_and_its_two_sentences(tab):
    card = card_of(tab, "more")
    name, png = saved(tab, card.locator("button.as-png"))
    assert (name[-4:], png[:4], int.from_bytes(png[16:20])) == (".png", b"\x89PNG", 1200)
    name, svg = saved(tab, card.locator('a[download$=".svg"]'))
    assert svg.startswith(b"<svg")
    name, text = saved(tab, card.locator('a[download$=".txt"]'))
    assert " ".join(text.decode().split()) in " ".join(card.inner_text().split())


def test_a_telephone_shows_all_of_it_without_scrolling_sideways(browser, address):
    other = browser.new_page(viewport={"width": 320, "height": 700})
    other.goto(address)
    other.evaluate("""() => { document.querySelectorAll('.switch, .figures').forEach((one) => { one.open = true; });
      document.querySelectorAll('.switch').forEach((one) => one.querySelectorAll('input')[1].click()); }""")
    assert other.evaluate("document.querySelectorAll('.again-line').length") >= 3
    assert other.evaluate("document.documentElement.scrollWidth") <= 320
    heights = other.eval_on_selector_all(".switch label", "all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(heights) >= 24, "large enough for a finger"
    other.close()
