"""Who says so: testimony and ties, independent voices, truth under copying, and each answer without any tied group.

Tables and arrays in, frozen dataclasses out; knows nothing of casefiles. What needs compiled loops is loaded when it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from evenhand.sources.followthemoney import read_entities, ties_from_entities
from evenhand.sources.groups import Groups, TiedGroup, groups
from evenhand.sources.kinds import KindOfTie, tie_kinds
from evenhand.sources.reach import Reach, Way, reach
from evenhand.sources.read_testimony import read_testimony
from evenhand.sources.read_ties import check_names, read_ties, swap_sides, ties_of, with_sides
from evenhand.sources.testimony import Testimony, ValueKind, statements
from evenhand.sources.ties import Status, Tie, Ties

if TYPE_CHECKING:
    from evenhand.sources.accu import Settings
    from evenhand.sources.confusion import STARTS, Confusion, Start, dawid_skene
    from evenhand.sources.ends import STARTED, Ending, as_likely, endings
    from evenhand.sources.facts import Facts, facts_of
    from evenhand.sources.methods import METHODS, Copied, Link, truth, truth_under_copying
    from evenhand.sources.numeric import NUMERIC, Estimate, estimates
    from evenhand.sources.result import Truth
    from evenhand.sources.search import FixedPoint
    from evenhand.sources.sweeping import Sweep, Tried, sweep
    from evenhand.sources.voices import Voices, all_voices, independent_voices
    from evenhand.sources.voting import truth_finder, vote
    from evenhand.sources.without import Without, WithoutThem, without_them

_LATER = {
    "Settings": "accu",
    "STARTS": "confusion",
    "Confusion": "confusion",
    "Start": "confusion",
    "dawid_skene": "confusion",
    "STARTED": "ends",
    "Ending": "ends",
    "as_likely": "ends",
    "endings": "ends",
    "Facts": "facts",
    "facts_of": "facts",
    "METHODS": "methods",
    "Copied": "methods",
    "Link": "methods",
    "truth": "methods",
    "truth_under_copying": "methods",
    "NUMERIC": "numeric",
    "Estimate": "numeric",
    "estimates": "numeric",
    "Truth": "result",
    "FixedPoint": "search",
    "Sweep": "sweeping",
    "Tried": "sweeping",
    "sweep": "sweeping",
    "Voices": "voices",
    "all_voices": "voices",
    "independent_voices": "voices",
    "truth_finder": "voting",
    "vote": "voting",
    "Without": "without",
    "WithoutThem": "without",
    "without_them": "without",
}

__all__ = [
    "METHODS",
    "NUMERIC",
    "STARTED",
    "STARTS",
    "Confusion",
    "Copied",
    "Ending",
    "Estimate",
    "Facts",
    "FixedPoint",
    "Groups",
    "KindOfTie",
    "Link",
    "Reach",
    "Settings",
    "Start",
    "Status",
    "Sweep",
    "Testimony",
    "Tie",
    "TiedGroup",
    "Ties",
    "Tried",
    "Truth",
    "ValueKind",
    "Voices",
    "Way",
    "Without",
    "WithoutThem",
    "all_voices",
    "as_likely",
    "check_names",
    "dawid_skene",
    "endings",
    "estimates",
    "facts_of",
    "groups",
    "independent_voices",
    "reach",
    "read_entities",
    "read_testimony",
    "read_ties",
    "statements",
    "swap_sides",
    "sweep",
    "tie_kinds",
    "ties_from_entities",
    "ties_of",
    "truth",
    "truth_finder",
    "truth_under_copying",
    "vote",
    "with_sides",
    "without_them",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
