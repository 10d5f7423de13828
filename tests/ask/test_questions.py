"""Two hundred questions that were written before the grammar, and a hundred after it: read rightly, or refused for the right reason.

What may never happen is that one is read otherwise than it should be with nothing asked about it.
"""

import sys

import pytest
from expected import outcome, questions

from evenhand.asking import NotUnderstoodError, Understood, settle, understand
from evenhand.asking.telling import check_whole
from evenhand.model import BadInputError

MISTAKEN = {
    "How does Uruguay's decline in infant mortality between 1960 and 2000 compare with Chile's?":
    "written in the belief that there were no figures for Uruguay; it was read as it should be",
}  # fmt: skip


def test_at_least_95_of_100_questions_are_read_and_none_is_misread(catalog, capsys):
    found = [outcome(entry, catalog) for entry in questions("questions")]
    right = [one for one in found if one.right]
    with capsys.disabled():
        sys.stderr.write(f"\n{len(right)} of {len(found)} questions were understood, or refused for the right reason\n")
    assert len(found) == 200
    assert [one for one in found if one.silent] == []
    assert len(right) >= 0.95 * len(found), [one for one in found if not one.right]


@pytest.mark.parametrize(("name", "least"), [("held_out", 47), ("held_out_2", 30)])
def test_of_later_questions_none_is_misread_either(name, least, catalog):
    found = [outcome(entry, catalog) for entry in questions(name)]
    assert [one for one in found if one.silent and one.question not in MISTAKEN] == []
    assert sum(one.right for one in found) >= least


def test_the_list_is_two_hundred_different_questions_in_opposed_pairs():
    entries = questions("questions")
    pairs: dict[int, list[str]] = {}
    for entry in entries:
        if "pair" in entry:
            pairs.setdefault(entry["pair"], []).append(entry["q"])
    assert len({entry["q"] for entry in entries}) == 200
    assert len(pairs) >= 8
    assert all(len(pair) == 2 for pair in pairs.values())


def pairwise(u: Understood) -> tuple[str, str, str]:
    return u.subjects[0], u.against[0], u.form.name


def test_whoever_is_named_the_question_is_read_alike(catalog):
    """The words decide, and not who they are about: every pair of names, both ways round, gets the same reading."""
    names = {
        "Cuba": "CUB",
        "Chile": "CHL",
        "the Soviet Union": "SUN",
        "the United States": "USA",
        "East Germany": "DDR",
        "Spain": "ESP",
    }
    for one, one_id in names.items():
        for other, other_id in names.items():
            if one_id == other_id:
                continue
            got = understand(f"{one} cut infant mortality more than {other} from 1960 to 1985", catalog)
            assert pairwise(got) == (one_id, other_id, "more")
            assert (got.form.direction, got.measure, got.window, got.missing) == (
                "down",
                "infant-mortality",
                (1960, 1985),
                (),
            )


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ("hardly", "turns the question round"),
        ("did not", "turns the question round"),
        ("never", "turns the question round"),
    ],
)
def test_a_word_that_turns_a_question_round_is_never_passed_over(change, asked, catalog):
    with pytest.raises(NotUnderstoodError, match=asked) as error:
        understand(f"Infant mortality {change} fall more in Cuba than in Haiti from 1960 to 1990", catalog)
    assert error.value.reason == "unclear"


def test_a_word_that_nothing_reads_is_asked_about(catalog):
    got = understand("Infant mortality fell spectacularly more in Cuba than in Haiti from 1960 to 1990", catalog)
    assert [lack.what for lack in got.missing] == ["words"]
    assert "spectacularly" in got.missing[0].asks
    with pytest.raises(BadInputError, match="spectacularly"):
        check_whole(got)


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Chile saw a smaller fall in infant mortality than Cuba between 1970 and 1990", ("less", "down", "change")),
        ("Chile had a bigger fall in infant mortality than Cuba between 1970 and 1990", ("more", "down", "change")),
        ("The rise in life expectancy was greater in Chile than in Cuba from 1970 to 1990", ("more", "up", "change")),
        ("Infant mortality fell more slowly in Chile than in Cuba from 1970 to 1990", ("less", "down", "change")),
        ("Illiteracy fell more in Chile than in Cuba from 1950 to 1980", ("more", "up", "change")),
        ("Repression worsened more in Chile than in Argentina from 1970 to 1980", ("more", "down", "change")),
        ("Repression increased more in Chile than in Argentina from 1970 to 1980", ("more", "down", "change")),
        ("Cuba was worse than Chile in infant mortality in 1990", ("more", "up", "level")),
        ("Do the Swiss spend less on arms than the Swedes? 1980", ("more", "down", "level")),
        (
            "Life expectancy rose at most 5 years more in Chile than in Cuba from 1960 to 1990",
            ("at-most", "up", "change"),
        ),
        ("Chile had the smallest rise in GDP per head of its region, 1970 to 1980", ("least", "up", "change")),
    ],
)
def test_which_way_a_question_points(question, form, catalog):
    got = understand(question, catalog)
    assert (got.form.name, got.form.direction, got.rule) == form
    assert got.missing == ()


