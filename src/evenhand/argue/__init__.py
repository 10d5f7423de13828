"""What stands, and which link to break. Plain graphs in, dataclasses out."""

from evenhand.argue.bearing import Bearing, LoadBearing, load_bearing
from evenhand.argue.budget import Budget, budget, counted
from evenhand.argue.checks import Check, checks
from evenhand.argue.equations import broken_chains, with_chains
from evenhand.argue.extensions import extensions
from evenhand.argue.graph import CUT, GIVENS, Equation, Given, Graph, Label, Link, Node, Position, given_of
from evenhand.argue.grounded import labels
from evenhand.argue.iccma import FORMATS, parse_iccma, write_iccma
from evenhand.argue.judging import standing
from evenhand.argue.positions import Parting, parting
from evenhand.argue.reach import Reach, Ways, reach
from evenhand.argue.schemes import Scheme, scheme, schemes
from evenhand.argue.standing import Accepted, ElementStanding, Standing, Way, WaysIn, WaysOut
from evenhand.argue.ways import ways_in, ways_out

__all__ = [
    "CUT",
    "FORMATS",
    "GIVENS",
    "Accepted",
    "Bearing",
    "Budget",
    "Check",
    "ElementStanding",
    "Equation",
    "Given",
    "Graph",
    "Label",
    "Link",
    "LoadBearing",
    "Node",
    "Parting",
    "Position",
    "Reach",
    "Scheme",
    "Standing",
    "Way",
    "Ways",
    "WaysIn",
    "WaysOut",
    "broken_chains",
    "budget",
    "checks",
    "counted",
    "extensions",
    "given_of",
    "labels",
    "load_bearing",
    "parse_iccma",
    "parting",
    "reach",
    "scheme",
    "schemes",
    "standing",
    "ways_in",
    "ways_out",
    "with_chains",
    "write_iccma",
]
