"""Compares like with like: panels, windows, standards, placebos and the multiverse. Plain arrays and labels in,
dataclasses out.
"""

from evenhand.compare.detail import Detail, Member, detail
from evenhand.compare.multiverse import Multiverse, multiverse
from evenhand.compare.panel import Groups, Panel, Scores, Window, groups_of, panel_of
from evenhand.compare.peers import AllPeers, GroupPeers, ListedPeers, NearestUnits, Peers, RegionPeers
from evenhand.compare.place import place, regional_place
from evenhand.compare.plan import Plan, membership_options
from evenhand.compare.registry import STANDARDS, standard
from evenhand.compare.relative import DifferenceInDifferences, NearestPeers
from evenhand.compare.standards import Change, GapClosed, Growth, Level, Standard, WholePath
from evenhand.compare.verdict import Verdict, verdict

__all__ = [
    "STANDARDS",
    "AllPeers",
    "Change",
    "Detail",
    "DifferenceInDifferences",
    "GapClosed",
    "GroupPeers",
    "Groups",
    "Growth",
    "Level",
    "ListedPeers",
    "Member",
    "Multiverse",
    "NearestPeers",
    "NearestUnits",
    "Panel",
    "Peers",
    "Plan",
    "RegionPeers",
    "Scores",
    "Standard",
    "Verdict",
    "WholePath",
    "Window",
    "detail",
    "groups_of",
    "membership_options",
    "multiverse",
    "panel_of",
    "place",
    "regional_place",
    "standard",
    "verdict",
]
