"""What was imported from others, as it lies in the user's data folder, queried in place."""

from evenhand.catalog.imported.figures import Coverage, ImportedFigures
from evenhand.catalog.imported.manifest import Manifest, SourceManifest
from evenhand.catalog.imported.shelf import Held, Shelf, Writing

__all__ = ["Coverage", "Held", "ImportedFigures", "Manifest", "Shelf", "SourceManifest", "Writing"]
