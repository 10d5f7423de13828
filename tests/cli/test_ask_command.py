"""A question in plain words, as the process that a user runs: understood, asked back, answered, kept."""

import html
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evenhand.asking import ask
from evenhand.case import entries_of, load, parse
from evenhand.catalog import Catalog

CUBA = "Cuba cut infant mortality more than comparable countries, 1960 to 1990"
COSTA_RICA = "Costa Rica cut infant mortality more than comparable countries, 1960 to 1990"
OPEN = "Life expectancy rose more in Costa Rica than in Cuba"
ESSAY = "Two islands\n\nIn those thirty years fewer and fewer children died.\n"
CASE = """\
# kept: who marked this, and when
version: 1
text: {file: essay.txt}    # beside this file
claims:
- id: c1     # the only one so far
  kind: value
  quote: "Two islands"
"""


@pytest.fixture
def essay(tmp_path) -> Path:
    (tmp_path / "essay.txt").write_text(ESSAY, encoding="utf-8")
    (tmp_path / "essay.case.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path / "essay.case.yaml"


def test_a_question_is_answered_in_three_sentences_and_a_chart(run):
    done = run("ask", CUBA)
    assert done.returncode == 0, done.stderr
    read, said, chart, *_ = done.stdout.split("\n\n")
    assert read.startswith("Understood as: From 1960 to 1990, infant mortality fell more in Cuba than")
    assert len(said.splitlines()) == 3
    assert said.splitlines()[0] == "Infant mortality in Cuba fell, 37 to 10.6 per 1,000 live births (1960 to 1990)."
    assert "This is not the chance that the claim is true".lower() in said.lower()
    assert len(chart.splitlines()) <= 12
    assert sum("◀" in line for line in chart.splitlines()) == 1


def test_the_share_is_that_of_an_audit(here, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = json.loads(here("ask", CUBA, "--json", "--save", "q.case.yaml").stdout)
    assert here("audit", "q.case.yaml", "--json", "found.json").returncode == 0
    (claim,) = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["claims"]
    assert claim["finding"]["share"] == asked["finding"]["share"]
    assert claim["finding"]["sentence"] == asked["understood"]["sentence"]


def test_what_is_missing_is_an_error_where_nobody_can_be_asked(here):
    done = here("ask", OPEN)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the question leaves open: between which years?" in done.stderr
    assert "--yes" in done.stderr
    assert done.stderr.count("\n") == 1


def test_yes_takes_the_standing_choice_and_says_so(here):
    done = here("ask", OPEN, "--yes")
    assert done.returncode == 0
    assert "Not said (between which years), so the standing choice was taken: 1900 to 2015" in done.stdout


def at_a_terminal(arguments: list[str], answers: list[str], folder: Path) -> tuple[int, str]:
    """Runs the command with somebody at the keyboard, who waits for each question."""
    mine, theirs = pty.openpty()
    environment = {**os.environ, "EVENHAND_HOME": str(folder / "home"), "TERM": "dumb"}
    process = subprocess.Popen(
        [sys.executable, "-m", "evenhand", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        cwd=folder,
    )
    os.close(theirs)
    seen, waiting, ends = "", list(answers), time.monotonic() + 60
    while time.monotonic() < ends:
        if not select.select([mine], [], [], 0.2)[0]:
            if process.poll() is not None:
                break
            continue
        try:
            piece = os.read(mine, 65536).decode(errors="replace")
        except OSError:
            break
        if not piece:
            break
        seen += piece
        if waiting and piece.rstrip(" ").endswith(">"):
            os.write(mine, f"{waiting.pop(0)}\n".encode())
    code = process.wait(timeout=30)
    os.close(mine)
    return code, seen


def test_a_person_is_asked_only_for_what_is_missing(tmp_path):
    code, seen = at_a_terminal(["ask", "Brazil", "reduced", "inequality", "more"], ["region", "1990-2015"], tmp_path)
    assert code == 0, seen
    assert seen.index("compared with whom?") < seen.index("between which years?") < seen.index("Understood as")
    assert (
        "From 1990 to 2015, Gini of disposable income fell more in Brazil than in the middle one of the others of its region"
        in seen
    )
    assert "by what measure" not in seen


def test_return_takes_the_standing_choice_at_the_terminal(tmp_path):
    code, seen = at_a_terminal(["ask", OPEN], [""], tmp_path)
    assert code == 0, seen
    assert "From 1900 to 2015, life expectancy" in seen


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Life expectancy rose more in Korea than in Japan from 1950 to 1990", "KOR (South Korea, from 1880)"),
        (
            "Infant mortality in Mexico fell more than in Chile from 1930 to 1960",
            "the first figure of infant mortality for Mexico is of 1960",
        ),
        ("Cuba improved literacy and infant mortality more than Haiti, 1960 to 1990", "two things at once"),
        ("Rents rose faster in Berlin than in Vienna from 2010 to 2020", "a CSV with the columns unit, year, value"),
        ("Stalin killed more people than Hitler", "the dead are not ranked"),
        ("", "empty"),
        ("x" * 700, "at most"),
    ],
)
def test_bad_questions_are_one_clear_message_and_nothing_is_written(question, says, here, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = here("ask", question, "--html", "card.html", "--save", "new.case.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"home"}


def test_an_error_is_json_where_json_was_asked_for(here):
    done = here("ask", "Was Stalin a monster?", "--json")
    error = json.loads(done.stdout)["error"]
    assert done.returncode == 2
    assert error["code"] == 2
    assert "by no measure" in error["problems"][0]["message"]


def test_the_card_is_a_page_with_one_claim(here, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert here("ask", CUBA, "--html", "card.html").returncode == 0
    page = (tmp_path / "card.html").read_text(encoding="utf-8")
    assert page.count('<article class="card') == 1
    assert CUBA in page
    assert str(tmp_path) not in page


def test_saving_keeps_every_comment_and_every_other_claim(here, essay):
    done = here("ask", CUBA, "--save", essay, "--quote", "fewer and fewer children died")
    assert done.returncode == 0, done.stderr
    written = essay.read_text(encoding="utf-8")
    assert written.startswith(CASE.rstrip("\n"))
    case = load(essay)
    assert [claim.id for claim in case.claims] == ["c1", "q1"]
    assert case.claims[1].quote == "fewer and fewer children died"
    assert (essay.parent / "essay.txt").read_text(encoding="utf-8") == ESSAY
    assert here("check", essay).returncode == 0


def test_a_claim_is_tied_to_words_of_the_text_or_not_saved(here, essay):
    for quote in ([], ["--quote", "not in the text"]):
        done = here("ask", CUBA, "--save", essay, *quote)
        assert done.returncode == 2
        assert "--quote" in done.stderr
        assert essay.read_text(encoding="utf-8") == CASE


def test_questions_can_be_gathered_in_a_casefile_of_their_own(here, tmp_path):
    path = tmp_path / "asked.case.yaml"
    for question in (CUBA, COSTA_RICA):
        assert here("ask", question, "--save", path).returncode == 0
    assert (tmp_path / "asked.txt").read_text(encoding="utf-8") == f"{CUBA}\n{COSTA_RICA}\n"
    assert [claim["quote"] for claim in entries_of(parse(path), "claims")] == [CUBA, COSTA_RICA]
    assert here("check", path).returncode == 0


def test_importing_evenhand_loads_nothing_heavy():
    code = "import sys, evenhand; print(sorted({'numpy', 'duckdb', 'scipy', 'click', 'evenhand.asking'} & set(sys.modules))); print(callable(evenhand.ask))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "True"]


def test_in_python_an_answer_shows_itself():
    catalog = Catalog.open(home=Path(os.devnull))
    answer = ask("Infant mortality fell more in Cuba than in Jamaica", catalog=catalog, window="1960-1990")
    assert answer.understood.window == (1960, 1990)
    assert answer.finding.status == "judged"
    shown = answer._repr_html_()
    assert all(html.escape(sentence) in shown for sentence in answer.sentences)
    assert re.search(r"<script|http", shown) is None
    assert str(answer).startswith("Understood as:")
