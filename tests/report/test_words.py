"""The page is written for people who have never heard our words."""

import re
from pathlib import Path

import pytest
from page_reading import all_words, own_words
from report_builders import audit

import evenhand.report
from evenhand.model.verdict import BANDS, NOT_A_CHANCE
from evenhand.report import index, page
from evenhand.report.words import FORBIDDEN, claim_verdict, number, percent, rule, span

FOLDER = Path(evenhand.report.__file__).parent
TEMPLATES = sorted((FOLDER / "templates").rglob("*.jinja"))


def template_words(text: str) -> str:
    """What a template prints itself: neither markup nor expressions."""
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", " ", text, flags=re.DOTALL)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_uses_a_word_of_ours(template):
    said = template_words(template.read_text(encoding="utf-8"))
    for pattern, instead in FORBIDDEN:
        assert not re.search(pattern, said, re.IGNORECASE), f"{pattern} in {template.name}; say {instead}"
    assert "because" not in said.lower()


def test_templates_are_short():
    for path in [*TEMPLATES, *(FOLDER / "templates").glob("*.css"), *FOLDER.rglob("*.py")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) < 400, path.name


@pytest.mark.parametrize("html", [page(audit()), index([("One", "a.html", audit()), ("Two", "b.html", audit())])])
def test_no_rendered_page_uses_a_word_of_ours(html):
    said = own_words(html)
    for pattern, instead in FORBIDDEN:
        found = re.search(pattern, said, re.IGNORECASE)
        assert not found, f"{said[max(0, found.start() - 60) : found.end() + 60]!r}; say {instead}"


def test_the_text_keeps_its_own_words():
    assert "No observer of any standing doubts it" in all_words(page(audit()))


def test_the_sentences_that_are_fixed():
    html = page(audit())
    compared = [claim for claim in audit().claims if claim.finding.share is not None]
    assert html.count(f'<p class="chance">{NOT_A_CHANCE}</p>') == len(compared)
    assert "Of what our catalogue holds. Leaving out is not lying: a short text must." in html
    for _, sentence in BANDS:
        assert sentence in html


def test_a_share_never_rounds_to_certainty():
    assert [percent(share).replace("\u00a0", " ") for share in (0, 0.001, 0.5, 0.996, 1)] == [
        "0 %", "under 1 %", "50 %", "over 99 %", "100 %",
    ]  # fmt: skip


def test_numbers_read_as_people_write_them():
    assert [number(value) for value in (1234567.0, 61.25, 0.04567, -3.0, None, float("nan"))] == [
        "1,234,567", "61.2", "0.0457", "−3", "–", "–",
    ]  # fmt: skip
    assert span(380, 900) == "380 to 900"
    assert span(None, 900) == "up to 900"
    assert span(500, None) == "at least 500"


def test_rules_are_named_in_words():
    assert rule("GapClosed") == rule("gap_closed") == "how much of the gap to the best was closed"
    assert rule("something else") == "something else"


def test_a_verdict_is_a_sentence_about_the_claim():
    assert claim_verdict("comes out in most ways that we tried") == "The claim comes out in most ways that we tried."
    assert claim_verdict("Nothing was tried.") == "Nothing was tried."
