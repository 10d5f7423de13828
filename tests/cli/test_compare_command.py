"""``evenhand compare``: one question, answered in the terminal; what it draws is held to the letter."""

import json

import jsonschema
import pytest
from small_case import TOWNS, figures

from evenhand.report import json_schema

YEARS = ("--from", "2005", "--to", "2019")
DELAY = ("--measure", "delay", "--direction", "down", "--data", "case/own.csv", "--new-units")
FEWER = """\
From 2005 to 2019, delay fell more in Alderton than in the middle one of all others with figures.
Delay in Alderton fell, 52 to 32.1 (2005 to 2019).

It comes out so by change: −19.9 against −6.6, place 2 of 12.

   1 Junipercot ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ −21.1
   2 Alderton      █████████████████████████████████████████████ −19.9 ◀
   3 Elmstow         ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ −18.7
   4 Cedarby          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ −18.6
     …         \n\
  10 Ivywick                                                ░░░░ −1.7
  11 Dogwater                                                   ░░ +0.9
  12 Hazelmoor                                                  ░░░░░░░░░░░░ +5.3

Beware: Neither more nor less of delay is called better here.

Sources: timetable (`evenhand data show SOURCE` for each in full).
"""


@pytest.fixture
def ask(here, folder):
    """Asks about the towns' delays."""
    return lambda *words, **more: here("compare", *DELAY, *words, **more)


@pytest.mark.usefixtures("folder")
def test_the_answer_to_the_letter(run):
    done = run("compare", *DELAY, "Alderton", *YEARS)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == FEWER


def test_every_way_is_told_where_that_is_asked_for(ask):
    told = ask("Dogwater", *YEARS, "--multiverse").stdout
    assert "Over 135 ways of comparing that we tried: 0\xa0%. Comes out otherwise in every way that we tried." in told
    assert "10 of 11 others fit the claim at least as well under the same ways." in told
    assert "This is not the chance that the claim is true." in told
    assert "Nothing that we tried changes it." in told


def test_what_tips_it_is_told_with_the_share_under_each_option(ask):
    told = ask("Elmstow", *YEARS, "--multiverse", "--form", "among-the-most").stdout.replace("\xa0", " ")
    assert "Over 150 ways of comparing that we tried: 37 %. Depends on the way of comparing." in told
    assert "  the figures' own range: central figures 20 %, bounds against it 4 %, bounds in its favour 88 %\n" in told
    assert "  whom it is compared with: all others 36 %, the 10 nearest at the start 39 %\n" in told
    assert "Nothing that we tried changes it." not in told


@pytest.mark.parametrize("direction", ["up", "down"])
@pytest.mark.parametrize("form", ["more", "less", "most", "least", "among-the-most"])
def test_the_place_is_the_row_in_the_picture(ask, form, direction):
    told = ask("Elmstow", *YEARS, "--form", form, "--direction", direction).stdout
    row = next(line.split()[0] for line in told.splitlines() if line.endswith("◀"))
    assert f"place {row} of 12." in told


def test_a_pair_marks_both(ask):
    told = ask("Alderton", *YEARS, "--against", "Hazelmoor").stdout
    assert told.startswith("From 2005 to 2019, delay fell more in Alderton than in Hazelmoor.\n")
    assert "delay in Hazelmoor rose, " in told
    assert [line.split()[1] for line in told.splitlines() if "▓" in line] == ["Hazelmoor"]
    assert [line.split()[1] for line in told.splitlines() if "◀" in line] == ["Alderton"]


def test_a_level_has_no_sign(ask):
    told = ask("Alderton", "--from", "2020", "--to", "2020", "--standard", "level", "--against", "Birchley").stdout
    assert "It comes out so by level at the end: 30 against 56.8, place 2 of 12." in told
    assert "+" not in told
    assert told.startswith(
        "In 2020, delay stood lower in Alderton than in Birchley.\nDelay in Alderton stood at 30 in 2020;"
    )


def test_places_count_from_the_end_that_the_question_points_to(ask):
    rows = {row["unit"]: 0.0 for row in figures()}
    for row in figures():
        if row["measure"] == "delay" and row["year"] in {2005, 2019}:
            rows[row["unit"]] += row["value"] * (1 if row["year"] == 2019 else -1)
    order = sorted(TOWNS, key=lambda town: rows[town])
    for direction, wanted in (("down", order), ("up", order[::-1])):
        told = ask("Alderton", *YEARS, "--direction", direction).stdout
        chart = [line.split() for line in told.splitlines() if "░" in line or "█" in line]
        for place, town, *_ in chart:
            assert wanted[int(place) - 1] == town


def test_json_is_the_finding_as_an_audit_gives_it(ask):
    told = json.loads(ask("Alderton", *YEARS, "--json").stdout)
    definitions = json_schema()
    jsonschema.validate(told, {**definitions["$defs"]["Finding"], "$defs": definitions["$defs"]})
    assert told["share"] == 1.0


def test_a_group_of_the_catalogue_is_a_subject_too(here):
    done = here("compare", "soviet-type", "--measure", "life-expectancy", "--from", "1950", "--to", "1985")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("From 1950 to 1985, life expectancy at birth rose more in ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Aldertown", *YEARS), ["Aldertown", "closest: ", "Alderton"]),
        (("Alderton", *YEARS, "--measure", "dealy"), ["no measure is called ‘dealy’", "closest: ", "delay"]),
        (("Alderton", *YEARS, "--against", "nobodies"), ["nobodies"]),
        (("Alderton", *YEARS, "--against", "Alderton"), ["the subject is compared with itself"]),
        (("Alderton", "--from", "2019", "--to", "2005"), ["--from 2019 lies after --to 2005"]),
        (("Alderton", "--from", "2010", "--to", "2010"), ["starts and ends in 2010"]),
        (
            ("Alderton", "--from", "1700", "--to", "1710"),
            ["nobody has a figure of delay from 1700 to 1710", "1996 to 2024"],
        ),
        (("Alderton", *YEARS, "--event", "2024"), ["--event 2024 is not between 2005 and 2019"]),
        (("Alderton", *YEARS, "--form", "moer"), ["there is no form ‘moer’", "closest: more"]),
        (("Alderton", *YEARS, "--form", "by-at-least"), ["the form by-at-least needs more than a line says"]),
        (("Alderton", *YEARS, "--form", "always"), ["the form always needs more than a line says"]),
        (("Alderton", *YEARS, "--form", "most", "--against", "Birchley"), ["cannot be said against one unit"]),
        (("Alderton", *YEARS, "--standard", "chnage"), ["there is no rule ‘chnage’", "closest: change"]),
        (("Alderton", *YEARS, "--data", "nothing.csv"), ["nothing.csv", "no such file"]),
        (("Alderton", "--from", "soon", "--to", "2005"), ["'soon' is not a valid integer"]),
    ],
)
def test_a_question_that_cannot_be_asked(ask, words, told):
    done = ask(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    for part in told:
        assert part in done.stderr, done.stderr


def test_what_cannot_be_judged_is_an_answer(here, tmp_path):
    few = "unit,measure,year,value\n" + "".join(f"{t},few,{y},{y - 1990}\n" for t in TOWNS[:3] for y in (2005, 2019))
    (tmp_path / "few.csv").write_text(few, encoding="utf-8")
    done = here("compare", TOWNS[0], "--measure", "few", *YEARS, "--data", "few.csv", "--new-units")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\nCannot be judged: too few others with figures to compare with.\n")
