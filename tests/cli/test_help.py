"""Help is instant, has examples that can be typed, and speaks of every command; so do the documents."""

import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from evenhand import __version__
from evenhand.case import load
from evenhand.cli import cli

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "duckdb", "jinja2", "ruamel", "vl_convert", "jsonschema", "rapidfuzz")


def commands(
    command: click.Command = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from commands(below, (*path, name))


ALL = dict(commands())


def examples(command: click.Command) -> list[list[str]]:
    """The command lines among a command's examples, without what a shell would read of them."""
    lines = [line.strip() for line in (command.epilog or "").splitlines() if line.strip().startswith("evenhand ")]
    return [shlex.split(re.split(r" {2,}| > | \| ", line)[0])[1:] for line in lines]


def test_the_commands_that_people_look_for_are_there():
    assert {("audit",), ("check",), ("compare",), ("schema",), ("data", "list"), ("data", "show"), ("data", "add"), ("data", "check")} <= set(ALL)  # fmt: skip


@pytest.mark.parametrize("path", ALL, ids=lambda path: " ".join(path) or "evenhand")
def test_every_command_has_help_with_examples_that_can_be_typed(path):
    command = ALL[path]
    assert command.help
    assert "Examples:" in command.get_help(click.Context(command, info_name=" ".join(path)))
    typed = examples(command)
    assert typed
    for words in typed:
        below, left = cli, list(words)
        while isinstance(below, click.Group):
            _, found, left = below.resolve_command(click.Context(below), left)
            assert found is not None, words
            below = found
        below.make_context("evenhand", left, resilient_parsing=False)


def test_the_claims_that_examples_name_are_in_the_built_in_cases():
    named = [word.split("#") for command in ALL.values() for words in examples(command) for word in words
             if word.startswith("examples/") and "#" in word]  # fmt: skip
    assert named
    for file, claim in named:
        assert claim in {one.id for one in load(ROOT / file).claims}, f"{file}#{claim}"


@pytest.mark.parametrize("words", [words for words in examples(ALL["ask",]) if "--quote" not in words])
def test_every_question_in_the_help_is_answered(run, words):
    done = run(*words)
    assert (done.returncode, done.stdout != "") == (0, True), done.stderr


@pytest.mark.parametrize("path", ALL, ids=lambda path: " ".join(path) or "evenhand")
def test_every_option_says_what_it_does(path):
    for parameter in ALL[path].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("path", [path for path in ALL if path], ids=" ".join)
def test_every_command_is_in_the_documents(path):
    told = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs" / "commands.md").read_text(
        encoding="utf-8"
    )
    assert f"evenhand {' '.join(path)}" in told


@pytest.mark.parametrize(
    "words", [["--help"], ["-h"], ["--version"], ["audit", "--help"], ["compare", "--help"], ["data", "show", "-h"]]
)
def test_help_loads_nothing_heavy(words):
    code = f"import sys; from evenhand.cli import run; code = run({words!r}); print(*sys.modules); sys.exit(code)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr
    told, loaded = done.stdout.rsplit("\n", 2)[0], set(done.stdout.splitlines()[-1].split())
    assert "click" in loaded
    assert [name for name in HEAVY if name in loaded] == []
    assert ("Usage:" in told) is ("--version" not in words)


def test_help_lists_the_commands_with_a_line_each(run):
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for name in [path[0] for path in ALL if len(path) == 1]:
        assert re.search(rf"^  {name} +\w", done.stdout, re.MULTILINE), name


def test_the_version_is_told(run):
    assert run("--version").stdout == f"evenhand, version {__version__}\n"


def test_a_command_that_there_is_not_is_bad_input(run):
    done = run("audti")
    assert done.returncode == 2
    assert "audti" in done.stderr
    assert "see `evenhand --help`" in done.stderr


@pytest.mark.parametrize(
    "words", [["audit"], ["audit", "a", "b"], ["audit", "a", "--jsno", "-"], ["compare", "Cuba"], ["data", "show"]]
)
def test_a_wrong_command_line_is_bad_input_and_names_the_help(run, words):
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--help`" in done.stderr
    assert "Traceback" not in done.stderr


def on_a_terminal(words: list[str], home: Path, **environment: str) -> bytes:
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    left = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    settings = {**left, "EVENHAND_HOME": str(home), "TERM": "xterm", **environment}
    subprocess.run([sys.executable, "-m", "evenhand", *words], stdout=theirs, env=settings, check=True, timeout=60)
    os.close(theirs)
    told = b""
    while True:
        try:
            block = os.read(ours, 65536)
        except OSError:
            break
        if not block:
            break
        told += block
    os.close(ours)
    return told


def test_no_color_means_no_colour_on_a_terminal(tmp_path):
    words = ["data", "show", "soviet-type"]
    assert b"\x1b[" in on_a_terminal(words, tmp_path)
    assert b"\x1b[" not in on_a_terminal(words, tmp_path, NO_COLOR="1")


def test_what_goes_into_a_file_has_no_colour(run):
    assert "\x1b[" not in run("data", "show", "soviet-type").stdout
