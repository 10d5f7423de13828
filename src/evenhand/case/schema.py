"""The casefile's JSON Schema, and its complaints in words."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from evenhand.case.tree import Path, Tree
from evenhand.model import Problem, closest_words

TYPES = {
    "string": "a text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "array": "a list", "object": "a mapping of keys to values", "null": "null",
}  # fmt: skip
LIMITS = {"minimum": "under", "maximum": "over", "exclusiveMinimum": "not over"}
MOST_SHOWN = 60


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of casefiles, for editors; a fresh copy."""
    parsed: dict[str, Any] = json.loads(_text())
    return parsed


@cache
def _text() -> str:
    return files("evenhand.case").joinpath("schema.json").read_text(encoding="utf-8")


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


@cache
def _definitions() -> dict[str, Any]:
    found: dict[str, Any] = schema()["$defs"]
    return found


def allows(definition: str, value: Any) -> bool:
    """Is a value all that one of the schema's definitions asks for?"""
    return Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": _definitions()}).is_valid(value)


def schema_problems(tree: Tree) -> list[Problem]:
    """Everything in a casefile that its schema does not allow."""
    return [problem for error in _validator().iter_errors(tree.data) for problem in _in_words(tree, error)]


def unused(tree: Tree) -> list[Problem]:
    """What stands in a casefile, is allowed, and is not used by this version."""
    found = _unused(schema(), tree.data, ())
    return [tree.problem(path, f"{label(path)}: accepted, not checked", why, key=True) for path, why in found]


def _unused(part: Any, data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    while "$ref" in part:
        part = _definitions()[part["$ref"].rpartition("/")[2]] | {k: v for k, v in part.items() if k != "$ref"}
    if "unused" in part and data:
        yield path, part["unused"]
    elif isinstance(data, dict):
        for key in data.keys() & part.get("properties", {}).keys():
            yield from _unused(part["properties"][key], data[key], (*path, key))
    elif isinstance(data, list) and "items" in part:
        for i, item in enumerate(data):
            yield from _unused(part["items"], item, (*path, i))


def _in_words(tree: Tree, error: ValidationError) -> Iterator[Problem]:
    path: Path = tuple(error.absolute_path)
    value: Any = error.instance
    rule: Any = error.validator_value
    part: Any = error.schema
    name, description = label(path), part.get("description", "")
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(tree, path, value, part)
        case "required":
            yield _missing(tree, path, value, part)
        case "type":
            yield tree.problem(path, *_wrong_type(name, value, rule, description))
        case "enum":
            yield tree.problem(path, f"{name} {shown(value)} is not allowed", _allowed(value, rule))
        case "const":
            yield tree.problem(path, f"{name} is {shown(value)}", f"allowed: {shown(rule)}")
        case "minProperties" | "maxProperties":
            yield _one_of(tree, path, value, part)
        case "minLength" | "minItems":
            at_least = "" if rule == 1 else f": it needs {rule} at least"
            yield tree.problem(path, f"{name} is empty" if not value else f"{name} is too short{at_least}", description)
        case "minimum" | "maximum" | "exclusiveMinimum":
            yield tree.problem(path, f"{name} is {shown(value)}, {LIMITS[str(error.validator)]} {rule}", description)
        case "uniqueItems":
            yield tree.problem(path, f"{name} names something twice", "take one of them out")
        case _:
            yield tree.problem(path, f"{name} {shown(value)} is not allowed", description)


def _unknown_keys(tree: Tree, path: Path, value: dict[str, Any], part: dict[str, Any]) -> Iterator[Problem]:
    allowed = list(part["properties"])
    for key in value.keys() - part["properties"].keys():
        yield tree.problem((*path, key), f"unknown key {shown(key)} in {label(path)}", _allowed(key, allowed), key=True)


def _missing(tree: Tree, path: Path, value: dict[str, Any], part: dict[str, Any]) -> Problem:
    missing = [key for key in part["required"] if key not in value]
    return tree.problem(
        path, f"{label(path)} has no {' and no '.join(missing)}", f"needed: {', '.join(part['required'])}"
    )


def _one_of(tree: Tree, path: Path, value: dict[str, Any], part: dict[str, Any]) -> Problem:
    found = f"it has {' and '.join(value)}" if value else "it has none"
    return tree.problem(path, f"{label(path)} needs exactly one of {', '.join(part['properties'])}; {found}")


def _wrong_type(name: str, value: Any, rule: Any, description: str) -> tuple[str, str]:
    allowed = [TYPES[kind] for kind in ([rule] if isinstance(rule, str) else rule)]
    if value is None:
        return f"{name} has no value", f"allowed: {' or '.join(allowed)}; or take the line out"
    return f"{name} is {kind_of(value)}", "; ".join(filter(None, (f"allowed: {' or '.join(allowed)}", description)))


def _allowed(value: Any, allowed: list[Any]) -> str:
    words = [word for word in allowed if isinstance(word, str)]
    closest = closest_words(value, words, 1) if isinstance(value, str) else []
    listed = f"allowed: {', '.join('null' if word is None else str(word) for word in allowed)}"
    return f"{listed}; closest: {closest[0]}" if closest else listed


def kind_of(value: Any) -> str:
    """A value as a complaint names it."""
    if isinstance(value, bool):
        return f"{str(value).lower()}"
    if isinstance(value, dict | list):
        return TYPES["object" if isinstance(value, dict) else "array"]
    return f"the {'text' if isinstance(value, str) else 'number'} {shown(value)}"


def shown(value: Any) -> str:
    """A value as it stands in a message: on one line, not too long."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value) if isinstance(value, str | int | float) else kind_of(value)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 2] + "…'"


def label(path: Path) -> str:
    """What a complaint calls a place: the last key of its path, or an entry of a list by its number."""
    if not path:
        return "the casefile"
    if isinstance(path[-1], int):
        return f"{label(path[:-1])} entry {path[-1] + 1}"
    return path[-1]
