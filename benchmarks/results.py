"""Where benchmarks write what they found: one section of RESULTS.md each, and the targets that they meet or miss."""

import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True, slots=True)
class Target:
    """What was to be reached. got: in words; met: whether it is; None where it could not be measured here."""

    what: str
    wanted: str
    got: str
    met: bool | None


def section(heading: str, text: str) -> str:
    """What stands under a heading of the second level, the heading included; empty where there is none."""
    start = 0 if text.startswith(f"{heading}\n") else text.find(f"\n{heading}\n") + 1
    if not text[start:].startswith(heading):
        return ""
    rest = text[start:]
    after = rest.find("\n## ", 1)
    return (rest if after < 0 else rest[:after]).strip()


def write(heading: str, body: str) -> None:
    """Replaces one section of RESULTS.md, or adds it; the others stay as they are."""
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results of the benchmarks\n"
    ours, text = section(heading, old), f"{heading}\n\n{body.strip()}"
    new = old.replace(ours, text) if ours else f"{old.rstrip()}\n\n{text}\n"
    RESULTS.write_text(new, encoding="utf-8")


def told(targets: Sequence[Target]) -> str:
    """The targets as a table."""
    word = {True: "met", False: "MISSED", None: "not measured"}
    rows = [f"| {t.what} | {t.wanted} | {t.got} | {word[t.met]} |" for t in targets]
    return "\n".join(["| what | target | measured | |", "|---|---|---|---|", *rows])


def checked(targets: Sequence[Target]) -> int:
    """For ``--check``: names the targets that are missed on standard error; 1 where there is one, else 0."""
    missed = [t for t in targets if t.met is False]
    for target in missed:
        print(f"missed: {target.what}: {target.got}, wanted {target.wanted}", file=sys.stderr)
    return 1 if missed else 0


def machine(*packages: str) -> str:
    """The machine, the day and the versions of what was measured, in one line."""
    shown = [f"{name} {_version(name)}" for name in packages]
    return ", ".join(
        [f"{platform.machine()}, Python {platform.python_version()}, {datetime.now(tz=UTC).date()}", *shown]
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
