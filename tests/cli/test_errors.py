"""Errors have one shape: on standard error for people, on standard output as JSON where JSON was asked for."""

import json
import os
import subprocess
import sys

import pytest
from small_case import case, comparison, write_case

ASKED = ("compare", "Cuba", "--measure", "life-expectancy", "--from", "1960", "--to", "1990")
BROKEN = """
import sys
import evenhand.audit
from evenhand.cli import audit_run, run
def fail(*_, **__):
    raise {error}
audit_run.audit = fail
sys.exit(run(sys.argv[1:]))
"""


def shape(stdout: str) -> list[dict[str, str]]:
    """The problems of an error that is told as JSON, after a look at its shape."""
    told = json.loads(stdout)
    assert list(told) == ["error"]
    assert sorted(told["error"]) == ["code", "problems"]
    assert told["error"]["code"] == 2
    for problem in told["error"]["problems"]:
        assert sorted(problem) == ["hint", "message", "where"]
    return told["error"]["problems"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["audit", "nothing.txt", "--json", "-"], "there is no such file"),
        (["audit", "nothing.txt", "--json=-"], "there is no such file"),
        (["audit", "--json", "-", "nothing.txt", "--quiet"], "there is no such file"),
        (["check", "--json", "nothing.case.yaml"], "there is no such file"),
        (["check", "nothing.case.yaml", "--json"], "there is no such file"),
        (["data", "show", "--json", "Nowhereland"], "Nowhereland"),
        ([*ASKED, "--json", "--form", "moer"], "there is no form ‘moer’"),
        (["compare", "--json", "Cuba"], "Missing option"),
        (["audit", "a", "b", "--json", "-"], "unexpected extra argument"),
    ],
)
def test_who_reads_json_gets_the_error_as_json_and_in_words(here, words, message):
    done = here(*words)
    assert done.returncode == 2
    (problem,) = shape(done.stdout)
    assert message in problem["message"]
    assert message in done.stderr
    assert done.stderr.startswith("evenhand: ")


@pytest.mark.parametrize(
    "words", [["audit", "nothing.txt"], ["audit", "nothing.txt", "--json", "out.json"], ["check", "nothing.case.yaml"]]
)
def test_who_does_not_gets_words_alone(here, words):
    done = here(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_every_problem_of_a_casefile_has_its_place_in_the_json(here, tmp_path):
    path = write_case(tmp_path, case(comparison(measure="dealy", standard="chnage")))
    problems = shape(here("audit", path, "--json", "-").stdout)
    assert len(problems) == 2
    for problem in problems:
        where = problem["where"].split(":")
        assert where[0] == str(path)
        assert all(part.isdigit() for part in where[1:])
        assert problem["hint"]


def broken(error: str, folder, *words: str) -> subprocess.CompletedProcess[str]:
    """An audit in which something of evenhand's own goes wrong."""
    settings = {**os.environ, "EVENHAND_HOME": str(folder / "home")}
    program = [sys.executable, "-c", BROKEN.format(error=error), *words]
    return subprocess.run(program, cwd=folder, env=settings, capture_output=True, text=True, check=False)


def test_an_error_of_our_own_is_1_and_shows_no_trace(folder):
    done = broken("ZeroDivisionError('by nought')", folder, "audit", "essay.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert "an error of evenhand's own: ZeroDivisionError: by nought" in done.stderr
    assert "--debug" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "essay.html").exists()


def test_debug_shows_the_trace(folder):
    done = broken("ZeroDivisionError('by nought')", folder, "--debug", "audit", "essay.txt")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "ZeroDivisionError: by nought" in done.stderr


def test_debug_shows_no_trace_of_a_user_s_mistake(here):
    done = here("--debug", "audit", "nothing.txt")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_whoever_stops_it_is_told_that_nothing_was_written(folder):
    done = broken("KeyboardInterrupt", folder, "audit", "essay.txt")
    assert done.returncode == 1
    assert done.stderr.strip() == "evenhand: stopped; nothing was written"
    assert not (folder / "essay.html").exists()


def test_a_reader_that_goes_away_is_no_error_to_shout_about(tmp_path):
    program = [sys.executable, "-m", "evenhand", "schema"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait(30) == 1
    assert told == b""


def test_check_tells_what_is_in_order_as_text_and_as_json(here, folder):
    words = here("check", folder / "essay.case.yaml")
    assert words.stdout == "essay.case.yaml: in order; 2 claims (1 comparison, 1 quantity)\n"
    told = json.loads(here("check", folder / "essay.txt", "--json").stdout)
    assert told == {"case": "essay.case.yaml", "claims": {"comparison": 1, "quantity": 1}, "unchecked": []}


def test_check_tells_what_is_not_used_yet_in_both_ways(here, tmp_path):
    pool = {"id": "pool", "kind": "pool", "options": [{"id": "all", "value": "all", "because": "why not"}]}
    path = write_case(tmp_path, case(comparison(choices=["pool"]), choices=[pool]))
    words = here("check", path)
    assert words.returncode == 0, words.stderr
    assert "accepted, not used by this version" in words.stdout
    assert "choices of kind pool are not tried yet" in words.stdout
    told = here("check", path, "--json")
    assert told.returncode == 0, told.stderr
    (unused,) = json.loads(told.stdout)["unchecked"]
    assert "choices of kind pool are not tried yet" in json.dumps(unused)


def test_check_writes_nothing(here, folder):
    before = sorted(folder.iterdir())
    here("check", folder / "essay.case.yaml")
    assert sorted(folder.iterdir()) == before
