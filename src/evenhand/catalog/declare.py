"""Declarations of measures in casefiles and on the command line, turned into measures."""

from collections.abc import Mapping
from typing import Any

from evenhand.catalog.entries import BETTER, SCALES, Measure
from evenhand.model import BadInputError, Problem, closest_words

TEXTS = ("id", "concept", "domain", "name", "definition", "unit", "better", "because", "scale", "spacing", "caveats")
NUMBERS = ("minimum", "maximum")


def measure_from(declaration: Mapping[str, Any], *, where: str = "") -> Measure:
    """A measure from its declaration. Only ``id`` is needed; raises ``BadInputError`` with every problem at once."""
    problems = [*_keys(declaration, where), *_types(declaration, where), *_words(declaration, where)]
    if problems:
        raise BadInputError.of(problems)
    given = {key: value for key, value in declaration.items() if value is not None}
    id_ = given["id"]
    defaults = {"concept": id_, "domain": "other", "name": id_.replace("-", " ").replace("_", " ")}
    return Measure(**{**defaults, **given})


def _keys(declaration: Mapping[str, Any], where: str) -> list[Problem]:
    allowed = (*TEXTS, *NUMBERS)
    problems = [
        Problem(
            where, f"a measure has no ‘{key}’", f"closest: {', '.join(closest_words(str(key), allowed) or allowed)}"
        )
        for key in declaration
        if key not in allowed
    ]
    if not declaration.get("id"):
        problems.append(Problem(where, "a measure needs an id"))
    return problems


def _types(declaration: Mapping[str, Any], where: str) -> list[Problem]:
    problems = []
    for key, value in declaration.items():
        if key in TEXTS and value is not None and not isinstance(value, str):
            problems.append(Problem(where, f"{key} must be text"))
        if key in NUMBERS and value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            problems.append(Problem(where, f"{key} must be a number"))
    return problems


def _words(declaration: Mapping[str, Any], where: str) -> list[Problem]:
    allowed = {"better": BETTER, "scale": SCALES}
    return [
        Problem(where, f"{key} cannot be ‘{declaration[key]}’", f"one of {', '.join(words)}")
        for key, words in allowed.items()
        if declaration.get(key) is not None and declaration[key] not in words
    ]
