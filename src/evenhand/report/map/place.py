"""Where does every vertex stand? Straight lines where that can be had, boxes never overlap, rows as high as they need."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.report.map.order import Layered, Rows

PASSES = 30


@dataclass(frozen=True, slots=True)
class Size:
    """How wide and high a vertex is, in pixels."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a vertex."""

    x: float
    y: float


def place(graph: Layered, rows: Rows, sizes: Mapping[str, Size], *, gap: float, drop: float) -> dict[str, Spot]:
    """gap: the least space between neighbours; drop: between rows. The leftmost edge is at 0, the top at 0."""
    across = {vertex: float(i) * 100 for row in rows for i, vertex in enumerate(row)}
    weight = {vertex: 4.0 if vertex in graph.bends else 1.0 for row in rows for vertex in row}
    column = {bend: chain for chain in graph.chains.values() if len(chain) > 1 for bend in chain}
    for turn in range(PASSES):
        upwards = turn % 2 == 1
        for row in reversed(rows) if upwards else rows:
            near = [_near(vertex, graph, across, column, turn, upwards=upwards) for vertex in row]
            settled = apart(near, [weight[v] for v in row], _spaces(row, sizes, graph, gap))
            across.update(zip(row, settled, strict=True))
    left = min((across[v] - sizes[v].width / 2 for row in rows for v in row), default=0.0)
    spots: dict[str, Spot] = {}
    top = 0.0
    for row in rows:
        high = max((sizes[v].height for v in row), default=0.0)
        spots |= {v: Spot(across[v] - left, top + high / 2) for v in row}
        top += high + drop
    return spots


def _near(
    vertex: str,
    graph: Layered,
    across: Mapping[str, float],
    column: Mapping[str, Sequence[str]],
    turn: int,
    *,
    upwards: bool,
) -> float:
    """Where it would like to stand: amid its neighbours on the side that was just placed; both sides at the end.

    The bends of one long line would like to stand in one column.
    """
    up, down = graph.up[vertex], graph.down[vertex]
    wanted: Sequence[str] = [*up, *down] if turn >= PASSES - 6 else (down if upwards else up) or up or down
    if vertex in column and turn >= PASSES // 3:
        wanted = column[vertex]
    return sum(across[n] for n in wanted) / len(wanted) if wanted else across[vertex]


def _spaces(row: Sequence[str], sizes: Mapping[str, Size], graph: Layered, gap: float) -> list[float]:
    """The least distance between the middles of neighbours."""
    return [
        (sizes[a].width + sizes[b].width) / 2 + (gap if not {a, b} <= graph.bends else gap / 2)
        for a, b in itertools.pairwise(row)
    ]


def apart(wanted: Sequence[float], weights: Sequence[float], spaces: Sequence[float]) -> list[float]:
    """The places nearest to those wanted (least squares) that keep the order and the spaces: pool adjacent violators.

    >>> apart([0, 0, 10], [1, 1, 1], [4, 4])
    [-2.0, 2.0, 10.0]
    """
    shift, shifts = 0.0, [0.0]
    for space in spaces:
        shift += space
        shifts.append(shift)
    pools: list[tuple[float, float, int]] = []  # sum of weight times place, weight, how many
    for want, weight, moved in zip(wanted, weights, shifts, strict=False):
        pools.append((weight * (want - moved), weight, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, heavy, many = pools.pop()
            before = pools.pop()
            pools.append((before[0] + total, before[1] + heavy, before[2] + many))
    flat = [total / weight for total, weight, many in pools for _ in range(many)]
    return [place + moved for place, moved in zip(flat, shifts, strict=False)]
