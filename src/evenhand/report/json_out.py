"""The same findings for machines: CONTRACT.md's field names, no clock time, no path of the machine."""

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

from evenhand.audit.result import Audit, AuditedClaim
from evenhand.model import Finding, Hinge, Outcome

FORMAT = 1
APART = frozenset({"claims", "recounts"})
"""What of an audit is told in another shape, or on the page alone."""


def to_json(audit: Audit) -> dict[str, Any]:
    """The audit as plain dictionaries and lists."""
    fields = {
        item.name: plain(getattr(audit, item.name)) for item in dataclasses.fields(audit) if item.name not in APART
    }
    return {"format": FORMAT, **fields, "claims": [_claim(claim) for claim in audit.claims]}


def json_text(audit: Audit) -> str:
    """The audit as JSON, keys in the order of the definitions, one line feed at the end."""
    return json.dumps(to_json(audit), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of ``to_json``."""
    text = (Path(__file__).parent / "findings.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _claim(claim: AuditedClaim) -> dict[str, Any]:
    fields = {
        item.name: plain(getattr(claim, item.name)) for item in dataclasses.fields(claim) if item.name != "finding"
    }
    return {**fields, "finding": finding_json(claim.finding)}


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding with its place spelled out: rank, of, ties, at_least, at_least_as_good, among."""
    fields: dict[str, Any] = {}
    for item in dataclasses.fields(finding):
        value = getattr(finding, item.name)
        if item.name == "place":
            names = ("rank", "of", "ties", "at_least", "at_least_as_good", "among")
            fields.update({name: plain(getattr(value, name)) if value is not None else None for name in names})
        elif item.name == "hinges_on":
            fields["hinges_on"] = [_hinge(hinge) for hinge in value]
        else:
            fields[item.name] = plain(value)
    return fields


def _hinge(hinge: Hinge) -> dict[str, Any]:
    return {
        "choice": hinge.choice,
        "label": hinge.label,
        "share": hinge.share,
        "options": {option.option: option.share for option in hinge.options},
        "labels": {option.option: option.label for option in hinge.options},
        "lost": {option.option: option.lost for option in hinge.options},
        "unbalanced": hinge.unbalanced,
    }


def plain(value: Any) -> Any:
    """Dataclasses to dictionaries, tuples to lists, outcomes to words; a number that is none becomes null."""
    if isinstance(value, Outcome):
        return value.name.lower()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
