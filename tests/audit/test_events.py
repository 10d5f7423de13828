"""Events: four questions, each answered by who attests what; never a share. A denial is named on the first screen."""

import pytest
from small_reference import TABLES, event, judged


def answers(folder, *claims) -> list:
    return [claim.finding.event for claim in judged(folder, *claims).claims]


def test_that_it_happened_is_answered_by_authors(tmp_path):
    found = judged(tmp_path, event("raid", "happened")).claims[0].finding
    assert found.event.answer == "That it happened is attested by C. Scribe (1957)."
    assert (found.event.place, found.event.responsible) == (("Colonia", "Bay"), ("Isle",))
    assert found.sources == ("chronicle",)


def test_its_scale_is_told_author_by_author_beside_what_the_text_says(tmp_path):
    (answer,) = answers(tmp_path, event("hunger", "scale", stated=400_000))
    assert answer.answer == (
        "The text says 400000. By author: A. Author (1980): 100,000 to 200,000, famine deaths; "
        "B. Writer (1990): 300,000, excess deaths."
    )
    assert [(a.author, a.year, a.counted, a.low, a.central, a.high) for a in answer.accounts] == [
        ("A. Author", 1980, "famine deaths", 100_000, 150_000, 200_000),
        ("B. Writer", 1990, "excess deaths", None, 300_000, None),
    ]
    assert answer.lines_of_evidence == 2


def test_a_stated_toll_of_none_is_told_too(tmp_path):
    (answer,) = answers(tmp_path, event("hunger", "scale", stated=0))
    assert answer.answer.startswith("The text says 0. ")


def test_who_was_responsible_and_whether_it_was_meant_are_attributed(tmp_path):
    who, meant = answers(tmp_path, event("hunger", "responsible"), event("hunger", "intent"))
    assert who.answer.startswith("Held responsible: Isle. Blamed on the blockade by A. Author.")
    assert meant.answer.startswith(
        "Whether it was meant is a question on which scholars and courts speak for themselves."
    )
    assert meant.answer.endswith("Called a genocide by B. Writer; the court of 1950 found no intent.")


def test_an_event_never_gets_a_share_a_place_or_a_band(tmp_path):
    claims = [event("hunger", says) for says in ("happened", "denied", "scale", "responsible", "intent")]
    for claim in judged(tmp_path, *claims).claims:
        finding = claim.finding
        assert finding.status == "judged"
        assert (finding.share, finding.band, finding.place, finding.standing_share) == (None, None, None, None)
        assert (finding.comparison, finding.hinges_on) == (None, ())
        assert "%" not in finding.verdict + finding.event.answer


@pytest.mark.parametrize(
    ("says", "voice", "stance", "denies"),
    [
        ("denied", "author", None, True),
        ("denied", "reported", "asserts", True),
        ("denied", "reported", "concedes", True),
        ("denied", "reported", "rejects", False),
        ("denied", "reported", None, False),
        ("happened", "author", None, False),
        ("happened", "reported", "rejects", True),
        ("happened", "reported", "concedes", False),
        ("scale", "author", None, False),
    ],
)
def test_only_the_text_s_own_denial_is_one(tmp_path, says, voice, stance, denies):
    claim = event("hunger", says, voice=voice, **({"stance": stance} if stance else {}))
    found = judged(tmp_path, claim)
    answer = found.claims[0].finding.event
    assert answer.denied is denies
    assert answer.answer.startswith("The text denies it.") is denies
    assert bool(found.denied) is denies
    if denies:
        named = "The text denies an event that our catalogue holds: Great Hunger, attested by A. Author (1980) and B. Writer (1990)."
        assert found.denied == (named,)


def test_total_and_per_head_stand_together_for_all_places_of_an_event(tmp_path):
    hunger, raid = answers(tmp_path, event("hunger", "scale"), event("raid", "scale"))
    assert hunger.per_head == "In 1935, 10,000,000 people lived in Newland."
    assert [account.per_head for account in hunger.accounts] == ["10 to 20 of every 1,000", "30 of every 1,000"]
    assert raid.per_head == "In 1955, 76,000 people lived in Colonia and Bay."
    assert [account.per_head for account in raid.accounts] == ["0.5 of every 1,000"]


def test_a_toll_is_not_divided_by_the_people_of_one_place_among_several(tmp_path, monkeypatch):
    known = TABLES["observations/population"].replace("BAY,1955,57000,,,yearbook,\n", "")
    monkeypatch.setitem(TABLES, "observations/population", known)
    (raid,) = answers(tmp_path, event("raid", "scale"))
    assert raid.per_head == ""


def test_the_summary_names_events_and_counts_none(tmp_path):
    found = judged(tmp_path, event("hunger", "happened"), event("raid", "happened"))
    assert found.summary == ("It speaks of Great Hunger and Raid of 1955; the cards say who attests what of each.",)
