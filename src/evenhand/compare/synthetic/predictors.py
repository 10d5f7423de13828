"""Predictors of a synthetic control: means of other figures over stated years (Abadie, Diamond, Hainmueller 2010)."""

from dataclasses import dataclass

import numpy as np

from evenhand.compare.panel import Floats, Panel
from evenhand.model import BadInputError


@dataclass(frozen=True, slots=True, eq=False)
class Predictor:
    """The mean of a panel's figures from one year to another; its units are found by name."""

    panel: Panel
    first: int
    last: int

    def of(self, units: tuple[str, ...]) -> Floats:
        """[N] the means; NaN where there is no figure."""
        place = {unit: i for i, unit in enumerate(self.panel.units)}
        lacking = [unit for unit in units if unit not in place]
        if lacking:
            message = f"a predictor has no column for {', '.join(lacking[:3])}"
            raise BadInputError(message, hint="give every unit of the panel one, with NaN where nothing is known")
        rows = (self.panel.periods >= self.first) & (self.panel.periods <= self.last)
        if not rows.any():
            message = f"a predictor has no period from {self.first} to {self.last}"
            raise BadInputError(message, hint=f"its panel has {self.panel.periods.min()} to {self.panel.periods.max()}")
        values = self.panel.values[rows][:, [place[unit] for unit in units]]
        there = ~np.isnan(values)
        with np.errstate(invalid="ignore"):
            mean: Floats = np.where(there, values, 0.0).sum(axis=0) / there.sum(axis=0)
        return mean
