"""Who says so: testimony and ties, independent voices, truth under copying, and each answer without any tied group.

Tables and arrays in, frozen dataclasses out; knows nothing of casefiles.
"""

from evenhand.sources.followthemoney import read_entities, ties_from_entities
from evenhand.sources.kinds import KindOfTie, tie_kinds
from evenhand.sources.read_testimony import read_testimony
from evenhand.sources.read_ties import check_names, read_ties, swap_sides, ties_of
from evenhand.sources.testimony import Testimony, ValueKind, statements
from evenhand.sources.ties import Status, Tie, Ties

__all__ = [
    "KindOfTie",
    "Status",
    "Testimony",
    "Tie",
    "Ties",
    "ValueKind",
    "check_names",
    "read_entities",
    "read_testimony",
    "read_ties",
    "statements",
    "swap_sides",
    "tie_kinds",
    "ties_from_entities",
    "ties_of",
]
