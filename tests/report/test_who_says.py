"""The picture of sources and ties, and the tables beside it."""

import random
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from report_builders import audit

from evenhand.model.who_says import TieNote, Voice, VoiceCount, WhoSays, WithoutRow
from evenhand.report import page
from evenhand.report.charts.ties import LAYERS, ROW, place, tie_picture

CHROMIUM = Path("/usr/bin/chromium")


def told(sources: int, others: int, *, seed: int = 1, name: str = "Source") -> WhoSays:
    """So many sources, each tied to one or two of so many others, who are tied among themselves here and there."""
    draw = random.Random(seed)
    ids = [f"s{i}" for i in range(sources)]
    parties = [f"{name} party number {i} with a long name" for i in range(others)]
    pairs = [(s, p) for s in ids for p in draw.sample(parties, min(others, draw.choice([1, 1, 2])))]
    pairs += [(parties[i], parties[i // 2]) for i in range(2, others, 3)]
    ties = [
        TieNote(
            a,
            a,
            b,
            "funding",
            "was paid for by",
            "1950 to 1960",
            draw.choice(["documented", "asserted", "disputed"]),
            "<b>",
            "x",
        )
        for a, b in pairs
    ]
    voices = [Voice(s, f"{name}, A. (19{i % 100:02d}), A title {i}", True, "", ("c1",)) for i, s in enumerate(ids)]
    voices += [Voice(p, p, False, "Them" if i % 2 else "") for i, p in enumerate(parties)]
    row = WithoutRow(
        "c1",
        "those tied to somebody",
        "Them",
        ("s0",),
        0,
        "80 % of the ways",
        "no source left, which refutes nothing",
        False,
    )
    return WhoSays(
        tuple(voices),
        tuple(ties),
        (row,),
        (("Who?", "Nobody", 0.25),),
        ("Of 3 sources no tie is known here.",),
        counts=(VoiceCount("c1", 3, 2, 2.25, None, 1.5, 1.5, 2.25, "3 sources say so."),),
    )


@pytest.mark.parametrize(("sources", "others"), [(1, 1), (3, 2), (40, 12), (150, 50)])
def test_no_two_labels_touch_and_ties_run_to_the_right(sources, others):
    known = told(sources, others)
    pairs = [(tie.source, tie.to) for tie in known.ties]
    named = {name for pair in pairs for name in pair}
    nodes = place([voice for voice in known.voices if voice.id in named], pairs)
    for x in {node.x for node in nodes}:
        heights = sorted(node.y for node in nodes if node.x == x)
        assert all(b - a >= ROW - 1e-6 for a, b in pairwise(heights))
    at = {node.voice.id: node for node in nodes}
    assert all(at[a].x < at[b].x or at[b].x == max(n.x for n in nodes) for a, b in pairs)
    assert min(node.y for node in nodes) > 0
    assert len({node.x for node in nodes}) <= LAYERS


def test_few_lines_cross():
    """Fewer than in the order given, for a picture of 200."""
    known = told(150, 50)
    pairs = [(tie.source, tie.to) for tie in known.ties if tie.source.startswith("s")]
    voices = [voice for voice in known.voices if voice.id in {name for pair in pairs for name in pair}]
    at = {node.voice.id: node.y for node in place(voices, pairs)}
    given = {voice.id: float(i) for i, voice in enumerate(voices)}

    def crossings(y: dict[str, float]) -> int:
        return sum((y[a] - y[c]) * (y[b] - y[d]) < 0 for i, (a, b) in enumerate(pairs) for c, d in pairs[:i])

    assert crossings(at) < 0.4 * crossings(given)


def test_the_picture_is_the_same_every_time_and_escapes_what_others_wrote():
    hostile = told(5, 3, name="<script>alert(1)</script>")
    picture = tie_picture(hostile)
    assert picture is not None
    assert picture == tie_picture(hostile)
    assert "<script" not in str(picture.svg)
    assert "&lt;script&gt;" in str(picture.svg)


def test_sources_without_ties_make_no_picture():
    assert tie_picture(replace(told(3, 2), ties=())) is None


def test_a_circle_of_ties_is_drawn():
    ring = (TieNote("a", "a", "b", "ownership", "was owned by", "", "documented", "", ""),
            TieNote("b", "b", "a", "ownership", "was owned by", "", "documented", "", ""))  # fmt: skip
    voices = (Voice("a", "a", True, "", ("c1",)), Voice("b", "b", False, ""))
    assert tie_picture(WhoSays(voices, ring, (), (), ())) is not None


def test_the_page_says_what_ties_can_show():
    html = page(replace(audit(), who_says=told(4, 2)))
    section = html[html.index('<section id="who-says"') : html.index('<section id="sources"')]
    for said in (
        "that none is known shows nothing", "never computed with", "No source left refutes nothing", "no source left",
        "Wins in", "In the interest of", "25", "How many independent voices", "2.2", "cannot be told",
    ):  # fmt: skip
        assert said in section
    assert not re.search(r"(src|href)=\"https?:", section)
    assert 'id="who-says"' not in page(replace(audit(), who_says=None))


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")
@pytest.mark.parametrize("width", [360, 1280])
def test_a_picture_of_two_hundred_can_be_read(tmp_path, width):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    (tmp_path / "page.html").write_text(page(replace(audit(), who_says=told(150, 50))), encoding="utf-8")
    with playwright.sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": width, "height": 800})
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto((tmp_path / "page.html").as_uri())
        boxes = tab.evaluate(
            "() => [...document.querySelectorAll('.ties-picture text')].map(t => {const b = t.getBoundingClientRect();"
            " return [b.left, b.right, b.top, b.bottom, parseFloat(getComputedStyle(t).fontSize)]})"
        )
        wide = tab.evaluate("document.documentElement.scrollWidth")
        tab.click(".ties-figure summary")
        rows = tab.locator(".ties-figure tbody tr").count()
        browser.close()
    assert [url for url in asked if not url.startswith("data:")] == asked[:1]
    assert wide <= width
    assert len(boxes) > 190
    assert min(box[4] for box in boxes) >= 11
    assert rows > 150
    for i, (left, right, top, bottom, _) in enumerate(boxes):
        for other in boxes[:i]:
            assert right <= other[0] or left >= other[1] or top >= other[3] - 1 or bottom <= other[2] + 1