@pytest.mark.parametrize(
    "question",
    [
        "Cuba cut infant mortality to a lower level than Chile from 1960 to 1990",
        "Cuba's life expectancy exceeded Chile's by 3 years in 1990",
        "Cuba's infant mortality fell more before 1975 than Chile's",
        "GDP per person doubled in China from 1980 to 1990",
        "GDP per person was nearly twice as high in France as in Spain in 1960",
        "Infant mortality fell most in Cuba in the 1960s",
        "Infant mortality fell only in Cuba from 1960 to 1990",
        "Total GDP grew more in China than in Japan from 1980 to 2000",
    ],
)
def test_what_would_make_it_another_question_is_asked_about(question, catalog):
    assert understand(question, catalog).missing != ()


@pytest.mark.parametrize(
    "question",
    [
        "Cuba cut infant mortality at least as much as Haiti, 1960 to 1990",
        "Cuba had its lowest infant mortality in 1990",
        "Chile cut infant mortality to the lowest in the region by 1990",
        "Cuba's infant mortality was less than half of Haiti's in 2000",
        "Cuba's infant mortality fell more in the 1970s than in the 1960s",
        "Literacy rose in Cuba, Haiti from 1950 to 1990",
        "Cuba cut infant mortality more than Haiti from 1960 to 1990 to 2000",
        "Women's life expectancy rose more in Cuba than in Haiti from 1960 to 1990",
    ],
)
def test_what_figures_cannot_say_is_refused(question, catalog):
    with pytest.raises(NotUnderstoodError):
        understand(question, catalog)


def test_the_standing_choices_never_leave_out_a_word_that_turns_a_question(catalog):
    got = understand("Cuba cut infant mortality to a lower level than Chile from 1960 to 1990", catalog)
    with pytest.raises(BadInputError, match="“lower”: not understood"):
        settle(got, {}, catalog)


def test_an_ambiguous_name_lists_its_candidates_with_their_years(catalog):
    with pytest.raises(NotUnderstoodError) as error:
        understand("Life expectancy rose more in Korea than in Japan from 1950 to 1990", catalog)
    told = str(error.value)
    assert error.value.reason == "ambiguous-name"
    assert all(word in told for word in ("KOR (South Korea, from 1880)", "PRK (North Korea"))


def test_a_year_before_any_figure_says_the_first_year(catalog):
    first = min(seen.start for seen in catalog.observations("infant-mortality", ["MEX"]))
    with pytest.raises(NotUnderstoodError, match=f"is of {first}, and the question begins in 1930") as error:
        understand("Infant mortality in Mexico fell more than in the United States between 1930 and 1960", catalog)
    assert error.value.reason == "before-figures"


def test_a_question_outside_the_catalogue_says_what_figures_would_answer_it(catalog):
    with pytest.raises(NotUnderstoodError) as error:
        understand("Rents rose faster in Berlin than in Vienna from 2010 to 2020", catalog)
    told = str(error.value)
    assert error.value.reason == "outside"
    assert all(
        word in told
        for word in (
            "unit, year, value",
            "2010 and 2020",
            "--measure-unit",
            "--better",
            "evenhand data import",
            "at least three others",
        )
    )


def test_two_measures_are_one_clear_message(catalog):
    with pytest.raises(NotUnderstoodError, match="“literacy” and “infant mortality”") as error:
        understand("Cuba improved both literacy and infant mortality more than its neighbours, 1960 to 1990", catalog)
    assert len(error.value.problems) == 1


def test_somebody_of_the_same_surname_is_somebody_else(catalog):
    with pytest.raises(NotUnderstoodError) as error:
        understand("Infant mortality fell more under Raúl Castro than under Francisco Franco", catalog)
    assert error.value.reason == "unknown-name"


def test_figures_of_ones_own_are_understood_by_their_own_names(catalog, tmp_path):
    rows = [
        f"{town},{year},{40 - i - (year - 2010)}"
        for i, town in enumerate(("Ashby", "Birk", "Corran", "Dunmore", "Elswick", "Farley"))
        for year in (2010, 2015, 2020)
    ]
    (tmp_path / "late-buses.csv").write_text("\n".join(["unit,year,value", *rows]) + "\n", encoding="utf-8")
    from evenhand.catalog import measure_from

    measure = measure_from({"id": "late-buses", "name": "Buses that come late", "concept": "late-buses", "domain": "transit", "unit": "% of buses",
                            "better": "lower", "because": "nobody likes to wait", "scale": "share"})  # fmt: skip
    own = catalog.with_own([catalog.read_own(tmp_path / "late-buses.csv", measures=[measure], new_units=True)])
    got = understand("Buses that come late fell more in Ashby than in Farley from 2010 to 2020", own)
    assert (got.measure, got.window, got.form.direction, got.missing) == ("late-buses", (2010, 2020), "down", ())
    assert [own.unit(got.subjects[0]).name, own.unit(got.against[0]).name] == ["Ashby", "Farley"]
