"""A data folder of its own for each test, and the catalogue opened once."""

from functools import cache, partial
from pathlib import Path

import pytest

from evenhand.catalog import Catalog
from evenhand.catalog.bring import import_source


@cache
def reference() -> Catalog:
    return Catalog.open(home=Path("/nowhere/at/all"))


@pytest.fixture
def catalog() -> Catalog:
    """The built-in catalogue, without anything of the user's."""
    return reference()


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """The user's data folder."""
    there = tmp_path / "home"
    monkeypatch.setenv("EVENHAND_HOME", str(there))
    return there


@pytest.fixture
def bring(home, folder, monkeypatch):
    """Imports a source beside the seven invented units."""
    monkeypatch.setattr(Catalog, "open", partial(Catalog.open, folder=folder))
    return import_source


@pytest.fixture
def write(tmp_path):
    """Writes a file and gives its path."""

    def to(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return to
