"""In a real browser: the page weighs the argument as the engine does, is used by keyboard, and prints on one page."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from random_arguments import argument, tree
from report_builders import audit

from evenhand.argue import GIVENS, Graph, labels
from evenhand.argue.budget import budget
from evenhand.audit import argue
from evenhand.report import page
from evenhand.report.map.section import data, script

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")]
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
TEXTS = """() => [...document.querySelectorAll('.argument-map .map-box')].flatMap(box => {
  const rect = box.querySelector('rect').getBoundingClientRect();
  return [...box.querySelectorAll('text')].map(text => text.getBoundingClientRect())
    .filter(own => own.left < rect.left || own.right > rect.right || own.top < rect.top || own.bottom > rect.bottom)
    .map(own => box.textContent); })"""
CHANGE = """([id, to]) => { const box = document.querySelector(`#argument select[data-of="${id}"]`);
  box.value = to; box.dispatchEvent(new Event('change')); }"""
STATES = """() => Object.fromEntries([...document.querySelectorAll('.argument-map [data-arg]')].map(el =>
  [el.dataset.arg, ['stands', 'falls', 'undecided'].find(label => el.classList.contains('map-' + label))]))"""


def written(graph: Graph, folder: Path, name: str = "page.html") -> str:
    given = argue(graph, {}, budget=budget(1.0))  # the page is tested, not the ways out
    path = folder / name
    path.write_text(page(replace(audit(), argument=given)), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def tab(browser):
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()
    assert said == []


def test_the_page_weighs_two_thousand_random_arguments_as_the_engine_does(tab):
    graphs = [argument(1 + seed % 10, seed % 15, seed) for seed in range(2000)]
    tab.set_content("<div id='argument-data'></div>")
    source = str(script())
    start, end = source.index("  const { ids, given: found, bodies }"), source.index("  const words = ")
    weigh = "text => { const holder = { textContent: text };" + source[start:end] + "return weigh(found); }"
    found = tab.evaluate(f"texts => texts.map({weigh})", [str(data(graph)) for graph in graphs])
    kinds = set()
    for graph, page_labels in zip(graphs, found, strict=True):
        assert page_labels == list(labels(graph).values())
        kinds.update(page_labels)
    assert kinds == {"stands", "falls", "undecided"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_changed_finding_changes_what_the_engine_says_it_changes(tab, tmp_path, seed):
    graph = argument(12, 16, seed)
    tab.goto(written(graph, tmp_path))
    drawn = tab.evaluate(STATES)
    assert drawn == {name: label for name, label in labels(graph).items() if name in drawn}
    chance = random.Random(seed)
    ids = tab.eval_on_selector_all("#argument .arg-entry select[data-of]", "all => all.map(box => box.dataset.of)")
    ids = [name for name in ids if name.startswith("c")]
    for _ in range(8):
        changed, to = chance.choice(ids), chance.choice(GIVENS)
        if to == graph.node(changed).given:
            continue
        tab.evaluate(CHANGE, [changed, to])
        expected = labels(graph.with_given({changed: to}))
        assert tab.evaluate(STATES) == {name: expected[name] for name in drawn}
        outline = tab.locator(f'[id="arg-{changed}"] > .arg-line > .arg-state').inner_text()
        assert outline == {"stands": "stands", "falls": "falls", "undecided": "open"}[expected[changed]]
        tab.click("#argument-reset")
        assert tab.evaluate(STATES) == drawn
    assert tab.inner_text("#argument-says") == "As found."


def test_a_rejected_step_is_weighed_too(tab, tmp_path):
    graph = tree(9, 1)
    tab.goto(written(graph, tmp_path))
    tab.evaluate(CHANGE, ["l0", "fails"])
    expected = labels(graph.with_given({"l0": "fails"}))
    assert tab.evaluate(STATES) == {name: expected[name] for name in tab.evaluate(STATES)}
    assert "1 changed by you" in tab.inner_text("#argument-says")


@pytest.mark.parametrize("claims", [15, 150])
def test_texts_stay_in_their_boxes_and_nothing_scrolls_sideways(browser, tmp_path, claims):
    address = written(tree(claims, claims), tmp_path)
    for width in (360, 1024, 1440, 1920):
        opened = browser.new_page(viewport={"width": width, "height": 900})
        opened.goto(address)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.evaluate(TEXTS) == []
        opened.close()


def test_the_keyboard_goes_from_the_map_to_the_words(tab, tmp_path):
    tab.goto(written(tree(6, 2), tmp_path))
    tab.focus(".argument-map a.map-link >> nth=1")
    tab.keyboard.press("Enter")
    here = tab.evaluate("document.activeElement.id")
    assert here == tab.get_attribute(".argument-map a.map-link >> nth=1", "href")[1:]
    tab.click('#argument-tools [data-zoom="one"]')
    assert tab.evaluate("parseFloat(document.querySelector('.argument-map').style.width)") == pytest.approx(
        tab.evaluate("document.querySelector('.argument-map').viewBox.baseVal.width")
    )


def test_without_scripts_map_and_outline_are_there_and_no_dead_controls(browser, tmp_path):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(written(tree(8, 3), tmp_path))
    assert opened.locator(".argument-map .map-box").count() == 8
    assert opened.locator(".arg-entry").count() == 8
    assert not opened.locator("#argument-tools").is_visible()
    assert opened.locator(".arg-change:visible").count() == 0
    context.close()


def test_the_map_prints_on_one_page(tab, tmp_path):
    tab.goto(written(tree(150, 4), tmp_path))
    tab.emulate_media(media="print")
    box = tab.locator("#argument-frame .argument-map").bounding_box()
    assert box
    assert box["height"] <= 700
    assert not tab.locator("#argument-tools").is_visible()


def test_it_asks_for_nothing_and_only_its_own_script_may_run(tab, tmp_path):
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    address = written(tree(5, 5), tmp_path)
    tab.goto(address)
    assert [url for url in asked if not url.startswith("data:")] == [address]
    policy = tab.get_attribute('meta[http-equiv="Content-Security-Policy"]', "content")
    assert "script-src 'sha256-" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2]
