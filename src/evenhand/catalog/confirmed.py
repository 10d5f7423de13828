"""Blind spots that the user has confirmed, kept in the data folder."""

import csv
from pathlib import Path

from evenhand.catalog.entries import BlindSpot
from evenhand.catalog.tables import listed
from evenhand.model import BadInputError

CONFIRMED = "blind_spots.csv"


def confirmed(home: Path) -> tuple[BlindSpot, ...]:
    """The blind spots that the user has confirmed."""
    path = home / CONFIRMED
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return tuple(
            BlindSpot(r["measure"], listed(r["units"]), int(r["start"]), int(r["end"]), r["event_kind"], r["evidence"])
            for r in rows
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInputError("cannot be read", hint="delete it and confirm again", where=str(path)) from error
