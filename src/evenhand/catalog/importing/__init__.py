"""Other people's tables turned into figures of the catalogue."""

from evenhand.catalog.importing.guess import guess
from evenhand.catalog.importing.report import Refusal, Report, TableReport

__all__ = ["Refusal", "Report", "TableReport", "guess"]
