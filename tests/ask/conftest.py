"""The reading of questions can be imported by the tests of this folder; the built-in tables are read once."""

import os
import sys
from pathlib import Path

import pytest

from evenhand.catalog import Catalog

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The built-in tables, with nothing of a user's own."""
    return Catalog.open(home=Path(os.devnull))
