"""The short list of sources that can be imported by name, and the patterns of names that stand for many."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("known.toml")
OWID = "https://ourworldindata.org/grapher/"
WORLD_BANK = "https://api.worldbank.org/v2/country/all/indicator/"
PATTERNS = {"owid": OWID, "worldbank": WORLD_BANK}


@dataclass(frozen=True, slots=True)
class Listed:
    """A source by name: title, licence, address. by_hand: what to do where it cannot be fetched by a program."""

    name: str
    title: str
    licence: str
    address: str
    by_hand: str = ""


def listed_sources(path: Path = LIST) -> tuple[Listed, ...]:
    """The list that ships with the package."""
    return tuple(Listed(**one) for one in tomllib.loads(path.read_text(encoding="utf-8"))["source"])


def by_pattern(name: str) -> Listed | None:
    """``owid:SLUG`` is any chart of Our World in Data, ``worldbank:CODE`` any indicator of the World Bank."""
    kind, mark, rest = name.partition(":")
    if not mark or kind not in PATTERNS or not rest or "/" in rest:
        return None
    return Listed(name, rest, "as the publisher says", PATTERNS[kind] + rest)
