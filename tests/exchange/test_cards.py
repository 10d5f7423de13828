"""A card that is passed on: the picture says by itself what it shows, of whom, from where; it can be read at 600 pixels."""

import re
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
from report_builders import audit, hostile

from evenhand.audit.finding_id import finding_hash
from evenhand.cli import run
from evenhand.report.share_card import ROOM, SMALLEST, WIDTH, card_svg, two_sentences

CHROMIUM = Path("/usr/bin/chromium")
TEXTS = re.compile(r'<text x="(\d+)" y="([\d.]+)" font-size="([\d.]+)"[^>]*>([^<]*)</text>')
LONG = {
    "german": "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle " * 6,
    "chinese": "在革命之后的三十年里，人均预期寿命的增长幅度超过了任何一个起点相近的国家" * 9,
    "english": "In every one of the thirty years that followed, and by whatever measure anybody has proposed, they did better. "
    * 8,
}


def drawn(svg: str) -> list[tuple[float, float, str]]:
    """(y, size, text) of every line."""
    return [(float(y), float(size), text) for _, y, size, text in TEXTS.findall(svg)]


def words_of(svg: str) -> str:
    return " ".join(text for _, _, text in drawn(svg)).replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", '"')


def test_the_picture_holds_all_that_a_reader_must_know():
    found = audit()
    claim = found.claims[0]
    said = words_of(card_svg(claim, found))
    mark = finding_hash(found.provenance, claim.id)[:12]
    for part in (claim.quote, "47\u00a0%", "of the 264 ways of comparing that we tried", "32 of 152", "fit the claim at least as well", "This is not the chance",
                 "Between those years", "Source", "snapshot 0123456789ab", mark):  # fmt: skip
        assert part in said, part


def test_claims_about_deaths_have_authors_and_ranges_and_no_share():
    found = audit()
    spoken = [c for c in found.claims if c.finding.event is not None or c.finding.tolls is not None]
    assert spoken
    for claim in spoken:
        shared = replace(claim, finding=replace(claim.finding, share=0.5, place=found.claims[0].finding.place))
        for said in (words_of(card_svg(shared, found)), two_sentences(shared, found)):
            assert "%" not in said.replace(claim.quote, "")
            assert "fit the claim at least as well" not in said
            assert "median" not in said
        if claim.finding.event is not None:
            for account in claim.finding.event.accounts:
                assert account.author in words_of(card_svg(claim, found))
            assert "not added up" in words_of(card_svg(claim, found))


@pytest.mark.parametrize("language", LONG)
def test_long_quotes_are_wrapped_and_no_letter_is_small(language):
    found = audit()
    claim = replace(found.claims[0], quote=LONG[language].strip())
    lines = drawn(card_svg(claim, found))
    assert min(size for _, size, text in lines if text.strip()) >= SMALLEST
    assert all(below - above > 0.9 * size for (above, _, _), (below, size, text) in pairwise(lines) if text.strip())
    quote = "".join(claim.quote.split())
    assert quote[:300] in "".join("".join(text for _, _, text in lines).split())


def test_nothing_of_a_casefile_becomes_markup():
    found = hostile()
    for claim in found.claims:
        svg = card_svg(claim, found)
        assert "<script" not in svg
        assert set(re.findall(r"<(\w+)", svg)) <= {"svg", "title", "rect", "text", "path"}


def test_two_sentences_are_two_and_say_where_they_come_from():
    found = audit()
    text = two_sentences(found.claims[0], found)
    rest = text.replace(found.claims[0].quote, "").replace(found.title, "").replace("(evenhand 0.1.0", "(evenhand")
    assert "47\u00a0% of the 264 ways" in text
    assert "32 of 152 others fit the claim at least as well" in text
    assert len(re.findall(r"[.!?](?:\s|$)", rest)) == 2
    assert "not the chance that the claim is true" in text
    assert "snapshot 0123456789ab" in text
    for claim in found.claims:
        assert two_sentences(claim, found).endswith(").")


def test_export_writes_every_card_or_one(case_path, tmp_path, capsys):
    out = tmp_path / "cards"
    assert run(["export", str(case_path), "--to", "card-png", "-o", str(out), "--quiet"]) == 0
    written = sorted(out.iterdir())
    assert len(written) == len(capsys.readouterr().out.splitlines()) > 2
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)
    width = int.from_bytes(written[0].read_bytes()[16:20])
    assert width == 2 * WIDTH
    name = written[0].name.split(".")[1]
    assert run(["export", f"{case_path}#{name}", "--to", "card-svg", "-o", str(tmp_path / "one.svg"), "--quiet"]) == 0
    assert (tmp_path / "one.svg").read_text(encoding="utf-8").startswith("<svg")
    capsys.readouterr()
    assert run(["export", f"{case_path}#{name}", "--to", "card-text", "-o", "-", "--quiet"]) == 0
    assert capsys.readouterr().out.endswith(").\n")
    assert run(["export", f"{case_path}#nobody", "--to", "card-text"]) == 2
    assert "there is no claim 'nobody'" in capsys.readouterr().err


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")
def test_at_600_pixels_every_line_is_inside_and_large_enough(tmp_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = audit()
    claims = [*found.claims, *(replace(found.claims[0], quote=text.strip()) for text in LONG.values())]
    pictures = "".join(f"<div style='width:600px'>{card_svg(claim, found)}</div>" for claim in claims)
    with playwright.sync_playwright() as runner:
        chromium = runner.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        tab = chromium.new_page(viewport={"width": 600, "height": 800})
        tab.set_content(f"<body style='margin:0'>{pictures}</body>")
        seen = tab.evaluate("""() => [...document.querySelectorAll('svg')].flatMap((svg) => {
          const box = svg.getBoundingClientRect();
          return [...svg.querySelectorAll('text')].filter((t) => t.textContent.trim()).map((t) => { const own = t.getBoundingClientRect();
            return {says: t.textContent, size: parseFloat(getComputedStyle(t).fontSize) * box.width / svg.viewBox.baseVal.width,
                    left: own.left - box.left, right: own.right - box.left, bottom: own.bottom - box.top, tall: box.height}; }); })""")
        chromium.close()
    assert len(seen) > 100
    assert [t for t in seen if t["size"] < 12 or t["left"] < 0 or t["right"] > WIDTH or t["bottom"] > t["tall"]] == []
    assert ROOM < WIDTH
