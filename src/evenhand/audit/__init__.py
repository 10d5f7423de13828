"""Turns each claim into a check, runs the checks, and gathers what they find.

Names are imported when they are first asked for: a single question needs none of what a whole audit does.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenhand.audit.argument import Argument, argue, argument_of, graph_of
    from evenhand.audit.comparison import judge
    from evenhand.audit.leaders import is_leader, open_leaders
    from evenhand.audit.opening import Opened, open_comparison
    from evenhand.audit.result import (
        Audit,
        AuditedClaim,
        Cell,
        Coverage,
        Matrix,
        Provenance,
        SameStandard,
        SideCount,
        SourceNote,
    )
    from evenhand.audit.run import audit
    from evenhand.audit.session import open_case

WHERE = {
    "argument": ("Argument", "argue", "argument_of", "graph_of"),
    "comparison": ("judge",),
    "leaders": ("is_leader", "open_leaders"),
    "opening": ("Opened", "open_comparison"),
    "result": (
        "Audit", "AuditedClaim", "Cell", "Coverage", "Matrix", "Provenance", "SameStandard", "SideCount", "SourceNote",
    ),
    "run": ("audit",),
    "session": ("open_case",),
}  # fmt: skip
__all__ = [
    "Argument",
    "Audit",
    "AuditedClaim",
    "Cell",
    "Coverage",
    "Matrix",
    "Opened",
    "Provenance",
    "SameStandard",
    "SideCount",
    "SourceNote",
    "argue",
    "argument_of",
    "audit",
    "graph_of",
    "is_leader",
    "judge",
    "open_case",
    "open_comparison",
    "open_leaders",
]


def __getattr__(name: str) -> Any:
    for module, names in WHERE.items():
        if name in names:
            value = getattr(import_module(f"evenhand.audit.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
