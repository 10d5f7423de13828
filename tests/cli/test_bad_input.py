"""Bad input: each kind has its own clear message, exit code 2, no trace, and nothing is left half-written."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from listing import files
from small_case import SUM, case, comparison, csv_of, figures, write_case

CASE = "essay.case.yaml"
EVERYDAY = Path(__file__).parents[2] / "examples" / "everyday"
Change = Callable[[Path], object]
Run = Callable[..., subprocess.CompletedProcess[str]]


def rewritten(**changes: object) -> Change:
    """The casefile with other content at the top level."""
    return lambda folder: write_case(folder, {**case(comparison(), SUM), **changes})


def claim(**changes: object) -> Change:
    """The casefile with a comparison of which something is changed."""
    return lambda folder: write_case(folder, case(comparison(**changes)))


def quoted(**changes: object) -> Change:
    return lambda folder: write_case(folder, case({**comparison(), **changes}))


def instead(name: str, content: str | bytes) -> Change:
    """Another content of one of the case's files."""
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(data)


def wrong_cell(folder: Path) -> None:
    rows = figures()
    rows[4]["value"] = "about fifty"
    (folder / "own.csv").write_text(csv_of(rows), encoding="utf-8")


def text_file(file: str) -> Change:
    def changed(folder: Path) -> None:
        content = case(SUM)
        content["text"]["file"] = file
        (folder / CASE).write_text(json.dumps(content), encoding="utf-8")

    return changed


def link_out(folder: Path) -> None:
    (folder.parent / "outside.txt").write_text("From 60 to 45 is a quarter less", encoding="utf-8")
    (folder / "essay.txt").unlink()
    (folder / "essay.txt").symlink_to(folder.parent / "outside.txt")


