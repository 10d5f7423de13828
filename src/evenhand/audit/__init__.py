"""Turns each claim into a check, runs the checks, and gathers what they find."""

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
    "audit",
    "is_leader",
    "judge",
    "open_case",
    "open_comparison",
    "open_leaders",
]
