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


def edited(path: Path) -> str:
    """A draft as a person leaves it: a claim deleted, one moved up and rewritten by hand, one of their own, remarks anywhere."""
    source = path.read_text(encoding="utf-8")
    source = re.sub(
        r"(?s)(# comparative-than[^\n]*\n# question[^\n]*\n(?:# question[^\n]*\n)*)- id: c2\n.*?(?=# stated sum)",
        "",
        source,
    )
    source = re.sub(
        r"(?s)- id: c3\n  kind: quantity\n  quote: (.*?)\n",
        '- kind: quantity   # moved\n  quote: "Wages rose from 38\n    to 47"\n  id: wages\n',
        source,
    )
    source = source.replace("  - c3\n", "  - wages\n")
    own = "\n# My own.\n- id: own\n  by: {who: person, name: Ann}\n  kind: value\n  quote: the critics are wrong\n"
    source = source.replace("claims:\n", "claims:" + own, 1) + "# The end."
    path.write_bytes(source.encode())
    return source


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_an_update_leaves_every_byte_of_an_edited_casefile(tmp_path, ends):
    path = written(tmp_path)
    evenhand("draft", path)
    case = tmp_path / "essay.case.yaml"
    before = edited(case).replace("\n", ends)
    case.write_bytes(before.encode())
    again = evenhand("draft", path, "--update")
    assert again.returncode == 0, again.stderr
    assert "0 claims added" in again.stdout
    assert "left out: 1 passage" in again.stdout
    assert case.read_bytes() == before.encode()

    path.write_text(TEXT.replace("Wages rose", "Spain grew faster than Portugal. Wages rose"), encoding="utf-8")
    ran = evenhand("draft", path, "--update")
    assert ran.returncode == 0, ran.stderr
    after = case.read_bytes().decode()
    assert "1 claim added: d1" in ran.stdout
    assert "The text has changed" in ran.stdout
    assert "+# question: by what measure?" in ran.stdout
    kept = iter(after.split(ends))
    sha, listed = (next(line for line in before.split(ends) if words in line) for words in ("sha256:", "drafted: ["))
    assert all(any(line == other for other in kept) for line in before.split(ends) if line not in {sha, listed})
    quotes = [claim.quote for claim in load(case).claims]
    assert quotes.index("Spain grew faster than Portugal") < quotes.index("Wages rose from 38 to 47")
    assert evenhand("check", case).returncode == 0


def test_a_quote_that_the_text_has_lost_is_named_and_not_drafted_twice(tmp_path):
    path = written(tmp_path)
    evenhand("draft", path)
    path.write_text(TEXT.replace("It did better than Haiti", "It did far better than Haiti"), encoding="utf-8")
    ran = evenhand("draft", path, "--update")
    assert "c2: the quote is not in the text; the nearest passage is on line 1" in ran.stdout
    assert "0 claims added" in ran.stdout


def test_an_update_of_a_casefile_of_another_text_is_refused(tmp_path):
    path = written(tmp_path)
    evenhand("draft", path)
    other = tmp_path / "other.txt"
    other.write_text("Spain grew faster than Portugal.\n", encoding="utf-8")
    ran = evenhand("draft", other, "-o", tmp_path / "essay.case.yaml", "--update")
    assert (ran.returncode, "this casefile is of another text: essay.txt" in ran.stderr) == (2, True)
    same_stem = tmp_path / "essay.md"
    same_stem.write_text("Spain grew faster than Portugal.\n", encoding="utf-8")
    ran = evenhand("draft", same_stem)
    assert "it is of another text, essay.txt; -o essay.md.case.yaml names one for this" in ran.stderr
    assert evenhand("draft", same_stem, "-o", tmp_path / "essay.md.case.yaml").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "essay.txt"], "this is the text itself"),
        (["-o", "essay.yml.txt"], "a casefile's name ends in .yaml"),
        (["-o", "elsewhere/essay.case.yaml"], "in the folder of its text"),
        (["--json", "essay.txt"], "this would overwrite what was read"),
        (["--json", "-", "--update"], "leave --update and -o out"),
    ],
)
def test_where_a_draft_cannot_go_is_said_before_anything_is_written(tmp_path, monkeypatch, words, said):
    path = written(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    ran = evenhand("draft", path, *words)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert path.read_text(encoding="utf-8") == TEXT
    assert not list(tmp_path.rglob("*.yaml"))


def test_a_casefile_above_its_text_names_it_by_its_folder(tmp_path):
    (tmp_path / "texts").mkdir()
    path = written(tmp_path / "texts")
    assert evenhand("draft", path, "-o", tmp_path / "essay.case.yaml").returncode == 0
    assert load(tmp_path / "essay.case.yaml").text.file == "texts/essay.txt"


def test_a_saved_page_gets_a_page_beside_it(tmp_path):
    path = tmp_path / "saved.html"
    path.write_text(
        "<!doctype html><p>Spain&rsquo;s wages rose from 40 to <b>50</b>, a rise of 10.</p>", encoding="utf-8"
    )
    before = path.read_bytes()
    assert evenhand("audit", path).stdout.strip().endswith("saved.audit.html")
    evenhand("draft", path)
    assert "from 40 to 50, a rise of 10" in (tmp_path / "saved.case.yaml").read_text(encoding="utf-8")
    assert evenhand("audit", tmp_path / "saved.case.yaml").returncode == 0
    page = (tmp_path / "saved.audit.html").read_text(encoding="utf-8")
    assert "from 40 to 50, a rise of 10" in page
    assert "Spain’s wages rose " in page
    assert "&amp;rsquo;" not in page
    assert path.read_bytes() == before


def test_what_is_said_to_be_missing_is_enough_to_audit_it(tmp_path):
    path = written(tmp_path, "Poland grew faster than Spain between 1950 and 1980.\n")
    evenhand("draft", path)
    told = evenhand("draft", path, "--explain", "1").stdout
    lines = [line for line in told.splitlines() if line.startswith("    ")]
    added = (
        "\n".join(lines)
        .replace("measure: …", "measure: gdp-per-person")
        .replace("    open", "  open")
        .replace("\n    ", "\n  ")
    )
    case = tmp_path / "essay.case.yaml"
    case.write_text(
        case.read_text(encoding="utf-8").replace("  veiled: false\n", f"  veiled: false\n{added}\n"), encoding="utf-8"
    )
    ran = evenhand("audit", case, "--json", "-")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["claims"][0]["finding"]["status"] == "judged"


def test_an_older_casefile_gets_what_it_lacks(tmp_path):
    path = written(tmp_path)
    evenhand("draft", path)
    case = tmp_path / "essay.case.yaml"
    lines = case.read_text(encoding="utf-8").splitlines()
    cut = next(i for i, line in enumerate(lines) if line.startswith("- id: c2"))
    end = next(i for i, line in enumerate(lines) if line.startswith("- id: c3"))
    edited = [*lines[:cut], "# my own remark", *lines[end:]]
    edited = [line for line in edited if not line.startswith("drafted:")]
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
        ("Wages rose faster than prices.".encode("utf-16-le"), "this is UTF-16"),
        ("中国比印度发展得更快。经济增长了。\n".encode() * 20, "we have no cues"),
        ("كانت مصر أفضل من السودان. ".encode() * 20, "we have no cues"),
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
