"""Other people's tables turned into figures of the catalogue."""

from evenhand.catalog.importing.report import Refusal, Report, TableReport
from evenhand.catalog.importing.run import Settings, import_bundle

__all__ = ["Refusal", "Report", "Settings", "TableReport", "import_bundle"]
