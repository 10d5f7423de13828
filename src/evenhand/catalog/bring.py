"""One call that brings a source in: found or fetched, recognised, read, and made to count."""

from dataclasses import replace
from pathlib import Path

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.fetching import Fetching, acquire
from evenhand.catalog.importing.cells import Tell
from evenhand.catalog.importing.detect import Place, bundle_of, temporary, unpacked
from evenhand.catalog.importing.report import Report
from evenhand.catalog.importing.run import Settings, import_bundle, silent

ZIPS = (".zip",)


def import_source(
    word: str, *, id_: str = "", new_units: bool = False, fetching: Fetching | None = None, tell: Tell = silent
) -> Report:
    """Imports what ``word`` stands for: an address, a file, a folder, or a name from the list. All of it, or nothing.

    id_: what to call the import; by default it is called after the source. An import of the same id is replaced.
    Raises ``BadInputError`` with every problem found, ``NotFetchedError`` with the address to fetch by hand.
    """
    how = fetching or Fetching()
    with temporary() as folder:
        found = acquire(word, how, tell, Path(folder) / "fetched")
        path = found.path
        if path.suffix.casefold() in ZIPS and path.is_file():
            into = Path(folder) / "unpacked"
            into.mkdir()
            path = unpacked(path, into)
        ident = id_ or found.id
        catalog = Catalog.open(home=how.home, without=ident)
        bundle = bundle_of(Place(path, ident, found.address), catalog.measure)
        if bundle.id != ident and not id_:
            catalog = Catalog.open(home=how.home, without=bundle.id)
        elif id_:
            bundle = replace(bundle, id=id_)
        bundle = replace(bundle, notes=(*bundle.notes, *found.notes), address=found.address or bundle.address)
        return import_bundle(bundle, catalog.known, Settings(how.home, new_units, found.retrieved), tell)
