"""One self-contained page: what is on it, in which order, and that nothing from a casefile is markup."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from page_reading import all_words, tags
from report_builders import audit, hostile, large

from evenhand.report import index, page

URLS = re.compile(r'(?:src|href|action|data)\s*=\s*"([^"]*)"|url\(([^)]*)\)')


@cache
def shown() -> str:
    return page(audit())


def card(html: str, number: int) -> str:
    start = html.index(f'id="claim-{number}"')
    return html[start : html.index("</article>", start)]


def in_order(html: str, *parts: str) -> None:
    places = [html.index(part) for part in parts]
    assert places == sorted(places), dict(zip(parts, places, strict=True))


def test_sections_stand_in_the_order_of_the_issue():
    in_order(
        shown(), "<h1", "We judged 4 of 12 claims", "What this text denies", "Only 4 of 12", 'id="text"', 'id="claims"',
        'id="map"', 'id="sides"', 'id="sources"', 'id="methods"', "To make this page again",
    )  # fmt: skip


def test_a_card_tells_in_order():
    in_order(
        card(shown(), 1), "<blockquote", "The words as they stand", "The comparison in full", "our reading",
        'class="pair"', "fit the claim at least as well", 'class="verdict"', 'class="chance"', "reach this band",
        "With the choices that every text gets", "Between those years", 'data-chart="strip"', 'data-chart="tracks"',
        'data-chart="curve"', "What tips it", "Compared with whom", "sovereign", "colonised", "modelled",
        "What could not be judged, and why",
    )  # fmt: skip


def test_share_and_place_are_set_alike():
    pair = re.search(r'<div class="pair">.*?</div>', card(shown(), 1), re.DOTALL)
    assert pair
    assert re.findall(r'<span class="(\w+)" data-now="\w+">([^<]*)</span> <span', pair[0]) == [
        ("big", "47\u00a0%"),
        ("big", "32 of 152"),
    ]


def test_every_claim_has_a_way_there_and_back():
    html = shown()
    for number in range(1, 13):
        assert f'href="#claim-{number}"' in html[html.index('class="essay') : html.index('class="legend"')]
        assert html.count(f'id="text-{number}"') == 1
        assert f'href="#text-{number}"' in card(html, number)


def test_ids_are_unique_and_every_inner_link_has_its_place():
    for html in (shown(), page(hostile())):
        ids = [named["id"] for _, named in tags(html) if "id" in named]
        assert len(ids) == len(set(ids))
        inner = {named["href"][1:] for _, named in tags(html) if named.get("href", "").startswith("#")}
        labels = {name for _, named in tags(html) for name in named.get("aria-labelledby", "").split()}
        assert (inner | labels) <= set(ids)


def test_every_picture_is_followed_by_its_table():
    pictures = re.findall(r"<figure.*?</figure>", shown(), re.DOTALL)
    assert len(pictures) == 3
    for picture in pictures:
        in_order(picture, "<svg", "<title", "<desc", "<figcaption", "<details", "<table", "</details>")


def test_tables_hold_the_numbers_of_the_pictures():
    html = card(shown(), 1)
    comparison = audit().claims[0].finding.comparison
    assert comparison
    for mark in comparison.strip:
        assert f'<th scope="row" class="theirs">{mark.name}' in html
    runs = re.findall(r'–(\d[\d,]*)<td class="num">[\d.]+<td class="num">[\d.]+((?:<td class="num">\d+){3})', html)
    assert runs[-1][0] == "264"
    assert sum(int(n) for _, counts in runs for n in re.findall(r">(\d+)", counts)) == 264


def test_a_picture_can_travel_alone():
    for picture in re.findall(r'<svg class="chart".*?</svg>', shown(), re.DOTALL):
        said = all_words(picture)
        for part in ("Claim 1", "47\u00a0% of 264 ways", "32 of 152", "Northmarket Board (2020)", "0123456789ab"):
            assert part in said
    assert "264 of 792" in card(shown(), 1)


def test_years_are_written_without_a_comma():
    assert ">2010</text>" in shown()
    assert "2,010" not in shown()


def test_events_have_no_share_no_picture_and_no_colour_of_a_scale():
    event = card(shown(), 4)
    assert "look-event" in shown()[shown().index('id="claim-4"') - 60 : shown().index('id="claim-4"')]
    assert "%" not in event
    assert "<svg" not in event
    assert "fit the claim at least as well" not in event
    in_order(
        event, "Did it happen?", "On what scale?", "Who was responsible, and was it meant?", "Held responsible: the Northmarket",
        "Alder (2015) holds the Board responsible", "380 to 450", "500 to 900",
    )  # fmt: skip
    assert "death certificates" in event
    assert event.count("Rowan (2018) dissents") == 1
    assert "in 2 kinds of evidence" in event


def test_an_event_with_a_share_by_mistake_still_shows_none():
    base = audit()
    wrong = replace(
        base.claims[2],
        finding=replace(
            base.claims[2].finding, share=0.5, band="depends", comparison=base.claims[0].finding.comparison
        ),
    )
    html = page(replace(base, claims=(*base.claims[:2], wrong, *base.claims[3:])))
    assert "<svg" not in card(html, 4)
    assert "%" not in card(html, 4)


def test_kinds_that_are_not_judged_yet_are_shown_with_their_questions():
    html = card(shown(), 3)
    assert "Not judged yet." in html
    assert "Which hospitals count as rivals?" in html
    assert "Reported, and rejected by the author." in html


def test_sums_are_shown():
    html = card(shown(), 5)
    assert "21 + 17 = 38" in html
    assert "It agrees." in html
    assert "It does not agree." in html


def test_what_cannot_be_judged_says_why():
    assert "the household survey could" in card(shown(), 12)
    assert "Cannot be judged." in card(shown(), 12)


def test_nothing_from_a_casefile_becomes_markup():
    html = page(hostile()) + index([("<script>x</script>", '"><img src=x>', hostile())])
    names = [tag for tag, _ in tags(html)]
    assert "script" not in names
    assert "img" not in names
    assert not [named for _, named in tags(html) if any(key.startswith("on") for key in named)]
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_no_address_but_the_web_can_be_followed():
    assert not re.search(r'href="\s*javascript', shown())
    assert "javascript:alert(1)" in shown()


@pytest.mark.parametrize("html", [page(audit()), index([("One", "one.html", audit())])])
def test_nothing_is_fetched(html):
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert "<script" not in html
    fetched = [a or b for a, b in URLS.findall(html)]
    assert not [url for url in fetched if not url.startswith(("#", "data:", "https://example.org", "one.html"))]


def test_same_audit_same_bytes():
    assert page(audit()) == page(audit())


def test_no_path_of_the_machine():
    assert not re.search(r"/(?:home|tmp|root|work|Users)/", shown())


def test_thirty_claims_stay_small():
    html = page(large())
    assert html.count('<figure class="picture"') == 45
    assert len(html.encode()) < 3_500_000, "2.4 without the data of the charts, of which no real page has as many lines"


def test_a_withheld_answer_is_said_once():
    assert shown().count("no answer on the text as a whole") == 1
    bare = page(replace(audit(), summary=()))
    assert bare.count("We give no answer for the text as a whole") == 1


def test_headings_step_down_one_by_one():
    levels = [int(tag[1]) for tag, _ in tags(shown()) if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_side_by_side_keeps_the_callers_order():
    html = index([("Zed", "z.html", audit()), ("Aba", "a.html", audit())])
    in_order(html, "Zed", "Aba")
    assert 'href="z.html#claim-1"' in html
    assert html.count("We judged 4 of 12 claims") == 2


def test_the_matrix_leaves_out_columns_that_say_nothing_and_names_them():
    html = shown()[shown().index('id="map"') : shown().index('id="sides"')]
    assert "Nobody here has figures" not in html
    base = audit()
    assert base.matrix
    cells = tuple((*row[:3], replace(row[3], state="none", value="")) for row in base.matrix.cells)
    html = page(replace(base, matrix=replace(base.matrix, cells=cells)))
    assert "Deaths in hospital." in html[html.index("Nobody here has figures") :]
