"""Compares like with like: panels, windows, standards, placebos and the multiverse. Plain arrays and labels in,
dataclasses out.
"""

from evenhand.compare.conformal import Conformal, conformal
from evenhand.compare.detail import Detail, Member, detail
from evenhand.compare.double_standard import DoubleStandard, Tally, ahead, double_standard
from evenhand.compare.errors import PlaceboErrors, placebo_errors
from evenhand.compare.fits import Fits, FittingStandard, Jobs
from evenhand.compare.frames import Framed, read_frame, to_frame
from evenhand.compare.in_time import InTime, in_time
from evenhand.compare.leave_out import LeftOut, LeftTwoOut, leave_one_out, leave_two_out
from evenhand.compare.multiverse import Multiverse, multiverse
from evenhand.compare.panel import Groups, Panel, Scores, Window, groups_of, panel_of
from evenhand.compare.peers import AllPeers, GroupPeers, ListedPeers, NearestUnits, Peers, RegionPeers
from evenhand.compare.place import place, regional_place
from evenhand.compare.placebo import GroupPlacebo, Placebos, Standing, group_placebo, placebo
from evenhand.compare.plan import Plan, membership_options
from evenhand.compare.pools import POOLS, donor_pools
from evenhand.compare.power import Power, power
from evenhand.compare.registry import STANDARDS, standard
from evenhand.compare.relative import DifferenceInDifferences, NearestPeers
from evenhand.compare.selectivity import Selectivity, favour, percentiles, selectivity
from evenhand.compare.simplex.solve import Certificate, Problems, Solutions, certify, solve
from evenhand.compare.size import Quartiles, Rate, Size, size
from evenhand.compare.staggered import GroupTime, group_time
from evenhand.compare.standards import Change, GapClosed, Growth, Level, Standard, WholePath
from evenhand.compare.study import Study, study
from evenhand.compare.synthetic.augmented import AugmentedSC
from evenhand.compare.synthetic.completion import MatrixCompletion
from evenhand.compare.synthetic.control import SyntheticControl
from evenhand.compare.synthetic.did import SyntheticDiD
from evenhand.compare.synthetic.penalized import PenalizedSC
from evenhand.compare.synthetic.predictors import Predictor
from evenhand.compare.verdict import Verdict, verdict

__all__ = [
    "POOLS",
    "STANDARDS",
    "AllPeers",
    "AugmentedSC",
    "Certificate",
    "Change",
    "Conformal",
    "Detail",
    "DifferenceInDifferences",
    "DoubleStandard",
    "Fits",
    "FittingStandard",
    "Framed",
    "GapClosed",
    "GroupPeers",
    "GroupPlacebo",
    "GroupTime",
    "Groups",
    "Growth",
    "InTime",
    "Jobs",
    "LeftOut",
    "LeftTwoOut",
    "Level",
    "ListedPeers",
    "MatrixCompletion",
    "Member",
    "Multiverse",
    "NearestPeers",
    "NearestUnits",
    "Panel",
    "Peers",
    "PenalizedSC",
    "PlaceboErrors",
    "Placebos",
    "Plan",
    "Power",
    "Predictor",
    "Problems",
    "Quartiles",
    "Rate",
    "RegionPeers",
    "Scores",
    "Selectivity",
    "Size",
    "Solutions",
    "Standard",
    "Standing",
    "Study",
    "SyntheticControl",
    "SyntheticDiD",
    "Tally",
    "Verdict",
    "WholePath",
    "Window",
    "ahead",
    "certify",
    "conformal",
    "detail",
    "donor_pools",
    "double_standard",
    "favour",
    "group_placebo",
    "group_time",
    "groups_of",
    "in_time",
    "leave_one_out",
    "leave_two_out",
    "membership_options",
    "multiverse",
    "panel_of",
    "percentiles",
    "place",
    "placebo",
    "placebo_errors",
    "power",
    "read_frame",
    "regional_place",
    "selectivity",
    "size",
    "solve",
    "standard",
    "study",
    "to_frame",
    "verdict",
]
