"""The catalogue without some of its sources: what is left when somebody is not believed."""

from collections.abc import Iterable

import numpy as np

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.entries import Group, Membership
from evenhand.catalog.panel import take
from evenhand.catalog.tables import Figures


class CatalogWithout(Catalog):
    """The same catalogue; the figures of the sources left out are not there, and the next in preference speak."""

    def __init__(self, whole: Catalog, left_out: Iterable[str]) -> None:
        super().__init__(whole.reference, whole.tables, whole.own, whole.imported)
        self.left_out = frozenset(left_out)

    def _preferred(self, parts: list[Figures]) -> Figures:
        """Every way to figures leads through here."""
        rows = super()._preferred(parts)
        return take(rows, np.array([source not in self.left_out for source in rows.source], dtype=bool))

    def with_groups(self, groups: Iterable[Group], memberships: Iterable[Membership]) -> Catalog:
        """The same catalogue with a casefile's groups, and still without the sources left out."""
        return CatalogWithout(super().with_groups(groups, memberships), self.left_out)
