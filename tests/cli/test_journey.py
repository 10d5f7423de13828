"""A journey: a case is audited by the command, and its page is read in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_case import FELL, PAIR, SUM, VALUE, case, comparison, write_case

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
]  # fmt: skip
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")]
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as runner:
        chromium = runner.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


def test_from_the_command_line_to_a_claim_s_card(run, tmp_path, browser):
    for name in ("boast", "answer"):
        content = case(FELL, comparison(), PAIR, SUM, VALUE)
        content["text"] |= {"file": f"{name}.txt", "title": f"The {name}"}
        write_case(tmp_path / "pair", content, name=name)
    done = run("audit", "pair", "-o", "out")
    assert done.returncode == 0, done.stderr
    pages = [(tmp_path / line).as_uri() for line in done.stdout.split()]

    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))

    tab.goto(pages[-1])
    tab.click("text=The boast >> nth=0")
    assert tab.url.split("#")[0] == next(page for page in pages if page.endswith("boast.html"))
    assert tab.locator(".essay a.hl").count() == 5
    link = tab.locator(".essay a.hl", has_text="by more than elsewhere")
    link.click()
    card = tab.locator(f"[id='{tab.url.split('#')[1]}']")
    box = card.bounding_box()
    assert box
    assert -5 <= box["y"] < 200
    words = card.inner_text()
    assert "delay of the mean train fell more in Alderton than in the middle one of all others with figures" in words
    assert "fell, 52 to 32.1 minutes (2005 to 2019)" in words
    assert "1 of 11" in words
    assert "This is not the chance that the claim is true." in words
    card.locator("a.back").click()
    assert tab.locator(".essay").is_visible()
    assert {url.split("#")[0] for url in asked if not url.startswith("data:")} <= set(pages)
    assert said == []
    tab.close()
