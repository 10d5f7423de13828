"""What makes the same page again: hashes, the seed, the command; never a clock, a host or a folder. Same bytes each time."""

import getpass
import hashlib
import json
import socket
from pathlib import Path

import pytest
from small_case import PAIR, SUM, audited, case, comparison, csv_of, figures, write_case
from small_reference import catalogue, compares, judged

from evenhand import __version__
from evenhand.audit import audit, open_case
from evenhand.model import BadInputError
from evenhand.report import json_text, page

EPOCH = "SOURCE_DATE_EPOCH"


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_it_names_the_files_by_name_and_by_their_bytes(tmp_path):
    made = audited(tmp_path, case(SUM)).provenance
    assert (made.text_file, made.case_file) == ("essay.txt", "essay.case.yaml")
    assert made.text_sha256 == sha(tmp_path / "essay.txt")
    assert made.case_sha256 == sha(tmp_path / "essay.case.yaml")
    assert made.own_data == (("own.csv", sha(tmp_path / "own.csv")),)
    assert made.figures_sha256 == catalogue(tmp_path).sha256
    assert (made.version, made.seed, made.command) == (__version__, 0, "evenhand audit essay.case.yaml")


def test_the_command_names_data_new_units_and_the_seed(tmp_path):
    path = write_case(tmp_path, case(SUM))
    extra, strange = tmp_path / "my own.csv", tmp_path / "strange.csv"
    extra.write_text("unit,year,value,measure\nAlderton,2030,9,delay\n", encoding="utf-8")
    strange.write_text("unit,year,value,measure\nNowhere,2030,9,delay\n", encoding="utf-8")

    def command(*data: Path, seed: int = 0) -> str:
        opened = open_case(path, data=data, new_units=True, catalog=catalogue(tmp_path))
        return audit(*opened, extra_data=data, seed=seed).provenance.command

    assert command(extra) == "evenhand audit essay.case.yaml --data 'my own.csv'"
    assert command(strange) == "evenhand audit essay.case.yaml --data strange.csv --new-units"
    assert command(extra, strange, seed=7) == (
        "evenhand audit essay.case.yaml --data 'my own.csv' --data strange.csv --new-units --seed 7"
    )


def test_figures_that_the_user_keeps_are_named_as_well(tmp_path):
    from evenhand.catalog import Catalog, store

    kept = tmp_path / "kept.csv"
    kept.write_text(csv_of(figures()), encoding="utf-8")
    known = catalogue(tmp_path)
    store(kept, known.known, new_units=True, home=tmp_path / "home")
    with_kept = Catalog.open(folder=tmp_path / "reference", home=tmp_path / "home")
    alone = {key: value for key, value in SUM.items() if key != "side"}
    path = write_case(tmp_path, case(alone, data=[], sides=[], groups=[]))
    found = audit(*open_case(path, catalog=with_kept))
    assert found.provenance.own_data == (("kept.csv", sha(kept)),)
    assert found.figures_note.startswith("Figures that the user brought (kept.csv), then ")


def test_two_runs_give_the_same_bytes(tmp_path):
    content = case(comparison(), PAIR, SUM)
    first, second = audited(tmp_path, content), audited(tmp_path, content)
    assert json_text(first) == json_text(second)
    assert page(first) == page(second)


def test_another_folder_and_another_way_to_it_give_the_same_bytes(tmp_path, monkeypatch):
    content = case(comparison(), SUM)
    known = catalogue(tmp_path)
    here = audit(*open_case(write_case(tmp_path / "one", content), catalog=known))
    write_case(tmp_path / "two" / "deeper", content)
    monkeypatch.chdir(tmp_path / "two")
    there = audit(*open_case(Path("deeper/essay.txt"), catalog=known))
    assert json_text(there) == json_text(here)
    assert page(there) == page(here)


def test_no_clock_host_user_or_folder_is_told(tmp_path):
    found = audited(tmp_path, case(comparison(), PAIR, SUM))
    for told in (json_text(found), page(found)):
        assert str(tmp_path) not in told
        assert socket.gethostname() not in told
        assert getpass.getuser() not in json.loads(json_text(found))["provenance"].values()
        assert "/home/" not in told
        assert "/tmp/" not in told  # noqa: S108


def test_the_date_is_the_data_s_own(tmp_path, monkeypatch):
    assert judged(tmp_path, compares()).provenance.date == "2024-02-03"
    monkeypatch.setenv(EPOCH, "0")
    assert judged(tmp_path, compares()).provenance.date == "1970-01-01"
    monkeypatch.setenv(EPOCH, "1700000000")
    assert judged(tmp_path, compares()).provenance.date == "2023-11-14"


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 20, "²", "1.5"])
def test_a_date_that_is_none_is_an_error_and_not_passed_over(tmp_path, monkeypatch, epoch):
    monkeypatch.setenv(EPOCH, epoch)
    with pytest.raises(BadInputError, match=f"SOURCE_DATE_EPOCH is ‘{epoch}’, which is no time"):
        judged(tmp_path, compares())


def test_another_text_or_figure_changes_the_hashes(tmp_path):
    first = audited(tmp_path / "a", case(SUM)).provenance
    rows = figures()
    rows[0]["value"] += 0.1
    other_text = audited(
        tmp_path / "b", case(SUM), text=(tmp_path / "a" / "essay.txt").read_text() + "More."
    ).provenance
    other_rows = audited(tmp_path / "c", case(SUM), rows=rows).provenance
    assert other_text.text_sha256 != first.text_sha256
    assert other_text.own_data == first.own_data
    assert other_rows.own_data != first.own_data
    assert other_rows.text_sha256 == first.text_sha256


def test_the_seed_moves_the_random_groups_and_nothing_else(tmp_path):
    group = comparison(subject={"group": "riverside"}, against={"group": "hillside"})
    path = write_case(tmp_path, case(group))
    opened = open_case(path, catalog=catalogue(tmp_path))
    first, again, other = (audit(*opened, seed=seed).claims[0].finding for seed in (1, 1, 2))
    assert first == again
    assert (first.share, first.hinges_on) == (other.share, other.hinges_on)
    assert first.place.at_least != other.place.at_least
