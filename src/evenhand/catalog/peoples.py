"""What the people of a state are called, its adjectives and its capital: names that mean the state and are not its own."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class People:
    """adjectives: "Danish". people: "Danes". capitals: former ones too, whatever the year of the text."""

    unit: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


@cache
def peoples() -> dict[str, People]:
    """By unit. States that nobody has filled in are missing."""
    text = files("evenhand.catalog").joinpath("peoples.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["unit"]: People(row["unit"], *(_listed(row[key]) for key in KEYS)) for row in rows}


KEYS = ("adjectives", "people", "capitals")


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split(";") if word)


@cache
def adjectives() -> dict[str, tuple[str, ...]]:
    """For each adjective and name of a people, in lower case, the units that it may mean."""
    out: dict[str, list[str]] = {}
    for one in peoples().values():
        for word in dict.fromkeys([*one.adjectives, *one.people]):
            out.setdefault(word.lower(), []).append(one.unit)
    return {word: tuple(units) for word, units in out.items()}


def words_of(units: Sequence[str]) -> tuple[str, ...]:
    """Every adjective, name of a people and capital of some units."""
    found = [one for unit in units if (one := peoples().get(unit)) is not None]
    return tuple(dict.fromkeys(word for one in found for word in (*one.adjectives, *one.people, *one.capitals)))
