"""What the user's data folder holds that an audit may rest on: figures kept, figures imported, blind spots confirmed."""

from dataclasses import replace
from pathlib import Path

from evenhand.catalog import data_home, stored
from evenhand.catalog.confirmed import CONFIRMED
from evenhand.catalog.imported import Shelf
from evenhand.catalog.imported.shelf import Held

HOME = "home"


def kept_files(asked: frozenset[str] | None) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """(its files by their names in a crate, laid out as a data folder of its own; the ids of the imports that stay behind).

    asked: the measures that the claims are tried on; None where any may be on the map of what the text leaves out. An import
    goes along whole, if one of its measures is asked or it brings units of its own.
    """
    home = data_home()
    paths = [path for one in stored() for path in sorted((home / "data" / one.id).rglob("*")) if path.is_file()]
    paths += [path for path in (home / CONFIRMED,) if path.is_file()]
    kept = {f"{HOME}/{path.relative_to(home).as_posix()}": path.read_bytes() for path in paths}
    behind: list[str] = []
    for held in Shelf().held():
        manifest = held.manifest
        if asked is None or manifest.units or asked.intersection(one.id for one in manifest.measures):
            kept |= _import(held)
        else:
            behind.append(manifest.id)
    return kept, tuple(behind)


def _import(held: Held) -> dict[str, bytes]:
    """One import, its folder called after it alone, and without the report of the day, which may name folders of this machine."""
    manifest = replace(held.manifest, folder=held.manifest.id, report={}, address=_public(held.manifest.address))
    folder = f"{HOME}/imports/files/{manifest.id}"
    tables = {f"{folder}/{path.name}": path.read_bytes() for path in sorted(held.folder.iterdir()) if path.is_file()}
    return {**tables, f"{HOME}/imports/{manifest.id}.json": manifest.text().encode("utf-8")}


def _public(address: str) -> str:
    """An address on the network as it is; of a file, its name alone."""
    return address if "://" in address and not address.startswith("file:") else Path(address).name
