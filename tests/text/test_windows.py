"""Years in words: spans, decades, named periods, and who ruled when."""

import pytest

from evenhand.catalog import Catalog
from evenhand.model import Chronicle
from evenhand.text import language
from evenhand.text.windows import years_in


@pytest.fixture(scope="module")
def chronicle() -> Chronicle:
    return Catalog.open().vocabulary()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("between 1960 and 1990", (1960, 1990)),
        ("in the 1930s", (1930, 1939)),
        ("It rose under Salazar.", (1932, 1968)),
        ("It rose under António de Oliveira Salazar.", (1932, 1968)),
        ("Salazar's rule was long.", (1932, 1968)),
        ("during the rule of General Franco", (1939, 1975)),
        ("under Duvalier", (None, None)),  # father and son
        ("under Nobody Known", (None, None)),
        ("under Franco and under Salazar", (None, None)),
        ("It fell since the war.", (1945, None)),
        ("between the wars", (1918, 1939)),
        ("throughout the second half of the twentieth century", (1951, 2000)),
        ("since 1948", (1948, None)),
        ("the war on waste", (None, None)),
    ],
)
def test_years(text, years, chronicle):
    found = years_in([text], language("en"), chronicle)
    assert (found.start, found.end) == years


def test_a_name_that_several_bore_is_a_question(chronicle):
    (doubt,) = years_in(["under Duvalier"], language("en"), chronicle).doubts
    assert "Francois Duvalier (HTI, 1957 to 1971)" in doubt
    assert "Jean-Claude Duvalier" in doubt


def test_what_was_read_as_years_is_said(chronicle):
    assert "in office from 1932 to 1968" in years_in(["under Salazar"], language("en"), chronicle).because
    assert "read as from 1945 on" in years_in(["since the war"], language("en")).because


def test_the_nearest_text_goes_first(chronicle):
    found = years_in(["since 1950", "between 1960 and 1990"], language("en"), chronicle)
    assert (found.start, found.end) == (1950, 1990)
    found = years_in(["nothing", "under Salazar"], language("en"), chronicle)
    assert found.state == "PRT"


def test_another_language_needs_no_code():
    assert years_in(["zwischen 1960 und 1990"], language("de")).start == 1960
