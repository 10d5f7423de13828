"""The people among whom an event happened, so that a toll never stands without the number that it is a part of."""

from dataclasses import dataclass

from evenhand.catalog.catalog import Catalog
from evenhand.catalog.entries import Estimate, Event, Observation

POPULATION = "population"
WITHIN = 5


@dataclass(frozen=True, slots=True)
class People:
    """How many lived there: ``total`` people in the ``places``, as counted in ``years``."""

    total: float
    years: tuple[int, ...]
    places: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """ "In 1960, 667,070,000 people lived in China"."""
        when = f"In {self.years[0]}" if len(self.years) == 1 else f"Between {self.years[0]} and {self.years[-1]}"
        where = f"{', '.join(self.places[:-1])} and {self.places[-1]}" if len(self.places) > 1 else self.places[0]
        return f"{when}, {self.total:,.0f} people lived in {where}"

    def per_thousand(self, estimate: Estimate) -> str:
        """One author's numbers of every 1,000: "22 to 67 of every 1,000"; never over several authors."""
        given = [n for n in (estimate.low, estimate.central, estimate.high) if n is not None]
        if not given:
            return ""
        low, high = (f"{1000 * n / self.total:.2g}" for n in (min(given), max(given)))
        return f"{low if low == high else f'{low} to {high}'} of every 1,000"


def people_of(catalog: Catalog, event: Event) -> People | None:
    """The people of all places of an event, within five years of its start.

    A state that existed then stands for its parts and heirs among the places. None where those of one place are not known.
    """
    if not catalog.has_measure(POPULATION) or not event.place:
        return None
    places = [unit for unit in event.place if not _stood_for(catalog, unit, event)]
    seen = [_nearest(catalog, unit, event.start) for unit in places]
    there = [one for one in seen if one is not None]
    if len(there) < len(seen):
        return None
    years = tuple(sorted({one.start for one in there}))
    return People(sum(one.value for one in there), years, tuple(catalog.unit(u).name for u in places))


def _stood_for(catalog: Catalog, unit: str, event: Event) -> bool:
    """Is there, among the places, a state of those years that this one was part of or came out of?"""
    wholes = [catalog.unit(other) for other in catalog.kin(unit) & set(event.place)]
    own = catalog.unit(unit)
    return any(
        whole.end is not None
        and whole.lived(event.start, event.end)
        and (own.end is None or whole.id in own.part_of)
        and _nearest(catalog, whole.id, event.start) is not None
        for whole in wholes
    )


def people_at(catalog: Catalog, unit: str, year: int) -> Observation | None:
    """How many lived in a unit, counted within five years of that one."""
    return _nearest(catalog, unit, year) if catalog.has_measure(POPULATION) else None


def _nearest(catalog: Catalog, unit: str, year: int) -> Observation | None:
    near = catalog.observations(POPULATION, [unit], year - WITHIN, year + WITHIN)
    return min(near, key=lambda seen: (abs(seen.start - year), seen.start), default=None)
