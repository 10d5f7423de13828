"""Who paid for the catalogue's own sources: their ties, each with its evidence and where to look that up."""

from functools import cache
from pathlib import Path

from evenhand.catalog.reference import REFERENCE
from evenhand.sources import Ties, read_ties

FILE = "source_ties.csv"


@cache
def catalog_ties(folder: Path = REFERENCE) -> Ties:
    """The ties of the built-in sources, from ``source_ties.csv``; none where the folder has no such file."""
    path = folder / FILE
    return read_ties(path) if path.is_file() else Ties()
