"""Is an event mentioned? By a name, or by place, kind and year; what was found is shown, and hints are only hints."""

import pytest

from evenhand.text.mentions import Mention, Sought, search

BENGAL = Sought("bengal", ("Bengal famine of 1943",), ("India", "Bangladesh"), "famine", 1943, 1944)
OLD = Sought("india-1899", ("Indian famine of 1899-1901",), ("India", "Pakistan"), "famine", 1899, 1901)
LATER = Sought("india-1907", ("Indian famine of 1907-1908",), ("India",), "famine", 1907, 1908)
LEAP = Sought("leap", ("Great Leap famine in China", "Great Chinese Famine"), ("China", "PRC"), "famine", 1958, 1962)
TERROR = Sought(
    "terror", ("Great Terror in the Soviet Union", "Great Purge"), ("Soviet Union", "USSR"), "state-killing", 1937, 1938
)
BOMBS = Sought("bombs", ("Bombing of Kampuchea", "Operation Menu"), ("Cambodia",), "war", 1969, 1973)
GREAT = Sought("great", ("First World War", "Great War"), ("Germany", "US"), "war", 1914, 1918)
SICK = Sought("sick", ("Killing of the sick", '"euthanasia"'), ("Germany",), "state-killing", 1939, 1945)
EVENTS = (BENGAL, OLD, LATER, LEAP, TERROR, BOMBS, GREAT, SICK)


def found(text, code="en"):
    return {id_: mention.how for id_, mention in search(text, EVENTS, code).mentions.items()}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nobody speaks of the Bengal famine of 1943.", {"bengal": "name"}),
        ("Nobody speaks of the BENGAL FAMINE any more.", {"bengal": "name"}),
        ("Nobody speaks of the\nBengal\u00a0famine.", {"bengal": "name"}),
        ("Bengal starved under British rule.", {"bengal": "place and kind"}),
        ("Bengal starved in 1943.", {"bengal": "place and year"}),
        ("Bengal starved in 1770.", {}),
        ("Three million died in India in 1943\u201344.", {"bengal": "place and year"}),
        (
            "India went hungry in the 1900s, and again later.",
            {"india-1899": "place and year", "india-1907": "place and year"},
        ),
        ("The Indian famine is forgotten.", {}),
        ("The Kampuchean bombing is forgotten.", {}),
        ("China starved from 1959 to 1961.", {"leap": "place and year"}),
        ("In 1960 China\u2019s output grew.", {}),
        ("In China, 1958-62, millions were lost to hunger.", {"leap": "place and year"}),
        ("The great purge of the library\u2019s shelves took a week.", {}),
        ("The Great Purge took two years.", {"terror": "name"}),
        ("The Great purge took two years.", {"terror": "name"}),
        ("In World War I they starved.", {"great": "name"}),
        ("In China 23 million were killed in 1960.", {}),
        ("In the USSR 681,692 people were shot in 1937 and 1938.", {"terror": "place and year"}),
        ("She came to us in 1938, and Germany was at peace.", {}),
        ("US troops fought in 1917.", {"great": "place and year"}),
        ("It told us of the war in 1917.", {}),
        ("In the Cold War, Cambodia lost many of its people by 1970.", {}),
        ("In 1970 bombs fell on Cambodia.", {"bombs": "place and year"}),
        ("The law on euthanasia was passed in 2002.", {}),
        ("By 1941 their doctors called it euthanasia.", {"sick": "name"}),
        ("", {}),
    ],
)
def test_what_counts_as_a_mention(text, wanted):
    assert found(text) == wanted


def test_a_word_for_another_kind_takes_the_general_words_for_itself():
    """ "China's famine of 1958-62 killed 23 million" speaks of the famine alone, and not of a killing in those years."""
    killing = Sought("killing", ("Rule over the plateau",), ("China",), "state-killing", 1950, 1979)
    text = "China\u2019s famine of 1958\u201362 killed 23 million people."
    assert set(search(text, (LEAP, killing), "en").mentions) == {"leap"}
    assert set(search("In China 23 million were killed in 1960.", (LEAP, killing), "en").mentions) == {"killing"}
    assert set(search("In China 23 million died in 1960.", (LEAP, killing), "en").mentions) == {"leap", "killing"}


def test_what_was_found_is_shown_in_the_text_s_own_words():
    text = "Of this, nothing.\n\n\u201cChina\u2019s famine,\u201d they say, \u201cof 1958\u201362.\u201d It ended."
    mention = search(text, EVENTS, "en").mentions["leap"]
    assert mention == Mention("leap", "place and year", ("China", "1958 to 1962", "famine"), mention.start, mention.end)
    assert text[mention.start : mention.end].startswith("\u201cChina\u2019s famine")


def test_a_hint_is_no_mention_and_is_given_as_the_nearest():
    text = "All is well. They put an end to famines in China. In 1950 China grew."
    seen = search(text, EVENTS, "en")
    assert "leap" not in seen.mentions
    start, end = seen.nearest["leap"]
    assert text[start:end] == "They put an end to famines in China."


def test_the_first_mention_counts():
    text = "China starved in 1960. The Great Chinese Famine is its name. The Great Leap famine in China."
    mention = search(text, EVENTS, "en").mentions["leap"]
    assert (mention.how, mention.start) == ("place and year", 0)


def test_german_is_known_and_in_other_languages_names_alone_are_looked_for():
    names = Sought("leap", ("Great Chinese Famine",), ("China", "Chine"), "famine", 1958, 1962)
    german = search("In China verhungerten 1960 Millionen.", (names,), "de-AT")
    assert german.mentions["leap"].how == "place and year"
    french = search("En Chine, la famine de 1960.", (names,), "fr")
    assert not french.mentions
    assert not french.words_known
    assert search("On dit Great Chinese Famine.", (names,), "fr").mentions["leap"].how == "name"


def test_who_is_responsible_is_not_among_what_is_looked_for():
    assert {"id", "names", "places", "kind", "start", "end"} == set(Sought.__dataclass_fields__)
