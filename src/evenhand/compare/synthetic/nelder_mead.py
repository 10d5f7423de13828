"""Many searches by Nelder and Mead (1965) side by side: each step asks for all the values it needs at once."""

from collections.abc import Callable

import numpy as np

from evenhand.compare.panel import Floats, Ints

Values = Callable[[Floats, Ints], Floats]


def minimise(values: Values, starts: Floats, steps: int, size: float) -> tuple[Floats, Floats]:
    """The best points found from ``starts`` [B, P], and their values [B].

    values: of points [R, P] of the searches with numbers [R]. size: of the first simplex.
    """
    count, width = starts.shape
    corners = np.repeat(starts[:, None, :], width + 1, axis=1)
    corners[:, 1:, :] += size * np.eye(width)
    searches = np.repeat(np.arange(count), width + 1)
    heights = values(corners.reshape(-1, width), searches).reshape(count, width + 1)
    for _ in range(steps):
        order = np.argsort(heights, axis=1, kind="stable")
        corners = np.take_along_axis(corners, order[:, :, None], axis=1)
        heights = np.take_along_axis(heights, order, axis=1)
        _step(values, corners, heights)
    best = heights.argmin(axis=1)
    return corners[np.arange(count), best], heights[np.arange(count), best]


def _step(values: Values, corners: Floats, heights: Floats) -> None:
    """One step of every search, in place; corners sorted by height."""
    every = np.arange(len(corners))
    centre, worst = corners[:, :-1].mean(axis=1), corners[:, -1]
    away = centre - worst
    reflected = centre + away
    height = values(reflected, every)
    far, near = height < heights[:, 0], height >= heights[:, -2]
    inside = height >= heights[:, -1]
    reach = np.where(far, 2.0, np.where(inside, -0.5, 0.5))
    again = np.flatnonzero(far | near)
    shrink = np.zeros(len(every), dtype=bool)
    if len(again):
        tried = centre[again] + reach[again, None] * away[again]
        found = values(tried, again)
        limit = np.where(far[again] | ~inside[again], height[again], heights[again, -1])
        better = found < limit
        shrink[again] = ~better & near[again]
        taken = again[better]
        reflected[taken], height[taken] = tried[better], found[better]
    move = ~shrink
    corners[move, -1], heights[move, -1] = reflected[move], height[move]
    small = np.flatnonzero(shrink)
    if len(small):
        size = corners.shape[2]
        corners[small, 1:] = 0.5 * (corners[small, 1:] + corners[small, :1])
        points = corners[small, 1:].reshape(-1, size)
        heights[small, 1:] = values(points, np.repeat(small, size)).reshape(len(small), size)
