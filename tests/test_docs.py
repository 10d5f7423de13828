"""The documentation says what the code does: nothing generated is stale, nothing is left out, no link is broken."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.version import Version
from ruamel.yaml import YAML

from evenhand.audit import audit, open_case
from evenhand.audit.wording import REASON_WORDS
from evenhand.case import schema
from evenhand.cli import cli
from evenhand.compare import STANDARDS
from evenhand.compare.plan import PLACEBOS, REGIONAL
from evenhand.model import BANDS, CHOICE_KINDS, FORM_NAMES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "examples" / "README.md", *sorted(DOCS.glob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
NOT_USED_BY_THE_PAGE = {"one_sided_text"}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _no_figures_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path / "home"))


# What is generated


def test_nothing_generated_is_stale() -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "tools" / "write_docs.py", "--check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, f"{path} {name}")


@pytest.mark.parametrize(("path", "command"), list(commands(cli, "evenhand")))
def test_every_command_has_help_and_is_documented(path: str, command: click.Command) -> None:
    page = read(DOCS / "commands.md")
    head = re.search(rf"^#+ {path}$(.*?)(?=^#+ evenhand|\Z)", page, re.MULTILINE | re.DOTALL)
    assert head is not None
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert all(spelling in head[1] for spelling in parameter.opts)


def test_examples_in_the_help_name_commands_and_options_that_there_are() -> None:
    known = dict(commands(cli, "evenhand"))
    for line in re.findall(r"^  (evenhand .*)$", read(DOCS / "commands.md"), re.MULTILINE):
        words = re.split(r"   +", line)[0].split()
        path = next(" ".join(words[:n]) for n in (3, 2, 1) if " ".join(words[:n]) in known)
        spelt = {spelling for parameter in known[path].params for spelling in parameter.opts}
        assert {word for word in words if re.match("--?[a-z]", word)} <= spelt, line


# The casefile


def keys_of(part: dict[str, Any], defs: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, definition in {"": part, **defs}.items():
        for key in definition.get("properties", {}):
            yield name or "file", key
    exclusion = defs["open"]["properties"]["exclude"]["items"]
    yield from (("exclusion", key) for key in exclusion["properties"])


def test_every_key_of_a_casefile_is_explained_with_an_example() -> None:
    whole, page = schema(), read(DOCS / "casefile.md")
    for section, key in keys_of(whole, whole["$defs"]):
        lines = re.search(rf"^### {section}$(.*?)(?=^### |^<!-- end)", page, re.MULTILINE | re.DOTALL)
        assert lines is not None, section
        row = re.search(rf"^\| `{key}`.*$", lines[1], re.MULTILINE)
        assert row is not None, f"{section}.{key}"
        meaning, allowed, example = row[0].removesuffix(" |").split(" | ")[-3:]
        assert meaning
        assert example.strip() or "](#" in allowed, f"{section}.{key} has no example"


@pytest.mark.parametrize("word", [*STANDARDS, *CHOICE_KINDS, *FORM_NAMES])
def test_every_word_that_a_casefile_may_use_is_explained(word: str) -> None:
    assert f"`{word}`" in read(DOCS / "casefile.md")


def test_the_casefile_with_every_key_can_be_audited() -> None:
    case, catalog = open_case(DOCS / "every-key" / "letter.case.yaml")
    found = {claim.id: claim.finding for claim in audit(case, catalog).claims}
    assert {claim.kind for claim in case.claims} >= {"comparison", "event", "quantity"}
    assert all(found[c.id].status == "judged" for c in case.claims if c.open or c.arithmetic or c.figure or c.event)


def how_to() -> dict[str, str]:
    """The files that the how-to builds piece by piece."""
    files: dict[str, str] = {}
    for name, block in re.findall(r"^```\w+ (\S+)\n(.*?)^```$", read(DOCS / "casefile.md"), re.MULTILINE | re.DOTALL):
        files[name] = files.get(name, "") + block
    return files


def test_the_how_to_works_as_written(tmp_path: Path) -> None:
    files = how_to()
    for name in ("essay.txt", "essay.case.yaml"):
        (tmp_path / name).write_text(files[name], encoding="utf-8")
    case = tmp_path / "essay.case.yaml"
    assert CliRunner().invoke(cli, ["check", str(case)]).output == files["output"]
    found = {claim.id: claim.finding for claim in audit(*open_case(case)).claims}
    assert found["longer-lives"].band == "every"
    assert "cannot see" in found["longer-lives"].events_between[0][0]
    assert found["a-gain-of-24"].quantity is not None
    assert found["a-gain-of-24"].quantity.agrees
    assert found["the-famine"].event is not None
    assert found["crawled"].band == "depends"
    case.write_text(
        files["essay.case.yaml"].replace("form: {name: more", "needs_to_see: [famine]\n    form: {name: more"),
        encoding="utf-8",
    )
    assert audit(*open_case(case)).claims[0].finding.status == "refused"


def test_the_readmes_casefile_is_in_order(tmp_path: Path) -> None:
    block = re.search(r"^```yaml\n(# essay.case.yaml\n.*?)^```$", read(ROOT / "README.md"), re.MULTILINE | re.DOTALL)
    assert block is not None
    quotes = [claim["quote"] for claim in YAML(typ="safe").load(block[1])["claims"]]
    (tmp_path / "essay.txt").write_text("\n".join(quotes), encoding="utf-8")
    (tmp_path / "essay.case.yaml").write_text(block[1], encoding="utf-8")
    open_case(tmp_path / "essay.case.yaml")


# The methods


def test_the_methods_name_every_rule_form_band_and_reason() -> None:
    page = read(DOCS / "methods.md")
    reasons = [code for code in REASON_WORDS if code not in NOT_USED_BY_THE_PAGE]
    missing = [word for word in (*STANDARDS, *FORM_NAMES, *reasons) if f"`{word}`" not in page]
    assert not missing
    assert all(words in page for _, words in BANDS)
    assert f"{PLACEBOS:,} random groups" in page
    assert f"beside {REGIONAL:,} that" in page


# Links, and the README's commands


def anchors(page: Path) -> set[str]:
    """What the headings of a page are called in links."""
    heads = re.findall(r"^#+ (.*)$", FENCE.sub("", read(page)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(FENCE.sub("", read(page))):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        inside = target.is_relative_to(ROOT) and target.exists()
        if not inside or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_shows_exists(page: Path) -> None:
    names = {path.removeprefix("evenhand ") for path, _ in commands(cli, "evenhand")}
    for shown in re.findall(r"(?:^ {4}|[`/])evenhand ([a-z]+(?:-[a-z]+)*(?: [a-z]+)?)", read(page), re.MULTILINE):
        assert shown in names or shown.split()[0] in names - {"data"}, shown


def test_the_readmes_two_commands_stand_between_their_markers() -> None:
    page = read(ROOT / "README.md")
    found = {}
    for name in ("first", "tests"):
        part = re.search(rf"^<!-- {name} -->\n(.*?)^<!-- end -->$", page, re.MULTILINE | re.DOTALL)
        assert part is not None
        found[name] = re.findall(r"^python3 .*$", part[1], re.MULTILINE)
    assert [len(lines) for lines in found.values()] == [1, 1]
    assert re.findall(r"^python3 .*$", page, re.MULTILINE) == [*found["first"], *found["tests"]]
    assert "evenhand audit" in found["first"][0]
    assert "pytest" in found["tests"][0]


def test_the_lowest_versions_are_those_that_the_package_allows() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    bounds = {}
    for line in project["dependencies"]:
        wanted = Requirement(line)
        (lower,) = [bound.version for bound in wanted.specifier if bound.operator == ">="]
        bounds[wanted.name] = Version(lower)
    pinned = [Requirement(line) for line in read(ROOT / ".ci" / "lowest.txt").splitlines() if line]
    assert {one.name: Version(next(iter(one.specifier)).version) for one in pinned} == bounds
