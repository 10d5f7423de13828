"""The command line is run as the process that a user runs, on the small case of tests/audit.

Where there are many ways to be wrong, it is run in this process, so that the built-in tables are read once.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from evenhand import cli
from evenhand.catalog import Catalog

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "audit"))

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with the small case in it."""
    from small_case import SUM, case, comparison, write_case

    write_case(tmp_path / "case", case(comparison(), SUM))
    return tmp_path / "case"


@pytest.fixture
def run(tmp_path) -> Run:
    """``python -m evenhand`` with these arguments, in a folder and a data folder of the test's own."""

    def ran(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        left = {key: value for key, value in os.environ.items() if key not in {"SOURCE_DATE_EPOCH", "NO_COLOR"}}
        return subprocess.run(
            [sys.executable, "-m", "evenhand", *map(str, arguments)],
            cwd=cwd or tmp_path, env={**left, "EVENHAND_HOME": str(tmp_path / "home"), **environment},
            capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    return ran


@cache
def built_in() -> Catalog:
    """The built-in tables, with nothing of a user's own."""
    return Catalog.open(home=Path(os.devnull))


@pytest.fixture
def here(tmp_path, monkeypatch, capsys) -> Run:
    """The same in this process: exit code, standard output and standard error."""
    known = built_in()
    monkeypatch.setattr(Catalog, "open", lambda: known)
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path / "home"))

    def ran(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(cwd or tmp_path)
        for name in ("SOURCE_DATE_EPOCH", "NO_COLOR"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        words = list(map(str, arguments))
        code = cli.run(words)
        told = capsys.readouterr()
        return subprocess.CompletedProcess(words, code, told.out, told.err)

    return ran
