"""``evenhand export`` and ``evenhand import``: what they print, where they write, and that bad input leaves nothing behind."""

import json
from pathlib import Path

import pytest

from evenhand.cli import run
from evenhand.exchange import FORMATS

BROWSER = Path("/usr/bin/chromium")
TEXTS = ("argdown", "aif", "xaif", "af", "apx", "tgf", "web-annotation", "csv", "bibtex", "csl-json", "map-svg")


def test_the_list_names_every_format(capsys):
    assert run(["export", "--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(FORMATS)


@pytest.mark.parametrize("form", TEXTS)
def test_a_text_can_be_printed_and_is_what_would_be_written(case_path, exported, capfd, form):
    written = exported(form)
    assert run(["export", str(case_path), "--to", form, "-o", "-"]) == 0
    assert capfd.readouterr().out.replace("\r\n", "\n") == written.decode().replace("\r\n", "\n")


def test_what_was_left_out_is_said(case_path, capsys):
    assert run(["export", str(case_path), "--to", "tgf", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["format"] == "tgf"
    assert said["files"] == [str(case_path.parent / "bakeries.tgf")]
    assert any("support" in what for what in said["left_out"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "argdon"], "closest: argdown"),
        (["--to", "parquet", "-o", "-"], "no text that could be printed"),
        (["--to", "csv", "-o", "no/such/folder/x.csv"], "does not exist"),
        (["--to", "csv", "-o", "-", "--json"], "both print"),
        ([], "Missing --to FORMAT"),
    ],
)
def test_bad_input_is_one_message_and_leaves_nothing(case_path, capsys, monkeypatch, words, said):
    monkeypatch.chdir(case_path.parent)
    before = sorted(case_path.parent.iterdir())
    assert run(["export", case_path.name, *words]) == 2
    found = capsys.readouterr()
    assert said in found.err + found.out
    assert "Traceback" not in found.err
    assert sorted(case_path.parent.iterdir()) == before


def test_what_was_read_is_never_written_over(case_path, capsys):
    before = case_path.read_bytes()
    assert run(["export", str(case_path), "--to", "csv", "-o", str(case_path)]) == 2
    assert "overwrite what was read" in capsys.readouterr().err
    assert case_path.read_bytes() == before


def test_a_case_without_links_has_no_map(case_path, capsys):
    text = case_path.read_text(encoding="utf-8")
    case_path.write_text(text[: text.index("links:")], encoding="utf-8")
    for form in ("argdown", "aif", "map-svg", "af"):
        assert run(["export", str(case_path), "--to", form]) == 2
        assert "links no claims" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["map-png", "map-pdf"])
def test_pictures_of_the_map(exported, form):
    made = exported(form)
    assert made.startswith(b"\x89PNG" if form == "map-png" else b"%PDF")
    assert len(made) > 5_000


@pytest.mark.browser
@pytest.mark.skipif(not BROWSER.exists(), reason="no chromium at /usr/bin/chromium")
def test_pictures_of_the_page(exported):
    assert exported("page-pdf").startswith(b"%PDF")
    assert exported("page-png").startswith(b"\x89PNG")


def test_without_a_browser_the_page_cannot_be_drawn_and_that_is_said(case_path, capsys, monkeypatch):
    monkeypatch.setenv("EVENHAND_BROWSER", "no-such-browser")
    assert run(["export", str(case_path), "--to", "page-pdf"]) == 2
    assert "no-such-browser" in capsys.readouterr().err


def test_export_and_import_go_round(case_path, exported, tmp_path, capfd):
    exported("argdown", "round.argdown")
    assert run(["import", str(case_path.parent / "round.argdown"), "-o", str(tmp_path)]) == 0
    assert run(["check", str(tmp_path / "round.case.yaml")]) == 0
    capfd.readouterr()
    assert run(["export", str(tmp_path / "round.case.yaml"), "--to", "argdown", "-o", "-", "--quiet"]) == 0
    again = capfd.readouterr().out
    assert "(1) [half]\n(2) [better]\n----\n(3) [stay]" in again
    assert "[sundays]\n  +> <l2>" in again


def test_a_framework_becomes_a_casefile(tmp_path, capsys):
    path = tmp_path / "small.tgf"
    path.write_text("a\nb\n#\na b\n", encoding="utf-8")
    assert run(["import", str(path)]) == 0
    assert run(["check", str(tmp_path / "small.case.yaml")]) == 0


def test_files_that_are_there_are_not_written_over(tmp_path, capsys):
    path = tmp_path / "m.argdown"
    path.write_text("[A]: a\n  + [B]: b\n", encoding="utf-8")
    (tmp_path / "m.txt").write_text("mine", encoding="utf-8")
    assert run(["import", str(path)]) == 2
    assert "there already" in capsys.readouterr().err
    assert not (tmp_path / "m.case.yaml").exists()
    assert (tmp_path / "m.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "said"), [("m.docx", "does not tell its format"), ("missing.argdown", "no such file")]
)
def test_bad_files_are_told(tmp_path, capsys, name, said):
    if name == "m.docx":
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert run(["import", str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err


def test_a_map_of_ten_thousand_claims_is_read(tmp_path, capsys):
    path = tmp_path / "large.argdown"
    path.write_text(
        "\n".join(f"[c{i}]: claim number {i}\n  +> [c{i // 3}]\n" for i in range(1, 10_000)), encoding="utf-8"
    )
    assert run(["import", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["claims"] == 10_000
    assert said["links"] == 9_999
