"""What stands, and which link to break. Plain graphs in, dataclasses out."""

from evenhand.argue.graph import CUT, GIVENS, Equation, Given, Graph, Label, Link, Node, Position, given_of
from evenhand.argue.grounded import labels
from evenhand.argue.standing import Accepted, ElementStanding, Standing, Way, WaysIn, WaysOut

__all__ = [
    "CUT",
    "GIVENS",
    "Accepted",
    "ElementStanding",
    "Equation",
    "Given",
    "Graph",
    "Label",
    "Link",
    "Node",
    "Position",
    "Standing",
    "Way",
    "WaysIn",
    "WaysOut",
    "given_of",
    "labels",
]
