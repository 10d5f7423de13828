"""``evenhand draft``, and ``evenhand audit`` of a text without a casefile, as real processes of the command line."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.case import load

TEXT = """\
Cuba cut infant mortality more than comparable countries between 1960 and 1990. It did better than Haiti.

Wages rose from 38 to 47, a rise of 9. Thus the critics are wrong.
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path / "home"))


def evenhand(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evenhand", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def written(tmp_path: Path, text: str = TEXT) -> Path:
    path = tmp_path / "essay.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_draft_is_a_casefile_in_order(tmp_path):
    ran = evenhand("draft", written(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert "1 of 2 comparisons opened" in ran.stdout
    assert "nobody has checked it" in ran.stdout
    case = load(tmp_path / "essay.case.yaml")
    assert [claim.kind for claim in case.claims] == ["comparison", "comparison", "quantity", "inference"]
    assert case.claims[0].open is not None
    assert case.claims[1].questions
    assert case.claims[2].arithmetic[0].expression == "47 - 38"
    assert case.links[0].target == "c4"
    source = (tmp_path / "essay.case.yaml").read_text(encoding="utf-8")
    assert "# question: by what measure?" in source


def test_the_same_text_gives_the_same_bytes(tmp_path):
    path = written(tmp_path)
    first = evenhand("draft", path, "--json", "-")
    assert first.stdout == evenhand("draft", path, "--json", "-").stdout
    claims = json.loads(first.stdout)["claims"]
    assert all(TEXT[claim["start"] : claim["end"]] == claim["quote"] for claim in claims)
    assert not (tmp_path / "essay.case.yaml").exists()


def test_a_casefile_is_never_overwritten(tmp_path):
    path = written(tmp_path)
    assert evenhand("draft", path).returncode == 0
    case = tmp_path / "essay.case.yaml"
    before = case.read_bytes()
    again = evenhand("draft", path)
    assert again.returncode == 2
    assert "there is a casefile already" in again.stderr
    assert case.read_bytes() == before


def test_an_update_keeps_every_edit_and_adds_what_is_new(tmp_path):
    path = written(tmp_path)
    evenhand("draft", path)
    case = tmp_path / "essay.case.yaml"
    lines = case.read_text(encoding="utf-8").splitlines()
    cut = next(i for i, line in enumerate(lines) if line.startswith("- id: c2"))
    end = next(i for i, line in enumerate(lines) if line.startswith("- id: c3"))
    edited = [*lines[:cut], "# my own remark", *lines[end:]]
    case.write_text(
        re.sub("reads: By the text's own.*", "reads: I checked this.", "\n".join(edited)) + "\n", encoding="utf-8"
    )
    ran = evenhand("draft", path, "--update")
    assert ran.returncode == 0, ran.stderr
    after = case.read_text(encoding="utf-8")
    assert "# my own remark" in after
    assert "reads: I checked this." in after
    assert "+- id: d1" in ran.stdout
    assert len(load(case).claims) == 4


def test_an_update_of_nothing_new_changes_nothing(tmp_path):
    path = written(tmp_path)
    evenhand("draft", path)
    before = (tmp_path / "essay.case.yaml").read_bytes()
    evenhand("draft", path, "--update")
    assert (tmp_path / "essay.case.yaml").read_bytes() == before


def test_a_passage_is_explained(tmp_path):
    ran = evenhand("draft", written(tmp_path), "--explain", "2")
    assert "comparative-than" in ran.stdout
    assert "by what measure?" in ran.stdout
    refused = evenhand("draft", tmp_path / "essay.txt", "--explain", "99")
    assert refused.returncode == 2
    assert "there is no passage 99" in refused.stderr


def test_a_text_without_a_casefile_is_audited_as_a_draft(tmp_path):
    ran = evenhand("audit", written(tmp_path), "--json", tmp_path / "found.json")
    assert ran.returncode == 0, ran.stderr
    assert "has no casefile" in ran.stderr
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert found["reading"]["drafted"] == 4
    assert found["claims"][0]["finding"]["status"] == "judged"
    page = (tmp_path / "essay.html").read_text(encoding="utf-8")
    assert "nobody has checked them" in page
    assert not (tmp_path / "essay.case.yaml").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the text is empty"),
        (b"\x00\x01\x02\xff binary", "this is a binary file"),
        ("Ein schöner Satz.".encode("latin-1"), "this is not UTF-8"),
        (b"%PDF-1.4", "this is a PDF"),
        (b"# Only a title\n", "there is no sentence"),
        ("これは日本語の文章です。とても長い文章を書いています。\n".encode() * 20, "we have no cues"),
    ],
)
def test_bad_input_is_one_clear_message(tmp_path, content, said):
    path = tmp_path / "essay.txt"
    path.write_bytes(content)
    ran = evenhand("draft", path)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "essay.case.yaml").exists()


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "essay.txt"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    ran = evenhand("draft", path)
    assert ran.returncode == 2
    assert "500 MB" in ran.stderr
