"""Turns each claim into a check, runs the checks, and gathers what they find."""

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
