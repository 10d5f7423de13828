"""Made-up testimony in which some copy: the true value of every item is code 0."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.sources import Testimony, statements

Values = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bloc:
    """One origin of accuracy ``accuracy`` and ``copiers`` who copy it at ``rate``, else answer with accuracy ``own``."""

    copiers: int
    accuracy: float = 0.3
    rate: float = 0.8
    own: float = 0.3


@dataclass(frozen=True, slots=True)
class World:
    """``honest`` independent sources of one accuracy, and blocs, over ``items`` with ``false`` wrong answers each."""

    name: str
    honest: int
    accuracy: float
    blocs: tuple[Bloc, ...]
    false: int
    items: int = 100

    @property
    def bloc(self) -> Values:
        """[S] 0 for the honest, else the number of the bloc."""
        sizes = [self.honest, *(bloc.copiers + 1 for bloc in self.blocs)]
        return np.repeat(np.arange(len(sizes)), sizes)

    @property
    def no_copier(self) -> NDArray[np.bool_]:
        """[S] the honest and the blocs' origins."""
        of = self.bloc
        return (of == 0) | np.concatenate([[True], of[1:] != of[:-1]])

    def draw(self, seed: int) -> Values:
        """[S, items] values, 0 the true one."""
        rng = np.random.default_rng(seed)
        rows = [self._answers(rng, self.accuracy) for _ in range(self.honest)]
        for bloc in self.blocs:
            origin = self._answers(rng, bloc.accuracy)
            rows.append(origin)
            for _ in range(bloc.copiers):
                copied = rng.random(self.items) < bloc.rate
                rows.append(np.where(copied, origin, self._answers(rng, bloc.own)))
        return np.stack(rows)

    def _answers(self, rng: np.random.Generator, accuracy: float) -> Values:
        right = rng.random(self.items) < accuracy
        return np.where(right, 0, rng.integers(1, self.false + 1, self.items))


def testimony(values: Values) -> Testimony:
    """Every source on every item."""
    sources, items = values.shape
    return statements(np.repeat(np.arange(sources), items), np.tile(np.arange(items), sources), values.ravel())


def voted(values: Values, false: int) -> float:
    """Expected accuracy of plain voting, level values drawn by lot."""
    counts = np.stack([(values == value).sum(axis=0) for value in range(false + 1)], axis=1)
    level = counts == counts.max(axis=1, keepdims=True)
    return float((level[:, 0] / level.sum(axis=1)).mean())


PLAIN = tuple(
    World(
        f"{honest} of {accuracy:g}, {copiers} copiers, {false} false values", honest, accuracy, (Bloc(copiers),), false
    )
    for honest, accuracy in ((10, 0.6), (5, 0.5))
    for false in (2, 5, 20)
    for copiers in (2, 5, 9, 15)
)
HARD = tuple(
    world
    for false in (2, 5, 20)
    for world in (
        World(f"5 honest of .9, {false} false values", 5, 0.9, (), false),
        World(f"10 honest of .9, {false} false values", 10, 0.9, (), false),
        World(f"20 honest of .9, {false} false values", 20, 0.9, (), false),
        World(f"copy rate .3, {false} false values", 10, 0.6, (Bloc(5, rate=0.3),), false),
        World(f"copiers with errors of their own, {false} false values", 10, 0.6, (Bloc(5, own=0.6),), false),
        World(f"the same, copy rate .5, {false} false values", 10, 0.6, (Bloc(5, rate=0.5, own=0.6),), false),
        World(f"two blocs of 5, {false} false values", 10, 0.6, (Bloc(4), Bloc(4)), false),
        World(f"two blocs of 5 and 5 honest of .5, {false} false values", 5, 0.5, (Bloc(4), Bloc(4)), false),
    )
)
