"""Quotes are found whatever the typography, tied to the exact words, and never re-anchored in silence."""

import time
import unicodedata

import pytest
from hypothesis import assume, example, given, strategies as st

from evenhand.model import BadInputError
from evenhand.text import Document, Span, find
from evenhand.text.fold import fold

TEXT = "Nobody “ever” said so — not once… Café and naïve 😀 stay. He said so twice.\r\nThe end of the\nmatter."
SPACES = ["\u00a0", "\u202f", "\r\n", "\n", "\t", "  ", "\u2003", " \n ", "\u2028"]
SWAPS = {'"': "“”„«»", "'": "‘’ʼ", "-": "–—‑−", "...": "…"}


def said(text: str, quote: str, prefix: str | None = None, suffix: str | None = None) -> str:
    with pytest.raises(BadInputError) as caught:
        find(text, quote, prefix, suffix)
    return str(caught.value)


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("not once", "not once"),
        ('Nobody "ever" said', "Nobody “ever” said"),
        ("said so - not once...", "said so — not once…"),
        ("Cafe\u0301 and nai\u0308ve", "Café and naïve"),
        ("naïve 😀 stay", "naïve 😀 stay"),
        ("twice. The end of the matter", "twice.\r\nThe end of the\nmatter"),
        ("  The end\u00a0of\n", "The end of"),
        ("No\u00adbody", "Nobody"),
    ],
)
def test_typography_does_not_matter(quote: str, exact: str) -> None:
    span = find(TEXT, quote)
    assert TEXT[span.start : span.end] == exact


def test_invisible_characters_of_the_text_stay_inside_the_span() -> None:
    text = "the anti\u00adcommu\u200bnist\ufeff creed"
    assert find(text, "anticommunist creed") == Span(4, len(text))
    assert text[slice(*vars_of(find(text, "anticommunist")))] == "anti\u00adcommu\u200bnist"


def vars_of(span: Span) -> tuple[int, int]:
    return span.start, span.end


def test_a_part_of_a_character_is_no_match() -> None:
    assert "not in the text" in said("the cafe\u0301 closed", "the cafe")
    assert "not in the text" in said("so it ended… today", "ended..")
    assert find("the cafe\u0301 closed", "the café") == Span(0, 9)


def test_what_matches_to_the_letter_goes_before_what_only_folds_alike() -> None:
    assert find("don’t and don't", "don't") == Span(10, 15)
    assert find("don’t and don't", "don’t") == Span(0, 5)


def test_a_quote_that_stands_twice_wants_a_prefix_or_suffix() -> None:
    assert said("He rose.\nShe rose.", "rose") == (
        "the quote stands 2 times in the text and needs a prefix or suffix that says which: "
        "line 1: 'He […]. She rose.'; line 2: 'He rose. She […].'"
    )
    assert find("He rose.\nShe rose.", "rose", prefix="She") == Span(13, 17)
    assert find("He rose.\nShe rose.", "rose", suffix=". She") == Span(3, 7)
    assert find("a rose is a rose is a rose", "rose", prefix="a rose is a", suffix=" is") == Span(12, 16)


def test_a_prefix_that_does_not_settle_it_is_said() -> None:
    message = said("a rose, a rose, the rose", "rose", prefix="a")
    assert message.startswith("the quote stands 2 times in the text and needs a longer prefix or suffix: line 1: ")


def test_a_prefix_that_stands_elsewhere_is_said() -> None:
    message = said("He rose.\nShe fell.", "rose", prefix="They", suffix="up")
    assert message == (
        "the quote stands in the text, but not with the prefix 'They' and suffix 'up' right beside it: "
        "line 1: 'He […]. She fell.'"
    )


def test_a_quote_that_is_not_there_shows_the_nearest_passage_and_is_not_moved_to_it() -> None:
    assert said(TEXT, "The end of this matter") == (
        "the quote is not in the text; the nearest passage is on line 2: 'The end of the matter.'"
    )
    assert said("abc", "zzzzzzzz") == "the quote is not in the text, nor is anything like it"
    assert said("short", "a much longer quote than the text is, in short") == (
        "the quote is not in the text; the nearest passage is on line 1: 'short'"
    )


def test_an_empty_quote_is_an_error() -> None:
    assert said(TEXT, " \u200b\n") == "the quote is empty; copy the exact words of the text"


def test_many_places_are_counted_up_to_a_limit() -> None:
    assert said("no " * 50, "no").startswith("the quote stands 50 times")
    assert said("no " * 500, "no").startswith("the quote stands more than 100 times")


def test_a_document_says_where_it_lies(tmp_path: object) -> None:
    from pathlib import Path

    document = Document(Path("essay.txt"), "Some words.", "0" * 64, "essay")
    assert find(document, "words") == Span(5, 10)
    with pytest.raises(BadInputError) as caught:
        find(document, "other things entirely")
    assert str(caught.value).startswith("essay.txt: the quote is not in the text")


@pytest.mark.parametrize("text", ["a" * 200_000, "a " * 100_000, "\u0301" * 50_000 + "a", "…" * 50_000])
def test_a_hostile_text_takes_no_more_than_linear_time(text: str) -> None:
    fold.cache_clear()
    started = time.process_time()
    for quote in ("a" * 5_000, "aab", "b" * 300):
        with pytest.raises(BadInputError):
            find(text, quote)
    assert time.process_time() - started < 5


WORDS = st.lists(
    st.sampled_from(["one", "two", "café", "naïve", "o'clock", '"so"', "then-now", "wait...", "😀", "e\u0301a"]),
    min_size=1,
    max_size=12,
)


@st.composite
def mutated(draw: st.DrawFn, words: list[str]) -> str:
    """The same words as another typesetter would have set them."""
    out = []
    for word in words:
        for plain, others in SWAPS.items():
            if plain in word and draw(st.booleans()):
                word = word.replace(plain, draw(st.sampled_from(others)))  # noqa: PLW2901
        word = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), word)  # noqa: PLW2901
        if len(word) > 1 and word.isalpha() and draw(st.booleans()):
            word = word[0] + draw(st.sampled_from(["\u00ad", "\u200b", "\u2060"])) + word[1:]  # noqa: PLW2901
        out.append(word)
    spaces = [draw(st.sampled_from([" ", *SPACES])) for _ in out]
    return "".join(a + b for a, b in zip(out, spaces, strict=True))


@given(WORDS, WORDS, WORDS, st.data())
def test_a_quote_is_found_in_any_setting_of_its_words(
    before: list[str], words: list[str], after: list[str], data: st.DataObject
) -> None:
    middle = ["START", *words, "END"]
    text = data.draw(mutated([*before, *middle, *after]))
    quote = data.draw(mutated(middle))
    span = find(text, quote)
    assert fold(text[span.start : span.end]).text == fold(quote).text.strip()
    assert find(text, text[span.start : span.end]) == span


@given(st.text(max_size=60), st.data())
def test_every_stretch_that_stands_once_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    try:
        span = find(text, quote)
    except BadInputError as error:
        assume("times in the text" not in str(error) and "is empty" not in str(error))
        folded = fold(text)
        whole = {*folded.starts, *folded.ends, 0, len(text)}
        assert start not in whole or end not in whole or unicodedata.combining(quote[0])
        return
    assert fold(text[span.start : span.end]).text.strip() == fold(quote).text.strip()


@example("\u1ffd")  # a sign that is another sign, decomposed
@given(st.text(max_size=80))
def test_folding_keeps_an_exact_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert fold(folded.text).text == folded.text
