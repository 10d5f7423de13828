"""Marking a text by hand: stops, proposals, a machine of keys, and what is kept of it."""

from evenhand.marking.proposals import FIELDS, Offer, Proposals
from evenhand.marking.record import Session, opened
from evenhand.marking.state import KINDS, REPORTED, Marker, State, question
from evenhand.marking.stops import Stop, Text, ready

__all__ = [
    "FIELDS",
    "KINDS",
    "REPORTED",
    "Marker",
    "Offer",
    "Proposals",
    "Session",
    "State",
    "Stop",
    "Text",
    "opened",
    "question",
    "ready",
]
