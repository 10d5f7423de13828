"""Ties from FollowTheMoney entities: one JSON object a line, each with id, schema and properties."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evenhand.model import BadInputError
from evenhand.sources.kinds import KindOfTie, Schema, tie_kinds
from evenhand.sources.read_testimony import year_of
from evenhand.sources.read_ties import ties_of
from evenhand.sources.ties import Tie, Ties

START, END, SHOWN = (
    ("startDate", "date"),
    ("endDate", "date"),
    ("sourceUrl", "proof", "publisher", "publisherUrl", "recordId"),
)
EVIDENCE = ("summary", "description", "role", "purpose", "relationship", "ownershipType", "percentage")


def read_entities(path: str | Path, *, kinds: Mapping[str, KindOfTie] | None = None) -> Ties:
    """Which ties do these FollowTheMoney entities hold? Ends are the entities' names where the file has them, else ids.

    A tie is documented where its entity names a source (sourceUrl, proof, publisher, ...), else asserted. Entities of
    other schemata are passed over. Raises ``BadInputError`` for lines that are no entity.
    """
    entities = list(_entities(Path(path)))
    return ties_from_entities(entities, kinds=kinds, name=str(path))


def ties_from_entities(
    entities: Iterable[Mapping[str, Any]], *, kinds: Mapping[str, KindOfTie] | None = None, name: str = "entities"
) -> Ties:
    """The same from entities in memory (``entity.to_dict()`` of the followthemoney library gives such mappings)."""
    kinds = kinds or tie_kinds()
    listed = list(entities)
    names = {str(entity["id"]): _first(entity, ("name",)) or str(entity["id"]) for entity in listed}
    ties = []
    for number, entity in enumerate(listed, 1):
        kind, schema = _matching(entity, kinds)
        if schema is not None:
            ties += _ties(entity, kind, schema, names, f"{name}, line {number}")
    return ties_of(ties, kinds=kinds)


def _entities(path: Path) -> Iterable[Mapping[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"the entities cannot be read ({error})", where=str(path)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
            whole = isinstance(entity["id"], str) and isinstance(entity["schema"], str)
            whole = whole and isinstance(entity.get("properties", {}), dict)
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            hint = "one JSON object a line, with id, schema and properties"
            raise BadInputError("this is no FollowTheMoney entity", hint=hint, where=f"{path}, line {number}")
        yield entity


def _matching(entity: Mapping[str, Any], kinds: Mapping[str, KindOfTie]) -> tuple[str, Schema | None]:
    """The kind that names the entity's schema; one with conditions that hold goes before one without."""
    found = [
        (kind.id, schema)
        for kind in kinds.values()
        for schema in kind.followthemoney
        if schema.schema == entity["schema"]
        and all(wanted in _all(entity, key) for key, wanted in schema.where.items())
    ]
    found.sort(key=lambda pair: -len(pair[1].where))
    return found[0] if found else ("", None)


def _ties(entity: Mapping[str, Any], kind: str, schema: Schema, names: Mapping[str, str], where: str) -> list[Tie]:
    start, end = (year_of(_first(entity, keys)) for keys in (START, END))
    shown = _first(entity, SHOWN)
    return [
        Tie(
            names.get(one, one), names.get(other, other), kind, start, end, "documented" if shown else "asserted",
            "; ".join(_first(entity, (key,)) for key in EVIDENCE if _first(entity, (key,))), shown, where=where,
        )
        for one in _all(entity, schema.from_)
        for other in _all(entity, schema.to)
    ]  # fmt: skip


def _all(entity: Mapping[str, Any], key: str) -> list[str]:
    """The values of a property: a list of words, or of nested entities, whose ids count."""
    values = entity.get("properties", {}).get(key, [])
    values = values if isinstance(values, list) else [values]
    return [str(value["id"]) if isinstance(value, dict) and "id" in value else str(value) for value in values]


def _first(entity: Mapping[str, Any], keys: Iterable[str]) -> str:
    return next((value for key in keys for value in _all(entity, key)), "")
