"""Where a method of rounds can end: every end, its likelihood, and that no end is preferred for a name."""

import numpy as np
import pytest

from evenhand.model import BadInputError
from evenhand.sources import METHODS, as_likely, dawid_skene, endings, statements, truth

SAID = [
    ("a", "yes yes no yes"), ("b", "yes no no no"), ("c", "no no yes no"), ("d", "yes - yes -"),
]  # fmt: skip


def table(mirrored: bool = False):
    word = {"yes": int(mirrored), "no": int(not mirrored)}
    rows = [(s, i, word[v]) for s, (_, line) in enumerate(SAID) for i, v in enumerate(line.split()) if v != "-"]
    return statements(*(np.array(column) for column in zip(*rows, strict=True)))


def test_an_answer_and_its_mirror_are_level():
    found = endings(table(), "dawid-skene")
    assert found[0].log_likelihood == pytest.approx(found[1].log_likelihood, abs=1e-6)
    turned = {"0": "1", "1": "0", None: None}
    assert [turned[value] for _, value in found[0].answers] == [value for _, value in found[1].answers]
    assert as_likely(found) == 2


@pytest.mark.parametrize("method", [m for m in METHODS if m != "vote"])
def test_exchanging_the_values_exchanges_every_end(method):
    ends, mirrored = endings(table(), method), endings(table(mirrored=True), method)
    turned = {"0": "1", "1": "0", None: None}
    told = {(e.starts, tuple(value for _, value in e.answers)) for e in ends}
    assert told == {(e.starts, tuple(turned[value] for _, value in e.answers)) for e in mirrored}
    for one in ends:
        if one.log_likelihood is not None:
            near = [other.log_likelihood for other in mirrored if other.starts == one.starts]
            assert near == [pytest.approx(one.log_likelihood, abs=1e-6)]


@pytest.mark.parametrize("method", ["dawid-skene", "one-coin"])
def test_every_start_is_told_once_and_the_likeliest_stands_first(method):
    found = endings(table(), method)
    starts = [start for end in found for start in end.starts]
    assert sorted(starts) == sorted(["shares", "majority", *(f"the word of {s}" for s in "0123")])
    likelihoods = [end.log_likelihood for end in found]
    assert likelihoods == sorted(likelihoods, reverse=True)
    fit = dawid_skene(table(), one_coin=method == "one-coin", start="majority", rounds=2_000, tolerance=1e-9)
    its = next(end for end in found if "majority" in end.starts)
    assert its.log_likelihood == pytest.approx(fit.log_likelihood, abs=0.01)


def test_a_start_is_taken():
    given = table()
    for start in ("shares", "majority"):
        answer = truth(given, "one-coin", start=start).answer
        end = next(end for end in endings(given, "one-coin") if start in end.starts)
        assert [None if code < 0 else given.values[code] for code in answer] == [value for _, value in end.answers]


def test_what_has_no_rounds_or_no_model():
    assert endings(table(), "vote") == ()
    assert all(end.log_likelihood is None for end in endings(table(), "truthfinder"))
    assert as_likely(endings(table(), "truthfinder")) == 0
    with pytest.raises(BadInputError, match="there is no method"):
        endings(table(), "oracle")
