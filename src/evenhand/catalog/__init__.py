"""Units, groups, measures, figures, events and sources: the reference table, and the user's own figures on top."""

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.check import check
from evenhand.catalog.classes import ClassMember, CountedClass
from evenhand.catalog.declare import measure_from
from evenhand.catalog.entries import (
    MASS_DEATH,
    BlindSpot,
    Estimate,
    Event,
    Group,
    Measure,
    Membership,
    Observation,
    Regime,
    Source,
    Tenure,
    Unit,
)
from evenhand.catalog.heads import People, people_of
from evenhand.catalog.kin import STITCH_RULES
from evenhand.catalog.membership import Members
from evenhand.catalog.names import Names, life_of
from evenhand.catalog.own import OwnData
from evenhand.catalog.panel import SCALE_RULES
from evenhand.catalog.reference import REFERENCE
from evenhand.catalog.store import data_home, remove, store, stored
from evenhand.catalog.tenures import Reign, reigns

__all__ = [
    "MASS_DEATH",
    "REFERENCE",
    "SCALE_RULES",
    "STITCH_RULES",
    "BlindSpot",
    "Catalog",
    "ClassMember",
    "CountedClass",
    "Estimate",
    "Event",
    "Group",
    "Measure",
    "Members",
    "Membership",
    "Names",
    "Observation",
    "OwnData",
    "People",
    "Regime",
    "Reign",
    "Source",
    "Tenure",
    "Unit",
    "check",
    "data_home",
    "life_of",
    "measure_from",
    "people_of",
    "reigns",
    "remove",
    "store",
    "stored",
]
