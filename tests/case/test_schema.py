"""The schema explains itself, says what the model says, and nothing less than the contract."""

from collections.abc import Iterator
from typing import Any, get_args

from jsonschema import Draft202012Validator

from evenhand.argue import schemes
from evenhand.case import schema
from evenhand.case.casefile import Says
from evenhand.case.names import REFERENCES, WHERE_TO_LOOK
from evenhand.model import CHOICE_KINDS, CLAIM_KINDS, FORM_NAMES, MOVES, STANCES, TIE_KINDS

SCHEMA = schema()
DEFS = SCHEMA["$defs"]


def objects(part: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of keys that the schema describes."""
    if isinstance(part, dict):
        if "properties" in part and "additionalProperties" in part:
            yield part
        for value in part.values():
            yield from objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from objects(value)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_no_unknown_key_is_allowed_anywhere() -> None:
    found = list(objects(SCHEMA))
    assert len(found) > 20
    assert all(part["additionalProperties"] is False for part in found)


def test_every_key_has_a_title_and_an_explanation() -> None:
    for part in objects(SCHEMA):
        for key, value in part["properties"].items():
            full = DEFS[value["$ref"].rpartition("/")[2]] | value if "$ref" in value else value
            assert full.get("title"), key
            assert full.get("description"), key


def test_its_words_are_the_models() -> None:
    claim = DEFS["claim"]["properties"]
    assert tuple(claim["kind"]["enum"]) == CLAIM_KINDS
    assert tuple(claim["move"]["enum"]) == (*MOVES, None)
    assert tuple(claim["stance"]["enum"]) == STANCES
    assert tuple(DEFS["form"]["properties"]["name"]["enum"]) == FORM_NAMES
    assert tuple(DEFS["choice"]["properties"]["kind"]["enum"]) == CHOICE_KINDS
    assert tuple(DEFS["tie"]["properties"]["kind"]["enum"]) == TIE_KINDS
    assert tuple(DEFS["event"]["properties"]["says"]["enum"]) == get_args(Says)
    assert tuple(DEFS["link"]["properties"]["scheme"]["enum"]) == (*schemes(), None)


def test_it_has_the_contracts_keys() -> None:
    assert set(SCHEMA["properties"]) == {
        "version", "text", "window", "default_standard", "sides", "argues_for", "data", "groups", "classes", "sources",
        "choices", "claims", "links", "positions", "disputes", "notes", "testimony", "directions", "drafted",
    }  # fmt: skip
    assert set(DEFS["claim"]["properties"]) == {
        "id", "kind", "quote", "prefix", "suffix", "reads", "readings", "by", "voice", "stance", "veiled", "move",
        "side",
        "cites", "open", "arithmetic", "figure", "event", "class", "equates", "tie", "consensus", "questions", "reviewed",
    }  # fmt: skip


def test_a_caller_cannot_change_it() -> None:
    schema()["properties"].clear()
    assert schema() == SCHEMA


def test_every_place_of_a_name_is_in_the_schema() -> None:
    for pattern, kind in REFERENCES.items():
        assert kind in WHERE_TO_LOOK or kind in ("side", "choice", "claim", "claim or link", "choice or kind of choice")
        part: Any = SCHEMA
        for step in pattern.replace("choices:", "choices.:").split("."):
            if step.startswith(":"):
                kind_of_choice = step[1:]
                assert kind_of_choice in CHOICE_KINDS
                continue
            part = step_into(part, step)
            if step == "value":
                rules = DEFS["choice"]["allOf"]
                rule = next(r for r in rules if r["if"]["properties"]["kind"]["const"] == kind_of_choice)
                part = step_into(rule, "then", "properties", "options", "items", "properties", "value")


def step_into(part: Any, *steps: str) -> Any:
    for step in steps:
        while "$ref" in part:
            part = DEFS[part["$ref"].rpartition("/")[2]]
        if step in part:
            part = part[step]
        elif step == "*":
            part = part["items"] if "items" in part else branch(part, "items")
        else:
            part = part["properties"][step] if "properties" in part else branch(part, "properties")[step]
    while "$ref" in part:
        part = DEFS[part["$ref"].rpartition("/")[2]]
    return part


def branch(part: Any, key: str) -> Any:
    return next(rule["then"][key] for rule in part["allOf"] if key in rule["then"])
