"""The page in a real browser: it asks nobody for anything, and can be used by everybody."""

from functools import cache
from pathlib import Path

import pytest
from report_builders import audit, hostile

from evenhand.report import index, page

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")]
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = c => { canvas.clearRect(0,0,1,1); canvas.fillStyle = c; canvas.fillRect(0,0,1,1);
                      return [...canvas.getImageData(0,0,1,1).data]; };
  const light = ([r,g,b]) => [r,g,b].map(v => v/255).map(v => v <= .04045 ? v/12.92 : ((v+.055)/1.055)**2.4)
      .reduce((sum, v, i) => sum + v*[.2126,.7152,.0722][i], 0);
  const behind = el => { for (let e = el; e; e = e.parentElement) {
      const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255,255,255]; };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, el = text.parentElement;
    if (!text.textContent.trim() || !el.getClientRects().length) continue;
    const style = getComputedStyle(el);
    const ink = rgba(el.closest('svg') ? style.fill : style.color), paper = behind(el);
    const [hi, lo] = [light(ink), light(paper)].sort((a, b) => b - a);
    const ratio = (hi + .05) / (lo + .05);
    if (ratio < 4.5) bad.push([el.className.baseVal ?? el.className, text.textContent.trim().slice(0, 40), ratio]);
  }
  return bad;
}"""


CHART_TEXTS = """() => [...document.querySelectorAll('svg.chart')].flatMap(chart => {
  const box = chart.getBoundingClientRect(), scale = box.width / chart.viewBox.baseVal.width;
  return [...chart.querySelectorAll('text')].map(text => {
    const own = text.getBoundingClientRect();
    return {says: text.textContent, size: parseFloat(getComputedStyle(text).fontSize) * scale,
            inside: own.left > box.left - 2 && own.right < box.right + 2 && own.top > box.top - 2}; }); })"""


@cache
def written(folder: Path) -> tuple[str, str, str]:
    files = {"page.html": page(audit()), "hostile.html": page(hostile())}
    files["index.html"] = index([("The Board", "page.html", audit()), ("The others", "hostile.html", hostile())])
    for name, html in files.items():
        (folder / name).write_text(html, encoding="utf-8")
    return tuple((folder / name).as_uri() for name in ("page.html", "hostile.html", "index.html"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.mark.parametrize("which", [0, 1, 2])
def test_it_asks_for_nothing_but_itself(browser, folder, which):
    address = written(folder)[which]
    tab = browser.new_page()
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(address)
    tab.wait_for_timeout(200)
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert said == []
    tab.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_highlight_leads_to_its_card_and_back(browser, folder, scripts):
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    tab.goto(written(folder)[0])
    tab.click(".essay a.hl >> nth=0")
    assert tab.url.endswith("#claim-1")
    box = tab.locator("#claim-1").bounding_box()
    assert box
    assert -5 <= box["y"] < 200
    tab.click("#claim-1 a.back")
    assert tab.url.endswith("#text-1")
    tab.click("#claim-1 figure >> nth=0 >> summary")
    assert tab.locator("#claim-1 figure >> nth=0 >> table").is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1440])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_no_sideways_scrolling(browser, folder, width, which):
    tab = browser.new_page(viewport={"width": width, "height": 700})
    tab.goto(written(folder)[which])
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("which", [0, 1])
def test_text_in_pictures_is_large_enough_and_whole(browser, folder, width, which):
    tab = browser.new_page(viewport={"width": width, "height": 700})
    tab.goto(written(folder)[which])
    texts = tab.evaluate(CHART_TEXTS)
    assert len(texts) > 30
    assert [text for text in texts if text["size"] < 10 or not text["inside"]] == []
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", [0, 2])
def test_all_text_can_be_read(browser, folder, scheme, which):
    tab = browser.new_page(color_scheme=scheme)
    tab.goto(written(folder)[which])
    assert tab.evaluate(CONTRAST) == []
    tab.close()


def test_dark_is_dark(browser, folder):
    tab = browser.new_page(color_scheme="dark")
    tab.goto(written(folder)[0])
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 26)"
    tab.close()


def test_share_and_place_are_equally_large(browser, folder):
    for width in (360, 1280):
        tab = browser.new_page(viewport={"width": width, "height": 800})
        tab.goto(written(folder)[0])
        sizes = tab.eval_on_selector_all("#claim-1 .pair .big", "all => all.map(e => getComputedStyle(e).fontSize)")
        assert len(sizes) == 2
        assert len(set(sizes)) == 1
        tab.close()


def test_the_keyboard_reaches_the_highlights(browser, folder):
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(written(folder)[0])
    reached = set()
    for step in range(60):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.className"))
        if step == 0:
            assert tab.evaluate("document.activeElement.className") == "skip"
        width = tab.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, "the focus can be seen"
    assert {"hl look-depends", "hl look-event", "hl look-not-yet"} <= reached


def test_it_prints(browser, folder):
    tab = browser.new_page(color_scheme="dark")
    tab.goto(written(folder)[0])
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not tab.locator(".claims-nav").is_visible()
    assert tab.evaluate(CONTRAST) == []
    tab.close()
