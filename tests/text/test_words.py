"""The table of words is consistent with itself and even-handed between up and down."""

from evenhand.text import read_stated
from evenhand.text.words import words


def test_no_phrase_means_two_things() -> None:
    for after in (False, True):
        phrases = [phrase for rule in words().rules if rule.after is after for phrase in rule.words]
        assert len(phrases) == len(set(phrases))
        assert not {*phrases} & {*words().filler}
        assert all(phrase == phrase.lower().strip() for phrase in phrases)


def test_number_words_do_not_overlap() -> None:
    table = words()
    kinds = [set(table.numbers), set(table.magnitudes), set(table.fractions), set(table.multiples)]
    assert sum(map(len, kinds)) == len(set.union(*kinds))


def test_every_phrase_is_read_as_its_own_rule() -> None:
    for rule in words().rules:
        for phrase in rule.words:
            found = read_stated(f"40 {phrase}" if rule.after else f"{phrase} 40")
            assert found is not None, phrase
            assert (found.value, found.tolerance) == (40, rule.shown), phrase


def test_what_is_allowed_below_is_allowed_above_by_a_mirror_rule() -> None:
    reaches = {(rule.below, rule.above, rule.open) for rule in words().rules}
    assert {(above, below, open_) for below, above, open_ in reaches} == reaches
