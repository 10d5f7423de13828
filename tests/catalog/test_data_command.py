"""``evenhand data``: what a person sees."""

import json
import subprocess
import sys
from functools import partial

import pytest

from evenhand.catalog import Catalog
from evenhand.cli import run


@pytest.fixture
def data(monkeypatch, folder, capsys):
    """Runs ``evenhand data ...`` on the small tables: exit code, output, errors."""
    monkeypatch.setattr(Catalog, "open", partial(Catalog.open, folder=folder))

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["data", *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def test_list_measures_by_domain(data):
    code, out, _ = data("list")
    assert code == 0
    assert out.startswith(
        "health\n"
        "  years      Years of life          life  1925 to 1956  6 units  2 sources\n"
        "  years-old  Years of life by hand  life  1930          1 unit   1 source\n"
        "\n"
        "security\n"
    )


def test_list_events_with_those_who_attest_them(data):
    assert data("list", "--events")[1] == (
        "1932 to 1933  Great Hunger  (famine; NEA)  [hunger]\n"
        "  estimates by A. Author (1980), B. Writer (1990)\n"
        "1955  Raid of 1955  (state-killing; COL)  [raid]\n"
        "  estimates by A. Author (1980)\n"
    )


@pytest.mark.parametrize("kind", ["--measures", "--units", "--events", "--groups", "--sources"])
def test_every_list_is_also_json(data, kind):
    code, out, _ = data("list", kind, "--json")
    assert code == 0
    assert all("id" in row for row in json.loads(out))
    assert data("list", kind)[0] == 0


def test_show_an_event_by_the_rule_for_the_dead(data):
    assert data("show", "the hunger")[1] == (
        "Great Hunger  [hunger]\n"
        "  famine, 1932 to 1933\n"
        "  also called The Hunger\n"
        "  place: New East\n"
        "  held responsible: Old Union, The Boss\n"
        "  In 1930, 10,000,000 people lived in New East\n"
        "\n"
        "Estimates\n"
        "  A. Author (1980): 150,000 (100,000 to 200,000) famine-deaths (10 to 20 of every 1,000); evidence:\n"
        "    registers [chronicle]\n"
        "  B. Writer (1990): 300,000 excess-deaths (30 of every 1,000); evidence: censuses [chronicle]\n"
        "\n"
        "Attributed\n"
        "  Blamed on the plan.\n"
        "  Blamed on the weather.\n"
        "\n"
        "Sources\n"
        "  [chronicle] Chronicle (1980). Press\n"
    )


def test_show_a_measure_with_what_it_cannot_see_and_full_citations(data):
    out = data("show", "years")[1]
    assert "What it cannot see\n  NEA, OLD, 1931 to 1934, famine: The series reads 50 throughout.\n" in out
    assert "  Isle [ISL]: 5 figures; 1925: 60, 1955: 66\n" in out
    assert "  [atlas] Atlas, third edition (1999). Press. https://example.org\n" in out
    assert "1930: 61 (60 to 62)" in data("show", "years", "--all")[1]


def test_show_a_unit_with_names_kin_spells_and_events(data):
    out = data("show", "Eastland")[1]
    assert "also called Eastland\n" in out
    assert "came from Old Union\n" in out
    assert "Planned economies, from 1950, disputed: a plan until the end\n" in out
    assert "Events in it\n  1932 to 1933  Great Hunger" in out
    assert "Years of life [years], years: 3 figures; 1930: 50, 1950: 55\n" in out
    assert "The Boss" in data("show", "ISL")[1]


@pytest.mark.parametrize("name", ["years", "NEA", "hunger", "planned", "atlas"])
def test_everything_can_be_shown_as_text_and_json(data, name):
    assert data("show", name)[0] == 0
    code, out, _ = data("show", name, "--json")
    assert code == 0
    assert json.loads(out)["id"] == name


def test_unknown_and_shared_names_are_bad_input(data):
    code, out, err = data("show", "Isel")
    assert (code, out) == (2, "")
    assert err == "evenhand: nothing in the catalogue is called ‘Isel’; closest: ISL, Isle\n"
    code, _, err = data("show", "Twin")
    assert code == 2
    assert "TWN (Twin, 1900 to 1950), TWO (Twin, from 1951)" in err


def test_add_show_and_remove(data, tmp_path):
    path = tmp_path / "waits.csv"
    path.write_text("unit,year,value\nNorth,2019,12\n")
    code, _, err = data("add", str(path))
    assert code == 2
    assert "waits.csv: row 2, column unit: no unit is called ‘North’" in err
    code, out, _ = data(
        "add", str(path), "--new-units", "--better", "lower", "--measure-unit", "days", "--citation", "Us"
    )
    assert code == 0
    assert out.startswith("added waits: 1 figure, 1 new unit, in ")
    assert "in days; concept waits, domain other" in data("show", "waits")[1]
    assert "Your own: waits (waits.csv, 1 figure)" in data("list")[1]
    assert data("check")[0] == 0
    assert data("remove", "waits")[1] == "removed waits\n"
    assert data("show", "waits")[0] == 2


def test_remove_as_json(data, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("unit,year,value\nIsle,2019,82\n")
    assert data("add", str(path), "--measure", "years")[0] == 0
    code, out, _ = data("remove", "mine", "--json")
    assert (code, json.loads(out)) == (0, {"removed": "mine", "was": "added"})
    code, out, _ = data("remove", "mine", "--json")
    assert code == 2
    assert json.loads(out)["error"]


def test_check_says_what_it_does_not_look_at(data, monkeypatch):
    assert json.loads(data("check", "--json")[1])["too_large"] == {}
    assert "Too large" not in data("check")[1]
    monkeypatch.setattr("evenhand.catalog.suspects.MOST_FIGURES", 3)
    skipped = json.loads(data("check", "--measure", "years", "--json")[1])["too_large"]
    assert skipped["years"] > 3
    assert f"years: {skipped['years']} figures" in data("check", "--measure", "years")[1]


def test_show_says_how_a_state_was_ruled(data, folder):
    head = "name,unit,kind,start,end,exit,source\n"
    (folder / "regimes.csv").write_text(
        head + "Isle 20-31,ISL,party,1920-05,1931,coup,yearbook\nIsle 31-,ISL,military,1931,,,yearbook\n"
    )
    code, out, _ = data("show", "Isle")
    assert code == 0
    assert "1920-05 to 1931: party (Isle 20-31; ended: coup) [yearbook]" in out
    assert "from 1931: military (Isle 31-) [yearbook]" in out
    assert "How it was ruled" not in data("show", "COL")[1]


def test_add_to_a_measure_of_the_catalogue(data, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("unit,year,value\nIsle,2019,82\n")
    code, out, _ = data("add", str(path), "--measure", "years", "--json")
    assert code == 0
    assert json.loads(out)["new_measures"] == []
    assert "2019: 82" in data("show", "years")[1]


def test_check_tells_problems_with_exit_2(data, folder):
    assert data("check")[1].startswith("in order: 8 units, 2 groups, 6 measures, 2 events, 3 sources")
    assert json.loads(data("check", "--json")[1])["blind_spots"] == 1
    (folder / "blind_spots.csv").unlink()
    code, out, err = data("check")
    assert (code, out) == (2, "")
    assert err == "evenhand: blind_spots.csv: there is no such table\n"
    code, out, _ = data("check", "--json")
    assert code == 2
    assert json.loads(out)["error"]["problems"][0]["where"] == "blind_spots.csv"


def test_help_needs_no_figures():
    program = (
        "import sys; from evenhand.cli import run; run(['data', '--help']); "
        "print('duckdb' in sys.modules, 'numpy' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "evenhand data show life-expectancy" in out
    assert out.endswith("False False\n")


@pytest.mark.parametrize("command", ["list", "show", "add", "remove", "check"])
def test_every_command_has_help(data, command):
    code, out, _ = data(command, "--help")
    assert code == 0
    assert out.startswith("Usage: ")
