"""A saved web page: what its reader sees is read, what no reader sees is not, and every offset stays."""

from pathlib import Path

import pytest

from evenhand.text import Document, draft, find
from evenhand.text.document import title_of
from evenhand.text.markup import as_seen, seen, shown

UNREAD = "Buses are worse than ever."
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Opinion | Post</title><script>var a = "{UNREAD}"; if (a<b && c>d) {{}}</script></head>
<body class="sidebar"><noscript>{UNREAD}</noscript><nav><ul><li>{UNREAD}</li></ul></nav>
<div class="cookie-banner">{UNREAD}</div><main><article><h1>Trams
 beat buses</h1><p class="byline">{UNREAD}</p><figure><figcaption>{UNREAD}</figcaption></figure>
<p>Chile&rsquo;s income
grew <b>fast</b>er than <a title="a>b" href="https://example.org/a>b">Spain&#8217;s</a> did.<sup><a href="#n">1</a></sup>
An area of 30&nbsp;km<sup>2</sup> is <img src="data:{"A" * 9000}">bigger.</p>
<aside><p>{UNREAD}</p></aside><p hidden>{UNREAD}</p><div style="display: none">{UNREAD}</div>
<blockquote><p>It was the worst.</p><footer>{UNREAD}</footer></blockquote>
<ul><li><a href="/x">{UNREAD}</a></li><li>Fares fell by a third.</li></ul><table><tr><td>{UNREAD}</td></tr></table>
<section class="footnotes"><ol><li id="n"><p>A note &amp; more.</p></li></ol></section></article></main>
<footer>{UNREAD}</footer><p>{UNREAD}</p></body></html>"""


def test_a_page_is_read_as_its_reader_sees_it():
    page = shown(PAGE)
    assert len(seen(PAGE)) == len(PAGE)
    assert page.text.strip() == (
        "Trams beat buses\n\nChile’s income grew faster than Spain’s did.[1] An area of 30 km^2 is bigger.\n\n"
        "> It was the worst.\n\n- Fares fell by a third.\n\n1. A note & more."
    )
    assert title_of(PAGE, Path("saved.html")) == "Trams beat buses"


def test_a_quote_of_a_page_is_its_source_to_the_letter_and_readable_beside():
    made = draft(Document(Path("saved.html"), PAGE, "", "Trams beat buses"))
    claims = made.claims
    assert all(PAGE[c.start : c.end] == c.quote for c in claims)
    words = as_seen(PAGE, claims[0].start, claims[0].end)
    assert words.startswith("Chile’s income grew faster than Spain’s did")
    assert made.drafted[0].cites[0].citation == "A note & more."
    for claim in claims:
        readable = as_seen(PAGE, claim.start, claim.end)
        for quote in (claim.quote, readable):
            found = find(PAGE, quote)
            assert as_seen(PAGE, found.start, found.end) == readable
    page = shown(PAGE)
    start, end = page.span(claims[0].start, claims[0].end)
    assert page.text[start:end] == words


@pytest.mark.parametrize(
    "text",
    [
        "<p>" + "<a b='" * 3,
        "<p>&amp",
        "<p><",
        "<p></p",
        "<p><!-- x",
        "<p><nav>x",
        "<p><sup>1",
        "<p><main></main>x",
        "<p>\r\nx<br>",
    ],
)
def test_what_is_never_closed_keeps_its_length(text):
    assert len(seen(text)) == len(text)


def test_where_main_is_empty_the_rest_is_read():
    assert "trams" in seen("<html><main></main><p>All trams run.</p></html>")


def test_a_quotation_of_several_lines_is_read_without_its_marks():
    text = "> The trams were\n> better than the buses.\n"
    (claim,) = draft(Document(Path("x.md"), text, "", "")).claims
    assert ">" not in claim.reads
    assert claim.quote in text
