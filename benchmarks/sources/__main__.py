"""``python -m benchmarks.sources [--check] [--only PART ...] [--seeds N] [--huge]``: each part writes its own section."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from benchmarks.results import Target, checked, machine, told, write
from benchmarks.sources import copiers, published, speed

Part = Callable[[argparse.Namespace], tuple[str, list[Target]]]


def _published(_: argparse.Namespace) -> tuple[str, list[Target]]:
    texts, targets = [], []
    for title, part in (
        ("Crowds", published.crowds),
        ("Five sources", published.five_sources),
        ("Book", published.book),
    ):
        text, found = part()
        texts.append(f"### {title}\n\n{text}")
        targets += found
    return "\n\n".join(texts), targets


PARTS: dict[str, tuple[str, Part]] = {
    "published": ("## Sources: published figures", _published),
    "copiers": ("## Sources: simulated copiers", lambda asked: copiers.run(asked.seeds)),
    "speed": ("## Sources: speed beside other libraries", lambda asked: speed.run(huge=asked.huge)),
}


def main() -> int:
    """Runs what is asked for, writes RESULTS.md, and tells the targets that are missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sources")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a target is missed")
    parser.add_argument("--only", nargs="*", choices=[*PARTS, "simulation"], default=None)
    parser.add_argument("--seeds", type=int, default=200, help="seeds of each simulated world")
    parser.add_argument("--huge", action="store_true", help="with 100,000,000 observations too (12 GB)")
    asked = parser.parse_args()
    targets: list[Target] = []
    for name, (heading, part) in PARTS.items():
        if asked.only is None or name in asked.only:
            text, found = part(asked)
            write(heading, f"{machine('numba', 'numpy', 'scipy')}.\n\n{told(found)}\n\n{text}")
            targets += found
    if (asked.only is None or "simulation" in asked.only) and find_spec("benchmarks.sources.simulation"):
        targets += import_module("benchmarks.sources.simulation").main()
    return checked(targets) if asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
