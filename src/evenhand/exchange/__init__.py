"""The way out to other tools' formats, and back in. Each export says what its format cannot hold."""

from evenhand.exchange.formats import FORMATS, Format, format_named
from evenhand.exchange.material import Exported, Material

__all__ = ["FORMATS", "Exported", "Format", "Material", "format_named"]
