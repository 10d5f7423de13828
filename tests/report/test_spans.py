"""Claims in, across and beside each other: every one keeps a link, and no character of the text is lost."""

from dataclasses import replace

from hypothesis import given, strategies as st
from report_builders import audit

from evenhand.report.spans import anchors, paragraphs

TEXT = "One two three four five.\n\nSix seven eight nine ten.\r\n\r\nEleven twelve."


def claims(*spans: tuple[int, int]):
    base = audit().claims[0]
    return [replace(base, id=f"c{k}", start=a, end=b, quote=TEXT[a:b]) for k, (a, b) in enumerate(spans)]


def links(marks, made) -> set[int]:
    found = set()
    for paragraph in made:
        for piece in paragraph:
            found |= {piece.anchor.number} if piece.anchor else set()
            found |= {mark.number for mark in (*piece.ends, *piece.beside)}
    return found


def test_the_innermost_claim_has_the_link():
    marks = anchors(claims((0, 23), (4, 7)))
    made = paragraphs(TEXT, marks)
    assert [(p.text, p.anchor.number if p.anchor else None) for p in made[0]] == [
        ("One ", 1), ("two", 2), (" three four five", 1), (".", None),
    ]  # fmt: skip
    assert [mark.number for p in made[0] for mark in p.ends] == [2, 1]


def test_a_claim_that_lies_wholly_under_others_has_a_link_beside():
    marks = anchors(claims((0, 13), (0, 7), (8, 13), (7, 8)))
    made = paragraphs(TEXT, marks)
    assert [mark.number for p in made[0] for mark in p.beside] == [1]
    assert links(marks, made) == {1, 2, 3, 4}


def test_equal_spans_keep_both():
    marks = anchors(claims((4, 7), (4, 7)))
    assert links(marks, paragraphs(TEXT, marks)) == {1, 2}


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)), max_size=6))
def test_nothing_is_lost(raw):
    marks = anchors(claims(*[(a, min(len(TEXT), a + n)) for a, n in raw]))
    made = paragraphs(TEXT, marks)
    assert "".join(piece.text for paragraph in made for piece in paragraph) == TEXT.replace("\n\n", "").replace(
        "\r\n\r\n", ""
    )
    assert links(marks, made) == {mark.number for mark in marks}
    for mark in marks:
        addresses = [p for par in made for p in par if (p.first and p.anchor == mark) or mark in p.beside]
        assert len(addresses) == 1
