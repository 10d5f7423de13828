"""Files from the network: fetched once, kept, checked, and used without a network from then on."""

from evenhand.catalog.fetching.cache import Cache, Kept
from evenhand.catalog.fetching.known import Listed, listed_sources
from evenhand.catalog.fetching.source import Acquired, Fetching, acquire

__all__ = ["Acquired", "Cache", "Fetching", "Kept", "Listed", "acquire", "listed_sources"]
