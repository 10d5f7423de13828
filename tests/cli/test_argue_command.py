"""``evenhand argue`` as a user types it."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli import cli, run

CASE = """\
version: 1
text: {file: little.txt}
claims:
- {id: chain, kind: inference, quote: the plan is the minister, equates: [the plan, the minister, a failure]}
- {id: late, kind: event, quote: Trains were late}
- {id: stop, kind: inference, quote: the plan should be stopped}
links:
- {id: l1, from: [chain, late], to: stop, kind: support, joint: true, scheme: consequence, unstated: What fails should be stopped.}
positions:
- {id: pro, holds: [stop, late]}
- {id: con, holds: [chain], rejects: [stop]}
"""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path / "home"))
    (tmp_path / "little.txt").write_text(
        "They say that the plan is the minister. Trains were late. So the plan should be stopped.\n"
    )
    path = tmp_path / "little.case.yaml"
    path.write_text(CASE)
    return path


def typed(*words: str) -> str:
    result = CliRunner().invoke(cli, ["argue", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_argument_is_drawn_and_checked(case: Path) -> None:
    told = typed(str(case))
    assert "? stop" in told
    assert "& (chain:chain) ? chain:2: the minister = a failure" in told
    assert "left unsaid" in told
    checks = told.partition("Checks:")[2]
    assert checks.count("unsupported") == 1  # the same of several claims is said once
    assert "late" in checks


def test_a_changed_finding_shows_what_follows(case: Path) -> None:
    told = typed(str(case), "--set", "late=0.9", "--set", "chain:1=holds", "--set", "chain:2=95%")
    assert "stop: undecided → stands" in told
    assert "Ways out" in told


def test_positions_are_compared(case: Path) -> None:
    assert "They part on: stop" in typed(str(case), "--positions", "pro", "con")


def test_json_holds_everything(case: Path) -> None:
    made = json.loads(typed(str(case), "--json", "--no-audit"))["argument"]
    assert made["conclusions"] == ["stop"]
    assert made["questions"][0]["scheme"]


def test_an_iccma_file_is_an_argument_too(tmp_path: Path) -> None:
    path = tmp_path / "a.tgf"
    path.write_text("a\nb\nc\n#\na b\nb c\n")
    assert "✓ c" in typed(str(path))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "lat=1"], "did you mean late?"),
        (["--set", "late=2"], "is no finding"),
        (["--set", "late"], "ID=VALUE"),
        (["--conclusion", "stopp"], "did you mean 'stop'?"),
        (["--positions", "pro", "none"], "there is no position"),
    ],
)
def test_mistakes_are_told_with_what_to_do(
    case: Path, capfd: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(["argue", str(case), *words]) == 2
    assert said in capfd.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to: stop", "to: stopp", "unknown claim or link"),
        ("to: stop", "to: l1", "points at itself"),
        ("scheme: consequence", "scheme: consequences", "scheme"),
        ("rejects: [stop]", "rejects: [chain]", "holds and rejects"),
        ("joint: true, ", "", "each work alone"),
    ],
)
def test_links_that_make_no_sense_are_refused(
    case: Path, capfd: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    case.write_text(CASE.replace(old, new, 1))
    assert run(["argue", str(case)]) == 2
    assert said in capfd.readouterr().err


def test_a_case_without_links_says_what_to_write(case: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plain = CASE.split("links:", maxsplit=1)[0].replace(", equates: [the plan, the minister, a failure]", "")
    case.write_text(plain)
    assert run(["argue", str(case)]) == 2
    assert "add links" in capfd.readouterr().err


def test_what_was_not_settled_is_said_below_a_drawing_that_is_cut_short(tmp_path: Path) -> None:
    chance = random.Random(1)
    pairs = sorted({tuple(chance.sample(range(1, 301), 2)) for _ in range(5000)})
    path = tmp_path / "tangle.af"
    path.write_text("\n".join(["p af 300", *(f"{a} {b}" for a, b in pairs)]) + "\n")
    lines = typed(str(path), "--time-limit", "0.5").splitlines()
    assert any(" lines more" in line for line in lines)
    assert lines[-1].startswith("Mind: the time was up before ")
