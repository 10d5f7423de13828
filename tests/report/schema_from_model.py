"""Write ``findings.schema.json`` from the dataclasses: ``python tests/report/schema_from_model.py``."""

import dataclasses
import enum
import json
import types
import typing
from pathlib import Path
from typing import Any

import evenhand.report
from evenhand.audit.result import Audit
from evenhand.model import Hinge, Outcome, Place
from evenhand.model.finding import Finding

PATH = Path(evenhand.report.__file__).parent / "findings.schema.json"
SHARE_NAMES = {
    "share",
    "share_unweighted",
    "share_min",
    "share_max",
    "standing_share",
    "case_share",
    "typical_share",
    "units_in_band",
    "percentile",
}


def schema() -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    root = _object(Audit, definitions)
    root["properties"] = {"format": {"const": 1}, **root["properties"]}
    root["required"] = ["format", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://evenhand.example/findings.schema.json",
        "title": "evenhand findings",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    return json.dumps(schema(), indent=1) + "\n"


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    properties: dict[str, Any] = {}
    for item in dataclasses.fields(cls):
        if cls is Finding and item.name == "place":
            properties.update(
                {
                    field.name: _nullable(_type(typing.get_type_hints(Place)[field.name], definitions))
                    for field in dataclasses.fields(Place)
                }
            )
        elif cls is Finding and item.name == "hinges_on":
            definitions["Hinge"] = _hinge()
            properties["hinges_on"] = {"type": "array", "items": {"$ref": "#/$defs/Hinge"}}
        elif not (cls is Audit and item.name == "recounts"):
            properties[item.name] = _type(hints[item.name], definitions)
            if item.name in SHARE_NAMES and "Audit" not in cls.__name__:
                properties[item.name] |= {"minimum": 0, "maximum": 1}
    described = (cls.__doc__ or "").strip().split("\n")[0]
    return {
        "description": described,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _hinge() -> dict[str, Any]:
    share = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    by_option = {"type": "object", "additionalProperties": share}
    properties = {
        "choice": {"type": "string"},
        "label": {"type": "string"},
        "share": {"type": "number"},
        "options": by_option,
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "lost": by_option,
        "unbalanced": {"type": "boolean"},
    }
    return {
        "description": (Hinge.__doc__ or "").strip(),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin in {typing.Union, types.UnionType}:
        rest = [item for item in arguments if item is not type(None)]
        return _nullable(_type(rest[0], definitions))
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return {"type": "array", "items": _type(arguments[0], definitions)}
        return {
            "type": "array",
            "prefixItems": [_type(item, definitions) for item in arguments],
            "minItems": len(arguments),
            "maxItems": len(arguments),
        }
    if origin is dict:
        return {"type": "object", "additionalProperties": _type(arguments[1], definitions)}
    if dataclasses.is_dataclass(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return {"enum": [outcome.name.lower() for outcome in Outcome]}
    return {"type": {str: "string", bool: "boolean", int: "integer", float: "number"}[hint]}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if set(schema) == {"type"}:
        return {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
