"""The kinds of tie: what each says, and how much dependence it stands for. Data in ``vocabulary/ties.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from evenhand.model import BadInputError

BUILT_IN = Path(__file__).parent / "vocabulary" / "ties.toml"


@dataclass(frozen=True, slots=True)
class Schema:
    """A FollowTheMoney schema that says the same: the properties that hold both ends, and values it must have."""

    schema: str
    from_: str
    to: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KindOfTie:
    """One kind of tie. A motive is a label on a tie, never a term in a likelihood: only ``copying`` is a prior.

    says: FROM *says* TO. dependence: how much of FROM's word counts as TO's when voices are counted, 0 to 1. copying: the
    prior probability that FROM's values are taken from TO. passes_on: whether what stands behind TO stands behind FROM.
    """

    id: str
    label: str
    says: str
    dependence: float
    copying: float
    passes_on: bool
    followthemoney: tuple[Schema, ...] = ()


@cache
def tie_kinds(path: Path = BUILT_IN) -> dict[str, KindOfTie]:
    """Which kinds of tie are there? By id, in the order of the file; raises ``BadInputError`` on a bad file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(f"the kinds of tie cannot be read ({error})", where=str(path)) from error
    return {name: _kind(path, name, entry) for name, entry in data.items()}


def _kind(path: Path, name: str, entry: Any) -> KindOfTie:
    where = f"{path}: [{name}]"
    try:
        schemata = tuple(
            Schema(s["schema"], s["from"], s["to"], s.get("where", {})) for s in entry.get("followthemoney", ())
        )
        kind = KindOfTie(
            name, entry["label"], entry["says"], float(entry["dependence"]), float(entry["copying"]),
            bool(entry["passes_on"]), schemata,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        hint = "each kind has label, says, dependence, copying and passes_on"
        raise BadInputError(f"a kind of tie is not whole ({error})", hint=hint, where=where) from error
    for word, value in (("dependence", kind.dependence), ("copying", kind.copying)):
        if not 0 <= value <= 1:
            raise BadInputError(f"{word} is {value}", hint="it lies between 0 and 1", where=where)
    return kind
