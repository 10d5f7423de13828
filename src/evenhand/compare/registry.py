"""Standards by the names that casefiles use."""

from collections.abc import Mapping
from dataclasses import fields as fields_of
from typing import Any

from evenhand.compare.relative import DifferenceInDifferences, NearestPeers
from evenhand.compare.standards import Change, GapClosed, Growth, Level, Standard, WholePath
from evenhand.compare.synthetic.augmented import AugmentedSC
from evenhand.compare.synthetic.completion import MatrixCompletion
from evenhand.compare.synthetic.control import SyntheticControl
from evenhand.compare.synthetic.did import SyntheticDiD
from evenhand.compare.synthetic.penalized import PenalizedSC
from evenhand.model import BadInputError, closest_words

STANDARDS: Mapping[str, type[Standard]] = {
    "level": Level,
    "change": Change,
    "growth": Growth,
    "gap-closed": GapClosed,
    "whole-path": WholePath,
    "nearest-peers": NearestPeers,
    "difference-in-differences": DifferenceInDifferences,
    "synthetic-control": SyntheticControl,
    "penalized-synthetic-control": PenalizedSC,
    "matrix-completion": MatrixCompletion,
    "augmented-synthetic-control": AugmentedSC,
    "synthetic-did": SyntheticDiD,
}


def standard(name: str, **fields: Any) -> Standard:
    """Which standard has this name? ``fields`` are its own: ``standard("nearest-peers", k=3)``.

    >>> standard("nearest-peers", k=3).name
    'nearest-peers'
    """
    if name not in STANDARDS:
        near = closest_words(name, STANDARDS)
        raise BadInputError(
            f"there is no standard {name!r}", hint=f"did you mean {near[0]}?" if near else ", ".join(STANDARDS)
        )
    made: Any = STANDARDS[name]
    allowed = [field.name for field in fields_of(made)]
    for field in fields:
        if field not in allowed:
            hint = f"it takes {', '.join(allowed)}" if allowed else "it takes none"
            raise BadInputError(f"the standard {name!r} has no field {field!r}", hint=hint)
    rule: Standard = made(**fields)
    return rule