BOMB = "version: 1\ntext: !!python/object/apply:os.system ['touch pwned']\n"
LAUGHS = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
BAD: dict[str, tuple[Change, list[str]]] = {
    "casefile missing": (lambda f: (f / CASE).unlink(), [f"{CASE}: there is no such file"]),
    "text missing": (lambda f: (f / "essay.txt").unlink(), ["text 'essay.txt'", "there is no such file"]),
    "text empty": (instead("essay.txt", " \n"), ["the text is empty"]),
    "text in another encoding": (instead("essay.txt", "Ärger in Al".encode("latin-1")), ["not UTF-8", "byte 0", "line 1"]),
    "text in UTF-16": (instead("essay.txt", "Trains".encode("utf-16")), ["this is UTF-16, not UTF-8"]),
    "text a PDF": (instead("essay.txt", b"%PDF-1.7 trains"), ["this is a PDF, not a text"]),
    "casefile in another encoding": (instead(CASE, "version: ä".encode("latin-1")), ["not UTF-8"]),
    "casefile empty": (instead(CASE, ""), ["the casefile is empty"]),
    "YAML that does not parse": (instead(CASE, "version: 1\ntext: {file: essay.txt\nclaims: ]\n"), [f"{CASE}:3:", "the YAML cannot be read"]),
    "YAML that tries to run code": (instead(CASE, BOMB), [f"{CASE}:2:", "a casefile never runs code"]),
    "YAML that is a list": (instead(CASE, "- 1\n"), ["the casefile is a list"]),
    "a path that climbs": (text_file("../outside.txt"), ["the path climbs out of the casefile's folder"]),
    "an absolute path": (text_file("/etc/passwd"), ["an absolute path is not allowed"]),
    "a link that leads out": (link_out, ["a link that leads out of the casefile's folder"]),
    "data that climb": (rewritten(data=[{"file": "../../own.csv"}]), ["data '../../own.csv'", "climbs out"]),
    "an unknown measure": (claim(measure="dealy"), ["unknown measure 'dealy'", "closest: delay"]),
    "an unknown unit": (claim(subject={"unit": "Aldertown"}), ["unknown unit 'Aldertown'", "closest:", "Alderton"]),
    "an unknown group": (claim(against={"group": "hilside"}), ["unknown group 'hilside'", "closest: ", "hillside"]),
    "an unknown rule": (claim(standard="chnage"), ["unknown standard 'chnage'", "change"]),
    "an unknown event": (quoted(kind="event", open=None, event={"id": "famine-nowhere", "says": "denied"}), ["famine-nowhere"]),
    "an unknown key": (rewritten(clams=[]), ["clams", "claims"]),
    "a quote that is not there": (quoted(quote="by more then elsewhere"), ["by more than elsewhere"]),
    "a quote that is there twice": (quoted(quote="more than"), ["the quote stands 2 times", "prefix"]),
    "a window with no figures": (
        claim(window={"start": 1700, "end": 1710}),
        ["claim more: nobody has a figure of delay from 1700 to 1710", "run from 1996 to 2024"],
    ),
    "a window that ends before it starts": (claim(window={"start": 2019, "end": 2005}), ["end 2005 is before start 2019"]),
    "a window of one year": (claim(window={"start": 2010, "end": 2010}), ["starts and ends in 2010", "level"]),
    "text in a number column": (wrong_cell, ["own.csv: row 6, column value: ‘about fifty’ is not a number"]),
    "a CSV without a column": (instead("own.csv", "unit,year\nAlderton,2000\n"), ["own.csv", "no column value"]),
    "a CSV in another encoding": (instead("own.csv", b"unit,year,value\n\xc4rger,2000,1\n"), ["own.csv: line 2 is not in UTF-8"]),
    "a CSV that is empty": (instead("own.csv", ""), ["own.csv: is empty"]),
    "a text that has changed": (
        rewritten(text={"file": "essay.txt", "sha256": "0" * 64}), ["the text has changed since it was marked"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_told_and_nothing_is_written(here, folder, tmp_path, what):
    change, wanted = BAD[what]
    change(folder)
    before = files(tmp_path)
    done = here("audit", folder / CASE, "-o", "made/page.html", "--json", tmp_path / "told.json")
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    for words in wanted:
        assert words in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert files(tmp_path) == before
    assert not (tmp_path / "made").exists()


def test_each_kind_of_bad_input_has_a_message_of_its_own():
    told = [tuple(wanted) for _, wanted in BAD.values()]
    assert sorted({words for words in told if told.count(words) > 1}) == []


@pytest.mark.parametrize(
    "what", ["text empty", "YAML that tries to run code", "a path that climbs", "text in a number column"]
)
def test_the_process_ends_with_2(run, folder, tmp_path, what):
    change, wanted = BAD[what]
    change(folder)
    before = files(tmp_path)
    done = run("audit", folder / CASE, "-o", "made/page.html")
    assert (done.returncode, done.stdout) == (2, "")
    for words in wanted:
        assert words in done.stderr
    assert files(tmp_path) == before


def test_aliases_that_grow_without_end_are_refused(here, folder):
    (folder / CASE).write_text(LAUGHS, encoding="utf-8")
    done = here("check", folder / CASE)
    assert done.returncode == 2
    assert len(done.stderr) < 20_000


def test_all_problems_come_at_once_in_the_order_of_the_file(here, folder):
    bad = case({**comparison(measure="dealy"), "quote": "by more then elsewhere"}, {**SUM, "side": "nobody"})
    write_case(folder, bad)
    done = here("audit", folder / CASE)
    lines = [int(line.split(f"{CASE}:")[1].split(":")[0]) for line in done.stderr.splitlines() if f"{CASE}:" in line]
    assert len(lines) == 3
    assert lines == sorted(lines)
    assert done.stderr.splitlines()[-1] == "evenhand: 3 problems; nothing was written"


def test_too_few_to_compare_with_is_no_error_but_a_card(run, folder):
    few = [row for row in figures() if row["unit"] in {"Alderton", "Birchley", "Cedarby"}]
    write_case(folder, case(comparison(), SUM, groups=[]), rows=few)
    done = run("audit", folder / CASE)
    assert (done.returncode, done.stderr) == (0, "")
    html = (folder / "essay.html").read_text(encoding="utf-8")
    assert "too few others with figures to compare with" in html


@pytest.mark.parametrize("name", ["nothing.txt", "nothing.case.yaml", "no/such/folder"])
def test_a_file_that_is_not_there_is_called_missing_and_its_neighbours_are_named(here, folder, name):
    done = here("audit", folder / name)
    assert done.returncode == 2
    assert "there is no such file" in done.stderr
    if "/" not in name:
        assert "the folder holds essay." in done.stderr


def test_a_text_without_a_casefile_says_how_to_name_one(here, folder):
    (folder / "other.txt").write_text("Words.", encoding="utf-8")
    done = here("check", folder / "other.txt")
    assert done.returncode == 2
    assert "there is no casefile beside this text; write one named other.case.yaml" in done.stderr


def test_a_folder_without_a_casefile_says_how_to_name_one(here, tmp_path):
    (tmp_path / "empty").mkdir()
    done = here("audit", "empty", "-o", "out")
    assert (done.returncode, (tmp_path / "out").exists()) == (2, False)
    assert "there is no casefile in this folder; name them TEXT.case.yaml" in done.stderr


def test_a_bad_case_of_a_pair_leaves_the_good_one_unwritten(here, folder, tmp_path):
    (folder / "zzz.case.yaml").write_text("version: 2\n", encoding="utf-8")
    before = files(tmp_path)
    assert here("audit", folder, "-o", "out").returncode == 2
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("content", "told"), [(b"\xff\xfe\x00", "UTF-16"), (b"nobody.case.yaml", "there is no casefile nobody")]
)
def test_an_order_that_cannot_be_followed_is_not_passed_over(here, folder, content, told):
    (folder / "order.txt").write_bytes(content)
    done = here("audit", folder)
    assert done.returncode == 2
    assert told in done.stderr


def not_a_folder(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "file").write_text("here already")
    return "file/page.html", "file is a file"


def nowhere(tmp_path: Path) -> tuple[str, str]:
    return "/proc/nowhere/page.html", "cannot be"


def a_folder_named_like_a_page(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "out" / "essay.html").mkdir(parents=True)
    return "out", "this is a folder"


@pytest.mark.parametrize("place", [not_a_folder, nowhere, a_folder_named_like_a_page])
def test_an_output_that_cannot_be_written_leaves_nothing_behind(here, folder, tmp_path, place):
    output, told = place(tmp_path)
    before = files(tmp_path)
    done = here("audit", folder / CASE, "-o", output, "--json", "told.json")
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert files(tmp_path) == before


def test_a_missing_file_of_own_units_is_one_problem(run: Run, tmp_path: Path) -> None:
    for name in ("hospital.case.yaml", "hospital.txt"):
        (tmp_path / name).write_bytes((EVERYDAY / name).read_bytes())
    done = run("check", tmp_path / "hospital.case.yaml")
    assert done.returncode == 2
    assert "there is no such file" in done.stderr
    assert "unknown unit" not in done.stderr
    (tmp_path / "waiting.csv").write_bytes((EVERYDAY / "waiting.csv").read_bytes())
    case_file = tmp_path / "hospital.case.yaml"
    case_file.write_text(
        case_file.read_text(encoding="utf-8").replace("unit: Stavering General", "unit: Staverin", 1), encoding="utf-8"
    )
    assert "unknown unit 'Staverin'" in run("check", case_file).stderr


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_a_folder_that_may_not_be_written_to(run, folder, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir()
    if os.geteuid() == 0:
        mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(locked)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("no read-only place can be made here")
    else:
        locked.chmod(0o500)
    try:
        done = run("audit", folder / CASE, "-o", locked / "page.html", "--json", "told.json")
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", str(locked)], check=True)
        else:
            locked.chmod(0o700)
    assert done.returncode == 2
    assert "this folder cannot be written to; choose another with -o" in done.stderr
    assert not (tmp_path / "told.json").exists()


def test_json_that_cannot_be_written_keeps_the_page_from_being_written(here, folder, tmp_path):
    (tmp_path / "told.json").mkdir()
    before = files(tmp_path)
    done = here("audit", folder / CASE, "-o", "page.html", "--json", "told.json")
    assert done.returncode == 2
    assert "told.json: this is a folder" in done.stderr
    assert files(tmp_path) == before


@pytest.mark.parametrize("output", ["essay.case.yaml", "essay.txt", "own.csv"])
def test_nothing_that_was_read_is_overwritten(here, folder, output):
    before = files(folder)
    for arguments in (("-o", folder / output), ("-o", folder / "page.html", "--json", folder / output)):
        done = here("audit", folder / CASE, *arguments)
        assert done.returncode == 2
        assert "this would overwrite what was read" in done.stderr
        assert files(folder) == before


def test_the_page_and_the_json_are_two_files(here, folder):
    done = here("audit", folder / CASE, "-o", "one.html", "--json", "one.html")
    assert done.returncode == 2
    assert "the page and the JSON would be one file" in done.stderr


@pytest.mark.parametrize("to", ["-", "told.json"])
def test_the_findings_of_a_folder_do_not_fit_into_one_file(here, folder, to):
    done = here("audit", folder, "--json", to)
    assert done.returncode == 2
    assert "a folder's findings are several files; give --json a folder, or name one case" in done.stderr
    assert not (folder / "essay.html").exists()


def test_a_date_that_is_none_is_bad_input(here, folder):
    done = here("audit", folder / CASE, SOURCE_DATE_EPOCH="soon")
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH is ‘soon’" in done.stderr
